"""Tables of areas and their detail, for keyboards and screen readers as well as for analysts."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

import pandas as pd
import streamlit as st

from lib.indonesian import MISSING, decimal
from lib.output.html import render
from lib.output.map_layers import LAST_INCIDENTS
from lib.texts import pages as t
from lib.ui.load import store as load

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pandas.io.formats.style import Styler

    from lib.score.answers import Assessment


RANK_COLUMNS = ("peringkat", "peringkat_akhir", "peringkat_rendah", "peringkat_tinggi")
# In pixels: the longest name of a class and of a mark is not cut.
WIDTHS = {
    "nama": 148,
    "kecamatan": 112,
    "skor": 66,
    "kelas": 134,
    "tanda": 124,
    "peringkat": 104,
    "peluang_10_persen_teratas": 104,
    "jumlah_kejadian": 82,
    "kelengkapan": 104,
}


def risk_table(assessment: Assessment) -> None:
    """Draw the table of areas, highest first; areas without a polygon are in it."""
    table = load.score_table(assessment.filters)
    shown = table.assign(
        peringkat=[
            "" if pd.isna(first) else f"{rank_words(first, last)} ({low}–{high})"
            for first, last, low, high in zip(*(table[name] for name in RANK_COLUMNS), strict=True)
        ],
        peluang_10_persen_teratas=(100 * table["peluang_10_persen_teratas"]).round(),
        kelengkapan=(100 * table["kelengkapan"]).round(),
    )
    config: dict[str, Any] = {
        name: st.column_config.Column(label, width=WIDTHS.get(name), help=t.RISK_COLUMN_HELP.get(name))
        for name, label in t.RISK_COLUMNS.items()
    }
    for name in ("peluang_10_persen_teratas", "kelengkapan"):
        config[name] = st.column_config.NumberColumn(
            t.RISK_COLUMNS[name], format="%d%%", width=WIDTHS[name], help=t.RISK_COLUMN_HELP[name]
        )
    st.dataframe(
        with_comma(shown[list(t.RISK_COLUMNS)], {"skor": 1}),
        column_config=config,
        hide_index=True,
        placeholder=MISSING,
        key="tabel-risiko",
    )


def with_comma(table: pd.DataFrame, digits: Mapping[str, int]) -> Styler:
    """Show numbers with a decimal comma, so many digits by column; they stay numbers, right-aligned and sorted so.

    A format of the column itself would follow the language of the browser, or know no comma at all.
    """
    styler = table.style
    for name, count in digits.items():
        styler = styler.format(partial(decimal, digits=count), subset=[name])
    return styler


def rank_words(first: int, last: int) -> str:
    """Write a rank in a cell; equal scores share theirs."""
    return str(first) if first == last else f"{first}–{last}"


def area_detail(assessment: Assessment) -> None:
    """Show one area's parts and last incidents, chosen from a list."""
    names = dict(zip(assessment.areas["area_code"], assessment.areas["area_name"], strict=True))
    ranked = [*assessment.ranked["area_code"], *(code for code in names)]
    options = list(dict.fromkeys(ranked))
    st.subheader(t.DETAIL_HEAD)
    chosen = st.selectbox(t.DETAIL_CHOOSE, options, format_func=lambda code: f"{names[code]} ({code})", key="rincian")
    detail = load.area_detail(assessment.filters, chosen, 2 * LAST_INCIDENTS)
    st.html(render("detail.html", detail=detail))
