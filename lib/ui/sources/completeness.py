"""How complete the reports are: figures, the matrix of weeks, unusual silences, sources, delays."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd
import streamlit as st

from lib.indonesian import MISSING, whole
from lib.output.completeness_charts import legend_html, matrix_html
from lib.output.completeness_tables import delay_table, matrix_csv, source_table
from lib.output.html import render
from lib.reports.completeness import headline
from lib.reports.delays import CATEGORY
from lib.reports.matrix import NO_SOURCE
from lib.rules.completeness import completeness_rules
from lib.rules.regions import region_profile
from lib.texts import completeness as t
from lib.texts.questions import unit_word
from lib.ui.frame.choice import choice
from lib.ui.frame.downloads import csv_download

if TYPE_CHECKING:
    from lib.filters import Filters
    from lib.reports.completeness import Completeness

LISTED_SILENCES = 10


def figures(found: Completeness) -> None:
    """Draw the four figures: who was heard of, what came of what was awaited, the longest silence, the delay."""
    head = headline(found)
    unit = unit_word(region_profile(found.region_code))
    share = head.received_count / head.expected_count if head.expected_count else None
    before = head.received_before / head.expected_before if head.expected_before else None
    longest = head.longest
    cards = (
        (
            t.FIGURE_HEARD,
            f"{whole(100 * head.heard_count / head.area_count)}%",
            t.heard_note(head.heard_count, head.area_count, unit),
        ),
        (
            t.FIGURE_RECEIVED,
            MISSING if share is None else t.received(head.received_count, head.expected_count),
            t.NOTHING_EXPECTED if share is None else t.received_note(share, before),
        ),
        (
            t.FIGURE_SILENCE,
            MISSING if longest is None else t.weeks(longest["silent_weeks"]),
            t.NO_SILENCE
            if longest is None
            else t.silence_note(longest["area_name"], longest["usual_rate"], unusual=longest["unusual"]),
        ),
        (
            t.FIGURE_DELAY,
            t.days(head.median_days),
            t.NO_DELAY
            if head.percentile_90_days is None
            else t.delay_note(head.percentile_90_days, head.complete_until),
        ),
    )
    st.html(render("figures.html", look=" petadini-figures-wide", cards=cards))


def matrix(found: Completeness) -> None:
    """Draw the matrix with its source and order to choose, its key, and its download."""
    st.subheader(t.MATRIX_HEAD)
    named = {name or t.NO_SOURCE: name for name in found.sources["source_name"]}
    with st.container(horizontal=True, gap="large", vertical_alignment="bottom"):
        chosen = st.selectbox(
            t.SOURCE_CHOICE, [t.ALL_SOURCES, *named], key="sumber-mutu", bind="query-params", width=280
        )
        by_silence = choice(t.ORDER_CHOICE, {t.BY_DISTRICT: False, t.BY_SILENCE: True}, key="urutan")
    source = named.get(chosen) if chosen in named else None
    html = matrix_html(found, source_name=source, longest_silence_first=by_silence)
    st.html(legend_html() + html)
    ends = found.matrix["week_end"]
    first = (ends.min() - (ends.max() - ends.min()) / max(ends.nunique() - 1, 1)).date()
    st.caption(t.weeks_line(first, found.as_of, found.delays.iloc[0]["complete_until"]))


def download(found: Completeness, filters: Filters) -> None:
    """Offer the matrix as CSV; its name says what is simulated."""
    csv_download(t.DOWNLOAD_MATRIX, lambda: matrix_csv(found), "kelengkapan", filters)


def unusual_silences(found: Completeness) -> None:
    """List the silences that are unusual, of sources first, and the areas nothing was ever heard of."""
    st.subheader(t.SILENCE_HEAD)
    unit = unit_word(region_profile(found.region_code))
    rules = completeness_rules(found.region_code)
    sources = found.source_silences[found.source_silences["unusual"]].assign(district_name="")
    sources["area_name"] = sources["source_name"].replace(NO_SOURCE, t.NO_SOURCE)
    areas = found.area_silences[found.area_silences["unusual"]].merge(
        found.areas[["area_code", "area_name", "district_name"]], on="area_code"
    )
    told = ("area_name", "district_name", "silent_weeks", "usual_rate", "probability")
    lines = [
        t.silence_sentence(*values)
        for part in (sources, areas)
        for values in zip(*(part[name] for name in told), strict=True)
    ]
    if lines:
        st.html(render("list.html", look="petadini-silences", lines=lines[:LISTED_SILENCES]))
        if len(lines) > LISTED_SILENCES:
            st.caption(t.more(len(lines) - LISTED_SILENCES))
    else:
        st.markdown(t.no_unusual(len(found.areas), unit))
    st.caption(t.by_chance(len(found.areas), unit, rules.silence_probability))
    never = headline(found).never
    if never:
        st.markdown(t.never(never, unit, rules.history_weeks))


def sources(found: Completeness) -> None:
    """Draw the table of sources: when last heard of, and what came of what was awaited."""
    st.subheader(t.SOURCES_HEAD)
    config: dict[str, Any] = dict(t.SOURCE_COLUMNS)
    config["ditunggu"] = st.column_config.NumberColumn(t.SOURCE_COLUMNS["ditunggu"], help=t.EXPECTED_HELP)
    config["bagian"] = _share_column(t.SOURCE_COLUMNS["bagian"])
    config["laporan_terakhir"] = _date_column(t.SOURCE_COLUMNS["laporan_terakhir"])
    table = _for_screen(source_table(found), dates=["laporan_terakhir"], shares=["bagian"])
    st.dataframe(
        table,
        column_order=list(t.SOURCE_COLUMNS),
        column_config=config,
        hide_index=True,
        placeholder=MISSING,
        key="tabel-sumber",
    )


def delays(found: Completeness) -> None:
    """Draw the table of delays by category."""
    st.subheader(t.DELAY_HEAD)
    config: dict[str, Any] = dict(t.DELAY_COLUMNS)
    shares = [name for name in t.DELAY_COLUMNS if name.startswith("masuk_")]
    config |= {name: _share_column(t.DELAY_COLUMNS[name], t.SHARE_HELP) for name in shares}
    config["lengkap_sampai"] = _date_column(t.DELAY_COLUMNS["lengkap_sampai"])
    table = _for_screen(delay_table(found), dates=["lengkap_sampai"], shares=shares)
    table["nama"] = table["nama"].where(table["cakupan"] != CATEGORY, t.UNDER + table["nama"])
    st.dataframe(
        table,
        column_order=list(t.DELAY_COLUMNS),
        column_config=config,
        hide_index=True,
        placeholder=MISSING,
        key="tabel-jeda",
    )
    st.caption(t.delay_basis(found.delays.iloc[0]["complete_until"]))


def _for_screen(table: pd.DataFrame, *, dates: list[str], shares: list[str]) -> pd.DataFrame:
    """Turn texts of days into days and shares into per cent, which Streamlit writes as its columns say."""
    days = {name: pd.to_datetime(table[name]) for name in dates}
    return table.assign(**days, **{name: 100 * table[name] for name in shares})


def _date_column(label: str) -> Any:
    return st.column_config.DateColumn(label, format="DD/MM/YYYY")


def _share_column(label: str, explanation: str | None = None) -> Any:
    return st.column_config.NumberColumn(label, format="%.0f%%", help=explanation)
