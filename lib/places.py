"""Find the kelurahan that a row states, by code and name together."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from difflib import get_close_matches
from functools import partial
from typing import TYPE_CHECKING

from data.sorting import Place
from geo import codes
from lib.records import records

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    import pandas as pd


@dataclass(frozen=True, slots=True)
class _Gazetteer:
    """The names of a region, as they are looked up."""

    region_code: str
    region_bps_code: str | None
    names: Mapping[str, str]  # by code
    by_name: Mapping[str, list[str]]
    by_name_and_district: Mapping[tuple[str, str], list[str]]
    districts: Mapping[str, tuple[str, str]]  # code and official name


def place_resolver(
    areas: pd.DataFrame, *, region_code: str, region_bps_code: str | None
) -> Callable[[str | None, str | None, str | None], Place]:
    """Make the function that turns stated code, kelurahan name and kecamatan name into a place.

    A code must exist in the region, and the name beside it must be that area's. Without a code, name and
    kecamatan together are compared after normalisation (exactly, never by likeness); a name without
    kecamatan is taken only if one area has it. Code systems are told apart: a BPS code is a fault.

    Parameters
    ----------
    areas
        Columns area_code, area_name, district_code, district_name.

    Returns
    -------
    resolve
        Gives a `Place` with the area, with the district only (kecamatan alone was stated), with neither
        (nothing was stated), or with a fault.
    """
    by_name: dict[str, list[str]] = defaultdict(list)
    by_both: dict[tuple[str, str], list[str]] = defaultdict(list)
    for row in records(areas):
        name, district = codes.normalise_name(row.area_name), codes.normalise_name(row.district_name)
        by_name[name].append(row.area_code)
        by_both[name, district].append(row.area_code)
    gazetteer = _Gazetteer(
        region_code=region_code,
        region_bps_code=region_bps_code,
        names={row.area_code: row.area_name for row in records(areas)},
        by_name=by_name,
        by_name_and_district=by_both,
        districts={
            codes.normalise_name(row.district_name): (row.district_code, row.district_name) for row in records(areas)
        },
    )
    return partial(_resolve, gazetteer)


def _resolve(gazetteer: _Gazetteer, code: str | None, area: str | None, district: str | None) -> Place:
    if code:
        return _by_code(gazetteer, code, area)
    if area:
        return _by_name(gazetteer, area, district)
    if district:
        found = gazetteer.districts.get(codes.normalise_name(district))
        return Place(district_code=found[0]) if found else _unknown_district(gazetteer, district)
    return Place()


def _by_code(gazetteer: _Gazetteer, text: str, area: str | None) -> Place:
    code = codes.canonical_area_code(text)
    if code is None:
        return Place(rule="code_form", facts=text)
    official = gazetteer.names.get(code)
    if official is None:
        bps = gazetteer.region_bps_code
        if bps and code.replace(".", "").startswith(bps):
            return Place(rule="code_bps", facts=bps)
        rule = "code_unknown" if code.startswith(gazetteer.region_code) else "code_elsewhere"
        return Place(rule=rule, facts=gazetteer.region_code)
    if area and codes.name_similarity(area, official) < codes.SAME_NAME_SIMILARITY:
        return Place(rule="code_name", facts=f"{code} {official}")
    return Place(area_code=code, district_code=codes.district_code(code))


def _by_name(gazetteer: _Gazetteer, area: str, district: str | None) -> Place:
    name = codes.normalise_name(area)
    if district and codes.normalise_name(district) not in gazetteer.districts:
        return _unknown_district(gazetteer, district)
    if district:
        found = gazetteer.by_name_and_district.get((name, codes.normalise_name(district)), [])
    else:
        found = gazetteer.by_name.get(name, [])
    if len(found) == 1:
        return Place(area_code=found[0], district_code=codes.district_code(found[0]))
    if found:
        return Place(rule="name_ambiguous", facts=", ".join(found))
    likely = [gazetteer.names[gazetteer.by_name[key][0]] for key in _likely(area, gazetteer.by_name)]
    return Place(rule="name_unknown", facts=", ".join(likely))


def _unknown_district(gazetteer: _Gazetteer, district: str) -> Place:
    likely = [gazetteer.districts[key][1] for key in _likely(district, gazetteer.districts)]
    return Place(rule="district_unknown", facts=", ".join(likely))


def _likely(text: str, names: Iterable[str]) -> list[str]:
    return get_close_matches(codes.normalise_name(text), list(names), n=3, cutoff=0.7)
