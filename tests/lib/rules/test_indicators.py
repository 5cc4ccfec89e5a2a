"""The Bawaslu indicators: 27 of them, each in one sub-score, accessibility apart."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import pytest

from lib.rules.indicators import INDICATORS_FILE, indicator_codes, indicator_list
from lib.rules.toml import ProfileError

if TYPE_CHECKING:
    from pathlib import Path

SHIPPED = indicator_list()


def test_the_sub_scores_hold_their_indicators() -> None:
    groups = {
        group.code: [entry.code for entry in SHIPPED.indicators if entry.group == group.code]
        for group in SHIPPED.groups
    }
    assert groups == {
        "konflik": ["V1.7", "V2.1", "V2.2", "V2.3", "V3.1", "V4.1", "V5.1", "V5.2", "V7.2"],
        "administrasi": ["V1.1", "V1.2", "V1.3", "V1.4", "V1.5", "V1.6"],
        "logistik": [
            *("V6.1", "V6.2", "V6.3", "V6.4"),
            *("V7.1", "V7.3", "V7.4", "V7.5", "V7.6", "V7.7"),
            *("V8.1", "V8.2"),
        ],
    }
    assert sum(map(len, groups.values())) == len(indicator_codes()) == 27
    assert list(indicator_codes()) == sorted(indicator_codes())


def test_voters_with_disabilities_are_a_need_and_no_conflict() -> None:
    assert [entry.code for entry in SHIPPED.indicators if entry.accessibility] == ["V1.5"]
    assert SHIPPED.indicator("V1.5").group == "administrasi"


def test_variables_have_their_names() -> None:
    counts = Counter(entry.variable for entry in SHIPPED.indicators)
    assert counts == {
        "Penggunaan hak pilih": 7,
        "Keamanan": 3,
        "Politik uang": 1,
        "Politisasi SARA": 1,
        "Netralitas": 2,
        "Logistik": 4,
        "Lokasi TPS": 7,
        "Listrik dan internet": 2,
    }


def test_unknown_code_names_the_known_ones() -> None:
    with pytest.raises(ProfileError, match=r'^Kode indikator "V9\.1" tidak dikenal; pilih salah satu dari V1\.1'):
        SHIPPED.indicator("V9.1")


@pytest.mark.parametrize(
    ("old", "new", "key", "rule"),
    [
        ('code = "V1.2"', 'code = "V1.1"', "indicators[2].code", "sudah dipakai oleh indicators[1]"),
        ('code = "V1.2"', 'code = "v1.2"', "indicators[2].code", "bentuknya harus V1.1"),
        ('code = "V8.2"', 'code = "V9.2"', "indicators[27].code", "yang dikenal"),
        ('group = "konflik"', 'group = "agama"', "indicators[7].group", "hanya konflik, administrasi, logistik"),
        (", accessibility = true", ", accessibility = 1", "indicators[5].accessibility", "true atau false"),
        (", accessibility = true", ", akses = true", "indicators[5].akses", "tidak dikenal"),
        ("source = ", "sumber = ", "sumber", "tidak dikenal"),
        ("indicators = [", "butir = [", "butir", "tidak dikenal"),
    ],
)
def test_broken_list_is_refused_in_one_sentence(tmp_path: Path, old: str, new: str, key: str, rule: str) -> None:
    text = INDICATORS_FILE.read_text(encoding="utf-8")
    assert old in text
    file = tmp_path / "indicators.toml"
    file.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(ProfileError) as caught:
        indicator_list(file)
    message = str(caught.value)
    assert message.startswith(f"Berkas {file.as_posix()}: ")
    assert f"kunci {key} " in message
    assert rule in message
    assert message.endswith(".")


def test_a_list_without_indicators_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "indicators.toml"
    text = INDICATORS_FILE.read_text(encoding="utf-8")
    file.write_text(text[: text.index("indicators = [")], encoding="utf-8")
    with pytest.raises(ProfileError, match=r"kunci indicators .* daftar yang tidak kosong"):
        indicator_list(file)
