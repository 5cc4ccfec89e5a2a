"""Find the kelurahan that a row states, by code and names together."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from difflib import get_close_matches
from functools import cache, partial
from typing import TYPE_CHECKING

import numpy as np

from data.sort.stated_place import Place
from geo import codes
from lib.indonesian import decimal
from lib.records import AreaName, records

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    import pandas as pd
    from numpy.typing import NDArray

TAKEN_SIMILARITY = 0.9  # so alike, and no other nearly so: one place in two spellings
ASKED_SIMILARITY = 0.75  # from here a person is asked
CLEAR_LEAD = 0.05  # the next best name must be less alike by this
_LIKELY_SIMILARITY = 0.7  # worth showing beside a name that is not found
_MOST_LIKELY = 3
_LETTER_BINS = 32
_SHOWN_CHARACTERS = 100
_KAMPUNG = "kampung"  # part of some names, put before others in speech


@dataclass(frozen=True, slots=True)
class _NameIndex:
    """How a normalised text is looked for: names that may be meant with their likeness, and names to show."""

    similar: Callable[[str], Mapping[str, float]]
    likely: Callable[[str], Sequence[str]]


@dataclass(frozen=True, slots=True)
class _Area:
    code: str
    name: str
    normal: str
    district_code: str
    district_normal: str
    numbered: bool  # one of several names that differ in their numeral alone


@dataclass(frozen=True, slots=True)
class _Gazetteer:
    """The names of a region, as they are looked up."""

    region_code: str
    region_bps_code: str | None
    bps_codes: bool
    areas: Mapping[str, _Area]
    by_name: Mapping[str, Sequence[_Area]]
    districts: Mapping[str, tuple[str, str]]  # by normal name: code and official name
    area_names: _NameIndex
    district_names: _NameIndex
    answers: Mapping[tuple[str, str], str | None]


def place_resolver(
    areas: pd.DataFrame,
    *,
    region_code: str,
    region_bps_code: str | None,
    answers: Mapping[tuple[str, str], str | None] | None = None,
    code_system: str = "kemendagri",
) -> Callable[[str | None, str | None, str | None], Place]:
    """Make the function that turns stated code, kelurahan name and kecamatan name into a place.

    A code must exist in the region, and the name beside it must be that area's. Without a code, name and kecamatan
    decide together: the likeness of an area is that of its name or of its kecamatan's, whichever is less (see
    `geo.codes.name_similarity`). At `TAKEN_SIMILARITY` it is taken, if no other comes within `CLEAR_LEAD`; from
    `ASKED_SIMILARITY` it is put to a person (``name_question``), and so is a name that is only like one of several
    that differ in their numeral ("Lambur n": Lambur, I or II?); below it is not found. An equal name goes before all
    alike ones, and two areas of one name are never taken for one: without a kecamatan they are ambiguous.

    The function gives a `Place` with the area, with the district only (kecamatan alone was stated), with neither
    (nothing was stated), or with a fault. ``note`` says how a code's form was mended (`geo.codes.StatedCode`), that a
    name was taken by likeness (``name_alike``) or by a person's answer (``name_answered``), or that a code of BPS was
    passed over (``code_bps``); ``confidence`` is the likeness then, 1 where nothing is uncertain.

    Parameters
    ----------
    areas
        Columns area_code, area_name, district_code, district_name.
    answers
        What a person said about name and kecamatan as written ("" where not stated): the code of an area, or of
        a district where no name was stated, or None for none of the region's. They go before any likeness, and
        never before a code. Codes that are not of the region answer nothing.
    code_system
        ``kemendagri``: a code of BPS is a fault. ``bps``: the file's codes are of BPS and are not looked at, for
        the same digits mean other places there; the names beside them decide.
    """
    rows = list(records(areas, AreaName))
    normal = {row.area_code: codes.normalise_name(row.area_name) for row in rows}
    stems = Counter(name.partition(" ")[0] for name in set(normal.values()))
    listed = [
        _Area(
            code=row.area_code,
            name=row.area_name,
            normal=normal[row.area_code],
            district_code=row.district_code,
            district_normal=codes.normalise_name(row.district_name),
            numbered=stems[normal[row.area_code].partition(" ")[0]] > 1,
        )
        for row in rows
    ]
    by_name: dict[str, list[_Area]] = {}
    for area in listed:
        by_name.setdefault(area.normal, []).append(area)
    districts = {codes.normalise_name(row.district_name): (row.district_code, row.district_name) for row in rows}
    gazetteer = _Gazetteer(
        region_code=region_code,
        region_bps_code=region_bps_code,
        bps_codes=code_system == "bps",
        areas={area.code: area for area in listed},
        by_name=by_name,
        districts=districts,
        area_names=_name_index(tuple(by_name)),
        district_names=_name_index(tuple(districts)),
        answers=answers or {},
    )
    return partial(_resolve, gazetteer)


def _resolve(gazetteer: _Gazetteer, code: str | None, area: str | None, district: str | None) -> Place:
    if code:
        return _by_code(gazetteer, code, area, district, written=area)
    if area and codes.normalise_name(area) not in gazetteer.by_name and codes.read_code(area).name:
        return _by_code(gazetteer, area, None, district, written=area)  # a number is glued to the name
    if area:
        return _by_name(gazetteer, area, district, written=area)
    return _by_district(gazetteer, district) if district else Place()


def _by_code(
    gazetteer: _Gazetteer, text: str, area: str | None, district: str | None, *, written: str | None
) -> Place:
    stated = codes.read_code(text)
    name = area or stated.name
    if gazetteer.bps_codes and name:
        return _noted(_by_name(gazetteer, name, district, written=written), "code_bps")
    if stated.code is None and stated.note and name:
        return _noted(_by_name(gazetteer, name, district, written=written), stated.note)
    known = gazetteer.areas.get(stated.code or "")
    if known is None or stated.from_bps or gazetteer.bps_codes:
        return _refused_code(gazetteer, stated, text)
    if name and _likeness(gazetteer, name, known.normal) < codes.SAME_NAME_SIMILARITY:
        return Place(rule="code_name", facts=f"{known.code} {known.name}")
    return _taken(known, 1, stated.note)


def _refused_code(gazetteer: _Gazetteer, stated: codes.StatedCode, text: str) -> Place:
    """Say why a code is none of the region's."""
    if stated.code is None:
        return Place(rule=stated.fault or "code_form", facts=text[:_SHOWN_CHARACTERS])
    digits = stated.code.replace(".", "")
    if stated.from_bps or gazetteer.bps_codes:
        return Place(rule="code_bps", facts=digits[:4])
    bps = gazetteer.region_bps_code
    # Where both systems have one prefix for the region, it does not tell them apart.
    if bps and digits.startswith(bps) and not stated.code.startswith(gazetteer.region_code):
        return Place(rule="code_bps", facts=bps)
    rule = "code_unknown" if stated.code.startswith(gazetteer.region_code) else "code_elsewhere"
    return Place(rule=rule, facts=gazetteer.region_code)


def _by_name(gazetteer: _Gazetteer, area: str, district: str | None, *, written: str | None) -> Place:
    """Find an area by its name; `written` is the cell for names, without which nothing can be asked about it."""
    answered = gazetteer.answers.get((written, district or ""), "") if written else ""
    if answered is not None and (known := gazetteer.areas.get(answered)):
        return _taken(known, 1, "name_answered")
    by_district: Mapping[str, float] | None = None
    if district:
        by_district = gazetteer.district_names.similar(codes.normalise_name(district))
        if not by_district:
            return _unknown_district(gazetteer, district)
    ranked = _ranked(gazetteer, area, by_district) if answered is not None else []
    if not ranked:
        likely = gazetteer.area_names.likely(codes.normalise_name(area))
        return Place(rule="name_unknown", facts=", ".join(gazetteer.by_name[name][0].name for name in likely))
    return _decided(ranked, asked=bool(written))


def _decided(ranked: Sequence[tuple[float, _Area]], *, asked: bool) -> Place:
    """Take the most alike area, put it to a person if one can be asked, or refuse to choose."""
    best, found = ranked[0]
    rivals = [other for similarity, other in ranked[1:] if _rivals(best, similarity)]
    if rivals:
        return Place(rule="name_ambiguous", facts=", ".join(sorted(area.code for area in (found, *rivals))))
    if best == 1 or (best >= TAKEN_SIMILARITY and not found.numbered):
        return _taken(found, best, None if best == 1 else "name_alike")
    if asked:
        return Place(rule="name_question", facts=f"{found.code} {found.name} ({decimal(best, 2)})")
    return Place(rule="name_unknown", facts=found.name)


def _taken(area: _Area, confidence: float, note: str | None) -> Place:
    return Place(
        area_code=area.code, district_code=area.district_code, note=note, confidence=confidence if note else None
    )


def _rivals(best: float, other: float) -> bool:
    """Tell whether a less alike name stands in the way of a better one; an equal name beats all but its equals."""
    return other == 1 if best == 1 else best - other < CLEAR_LEAD


def _by_district(gazetteer: _Gazetteer, district: str) -> Place:
    answered = gazetteer.answers.get(("", district), "")
    if answered in {code for code, _ in gazetteer.districts.values()}:
        return Place(district_code=answered, note="name_answered", confidence=1)
    found = gazetteer.district_names.similar(codes.normalise_name(district)) if answered is not None else {}
    ranked = sorted(((similarity, name) for name, similarity in found.items()), reverse=True)
    if not ranked or (len(ranked) > 1 and _rivals(ranked[0][0], ranked[1][0])):
        return _unknown_district(gazetteer, district)
    best, name = ranked[0]
    code, official = gazetteer.districts[name]
    if best == 1:
        return Place(district_code=code)
    if best >= TAKEN_SIMILARITY:
        return Place(district_code=code, note="name_alike", confidence=best)
    return Place(rule="name_question", facts=f"{code} {official} ({decimal(best, 2)})")


def _ranked(gazetteer: _Gazetteer, area: str, by_district: Mapping[str, float] | None) -> list[tuple[float, _Area]]:
    """List the areas that may be meant, the most alike first."""
    ranked: dict[str, tuple[float, _Area]] = {}
    for spelling in _spellings(gazetteer, area):
        for name, by_name in gazetteer.area_names.similar(spelling).items():
            for found in gazetteer.by_name[name]:
                similarity = (
                    by_name if by_district is None else min(by_name, by_district.get(found.district_normal, 0))
                )
                if similarity >= max(ASKED_SIMILARITY, ranked.get(found.code, (0, found))[0]):
                    ranked[found.code] = similarity, found
    return sorted(ranked.values(), key=lambda pair: (-pair[0], pair[1].code))


def _spellings(gazetteer: _Gazetteer, area: str) -> list[str]:
    """Normalise a stated name; one that no area has also without a "Kampung" in front."""
    name = codes.normalise_name(area)
    rest = name.removeprefix(_KAMPUNG).strip()
    return [name] if name in gazetteer.by_name or rest in {name, ""} else [name, rest]


def _likeness(gazetteer: _Gazetteer, area: str, normal: str) -> float:
    return max(codes.normal_similarity(spelling, normal) for spelling in _spellings(gazetteer, area))


def _noted(place: Place, note: str) -> Place:
    """Say how the code beside a name was read, where the name led to a place."""
    return place if place.rule else replace(place, note=note, confidence=place.confidence or 1)


def _unknown_district(gazetteer: _Gazetteer, district: str) -> Place:
    likely = gazetteer.district_names.likely(codes.normalise_name(district))
    return Place(rule="district_unknown", facts=", ".join(gazetteer.districts[name][1] for name in likely))


def _name_index(names: tuple[str, ...]) -> _NameIndex:
    """Make the functions that look for names like a normalised text.

    Names that share too few letters with the text are passed over without being aligned.
    """
    letters, lengths = _letters(names)

    def near(text: str, least: float) -> list[str]:
        own, length = _letters((text,))
        most = 2 * np.minimum(letters, own).sum(axis=1) / (lengths + length)
        return [names[position] for position in np.flatnonzero(most >= least)]

    @cache
    def similar(text: str) -> Mapping[str, float]:
        found = {name: codes.normal_similarity(text, name) for name in near(text, ASKED_SIMILARITY)}
        return {name: similarity for name, similarity in found.items() if similarity >= ASKED_SIMILARITY}

    @cache
    def likely(text: str) -> list[str]:
        return get_close_matches(text, near(text, _LIKELY_SIMILARITY), n=_MOST_LIKELY, cutoff=_LIKELY_SIMILARITY)

    return _NameIndex(similar, likely)


def _letters(names: Sequence[str]) -> tuple[NDArray[np.int16], NDArray[np.int64]]:
    """Count the letters of names; letters that share a bin only make two names look more alike."""
    counts = np.zeros((len(names), _LETTER_BINS), np.int16)
    for row, name in enumerate(names):
        np.add.at(counts[row], [ord(letter) % _LETTER_BINS for letter in name], 1)
    return counts, np.array([max(len(name), 1) for name in names])
