"""Cached loaders of what the map is coloured by; as in `lib.ui.load.store`, the key is the question."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import streamlit as st

from lib.output import colourings, map_layers
from lib.region.panels import ALL
from lib.texts.colourings import FORECAST
from lib.ui.load import forecasts as load_forecasts
from lib.ui.load import store as load
from lib.ui.load.shared import shared

if TYPE_CHECKING:
    import pandas as pd

    from lib.filters import Filters
    from lib.output.colourings import Coloured

FORECAST_DAYS = 7


@shared(max_entries=16)
def coloured(filters: Filters, code: str) -> Coloured:
    """Colour the areas of every kecamatan by something else than the class."""
    everywhere = load.assessment(replace(filters, district_codes=()))
    return colourings.coloured(everywhere, code, _expected(filters) if code == FORECAST else None)


@st.cache_data(max_entries=16, show_spinner=False)
def area_layer(filters: Filters, code: str) -> dict[str, Any]:
    """Make the areas of one question into GeoJSON, coloured by something else than the class."""
    return map_layers.recoloured(load.area_layer(filters), coloured(filters, code), load.assessment(filters))


def _expected(filters: Filters) -> pd.Series | None:
    """Give the mean that is forecast for each area; None where its numbers must not be shown."""
    found = load_forecasts.forecasts(filters.unfiltered())
    if found.silent:
        return None
    rows = found.areas[(found.areas["group_code"] == ALL) & (found.areas["horizon_days"] == FORECAST_DAYS)]
    return rows.set_index("area_code")["mean"]
