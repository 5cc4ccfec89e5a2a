"""What would come of an import, and what came of it: counts, decisions, repairs, reasons."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd
import streamlit as st

from lib.indonesian import decimal, whole
from lib.intake.kinds import KINDS
from lib.output.html import render
from lib.texts import import_sample as sample_words
from lib.texts import imports as t
from lib.texts import quarantine as words
from lib.ui.frame.plain_text import plain

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from data.store.imports import RowCounts
    from lib.intake.rows import ImportResult, Preview

MOST_FAULTS_SHOWN = 200
COPIES_PER_ROW = 1000  # how `data.read.rows.stage_table` numbers the rows that one row of a file stands for


def show(seen: Preview) -> None:
    """Show in short what would come of an import: where the lines would go, how they were read, why some are not."""
    st.markdown(f"**{plain(t.dry_run(seen.file_name))}**")
    _figures(seen.counts)
    read, refused = t.decisions(seen.mapping.title, seen.facts), t.fault_sentences(seen.fault_counts)
    if not refused:
        _list(read)
        return
    left, right = st.columns(2, gap="large")
    with left:
        st.caption(t.HOW_READ)
        _list(read)
    with right:
        st.caption(t.QUARANTINE_REASONS)
        _list(refused)


def details(seen: Preview) -> None:
    """Show what `show` sums up, line by line: repairs, refused lines, the first lines as they would be stored."""
    if len(seen.repairs):
        with st.expander(t.REPAIRS):
            _table(t.REPAIR_COLUMNS, _repairs(seen.repairs))
    if len(seen.faults):
        with st.expander(t.faulty_lines(seen.counts.quarantined), expanded=True):
            fault_table(seen.faults, repeated=bool(seen.facts.get("baris_per_tps")))
    if len(seen.sample):
        with st.expander(t.SAMPLE):
            sample = seen.sample.dropna(axis="columns", how="all")
            kind = KINDS[seen.kind].rows
            heads = {column.stored: column.name for column in kind.columns} | sample_words.COLUMNS
            order = dict.fromkeys((*sample_words.COLUMNS, *heads))
            columns = {name: heads[name] for name in order if name in sample}
            for name in (*(column.stored for column in kind.reading("day")), *sample_words.SWITCHES):
                if name in columns:
                    sample[name] = [sample_words.sample_cell(name, value) for value in sample[name]]
            st.dataframe(sample, column_config=columns, column_order=list(columns), hide_index=True, placeholder="")


def show_result(result: ImportResult) -> None:
    """Show what came of an import."""
    st.success(plain(t.imported(result.file_name, result.import_id)))
    if result.kind == "area":
        st.caption(plain(t.boundary_facts(result.facts)))
        return
    _figures(result.counts)
    _list(t.decisions(None, result.facts))


def worded(faults: pd.DataFrame, *, repeated: bool = False) -> pd.DataFrame:
    """Put reason and hint beside each fault; columns as in texts.imports.QUARANTINE_COLUMNS.

    Where a row of the file stood for several of ours (`repeated`), the number shown is the file's.
    """
    facts = [None if pd.isna(value) else str(value) for value in faults["facts"]]
    return pd.DataFrame(
        {
            "line_number": faults["line_number"] // COPIES_PER_ROW if repeated else faults["line_number"],
            "column_name": faults["column_name"].fillna(""),
            "value": faults["value"].fillna(""),
            "reason": [words.reason(rule, known) for rule, known in zip(faults["rule"], facts, strict=True)],
            "hint": [words.hint(rule) for rule in faults["rule"]],
        }
    )


def fault_table(faults: pd.DataFrame, *, repeated: bool = False) -> None:
    """Draw refused lines with reason and hint, every word of them in view."""
    if len(faults) > MOST_FAULTS_SHOWN:
        st.caption(t.first_faults(MOST_FAULTS_SHOWN))
    _table(t.QUARANTINE_COLUMNS, worded(faults.head(MOST_FAULTS_SHOWN), repeated=repeated))


def _repairs(repairs: pd.DataFrame) -> pd.DataFrame:
    return repairs.assign(
        rule=repairs["rule"].map(t.repair),
        row_count=repairs["row_count"].map(whole),
        confidence=[f"{decimal(100 * share, 0)}%" for share in repairs["confidence"]],
        original_value=repairs["original_value"].fillna(""),
        repaired_value=repairs["repaired_value"].fillna(""),
    )


def _list(lines: Sequence[str]) -> None:
    """Draw sentences as a list; they hold words of the file, which must not be read as markup."""
    st.html(render("list.html", look="petadini-decisions", lines=lines))


def _table(heads: Mapping[str, str], table: pd.DataFrame) -> None:
    """Draw a table whose cells break into lines, where Streamlit's own would cut the sentences off."""
    rows = zip(*(table[name] for name in heads), strict=True)
    st.html(render("table.html", look="", heads=heads.values(), rows=rows))


def _figures(counts: RowCounts) -> None:
    shown = (
        (t.METRIC_ROWS, counts.rows),
        (t.METRIC_ACCEPTED, counts.accepted),
        (t.METRIC_QUARANTINED, counts.quarantined),
        (t.METRIC_DUPLICATE, counts.duplicate),
    )
    cards = [(label, whole(count), None) for label, count in shown]
    st.html(render("figures.html", look=" petadini-figures-low", cards=cards))
