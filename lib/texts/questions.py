"""The question a screen, sheet or file answers, and what the answer rests on, in words."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from lib.indonesian import decimal, long_date, moment, period, short_date, whole
from lib.rules.regions import region_profile
from lib.rules.taxonomy import taxonomy
from lib.texts.elections import roll_line
from lib.texts.score import COMPONENT_NAMES
from lib.texts.store import as_it_was

if TYPE_CHECKING:
    from datetime import date

    from lib.filters import Filters
    from lib.records import AreaRow, DataState, PlacedCounts, Roll
    from lib.rules.regions import Region
    from lib.rules.weights import Weights

VERIFICATIONS = {
    "terverifikasi": "Terverifikasi",
    "ditangani": "Ditangani",
    "selesai": "Selesai",
    "masuk": "Masuk, belum diperiksa",
    "tidak_dapat_dipastikan": "Tidak dapat dipastikan",
    "ditolak": "Ditolak",
}
SEVERITIES = {
    1: "1 · informasi",
    2: "2 · pelanggaran tanpa massa",
    3: "3 · ketegangan atau massa",
    4: "4 · kekerasan atau perusakan",
    5: "5 · korban jiwa atau tahapan terhenti",
}

MOST_IN_SLUG = 3
MOST_SLUG_SIGNS = 100  # names may be long, and a file is named by more than them
ONCE = "satu peristiwa dihitung sekali walau dilaporkan beberapa kali"
NIL_REASON = "Tidak ada kejadian dalam saringan ini; wilayah ini tercakup laporan nihil."


def day_outside(day: date, first: date, last: date) -> str:
    """Refuse a day of which nothing can be known."""
    return (
        f"{day.isoformat()} terlalu jauh di {'depan' if day > last else 'belakang'}; hari yang dapat ditanyakan "
        f"{first.isoformat()} sampai {last.isoformat()}. Tulis tanggal lain."
    )


def question(filters: Filters, *, scored: bool = True) -> str:
    """State the whole question in one line; it stands under every title and on every sheet.

    `scored` is False where no score is made and every category chosen counts the same.
    """
    parts = [period(filters.start, filters.end)]
    names = [taxonomy().category(code).name for code in filters.categories]
    parts.append(
        f"kategori: {', '.join(names)}{' (hanya jumlah dan daftar)' if scored else ''}"
        if names
        else f"semua kategori ({'skor dari kejadian konflik' if scored else 'juga yang tidak masuk skor'})"
    )
    chosen = [VERIFICATIONS[code].lower() for code in filters.verifications]
    parts.append(f"status: {', '.join(chosen)}" if chosen else "semua laporan kecuali yang ditolak")
    if filters.sources:
        parts.append(f"sumber: {', '.join(filters.sources)}")
    return " · ".join([*parts, *_where_and_when(filters)])


def asked(filters: Filters) -> tuple[str, ...]:
    """Name the chosen categories and states of reports, as far as any are chosen."""
    names = [taxonomy().category(code).name for code in filters.categories]
    states = [VERIFICATIONS[code].lower() for code in filters.verifications]
    parts = [f"kategori: {', '.join(names)}"] if names else []
    return (*parts, *([f"status: {', '.join(states)}"] if states else []))


def scope_slug(filters: Filters) -> str:
    """Write what a question leaves in for the name of a file: kec-bukit-sirih_hoaks; "" for all of it."""
    known = {district.code: district.name for district in region_profile(filters.region_code).districts}
    districts = [f"kec-{known.get(code, code)}" for code in filters.district_codes]
    kinds = ("kecamatan", "kategori", "status")
    categories = [taxonomy().category(code).name for code in filters.categories]
    chosen = (districts, categories, filters.verifications)
    parts = [
        "-".join(names) if len(names) <= MOST_IN_SLUG else f"{len(names)}-{kind}"
        for kind, names in zip(kinds, chosen, strict=True)
        if names
    ]
    return re.sub(r"[^a-z0-9._-]+", "-", "_".join(parts).lower())[:MOST_SLUG_SIGNS]


def known_until(filters: Filters) -> str:
    """State in one line what is asked where every report until a day counts, whatever its category."""
    parts = [f"dari laporan sampai {long_date(filters.end)}", "semua kategori", "kecuali laporan yang ditolak"]
    return " · ".join([*parts, *_where_and_when(filters)])


def counted(filters: Filters, *, dated: bool = True) -> str:
    """Say what is counted as an event; it stands beside every such number.

    `dated` is False where each number beside it names its own days.
    """
    when = f", {period(filters.start, filters.end)} ({whole(filters.days)} hari)" if dated else ""
    categories = "hanya kategori yang dipilih" if filters.categories else "semua kategori"
    states = "hanya status yang dipilih" if filters.verifications else "kecuali yang ditolak"
    sources = ", hanya sumber yang dipilih" if filters.sources else ""
    return f"Kejadian{when}: {ONCE}; {categories}, {states}{sources}; yang di luar wilayah tidak dihitung."


def _where_and_when(filters: Filters) -> list[str]:
    """Name the chosen kecamatan, and the past state of the data."""
    parts = []
    if filters.district_codes:
        known = {district.code: district.name for district in region_profile(filters.region_code).districts}
        parts.append(f"kecamatan {', '.join(known.get(code, code) for code in filters.district_codes)}")
    if filters.as_it_was:
        parts.append(as_it_was(filters.as_it_was))
    return parts


def unit_word(region: Region) -> str:
    """Name the areas of a region: kelurahan, or kelurahan/desa where both kinds exist."""
    return "kelurahan" if region.kind == "kota" else "kelurahan/desa"


def source_line(state: DataState, placed: PlacedCounts, roll: Roll) -> str:
    """Say where the data are from, how they came to their areas, and what the score lacks of DPT and TPS."""
    kind = "laporan simulasi" if state.simulated else "laporan yang diimpor Kesbangpol"
    elsewhere = f" {whole(placed.outside)} lagi di luar wilayah dan tidak dihitung." if placed.outside else ""
    return (
        f"Sumber: {kind}; {whole(placed.incidents)} kejadian ({ONCE}), di antaranya {whole(placed.border)} di garis "
        f"batas, {whole(placed.disagreeing)} titiknya berbeda dari kelurahan yang disebut.{elsewhere}"
        f"{' ' if roll_line(roll) else ''}{roll_line(roll)}"
    )


def method_line(weights: Weights, frozen_on: date | None, roll: Roll) -> str:
    """Say what the score is made of, on which scale; `roll` tells whether DPT enters."""
    scale = f"skala dibekukan {short_date(frozen_on)}" if frozen_on else "skala sementara, belum dibekukan"
    shares = " + ".join(
        f"{whole(100 * share)}% {COMPONENT_NAMES[component].lower()}"
        for component, share in weights.component_weights
    )
    return (
        f"Metode: {shares}; kejadian = keparahan × keterpercayaan, waktu paruh {whole(weights.half_life_days)} hari, "
        f"{'per akar DPT, ' if roll.without_voters < roll.area_count else ''}diratakan empiris-Bayes; {scale}."
    )


def state_line(state: DataState) -> str:
    """Say how fresh the data are."""
    if state.recorded_at is None:
        return "Belum ada data"
    last = f", laporan terakhir {long_date(state.last_reported_on)}" if state.last_reported_on else ""
    boundaries = f"; batas {state.boundary_edition}" if state.boundary_edition else ""
    return f"Data masuk {moment(state.recorded_at)}{last}{boundaries}"


def density_maximum(value: float) -> str:
    """Write the highest density."""
    return f"{decimal(value)} kejadian per km²"


def short_reason(row: AreaRow) -> str:
    """Say in one line why an area is where it is in the list."""
    if not row.incident_count:
        return NIL_REASON
    return (
        f"{whole(row.incident_count)} kejadian, {whole(row.verified_count)} terverifikasi · "
        f"{whole(row.recent_count)} dalam 28 hari"
    )
