"""What would come of an import, and what came of it: counts, decisions, repairs, reasons."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

import pandas as pd
import streamlit as st

from lib.texts import imports as t
from lib.texts import quarantine as words
from lib.texts.numbers import decimal, whole
from lib.ui.plain import plain

if TYPE_CHECKING:
    from data.imports import RowCounts
    from lib.intake import ImportResult, Preview


def show(seen: Preview) -> None:
    """Show a dry run: where the lines would go, how the columns were read, what would be changed and refused."""
    st.markdown(f"**{plain(t.dry_run(seen.file_name))}**")
    _metrics(seen.counts)
    _list(t.decisions(seen.mapping.title, seen.facts))
    if len(seen.repairs):
        st.markdown(f"**{t.REPAIRS}**")
        table = seen.repairs.assign(
            rule=seen.repairs["rule"].map(t.repair),
            confidence=[f"{decimal(100 * share, 0)} %" for share in seen.repairs["confidence"]],
        )
        st.dataframe(table, column_config=t.REPAIR_COLUMNS, column_order=list(t.REPAIR_COLUMNS), hide_index=True)
    if len(seen.fault_counts):
        st.markdown(f"**{t.QUARANTINE_REASONS}**")
        st.dataframe(worded(seen.faults), column_config=t.QUARANTINE_COLUMNS, hide_index=True)
    with st.expander(t.SAMPLE):
        shown = seen.sample.dropna(axis="columns", how="all")
        st.dataframe(shown, column_config=t.SAMPLE_COLUMNS, hide_index=True)


def show_result(result: ImportResult) -> None:
    """Show what came of an import."""
    st.success(plain(t.imported(result.file_name, result.import_id)))
    if result.kind == "area":
        st.caption(plain(t.boundary_facts(result.facts)))
        return
    _metrics(result.counts)
    _list(t.decisions(None, result.facts))


def worded(faults: pd.DataFrame) -> pd.DataFrame:
    """Put reason and hint beside each fault; columns as in texts.imports.QUARANTINE_COLUMNS."""
    facts = [None if pd.isna(value) else str(value) for value in faults["facts"]]
    return pd.DataFrame(
        {
            "line_number": faults["line_number"],
            "column_name": faults["column_name"].fillna(""),
            "value": faults["value"].fillna(""),
            "reason": [words.reason(rule, known) for rule, known in zip(faults["rule"], facts, strict=True)],
            "hint": [words.hint(rule) for rule in faults["rule"]],
        }
    )


def _list(lines: list[str]) -> None:
    """Draw sentences as a list; they hold words of the file, which must not be read as markup."""
    items = "".join(f"<li>{escape(line)}</li>" for line in lines)
    st.html(f'<ul class="petadini-decisions">{items}</ul>')


def _metrics(counts: RowCounts) -> None:
    shown = (
        (t.METRIC_ROWS, counts.rows),
        (t.METRIC_ACCEPTED, counts.accepted),
        (t.METRIC_QUARANTINED, counts.quarantined),
        (t.METRIC_DUPLICATE, counts.duplicate),
    )
    for column, (label, value) in zip(st.columns(4), shown, strict=True):
        column.metric(label, whole(value), border=True)
