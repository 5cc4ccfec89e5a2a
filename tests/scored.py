"""A made-up city with reports of one day and a frozen scale, and its score reckoned by hand."""

from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

from data.store.lake import Lake, open_lake
from lib.rules.regions import weights
from lib.score import frozen_scale
from lib.score.answers import assess_areas
from lib.score.question import default_filters
from tests.city import AREAS, REGION, REGION_CODE, at, station, write_csv
from tests.officers import officer
from tests.steps import import_incidents, import_stations

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    import geopandas as gpd

    from lib.filters import Filters
    from lib.score.answers import Assessment

DAY = date(2024, 11, 20)
TODAY = date(2024, 12, 31)
SCHEME = weights(REGION_CODE)
SHARES = dict(SCHEME.component_weights)
ANGGREK, BAKUNG, CEMPAKA, DAHLIA, EDELWEIS, FLAMBOYAN = AREAS
# Squares in two rows of three; a common corner makes neighbours too.
NEIGHBOURS = {
    ANGGREK: (BAKUNG, DAHLIA, EDELWEIS),
    BAKUNG: (ANGGREK, CEMPAKA, DAHLIA, EDELWEIS, FLAMBOYAN),
    CEMPAKA: (BAKUNG, EDELWEIS, FLAMBOYAN),
    DAHLIA: (ANGGREK, BAKUNG, EDELWEIS),
    EDELWEIS: (ANGGREK, BAKUNG, CEMPAKA, DAHLIA, FLAMBOYAN),
    FLAMBOYAN: (BAKUNG, CEMPAKA, EDELWEIS),
}
# Reports on DAY of severity 3, which weighs 4, all verified; every area has the same number of voters.
COUNTS = dict(zip(AREAS, (0, 2, 4, 10, 4, 4), strict=True))
# By hand: mean 4; v = (16 + 4 + 0 + 36 - 5*4) / (6 - 1) = 7.2; b = 4/7.2; a = 4 * 4 * b
PRIOR_EXPOSURE, PRIOR_PRESSURE = 4 / 7.2, 16 * 4 / 7.2


def theta(count: float) -> float:
    return (PRIOR_PRESSURE + 4 * count) / (PRIOR_EXPOSURE + 1)


def saturated(value: float) -> float:
    """Put pressure on the frozen scale; the 75th percentile of 0 2 4 4 4 10 is a 4."""
    return 100 * (1 - 2 ** (-value / theta(4)))


def incident_points(count: float) -> float:
    return SHARES["kejadian"] * saturated(theta(count))


def by_hand(code: str, counts: Mapping[str, float] = COUNTS) -> float:
    """Reckon a score: nothing is known of the place, and history is too short for any surprise."""
    around = [theta(counts[other]) for other in NEIGHBOURS[code]]
    beside = SHARES["sekitar"] * saturated(sum(around) / len(around))
    return SHARES["struktural"] * SCHEME.structural_unknown + incident_points(counts[code]) + beside


def reports(code: str, count: int, mark: str = "", **changes: object) -> list[dict[str, str]]:
    day = {"tanggal_kejadian": DAY, "tanggal_laporan": DAY}
    return [at(code, **({"id_sumber": f"{mark}{code}-{n}"} | day | changes)) for n in range(count)]


def take_in(lake: Lake, lines: Sequence[Mapping[str, str]]) -> None:
    path = write_csv(lake.folder.parent / "a.csv", lines)
    result = import_incidents(lake, REGION, path, today=TODAY, actor=officer())
    assert result.counts.accepted == len(lines)


def take_in_stations(lake: Lake, lines: Sequence[Mapping[str, str]]) -> None:
    result = import_stations(lake, REGION, write_csv(lake.folder.parent / "tps.csv", lines), actor=officer())
    assert result.counts.accepted == len(lines)


def question(lake: Lake, day: date = DAY, **changes: Any) -> Filters:
    return replace(default_filters(lake, REGION_CODE, as_of=day), **changes)


def assessed(lake: Lake, day: date = DAY, **changes: Any) -> Assessment:
    return assess_areas(lake, question(lake, day, **changes))


def judged(lake: Lake, day: date = DAY, **changes: Any) -> gpd.GeoDataFrame:
    return assessed(lake, day, **changes).areas.set_index("area_code")


def make_reported_store(city_store: Path, folder: Path) -> Path:
    """Make a store with the reports above, a TPS for each area, and the scale frozen on their day."""
    store = folder / "gudang"
    shutil.copytree(city_store, store)
    lake = open_lake(str(store))
    take_in(lake, [line for code, count in COUNTS.items() for line in reports(code, count)])
    take_in_stations(lake, [station(kode_kelurahan=code, kelurahan=AREAS[code][0]) for code in AREAS])
    frozen_scale.freeze(lake, REGION_CODE, SCHEME, as_of=DAY, actor=officer(), reason="uji")
    lake.connection.close()
    return store
