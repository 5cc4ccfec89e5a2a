"""The ledger of alerts: what was issued, who saw it, what was done, why it was closed; nothing is ever deleted."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pandas as pd

from data.sort.personal import mask
from data.store import issue_queries, queries
from data.store.journals import append
from data.store.lake import utc_now, write
from lib.people.actor import May
from lib.records import AlertRow, FoundAlert, columns_of, records
from lib.reports.journal import journal_id
from lib.rules.alerts import alert_rules
from lib.texts import alerts as texts
from lib.warnings.alerts import EVENT, METHOD, SIAGA, TIERS, TREND, alert_key, read_tier
from lib.warnings.issues import ALERT, COLUMNS, freeze_rows, is_late, issued, rows_digest

if TYPE_CHECKING:
    import duckdb

    from data.store.lake import Lake
    from lib.people.actor import Actor
    from lib.rules.alerts import AlertRules
    from lib.warnings.alerts import AlertDay

NEW, SEEN, ACTED, CLOSED = "baru", "dilihat", "ditindaklanjuti", "ditutup"
STATES = (NEW, SEEN, ACTED, CLOSED)
LIFE_COLUMNS = columns_of(AlertRow)


@dataclass(frozen=True, slots=True)
class _Issued:
    """The newest frozen row of an alert, with the day that its issue is about."""

    area_code: str | None
    group_code: str
    window_days: int
    observed: int
    expected: float
    probability: float
    facts: str
    as_of: date


@dataclass(frozen=True, slots=True)
class _Step:
    """What somebody did about an alert, and when."""

    alert_id: str
    state: str
    note: str
    actor: str
    decided_on: date


class AlertError(ValueError):
    """Refuse a step about an alert; the message is a whole Indonesian sentence."""


def issue_alerts(
    lake: Lake, region_code: str, day: AlertDay, *, snapshot: int, simulated: bool, actor: Actor, issued_on: date
) -> str:
    """Issue the alerts of a day, also when there are none, and return the issue's id.

    The same alerts issued again for the same day are the issue that stands; others are a revision of it. `day` is
    what `lib.warnings.alerts.alerts_of_day` found with the rules of the region, `snapshot` the state of the store
    that it was found in. Where the local day `issued_on` is later than the day after that of the alerts, they count
    as worked out again.
    """
    record = issue_record(lake, region_code, day, snapshot=snapshot, simulated=simulated, issued_on=issued_on)
    return freeze_rows(lake, region_code, ALERT, actor=actor, **record)


def issue_record(
    lake: Lake, region_code: str, day: AlertDay, *, snapshot: int, simulated: bool, issued_on: date
) -> dict[str, Any]:
    """Give what an issue of a day's alerts says, as `lib.warnings.issues.freeze_rows` takes it."""
    return {
        "rows": rows_to_issue(lake, region_code, day),
        "as_of": day.as_of,
        "horizon_days": None,
        "snapshot": snapshot,
        "weights_digest": alert_rules(region_code).digest,
        "method": METHOD,
        "simulated": simulated,
        "issued_on": issued_on,
    }


def rows_to_issue(lake: Lake, region_code: str, day: AlertDay) -> pd.DataFrame:
    """Give the alerts of a day the ids under which they stand, or will stand, in the ledger.

    Columns: those of the table alert_row but issue_id and region_code.
    """
    rows = _under_standing_ids(day, alerts_with_life(lake, region_code), alert_rules(region_code))
    names = ("first_on", "window_first_on", "window_last_on")
    facts = [
        json.dumps(dict(zip(names, map(str, days), strict=True)) | {"baseline_weeks": day.baseline_weeks})
        for days in zip(*(rows[name] for name in names), strict=True)
    ]
    return rows.assign(facts=facts)[list(COLUMNS[ALERT])]


def day_with_life(lake: Lake, region_code: str, day: AlertDay) -> pd.DataFrame:
    """List the alerts of a day with what people did about them until now.

    Columns and order: `LIFE_COLUMNS` in the order of `lib.warnings.alerts.find_alerts`. What was never issued has an
    issue_count of 0 and the state ``baru``; no step can be taken about it.
    """
    life = alerts_with_life(lake, region_code)
    rows = _under_standing_ids(day, life, alert_rules(region_code)).assign(last_on=day.as_of)
    told = {entry.alert_id: entry for entry in records(life, AlertRow)}
    entries = [told.get(alert_id) for alert_id in rows["alert_id"]]
    lived = rows.assign(
        issue_count=[entry.issue_count if entry else 0 for entry in entries],
        recomputed=[entry.recomputed if entry else False for entry in entries],
        state=[entry.state if entry else NEW for entry in entries],
        note=[entry.note if entry else "" for entry in entries],
        actor=[entry.actor if entry else "" for entry in entries],
        stepped_on=pd.Series([entry.stepped_on if entry else None for entry in entries], rows.index, dtype=object),
    )
    return lived[LIFE_COLUMNS]


def is_issued(lake: Lake, region_code: str, day: AlertDay) -> bool | None:
    """Tell whether the newest issue about a day holds these very alerts; None where there is no issue."""
    issues = issued(lake, region_code, ALERT, day.as_of)
    if issues.empty:
        return None
    digest = rows_digest(rows_to_issue(lake, region_code, day), ALERT)
    return bool(issues["rows_sha256"].iloc[-1] == digest)


def take_step(
    lake: Lake, region_code: str, alert_id: str, state: str, *, note: str = "", actor: Actor, decided_on: date
) -> str:
    """Record that an alert was seen (``dilihat``), answered (``ditindaklanjuti``) or closed (``ditutup``).

    Steps lead forward only and may skip; a second action may follow the first. A note is masked as every text that a
    person types. Raises `AlertError` if no such alert was issued in the region, the step leads back or repeats, or an
    action or a closing comes without a note.
    """
    actor.must(May.JUDGE, region_code)
    if state not in STATES[1:]:
        raise AlertError(texts.unknown_state(state))
    stated = mask(note.strip())
    if state in {ACTED, CLOSED} and not stated:
        raise AlertError(texts.NO_ACTION if state == ACTED else texts.NO_CLOSING_REASON)

    def change(cursor: duckdb.DuckDBPyConnection) -> str:
        found = queries.run(cursor, "alert_states", region_code=region_code, alert_id=alert_id).fetchall()
        if not found:
            raise AlertError(texts.unknown_alert(alert_id))
        standing = found[-1][0] or NEW
        if STATES.index(state) < STATES.index(standing) or (state == standing and state != ACTED):
            raise AlertError(texts.not_forward(alert_id, standing, state))
        recorded_at = utc_now()
        step: dict[str, object] = {
            "step_id": journal_id(recorded_at),
            "region_code": region_code,
            "alert_id": alert_id,
            "state": state,
            "note": stated,
            "actor": actor.name,
            "decided_on": decided_on,
            "recorded_at": recorded_at,
        }
        append(cursor, "alert_step", step)
        return str(step["step_id"])

    return write(lake, change, author=actor.name, message=f"peringatan {alert_id}: {state}")


def alerts_with_life(lake: Lake, region_code: str, as_of: date | None = None) -> pd.DataFrame:
    """List every alert that was issued about days until `as_of`, once, with what people did about it until now.

    Columns: `LIFE_COLUMNS`, the newest first. tier is the highest that was issued, `TREND` where it was one of the
    region as a whole, of which none is issued any more; observed, expected, probability,
    window_days and the days of the window are those of the newest issue, last_on the day that it is about. area_code
    is None for the whole region. recomputed: every issue of it was about a past day that was worked out again. state
    is ``baru`` until a first step; note, actor and stepped_on are those of the last.
    """
    issues = issued(lake, region_code, ALERT)
    if as_of is not None:
        issues = issues[issues["as_of"] <= as_of]
    told = issues[["issue_id", "as_of"]].assign(late=is_late(issues), order=range(len(issues)))
    rows = issue_queries.alert_rows(lake, region_code).merge(told, on="issue_id").sort_values(["as_of", "order"])
    steps = {step.alert_id: step for step in records(issue_queries.alert_steps(lake, region_code), _Step)}
    alerts = [_life(str(key), group, steps.get(str(key))) for key, group in rows.groupby("alert_id", sort=True)]
    table = pd.DataFrame([asdict(alert) for alert in alerts], columns=LIFE_COLUMNS)
    place = table["area_code"].astype(object)
    table["area_code"] = place.where(place.notna(), None)
    return table.sort_values(["last_on", "first_on"], ascending=False, kind="stable").reset_index(drop=True)


def unanswered(life: pd.DataFrame) -> pd.DataFrame:
    """Choose the alerts that nobody has acted on or closed; a trend asks for no answer."""
    return life[life["state"].isin([NEW, SEEN]) & (life["tier"] != TREND)]


def _life(alert_id: str, rows: pd.DataFrame, step: _Step | None) -> AlertRow:
    newest = next(records(rows.tail(1), _Issued))
    facts = json.loads(newest.facts)
    return AlertRow(
        alert_id=alert_id,
        area_code=newest.area_code,
        group_code=newest.group_code,
        tier=read_tier(newest.area_code, min(rows["tier"], key=TIERS.index)),
        first_on=date.fromisoformat(facts["first_on"]),
        window_first_on=date.fromisoformat(facts["window_first_on"]),
        window_last_on=date.fromisoformat(facts["window_last_on"]),
        last_on=newest.as_of,
        window_days=newest.window_days,
        observed=newest.observed,
        expected=newest.expected,
        probability=newest.probability,
        issue_count=len(rows),
        recomputed=bool(rows["late"].all()),
        state=step.state if step else NEW,
        note=step.note if step else "",
        actor=step.actor if step else "",
        stepped_on=step.decided_on if step else None,
    )


def _under_standing_ids(day: AlertDay, life: pd.DataFrame, rules: AlertRules) -> pd.DataFrame:
    """Name the alerts that continue one of the ledger after it; a new one keeps its own first day."""
    standing: dict[tuple[str | None, str], list[AlertRow]] = {}
    for entry in records(life[life["tier"] != EVENT].iloc[::-1], AlertRow):
        standing.setdefault((entry.area_code, entry.group_code), []).append(entry)
    first, keys = [], []
    for alert in records(day.alerts, FoundAlert):
        of_series = [] if alert.tier == EVENT else standing.get((alert.area_code, alert.group_code), [])
        joined = [entry for entry in of_series if _continues(entry, alert.tier, day.as_of, rules.hold_days)]
        first.append(joined[-1].first_on if joined else alert.first_on)
        keys.append(alert_key(alert.area_code, alert.group_code, first[-1], event=alert.tier == EVENT))
    tiers, lengths = day.alerts["tier"], day.alerts["window_days"]
    begun = [day.as_of - timedelta(days=days - 1) for days in lengths]
    ended = [first_on if tier == EVENT else day.as_of for first_on, tier in zip(first, tiers, strict=True)]
    named: pd.DataFrame = day.alerts.drop(columns="alert_key").assign(
        alert_id=keys, first_on=first, window_first_on=begun, window_last_on=ended
    )
    return named


def _continues(entry: AlertRow, tier: str, as_of: date, hold_days: int) -> bool:
    """Tell whether an alarm of a day is the same alert as one of the ledger.

    It is within the days of hold, before the first issue as well as after the last, because a past day may be
    worked out again. A closed alert is held only from its closing, and never when it has become siaga since:
    what somebody closed must not keep what comes after quiet.
    """
    last = entry.last_on
    if entry.state == CLOSED and entry.stepped_on:
        last = min(last, entry.stepped_on)
        if tier == SIAGA and entry.tier != SIAGA and as_of > entry.stepped_on:
            return False
    hold = timedelta(days=hold_days)
    return entry.first_on - hold <= as_of <= last + hold
