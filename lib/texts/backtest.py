"""What `petadini ujibalik` says: the grades of the forecast on somebody else's events, and why a file is refused."""

from __future__ import annotations

from math import isnan
from typing import TYPE_CHECKING

from lib.indonesian import TOO_FEW_EVENTS, decimal, long_date, whole

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from lib.analysis.backtest import Backtest

FORMATS_WANTED = "Tulis tanggal sebagai TTTT-BB-HH, misalnya 2024-11-27."


def quoted(words: Iterable[str]) -> str:
    """List words in Indonesian quotation marks."""
    return ", ".join(f"“{word}”" for word in words)


def missing_file(name: str) -> str:
    """Say that the table is not there."""
    return f"Berkas “{name}” tidak ditemukan. Periksa nama dan foldernya."


def unreadable_table(name: str) -> str:
    """Say that the table is no CSV."""
    return f"Berkas “{name}” tidak dapat dibaca sebagai CSV. Simpan ulang sebagai CSV UTF-8 dengan satu baris judul."


def missing_date(heads: Iterable[str]) -> str:
    """Say that there is no column of dates."""
    return f"Tabel kejadian tidak memiliki kolom “tanggal”. Kolom yang ada: {quoted(heads)}."


def missing_place(heads: Iterable[str]) -> str:
    """Say that no column tells where."""
    return (
        "Tabel kejadian harus memiliki kolom “bujur” dan “lintang”, atau kolom “kode”. "
        f"Kolom yang ada: {quoted(heads)}."
    )


def bad_date(column: str, line: int, text: str) -> str:
    """Point at the first date that cannot be read."""
    return f"Tanggal “{text}” pada kolom “{column}” baris {line} tidak dapat dibaca. {FORMATS_WANTED}"


def unclear_dates(column: str, text: str) -> str:
    """Say that day and month may be exchanged."""
    return (
        f"Urutan hari dan bulan pada kolom “{column}” tidak pasti: “{text}” dapat dibaca dengan dua cara, dan tak "
        f"satu pun tanggal di kolom itu memutuskannya. {FORMATS_WANTED}"
    )


def bad_number(column: str, line: int, text: str) -> str:
    """Point at the first coordinate that cannot be read."""
    return f"Nilai “{text}” pada kolom “{column}” baris {line} bukan koordinat dalam derajat desimal."


def reported_too_early(line: int) -> str:
    """Point at the first report made before its event."""
    return f"Baris {line}: tanggal laporan lebih awal daripada tanggal kejadian. Perbaiki, lalu ulangi."


def no_system() -> str:
    """Say that the map's coordinates cannot be understood."""
    return "Peta wilayah tidak menyebut sistem koordinatnya dan angkanya bukan derajat. Simpan ulang dalam EPSG:4326."


def no_polygons() -> str:
    """Say that the map has no areas."""
    return "Peta wilayah tidak memuat satu pun poligon."


def unknown_code_column(name: str, heads: Iterable[str]) -> str:
    """Say that the map lacks the column asked for."""
    return f"Peta wilayah tidak memiliki kolom “{name}”. Kolom yang ada: {quoted(heads)}."


def no_code_column(example: str, heads: Iterable[str]) -> str:
    """Say that no column of the map holds the codes of the events."""
    return (
        f"Tidak ada kolom pada peta wilayah yang memuat kode dari tabel kejadian (misalnya “{example}”). Kolom yang "
        f"ada: {quoted(heads)}. Sebutkan dengan --kolom-kode NAMA."
    )


def no_events() -> str:
    """Say that nothing is left to grade."""
    return "Tidak ada kejadian yang bertanggal dan jatuh di dalam wilayah peta, sehingga tak ada yang dapat diuji."


def too_short(first: date, last: date, least_days: int) -> str:
    """Say that history does not suffice."""
    return (
        f"Kejadian hanya mencakup {long_date(first)} sampai {long_date(last)}. Uji balik memerlukan sedikitnya "
        f"{whole(least_days)} hari."
    )


def clipped(last: date) -> str:
    """Say that the days after the newest report are not graded."""
    return f"Dinilai sampai {long_date(last)}, hari laporan terakhir: sesudahnya tidak diketahui apa-apa."


def report(result: Backtest, event_count: int) -> str:
    """Say in a few lines how the forecast did."""
    rival = result.benchmarks["rata8"]
    low, high = result.skill_interval
    if isnan(result.skill):
        verdict = TOO_FEW_EVENTS
    elif low > 0:
        verdict = "lebih baik dari rata-rata 8 minggu"
    elif high < 0:
        verdict = "lebih buruk dari rata-rata 8 minggu"
    else:
        verdict = "tidak terbukti lebih baik dari rata-rata 8 minggu"
    coverage = " / ".join(decimal(100 * share) for share in result.coverage.values())
    used = f"{whole(result.area_count)} area, {whole(event_count)} kejadian"
    error = f"ramalan {decimal(result.rps, 4)}, rata-rata 8 minggu {decimal(rival.rps, 4)}"
    span = f"selang 95%: {decimal(100 * low)} sampai {decimal(100 * high)}"
    hits = f"ramalan {decimal(100 * result.hit10)}%, rata-rata 8 minggu {decimal(100 * rival.hit10)}%"
    return "\n".join(
        (
            f"{used}, {whole(len(result.origins))} ramalan mingguan yang dinilai.",
            f"Galat ramalan (RPS): {error}.",
            f"Keunggulan: {verdict}."
            if isnan(result.skill)
            else f"Keunggulan {decimal(100 * result.skill)} % ({span}): {verdict}.",
            f"Cakupan selang 50/80/95%: {coverage}%.",
            f"Kejadian di sepersepuluh area teratas: {hits}.",
            *([_total(result.total)] if result.total else []),
        )
    )


def _total(total: Backtest) -> str:
    """Say how the sum of the areas' forecasts did."""
    covered = " / ".join(decimal(100 * share) for share in total.coverage.values())
    skill = TOO_FEW_EVENTS if isnan(total.skill) else f"keunggulan {decimal(100 * total.skill)} %"
    ratio = "" if isnan(total.bias) else f", diramalkan {decimal(total.bias, 2)} kali yang terjadi"
    return f"Jumlah seluruh area: {skill}, cakupan {covered}%{ratio}."
