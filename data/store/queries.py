"""Ask the lake: one function for each file under sql/queries; the docstring lists what comes back."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from data.engine import quoted
from data.errors import translated

if TYPE_CHECKING:
    from datetime import date, datetime

    import duckdb
    import pandas as pd

    from data.store.lake import Lake

QUERIES = Path(__file__).parents[1] / "sql" / "queries"


@dataclass(frozen=True, slots=True)
class ImportRecord:
    """One import; fields as the columns of `imports`."""

    import_id: str
    kind: str
    file_name: str
    row_count: int
    accepted_count: int
    quarantined_count: int
    open_quarantine_count: int
    duplicate_count: int
    simulated: bool
    actor: str
    recorded_at: datetime
    facts: str
    code_system: str | None
    vintage: str | None
    undone: bool


@cache
def text(name: str) -> str:
    """Read a query's SQL, for use inside another one."""
    return (QUERIES / f"{name}.sql").read_text(encoding="utf-8")


def frame(lake: Lake, name: str, **parameters: object) -> pd.DataFrame:
    """Ask a query of its own cursor."""
    with translated(), contextlib.closing(lake.cursor()) as cursor:
        return cursor.execute(text(name), parameters or None).df()


def _row(lake: Lake, name: str, **parameters: object) -> tuple[Any, ...] | None:
    with translated(), contextlib.closing(lake.cursor()) as cursor:
        row: tuple[Any, ...] | None = cursor.execute(text(name), parameters or None).fetchone()
    return row


def run(cursor: duckdb.DuckDBPyConnection, name: str, **parameters: object) -> duckdb.DuckDBPyConnection:
    """Run a query inside a transaction that a caller holds."""
    return cursor.execute(text(name), parameters or None)


def prepared_regions(lake: Lake) -> list[str]:
    """List the codes of the regions that the store was prepared for, the first prepared first."""
    return [str(code) for code in frame(lake, "prepared_regions")["region_code"]]


def areas(lake: Lake, region_code: str) -> pd.DataFrame:
    """List the areas of the boundary set in force.

    Columns: area_code, area_name, district_code, district_name, area_km2, geometry and
    geometry_simplified (WKB, EPSG:4326, None without polygon), import_id.
    """
    return frame(lake, "areas", region_code=region_code)


def boundary_facts(lake: Lake, region_code: str) -> str:
    """Give what the import of the boundaries in force found out about their file, as JSON; "{}" without one."""
    row = _row(lake, "boundary_facts", region_code=region_code)
    return str(row[0]) if row and row[0] else "{}"


def incident_counts(lake: Lake, region_code: str, *, as_of: date, start: date, end: date) -> pd.DataFrame:
    """Count what was reported until `as_of` of the days `start` to `end`, both included.

    The state is the one of the journal on `as_of`. An event that several reports tell of counts once, as the
    report that represents it (see `incident_rows`), wherever in time its other reports lie; none outside the region.

    Columns: area_code (None: known to the district or region only), district_code, category_code,
    severity, verification, occurred_on, incident_count. Combinations without incidents are absent.
    """
    frame = _known(lake, "incident_counts", region_code=region_code, as_of=as_of, start=start, end=end)
    return frame.astype({"occurred_on": "datetime64[s]", "incident_count": "int64"})


def incident_panel(lake: Lake, region_code: str, *, as_of: date, start: date) -> pd.DataFrame:
    """Count the events since `start` that were reported until `as_of`, by the day each was reported.

    As `incident_counts`, further apart: a row reported later than some day is what that day did not know.

    Columns: area_code (None: known to the district or region only), district_code, category_code, severity,
    verification, source_name, other_source (another source that told of the same event, by what people decided;
    None without one), occurred_on, reported_on (datetime64), incident_count.
    """
    frame = _known(lake, "incident_panel", region_code=region_code, as_of=as_of, start=start)
    return frame.astype({"occurred_on": "datetime64[s]", "reported_on": "datetime64[s]", "incident_count": "int64"})


def sources(lake: Lake, region_code: str) -> list[str]:
    """List the names of the sources that incidents of a region came from, in their order."""
    return frame(lake, "sources", region_code=region_code)["source_name"].tolist()


def incident_rows(lake: Lake, region_code: str, *, as_of: date, start: date, end: date) -> pd.DataFrame:
    """List the incidents reported until `as_of` of the days `start` to `end`, newest first.

    Every report is listed. Of the reports of one event, as people had decided until `as_of`, one represents
    it: a report that is not rejected before a rejected one, then verified, then severe, then known to an area,
    then reported early, then by its key. Those of them that lie in the region add up to `incident_counts`.

    Columns: import_id, line_number, source_id, occurred_on, occurred_time, reported_on,
    report_date_missing, category_code, severity, verification (newest of the journal, else of the file),
    source_grade, content_grade (newest ones stated, else None), description, source_name, area_code,
    stated_area_code, point_area_code, district_code, method, basis, distance_m, disagrees, outside_region (in no
    total), longitude, latitude, precision, simulated, event_id (None: the only report), represents, report_count.
    """
    return _known(lake, "incident_rows", region_code=region_code, as_of=as_of, start=start, end=end)


def data_state(lake: Lake, region_code: str) -> dict[str, Any]:
    """Tell how far the data of a region reach.

    Keys: incident_count, first_occurred_on, first_reported_on, last_reported_on, last_recorded_at (UTC), simulated,
    area_count, without_polygon_count, boundary_edition (of the boundaries in force: as stated, else the file);
    dates are None while nothing is in.
    """
    with translated(), contextlib.closing(lake.cursor()) as cursor:
        result = cursor.execute(text("data_state"), {"region_code": region_code})
        names = [column[0] for column in result.description or []]
        return dict(zip(names, result.fetchone() or [], strict=True))


def voters(lake: Lake, region_code: str, election_code: str) -> pd.DataFrame:
    """Sum the TPS of an election by area.

    Columns: area_code, station_count, voter_count (missing where no TPS of the area states its DPT).
    """
    return frame(lake, "voters", region_code=region_code, election_code=election_code)


def stations(lake: Lake, region_code: str, election_code: str) -> pd.DataFrame:
    """List the TPS of an election.

    Columns: area_code, station_number, place_name, longitude, latitude, voter_count_male,
    voter_count_female, police_class, method, disagrees, stated_area_code, indicators (JSON: code of each answered
    item to true or false), simulated. A TPS is named by its stated_area_code and station_number together.
    """
    return frame(lake, "stations", region_code=region_code, election_code=election_code)


def station_shares(lake: Lake, region_code: str, election_code: str) -> pd.DataFrame:
    """Count by area and indicator of the TPS checklist how many TPS of an election say yes.

    Columns: area_code, indicator_code, yes_count, known_count (TPS whose answer is known, at least 1). An area of
    which no answer is known is absent.
    """
    return frame(lake, "station_shares", region_code=region_code, election_code=election_code)


def imports(lake: Lake, region_code: str) -> pd.DataFrame:
    """List the imports of a region, newest first.

    Columns: import_id, kind, file_name, row_count, accepted_count, quarantined_count, open_quarantine_count
    (lines that nobody has mended yet), duplicate_count, simulated, actor, recorded_at (UTC), facts (JSON),
    code_system, vintage, undone.
    """
    return frame(lake, "imports", region_code=region_code)


def import_records(lake: Lake, region_code: str) -> list[ImportRecord]:
    """List the imports of a region as `imports` does, without pandas.

    The code stands in the query's text: the engine imports pandas to look at any parameter.
    """
    with translated(), contextlib.closing(lake.cursor()) as cursor:
        found = cursor.execute(text("imports").replace("$region_code", quoted(region_code)))
        names = [column[0] for column in found.description or []]
        return [ImportRecord(**dict(zip(names, row, strict=True))) for row in found.fetchall()]


def quarantine(lake: Lake, import_id: str) -> pd.DataFrame:
    """List the faults of an import's lines that still wait in quarantine.

    Columns: line_number, column_name, value, rule, facts, raw_row (JSON of the line as staged).
    """
    return frame(lake, "quarantine", import_id=import_id)


def import_kind(lake: Lake, region_code: str, import_id: str) -> tuple[str, bool] | None:
    """Tell the kind of an import and whether it is undone; None when the region has no such import."""
    row = _row(lake, "import_kind", region_code=region_code, import_id=import_id)
    return (str(row[0]), bool(row[1])) if row else None


def boundaries_in_force(cursor: duckdb.DuckDBPyConnection, region_code: str) -> str | None:
    """Name the boundary import in force inside a transaction; None before the first."""
    row = run(cursor, "boundaries_in_force", region_code=region_code).fetchone()
    return str(row[0]) if row else None


def score_scale(lake: Lake, region_code: str, weights_digest: str) -> tuple[Any, ...] | None:
    """Read the frozen scale in force.

    Order: frozen_on, prior_pressure, prior_exposure, theta_reference, incident_count, author, reason;
    None while nothing is frozen for this weight scheme.
    """
    return _row(lake, "score_scale", region_code=region_code, weights_digest=weights_digest)


def area_names(lake: Lake, region_code: str) -> pd.DataFrame:
    """List the areas of the boundary set in force without their polygons.

    Columns: area_code, area_name, district_code, district_name.
    """
    return frame(lake, "area_names", region_code=region_code)


def reports(lake: Lake, region_code: str, *, since: date, as_of: date) -> pd.DataFrame:
    """Count the incident reports that came in from `since` to `as_of`, whatever became of them.

    Columns: area_code (None: known to the district or region only), source_name, category_code, occurred_on,
    reported_on (datetime64), report_date_missing, report_count.
    """
    table = frame(lake, "reports", region_code=region_code, since=since, as_of=as_of)
    return table.astype({"occurred_on": "datetime64[s]", "reported_on": "datetime64[s]", "report_count": "int64"})


def nil_reports(lake: Lake, region_code: str, *, since: date, as_of: date) -> pd.DataFrame:
    """List the reports of nothing seen that came in from `since` to `as_of`, once for each area they cover.

    Columns: area_code, import_id, line_number, source_name, period_start, period_end, reported_on
    (datetime64). Reports about days after `as_of` alone are left out.
    """
    table = frame(lake, "nil_reports", region_code=region_code, since=since, as_of=as_of)
    return table.astype(dict.fromkeys(("period_start", "period_end", "reported_on"), "datetime64[s]"))


def run_known(cursor: duckdb.DuckDBPyConnection, name: str, **parameters: object) -> duckdb.DuckDBPyConnection:
    """Run a query that asks for states and events of incidents as of a day (`known_reports`).

    `parameters` hold region_code and as_of at least.
    """
    return cursor.execute(f"{text('known_reports')}{text(name)}", parameters)


def _known(lake: Lake, name: str, **parameters: object) -> pd.DataFrame:
    with translated(), contextlib.closing(lake.cursor()) as cursor:
        return run_known(cursor, name, **parameters).df()


def verification_journal(lake: Lake, region_code: str, import_id: str, line_number: int) -> pd.DataFrame:
    """List the states of one incident, oldest first; the first is that of its file.

    Columns: entry_id (None for the first), state, source_grade, content_grade, reason, actor, decided_on,
    recorded_at (UTC). Empty where the region has no such row, or its import is undone.
    """
    return frame(lake, "verification_journal", region_code=region_code, import_id=import_id, line_number=line_number)


def report_place(
    lake: Lake, region_code: str, import_id: str, line_number: int
) -> tuple[str | None, str | None] | None:
    """Give the code of an incident's place, as near as it is known, and its source; None where there is none."""
    row = _row(lake, "report_place", region_code=region_code, import_id=import_id, line_number=line_number)
    return (row[0], row[1]) if row else None


def event_decisions(lake: Lake, region_code: str) -> pd.DataFrame:
    """List the decisions about what is one event, newest first.

    Columns: decision_id, outcome (satu or terpisah), reason, actor, decided_on, recorded_at (UTC), undone,
    reports (a list of dicts: import_id, line_number, occurred_on, category_code, description, source_name,
    area_code: that of its kecamatan where no more is known).
    """
    return frame(lake, "event_decisions", region_code=region_code)


def report_pairs(
    lake: Lake, region_code: str, *, as_of: date, start: date, end: date, **limits: object
) -> pd.DataFrame:
    """Pair the reports of a period that may tell of one event; `lib.reports.events.candidates` defines the rule.

    `limits` are the parameters of the query: see ``report_pairs.sql``.

    Columns: for each of the two (first_, second_): import_id, line_number, occurred_on, occurred_time,
    category_code, severity, verification, description, source_name, area_code; then hours_apart, days_apart,
    distance_m, same_area, same_category, similarity, confidence; and report_count, searched_count and
    pair_count, which are the same in every row.
    """
    with translated(), contextlib.closing(lake.cursor()) as cursor:
        parameters = {"region_code": region_code, "as_of": as_of, "start": start, "end": end, **limits}
        return run_known(cursor, "report_pairs", **parameters).df()


def boundary_sets(lake: Lake, region_code: str) -> pd.DataFrame:
    """List the boundary sets of a region that count, newest first.

    Columns: import_id, file_name, vintage ("" where not stated), code_system, recorded_at (UTC), area_count,
    in_force.
    """
    return frame(lake, "boundary_sets", region_code=region_code)


def area_set(lake: Lake, import_id: str) -> pd.DataFrame:
    """List the areas of one boundary set, in force or not; columns as in `areas`."""
    return frame(lake, "area_set", import_id=import_id)


def moved_rows(lake: Lake, *, old_import_id: str, new_import_id: str) -> pd.DataFrame:
    """Count the rows that were placed on both of two boundary sets.

    Columns: kind, old_code and new_code (None where a row has no area; equal where it stayed), row_count.
    """
    return frame(lake, "moved_rows", old_import_id=old_import_id, new_import_id=new_import_id)


def meeting_notes(lake: Lake, region_code: str) -> pd.DataFrame:
    """List what is noted of meetings, the newest meeting first.

    Columns: held_on, title, item_kind (tanggal, isu or tindak_lanjut), item_day, category_code, item_text,
    import_id, line_number, simulated.
    """
    return frame(lake, "meeting_notes", region_code=region_code)


def election_entries(lake: Lake, region_code: str) -> pd.DataFrame:
    """List what people entered into the election calendar of a region, oldest first.

    Columns: election_code, content (TOML), withdrawn, reason, actor, decided_on, recorded_at (UTC).
    """
    return frame(lake, "election_entries", region_code=region_code)


def area_indicators(lake: Lake, region_code: str, *, as_of: date) -> pd.DataFrame:
    """List what was last stated of each area and structural indicator until `as_of`.

    Columns: area_code (of the boundaries in force), indicator_code, value, observed_on (datetime64), source_name.
    An area of which nothing was stated is absent, and so is one that the boundaries in force do not have.
    """
    table = frame(lake, "area_indicators", region_code=region_code, as_of=as_of)
    return table.astype({"value": "float64", "observed_on": "datetime64[s]"})


def agency_classes(lake: Lake, region_code: str, *, as_of: date) -> pd.DataFrame:
    """List the classes that other bodies gave to areas: of each body the newest edition not after `as_of`.

    Columns: agency, edition, assessed_on (datetime64), area_code (of the boundaries in force), class_code (rendah,
    sedang or tinggi), reason (None where none was given), simulated.
    """
    table = frame(lake, "agency_classes", region_code=region_code, as_of=as_of)
    return table.astype({"assessed_on": "datetime64[s]"})


def proposals(lake: Lake, region_code: str) -> list[tuple[Any, ...]]:
    """List what was proposed for a region, newest first.

    Order: proposal_id, kind, subject, content (JSON), reason, actor, recorded_at (UTC), outcome (None
    while it waits), decided_by, decision_reason, decided_at (UTC).
    """
    with translated(), contextlib.closing(lake.cursor()) as cursor:
        return run(cursor, "proposals", region_code=region_code).fetchall()


def weight_sets(lake: Lake, region_code: str) -> pd.DataFrame:
    """List the weights that were saved for a region, newest first.

    Columns: content (a whole weights.toml), digest, author, reason, recorded_at (UTC).
    """
    return frame(lake, "weight_sets", region_code=region_code)
