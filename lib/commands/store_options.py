"""The options of the commands that back the store up, bring it back and prove it."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from lib.texts import cli as t

if TYPE_CHECKING:
    from argparse import ArgumentParser
    from collections.abc import Callable


def store_commands(command: Callable[[str, str], ArgumentParser]) -> None:
    """Add the commands with their options."""
    made = command("cadangkan", "backups:backup")
    made.add_argument("berkas", type=Path, metavar="BERKAS", help=t.ARGUMENTS["ke_cadangan"])
    made.add_argument("--simpan", type=_count, metavar="N", help=t.ARGUMENTS["simpan"])
    locks = made.add_mutually_exclusive_group()
    locks.add_argument("--penerima", action="append", metavar="KUNCI_UMUM", help=t.ARGUMENTS["penerima"])
    locks.add_argument("--sandi-dari", type=Path, metavar="BERKAS", help=t.ARGUMENTS["sandi_dari"])

    made = command("pulihkan", "backups:bring_back")
    made.add_argument("berkas", type=Path, metavar="BERKAS", help=t.ARGUMENTS["berkas_cadangan"])
    made.add_argument("--ke", type=Path, metavar="FOLDER", help=t.ARGUMENTS["folder_pulih"])
    locks = made.add_mutually_exclusive_group()
    locks.add_argument("--kunci", type=Path, metavar="BERKAS", help=t.ARGUMENTS["kunci_cadangan"])
    locks.add_argument("--sandi-dari", type=Path, metavar="BERKAS", help=t.ARGUMENTS["sandi_dari"])
    made.add_argument("--kunci-segel", type=Path, metavar="BERKAS", help=t.ARGUMENTS["kunci_segel"])
    made.add_argument("--tanpa-segel", action="store_true", help=t.ARGUMENTS["tanpa_segel"])

    made = command("periksa", "upkeep:check")
    made.add_argument("--bersihkan", action="store_true", help=t.ARGUMENTS["bersihkan"])
    made.add_argument("--segel", action="store_true", help=t.ARGUMENTS["segel"])
    made.add_argument("--kepala", metavar="TEKS", help=t.ARGUMENTS["kepala"])


def _count(text: str) -> int:
    """Read how many of something are to stay: one at least."""
    if not (text.isascii() and text.isdigit() and int(text)):
        raise argparse.ArgumentTypeError(t.bad_count(text))
    return int(text)
