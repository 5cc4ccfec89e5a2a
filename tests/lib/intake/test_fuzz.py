"""Two thousand damaged files: each is refused with a sentence, or all of its rows are accounted for."""

from __future__ import annotations

import csv
import io
import json
import random
import shutil
import time
import zipfile
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import duckdb
import pyarrow as pa
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from data.errors import LakeError
from data.limits import Limits
from data.read.refusal import TableError
from data.read.rows import TextTable
from data.sort.kinds.incident import INCIDENT
from data.sort.row_kind import MARK, ORIGIN_COLUMNS, Knowledge, Words
from data.sort.sorting import sort_rows
from data.store.lake import ALIAS, Lake, open_lake
from geo.errors import BoundaryError
from lib.errors import RegionError
from lib.intake import reading
from lib.intake.options import ImportOptions
from lib.intake.rows import RowImport, preview_rows
from lib.rules.taxonomy import taxonomy
from lib.texts.errors import sentence
from tests.city import ANGGREK, AREAS, REGION, at, incident
from tests.sorter import EXTENT, RESOLVE, TODAY

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from lib.intake.mapping_toml import ColumnMapping

SEED = 20_241_120
TEXTS, WORKBOOKS, MAPS, TABLES = 1_150, 400, 400, 50  # two thousand together
SORTED_TOGETHER = 50  # files whose rows are sorted in one go; the statements of a file of its own cost half a second
PREVIEWED = 40  # one file in so many goes the whole way, on an open store
LONGEST_SECONDS = 20.0  # of the processor, for one small file
LIMITS = Limits(file_bytes=2**20, unpacked_bytes=2**24, rows=10_000, columns=300, cell_characters=100_000)
OPTIONS = ImportOptions(date_order="hari-bulan-tahun")
KNOWN = (TableError, BoundaryError, LakeError, RegionError)
COLUMNS = (*INCIDENT.heads, MARK, *ORIGIN_COLUMNS)
FILE_FACTOR = 10**7  # line numbers of files that are sorted together
BLANKS = " \t\r\n\u00a0"

# What files really hold where they should not.
TOKENS = (
    *(b'"', b'""', b'"\n', b",", b";", b"\t", b"|", b"\r", b"\n", b"\r\n", b"\n\n", b"\0", b"\xef\xbb\xbf"),
    *(
        b"\xff\xfe",
        b"\x80",
        b"\xe9",
        b"\xc3\x28",
        b"\xa0",
        b"\x1a",
        b"\x1e",
        b"'",
        b"\\",
        b"%",
        b"{",
        b"}",
        b"<",
        b"&",
    ),
    *(b"=cmd|' /C calc'!A0", b"@SUM(A1)", b"-1", b"1e309", b"nan", b"inf", b"-0", b"9" * 40, b"1.999E+09"),
    *(b"31/02/2024", b"10/11/2024", b"2024-11-10 25:99", b"Jum'at, 1 Nop 2024", b"45606", b"0", b"''", b"NULL"),
    *(b"kategori", b"lintang", b"agama", b"nik", b"#REF!", b"A" * 300, b"081234567890", b"[telepon disamarkan]"),
)
JSON_VALUES = (
    *(None, True, 0, -1, 1e308, "", "x", "10/11/2024", "\u0000", [], {}, [[]], [105.91], [105.91, -3.49, 1, 2]),
    *([None, None], ["a", "b"], [1e400, 0], {"type": "Point"}, {"type": "Point", "coordinates": []}),
    *({"type": "Polygon", "coordinates": [[[0, 0], [1, 1]]]}, {"type": "GeometryCollection", "geometries": []}),
    *({"type": "MultiPoint", "coordinates": [[105.9, -3.5], [105.91, -3.5]]}, "FeatureCollection", "Topology"),
)


@dataclass
class Outcome:
    """What became of the files of one test."""

    refused: Counter[str] = field(default_factory=Counter)
    files: list[tuple[TextTable, list[tuple[Any, ...]]]] = field(default_factory=list)
    read_count: int = 0
    row_count: int = 0


class Bench:
    """A place where files are read and sorted: one connection, and one open store for those that go all the way."""

    def __init__(self, folder: Path, store: Lake) -> None:
        self.folder = folder
        self.store = store
        self.cursor = duckdb.connect()
        self.cursor.execute("SET threads = 1")
        self.outcome = Outcome()
        self._mappings: dict[tuple[str, ...], ColumnMapping] = {}

    def mapping(self, opened: reading.Opened) -> ColumnMapping:
        """Choose the mapping of a file's heads, once for all files that have the same."""
        if opened.heads not in self._mappings:
            self._mappings[opened.heads] = reading.choose_mapping(opened, "incident", OPTIONS, INCIDENT.heads)
        return self._mappings[opened.heads]

    def take(self, number: int, name: str, content: bytes) -> None:
        """Read one file, and sort what was read as soon as enough of it is there."""
        path = self.folder / name
        path.write_bytes(content)
        started, refusal = time.process_time(), None
        try:
            if number % PREVIEWED == 0:
                self.preview(path)
            else:
                self.read(path)
        except KNOWN as error:
            refusal = error
        except Exception as error:
            kept = path.rename(self.folder / f"gagal-{number}{path.suffix}")
            raise AssertionError(f"file {number}, kept as {kept}: {type(error).__name__}: {error}") from error
        assert time.process_time() - started < LONGEST_SECONDS
        if refusal is not None:
            said = sentence(refusal)
            assert said.endswith("."), said
            assert name in said or refusal.code in {"names_disagree", "ambiguous_dates"}, said
            self.outcome.refused[refusal.code] += 1
        if len(self.outcome.files) >= SORTED_TOGETHER:
            self.sort()

    def preview(self, path: Path) -> None:
        """Let the whole import but its storing go over a file."""
        counts = preview_rows(
            RowImport(self.store, REGION, path, kind="incident", today=TODAY, options=OPTIONS, limits=LIMITS)
        ).counts
        assert counts.rows == counts.accepted + counts.quarantined + counts.duplicate > 0
        self.outcome.read_count += 1
        self.outcome.row_count += counts.rows

    def read(self, path: Path) -> None:
        """Stage a file, and count its rows a second time, by the csv module where that reads it the same way."""
        opened = reading.open_rows(path, OPTIONS, LIMITS)
        table = reading.stage(
            self.cursor,
            path,
            opened,
            self.mapping(opened),
            columns=INCIDENT.heads,
            required=INCIDENT.required,
            limits=LIMITS,
        )
        names = ", ".join(f'"{name}"' for name in COLUMNS)
        rows = self.cursor.execute(f"SELECT line_number, {names} FROM staged ORDER BY line_number").fetchall()
        numbers = [row[0] for row in rows] + list(table.broken_lines)
        assert len(set(numbers)) == len(numbers) == table.row_count > 0
        if opened.layout is not None and opened.layout.form == "text" and b'"' not in path.read_bytes():
            assert table.row_count == filled_records(path, opened, table)
        self.outcome.files.append((table, rows))
        self.outcome.read_count += 1
        self.outcome.row_count += table.row_count

    def sort(self) -> None:
        """Sort the rows of all files read since, and find every one of them in one heap, and only one."""
        files, self.outcome.files = self.outcome.files, []
        rows = [(n * FILE_FACTOR + row[0], *row[1:]) for n, (_, lines) in enumerate(files) for row in lines]
        broken = {
            n * FILE_FACTOR + line: text
            for n, (table, _) in enumerate(files)
            for line, text in table.broken_lines.items()
        }
        columns = list(zip(*rows, strict=True)) or [[] for _ in range(len(COLUMNS) + 1)]
        arrays = [pa.array(columns[0], pa.int64()), *(pa.array(column, pa.string()) for column in columns[1:])]
        self.cursor.register("loaded", pa.table(arrays, names=["line_number", *COLUMNS]))
        self.cursor.execute(
            """CREATE OR REPLACE TEMP TABLE staged_rows AS SELECT * FROM loaded;
            CREATE OR REPLACE TEMP VIEW staged AS SELECT * FROM staged_rows"""
        )
        self.cursor.unregister("loaded")
        together = TextTable(len(rows) + len(broken), COLUMNS, (), broken, "utf-8", ",")
        known = Knowledge(
            today=TODAY,
            words={"kategori": Words(taxonomy().match), "kabupaten": Words(lambda _: "")},
            resolve_place=RESOLVE,
            extent=EXTENT,
            date_orders=dict.fromkeys(("tanggal_kejadian", "tanggal_laporan"), "hari-bulan-tahun"),
            name_agreement=0.0,  # no file decides about another
        )
        sort_rows(self.cursor, together, INCIDENT, known)
        good, bad = (
            [row[0] for row in self.cursor.execute(f"SELECT DISTINCT line_number FROM {heap}").fetchall()]
            for heap in ("hashed", "faults")
        )
        assert sorted(good + bad) == sorted([row[0] for row in rows] + list(broken))

    def finish(self) -> Outcome:
        """Sort what is left, and tell what became of everything."""
        if self.outcome.files:
            self.sort()
        return self.outcome


def filled_records(path: Path, opened: reading.Opened, table: TextTable) -> int:
    """Count the records below the head that have a text in a column that is read, or beyond the last head."""
    layout = opened.layout
    assert layout is not None
    encoding = {"utf-8": "utf-8-sig"}.get(layout.encoding, layout.encoding)
    text = path.read_bytes().decode(encoding, errors="replace").replace("\0", "")
    records = list(csv.reader(io.StringIO(text, newline=""), delimiter=layout.delimiter))
    positions = {n for n, head in enumerate(layout.heads) if layout.keys[n] and head not in table.ignored_columns}
    return sum(
        any(cell.strip(BLANKS) for n, cell in enumerate(record) if n in positions or n >= len(layout.heads))
        for record in records[layout.first_row - 1 :]
    )


@pytest.fixture
def bench(engine: duckdb.DuckDBPyConnection, city_store: Path, tmp_path: Path) -> Iterator[Bench]:
    """Set up a bench beside a store of the made-up city."""
    shutil.copytree(city_store, tmp_path / "gudang")
    lake = open_lake(str(tmp_path / "gudang"), engine=engine)
    made = Bench(tmp_path, lake)
    yield made
    made.cursor.close()
    lake.connection.execute(f"DETACH {ALIAS}")


def damaged(content: bytes, dice: random.Random, *, most: int = 6) -> bytes:
    """Damage some bytes, or move whole pieces about."""
    out = bytearray(content)
    for _ in range(dice.randint(1, most)):
        at_byte, other = dice.randrange(len(out) + 1), dice.randrange(len(out) + 1)
        first, last = sorted((at_byte, min(len(out), at_byte + dice.randint(0, 40))))
        match dice.randrange(8):
            case 0 | 1 | 2:
                out[at_byte:at_byte] = dice.choice(TOKENS)
            case 3:
                out[first:last] = dice.choice(TOKENS)
            case 4 if out:
                out[at_byte % len(out)] = dice.randrange(256)
            case 5:
                del out[first:last]
            case 6:
                out[other:other] = out[first:last]
            case _ if dice.random() < 0.2:
                del out[at_byte:]
            case _:
                out[at_byte:at_byte] = dice.randbytes(dice.randint(1, 4))
    return bytes(out)


def csv_files() -> list[bytes]:
    """Write the sound tables that are damaged: with quotes and commas, of an office, with a title above."""
    lines = [
        at(code, id_sumber=f"F-{n}", uraian=text)
        for n, (code, text) in enumerate(
            zip(AREAS, ("Adu mulut", 'Kata "keras"', "a, b", "dua\nbaris", "", "Telepon 081234567890"), strict=True)
        )
    ]
    made = []
    for delimiter, heads in (
        (",", list(lines[0])),
        (";", ["tanggal_kejadian", "kategori", "keparahan", "kelurahan", "kecamatan", "lintang", "bujur"]),
    ):
        text = io.StringIO()
        writer = csv.DictWriter(text, heads, delimiter=delimiter, extrasaction="ignore")
        writer.writeheader()
        writer.writerows(lines)
        made.append(text.getvalue())
    titled = "Laporan posko,,,\n\nTanggal,Jenis,Tingkat,Kelurahan,Kecamatan\n" + "".join(
        f"{day} Nopember 2024,KEK,{day % 5 + 1},{name},{district}\n"
        for day, (name, district, *_) in enumerate(AREAS.values(), start=1)
    )
    comma = made[1].replace(".", ",")
    return [text.encode() for text in (*made, titled, comma)] + [
        comma.encode("cp1252"),
        ("\ufeff" + made[0]).encode("utf-16"),
    ]


def workbook() -> bytes:
    """Write a sound workbook with dates, numbers, a formula and merged cells."""
    book = Workbook()
    heads = list(incident())
    book.active.append(heads)
    for number, code in enumerate(AREAS):
        line = at(code, id_sumber=f"W-{number}", uraian="=1+1" if number == 2 else f"Catatan {number}")
        cells: list[Any] = [line[head] for head in heads]
        cells[1] = TODAY.replace(day=number + 1)
        for head in ("lintang", "bujur"):
            cells[heads.index(head)] = float(line[head])
        book.active.append(cells)
    book.active.merge_cells("G3:G4")
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def repacked(content: bytes, dice: random.Random) -> bytes:
    """Damage the XML inside a workbook and pack it soundly again."""
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        members = {name: file.read(name) for name in file.namelist()}
    chosen = dice.choice(["xl/worksheets/sheet1.xml"] * 4 + sorted(members))
    members[chosen] = damaged(members[chosen], dice, most=3)
    if dice.random() < 0.05:
        del members[dice.choice(sorted(members))]
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as file:
        for name, member in members.items():
            file.writestr(name, member)
    return packed.getvalue()


def points() -> dict[str, Any]:
    """Give sound points as GeoJSON, with numbers, objects and a missing geometry among them."""
    features = []
    for number, code in enumerate(AREAS):
        line = at(code, id_sumber=f"G-{number}")
        place = {"type": "Point", "coordinates": [float(line.pop("bujur")), float(line.pop("lintang"))]}
        line_of_numbers: dict[str, Any] = {**line, "keparahan": number % 5 + 1, "tags": {"a": number}}
        features.append({"type": "Feature", "properties": line_of_numbers, "geometry": place if number else None})
    return {"type": "FeatureCollection", "features": features}


def altered(value: Any, dice: random.Random, chance: float) -> Any:
    """Put other values in some places of a JSON document, or lose some."""
    if dice.random() < chance:
        return dice.choice(JSON_VALUES)
    if isinstance(value, dict):
        return {key: altered(each, dice, chance) for key, each in value.items() if dice.random() > chance}
    if isinstance(value, list):
        return [altered(each, dice, chance) for each in value]
    return value


def run(bench: Bench, name: str, count: int, make: Callable[[random.Random], bytes]) -> Outcome:
    """Take so many files, each made from a seed of its own, so that one that fails can be made again."""
    for number in range(count):
        bench.take(number, name, make(random.Random(f"{SEED}-{name}-{number}")))  # noqa: S311 - a seed is wanted
    return bench.finish()


def test_damaged_text_files(bench: Bench) -> None:
    sound = csv_files()
    found = run(bench, "a.csv", TEXTS, lambda dice: damaged(dice.choice(sound), dice))
    assert sum(found.refused.values()) + found.read_count == TEXTS
    assert found.read_count > TEXTS / 2
    assert found.row_count > 4 * found.read_count
    assert len(found.refused) > 3


@pytest.mark.filterwarnings("ignore")
def test_damaged_workbooks(bench: Bench) -> None:
    sound = workbook()
    found = run(
        bench,
        "a.xlsx",
        WORKBOOKS,
        lambda dice: repacked(sound, dice) if dice.random() < 0.7 else damaged(sound, dice, most=2),
    )
    assert sum(found.refused.values()) + found.read_count == WORKBOOKS
    assert found.read_count > WORKBOOKS / 10
    assert found.refused["unreadable"] > 10


@pytest.mark.filterwarnings("ignore")  # GDAL warns of what it mends, such as rings that do not close
def test_damaged_maps(bench: Bench) -> None:
    sound = points()
    written = json.dumps(sound).encode()

    def make(dice: random.Random) -> bytes:
        if dice.random() < 0.6:
            return json.dumps(altered(sound, dice, dice.choice([0.002, 0.01, 0.05]))).encode()
        return damaged(written, dice, most=3)

    found = run(bench, "a.geojson", MAPS, make)
    assert sum(found.refused.values()) + found.read_count == MAPS
    assert found.read_count > MAPS / 4
    assert found.refused["unreadable"] > 10


WEIRD = st.one_of(
    st.sampled_from([token.decode("latin-1") for token in TOKENS]),
    st.text(st.characters(exclude_categories=("Cs",)), max_size=12),
    st.sampled_from(
        ["", " ", "3", "2024-11-10", "KEK", "Anggrek", "Utara", ANGGREK, "-3,49", "105.91", "3°29'24\" LS"]
    ),
)


@settings(
    max_examples=TABLES,
    deadline=None,
    derandomize=True,
    phases=[Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(
    heads=st.lists(st.sampled_from(INCIDENT.heads[5:]), unique=True, max_size=6),
    rows=st.lists(st.lists(WEIRD, min_size=9, max_size=9), min_size=1, max_size=12),
    delimiter=st.sampled_from(",;\t|"),
    line_end=st.sampled_from(["\n", "\r\n"]),
)
def test_tables_of_weird_cells(
    bench: Bench, heads: Sequence[str], rows: Sequence[Sequence[str]], delimiter: str, line_end: str
) -> None:
    text = io.StringIO()
    writer = csv.writer(text, delimiter=delimiter, lineterminator=line_end)
    names = [*INCIDENT.required, *heads]
    writer.writerow(names)
    writer.writerows(row[: len(names)] for row in rows)
    bench.take(1, "a.csv", text.getvalue().encode())
    bench.finish()
