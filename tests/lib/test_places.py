"""Stated places: code and name must agree, names are never taken by likeness, code systems are told apart."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.sorting import Place
from lib.places import place_resolver
from lib.profile import shipped_regions

AREAS = pd.DataFrame(
    [
        ("19.99.01.1001", "Gabek Satu", "19.99.01", "Gabek"),
        ("19.99.01.1002", "Gabek Dua", "19.99.01", "Gabek"),
        ("19.99.01.1003", "Sungai Baru", "19.99.01", "Gabek"),
        ("19.99.02.1001", "Sungai Baru", "19.99.02", "Bukit Intan"),
        ("19.99.02.2002", "Ma'rang", "19.99.02", "Bukit Intan"),
        ("19.99.03.1001", "Kepo", "19.99.03", "Kepo"),
    ],
    columns=["area_code", "area_name", "district_code", "district_name"],
)
RESOLVE = place_resolver(AREAS, region_code="19.99", region_bps_code="1971")
WORDS = st.one_of(st.none(), st.sampled_from([*AREAS["area_name"], *AREAS["district_name"]]), st.text(max_size=12))
CODES = st.one_of(st.none(), st.sampled_from(list(AREAS["area_code"])), st.text("0123456789. ", max_size=14))


def area(code: str) -> Place:
    return Place(area_code=code, district_code=code[:8])


@pytest.mark.parametrize(
    ("stated", "place"),
    [
        (("19.99.01.1001", None, None), area("19.99.01.1001")),
        (("1999011001", None, None), area("19.99.01.1001")),
        ((" 19.99.01. 1001", "GABEK I", "mana saja"), area("19.99.01.1001")),
        (("19.99.02.2002", "Marang", None), area("19.99.02.2002")),
        (("19.99.02.2002", "Desa Merang", None), area("19.99.02.2002")),  # a spelling, not another place
        ((None, "kel. gabek 2", None), area("19.99.01.1002")),
        ((None, "Gabek II", "Kec. Gabek"), None),
        ((None, "Gabek II", "gabek"), area("19.99.01.1002")),
        ((None, "Sei Baru", "BUKIT INTAN"), area("19.99.02.1001")),
        ((None, "Sungai Baru", "Gabek"), area("19.99.01.1003")),
        ((None, None, "Bukit Intan"), Place(district_code="19.99.02")),
        ((None, None, None), Place()),
    ],
)
def test_finds_a_place(stated: tuple[str | None, str | None, str | None], place: Place | None) -> None:
    found = RESOLVE(*stated)
    assert found == place or (place is None and found.rule == "district_unknown")


@pytest.mark.parametrize(
    ("stated", "rule", "facts"),
    [
        (("190101", None, None), "code_form", "190101"),
        (("19.99.01.1001.1", None, None), "code_form", "19.99.01.1001.1"),
        (("19.99.01-1001", None, None), "code_form", "19.99.01-1001"),
        (("1971011001", None, None), "code_bps", "1971"),
        (("14.72.01.1001", None, None), "code_elsewhere", "19.99"),
        (("19.99.09.1001", None, None), "code_unknown", "19.99"),
        (("19.99.01.1001", "Gabek Dua", None), "code_name", "19.99.01.1001 Gabek Satu"),
        (("19.99.01.1001", "Sungai Baru", None), "code_name", "19.99.01.1001 Gabek Satu"),
        (("19.99.01.1001", "-", None), "code_name", "19.99.01.1001 Gabek Satu"),
        ((None, "Sungai Baru", None), "name_ambiguous", "19.99.01.1003, 19.99.02.1001"),
        ((None, "Sungai Bari", None), "name_unknown", "Sungai Baru"),
        ((None, "Kepo", "Gabek"), "name_unknown", "Kepo"),
        ((None, "Xylofon", None), "name_unknown", ""),
        ((None, "Gabek", None), "name_unknown", "Gabek Satu, Gabek Dua"),
        ((None, "Kepo", "Bukit Intam"), "district_unknown", "Bukit Intan"),
        ((None, None, "Gabak"), "district_unknown", "Gabek"),
    ],
)
def test_names_the_fault(stated: tuple[str | None, str | None, str | None], rule: str, facts: str) -> None:
    found = RESOLVE(*stated)
    assert (found.rule, found.area_code, found.district_code) == (rule, None, None)
    assert set((found.facts or "").split(", ")) == set(facts.split(", "))


def test_a_code_of_bps_that_is_also_one_of_ours_is_told_by_its_name() -> None:
    """1507 is Tanjung Jabung Barat for BPS and Tanjung Jabung Timur for Kemendagri."""
    found = RESOLVE("19.99.01.1003", "Kepo", None)
    assert found.rule == "code_name"


def test_without_a_bps_code_a_foreign_code_is_from_elsewhere() -> None:
    resolve = place_resolver(AREAS, region_code="19.99", region_bps_code=None)
    assert resolve("1971011001", None, None).rule == "code_elsewhere"


@given(CODES, WORDS, WORDS)
def test_an_answer_is_a_place_of_the_region_or_a_fault_never_both(
    code: str | None, name: str | None, district: str | None
) -> None:
    found = RESOLVE(code, name, district)
    assert found.area_code is None or found.area_code in set(AREAS["area_code"])
    assert found.district_code is None or found.district_code in set(AREAS["district_code"])
    assert found.rule is None or (found.area_code is None and found.district_code is None)
    assert found.area_code is None or found.area_code.startswith(str(found.district_code))
    # A place comes from the whole of what was stated, so asking again for its code changes nothing.
    assert found.area_code is None or RESOLVE(found.area_code, None, None) == found


@pytest.mark.parametrize("region", shipped_regions(), ids=lambda region: region.code)
def test_every_area_of_a_shipped_region_is_found_by_code_and_by_names(region: object) -> None:
    facts = region.areas  # type: ignore[attr-defined]
    table = pd.DataFrame(
        [(a.code, a.name, a.district_code, a.district_name) for a in facts],
        columns=["area_code", "area_name", "district_code", "district_name"],
    )
    resolve = place_resolver(table, region_code=region.code, region_bps_code=region.bps_code)  # type: ignore[attr-defined]
    for fact in facts:
        assert resolve(fact.code, fact.name, None) == area(fact.code)
        assert resolve(None, fact.name, fact.district_name) == area(fact.code)
