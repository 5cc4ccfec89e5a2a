"""Classes of other bodies: taken in whole, quarantined with a reason, contradicted, taken back, listed per day."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest

from data.read.refusal import TableError
from data.store import queries
from lib.commands import parser as cli
from lib.intake.kinds import KINDS
from lib.intake.rows import RowImport, import_rows
from lib.intake.undo import undo_import
from lib.output import templates
from lib.rules.agreement import AGREEMENT_FILE, agreement_rules
from lib.rules.regions import calendar
from lib.rules.toml import ProfileError
from lib.texts import quarantine
from tests.city import ANGGREK, AREAS, BAKUNG, CEMPAKA, REGION, REGION_CODE, write_csv
from tests.officers import officer
from tests.sorter import agency_class
from tests.steps import TODAY, assert_sound, counts, rows

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from data.store.lake import Lake
    from lib.intake.rows import ImportResult


def of(code: str, **changes: object) -> dict[str, str]:
    name, district, *_ = AREAS[code]
    return agency_class(kode_kelurahan=code, kelurahan=name, kecamatan=district, **changes)


def take_in(lake: Lake, lines: Sequence[Mapping[str, str]], name: str = "kelas.csv") -> ImportResult:
    path = write_csv(lake.folder.parent / name, lines)
    return import_rows(RowImport(lake, REGION, path, kind="class", today=TODAY), actor=officer())


def known(lake: Lake, as_of: date = TODAY) -> dict[tuple[str, str], str]:
    table = queries.agency_classes(lake, REGION_CODE, as_of=as_of)
    return {(row.agency, row.area_code): row.class_code for row in table.itertuples()}


def reasons(lake: Lake, result: ImportResult) -> list[tuple[str, str]]:
    table = queries.quarantine(lake, result.import_id)
    return list(table[["column_name", "rule"]].itertuples(index=False, name=None))


def test_a_list_is_taken_in_and_adds_up(city: Lake) -> None:
    lines = [of(ANGGREK), of(ANGGREK), of(BAKUNG, kelas="Kurang Rawan"), of(CEMPAKA, kelas="3,05")]
    result = take_in(city, lines)
    assert counts(result) == (4, 2, 1, 1)
    assert known(city) == {("Polres", ANGGREK): "tinggi", ("Polres", BAKUNG): "rendah"}
    assert_sound(city)


@pytest.mark.parametrize(
    ("word", "level"),
    [
        ("rendah", "rendah"),
        ("AMAN", "rendah"),
        ("kurang rawan", "rendah"),
        ("sedang", "sedang"),
        ("Rawan", "sedang"),
        ("tinggi", "tinggi"),
        ("Sangat-Rawan", "tinggi"),
        ("khusus", "tinggi"),
    ],
)
def test_words_of_every_body_are_levels(word: str, level: str) -> None:
    assert agreement_rules().match(word) == level


@pytest.mark.parametrize("word", ["3,05", "45.2", "3", "merah", "sangat"])
def test_numbers_and_other_words_are_no_levels(word: str) -> None:
    assert agreement_rules().match(word) is None


def test_a_number_waits_with_a_sentence(city: Lake) -> None:
    result = take_in(city, [of(ANGGREK, kelas="45,2")])
    assert reasons(city, result) == [("kelas", "class_number")]
    assert "Skala angka tiap lembaga berbeda" in quarantine.reason("class_number", None)


def test_a_list_without_its_edition_is_refused_whole(city: Lake) -> None:
    line = {name: text for name, text in of(ANGGREK).items() if name != "edisi"}
    with pytest.raises(TableError) as refused:
        take_in(city, [line])
    assert refused.value.code == "missing_columns"
    assert refused.value.facts["columns"] == ["edisi"]
    assert rows(city, "SELECT count(*) FROM agency_class") == [(0,)]


def test_another_class_in_the_same_edition_contradicts(city: Lake) -> None:
    together = take_in(city, [of(ANGGREK), of(ANGGREK, kelas="rendah")])
    assert counts(together) == (2, 0, 2, 0)
    assert {rule for _, rule in reasons(city, together)} == {"contradiction"}
    take_in(city, [of(ANGGREK)], "a.csv")
    later = take_in(city, [of(ANGGREK, kelas="rendah", lembaga="POLRES")], "b.csv")
    assert reasons(city, later) == [("kelas", "changed_since")]
    other = take_in(city, [of(ANGGREK, kelas="rendah", edisi="Pemilu 2024"), of(ANGGREK, lembaga="Bawaslu")], "c.csv")
    assert counts(other) == (2, 2, 0, 0)
    assert_sound(city)


def test_the_same_list_twice_is_a_duplicate(city: Lake) -> None:
    take_in(city, [of(ANGGREK), of(BAKUNG)])
    assert counts(take_in(city, [of(BAKUNG), of(ANGGREK)], "lagi.csv")) == (2, 0, 0, 2)


def test_taking_back_leaves_the_edition_before(city: Lake) -> None:
    take_in(city, [of(ANGGREK, edisi="Pemilu 2024", tanggal="2024-02-01", kelas="rawan")], "lama.csv")
    newer = take_in(city, [of(ANGGREK)], "baru.csv")
    assert known(city) == {("Polres", ANGGREK): "tinggi"}
    undo_import(city, REGION, newer.import_id, reason="salah berkas", actor=officer())
    assert known(city) == {("Polres", ANGGREK): "sedang"}
    assert_sound(city)


def test_only_the_newest_edition_until_a_day_counts(city: Lake) -> None:
    take_in(city, [of(code, edisi="Pemilu 2024", tanggal="2024-02-01", kelas="rawan") for code in (ANGGREK, BAKUNG)])
    take_in(city, [of(ANGGREK), of(CEMPAKA, lembaga="Bawaslu", kelas="rendah")], "baru.csv")
    assert known(city, date(2024, 1, 31)) == {}
    assert known(city, date(2024, 10, 31)) == {("Polres", ANGGREK): "sedang", ("Polres", BAKUNG): "sedang"}
    # The new edition leaves Bakung out; the old class does not speak for it.
    assert known(city) == {("Polres", ANGGREK): "tinggi", ("Bawaslu", CEMPAKA): "rendah"}


def test_reasons_are_masked(city: Lake) -> None:
    take_in(city, [of(ANGGREK, alasan_kelas="lapor ke Sdr. Budi Santoso 0812-3456-7890")])
    (reason,) = queries.agency_classes(city, REGION_CODE, as_of=TODAY)["reason"]
    assert "Budi" not in reason
    assert "0812" not in reason


def test_heads_of_an_office_are_understood(city: Lake) -> None:
    line = {
        "Instansi": "Bawaslu",
        "Periode": "Pilkada 2024",
        "Tgl Penilaian": "1 November 2024",
        "Desa/Kelurahan": "Anggrek",
        "Kecamatan": "Utara",
        "Tingkat Kerawanan": "Sedang",
        "Keterangan": "banyak pemilih pindahan",
    }
    assert counts(take_in(city, [line])) == (1, 1, 0, 0)
    table = queries.agency_classes(city, REGION_CODE, as_of=TODAY)
    assert table[["agency", "edition", "area_code", "class_code", "reason"]].to_numpy().tolist() == [
        ["Bawaslu", "Pilkada 2024", ANGGREK, "sedang", "banyak pemilih pindahan"]
    ]


def test_a_mended_workbook_leaves_the_quarantine(city: Lake, tmp_path: Path) -> None:
    first = take_in(city, [of(ANGGREK, kelas="merah")])
    faults = queries.quarantine(city, first.import_id)
    path = tmp_path / "karantina.xlsx"
    path.write_bytes(templates.quarantine_workbook(KINDS["class"], first.import_id, faults))
    workbook = openpyxl.load_workbook(path)
    sheet = workbook["data"]
    heads = [cell.value for cell in sheet[1]]
    sheet.cell(2, heads.index("kelas") + 1).value = "sangat rawan"
    workbook.save(path)
    again = import_rows(RowImport(city, REGION, path, kind="class", today=TODAY), actor=officer())
    assert counts(again) == (1, 1, 0, 0)
    assert queries.quarantine(city, first.import_id).empty
    assert queries.agency_classes(city, REGION_CODE, as_of=TODAY)["reason"].tolist() == ["Pernah ada perusakan"]


def test_the_example_of_the_template_is_not_taken_in(city: Lake, tmp_path: Path) -> None:
    path = tmp_path / "templat.xlsx"
    election = calendar(REGION_CODE).elections[-1]
    path.write_bytes(templates.template(KINDS["class"], REGION, election, today=TODAY))
    result = import_rows(RowImport(city, REGION, path, kind="class", today=TODAY), actor=officer())
    assert result.counts.accepted == 0
    assert ("lembaga", "example_row") in reasons(city, result)


def test_the_command_takes_a_list_in(
    city: Lake, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PETADINI_LAKE", str(city.folder))
    monkeypatch.setenv("PETADINI_HARI_INI", TODAY.isoformat())
    path = write_csv(city.folder.parent / "kelas.csv", [of(ANGGREK)])
    assert cli.main(["impor", "kelas", str(path), "--json"]) == 0
    told: dict[str, Any] = json.loads(capsys.readouterr().out)
    assert (told["baris"], told["diterima"], told["karantina"], told["duplikat"]) == (1, 1, 0, 0)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ('"sedang", "tinggi", "tinggi"]', '"sedang", "tinggi"]'),
        ('"sedang", "tinggi", "tinggi"]', '"sedang", "tinggi", "rendah"]'),
        ('"sedang", "tinggi", "tinggi"]', '"sedang", "tinggi", "gawat"]'),
        ('value = ["sedang", "rawan"', 'value = ["sedang", "aman"'),
        ("value = 10", "value = 1"),
        ("[class_words.tinggi]", "[class_words.gawat]"),
        ('author = "Tim Petadini"\n', ""),
    ],
)
def test_broken_rules_are_refused(tmp_path: Path, before: str, after: str) -> None:
    text = AGREEMENT_FILE.read_text(encoding="utf-8")
    assert before in text
    file = tmp_path / "agreement.toml"
    file.write_text(text.replace(before, after, 1), encoding="utf-8")
    with pytest.raises(ProfileError):
        agreement_rules(file)
