"""The command `petadini`: the same functions as the pages, without Streamlit."""

from __future__ import annotations

import argparse
import re
import sys
from datetime import date
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from lib.output.layers import LAYERS
from lib.texts import cli as t
from lib.texts.errors import sentence

if TYPE_CHECKING:
    from collections.abc import Sequence

REFUSED = 2


class Parser(argparse.ArgumentParser):
    """An argument parser that speaks Indonesian."""

    def __init__(self, **options: object) -> None:
        super().__init__(add_help=False, **options)  # type: ignore[arg-type]
        self._positionals.title = t.POSITIONALS
        self._optionals.title = t.OPTIONS
        self.add_argument("-h", "--help", action="help", help=t.HELP)

    def format_usage(self) -> str:
        """Write the usage line."""
        return super().format_usage().replace("usage: ", t.USAGE, 1)

    def format_help(self) -> str:
        """Write the help page."""
        return super().format_help().replace("usage: ", t.USAGE, 1)

    def error(self, message: str) -> None:  # type: ignore[override]
        """Say in Indonesian what is wrong with the command line, and stop with code 2."""
        for pattern, replacement in t.ARGPARSE:
            message = re.sub(pattern, replacement, message)
        self.exit(REFUSED, t.ERROR.format(message=message, program=self.prog) + "\n")


def main(arguments: Sequence[str] | None = None) -> int:
    """Carry out one command.

    Returns
    -------
    code
        0 done, 1 the store is not healthy (`periksa`), 2 refused with a sentence on standard error.
    """
    chosen = parser().parse_args(arguments)
    # Imported late: --help and the dashboard's start need not wait two seconds for what the others import.
    module: Any = import_module("lib.serving" if chosen.run == "serve" else "lib.commands")
    try:
        return int(getattr(module, chosen.run)(chosen))
    except module.REFUSALS as error:
        sys.stderr.write(f"{t.ERROR_PREFIX}: {sentence(error)}\n")
        return REFUSED


def parser() -> Parser:
    """Build the parser of every command."""
    root = Parser(prog="petadini", description=t.PROGRAM)
    adding = root.add_subparsers(title=t.COMMANDS, metavar=t.COMMANDS, required=True, parser_class=Parser)

    def command(name: str, run: str) -> Parser:
        made: Parser = adding.add_parser(name, help=t.SUMMARIES[name], description=t.SUMMARIES[name])
        made.set_defaults(run=run)
        return made

    def region_option(made: Parser, *, required: bool = False) -> None:
        made.add_argument("--wilayah", metavar="KODE", required=required, help=t.ARGUMENTS["wilayah"])

    made = command("siapkan", "prepare")
    region_option(made, required=True)
    made.add_argument("--batas", type=Path, metavar="BERKAS", help=t.ARGUMENTS["batas"])

    made = command("demo", "demo")
    made.add_argument("--jika-kosong", action="store_true", help=t.ARGUMENTS["jika_kosong"])

    made = command("simulasi", "simulate")
    region_option(made)
    made.add_argument("--kejadian", type=int, default=1500, metavar="N", help=t.ARGUMENTS["kejadian"])
    made.add_argument("--benih", type=int, default=7, metavar="N", help=t.ARGUMENTS["benih"])
    made.add_argument("--pemilihan", metavar="KODE", help=t.ARGUMENTS["pemilihan"])
    made.add_argument("--per", type=_day, metavar="TANGGAL", help=t.ARGUMENTS["per"])
    made.add_argument("--keluar", type=Path, required=True, metavar="FOLDER", help=t.ARGUMENTS["keluar_folder"])

    made = command("impor", "take_in")
    made.add_argument("jenis", choices=("batas", "tps", "kejadian"), metavar="JENIS", help=t.ARGUMENTS["jenis"])
    made.add_argument("berkas", type=Path, metavar="BERKAS", help=t.ARGUMENTS["berkas"])
    made.add_argument("--json", action="store_true", help=t.ARGUMENTS["json"])
    region_option(made)

    made = command("templat", "template")
    made.add_argument("jenis", choices=("kejadian", "tps"), metavar="JENIS", help=t.ARGUMENTS["jenis_templat"])
    made.add_argument("--keluar", type=Path, metavar="BERKAS", help=t.ARGUMENTS["keluar_berkas"])
    region_option(made)

    for name, run, option in (("skor", "score", "csv"), ("peta", "sheet", "png")):
        made = command(name, run)
        region_option(made)
        made.add_argument("--per", type=_day, metavar="TANGGAL", help=t.ARGUMENTS["per"])
        made.add_argument("--pemilihan", metavar="KODE", help=t.ARGUMENTS["pemilihan"])
        made.add_argument(f"--{option}", type=Path, required=True, metavar="BERKAS", help=t.ARGUMENTS[option])
    made.add_argument("--ukuran", choices=("1920x1080", "a4", "a3"), default="1920x1080", help=t.ARGUMENTS["ukuran"])
    made.add_argument("--lapisan", type=_layers, default=(), metavar="LAPISAN", help=t.ARGUMENTS["lapisan"])

    region_option(command("riwayat", "history"))

    made = command("batal", "undo")
    made.add_argument("nomor", metavar="NOMOR", help=t.ARGUMENTS["nomor"])
    made.add_argument("--alasan", required=True, help=t.ARGUMENTS["alasan"])
    region_option(made)

    made = command("bekukan", "freeze")
    made.add_argument("--per", type=_day, required=True, metavar="TANGGAL", help=t.ARGUMENTS["per"])
    made.add_argument("--alasan", required=True, help=t.ARGUMENTS["alasan"])
    region_option(made)

    command("periksa", "check")

    made = command("jalankan", "serve")
    made.add_argument("--port", type=int, default=8501, metavar="N", help=t.ARGUMENTS["port"])
    return root


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(t.bad_date(text)) from error


def _layers(text: str) -> tuple[str, ...]:
    chosen = tuple(sorted({part.strip() for part in text.split(",") if part.strip()}))
    if not set(chosen) <= set(LAYERS):
        raise argparse.ArgumentTypeError(t.bad_layers(text, LAYERS))
    return chosen


if __name__ == "__main__":
    sys.exit(main())
