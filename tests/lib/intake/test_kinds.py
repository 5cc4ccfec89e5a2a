"""A kind of row is one file and one entry: an invented one is imported, shown and offered like any other."""

from __future__ import annotations

import io
from contextlib import closing
from typing import TYPE_CHECKING

import pytest
from openpyxl import load_workbook

from data.sort.row_kind import AREA, POINT, Column, Placing, RowKind, Words
from data.store import health
from lib.commands.parser import parser
from lib.intake.heads import propose
from lib.intake.kinds import KINDS, ImportKind, label_of, name_of, of_files
from lib.intake.mapping_toml import read_mapping, to_toml
from lib.intake.mappings import detect
from lib.intake.rows import RowImport, import_rows, preview_rows
from lib.intake.undo import undo_import
from lib.output.templates import template
from lib.rules.regions import calendar
from tests.city import ANGGREK, BAKUNG, REGION, REGION_CODE, middle, write_csv
from tests.officers import officer
from tests.steps import TODAY, assert_sound, counts, rows

if TYPE_CHECKING:
    from pathlib import Path

    from data.store.lake import Lake

# What a file of its own would hold …
POSKO = RowKind(
    code="posko",
    table="posko",
    columns=(
        Column("nama_posko", "text", "post_name", required=True),
        *AREA,
        *POINT,
        Column("dibuka", "day", "opened_on", required=True),
        Column("keadaan", "word", "state", rule="item_kind", words=Words({"buka": "open", "tutup": "shut"}.get)),
        Column("luas", "decimal", "area_m2"),
    ),
    fault_column="nama_posko",
    content=("nama_posko", "stated_area_code", "longitude", "latitude", "opened_on", "state", "area_m2"),
    identity=("nama_posko", "stated_area_code"),
    source="nama_posko",
    has_example=True,
    placing=Placing("true", "true", "titik_di_kelurahan_lain"),
)
# … the table that it names …
TABLE = """CREATE TABLE posko (import_id VARCHAR, line_number BIGINT, region_code VARCHAR, post_name VARCHAR,
    stated_area_code VARCHAR, longitude DOUBLE, latitude DOUBLE, opened_on DATE, state VARCHAR, area_m2 DOUBLE,
    simulated BOOLEAN, row_hash UBIGINT, identity_hash UBIGINT)"""
# … and the entry.
ENTRY = ImportKind(
    POSKO,
    name="posko pengamanan",
    word="posko",
    telling=("nama_posko",),
    notes={"nama_posko": "Wajib.", "dibuka": "Wajib.", "keadaan": "buka atau tutup.", "luas": "Meter persegi."},
    example=lambda _, __, today: {"nama_posko": "CONTOH 1", "dibuka": today.isoformat()},
)


@pytest.fixture
def with_posko(city: Lake, monkeypatch: pytest.MonkeyPatch) -> Lake:
    """Add the kind to those that are known, and its table to the store."""
    monkeypatch.setitem(KINDS, POSKO.code, ENTRY)
    with closing(city.cursor()) as cursor:
        cursor.execute(TABLE)
    return city


def post(number: int, code: str = ANGGREK, **changes: str) -> dict[str, str]:
    longitude, latitude = map(str, middle(BAKUNG))
    row = {"nama_posko": f"Posko {number}", "kode_kelurahan": code, "lintang": latitude, "bujur": longitude}
    return row | {"dibuka": "2024-11-13", "keadaan": "buka", "luas": "12,5"} | changes


def test_a_new_kind_is_imported_placed_kept_apart_and_undone(with_posko: Lake, tmp_path: Path) -> None:
    lines = [
        post(1),
        post(2, BAKUNG, keadaan="tutup", luas=""),
        post(2, BAKUNG, keadaan="tutup", luas=""),
        post(3, dibuka="2024-11-31", keadaan="rusak"),
        post(4, kode_kelurahan=""),
        post(5, nama_posko="CONTOH 1"),
        post(6, nama_posko="", luas="besar"),
        post(7, dibuka="2025-01-13", lintang="0", bujur="0"),
    ]
    task = RowImport(with_posko, REGION, write_csv(tmp_path / "posko.csv", lines), "posko", TODAY)
    seen = preview_rows(task)
    result = import_rows(task, actor=officer())
    assert (
        counts(result)
        == (8, 2, 5, 1)
        == (seen.counts.rows, seen.counts.accepted, seen.counts.quarantined, seen.counts.duplicate)
    )
    assert seen.facts["desimal"] == "koma"
    assert rows(with_posko, "SELECT line_number, column_name, rule FROM quarantine ORDER BY ALL") == [
        (5, "dibuka", "date"),
        (5, "keadaan", "item_kind"),
        (6, "kode_kelurahan", "required"),
        (7, "nama_posko", "example_row"),
        (8, "luas", "decimal"),
        (8, "nama_posko", "required"),
        (9, "dibuka", "future"),
        (9, "lintang", "zero"),
    ]
    stored = "SELECT post_name, opened_on::VARCHAR, state, area_m2, stated_area_code FROM posko ORDER BY line_number"
    assert rows(with_posko, stored) == [
        ("Posko 1", "2024-11-13", "open", 12.5, ANGGREK),
        ("Posko 2", "2024-11-13", "shut", None, BAKUNG),
    ]
    # Its points lie in Bakung, whatever the rows state.
    placed = "SELECT line_number, area_code, disagrees FROM location WHERE kind = 'posko' ORDER BY ALL"
    assert rows(with_posko, placed) == [(2, BAKUNG, True), (3, BAKUNG, False)]
    assert result.facts["titik_di_kelurahan_lain"] == 1
    assert_sound(with_posko)
    changed = write_csv(tmp_path / "lagi.csv", [post(1), post(2, BAKUNG)])
    again = import_rows(RowImport(with_posko, REGION, changed, "posko", TODAY), actor=officer())
    assert counts(again) == (2, 0, 1, 1)  # Posko 2 is open now: a person must say which is right
    undo_import(with_posko, REGION, result.import_id, reason="uji", actor=officer())
    assert_sound(with_posko)


def test_lost_rows_of_a_new_kind_are_noticed(with_posko: Lake, tmp_path: Path) -> None:
    path = write_csv(tmp_path / "posko.csv", [post(1), post(2)])
    import_rows(RowImport(with_posko, REGION, path, "posko", TODAY), actor=officer())
    with closing(with_posko.cursor()) as cursor:
        cursor.execute("DELETE FROM posko WHERE line_number = 2")
        assert [name for name, _ in health.broken_rules(cursor)] == ["import_rows", "locations_complete"]
        assert len(health.lost_rows(cursor)) == 1


@pytest.mark.usefixtures("with_posko")
def test_a_new_kind_is_offered_by_command_page_and_template() -> None:
    assert parser().parse_args(["impor", "posko", "a.csv"]).jenis == "posko"
    assert parser().parse_args(["templat", "posko"]).jenis == "posko"
    assert ENTRY in of_files()  # the page's choices
    assert (label_of("posko"), name_of("posko")) == ("Posko pengamanan", "posko pengamanan")
    book = load_workbook(io.BytesIO(template(ENTRY, REGION, calendar(REGION_CODE).elections[-1], today=TODAY)))
    heads, example = book["data"].iter_rows(values_only=True)
    assert heads == POSKO.heads
    assert example[heads.index("nama_posko")] == "CONTOH 1"
    assert ("keadaan", "buka atau tutup.") in list(book["petunjuk"].iter_rows(values_only=True))
    mapping = propose(POSKO.heads, "posko")
    assert set(mapping.sources) == set(POSKO.heads)
    assert read_mapping(to_toml(mapping), "uji.toml").kind == "posko"
    assert detect(POSKO.heads, "posko") is None


def test_every_kind_that_files_hold_is_told_apart_and_has_a_template() -> None:
    election = calendar(REGION_CODE).elections[-1]
    for kind in of_files():
        assert set(kind.telling) <= set(kind.rows.heads)
        assert set(kind.fillable) <= set(kind.rows.heads)
        assert kind.rows.required
        assert set(kind.rows.required) & set(kind.telling)
        assert template(kind, REGION, election, today=TODAY)
    assert len({kind.word for kind in of_files()}) == len(of_files())


def test_only_what_is_no_row_has_no_kind(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        parser().parse_args(["impor", "posko", "a.csv"])
    assert "kejadian" in capsys.readouterr().err
    assert (label_of("area"), name_of("area")) == ("Batas kelurahan", "batas")


@pytest.mark.parametrize("kind", of_files(), ids=lambda kind: kind.word)
def test_the_example_row_of_a_template_is_never_taken_in(city: Lake, tmp_path: Path, kind: ImportKind) -> None:
    election = calendar(REGION_CODE).elections[-1]
    path = tmp_path / "templat.xlsx"
    path.write_bytes(template(kind, REGION, election, today=TODAY))
    result = import_rows(RowImport(city, REGION, path, kind.rows.code, TODAY), actor=officer())
    assert counts(result) == (1, 0, 1, 0)
    (rule,) = {rule for (rule,) in rows(city, "SELECT rule FROM quarantine")}
    assert rule.startswith("example")
