"""Tables of areas and their detail, for keyboards and screen readers as well as for analysts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import streamlit as st

from lib.output.map_layers import LAST_INCIDENTS
from lib.texts import pages as t
from lib.ui import load

if TYPE_CHECKING:
    from lib.assess import Assessment


def risk_table(assessment: Assessment) -> None:
    """Draw the table of areas, highest first; areas without a polygon are in it."""
    table = load.score_table(assessment.filters)
    config: dict[str, Any] = dict(t.RISK_COLUMNS)
    config["skor"] = st.column_config.ProgressColumn(
        t.RISK_COLUMNS["skor"], format="%.1f", min_value=0, max_value=100
    )
    st.dataframe(
        table,
        column_order=list(t.RISK_COLUMNS),
        column_config=config,
        hide_index=True,
        key="tabel-risiko",
    )


def area_detail(assessment: Assessment) -> None:
    """Show one area's parts and last incidents, chosen from a list."""
    names = dict(zip(assessment.areas["area_code"], assessment.areas["area_name"], strict=True))
    ranked = [*assessment.ranked["area_code"], *(code for code in names)]
    options = list(dict.fromkeys(ranked))
    st.subheader(t.DETAIL_HEAD)
    chosen = st.selectbox(t.DETAIL_CHOOSE, options, format_func=lambda code: f"{names[code]} ({code})", key="rincian")
    html = load.area_detail(assessment.filters, chosen, 2 * LAST_INCIDENTS)
    st.html(f'<div class="petadini-detail">{html}</div>')
