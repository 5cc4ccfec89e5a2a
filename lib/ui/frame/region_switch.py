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
    if not regions or (len(regions) == 1 and (not wanted or wanted in regions)):
        return
    known = not wanted or wanted in regions  # an address may name what is not in the store
    with st.sidebar:
        chosen = st.selectbox(
            t.REGION_SWITCH,
            list(regions),
            index=list(regions).index(load.region(load.snapshot(), wanted).code) if known else None,
            format_func=regions.__getitem__,
            key=SWITCH_KEY,
            on_change=_forget_filters,
        )
    if chosen:
        st.query_params[REGION_KEY] = chosen


def _forget_filters() -> None:
    for key in FILTER_KEYS:
        st.session_state.pop(key, None)
