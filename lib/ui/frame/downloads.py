"""Buttons that hand out the map; each file is made when its button is pressed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from lib.output.question_sheet import sheet_name, stem_of
from lib.texts import pages as t
from lib.ui.load import store as load

if TYPE_CHECKING:
    from collections.abc import Callable

    from lib.filters import Filters


def map_downloads(filters: Filters, layers: tuple[str, ...]) -> None:
    """Offer the sheet in the size that is chosen, the table and the areas of one question."""
    stem = file_stem("kerawanan", filters)
    simulated = load.state(filters.snapshot, filters.region_code).simulated
    with st.container(horizontal=True, vertical_alignment="bottom"):
        size = st.selectbox(
            t.SHEET_SIZE, options=list(t.SHEET_SIZES), format_func=lambda code: t.SHEET_SIZES[code], width=260
        )
        offers = (
            (
                t.DOWNLOAD_PNG,
                sheet_name(filters, size, simulated=simulated),
                "image/png",
                lambda: load.sheet_png(filters, layers, size),
            ),
            (t.DOWNLOAD_CSV, f"{stem}.csv", "text/csv", lambda: load.score_csv(filters)),
            (
                t.DOWNLOAD_GPKG,
                f"{stem}.gpkg",
                "application/geopackage+sqlite3",
                lambda: load.score_geopackage(filters),
            ),
        )
        for label, name, mime, make in offers:
            st.download_button(label, data=make, file_name=name, mime=mime, on_click="ignore")


def csv_download(label: str, make: Callable[[], bytes], name: str, filters: Filters) -> None:
    """Offer a table of one question as CSV."""
    stem = file_stem(name, filters)
    st.download_button(label, data=make, file_name=f"{stem}.csv", mime="text/csv", on_click="ignore")


def file_stem(name: str, filters: Filters) -> str:
    """Name a file by what it holds, the scope and the last day of a question, and say what is simulated."""
    return stem_of(name, filters, simulated=load.state(filters.snapshot, filters.region_code).simulated)
