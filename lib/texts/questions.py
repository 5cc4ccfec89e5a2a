"""The question a screen, sheet or file answers, and what the answer rests on, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from lib.profile import region_profile
from lib.taxonomy import taxonomy
from lib.texts.numbers import decimal, long_date, moment, period, short_date, whole
from lib.texts.store import as_it_was

if TYPE_CHECKING:
    from lib.assess import Assessment, DataState
    from lib.filters import Filters
    from lib.profile import Region
    from lib.situation import Placement
    from lib.weights import Weights

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

NIL_REASON = "Tidak ada kejadian dalam saringan ini; wilayah ini tercakup laporan nihil."


def question(filters: Filters) -> str:
    """State the whole question in one line; it stands under every title and on every sheet."""
    parts = [period(filters.start, filters.end)]
    names = [taxonomy().category(code).name for code in filters.categories]
    parts.append(
        f"kategori: {', '.join(names)} (skor dari kategori ini saja)"
        if names
        else "semua kategori (skor dari kejadian konflik)"
    )
    chosen = [VERIFICATIONS[code].lower() for code in filters.verifications]
    parts.append(f"status: {', '.join(chosen)}" if chosen else "semua laporan kecuali yang ditolak")
    if filters.district_codes:
        known = {district.code: district.name for district in region_profile(filters.region_code).districts}
        parts.append(f"kecamatan {', '.join(known.get(code, code) for code in filters.district_codes)}")
    if filters.as_it_was:
        parts.append(as_it_was(filters.as_it_was))
    return " · ".join(parts)


def unit_word(region: Region) -> str:
    """Name the areas of a region: kelurahan, or kelurahan/desa where both kinds exist."""
    return "kelurahan" if region.kind == "kota" else "kelurahan/desa"


def source_line(state: DataState, placed: Placement) -> str:
    """Say where the data are from and how they came to their areas."""
    kind = "laporan simulasi" if state.simulated else "laporan yang diimpor Kesbangpol"
    return (
        f"Sumber: {kind}; {whole(placed.incidents)} kejadian, di antaranya {whole(placed.border)} di garis batas, "
        f"{whole(placed.outside)} di luar wilayah, {whole(placed.disagreeing)} titiknya berbeda dari kelurahan "
        "yang disebut."
    )


def method_line(assessment: Assessment, weights: Weights) -> str:
    """Say how the score is made and on which scale."""
    if assessment.scale.frozen_on is None:
        scale = "skala sementara, belum dibekukan"
    else:
        scale = f"skala dibekukan {short_date(assessment.scale.frozen_on)}"
    return (
        f"Metode: keparahan × keterpercayaan × waktu paruh {whole(weights.half_life_days)} hari, dibagi akar DPT, "
        f"diratakan empiris-Bayes; {scale}."
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


def short_reason(row: Any) -> str:
    """Say in one line why an area is where it is in the list."""
    if not row.incident_count:
        return NIL_REASON
    return (
        f"{whole(row.incident_count)} kejadian, {whole(row.verified_count)} terverifikasi · "
        f"{whole(row.recent_count)} dalam 28 hari"
    )


def reason(row: Any) -> str:
    """Say in a sentence or two why an area has its score: what, how many, how sure, how it moves."""
    if not row.incident_count:
        return NIL_REASON
    families = {family.code: family.name for family in taxonomy().families}
    if row.top_family is None or row.top_family != row.top_family:
        main = "tidak ada kejadian yang menaikkan skor"
    else:
        share = getattr(row, f"bagian_{row.top_family}") / row.score if row.score else 0.0
        main = f"terbesar {families[row.top_family]} ({whole(100 * share)}% dari skor)"
    text = (
        f"{whole(row.recent_count)} kejadian dalam 28 hari terakhir ({trend(row.recent_count, row.earlier_count)}); "
        f"{main}; {whole(row.verified_count)} dari {whole(row.incident_count)} kejadian terverifikasi."
    )
    last = taxonomy().category(row.last_category).name
    text += f" Terakhir {short_date(row.last_occurred_on.date())}: {last}."
    if row.capped:
        text += " Kelas ditahan di Tinggi karena belum ada laporan yang terverifikasi."
    return text


def trend(recent: int, earlier: int) -> str:
    """Say how the last 28 days compare with the 28 before."""
    if recent == earlier:
        return "sama dengan 28 hari sebelumnya"
    word = "naik" if recent > earlier else "turun"
    return f"{word} dari {whole(earlier)}"
