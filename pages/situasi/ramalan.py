"""Ramalan: what is expected in the coming days, how sure that is, and how good such forecasts were."""

from dataclasses import replace

import streamlit as st

from lib.texts import forecasts as t
from lib.texts.forecasts import FORECAST_TITLE
from lib.texts.questions import known_until
from lib.ui.frame.filters import filter_bar
from lib.ui.frame.heading import heading
from lib.ui.load import forecasts as load_forecasts
from lib.ui.situation import forecasts as forecast_view

filters = filter_bar()
with st.spinner(t.RECKONING):
    found = load_forecasts.forecasts(filters)

of_districts = replace(filters.unfiltered(), district_codes=filters.district_codes)
heading(FORECAST_TITLE, of_districts, asked=known_until(of_districts))
if found.silent:
    st.warning(t.silent(found.last_reported_on))
    st.stop()
choice = forecast_view.choose(filters)
forecast_view.headline(found, choice)
forecast_view.until_vote(found, choice)
forecast_view.areas(found, choice, filters)
forecast_view.parts(found, choice, filters)
forecast_view.limits()
forecast_view.publishing(found, filters)
st.caption(t.FILTERS_NOTE)
