"""Alerts as cards with the buttons that answer them, the ledger, and what the alarm cannot see."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlencode

import streamlit as st

from data.errors import LakeError
from lib.output.html import render
from lib.people.actor import May
from lib.proposals.deeds import Waiting, issue_alerts
from lib.records import AlertRow, AreaName, AreaRow, TrendRow, records
from lib.region.panels import ALL, group_names
from lib.rules.alerts import alert_rules
from lib.rules.completeness import completeness_rules
from lib.rules.forecasts import forecast_rules, is_silent
from lib.rules.regions import region_profile
from lib.rules.taxonomy import taxonomy
from lib.texts import alerts as t
from lib.texts import score as words
from lib.texts.errors import sentence
from lib.texts.pages import DOWNLOAD_CSV
from lib.texts.proposals import EYES, waiting
from lib.texts.questions import unit_word
from lib.ui.door.identity import current
from lib.ui.frame.downloads import csv_download
from lib.ui.frame.filters import PAST_KEY
from lib.ui.frame.heading import silence_line
from lib.ui.frame.plain_text import plain
from lib.ui.frame.rights import allowed
from lib.ui.load import alerts as load_alerts
from lib.ui.load import store as load
from lib.ui.load.eyes import eyes
from lib.warnings.ledger import ACTED, CLOSED, NEW, SEEN, STATES, AlertError, take_step, unanswered

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date

    import pandas as pd

    from lib.filters import Filters

MESSAGE = "peringatan-pesan"
MOST_CARDS = 20
OPEN_CARDS = 4
MOST_LINES = 300
REPORTS = "laporan"
# A tier is told by its word first; no red or orange, which on a screen belong to the level of risk.
BADGES = {
    "kejadian": "background:var(--ink);color:var(--paper)",
    "siaga": "background:var(--accent);color:var(--paper)",
    "waspada": "background:var(--surface);color:var(--ink)",
    "tren": "background:var(--surface);color:var(--muted)",
}


def headline(filters: Filters) -> None:
    """Say how many alerts there are now and how many wait for an answer, and what was just done."""
    waiting = unanswered(load_alerts.in_districts(filters, load_alerts.ledger(filters)))
    region = region_profile(filters.region_code)
    unit = unit_word(region)
    places, trends, unanswered_places = load_alerts.counted(filters)
    told = t.counted(
        *(places, trends, filters.end, unit, region.kind),
        hearing=load.assessment(filters).hearing,
        enough_history=load_alerts.day(*_key(filters)).enough_history,
    )
    st.markdown(f"#### {told}")
    unseen = load_alerts.place_count(waiting[waiting["state"] == NEW])
    st.markdown(t.waiting(unseen, unanswered_places, unit))
    with st.container():
        done = st.session_state.pop(MESSAGE, None)
        if done:
            st.success(done)


def issuing(filters: Filters) -> None:
    """Say whether the alerts of the day are issued, and offer to issue them."""
    standing = load_alerts.standing(*_key(filters))
    region = region_profile(filters.region_code)
    today = load.today(region)
    st.caption(t.issue_state(standing.issued_on, standing.revision, same=standing.same))
    if filters.as_it_was:
        st.caption(t.ONLY_SHOWN)
    elif filters.end > today:
        st.caption(t.FUTURE)
    with st.container(horizontal=True):
        open_now = not filters.as_it_was and filters.end <= today and not standing.same
        if open_now and allowed(May.JUDGE, filters.region_code):
            first = t.ISSUE if filters.end == today else t.ISSUE_PAST
            label = t.ISSUE_AGAIN if standing.issued_on else first
            if st.button(label, type="primary", key="peringatan-terbitkan", help=EYES[eyes(filters.region_code).why]):
                _carry_out(lambda: _issue(filters))
        csv_download(DOWNLOAD_CSV, lambda: load_alerts.csv(filters), "peringatan", filters)


def cards(filters: Filters) -> None:
    """Draw the alerts of the day, the gravest first, then those of earlier days that still wait."""
    day = load_alerts.day(*_key(filters))
    today = load_alerts.in_districts(filters, load_alerts.today(filters))
    st.subheader(t.TODAY_HEAD)
    if is_silent(day.last_reported_on, day.as_of, forecast_rules(filters.region_code)):
        st.warning(t.silent(day.last_reported_on))
    elif not day.enough_history:
        st.info(t.short_history(day.baseline_weeks, alert_rules(filters.region_code).least_baseline_weeks))
    elif today.empty:
        unit = unit_word(region_profile(filters.region_code))
        st.info(t.none_now(load.assessment(filters).hearing, unit, enough_history=True))
    _draw(filters, _by_place(today.head(MOST_CARDS)))
    if len(today) > MOST_CARDS:
        st.caption(t.more(len(today) - MOST_CARDS))
    waiting = unanswered(load_alerts.in_districts(filters, load_alerts.ledger(filters)))
    earlier = waiting[~waiting["alert_id"].isin(today["alert_id"])]
    if not earlier.empty:
        st.subheader(t.OPEN_HEAD)
        places = _by_place(earlier)
        _draw(filters, places[:OPEN_CARDS])
        rest = places[OPEN_CARDS:]
        if rest:
            with st.expander(t.more_open(sum(map(len, rest)))):
                _draw(filters, rest)


def trends(filters: Filters) -> None:
    """Draw how the region as a whole stands against its usual, one bar for each group."""
    day = load_alerts.day(*_key(filters))
    rows = list(records(day.trends, TrendRow))
    if not rows:
        return
    st.subheader(t.TREND_HEAD)
    names = group_names()
    assessment = load.assessment(filters)
    unheard = bool(silence_line(assessment))
    rules = completeness_rules(filters.region_code)
    bars = [
        (
            names[row.group_code],
            f"{min(100.0, 50 * row.observed / max(row.expected, 0.05)):.1f}",
            row.raised,
            t.trend_line(row, day.last_reported_on, low=rules.far_below(row.observed, row.expected), unheard=unheard),
        )
        for row in rows
    ]
    st.html(render("trend_meter.html", bars=bars))
    grows = [t.TREND_GROWS] if assessment.election else []
    st.caption(" ".join((t.TREND_BARS, *grows, t.TREND_NOTE)))


def ledger(filters: Filters) -> None:
    """Draw the table of all issued alerts, filtered by state."""
    st.subheader(t.LEDGER_HEAD)
    life = load_alerts.in_districts(filters, load_alerts.ledger(filters))
    if life.empty:
        st.info(t.LEDGER_EMPTY)
        return
    st.caption(t.LEDGER_LEAD)
    names = {t.STATES[state]: state for state in STATES}
    chosen = st.pills(
        t.STATE_FILTER, list(names), selection_mode="multi", default=list(names), key="peringatan-keadaan"
    )
    shown = life[life["state"].isin([names[name] for name in chosen])]
    if shown.empty:
        st.info(t.LEDGER_NONE)
        return
    rows = _ledger_rows(filters, shown.head(MOST_LINES))
    st.html(render("table.html", look=" petadini-ledger", heads=t.LEDGER_COLUMNS, rows=rows))
    if len(shown) > MOST_LINES:
        st.caption(t.older(len(shown) - MOST_LINES))


def limits() -> None:
    """Say what the alarm cannot see and how often it is wrong."""
    st.subheader(t.LIMITS_HEAD)
    st.markdown(t.LIMITS)


def _by_place(alerts: pd.DataFrame) -> list[pd.DataFrame]:
    """Part alerts by place, the place of the first of them first; the whole region is a place too."""
    place = alerts["area_code"].fillna("")
    return [alerts[place == code] for code in place.unique()]


def _draw(filters: Filters, places: Sequence[pd.DataFrame]) -> None:
    for alerts in places:
        _card(filters, list(records(alerts, AlertRow)))


def _card(filters: Filters, alerts: Sequence[AlertRow]) -> None:
    """Draw one place: what happened there, a line for each alert, and what can be done about each."""
    lines = [_line(filters, alert) for alert in alerts]
    unclosed = [alert for alert in alerts if alert.issue_count and alert.state != CLOSED]
    with st.container(border=True, gap="small"):
        alone = _alone(filters, alerts[0].area_code)
        st.html(render("alert_card.html", place=_place(filters, alerts[0]), alerts=lines, alone=alone))
        if filters.as_it_was or not unclosed or not current().may(May.JUDGE, filters.region_code):
            return
        if len(alerts) == 1:
            with st.container(horizontal=True, gap="small"):
                _buttons(filters, alerts[0])
            return
        with st.expander(t.ANSWER_HEAD):
            for alert in unclosed:
                with st.container(horizontal=True, vertical_alignment="center", gap="small"):
                    st.markdown(plain(_group(alert)), width=130)
                    _buttons(filters, alert)


def _alone(filters: Filters, area_code: str | None) -> list[str]:
    """Say of a place what nobody has checked yet, and which reporter alone carries it."""
    judged = load.assessment(filters.unfiltered())
    own = judged.areas[judged.areas["area_code"] == area_code]
    days = judged.weights.support_days
    told = []
    for row in records(own, AreaRow):
        told += [words.mark_unverified(0.0, days)] if row.unverified else []
        if row.carrier:
            told.append(words.carrier(row.carrier, row.carrier_kind, row.carrier_count, row.carrier_total, days))
    return told


def _line(filters: Filters, alert: AlertRow) -> dict[str, str]:
    """Say of one alert of a place how grave it is, in what, what happened, where it stands."""
    return {
        "look": BADGES[alert.tier],
        "tier": t.TIERS[alert.tier],
        "group": _group(alert),
        "happened": t.what(alert, alert.window_first_on, alert.window_last_on),
        "state": t.life(alert) if alert.issue_count else t.UNISSUED,
        "link": f"{REPORTS}?{_rows_behind(filters, alert)}",
        "link_words": t.ROWS_LINK if alert.area_code else t.REGION_ROWS_LINK,
    }


def _group(alert: AlertRow) -> str:
    return group_names().get(alert.group_code, t.NO_GROUP)


def _buttons(filters: Filters, alert: AlertRow) -> None:
    """Offer the steps that lead forward from where an alert stands."""
    if alert.state == NEW and st.button(t.SEE, key=f"lihat-{alert.alert_id}"):
        _carry_out(lambda: _step(filters, alert.alert_id, SEEN))
    with st.popover(t.ACT):
        _answer(filters, alert.alert_id, ACTED, t.ACT_NOTE, t.ACT_HINT)
    with st.popover(t.CLOSE):
        _answer(filters, alert.alert_id, CLOSED, t.CLOSE_NOTE, t.CLOSE_HINT)


def _answer(filters: Filters, alert_id: str, state: str, asked: str, hint: str) -> None:
    """Ask for the text that a step needs, and take the step."""
    with st.form(f"{state}-{alert_id}", border=False):
        note = st.text_area(asked, placeholder=hint, max_chars=500)
        if st.form_submit_button(t.SAVE, type="primary"):
            _carry_out(lambda: _step(filters, alert_id, state, note))


def _issue(filters: Filters) -> str:
    day = load_alerts.day(*_key(filters))
    made = issue_alerts(
        load.store(),
        filters.region_code,
        day,
        snapshot=filters.snapshot,
        simulated=load.state(filters.snapshot, filters.region_code).simulated,
        actor=current(),
        eyes=eyes(filters.region_code),
        issued_on=load.today(region_profile(filters.region_code)),
    )
    return waiting(made.proposal_id) if isinstance(made, Waiting) else t.issued(len(day.alerts))


def _step(filters: Filters, alert_id: str, state: str, note: str = "") -> str:
    today = load.today(region_profile(filters.region_code))
    take_step(load.store(), filters.region_code, alert_id, state, note=note, actor=current(), decided_on=today)
    return t.stepped(state)


def _carry_out(change: Callable[[], str]) -> None:
    """Carry out a change that returns what to say about it, and draw the page anew; or say why not."""
    try:
        st.session_state[MESSAGE] = change()
    except (AlertError, LakeError) as error:
        st.error(plain(sentence(error)))
    else:
        st.rerun()


def _rows_behind(filters: Filters, alert: AlertRow) -> str:
    """Write the address of the reports of an alert: its days, categories and kecamatan.

    A plain link: a page that is changed to inside the app keeps the filters that it has, whatever the link says.
    """
    chosen = [("masa", day.isoformat()) for day in (alert.window_first_on, alert.window_last_on)]
    chosen += [
        ("kategori", category.name)
        for category in taxonomy().categories
        if alert.group_code != ALL and category.group == alert.group_code
    ]
    names = load.area_names(filters.snapshot, filters.region_code)
    chosen += [("kecamatan", str(name)) for name in names.loc[names["area_code"] == alert.area_code, "district_name"]]
    if filters.as_it_was:
        chosen.append((PAST_KEY, filters.as_it_was.isoformat()))
    return urlencode(chosen)


def _ledger_rows(filters: Filters, life: pd.DataFrame) -> list[tuple[str, ...]]:
    return [
        (
            t.since(alert.tier, alert.first_on),
            f"{_place(filters, alert)} · {_group(alert)}",
            t.what_happened(alert, alert.window_first_on, alert.window_last_on),
            t.life(alert),
        )
        for alert in records(life, AlertRow)
    ]


def _place(filters: Filters, alert: AlertRow) -> str:
    names = load.area_names(filters.snapshot, filters.region_code)
    found = next(records(names[names["area_code"] == alert.area_code], AreaName), None)
    region = region_profile(filters.region_code).name
    if found is None:
        return t.place(alert.area_code, None, region)
    return t.place(found.area_name, found.district_name, region)


def _key(filters: Filters) -> tuple[int, str, date]:
    return filters.snapshot, filters.region_code, filters.end
