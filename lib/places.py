"""Find the kelurahan that a row states, by code and name together."""

from __future__ import annotations

from collections import defaultdict
from difflib import get_close_matches
from typing import TYPE_CHECKING

from data.sorting import Place
from geo import codes

if TYPE_CHECKING:
    from collections.abc import Callable

    import pandas as pd

# Below this the stated name is taken for another place than the stated code.
NAME_AGREEMENT = 0.6


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
    names = {row.area_code: (row.area_name, row.district_name) for row in areas.itertuples()}
    by_name: dict[str, list[str]] = defaultdict(list)
    by_both: dict[tuple[str, str], list[str]] = defaultdict(list)
    for code, (area, district) in names.items():
        by_name[codes.normalise_name(area)].append(code)
        by_both[codes.normalise_name(area), codes.normalise_name(district)].append(code)
    districts = {
        codes.normalise_name(row.district_name): row.district_code
        for row in areas[["district_code", "district_name"]].drop_duplicates().itertuples()
    }

    def by_code(text: str, area: str | None) -> Place:
        digits = "".join(character for character in text if character.isdigit())
        code = codes.canonical_area_code(text)
        if code is None:
            return Place(rule="code_form", facts=text)
        if code not in names:
            if region_bps_code and digits.startswith(region_bps_code):
                return Place(rule="code_bps", facts=region_bps_code)
            if not code.startswith(region_code):
                return Place(rule="code_elsewhere", facts=region_code)
            return Place(rule="code_unknown", facts=region_code)
        official = names[code][0]
        if area and codes.name_similarity(area, official) < NAME_AGREEMENT:
            return Place(rule="code_name", facts=f"{code} {official}")
        return Place(area_code=code, district_code=codes.district_code(code))

    def by_names(area: str, district: str | None) -> Place:
        name = codes.normalise_name(area)
        if district and codes.normalise_name(district) not in districts:
            return Place(rule="district_unknown", facts=_likely(district, districts))
        found = by_both[name, codes.normalise_name(district)] if district else by_name[name]
        if len(found) == 1:
            return Place(area_code=found[0], district_code=codes.district_code(found[0]))
        if found:
            return Place(rule="name_ambiguous", facts=", ".join(found))
        return Place(rule="name_unknown", facts=_likely(area, by_name))

    def resolve(code: str | None, area: str | None, district: str | None) -> Place:
        if code:
            return by_code(code, area)
        if area:
            return by_names(area, district)
        if district:
            found = districts.get(codes.normalise_name(district))
            if found is None:
                return Place(rule="district_unknown", facts=_likely(district, districts))
            return Place(district_code=found)
        return Place()

    return resolve


def _likely(text: str, names: dict[str, list[str]] | dict[str, str]) -> str:
    return ", ".join(get_close_matches(codes.normalise_name(text), list(names), n=3, cutoff=0.7))
