"""Values that several rooms speak of: the state of the data, and one class for each kind of row that is walked."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, TypeVar

from lib.indonesian import tenth, tenths

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date, datetime

    import pandas as pd
    from _typeshed import DataclassInstance

Row = TypeVar("Row", bound="DataclassInstance")


@dataclass(frozen=True, slots=True)
class DataState:
    """How far a region's data reach and what they are; moments in the region's own time."""

    incident_count: int
    first_occurred_on: date | None
    last_reported_on: date | None
    recorded_at: datetime | None
    simulated: bool
    area_count: int
    without_polygon_count: int
    boundary_edition: str = ""
    first_reported_on: date | None = None


@dataclass(frozen=True, slots=True)
class PlacedCounts:
    """How incidents came to their areas: in doubt on a border, stated otherwise, in no area.

    `outside` of them belong to another kabupaten; they are not among `incidents`.
    """

    incidents: int
    border: int
    outside: int
    disagreeing: int
    unplaced: int


def records(frame: pd.DataFrame, row: type[Row]) -> Iterator[Row]:
    """Give each row of a table as a value of its class, whose fields are columns of the table.

    For the rows that a screen shows; a table's own operations are faster on many. Values come as `tolist` gives
    them, none is converted. What is missing (None, NaN, NaT, NA) is None in a field that may be None; elsewhere
    it stays what it is, which in a field of numbers is NaN. Other columns are left alone.

    Raises
    ------
    ValueError
        Where the table lacks a column.
    """
    named = fields(row)
    lacking = [field.name for field in named if field.name not in frame.columns]
    if lacking:
        raise ValueError(f"{row.__name__} needs the columns {', '.join(lacking)}")
    return map(row, *(_values(frame[field.name], optional=str(field.type).endswith("| None")) for field in named))


def columns_of(row: type[Row]) -> list[str]:
    """Name the columns that rows of a class are made of, in their order."""
    return [field.name for field in fields(row)]


def _values(column: pd.Series, *, optional: bool) -> list[object]:
    values: list[object] = column.tolist()
    if not optional:
        return values
    return [None if missing else value for value, missing in zip(values, column.isna(), strict=True)]


@dataclass(frozen=True, slots=True)
class Roll:
    """How much of an election's DPT and TPS is known in the areas of a question."""

    election_name: str  # empty without an election
    votes: bool  # somebody votes in it
    area_count: int
    without_voters: int  # areas without a number of voters
    station_count: int


@dataclass(frozen=True, slots=True)
class Hearing:
    """Of how many areas of a question nothing is known, so that no alert of them can be."""

    area_count: int
    unheard_count: int  # silent where reports are usual, or too long
    silent_count: int  # never any report in the window


@dataclass(frozen=True, slots=True)
class AreaName:
    """An area with its names; columns as from `data.store.queries.area_names`."""

    area_code: str
    area_name: str
    district_code: str
    district_name: str


@dataclass(frozen=True, slots=True)
class AreaRow(AreaName):
    """A judged area; columns as `lib.score.answers.Assessment.areas` describes them.

    Without a class there is no rank, and score and parts are NaN; voter_count is NaN where no TPS states its DPT.
    """

    voter_count: float
    station_count: int
    incident_count: int
    verified_count: int
    recent_count: int
    score: float
    class_index: int
    unclassed: str
    rank: int | None
    rank_last: int | None
    rank_count: int
    upper_score: float
    completeness: float
    coverage: float
    structural: float
    incident: float
    spillover: float
    surprise: float
    bagian_struktural: float
    bagian_kejadian: float
    bagian_sekitar: float
    bagian_lonjakan: float
    top_family: str | None
    surprise_count: float
    surprise_expected: float
    surprise_probability: float
    bagian_belum_diperiksa: float
    siaga: bool
    severe: bool
    unverified: bool
    thin: bool
    reach_score: float
    reach_class: int
    carrier: str
    carrier_kind: str
    carrier_count: int
    carrier_total: int

    @property
    def part_values(self) -> dict[str, float]:
        """Give the four parts as values of 0 to 100, by component."""
        parts = (self.structural, self.incident, self.spillover, self.surprise)
        return dict(zip(self.part_points, parts, strict=True))

    @property
    def part_points(self) -> dict[str, float]:
        """Give the printed points of the four parts by component; with `withheld_points` they add up to the score."""
        return dict(zip(("struktural", "kejadian", "sekitar", "lonjakan"), self._printed, strict=False))

    @property
    def withheld_points(self) -> float:
        """Give the printed points, 0 or below, that are taken off because nobody has checked what gives them."""
        return self._printed[-1]

    @property
    def _printed(self) -> list[float]:
        parts = (self.bagian_struktural, self.bagian_kejadian, self.bagian_sekitar, self.bagian_lonjakan)
        return tenths([*parts, self.bagian_belum_diperiksa], tenth(self.score))


@dataclass(frozen=True, slots=True)
class RankedRow(AreaRow):
    """A judged area with a class; columns as `lib.score.answers.Assessment.ranked`."""

    rank: int
    rank_last: int


@dataclass(frozen=True, slots=True)
class HotspotRow(AreaName):
    """An area tested for being a hot-spot; columns as `lib.score.hotspots.Hotspots.areas` describes them."""

    event_count: int
    voter_count: float
    rate_raw: float
    rate_smoothed: float
    gi_z: float
    gi_p: float
    hot: str
    moran_class: str
    weeks_hot: int
    word: str
    stable: bool


@dataclass(frozen=True, slots=True)
class StationRow:
    """A judged TPS; columns as `lib.score.stations.StationRisk.stations` describes them."""

    station_number: str
    place_name: str | None
    area_name: str | None
    district_name: str | None
    voter_count: float
    police_class: str | None
    konflik: float
    administrasi: float
    logistik: float
    unknown_konflik: float
    unknown_administrasi: float
    unknown_logistik: float
    ticked_konflik: float
    ticked_administrasi: float
    ticked_logistik: float
    area_score: float
    proximity_basis: str
    near_count: int
    last_near_on: pd.Timestamp | None
    last_near_category: str | None
    last_near_m: float
    score: float
    class_index: int
    bagian_daftar_periksa: float
    bagian_kelurahan: float
    bagian_kedekatan: float

    @property
    def sub_scores(self) -> dict[str, tuple[float, float]]:
        """Give each sub-score with the points of it that ticked items give; the rest is only not known."""
        return {
            "konflik": (self.konflik, self.ticked_konflik),
            "administrasi": (self.administrasi, self.ticked_administrasi),
            "logistik": (self.logistik, self.ticked_logistik),
        }

    @property
    def part_points(self) -> dict[str, float]:
        """Give the printed points of the parts, which add up to the score."""
        parts = (self.bagian_daftar_periksa, self.bagian_kelurahan, self.bagian_kedekatan)
        shown = tenths(parts, tenth(self.score))
        return dict(zip(("daftar_periksa", "kelurahan", "kedekatan"), shown, strict=True))


@dataclass(frozen=True, slots=True)
class Alarm:
    """What every alert states: where (None: the whole region), of what, how grave, and what was counted."""

    area_code: str | None
    group_code: str
    tier: str
    window_days: int
    observed: int
    expected: float
    probability: float
    first_on: date


@dataclass(frozen=True, slots=True)
class FoundAlert(Alarm):
    """An alert of a day; columns as `lib.warnings.alerts.find_alerts` describes them."""

    alert_key: str


@dataclass(frozen=True, slots=True)
class TrendRow:
    """What the region as a whole did; columns as `lib.warnings.alerts.AlertDay.trends` describes them."""

    group_code: str
    window_days: int
    observed: int
    expected: float
    raised: bool


@dataclass(frozen=True, slots=True)
class AlertRow(Alarm):
    """An alert with what people did about it; columns as `lib.warnings.ledger.alerts_with_life` describes them."""

    alert_id: str
    last_on: date
    window_first_on: date
    window_last_on: date
    issue_count: int
    recomputed: bool
    state: str
    note: str
    actor: str
    stepped_on: date | None


@dataclass(frozen=True, slots=True)
class ForecastRow:
    """What is expected and its central 80 percent; columns as from `lib.warnings.forecasts.Forecasts.region`."""

    mean: float
    low_80: int
    high_80: int


@dataclass(frozen=True, slots=True)
class IssueRow:
    """A frozen issue of warnings; columns as from `data.store.issue_queries.issues`."""

    issue_id: str
    region_code: str
    kind: str
    as_of: date
    horizon_days: float | None
    snapshot: int
    weights_digest: str
    method: str
    row_count: int
    rows_sha256: str
    previous_sha256: str
    sha256: str
    simulated: bool
    actor: str
    issued_on: date
    recorded_at: pd.Timestamp
    newest_report_on: pd.Timestamp | None


@dataclass(frozen=True, slots=True)
class ReportRow:
    """A report of an incident; columns as from `data.store.queries.incident_rows`."""

    import_id: str
    line_number: int
    occurred_on: pd.Timestamp
    occurred_time: str | None
    category_code: str
    severity: int
    verification: str
    description: str | None
    source_name: str | None
    area_code: str | None


@dataclass(frozen=True, slots=True)
class PairRow:
    """What two reports have in common; columns as from `data.store.queries.report_pairs`, NaN where not known."""

    hours_apart: float
    days_apart: int
    distance_m: float
    same_area: bool
    same_category: bool
    similarity: float


@dataclass(frozen=True, slots=True)
class ImportRow:
    """An import of a region; columns as from `data.store.queries.imports`."""

    import_id: str
    kind: str
    file_name: str
    row_count: int
    accepted_count: int
    quarantined_count: int
    duplicate_count: int
    facts: str
    undone: bool


@dataclass(frozen=True, slots=True)
class NameQuestion:
    """A name as a file writes it beside the area that it is most alike to."""

    name: str
    district: str
    row_count: int
    area_name: str
    area_code: str
    similarity: float
