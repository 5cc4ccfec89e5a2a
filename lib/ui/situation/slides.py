"""The projector mode: one message a slide, keys left and right, the slide's number in the address."""

from __future__ import annotations

import base64
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import streamlit as st

from lib.indonesian import countdown, full_date, long_date, points
from lib.output.charts import PROJECTOR, sureness_series, time_chart, with_sureness
from lib.output.classes import class_counts, class_of, legend_rows
from lib.output.hatching import swatch
from lib.output.html import render
from lib.records import AreaRow, records
from lib.rules.regions import region_profile
from lib.score.situation import Change, default_since, week_counts
from lib.texts import pages as t
from lib.texts.alerts import ALERTS_TITLE
from lib.texts.elections import NONE_IN_FORCE, election_words, roll_line, stage_line, voters_line
from lib.texts.questions import counted, unit_word
from lib.texts.store import as_it_was
from lib.ui.frame.heading import silence_line
from lib.ui.frame.region_switch import FILTER_KEYS
from lib.ui.load import store as load
from lib.ui.situation import alert_slide

if TYPE_CHECKING:
    from collections.abc import Callable

    from lib.score.answers import Assessment

TOP = 5
LISTED = 4
ADVANCE_S = 20
TREND_WEEKS = 12


def show(assessment: Assessment) -> None:
    """Draw the slide that the address names, and the controls; a number that does not exist shows the first."""
    slides: tuple[Callable[[Assessment], None], ...] = (_status, _map, _alerts, _trend, _changes)
    asked = st.query_params.get("slide", "1")
    number = int(asked) if asked.isdecimal() and 1 <= int(asked) <= len(slides) else 1
    with st.container(key="slide"):
        slides[number - 1](assessment)
    with st.container(key="slide-controls", horizontal=True, vertical_alignment="center"):
        _controls(number, len(slides), assessment)


def _controls(number: int, count: int, assessment: Assessment) -> None:
    if st.button(t.SLIDE_PREVIOUS, shortcut="Left", key="slide-previous", disabled=number == 1):
        _go(number - 1)
    if st.button(t.SLIDE_NEXT, shortcut="Right", key="slide-next", disabled=number == count):
        _go(number + 1)
    mark = t.band(
        simulated=assessment.state.simulated,
        provisional=assessment.scale.frozen_on is None,
        pinned=load.stands_still_on(region_profile(assessment.filters.region_code)),
    )
    if any(st.query_params.get(key) for key in FILTER_KEYS):
        mark = f"{t.slide_unfiltered(region_profile(assessment.filters.region_code).name)} · {mark}"
    if assessment.filters.as_it_was:
        mark = f"{as_it_was(assessment.filters.as_it_was)} · {mark}"
    st.html(render("slide_mark.html", text=t.slide_counter(number, count, mark)))
    if st.toggle(t.SLIDE_AUTO, key="maju", bind="query-params"):
        _advance(number % count + 1)
    st.page_link("pages/situasi/ringkasan.py", label=t.SLIDE_EXIT)


def _go(number: int) -> None:
    st.query_params["slide"] = str(number)
    st.rerun()


def _advance(following: int) -> None:
    """Go on to the next slide after a while, from the last to the first."""

    @st.fragment(run_every=ADVANCE_S)
    def tick() -> None:
        if st.session_state.get("slide-waits") == following:
            st.session_state["slide-waits"] = None
            st.query_params["slide"] = str(following)
            st.rerun(scope="app")
        st.session_state["slide-waits"] = following

    tick()


def _head(title: str, lead: str) -> None:
    st.html(render("slide_head.html", title=title, lead=lead))


def _status(assessment: Assessment) -> None:
    filters = assessment.filters
    region = region_profile(filters.region_code)
    election = assessment.election
    found = week_counts(assessment, load.incidents(filters))
    unit = unit_word(region)
    silent = silence_line(assessment)
    names = dict(zip(assessment.areas["area_code"], assessment.areas["area_name"], strict=True))
    voters = voters_line(election, names)
    lines = (
        *([voters] if voters else []),
        *([silent] if silent else []),
        t.slide_status(found.week, found.week_before, unheard=found.mostly_unheard),
        t.slide_classes(found.high_areas, found.area_count, unit, classed=len(assessment.ranked)),
        *([] if silent else [t.slide_silent(found.silent_areas, found.unheard_areas, unit)]),
    )
    day = full_date(filters.end)
    _head(f"{t.SLIDE_STATUS} · {region.name}", day if election else f"{day} · {NONE_IN_FORCE}")
    st.html(
        render(
            "slide_status.html",
            countdown=countdown(filters.end, election.voting_day) if election else "",
            election=election_words(election) if election else "",
            stage=stage_line(filters.end, election) if election else "",
            lines=lines,
            note=counted(filters, dated=False),
        )
    )


def _map(assessment: Assessment) -> None:
    filters = assessment.filters
    unit = unit_word(region_profile(filters.region_code))
    lacking = roll_line(assessment.roll)
    _head(t.slide_map(unit), f"{long_date(filters.end)} · {lacking}" if lacking else long_date(filters.end))
    picture = base64.b64encode(load.slide_map_png(filters, 1400, 1050)).decode()
    counts = class_counts(assessment.areas)
    areas = [
        (class_of(row.class_index), row.area_name, points(row.score), t.slide_reason(row))
        for row in records(assessment.ranked.head(TOP), AreaRow)
    ]
    legend = [(swatch(risk), risk.name, counts[risk.code]) for risk, _ in legend_rows(assessment.weights.class_cuts)]
    empty = "" if areas else t.none_ranked(unit)
    st.html(render("slide_map.html", picture=picture, alternative=t.MAP_ALT, areas=areas, empty=empty, legend=legend))


def _alerts(assessment: Assessment) -> None:
    _head(ALERTS_TITLE, alert_slide.lead(assessment.filters))
    alert_slide.alerts(assessment.filters)


def _trend(assessment: Assessment) -> None:
    filters = assessment.filters
    found = week_counts(assessment, load.incidents(filters))
    week = t.slide_status(found.week, found.week_before, unheard=found.mostly_unheard)
    _head(t.SLIDE_TREND, f"{week} · {t.SLIDE_INCOMPLETE}")
    recent = replace(filters, start=max(filters.start, filters.end - timedelta(weeks=TREND_WEEKS, days=-1)))
    figure = time_chart(
        with_sureness(load.daily_counts(filters)),
        recent,
        assessment.election,
        sureness_series(),
        by="sureness",
        step_days=7,
        incomplete_days=load.incomplete_days(filters),
        look=PROJECTOR,
    )
    st.plotly_chart(
        figure, height="stretch", theme=None, config={"displayModeBar": False, "staticPlot": True}, key="slide-chart"
    )


def _changes(assessment: Assessment) -> None:
    filters = assessment.filters
    since = st.session_state.get("sejak") or default_since(filters)
    found = load.changes(filters, since)
    up = [change for change in found if change.class_now > change.class_before]
    down = [change for change in found if change.class_now < change.class_before]
    silent = silence_line(assessment)
    _head(t.SLIDE_CHANGES, silent or t.slide_changes(len(up), len(down), long_date(since)))
    sections = (_section(t.SLIDE_UP, up), _section(t.SLIDE_DOWN, down))
    st.html(render("slide_changes.html", sections=sections, empty=t.SLIDE_UNKNOWN if silent else t.SLIDE_NONE))
    st.date_input(
        t.SLIDE_SINCE,
        value=default_since(filters),
        format="DD/MM/YYYY",
        max_value=filters.end,
        key="sejak",
        width=260,
    )


def _section(head: str, found: list[Change]) -> tuple[str, list[tuple[str, str]], str]:
    """Give the head, the first changes as name and words, and how many more there are."""
    more = t.slide_more(len(found) - LISTED) if len(found) > LISTED else ""
    return head, [(change.area_name, _moved(change)) for change in found[:LISTED]], more


def _moved(change: Change) -> str:
    before, now = class_of(change.class_before).name, class_of(change.class_now).name
    return f"{before} → {now} ({points(change.score_before)} → {points(change.score_now)})"
