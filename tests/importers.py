"""Processes that import for as long as they live, and one that only looks; made to be killed at any moment."""

from __future__ import annotations

import os
import signal
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from data.engine import start_engine
from data.errors import LakeError
from data.store import health
from data.store.lake import open_at, open_lake, snapshot_id
from lib.intake.boundaries import import_boundaries
from lib.rules.regions import calendar
from lib.score import answers
from lib.score.question import standard_question
from lib.settings import settings
from lib.texts.errors import sentence
from tests import steps
from tests.city import AREAS, ELECTION, REGION, REGION_CODE, at, station, write_boundaries, write_csv
from tests.officers import officer

if TYPE_CHECKING:
    from multiprocessing.connection import Connection
    from multiprocessing.synchronize import Event

    from data.store.lake import Lake
    from lib.intake.rows import ImportResult

TODAY = date(2024, 11, 20)
SMALL, LARGE = 5, 2_000
FILES = 3


def open_alone(folder: str) -> Lake:
    """Open a store with one thread: with tables as small as these more of them only wait for each other."""
    engine = start_engine()
    engine.execute("SET GLOBAL threads = 1")
    return open_lake(folder, settings().data_path, engine=engine, objects=settings().objects)


def import_rows(lake: Lake, folder: Path, name: str, count: int) -> ImportResult:
    """Import so many new incidents and one line that belongs into quarantine."""
    codes = list(AREAS)
    rows = [at(codes[n % len(codes)], id_sumber=f"{name}-{n}", uraian=f"Laporan {name} {n}") for n in range(count)]
    rows.append(at(codes[0], id_sumber=f"{name}-x", keparahan="9"))
    path = write_csv(folder / f"{name}.csv", rows)
    return steps.import_incidents(lake, REGION, path, today=TODAY, actor=officer())


def import_stations(lake: Lake, folder: Path, name: str, count: int) -> ImportResult:
    """Import so many TPS of one area; a name makes them different from those of other names."""
    codes = list(AREAS)
    rows = [
        station(
            kode_kelurahan=codes[n % len(codes)],
            kelurahan=AREAS[codes[n % len(codes)]][0],
            kecamatan=AREAS[codes[n % len(codes)]][1],
            no_tps=f"{n // len(codes) + 1:03d}",
            lokasi=name,
        )
        for n in range(count)
    ]
    return steps.import_stations(lake, REGION, write_csv(folder / f"{name}.csv", rows), actor=officer())


def import_for_ever(folder: str, work: str, told: Connection, seed: int) -> None:
    """Import small files, large ones and boundaries in turn, and tell of each one that was acknowledged."""
    lake = open_alone(folder)
    told.send("siap")
    number = seed
    while True:
        number += 1
        name = f"{os.getpid()}-{number}"
        if number % 5 == 0:
            path = write_boundaries(Path(work) / f"{name}.geojson")
            result = import_boundaries(lake, REGION, path, actor=officer())
        else:
            result = import_rows(lake, Path(work), name, LARGE if number % 5 == 1 else SMALL)
        told.send((result.import_id, result.counts.accepted))


def import_some(folder: str, work: str, told: Connection, name: str, start: Event) -> None:
    """Import FILES files, one after the other, together with others."""
    lake = open_alone(folder)
    told.send("siap")
    start.wait()
    for number in range(FILES):
        if name == "tps":
            result = import_stations(lake, Path(work), f"{name}-{number}", 30 * (number + 1))
        else:
            result = import_rows(lake, Path(work), f"{name}-{number}", 40)
        told.send((result.import_id, result.counts.accepted))
    lake.connection.close()
    told.send("selesai")


def import_same(folder: str, work: str, told: Connection, name: str, start: Event) -> None:
    """Import the one file that others import at this moment, and tell how many of its rows came in and were known."""
    lake = open_alone(folder)
    rows = [
        at(code, id_sumber=f"sama-{n}-{code}", uraian=f"Laporan {n}") for n in range(10) for code in list(AREAS)[:4]
    ]
    path = write_csv(Path(work) / f"{name}.csv", rows)
    told.send("siap")
    start.wait()
    counts = steps.import_incidents(lake, REGION, path, today=TODAY, actor=officer()).counts
    lake.connection.close()
    told.send((counts.accepted, counts.duplicate))


def look_until(folder: str, told: Connection, start: Event, stop: Event) -> None:
    """Look as a dashboard does: the newest state's number, then scores and lists of that very state."""
    lake = open_alone(folder)
    told.send("siap")
    start.wait()
    seen: list[tuple[int, int]] = []
    faults: list[object] = []
    while not stop.is_set():
        now = snapshot_id(lake)
        past = open_at(lake, now)
        filters = standard_question(now, calendar(REGION_CODE), as_of=TODAY, election_code=ELECTION)
        listed = len(answers.incidents(past, filters))
        scored = int(answers.assess_areas(past, filters).areas["incident_count"].sum())
        with closing(past.cursor()) as cursor:
            faults += health.broken_rules(cursor)
        if listed != scored:
            faults.append((now, listed, scored))
        seen.append((now, listed))
    lake.connection.close()
    told.send((seen, faults))


def import_on_a_small_disk(folder: str, work: str, told: Connection, count: int, limit_bytes: int | None) -> None:
    """Import files of so many rows until the disk is full, and tell what was acknowledged and how it ended.

    With `limit_bytes` no file may grow beyond that, as if the disk ended there.
    """
    try:
        lake = open_alone(folder)
        if limit_bytes is not None:
            import resource  # noqa: PLC0415 - not on Windows

            signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
            resource.setrlimit(resource.RLIMIT_FSIZE, (limit_bytes, limit_bytes))
        number = 0
        while True:
            number += 1
            result = import_rows(lake, Path(work), f"penuh-{number}", count)
            told.send((result.import_id, result.counts.accepted))
    except (LakeError, OSError) as error:
        told.send((type(error).__name__, getattr(error, "code", None), sentence(error)))
    except BaseException as error:  # noqa: BLE001 - the test shows it
        told.send((type(error).__name__, None, repr(error)))
