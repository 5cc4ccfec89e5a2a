"""Single reports that somebody may see: of the whole of a region, those in the scope."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd

    from lib.people.actor import Scope


def in_scope(rows: pd.DataFrame, scope: Scope, *, side: str = "") -> pd.DataFrame:
    """Keep the reports of a scope, in their order.

    `rows` has area_code, source_name and, for what is known to the kecamatan only, district_code; `side` stands
    before the names of the columns.
    """
    if not scope.narrows:
        return rows
    places = rows[f"{side}area_code"]
    if f"{side}district_code" in rows:
        places = places.where(places.notna(), rows[f"{side}district_code"])
    pairs = zip(_texts(places), _texts(rows[f"{side}source_name"]), strict=True)
    return rows[[scope.holds_report(*pair) for pair in pairs]]


def decisions_in_scope(decisions: pd.DataFrame, scope: Scope) -> pd.DataFrame:
    """Keep the decisions about reports all of which lie in a scope; columns of `lib.reports.events.decisions`."""
    if not scope.narrows:
        return decisions
    keep = [
        all(scope.holds_report(report["area_code"], report["source_name"]) for report in reports)
        for reports in decisions["reports"]
    ]
    return decisions[keep]


def without_texts(rows: pd.DataFrame) -> pd.DataFrame:
    """Give reports as counts and maps need them, without a word of what they tell."""
    return rows.assign(description=None, source_id=None)


def notes_in_scope(alerts: pd.DataFrame, scope: Scope) -> pd.DataFrame:
    """Empty the notes about alerts of places outside a scope; what stands in them is nobody's report alone."""
    if not scope.narrows:
        return alerts
    pairs = zip(_texts(alerts["area_code"]), alerts["note"], strict=True)
    return alerts.assign(note=[note if scope.holds_report(code, None) else "" for code, note in pairs])


def _texts(column: pd.Series[Any]) -> list[str | None]:
    return [None if missing else str(value) for value, missing in zip(column, column.isna(), strict=True)]
