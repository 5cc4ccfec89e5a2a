"""Reports that come in without a file: an incident typed into a form, a report of nothing, and how forms store."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import streamlit as st

from lib.intake.proposals import Proposal
from lib.intake.reading import TypedRows
from lib.intake.rows import RowImport, import_rows, preview_rows
from lib.people.actor import May
from lib.rules.taxonomy import taxonomy
from lib.settings import settings
from lib.texts import entry as t
from lib.texts.errors import sentence
from lib.texts.questions import SEVERITIES
from lib.ui.door.identity import current
from lib.ui.frame.plain_text import plain
from lib.ui.load import store as load
from lib.ui.sources import import_report
from lib.ui.sources.import_state import REFUSALS
from lib.ui.sources.point_picker import pick_point

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from lib.intake.rows import ImportResult, Preview
    from lib.rules.regions import Region

NOWHERE = ""
Batches = tuple[tuple[str, tuple["Mapping[str, str]", ...]], ...]  # rows by their kind


@dataclass(slots=True)
class Kept:
    """What a form has stored last in this session, and how often it has stored.

    It is changed in place, for the reason given at `lib.ui.sources.import_state.Taken`.
    """

    batches: Batches = ()
    results: tuple[ImportResult, ...] = ()
    count: int = 0


def typed_incident(region: Region) -> None:
    """Ask for one incident and store it once it is faultless; then offer an empty form."""
    kept = kept_for("catat")
    say_what_was_stored(kept)
    incident_form(region, Proposal(description=""), kept, key=f"catat-{kept.count}", with_map=True)


def nil_report(region: Region) -> None:
    """Ask for a report that nothing happened: silence that was looked into counts."""
    kept = kept_for("nihil")
    say_what_was_stored(kept)
    today = load.today(region)
    named = places(region)
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
            [NOWHERE, *named],
            format_func=lambda code: named.get(code, t.whole_region(region.name)),
            key=f"{key}-t",
        )
        right.caption(t.NIL_MEANING)
        pressed = st.form_submit_button(t.NIL_SAVE, type="primary")
    if not pressed:
        return
    if not isinstance(period, tuple) or len(period) != 2:
        refuse([t.NIL_HALF_PERIOD])
        return
    row = {
        "sumber": source,
        "tanggal_mulai": period[0].isoformat(),
        "tanggal_selesai": period[1].isoformat(),
        "tanggal_laporan": today.isoformat(),
        **place_cells(region, place),
    }
    store(region, (("nil", (row,)),), name=t.FORM_NAME, kept=kept)


def incident_form(region: Region, proposal: Proposal, kept: Kept, *, key: str, with_map: bool) -> None:
    """Ask for one incident, filled in as far as it is proposed, and store it once it is faultless."""
    point: tuple[float, float] | None = None
    if proposal.longitude is not None and proposal.latitude is not None:
        point = (proposal.longitude, proposal.latitude)
    if with_map and st.toggle(t.WITH_POINT, key=f"{key}-peta", help=t.WITH_POINT_HELP):
        point = pick_point(region.code, key=f"{key}-titik")
    categories = {category.code: category.name for category in taxonomy().categories}
    named = places(region)
    today = load.today(region)
    proposed = proposal.area_code or proposal.district_code or NOWHERE
    known_day = proposal.occurred_on if proposal.occurred_on and proposal.occurred_on <= today else None
    with st.form(f"form-{key}", border=False):
        first, second, third = st.columns((2, 2, 3), gap="medium")
        day = first.date_input(t.DAY, value=known_day, max_value=today, format="DD/MM/YYYY", key=f"{key}-h")
        clock = second.text_input(t.CLOCK, value=proposal.occurred_time or "", placeholder="19.30", key=f"{key}-j")
        place = third.selectbox(
            t.PLACE,
            [NOWHERE, *named],
            index=[NOWHERE, *named].index(proposed if proposed in named else NOWHERE),
            format_func=lambda code: named.get(code, t.PLACE_BY_POINT),
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
        source = st.text_input(t.SOURCE, value=proposal.source, help=t.SOURCE_HELP, max_chars=80, key=f"{key}-s")
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
        **place_cells(region, place),
    }
    store(region, (("incident", (row,)),), name=t.FORM_NAME if with_map else t.PASTE_NAME, kept=kept)


def store(region: Region, batches: Batches, *, name: str, kept: Kept) -> None:
    """Store typed rows if every one is faultless; else say what is wrong, store nothing and keep what was typed."""
    if kept.batches == batches:  # pressed twice
        st.rerun()
    chosen = settings()
    common: dict[str, Any] = {"today": load.today(region), "limits": chosen.limits}

    def task(kind: str, rows: tuple[Mapping[str, str], ...]) -> RowImport:
        return RowImport(load.store(), region, TypedRows(name, rows), kind=kind, **common)

    try:
        seen = [preview_rows(task(*batch)) for batch in batches]
        lines = [line for preview in seen for line in _faults(preview)]
        if lines:
            refuse(lines)
            return
        kept.results = tuple(import_rows(task(*batch), actor=current()) for batch in batches)
        kept.batches, kept.count = batches, kept.count + 1
    except REFUSALS as error:
        refuse([sentence(error)])
        return
    st.rerun()


def refuse(lines: Sequence[str]) -> None:
    """Say what is missing or wrong, and that nothing was stored."""
    st.error("  \n".join(plain(line) for line in (*lines, t.NOT_STORED)))


def _faults(preview: Preview) -> list[str]:
    if not preview.counts.quarantined:
        return []
    faults = import_report.worded(preview.faults)
    is_empty = (preview.faults["rule"] == "required").to_numpy()
    empty = faults[is_empty]["column_name"].unique()
    wrong = faults[~is_empty][["column_name", "reason", "hint"]].drop_duplicates()
    lines = [t.to_be_filled(empty)] if len(empty) else []
    return lines + [t.fault(*fault) for fault in wrong.itertuples(index=False)]


def kept_for(key: str) -> Kept:
    """Give what the form of a key has stored in this session."""
    kept: Kept = st.session_state.setdefault(f"tersimpan-{key}", Kept())
    return kept


def say_what_was_stored(kept: Kept) -> None:
    """Say what a form stored last, until the next press of its button."""
    for result in kept.results:
        counts = result.counts
        (st.success if counts.accepted else st.info)(
            t.stored(result.import_id, result.kind, accepted=counts.accepted, duplicate=counts.duplicate)
        )


def say_doubts(doubts: Sequence[str]) -> None:
    """Show what is unclear about a proposal."""
    if doubts:
        st.warning("  \n".join(map(plain, doubts)))


def places(region: Region) -> dict[str, str]:
    """Name the kelurahan and, for reports that say no more, the kecamatan that the person may record in, by code."""
    areas = load.area_names(load.snapshot(), region.code)
    districts = dict(zip(areas["district_code"], areas["district_name"], strict=True))
    named = {
        code: f"{name} · {district}"
        for code, name, district in zip(areas["area_code"], areas["area_name"], areas["district_name"], strict=True)
    }
    every = dict(sorted(named.items(), key=lambda item: item[1])) | {
        code: t.whole_district(name) for code, name in sorted(districts.items())
    }
    own = replace(current().scope(May.RECORD, region.code), sources=None)
    return {code: name for code, name in every.items() if own.holds(code)}


def place_cells(region: Region, code: str) -> dict[str, str]:
    """Write a chosen place under the template's heads; none at all for the whole region or no place."""
    if code == NOWHERE:
        return {}
    areas = load.area_names(load.snapshot(), region.code)
    districts = dict(zip(areas["district_code"], areas["district_name"], strict=True))
    return {"kecamatan": districts[code]} if code in districts else {"kode_kelurahan": code}
