"""What people read at the entrance, about themselves and about accounts, and why they are refused."""

from __future__ import annotations

from lib.people import errors

PEOPLE: dict[type[Exception], str] = {
    errors.NotInError: "Belum ada yang masuk, atau sesinya sudah berakhir. Muat ulang halaman ini untuk masuk.",
    errors.NoRightsError: "{shown} belum diberi hak di wilayah {region_code}. Mintalah kepada admin.",
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
}

# Why a house is open.
NO_LOCK = "belum ada akun berkata sandi dan belum ada penyedia akun (PETADINI_OIDC)"
NO_TLS = (
    "PETADINI_ALAMAT tidak menyebut alamat https, dari sertifikat sendiri (PETADINI_TLS_SERTIFIKAT) atau dari server "
    "perantara"
)
NO_ACCOUNTS = "PETADINI_TANPA_AKUN meniadakan kunci"
