"""The options of the commands that serve the dashboard, keep its accounts and decide what was proposed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lib.people.actor import Role
from lib.texts import cli as t

if TYPE_CHECKING:
    from argparse import ArgumentParser
    from collections.abc import Callable

DEEDS = ("daftar", "tambah", "ubah", "cabut", "sandi", "keluarkan")


def people_commands(command: Callable[[str, str], ArgumentParser]) -> None:
    """Add the commands with their options."""
    for name, run in (("jalankan", "serve"), ("tautan", "link")):
        made = command(name, f"serve:{run}")
        made.add_argument("--port", type=int, default=8501, metavar="N", help=t.ARGUMENTS["port"])

    made = command("akun", "accounts:accounts")
    made.add_argument("tindakan", nargs="?", choices=DEEDS, default="daftar", help=t.ARGUMENTS["tindakan_akun"])
    made.add_argument("nama", nargs="?", metavar="NAMA", help=t.ARGUMENTS["nama_akun"])
    made.add_argument("--tampil", default="", metavar="TEKS", help=t.ARGUMENTS["tampil"])
    right = made.add_mutually_exclusive_group()
    right.add_argument("--peran", choices=[role.value for role in Role], help=t.ARGUMENTS["peran"])
    right.add_argument("--hapus-peran", action="store_true", help=t.ARGUMENTS["hapus_peran"])
    made.add_argument("--wilayah", default="", metavar="KODE", help=t.ARGUMENTS["wilayah_akun"])
    made.add_argument("--kecamatan", action="append", metavar="KODE", help=t.ARGUMENTS["kecamatan_akun"])
    made.add_argument("--sumber", action="append", metavar="NAMA", help=t.ARGUMENTS["sumber_akun"])

    made = command("usulan", "proposals:proposals")
    made.add_argument(
        "putusan", nargs="?", choices=("setujui", "tolak"), metavar="PUTUSAN", help=t.ARGUMENTS["putusan"]
    )
    made.add_argument("nomor", nargs="?", metavar="NOMOR", help=t.ARGUMENTS["nomor_usulan"])
    made.add_argument("--alasan", default="", metavar="TEKS", help=t.ARGUMENTS["alasan_usulan"])
    made.add_argument("--wilayah", metavar="KODE", help=t.ARGUMENTS["wilayah"])
