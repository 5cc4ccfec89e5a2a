"""The head of every page: band, title, the question in words, how fresh the data are."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from lib.rules.regions import calendar, region_profile
from lib.texts import pages as t
from lib.texts.questions import question, state_line
from lib.texts.store import as_it_was
from lib.ui.frame.theme import band
from lib.ui.load import store as load

if TYPE_CHECKING:
    from lib.filters import Filters


def heading(title: str, filters: Filters, *, asked: str = "") -> None:
    """Draw the head of a page for one question; `asked` says it where the page does not answer all of it."""
    region = region_profile(filters.region_code)
    election = calendar(region.code).election(filters.election_code)
    state = load.state(filters.snapshot, filters.region_code)
    band(t.band(simulated=state.simulated, provisional=load.assessment(filters).scale.frozen_on is None))
    if filters.as_it_was:
        band(as_it_was(filters.as_it_was))
    st.title(f"{title} · {region.name}")
    st.markdown(f"**{t.vote_line(filters.end, election.voting_day, election.name)}**")
    st.caption(f"{asked or question(filters)}  \n{state_line(state)}")
