"""Structural indicators: only those of the weights, within reason, the newest of each area; nothing about people."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.read.refusal import TableError
from data.sort.numbers import decimal_column
from data.store import queries
from lib.commands import parser as cli
from lib.intake.boundaries import import_boundaries
from lib.intake.indicators import imported_indicators, matcher, plausible_ranges
from lib.intake.kinds import KINDS
from lib.intake.rows import RowImport, import_rows
from lib.intake.undo import undo_import
from lib.output import templates
from lib.rules.regions import calendar, weights
from lib.texts.errors import sentence
from tests.city import ANGGREK, AREAS, BAKUNG, CEMPAKA, REGION, REGION_CODE, write_boundaries, write_csv
from tests.officers import officer
from tests.sorter import indicator
from tests.steps import TODAY, assert_sound, counts, rows

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from data.store.lake import Lake
    from lib.intake.rows import ImportResult

KNOWN = imported_indicators(weights(REGION_CODE))


def of(code: str, **changes: object) -> dict[str, str]:
    name, district, *_ = AREAS[code]
    return indicator(kode_kelurahan=code, kelurahan=name, kecamatan=district, **changes)


def take_in(lake: Lake, lines: Sequence[Mapping[str, str]], name: str = "indikator.csv") -> ImportResult:
    path = write_csv(lake.folder.parent / name, lines)
    return import_rows(RowImport(lake, REGION, path, kind="indicator", today=TODAY), actor=officer())


def values(lake: Lake, as_of: date = TODAY) -> dict[tuple[str, str], float]:
    table = queries.area_indicators(lake, REGION_CODE, as_of=as_of)
    return {(row.area_code, row.indicator_code): row.value for row in table.itertuples()}


def rules(lake: Lake, result: ImportResult) -> set[str]:
    return set(queries.quarantine(lake, result.import_id)["rule"])


def test_a_table_is_taken_in_and_adds_up(city: Lake) -> None:
    lines = [
        of(ANGGREK, nilai="3"),
        of(ANGGREK, nilai="3"),
        of(BAKUNG, indikator="Jarak ke pos polisi terdekat (km)", nilai="2,5"),
        of(CEMPAKA, indikator="jumlah warung"),
        of(CEMPAKA, nilai="9999"),
        of(CEMPAKA, nilai="-1"),
    ]
    result = take_in(city, lines)
    assert counts(result) == (6, 2, 3, 1)
    assert values(city) == {(ANGGREK, "sengketa_lahan"): 3.0, (BAKUNG, "jarak_pos_polisi"): 2.5}
    assert rules(city, result) == {"indicator", "indicator_range"}
    assert_sound(city)


@pytest.mark.parametrize(
    "name", ["Perolehan partai A", "persentase_agama", "Keragaman suku", "jumlah etnis", "Dukungan paslon 2"]
)
def test_a_file_about_people_is_refused_whole(city: Lake, name: str) -> None:
    with pytest.raises(TableError) as refused:
        take_in(city, [of(ANGGREK), of(BAKUNG, indikator=name, nilai="40")])
    assert refused.value.code == "forbidden_indicators"
    said = sentence(refused.value)
    assert name in said
    assert "indikator.csv" in said
    assert rows(city, "SELECT count(*) FROM import_record WHERE kind = 'indicator'") == [(0,)]
    assert rows(city, "SELECT count(*) FROM quarantine") == [(0,)]


def test_no_shipped_indicator_is_refused_by_its_name() -> None:
    match = matcher(KNOWN)
    assert KNOWN
    for known in KNOWN:
        assert match(known.name.upper()) == match(known.code.replace("_", " ")) == known.code
    assert match("jumlah warung") is None


def test_plausible_ranges_lie_around_the_goalposts() -> None:
    ranges = plausible_ranges(KNOWN)
    for known in KNOWN:
        least, most = ranges[known.code]
        assert least <= known.low < known.high < most
        assert least >= 0 or known.low < 0


def test_the_newest_day_until_a_day_counts(city: Lake) -> None:
    take_in(city, [of(ANGGREK, nilai="1", tanggal="2024-01-10"), of(ANGGREK, nilai="4", tanggal="2024-06-10")])
    assert values(city, date(2024, 1, 9)) == {}
    assert values(city, date(2024, 6, 9)) == {(ANGGREK, "sengketa_lahan"): 1.0}
    assert values(city) == {(ANGGREK, "sengketa_lahan"): 4.0}


def test_another_value_of_the_same_day_contradicts(city: Lake) -> None:
    take_in(city, [of(ANGGREK)])
    changed = take_in(city, [of(ANGGREK, nilai="5")], "lain.csv")
    assert (counts(changed), rules(city, changed)) == ((1, 0, 1, 0), {"changed_since"})
    assert values(city) == {(ANGGREK, "sengketa_lahan"): 2.0}


def test_taking_back_leaves_the_value_before(city: Lake) -> None:
    take_in(city, [of(ANGGREK, nilai="1", tanggal="2024-01-10")], "lama.csv")
    newer = take_in(city, [of(ANGGREK, nilai="4")], "baru.csv")
    undo_import(city, REGION, newer.import_id, reason="salah berkas", actor=officer())
    assert values(city) == {(ANGGREK, "sengketa_lahan"): 1.0}
    assert_sound(city)


def test_only_areas_in_force_have_values(city: Lake, tmp_path: Path) -> None:
    take_in(city, [of(ANGGREK), of(BAKUNG)])
    path = write_boundaries(tmp_path / "baru.geojson")
    fewer = json.loads(path.read_text(encoding="utf-8"))
    fewer["features"] = [one for one in fewer["features"] if BAKUNG not in json.dumps(one["properties"])]
    path.write_text(json.dumps(fewer), encoding="utf-8")
    import_boundaries(city, REGION, path, actor=officer())
    assert set(values(city)) == {(ANGGREK, "sengketa_lahan")}


def test_the_template_lists_the_indicators_and_its_example_is_not_taken_in(city: Lake, tmp_path: Path) -> None:
    path = tmp_path / "templat.xlsx"
    election = calendar(REGION_CODE).elections[-1]
    path.write_bytes(templates.template(KINDS["indicator"], REGION, election, today=TODAY))
    sheet = openpyxl.load_workbook(path)["indikator"]
    assert [row[0].value for row in sheet.iter_rows(min_row=2)] == [known.code for known in KNOWN]
    result = import_rows(RowImport(city, REGION, path, kind="indicator", today=TODAY), actor=officer())
    assert result.counts.accepted == 0
    assert "example_row" in rules(city, result)


def test_the_command_takes_a_table_in(
    city: Lake, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PETADINI_LAKE", str(city.folder))
    monkeypatch.setenv("PETADINI_HARI_INI", TODAY.isoformat())
    path = write_csv(city.folder.parent / "indikator.csv", [of(ANGGREK), of(BAKUNG, nilai="x")])
    assert cli.main(["impor", "indikator", str(path), "--json"]) == 0
    told: dict[str, Any] = json.loads(capsys.readouterr().out)
    assert (told["baris"], told["diterima"], told["karantina"], told["duplikat"]) == (2, 1, 1, 0)


@pytest.mark.parametrize(
    ("texts", "style", "found"),
    [
        (["2,5", "10", "0,75"], "koma", [2.5, 10.0, 0.75]),
        (["2.5", "10"], "titik", [2.5, 10.0]),
        (["1.200,5", "3,0"], "koma", [1200.5, 3.0]),
        (["2,5", "2.5"], "taktentu", [None, None]),
        (["3.015"], "taktentu", [None]),
        (["−1", "+2"], "titik", [-1.0, 2.0]),
        (["1e3", "nan", "inf", "2 km", "", "1,2,3"], "koma", [None] * 6),
    ],
)
def test_decimals_of_a_column(texts: list[str], style: str, found: list[float | None]) -> None:
    read = decimal_column(texts)
    assert [read.values[text] for text in texts] == found
    assert read.style == style or found == [None] * len(texts)


@given(st.lists(st.decimals(-9999, 9999, places=2), min_size=1, max_size=20, unique=True))
def test_decimals_come_back(numbers: list[Any]) -> None:
    texts = {f"{number:.2f}".replace(".", ","): float(number) for number in numbers}
    read = decimal_column(texts)
    assert read.values == pytest.approx(texts)
