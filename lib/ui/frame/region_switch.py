"""Which region a page is about: the switch in the frame, and the address that it keeps."""

from __future__ import annotations

import streamlit as st

from lib.texts import pages as t
from lib.ui.door.identity import current
from lib.ui.load import store as load

REGION_KEY = "wilayah"  # in the address, as its code
SWITCH_KEY = "pilih-wilayah"
# What is chosen of one region means nothing in another: its filters, and the elections that they name.
FILTER_KEYS = ("masa", "pemilihan", "kategori", "status", "sumber", "kecamatan")  # of the sidebar, in the address


def asked_region() -> str | None:
    """Give the code of the region that the switch, or an address opened afresh, names; None where neither does."""
    return st.session_state.get(SWITCH_KEY) or st.query_params.get(REGION_KEY)


def region_switch() -> None:
    """Let the region be chosen where there are several with a right; it stands in the address as its code."""
    actor = current()
    prepared = {region.code: region.name for region in load.prepared_regions(load.snapshot())}
    regions = {code: name for code, name in prepared.items() if actor.roles(code)}
    wanted = asked_region()
    known = not wanted or wanted in prepared  # an address may name what is not in the store
    usual = load.region(load.snapshot(), wanted).code if regions and known else None
    if not regions or (len(regions) == 1 and usual in regions):
        return
    first = 0 if not wanted else None  # the usual region may be one in which this person has no right
    with st.sidebar:
        chosen = st.selectbox(
            t.REGION_SWITCH,
            list(regions),
            index=list(regions).index(usual) if usual in regions else first,
            format_func=regions.__getitem__,
            key=SWITCH_KEY,
            on_change=_forget_filters,
        )
    if chosen:
        st.query_params[REGION_KEY] = chosen


def _forget_filters() -> None:
    for key in FILTER_KEYS:
        st.session_state.pop(key, None)
