"""Cached loaders of forecasts and of what past ones were worth."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from data.store.lake import snapshot_id
from lib.proposals.deeds import issue_forecasts
from lib.rules.regions import region_profile
from lib.ui.door.identity import current
from lib.ui.load import store as load
from lib.ui.load.eyes import eyes
from lib.ui.load.shared import shared
from lib.warnings import forecasts as made
from lib.warnings import issues
from lib.warnings.past_forecasts import past_forecasts

if TYPE_CHECKING:
    import pandas as pd

    from lib.analysis.backtest import Backtest
    from lib.filters import Filters
    from lib.proposals.deeds import Waiting
    from lib.warnings.forecasts import Forecasts


@shared(max_entries=8)
def forecasts(filters: Filters) -> Forecasts:
    """Forecast a region after the last day of a question; filters do not enter."""
    election = load.election(filters)
    lake = load.store_at(filters.snapshot)
    return made.forecasts(
        lake, filters.region_code, as_of=filters.end, voting_day=election.voting_day if election else None
    )


@shared(max_entries=16)
def past(filters: Filters, group_code: str, horizon_days: int) -> Backtest | None:
    """Grade the forecasts of past weeks."""
    return past_forecasts(
        load.store_at(filters.snapshot),
        filters.region_code,
        as_of=filters.end,
        election_code=filters.election_code,
        group_code=group_code,
        horizon_days=horizon_days,
    )


@st.cache_data(max_entries=8, show_spinner=False)
def issued(snapshot: int, region_code: str, kind: str) -> pd.DataFrame:
    """List the issues of one kind, oldest first."""
    return issues.issued(load.store_at(snapshot), region_code, kind)


def publish(filters: Filters) -> str | Waiting:
    """Freeze the forecasts of a question, or propose that, and return the issue's id."""
    return issue_forecasts(
        load.store(),
        forecasts(filters),
        snapshot=filters.snapshot,
        actor=current(),
        eyes=eyes(filters.region_code),
        issued_on=load.today(region_profile(filters.region_code)),
    )


def newest(filters: Filters) -> bool:
    """Tell whether a question is asked of the newest state, the only one that may be issued."""
    return filters.as_it_was is None and filters.snapshot == snapshot_id(load.store())
