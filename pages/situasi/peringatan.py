"""Peringatan: where more happens than chance makes likely, and what people did about it."""

import streamlit as st

from lib.texts import alerts
from lib.texts.alerts import ALERTS_TITLE
from lib.ui.frame.filters import filter_bar
from lib.ui.frame.heading import heading
from lib.ui.situation import alerts as alert_view

filters = filter_bar()

heading(ALERTS_TITLE, filters)
alert_view.headline(filters)
alert_view.issuing(filters)
alert_view.cards(filters)
alert_view.trends(filters)
alert_view.ledger(filters)
alert_view.limits()
st.caption(alerts.WHOLE_HISTORY)
