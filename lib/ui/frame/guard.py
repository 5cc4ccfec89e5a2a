"""Stop a page, with the way out in a sentence, where there is nothing to show it from."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from data.errors import LakeError
from lib.errors import RegionError
from lib.texts import pages as t
from lib.texts.errors import sentence
from lib.ui.frame.region_switch import asked_region, region_switch
from lib.ui.load import store as load

if TYPE_CHECKING:
    from streamlit.navigation.page import StreamlitPage

    from lib.rules.regions import Region


def run(page: StreamlitPage) -> None:
    """Run a page; where the store is damaged or out of reach, say so in a sentence instead of failing."""
    try:
        region_switch()
        page.run()
    except LakeError as error:
        st.error(sentence(error))


def ready_region(snapshot: int, region: Region | None = None) -> Region:
    """Give the active region; without one, or without its boundaries, say what to do and stop the page.

    A region that is given must have been ready in that state.
    """
    try:
        region = region or load.region(snapshot, asked_region())
        load.districts(snapshot, region.code)
    except RegionError as error:
        st.info(sentence(error))
        st.page_link("pages/sumber_data/impor.py", label=t.IMPORT_TITLE)
        st.stop()
    return region
