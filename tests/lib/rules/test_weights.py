"""The weights: every value has an author and a reason, and the digest follows the values alone."""

from __future__ import annotations

import dataclasses
import hashlib
import json
import shutil
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lib.rules.judged import REGIONS_FOLDER, Judgement
from lib.rules.regions import weights
from lib.rules.structural import StructuralIndicator
from lib.rules.taxonomy import taxonomy
from lib.rules.toml import ProfileError
from lib.rules.weights import COMPONENTS, JUDGED, SCALE_FIELDS, SCORABLE_GROUPS

if TYPE_CHECKING:
    from pathlib import Path

SHIPPED = weights("14.72")
VALUES: dict[str, Any] = {key: getattr(SHIPPED, key) for key in ("scheme", "version", "structural", *JUDGED)}
INDICATOR_KEYS = tuple(f"structural.{indicator.code}" for indicator in SHIPPED.structural)


@pytest.fixture
def regions(tmp_path: Path) -> Path:
    """Copy the national files to a place where they may be broken."""
    shutil.copytree(REGIONS_FOLDER / "nasional", tmp_path / "nasional")
    return tmp_path


# The shipped judgements


def test_the_values_are_the_agreed_ones() -> None:
    assert SHIPPED.half_life_days == 28
    assert SHIPPED.window_days == 6 * SHIPPED.half_life_days
    assert list(SHIPPED.severity_weights) == [1, 2, 4, 8, 16]
    assert dict(SHIPPED.credibility_weights) == {
        "terverifikasi": 1.0,
        "ditangani": 1.0,
        "selesai": 1.0,
        "masuk": 0.4,
        "tidak_dapat_dipastikan": 0.4,
        "ditolak": 0.0,
    }
    assert (SHIPPED.exposure_exponent, SHIPPED.reference_percentile) == (0.5, 75)
    assert SHIPPED.freeze_minimum_incidents == 350
    assert list(SHIPPED.class_cuts) == [20, 35, 50, 65]
    assert list(SHIPPED.category_groups_in_score) == ["K", "S"]
    assert SHIPPED.border_m == 50
    assert (SHIPPED.incomplete_days, SHIPPED.usual_weeks) == (7, 8)
    shares = {"struktural": 0.30, "kejadian": 0.40, "sekitar": 0.15, "lonjakan": 0.15}
    assert dict(SHIPPED.component_weights) == shares
    assert (SHIPPED.surprise_window_days, SHIPPED.surprise_baseline_weeks, SHIPPED.surprise_minimum) == (14, 26, 2)
    assert SHIPPED.surprise_full_probability == 0.001
    assert (SHIPPED.completeness_minimum, SHIPPED.missing_percentile, SHIPPED.structural_unknown) == (0.5, 75, 50)
    assert (SHIPPED.severe_days, SHIPPED.severe_severity) == (7, 5)
    assert (SHIPPED.support_days, SHIPPED.support_sources) == (28, 2)
    assert (SHIPPED.carrier_share, SHIPPED.carrier_reports) == (0.5, 3)
    assert (SHIPPED.reach_days, SHIPPED.reach_share, SHIPPED.reach_deviations) == (28, 0.3, 1.64)
    assert (SHIPPED.draw_count, SHIPPED.draw_concentration, SHIPPED.draw_half_lives) == (500, 40, (14, 28, 45))
    assert dict(SHIPPED.station_weights) == {"daftar_periksa": 0.50, "kelurahan": 0.30, "kedekatan": 0.20}
    assert (SHIPPED.proximity_m, SHIPPED.proximity_cutoff_m) == (500, 1500)
    assert (SHIPPED.coverage_weeks, SHIPPED.coverage_strength) == (8, 1)


def test_every_value_has_author_date_and_reason() -> None:
    assert tuple(judgement.key for judgement in SHIPPED.judgements) == JUDGED + INDICATOR_KEYS
    assert {judgement.author for judgement in SHIPPED.judgements} == {"Tim Petadini"}
    assert {judgement.day for judgement in SHIPPED.judgements} == {date(2026, 11, 22), date(2026, 11, 28)}
    assert "0,310" in SHIPPED.judgement("severity_weights").reason
    with pytest.raises(KeyError):
        SHIPPED.judgement("half_life")


def test_the_groups_in_the_score_are_groups_of_the_taxonomy() -> None:
    assert set(SCORABLE_GROUPS) <= {group.code for group in taxonomy().groups}


# The digest


def test_digest_is_sha256_of_the_canonical_json_of_the_values() -> None:
    values = VALUES | {"structural": [dataclasses.asdict(indicator) for indicator in SHIPPED.structural]}
    canonical = json.dumps(values, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    assert SHIPPED.digest == hashlib.sha256(canonical.encode()).hexdigest()
    assert SHIPPED.digest.startswith(SHIPPED.short_digest)
    assert len(SHIPPED.short_digest) == 12


def other_value(value: Any) -> st.SearchStrategy[Any]:
    """Make values of the same kind, some of them equal."""
    if isinstance(value, tuple) and isinstance(value[0], StructuralIndicator):
        heavier = dataclasses.replace(value[0], weight=value[0].weight + 1)
        return st.sampled_from([value, value[1:], (heavier, *value[1:])])
    if isinstance(value, tuple):
        if value and isinstance(value[0], tuple):
            return st.tuples(*(st.tuples(st.just(key), st.floats(0, 1)) for key, _ in value))
        return st.lists(other_value(value[0]), max_size=6).map(tuple)
    if isinstance(value, float):
        return st.floats(-1e6, 1e6).map(lambda number: number + 0.0)  # minus zero is zero
    return st.integers(-1000, 1000) if isinstance(value, int) else st.text(max_size=9)


@given(st.sampled_from(sorted(VALUES)).flatmap(lambda key: st.tuples(st.just(key), other_value(VALUES[key]))))
def test_digest_changes_exactly_with_the_values(change: tuple[str, Any]) -> None:
    key, value = change
    changed = dataclasses.replace(SHIPPED, **{key: value})
    assert (changed.digest == SHIPPED.digest) == (value == VALUES[key])


def test_a_better_worded_reason_changes_no_digest() -> None:
    reworded = tuple(Judgement(entry.key, "Orang lain", date(2027, 1, 1), "x") for entry in SHIPPED.judgements)
    assert dataclasses.replace(SHIPPED, judgements=reworded).digest == SHIPPED.digest


def test_only_what_the_scale_depends_on_moves_the_scale() -> None:
    assert set(SCALE_FIELDS) < set(JUDGED)
    shares = tuple((name, 0.25) for name in COMPONENTS)
    other = dataclasses.replace(SHIPPED, component_weights=shares, class_cuts=(1.0, 2.0, 3.0, 4.0), version="x")
    assert other.scale_digest == SHIPPED.scale_digest
    assert other.digest != SHIPPED.digest
    assert dataclasses.replace(SHIPPED, half_life_days=14.0).scale_digest != SHIPPED.scale_digest


def test_writing_28_or_28_point_0_is_the_same(regions: Path) -> None:
    replace(regions, "value = 28\n", "value = 28.0\n")
    replace(regions, "[1, 2, 4, 8, 16]", "[1.0, 2, 4, 8.0, 16]")
    replace(regions, '["K", "S"]', '["S", "K"]')
    assert weights("36.71", folder=regions).digest == SHIPPED.digest


def test_a_region_replaces_the_whole_file(regions: Path) -> None:
    own = regions / "14.72"
    own.mkdir()
    national = (regions / "nasional" / "weights.toml").read_text(encoding="utf-8")
    (own / "weights.toml").write_text(national.replace("value = 28\n", "value = 14\n"), encoding="utf-8")
    assert weights("14.72", folder=regions).half_life_days == 14
    assert weights("36.71", folder=regions).half_life_days == 28
    (own / "weights.toml").write_text('scheme = "x"\nversion = "1"\n', encoding="utf-8")
    weights.cache_clear()
    with pytest.raises(ProfileError, match="kunci half_life_days wajib ada"):
        weights("14.72", folder=regions)


# Broken rules


def replace(regions: Path, old: str, new: str) -> Path:
    file = regions / "nasional" / "weights.toml"
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")
    return file


BROKEN = [
    ("value = 28\n", "value = 0\n", "half_life_days.value", "angka dari 1 sampai 3650"),
    ("value = 28\n", "value = inf\n", "half_life_days.value", "angka dari 1 sampai 3650"),
    ("value = 28\n", "value = true\n", "half_life_days.value", "angka dari 1 sampai 3650"),
    ("value = 168", "value = 27", "window_days.value", "tidak boleh lebih pendek daripada waktu paruh"),
    ("[1, 2, 4, 8, 16]", "[1, 2, 4, 8]", "severity_weights.value", "harus berisi 5 nilai"),
    ("[1, 2, 4, 8, 16]", "[1, 2, 2, 8, 16]",
     "severity_weights.value", "lebih besar daripada angka sebelumnya"),
    ("[1, 2, 4, 8, 16]", '["1", 2, 4, 8, 16]', "severity_weights.value", "angka dari 0 sampai 1000"),
    ("[1, 2, 4, 8, 16]", "16", "severity_weights.value", "daftar yang tidak kosong"),
    ("ditolak = 0.0", "hoaks = 0.0", "credibility_weights.value", "isinya harus tepat terverifikasi, ditangani"),
    ("masuk = 0.4", "masuk = 1.4", "credibility_weights.value.masuk", "angka dari 0 sampai 1"),
    ("terverifikasi = 1.0", "terverifikasi = 0.3", "credibility_weights.value", "laporan terverifikasi"),
    ("value = 0.5", "value = 2", "exposure_exponent.value", "angka dari 0 sampai 1"),
    ("value = 75", "value = 100", "reference_percentile.value", "angka dari 1 sampai 99"),
    ("value = 350", "value = 2.5", "freeze_minimum_incidents.value", "bilangan bulat"),
    ("[20, 35, 50, 65]", "[20, 50, 35, 65]", "class_cuts.value", "lebih besar daripada angka sebelumnya"),
    ("[20, 35, 50, 65]", "[20, 35, 65]", "class_cuts.value", "harus berisi 4 nilai"),
    ('["K", "S"]', '["K", "P"]', "category_groups_in_score.value", "hanya K, A, L, S yang dikenal"),
    ('["K", "S"]', '["K", ""]', "category_groups_in_score.value", "teks yang tidak kosong"),
    ("severity]\nvalue = 5\n", "severity]\nvalue = 6\n", "severe_severity.value", "bilangan bulat dari 1 sampai 5"),
    ("value = 50", "value = -1", "border_m.value", "angka dari 0"),
    ("value = 7\n", "value = 7\nnote = 1\n", "incomplete_days.note", "tidak dikenal"),
    ("[usual_weeks]", "[usual_week]", "usual_week", "tidak dikenal"),
    ("date = 2026-11-22", 'date = "kemarin"', "half_life_days.date", "berupa tanggal"),
    ('author = "Tim Petadini"', 'author = ""', "half_life_days.author", "teks yang tidak kosong"),
    ("reason = ", "alasan = ", "half_life_days.alasan", "tidak dikenal"),
    ("kejadian = 0.40", "kejadian = 0.41", "component_weights.value", "tidak berjumlah 1"),
    ("kejadian = 0.40", "peristiwa = 0.40", "component_weights.value", "isinya harus tepat struktural"),
    ("kejadian = 0.40", "partai = 0.40", "component_weights.value", "partai, calon, agama, dan suku"),
    ("lonjakan = 0.15", "suku_bangsa = 0.15", "component_weights.value", "partai, calon, agama, dan suku"),
    ('"patroli"', '"relawan paslon"', "monitored_sources.value", "partai, calon, agama, dan suku"),
    ('code = "psu_tps"', 'code = "suara_partai"', "structural[4].code", "partai, calon, agama, dan suku"),
    ('name = "TPS di wilayah rawan bencana"', 'name = "Bagian pemilih menurut agama"', "structural[6].name",
     "partai, calon, agama, dan suku"),
    ('name = "TPS di wilayah rawan bencana"', 'name = "Keragaman etnis"', "structural[6].name",
     "partai, calon, agama, dan suku"),
    ('name = "TPS di wilayah rawan bencana"', 'name = "Ethnic share"', "structural[6].name",
     "partai, calon, agama, dan suku"),
    ('code = "psu_tps"', 'code = "kekerasan_tps"', "structural[4].code", "sudah dipakai oleh structural[1]"),
    ('code = "psu_tps"', 'code = "PSU TPS"', "structural[4].code", "bentuknya harus huruf kecil"),
    ('source = "impor"', 'source = "tps:V9.9"', "structural[7].source", "dikenal"),
    ("high = 5\n", "high = 0\n", "structural[7].high", "lebih besar daripada angka sebelumnya"),
    ('direction = "naik"', 'direction = "atas"', "structural[1].direction", "hanya naik, turun"),
    ("[14, 28, 45]", "[28, 14, 45]", "draw_half_lives.value", "lebih besar daripada angka sebelumnya"),
    ("[[structural]]", "[[structure]]", "structure", "tidak dikenal"),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "key", "rule"), BROKEN)
def test_broken_weights_are_refused_in_one_sentence(regions: Path, old: str, new: str, key: str, rule: str) -> None:
    file = replace(regions, old, new)
    with pytest.raises(ProfileError) as caught:
        weights("36.71", folder=regions)
    message = str(caught.value)
    assert message.startswith(f"Berkas {file.as_posix()}: ")
    assert f"kunci {key} " in message
    assert rule in message
    assert message.endswith(".")
