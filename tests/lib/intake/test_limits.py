"""Files beyond the limits: each is refused with a sentence before it takes the memory, and nothing is stored.

The limits are lowered, so that small files exceed them; full-size ones were tried by hand.
"""

from __future__ import annotations

import json
import os
import resource
import shutil
import subprocess
import sys
import zipfile
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import openpyxl
import pyogrio
import pytest

from data.errors import LakeError
from data.limits import Limits
from data.read.refusal import TableError
from data.store.lake import Lake, snapshot_id
from geo.errors import GeoError
from lib.commands.asked import REFUSALS
from lib.intake.boundaries import import_boundaries
from lib.intake.rows import RowImport, import_rows
from lib.texts.errors import sentence
from tests.city import ANGGREK, REGION, at, incident, write_boundaries, write_csv
from tests.officers import officer

if TYPE_CHECKING:
    from collections.abc import Callable

TODAY = date(2024, 11, 20)
MEBIBYTE = 2**20


def lines(count: int) -> list[dict[str, str]]:
    return [at(ANGGREK, id_sumber=f"K-{number}") for number in range(count)]


def many_rows(folder: Path) -> Path:
    return write_csv(folder / "banyak.csv", lines(51))


def many_rows_of_several_lines(folder: Path) -> Path:
    return write_csv(folder / "banyak.csv", [at(ANGGREK, id_sumber=str(n), uraian="a\nb") for n in range(51)])


def a_long_line(folder: Path) -> Path:
    return write_csv(folder / "panjang.csv", [*lines(2), incident(uraian="x" * 3 * MEBIBYTE), *lines(2)])


def a_long_cell_of_many_lines(folder: Path) -> Path:
    return write_csv(folder / "panjang.csv", [*lines(2), incident(uraian="xyz \n" * MEBIBYTE), *lines(2)])


def many_columns(folder: Path) -> Path:
    return write_csv(folder / "lebar.csv", [incident() | {f"kolom{number}": "1" for number in range(200)}])


def a_large_file(folder: Path) -> Path:
    return write_csv(folder / "besar.csv", lines(2_000))


def many_rows_of_a_workbook(folder: Path) -> Path:
    return write_workbook(folder / "banyak.xlsx", lines(51))


def a_stray_cell(folder: Path) -> Path:
    path = write_workbook(folder / "jauh.xlsx", lines(2))
    workbook = openpyxl.load_workbook(path)
    workbook.active["XFD1048576"] = "x"
    workbook.save(path)
    return path


def a_bomb_of_a_workbook(folder: Path) -> Path:
    path = write_workbook(folder / "bom.xlsx", lines(2))
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/media/gambar.png", b"\0" * (65 * MEBIBYTE))
    return path


def a_workbook_that_grows(folder: Path) -> Path:
    return write_workbook(folder / "mengembang.xlsx", lines(3_000))


def a_cut_workbook(folder: Path) -> Path:
    path = write_workbook(folder / "terpotong.xlsx", lines(50))
    path.write_bytes(path.read_bytes()[:-1_000])
    return path


def write_workbook(path: Path, rows: list[dict[str, str]]) -> Path:
    workbook = openpyxl.Workbook()
    workbook.active.append(list(rows[0]))
    for row in rows:
        workbook.active.append(list(row.values()))
    workbook.save(path)
    return path


SMALL = Limits(file_bytes=MEBIBYTE // 8, unpacked_bytes=MEBIBYTE // 4, rows=50, columns=100, cell_characters=100_000)


@pytest.mark.parametrize(
    ("make", "limits", "code"),
    [
        (many_rows, Limits(rows=50), "too_many_rows"),
        (many_rows_of_several_lines, Limits(rows=50), "too_many_rows"),
        (a_long_line, Limits(), "too_long_line"),
        (a_long_cell_of_many_lines, Limits(), "stray_quote"),
        (many_columns, Limits(columns=100), "too_many_columns"),
        (a_large_file, SMALL, "too_large"),
        (many_rows_of_a_workbook, Limits(rows=50), "too_many_rows"),
        (a_stray_cell, Limits(), "too_many_cells"),
        (a_bomb_of_a_workbook, Limits(), "zip_bomb"),
        (a_workbook_that_grows, Limits(unpacked_bytes=MEBIBYTE // 4), "unpacked_too_large"),
        (a_cut_workbook, Limits(), "unreadable"),
    ],
)
def test_a_table_beyond_a_limit(
    city: Lake, tmp_path: Path, make: Callable[[Path], Path], limits: Limits, code: str
) -> None:
    before = snapshot_id(city)
    with pytest.raises(TableError) as refused:
        import_rows(
            RowImport(city, REGION, make(tmp_path), kind="incident", today=TODAY, limits=limits), actor=officer()
        )
    assert refused.value.code == code
    assert sentence(refused.value).endswith(".")
    assert snapshot_id(city) == before


@pytest.mark.parametrize("make", [many_rows, many_rows_of_several_lines, many_rows_of_a_workbook])
def test_a_table_at_the_limit_is_taken(city: Lake, tmp_path: Path, make: Callable[[Path], Path]) -> None:
    result = import_rows(
        RowImport(city, REGION, make(tmp_path), kind="incident", today=TODAY, limits=Limits(rows=51)), actor=officer()
    )
    assert result.counts.rows == 51


def test_formulas_are_taken_as_what_they_showed_and_never_run(city: Lake, tmp_path: Path) -> None:
    rows = [at(ANGGREK, id_sumber="K-1", uraian='=HYPERLINK("http://contoh.test","klik")'), *lines(1)]
    path = write_workbook(tmp_path / "rumus.xlsx", rows)
    counts = import_rows(RowImport(city, REGION, path, kind="incident", today=TODAY), actor=officer()).counts
    assert (counts.rows, counts.accepted) == (2, 2)
    with city.cursor() as cursor:
        texts = {row[0] for row in cursor.execute("SELECT description FROM incident").fetchall()}
    assert texts == {None, "Keributan di pasar"}


def boundary_vertices(folder: Path) -> Path:
    path = write_boundaries(folder / "batas.geojson")
    content = json.loads(path.read_text(encoding="utf-8"))
    ring = content["features"][0]["geometry"]["coordinates"][0]
    (x, y), (end, _), count = ring[0], ring[1], 20_000
    ring[1:1] = [[round(x + (end - x) * step / count, 9), y] for step in range(1, count)]
    path.write_text(json.dumps(content), encoding="utf-8")
    return path


def boundary_bomb(folder: Path) -> Path:
    with zipfile.ZipFile(folder / "batas.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("batas.shp", b"\0" * (8 * MEBIBYTE))
    return folder / "batas.zip"


def boundary_outside_its_folder(folder: Path) -> Path:
    with zipfile.ZipFile(folder / "batas.zip", "w") as archive:
        archive.writestr("../../keluar.shp", b"x")
    return folder / "batas.zip"


def boundary_cut(folder: Path) -> Path:
    path = boundary_vertices(folder)
    path.write_bytes(path.read_bytes()[:-5_000])
    return path


@pytest.mark.parametrize(
    ("make", "limits", "code"),
    [
        (boundary_vertices, Limits(vertices=20_000), "too_many_vertices"),
        (boundary_bomb, Limits(unpacked_bytes=4 * MEBIBYTE), "zip_bomb"),
        (boundary_outside_its_folder, Limits(), "zip_path"),
        (boundary_cut, Limits(), "unreadable"),
    ],
)
def test_boundaries_beyond_a_limit(
    city: Lake, tmp_path: Path, make: Callable[[Path], Path], limits: Limits, code: str
) -> None:
    before = snapshot_id(city)
    with pytest.raises(GeoError) as refused:
        import_boundaries(city, REGION, make(tmp_path), actor=officer(), limits=limits)
    assert refused.value.code == code
    assert sentence(refused.value).endswith(".")
    assert snapshot_id(city) == before
    assert not (tmp_path.parent.parent / "keluar.shp").exists()


def test_a_shape_that_gdal_finds_too_large(city: Lake, tmp_path: Path) -> None:
    path = boundary_vertices(tmp_path)
    pyogrio.set_gdal_config_options({"OGR_GEOJSON_MAX_OBJ_SIZE": 1})  # megabytes, instead of 200
    try:
        with pytest.raises(GeoError) as refused:
            import_boundaries(city, REGION, path, actor=officer())
    finally:
        pyogrio.set_gdal_config_options({"OGR_GEOJSON_MAX_OBJ_SIZE": None})
    assert refused.value.code == "shape_too_large"
    assert "GeoPackage" in sentence(refused.value)


SMALL_DISK = """
import resource, sys
from lib.commands import parser as cli
resource.setrlimit(resource.RLIMIT_FSIZE, (2**20, 2**20))  # no file may grow beyond a mebibyte
sys.exit(cli.main(sys.argv[1:]))
"""


def test_a_full_disk_is_told_and_keeps_no_half_copy(city_store: Path, tmp_path: Path) -> None:
    store = shutil.copytree(city_store, tmp_path / "gudang")
    copies = sorted(path.name for path in (store / "berkas").iterdir())
    words = np.random.default_rng(1).bytes(3_000_000).hex()
    rows = [at(ANGGREK, id_sumber=str(n), uraian=words[n * 300 : (n + 1) * 300]) for n in range(20_000)]
    done = subprocess.run(
        [sys.executable, "-c", SMALL_DISK, "impor", "kejadian", str(write_csv(tmp_path / "kejadian.csv", rows))],
        cwd=Path(__file__).parents[3],
        env={**os.environ, "PETADINI_LAKE": str(store), "PETADINI_HARI_INI": "2024-11-20"},
        capture_output=True,
        check=False,
        text=True,
    )
    assert done.returncode == 2
    assert done.stderr.startswith("GAGAL: ")
    assert "Traceback" not in done.stderr
    assert sorted(path.name for path in (store / "berkas").iterdir()) == copies


def test_the_commands_name_the_store_among_their_refusals() -> None:
    assert LakeError in REFUSALS


MEASURED = """
import resource, sys
from pathlib import Path
from data.read.layout import find_layout
from data.read.refusal import TableError
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
try:
    find_layout(Path(sys.argv[1]))
except TableError as error:
    print(error.code, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before)
"""


def test_a_line_without_end_takes_no_memory(tmp_path: Path) -> None:
    path = tmp_path / "satu_baris.csv"
    with path.open("wb") as file:
        file.write(b"tanggal_kejadian,kategori,keparahan,uraian\n2024-11-10,KEK,3,")
        file.truncate(400 * MEBIBYTE)  # a hole: it reads as zeros
    done = subprocess.run(
        [sys.executable, "-c", MEASURED, str(path)],
        cwd=Path(__file__).parents[3],
        capture_output=True,
        check=True,
        text=True,
    )
    code, grown = done.stdout.split()
    assert code == "too_long_line"
    assert int(grown) * 1024 < 50 * MEBIBYTE * resource.getpagesize() // 4096
