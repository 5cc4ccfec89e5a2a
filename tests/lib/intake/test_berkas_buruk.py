"""Every nasty file of ``tests/berkas_buruk`` through the real import: the outcome stands in ``daftar.toml``."""

from __future__ import annotations

import re
import shutil
import tomllib
from contextlib import closing
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from data.read.refusal import TableError
from data.store import imports, queries
from data.store.lake import ALIAS, Lake, open_lake, utc_now
from geo.errors import BoundaryError
from lib.intake.boundaries import import_boundaries
from lib.intake.kinds import KINDS
from lib.intake.mapping_toml import ColumnMapping
from lib.intake.mappings import with_heads
from lib.intake.options import ImportOptions
from lib.intake.rows import RowImport, import_rows, preview_rows
from lib.texts import errors, quarantine
from tests.city import REGION
from tests.officers import officer

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    import duckdb
    import pandas as pd

    from lib.intake.rows import Preview

FOLDER = Path(__file__).parents[2] / "berkas_buruk"
FILES: list[dict[str, Any]] = tomllib.loads((FOLDER / "daftar.toml").read_text(encoding="utf-8"))["file"]
NOT_LISTED = {"README.md", "daftar.toml", "make_binary_files.py", "__init__.py", "__pycache__"}
TODAY = date(2024, 11, 20)
COUNTS = ("rows", "accepted", "quarantined", "duplicate")
PREVIEWED = 4  # one file in so many is tried before it is imported; those with a question are as well
# Whatever of these the files hold must be nowhere in the store.
PERSONAL = re.compile(
    r"0812-?3456-?7890|81298765432|812 9876 5432|199901410785000\d|fulan|@contoh\.invalid"
    r"|Siti Aminah|Budi Santoso|Ahmad Hidayat|warga_anggrek",
    re.IGNORECASE,
)
# What no sentence for a user may hold: the words of a traceback, or where this machine keeps the file.
FOREIGN = re.compile(r"Traceback|Exception|\bError\b|errno|\bNone\b|\{|\}", re.IGNORECASE)


@pytest.fixture(scope="module")
def store(
    engine: duckdb.DuckDBPyConnection, city_store: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Lake]:
    """Open one store of the made-up city for all files; every import is taken back again."""
    folder = tmp_path_factory.mktemp("berkas") / "gudang"
    shutil.copytree(city_store, folder)
    lake = open_lake(str(folder), engine=engine)
    yield lake
    lake.connection.execute(f"DETACH {ALIAS}")


def options_of(stated: Mapping[str, Any], kind: str) -> ImportOptions:
    """Make the options that the list states."""
    changed = dict(stated)
    if "mapping" in changed:
        changed["mapping"] = with_heads(ColumnMapping("uji", "uji", kind, {}), changed["mapping"])
    if "answers" in changed:
        changed["answers"] = {(name, district): code or None for name, district, code in changed["answers"]}
    return ImportOptions(**changed)


def check_sentence(error: TableError | BoundaryError, name: str) -> None:
    """Check that a refusal is a whole sentence about this file, and about nothing of this program."""
    said = errors.sentence(error)
    assert said.endswith("."), said
    assert said[0].isupper() or said[0] == "“", said
    assert len(said.split()) > 5, said
    assert not FOREIGN.search(said), said
    assert str(FOLDER.parent) not in said, said
    assert name in said or error.code in {"ambiguous_dates", "names_disagree"}, said


def fact(facts: Mapping[str, Any], path: str) -> Any:
    """Look a fact up by its path, parts joined by dots."""
    for part in path.split("."):
        facts = facts[part]
    return facts


def check_preview(found: Preview, expected: Mapping[str, Any]) -> None:
    """Check what would come of a file against the list."""
    assert [getattr(found.counts, name) for name in COUNTS] == [expected[name] for name in COUNTS]
    assert found.counts.rows == found.counts.accepted + found.counts.quarantined + found.counts.duplicate
    assert sorted(found.fault_counts["rule"]) == expected.get("rules", [])
    check_facts(found.facts, expected)


def check_facts(facts: Mapping[str, Any], expected: Mapping[str, Any]) -> None:
    """Check what an import found out against the list."""
    assert sorted({repair["aturan"] for repair in facts.get("perbaikan", [])}) == expected.get("repairs", [])
    assert facts.get("data_pribadi", {}) == expected.get("personal", facts.get("data_pribadi", {}))
    for path, value in expected.get("facts", {}).items():
        assert fact(facts, path) == value


def check_stored(store: Lake, kind: str, import_id: str, expected: Mapping[str, Any]) -> None:
    """Check cells of the rows that were stored against the list."""
    for column, cells in expected.get("sample", {}).items():
        with closing(store.cursor()) as cursor:
            found = cursor.execute(
                f"SELECT {column}::VARCHAR FROM {KINDS[kind].rows.table} WHERE import_id = ? ORDER BY line_number",
                [import_id],
            ).fetchall()
        assert [cell for (cell,) in found] == cells


def take_back(store: Lake, import_id: str) -> None:
    """Let an import no longer count, quicker than `undo_import`, which proves the whole store anew."""
    with closing(store.cursor()) as cursor:
        imports.store_undo(cursor, import_id, reason="uji", actor="penguji", recorded_at=utc_now())


def check_quarantine(waiting: pd.DataFrame, expected: Mapping[str, Any]) -> None:
    """Check that every refused line waits with a reason and a hint in whole sentences."""
    assert waiting["line_number"].nunique() == expected["quarantined"]
    assert sorted(waiting["rule"].unique()) == expected.get("rules", [])
    for row in waiting.to_dict("records"):
        facts = row["facts"] if isinstance(row["facts"], str) else None
        for said in (quarantine.reason(row["rule"], facts), quarantine.hint(row["rule"])):
            assert said.endswith(".")
            assert "{" not in said


def check(store: Lake, path: Path, entry: Mapping[str, Any], stated: Mapping[str, Any], *, tried: bool) -> None:
    """Import a file, check what comes of it, and take it back."""
    kind, options, expected = entry["kind"], options_of(stated, entry["kind"]), entry["expected"]
    task = RowImport(store, REGION, path, kind, TODAY, options)
    if "refused" in expected:
        take = partial(import_rows, task)
        if kind == "area":
            take = partial(import_boundaries, store, REGION, path, options=options)
        with pytest.raises((TableError, BoundaryError)) as refused:
            take(actor=officer())
        assert refused.value.code == expected["refused"]
        check_sentence(refused.value, path.name)
        return
    if tried:
        check_preview(preview_rows(task), expected)
    result = import_rows(task, actor=officer())
    try:
        assert [getattr(result.counts, name) for name in COUNTS] == [expected[name] for name in COUNTS]
        assert result.counts.rows == sum(getattr(result.counts, name) for name in COUNTS[1:])
        check_facts(result.facts, expected)
        check_stored(store, kind, result.import_id, expected)
        check_quarantine(queries.quarantine(store, result.import_id), expected)
    finally:
        take_back(store, result.import_id)


@pytest.mark.parametrize("number", range(len(FILES)), ids=[entry["name"] for entry in FILES])
def test_a_nasty_file_comes_to_what_the_list_says(store: Lake, number: int) -> None:
    entry = FILES[number]
    path, second = FOLDER / entry["name"], entry.get("second")
    tried = second is not None or number % PREVIEWED == 0
    check(store, path, entry, entry.get("options", {}), tried=tried)
    if second is not None:
        check(store, path, entry | {"expected": second["expected"]}, second["options"], tried=tried)


def test_nothing_personal_of_any_file_is_stored(store: Lake) -> None:
    found = []
    with closing(store.cursor()) as cursor:
        tables = [
            row[0]
            for row in cursor.execute(
                f"SELECT table_name FROM duckdb_tables() WHERE database_name = '{ALIAS}'"
            ).fetchall()
        ]
        sources = [
            *(f"{ALIAS}.{name}" for name in tables),
            f"read_parquet('{store.file_copies}/*.parquet', union_by_name = true)",
        ]
        for source in sources:
            for (row,) in cursor.execute(f"SELECT CAST(stored AS VARCHAR) FROM {source} AS stored").fetchall():
                found += [(source, each) for each in PERSONAL.findall(row)]
    assert len(sources) > 10
    assert found == []


def test_the_list_names_every_file_and_no_other() -> None:
    assert sorted(entry["name"] for entry in FILES) == sorted(
        path.name for path in FOLDER.iterdir() if path.name not in NOT_LISTED
    )
    assert len(FILES) >= 45
    sizes = [(FOLDER / entry["name"]).stat().st_size for entry in FILES]
    assert max(sizes) < 60_000
    assert sum(sizes) < 1_000_000
    for entry in FILES:
        assert len(entry["problem"]) < 100
        assert entry["problem"].endswith(".")


def outcome(expected: Mapping[str, Any]) -> str:
    """Word what comes of a file."""
    if "refused" in expected:
        return f"ditolak: `{expected['refused']}`"
    rows, accepted, quarantined, duplicate = (expected[name] for name in COUNTS)
    parts = [f"{rows} baris", f"{accepted} diterima"]
    if quarantined:
        parts.append(f"{quarantined} karantina ({', '.join(f'`{rule}`' for rule in expected['rules'])})")
    if duplicate:
        parts.append(f"{duplicate} duplikat")
    if "repairs" in expected:
        parts.append(f"diperbaiki {', '.join(f'`{rule}`' for rule in expected['repairs'])}")
    if "personal" in expected:
        parts.append(f"{sum(expected['personal'].values())} disamarkan")
    return ", ".join(parts)


def readme() -> str:
    """Write the page about the files."""
    lines = [
        "# Berkas buruk",
        "",
        "Berkas kecil yang dibuat untuk menguji impor. Semua tempat dan isinya rekaan: wilayah 19.99, hari ini",
        "20 November 2024. Daftar lengkapnya `daftar.toml`; halaman ini dibuat dari sana dan dibandingkan oleh",
        "`tests/lib/intake/test_berkas_buruk.py`. Berkas biner dibuat oleh `make_binary_files.py`.",
        "",
        "| No | Berkas | Yang buruk | Hasil |",
        "|---:|---|---|---|",
    ]
    for number, entry in enumerate(FILES, start=1):
        told = outcome(entry["expected"])
        if "second" in entry:
            told += f"; setelah dijawab ({', '.join(f'`{name}`' for name in entry['second']['options'])}): "
            told += outcome(entry["second"]["expected"])
        lines.append(f"| {number} | `{entry['name']}` | {entry['problem']} | {told} |".replace("\t", "\\t"))
    return "\n".join(lines) + "\n"


def test_the_page_about_the_files_is_up_to_date() -> None:
    assert (FOLDER / "README.md").read_text(encoding="utf-8") == readme()
