"""Stop a page, with the way out in a sentence, where there is nothing to show it from."""

from __future__ import annotations

import streamlit as st

from lib.areas import RegionError
from lib.texts.errors import sentence
from lib.ui import load


def ready_region() -> None:
    """Go on only if a region with boundaries is in the store."""
    try:
        region = load.region()
        load.districts(load.snapshot(), region.code)
    except RegionError as error:
        st.info(sentence(error))
        st.stop()
