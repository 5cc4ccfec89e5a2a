"""What was noted of meetings: issues, days and follow-ups, which are no incidents."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd
import streamlit as st

from lib.rules.taxonomy import taxonomy
from lib.texts import entry as t
from lib.ui.load import store as load

if TYPE_CHECKING:
    from lib.rules.regions import Region


COLUMN_WIDTHS = {"held_on": 110, "title": 140, "kind": 110, "text": 350, "day": 110, "category": 150}
ROW_HEIGHT = 96  # pixels: room for five lines of text


def meeting_notes(region: Region) -> None:
    """List the notes of every meeting, the newest first, and offer them by kind."""
    notes = load.meeting_notes(load.snapshot(), region.code)
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
    st.dataframe(table, column_config=columns, hide_index=True, height="content", row_height=ROW_HEIGHT)
