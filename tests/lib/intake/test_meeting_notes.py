"""Notes of meetings: stored as typed rows, listed, never counted as incidents, taken back with their import."""

from __future__ import annotations

from typing import TYPE_CHECKING

from data.store import queries
from lib.intake.reading import TypedRows
from lib.intake.rows import RowImport, import_rows
from lib.intake.undo import undo_import
from tests.city import REGION, REGION_CODE
from tests.officers import officer
from tests.steps import TODAY, assert_sound, rows

if TYPE_CHECKING:
    from data.store.lake import Lake

NOTES = TypedRows(
    "teks tempel",
    (
        {"tanggal": "2024-11-05", "judul": "Rakor", "jenis": "isu", "kategori": "HOAKS", "isi": "Hoaks di medsos"},
        {
            "tanggal": "2024-11-05",
            "judul": "Rakor",
            "jenis": "tanggal",
            "hari": "2024-11-27",
            "isi": "Hari pemungutan",
        },
        {
            "tanggal": "2024-11-05",
            "judul": "Rakor",
            "jenis": "tindak_lanjut",
            "isi": "Hubungi Pak Budi 0812-3456-7890",
        },
    ),
)


def test_notes_are_listed_masked_and_are_no_incidents(city: Lake) -> None:
    result = import_rows(RowImport(city, REGION, NOTES, kind="meeting", today=TODAY), actor=officer())
    assert (result.counts.rows, result.counts.accepted) == (3, 3)
    notes = queries.meeting_notes(city, REGION_CODE)
    assert notes["item_kind"].tolist() == ["isu", "tanggal", "tindak_lanjut"]
    assert "0812" not in " ".join(notes["item_text"])
    assert "Budi" not in " ".join(notes["item_text"])
    assert rows(city, "SELECT count(*) FROM incident") == [(0,)]
    assert_sound(city)


def test_notes_are_taken_back_whole(city: Lake) -> None:
    result = import_rows(RowImport(city, REGION, NOTES, kind="meeting", today=TODAY), actor=officer())
    undo_import(city, REGION, result.import_id, reason="salah tempel", actor=officer())
    assert queries.meeting_notes(city, REGION_CODE).empty


def test_the_same_notes_twice_are_duplicates(city: Lake) -> None:
    import_rows(RowImport(city, REGION, NOTES, kind="meeting", today=TODAY), actor=officer())
    again = import_rows(RowImport(city, REGION, NOTES, kind="meeting", today=TODAY), actor=officer())
    assert (again.counts.accepted, again.counts.duplicate) == (0, 3)
