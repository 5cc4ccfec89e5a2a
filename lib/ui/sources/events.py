"""Reports that may tell of one event, two by two, and what people decided about them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import pandas as pd
import streamlit as st

from lib.indonesian import MISSING, short_date
from lib.output.html import render
from lib.people.actor import May
from lib.reports.events import keep_apart, merge, pair_rows, undo_decision
from lib.reports.journal import RowKey
from lib.rules.pairing import pairing
from lib.rules.regions import region_profile
from lib.texts import reports as t
from lib.texts.cli import merged_apart
from lib.texts.questions import VERIFICATIONS
from lib.ui.door.identity import current
from lib.ui.frame.rights import allowed
from lib.ui.load import reports as load_reports
from lib.ui.load import store as load
from lib.ui.sources.reports import carry_out, known_on

if TYPE_CHECKING:
    from collections.abc import Sequence

    from markupsafe import Markup

    from lib.filters import Filters
    from lib.records import PairRow, ReportRow

PAIRS_AT_ONCE = 5


def pairs(filters: Filters) -> None:
    """Draw the proposed pairs, a few at a time, each with its evidence and the two buttons that decide."""
    found = load_reports.report_pairs(filters, known_on(filters))
    st.markdown(t.PAIRS_LEAD)
    if found.pairs.empty:
        st.info(t.NO_PAIRS)
    else:
        st.caption(t.searched(found.pair_count, len(found.pairs), found.report_count, found.searched_count))
        count = len(found.pairs)
        starts = list(range(0, count, PAIRS_AT_ONCE))
        start = 0
        if len(starts) > 1:
            start = st.selectbox(
                t.PAIR_POSITION,
                starts,
                format_func=lambda first: t.pair_range(first + 1, min(first + PAIRS_AT_ONCE, count), count),
                key=f"laporan-pasangan-{filters.snapshot}",
                width=260,
            )
        for pair, *sides in pair_rows(found.pairs.iloc[start : start + PAIRS_AT_ONCE]):
            _pair(filters, pair, sides)
    st.subheader(t.DECISIONS)
    decisions(filters)


def decisions(filters: Filters) -> None:
    """List what was decided, and offer to take a decision back."""
    table = load_reports.event_decisions(filters.snapshot, filters.region_code, filters.scope)
    if table.empty:
        st.info(t.NO_DECISIONS)
        return
    zone = ZoneInfo(region_profile(filters.region_code).time_zone)
    shown = pd.DataFrame(
        {
            "decided": table["recorded_at"].dt.tz_localize("UTC").dt.tz_convert(zone).dt.strftime("%d/%m/%Y %H.%M"),
            "outcome": table["outcome"].map(t.OUTCOMES),
            "reports": [
                " | ".join(report["description"] or t.NO_TEXT for report in some) for some in table["reports"]
            ],
            "reason": table["reason"],
            "actor": table["actor"],
            "undone": table["undone"],
        }
    )
    st.dataframe(shown, column_config=dict(t.DECISION_COLUMNS), hide_index=True, placeholder=MISSING)
    if not filters.as_it_was and allowed(May.JUDGE, filters.region_code):
        _undo(filters, table[~table["undone"]])


def _pair(filters: Filters, pair: PairRow, sides: Sequence[ReportRow]) -> None:
    """Draw two reports side by side with what they have in common."""
    keys = [RowKey(report.import_id, report.line_number) for report in sides]
    evidence = ", ".join(t.apart(pair))
    name = "|".join(map(str, keys))
    names = load.names_by_code(filters)
    with st.container(border=True):
        for column, report in zip(st.columns(2), sides, strict=True):
            column.html(_report(report, names))
        st.markdown(f"**{t.COMMON}:** {evidence}")
        if filters.as_it_was or not current().may(May.JUDGE, filters.region_code):
            return
        with st.container(horizontal=True, vertical_alignment="bottom"):
            reason = st.text_input(t.REASON, value=t.evidence_reason(evidence), key=f"alasan-{name}")
            together = st.button(t.MERGE, type="primary", key=f"gabung-{name}")
            separate = st.button(t.KEEP_APART, key=f"pisah-{name}")
    region, actor = region_profile(filters.region_code), current()
    options: dict[str, Any] = {"reason": reason, "actor": actor, "decided_on": load.today(region)}
    if together:

        def join() -> str:
            made, limits = merge(load.store(), region, keys, **options), pairing()
            said = t.merged(made.decision_id)
            return f"{said} {merged_apart(made.apart, limits.hours, limits.distance_m)}" if made.apart else said

        carry_out(join)
    if separate:
        carry_out(lambda: t.kept_apart(keep_apart(load.store(), region, keys, **options)))


def _report(report: ReportRow, names: dict[str, str]) -> Markup:
    source = f"{report.source_name or t.NO_SOURCE} · {VERIFICATIONS[report.verification]}"
    return render(
        "report.html",
        when=t.when(report.occurred_on, report.occurred_time),
        what=f"{names.get(report.area_code or '', t.NO_PLACE)} · {t.kind(report.category_code, report.severity)}",
        description=report.description or t.NO_TEXT,
        source=f"{source} · {report.import_id}:{report.line_number}",
    )


def _undo(filters: Filters, standing: pd.DataFrame) -> None:
    """Ask which decision to take back, and why."""
    if standing.empty:
        st.caption(t.NOTHING_TO_UNDO)
        return
    lines = {
        decision_id: t.decision_line(short_date(decided_on), outcome, len(some), some[0]["description"])
        for decision_id, decided_on, outcome, some in zip(
            standing["decision_id"], standing["decided_on"], standing["outcome"], standing["reports"], strict=True
        )
    }
    with st.form("laporan-batal", clear_on_submit=True):
        chosen = st.selectbox(t.UNDO_CHOOSE, list(lines), format_func=lines.__getitem__)
        reason = st.text_input(t.UNDO_REASON)
        pressed = st.form_submit_button(t.UNDO)
    if pressed:
        region, actor = region_profile(filters.region_code), current()

        def change() -> str:
            undo_decision(load.store(), region, chosen, reason=reason, actor=actor)
            return t.UNDONE

        carry_out(change)
