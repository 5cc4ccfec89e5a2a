"""The forecast page: what is expected in words, until voting day, in each area, and what it is made of."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import streamlit as st

from data.errors import LakeError
from lib.indonesian import MISSING
from lib.output import forecast_charts
from lib.output.forecast_tables import area_table, forecast_csv, told_path
from lib.output.html import render
from lib.people.actor import May
from lib.proposals.deeds import Waiting
from lib.records import ForecastRow, IssueRow, records
from lib.region.panels import ALL, group_names
from lib.rules.forecasts import forecast_rules
from lib.rules.regions import region_profile
from lib.texts import forecasts as t
from lib.texts.errors import sentence
from lib.texts.proposals import EYES, waiting
from lib.ui.frame import choice as buttons
from lib.ui.frame.downloads import csv_download
from lib.ui.frame.plain_text import plain
from lib.ui.frame.rights import allowed
from lib.ui.load import forecasts as load_forecasts
from lib.ui.load import store as load
from lib.ui.load.eyes import eyes
from lib.warnings.forecasts import HORIZONS_DAYS
from lib.warnings.issues import FORECAST

if TYPE_CHECKING:
    import pandas as pd

    from lib.filters import Filters
    from lib.warnings.forecasts import Forecasts

CHART = {"displayModeBar": False}
SHOWN_PARTS = 10
SAID_PARTS = 3
SHOWN_ISSUES = 6
MESSAGE = "ramalan-pesan"


@dataclass(frozen=True, slots=True, eq=False)
class Choice:
    """What a reader chose, and which forecast is the main one: ours, or the plain mean where ours is no better."""

    group_code: str
    horizon_days: int
    skill_sentence: str  # how good forecasts of areas were
    total_sentence: str  # how good those of the region's total were; `total_line` in one line of a slide
    total_line: str
    plain: bool

    def of(self, found: Forecasts) -> tuple[pd.DataFrame, pd.DataFrame]:
        """Give the areas and the region of the main forecast, all groups and horizons."""
        if self.plain:
            return found.plain_areas, found.plain_region
        return found.areas, found.region


def choose(filters: Filters) -> Choice:
    """Ask for group and horizon; the choice stands in the address."""
    names = {name: code for code, name in group_names().items()}
    horizons = {t.HORIZON_NAMES[days]: days for days in HORIZONS_DAYS}
    with st.container(horizontal=True, gap="large", vertical_alignment="bottom"):
        group = st.selectbox(t.GROUP_CHOICE, list(names), key="kelompok", bind="query-params", width=320)
        horizon_days = buttons.choice(t.HORIZON_CHOICE, horizons, key="jangka")
    with st.spinner(t.WEIGHING):
        return main_forecast(filters, names[group], horizon_days)


def main_forecast(filters: Filters, group_code: str, horizon_days: int) -> Choice:
    """Choose between our forecast and the plain mean by what they were worth in past weeks."""
    past = load_forecasts.past(filters, group_code, horizon_days)
    if past is None:
        return Choice(
            group_code, horizon_days, t.NO_SKILL, total_sentence="", total_line=t.SLIDE_NO_SKILL, plain=False
        )
    weeks, (low, high) = len(past.origins), past.skill_interval
    plain = not low > 0
    return Choice(
        group_code,
        horizon_days,
        t.skill_sentence(weeks, past.skill, low, high),
        total_sentence=t.total_quality(past.total, plain=plain) if past.total else "",
        total_line=t.slide_total_quality(past.total, plain=plain) if past.total else "",
        plain=plain,
    )


def headline_row(found: Forecasts, choice: Choice) -> ForecastRow:
    """Give the chosen group and horizon of the whole region."""
    _, region = choice.of(found)
    return next(records(_at(region, choice.group_code, choice.horizon_days), ForecastRow))


def headline(found: Forecasts, choice: Choice) -> None:
    """Say in a sentence what is expected of the region, and how good such sentences were."""
    row = headline_row(found, choice)
    kind = region_profile(found.region_code).kind
    group = None if choice.group_code == ALL else group_names()[choice.group_code]
    wide = forecast_rules(found.region_code).too_wide(row.low_80, row.high_80)
    words = t.headline(choice.horizon_days, row.mean, row.low_80, row.high_80, kind=kind, group=group, wide=wide)
    st.markdown(f"### {words}")
    if stopped := t.stopped(found.last_reported_on, found.as_of):
        st.warning(f"**{stopped[0].upper()}{stopped[1:]}.**")
    if choice.total_sentence:
        st.markdown(choice.total_sentence)
    if found.baseline_only:
        st.warning(t.TOO_SHORT)
    if choice.plain:
        st.warning(choice.skill_sentence)
    else:
        st.markdown(choice.skill_sentence)


def until_vote(found: Forecasts, choice: Choice) -> None:
    """Draw the region until voting day, as far as its intervals say anything."""
    _, region = choice.of(found)
    path = region[(region["group_code"] == ALL) & (region["horizon_days"] <= (found.last_day - found.as_of).days)]
    if path.empty:
        return
    st.subheader(t.PATH_HEAD)
    told = told_path(path, forecast_rules(found.region_code))
    if told.empty:
        st.markdown(t.path_too_far(found.last_day, found.voting_day))
        return
    end = next(records(told.tail(1), ForecastRow))
    last = found.as_of + timedelta(days=int(told["horizon_days"].iloc[-1]))
    wide = len(told) < len(path)
    st.markdown(t.path_sentence(last, found.voting_day, end.mean, end.low_80, end.high_80, wide=wide))
    st.plotly_chart(
        forecast_charts.path_chart(found, told),
        height=360,
        config=CHART,
        alt=forecast_charts.describe(found, told),
        key=f"ramalan-kota-{choice.plain}",
    )
    st.caption(t.PATH_NOTE)


def areas(found: Forecasts, choice: Choice, filters: Filters) -> None:
    """Draw the table of areas, the highest forecast first."""
    st.subheader(t.AREAS_HEAD)
    rows = _ranked(found, choice, filters)
    table = area_table(rows, forecast_rules(found.region_code))
    shown = table if table["catatan"].any() else table.drop(columns="catatan")
    st.dataframe(
        shown, column_config=dict(t.AREA_COLUMNS), hide_index=True, placeholder=MISSING, key="ramalan-wilayah"
    )
    st.caption(t.areas_note(rows["mean"].sum(), found.unplaced_count))
    st.caption(t.SILENCE_NOTE)
    simulated = load.state(filters.snapshot, filters.region_code).simulated
    csv_download(t.DOWNLOAD, lambda: forecast_csv(found, simulated=simulated), "ramalan", filters)


def parts(found: Forecasts, choice: Choice, filters: Filters) -> None:
    """Draw what the highest forecasts are made of, and say it for one area in words."""
    st.subheader(t.PARTS_HEAD)
    if choice.plain:
        st.caption(t.PLAIN_HAS_NO_PARTS)
        return
    rows = _ranked(found, choice, filters)
    st.plotly_chart(
        forecast_charts.parts_chart(rows.head(SHOWN_PARTS)),
        height=400,
        config=CHART,
        alt=t.parts_alternative(min(SHOWN_PARTS, len(rows))),
        key="ramalan-susunan",
    )
    said = rows.head(SAID_PARTS)
    sentences = [
        t.parts_sentence(name, mean, dict(zip(t.PART_NAMES, parts, strict=True)))
        for name, mean, *parts in zip(*(said[name] for name in ("area_name", "mean", *t.PART_NAMES)), strict=True)
    ]
    st.html(render("list.html", look="petadini-silences", lines=sentences))


def limits() -> None:
    """Say what no such forecast can see."""
    st.subheader(t.LIMITS_HEAD)
    st.markdown("\n".join(f"- {line}" for line in t.LIMITS))


def publishing(found: Forecasts, filters: Filters) -> None:
    """Offer to freeze the forecasts, and list what was frozen."""
    st.subheader(t.PUBLISH_HEAD)
    with st.container():
        text = st.session_state.pop(MESSAGE, None)
        if text:
            st.success(text)
    if not load_forecasts.newest(filters):
        st.caption(t.PAST_STATE)
    elif allowed(May.JUDGE, filters.region_code) and st.button(
        t.PUBLISH, help=f"{t.PUBLISH_HELP} {EYES[eyes(filters.region_code).why]}", key="ramalan-terbitkan"
    ):
        try:
            with st.spinner(t.PUBLISHING):
                made = load_forecasts.publish(filters)
        except LakeError as error:
            st.error(plain(sentence(error)))
        else:
            told = waiting(made.proposal_id) if isinstance(made, Waiting) else t.published(found.as_of)
            st.session_state[MESSAGE] = told
            st.rerun()
    issues = load_forecasts.issued(filters.snapshot, filters.region_code, FORECAST)
    if issues.empty:
        st.caption(t.NOT_ISSUED)
        return
    zone = ZoneInfo(region_profile(filters.region_code).time_zone)
    shown = issues.iloc[::-1].head(SHOWN_ISSUES)
    for issue, revision in zip(records(shown, IssueRow), shown["revision"], strict=True):
        st.caption(
            t.issued_line(
                issue.as_of,
                issue.recorded_at.replace(tzinfo=ZoneInfo("UTC")).astimezone(zone),
                plain(issue.actor),
                issue.row_count,
                issue.sha256,
                revision=revision,
                late=(issue.issued_on - issue.as_of).days > 1,
            )
        )


def _at(rows: pd.DataFrame, group_code: str, horizon_days: int) -> pd.DataFrame:
    return rows[(rows["group_code"] == group_code) & (rows["horizon_days"] == horizon_days)]


def _ranked(found: Forecasts, choice: Choice, filters: Filters) -> pd.DataFrame:
    """Give the areas of the chosen kecamatan, highest first; equal ones by code."""
    of_areas, _ = choice.of(found)
    rows = _at(of_areas, choice.group_code, choice.horizon_days)
    if filters.district_codes:
        rows = rows[rows["district_code"].isin(filters.district_codes)]
    return rows.sort_values(["mean", "area_code"], ascending=[False, True], ignore_index=True)
