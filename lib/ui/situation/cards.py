"""The summary's cards: figures with their comparison, the top five with reasons, stages, what the data rest on."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from lib.indonesian import countdown, period, points, whole
from lib.output.area_detail import reasons_html
from lib.output.brief import message as written
from lib.output.classes import class_of, marks_of
from lib.output.html import render
from lib.records import RankedRow, records
from lib.rules.regions import region_profile
from lib.score.situation import placed_counts, week_counts
from lib.score.uncertainty import RankRange
from lib.texts import alerts as t_alerts
from lib.texts import brief as t_brief
from lib.texts import pages as t
from lib.texts.elections import CALENDAR_TITLE, NONE_IN_FORCE_NOTE, stage_name
from lib.texts.questions import counted, method_line, source_line, unit_word
from lib.texts.score import rank_interval
from lib.ui.frame.copy_button import copy_button
from lib.ui.frame.plain_text import plain
from lib.ui.load import alerts as load_alerts
from lib.ui.load import store as load

if TYPE_CHECKING:
    from datetime import date

    from lib.rules.calendar import Election, Stage
    from lib.score.answers import Assessment

TOP = 5


def figures(assessment: Assessment) -> None:
    """Draw the figures of the week, each against the week before."""
    found = week_counts(assessment, load.incidents(assessment.filters))
    unit = unit_word(region_profile(assessment.filters.region_code))
    silent = found.mostly_unheard
    unclassed = found.silent_areas + found.unheard_areas + found.unclear_areas
    classed = found.area_count - unclassed
    cards = (
        (t.METRIC_WEEK, whole(found.week), t.versus(found.week, found.week_before, unheard=silent)),
        (
            t.METRIC_VERIFIED,
            whole(found.verified_week),
            t.versus(found.verified_week, found.verified_week_before, unheard=silent and not found.week),
        ),
        (t.METRIC_SERIOUS, whole(found.serious), t.SERIOUS_NOTE),
        (
            t.METRIC_HIGH,
            whole(found.high_areas) if classed else t.NOT_JUDGED,
            t.of_classed(classed, found.area_count, unit),
        ),
        (
            t.METRIC_MARKS,
            whole(found.siaga_areas) if classed or found.siaga_areas else t.NOT_JUDGED,
            t.marks_note(found.severe_areas, found.unverified_areas, found.thin_areas),
        ),
        (
            t.METRIC_SILENT,
            whole(unclassed),
            t.unclassed_note(found.silent_areas, found.unheard_areas, found.unclear_areas),
        ),
    )
    st.html(render("figures.html", look="", cards=cards))
    st.caption(f"{t.WEEK_INCOMPLETE} {counted(assessment.filters, dated=False)}")


def alerts(assessment: Assessment) -> None:
    """Say how many alerts there are and how many wait for an answer, with the way to them."""
    filters = assessment.filters
    places, trends, waiting = load_alerts.counted(filters)
    region = region_profile(filters.region_code)
    enough = load_alerts.day(filters.snapshot, filters.region_code, filters.end).enough_history
    with st.container(horizontal=True, vertical_alignment="center", key="ringkasan-peringatan"):
        told = t_alerts.summary_line(
            *(places, trends, waiting, unit_word(region), region.kind),
            hearing=assessment.hearing,
            enough_history=enough,
        )
        st.markdown(told, width="content")
        st.page_link("pages/situasi/peringatan.py", label=t_alerts.SUMMARY_LINK, width="content")


def top_five(assessment: Assessment) -> None:
    """Draw the five highest areas, each with its reasons in at most three sentences and the way to their rows."""
    st.subheader(t.TOP_FIVE)
    ranked = assessment.ranked.head(TOP)
    if ranked.empty:
        st.info(t.none_ranked(unit_word(region_profile(assessment.filters.region_code))))
        return
    why = load.reasons(assessment.filters, tuple(ranked["area_code"]))
    ranks = {row.area_code: row for row in records(load.ranks(assessment.filters), RankRange)}
    rows = []
    for row in records(ranked, RankedRow):
        risk, draws = class_of(row.class_index), ranks[row.area_code]
        place = rank_interval(row.rank, row.rank_last, row.rank_count, draws.rank_low, draws.rank_high)
        marks = [f"{mark.glyph} {mark.name}" for mark in marks_of(row)]
        words = " · ".join((f"Kec. {row.district_name}", risk.name, place, *marks))
        rows.append((risk, points(row.score), row.area_name, words, reasons_html(why[row.area_code])))
    st.html(render("reasoned.html", rows=rows))


def stages(election: Election | None, as_of: date) -> None:
    """Draw the election's stages with the running one marked and the days to vote; say so where none is in force."""
    st.subheader(t.STAGES_HEAD)
    if election is None:
        st.info(NONE_IN_FORCE_NOTE)
        st.page_link("pages/sumber_data/kalender.py", label=CALENDAR_TITLE)
        return
    running = election.stage_on(as_of)
    shown = [
        (
            _stage_state(stage, running, as_of),
            stage_name(stage),
            f"{period(stage.start, stage.end)} · {countdown(stage.start, election.voting_day)}",
        )
        for stage in election.shown_stages()
    ]
    st.html(render("stages.html", stages=shown))
    st.caption(plain(t.legal_source(election.legal_source)))


def message(assessment: Assessment) -> None:
    """Offer the situation of the day as a message: a button that copies it, and its text."""
    text = written(load.brief(assessment.filters))
    with st.expander(t_brief.HEAD):
        copy_button(text, key="ringkasan-salin")
        st.text(text)


def vintage(assessment: Assessment) -> None:
    """Say what the figures rest on: sources, placement, method, scale."""
    scheme = assessment.weights
    st.subheader(t.VINTAGE_HEAD)
    sources = source_line(assessment.state, placed_counts(load.incidents(assessment.filters)), assessment.roll)
    lines = (
        sources,
        method_line(scheme, assessment.scale.frozen_on, assessment.roll),
        t.weights_line(scheme.scheme, scheme.version, scheme.short_digest),
    )
    st.markdown("\n\n".join(map(plain, lines)))


def _stage_state(stage: Stage, running: Stage | None, as_of: date) -> str:
    """Tell whether a stage is over (superseded ones too), names the day, or is to come."""
    if stage is running:
        return "running now"
    return "coming" if stage.start > as_of else "past"
