"""Which region a page is about: the switch in the frame, and the address that it keeps."""

from __future__ import annotations

import streamlit as st

from lib.texts import pages as t
from lib.ui.load import store as load

REGION_KEY = "wilayah"  # in the address, as its code
SWITCH_KEY = "pilih-wilayah"
# What is chosen of one region means nothing in another: its filters, and the elections that they name.
FILTER_KEYS = ("masa", "pemilihan", "kategori", "status", "sumber", "kecamatan")  # of the sidebar, in the address


def asked_region() -> str | None:
    """Give the code of the region that the switch, or an address opened afresh, names; None where neither does."""
    return st.session_state.get(SWITCH_KEY) or st.query_params.get(REGION_KEY)


def region_switch() -> None:
    """Let the region be chosen where the store holds several; it stands in the address as its code."""
    regions = {region.code: region.name for region in load.prepared_regions(load.snapshot())}
    wanted = asked_region()
    if len(regions) < 2 or (wanted and wanted not in regions):
        return
    standing = load.region(load.snapshot(), wanted).code
    with st.sidebar:
        st.query_params[REGION_KEY] = st.selectbox(
            t.REGION_SWITCH,
            list(regions),
            index=list(regions).index(standing),
            format_func=regions.__getitem__,
            key=SWITCH_KEY,
            on_change=_forget_filters,
        )


def _forget_filters() -> None:
    for key in FILTER_KEYS:
        st.session_state.pop(key, None)
