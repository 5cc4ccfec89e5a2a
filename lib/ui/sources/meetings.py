"""What was noted of meetings: issues, days and follow-ups, which are no incidents."""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING

import pandas as pd
import streamlit as st

from lib.indonesian import MISSING
from lib.people.actor import May
from lib.rules.taxonomy import taxonomy
from lib.texts import entry as t
from lib.ui.door.identity import current
from lib.ui.load import reports as load_reports
from lib.ui.load import store as load

if TYPE_CHECKING:
    from collections.abc import Iterable

    from lib.rules.regions import Region


# Pixels; together they fit beside the menu on a screen 1366 wide.
COLUMN_WIDTHS = {"held_on": 95, "title": 130, "kind": 105, "category": 176, "text": 360, "day": 95}
_LETTER_WIDTH, _LINE_HEIGHT, _ROW_PADDING, _LEAST_ROW_HEIGHT, _MOST_LINES = 8, 20, 16, 36, 16  # pixels, but lines


def row_height(cells: Iterable[tuple[str, int]]) -> int:
    """Give the pixels that rows need so that no text is cut, from each text and the width of its column.

    Letters are counted broad, so that a line is rather left empty than lost; beyond `_MOST_LINES` the cell must be
    opened.
    """
    lines = (ceil(len(text) * _LETTER_WIDTH / (width - _ROW_PADDING)) for text, width in cells)
    return max(_LEAST_ROW_HEIGHT, _ROW_PADDING + _LINE_HEIGHT * min(max(lines, default=1), _MOST_LINES))


def meeting_notes(region: Region) -> None:
    """List the notes of every meeting, the newest first, and offer them by kind."""
    scope = current().scope(May.READ_REPORTS, region.code)
    if scope.narrows:
        st.info(t.NOTES_OF_REGION)
        return
    notes = load_reports.meeting_notes(load.snapshot(), region.code, scope)
    if notes.empty:
        st.info(t.NO_NOTES)
        return
    kinds = {name: kind for kind, name in t.ITEM_KINDS.items()}
    chosen = st.pills(t.NOTE_KINDS, list(kinds), selection_mode="multi", default=list(kinds), key="jenis-catatan")
    names = {category.code: category.name for category in taxonomy().categories}
    counts = notes["item_kind"].value_counts()
    st.caption(t.notes_counted({kind: int(counts.get(kind, 0)) for kind in t.ITEM_KINDS}))
    shown = notes[notes["item_kind"].isin([kinds[name] for name in chosen])]
    table = pd.DataFrame(
        {
            "held_on": pd.to_datetime(shown["held_on"]).dt.strftime("%d/%m/%Y"),
            "title": shown["title"],
            "kind": shown["item_kind"].map(t.ITEM_KINDS),
            "text": shown["item_text"],
            "day": pd.to_datetime(shown["item_day"]).dt.strftime("%d/%m/%Y"),
            "category": shown["category_code"].map(names),
        }
    ).fillna("")
    columns = {
        name: st.column_config.TextColumn(head, width=COLUMN_WIDTHS[name]) for name, head in t.NOTE_COLUMNS.items()
    }
    height = row_height((text, COLUMN_WIDTHS[name]) for name in ("title", "text") for text in table[name])
    st.dataframe(
        table,
        column_config=columns,
        column_order=list(t.NOTE_COLUMNS),
        hide_index=True,
        placeholder=MISSING,
        height="content",
        row_height=height,
    )
