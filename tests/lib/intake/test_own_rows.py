"""A clerk writes for the own kecamatan and office alone, and never a report that counts as checked."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from lib.intake.reading import TypedRows
from lib.intake.rows import RowImport, import_rows
from lib.people.actor import Role, Scope
from lib.people.errors import NotAllowedError
from lib.texts.errors import sentence
from tests.city import ANGGREK, DAHLIA, REGION, REGION_CODE, write_csv
from tests.officers import officer
from tests.steps import TODAY, assert_sound, rows

if TYPE_CHECKING:
    from collections.abc import Mapping

    from data.store.lake import Lake
    from lib.people.actor import Actor

OWN = {
    "tanggal_kejadian": "2024-11-10",
    "tanggal_laporan": "2024-11-11",
    "kategori": "KEK",
    "keparahan": "2",
    "kode_kelurahan": ANGGREK,
    "sumber": "Kecamatan Melati",
}
ELSEWHERE = DAHLIA
OF_DISTRICT = Scope(REGION_CODE, frozenset({"19.99.01"}))
OF_OFFICE = Scope(REGION_CODE, None, frozenset({"Dishub"}))


def clerk(scope: Scope) -> Actor:
    return officer("pencatat", Role.CLERK, scope)


def take(city: Lake, actor: Actor, *lines: Mapping[str, str], kind: str = "incident") -> int:
    task = RowImport(city, REGION, TypedRows("formulir", lines), kind=kind, today=TODAY)
    return import_rows(task, actor=actor).counts.accepted


def test_reports_of_the_own_kecamatan_come_in_under_the_clerks_name(city: Lake) -> None:
    assert take(city, clerk(OF_DISTRICT), OWN) == 1
    assert rows(city, "SELECT actor FROM import_record WHERE kind = 'incident'") == [("pencatat",)]
    assert_sound(city)


@pytest.mark.parametrize(
    "change",
    [
        {"kode_kelurahan": ELSEWHERE},
        {"kode_kelurahan": ""},
        {"status": "terverifikasi"},
        {"keparahan": "9"},  # it would wait in quarantine
    ],
)
def test_one_foreign_row_refuses_the_whole_and_nothing_is_stored(city: Lake, change: dict[str, str]) -> None:
    copies = sorted(city.file_copies.glob("*"))
    with pytest.raises(NotAllowedError) as refusal:
        take(city, clerk(OF_DISTRICT), OWN, OWN | change | {"tanggal_kejadian": "2024-11-12"})
    assert "Tidak ada yang disimpan." in sentence(refusal.value)
    assert rows(city, "SELECT count(*) FROM import_record WHERE kind = 'incident'") == [(0,)]
    assert rows(city, "SELECT count(*) FROM incident") == [(0,)]
    assert rows(city, "SELECT count(*) FROM quarantine") == [(0,)]
    assert sorted(city.file_copies.glob("*")) == copies


def test_an_office_records_under_its_own_name_wherever_it_saw_something(city: Lake) -> None:
    actor = clerk(OF_OFFICE)
    assert take(city, actor, OWN | {"sumber": "Dishub", "kode_kelurahan": ELSEWHERE}) == 1
    with pytest.raises(NotAllowedError):
        take(city, actor, OWN | {"sumber": "Polres"})


def test_a_report_of_nothing_is_of_the_own_kecamatan_too(city: Lake) -> None:
    nil = {"sumber": "Kecamatan Melati", "tanggal_mulai": "2024-11-04", "tanggal_selesai": "2024-11-10"}
    assert take(city, clerk(OF_DISTRICT), nil | {"kode_kelurahan": ANGGREK}, kind="nil") == 1
    with pytest.raises(NotAllowedError):  # of the whole region
        take(city, clerk(OF_DISTRICT), nil, kind="nil")


@pytest.mark.parametrize("scope", [OF_DISTRICT, OF_OFFICE, Scope(REGION_CODE)])
def test_a_clerk_brings_no_file(city: Lake, scope: Scope) -> None:
    path = write_csv(city.folder.parent / "kejadian.csv", [OWN])
    with pytest.raises(NotAllowedError):
        import_rows(RowImport(city, REGION, path, kind="incident", today=TODAY), actor=clerk(scope))


@pytest.mark.parametrize("kind", ["station", "meeting"])
@pytest.mark.parametrize("scope", [OF_DISTRICT, OF_OFFICE])
def test_what_names_no_kecamatan_and_source_is_no_clerks(city: Lake, kind: str, scope: Scope) -> None:
    with pytest.raises(NotAllowedError):
        take(city, clerk(scope), OWN, kind=kind)


@pytest.mark.parametrize("role", [Role.READER, Role.APPROVER, Role.ADMIN])
def test_who_may_not_record_records_nothing(city: Lake, role: Role) -> None:
    with pytest.raises(NotAllowedError):
        take(city, officer(role=role, scope=OF_DISTRICT), OWN)
