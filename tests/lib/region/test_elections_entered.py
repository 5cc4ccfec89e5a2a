"""The calendar that people keep: entries over the shipped one, refused where they break a rule, and never lost."""

from __future__ import annotations

import contextlib
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

import pandas as pd
import pytest

from data.store import health
from data.store.lake import Lake, open_at, snapshot_id
from lib.commands import parser as cli
from lib.output.brief import message
from lib.output.map_sheet import compose
from lib.output.question_sheet import map_content
from lib.region.elections import (
    calendar_entries,
    changed_values,
    election_values,
    elections_of,
    enter_election,
    refused_entries,
    stage_code,
    stations_of,
    unchecked_stations,
    withdraw_election,
)
from lib.rules.regions import calendar
from lib.rules.toml import ProfileError
from lib.score.answers import assess_areas, incidents
from lib.score.brief import brief
from lib.score.question import default_filters
from lib.texts import elections as t
from tests.city import ANGGREK, AREAS, BAKUNG, REGION, REGION_CODE, write_csv
from tests.officers import officer
from tests.steps import import_stations

if TYPE_CHECKING:
    from pathlib import Path

SIGNED = {"reason": "Rekomendasi Bawaslu", "actor": officer("Petugas Uji"), "decided_on": date(2024, 2, 15)}
PSU: dict[str, Any] = {
    "code": "psu-2024",
    "name": "PSU Kota Uji",
    "kind": "psu",
    "voting_day": date(2024, 2, 17),
    "max_voters_per_station": 300,
    "legal_source": "SK KPU Kota Uji",
    "repeats": "pemilu-2024",
    "stations": [f"{ANGGREK}/002"],
}
PIKADES: dict[str, Any] = {
    "code": "pikades-2027",
    "name": "Pikades serentak",
    "kind": "pikades",
    "voting_day": date(2027, 3, 6),
    "max_voters_per_station": 500,
    "legal_source": "Perbup",
    "areas": ["19.99.01.2001", "19.99.01.2002"],
    "e_voting": True,
    "verify": True,
}
OCCASION: dict[str, Any] = {
    "code": "haul-2025",
    "name": "Haul Akbar",
    "kind": "bukan_pemilu",
    "voting_day": date(2025, 6, 14),
    "legal_source": "Surat panitia",
}


def codes(lake: Lake, day: date) -> list[str]:
    return [election.code for election in elections_of(lake, REGION_CODE).in_force(day)]


def test_without_an_entry_the_calendar_is_the_shipped_one(city: Lake) -> None:
    assert elections_of(city, REGION_CODE) == calendar(REGION_CODE)


def test_a_revote_has_a_day_of_its_own_beside_the_election_it_repeats(city: Lake) -> None:
    before = snapshot_id(city)
    made = enter_election(city, REGION_CODE, PSU, **SIGNED)
    assert codes(city, date(2024, 2, 15)) == ["pemilu-2024", "psu-2024"]
    assert codes(city, date(2024, 2, 16)) == ["psu-2024", "pemilu-2024"]
    assert made.days_to_vote(date(2024, 2, 16)) == 1
    kept = elections_of(city, REGION_CODE).election("psu-2024")
    assert (kept.recorded_by, kept.recorded_on) == ("Petugas Uji", date(2024, 2, 15))
    assert t.recorded(kept) == "Petugas Uji, 15 Feb 2024"
    assert t.kind_words(kept) == "Pemungutan suara ulang (PSU), 1 TPS"
    past = open_at(city, before)
    assert elections_of(past, REGION_CODE) == calendar(REGION_CODE)


def test_pikades_and_an_occasion_are_kept_with_what_is_special_about_them(city: Lake) -> None:
    for values in (PIKADES, OCCASION):
        enter_election(city, REGION_CODE, values, **SIGNED)
    known = elections_of(city, REGION_CODE)
    assert t.kind_words(known.election("pikades-2027")) == "Pikades, e-voting, 2 desa"
    assert "tanggal belum dicocokkan" in t.count_line(date(2027, 3, 1), known.election("pikades-2027"))
    occasion = known.election("haul-2025")
    assert (occasion.is_election, occasion.has_roll, occasion.max_voters_per_station) == (False, False, 0)
    assert occasion not in known.with_roll()
    assert codes(city, date(2025, 6, 1)) == ["haul-2025"]
    question = default_filters(city, REGION_CODE, as_of=date(2025, 6, 1))
    assert question.election_code == "haul-2025"
    assert t.roll_line(assess_areas(city, question).roll) == (
        "Skor dihitung tanpa DPT dan TPS karena Haul Akbar bukan pemilu."
    )


SIDE = {
    "occasion": OCCASION,
    "revote": PSU,
    "revote of an unnamed election": {key: value for key, value in PSU.items() if key != "repeats"},
    "pikades of one desa": PIKADES | {"areas": ["19.99.01.2001"]},
}


@pytest.mark.parametrize("kind", SIDE)
def test_what_does_not_cover_the_region_takes_no_roll_away(city: Lake, tmp_path: Path, kind: str) -> None:
    rows = [
        {
            "pemilihan": "pemilu-2024",
            "kode_kelurahan": code,
            "no_tps": "001",
            "dpt_l": str(280 - 20 * number),
            "dpt_p": "9",
        }
        for number, code in enumerate(AREAS)
    ]
    import_stations(city, REGION, write_csv(tmp_path / "tps.csv", rows), actor=officer())
    day = date(2024, 2, 16)
    before = assess_areas(city, default_filters(city, REGION_CODE, as_of=day))
    assert before.areas["voter_count"].tolist() == [289, 269, 249, 229, 209, 189]
    nearer = SIDE[kind] | {"code": "samping", "voting_day": date(2024, 2, 17)}
    enter_election(city, REGION_CODE, nearer, **SIGNED)
    assert codes(city, day) == ["samping", "pemilu-2024"]
    after = assess_areas(city, default_filters(city, REGION_CODE, as_of=day))
    assert after.election == before.election
    assert after.roll == before.roll
    pd.testing.assert_frame_equal(after.areas, before.areas)
    assert default_filters(city, REGION_CODE, as_of=day, election_code="samping").election_code == "samping"
    enter_election(city, REGION_CODE, nearer | {"voting_day": date(2025, 6, 1)}, **SIGNED)
    assert default_filters(city, REGION_CODE, as_of=date(2025, 6, 1)).election_code == "samping"


def test_an_entry_takes_the_place_of_a_shipped_election_and_may_be_taken_back(city: Lake) -> None:
    shipped = calendar(REGION_CODE).election("pilkada-2024")
    values = changed_values(calendar(REGION_CODE), "pilkada-2024", {"name": "Pilkada Kota Uji", "verify": True})
    enter_election(city, REGION_CODE, values, **SIGNED)
    changed = elections_of(city, REGION_CODE).election("pilkada-2024")
    assert (changed.name, changed.verify, changed.stages) == ("Pilkada Kota Uji", True, shipped.stages)
    assert len(elections_of(city, REGION_CODE).elections) == len(calendar(REGION_CODE).elections)
    withdraw_election(city, REGION_CODE, "pilkada-2024", **SIGNED)
    assert codes(city, date(2024, 11, 20)) == []
    enter_election(city, REGION_CODE, election_values(shipped), **SIGNED)
    assert codes(city, date(2024, 11, 20)) == ["pilkada-2024"]
    assert [entry.withdrawn for entry in calendar_entries(city, REGION_CODE)] == [False, True, False]


def test_values_written_are_read_back_to_the_same(city: Lake) -> None:
    for election in calendar(REGION_CODE).elections:
        made = enter_election(city, REGION_CODE, election_values(election), **SIGNED)
        assert made == election


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"kind": "pilkada", "repeats": None, "stations": None}, "bukan hari Rabu"),
        ({"kind": "pilkada", "repeats": None, "stations": None}, "alasan bukan hari Rabu"),
        ({"repeats": "pemilu-1999"}, "tidak ada dalam kalender"),
        ({"kind": "pikades"}, "hanya untuk jenis psu, pss, psl"),
        ({"stations": ["TPS 6"]}, "TPS yang memilih lagi"),
        (PIKADES | {"repeats": None, "stations": None, "areas": ["14.72.02.1004"]}, "adalah kelurahan"),
        ({"legal_source": None}, "Isian dasar hukum wajib ada"),
        ({"code": "PSU 2024"}, "kode"),
        ({"max_voters_per_station": 0}, "pemilih terbanyak per TPS"),
        ({"kind": "bukan_pemilu", "repeats": None, "stations": None}, "tidak mempunyai TPS"),
    ],
)
def test_what_breaks_a_rule_is_refused_in_the_words_of_the_form(
    city: Lake, changes: dict[str, Any], said: str
) -> None:
    values = {key: value for key, value in (PSU | changes).items() if value is not None}
    with pytest.raises(ProfileError) as refused:
        enter_election(city, REGION_CODE, values, **SIGNED)
    sentence = str(refused.value)
    assert said in sentence
    assert not any(word in sentence for word in ("Berkas", "kunci", "voting_day", "legal_source", "max_voters"))
    assert elections_of(city, REGION_CODE) == calendar(REGION_CODE)


def test_a_repeated_election_is_not_taken_out_from_under_its_revote(city: Lake) -> None:
    enter_election(city, REGION_CODE, PSU, **SIGNED)
    with pytest.raises(ProfileError, match="pemilu-2024"):
        withdraw_election(city, REGION_CODE, "pemilu-2024", **SIGNED)
    assert codes(city, date(2024, 2, 15)) == ["pemilu-2024", "psu-2024"]


def test_an_entry_older_than_the_rule_it_breaks_is_shown_and_leaves_the_calendar_readable(
    city: Lake, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    enter_election(city, REGION_CODE, PIKADES, **SIGNED)
    enter_election(city, REGION_CODE, OCCASION, **SIGNED)
    # A version before the rule kept a kelurahan, and a revote of that Pikades.
    revote = PSU | {"repeats": PIKADES["code"], "stations": ["19.99.01.2001/001"]}
    enter_election(city, REGION_CODE, revote, **SIGNED)
    with contextlib.closing(city.cursor()) as cursor:
        cursor.execute("UPDATE election_entry SET content = replace(content, '19.99.01.2002', '19.99.01.1002')")
    assert codes(city, OCCASION["voting_day"]) == [OCCASION["code"]]
    assert PIKADES["code"] not in {election.code for election in elections_of(city, REGION_CODE).elections}
    refused = refused_entries(city, REGION_CODE)
    assert [entry.election_code for entry in refused] == [PIKADES["code"], PSU["code"]]
    assert "adalah kelurahan" in refused[0].refusal
    assert "tidak ada dalam kalender" in refused[1].refusal
    monkeypatch.setenv("PETADINI_LAKE", str(city.folder))
    assert cli.main(["pemilihan", "--pada", "2025-06-01"]) == 0
    said = capsys.readouterr().out
    assert "Isian “pikades-2027” dari Petugas Uji, 15 Feb 2024, tidak dipakai" in said
    assert "Isi lagi dengan kode “pikades-2027”" in said
    enter_election(city, REGION_CODE, PIKADES, **SIGNED)
    assert [entry.election_code for entry in refused_entries(city, REGION_CODE)] == [PSU["code"]]
    assert elections_of(city, REGION_CODE).election(PIKADES["code"]).areas == tuple(PIKADES["areas"])


def test_an_election_of_some_desa_names_them_and_never_reads_as_of_the_region(city: Lake) -> None:
    pikades = enter_election(city, REGION_CODE, PIKADES | {"areas": ["19.99.01.2001"]}, **SIGNED)
    day = date(2027, 2, 27)
    names = {"19.99.01.2001": "Sukamaju"}
    assert t.election_words(pikades) == "Pikades serentak di 1 desa (tanggal belum dicocokkan)"
    assert t.voters_line(pikades, names) == "Pikades serentak di 1 desa, bukan seluruh wilayah: Sukamaju."
    assert t.voters_line(replace(pikades, areas=("19.99.01.2009",)), names).endswith(": 19.99.01.2009.")
    assert t.count_line(day, pikades).startswith("H-7 · Pikades serentak di 1 desa · ")
    assert "desa yang memilih belum disebut" in t.election_words(replace(pikades, areas=()))
    many = replace(pikades, areas=tuple(f"19.99.01.20{number:02}" for number in range(1, 21)))
    assert t.voters_line(many, names).endswith("19.99.01.2007, dan 13 lainnya (lihat Kalender).")
    psu = enter_election(city, REGION_CODE, PSU, **SIGNED)
    said = t.voters_line(psu, {ANGGREK: "Anggrek"})
    assert said == "PSU Kota Uji di 1 TPS, bukan seluruh wilayah: TPS 002 Anggrek."
    question = default_filters(city, REGION_CODE, as_of=day)
    assert question.election_code == PIKADES["code"]
    found = assess_areas(city, question)
    content = map_content(city, found)
    assert "di 1 desa" in content.election_name
    assert content.voters_words in compose(content).notes
    told = message(brief(found, incidents(city, question), elections_of(city, REGION_CODE)))
    assert "H-7 Pikades serentak di 1 desa (tanggal belum dicocokkan) (19.99.01.2001)" in told


def test_nobody_changes_the_calendar_without_a_reason(city: Lake) -> None:
    with pytest.raises(ProfileError) as refused:
        enter_election(city, REGION_CODE, PSU, **(SIGNED | {"reason": " "}))
    assert str(refused.value) == t.NO_REASON


def test_entries_keep_no_telephone_number_and_the_store_is_sound(city: Lake) -> None:
    signed = SIGNED | {"reason": "Menurut 0812-3456-7890"}
    enter_election(city, REGION_CODE, PSU | {"legal_source": "Surat, hubungi 081234567890"}, **signed)
    entry = calendar_entries(city, REGION_CODE)[0]
    assert entry.election is not None
    assert "081234567890" not in entry.election.legal_source
    assert "7890" not in entry.reason
    with contextlib.closing(city.cursor()) as cursor:
        assert health.broken_rules(cursor) == []
        cursor.execute("UPDATE election_entry SET reason = ''")
        assert [rule for rule, _ in health.broken_rules(cursor)] == ["election_entries"]


def test_a_revote_has_the_roll_of_its_election_and_lists_the_tps_it_names(city: Lake, tmp_path: Path) -> None:
    rows = [
        {"pemilihan": "pemilu-2024", "kode_kelurahan": code, "no_tps": number, "dpt_l": "100", "dpt_p": "110"}
        for code in (ANGGREK, BAKUNG)
        for number in ("001", "002")
    ]
    import_stations(city, REGION, write_csv(tmp_path / "tps.csv", rows), actor=officer())
    made = enter_election(city, REGION_CODE, PSU, **SIGNED)
    listed = stations_of(city, REGION_CODE, made)
    assert unchecked_stations(city, REGION_CODE, made) == ()
    wrong = replace(made, stations=(f"{ANGGREK}/002", f"{ANGGREK}/009"))
    assert unchecked_stations(city, REGION_CODE, wrong) == (f"{ANGGREK}/009",)
    assert listed[["stated_area_code", "station_number"]].to_numpy().tolist() == [[ANGGREK, "002"]]
    assert len(stations_of(city, REGION_CODE, calendar(REGION_CODE).election("pemilu-2024"))) == 4
    assert stations_of(city, REGION_CODE, None).empty
    named = default_filters(city, REGION_CODE, as_of=date(2024, 2, 16), election_code="psu-2024")
    judged = assess_areas(city, named)
    assert judged.election is not None
    assert judged.election.code == "psu-2024"
    assert judged.areas.set_index("area_code")["voter_count"].dropna().to_dict() == {ANGGREK: 420, BAKUNG: 420}
    assert t.roll_line(judged.roll) == (
        "DPT PSU Kota Uji belum ada untuk 4 dari 6 wilayah; di sana skor memakai DPT rata-rata."
    )


def test_stages_take_the_place_of_those_with_their_code_in_the_order_of_their_days() -> None:
    moved = {"code": "kampanye", "name": "Kampanye", "start": date(2024, 9, 26), "end": date(2024, 11, 23)}
    new = {"code": "debat", "name": "Debat", "start": date(2024, 10, 10), "end": date(2024, 10, 10)}
    values = changed_values(calendar(REGION_CODE), "pilkada-2024", {}, [new, moved])
    stages = {stage["code"]: stage for stage in values["stages"]}
    assert stages["kampanye"]["start"] == date(2024, 9, 26)
    assert stages["debat"]["source"] == "UU 10/2016; PKPU 2/2024"
    assert [stage["start"] for stage in values["stages"]] == sorted(stage["start"] for stage in values["stages"])
    assert [stage_code(name) for name in ("Masa tenang", "Debat Publik ke-2")] == ["masa-tenang", "debat-publik-ke-2"]
