"""Ask the lake what was issued, and what people did about it: as `data.store.queries` asks for all else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from data.store.queries import frame

if TYPE_CHECKING:
    import pandas as pd

    from data.store.lake import Lake


def issues(lake: Lake, region_code: str | None) -> pd.DataFrame:
    """List what was issued, oldest first; None asks for all regions.

    Columns: those of the table issue; as_of and issued_on as dates, recorded_at UTC, horizon_days missing where
    the issue has none; newest_report_on (datetime64), the newest day of report that the store held when it was
    issued, missing where it held none.
    """
    return issue_dates(frame(lake, "issues", region_code=region_code))


def issue_dates(issues: pd.DataFrame) -> pd.DataFrame:
    """Give the days of issues as dates, as they are hashed."""
    return issues.assign(**{name: issues[name].dt.date for name in ("as_of", "issued_on")})


def forecast_rows(lake: Lake, region_code: str | None) -> pd.DataFrame:
    """List the rows of all issued forecasts; None asks for all regions. Columns: those of the table forecast_row."""
    return frame(lake, "forecast_rows", region_code=region_code)


def alert_rows(lake: Lake, region_code: str | None) -> pd.DataFrame:
    """List the rows of all issued alerts; None asks for all regions. Columns: those of the table alert_row."""
    return frame(lake, "alert_rows", region_code=region_code)


def alert_steps(lake: Lake, region_code: str) -> pd.DataFrame:
    """List what people did about the alerts of a region, oldest first.

    Columns: step_id, alert_id, state, note, actor, decided_on (date), recorded_at (UTC).
    """
    steps = frame(lake, "alert_steps", region_code=region_code)
    return steps.assign(decided_on=steps["decided_on"].dt.date)
