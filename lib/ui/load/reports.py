"""Cached loaders of single reports and of the files they came in: the key holds the scope of whoever asks."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import streamlit as st

from data.store import queries
from lib.proposals.journal import proposals as journal_of_proposals
from lib.reports import events, scoped
from lib.reports.journal import journal as journal_of
from lib.score import answers
from lib.ui.load import store as load

if TYPE_CHECKING:
    from datetime import date

    import pandas as pd

    from lib.filters import Filters
    from lib.people.actor import Scope
    from lib.proposals.journal import Proposal
    from lib.reports.events import Candidates
    from lib.reports.journal import RowKey


@st.cache_data(max_entries=4, show_spinner=False)
def reports(filters: Filters, as_of: date) -> pd.DataFrame:
    """List the reports of one question and its scope as they are known on a day that may lie after its last one."""
    span = {"as_of": as_of, "start": filters.start, "end": filters.end}
    rows = queries.incident_rows(load.store_at(filters.snapshot), filters.region_code, **span)
    return answers.choose(scoped.in_scope(rows, filters.scope), filters)


@st.cache_data(max_entries=4, show_spinner=False)
def _report_pairs(unfiltered: Filters, as_of: date) -> Candidates:
    lake = load.store_at(unfiltered.snapshot)
    found = events.candidates(lake, unfiltered.region_code, as_of=as_of, start=unfiltered.start, end=unfiltered.end)
    first = scoped.in_scope(found.pairs, unfiltered.scope, side="first_")
    return replace(found, pairs=scoped.in_scope(first, unfiltered.scope, side="second_"))


def report_pairs(filters: Filters, as_of: date) -> Candidates:
    """Pair the reports of one question that may tell of one event, as people had decided until a day."""
    found = _report_pairs(filters.unfiltered(), as_of)
    return replace(found, pairs=events.concerning(found.pairs, filters))


@st.cache_data(max_entries=4, show_spinner=False)
def event_decisions(snapshot: int, region_code: str, scope: Scope) -> pd.DataFrame:
    """List what people decided about reports of one event that lie in a scope."""
    return scoped.decisions_in_scope(events.decisions(load.store_at(snapshot), region_code), scope)


@st.cache_data(max_entries=16, show_spinner=False)
def journal(snapshot: int, region_code: str, scope: Scope, key: RowKey) -> pd.DataFrame:
    """List the states of one report of a scope; of another there is none."""
    return journal_of(load.store_at(snapshot), region_code, key, scope=scope)


@st.cache_data(max_entries=4, show_spinner=False)
def meeting_notes(snapshot: int, region_code: str, scope: Scope) -> pd.DataFrame:
    """List what is noted of meetings, which are about the whole region: nothing for a narrower scope."""
    notes = queries.meeting_notes(load.store_at(snapshot), region_code)
    return notes.head(0) if scope.narrows else notes


@st.cache_data(max_entries=4, show_spinner=False)
def proposals(snapshot: int, region_code: str, scope: Scope) -> list[Proposal]:
    """List what was proposed for a region and what became of it; nothing for a narrower scope."""
    return [] if scope.narrows else journal_of_proposals(load.store_at(snapshot), region_code)


@st.cache_data(max_entries=4, show_spinner=False)
def imports(snapshot: int, region_code: str, scope: Scope) -> pd.DataFrame:
    """List the imports of a region, files of the whole region: nothing for a narrower scope."""
    table = queries.imports(load.store_at(snapshot), region_code)
    return table.head(0) if scope.narrows else table


@st.cache_data(max_entries=4, show_spinner=False)
def quarantine(snapshot: int, scope: Scope, import_id: str) -> pd.DataFrame:
    """List what waits in the quarantine of an import, text of files of the whole region: as `imports`."""
    faults = queries.quarantine(load.store_at(snapshot), import_id)
    return faults.head(0) if scope.narrows else faults
