"""Steps that tests of imports share: take a file in, and look at what came of it."""

from __future__ import annotations

import contextlib
from datetime import date
from typing import TYPE_CHECKING, Any

import pandas as pd

from data.store import health, queries
from lib.intake.rows import ImportResult, RowImport, import_rows
from tests.city import REGION, REGION_CODE, write_csv
from tests.officers import officer

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from data.store.lake import Lake
    from lib.intake.reading import TypedRows
    from lib.people.actor import Actor
    from lib.rules.regions import Region

TODAY = date(2024, 11, 20)


def import_incidents(
    lake: Lake, region: Region, source: Path | TypedRows, *, today: date, actor: Actor
) -> ImportResult:
    return import_rows(RowImport(lake, region, source, "incident", today), actor=actor)


def import_stations(lake: Lake, region: Region, source: Path | TypedRows, *, actor: Actor) -> ImportResult:
    """Import a list of TPS, which holds no days."""
    return import_rows(RowImport(lake, region, source, "station", date.max), actor=actor)


def take_in(lake: Lake, lines: Sequence[Mapping[str, str]], name: str = "kejadian.csv") -> ImportResult:
    path = write_csv(lake.folder.parent / name, lines)
    return import_incidents(lake, REGION, path, today=TODAY, actor=officer())


def take_in_stations(lake: Lake, lines: Sequence[Mapping[str, str]], name: str = "tps.csv") -> ImportResult:
    return import_stations(lake, REGION, write_csv(lake.folder.parent / name, lines), actor=officer())


def counts(result: ImportResult) -> tuple[int, int, int, int]:
    c = result.counts
    return c.rows, c.accepted, c.quarantined, c.duplicate


def rows(lake: Lake, query: str, *parameters: object) -> list[tuple[Any, ...]]:
    with contextlib.closing(lake.cursor()) as cursor:
        return cursor.execute(query, list(parameters)).fetchall()


def known(lake: Lake) -> pd.DataFrame:
    """List every incident that counts, by the number its source gave it."""
    span = {"as_of": date(2030, 1, 1), "start": date(1998, 1, 1), "end": date(2030, 1, 1)}
    return queries.incident_rows(lake, REGION_CODE, **span).set_index("source_id").sort_index()


def areas_of(lake: Lake) -> dict[str, str | None]:
    return {str(key): None if pd.isna(code) else str(code) for key, code in known(lake)["area_code"].items()}


def assert_sound(lake: Lake) -> None:
    with contextlib.closing(lake.cursor()) as cursor:
        assert health.broken_rules(cursor) == []
        assert health.lost_rows(cursor) == []
