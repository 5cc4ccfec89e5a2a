"""Buttons that hand out the map; each file is made when its button is pressed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from lib.output.question_sheet import sheet_name, stem_of
from lib.people.actor import May
from lib.people.trail import Deed
from lib.texts import pages as t
from lib.texts.people import who_may
from lib.ui.door import books
from lib.ui.door.identity import current
from lib.ui.frame.rights import has_role_for
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
            offer(label, make, name, mime=mime, region_code=filters.region_code)
        if not may_export(filters.region_code):
            st.caption(who_may(May.EXPORT))


def csv_download(label: str, make: Callable[[], bytes], name: str, filters: Filters) -> None:
    """Offer a table of one question as CSV."""
    offer(label, make, f"{file_stem(name, filters)}.csv", mime="text/csv", region_code=filters.region_code)


def offer(
    label: str, make: Callable[[], bytes], name: str, *, mime: str, region_code: str, key: str | None = None
) -> None:
    """Offer a file to whoever may take one away, and to nobody else; the trail keeps who took which.

    The name is asked for while the page is drawn: what makes the file runs where nobody looks at a page.
    """
    if not may_export(region_code):
        return
    taker = current().name

    def taken() -> bytes:
        made = make()
        books.trail().add(taker, Deed.TOOK, berkas=name, wilayah=region_code, bita=len(made))
        return made

    st.download_button(label, data=taken, file_name=name, mime=mime, on_click="ignore", key=key)


def may_export(region_code: str) -> bool:
    """Tell whether the person may take files away."""
    return has_role_for(May.EXPORT, region_code)


def file_stem(name: str, filters: Filters) -> str:
    """Name a file by what it holds, the scope and the last day of a question, and say what is simulated."""
    return stem_of(name, filters, simulated=load.state(filters.snapshot, filters.region_code).simulated)
