"""The election calendar: its page, its command, and how an election and its stage are named everywhere."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from lib.indonesian import countdown, full_date, long_date, period, short_date, whole
from lib.rules.elections import PIKADES
from lib.texts.score import enumeration

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from lib.records import Roll
    from lib.rules.calendar import Election, Stage

NONE_IN_FORCE = "tidak ada pemilihan berjalan"
NONE_IN_FORCE_LINE = "Tidak ada pemilihan berjalan"
NONE_IN_FORCE_NOTE = (
    "Tidak ada pemilihan berjalan pada hari ini; pilih pemilihan di saringan untuk melihat tahapannya."
)
NO_CHOICE = "Tanpa pemilihan"

MOST_PLACES = 8  # named on a sheet or slide
CALENDAR_TITLE = "Kalender"
IN_FORCE_HEAD = "Berjalan pada hari ini"
LIST_HEAD = "Semua pemilihan dan acara"
STAGES_OF = "Lihat tahapan"
EDIT_HEAD = "Tambah atau ubah"
EDIT_WHICH = "Yang diubah"
EDIT_NEW = "Pemilihan atau acara baru"
EDIT_HELP = (
    "Kalender bawaan tidak ditimpa: isian di sini berlaku di atasnya, dan setiap isian tersimpan dengan petugas, "
    "hari, dan alasannya."
)
WEEKDAY_EXCEPTION = "Alasan bila bukan hari Rabu"
CODE_HELP = "Huruf kecil, angka, dan tanda hubung, misalnya psu-dumai-2024."
STATIONS_HELP = (
    "Untuk PSU, PSS, PSL. Satu baris satu TPS: kode kelurahan, garis miring, nomor TPS. Kosong: semua TPS."
)
AREAS_HELP = "Untuk Pikades. Satu baris satu kode desa."
STAGE_HELP = (
    "Tahapan tanpa sumber dianggap berdasar pada dasar hukum di atas. Tahapan yang dikosongkan namanya dihapus."
)
VERIFY = "Tanggal belum dicocokkan"
WITHDRAW = "Cabut dari kalender"
REASON = "Alasan"
SAVE = "Simpan ke kalender"
JOURNAL_HEAD = "Riwayat perubahan"
JOURNAL_REFUSED = "tidak dipakai: ditolak pemeriksaan"
JOURNAL_EMPTY = "Belum ada yang mengubah kalender wilayah ini."
LIST_COLUMNS = {
    "hitungan": "Hitungan",
    "nama": "Nama",
    "jenis": "Jenis",
    "hari": "Hari-H",
    "dasar": "Dasar hukum",
    "dicatat": "Dicatat oleh",
}
STAGE_COLUMNS = {
    "nama": "Tahapan",
    "mulai": "Mulai",
    "selesai": "Selesai",
    "cek": "Belum dicocokkan",
    "sumber": "Sumber",
}
JOURNAL_COLUMNS = {"waktu": "Hari", "petugas": "Petugas", "isi": "Isian", "dasar": "Dasar hukum", "alasan": "Alasan"}
STAGE_WITHOUT_DAYS = "Setiap tahapan perlu hari mulai dan hari selesai; isi keduanya atau kosongkan namanya."

SHIPPED = "kalender bawaan"
UNCHECKED = "tanggal belum dicocokkan"
NO_REASON = "Perubahan kalender perlu nama petugas dan alasannya; isi keduanya lalu simpan lagi."
SHOWN_FILE = "isian kalender"

KIND_NAMES = {
    "pemilu_nasional": "Pemilu nasional",
    "pemilu_daerah": "Pemilu daerah",
    "pilkada": "Pilkada",
    "pilkada_ulang": "Pilkada ulang",
    "psu": "Pemungutan suara ulang (PSU)",
    "pss": "Pemungutan suara susulan (PSS)",
    "psl": "Pemungutan suara lanjutan (PSL)",
    "pikades": "Pikades",
    "bukan_pemilu": "Bukan pemilu",
}
STAGE_NAMES = {
    "pemutakhiran": "Pemutakhiran daftar pemilih",
    "pendaftaran": "Pendaftaran pasangan calon",
    "penetapan": "Penetapan pasangan calon",
    "nomor-urut": "Pengundian nomor urut",
    "kampanye": "Kampanye",
    "masa-tenang": "Masa tenang",
    "logistik": "Distribusi logistik ke TPS",
    "pemungutan": "Pemungutan suara",
    "penghitungan": "Penghitungan suara",
    "rekapitulasi": "Rekapitulasi hasil",
    "sengketa": "Sengketa hasil",
}
# What a refusal calls the keys of an election, as the fields of the page are labelled.
FIELDS = {
    "voting_day_exception": "alasan bukan hari Rabu",
    "max_voters_per_station": "pemilih terbanyak per TPS",
    "legal_source": "dasar hukum",
    "voting_day": "hari pemungutan suara",
    "repeats": "mengulang pemilihan",
    "stations": "TPS yang memilih lagi",
    "areas": "desa yang memilih",
    "e_voting": "e-voting",
    "stages": "tahapan",
    "start": "mulai",
    "end": "selesai",
    "source": "sumber",
    "code": "kode",
    "name": "nama",
    "kind": "jenis",
}

LABELS = {key: label[:1].upper() + label[1:] for key, label in FIELDS.items()}


# The options of the command that fill in those fields.
OPTIONS = {
    "name": "--nama",
    "kind": "--jenis",
    "voting_day": "--hari",
    "voting_day_exception": "--bukan-rabu",
    "max_voters_per_station": "--maks-pemilih",
    "legal_source": "--dasar-hukum",
    "repeats": "--mengulang",
    "stations": "--tps",
    "areas": "--desa",
    "e_voting": "--e-voting",
}


def with_options(refusal: str) -> str:
    """Name in a refusal, as worded by `in_words`, the option of the command beside each field it names."""
    for key, option in OPTIONS.items():
        refusal = re.sub(rf"(\bisian {FIELDS[key]})(?![\w.\[])", rf"\1 ({option})", refusal, flags=re.IGNORECASE)
    return refusal


def unchecked_stations(places: Sequence[str], roll_name: str) -> str:
    """Say which TPS of a revote nobody can compare with the list of TPS it rests on; empty where none is."""
    if not places:
        return ""
    return (
        f"TPS {', '.join(places)} belum dapat dicek karena tidak ada dalam daftar TPS {roll_name} yang tersimpan; "
        "periksa kodenya atau impor daftar TPS itu."
    )


def in_words(refusal: str) -> str:
    """Word the refusal of a calendar entry for somebody who filled in fields, not a file."""
    text = refusal.replace(f"Berkas {SHOWN_FILE}: ", "").replace("kunci itu", "isian itu").replace("kunci", "isian")
    text = re.sub(r"\b[a-z_]+\b", lambda word: FIELDS.get(word[0], word[0]), text)
    return text[:1].upper() + text[1:]


def commit_message(name: str, *, withdrawn: bool) -> str:
    """Name a change of the calendar in the store's history."""
    return f"kalender: {name} dicabut" if withdrawn else f"kalender: {name}"


def checked(text: str, *, verify: bool) -> str:
    """Add to a date or stage that nobody has compared it with the regulation yet."""
    return f"{text} ({UNCHECKED})" if verify else text


def count_line(day: date, election: Election | None) -> str:
    """Write how far a day is from voting, in which election, and when that is: H-22 · Pilkada 2024 · …."""
    if election is None:
        return NONE_IN_FORCE_LINE
    vote = checked(full_date(election.voting_day), verify=election.verify)
    return f"{countdown(day, election.voting_day)} · {name_and_part(election)} · {vote}"


def also_line(day: date, others: Sequence[Election]) -> str:
    """Name the other elections in force on a day, nearest first; empty without any."""
    named = [f"{name_and_part(other)} ({countdown(day, other.voting_day)})" for other in others]
    return f"Juga berjalan: {', '.join(named)}" if named else ""


def roll_line(roll: Roll) -> str:
    """Say which part of DPT and TPS a score lacks, and why; empty where nothing is missing."""
    if not roll.election_name:
        return f"Skor dihitung tanpa DPT dan TPS karena {NONE_IN_FORCE}."
    if not roll.votes:
        return f"Skor dihitung tanpa DPT dan TPS karena {roll.election_name} bukan pemilu."
    if not roll.station_count:
        return f"DPT dan TPS {roll.election_name} belum ada, sehingga skor dihitung tanpa keduanya."
    if roll.without_voters == roll.area_count:
        return f"Daftar TPS {roll.election_name} tidak memuat DPT, sehingga skor dihitung tanpa DPT."
    if roll.without_voters:
        return (
            f"DPT {roll.election_name} belum ada untuk {whole(roll.without_voters)} dari {whole(roll.area_count)} "
            "wilayah; di sana skor memakai DPT rata-rata."
        )
    return ""


def election_words(election: Election | None) -> str:
    """Name an election and the part of the region that votes, with a word where its day is not checked.

    Says so where none is in force.
    """
    return checked(name_and_part(election), verify=election.verify) if election else NONE_IN_FORCE_LINE


def name_and_part(election: Election) -> str:
    """Name an election, and how many TPS or desa vote where it is not the whole region: Pikades 2025 di 3 desa."""
    if election.stations:
        return f"{election.name} di {whole(len(election.stations))} TPS"
    if election.areas:
        return f"{election.name} di {whole(len(election.areas))} desa"
    return f"{election.name} (desa yang memilih belum disebut)" if election.kind == PIKADES else election.name


def voters_line(election: Election | None, names: Mapping[str, str]) -> str:
    """Name the TPS or desa that vote where it is not the whole region, empty where it is.

    `names` are those of the areas by their codes; one that it lacks is named by its code. Many are named in part,
    for a sheet or slide has no room: the page Kalender lists all.
    """
    if election is None or not (election.stations or election.areas):
        return ""
    places = [names.get(code, code) for code in election.areas]
    for station in election.stations:
        code, _, number = station.partition("/")
        places.append(f"TPS {number} {names.get(code, code)}")
    if len(places) > MOST_PLACES:
        places = [
            *places[: MOST_PLACES - 1],
            f"{whole(len(places) - MOST_PLACES + 1)} lainnya (lihat {CALENDAR_TITLE})",
        ]
    return f"{name_and_part(election)}, bukan seluruh wilayah: {enumeration(places)}."


def stage_line(day: date, election: Election) -> str:
    """Name the stage of a day, or between stages the one that comes; empty after the last."""
    stage = election.stage_on(day)
    if stage is not None:
        return stage_name(stage)
    coming = election.stage_after(day)
    return f"menuju {coming.name}, {checked(long_date(coming.start), verify=coming.verify)}" if coming else ""


def stage_name(stage: Stage) -> str:
    """Name a stage, with a word where its dates are not checked."""
    return checked(stage.name, verify=stage.verify)


def kind_words(election: Election) -> str:
    """Name the kind of an election, with what is special about how it votes."""
    words = [KIND_NAMES[election.kind], *(["e-voting"] if election.e_voting else [])]
    if election.stations:
        words.append(f"{whole(len(election.stations))} TPS")
    if election.areas:
        words.append(f"{whole(len(election.areas))} desa")
    return ", ".join(words)


def recorded(election: Election) -> str:
    """Say who entered an election, and on which day; that it was shipped where nobody did."""
    if election.recorded_on is None:
        return SHIPPED
    return f"{election.recorded_by}, {short_date(election.recorded_on)}"


def calendar_line(day: date, election: Election, *, in_force: bool) -> str:
    """Write an election of the calendar on one line, as the command lists it."""
    stage = stage_line(day, election) if in_force else ""
    vote = checked(full_date(election.voting_day), verify=election.verify)
    parts = [
        "berjalan" if in_force else "tidak berjalan",
        election.code,
        count_line(day, election) if in_force else f"{election.name} · {vote}",
        kind_words(election),
        *([stage] if stage else []),
        election.legal_source,
        recorded(election),
    ]
    return " · ".join(parts)


def refused_entry(code: str, actor: str, decided_on: date, refusal: str) -> str:
    """Say that an entry of the calendar does not count, why, and how to put it right."""
    return (
        f"Isian “{code}” dari {actor}, {short_date(decided_on)}, tidak dipakai karena ditolak pemeriksaan sekarang: "
        f"{refusal} Isi lagi dengan kode “{code}” di halaman Kalender, atau dengan “petadini pemilihan tambah” "
        "(“ubah” bila kodenya ada dalam daftar); isian lama tetap tersimpan dalam riwayat."
    )


def entered(election: Election, *, withdrawn: bool) -> str:
    """Say that a change of the calendar is kept."""
    vote = checked(full_date(election.voting_day), verify=election.verify)
    return (
        f"{election.name} dicabut dari kalender." if withdrawn else f"{election.name}, {vote}, tersimpan di kalender."
    )


def already_known(code: str) -> str:
    """Refuse to add an election whose code is taken."""
    return f"Kode {code} sudah ada dalam kalender; pakai “petadini pemilihan ubah {code}” untuk mengubahnya."


def unreadable_stage(text: str) -> str:
    """Say how a stage is written."""
    return f"“{text}” tidak terbaca; tulis seperti kampanye=2025-07-25..2025-08-23"


NO_CODE = "Sebutkan kode pemilihannya, misalnya petadini pemilihan ubah pilkada-2024."


def in_force_line(day: date, election: Election) -> str:
    """Write an election in force with its stage of the day, as the page lists it."""
    stage = stage_line(day, election)
    return " · ".join((count_line(day, election), *([stage] if stage else [])))


def in_force_span(opens_on: date, closes_on: date) -> str:
    """Say from when to when an election is in force."""
    return f"Berjalan {period(opens_on, closes_on)}."


def voting_places(places: Sequence[str]) -> str:
    """List the TPS or desa that vote."""
    return f"Yang memilih: {', '.join(places)}."
