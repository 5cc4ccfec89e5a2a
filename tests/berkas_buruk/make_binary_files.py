"""Make the binary files of this folder anew: python -m tests.berkas_buruk.make_binary_files."""

from __future__ import annotations

import base64
import io
import re
import struct
import zipfile
import zlib
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import shapely
from openpyxl import Workbook

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

FOLDER = Path(__file__).parent
LONG_AGO = (2024, 11, 20, 0, 0, 0)  # members of archives bear this time, so that they come out the same
STAMP = re.compile(rb"20[0-9]{2}-[0-9]{2}-[0-9]{2}T[0-9:]{8}Z")
HEADS = (
    "id_sumber",
    "tanggal_kejadian",
    "kategori",
    "keparahan",
    "uraian",
    "kode_kelurahan",
    "kelurahan",
    "kecamatan",
)
ROWS = (
    ("2024-11-10", "KEK", 3, "Saling dorong", "19.99.01.1001", "Anggrek", "Utara"),
    ("2024-11-11", "APK", 2, "Baliho roboh", "19.99.01.1002", "Bakung", "Utara"),
    ("2024-11-12", "HOAKS", 1, "Kabar bohong", "19.99.02.1001", "Dahlia", "Selatan"),
)


def numbered(prefix: str) -> list[tuple[Any, ...]]:
    """Give the usual rows with ids of their own, so that no file holds a row of another."""
    return [(f"{prefix}-{number}", *row) for number, row in enumerate(ROWS, start=1)]


def workbook(sheets: Mapping[str, Sequence[Sequence[Any]]], *, merged: Sequence[str] = ()) -> bytes:
    """Write sheets of cells; `merged` are ranges of the first one."""
    book = Workbook()
    for number, (title, rows) in enumerate(sheets.items()):
        sheet = book.active if number == 0 else book.create_sheet()
        sheet.title = title
        for row in rows:
            sheet.append(list(row))
    for cells in merged:
        book.worksheets[0].merge_cells(cells)
    content = io.BytesIO()
    book.save(content)
    members = members_of(content.getvalue())
    return archive({name: STAMP.sub(b"2024-11-20T00:00:00Z", member) for name, member in members.items()})


def archive(members: Mapping[str, bytes]) -> bytes:
    """Pack members, always in the same way."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as file:
        for name, member in members.items():
            file.writestr(zipfile.ZipInfo(name, LONG_AGO), member, zipfile.ZIP_DEFLATED)
    return content.getvalue()


def members_of(content: bytes) -> dict[str, bytes]:
    """Unpack an archive into memory."""
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        return {name: file.read(name) for name in file.namelist()}


def with_merged_heads() -> bytes:
    """Two rows of heads, the upper ones merged over their columns, and a column merged over its rows."""
    rows = [
        ["No", "Kejadian", None, None, "Tempat", None, "Koordinat", None],
        [None, "Tanggal Kejadian", "Kategori", "Keparahan", "Kelurahan", "Kecamatan", "Lintang", "Bujur"],
        [1, "2024-11-10", "KEK", 3, "Anggrek", "Utara", -3.49, 105.91],
        [2, "2024-11-11", "APK", 2, "Bakung", None, -3.49, 105.93],
        [3, "2024-11-12", "APK", 2, "Dahlia", "Selatan", -3.51, 105.91],
    ]
    return workbook({"Data": rows}, merged=["A1:A2", "B1:D1", "E1:F1", "G1:H1", "F3:F4"])


def with_real_types() -> bytes:
    """Dates, times and numbers as a spreadsheet keeps them, and codes that it took for numbers."""
    heads = ["Tanggal Kejadian", "Jam", "Kategori", "Keparahan", "Kode Kelurahan", "Lintang", "Bujur"]
    rows = [
        [date(2024, 11, 10), time(8, 30), "KEK", 3, 1999011001, -3.49, 105.91],
        [datetime(2024, 11, 11, 14, 5, tzinfo=UTC).replace(tzinfo=None), None, "APK", 2.0, 1999011002.0, None, None],
        [45608, 0.5, "APK", 2, 1999021001, None, None],
        [date(2024, 11, 12), time(23, 59), "APK", True, 1999021001, None, None],
    ]
    return workbook({"Data": [heads, *rows]})


def with_formulas() -> bytes:
    """Formulas that were never reckoned, and cells that hold errors."""
    rows = numbered("RX")
    cells = [list(row) for row in rows]
    cells[0][4] = '=CONCATENATE("a","b")'
    cells[1][4] = "#REF!"
    cells[2][3] = "=1+0"
    return workbook({"Data": [HEADS, *cells]})


def lying_about_its_size(content: bytes, *, unpacked: int) -> bytes:
    """Swell the sheet with blanks and let the table of contents say that it is small."""
    members = members_of(content)
    sheet = "xl/worksheets/sheet1.xml"
    swollen = archive(members | {sheet: members[sheet].replace(b"<sheetData>", b"<sheetData>" + b" " * unpacked)})
    with zipfile.ZipFile(io.BytesIO(swollen)) as file:
        size = file.getinfo(sheet).file_size
    return swollen.replace(struct.pack("<L", size), struct.pack("<L", 2_000))


def with_declared_size(content: bytes, *, unpacked: int) -> bytes:
    """Let the table of contents say that the strings of a workbook are larger than any file may unpack to."""
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        size = file.getinfo("xl/styles.xml").file_size
    return content.replace(struct.pack("<L", size), struct.pack("<L", unpacked))


def picture() -> bytes:
    """Draw one pixel as PNG."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">L", len(body)) + kind + body + struct.pack(">L", zlib.crc32(kind + body))

    head = struct.pack(">LLBBBBB", 1, 1, 8, 2, 0, 0, 0)
    pixels = zlib.compress(b"\0\xff\0\0")
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")


def open_document() -> bytes:
    """Write a spreadsheet of LibreOffice with as little as it needs."""

    def cell(value: Any) -> str:
        return f'<table:table-cell office:value-type="string"><text:p>{value}</text:p></table:table-cell>'

    rows = "".join(
        f"<table:table-row>{''.join(map(cell, row))}</table:table-row>" for row in [HEADS, *numbered("OD")]
    )
    spaces = 'xmlns:{0}="urn:oasis:names:tc:opendocument:xmlns:{0}:1.0"'
    content = (
        '<?xml version="1.0" encoding="UTF-8"?><office:document-content office:version="1.2" '
        + " ".join(spaces.format(name) for name in ("office", "table", "text"))
        + '><office:body><office:spreadsheet><table:table table:name="Data">'
        + rows
        + "</table:table></office:spreadsheet></office:body></office:document-content>"
    )
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    manifest = (
        '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
        f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{kind}"/>'
        '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>'
    )
    return archive(
        {"mimetype": kind.encode(), "content.xml": content.encode(), "META-INF/manifest.xml": manifest.encode()}
    )


def shapefile(prefix: str, *, epsg: int) -> dict[str, bytes]:
    """Write three points as a Shapefile, and give its members."""
    rows = [(f"{prefix}-{n}", "2024-11-10", "KEK", "3") for n in (1, 2, 3)]
    frame = pd.DataFrame(rows, columns=["id_sumber", "tanggal", "kategori", "keparahan"])
    points = shapely.points([[105.91, -3.49], [105.93, -3.49], [105.91, -3.51]])
    folder = FOLDER / "sementara"
    folder.mkdir()
    try:
        gpd.GeoDataFrame(frame, geometry=points, crs=4326).to_crs(epsg).to_file(folder / "titik.shp")
        found = {path.name: path.read_bytes() for path in sorted(folder.iterdir())}
    finally:
        for path in folder.iterdir():
            path.unlink()
        folder.rmdir()
    dbf = bytearray(found["titik.dbf"])
    dbf[1:4] = bytes((124, 11, 20))  # the day it was written
    return found | {"titik.dbf": bytes(dbf)}


def without_system(members: Mapping[str, bytes]) -> dict[str, bytes]:
    """Take the coordinate system from a Shapefile."""
    return {name: content for name, content in members.items() if not name.endswith(".prj")}


def parquet() -> bytes:
    """Write a table of typed columns, a time zone and nested values among them."""
    table = pa.table(
        {
            "id_sumber": ["PQ-1", "PQ-2"],
            "tanggal_kejadian": pa.array([date(2024, 11, 10), date(2024, 11, 11)]),
            "kategori": pa.array(["KEK", "APK"]).dictionary_encode(),
            "keparahan": pa.array([3, 2], pa.int8()),
            "kode_kelurahan": pa.array([1999011001, 1999011002]),
            "lintang": [-3.49, float("nan")],
            "bujur": [105.91, float("nan")],
            "catatan": [["a", "b"], None],
        }
    )
    content = io.BytesIO()
    pq.write_table(table, content)
    return content.getvalue()


def files() -> dict[str, bytes]:
    """Make every binary file: name to content."""
    plain = workbook({"Data": [HEADS, *numbered("XL")]})
    degrees, metres = shapefile("SD", epsg=4326), shapefile("SM", epsg=32748)
    renamed = shapefile("SR", epsg=32748)
    titles = [
        ["LAPORAN KEJADIAN KOTA CONTOH"],
        ["Periode 10–16 November 2024"],
        [],
        ["Tanggal", "Jenis", "Tingkat", "Kelurahan", "Kecamatan"],
        ["2024-11-10", "KEK", 3, "Anggrek", "Utara"],
        ["2024-11-11", "APK", 2, "Bakung", "Utara"],
    ]
    return {
        "100_kepala_gabung.xlsx": with_merged_heads(),
        "101_beberapa_lembar.xlsx": workbook(
            {"Oktober": [HEADS, *numbered("OKT")[:1]], "November": [HEADS, *numbered("NOV")], "Kosong": []}
        ),
        "102_judul_di_atas.xlsx": workbook({"Data": titles}, merged=["A1:E1", "A2:E2"]),
        "103_rumus_dan_galat.xlsx": with_formulas(),
        "104_sel_bertipe.xlsx": with_real_types(),
        "105_terpotong.xlsx": workbook({"Data": [HEADS, *numbered("TP")]})[:3_000],
        "106_bom_zip.xlsx": lying_about_its_size(plain, unpacked=20_000_000),
        "107_mengaku_besar.xlsx": with_declared_size(plain, unpacked=2**32 - 2),
        "108_sel_terjauh.xlsx": archive(
            {
                name: content.replace(b"</sheetData>", b'<row r="1048576"><c r="XFD1048576"/></row></sheetData>')
                for name, content in members_of(plain).items()
            }
        ),
        "109_xlsx_bernama_csv.csv": workbook({"Data": [HEADS, *numbered("XC")]}),
        "110_png_bernama_csv.csv": picture(),
        "111_sandi.xlsx": base64.b64decode("0M8R4KGxGuE=") + bytes(504) + "EncryptedPackage".encode("utf-16-le"),
        "112_lembar.ods": open_document(),
        "113_tabel.parquet": parquet(),
        "114_parquet_terpotong.parquet": parquet()[:700],
        "115_parquet_judul_rusak.parquet": parquet().replace(b"catatan", b"cata\xe9an"),
        "120_shp_tanpa_prj_derajat.zip": archive(without_system(degrees)),
        "121_shp_tanpa_prj_meter.zip": archive(without_system(metres)),
        "122_shp_prj_ganti_nama.zip": archive(
            without_system(renamed) | {"sistem koordinat.prj": renamed["titik.prj"]}
        ),
        "126_shp_huruf_keliru.zip": archive(
            {name: each.replace(b"SD-2", b"S\xe9-2") for name, each in degrees.items()} | {"titik.cpg": b"UTF-8"}
        ),
        "123_zip_keluar_folder.zip": archive({"../titik.geojson": b'{"type":"FeatureCollection","features":[]}'}),
        "124_zip_dua_berkas.zip": archive(degrees | {f"lain/{name}": each for name, each in degrees.items()}),
        "125_shp_tanpa_dbf.zip": archive({name: each for name, each in degrees.items() if name.endswith(".shp")}),
    }


if __name__ == "__main__":
    for file_name, file_content in files().items():
        (FOLDER / file_name).write_bytes(file_content)
