"""The checklists of Bawaslu as data: what each asks, what never counts as risk, and what a file may not say."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from lib.rules.checklists import SCHEMES_FILE, scheme, scheme_for, station_schemes, sub_scores
from lib.rules.elections import VOTES
from lib.rules.indicators import SERVICE, indicator_codes, indicator_list
from lib.rules.toml import ProfileError

if TYPE_CHECKING:
    from pathlib import Path

PEMILU, PILKADA = station_schemes()


def test_pemilu_2024_has_the_seven_variables_and_twenty_two_items_of_the_release() -> None:
    assert Counter(item.variable for item in PEMILU.items) == {
        "Penggunaan hak pilih": 4,
        "Keamanan": 2,
        "Kampanye": 2,
        "Netralitas": 2,
        "Logistik": 4,
        "Lokasi TPS": 6,
        "Jaringan listrik dan internet": 2,
    }
    assert len(PEMILU.variables) == 7
    assert len(PEMILU.items) == PEMILU.stated_indicators == 22
    assert not any(item.verify for item in PEMILU.items)


def test_pilkada_2024_has_eight_variables_and_all_twenty_seven_items_found() -> None:
    assert len(PILKADA.variables) == 8
    assert [item.code for item in PILKADA.items] == list(indicator_codes())
    assert PILKADA.stated_indicators is None  # no national release was found
    assert [item.code for item in PILKADA.items if item.verify] == ["V1.6", "V6.4"]
    assert all(item.source for item in PILKADA.items if item.verify)
    assert {item.code: item.variable for item in PILKADA.items} == {
        entry.code: entry.variable for entry in indicator_list().indicators
    }


def test_needs_of_voters_enter_no_sub_score_and_conflict_holds_no_service() -> None:
    for known in station_schemes():
        parts = {code: {item.code for item in known.in_sub_score(code)} for code in (*sub_scores(), SERVICE)}
        assert sum(map(len, parts.values())) == len(known.items) == len(set().union(*parts.values()))
        accessible = {entry.code for entry in indicator_list().indicators if entry.accessibility}
        assert parts[SERVICE] <= accessible
        assert not accessible & (parts["konflik"] | parts["administrasi"] | parts["logistik"])
        # DPTb, DPK, special places and what is far away or floods are work for the organisers.
        assert not parts["konflik"] & {"V1.1", "V1.2", "V1.3", "V1.5", "V7.1", "V7.3", "V7.4", "V7.7", "V8.1"}


def test_every_kind_of_election_has_its_scheme() -> None:
    assert {kind: scheme_for(kind).code for kind in VOTES} == {
        kind: PEMILU.code if kind == "pemilu_nasional" else PILKADA.code for kind in VOTES
    }
    assert scheme(PEMILU.code) is PEMILU
    with pytest.raises(ProfileError, match="skema daftar periksa"):
        scheme("bawaslu-2019")


def test_the_digest_follows_what_is_scored_and_not_what_is_said_of_it() -> None:
    first, *rest = PILKADA.items
    assert len({PEMILU.digest, PILKADA.digest}) == 2
    assert replace(PILKADA, items=(replace(first, weight=2.0), *rest)).digest != PILKADA.digest
    assert replace(PILKADA, items=(replace(first, source="lain"), *rest), note="lain").digest == PILKADA.digest


@pytest.mark.parametrize(
    ("old", "new", "key", "rule"),
    [
        ('{ code = "V1.2", variable', '{ code = "V1.1", variable', "items[2].code", "sudah dipakai"),
        ('{ code = "V2.1", variable = "keamanan"', '{ code = "V9.9", variable = "keamanan"', "code", "hanya V1.1"),
        ('variable = "keamanan", weight = 1 }', 'variable = "agama", weight = 1 }', "items[5].variable", "hanya"),
        ("stated_variables = 7", "stated_variables = 8", "variables", "tidak sama dengan"),
        ("stated_indicators = 22", "stated_indicators = 21", "items", "tidak sama dengan"),
        ('"pemilu_nasional"]', '"pemilu_nasional", "psu"]', "schemes", "tidak berada tepat di satu skema"),
        ('"psu", "pss"', '"pss"', "schemes", "jenis pemilihan psu"),
        ("weight = 1", "weight = -1", "weight", "0"),
        ("note = ", "catatan = ", "catatan", "tidak dikenal"),
    ],
)
def test_a_broken_scheme_is_refused_in_one_sentence(tmp_path: Path, old: str, new: str, key: str, rule: str) -> None:
    text = SCHEMES_FILE.read_text(encoding="utf-8")
    assert old in text
    file = tmp_path / "station_schemes.toml"
    file.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(ProfileError) as caught:
        station_schemes(file)
    message = str(caught.value)
    assert message.startswith(f"Berkas {file.as_posix()}: ")
    assert key in message
    assert rule in message
    assert message.endswith(".")


def test_a_sub_score_without_a_weighted_item_is_refused(tmp_path: Path) -> None:
    text = SCHEMES_FILE.read_text(encoding="utf-8")
    for item in PEMILU.in_sub_score("konflik"):
        at = text.index(f'"{item.code}"')
        text = text[:at] + text[at:].replace("weight = 1", "weight = 0", 1)
    file = tmp_path / "station_schemes.toml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(ProfileError, match="sub-skor tidak punya butir"):
        station_schemes(file)
