"""Why an area stands where it does: at most three sentences, each with what leads to the rows behind it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from data.store.states import REJECTED, VERIFIED
from lib.filters import window_start
from lib.records import AreaRow, records
from lib.reports.completeness import UNHEARD
from lib.rules.taxonomy import taxonomy
from lib.score.answers import RECENT_DAYS, TOO_LITTLE, Assessment, events
from lib.score.frozen_scale import scored_categories
from lib.score.parts import on_goalposts, structural_key, structural_values
from lib.texts import score as t
from lib.texts.elections import NO_CHOICE
from lib.texts.sheet import CLASS_NAMES

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    _StatedByKey = Mapping[tuple[str, str], "_Stated"]

MOST_SENTENCES = 3
MOST_NEIGHBOURS = 3
MOST_INDICATORS = 2
LEAST_POINTS = 1.0
REPORTS, STATIONS, ALERTS, QUALITY = "laporan", "tps", "peringatan", "mutu"
Query = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Reason:
    """One sentence of an explanation.

    `kind` is a component of the score, ``kelas`` for why there is no class, or ``tanda`` for what is marked beside
    it; `points` are those of the component, else 0. `page` and `query` are the address of the rows behind it.
    """

    kind: str
    points: float
    sentence: str
    page: str
    query: Query


@dataclass(frozen=True, slots=True)
class _Stated:
    """What is known of an indicator: of TPS the counts, of an imported value its day."""

    area_code: str
    key: str
    value: float
    yes_count: int | None
    known_count: int | None
    observed_on: pd.Timestamp | None


@dataclass(frozen=True, slots=True)
class _Pressing:
    """The pressing events of an area; `newest_categories` are those in the window of the surprise.

    `of` counts all of its events in the window, whatever their category.
    """

    of: int
    count: int
    verified: int
    recent: int
    earlier: int
    last_on: pd.Timestamp
    last_category: str
    gravest_on: pd.Timestamp | None
    categories: tuple[str, ...]
    newest_categories: tuple[str, ...]


def why(assessment: Assessment, area_code: str, rows: pd.DataFrame) -> tuple[Reason, ...]:
    """Explain the score and marks of one area: three sentences, more only where more marks are to be told.

    The largest parts of the score come first, each with its points; the marks come after them and are never left out.
    An area without a class has one sentence that says why, then its marks. `rows`: the reports behind the score,
    those of the question `lib.score.answers.behind_score`; those of other areas do not matter.
    """
    found = reasons(assessment, rows[rows["area_code"] == area_code], [area_code])
    return found[area_code]


def reasons(
    assessment: Assessment, rows: pd.DataFrame, area_codes: Iterable[str] | None = None
) -> dict[str, tuple[Reason, ...]]:
    """Explain several areas, all of the assessment unless some are named; see `why`."""
    areas, structure = assessment.areas, assessment.structure
    if area_codes is not None:
        areas = areas[areas["area_code"].isin(list(area_codes))]
    pressing = _pressing(assessment, rows)
    values = structural_values(structure, areas["area_code"], assessment.weights)
    points = on_goalposts(values, assessment.weights.structural)
    stated = {
        (row.area_code, row.key): row
        for row in records(structure[structure["area_code"].isin(areas["area_code"])], _Stated)
    }
    return {
        row.area_code: _explain(assessment, row, pressing.get(row.area_code), points[number], stated)
        for number, row in enumerate(records(areas, AreaRow))
    }


def _explain(
    assessment: Assessment, row: AreaRow, pressing: _Pressing | None, points: np.ndarray, stated: _StatedByKey
) -> tuple[Reason, ...]:
    weights = assessment.weights
    marked = _marks(assessment, row, pressing)
    if row.class_index < 0:
        least = weights.completeness_minimum
        unclassed = {TOO_LITTLE: t.too_little(row.completeness, least), UNHEARD: t.UNHEARD}
        text = unclassed.get(row.unclassed, t.SILENT)
        return (Reason("kelas", 0.0, text, QUALITY, _query(assessment, row.district_name)), *marked)
    parts = sorted(((worth, component) for component, worth in row.part_points.items()), key=lambda part: -part[0])
    room = max(MOST_SENTENCES - len(marked), 1)
    told = [part for number, part in enumerate(parts) if number == 0 or part[0] >= LEAST_POINTS][:room]
    sentences = {
        "struktural": lambda: _structural(assessment, row, points, stated),
        "kejadian": lambda: _incident(assessment, row, pressing),
        "sekitar": lambda: _around(assessment, row),
        "lonjakan": lambda: _surprise(assessment, row, pressing),
    }
    found = []
    for contribution, component in told:
        text, page, query = sentences[component]()
        found.append(Reason(component, contribution, t.part_sentence(component, contribution, text), page, query))
    return (*found, *marked)


def _incident(assessment: Assessment, row: AreaRow, pressing: _Pressing | None) -> tuple[str, str, Query]:
    start = _window_start(assessment)
    query = _query(assessment, row.district_name, start=start, categories=pressing.categories if pressing else ())
    if pressing is None:
        return t.QUIET, REPORTS, query
    families = {family.code: family.name for family in taxonomy().families}
    text = t.incidents(
        pressing.count,
        pressing.verified,
        of=pressing.of,
        since=start,
        recent=t.recent_words(pressing.recent, pressing.earlier),
        family=families.get(row.top_family or "", t.PRIOR),
        last_on=pressing.last_on,
        last_category=taxonomy().category(pressing.last_category).name,
    )
    return text, REPORTS, query


def _surprise(assessment: Assessment, row: AreaRow, pressing: _Pressing | None) -> tuple[str, str, Query]:
    filters = assessment.filters
    start = window_start(filters.end, assessment.weights.surprise_window_days)
    text = t.surprise(
        int(row.surprise_count), row.surprise_expected, row.surprise_probability, start=start, end=filters.end
    )
    categories = pressing.newest_categories if pressing else ()
    return text, REPORTS, _query(assessment, row.district_name, start=start, categories=categories)


def _around(assessment: Assessment, row: AreaRow) -> tuple[str, str, Query]:
    neighbours = assessment.neighbours
    start = _window_start(assessment)
    if row.area_code in neighbours.without_polygon:
        return t.NEIGHBOURS_UNKNOWN, REPORTS, _query(assessment, row.district_name, start=start)
    position = neighbours.area_codes.index(row.area_code)
    matrix = neighbours.matrix
    beside = matrix.indices[matrix.indptr[position] : matrix.indptr[position + 1]]
    theta = assessment.region["theta"].to_numpy()
    prior = assessment.scale.scale
    usual = prior.prior_pressure / prior.prior_exposure
    pressed = [number for number in beside if theta[number] > usual]
    loudest = sorted(pressed, key=lambda number: (-theta[number], number))[:MOST_NEIGHBOURS]
    names = [str(assessment.region["area_name"].iloc[number]) for number in loudest]
    districts = [str(assessment.region["district_name"].iloc[number]) for number in loudest or [position]]
    return t.neighbours(names), REPORTS, _query(assessment, *dict.fromkeys(districts), start=start)


def _structural(
    assessment: Assessment, row: AreaRow, points: np.ndarray, stated: _StatedByKey
) -> tuple[str, str, Query]:
    indicators = assessment.weights.structural
    query = _query(assessment, row.district_name)
    known = np.isfinite(points)
    if not known.any():
        return t.STRUCTURE_UNKNOWN, QUALITY, query
    shares = np.array([indicator.weight for indicator in indicators])
    worth = np.nan_to_num(points) * shares
    largest = [number for number in np.argsort(-worth, kind="stable") if worth[number] > 0][:MOST_INDICATORS]
    facts, from_stations = [], False
    for number in largest:
        indicator = indicators[number]
        value = stated[row.area_code, structural_key(indicator)]
        if value.yes_count is not None and value.known_count is not None:
            from_stations = True
            facts.append(t.station_share(indicator.name, value.yes_count, value.known_count))
        elif value.observed_on is not None:
            facts.append(t.stated_value(indicator.name, value.value, value.observed_on.date()))
    text = t.structure(facts, unknown=int((~known).sum()), total=len(indicators))
    return text, STATIONS if from_stations or not facts else QUALITY, query


def _marks(assessment: Assessment, row: AreaRow, pressing: _Pressing | None) -> tuple[Reason, ...]:
    """Say what is marked beside the class, and who carries the area alone."""
    filters, weights = assessment.filters, assessment.weights
    here = _query(assessment, row.district_name)
    recent = _query(assessment, row.district_name, start=window_start(filters.end, weights.support_days))
    told = []
    if row.siaga:
        told.append((t.mark_alert(), ALERTS, here))
    if row.severe:
        start = window_start(filters.end, weights.severe_days)
        day = pressing.gravest_on if pressing and pressing.gravest_on else start
        told.append((t.mark_event(day), REPORTS, _query(assessment, row.district_name, start=start)))
    if row.unverified:
        withheld = -row.bagian_belum_diperiksa if row.class_index >= 0 else 0.0
        told.append((t.mark_unverified(withheld, weights.support_days), REPORTS, recent))
    if row.thin:
        told.append((t.mark_thin(row.reach_score, CLASS_NAMES[row.reach_class]), QUALITY, here))
    if row.carrier:
        text = t.carrier(row.carrier, row.carrier_kind, row.carrier_count, row.carrier_total, weights.support_days)
        told.append((text, REPORTS, recent))
    return tuple(Reason("tanda", 0.0, text, page, query) for text, page, query in told)


def _pressing(assessment: Assessment, rows: pd.DataFrame) -> dict[str, _Pressing]:
    """Count the events that press, by area."""
    filters, weights = assessment.filters, assessment.weights
    kept = events(rows)
    day = pd.to_datetime(kept["occurred_on"])
    keep = kept["area_code"].notna() & (kept["verification"] != REJECTED)
    keep &= day >= pd.Timestamp(_window_start(assessment))
    of = kept.loc[keep, "area_code"].value_counts()
    keep &= kept["category_code"].isin(scored_categories(weights))
    kept, day = kept[keep], day[keep]
    age_days = (pd.Timestamp(filters.end) - day).dt.days
    verified = kept["verification"].isin(VERIFIED)
    grave = verified & (kept["severity"] >= weights.severe_severity) & (age_days < weights.severe_days)
    table = pd.DataFrame(
        {
            "area_code": kept["area_code"],
            "count": 1,
            "verified": verified.astype(int),
            "recent": (age_days < RECENT_DAYS).astype(int),
            "earlier": age_days.between(RECENT_DAYS, 2 * RECENT_DAYS - 1).astype(int),
            "last_on": day,
            "gravest_on": day.where(grave),
            "last_category": kept["category_code"],
            "severity": kept["severity"],
        }
    ).sort_values(["last_on", "severity", "last_category"])
    newest = table["last_on"] >= pd.Timestamp(window_start(filters.end, weights.surprise_window_days))
    sums = table.groupby("area_code").agg(
        {"count": "sum", "verified": "sum", "recent": "sum", "earlier": "sum", "last_on": "max", "gravest_on": "max"}
        | {"last_category": "last"}
    )
    kinds = {"categories": _kinds(table), "newest_categories": _kinds(table[newest])}
    told = sums.assign(
        of=of.reindex(sums.index),
        **{
            name: pd.Series([of.get(str(code), ()) for code in sums.index], sums.index, dtype=object)
            for name, of in kinds.items()
        },
    )
    return dict(zip(map(str, told.index), records(told, _Pressing), strict=True))


def _kinds(table: pd.DataFrame) -> dict[str, tuple[str, ...]]:
    """List the categories of each area, in the order of their codes."""
    pairs = table[["area_code", "last_category"]].drop_duplicates().sort_values(["area_code", "last_category"])
    found: dict[str, tuple[str, ...]] = {}
    for area, category in zip(pairs["area_code"], pairs["last_category"], strict=True):
        found[area] = (*found.get(area, ()), category)
    return found


def _window_start(assessment: Assessment) -> date:
    return window_start(assessment.filters.end, assessment.weights.window_days)


def _query(
    assessment: Assessment, *districts: str, start: date | None = None, categories: tuple[str, ...] = ()
) -> Query:
    """Write the address that asks a page for the same question in some kecamatan, from a day on.

    `categories` are those of the rows behind a sentence. What the question chooses of categories and states is left
    out: the score rests on all of them.
    """
    filters = assessment.filters
    first = start or filters.start
    asked = [("masa", first.isoformat()), ("masa", filters.end.isoformat())]
    asked.append(("pemilihan", assessment.election.name if assessment.election else NO_CHOICE))
    asked += [("kategori", taxonomy().category(code).name) for code in categories]
    asked += [("kecamatan", name) for name in districts]
    if filters.as_it_was:
        asked.append(("seperti_pada", filters.as_it_was.isoformat()))
    return tuple(asked)
