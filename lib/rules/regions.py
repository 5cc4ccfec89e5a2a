"""Regions, their calendars and weights: facts and judgements read from TOML and checked on load."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from lib.rules import words as texts
from lib.rules.calendar import read_calendar
from lib.rules.judged import NATIONAL, REGIONS_FOLDER, rules_file
from lib.rules.toml import ProfileError, Table, read_table, refuse_duplicates
from lib.rules.weights import read_weights

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date
    from pathlib import Path

    from lib.rules.calendar import Calendar
    from lib.rules.weights import Weights

TIME_ZONE_LABELS = {"Asia/Jakarta": "WIB", "Asia/Makassar": "WITA", "Asia/Jayapura": "WIT"}
BANDWIDTH_M = {"kota": 500.0, "kabupaten": 1500.0, "provinsi": 5000.0, "negara": 20_000.0}
AREA_KINDS = {"1": "kelurahan", "2": "desa", "3": "desa adat"}

DEMO_REGION = "99.71"  # the fictional city
_REGION_CODE = re.compile(r"\d{2}(\.\d{2})?")
COUNTRY = "00"
COUNTRY_NAME = "Indonesia"
COUNTRY_TIME_ZONE = "Asia/Jakarta"
_DISTRICT_CODE = re.compile(r"\d{2}\.\d{2}\.\d{2}")
_AREA_CODE = re.compile(r"\d{2}\.\d{2}\.\d{2}\.[123]\d{3}")
_BPS_CODE = re.compile(r"\d{4}")
_INDONESIAN_UTM_ZONES = tuple(epsg for south in (32600, 32700) for epsg in range(south + 46, south + 55))
_FIRST_KOTA = 71
OTHER_REGENCY = "lain"
_REGENCY_WORDS = {
    **dict.fromkeys(("kota", "kotamadya", "city", "municipality"), "kota"),
    **dict.fromkeys(("kabupaten", "kab", "regency"), "kabupaten"),
}
_MOST_VOTERS = 10_000_000


@dataclass(frozen=True, slots=True)
class AreaFact:
    """A kelurahan or desa; `no_polygon_reason` is empty unless boundary files are known to lack it."""

    code: str
    name: str
    kind: str
    district_code: str
    district_name: str
    no_polygon_reason: str


@dataclass(frozen=True, slots=True)
class District:
    """A kecamatan."""

    code: str
    name: str


@dataclass(frozen=True, slots=True)
class Total:
    """Voters and polling stations of a region in one election; None where no figure was found.

    `note` tells which other figures were printed; `verify` marks a figure that
    still has to be compared with the decision of the KPU.
    """

    election: str
    voter_count: int | None
    voter_count_male: int | None
    voter_count_female: int | None
    station_count: int | None
    source: str
    note: str
    verify: bool


@dataclass(frozen=True, slots=True)
class Region:
    """A kabupaten or kota; for wide looks also a province or the country.

    A region for which nothing was shipped has no districts, areas, totals,
    BPS code or UTM zone; `today` is set for simulated regions only.
    """

    code: str
    name: str
    kind: str
    province: str
    bps_code: str | None
    utm_epsg: int | None
    time_zone: str
    simulated: bool
    today: date | None
    source: str
    density_bandwidth_m: float
    totals: tuple[Total, ...]
    districts: tuple[District, ...]
    areas: tuple[AreaFact, ...]

    @property
    def time_zone_label(self) -> str:
        """Return WIB, WITA or WIT."""
        return TIME_ZONE_LABELS[self.time_zone]

    def says_regency(self, text: str) -> str:
        """Read the name or code of a kabupaten or kota: this region's code, ``lain`` for any other.

        "Bogor" names both the kabupaten and the kota; "Kota Bogor" the kota alone. Where the region's own name is
        not known, a name says nothing and gives "".
        """
        kind, bare = _regency(text)
        own_kind, own = _regency(self.name)
        if text.strip() in {self.code, self.code.replace(".", ""), self.bps_code}:
            return self.code
        if own_kind == "":
            return ""
        return self.code if bare == own and kind in {"", own_kind} else OTHER_REGENCY

    def total(self, election: str) -> Total | None:
        """Return voters and stations of an election, or None where none were found."""
        return next((total for total in self.totals if total.election == election), None)


@cache
def region_profile(code: str, *, folder: Path = REGIONS_FOLDER) -> Region:
    """Return what is known of a region by its Kemendagri code: NN.NN, NN for a province, `COUNTRY` for all.

    A code without a folder gives a bare region with the name "Wilayah NN.NN":
    the tool then takes names and areas from the boundary file.

    Raises
    ------
    ProfileError
        If the code has another form or no province, or a file breaks a rule.
    """
    _check_code(code)
    file = folder / code / "region.toml"
    return _read_region(file, calendar(code, folder=folder)) if file.is_file() else _bare_region(code, folder)


@cache
def calendar(code: str, *, folder: Path = REGIONS_FOLDER) -> Calendar:
    """Return the election calendar of a region; a region without one has the national calendar.

    Raises
    ------
    ProfileError
        If the code has another form or a file breaks a rule.
    """
    _check_code(code)
    return read_calendar(code, folder)


@cache
def weights(code: str, *, folder: Path = REGIONS_FOLDER) -> Weights:
    """Return the weights of a region: its own file as a whole where it has one, else the national one.

    Raises
    ------
    ProfileError
        If the code has another form or a file breaks a rule.
    """
    _check_code(code)
    return read_weights(rules_file(folder, code, "weights.toml"))


@cache
def shipped_regions(*, folder: Path = REGIONS_FOLDER) -> tuple[Region, ...]:
    """Return the regions that come with the tool, the fictional one included, in the order of their codes."""
    return tuple(region_profile(file.parent.name, folder=folder) for file in sorted(folder.glob("*/region.toml")))


def _check_code(code: str) -> None:
    if _REGION_CODE.fullmatch(code) is None:
        raise ProfileError(texts.bad_region_code(code))


def _bare_region(code: str, folder: Path) -> Region:
    root = read_table(folder / NATIONAL / "provinces.toml")
    root.allow("source", "provinces")
    provinces = root.tables("provinces")
    refuse_duplicates(provinces, "code")
    province = next((table for table in provinces if table.text("code") == code[:2]), None)
    if province is None and code != COUNTRY:
        raise ProfileError(texts.unknown_province(file=root.file, code=code))
    if province is not None:
        province.allow("code", "name", "time_zone")
    kind = _bare_kind(code)
    name = province.text("name") if province else COUNTRY_NAME
    return Region(
        code=code,
        name=name if kind in {"provinsi", "negara"} else f"Wilayah {code}",
        kind=kind,
        province=name,
        bps_code=None,
        utm_epsg=None,
        time_zone=province.choice("time_zone", TIME_ZONE_LABELS) if province else COUNTRY_TIME_ZONE,
        simulated=False,
        today=None,
        source=root.text("source"),
        density_bandwidth_m=BANDWIDTH_M[kind],
        totals=(),
        districts=(),
        areas=(),
    )


def _regency(text: str) -> tuple[str, str]:
    """Part the name of a kabupaten or kota into which of them it says, "" where it does not, and the bare name."""
    words = re.findall(r"[^\W_]+", text.casefold())
    kinds = [_REGENCY_WORDS[word] for word in words if word in _REGENCY_WORDS]
    return (kinds or [""])[0], "".join(word for word in words if word not in _REGENCY_WORDS)


def _bare_kind(code: str) -> str:
    if code == COUNTRY:
        return "negara"
    if len(code) == 2:
        return "provinsi"
    return "kota" if int(code[3:]) >= _FIRST_KOTA else "kabupaten"


def _read_region(file: Path, elections: Calendar) -> Region:
    root = read_table(file)
    root.allow(
        "code",
        "name",
        "kind",
        "province",
        "bps_code",
        "utm_epsg",
        "time_zone",
        "simulated",
        "today",
        "source",
        "density",
        "totals",
        "districts",
        "areas_without_polygon_known",
    )
    code = root.code("code", _REGION_CODE, "NN.NN")
    if code != file.parent.name:
        raise root.refusal("code", texts.wrong_folder(file.parent.name))
    simulated = root.flag("simulated")
    if "today" in root and not simulated:
        raise root.refusal("today", texts.TODAY_OF_REAL_REGION)
    utm_epsg = root.whole("utm_epsg", min(_INDONESIAN_UTM_ZONES), max(_INDONESIAN_UTM_ZONES))
    if utm_epsg not in _INDONESIAN_UTM_ZONES:
        raise root.refusal("utm_epsg", texts.not_one_of(_INDONESIAN_UTM_ZONES))
    density = root.table("density")
    density.allow("bandwidth_m")
    districts = root.tables("districts")
    return Region(
        code=code,
        name=root.text("name"),
        kind=root.choice("kind", ("kota", "kabupaten")),
        province=root.text("province"),
        bps_code=root.code("bps_code", _BPS_CODE, "NNNN"),
        utm_epsg=utm_epsg,
        time_zone=root.choice("time_zone", TIME_ZONE_LABELS),
        simulated=simulated,
        today=root.optional(root.day, "today"),
        source=root.text("source"),
        density_bandwidth_m=density.number("bandwidth_m", 50, 20_000),
        totals=_totals(root.tables("totals"), elections),
        districts=tuple(_district(table, code) for table in districts),
        areas=_areas(districts, root.tables("areas_without_polygon_known"), code),
    )


def _totals(tables: tuple[Table, ...], elections: Calendar) -> tuple[Total, ...]:
    refuse_duplicates(tables, "election")
    return tuple(_total(table, elections) for table in tables)


def _total(table: Table, elections: Calendar) -> Total:
    counts = ("voter_count", "voter_count_male", "voter_count_female", "station_count")
    table.allow("election", *counts, "source", "note", "verify")
    known = {election.code: election for election in elections.elections}
    election = table.choice("election", known)
    voters, male, female, stations = (
        table.optional(lambda key: table.whole(key, 1, _MOST_VOTERS), key) for key in counts
    )
    if voters and male and female and male + female != voters:
        raise table.refusal("voter_count", texts.wrong_sum(male=male, female=female))
    most = known[election].max_voters_per_station
    if voters and stations and voters > most * stations:
        reason = texts.too_many_voters_per_station(mean=voters / stations, most=most)
        raise table.refusal("station_count", reason)
    return Total(
        election=election,
        voter_count=voters,
        voter_count_male=male,
        voter_count_female=female,
        station_count=stations,
        source=table.text("source"),
        note=table.optional(table.text, "note") or "",
        verify=table.flag("verify"),
    )


def _district(table: Table, region_code: str) -> District:
    table.allow("code", "name", "areas")
    code = table.code("code", _DISTRICT_CODE, "NN.NN.NN")
    _check_prefix(table, region_code)
    if not table.tables("areas"):
        raise table.refusal("areas", texts.NOT_LIST)
    return District(code, table.text("name"))


def _areas(districts: tuple[Table, ...], gaps: Iterable[Table], region_code: str) -> tuple[AreaFact, ...]:
    refuse_duplicates(districts, "code")
    entries = [(district, area) for district in districts for area in district.tables("areas")]
    refuse_duplicates([area for _, area in entries], "code")
    for district in districts:
        refuse_duplicates(district.tables("areas"), "name")

    codes = {area.text("code") for _, area in entries}
    reasons: dict[str, str] = {}
    for gap in gaps:
        gap.allow("code", "reason")
        if gap.text("code") not in codes:
            raise gap.refusal("code", texts.not_an_area(region_code))
        reasons[gap.text("code")] = gap.text("reason")
    return tuple(_area(area, district, reasons) for district, area in entries)


def _area(table: Table, district: Table, reasons: dict[str, str]) -> AreaFact:
    table.allow("code", "name")
    code = table.code("code", _AREA_CODE, "NN.NN.NN.NNNN dengan angka 1, 2, atau 3 sesudah titik terakhir")
    _check_prefix(table, district.text("code"))
    return AreaFact(
        code=code,
        name=table.text("name"),
        kind=AREA_KINDS[code[9]],
        district_code=district.text("code"),
        district_name=district.text("name"),
        no_polygon_reason=reasons.get(code, ""),
    )


def _check_prefix(table: Table, parent: str) -> None:
    if not table.text("code").startswith(f"{parent}."):
        raise table.refusal("code", texts.wrong_prefix(parent))
