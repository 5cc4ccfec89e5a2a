"""The election calendar: what is in force, every election with its stages, the form to change it, its journal."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd
import streamlit as st

from lib.indonesian import MISSING, countdown, long_date, short_date
from lib.output.html import render
from lib.people.actor import May
from lib.region.elections import (
    calendar_entries,
    changed_values,
    enter_election,
    refused_entries,
    said_of_entry,
    stage_code,
    withdraw_election,
)
from lib.rules.elections import KINDS
from lib.rules.regions import region_profile
from lib.rules.toml import ProfileError
from lib.texts import elections as t
from lib.ui.door.identity import current
from lib.ui.frame.plain_text import plain
from lib.ui.frame.rights import allowed
from lib.ui.load import store as load

if TYPE_CHECKING:
    from datetime import date

    from lib.filters import Filters
    from lib.rules.calendar import Election

SAVED = "kalender-tersimpan"
WIDTHS = {"hitungan": 84, "nama": 190, "jenis": 180, "hari": 170, "dasar": 210, "dicatat": 150}
NEW = ""


def head(filters: Filters) -> None:
    """Draw the title and the elections in force on the day that the pages show."""
    st.title(f"{t.CALENDAR_TITLE} · {plain(region_profile(filters.region_code).name)}")
    if SAVED in st.session_state:
        st.success(st.session_state.pop(SAVED))
    for entry in refused_entries(load.store_at(filters.snapshot), filters.region_code):
        st.warning(plain(t.refused_entry(entry.election_code, entry.actor, entry.decided_on, entry.refusal)))
    running = load.elections(filters.snapshot, filters.region_code).in_force(filters.end)
    st.markdown(f"**{t.IN_FORCE_HEAD}, {long_date(filters.end)}**")
    lines = [t.in_force_line(filters.end, election) for election in running]
    st.markdown("\n".join(f"- {plain(line)}" for line in lines) or t.NONE_IN_FORCE_LINE)


def elections(filters: Filters) -> None:
    """Draw the table of every election and occasion, the latest first."""
    known = load.elections(filters.snapshot, filters.region_code)
    running = known.in_force(filters.end)
    st.subheader(t.LIST_HEAD)
    rows = [
        {
            "hitungan": countdown(filters.end, election.voting_day) if election in running else "",
            "nama": election.name,
            "jenis": t.kind_words(election),
            "hari": t.checked(long_date(election.voting_day), verify=election.verify),
            "dasar": election.legal_source,
            "dicatat": t.recorded(election),
        }
        for election in reversed(known.elections)
    ]
    config: dict[str, Any] = {
        name: st.column_config.TextColumn(label, width=WIDTHS.get(name)) for name, label in t.LIST_COLUMNS.items()
    }
    st.dataframe(
        pd.DataFrame(rows, columns=list(t.LIST_COLUMNS)),
        column_config=config,
        hide_index=True,
        placeholder=MISSING,
        key="kalender",
    )


def stages(filters: Filters) -> None:
    """Draw the stages of one election, and the TPS or desa that it names."""
    known = {election.code: election for election in reversed(_elections(filters))}
    usual = load.elections(filters.snapshot, filters.region_code).usual(filters.end)
    if not known:
        return
    code = st.selectbox(
        t.STAGES_OF,
        list(known),
        index=list(known).index(usual.code) if usual else 0,
        format_func=lambda code: known[code].name,
        key="kalender-lihat",
    )
    chosen = known[code]
    rows = [
        (
            stage.name,
            short_date(stage.start),
            short_date(stage.end),
            t.UNCHECKED if stage.verify else "",
            stage.source,
        )
        for stage in chosen.stages
    ]
    # Its cells break into lines, where Streamlit's own table would cut the sources off.
    st.html(render("table.html", look=" petadini-calendar", heads=t.STAGE_COLUMNS.values(), rows=rows))
    st.caption(t.in_force_span(chosen.opens_on, chosen.closes_on))
    if places := (*chosen.stations, *chosen.areas):
        st.caption(t.voting_places(places))


def editor(filters: Filters) -> None:
    """Draw the form that adds or changes an election, or takes one out; every change has a name and a reason."""
    st.subheader(t.EDIT_HEAD)
    if not allowed(May.JUDGE, filters.region_code):
        return
    st.caption(t.EDIT_HELP)
    known = {election.code: election for election in reversed(_elections(filters))}
    code = st.selectbox(
        t.EDIT_WHICH,
        [NEW, *known],
        format_func=lambda code: known[code].name if code else t.EDIT_NEW,
        key="kalender-ubah",
    )
    with st.form(f"kalender-isian-{code}", border=True):
        given = _fields(known.get(code), known)
        stage_rows = _stage_rows(known.get(code), code)
        withdrawn = st.checkbox(t.WITHDRAW) if code else False
        reason = st.text_input(t.REASON)
        if st.form_submit_button(t.SAVE, type="primary"):
            _save(filters, given, stage_rows, reason=reason, withdrawn=withdrawn)


def journal(filters: Filters) -> None:
    """List who changed the calendar, when and why, the newest first."""
    st.subheader(t.JOURNAL_HEAD)
    entries = calendar_entries(load.store_at(filters.snapshot), filters.region_code)
    if not entries:
        st.caption(t.JOURNAL_EMPTY)
        return
    rows = [
        {
            "waktu": short_date(entry.decided_on),
            "petugas": entry.actor,
            "isi": t.entered(entry.election, withdrawn=entry.withdrawn)
            if entry.election
            else f"{entry.election_code}: {t.JOURNAL_REFUSED}",
            "dasar": entry.election.legal_source if entry.election else "",
            "alasan": entry.reason,
        }
        for entry in reversed(entries)
    ]
    st.dataframe(
        pd.DataFrame(rows),
        column_config=dict(t.JOURNAL_COLUMNS),
        hide_index=True,
        placeholder=MISSING,
        key="kalender-riwayat",
    )


def _elections(filters: Filters) -> tuple[Election, ...]:
    return load.elections(filters.snapshot, filters.region_code).elections


def _fields(election: Election | None, known: dict[str, Election]) -> dict[str, Any]:
    """Ask for everything but the stages; what does not fit the kind is refused in words when it is saved."""
    first, second, third = st.columns(3)
    code = first.text_input(
        t.LABELS["code"], value=election.code if election else "", disabled=election is not None, help=t.CODE_HELP
    )
    name = second.text_input(t.LABELS["name"], value=election.name if election else "")
    kind = third.selectbox(
        t.LABELS["kind"],
        KINDS,
        index=KINDS.index(election.kind) if election else 0,
        format_func=t.KIND_NAMES.__getitem__,
    )
    day = first.date_input(
        t.LABELS["voting_day"], value=election.voting_day if election else None, format="DD/MM/YYYY"
    )
    exception = second.text_input(t.WEEKDAY_EXCEPTION, value=election.voting_day_exception if election else "")
    most = third.number_input(
        t.LABELS["max_voters_per_station"],
        min_value=0,
        max_value=2000,
        value=(election.max_voters_per_station or None) if election else None,
        step=1,
    )
    legal = st.text_input(t.LABELS["legal_source"], value=election.legal_source if election else "")
    left, middle, right = st.columns(3)
    codes = ["", *(known_code for known_code in known if election is None or known_code != election.code)]
    repeats = left.selectbox(
        t.LABELS["repeats"],
        codes,
        index=codes.index(election.repeats) if election and election.repeats in codes else 0,
        format_func=lambda known_code: known[known_code].name if known_code else "–",
    )
    stations = middle.text_area(
        t.LABELS["stations"], value="\n".join(election.stations) if election else "", help=t.STATIONS_HELP, height=90
    )
    areas = right.text_area(
        t.LABELS["areas"], value="\n".join(election.areas) if election else "", help=t.AREAS_HELP, height=90
    )
    e_voting = right.checkbox(t.LABELS["e_voting"], value=bool(election and election.e_voting))
    verify = left.checkbox(t.VERIFY, value=bool(election and election.verify))
    return {
        "code": code.strip(),
        "name": name.strip(),
        "kind": kind,
        "voting_day": day or "",
        "voting_day_exception": exception.strip(),
        "max_voters_per_station": int(most) if most else "" if election else None,
        "legal_source": legal.strip(),
        "repeats": repeats,
        "stations": stations.split(),
        "areas": areas.split(),
        "e_voting": e_voting,
        "verify": verify,
    }


def _stage_rows(election: Election | None, code: str) -> list[dict[str, Any]]:
    st.caption(t.STAGE_HELP)
    before = pd.DataFrame(
        [
            (stage.name, stage.start, stage.end, stage.verify, stage.source)
            for stage in (election.stages if election else ())
        ],
        columns=list(t.STAGE_COLUMNS),
    ).astype({"nama": object, "mulai": "datetime64[s]", "selesai": "datetime64[s]", "sumber": object, "cek": bool})
    config: dict[str, Any] = {
        "nama": st.column_config.TextColumn(t.STAGE_COLUMNS["nama"]),
        "mulai": st.column_config.DateColumn(t.STAGE_COLUMNS["mulai"], format="DD/MM/YYYY"),
        "selesai": st.column_config.DateColumn(t.STAGE_COLUMNS["selesai"], format="DD/MM/YYYY"),
        "sumber": st.column_config.TextColumn(t.STAGE_COLUMNS["sumber"]),
        "cek": st.column_config.CheckboxColumn(t.STAGE_COLUMNS["cek"]),
    }
    table = st.data_editor(
        before, column_config=config, num_rows="dynamic", hide_index=True, key=f"kalender-tahapan-{code}"
    )
    concurrent = {stage.code for stage in (election.stages if election else ()) if stage.concurrent}
    rows = []
    for name, start, end, verify, source in table.itertuples(index=False, name=None):
        if not isinstance(name, str) or not name.strip():
            continue
        stage: dict[str, Any] = {
            "code": stage_code(name),
            "name": name.strip(),
            "start": _day(start),
            "end": _day(end),
        }
        stage |= {"source": source} if isinstance(source, str) and source.strip() else {}
        stage |= {"verify": True} if verify is True else {}
        rows.append(stage | ({"concurrent": True} if stage["code"] in concurrent else {}))
    return rows


def _day(value: Any) -> date | None:
    return None if pd.isna(value) else pd.Timestamp(value).date()


def _save(
    filters: Filters, given: dict[str, Any], stage_rows: list[dict[str, Any]], *, reason: str, withdrawn: bool
) -> None:
    code = filters.region_code
    day = load.today(region_profile(code))
    if not withdrawn and any(stage["start"] is None or stage["end"] is None for stage in stage_rows):
        st.error(t.STAGE_WITHOUT_DAYS)
        return
    actor = current()
    try:
        if withdrawn:
            made = withdraw_election(load.store(), code, given["code"], reason=reason, actor=actor, decided_on=day)
            kept = t.entered(made, withdrawn=True)
        else:
            known = load.elections(load.snapshot(), code)
            values = changed_values(known, given["code"], {**given, "stages": []}, stage_rows)
            made = enter_election(load.store(), code, values, reason=reason, actor=actor, decided_on=day)
            kept = said_of_entry(load.store(), code, made)
    except ProfileError as error:
        st.error(plain(str(error)))
        return
    st.session_state[SAVED] = plain(kept)
    st.rerun()
