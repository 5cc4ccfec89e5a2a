"""Stated places: code and name must agree, likeness is taken, asked or refused, code systems are told apart."""

from __future__ import annotations

from time import process_time

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.sort.stated_place import Place
from geo.codes import name_similarity
from lib.intake.place_names import place_resolver
from lib.rules.regions import shipped_regions

AREAS = pd.DataFrame(
    [
        ("19.99.01.1001", "Gabek Satu", "19.99.01", "Gabek"),
        ("19.99.01.1002", "Gabek Dua", "19.99.01", "Gabek"),
        ("19.99.01.1003", "Sungai Baru", "19.99.01", "Gabek"),
        ("19.99.02.1001", "Sungai Baru", "19.99.02", "Bukit Intan"),
        ("19.99.02.2002", "Ma'rang", "19.99.02", "Bukit Intan"),
        ("19.99.03.1001", "Kepo", "19.99.03", "Kepo"),
        ("19.99.03.1002", "Pangkalan Sesai", "19.99.03", "Kepo"),
        ("19.99.03.1003", "Kampung Rano", "19.99.03", "Kepo"),
        ("19.99.03.1004", "Tebing Tinggi", "19.99.03", "Kepo"),
        ("19.99.03.1005", "Tebing Tingga", "19.99.03", "Kepo"),
    ],
    columns=["area_code", "area_name", "district_code", "district_name"],
)
RESOLVE = place_resolver(AREAS, region_code="19.99", region_bps_code="1971")
WORDS = st.one_of(st.none(), st.sampled_from([*AREAS["area_name"], *AREAS["district_name"]]), st.text(max_size=12))
CODES = st.one_of(st.none(), st.sampled_from(list(AREAS["area_code"])), st.text("0123456789. ", max_size=14))


def area(code: str, note: str | None = None, confidence: float | None = None) -> Place:
    return Place(area_code=code, district_code=code[:8], note=note, confidence=confidence)


def likeness(length: int, other: int, common: int) -> float:
    """Reckon difflib's ratio by hand: letters in common blocks against letters of both names."""
    return 2 * common / (length + other)


@pytest.mark.parametrize(
    ("stated", "place"),
    [
        (("19.99.01.1001", None, None), area("19.99.01.1001")),
        (("1999011001", None, None), area("19.99.01.1001")),
        ((" 19.99.01. 1001", "GABEK I", "mana saja"), area("19.99.01.1001")),
        (("19.99.02.2002", "Marang", None), area("19.99.02.2002")),
        (("19.99.02.2002", "Desa Merang", None), area("19.99.02.2002")),  # a spelling, not another place
        ((None, "kel. gabek 2", None), area("19.99.01.1002")),
        ((None, "Gabek II", "Kec. Gabek"), area("19.99.01.1002")),
        ((None, "Gabek II", "gabek"), area("19.99.01.1002")),
        ((None, "Sei Baru", "BUKIT INTAN"), area("19.99.02.1001")),
        ((None, "Sungai Baru", "Gabek"), area("19.99.01.1003")),
        ((None, None, "Bukit Intan"), Place(district_code="19.99.02")),
        ((None, None, None), Place()),
        ((None, "Kp. Rano", "Kepo"), area("19.99.03.1003")),
        ((None, "Kp. Kepo", None), area("19.99.03.1001")),  # said before the name, no part of it
        ((None, "Tebing Tinggi", None), area("19.99.03.1004")),  # equal goes before alike
        ((None, "P A N G K A L A N  S E S A I", None), area("19.99.03.1002")),
    ],
)
def test_finds_a_place(stated: tuple[str | None, str | None, str | None], place: Place) -> None:
    assert RESOLVE(*stated) == place


@pytest.mark.parametrize(
    ("stated", "place"),
    [
        ((None, "Sungai Bari", "Gabek"), area("19.99.01.1003", "name_alike", likeness(10, 10, 9))),
        ((None, "Pangkalan Sesay", None), area("19.99.03.1002", "name_alike", likeness(14, 14, 13))),
        ((None, "Pangkalan Sesai", "Kepp"), None),
        ((None, "Sungai Baru", "Bukit Intam"), area("19.99.02.1001", "name_alike", likeness(10, 10, 9))),
        ((None, None, "Bukit Intam"), Place(None, "19.99.02", None, None, "name_alike", likeness(10, 10, 9))),
        (("1999031002 - PANGKALAN SESAI", None, None), area("19.99.03.1002", "code_glued", 1)),
        ((None, "1999031002 - PANGKALAN SESAI", None), area("19.99.03.1002", "code_glued", 1)),
        (("58390-KEPO", None, "Kepo"), area("19.99.03.1001", "code_glued", 1)),
        ((None, "58390-KEPO", None), area("19.99.03.1001", "code_glued", 1)),
        (("1999031002.0", "Pangkalan Sesai", None), area("19.99.03.1002", "code_decimal", 1)),
        (("'1999031002", None, None), area("19.99.03.1002", "code_mark", 1)),
        (("19.99.01-1001", None, None), area("19.99.01.1001", "code_separators", 1)),
    ],
)
def test_says_what_was_not_taken_as_written(
    stated: tuple[str | None, str | None, str | None], place: Place | None
) -> None:
    found = RESOLVE(*stated)
    assert found == place or (place is None and found.rule == "name_question")


@pytest.mark.parametrize(
    ("stated", "facts"),
    [
        ((None, "Pangkalan Sisal", None), "19.99.03.1002 Pangkalan Sesai (0,86)"),
        ((None, "Pangkalan Sesai", "Kepp"), "19.99.03.1002 Pangkalan Sesai (0,75)"),  # the kecamatan is in doubt
        ((None, "Gabekk II", None), "19.99.01.1002 Gabek Dua (0,94)"),  # alike enough, but one of several numbers
        ((None, None, "Gabak"), "19.99.01 Gabek (0,80)"),
        ((None, "58390-KEPOO", None), "19.99.03.1001 Kepo (0,89)"),
    ],
)
def test_puts_doubtful_names_to_a_person(stated: tuple[str | None, str | None, str | None], facts: str) -> None:
    assert RESOLVE(*stated) == Place(rule="name_question", facts=facts)


@pytest.mark.parametrize(
    ("stated", "rule", "facts"),
    [
        (("190101", None, None), "code_form", "190101"),
        (("19.99.01.1001.1", None, None), "code_form", "19.99.01.1001.1"),
        (("1.472E+09", "Kepo", "Kepo"), "code_scientific", "1.472E+09"),
        (("id1971030007", "Kepo", "Kepo"), "code_bps", "1971"),
        (("1999031002 - KEPO", None, None), "code_name", "19.99.03.1002 Pangkalan Sesai"),
        (("58390-ENTAH", None, None), "name_unknown", ""),
        (("58390-KEPOO", None, None), "name_unknown", "Kepo"),  # no cell for names to ask about
        ((None, "Tebing Tinggo", None), "name_ambiguous", "19.99.03.1004, 19.99.03.1005"),
        (("1971011001", None, None), "code_bps", "1971"),
        (("14.72.01.1001", None, None), "code_elsewhere", "19.99"),
        (("19.99.09.1001", None, None), "code_unknown", "19.99"),
        (("19.99.01.1001", "Gabek Dua", None), "code_name", "19.99.01.1001 Gabek Satu"),
        (("19.99.01.1001", "Sungai Baru", None), "code_name", "19.99.01.1001 Gabek Satu"),
        (("19.99.01.1001", "-", None), "code_name", "19.99.01.1001 Gabek Satu"),
        ((None, "Sungai Baru", None), "name_ambiguous", "19.99.01.1003, 19.99.02.1001"),
        ((None, "Sungai Bari", None), "name_ambiguous", "19.99.01.1003, 19.99.02.1001"),
        ((None, "Sungai Tua", None), "name_unknown", "Sungai Baru"),
        ((None, "Kepo", "Gabek"), "name_unknown", "Kepo"),
        ((None, "Xylofon", None), "name_unknown", ""),
        ((None, "Gabek", None), "name_unknown", "Gabek Satu, Gabek Dua"),
        ((None, "Kepo", "Bukit Intam"), "name_unknown", "Kepo"),
        ((None, "Kepo", "Bukit Oyan"), "district_unknown", "Bukit Intan"),
        ((None, None, "Gobok"), "district_unknown", ""),
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


ANSWERS = {
    ("Pangkalan Sisal", ""): "19.99.03.1002",
    ("Pangkalan Sesai", "Kepp"): None,
    ("Keppo", "Kepo"): "99.99.99.9999",
    ("", "Gabak"): "19.99.01",
    ("", "Kepp"): None,
    ("Kepo", "Kepo"): "19.99.01.1001",
    ("58390-KEPOO", ""): "19.99.03.1001",
}


@pytest.mark.parametrize(
    ("stated", "place"),
    [
        ((None, "Pangkalan Sisal", None), area("19.99.03.1002", "name_answered", 1)),
        ((None, "Pangkalan Sesai", "Kepp"), Place(rule="name_unknown", facts="Pangkalan Sesai")),
        (
            (None, "Keppo", "Kepo"),
            Place(rule="name_question", facts="19.99.03.1001 Kepo (0,89)"),
        ),  # not of the region
        ((None, None, "Gabak"), Place(None, "19.99.01", None, None, "name_answered", 1)),
        ((None, None, "Kepp"), Place(rule="district_unknown", facts="Kepo")),
        ((None, "58390-KEPOO", None), area("19.99.03.1001", "code_glued", 1)),
        (("19.99.03.1001", "Kepo", "Kepo"), area("19.99.03.1001")),  # a code needs no answer
    ],
)
def test_a_persons_answer_settles_a_name(stated: tuple[str | None, str | None, str | None], place: Place) -> None:
    resolve = place_resolver(AREAS, region_code="19.99", region_bps_code="1971", answers=ANSWERS)
    assert resolve(*stated) == place


@pytest.mark.parametrize(
    ("stated", "place"),
    [
        # The digits name another area of the region; in the system of BPS they mean nothing here.
        (("1999011001", "Kepo", "Kepo"), area("19.99.03.1001", "code_bps", 1)),
        (("id1971030007", "Pangkalan Sesay", None), area("19.99.03.1002", "code_bps", likeness(14, 14, 13))),
        (("1971030007", None, None), Place(rule="code_bps", facts="1971")),
        (("1999011001", None, None), Place(rule="code_bps", facts="1999")),
        (("1971030007", "Sungai Baru", None), Place(rule="name_ambiguous", facts="19.99.01.1003, 19.99.02.1001")),
        ((None, "Kepo", None), area("19.99.03.1001")),
    ],
)
def test_codes_said_to_be_of_bps_are_passed_over(
    stated: tuple[str | None, str | None, str | None], place: Place
) -> None:
    resolve = place_resolver(AREAS, region_code="19.99", region_bps_code="1971", code_system="bps")
    assert resolve(*stated) == place


@given(WORDS, WORDS)
def test_areas_of_one_name_are_never_taken_for_one(name: str | None, district: str | None) -> None:
    found = RESOLVE(None, name, district)
    if found.area_code in {"19.99.01.1003", "19.99.02.1001"}:
        assert district
        assert (
            name_similarity(district, dict(AREAS[["area_code", "district_name"]].to_numpy())[found.area_code]) >= 0.9
        )


@given(WORDS, WORDS)
def test_nothing_is_taken_below_the_band(name: str | None, district: str | None) -> None:
    found = RESOLVE(None, name, district)
    assert found.confidence is None or found.confidence >= 0.9
    assert (found.note is None) == (found.confidence is None)


def test_many_distinct_names_are_resolved_within_seconds() -> None:
    names = [
        f"Pangkalan S{a}s{b}i {c}" for a in "abcdefghijklmno" for b in "abcdefghijklmnopqrst" for c in range(11, 21)
    ]
    begun = process_time()
    for name in names:
        RESOLVE(None, name, "Kepo")
    assert process_time() - begun < 3


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
    assert found.area_code is None or RESOLVE(found.area_code, None, None) == area(found.area_code)


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
