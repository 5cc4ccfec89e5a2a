"""Cached loaders of the alerts and their ledger; the key is the state of the store, the region and the day."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import streamlit as st

from lib.output.alert_tables import alert_csv, alert_table, with_basis
from lib.reports.scoped import notes_in_scope
from lib.rules.alerts import alert_rules
from lib.ui.load import store as load
from lib.warnings import alerts
from lib.warnings import ledger as alert_ledger
from lib.warnings.issues import ALERT, issued

if TYPE_CHECKING:
    from datetime import date

    import pandas as pd

    from lib.filters import Filters
    from lib.people.actor import Scope
    from lib.warnings.alerts import AlertDay


@dataclass(frozen=True, slots=True)
class Standing:
    """How the alerts of a day were issued: on which day last, as which revision, and whether they are the same."""

    issued_on: date | None
    revision: int
    same: bool


@st.cache_data(max_entries=8, show_spinner=False)
def day(snapshot: int, region_code: str, as_of: date) -> AlertDay:
    """Work out the alerts of a day."""
    return alerts.load_alerts(load.store_at(snapshot), region_code, as_of=as_of)


def today(filters: Filters) -> pd.DataFrame:
    """List the alerts of a question's last day with what people did about them; their notes within its scope."""
    return _today(filters.snapshot, filters.region_code, filters.end, filters.scope)


@st.cache_data(max_entries=8, show_spinner=False)
def _today(snapshot: int, region_code: str, as_of: date, scope: Scope) -> pd.DataFrame:
    found = alert_ledger.day_with_life(load.store_at(snapshot), region_code, day(snapshot, region_code, as_of))
    return notes_in_scope(found, scope)


def ledger(filters: Filters) -> pd.DataFrame:
    """List every alert issued about days until a question's last, with the notes as in `today`."""
    return _ledger(filters.snapshot, filters.region_code, filters.end, filters.scope)


@st.cache_data(max_entries=8, show_spinner=False)
def _ledger(snapshot: int, region_code: str, as_of: date, scope: Scope) -> pd.DataFrame:
    return notes_in_scope(alert_ledger.alerts_with_life(load.store_at(snapshot), region_code, as_of), scope)


@st.cache_data(max_entries=8, show_spinner=False)
def standing(snapshot: int, region_code: str, as_of: date) -> Standing:
    """Tell how the alerts of a day were issued."""
    lake = load.store_at(snapshot)
    issues = issued(lake, region_code, ALERT, as_of)
    if issues.empty:
        return Standing(None, 0, same=False)
    newest = issues.iloc[-1]
    same = alert_ledger.is_issued(lake, region_code, day(snapshot, region_code, as_of))
    return Standing(newest["issued_on"], int(newest["revision"]), same=bool(same))


def counted(filters: Filters) -> tuple[dict[str, int], int, int]:
    """Count places by tier on a question's last day, groups with a raised trend, and places that wait for answers."""
    key = filters.snapshot, filters.region_code, filters.end
    waiting = alert_ledger.unanswered(in_districts(filters, ledger(filters)))
    raised = int(day(*key).trends["raised"].sum())
    return alerts.places(in_districts(filters, today(filters))), raised, place_count(waiting)


def place_count(found: pd.DataFrame) -> int:
    """Count the places of alerts; those of which none is known are one."""
    return int(found["area_code"].nunique(dropna=False))


def in_districts(filters: Filters, found: pd.DataFrame) -> pd.DataFrame:
    """Choose the alerts of the chosen kecamatan; those whose area is not known always show."""
    if not filters.district_codes:
        return found
    codes = found["area_code"]
    return found[codes.isna() | codes.str.slice(0, 8).isin(filters.district_codes)]


def csv(filters: Filters) -> bytes:
    """Write the alerts of a question's last day as CSV."""
    table = alert_table(
        today(filters),
        load.area_names(filters.snapshot, filters.region_code),
        simulated=load.state(filters.snapshot, filters.region_code).simulated,
    )
    rules = alert_rules(filters.region_code)
    return alert_csv(with_basis(table, filters.region_code, filters.end, rules.digest))
