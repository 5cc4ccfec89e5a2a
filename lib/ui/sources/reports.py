"""Reports one by one: judge them, several at once, and see what was judged before."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import pandas as pd
import streamlit as st

from data.errors import LakeError
from lib.errors import JournalError
from lib.indonesian import MISSING, long_date, short_date
from lib.people.actor import May
from lib.people.errors import PeopleError
from lib.people.trail import Deed
from lib.records import ReportRow, records
from lib.reports.journal import RowKey, verify
from lib.rules.regions import region_profile
from lib.score.situation import verify_first
from lib.texts import reports as t
from lib.texts.errors import sentence
from lib.texts.questions import SEVERITIES, VERIFICATIONS, question
from lib.ui.door import books
from lib.ui.door.identity import current
from lib.ui.frame.plain_text import plain
from lib.ui.frame.rights import allowed
from lib.ui.load import reports as load_reports
from lib.ui.load import store as load

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from lib.filters import Filters

MOST_ROWS = 2000
MESSAGE = "laporan-pesan"
REFUSALS = (JournalError, LakeError, PeopleError)


def message() -> None:
    """Say once what the last press of a button has done.

    The place is there without a message too: else the tabs below would be new ones and show the first again.
    """
    with st.container():
        text = st.session_state.pop(MESSAGE, None)
        if text:
            st.success(text)


def carry_out(change: Callable[[], str]) -> None:
    """Carry out a change that returns what to say about it, and draw the page anew; or say why not."""
    try:
        st.session_state[MESSAGE] = change()
    except REFUSALS as error:
        st.error(plain(sentence(error)))
    else:
        st.rerun()


def known_on(filters: Filters) -> date:
    """Give the day whose decisions this page shows: today, because it is where decisions are made.

    A state of the past is shown as of the question's own last day.
    """
    region = region_profile(filters.region_code)
    return filters.end if filters.as_it_was else max(filters.end, load.today(region))


def verification(filters: Filters) -> None:
    """Draw the table of reports and, for the marked ones, the form that judges them."""
    rows = _listed(filters)
    _looked(filters, len(rows))
    if rows.empty:
        st.info(t.NO_REPORTS)
        return
    if known_on(filters) > filters.end:
        st.caption(t.looking_back(filters.end))
    judged = load.assessment(filters)
    waiting = judged.areas[judged.areas["unverified"]].sort_values("area_name")
    if len(waiting):
        st.warning(t.verify_first([plain(name) for name in waiting["area_name"]]))
    event = st.dataframe(
        _table(rows, filters),
        column_config=_columns(),
        column_order=list(t.REPORT_COLUMNS),
        hide_index=True,
        placeholder=MISSING,
        height=360,
        on_select="rerun",
        selection_mode="multi-row",
        key=f"laporan-tabel-{filters.snapshot}",
    )
    marked = [position for position in event.selection.rows if position < len(rows)]
    if filters.as_it_was:
        st.caption(t.ONLY_SHOWN)
    elif allowed(May.JUDGE, filters.region_code):
        _form(filters, rows.iloc[marked]) if marked else st.caption(t.CHOOSE_ROWS)


def history(filters: Filters) -> None:
    """Draw the journal of one report."""
    rows = _listed(filters)
    if rows.empty:
        st.info(t.NO_REPORTS)
        return
    names = load.names_by_code(filters)
    lines = {
        RowKey(row.import_id, row.line_number): t.report_line(row, names.get(row.area_code or "", t.NO_PLACE))
        for row in records(rows, ReportRow)
    }
    chosen = st.selectbox(t.HISTORY_CHOOSE, list(lines), format_func=lines.__getitem__, key="laporan-riwayat")
    row = rows[(rows["import_id"] == chosen.import_id) & (rows["line_number"] == chosen.line_number)].iloc[0]
    st.markdown(t.standing(str(chosen), int(row["report_count"]), represents=bool(row["represents"])))
    entries = load_reports.journal(filters.snapshot, filters.region_code, filters.scope, chosen)
    zone = ZoneInfo(region_profile(filters.region_code).time_zone)
    shown = pd.DataFrame(
        {
            "recorded": entries["recorded_at"]
            .dt.tz_localize("UTC")
            .dt.tz_convert(zone)
            .dt.strftime("%d/%m/%Y %H.%M"),
            "decided": [short_date(day) for day in pd.to_datetime(entries["decided_on"]).dt.date],
            "state": entries["state"].map(VERIFICATIONS),
            "grade": _grades(entries),
            "reason": entries["reason"].fillna(t.FROM_FILE),
            "actor": entries["actor"],
        }
    )
    st.dataframe(shown, column_config=dict(t.JOURNAL_COLUMNS), hide_index=True, placeholder=MISSING)


def _listed(filters: Filters) -> pd.DataFrame:
    rows = verify_first(load.assessment(filters), load_reports.reports(filters, known_on(filters)))
    if len(rows) > MOST_ROWS:
        st.caption(t.only_newest(MOST_ROWS, len(rows)))
    return rows.head(MOST_ROWS)


def _looked(filters: Filters, count: int) -> None:
    """Keep in the trail that somebody looked at reports: once for each question of a session."""
    asked = replace(filters, snapshot=0)
    seen: set[Filters] = st.session_state.setdefault("laporan-dilihat", set())
    if asked not in seen:
        seen.add(asked)
        books.trail().add(
            current().name, Deed.LOOKED, wilayah=filters.region_code, laporan=count, pertanyaan=question(filters)
        )


def _table(rows: pd.DataFrame, filters: Filters) -> pd.DataFrame:
    names = load.names_by_code(filters)
    return pd.DataFrame(
        {
            "date": pd.to_datetime(rows["occurred_on"]).dt.date,
            "place": rows["area_code"].map(names).fillna(t.NO_PLACE),
            "category": rows["category_code"].map(t.category),
            "severity": rows["severity"],
            "state": rows["verification"].map(VERIFICATIONS),
            "grade": _grades(rows),
            "source": rows["source_name"].fillna(""),
            "reports": rows["report_count"],
            "description": rows["description"].fillna(t.NO_TEXT),
        }
    )


def _columns() -> dict[str, Any]:
    """Give each column a width at which the description is in view on a laptop."""
    columns, names = st.column_config, t.REPORT_COLUMNS
    return {
        "date": columns.DateColumn(names["date"], format="DD/MM/YYYY", width=95),
        "place": columns.TextColumn(names["place"], width=135),
        "state": columns.TextColumn(names["state"], width=170),
        "grade": columns.TextColumn(names["grade"], help=t.GRADES_HELP, width=60),
        "category": columns.TextColumn(names["category"], width=190),
        "description": columns.TextColumn(names["description"], width=300),
        "source": columns.TextColumn(names["source"], width=150),
        "severity": columns.NumberColumn(names["severity"], help=" · ".join(SEVERITIES.values()), width=100),
        "reports": columns.NumberColumn(names["reports"], help=t.REPORTS_HELP, width=85),
    }


def _grades(rows: pd.DataFrame) -> list[str]:
    pairs = zip(rows["source_grade"], rows["content_grade"], strict=True)
    return [t.grade(*(None if pd.isna(part) else str(part) for part in pair)) for pair in pairs]


def _form(filters: Filters, rows: pd.DataFrame) -> None:
    """Ask what the marked reports are judged to be, and write it."""
    keys = [RowKey(*key) for key in zip(rows["import_id"], rows["line_number"], strict=True)]
    today = load.today(region_profile(filters.region_code))
    with st.form("laporan-verifikasi"):
        st.markdown(f"**{t.selected(len(keys))}**")
        first, second, third, fourth = st.columns(4)
        state = first.selectbox(t.STATE, list(VERIFICATIONS), format_func=VERIFICATIONS.__getitem__)
        source = second.selectbox(
            t.SOURCE_GRADE,
            [None, *t.SOURCE_GRADES],
            format_func=lambda grade: t.SOURCE_GRADES[grade] if grade else t.UNGRADED,
            help=t.GRADES_HELP,
        )
        content = third.selectbox(
            t.CONTENT_GRADE,
            [None, *t.CONTENT_GRADES],
            format_func=lambda grade: t.CONTENT_GRADES[grade] if grade else t.UNGRADED,
            help=t.GRADES_HELP,
        )
        day = fourth.date_input(
            t.DECIDED_ON, value=today, max_value=today, format="DD/MM/YYYY", help=t.DECIDED_ON_HELP
        )
        reason = st.text_input(t.REASON, placeholder=t.REASON_VERIFY)
        pressed = st.form_submit_button(t.SAVE, type="primary")
    if pressed:
        region, actor = region_profile(filters.region_code), current()

        def change() -> str:
            verify(
                load.store(),
                region,
                keys,
                state,
                reason=reason,
                actor=actor,
                decided_on=day or today,
                source_grade=source,
                content_grade=content,
            )
            return t.verified(len(keys), state, None if (day or today) <= filters.end else long_date(filters.end))

        carry_out(change)
