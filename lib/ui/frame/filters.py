"""The filter bar: what is chosen there, and in the address, becomes one frozen question."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import streamlit as st

from lib.filters import Filters
from lib.people.actor import May
from lib.region.history import last_until, local_day
from lib.rules.taxonomy import taxonomy
from lib.score.question import DayError, asked_day, default_as_of, standard_question
from lib.texts import pages as t
from lib.texts import store as t_store
from lib.texts.elections import NO_CHOICE
from lib.texts.questions import VERIFICATIONS
from lib.ui.door.identity import current
from lib.ui.frame.guard import ready_region
from lib.ui.load import store as load

if TYPE_CHECKING:
    from lib.rules.regions import Region

PAST_KEY = "seperti_pada"


def default_question() -> Filters:
    """Ask the standard question of the newest state, or of the past one that the address names.

    Stops the page where no region is ready.
    """
    return _standard_question(ready_region(load.snapshot()), _asked_day())


def _standard_question(region: Region, day: date | None) -> Filters:
    """Ask the standard question of the newest state, or of the last one of a day before it."""
    newest = load.snapshot()
    states = load.states(newest)
    past = last_until(states, day, region.time_zone) if day else None
    if day and past is None and states:
        st.warning(t_store.nothing_until(day, local_day(states[0], region.time_zone)))
        st.stop()
    if past is None or past == states[-1]:
        snapshot, day = newest, None
    else:
        snapshot = past.number
    ready_region(snapshot, region)
    today = day if day and not region.today else load.today(region)
    as_of = load.pinned_today() or default_as_of(load.state(snapshot, region.code), today)
    weights = load.weights(snapshot, region.code)
    return replace(
        standard_question(snapshot, load.elections(snapshot, region.code), as_of=as_of, weights=weights),
        as_it_was=day,
        scope=current().scope(May.READ_REPORTS, region.code),
    )


def filter_bar() -> Filters:
    """Draw the filters into the sidebar and give the question; every choice stands in the address."""
    region = ready_region(load.snapshot())
    with st.sidebar:
        above = st.container()
        default = _standard_question(region, _chosen_state(region))
    region_code = default.region_code
    elections = load.elections(default.snapshot, region_code)
    with above:
        st.markdown(f"#### {t.FILTER_HEAD}")
        start, end = _period(default)
        usual = elections.usual(end)
        codes = {election.name: election.code for election in elections.elections} | {NO_CHOICE: ""}
        choice = st.selectbox(
            t.FILTER_ELECTION,
            list(codes),
            index=list(codes).index(usual.name if usual else NO_CHOICE),
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
        sources = _several(
            t.FILTER_SOURCES,
            {name: name for name in load.sources(default.snapshot, region_code)},
            key="sumber",
            placeholder=t.FILTER_SOURCES_ALL,
        )
        names = load.districts(default.snapshot, region_code)
        chosen_districts = _several(
            t.FILTER_DISTRICTS,
            {name: code for code, name in names.items()},
            key="kecamatan",
            placeholder=t.FILTER_DISTRICTS_ALL,
        )
    try:
        asked_day(end, default.end, load.state(default.snapshot, region_code), load.today(region))
    except DayError as error:
        st.warning(str(error))
        st.stop()
    return Filters(
        snapshot=default.snapshot,
        region_code=region_code,
        election_code=codes[choice],
        start=start,
        end=end,
        categories=categories,
        verifications=verifications,
        district_codes=chosen_districts,
        sources=sources,
        as_it_was=default.as_it_was,
        scope=default.scope,
    )


def _chosen_state(region: Region) -> date | None:
    """Ask for the day whose state is to be shown; None is the newest."""
    states = load.states(load.snapshot())
    if not states:
        return None
    first, last = (local_day(states[end], region.time_zone) for end in (0, -1))
    asked = _asked_day()
    with st.expander(t_store.as_it_was(asked) if asked else f"{t_store.STATE_HEAD}: {t_store.STATE_NEWEST}"):
        day = st.date_input(
            t_store.STATE_PAST,
            value=None,
            min_value=first,
            max_value=last,
            format="DD/MM/YYYY",
            help=t_store.STATE_HELP,
            key=PAST_KEY,
            bind="query-params",
        )
        st.caption(t_store.STATE_EMPTY)
    return day


def _asked_day() -> date | None:
    """Read the chosen day before its widget is drawn: what was chosen last, else what the address names."""
    chosen = st.session_state.get(PAST_KEY, st.query_params.get(PAST_KEY))
    try:
        return chosen if isinstance(chosen, date) else date.fromisoformat(chosen or "")
    except ValueError:
        return None


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
