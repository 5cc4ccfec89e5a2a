"""Pasted lists: one proposal a line, silence told apart from nothing happened, no greeting taken for a report."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pandas as pd
import pytest

from data.sort import personal
from lib.intake.pasted_reports import read_reports
from lib.intake.place_names import place_resolver
from lib.intake.proposals import Finders, Proposal
from lib.rules.regions import region_profile
from lib.rules.taxonomy import taxonomy
from lib.texts import entry as t
from tests.lib.intake.posko_lists import FORMS

REGION = region_profile("99.71")
TODAY = date(2026, 10, 29)
DISTRICTS = {district.code: district.name for district in REGION.districts}
AREAS = pd.DataFrame(
    [(area.code, area.name, area.code[:8], DISTRICTS[area.code[:8]]) for area in REGION.areas],
    columns=["area_code", "area_name", "district_code", "district_name"],
)
NAMES = dict(zip(AREAS["area_code"], AREAS["area_name"], strict=True)) | {
    code: f"Kec. {name}" for code, name in zip(AREAS["district_code"], AREAS["district_name"], strict=True)
}
FINDERS = Finders(
    match_category=taxonomy().match,
    resolve_place=place_resolver(AREAS, region_code=REGION.code, region_bps_code=REGION.bps_code),
    mask=personal.mask,
)


def read(text: str) -> tuple[Proposal, ...]:
    return read_reports(text, today=TODAY, finders=FINDERS)


def told(proposal: Proposal) -> str:
    place = NAMES.get(proposal.area_code or proposal.district_code or "", "?")
    day = f"{proposal.occurred_on.day}" if proposal.occurred_on else "-"
    if proposal.period_start:
        day = f"{proposal.period_start.day}-{day}"
    return (
        f"nil {place} {day}" if proposal.kind == "nil" else f"kejadian {place} {day} {proposal.category_code or '-'}"
    )


@pytest.mark.parametrize("form", FORMS)
def test_a_list_becomes_a_proposal_a_line(form: str) -> None:
    text, source, expected = FORMS[form]
    found = read(text)
    assert tuple(map(told, found)) == expected
    assert not found or found[0].source == source


@pytest.mark.parametrize(
    "words", ["masih menunggu laporan", "menunggu konfirmasi", "laporan menyusul", "belum ada kabar", "belum masuk"]
)
def test_a_post_that_is_waited_for_is_named_and_never_proposed(words: str) -> None:
    (nil,) = read(f"Posko Kec. Sagara Utara, 27 Oktober 2026\n1. Tanjung Rawai : nihil\n2. Teluk Kerapu : {words}")
    assert told(nil) == "nil Tanjung Rawai 27"
    assert t.not_reported(["Teluk Kerapu"]) in nil.doubts


def test_an_incident_that_waits_for_confirmation_stays_an_incident() -> None:
    (found,) = read("Posko Kec. Sagara Utara, 27 Oktober 2026\n1. Tanjung Rawai : bentrok massa menunggu konfirmasi")
    assert told(found) == "kejadian Tanjung Rawai 27 KEK"
    assert found.doubts == ()


@pytest.mark.parametrize(("office", "whole"), [("Polres", True), ("Polresta", True), ("Polsek", False)])
def test_an_office_of_the_region_speaks_for_all_of_it(office: str, *, whole: bool) -> None:
    (nil,) = read(f"Laporan {office}\nSelasa, 27 Oktober 2026\nUnjuk rasa: nihil\nTawuran: nihil")
    assert (nil.kind, nil.whole_region, nil.area_code, nil.source) == ("nil", whole, None, office)


def test_within_a_span_of_days_the_day_of_an_incident_is_not_known() -> None:
    event, nil = read("Laporan Polsek Bukit Sirih, 26-27 Oktober 2026\nBukit Sirih: bentrok massa\nKebun Pala: nihil")
    assert (told(event), told(nil)) == ("kejadian Bukit Sirih - KEK", "nil Kebun Pala 26-27")
    assert t.NO_DAY in event.doubts


def test_a_kecamatan_above_its_lines_says_which_of_two_of_one_name() -> None:
    districts = {"99.71.01": "Utara", "99.71.02": "Selatan"}
    areas = pd.DataFrame(
        [(f"{code}.1001", "Melati", code, name) for code, name in districts.items()], columns=AREAS.columns
    )
    resolve = place_resolver(areas, region_code=REGION.code, region_bps_code=REGION.bps_code)
    finders = replace(FINDERS, resolve_place=resolve)
    text = "Laporan 27 Oktober 2026\nKec. Utara\nMelati: nihil\nKec. Selatan\nMelati: nihil"
    found = read_reports(text, today=TODAY, finders=finders)
    assert [one.area_code for one in found] == ["99.71.01.1001", "99.71.02.1001"]


def test_a_line_says_only_what_it_says() -> None:
    two_days, district, nil = read(
        "Laporan Polsek Bukit Sirih, 27 Oktober 2026\n"
        "Bukit Sirih: bentrok massa pada 24 Oktober 2026 dan 25 Oktober 2026\n"
        "Kec. Sagara Utara: bentrok massa\nLereng Damar: patroli bersama\nKebun Pala: nihil"
    )
    assert told(two_days) == "kejadian Bukit Sirih 27 KEK"
    assert t.ONLY_DISTRICT in district.doubts
    assert told(nil) == "nil Kebun Pala 27"
