"""The head of every page: band, title, the question in words, how fresh the data are."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from lib.rules.regions import region_profile
from lib.score.situation import week_counts
from lib.texts import pages as t
from lib.texts.elections import also_line, count_line, roll_line, voters_line
from lib.texts.questions import question, state_line, unit_word
from lib.texts.store import as_it_was
from lib.ui.frame.plain_text import plain
from lib.ui.frame.theme import band
from lib.ui.load import store as load

if TYPE_CHECKING:
    from lib.filters import Filters
    from lib.records import DataState
    from lib.rules.regions import Region
    from lib.score.answers import Assessment


def classification(region: Region | None, state: DataState | None, *, provisional: bool = False) -> None:
    """Draw the band of a page; without a region, in an empty store, it says only who may see it."""
    simulated = state is not None and state.simulated
    band(
        t.band(simulated=simulated, provisional=provisional, pinned=load.stands_still_on(region) if region else None)
    )


def heading(title: str, filters: Filters, *, asked: str = "", scope: str = "") -> None:
    """Draw the head of a page for one question.

    `asked` says it where the page does not answer all of it; `scope` names what is shown where it may be a part.
    """
    region = region_profile(filters.region_code)
    assessment = load.assessment(filters)
    state = load.state(filters.snapshot, filters.region_code)
    classification(region, state, provisional=assessment.scale.frozen_on is None)
    if filters.as_it_was:
        band(as_it_was(filters.as_it_was))
    st.title(f"{title} · {plain(scope or region.name)}")
    st.markdown(f"**{plain(count_line(filters.end, assessment.election))}**")
    others = [
        election
        for election in load.elections(filters.snapshot, filters.region_code).in_force(filters.end)
        if election != assessment.election
    ]
    names = dict(zip(assessment.areas["area_code"], assessment.areas["area_name"], strict=True))
    lines = (
        voters_line(assessment.election, names),
        also_line(filters.end, others),
        roll_line(assessment.roll),
        asked or question(filters),
        state_line(state),
    )
    st.caption("  \n".join(plain(line) for line in lines if line))
    if told := silence_line(assessment):  # What follows is old.
        st.warning(f"**{plain(told)}**")


def silence_line(assessment: Assessment) -> str:
    """Write that most areas are not heard any more, and since when; empty where they are."""
    filters = assessment.filters
    found = week_counts(assessment, load.incidents(filters))
    if not found.mostly_unheard:
        return ""
    last = assessment.state.last_reported_on
    known = last if last and last <= filters.end else None
    unit = unit_word(region_profile(filters.region_code))
    return t.unheard(found.unheard_areas, found.area_count, unit, known, filters.end)
