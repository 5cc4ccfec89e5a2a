"""The command of `petadini` about alerts: list them, write them, issue them."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from data.store.lake import open_at, snapshot_id
from lib.commands.asked import day_of, eyes_for, open_store, region_of
from lib.commands.terminal import hint, say
from lib.output.alert_tables import alert_csv, alert_json, alert_table, trend_values, with_basis
from lib.people.machine import machine_actor
from lib.proposals.deeds import Waiting, issue_alerts
from lib.records import AreaName, FoundAlert, TrendRow, records
from lib.region.areas import load_areas
from lib.region.data_state import data_state
from lib.region.panels import group_names
from lib.rules.alerts import alert_rules
from lib.rules.forecasts import forecast_rules, is_silent
from lib.score.answers import assess_areas
from lib.score.question import default_filters
from lib.settings import pinned_day, today_in
from lib.texts import alerts as t
from lib.texts.cli import basis, written
from lib.texts.proposals import waiting
from lib.texts.questions import unit_word
from lib.warnings.alerts import load_alerts, places
from lib.warnings.ledger import day_with_life

if TYPE_CHECKING:
    from argparse import Namespace

    import pandas as pd

    from lib.records import Hearing
    from lib.rules.regions import Region
    from lib.warnings.alerts import AlertDay


def alerts(arguments: Namespace) -> int:
    """List the alerts of a day, as lines, CSV or JSON, and issue them if asked; no alert is no failure."""
    lake, chosen = open_store()
    region = region_of(lake, arguments)
    as_of = day_of(lake, region, arguments, chosen)
    simulated = data_state(lake, region.code).simulated
    snapshot = snapshot_id(lake)
    known = open_at(lake, snapshot)
    day = load_alerts(known, region.code, as_of=as_of)
    areas = load_areas(known, region.code, simplified=True)
    rules = alert_rules(region.code)

    def shown() -> pd.DataFrame:
        table = alert_table(day_with_life(lake, region.code, day), areas, simulated=simulated)
        return with_basis(table, region.code, as_of, rules.digest)

    if arguments.csv is not None and not arguments.json:
        arguments.csv.write_bytes(alert_csv(shown()))  # before issuing: what cannot be written is not issued
    issue_id = None
    if arguments.terbitkan:
        made = issue_alerts(
            lake,
            region.code,
            day,
            snapshot=snapshot,
            simulated=simulated,
            actor=machine_actor(),
            eyes=eyes_for(region.code),
            issued_on=today_in(region, chosen),
        )
        if isinstance(made, Waiting):
            hint(waiting(made.proposal_id))
        else:
            issue_id = made
    if arguments.json:
        facts: dict[str, object] = {
            "wilayah": region.code,
            "per": as_of,
            "pekan_pembanding": day.baseline_weeks,
            "deret_diuji": day.tested_count,
            "terbitan": issue_id,
            "aturan": rules.digest,
            "simulasi": simulated,
            "laporan_terakhir": day.last_reported_on,
            "tempat": places(day.alerts),
            "tren": trend_values(day.trends),
        }
        say(alert_json(shown(), facts))
        return 0
    if arguments.csv is not None:
        if issue_id:
            arguments.csv.write_bytes(alert_csv(shown()))  # now with what became of them by issuing
        say(written(str(arguments.csv)))
    else:
        question = default_filters(known, region.code, as_of=as_of)
        for line in _lines(day, areas, region, assess_areas(known, question).hearing):
            say(line)
        mark = f"aturan {rules.short_digest}"
        say(basis(region.name, as_of, mark, simulated=simulated, pinned=pinned_day(region, chosen)))
    if issue_id:
        say(t.issued_under(len(day.alerts), issue_id))
    return 0


def _lines(day: AlertDay, areas: pd.DataFrame, region: Region, hearing: Hearing) -> list[str]:
    """Write the alerts for a terminal, with why there may be none."""
    needed = alert_rules(region.code).least_baseline_weeks
    lines = [] if day.enough_history else [t.short_history(day.baseline_weeks, needed)]
    if is_silent(day.last_reported_on, day.as_of, forecast_rules(region.code)):
        lines.insert(0, t.silent(day.last_reported_on))
    raised = int(day.trends["raised"].sum())
    told = t.counted(
        *(places(day.alerts), raised, day.as_of, unit_word(region), region.kind),
        hearing=hearing,
        enough_history=day.enough_history,
    )
    lines.append(told)
    names = {row.area_code: (row.area_name, row.district_name) for row in records(areas, AreaName)}
    groups = group_names()
    for alert in records(day.alerts, FoundAlert):
        name, district = names.get(alert.area_code or "", (None, None))
        first = day.as_of - timedelta(days=alert.window_days - 1)
        lines.append(
            t.line(
                alert.tier,
                t.place(name, district, region.name),
                groups.get(alert.group_code, t.NO_GROUP),
                t.what(alert, first, day.as_of),
            )
        )
    lines += [t.trend(groups[trend.group_code], trend) for trend in records(day.trends, TrendRow) if trend.raised]
    return lines
