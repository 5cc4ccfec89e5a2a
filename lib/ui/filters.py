"""The filter bar: what is chosen there, and in the address, becomes one frozen question."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from lib import assess
from lib.filters import Filters
from lib.profile import calendar
from lib.taxonomy import taxonomy
from lib.texts import pages as t
from lib.texts.questions import VERIFICATIONS
from lib.ui import load
from lib.ui.guard import ready_region

if TYPE_CHECKING:
    from datetime import date


def default_question() -> Filters:
    """Ask the standard question of the newest state; stop the page where no region is ready."""
    snapshot = load.snapshot()
    region = ready_region(snapshot)
    as_of = load.pinned_today() or assess.default_as_of(load.state(snapshot, region.code), load.today(region))
    return assess.standard_question(snapshot, region.code, as_of=as_of)


def filter_bar() -> Filters:
    """Draw the filters into the sidebar and give the question; every choice stands in the address."""
    default = default_question()
    region_code = default.region_code
    elections = calendar(region_code)
    with st.sidebar:
        st.markdown(f"#### {t.FILTER_HEAD}")
        start, end = _period(default)
        choice = st.selectbox(
            t.FILTER_ELECTION,
            [election.name for election in elections.elections],
            index=[election.code for election in elections.elections].index(elections.default_election(end).code),
            key="pemilihan",
            bind="query-params",
        )
        categories = _several(
            t.FILTER_CATEGORIES,
            {category.name: category.code for category in taxonomy().categories},
            key="kategori",
            placeholder=t.FILTER_CATEGORIES_ALL,
        )
        verifications = _several(
            t.FILTER_VERIFICATIONS,
            {name: code for code, name in VERIFICATIONS.items()},
            key="status",
            placeholder=t.FILTER_VERIFICATIONS_ALL,
        )
        names = load.districts(default.snapshot, region_code)
        chosen_districts = _several(
            t.FILTER_DISTRICTS,
            {name: code for code, name in names.items()},
            key="kecamatan",
            placeholder=t.FILTER_DISTRICTS_ALL,
        )
    election = next((e for e in elections.elections if e.name == choice), elections.default_election(end))
    return Filters(
        snapshot=default.snapshot,
        region_code=region_code,
        election_code=election.code,
        start=start,
        end=end,
        categories=categories,
        verifications=verifications,
        district_codes=chosen_districts,
    )


def _period(default: Filters) -> tuple[date, date]:
    """Ask for the period; a half or cleared choice counts as the default, and says so."""
    chosen = st.date_input(
        t.FILTER_PERIOD,
        value=(default.start, default.end),
        format="DD/MM/YYYY",
        help=t.FILTER_PERIOD_HELP,
        key="masa",
        bind="query-params",
    )
    if isinstance(chosen, tuple) and len(chosen) == 2:
        return min(chosen), max(chosen)  # the address may name them the wrong way round
    st.caption(t.FILTER_HALF_PERIOD)
    return default.start, default.end


def _several(label: str, options: dict[str, str], *, key: str, placeholder: str) -> tuple[str, ...]:
    chosen = st.multiselect(
        label, list(options), key=key, placeholder=placeholder, bind="query-params", select_all=False
    )
    return tuple(sorted(options[name] for name in chosen))
