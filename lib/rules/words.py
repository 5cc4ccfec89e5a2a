"""Word what is wrong in a file of facts or judgements, and the way out."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from lib.indonesian import full_date, whole

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

_SHOWN_CHARACTERS = 60


class Reason(NamedTuple):
    """A rule that a value breaks, and what the reader can do about it."""

    rule: str
    way_out: str


def shown(value: object) -> str:
    """Write a value of a TOML file as a person would look for it there."""
    if isinstance(value, bool):
        return "true" if value else "false"
    try:
        text = value.isoformat() if isinstance(value, date) else str(value)
    except ValueError:  # a number of thousands of digits, written with other digits than ours
        text = "…"
    if len(text) > _SHOWN_CHARACTERS:
        text = text[: _SHOWN_CHARACTERS - 1] + "…"
    return f'"{text}"'


def listed(options: Iterable[object]) -> str:
    """Write the allowed values in one row."""
    return ", ".join(str(option) for option in options)


# Sentences


def refused(*, file: str, key: str, value: object, reason: Reason) -> str:
    """Say which value of which key breaks which rule."""
    return (
        f"Berkas {file}: nilai {shown(value)} pada kunci {key} tidak diterima karena {reason.rule}; {reason.way_out}."
    )


def missing_key(*, file: str, key: str) -> str:
    """Say that a required key is absent."""
    return f"Berkas {file}: kunci {key} wajib ada tetapi tidak ditemukan; tambahkan kunci itu beserta nilainya."


def unknown_key(*, file: str, key: str, value: object, allowed: Iterable[str]) -> str:
    """Say that a key is not one that the loader knows."""
    return (
        f"Berkas {file}: kunci {key} dengan nilai {shown(value)} tidak dikenal karena di tempat itu hanya "
        f"boleh ada {listed(allowed)}; perbaiki ejaannya atau hapus kunci itu."
    )


def unreadable_file(*, file: str) -> str:
    """Say that a file is absent or may not be read."""
    return (
        f"Berkas {file} tidak ada atau tidak dapat dibaca, padahal isinya diperlukan; "
        "pulihkan berkas itu dari paket pemasangan atau perbaiki izin bacanya."
    )


def broken_toml(*, file: str, line: str, column: str) -> str:
    """Say where a file stops being TOML; without a line the end of the file or its encoding is at fault."""
    place = f" pada baris {line}, kolom {column}" if line else ""
    return (
        f"Berkas {file} bukan TOML yang sah{place}; "
        "perbaiki tanda kutip, kurung, atau kunci ganda, lalu simpan sebagai UTF-8."
    )


def endless_toml(*, file: str) -> str:
    """Say that a file holds what no reader gets to the end of."""
    return (
        f"Berkas {file} memuat angka yang terlalu panjang atau kurung yang bertumpuk terlalu dalam sehingga tidak "
        "dapat dibaca; pendekkan angkanya atau kurangi tumpukan kurungnya."
    )


def bad_region_code(code: str) -> str:
    """Say that a text is no code of a region."""
    return (
        f"Kode wilayah {shown(code)} tidak diterima karena kode Kemendagri kabupaten/kota berbentuk NN.NN, "
        "misalnya 14.72 (provinsi NN, seluruh Indonesia 00); tulis kode itu dengan titik."
    )


def unknown_province(*, file: str, code: str) -> str:
    """Say that no province has the first two digits of a region's code."""
    return (
        f"Kode wilayah {shown(code)} tidak diterima karena dua angka pertamanya bukan kode provinsi dalam "
        f"berkas {file}, kunci provinces; periksa kodenya atau tambahkan provinsi itu."
    )


def unknown_election(*, region: str, code: str, known: Iterable[str]) -> str:
    """Say that a region's calendar lacks an election."""
    return (
        f"Pemilihan {shown(code)} tidak ada dalam kalender wilayah {region}, yang hanya memuat "
        f"{listed(known)}; pilih salah satunya atau tambahkan pemilihan itu ke calendar.toml wilayahnya."
    )


def unknown_code(*, what: str, code: str, known: Iterable[str]) -> str:
    """Say that a code names no entry of the taxonomy or of the indicator list."""
    return f"Kode {what} {shown(code)} tidak dikenal; pilih salah satu dari {listed(known)}."


# Reasons about the form of a value

NOT_TEXT = Reason("nilainya harus berupa teks yang tidak kosong", "tulis teks di antara tanda kutip")
NOT_FLAG = Reason("nilainya harus true atau false", "tulis true atau false tanpa tanda kutip")
NOT_DATE = Reason("nilainya harus berupa tanggal", "tulis tanggal tanpa tanda kutip, misalnya 2024-11-27")
NOT_LIST = Reason("nilainya harus berupa daftar yang tidak kosong", "tulis isinya di dalam kurung siku")
NOT_TABLE = Reason("kunci itu harus berupa tabel", "tulis isinya sebagai tabel TOML")


def not_a_number(*, low: float, high: float) -> Reason:
    """Explain the range of a number."""
    return Reason(
        f"nilainya harus berupa angka dari {low:g} sampai {high:g}", "tulis angka dalam batas itu tanpa tanda kutip"
    )


def not_whole(*, low: int, high: int) -> Reason:
    """Explain the range of a whole number."""
    return Reason(
        f"nilainya harus berupa bilangan bulat dari {low} sampai {high}",
        "tulis bilangan bulat dalam batas itu tanpa tanda kutip",
    )


def not_one_of(options: Iterable[object]) -> Reason:
    """Explain that only listed values exist."""
    return Reason(f"hanya {listed(options)} yang dikenal", "pilih salah satunya")


def bad_pattern(shape: str) -> Reason:
    """Explain the form of a code."""
    return Reason(f"bentuknya harus {shape}", "tulis kode itu dengan bentuk tersebut")


def duplicate(first: str) -> Reason:
    """Explain that a code or phrase stands twice."""
    return Reason(f"sudah dipakai oleh {first}", "sisakan satu saja")


# Reasons about regions


def wrong_folder(folder: str) -> Reason:
    """Explain that a region lies in the folder of another."""
    return Reason(f"nama mapnya {folder}", "samakan kode wilayah dengan nama mapnya")


def wrong_prefix(parent: str) -> Reason:
    """Explain that a code does not belong to the area above it."""
    return Reason(f"kode itu harus diawali {parent}.", "pindahkan ke wilayah yang benar atau perbaiki kodenya")


def wrong_sum(*, male: int, female: int) -> Reason:
    """Explain that men and women do not add up to all voters."""
    return Reason(
        f"pemilih laki-laki {whole(male)} dan perempuan {whole(female)} berjumlah {whole(male + female)}",
        "cocokkan ketiga angka dengan keputusan KPU",
    )


def too_many_voters_per_station(*, mean: float, most: int) -> Reason:
    """Explain that the voters do not fit into the stations."""
    return Reason(
        f"rata-ratanya {whole(mean)} pemilih per TPS sedangkan batasnya {most}",
        "cocokkan jumlah pemilih dan jumlah TPS dengan keputusan KPU",
    )


def not_an_area(region: str) -> Reason:
    """Explain that a code is none of the region's areas."""
    return Reason(f"kode itu bukan kelurahan atau desa di wilayah {region}", "perbaiki kodenya atau hapus barisnya")


TODAY_OF_REAL_REGION = Reason(
    "tanggal hari ini hanya boleh ditetapkan untuk wilayah simulasi", "hapus kunci itu atau tulis simulated = true"
)


# Reasons about calendars


def not_wednesday(day: date) -> Reason:
    """Explain that voting days of this kind are Wednesdays."""
    return Reason(
        f"{full_date(day)} bukan hari Rabu",
        "periksa tanggalnya pada dasar hukumnya atau tulis alasannya pada kunci voting_day_exception",
    )


NEEDLESS_EXCEPTION = Reason(
    "hari pemungutan suara itu hari Rabu atau jenis pemilihannya tidak terikat hari Rabu", "hapus pengecualian itu"
)
END_BEFORE_START = Reason("tahapan itu berakhir sebelum dimulai", "periksa kedua tanggalnya")


def out_of_order(earlier: str) -> Reason:
    """Explain that a stage begins before the one written above it."""
    return Reason(f"tahapan itu mulai sebelum tahapan {earlier} di atasnya", "urutkan tahapan menurut tanggal mulai")


def quiet_period_end(day: date) -> Reason:
    """Explain the last day of the quiet period."""
    return Reason(
        "masa tenang berakhir sehari sebelum hari pemungutan suara",
        f"tulis {day.isoformat()} atau periksa hari pemungutan suara",
    )


def not_voting_day(day: date) -> Reason:
    """Explain that the voting stage is the voting day."""
    return Reason(
        f"hari pemungutan suara adalah {full_date(day)}", f"tulis {day.isoformat()} sebagai mulai dan akhir"
    )


def other_kind(kinds: Collection[str]) -> Reason:
    """Explain that a key belongs to elections of other kinds."""
    return Reason(f"kunci itu hanya untuk jenis {', '.join(kinds)}", "hapus kunci itu atau periksa jenisnya")


NOBODY_VOTES = Reason("acara yang bukan pemilu tidak mempunyai TPS", "hapus kunci itu atau periksa jenisnya")


def unknown_repeated(code: str, repeated: str, known: Collection[str]) -> str:
    """Say that the election to be repeated is not in the calendar."""
    return (
        f'Pemilihan "{code}" mengulang pemilihan "{repeated}", yang tidak ada dalam kalender; '
        f"pilih salah satu dari {', '.join(known)}."
    )


# Reasons about judgements

NOT_INCREASING = Reason("setiap angka harus lebih besar daripada angka sebelumnya", "urutkan dari kecil ke besar")
WINDOW_BELOW_HALF_LIFE = Reason(
    "jendela waktu tidak boleh lebih pendek daripada waktu paruh", "panjangkan jendela atau pendekkan waktu paruh"
)


def wrong_length(count: int) -> Reason:
    """Explain how many values a list needs."""
    return Reason(f"daftar itu harus berisi {count} nilai", f"tulis tepat {count} nilai")


def wrong_keys(keys: Sequence[str]) -> Reason:
    """Explain which entries a table of values needs."""
    return Reason(f"isinya harus tepat {listed(keys)}", "lengkapi atau hapus isinya")


VERIFIED_NOT_HIGHEST = Reason(
    "laporan terverifikasi tidak boleh berbobot lebih kecil daripada laporan lain",
    "naikkan bobot terverifikasi atau turunkan bobot yang lain",
)

NOT_WHOLE = Reason("bagian-bagiannya tidak berjumlah 1", "sesuaikan bagian-bagian itu sampai berjumlah tepat 1")
FORBIDDEN_INPUT = Reason(
    "partai, calon, agama, dan suku tidak boleh menjadi masukan skor",
    "hapus masukan itu; yang dinilai hanya tempat dan waktu",
)
LEVEL_FALLS = Reason("kelas yang lebih tinggi tidak boleh menjadi tingkat yang lebih rendah", "urutkan dari rendah")
CHECKLIST_SCHEME = "skema daftar periksa"
CHECKLIST_NOT_AS_STATED = Reason(
    "jumlahnya tidak sama dengan yang dinyatakan skema itu, atau sebuah variabel tidak punya butir",
    "lengkapi daftarnya atau ubah jumlah yang dinyatakan",
)
SUB_SCORE_WITHOUT_ITEMS = Reason(
    "sebuah sub-skor tidak punya butir yang berbobot", "beri setiap sub-skor paling sedikit satu butir berbobot"
)


# Reasons about the taxonomy


def not_lower_case(phrase: str) -> Reason:
    """Explain how synonyms are written."""
    return Reason(f"sinonim {shown(phrase)} memuat huruf besar", "tulis semua sinonim dengan huruf kecil")


def no_letters(phrase: str) -> Reason:
    """Explain that a phrase cannot be looked for."""
    return Reason(f"sebutan {shown(phrase)} tidak memuat huruf atau angka", "tulis kata yang dapat dicari")


def phrase_claimed(phrase: str, owner: str) -> Reason:
    """Explain that a phrase already belongs to another category."""
    return Reason(f"sebutan {shown(phrase)} sudah menjadi milik kategori {owner}", "hapus dari salah satu kategori")


def too_many(most: int) -> Reason:
    """Explain that charts cannot tell so many families apart."""
    return Reason(
        f"paling banyak {most} kelompok warna dapat dibedakan dalam bagan", "gabungkan beberapa di antaranya"
    )


def kind_not_once(kind: str) -> Reason:
    """Say that a kind of election belongs to no scheme, or to two."""
    return Reason(
        f"jenis pemilihan {kind} tidak berada tepat di satu skema", "tulis setiap jenis di satu election_kinds saja"
    )
