"""Words of the alerts: what a tier means, what happened, what people did about it."""

from __future__ import annotations

from math import floor, log10
from typing import TYPE_CHECKING

from lib.indonesian import decimal, long_date, period, short_date, whole
from lib.texts.forecasts import KIND_WORDS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from lib.records import Alarm, AlertRow, Hearing, TrendRow

ALERTS_TITLE = "Peringatan"
EVENT = "kejadian"
RAREST = 1e-6
TIERS = {EVENT: "Kejadian berat", "siaga": "Siaga", "waspada": "Waspada", "tren": "Tren"}
STATES = {"baru": "Baru", "dilihat": "Dilihat", "ditindaklanjuti": "Ditindaklanjuti", "ditutup": "Ditutup"}
NO_GROUP = "Di luar kelompok"
UNISSUED = "Belum terbit"

# Refusals of a step.
NO_ACTION = "Tindakan belum ditulis. Tulis apa yang dilakukan dan oleh siapa."
NO_CLOSING_REASON = "Alasan menutup belum ditulis. Tanpa alasan, peringatan tetap terbuka."

# The page.
WHOLE_HISTORY = (
    "Peringatan dihitung dari semua kategori dan semua laporan kecuali yang ditolak, 26 pekan ke belakang. Dari "
    "saringan di samping hanya kecamatan dan hari terakhir yang berlaku di sini."
)
TODAY_HEAD = "Peringatan hari ini"
OPEN_HEAD = "Masih terbuka dari hari sebelumnya"
LEDGER_HEAD = "Buku peringatan"
LEDGER_LEAD = (
    "Semua peringatan yang pernah diterbitkan sampai hari ini, dengan keadaannya. Tidak ada yang dapat dihapus."
)
LEDGER_EMPTY = "Belum ada peringatan yang diterbitkan. Yang belum terbit tidak dapat dinilai kemudian di Rapor."
LEDGER_NONE = "Tidak ada peringatan dengan keadaan ini."
SUMMARY_LINK = "Buka peringatan"
STATE_FILTER = "Keadaan"
TREND_HEAD = "Tren seluruh daerah"
TREND_BARS = "Batang penuh: dua kali biasanya atau lebih; garis di tengah: sama dengan biasanya."
TREND_GROWS = "Menjelang pemungutan suara laporan wajar bertambah di mana-mana."
TREND_NOTE = (
    "Bila seluruh daerah tumbuh, tren berada di atas biasanya hampir setiap pekan. Karena itu tren bukan Siaga, "
    "tidak dihitung sebagai peringatan, dan tidak perlu dijawab."
)
TREND_RAISED, TREND_USUAL = "Di atas biasanya", "Dalam batas kebetulan"
TREND_LOW, TREND_UNHEARD = "Jauh di bawah biasanya", "Tidak dapat dinilai"
LIMITS_HEAD = "Yang tidak dapat dilihat alarm ini"
ROWS_LINK = "Laporan kecamatan ini pada masa itu"
REGION_ROWS_LINK = "Laporan seluruh daerah pada masa itu"
ANSWER_HEAD = "Jawab satu per satu"
SEE = "Tandai dilihat"
ACT = "Catat tindakan"
CLOSE = "Tutup peringatan"
ACT_NOTE = "Tindakan"
ACT_HINT = "Misalnya: Babinsa dan lurah bertemu tokoh warga, 28 Oktober"
CLOSE_NOTE = "Alasan menutup"
CLOSE_HINT = "Misalnya: dua pekan tanpa kejadian baru"
SAVE = "Simpan"
ISSUE = "Terbitkan peringatan hari ini"
ISSUE_PAST = "Terbitkan, ditandai dihitung ulang"
ISSUE_AGAIN = "Terbitkan perbaikan"
ONLY_SHOWN = "Keadaan lampau hanya dapat dilihat; kembali ke keadaan terbaru untuk menerbitkan atau menjawab."
FUTURE = "Hari ini belum tiba, jadi belum dapat diterbitkan."
RECOMPUTED = "dihitung ulang"
LEDGER_COLUMNS = ("Tingkat", "Wilayah dan kelompok", "Yang terjadi", "Keadaan dan jawaban")

# Measured by tests/bench/bench_alerts.py on simulated cities of 200 areas.
LIMITS = """
- **Tidak ada peringatan bukan berarti aman.** Alarm hanya melihat yang dilaporkan: wilayah yang diam tidak pernah
  memicu peringatan (lihat halaman Mutu data).
- **Kenaikan kecil tidak terlihat.** Pada 0,1–0,3 kejadian sepekan, lipat tiga tidak dapat dikenali dalam sebulan.
  Tambahan 2 kejadian sepekan di wilayah yang biasanya 0,3 ditemukan sebagai Siaga dalam dua pekan pada sepertiga
  percobaan dan dalam empat pekan pada dua pertiganya; tambahan 4 sepekan dalam dua pekan pada lebih dari
  delapan dari sepuluh.
- **Sebagian peringatan keliru.** Bila tidak terjadi apa-apa, dari 200 deret (wilayah × kelompok) tetap muncul sekitar
  satu Waspada setiap pekan dan satu Siaga setiap belasan pekan; di kota yang kejadiannya biasa bergerombol, dua
  Waspada setiap pekan dan satu Siaga dalam lima sampai sebelas pekan.
- **Semua deret suatu hari diuji sebagai satu keluarga.** Bila tidak terjadi apa-apa, keluarga yang memuat Siaga
  keliru muncul 0,02 sampai 0,15 kali sepekan pada kota tiruan, jadi kira-kira satu kali dalam sepuluh pekan, berapa
  pun banyaknya wilayah.
- **Kenaikan seluruh kota** tidak menjadi peringatan, melainkan tren: di kota yang sedang ramai, misalnya menjelang
  pemungutan suara, wajar berada di atas biasanya berpekan-pekan.
- **Hari-hari terakhir belum lengkap** karena laporan datang terlambat. Pembandingnya tidak dikurangi, jadi alarm
  cenderung terlambat, bukan terlalu cepat.
"""


def unknown_alert(alert_id: str) -> str:
    """Refuse a step about an alert that was never issued."""
    return f"Tidak ada peringatan terbitan bernomor “{alert_id}” di wilayah ini. Terbitkan dulu peringatan harinya."


def unknown_state(state: str) -> str:
    """Refuse a state that does not exist, or that nobody can choose."""
    return f"Keadaan “{state}” tidak dikenal. Pilihannya: dilihat, ditindaklanjuti, ditutup."


def not_forward(alert_id: str, standing: str, wanted: str) -> str:
    """Refuse a step that does not lead forward."""
    return (
        f"Peringatan {alert_id} sudah {STATES[standing].lower()}; keadaannya tidak dapat kembali "
        f"atau diulang menjadi {STATES[wanted].lower()}. Buku peringatan hanya bertambah."
    )


def short_history(weeks: int, needed: int) -> str:
    """Say why nothing is tested yet."""
    return (
        f"Belum ada peringatan statistik: riwayat kurang dari {whole(needed)} pekan. Pembanding baru "
        f"{whole(weeks)} pekan penuh. Kejadian terberat yang terverifikasi tetap ditampilkan."
    )


def silent(last_reported_on: date | None) -> str:
    """Say that nothing can be said of the days since the newest report."""
    if last_reported_on is None:
        return "Tidak ada laporan kejadian dari setahun terakhir: peringatan tidak dapat mengatakan apa-apa."
    return (
        f"Laporan terakhir diterima {long_date(last_reported_on)}: peringatan tidak dapat mengatakan apa-apa tentang "
        "hari-hari sesudahnya. Belum ada laporan tidak berarti aman."
    )


def odds(probability: float) -> str:
    """Put a small probability into words, rounded to two leading digits, from a thousand on to one."""
    chance = one_in(probability)
    return f"kebetulan sebesar ini terjadi {'kira-kira ' if probability > RAREST else ''}{chance} kali"


def one_in(probability: float) -> str:
    """Write a small probability as one in so many, rounded as in `odds`."""
    if probability <= RAREST:
        return "kurang dari 1 dari sejuta"
    times = 1 / probability
    unit = 10 ** max(floor(log10(times)) - (0 if times >= 1000 else 1), 0)
    return f"1 dari {whole(round(times / unit) * unit)}"


def what(alert: Alarm, first: date, last: date) -> str:
    """Say what happened and how likely chance is; chance is no matter of an event."""
    happened = what_happened(alert, first, last)
    return happened if alert.tier == EVENT else f"{happened}; {odds(alert.probability)}"


def what_happened(alert: Alarm, first: date, last: date) -> str:
    """Say what was counted in which days and what is usual; of an event, when it was."""
    if alert.tier == EVENT:
        count = "satu" if alert.observed == 1 else whole(alert.observed)
        return f"{count} kejadian terverifikasi berkeparahan tertinggi pada {long_date(first)}"
    return f"{whole(alert.observed)} kejadian pada {period(first, last)}, biasanya {usual(alert.expected)}"


def usual(expected: float) -> str:
    """Write what is usual: no more digits than it bears, and never nothing."""
    if expected < 0.05:
        return "kurang dari 0,1"
    return f"sekitar {decimal(expected) if expected < 10 else whole(expected)}"


def place(name: str | None, district: str | None, region: str) -> str:
    """Name the place of an alert; the whole region where it has no area."""
    if name is None:
        return f"Seluruh {region}"
    return f"{name}, Kec. {district}" if district else name


def counted(
    places: Mapping[str, int], trends: int, day: date, unit: str, kind: str, *, hearing: Hearing, enough_history: bool
) -> str:
    """Count the places of the alerts of a day, say whether the whole region rises, and who is not heard."""
    told = tiers(places, trends, unit, kind)
    parts = (told, unheard(hearing, unit)) if told else (no_alerts(hearing, unit, enough_history=enough_history),)
    return f"{long_date(day)}: {'; '.join(filter(None, parts))}."


def unheard(hearing: Hearing, unit: str) -> str:
    """Say of how many areas nothing is known; empty where all are heard."""
    counts = ((hearing.unheard_count, "tidak terdengar"), (hearing.silent_count, "belum ada laporannya"))
    told = " dan ".join(f"{whole(count)} {word}" for count, word in counts if count)
    return f"dari {whole(hearing.area_count)} {unit}, {told}" if told else ""


def no_alerts(hearing: Hearing, unit: str, *, enough_history: bool = True, found: str = "peringatan") -> str:
    """Say that there is none, but only of areas that are heard; or why there cannot be one.

    `found` names what there is none of.
    """
    if not enough_history:
        return "belum dapat memperingatkan: riwayat laporan terlalu pendek"
    lost = unheard(hearing, unit)
    if not lost:
        return f"tidak ada {found}"
    if hearing.unheard_count + hearing.silent_count == hearing.area_count:
        return f"{found} tidak dapat dinilai: {lost}"
    return f"{lost}; di {unit} lain tidak ada {found}"


def waiting(unseen: int, unanswered: int, unit: str) -> str:
    """Count the places with issued alerts that nobody has looked at or answered."""
    if not unanswered:
        return "Tidak ada peringatan terbitan yang menunggu jawaban."
    return (
        f"Peringatan terbitan di {whole(unanswered)} {unit} menunggu jawaban, di {whole(unseen)} di antaranya belum "
        "dilihat."
    )


def line(tier: str, where: str, group: str, happened: str) -> str:
    """Write an alert on one line of a terminal."""
    return f"{TIERS[tier]}: {where} · {group} · {happened}"


def issued(count: int) -> str:
    """Say that alerts were issued."""
    number = f"{whole(count)} peringatan terbit" if count else "Terbit bahwa tidak ada peringatan"
    return f"{number}, dibekukan untuk dinilai kemudian."


def issued_under(count: int, issue_id: str) -> str:
    """Say that alerts were issued, and under which id, for a terminal."""
    return f"{issued(count)} Nomor terbitan: {issue_id}."


def issue_state(issued_on: date | None, revision: int, *, same: bool) -> str:
    """Say whether the alerts of the day are issued, and whether they are still the same."""
    if issued_on is None:
        return (
            "Peringatan hari ini belum diterbitkan. Yang diterbitkan dibekukan, dapat dijawab, dan kemudian dinilai "
            "di Rapor."
        )
    told = f"Diterbitkan {long_date(issued_on)}" + (f" (perbaikan ke-{revision - 1})" if revision > 1 else "")
    return f"{told}." if same else f"{told}; sejak itu datanya berubah dan peringatannya tidak lagi sama."


def life(alert: AlertRow) -> str:
    """Say in one line what people did about an alert."""
    mark = f" · {RECOMPUTED}" if alert.recomputed else ""
    if alert.stepped_on is None:
        return f"{STATES['baru']} sejak {short_date(alert.first_on)}{mark}"
    note = f": {alert.note}" if alert.note else ""
    return f"{STATES[alert.state]} oleh {alert.actor}, {short_date(alert.stepped_on)}{note}{mark}"


def since(tier: str, first_on: date) -> str:
    """Name a tier and since when it stands."""
    return f"{TIERS[tier]} sejak {short_date(first_on)}"


def stepped(state: str) -> str:
    """Say that a step was recorded."""
    return f"Tercatat: {STATES[state].lower()}."


def more(count: int) -> str:
    """Say that more alerts are only in the table."""
    return f"{whole(count)} peringatan lain ada di berkas CSV dan, sesudah terbit, di buku peringatan."


def more_open(count: int) -> str:
    """Say that earlier alerts wait behind a click."""
    return f"{whole(count)} peringatan lama lainnya masih terbuka"


def older(count: int) -> str:
    """Say that the ledger goes further back than the table."""
    return f"{whole(count)} peringatan yang lebih lama tidak ditampilkan; saring menurut keadaan."


def tiers(places: Mapping[str, int], trends: int, unit: str, kind: str) -> str:
    """Count the places of alerts by tier, the gravest first, and name the region's trend; empty without any."""
    told = [f"{name} di {whole(places[tier])} {unit}" for tier, name in TIERS.items() if places.get(tier)]
    if trends:
        told.append(f"tren {KIND_WORDS.get(kind, 'wilayah')}")
    return " dan ".join([", ".join(told[:-1]), told[-1]] if len(told) > 1 else told)


def trend_line(
    row: TrendRow, last_reported_on: date | None = None, *, low: bool = False, unheard: bool = False
) -> str:
    """Say what the region as a whole did in one group, and where that is little, when the newest report came.

    `low`, far below the usual, is no chance but mostly reports that stopped; of an `unheard` region nothing is within
    chance.
    """
    verdict = TREND_LOW if low else TREND_UNHEARD if unheard else TREND_USUAL
    last = f"; laporan terakhir {long_date(last_reported_on)}" if last_reported_on and verdict != TREND_USUAL else ""
    counted = f"{whole(row.observed)} kejadian dalam {whole(row.window_days)} hari, biasanya {usual(row.expected)}"
    if row.raised:
        return f"{TREND_RAISED}: {counted}{trend_times(row)}"
    return f"{verdict}{last}: {counted}{trend_times(row)}"


def trend(group: str, row: TrendRow) -> str:
    """Write a raised trend on one line of a terminal."""
    return f"{TIERS['tren']}: seluruh daerah · {group} · {trend_line(row)}"


def trend_times(row: TrendRow) -> str:
    """Write how many times the usual that is, where that can be said."""
    return f" ({decimal(row.observed / row.expected)}\u00a0kali)" if row.expected >= 0.05 else ""


def slide_trend(raised: Sequence[tuple[str, TrendRow]], kind: str) -> str:
    """Say in one line of a slide that the whole region is above its usual: the first group, and the highest.

    `raised`: names of groups with their trends, in order; without any the line is empty.
    """
    if not raised:
        return ""
    highest = max(raised, key=lambda entry: entry[1].observed / max(entry[1].expected, RAREST))
    told = ", ".join(f"{name}{trend_times(row)}" for name, row in dict([raised[0], highest]).items())
    return f"Tren {KIND_WORDS.get(kind, 'wilayah')} di atas biasanya: {told}"


def none_now(hearing: Hearing, unit: str, *, enough_history: bool) -> str:
    """Say that there is no alert, or why there cannot be one; neither means safety."""
    told = no_alerts(hearing, unit, enough_history=enough_history)
    return f"{told[0].upper()}{told[1:]}. Itu bukan berarti aman."


def slide_lead(places: Mapping[str, int], trends: int, unanswered: int, unit: str, kind: str) -> str:
    """Count the places of the day's alerts for the whole room, and those that wait for an answer."""
    return " · ".join(part for part in (tiers(places, trends, unit, kind), slide_waiting(unanswered, unit)) if part)


def slide_waiting(unanswered: int, unit: str) -> str:
    """Count the places whose issued alerts wait for an answer in a few words."""
    return f"{whole(unanswered)} {unit} menunggu jawaban" if unanswered else "tidak ada yang menunggu jawaban"


def slide_line(alert: Alarm, group: str) -> str:
    """Say an alert so that a room reads it at a glance: how many, in which time, what is usual, how odd that is."""
    if alert.tier == EVENT:
        count = "satu" if alert.observed == 1 else whole(alert.observed)
        return f"{group}: {count} kejadian terberat, terverifikasi, {long_date(alert.first_on)}"
    return (
        f"{group}: {whole(alert.observed)} kejadian dalam {whole(alert.window_days)} hari, biasanya "
        f"{usual(alert.expected)} · kebetulan seperti ini {one_in(alert.probability)}"
    )


def slide_state(alert: AlertRow, others: int) -> str:
    """Name the state of an alert, and how many more alerts there are of the same place."""
    state = STATES[alert.state] if alert.issue_count else UNISSUED
    return f"{state} · {whole(others)} lagi di sini" if others else state


def slide_elsewhere(places: int, unit: str) -> str:
    """Count the places whose alerts did not fit."""
    return f"dan peringatan di {whole(places)} {unit} lain"


def summary_line(
    places: Mapping[str, int],
    trends: int,
    unanswered: int,
    unit: str,
    kind: str,
    *,
    hearing: Hearing,
    enough_history: bool,
) -> str:
    """Say the alerts of the day in one line of the summary, bold where there are any."""
    told = tiers(places, trends, unit, kind)
    if places:
        now = f"**Peringatan: {told}**"
    else:
        none = none_now(hearing, unit, enough_history=enough_history)
        now = " ".join(part for part in (none, told and f"Ada {told}.") if part)
    return f"{now} · {slide_waiting(unanswered, unit)}" if places or unanswered else now
