"""The rules of an incident file once more, slowly and in plain Python: what the sorting in SQL is compared with.

Nothing here calls the product. Covered are files whose dates are written day first and whose columns are not
repaired; words and places are looked up in the tables below, which the test hands to the sorter too.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

TODAY = date(2024, 11, 20)
CATEGORIES = {"KEK": "KEK", "kekerasan": "KEK", "HOAKS": "HOAKS"}
AREAS = {"19.99.01.1001": "Anggrek", "19.99.02.1002": "Edelweis"}
DISTRICTS = {"Utara": "19.99.01", "Selatan": "19.99.02"}
MONTHS = {"Nop": 11, "Desember": 12}
PRECISIONS = {"titik", "rt", "kelurahan", "kecamatan", "kabupaten"}
STATES = {"masuk", "terverifikasi", "ditolak", "tidak_dapat_dipastikan", "ditangani", "selesai"}
FARTHEST_DEGREES = 2.0  # from the region's box; some 200 km, twice what is allowed

Fault = tuple[int, str, str]  # line, column, rule


@dataclass(frozen=True, slots=True)
class Place:
    """What a stated place means: an area with its district, a district, nothing, or a broken rule."""

    area: str | None = None
    district: str | None = None
    rule: str | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """A line as it was read; `content` and `identity` are what it says, and what it speaks of."""

    number: int
    faults: frozenset[Fault]
    content: tuple[object, ...]
    identity: tuple[object, ...]


@dataclass(slots=True)
class Known:
    """What is stored already: every content, and every event spoken of."""

    contents: set[tuple[object, ...]] = field(default_factory=set)
    identities: set[tuple[object, ...]] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class Sorted:
    """The heaps of a file: accepted lines, faults of quarantined ones, lines that were in already."""

    accepted: frozenset[int]
    faults: frozenset[Fault]
    duplicates: frozenset[int]


def sort_incidents(rows: Sequence[Mapping[str, str]], known: Known) -> Sorted:
    """Sort the rows of a file, the first of which is its line 2, and add to `known` what is accepted."""
    lines = [_read(number, row) for number, row in enumerate(rows, start=2)]
    faults = {fault for line in lines for fault in line.faults}
    first: dict[tuple[object, ...], int] = {}
    duplicates, fresh = set(), []
    for line in lines:
        if line.faults:
            continue
        if line.content in known.contents or line.content in first:
            duplicates.add(line.number)
        else:
            first[line.content] = line.number
            fresh.append(line)
    accepted = []
    for line in fresh:
        if line.identity in known.identities:
            faults.add((line.number, "id_sumber", "changed_since"))
        elif sum(other.identity == line.identity for other in fresh) > 1:
            faults.add((line.number, "id_sumber", "contradiction"))
        else:
            accepted.append(line)
    known.contents |= {line.content for line in accepted}
    known.identities |= {line.identity for line in accepted}
    return Sorted(frozenset(line.number for line in accepted), frozenset(faults), frozenset(duplicates))


def place_of(code: str | None, name: str | None, district: str | None) -> Place:
    """Look a stated place up: a code goes before a name, a name before a kecamatan."""
    if code:
        return Place(code, code[:8]) if code in AREAS else Place(rule="code_unknown")
    if name:
        found = next((known for known, known_name in AREAS.items() if known_name == name), None)
        return Place(found, found[:8]) if found else Place(rule="name_unknown")
    if district:
        return Place(district=DISTRICTS[district]) if district in DISTRICTS else Place(rule="district_unknown")
    return Place()


def _read(number: int, row: Mapping[str, str]) -> Line:
    cell = {name: text.strip() for name, text in row.items()}
    days = [_day(cell[column]) for column in ("tanggal_kejadian", "tanggal_laporan")]
    clock = re.fullmatch(r"(\d{1,2})[.:](\d\d)([.:]\d\d)?", cell["jam"])
    category = CATEGORIES.get(cell["kategori"])
    place = place_of(cell["kode_kelurahan"], cell["kelurahan"], cell["kecamatan"])
    point = _point(cell["lintang"], cell["bujur"])
    usual = "titik" if point else "kelurahan" if place.area else "kecamatan"
    precision = cell["presisi"].lower() or usual
    state = re.sub("[ -]", "_", cell["status"].lower()) or "masuk"
    wrong = {
        ("jam", "time"): bool(cell["jam"]) and (clock is None or int(clock[1]) > 23 or int(clock[2]) > 59),
        ("kategori", "category"): bool(cell["kategori"]) and category is None,
        ("keparahan", "severity"): cell["keparahan"] not in {"", "1", "2", "3", "4", "5"},
        ("id_sumber", "example"): cell["id_sumber"].upper().startswith("CONTOH"),
        ("presisi", "precision"): precision not in PRECISIONS,
        ("status", "verification"): state not in STATES,
    }
    wrong |= {(column, "required"): not cell[column] for column in ("tanggal_kejadian", "kategori", "keparahan")}
    faults = {broken for broken, is_wrong in wrong.items() if is_wrong}
    faults |= _faults_of_days(cell, *days) | _faults_of_point(cell["lintang"], cell["bujur"], point)
    if place.rule:
        faults.add(("kode_kelurahan", place.rule))
    if precision == "kabupaten":  # what is known to the region only stands for no part of it
        place = Place(rule=place.rule)
    elif not (cell["lintang"] or cell["bujur"] or place.district or place.rule):
        faults.add(("kode_kelurahan", "no_place"))
    when = (days[0], f"{int(clock[1]):02}:{clock[2]}" if clock else None)
    what, where = (category, cell["uraian"]), (place.area, place.district, point)
    speaks_of = (cell["id_sumber"],) if cell["id_sumber"] else (*when, *what, *where)
    content = (cell["id_sumber"], *when, days[1], *what, cell["keparahan"], *where, precision, state)
    return Line(
        number,
        frozenset((number, *broken) for broken in faults),
        (cell["sumber"], *content),
        (cell["sumber"], *speaks_of),
    )


def _faults_of_days(cell: Mapping[str, str], occurred: date | None, reported: date | None) -> set[tuple[str, str]]:
    faults = set()
    for column, day in (("tanggal_kejadian", occurred), ("tanggal_laporan", reported)):
        if cell[column] and day is None:
            faults.add((column, "date"))
        if day and day > TODAY:
            faults.add((column, "future"))
    if occurred and occurred.year < 1998:
        faults.add(("tanggal_kejadian", "past"))
    if occurred and reported and reported < occurred:
        faults.add(("tanggal_laporan", "reported_before"))
    return faults


def _day(text: str) -> date | None:
    parts = re.split(r"[-/ ]", text)
    if len(parts) != 3:
        return None
    year, month, day = parts if len(parts[0]) == 4 else parts[::-1]
    try:
        return date(int(year), MONTHS.get(month) or int(month), int(day))
    except ValueError:
        return None


def _number(text: str) -> float | None:
    return float(text) if re.fullmatch(r"-?\d+(\.\d+)?", text) else None


def _point(latitude: str, longitude: str) -> tuple[float, float] | None:
    north, east = _number(latitude), _number(longitude)
    return None if north is None or east is None else (north, east)


def _faults_of_point(latitude: str, longitude: str, point: tuple[float, float] | None) -> set[tuple[str, str]]:
    if point == (0, 0):
        return {("lintang", "zero")}
    if point:
        far = max(abs(point[0] + 3.5), abs(point[1] - 105.93)) > FARTHEST_DEGREES
        return {("lintang", "far_away")} if far else set()
    faults = set()
    for column, text, other in (("lintang", latitude, longitude), ("bujur", longitude, latitude)):
        if text and _number(text) is None:
            faults.add((column, "number"))
        elif other and not text:
            faults.add((column, "half_coordinate"))
    return faults
