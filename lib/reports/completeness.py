"""How complete the reports are: who reported when and where, how late, and whose silence is unusual."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import pandas as pd

from data.store import queries
from lib.analysis.completeness import silence_probability
from lib.reports.delays import CATEGORY, JUDGED, delays
from lib.reports.matrix import WEEK, area_weeks, report_matrix, reports_heard
from lib.rules.completeness import completeness_rules

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from datetime import date

    from data.store.lake import Lake
    from lib.reports.matrix import Heard
    from lib.rules.completeness import CompletenessRules

HEARD_WEEKS = 4
UNHEARD, QUIET, THINNED = "tidak_terdengar", "sepi", "menipis"


@dataclass(frozen=True, slots=True)
class Headline:
    """What leaders ask first about the reports."""

    # heard_count, area_count: areas with a report about any of the last four weeks, and all areas
    heard_count: int
    area_count: int
    # expected_count, received_count: sources x areas awaited in the newest week, and those that came
    expected_count: int
    received_count: int
    # expected_before, received_before: the same of the earlier weeks of the matrix together
    expected_before: int
    received_before: int
    # the area whose last report is oldest: a row of `areas` joined with its silence; None where nothing was ever
    # heard
    longest: dict[str, Any] | None
    never: tuple[str, ...]  # names of the areas nothing was heard of within the history
    # median_days, percentile_90_days: delay of all categories; None where a judgement stands in for it
    median_days: int | None
    percentile_90_days: int | None
    complete_until: date  # the newest day whose reports are complete enough


@dataclass(frozen=True, slots=True)
class Completeness:
    """How complete a region's reports are, as known on `as_of`; weeks end on that day and every seventh before.

    A week's cell counts what is known *about* the week: incidents that happened in it, and nil reports whose
    period touches it. Ages and silences count the days on which reports *came in*. Every report counts here,
    whatever its category and whether or not it was found true: its source was there.
    """

    region_code: str
    as_of: date
    # one row for each area, week and source that reported on the area in the weeks of the matrix or in those that
    # expectation looks back on; an area without any has one row a week with an empty source_name. area_code,
    # area_name, district_code, district_name, week_end, source_name, incident_count, nil_count, expected (the source
    # was awaited), received (awaited, and came)
    matrix: pd.DataFrame
    # one row for each area, those without a polygon included: area_code, area_name, district_code, district_name,
    # last_incident_on, last_nil_on (days of reporting), last_report_on, age_days; missing where nothing came in
    # within the history
    areas: pd.DataFrame
    # one row for each source heard of in the history: source_name, last_report_on, age_days, and over all areas and
    # weeks of the matrix expected_count, received_count, and the same of the newest week (expected_now, received_now)
    sources: pd.DataFrame
    # area_silences, source_silences: as from `silences`, one row for each area or source ever heard of; the key is
    # area_code or source_name
    area_silences: pd.DataFrame
    source_silences: pd.DataFrame
    delays: pd.DataFrame  # as from `lib.reports.delays.delays`


def completeness(lake: Lake, region_code: str, *, as_of: date) -> Completeness:
    """Judge how complete the reports of a region are, by what was known on a day."""
    rules = completeness_rules(region_code)
    areas = queries.area_names(lake, region_code)
    heard = reports_heard(lake, region_code, as_of=as_of)
    matrix = report_matrix(areas, heard, rules)
    return Completeness(
        region_code=region_code,
        as_of=as_of,
        matrix=matrix,
        areas=_last_reports(areas, heard),
        sources=_sources(matrix, heard),
        area_silences=silences(heard.by_area, "area_code", rules, as_of=as_of),
        source_silences=silences(heard.by_source, "source_name", rules, as_of=as_of),
        delays=delays(heard.incidents, region_code, as_of=as_of),
    )


def in_districts(found: Completeness, district_codes: Collection[str]) -> Completeness:
    """Keep the areas of some districts; none named means all. Sources and delays stay those of the region."""
    if not district_codes:
        return found
    areas = found.areas[found.areas["district_code"].isin(district_codes)].reset_index(drop=True)
    codes = areas["area_code"]
    return replace(
        found,
        areas=areas,
        matrix=found.matrix[found.matrix["area_code"].isin(codes)].reset_index(drop=True),
        area_silences=found.area_silences[found.area_silences["area_code"].isin(codes)].reset_index(drop=True),
    )


def headline(found: Completeness) -> Headline:
    """Sum up how complete the reports are."""
    weekly = area_weeks(found.matrix)
    newest = weekly["week_end"] == pd.Timestamp(found.as_of)
    recent = weekly["week_end"] > pd.Timestamp(found.as_of) - pd.Timedelta(weeks=HEARD_WEEKS)
    any_report = weekly["incident_count"] + weekly["nil_count"] > 0
    counts = ["expected_count", "received_count"]
    expected, received = (int(count) for count in weekly.loc[newest, counts].sum())
    expected_before, received_before = (int(count) for count in weekly.loc[~newest, counts].sum())
    heard = found.areas[found.areas["age_days"].notna()]
    joined = heard.merge(found.area_silences.drop(columns="last_report_on"), on="area_code")
    oldest = joined.sort_values(["age_days", "area_code"], ascending=[False, True]).head(1).to_dict("records")
    overall = found.delays.iloc[0]
    known = overall["basis"] != JUDGED
    return Headline(
        heard_count=int(weekly[recent & any_report]["area_code"].nunique()),
        area_count=len(found.areas),
        expected_count=expected,
        received_count=received,
        expected_before=expected_before,
        received_before=received_before,
        longest={str(name): value for name, value in oldest[0].items()} if oldest else None,
        never=tuple(found.areas.loc[found.areas["age_days"].isna(), "area_name"]),
        median_days=int(overall["median_days"]) if known else None,
        percentile_90_days=int(overall["percentile_90_days"]) if known else None,
        complete_until=overall["complete_until"],
    )


def silences(heard: pd.DataFrame, key: str, rules: CompletenessRules, *, as_of: date) -> pd.DataFrame:
    """Judge how unusual the present silence of each area or source is; see `silence_probability`.

    A nil report ends a silence as an incident does: somebody looked and said so. A day counts once however
    many reports came on it, since several reports of one crowd do not tell how often a place is heard of. The
    usual rate is that of the weeks before the last report, as far as the region's reports reach back.

    Parameters
    ----------
    heard
        Columns `key` and reported_on, one row for each report.

    Returns
    -------
    table
        Longest odds first: `key`, last_report_on, silent_weeks, usual_rate (days with a report a week; missing
        without any week before the last report), baseline_weeks, probability, unusual.
    """
    days = heard.drop_duplicates([key, "reported_on"])
    last = days.groupby(key)["reported_on"].max()
    before = (days.groupby(key)["reported_on"].transform("max") - days["reported_on"]).dt.days
    counted = before.between(1, rules.silence_baseline_weeks * WEEK)
    count = days[counted].groupby(key).size().reindex(last.index, fill_value=0)
    baseline = ((last - days["reported_on"].min()).dt.days / WEEK).clip(upper=rules.silence_baseline_weeks)
    silent = (pd.Timestamp(as_of) - last).dt.days / WEEK
    probability = silence_probability(count, baseline, silent, prior=rules.silence_prior)
    table = pd.DataFrame(
        {
            "last_report_on": last,
            "silent_weeks": silent,
            "usual_rate": count / baseline.where(baseline > 0),
            "baseline_weeks": baseline,
            "probability": probability,
            "unusual": probability < rules.silence_probability,
        }
    ).reset_index()
    return table.sort_values(["probability", key], ignore_index=True)


def complete_until(lake: Lake, region_code: str, *, as_of: date, category: str | None = None) -> date:
    """Give the newest day whose reports are complete enough: of one category, or of all.

    Later days up to `as_of` are "belum lengkap". This is the one truth for every chart and table.
    """
    table = delays(reports_heard(lake, region_code, as_of=as_of).incidents, region_code, as_of=as_of)
    if category is not None:
        own = table[(table["scope"] == CATEGORY) & (table["code"] == category)]
        table = own if len(own) else table
    day: date = table["complete_until"].iloc[0]
    return day


def incomplete_days(lake: Lake, region_code: str, *, as_of: date) -> int:
    """Count the last days, `as_of` included, whose reports of all categories are not complete yet."""
    return (as_of - complete_until(lake, region_code, as_of=as_of)).days


def known_quiet(lake: Lake, region_code: str, *, as_of: date) -> pd.DataFrame:
    """List the areas that a nil report of the last days covers, without those that have fallen silent since.

    Columns: area_code, sorted. The report's period need only touch the days; a silence that is unusual for the
    area outweighs it.
    """
    rules = completeness_rules(region_code)
    nil = queries.nil_reports(lake, region_code, since=rules.first_day(as_of), as_of=as_of)
    recent = nil[nil["period_end"] > pd.Timestamp(as_of) - pd.Timedelta(days=rules.quiet_days)]
    codes = recent["area_code"].drop_duplicates().sort_values(ignore_index=True)
    if codes.empty:
        return codes.to_frame()
    heard = reports_heard(lake, region_code, as_of=as_of)
    silent = silences(heard.by_area, "area_code", rules, as_of=as_of)
    return codes[~codes.isin(silent.loc[silent["unusual"], "area_code"])].to_frame().reset_index(drop=True)


def hearing(lake: Lake, region_code: str, *, as_of: date) -> pd.DataFrame:
    """Tell which areas are not heard, or less than usual, on a day; see `hearing_of`."""
    codes = queries.area_names(lake, region_code)["area_code"]
    heard = reports_heard(lake, region_code, as_of=as_of)
    return hearing_of(codes, heard, completeness_rules(region_code))


def hearing_of(area_codes: Iterable[str], heard: Heard, rules: CompletenessRules) -> pd.DataFrame:
    """List the areas whose reports have stopped or become fewer.

    An area is *unheard*: nothing that was sent tells how it stands now. Its own silence, or that of its whole
    kecamatan, is improbable by the reports of some weeks before it; or its newest report is older than the rules
    allow; or the newest of the whole region is. It is *silent* where its kecamatan sent nothing in the last days,
    though that may be chance; and *thinned* where the kecamatan sent clearly less than usual (`thinned_districts`).
    A nil report is a report. An area of which nothing was ever heard cannot stop: it is never unheard.

    Columns: area_code, sorted, and state, the gravest that holds.
    """
    codes = sorted(area_codes)
    newest = heard.by_source["reported_on"].max()
    states: dict[str, str] = {}
    if pd.notna(newest):
        own = silences(heard.by_area, "area_code", rules, as_of=heard.as_of)
        around = silences(heard.by_district, "district_code", rules, as_of=heard.as_of)
        stopped = (pd.Timestamp(heard.as_of) - newest).days > rules.unheard_region_days
        too_old = own["silent_weeks"] * WEEK > rules.unheard_area_days
        quiet = around["silent_weeks"] * WEEK >= rules.thin_days
        # A few days of many reports tell of a burst, not of what is usual.
        improbable, gone_around = (
            table["unusual"] & (table["baseline_weeks"] >= rules.expected_weeks) for table in (own, around)
        )
        gone = {*own.loc[improbable | too_old, "area_code"], *around.loc[gone_around, "district_code"]}
        ever = frozenset(own["area_code"])
        silent, thinned = set(around.loc[quiet, "district_code"]), thinned_districts(heard, rules)
        for code in codes:
            if code in ever and (stopped or code in gone or code[:8] in gone):
                states[code] = UNHEARD
            elif code[:8] in silent:
                states[code] = QUIET
            elif code[:8] in thinned:
                states[code] = THINNED
    return pd.DataFrame({"area_code": list(states), "state": list(states.values())}, dtype=object)


def thinned_districts(heard: Heard, rules: CompletenessRules) -> frozenset[str]:
    """Name the kecamatan that sent clearly less in the last days than they usually do.

    Usual is what the kecamatan sent in the weeks before, by the day, times the median of all kecamatan's change: a
    rise or a calm of the whole region thins nobody, nor does a crowd of reports from one of them. Less is clear
    beyond half of `thin_share`, midway between all reports and those that are left when so many are missing.
    """
    nil = heard.nil.assign(district_code=heard.nil["area_code"].str.slice(0, 8), report_count=1)
    nil = nil.drop_duplicates(["district_code", "import_id", "line_number"])
    parts = (heard.incidents[heard.incidents["district_code"].notna()], nil)
    sent = pd.concat([part[["district_code", "reported_on", "report_count"]] for part in parts], ignore_index=True)
    age_days = (pd.Timestamp(heard.as_of) - sent["reported_on"]).dt.days
    recent = age_days < rules.thin_days
    before = ~recent & (age_days < rules.thin_days + rules.expected_weeks * WEEK)
    now, usual = (sent[chosen].groupby("district_code")["report_count"].sum() for chosen in (recent, before))
    change = now.reindex(usual.index, fill_value=0) / usual
    return frozenset(change.index[change < (1.0 - rules.thin_share / 2.0) * change.median()])


def _last_reports(areas: pd.DataFrame, heard: Heard) -> pd.DataFrame:
    incident, nil = (
        rows.groupby("area_code")["reported_on"].max().reindex(areas["area_code"]).to_numpy()
        for rows in (heard.incidents, heard.nil)
    )
    table = areas.assign(last_incident_on=incident, last_nil_on=nil)
    newest = table[["last_incident_on", "last_nil_on"]].max(axis=1)
    return table.assign(last_report_on=newest, age_days=_age(newest, heard.as_of))


def _sources(matrix: pd.DataFrame, heard: Heard) -> pd.DataFrame:
    last = heard.by_source.groupby("source_name")["reported_on"].max()
    now = matrix["week_end"] == pd.Timestamp(heard.as_of)
    counted = pd.DataFrame(
        {
            "expected_count": matrix["expected"],
            "received_count": matrix["received"],
            "expected_now": matrix["expected"] & now,
            "received_now": matrix["received"] & now,
        }
    )
    sums = counted.astype("int64").groupby(matrix["source_name"]).sum().reindex(last.index, fill_value=0)
    table = pd.DataFrame({"last_report_on": last, "age_days": _age(last, heard.as_of)}).join(sums)
    return table.reset_index()


def _age(days: pd.Series[Any], as_of: date) -> pd.Series[Any]:
    age: pd.Series[Any] = (pd.Timestamp(as_of) - days).dt.days.astype("Int64")
    return age
