"""The commands about the store: what they say, and the code they end with."""

from __future__ import annotations

import os
import stat
from argparse import Namespace
from pathlib import Path
from typing import TYPE_CHECKING

import pyrage
import pytest

from data.errors import LakeError
from data.store import health, issue_queries
from data.store.journals import append
from data.store.lake import open_lake, utc_now, write
from data.store.places import GRACE_S
from lib.commands import upkeep as store_commands
from lib.commands.parser import main
from lib.settings import own_seal_key, settings
from lib.texts import cli
from lib.texts import store as t
from tests.city import AREAS, REGION_CODE

if TYPE_CHECKING:
    from collections.abc import Callable

    import duckdb

    from data.store.lake import Lake


@pytest.fixture
def here(city: Lake, monkeypatch: pytest.MonkeyPatch) -> Lake:
    """Work on the city's store as a user does."""
    monkeypatch.setenv("PETADINI_LAKE", str(city.folder))
    return city


def check(*, clean: bool = False, seal: bool = False, head: str | None = None) -> int:
    return store_commands.check(Namespace(bersihkan=clean, segel=seal, kepala=head))


def test_a_sound_store_is_said_to_be_so(here: Lake, capsys: pytest.CaptureFixture[str]) -> None:
    assert here.lock_file is not None
    assert check() == 0
    head, summary, last = capsys.readouterr().out.splitlines()
    assert head.startswith("Kepala segel: 2-")
    assert summary.startswith(f"Diperiksa: {len(t.CHECKS)} aturan, 1 impor ({len(AREAS)} baris dihitung ulang)")
    assert "lebih muda dari 1 jam dibiarkan" in summary
    assert last == cli.HEALTHY


def test_where_there_is_no_store_nothing_is_healthy(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    empty = tmp_path / "kosong"
    empty.mkdir()
    for folder in (empty, tmp_path / "tidak-ada"):
        monkeypatch.setenv("PETADINI_LAKE", str(folder))
        assert check() == 2
        shown = capsys.readouterr()
        assert f"Di {folder} belum ada gudang data" in shown.err
        assert shown.out == ""
    assert list(empty.iterdir()) == []
    assert not (tmp_path / "tidak-ada").exists()


def lose_a_row(lake: Lake) -> None:
    lake.connection.execute("DELETE FROM lake.area WHERE area_name = 'Anggrek'")


def double_an_area(lake: Lake) -> None:
    lake.connection.execute("INSERT INTO lake.area SELECT * FROM lake.area WHERE area_name = 'Anggrek'")


def lose_the_copy(lake: Lake) -> None:
    for copy in lake.file_copies.iterdir():
        copy.unlink()


def change_the_copy(lake: Lake) -> None:
    for copy in lake.file_copies.iterdir():
        copy.write_text("lain", encoding="utf-8")


@pytest.mark.parametrize(
    ("damage", "words"),
    [
        (lose_a_row, ["tercatat 6 baris tetapi kini 5 baris"]),
        (double_an_area, [t.CHECKS["areas_once"], "tercatat 6 baris tetapi kini 7 baris"]),
        (lose_the_copy, ["tidak ada lagi", "batas.geojson"]),
        (change_the_copy, ["sudah berubah isinya"]),
    ],
)
def test_every_fault_is_a_sentence_and_code_1(
    here: Lake, capsys: pytest.CaptureFixture[str], damage: Callable[[Lake], None], words: list[str]
) -> None:
    damage(here)
    assert check() == 1
    out = capsys.readouterr().out
    assert all(word in out for word in words)
    assert cli.HEALTHY not in out


def test_a_damaged_table_file_is_a_fault_in_words(here: Lake, capsys: pytest.CaptureFixture[str]) -> None:
    (file,) = here.folder.glob("tabel/main/area/*.parquet")
    file.write_bytes(file.read_bytes()[:1000])
    assert check() == 1
    out = capsys.readouterr().out
    assert "hilang atau rusak" in out
    assert cli.HEALTHY not in out


def tamper(file: Path) -> None:
    content = file.read_bytes()
    file.write_bytes(content[:-8] + b"\xff" * 4 + content[-4:])


@pytest.mark.parametrize("damage", [tamper, Path.unlink])
def test_damaged_issued_rows_are_told_in_words(
    here: Lake, capsys: pytest.CaptureFixture[str], damage: Callable[[Path], None]
) -> None:
    lake = here.connection
    lake.execute(
        """INSERT INTO lake.alert_row BY NAME
        SELECT i::VARCHAR AS issue_id, $region AS region_code, i::VARCHAR AS alert_id, 'K' AS group_code,
            'siaga' AS tier, 7 AS window_days, 9 AS observed FROM range(2000) AS many(i)""",
        {"region": REGION_CODE},
    )
    (file,) = here.folder.glob("tabel/main/alert_row/*.parquet")
    lose_the_copy(here)
    damage(file)
    assert main(["periksa"]) == 1
    out = capsys.readouterr().out
    assert "hilang atau rusak" in out
    assert file.exists() or file.name in out  # of a changed footer the engine does not name the file
    assert "tidak ada lagi" in out  # the other checks went on
    assert cli.HEALTHY not in out
    with pytest.raises(LakeError) as broken:
        issue_queries.alert_rows(here, REGION_CODE)
    assert broken.value.code == "broken"
    assert main(["peringatan", "--json"]) == 2
    assert "hilang atau rusak" in capsys.readouterr().err


def test_a_disk_with_little_room_is_a_fault(
    here: Lake, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert here.snapshot is None
    monkeypatch.setattr(store_commands, "LEAST_FREE_BYTES", 10**18)
    assert check() == 1
    assert "Ruang disk gudang data tinggal" in capsys.readouterr().out


def test_leftovers_are_told_and_cleaned_on_demand(here: Lake, capsys: pytest.CaptureFixture[str]) -> None:
    stray = here.folder / "tabel" / "main" / "area" / "ducklake-sisa.parquet"
    stray.write_bytes(b"x" * 2_500)
    assert check(clean=True) == 0
    assert stray.exists()  # it may belong to an import that is running
    long_ago = stray.stat().st_mtime - 2 * GRACE_S
    os.utime(stray, (long_ago, long_ago))
    capsys.readouterr()
    assert check() == 0
    assert "Bersihkan dengan “petadini periksa --bersihkan”" in capsys.readouterr().out
    assert check(clean=True) == 0
    said = capsys.readouterr().out
    assert "Dibersihkan: 1 sisa" in said
    assert not stray.exists()
    (thrown,) = here.folder.glob("tong/*/tabel/main/area/ducklake-sisa.parquet")
    assert str(thrown.parents[3]) in said
    assert thrown.read_bytes() == b"x" * 2_500


def test_nothing_is_cleaned_out_of_a_store_that_is_not_whole(here: Lake, capsys: pytest.CaptureFixture[str]) -> None:
    stray = here.folder / "tabel" / "main" / "area" / "ducklake-sisa.parquet"
    stray.write_bytes(b"x")
    os.utime(stray, (0, 0))
    lose_a_row(here)
    assert check(clean=True) == 1
    assert t.NOT_CLEANED in capsys.readouterr().out
    assert stray.exists()


def test_nothing_is_cleaned_where_no_import_is_known(
    lake: Lake, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PETADINI_LAKE", str(lake.folder))
    stray = lake.folder / "tabel" / "main" / "area" / "ducklake-sisa.parquet"
    stray.parent.mkdir(parents=True)
    stray.write_bytes(b"x")
    os.utime(stray, (0, 0))
    assert main(["periksa", "--bersihkan"]) == 2
    assert "tidak mencatat satu impor pun" in capsys.readouterr().err
    assert stray.exists()


def test_a_lost_catalog_is_told_and_nothing_is_thrown_away(
    here: Lake, capsys: pytest.CaptureFixture[str], engine: duckdb.DuckDBPyConnection
) -> None:
    engine.execute("DETACH lake")
    for file in here.folder.glob("katalog.sqlite*"):
        file.unlink()
    before = sorted(here.folder.rglob("*"))
    for command in (["periksa"], ["periksa", "--bersihkan"], ["riwayat"]):
        assert main(command) != 0
        shown = capsys.readouterr()
        assert "hilang atau kosong" in shown.out + shown.err
        assert cli.HEALTHY not in shown.out
    assert sorted(here.folder.rglob("*")) == before
    engine.execute("ATTACH ':memory:' AS lake")  # which the fixture detaches


def test_changed_content_is_told_until_somebody_accepts_it(here: Lake, capsys: pytest.CaptureFixture[str]) -> None:
    here.connection.execute("UPDATE lake.area SET area_name = 'Mawar' WHERE area_name = 'Anggrek'")
    assert check() == 1
    told = capsys.readouterr().out
    assert "menghapus atau mengubah baris tabel area" in told
    assert "tersegel 6 baris, kini 5 baris" in told
    assert cli.HEALTHY not in told
    assert check(seal=True) == 1
    assert "temuan di atas diterima apa adanya" in capsys.readouterr().out
    assert check() == 0
    assert "Bersegel sejak" in capsys.readouterr().out


def test_a_store_without_a_seal_is_not_called_healthy(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    open_lake(str(tmp_path / "lama")).connection.close()
    monkeypatch.setenv("PETADINI_LAKE", str(tmp_path / "lama"))
    assert check() == 0
    *_, last = capsys.readouterr().out.splitlines()
    assert last == t.NOT_SEALED_YET
    assert check(seal=True) == 0
    assert capsys.readouterr().out.splitlines()[-1] == cli.HEALTHY


def test_a_printed_head_is_proved_later(here: Lake, capsys: pytest.CaptureFixture[str]) -> None:
    check()
    head = capsys.readouterr().out.split()[2]
    undo = {"import_id": "x", "reason": "r", "actor": "a", "recorded_at": utc_now()}
    write(here, lambda cursor: append(cursor, "import_undo", undo), author="ani", message="batal x")
    assert check(head=head) == 0
    assert f"Kepala segel {head} terbukti" in capsys.readouterr().out
    assert check(head="2-0000000000000000") == 1
    assert "tidak ada dalam rantai" in capsys.readouterr().out


def test_there_and_back(here: Lake, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    archive, folder = tmp_path / "cadangan.zip", tmp_path / "pulih"
    assert main(["cadangkan", str(archive)]) == 0
    written, told = capsys.readouterr().out.splitlines()
    assert written.startswith(f"Cadangan ditulis: {archive}")
    assert check(head=told.split()[4].rstrip(".")) == 0
    assert "terbukti" in capsys.readouterr().out
    assert main(["pulihkan", str(archive)]) == 2
    assert f"Folder “{here.folder}” sudah berisi" in capsys.readouterr().err
    assert main(["pulihkan", str(archive), "--ke", str(folder)]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert t.table_proved("area", len(AREAS)) in lines
    assert t.SIGNATURE_PROVED in lines
    assert lines[-1] == t.use_restored(str(folder))
    lake = open_lake(str(folder))
    assert lake.cursor().execute("SELECT count(*) FROM current_area").fetchone() == (len(AREAS),)
    lake.connection.close()


def test_a_backup_of_another_machine_needs_its_key_or_an_explicit_choice(
    here: Lake, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert here.key is not None
    archive, key = tmp_path / "cadangan.zip", tmp_path / "kunci"
    assert main(["cadangkan", str(archive)]) == 0
    assert stat.S_IMODE(archive.stat().st_mode) == 0o600
    key.write_bytes(own_seal_key(settings()))
    monkeypatch.setenv("PETADINI_RAHASIA", str(tmp_path / "lain"))
    assert main(["pulihkan", str(archive), "--ke", str(tmp_path / "a")]) == 2
    assert "disegel dengan kunci komputer lain" in capsys.readouterr().err
    assert not (tmp_path / "a").exists()
    assert main(["pulihkan", str(archive), "--ke", str(tmp_path / "a"), "--kunci-segel", str(key)]) == 0
    assert t.SIGNATURE_PROVED in capsys.readouterr().out
    assert main(["pulihkan", str(archive), "--ke", str(tmp_path / "b"), "--tanpa-segel"]) == 0
    assert t.SIGNATURE_NOT_PROVED in capsys.readouterr().out


def test_a_shared_store_is_restored_only_where_its_files_have_a_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PETADINI_LAKE", "ducklake:postgres:dbname=petadini password=rahasia")
    assert main(["pulihkan", str(tmp_path / "cadangan.zip")]) == 2
    said = capsys.readouterr().err
    assert "memerlukan PETADINI_DATA_PATH" in said
    assert "rahasia" not in said


def test_an_encrypted_backup_opens_with_its_key_or_passphrase_alone(
    here: Lake, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    own, other = (pyrage.x25519.Identity.generate() for _ in range(2))
    for name, identity in (("kunci", own), ("lain", other)):
        (tmp_path / name).write_text(f"# dibuat hari ini\n{identity}\n", encoding="utf-8")
    (tmp_path / "sandi").write_text("kuda benar baterai\n", encoding="utf-8")
    locked, spoken = tmp_path / "a.zip.age", tmp_path / "b.zip.age"
    assert main(["cadangkan", str(locked), "--penerima", str(own.to_public())]) == 0
    assert "Isinya terenkripsi." in capsys.readouterr().out
    assert main(["cadangkan", str(spoken), "--sandi-dari", str(tmp_path / "sandi")]) == 0
    capsys.readouterr()
    assert here.folder.name.encode() not in locked.read_bytes()
    assert b"manifest.json" not in locked.read_bytes() + spoken.read_bytes()

    assert main(["pulihkan", str(locked), "--ke", str(tmp_path / "0")]) == 2
    assert "terenkripsi. Sebutkan pembukanya" in capsys.readouterr().err
    for wrong in (["--kunci", str(tmp_path / "lain")], ["--sandi-dari", str(tmp_path / "sandi")]):
        assert main(["pulihkan", str(locked), "--ke", str(tmp_path / "0"), *wrong]) == 2
        assert "tidak terbuka dengan kunci atau sandi itu" in capsys.readouterr().err
    assert not (tmp_path / "0").exists()
    assert main(["pulihkan", str(locked), "--ke", str(tmp_path / "1"), "--kunci", str(tmp_path / "kunci")]) == 0
    assert t.SIGNATURE_PROVED in capsys.readouterr().out
    assert main(["pulihkan", str(spoken), "--ke", str(tmp_path / "2"), "--sandi-dari", str(tmp_path / "sandi")]) == 0
    assert main(["cadangkan", str(tmp_path / "c.age"), "--penerima", "age1salah"]) == 2
    assert "bukan kunci umum age" in capsys.readouterr().err
    assert not (tmp_path / "c.age").exists()


def test_a_folder_keeps_the_newest_dated_backups_and_every_other_file(
    here: Lake, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "cadangan"
    folder.mkdir()
    old = [f"petadini-2025010{day}-120000.zip" for day in range(1, 5)]
    for name in (*old, "surat.zip", "petadini-lama.zip"):
        (folder / name).touch()
    assert main(["cadangkan", str(folder), "--simpan", "3"]) == 0
    assert "Cadangan lama dihapus: 2; yang terbaru disimpan paling banyak 3." in capsys.readouterr().out
    kept = sorted(path.name for path in folder.iterdir())
    assert kept[:2] == old[2:]
    assert kept[-2:] == ["petadini-lama.zip", "surat.zip"]
    assert len(kept) == 5
    assert main(["pulihkan", str(folder / kept[2]), "--ke", str(tmp_path / "pulih")]) == 0
    assert (tmp_path / "pulih" / "katalog.sqlite").stat().st_size == (here.folder / "katalog.sqlite").stat().st_size
    with pytest.raises(SystemExit):
        main(["cadangkan", str(folder), "--simpan", "0"])
    assert "bukan bilangan bulat di atas 0" in capsys.readouterr().err


def test_every_check_has_a_meaning() -> None:
    assert {file.stem for file in health.CHECKS.glob("*.sql")} == set(t.CHECKS)
