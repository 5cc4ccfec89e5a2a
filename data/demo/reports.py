"""Reports of known incidents as offices write them: sentences, offices, states, and ordinary faults."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import shapely

from data.demo import scenario, wording
from data.demo.ground import Flags, Floats, Ground, Objects, Whole, to_degrees

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

UNDATED = -1
DISTRICT = "kecamatan"


@dataclass(frozen=True, slots=True)
class Known:
    """Events that became known, in the order of reporting."""

    # day, reported: shape (n,): whole days since the start; `UNDATED` where no report date was noted
    day: Whole
    reported: Whole
    points: Floats  # shape (n, 2): metres, NaN where the area has no polygon
    area: Whole  # shape (n,): number of the area it happened in, or near where `outside`
    outside: Flags  # shape (n,): whether the point lies in no area
    category: Objects  # shape (n,): codes


def import_rows(
    ground: Ground,
    known: Known,
    *,
    spared: Whole,
    start: date,
    end: date,
    seed: int,
    categories: Mapping[str, Sequence[str]],
    rng: np.random.Generator,
) -> pd.DataFrame:
    """Write known events as the rows of an import file.

    Parameters
    ----------
    ground
        The areas.
    known
        What to write, one row each.
    spared
        Areas that no faulty row may name: their few reports are meant to be few.
    start, end
        First and last day of the file.
    seed
        Part of every row's number, so that two simulations do not share numbers.
    categories
        Category code to texts of the same meaning.
    rng
        Source of all randomness.

    Returns
    -------
    incidents
        As `data.demo.incidents.simulate_incidents` returns them.
    """
    count = len(known.day)
    precision, placed = _precision(ground, known, spared, rng=rng)
    points = known.points.copy()
    at_middle = placed & (precision == "kelurahan")
    if at_middle.any():
        middles = shapely.point_on_surface(ground.polygons[known.area[at_middle]])
        points[at_middle] = shapely.get_coordinates(middles)
    points[~placed] = np.nan
    latitude, longitude = to_degrees(ground, points)

    stated = _stated_area(ground, known, spared, clear=placed & (precision == "titik"), rng=rng)
    codes, names = ground.codes[stated], ground.names[stated]
    codes[placed & (rng.random(count) < scenario.WITHOUT_AREA_CODE)] = ""
    codes[precision == DISTRICT] = names[precision == DISTRICT] = ""

    days = [(start + timedelta(days=int(day))).isoformat() for day in range((end - start).days + 1)]
    return pd.DataFrame(
        {
            "id_sumber": [f"SIM-{seed}-{number:05d}" for number in range(1, count + 1)],
            "tanggal_kejadian": [days[day] for day in known.day],
            "jam": _hours(known.category, rng=rng),
            "tanggal_laporan": ["" if day == UNDATED else days[day] for day in known.reported],
            "kategori": _category_texts(known.category, categories, rng=rng),
            "keparahan": _severity(known.category, rng=rng),
            "uraian": _sentences(known.category, rng=rng),
            "kode_kelurahan": codes,
            "kelurahan": names,
            "kecamatan": ground.district_names[stated],
            "lintang": latitude,
            "bujur": longitude,
            "presisi": precision,
            "sumber": _offices(known.category, rng=rng),
            "status": _states(known, last_day=len(days) - 1, rng=rng),
            "penanda": scenario.SIMULATED,
        }
    )


def _pick(probabilities: Floats, *, rng: np.random.Generator) -> Whole:
    """Draw one column per row by the row's probabilities."""
    upper = np.cumsum(probabilities, axis=1)
    picked: Whole = (rng.random((len(upper), 1)) * upper[:, -1:] >= upper).sum(axis=1)
    return picked


def _by_category(category: Objects, table: Mapping[str, tuple[float, ...]], usual: tuple[float, ...]) -> Floats:
    return np.array([table.get(code, usual) for code in category], dtype=float).reshape(-1, len(usual))


def _precision(ground: Ground, known: Known, spared: Whole, *, rng: np.random.Generator) -> tuple[Objects, Flags]:
    """Draw how precisely each row is placed, and whether it has coordinates."""
    count = len(known.day)
    shares = np.tile(scenario.PRECISION_SHARES, (count, 1))
    precision = np.array(scenario.PRECISIONS, dtype=object)[_pick(shares, rng=rng)]
    precision[known.outside] = "titik"
    placed = ground.drawn[known.area] & (known.outside | (rng.random(count) >= scenario.WITHOUT_COORDINATES))
    precision[~placed] = "kelurahan"
    vague = ~placed & ~np.isin(known.area, spared)
    vague &= rng.random(count) < scenario.DISTRICT_ONLY / scenario.WITHOUT_COORDINATES
    precision[vague] = DISTRICT
    return precision, placed


def _stated_area(ground: Ground, known: Known, spared: Whole, *, clear: Flags, rng: np.random.Generator) -> Whole:
    """Give the area each row names: its own, but for a few `clear` ones a near one, by mistake."""
    stated = known.area.copy()
    eligible = np.setdiff1d(np.flatnonzero(ground.drawn), spared)
    rows = np.flatnonzero(clear & ~known.outside & ~np.isin(known.area, spared))
    wrong = rng.permutation(rows)[: max(1, round(len(stated) / scenario.ROWS_PER_ODDITY))]
    for row in wrong:
        others = eligible[eligible != stated[row]]
        if len(others):
            distance = shapely.distance(shapely.Point(known.points[row]), ground.polygons[others])
            stated[row] = others[rng.choice(np.argsort(distance, kind="stable")[:4])]
    return stated


def _hours(category: Objects, *, rng: np.random.Generator) -> list[str]:
    """Draw hours to five minutes; some are not noted, some categories fall before dawn."""
    count = len(category)
    early = np.isin(category, list(scenario.BEFORE_DAWN)) & (rng.random(count) < scenario.BEFORE_DAWN_SHARE)
    hour = np.clip(np.where(early, rng.normal(4.5, 0.7, count), rng.normal(14.5, 4.0, count)), 0.0, 23.9)
    minutes = (hour * 12).astype(np.int64) * 5
    noted = rng.random(count) >= scenario.WITHOUT_HOUR
    return [
        f"{minute // 60:02d}:{minute % 60:02d}" if known else "" for minute, known in zip(minutes, noted, strict=True)
    ]


def _category_texts(
    category: Objects, categories: Mapping[str, Sequence[str]], *, rng: np.random.Generator
) -> list[str]:
    texts = []
    for code, chance, choice in zip(category, rng.random(len(category)), rng.random(len(category)), strict=True):
        synonyms = categories[code]
        other = synonyms and chance < scenario.SYNONYMS
        texts.append(synonyms[int(choice * len(synonyms))] if other else str(code))
    return texts


def _severity(category: Objects, *, rng: np.random.Generator) -> Whole:
    """Draw severities 1 to 4 by category and raise a fixed few of the gravest to 5."""
    severity = 1 + _pick(_by_category(category, scenario.SEVERITY, scenario.USUAL_SEVERITY), rng=rng)
    gravest = np.flatnonzero((severity == scenario.VIOLENT) & np.isin(category, list(scenario.GRAVE)))
    raised = min(scenario.MOST_GRAVEST, round(len(category) / scenario.ROWS_PER_GRAVEST))
    severity[rng.permutation(gravest)[:raised]] += 1
    return severity


def _sentences(category: Objects, *, rng: np.random.Generator) -> list[str]:
    sentences = []
    usual = wording.SENTENCES[scenario.OTHER]
    for code, choice, place in zip(category, *rng.random((2, len(category))), strict=True):
        known = wording.SENTENCES.get(code, usual)
        where = wording.PLACES[int(place * len(wording.PLACES))]
        sentences.append(f"{known[int(choice * len(known))].format(place=where)} {wording.MARK}")
    return sentences


def _offices(category: Objects, *, rng: np.random.Generator) -> Objects:
    shares = _by_category(category, scenario.OFFICE_SHARES, scenario.USUAL_OFFICES)
    return np.array(scenario.OFFICES, dtype=object)[_pick(shares, rng=rng)]


def _states(known: Known, *, last_day: int, rng: np.random.Generator) -> Objects:
    """Draw how far each report was checked: of recent ones more are still new."""
    age = last_day - np.where(known.reported == UNDATED, known.day, known.reported)
    new = 0.25 + np.exp(-age / 10.0)
    new = np.minimum(new * scenario.NEW_SHARE / new.mean(), 0.95)
    shares = np.column_stack([new, (1.0 - new)[:, None] * scenario.SETTLED_SHARES])
    return np.array([scenario.NEW, *scenario.SETTLED], dtype=object)[_pick(shares, rng=rng)]
