"""Backup: one file that brings the whole store back, or says what is wrong with it and brings back nothing."""

from __future__ import annotations

import json
import shutil
import zipfile
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from data import digests
from data.errors import LakeError
from data.store import backup
from data.store.backup import CATALOG, MANIFEST, back_up, restore
from data.store.catalog import table_states
from data.store.copies import PARTIAL, damaged_copies
from data.store.lake import ALIAS, SCHEMA_VERSION, Lake, open_at, open_lake, snapshot_id, snapshots, write
from data.store.upkeep import leftovers, merge_files, remove_leftovers
from lib.texts.errors import sentence

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from data.store.catalog import TableState

RECORD = """INSERT INTO import_record (import_id, region_code, kind, file_name, file_sha256, file_copy, row_count,
    accepted_count, quarantined_count, duplicate_count, rows_hash, recorded_at)
    VALUES ($id, '19.99', 'incident', 'kejadian.csv', $sha256, $copy, 2, 2, 0, 0,
    xor(md5_number_lower($id || '1'), md5_number_lower($id || '2')), now()::TIMESTAMP)"""
ROWS = """INSERT INTO incident (import_id, line_number, region_code, description, row_hash) VALUES
    ($id, 2, '19.99', 'satu', md5_number_lower($id || '1')),
    ($id, 3, '19.99', NULL, md5_number_lower($id || '2'))"""


def take_in(lake: Lake, import_id: str, file: Path) -> None:
    """Import two rows and a file copy, by hand."""
    file.write_text(f"baris dari {import_id}", encoding="utf-8")
    sha256 = digests.of_file(file)
    lake.file_copies.mkdir(exist_ok=True)
    copy = shutil.copyfile(file, lake.file_copies / f"{sha256[:16]}-{file.name}")
    write(
        lake,
        lambda cursor: (
            cursor.execute(RECORD, {"id": import_id, "sha256": sha256, "copy": copy.name}),
            cursor.execute(ROWS, {"id": import_id}),
        ),
        author="penguji",
        message=f"impor {import_id}",
    )


@pytest.fixture(scope="module")
def filled_store(empty_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a store with three imports, each a commit of its own, and a backup of it."""
    folder = tmp_path_factory.mktemp("isi")
    shutil.copytree(empty_store, folder / "gudang")
    lake = open_lake(str(folder / "gudang"))
    for number in range(3):
        take_in(lake, f"i{number}", folder / f"kejadian-{number}.csv")
    back_up(lake, folder / "cadangan.zip")
    lake.connection.close()
    return folder / "gudang"


@pytest.fixture
def filled(filled_store: Path, open_copy: Callable[[Path], Lake]) -> Lake:
    return open_copy(filled_store)


@pytest.fixture
def archive(filled_store: Path, tmp_path: Path) -> Path:
    return shutil.copyfile(filled_store.parent / "cadangan.zip", tmp_path / "cadangan.zip")


@pytest.fixture
def brought_back(archive: Path, tmp_path: Path) -> Iterator[Lake]:
    restore(archive, tmp_path / "pulih")
    lake = open_lake(str(tmp_path / "pulih"))
    yield lake
    lake.connection.close()


def states(lake: Lake) -> list[TableState]:
    with closing(lake.cursor()) as cursor:
        return table_states(cursor, lake.alias)


def incidents(lake: Lake) -> list[tuple[object, ...]]:
    with closing(lake.cursor()) as cursor:
        return cursor.execute("SELECT import_id, line_number, description FROM incident ORDER BY ALL").fetchall()


def table_files(lake: Lake) -> list[Path]:
    return sorted((lake.folder / "tabel").rglob("*.parquet"))


# There and back


def test_the_manifest_says_what_is_there(filled: Lake, tmp_path: Path) -> None:
    made = back_up(filled, tmp_path / "cadangan.zip")
    assert (made.snapshot, made.schema_version, made.missing_copies) == (snapshot_id(filled), SCHEMA_VERSION, ())
    assert {state.table: state.rows for state in made.tables if state.rows} == {
        "import_record": 3,
        "incident": 6,
        "schema_version": 1,
    }
    names = [file.name.split("/")[0] for file in made.files]
    assert (names.count("tabel"), names.count("berkas"), names.count(CATALOG)) == (7, 3, 1)
    with zipfile.ZipFile(tmp_path / "cadangan.zip") as packed:
        assert sorted(packed.namelist()) == sorted([MANIFEST, *(file.name for file in made.files)])


def test_a_restored_store_is_the_same_in_every_past_state(filled: Lake, brought_back: Lake) -> None:
    assert states(brought_back) == states(filled)
    assert snapshots(brought_back) == snapshots(filled)
    assert damaged_copies(brought_back) == []
    past = [state.number for state in snapshots(filled)]
    assert [len(incidents(open_at(brought_back, number))) for number in past] == [0, 2, 4, 6]
    for number in past:
        assert incidents(open_at(brought_back, number)) == incidents(open_at(filled, number))


def test_a_restored_store_takes_imports(brought_back: Lake, tmp_path: Path) -> None:
    take_in(brought_back, "sesudah", tmp_path / "sesudah.csv")
    assert len(incidents(brought_back)) == 8
    assert list(leftovers(brought_back, grace_s=0)) == []


def test_restoring_gives_what_was_backed_up(filled: Lake, tmp_path: Path) -> None:
    made = back_up(filled, tmp_path / "cadangan.zip")
    (tmp_path / "pulih").mkdir()  # an empty folder will do
    assert restore(tmp_path / "cadangan.zip", tmp_path / "pulih") == made
    assert not [path for path in tmp_path.rglob("*") if path.name.endswith(PARTIAL)]


def test_merged_files_are_backed_up_with_their_past(filled: Lake, tmp_path: Path) -> None:
    assert merge_files(filled, most_files=2) == 6
    back_up(filled, tmp_path / "cadangan.zip")
    restore(tmp_path / "cadangan.zip", tmp_path / "pulih")
    lake = open_lake(str(tmp_path / "pulih"))
    numbers = [state.number for state in snapshots(lake)]
    assert [len(incidents(open_at(lake, number))) for number in numbers] == [0, 2, 4, 6]
    remove_leftovers(lake, grace_s=0)  # what merging replaced was not brought along
    assert [len(incidents(open_at(lake, number))) for number in numbers] == [0, 2, 4, 6]
    lake.connection.close()


def test_a_backup_replaces_the_one_of_that_name_only_when_it_is_whole(filled: Lake, archive: Path) -> None:
    before = archive.read_bytes()
    files = table_files(filled)
    files[0].rename(files[0].with_suffix(".hilang"))
    with pytest.raises(LakeError) as refused:
        back_up(filled, archive)
    assert refused.value.code == "broken"
    assert archive.read_bytes() == before
    assert not [path for path in archive.parent.iterdir() if path.name.endswith(PARTIAL)]


def test_a_missing_file_copy_is_told_and_hinders_nothing(filled: Lake, tmp_path: Path) -> None:
    lost = next(filled.file_copies.glob("*-kejadian-1.csv"))
    lost.unlink()
    made = back_up(filled, tmp_path / "cadangan.zip")
    assert made.missing_copies == (lost.name,)
    assert damaged_copies(filled) == [("i1", "kejadian.csv", False)]
    assert restore(tmp_path / "cadangan.zip", tmp_path / "pulih") == made


# What is not restored


def members_of(archive: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(archive) as packed:
        return {name: packed.read(name) for name in packed.namelist()}


def flipped(content: bytes) -> bytes:
    return content[:-1] + bytes([content[-1] ^ 1])


def named(members: dict[str, bytes], start: str) -> str:
    return next(name for name in members if name.startswith(start))


def change_manifest(members: dict[str, bytes], change: Callable[[dict[str, object]], None]) -> None:
    manifest = json.loads(members[MANIFEST])
    change(manifest)
    members[MANIFEST] = json.dumps(manifest).encode()


def change_digest(manifest: dict[str, object]) -> None:
    tables = manifest["tables"]
    assert isinstance(tables, list)
    next(table for table in tables if table["table"] == "incident")["digest"] = "1"


def drop_table(manifest: dict[str, object]) -> None:
    manifest["tables"] = []


WRONG: dict[str, tuple[Callable[[dict[str, bytes]], object], str, str]] = {
    "a table file changed": (
        lambda m: m.update({(n := named(m, "tabel/")): flipped(m[n])}),
        "backup_file",
        ".parquet",
    ),
    "a table file lost": (lambda m: m.pop(named(m, "tabel/")), "backup_file", ".parquet"),
    "a file copy lost": (lambda m: m.pop(named(m, "berkas/")), "backup_file", "berkas/"),
    "a file longer": (lambda m: m.update({CATALOG: m[CATALOG] + b"x" * 10_000_000}), "backup_member", CATALOG),
    "a file more": (lambda m: m.update({"tabel/lain.parquet": b"x"}), "backup_member", "lain"),
    "a path upwards": (lambda m: m.update({"../di-luar.txt": b"x"}), "backup_member", "di-luar"),
    "an absolute path": (lambda m: m.update({"/di-luar.txt": b"x"}), "backup_member", "di-luar"),
    "a path of Windows": (lambda m: m.update({"tabel/..\\di-luar.txt": b"x"}), "backup_member", "di-luar"),
    "rows that differ": (lambda m: change_manifest(m, change_digest), "backup_table", "incident"),
    "tables unlisted": (lambda m: change_manifest(m, drop_table), "backup_table", "agency_class"),
    "no manifest": (lambda m: m.pop(MANIFEST), "backup_unreadable", MANIFEST),
    "a manifest of something else": (lambda m: m.update({MANIFEST: b"[1, 2]"}), "backup_unreadable", MANIFEST),
    "a newer version": (
        lambda m: change_manifest(m, lambda manifest: manifest.update(schema_version=99)),
        "backup_newer",
        "99",
    ),
}


@pytest.mark.parametrize("name", WRONG)
def test_what_differs_from_the_manifest_is_named_and_nothing_is_restored(
    archive: Path, tmp_path: Path, name: str
) -> None:
    change, code, word = WRONG[name]
    members = members_of(archive)
    change(members)
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as packed:
        for member, content in members.items():
            packed.writestr(member, content)
    before = sorted(tmp_path.iterdir())
    with pytest.raises(LakeError) as refused:
        restore(archive, tmp_path / "pulih")
    assert (refused.value.code, word in sentence(refused.value)) == (code, True)
    assert sorted(tmp_path.iterdir()) == before
    assert not (tmp_path.parent / "di-luar.txt").exists()


@pytest.mark.parametrize("share", [0.0, 0.3, 0.9, 0.999])
def test_half_an_archive_is_refused(archive: Path, tmp_path: Path, share: float) -> None:
    content = archive.read_bytes()
    archive.write_bytes(content[: int(len(content) * share)])
    with pytest.raises(LakeError) as refused:
        restore(archive, tmp_path / "pulih")
    assert refused.value.code == "backup_unreadable"
    assert not (tmp_path / "pulih").exists()


def test_a_store_is_never_overwritten(archive: Path, filled: Lake) -> None:
    before = incidents(filled)
    for target in (filled.folder, archive):
        with pytest.raises(LakeError) as refused:
            restore(archive, target)
        assert refused.value.code == "restore_target"
        assert "--ke" in sentence(refused.value)
    assert incidents(filled) == before


def test_too_little_room_is_told_before_anything_is_unpacked(
    archive: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    usage = shutil.disk_usage(tmp_path)._replace(free=1000)
    monkeypatch.setattr(backup.shutil, "disk_usage", lambda _: usage)
    with pytest.raises(LakeError) as refused:
        restore(archive, tmp_path / "pulih")
    assert refused.value.code == "disk_full"
    assert not (tmp_path / "pulih").exists()


# Digests


def test_a_digest_sees_what_matters_and_nothing_else(lake: Lake) -> None:
    def digest(*values: str) -> str:
        with closing(lake.connection.cursor()) as cursor:
            cursor.execute("CREATE OR REPLACE TABLE memory.main.probe (a VARCHAR, b VARCHAR)")
            cursor.execute(f"INSERT INTO memory.main.probe VALUES {', '.join(values)}")
            return table_states(cursor, "memory", columns={"probe": ["a", "b"]})[0].digest

    whole = digest("('1', 'x')", "('2', NULL)")
    assert whole == digest("('2', NULL)", "('1', 'x')")
    assert (
        len(
            {
                whole,
                digest("('1', 'x')", "('2', '')"),
                digest("('1', 'x')", "('2', '-')"),
                digest("('1', 'x')", "('2', NULL)", "('2', NULL)"),
                digest("('1', 'x')", "('2', NULL)", "('2', NULL)", "('2', NULL)"),
                digest("('1', 'x')"),
                digest("('1x', '')", "('2', NULL)"),
                digest("('', '1x')", "('2', NULL)"),
            }
        )
        == 8
    )


# Upkeep


def test_merging_keeps_every_state_and_what_it_replaced_goes_later(filled: Lake) -> None:
    before, files = states(filled), table_files(filled)
    numbers = [state.number for state in snapshots(filled)]
    assert merge_files(filled, most_files=3) == 0
    assert merge_files(filled, most_files=2) == 6
    assert merge_files(filled, most_files=2) == 0
    assert states(filled) == before
    assert set(files) < set(table_files(filled))
    assert list(leftovers(filled, grace_s=0)) == []
    remove_leftovers(filled, grace_s=3600)  # somebody may still be reading them
    assert set(files) < set(table_files(filled))
    remove_leftovers(filled, grace_s=0)
    assert len(table_files(filled)) == 3
    assert [len(incidents(open_at(filled, number))) for number in numbers] == [0, 2, 4, 6]
    assert filled.alias == ALIAS


def test_leftovers_are_found_and_only_old_ones_go(filled: Lake, tmp_path: Path) -> None:
    strays = [
        filled.folder / "tabel" / "main" / "incident" / "ducklake-sisa.parquet",
        filled.file_copies / "0123-tanpa-impor.csv",
        filled.file_copies / f".a{PARTIAL}",
        tmp_path / f".pulih.b{PARTIAL}" / "tabel" / "isi.txt",
    ]
    for stray in strays:
        stray.parent.mkdir(parents=True, exist_ok=True)
        stray.write_bytes(b"x" * 100)
    files = [path for path in table_files(filled) if path not in strays]
    assert list(remove_leftovers(filled, grace_s=600)) == []
    found = leftovers(filled, grace_s=0)
    assert (len(found.table_files), len(found.copies), len(found.partial)) == (1, 1, 2)
    assert found.size_bytes >= 400
    assert len(list(remove_leftovers(filled, grace_s=0))) >= 4
    assert not any(stray.exists() for stray in strays)
    assert table_files(filled) == files
    assert (damaged_copies(filled), len(incidents(filled))) == ([], 6)


def test_a_copy_that_is_not_what_was_kept_is_named(filled: Lake) -> None:
    kept = next(filled.file_copies.glob("*-kejadian-0.csv"))
    kept.write_text("rusak", encoding="utf-8")
    assert damaged_copies(filled) == [("i0", "kejadian.csv", True)]


def test_a_copy_of_masked_rows_must_be_readable(filled: Lake) -> None:
    record = RECORD.replace("2, 2, 0, 0,", "0, 0, 0, 0,").replace("xor(", "0 * xor(")
    write(
        filled,
        lambda cursor: cursor.execute(record, {"id": "i9", "sha256": "of the file", "copy": "i9.parquet"}),
        author="penguji",
        message="impor i9",
    )
    assert damaged_copies(filled) == [("i9", "kejadian.csv", False)]
    copy = filled.file_copies / "i9.parquet"
    filled.connection.execute(f"COPY (SELECT range AS line_number FROM range(9)) TO '{copy}'")
    assert damaged_copies(filled) == []
    copy.write_bytes(copy.read_bytes()[:-9])
    assert damaged_copies(filled) == [("i9", "kejadian.csv", True)]


def repack(archive: Path, target: Path, *, comment: bytes | None = None, listed: bytes | None = None) -> Path:
    with zipfile.ZipFile(archive) as source, zipfile.ZipFile(target, "w") as packed:
        for member in source.infolist():
            changed = listed is not None and member.filename == MANIFEST
            packed.writestr(member, listed if changed and listed is not None else source.read(member))
        packed.comment = source.comment if comment is None else comment
    return target


def test_a_signature_is_proved_before_the_list_is_believed(filled: Lake, tmp_path: Path, key: bytes) -> None:
    archive = tmp_path / "cadangan.zip"
    back_up(filled, archive)
    with zipfile.ZipFile(archive) as packed:
        listed = packed.read(MANIFEST)
    cases = {
        "backup_forged": (repack(archive, tmp_path / "diubah.zip", listed=listed + b" "), key),
        "backup_unsigned": (repack(archive, tmp_path / "tanpa.zip", comment=b""), key),
        "backup_foreign": (archive, b"o" * 32),
    }
    for code, (file, proving) in cases.items():
        with pytest.raises(LakeError) as refused:
            restore(file, tmp_path / "pulih", key=proving)
        assert refused.value.code == code
        assert not (tmp_path / "pulih").exists()
    restore(archive, tmp_path / "pulih", key=key)
