"""Laws of importing that hold for any table: nothing is lost, undo restores, twice is once, order is nothing."""

from __future__ import annotations

import io
import shutil
from contextlib import closing
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from data.read.refusal import TableError
from data.store import queries
from data.store.lake import ALIAS, Lake, open_lake
from lib.intake.kinds import KINDS
from lib.intake.rows import ImportResult, RowImport, import_rows
from lib.intake.undo import undo_import
from lib.output.templates import quarantine_workbook
from tests.city import ANGGREK, AREAS, REGION, at, incident, station, write_csv
from tests.officers import officer
from tests.sorter import TODAY

if TYPE_CHECKING:
    import random
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    import duckdb


Lines = list[dict[str, str]]
VIEWS = ("current_incident", "current_station", "current_nil_report", "open_quarantine", "valid_import")
# An import takes half a second: few examples, each of many rows, and none is made smaller.
law = settings(
    max_examples=6,
    deadline=None,
    derandomize=True,
    phases=[Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@pytest.fixture(scope="module")
def store(
    engine: duckdb.DuckDBPyConnection, city_store: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Lake]:
    """Open one store of the made-up city for all laws; every import is taken back again."""
    folder = tmp_path_factory.mktemp("hukum") / "gudang"
    shutil.copytree(city_store, folder)
    lake = open_lake(str(folder), engine=engine)
    yield lake
    lake.connection.execute(f"DETACH {ALIAS}")


def state(lake: Lake) -> dict[str, list[str]]:
    """Take everything that counts at present, as text."""
    with closing(lake.cursor()) as cursor:
        return {
            view: sorted(row[0] for row in cursor.execute(f"SELECT {view}::VARCHAR FROM {view}").fetchall())
            for view in VIEWS
        }


def content(lake: Lake, kind: str, import_id: str) -> dict[str, list[tuple[Any, ...]]]:
    """Take what an import stored, without the numbers of its lines."""
    skipped = {"import_id", "line_number"}
    columns = ", ".join(name for name in KINDS[kind].rows.table_columns if name not in skipped)
    with closing(lake.cursor()) as cursor:
        return {
            "rows": cursor.execute(
                f"SELECT {columns} FROM {KINDS[kind].rows.table} WHERE import_id = ? ORDER BY ALL", [import_id]
            ).fetchall(),
            "places": cursor.execute(
                f"""SELECT row_hash, area_code, point_area_code, method, basis, distance_m, disagrees
                FROM location JOIN {KINDS[kind].rows.table} AS stored
                    ON stored.import_id = row_import_id AND stored.line_number = location.line_number
                WHERE kind = ? AND row_import_id = ? ORDER BY ALL""",
                [kind, import_id],
            ).fetchall(),
            # Facts of rows that contradict each other are the numbers of their lines.
            "quarantine": cursor.execute(
                """SELECT column_name, value, rule, raw_row,
                    CASE WHEN rule <> 'contradiction' THEN facts END AS facts
                FROM quarantine WHERE import_id = ? ORDER BY ALL""",
                [import_id],
            ).fetchall(),
            "repairs": cursor.execute(
                """SELECT column_name, original_value, repaired_value, rule, confidence
                FROM repair WHERE import_id = ? ORDER BY ALL""",
                [import_id],
            ).fetchall(),
        }


def take_in(lake: Lake, folder: Path, lines: Sequence[Mapping[str, str]], kind: str) -> ImportResult | str:
    """Import lines, every one of which must be accounted for, or give the code by which they are refused."""
    path = write_csv(folder / "a.csv", lines)
    try:
        result = import_rows(RowImport(lake, REGION, path, kind=kind, today=TODAY), actor=officer())
    except TableError as error:
        return error.code
    counts = result.counts
    assert counts.rows == len(lines) == counts.accepted + counts.quarantined + counts.duplicate
    return result


def taken(lake: Lake, folder: Path, lines: Sequence[Mapping[str, str]], kind: str) -> ImportResult:
    """Import lines that nothing is to be refused of as a whole."""
    result = take_in(lake, folder, lines, kind)
    assert not isinstance(result, str), result
    return result


def take_back(lake: Lake, *results: ImportResult) -> None:
    """Undo imports, in this order."""
    for result in results:
        undo_import(lake, REGION, result.import_id, reason="uji", actor=officer())


def cells(*weird: str) -> st.SearchStrategy[str | None]:
    """Draw a weird text once in ten times, else None, which leaves the cell as it is."""
    return st.sampled_from([*[None] * (9 * len(weird)), *weird])


WEIRD_INCIDENT = {
    "id_sumber": cells("", "SAMA-1", "SAMA-2", "SAMA-3", "CONTOH-1", "081234567890"),
    "tanggal_kejadian": cells("", "13/11/2024", "12 Nop 2024", "2024-11-21", "45606", "Rabu, 14 November 2024", "?"),
    "tanggal_laporan": cells("", "2024-11-10", "2024-11-01", "19-11-2024", "besok"),
    "jam": cells("", "8.05", "24:00", "pagi"),
    "kategori": cells("", "kekerasan", "HOAKS", "tidak jelas"),
    "keparahan": cells("", "1", "5", "6", "tiga"),
    "uraian": cells("", "=1+1", "a\nb", 'kata "keras", lalu reda', "hubungi 0812-3456-7890", "x" * 500),
    "kode_kelurahan": cells("", "1.999E+09", "14.72.01.1003", "1999011003-CEMPAKA"),
    "kelurahan": cells("", "A N G G R E K", "Anggerk", "Zamrud", "Kel. Dahlia"),
    "kecamatan": cells("", "UTARA", "Selatan", "Barat"),
    "lintang": cells("", "-3,49", "105.91", "0", "3°29'24\" LS", "48.8", "abc"),
    "bujur": cells("", "105,91", "-3.49", "0", "105°54'36\" BT", "2.3"),
    "presisi": cells("", "kelurahan", "kecamatan", "kabupaten", "kira-kira"),
    "sumber": cells("", "Posko", "Media"),
    "status": cells("", "masuk", "Ditolak", "beres"),
}
WEIRD_STATION = {
    "pemilihan": cells("", "Pemilu 2024", "Pilwalkot"),
    "kode_kelurahan": cells("", "1999011002", "19.99.09.9999"),
    "no_tps": cells("", "TPS 2", "3", "901", "belakang"),
    "dpt_l": cells("", "1.240", "-1", "dua", "200"),
    "dpt_p": cells("", "251,0", "999"),
    "lintang": cells("", "-3.49"),
    "bujur": cells("", "105.91"),
    "kelas_polri": cells("", "Rawan", "gawat"),
}


@st.composite
def incidents(draw: st.DrawFn) -> Lines:
    """Draw a table of incidents, each with a few weird cells; some rows come twice."""
    one = st.tuples(st.sampled_from(list(AREAS)), st.fixed_dictionaries(WEIRD_INCIDENT))
    changes = draw(st.lists(one, min_size=8, max_size=25))
    lines = [
        at(code, id_sumber=f"L-{number}") | {name: text for name, text in weird.items() if text is not None}
        for number, (code, weird) in enumerate(changes)
    ]
    return lines + draw(st.lists(st.sampled_from(lines), max_size=4))


@st.composite
def stations(draw: st.DrawFn) -> Lines:
    """Draw a list of TPS, each with a few weird cells; some rows come twice."""
    changes = draw(st.lists(st.fixed_dictionaries(WEIRD_STATION), min_size=8, max_size=20))
    lines = [
        station(no_tps=number) | {name: text for name, text in weird.items() if text is not None}
        for number, weird in enumerate(changes, start=1)
    ]
    return lines + draw(st.lists(st.sampled_from(lines), max_size=4))


TABLES = st.one_of(
    st.tuples(st.just("incident"), incidents()),
    st.tuples(st.just("incident"), incidents()),
    st.tuples(st.just("station"), stations()),
)


@law
@given(TABLES)
def test_every_row_is_accounted_for_and_undo_restores_what_was(
    store: Lake, tmp_path: Path, table: tuple[str, Lines]
) -> None:
    kind, lines = table
    before = state(store)
    result = take_in(store, tmp_path, lines, kind)
    if isinstance(result, ImportResult):
        assert state(store) != before
        take_back(store, result)
    assert state(store) == before


@law
@given(TABLES)
def test_importing_twice_is_importing_once(store: Lake, tmp_path: Path, table: tuple[str, Lines]) -> None:
    kind, lines = table
    first = take_in(store, tmp_path, lines, kind)
    once = state(store)
    second = take_in(store, tmp_path, lines, kind)
    if isinstance(first, str) or isinstance(second, str):
        assert first == second
        return
    assert second.counts.accepted == 0
    assert second.counts.quarantined == first.counts.quarantined
    assert second.counts.duplicate == first.counts.accepted + first.counts.duplicate
    assert state(store)[f"current_{kind}"] == once[f"current_{kind}"]
    take_back(store, first, second)  # the first one too leaves nothing, though the second came after it
    assert state(store)[f"current_{kind}"] == []


@law
@given(TABLES, st.randoms(use_true_random=False))
def test_the_order_of_rows_changes_nothing(
    store: Lake, tmp_path: Path, table: tuple[str, Lines], dice: random.Random
) -> None:
    kind, lines = table
    found = []
    for order in (lines, dice.sample(lines, len(lines))):
        result = take_in(store, tmp_path, order, kind)
        if isinstance(result, str):
            found.append((result, None, None))
        else:
            found.append((result.counts, result.facts, content(store, kind, result.import_id)))
            take_back(store, result)
    assert found[0] == found[1]


BROKEN = {
    "tanggal_kejadian": "2024-11-31",
    "jam": "pagi",
    "kategori": "tidak jelas",
    "keparahan": "9",
    "kode_kelurahan": "19.99.09.9999",
    "presisi": "kira-kira",
    "status": "beres",
}


@settings(law, max_examples=3)
@given(
    st.lists(st.sets(st.sampled_from(sorted(BROKEN)), max_size=3), min_size=2, max_size=12).filter(any),
    st.randoms(use_true_random=False),
)
def test_a_mended_row_leaves_the_quarantine(
    store: Lake, tmp_path: Path, broken: list[set[str]], dice: random.Random
) -> None:
    sound = [incident(id_sumber=f"P-{number}", kelurahan=None, kecamatan=None) for number in range(len(broken))]
    lines = [line | {name: BROKEN[name] for name in names} for line, names in zip(sound, broken, strict=True)]
    waiting = sum(map(bool, broken))
    first = taken(store, tmp_path, lines, "incident")
    assert (first.counts.accepted, first.counts.quarantined) == (len(lines) - waiting, waiting)

    faults = queries.quarantine(store, first.import_id)
    book = load_workbook(io.BytesIO(quarantine_workbook(KINDS["incident"], first.import_id, faults)))
    sheet = book.worksheets[0]
    heads = [cell.value for cell in sheet[1]]
    mended = 0
    for row in sheet.iter_rows(min_row=2):
        good = sound[int(str(row[heads.index("id_sumber")].value).removeprefix("P-"))]
        if dice.random() < 0.7:
            mended += 1
            for name in BROKEN:
                row[heads.index(name)].value = good[name]
    book.save(tmp_path / "perbaikan.xlsx")
    assert sheet.max_row == 1 + waiting
    second = import_rows(
        RowImport(store, REGION, tmp_path / "perbaikan.xlsx", kind="incident", today=TODAY), actor=officer()
    )
    try:
        assert (second.counts.rows, second.counts.accepted) == (waiting, mended)
        open_lines = queries.imports(store, REGION.code).set_index("import_id")["open_quarantine_count"]
        assert open_lines[first.import_id] == 0  # what is still wrong waits as a line of the second import
        assert open_lines[second.import_id] == waiting - mended
        assert queries.quarantine(store, first.import_id).empty
        assert len(state(store)["current_incident"]) == len(lines) - waiting + mended
        take_back(store, second)
        assert queries.quarantine(store, first.import_id)["line_number"].nunique() == waiting  # they wait again
    finally:
        take_back(store, first)


def test_rows_of_undone_imports_are_no_duplicates(store: Lake, tmp_path: Path) -> None:
    lines = [at(ANGGREK, id_sumber="U-1")]
    first = taken(store, tmp_path, lines, "incident")
    take_back(store, first)
    second = taken(store, tmp_path, lines, "incident")
    assert (second.counts.accepted, second.counts.duplicate) == (1, 0)
    take_back(store, second)
