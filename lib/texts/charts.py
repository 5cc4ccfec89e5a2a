"""The words of charts."""

INCIDENTS = "kejadian"
INCIDENTS_PER_WEEK = "kejadian per minggu"
VERIFIED = "Terverifikasi"
NOT_VERIFIED = "Belum terverifikasi"
THIS_WEEK = "7 hari terakhir"
USUAL_MEAN = "rata-rata"


def usual_range(weeks: int) -> str:
    """Name the band of past weeks."""
    return f"terendah–tertinggi {weeks} minggu sebelumnya"


def alternative(count: str, period: str) -> str:
    """Describe a time chart."""
    return f"Grafik batang {count} kejadian menurut waktu, {period}, dengan tahapan pemilihan di belakangnya."


def unusual(names: list[str], weeks: int, *, count: int) -> str:
    """Say which categories had more in the last seven days than in any of the weeks before; `count`: all of those."""
    if not count:
        return "Tidak ada kejadian yang dilaporkan dalam 7 hari terakhir. Itu tidak berarti aman."
    if not names:
        return f"Tidak ada kategori di atas yang tertinggi dari {weeks} minggu sebelumnya."
    return f"Di atas yang tertinggi dari {weeks} minggu sebelumnya: {'; '.join(names)}."
