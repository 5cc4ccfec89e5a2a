"""Buttons that hand out the map; each file is made when its button is pressed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from lib.texts import pages as t
from lib.ui.load import store as load

if TYPE_CHECKING:
    from collections.abc import Callable

    from lib.filters import Filters


def map_downloads(filters: Filters, layers: tuple[str, ...]) -> None:
    """Offer the sheet, the table and the areas of one question."""
    stem = file_stem("kerawanan", filters)
    offers = (
        (t.DOWNLOAD_PNG, "png", "image/png", lambda: load.sheet_png(filters, layers)),
        (t.DOWNLOAD_CSV, "csv", "text/csv", lambda: load.score_csv(filters)),
        (t.DOWNLOAD_GPKG, "gpkg", "application/geopackage+sqlite3", lambda: load.score_geopackage(filters)),
    )
    with st.container(horizontal=True):
        for label, suffix, mime, make in offers:
            st.download_button(label, data=make, file_name=f"{stem}.{suffix}", mime=mime, on_click="ignore")


def csv_download(label: str, make: Callable[[], bytes], name: str, filters: Filters) -> None:
    """Offer a table of one question as CSV."""
    stem = file_stem(name, filters)
    st.download_button(label, data=make, file_name=f"{stem}.csv", mime="text/csv", on_click="ignore")


def file_stem(name: str, filters: Filters) -> str:
    """Name a file by what it holds, the region and the last day of a question, and say what is simulated."""
    mark = "_simulasi" if load.state(filters.snapshot, filters.region_code).simulated else ""
    return f"{name}_{filters.region_code}_{filters.end.isoformat()}{mark}"
