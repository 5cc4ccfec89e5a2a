"""Warnings frozen when they are issued: hashed, chained to the one before, and proved later."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pandas as pd
import pyarrow as pa

from data import digests
from data.store import issue_queries, queries
from data.store.journals import append, append_from
from data.store.lake import utc_now, write
from lib.people.actor import May
from lib.records import IssueRow, records
from lib.reports.journal import journal_id

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date, datetime

    import duckdb

    from data.store.lake import Lake
    from lib.people.actor import Actor

FORECAST, ALERT = "ramalan", "peringatan"
TEXT, WHOLE, NUMBER, FLAG = pa.string(), pa.int32(), pa.float64(), pa.bool_()
CASTS: Mapping[pa.DataType, Callable[[Any], object]] = {
    TEXT: str,
    WHOLE: int,
    NUMBER: lambda value: float(value) + 0.0,
    FLAG: bool,
}
TIMELY_DAYS = 1
TABLES = {FORECAST: "forecast_row", ALERT: "alert_row"}
COLUMNS: Mapping[str, Mapping[str, pa.DataType]] = {
    FORECAST: {
        "area_code": TEXT,
        "group_code": TEXT,
        "horizon_days": WHOLE,
        "mean": NUMBER,
        "dispersion": NUMBER,
        **{f"{side}_{share}": WHOLE for share in (50, 80, 95) for side in ("low", "high")},
        "probability_any": NUMBER,
        "baseline": NUMBER,
        "own_history": NUMBER,
        "own_recent": NUMBER,
        "neighbours": NUMBER,
        "baseline_only": FLAG,
    },
    ALERT: {
        "alert_id": TEXT,
        "area_code": TEXT,
        "group_code": TEXT,
        "tier": TEXT,
        "window_days": WHOLE,
        "observed": WHOLE,
        "expected": NUMBER,
        "probability": NUMBER,
        "facts": TEXT,
    },
}
HASHED = (
    "issue_id",
    "region_code",
    "kind",
    "as_of",
    "horizon_days",
    "snapshot",
    "weights_digest",
    "method",
    "row_count",
    "rows_sha256",
    "previous_sha256",
    "simulated",
    "actor",
    "issued_on",
)


@dataclass(frozen=True, slots=True)
class BrokenIssue:
    """An issue that is no longer what was issued.

    `fault` is ``record`` (its own line was changed), ``rows`` (a row was changed, added or is missing),
    ``chain`` (the issue before it is gone or was changed) or ``orphan`` (rows without their issue; kind and
    as_of are then None).
    """

    issue_id: str
    region_code: str
    kind: str | None
    as_of: date | None
    fault: str


def freeze_rows(
    lake: Lake,
    region_code: str,
    kind: str,
    rows: pd.DataFrame,
    *,
    as_of: date,
    horizon_days: int | None,
    snapshot: int,
    weights_digest: str,
    method: str,
    simulated: bool,
    actor: Actor,
    issued_on: date,
) -> str:
    """Issue forecasts or alerts, all rows in one transaction, and return the issue's id.

    The rows are hashed as `rows_digest` says; the issue's own hash covers every column of its line but the
    time of recording, and the hash of the region's issue before it. So no line and no row can change without
    showing in `broken_issues`; what that cannot show is the loss of the newest issue as a whole, whose hash
    therefore belongs on every print.

    Issuing the same kind for the same day again with equal rows returns the issue that stands (a double click
    issues once). Other rows make a revision: a further issue, the first one stays. An empty table is issued
    too: that nothing was warned of must be on record as well.

    Parameters
    ----------
    kind
        ``ramalan`` or ``peringatan``.
    rows
        The columns of `COLUMNS` for the kind; others are ignored. The order of rows is of no account. Missing
        values are kept as missing; area_code missing means the whole region.
    horizon_days
        Longest horizon of a forecast; None for alerts.
    snapshot
        State of the store that the rows were reckoned from.
    issued_on
        Local day of issuing; later than the day after `as_of` where a past day is worked out again.

    Raises
    ------
    ValueError
        If the kind is unknown, a column is missing or holds what its type cannot.
    LakeError
        As `data.store.lake.write`.
    """
    actor.must(May.JUDGE, region_code)
    change = issuing(
        region_code,
        kind,
        rows,
        as_of=as_of,
        horizon_days=horizon_days,
        snapshot=snapshot,
        weights_digest=weights_digest,
        method=method,
        simulated=simulated,
        actor_name=actor.name,
        issued_on=issued_on,
    )
    digest = rows_digest(_typed(rows, kind).to_pandas(), kind)
    standing = _standing(issue_queries.issues(lake, region_code), kind, as_of, digest)
    if standing is not None:
        return standing
    return write(lake, change, author=actor.name, message=f"{kind} {as_of}: {len(rows)} baris diterbitkan")


def issuing(
    region_code: str,
    kind: str,
    rows: pd.DataFrame,
    *,
    as_of: date,
    horizon_days: int | None,
    snapshot: int,
    weights_digest: str,
    method: str,
    simulated: bool,
    actor_name: str,
    issued_on: date,
) -> Callable[[duckdb.DuckDBPyConnection], str]:
    """Give what issues forecasts or alerts inside a transaction; see `freeze_rows`."""
    if kind not in TABLES:
        raise ValueError(f"unknown kind of issue: {kind}")
    table = _typed(rows, kind)
    digest = rows_digest(table.to_pandas(), kind)

    def change(cursor: duckdb.DuckDBPyConnection) -> str:
        issues = issue_queries.issue_dates(queries.run(cursor, "issues", region_code=region_code).df())
        raced = _standing(issues, kind, as_of, digest)
        if raced is not None:
            return raced
        recorded_at, previous = _next_link(issues)
        record: dict[str, object] = {
            "issue_id": journal_id(recorded_at),
            "region_code": region_code,
            "kind": kind,
            "as_of": as_of,
            "horizon_days": horizon_days,
            "snapshot": snapshot,
            "weights_digest": weights_digest,
            "method": method,
            "row_count": table.num_rows,
            "rows_sha256": digest,
            "previous_sha256": previous,
            "simulated": simulated,
            "actor": actor_name,
            "issued_on": issued_on,
        }
        record |= {"sha256": record_digest(record), "recorded_at": recorded_at}
        append(cursor, "issue", record)
        cursor.register("frozen_rows", table)
        append_from(
            cursor,
            TABLES[kind],
            "SELECT $issue_id AS issue_id, $region_code AS region_code, frozen_rows.* FROM frozen_rows",
            {"issue_id": record["issue_id"], "region_code": region_code},
        )
        cursor.unregister("frozen_rows")
        return str(record["issue_id"])

    return change


def issued(lake: Lake, region_code: str, kind: str, as_of: date | None = None) -> pd.DataFrame:
    """List the issues of one kind, oldest first; with `as_of` those about that day.

    Columns: those of the table ``issue`` (as_of and issued_on as dates), and revision: 1 for the first issue about
    a day, 2 for the one that replaced it, and so on.
    """
    issues = issue_queries.issues(lake, region_code)
    found = issues[issues["kind"] == kind]
    found = found.assign(revision=found.groupby("as_of").cumcount() + 1)
    if as_of is not None:
        found = found[found["as_of"] == as_of]
    return found.reset_index(drop=True)


def is_late(issues: pd.DataFrame) -> list[bool]:
    """Tell of each issue whether it was worked out again after the day following that it is about.

    So it was, too, where the store already held reports made after that day: whatever day was stated, the outcome
    could be known.
    """
    return [
        issue.issued_on > issue.as_of + timedelta(days=TIMELY_DAYS)
        or (
            issue.newest_report_on is not None
            and issue.newest_report_on.date() > issue.as_of + timedelta(days=TIMELY_DAYS)
        )
        for issue in records(issues, IssueRow)
    ]


def frozen_rows(lake: Lake, region_code: str, kind: str) -> pd.DataFrame:
    """List the rows of all issues of one kind: issue_id, region_code and the columns of `COLUMNS`."""
    return _rows(lake, kind, region_code)


def broken_issues(lake: Lake, region_code: str | None = None) -> list[BrokenIssue]:
    """Work out every hash again and list the issues that differ, oldest first; None asks for all regions.

    An issue's predecessor must be an issue of its region recorded before it; the first one has none. Two
    computers that issue on a shared catalog in the same instant may follow the same predecessor. An issue with
    several faults is named once, by the first of ``record``, ``rows``, ``chain``.
    """
    issues = issue_queries.issues(lake, region_code)
    digests = {
        (kind, str(region), str(issue_id)): rows_digest(rows, kind)
        for kind in TABLES
        for (region, issue_id), rows in _rows(lake, kind, region_code).groupby(["region_code", "issue_id"])
    }
    broken = []
    hashes: dict[str, set[str]] = {}
    for issue in records(issues, IssueRow):
        earlier = hashes.setdefault(issue.region_code, set())
        held = digests.pop((issue.kind, issue.region_code, issue.issue_id), _EMPTY)
        fault = _fault(issue, held, earlier)
        earlier.add(issue.sha256)
        if fault:
            broken.append(BrokenIssue(issue.issue_id, issue.region_code, issue.kind, issue.as_of, fault))
    return broken + [BrokenIssue(issue_id, region, None, None, "orphan") for _, region, issue_id in sorted(digests)]


def rows_digest(rows: pd.DataFrame, kind: str) -> str:
    """Hash the rows of an issue whatever their order: SHA-256 of one JSON list a row, sorted, a line each.

    Values stand in the order of `COLUMNS`; numbers as Python writes them in full (17 digits give the same
    double back), missing ones as null.
    """
    columns = [_plain(rows[name], kind_of) for name, kind_of in COLUMNS[kind].items()]
    lines = sorted(json.dumps(row, ensure_ascii=False) for row in zip(*columns, strict=True))
    return digests.of_text("\n".join(lines))


def record_digest(record: Mapping[str, object]) -> str:
    """Hash an issue's line: SHA-256 of the columns `HASHED` as JSON, keys sorted."""
    values = {name: _simple(record[name]) for name in HASHED}
    return digests.of_text(json.dumps(values, sort_keys=True, ensure_ascii=False))


_EMPTY = digests.of_text("")


def _typed(rows: pd.DataFrame, kind: str) -> pa.Table:
    """Give the rows the types of their table, so that what is hashed is what will be read back."""
    columns = COLUMNS[kind]
    missing = [name for name in columns if name not in rows.columns]
    if missing:
        raise ValueError(f"a frozen {kind} needs the columns {missing}")
    arrays = [pa.array(_plain(rows[name], type_), type=type_) for name, type_ in columns.items()]
    return pa.table(arrays, names=list(columns))


def _plain(column: pd.Series[Any], type_: pa.DataType) -> list[Any]:
    """Give plain Python values; every way of missing becomes None, and zero loses its sign."""
    missing = column.isna()
    cast = CASTS[type_]
    return [None if gone else cast(value) for value, gone in zip(column.tolist(), missing, strict=True)]


def _simple(value: Any) -> Any:
    """Give a cell as JSON knows it: days as ISO text, missing as null, whole numbers without a point."""
    if hasattr(value, "isoformat"):
        return value.isoformat()
    if not isinstance(value, (str, bool)) and value is not None:
        return None if pd.isna(value) else int(value)
    return value


def _fault(issue: IssueRow, held: str, earlier: set[str]) -> str:
    """Name the first fault of an issue whose rows hash to `held`; empty without one."""
    if record_digest(asdict(issue)) != issue.sha256 or issue.sha256 in earlier:
        return "record"
    if held != issue.rows_sha256:
        return "rows"
    follows = issue.previous_sha256 in earlier if earlier else not issue.previous_sha256
    return "" if follows else "chain"


def _rows(lake: Lake, kind: str, region_code: str | None) -> pd.DataFrame:
    rows = issue_queries.forecast_rows if kind == FORECAST else issue_queries.alert_rows
    return rows(lake, region_code)


def _standing(issues: pd.DataFrame, kind: str, as_of: date, digest: str) -> str | None:
    """Name the issue of a kind and day that stands, if its rows are the same."""
    newest = issues[(issues["kind"] == kind) & (issues["as_of"] == as_of)].tail(1)
    equal = newest[newest["rows_sha256"] == digest]
    return None if equal.empty else str(equal["issue_id"].iloc[0])


def _next_link(issues: pd.DataFrame) -> tuple[datetime, str]:
    """Give the time to record and the hash to follow; the time never falls on or before that of the last issue."""
    now = utc_now()
    if issues.empty:
        return now, ""
    last = issues.iloc[-1]
    return max(now, last["recorded_at"].to_pydatetime() + timedelta(microseconds=1)), str(last["sha256"])
