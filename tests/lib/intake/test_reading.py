"""Opening files of rows: which of their columns are ours, and which are never read."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING, Any

import duckdb
import geopandas as gpd
import pandas as pd
import pytest

from data.limits import Limits
from data.read.refusal import TableError
from lib.intake import reading
from lib.intake.kinds import KINDS
from lib.intake.options import ImportOptions
from lib.intake.reading import TypedRows
from lib.output.templates import template
from lib.rules.regions import calendar, region_profile
from tests.city import ANGGREK, at, middle, station, write_csv

if TYPE_CHECKING:
    from pathlib import Path

LIMITS = Limits()


def staged(source: Path | TypedRows, kind: str = "incident", **options: Any) -> pd.DataFrame:
    chosen = ImportOptions(**options)
    columns, required = KINDS[kind].rows.heads, KINDS[kind].rows.required
    opened = reading.open_rows(source, chosen, LIMITS)
    mapping = reading.choose_mapping(opened, kind, chosen, columns)
    with contextlib.closing(duckdb.connect()) as cursor:
        reading.stage(cursor, source, opened, mapping, columns=columns, required=required, limits=LIMITS)
        return cursor.execute("SELECT * FROM staged ORDER BY line_number").df()


def test_our_own_template_needs_no_choice_among_its_sheets(tmp_path: Path) -> None:
    region = region_profile("99.71")
    election = calendar("99.71").elections[-1]
    file = tmp_path / "templat.xlsx"
    file.write_bytes(template(KINDS["incident"], region, election, today=election.voting_day))
    assert staged(file)["id_sumber"].tolist() == ["CONTOH-1"]


def test_another_workbook_of_several_sheets_asks(tmp_path: Path) -> None:
    file = tmp_path / "dua.xlsx"
    with pd.ExcelWriter(file, engine="openpyxl") as writer:
        for name in ("Januari", "Februari"):
            pd.DataFrame([at(ANGGREK, id_sumber=name)]).to_excel(writer, sheet_name=name, index=False)
    with pytest.raises(TableError) as refused:
        staged(file)
    assert refused.value.code == "choose_sheet"
    assert reading.sheets_of(refused.value) == ("Januari", "Februari")
    assert staged(file, sheet="Februari")["id_sumber"].tolist() == ["Februari"]


def test_columns_about_persons_are_never_read(tmp_path: Path) -> None:
    line = at(ANGGREK) | {"sumber": "", "pelapor": "Budi Santoso", "no_hp": "0812-3456-7890"}
    found = staged(write_csv(tmp_path / "a.csv", [line]))
    assert not found.astype(str).apply(lambda column: column.str.contains("Budi|0812")).to_numpy().any()


def test_foreign_heads_are_mapped_by_their_usual_names(tmp_path: Path) -> None:
    line = at(ANGGREK)
    names = {"tanggal_kejadian": "Tgl Kejadian", "kelurahan": "Desa/Kelurahan", "lintang": "Latitude", "bujur": "Lng"}
    found = staged(write_csv(tmp_path / "a.csv", [{names.get(key, key): value for key, value in line.items()}]))
    assert found.loc[0, ["tanggal_kejadian", "kelurahan", "lintang", "bujur"]].tolist() == [
        line["tanggal_kejadian"],
        line["kelurahan"],
        line["lintang"],
        line["bujur"],
    ]


def test_the_election_of_a_list_is_what_somebody_says(tmp_path: Path) -> None:
    file = write_csv(tmp_path / "a.csv", [{k: v for k, v in station().items() if k != "pemilihan"}])
    with pytest.raises(TableError) as refused:
        staged(file, "station")
    assert refused.value.code == "missing_columns"
    assert staged(file, "station", election_code="pilkada-2024")["pemilihan"].tolist() == ["pilkada-2024"]


def test_without_a_category_the_description_tells_it(tmp_path: Path) -> None:
    line = {"Tanggal": "2024-11-10", "Kejadian": "perusakan baliho", "Kelurahan": "Anggrek", "Kecamatan": "Utara"}
    file = write_csv(tmp_path / "a.csv", [line])
    with pytest.raises(TableError) as refused:
        staged(file)
    assert refused.value.facts["columns"] == ["keparahan"]
    found = staged(file, constants={"keparahan": "2"})
    assert found.loc[0, ["kategori", "uraian", "keparahan"]].tolist() == ["perusakan baliho", "perusakan baliho", "2"]
    assert staged(file, constants={"keparahan": "2", "kategori": "HOAKS"})["kategori"].tolist() == ["HOAKS"]


def test_a_value_for_all_rows_fills_only_what_a_file_leaves_empty(tmp_path: Path) -> None:
    lines = [at(ANGGREK, id_sumber="1", keparahan="4"), at(ANGGREK, id_sumber="2", keparahan="")]
    assert staged(write_csv(tmp_path / "a.csv", lines), constants={"keparahan": "2"})["keparahan"].tolist() == [
        "4",
        "2",
    ]


def test_a_form_must_say_its_category() -> None:
    row = {"tanggal_kejadian": "2024-11-10", "uraian": "perusakan baliho", "keparahan": "2"}
    with pytest.raises(TableError, match="missing_columns"):
        staged(TypedRows("formulir", (row,)))


def test_parquet_may_hold_a_table_or_places(tmp_path: Path) -> None:
    frame = pd.DataFrame([at(ANGGREK)])
    table, places = tmp_path / "tabel.parquet", tmp_path / "titik.parquet"
    frame.to_parquet(table)
    longitude, latitude = middle(ANGGREK)
    geometry = gpd.points_from_xy([longitude], [latitude])
    gpd.GeoDataFrame(frame.drop(columns=["lintang", "bujur"]), geometry=geometry, crs=4326).to_parquet(places)
    for file in (table, places):
        assert float(staged(file).loc[0, "bujur"]) == longitude


def test_typed_rows_go_the_same_way() -> None:
    typed = TypedRows("formulir", (at(ANGGREK, id_sumber="1"), {"kategori": "KEK", "tanggal_kejadian": "2024-11-10"}))
    found = staged(TypedRows("formulir", (typed.rows[0] | {"keparahan": "2"}, typed.rows[1])))
    assert found["kategori"].tolist() == ["KEK", "KEK"]
    assert found["id_sumber"].isna().tolist() == [False, True]
