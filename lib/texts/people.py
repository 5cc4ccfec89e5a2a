"""What people read at the entrance, about themselves and about accounts, and why they are refused."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lib.people import errors
from lib.people.actor import GRANTS, May, Role

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lib.people.accounts import Account
    from lib.people.actor import Grant

PEOPLE: dict[type[Exception], str] = {
    errors.NotInError: "Belum ada yang masuk, atau sesinya sudah berakhir. Muat ulang halaman ini untuk masuk.",
    errors.WaitError: "Terlalu banyak kata sandi keliru. Coba lagi dalam {seconds} detik.",
    errors.SwitchedOffError: "Akun “{name}” sudah dicabut. Hubungi admin.",
    errors.NoAccountError: "Tidak ada akun bernama “{name}”. Lihat namanya dengan “petadini akun daftar”.",
    errors.AccountNameError: (
        "“{name}” tidak dapat menjadi nama akun. Pakai 2 sampai 40 huruf kecil, angka, titik, garis bawah, atau "
        "tanda hubung, dan mulai dengan huruf."
    ),
    errors.ShortPasswordError: (
        "Kata sandi ini {length} karakter; yang diterima paling sedikit {shortest}. Beberapa kata yang tidak "
        "berhubungan mudah diingat dan sulit ditebak."
    ),
    errors.GuessedPasswordError: (
        "Kata sandi ini terlalu mudah ditebak: memuat nama akun “{name}”, atau satu karakter berulang."
    ),
    errors.OpenHouseError: (
        "Dasbor tidak dibuka di alamat {address}: dari sana komputer lain dapat mencapainya, padahal {lacks}. "
        "Jalankan tanpa alamat itu untuk satu komputer, atau lengkapi menurut “Untuk beberapa orang” di README."
    ),
    errors.AddressError: (
        "PETADINI_ALAMAT berisi “{address}”; isilah dengan alamat yang diketik orang, misalnya "
        "https://petadini.contoh.go.id. Alamat tanpa https hanya untuk komputer ini sendiri."
    ),
    errors.UnclearAccountError: "{lacks}",
    errors.ProviderError: (
        "Penyedia akun dinas tidak menjawab atau menolak. Coba sekali lagi; bila tetap gagal, hubungi pengelolanya."
    ),
    errors.NoRoleError: "Akun dinas ini belum diberi peran di Petadini. Hubungi admin.",
}

# Why a house is open.
NO_LOCK = "belum ada akun berkata sandi dan belum ada penyedia akun (PETADINI_OIDC)"
NO_TLS = (
    "PETADINI_ALAMAT tidak menyebut alamat https, dari sertifikat sendiri (PETADINI_TLS_SERTIFIKAT) atau dari server "
    "perantara"
)
NO_ACCOUNTS = "PETADINI_TANPA_AKUN meniadakan kunci"

# The door.
FOREIGN_NAME = "Alamat ini bukan alamat Petadini."
FOREIGN_ORIGIN = "Permintaan ini tidak datang dari halaman Petadini."
LOG_IN_FIRST = "Masuk dahulu."

# The entrance.
ENTRANCE_TITLE = "Masuk"
ENTRANCE_LEAD = "Peta deteksi dini konflik sosial"
NAME = "Nama pengguna"
PASSWORD = "Kata sandi"  # noqa: S105 - the word
LOG_IN = "Masuk"
WITH_PROVIDER = "Masuk dengan akun dinas"
WRONG = "Nama pengguna atau kata sandi keliru."
OVER = "Sesi sudah berakhir. Masuk lagi untuk melanjutkan."
LINK_USED = "Tautan itu sudah dipakai atau sudah lewat waktunya."
BY_LINK = (
    "Di komputer ini Petadini dibuka dengan tautan sekali pakai. Jalankan “petadini tautan”, atau “make tautan”, di "
    "terminal komputer ini, lalu buka tautan yang dicetaknya."
)
NO_ACCOUNT = "Belum punya akun atau lupa kata sandi? Hubungi admin kantor Anda."

EVERY_REGION = "mana pun"

# The frame.
LEAVE = "Keluar"
YOUR_NAME = "Nama Anda"
KEEP = "Simpan"
WITHOUT_LOCK = "Tanpa akun: untuk uji dan peragaan"
WITHOUT_LOCK_HELP = "PETADINI_TANPA_AKUN=1: siapa pun di komputer ini dapat membuka dan mengubah."


def logged_in(shown: str, roles: Sequence[str]) -> str:
    """Name who is logged in and as what; `shown` is ready for Markdown."""
    return " · ".join((f"**{shown}**", *([", ".join(roles)] if roles else ())))


# The command for accounts.
NEW_PASSWORD = "Kata sandi baru (paling sedikit 12 karakter): "  # noqa: S105 - a question
SAME_PASSWORD = "Sekali lagi: "  # noqa: S105 - a question
NOT_THE_SAME = "Kedua kata sandi itu berbeda. Tidak ada yang disimpan."
NO_ACCOUNTS_YET = "Belum ada akun. Buat yang pertama dengan “petadini akun tambah NAMA --peran PERAN”."
LOCK_NAMES = {"sandi": "kata sandi", "penyedia": "akun dinas", "tautan": "tautan di komputer ini"}
NEEDS_NAME = "Sebutkan nama akunnya."
NEEDS_ROLE = "Sebutkan perannya dengan --peran."


def account_line(account: Account) -> str:
    """Write an account as one line."""
    rights = "; ".join(grant_line(grant) for grant in account.grants) or "tanpa peran"
    state = "" if account.active else " · DICABUT"
    shown = f" ({account.shown})" if account.shown and account.shown != account.name else ""
    sessions = f"{account.sessions} sesi"
    return f"{account.name}{shown} · {rights} · {LOCK_NAMES[account.lock]} · {sessions}{state}"


def grant_line(grant: Grant) -> str:
    """Write what somebody is, where, and what narrows it."""
    scope = grant.scope
    place = f"di {scope.region_code}" if scope.region_code else "di semua wilayah"
    narrowed = [
        f"hanya {word} {', '.join(sorted(names)) or 'tidak satu pun'}"
        for word, names in (("kecamatan", scope.district_codes), ("sumber", scope.sources))
        if names is not None
    ]
    return ", ".join((f"{grant.role} {place}", *narrowed))


def already_there(name: str) -> str:
    """Say that a name is taken, and what can be done instead."""
    return f"Akun “{name}” sudah ada. Ubah haknya dengan “petadini akun ubah {name}”."


def account_kept(name: str) -> str:
    """Say that an account was written."""
    return f"Akun “{name}” disimpan."


def account_withdrawn(name: str) -> str:
    """Say that an account was switched off."""
    return f"Akun “{name}” dicabut dan semua sesinya diakhiri. Namanya tetap tercatat di riwayat."


def sessions_ended(name: str, count: int) -> str:
    """Say how many sessions were ended."""
    return f"{count} sesi “{name}” diakhiri."


DEED_WORDS = {
    May.JUDGE: "menilai laporan, mengubah, dan menerbitkan",
    May.EXPORT: "mengunduh berkas",
    May.IMPORT: "mengimpor",
    May.APPROVE: "menyetujui",
}


def who_may(deed: May) -> str:
    """Say whose role a deed is."""
    roles = [role.value for role in Role if deed in GRANTS[role]]
    return f"Yang dapat {DEED_WORDS.get(deed, deed.value)}: {', '.join(roles)} wilayah ini."
