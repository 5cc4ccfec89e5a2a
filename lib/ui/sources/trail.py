"""The trail on a page: whether it is whole, its head to print, its lines to look through and take away.

Nothing of it is cached: it is no part of the store, and whoever reads it reads what is there now.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import streamlit as st

from lib.output.html import render
from lib.output.trail_table import trail_csv, trail_table
from lib.people.actor import May
from lib.people.trail import Deed
from lib.settings import settings, today_anywhere
from lib.texts import trail as t
from lib.ui.door import books
from lib.ui.door.identity import current

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, tzinfo

    from lib.people.trail import Line

ZONE = "Asia/Jakarta"
DAYS_BACK = 30


def chain() -> None:
    """Say whether every line is what was written, and give the head that belongs on each day's print."""
    trail = books.trail()
    number, seal = trail.head()
    broken = trail.broken(_printed())
    if broken is None:
        st.success(t.whole_chain(number))
    else:
        st.error(t.broken_chain(broken))
    st.caption(t.PRINT)
    st.code(t.head(number, seal), language=None, wrap_lines=True)
    with st.expander(t.CHECK_HEAD), st.form("jejak-kepala", border=False):
        left, right = st.columns((1, 4))
        left.number_input(t.NUMBER, min_value=1, step=1, value=None, key="jejak-nomor")
        right.text_input(t.SEAL, max_chars=64, key="jejak-segel")
        st.form_submit_button(t.CHECK)


def lines() -> None:
    """List the lines of the chosen days, people and deeds, the newest first, and offer them as CSV."""
    actor, zone = current(), ZoneInfo(ZONE)
    found = books.trail().lines()
    if not actor.may(May.MANAGE):
        st.caption(t.OWN_ONLY)
        found = [line for line in found if line.actor == actor.name]
    chosen = _chosen(found, zone)
    if not chosen:
        st.info(t.NOTHING)
        return
    if len(chosen) > t.MOST_LINES:
        st.caption(t.newest(t.MOST_LINES, len(chosen)))
    table = trail_table(chosen[: t.MOST_LINES], zone)[list(t.COLUMNS)]
    st.html(render("table.html", look="", heads=t.COLUMNS.values(), rows=table.itertuples(index=False, name=None)))
    _download(chosen, zone, actor.name)


def _chosen(found: Sequence[Line], zone: tzinfo) -> list[Line]:
    today = today_anywhere(settings())
    first, second, third = st.columns((3, 2, 2))
    days = first.date_input(
        t.FILTER_DAYS, value=(today - timedelta(days=DAYS_BACK), today), format="DD/MM/YYYY", key="jejak-hari"
    )
    people = second.multiselect(
        t.FILTER_PEOPLE, sorted({line.actor for line in found}), placeholder=t.ALL_PEOPLE, key="jejak-orang"
    )
    deeds = third.multiselect(
        t.FILTER_DEEDS, [deed.value for deed in Deed], placeholder=t.ALL_DEEDS, key="jejak-perbuatan"
    )
    start, end = (min(days), max(days)) if isinstance(days, tuple) and len(days) == 2 else (None, None)
    return [
        line
        for line in found
        if (not people or line.actor in people)
        and (not deeds or line.deed in deeds)
        and (start is None or end is None or start <= _day(line, zone) <= end)
    ]


def _day(line: Line, zone: tzinfo) -> date:
    return datetime.fromisoformat(line.at).astimezone(zone).date()


def _printed() -> dict[int, str]:
    """Give the head that somebody holds in the hand, where one was typed in."""
    number, seal = st.session_state.get("jejak-nomor"), str(st.session_state.get("jejak-segel") or "").strip()
    return {int(number): seal} if number and seal else {}


def _download(chosen: Sequence[Line], zone: tzinfo, taker: str) -> None:
    name = "jejak.csv"

    def taken() -> bytes:
        made = trail_csv(chosen, zone)
        books.trail().add(taker, Deed.TOOK, berkas=name, bita=len(made))
        return made

    st.download_button(t.DOWNLOAD, data=taken, file_name=name, mime="text/csv", on_click="ignore")
