"""A judgement is declared once, in its field: range, author, date and reason are read from there for every file."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest
import tomli_w

from data import digests
from lib.rules.alerts import AlertRules, alert_rules
from lib.rules.checklists import station_schemes
from lib.rules.completeness import CompletenessRules
from lib.rules.forecasts import ForecastRules
from lib.rules.hotspots import HotspotRules, hotspot_rules
from lib.rules.intake import ImportRules
from lib.rules.judged import REGIONS_FOLDER, Judged, judged, judged_keys, number, pair, read_judged, whole
from lib.rules.pairing import Pairing
from lib.rules.regions import weights
from lib.rules.toml import ProfileError

if TYPE_CHECKING:
    from pathlib import Path

FILES = {
    "alerts": AlertRules,
    "completeness": CompletenessRules,
    "forecasts": ForecastRules,
    "hotspots": HotspotRules,
    "import": ImportRules,
    "pairing": Pairing,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Example(Judged):
    """Judgements of every kind."""

    most: int = whole(1, 10)
    least: int = whole(0, "most")
    share: float = number(0, 1)
    limits: tuple[float, float] = pair(0, 5)
    words: tuple[str, ...] = judged(lambda table: table.texts("value"))


SIGNED = {"author": "Tim", "date": tomllib.loads("d = 2026-11-22")["d"], "reason": "Pertimbangan."}
VALUES: dict[str, Any] = {"most": 3, "least": 2, "share": 0.5, "limits": [1, 2], "words": ["a"]}


def read(tmp_path: Path, **changes: Any) -> Example:
    file = tmp_path / "contoh.toml"
    tables = {key: {"value": value, **SIGNED} for key, value in (VALUES | changes).items()}
    file.write_text(tomli_w.dumps(tables), encoding="utf-8")
    return read_judged(Example, file)


def test_fields_are_read_as_they_are_declared(tmp_path: Path) -> None:
    rules = read(tmp_path)
    assert (rules.most, rules.least, rules.share, rules.limits, rules.words) == (3, 2, 0.5, (1.0, 2.0), ("a",))
    assert judged_keys(Example) == tuple(VALUES) == tuple(entry.key for entry in rules.judgements)
    assert rules.judgement("least").reason == "Pertimbangan."


@pytest.mark.parametrize(
    ("key", "value", "rule"),
    [
        ("most", 11, "bilangan bulat dari 1 sampai 10"),
        ("least", 4, "bilangan bulat dari 0 sampai 3"),  # the limit is the value of another field
        ("share", 1.5, "angka dari 0 sampai 1"),
        ("limits", [1], "harus berisi 2 nilai"),
        ("limits", [1, 6], "angka dari 0 sampai 5"),
        ("words", [], "daftar yang tidak kosong"),
    ],
)
def test_a_value_outside_its_field_is_refused(tmp_path: Path, key: str, value: object, rule: str) -> None:
    with pytest.raises(ProfileError, match=rf"kunci {key}\.value .*{rule}"):
        read(tmp_path, **{key: value})


def test_the_digest_is_of_the_values_alone(tmp_path: Path) -> None:
    rules = read(tmp_path)
    assert rules.digest == digests.of_values(VALUES | {"limits": [1.0, 2.0]})
    assert rules.digest != read(tmp_path, words=["b"]).digest
    assert rules.digest.startswith(rules.short_digest)


@pytest.mark.parametrize("name", FILES)
def test_every_shipped_judgement_has_author_date_and_reason(name: str) -> None:
    kind = FILES[name]
    rules = read_judged(kind, REGIONS_FOLDER / "nasional" / f"{name}.toml")
    assert tuple(entry.key for entry in rules.judgements) == judged_keys(kind)
    assert all(entry.author and entry.reason for entry in rules.judgements)


def test_the_shipped_judgements_have_the_digests_that_stand_on_issues_and_prints() -> None:
    schemes = {scheme.code: scheme.digest for scheme in station_schemes()}
    assert alert_rules("14.72").short_digest == "92494dab8841"
    assert hotspot_rules("14.72").short_digest == "fe929686eb01"
    assert weights("14.72").short_digest == "fbdc575288bd"
    assert schemes == {"bawaslu-pemilu-2024": "0cb37fb362d6", "bawaslu-pilkada-2024": "ed31b30785b7"}
