"""An XLSX of 200,000 incidents, staged as text, against python-calamine's bare reading of the same sheet.

Run with `pytest -m bench -s tests/bench/bench_workbook.py`. Each variant runs in a process of its own, so that its
peak memory is its own. `stage` finds the layout, checks the packing, and reads the twelve columns into the temporary
table that the import sorts; `bare` opens the workbook and turns its sheet into lists.
"""

import json
import os
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

ROW_COUNT = 200_000
COLUMNS = (
    "id_sumber",
    "tanggal_kejadian",
    "jam",
    "kategori",
    "keparahan",
    "uraian",
    "kode_kelurahan",
    "kelurahan",
    "lintang",
    "bujur",
    "sumber",
    "status",
)
ROUNDS = 2
MOST_TIMES = 2.0  # in processor time, which a busy machine changes little


@pytest.mark.bench
@pytest.mark.timeout(1800)
def test_workbook_against_bare_read(tmp_path: Path) -> None:
    _run("make", tmp_path)
    rounds = [{name: _run(name, tmp_path) for name in ("bare", "stage")} for _ in range(ROUNDS)]
    best = {
        (name, key): min(r[name][key] for r in rounds)
        for name in ("bare", "stage")
        for key in ("seconds", "processor_seconds")
    }
    size_mib = (tmp_path / "kejadian.xlsx").stat().st_size / 2**20
    print(f"\n{ROW_COUNT:,} rows x {len(COLUMNS)}, {size_mib:.0f} MiB, best of {ROUNDS}")
    print(f"{'':8}{'seconds':>10}{'x bare':>8}{'processor':>11}{'x bare':>8}{'peak MiB':>10}")
    for name in ("bare", "stage"):
        seconds, processor = best[name, "seconds"], best[name, "processor_seconds"]
        print(
            f"{name:8}{seconds:10.2f}{seconds / best['bare', 'seconds']:8.1f}"
            f"{processor:11.2f}{processor / best['bare', 'processor_seconds']:8.1f}"
            f"{max(r[name]['peak_mib'] for r in rounds):10.0f}"
        )
    assert all(r[name]["rows"] == ROW_COUNT for r in rounds for name in ("bare", "stage"))
    assert best["stage", "processor_seconds"] <= MOST_TIMES * best["bare", "processor_seconds"]


def _run(name: str, folder: Path) -> dict[str, float]:
    """Run one variant in a new process and return what it measured."""
    root = Path(__file__).parents[2]
    environment = {**os.environ, "PYTHONPATH": str(root)}
    command = [sys.executable, __file__, name, str(folder)]
    done = subprocess.run(command, env=environment, stdout=subprocess.PIPE, check=True, text=True)
    measured: dict[str, float] = json.loads(done.stdout)
    return measured


def _make(path: Path) -> int:
    from datetime import datetime, timedelta

    import openpyxl

    workbook = openpyxl.Workbook(write_only=True)
    sheet = workbook.create_sheet("data")
    sheet.append(COLUMNS)
    first = datetime(2024, 1, 1)  # noqa: DTZ001  a cell has no time zone
    for n in range(ROW_COUNT):
        sheet.append(
            (
                f"LP-{n}",
                first + timedelta(days=n % 300),
                f"{n % 24:02}:{n % 60:02}",
                ("KEK", "PU", "HOAKS", "APK")[n % 4],
                1 + n % 5,
                f"Laporan warga tentang keributan di sekitar pasar, nomor urut {n}",
                f"19.99.{1 + n % 6:02}.{1001 + n % 7}",
                f"Contoh {n % 42}",
                -3.5 - n % 9973 / 1e6,
                105.9 + n % 9967 / 1e6,
                f"Polsek {n % 12}",
                ("masuk", "terverifikasi", "ditolak")[n % 3],
            )
        )
    workbook.save(path)
    return ROW_COUNT


def _bare(path: Path) -> int:
    from python_calamine import CalamineWorkbook

    return len(CalamineWorkbook.from_path(path).get_sheet_by_name("data").to_python()) - 1


def _stage(path: Path) -> int:
    import re

    from data.engine import start_engine
    from data.read.rows import stage_table
    from data.read.sources import Source

    sources = {name: Source(heads=(name,)) for name in COLUMNS}
    table = stage_table(start_engine(), path, sources=sources, required=COLUMNS, forbidden=re.compile("agama"))
    return table.row_count


VARIANTS: dict[str, Callable[[Path], int]] = {"make": _make, "bare": _bare, "stage": _stage}


if __name__ == "__main__":
    import data.read.rows  # noqa: F401  what starting takes is no reading

    begin, processor_begin = time.perf_counter(), time.process_time()
    row_count = VARIANTS[sys.argv[1]](Path(sys.argv[2]) / "kejadian.xlsx")
    measured = {
        "rows": row_count,
        "seconds": time.perf_counter() - begin,
        "processor_seconds": time.process_time() - processor_begin,
        "peak_mib": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }
    print(json.dumps(measured))
