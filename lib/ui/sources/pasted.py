"""Pasted texts: messages, lists of a post and texts about meetings, read, shown, and stored when confirmed."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pandas as pd
import streamlit as st

from data.sort import personal
from lib.intake.pasted_meeting import read_meeting
from lib.intake.pasted_reports import is_about_meeting, read_reports
from lib.intake.place_names import place_resolver
from lib.intake.proposals import Finders
from lib.rules.meeting_topics import meeting_topics
from lib.rules.taxonomy import taxonomy
from lib.texts import entry as t
from lib.ui.frame.plain_text import plain
from lib.ui.load import store as load
from lib.ui.sources import entry
from lib.ui.sources.meetings import row_height

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from lib.intake.pasted_meeting import Meeting, MeetingItem
    from lib.intake.proposals import Proposal
    from lib.rules.regions import Region

MOST_FORMS = 3  # more incidents than this stand in one table
_SPARE_ROWS = 3  # for issues that were not found
_LIST_TEXT_WIDTH, _ITEM_TEXT_WIDTH = 195, 330  # pixels; what must be filled in stands before, and is seen at 1366


def pasted_text(region: Region) -> None:
    """Read a pasted text, show what it seems to say, and store what a person has confirmed."""
    text = st.text_area(t.PASTE_LABEL, height=180, placeholder=t.PASTE_EXAMPLE, key="teks-tempel", max_chars=50_000)
    st.button(t.PASTE_READ)  # a press anywhere hands the text over; the button says so
    if not text.strip():
        st.caption(t.PASTE_HINT)
        return
    guessed = t.KIND_MEETING if is_about_meeting(text) else t.KIND_INCIDENT
    kinds = (t.KIND_INCIDENT, t.KIND_MEETING)
    kind = st.radio(t.PASTE_KIND, kinds, index=kinds.index(guessed), horizontal=True, help=t.PASTE_KIND_HELP)
    if kind == t.KIND_MEETING:
        _meeting(region, text)
        return
    areas = load.area_names(load.snapshot(), region.code)
    resolve = place_resolver(areas, region_code=region.code, region_bps_code=region.bps_code)
    finders = Finders(match_category=taxonomy().match, resolve_place=resolve, mask=personal.mask)
    proposals = read_reports(text, today=load.today(region), finders=finders)
    if not proposals:
        st.info(t.NOTHING_READ)
    elif len(proposals) > MOST_FORMS or any(proposal.kind == "nil" for proposal in proposals):
        _list(region, proposals, text)
    else:
        for number, proposal in enumerate(proposals, start=1):
            _single(
                region, proposal, key=f"tempel-{number}-{hash(text)}", head=t.proposal_head(number, len(proposals))
            )


def _single(region: Region, proposal: Proposal, *, key: str, head: str) -> None:
    with st.container(border=True):
        st.markdown(f"**{head}**")
        kept = entry.kept_for(key)
        entry.say_what_was_stored(kept)
        if not kept.count:
            entry.say_doubts(proposal.doubts)
            entry.incident_form(region, proposal, kept, key=key, with_map=False)


def _list(region: Region, proposals: Sequence[Proposal], text: str) -> None:
    kept = entry.kept_for(f"daftar-{hash(text)}")
    entry.say_what_was_stored(kept)
    if kept.count:
        return
    nil = sum(proposal.kind == "nil" for proposal in proposals)
    st.markdown(f"**{t.list_found(nil=nil, incidents=len(proposals) - nil)}**")
    shared = [doubt for doubt in proposals[0].doubts if all(doubt in one.doubts for one in proposals)]
    entry.say_doubts(shared)
    places = {**entry.places(region), region.code: t.whole_region(region.name)}
    with st.form(f"form-daftar-{hash(text)}", border=False):
        edited = st.data_editor(
            _list_table(proposals, places, region, shared),
            column_config=_list_columns(places),
            column_order=[
                name for name in t.LIST_COLUMNS if name != "start" or any(p.period_start for p in proposals)
            ],
            disabled=["doubts"],
            hide_index=True,
            height="content",
            row_height=row_height((one.description, _LIST_TEXT_WIDTH) for one in proposals),
            placeholder="",
            key=f"tabel-daftar-{hash(text)}",
        )
        st.caption(t.LIST_HELP)
        pressed = st.form_submit_button(t.LIST_SAVE, type="primary")
    if not pressed:
        return
    codes = {name: code for code, name in places.items()}
    kinds = {name: kind for kind, name in t.KIND_NAMES.items()}
    lines = _lines(edited)
    marked = [(number, line) for number, line in enumerate(lines, start=1) if line["keep"]]
    lacking = [
        t.line_lacks(number, line["place"] or line["text"], missing)
        for number, line in marked
        if (missing := _missing(line, kinds[line["kind"]]))
    ]
    if lacking or not marked:
        entry.refuse(lacking or [t.NOTHING_KEPT])
        return
    rows: dict[str, list[Mapping[str, str]]] = {"incident": [], "nil": []}
    for (_, line), proposal in zip(
        marked, [one for one, line in zip(proposals, lines, strict=True) if line["keep"]], strict=True
    ):
        kind = kinds[line["kind"]]
        code = codes.get(line["place"], entry.NOWHERE)
        cells = entry.place_cells(region, entry.NOWHERE if code == region.code else code)
        today = load.today(region).isoformat()
        rows[kind].append(_row(kind, line, proposal) | {"tanggal_laporan": today} | cells)
    batches = tuple((kind, tuple(found)) for kind, found in rows.items() if found)
    entry.store(region, batches, name=t.PASTE_NAME, kept=kept)


def _missing(line: Mapping[str, str], kind: str) -> list[str]:
    needed = ("place", "day", "source") if kind == "nil" else ("day", "category", "severity")
    return [t.LIST_COLUMNS[name] for name in needed if not line[name]]


def _row(kind: str, line: Mapping[str, str], proposal: Proposal) -> dict[str, str]:
    """Write a line of the table under the template's heads of its kind."""
    if kind == "nil":
        return {
            "sumber": line["source"],
            "tanggal_mulai": line["start"] or line["day"],
            "tanggal_selesai": line["day"],
        }
    codes = {category.name: category.code for category in taxonomy().categories}
    pointed = proposal.latitude is not None and proposal.longitude is not None
    return {
        "tanggal_kejadian": line["day"],
        "jam": line["clock"],
        "kategori": codes[line["category"]],
        "keparahan": line["severity"],
        "uraian": line["text"],
        "sumber": line["source"],
        "status": "masuk",
        "bujur": repr(proposal.longitude) if pointed else "",
        "lintang": repr(proposal.latitude) if pointed else "",
        "presisi": "titik" if pointed else "",
    }


def _lines(edited: pd.DataFrame) -> list[dict[str, str]]:
    """Write the rows of an edited table as texts."""
    return [{str(name): _cell(value) for name, value in row.items()} for row in edited.to_dict("records")]


def _cell(value: Any) -> str:
    """Write an edited cell as text; a day as ISO, an unticked box and nothing as empty."""
    if value is True:
        return "x"
    if value is False or value is None or value is pd.NaT or value != value:  # noqa: PLR0124 NaN is no text
        return ""
    if isinstance(value, date):
        return f"{value:%Y-%m-%d}"
    return str(int(value)) if isinstance(value, float) else str(value).strip()


def _list_table(
    proposals: Sequence[Proposal], places: Mapping[str, str], region: Region, shared: Sequence[str]
) -> pd.DataFrame:
    names = {category.code: category.name for category in taxonomy().categories}
    return pd.DataFrame(
        [
            {
                "keep": True,
                "kind": t.KIND_NAMES[one.kind],
                "place": places.get(region.code if one.whole_region else one.area_code or one.district_code or ""),
                "start": one.period_start or (one.occurred_on if one.kind == "nil" else None),
                "day": one.occurred_on,
                "clock": one.occurred_time or "",
                "category": names.get(one.category_code or ""),
                "severity": one.severity,
                "text": one.description,
                "source": one.source,
                "doubts": " ".join(doubt for doubt in one.doubts if doubt not in shared),
            }
            for one in proposals
        ]
    ).astype({"severity": "Int64", "start": "datetime64[s]", "day": "datetime64[s]"})


def _list_columns(places: Mapping[str, str]) -> dict[str, Any]:
    columns, names = st.column_config, t.LIST_COLUMNS
    categories = [category.name for category in taxonomy().categories]
    day: dict[str, Any] = {"format": "DD/MM/YYYY", "width": 92}
    return {
        "keep": columns.CheckboxColumn(names["keep"], width=92),
        "kind": columns.SelectboxColumn(names["kind"], options=list(t.KIND_NAMES.values()), required=True, width=82),
        "place": columns.SelectboxColumn(names["place"], options=list(places.values()), width=218),
        "start": columns.DateColumn(names["start"], **day),
        "day": columns.DateColumn(names["day"], **day),
        "clock": columns.TextColumn(names["clock"], width=70),
        "category": columns.SelectboxColumn(names["category"], options=categories, width=176),
        "severity": columns.NumberColumn(names["severity"], min_value=1, max_value=5, step=1, width=112),
        "text": columns.TextColumn(names["text"], width=_LIST_TEXT_WIDTH),
        "source": columns.TextColumn(names["source"], max_chars=80, width=160),
        "doubts": columns.TextColumn(names["doubts"], width=260),
    }


def _meeting(region: Region, text: str) -> None:
    kept = entry.kept_for(f"rapat-{hash(text)}")
    entry.say_what_was_stored(kept)
    if kept.count:
        return
    meeting = _read_meeting(region, text)
    entry.say_doubts(meeting.doubts)
    for note in meeting.notes:
        st.info(plain(note))
    if meeting.left_out:
        st.caption(plain(t.left_out(meeting.left_out)))
    if not meeting.items:
        st.info(t.NOTHING_READ)
        return
    with st.form(f"form-rapat-{hash(text)}", border=False):
        left, right = st.columns(2, gap="large")
        title = left.text_input(
            t.MEETING_TITLE, max_chars=120, placeholder=t.MEETING_TITLE_EXAMPLE, key=f"nama-{hash(text)}"
        )
        told = meeting.held_on[0] if len(meeting.held_on) == 1 else None
        held = right.date_input(t.MEETING_DAY, value=told, format="DD/MM/YYYY", key=f"hari-{hash(text)}")
        edited = st.data_editor(
            _item_table(meeting.items),
            column_config=_item_columns(),
            column_order=list(t.ITEM_COLUMNS),
            hide_index=True,
            height="content",
            row_height=row_height((item.text, _ITEM_TEXT_WIDTH) for item in meeting.items),
            placeholder="",
            key=f"rapat-{hash(text)}",
        )
        st.caption(t.HOW_TOPICS_ARE_FOUND)
        pressed = st.form_submit_button(t.MEETING_SAVE, type="primary")
    if not pressed:
        return
    lines = _lines(edited)
    marked = [line for line in lines if line["keep"]]
    missing = [] if title.strip() else [t.MEETING_NEEDS_TITLE]
    if not isinstance(held, date):
        several = len(meeting.held_on) > 1
        missing.append(t.choose_meeting_day(meeting.held_on) if several else t.MEETING_NEEDS_DAY)
    if not marked:
        missing.append(t.NOTHING_KEPT)
    if missing or not isinstance(held, date):
        entry.refuse(missing)
        return
    rows = tuple(meeting_row(line, held_on=held, title=title.strip()) for line in marked)
    entry.store(region, (("meeting", rows),), name=t.PASTE_NAME, kept=kept)


def _read_meeting(region: Region, text: str) -> Meeting:
    areas = load.area_names(load.snapshot(), region.code)
    places = {*areas["area_name"], *areas["district_name"], region.name}
    return read_meeting(text, today=load.today(region), topics_in=meeting_topics().named_in, places=places)


def meeting_row(line: Mapping[str, str], *, held_on: date, title: str) -> dict[str, str]:
    """Write a line of a meeting, as a person left it, under the template's heads."""
    kinds = {name: kind for kind, name in t.ITEM_KINDS.items()}
    codes = {category.name: category.code for category in taxonomy().categories}
    kind = kinds.get(line["kind"], "isu")
    return {
        "tanggal": held_on.isoformat(),
        "judul": title,
        "jenis": kind,
        "hari": line["day"],
        "kategori": codes.get(line["category"], ""),
        "isi": t.topic_and_text(line["topic"] if kind == "isu" else "", line["text"]),
    }


def _item_table(items: Sequence[MeetingItem]) -> pd.DataFrame:
    """Lay out the lines of a meeting, with empty ones for issues that were not found."""
    names = {category.code: category.name for category in taxonomy().categories}
    rows = [
        {
            "keep": True,
            "kind": t.ITEM_KINDS[item.kind],
            "topic": item.topic,
            "text": item.text,
            "day": item.day,
            "category": names.get(item.category_code or ""),
        }
        for item in items
    ]
    spare = {"keep": False, "kind": t.ITEM_KINDS["isu"], "topic": "", "text": "", "day": None, "category": None}
    return pd.DataFrame([*rows, *[spare] * _SPARE_ROWS]).astype({"day": "datetime64[s]"})


def _item_columns() -> dict[str, Any]:
    """Give the lines of a meeting the room that their words need."""
    columns, names = st.column_config, t.ITEM_COLUMNS
    topics = ["", *(topic.name for topic in meeting_topics().topics)]
    categories = [category.name for category in taxonomy().categories]
    return {
        "keep": columns.CheckboxColumn(names["keep"], width=92),
        "kind": columns.SelectboxColumn(names["kind"], options=list(t.ITEM_KINDS.values()), required=True, width=105),
        "topic": columns.SelectboxColumn(names["topic"], options=topics, width=160),
        "text": columns.TextColumn(names["text"], width=_ITEM_TEXT_WIDTH),
        "day": columns.DateColumn(names["day"], format="DD/MM/YYYY", width=95),
        "category": columns.SelectboxColumn(names["category"], options=categories, width=176),
    }
