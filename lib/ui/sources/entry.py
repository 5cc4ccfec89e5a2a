"""Reports that come in without a file: one typed, one pasted from a chat, a meeting's text, a report of nothing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pandas as pd
import streamlit as st

from data.sort import personal
from lib.intake.pasted_meeting import read_meeting
from lib.intake.pasted_reports import Proposal, is_about_meeting, read_reports
from lib.intake.place_names import place_resolver
from lib.intake.reading import TypedRows
from lib.intake.rows import RowImport, import_rows, preview_rows
from lib.rules.taxonomy import taxonomy
from lib.settings import settings
from lib.texts import entry as t
from lib.texts.errors import sentence
from lib.texts.questions import SEVERITIES
from lib.ui.frame.plain_text import plain
from lib.ui.load import store as load
from lib.ui.sources import import_report
from lib.ui.sources.import_state import REFUSALS
from lib.ui.sources.point_picker import pick_point

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from lib.intake.pasted_meeting import MeetingItem
    from lib.intake.rows import ImportResult
    from lib.rules.regions import Region

NOWHERE = ""


@dataclass(slots=True)
class Kept:
    """What a form has stored last in this session, and how often it has stored.

    It is changed in place, for the reason given at `lib.ui.sources.import_state.Taken`.
    """

    rows: tuple[Mapping[str, str], ...] = ()
    result: ImportResult | None = None
    count: int = 0


def typed_incident(region: Region) -> None:
    """Ask for one incident and store it once it is faultless; then offer an empty form."""
    kept = _kept("catat")
    _say_what_was_stored(kept)
    _incident_form(region, Proposal(description=""), kept, key=f"catat-{kept.count}", with_map=True)


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
    proposals = read_reports(
        text,
        today=load.today(region),
        match_category=taxonomy().match,
        resolve_place=place_resolver(areas, region_code=region.code, region_bps_code=region.bps_code),
        mask=personal.mask,
    )
    if not proposals:
        st.info(t.NOTHING_READ)
    for number, proposal in enumerate(proposals, start=1):
        with st.container(border=True):
            st.markdown(f"**{t.proposal_head(number, len(proposals))}**")
            key = f"tempel-{number}-{hash(text)}"
            kept = _kept(key)
            _say_what_was_stored(kept)
            if not kept.count:
                _doubts(proposal.doubts)
                _incident_form(region, proposal, kept, key=key, with_map=False)


def nil_report(region: Region) -> None:
    """Ask for a report that nothing happened: silence that was looked into counts."""
    kept = _kept("nihil")
    _say_what_was_stored(kept)
    today = load.today(region)
    places = _places(region)
    key = f"nihil-{kept.count}"
    with st.form(f"form-{key}", border=False):
        left, right = st.columns(2, gap="large")
        source = left.text_input(t.SOURCE, help=t.SOURCE_HELP, max_chars=80, key=f"{key}-s")
        period = right.date_input(
            t.NIL_PERIOD,
            value=(today - timedelta(days=6), today),
            max_value=today,
            format="DD/MM/YYYY",
            key=f"{key}-m",
        )
        place = left.selectbox(
            t.NIL_PLACE,
            [NOWHERE, *places],
            format_func=lambda code: places.get(code, t.whole_region(region.name)),
            key=f"{key}-t",
        )
        right.caption(t.NIL_MEANING)
        pressed = st.form_submit_button(t.NIL_SAVE, type="primary")
    if not pressed:
        return
    if not isinstance(period, tuple) or len(period) != 2:
        st.error(t.NIL_HALF_PERIOD)
        return
    row = {
        "sumber": source,
        "tanggal_mulai": period[0].isoformat(),
        "tanggal_selesai": period[1].isoformat(),
        "tanggal_laporan": today.isoformat(),
        **_place_cells(region, place),
    }
    _store(region, "nil", (row,), name=t.FORM_NAME, kept=kept)


def _incident_form(region: Region, proposal: Proposal, kept: Kept, *, key: str, with_map: bool) -> None:
    point: tuple[float, float] | None = None
    if proposal.longitude is not None and proposal.latitude is not None:
        point = (proposal.longitude, proposal.latitude)
    if with_map and st.toggle(t.WITH_POINT, key=f"{key}-peta", help=t.WITH_POINT_HELP):
        point = pick_point(region.code, key=f"{key}-titik")
    categories = {category.code: category.name for category in taxonomy().categories}
    places = _places(region)
    today = load.today(region)
    proposed = proposal.area_code or proposal.district_code or NOWHERE
    known_day = proposal.occurred_on if proposal.occurred_on and proposal.occurred_on <= today else None
    with st.form(f"form-{key}", border=False):
        first, second, third = st.columns((2, 2, 3), gap="medium")
        day = first.date_input(t.DAY, value=known_day, max_value=today, format="DD/MM/YYYY", key=f"{key}-h")
        clock = second.text_input(t.CLOCK, value=proposal.occurred_time or "", placeholder="19.30", key=f"{key}-j")
        place = third.selectbox(
            t.PLACE,
            [NOWHERE, *places],
            index=[NOWHERE, *places].index(proposed if proposed in places else NOWHERE),
            format_func=lambda code: places.get(code, t.PLACE_BY_POINT),
            key=f"{key}-t",
        )
        left, right = st.columns((4, 3), gap="medium")
        category = left.selectbox(
            t.CATEGORY,
            list(categories),
            index=list(categories).index(proposal.category_code) if proposal.category_code else None,
            format_func=categories.__getitem__,
            placeholder=t.CATEGORY_CHOOSE,
            key=f"{key}-k",
        )
        severity = right.selectbox(
            t.SEVERITY,
            list(SEVERITIES),
            index=(proposal.severity - 1) if proposal.severity else None,
            format_func=SEVERITIES.__getitem__,
            placeholder=t.SEVERITY_CHOOSE,
            key=f"{key}-p",
        )
        source = st.text_input(t.SOURCE, help=t.SOURCE_HELP, max_chars=80, key=f"{key}-s")
        description = st.text_area(t.DESCRIPTION, value=proposal.description, help=t.DESCRIPTION_HELP, key=f"{key}-u")
        if point is not None:
            st.caption(t.point(*point))
        pressed = st.form_submit_button(t.SAVE, type="primary")
    if not pressed:
        return
    row = {
        "tanggal_kejadian": day.isoformat() if isinstance(day, date) else "",
        "jam": clock,
        "tanggal_laporan": today.isoformat(),
        "kategori": category or "",
        "keparahan": str(severity or ""),
        "uraian": description,
        "sumber": source,
        "status": "masuk",
        "bujur": repr(point[0]) if point else "",
        "lintang": repr(point[1]) if point else "",
        "presisi": "titik" if point else "",
        **_place_cells(region, place),
    }
    _store(region, "incident", (row,), name=t.FORM_NAME if with_map else t.PASTE_NAME, kept=kept)


def _meeting(region: Region, text: str) -> None:
    kept = _kept(f"rapat-{hash(text)}")
    _say_what_was_stored(kept)
    if kept.count:
        return
    names = {category.code: category.name for category in taxonomy().categories}
    meeting = read_meeting(text, today=load.today(region), categories_in=taxonomy().named_in, mask=personal.mask)
    _doubts(meeting.doubts)
    if not meeting.items:
        st.info(t.NOTHING_READ)
        return
    with st.form("rapat", border=False):
        left, right = st.columns(2, gap="large")
        title = left.text_input(t.MEETING_TITLE, max_chars=120)
        held = right.date_input(t.MEETING_DAY, value=meeting.held_on, format="DD/MM/YYYY", key=f"hari-{hash(text)}")
        edited = st.data_editor(
            _item_table(meeting.items, names),
            column_config=_item_columns(),
            disabled=["kind", "day", "category"],
            hide_index=True,
            key=f"rapat-{hash(text)}",
        )
        pressed = st.form_submit_button(t.MEETING_SAVE, type="primary")
    if not pressed:
        return
    if not isinstance(held, date):
        st.error(t.to_be_filled(["tanggal"]))
        return
    rows = tuple(
        meeting_row(item, held_on=held, title=title, text=str(words or ""))
        for item, keep, words in zip(meeting.items, edited["keep"], edited["text"], strict=True)
        if keep
    )
    if not rows:
        st.error(t.NOTHING_KEPT)
        return
    _store(region, "meeting", rows, name=t.PASTE_NAME, kept=kept)


def meeting_row(item: MeetingItem, *, held_on: date, title: str, text: str) -> dict[str, str]:
    """Write a line of a meeting under the template's heads; `text` is what a person made of its words."""
    return {
        "tanggal": held_on.isoformat(),
        "judul": title,
        "jenis": item.kind,
        "hari": item.day.isoformat() if item.day else "",
        "kategori": item.category_code or "",
        "isi": text,
    }


def _item_table(items: Sequence[MeetingItem], categories: Mapping[str, str]) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "keep": [True] * len(items),
            "kind": [t.ITEM_KINDS[item.kind] for item in items],
            "text": [item.text for item in items],
            "day": [f"{item.day:%d/%m/%Y}" if item.day else "" for item in items],
            "category": [categories.get(item.category_code or "", "") for item in items],
        }
    )


def _store(region: Region, kind: str, rows: tuple[Mapping[str, str], ...], *, name: str, kept: Kept) -> None:
    """Store typed rows if every one is faultless; else say what is wrong, store nothing and keep what was typed."""
    if kept.rows == rows:  # pressed twice
        st.rerun()
    typed = TypedRows(name, rows)
    chosen = settings()
    common: dict[str, Any] = {"kind": kind, "today": load.today(region), "limits": chosen.limits}
    try:
        seen = preview_rows(RowImport(load.store(), region, typed, **common))
        if seen.counts.quarantined:
            faults = import_report.worded(seen.faults)
            empty = faults[seen.faults["rule"] == "required"]["column_name"].unique()
            wrong = faults[seen.faults["rule"] != "required"][["column_name", "reason", "hint"]].drop_duplicates()
            lines = [t.to_be_filled(empty)] if len(empty) else []
            lines += [t.fault(*fault) for fault in wrong.itertuples(index=False)]
            st.error("  \n".join(map(plain, lines)))
            return
        result = import_rows(RowImport(load.store(), region, typed, **common), actor=chosen.actor)
        kept.rows, kept.result, kept.count = rows, result, kept.count + 1
    except REFUSALS as error:
        st.error(plain(sentence(error)))
        return
    st.rerun()


def _kept(key: str) -> Kept:
    kept: Kept = st.session_state.setdefault(f"tersimpan-{key}", Kept())
    return kept


def _say_what_was_stored(kept: Kept) -> None:
    """Say what a form stored last, until the next press of its button."""
    if kept.result is not None:
        counts = kept.result.counts
        (st.success if counts.accepted else st.info)(
            t.stored(kept.result.import_id, accepted=counts.accepted, duplicate=counts.duplicate)
        )


def _doubts(doubts: tuple[str, ...]) -> None:
    if doubts:
        st.warning("  \n".join(map(plain, doubts)))


def _item_columns() -> dict[str, Any]:
    """Give the lines of a meeting the room that their words need."""
    columns, names = st.column_config, t.ITEM_COLUMNS
    return {
        "keep": columns.CheckboxColumn(names["keep"], width=90),
        "kind": columns.TextColumn(names["kind"], width=110),
        "text": columns.TextColumn(names["text"], width=480),
        "day": columns.TextColumn(names["day"], width=110),
        "category": columns.TextColumn(names["category"], width=170),
    }


def _places(region: Region) -> dict[str, str]:
    """Name the kelurahan and, for reports that say no more, the kecamatan: code to name."""
    areas = load.area_names(load.snapshot(), region.code)
    districts = dict(zip(areas["district_code"], areas["district_name"], strict=True))
    named = {
        code: f"{name} · {district}"
        for code, name, district in zip(areas["area_code"], areas["area_name"], areas["district_name"], strict=True)
    }
    return dict(sorted(named.items(), key=lambda item: item[1])) | {
        code: t.whole_district(name) for code, name in sorted(districts.items())
    }


def _place_cells(region: Region, code: str) -> dict[str, str]:
    if code == NOWHERE:
        return {}
    areas = load.area_names(load.snapshot(), region.code)
    districts = dict(zip(areas["district_code"], areas["district_name"], strict=True))
    return {"kecamatan": districts[code]} if code in districts else {"kode_kelurahan": code}
