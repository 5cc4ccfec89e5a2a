"""The command `petadini`: the same functions as the pages, without Streamlit."""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Callable
from datetime import date
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from data.characters import visible
from lib.commands.people_options import people_commands
from lib.commands.store_options import store_commands
from lib.output.layer_names import LAYERS
from lib.texts import cli as t
from lib.texts.elections import KIND_NAMES, unreadable_stage

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

REFUSED = 2
# Name, and where it is carried out: a module beside this one, and a function in it.
Command = Callable[[str, str], "Parser"]


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


class KindWords:
    """The words of the kinds of rows that files hold, behind some others."""

    def __init__(self, *others: str) -> None:
        self._others = others

    def __iter__(self) -> Iterator[str]:
        """Walk them once a command asks; imported late, as what carries out a command is."""
        from lib.intake.kinds import of_files  # noqa: PLC0415

        yield from (*self._others, *(kind.word for kind in of_files()))


def main(arguments: Sequence[str] | None = None) -> int:
    """Carry out one command: 0 done, 1 store not healthy (`periksa`), 2 refused with a sentence on standard error."""
    chosen = parser().parse_args(arguments)
    # Imported late: --help need not wait for what the commands import.
    from data.errors import translated  # noqa: PLC0415
    from lib.commands.asked import REFUSALS  # noqa: PLC0415
    from lib.commands.taken import keep_taken  # noqa: PLC0415

    module_name, _, function = chosen.run.partition(":")
    module: Any = import_module(f"lib.commands.{module_name}")
    try:
        with translated():
            code = int(getattr(module, function)(chosen))
            keep_taken(chosen)
            return code
    except REFUSALS as error:
        from lib.texts.errors import sentence  # noqa: PLC0415

        sys.stderr.write(f"{t.ERROR_PREFIX}: {visible(sentence(error))}\n")
        return REFUSED


def parser() -> Parser:
    """Build the parser of every command."""
    root = Parser(prog="petadini", description=t.PROGRAM)
    adding = root.add_subparsers(title=t.COMMANDS, metavar=t.COMMANDS, required=True, parser_class=Parser)

    def command(name: str, run: str) -> Parser:
        made: Parser = adding.add_parser(name, help=t.SUMMARIES[name], description=t.SUMMARIES[name])
        made.set_defaults(run=run)
        return made

    _region_commands(command)
    _election_command(command)
    _import_commands(command)
    _report_commands(command)
    _output_commands(command)
    _warning_commands(command)
    store_commands(command)
    people_commands(command)
    return root


def _region_commands(command: Command) -> None:
    made = command("siapkan", "prepare:prepare")
    _region_option(made, required=True)
    made.add_argument("--batas", type=Path, metavar="BERKAS", help=t.ARGUMENTS["batas"])

    made = command("demo", "demo:demo")
    made.add_argument("--jika-kosong", action="store_true", help=t.ARGUMENTS["jika_kosong"])

    made = command("simulasi", "demo:simulate")
    _region_option(made)
    made.add_argument("--kejadian", type=int, default=1500, metavar="N", help=t.ARGUMENTS["kejadian"])
    made.add_argument("--benih", type=int, default=7, metavar="N", help=t.ARGUMENTS["benih"])
    made.add_argument("--pemilihan", metavar="KODE", help=t.ARGUMENTS["pemilihan"])
    _day_option(made)
    made.add_argument("--keluar", type=Path, required=True, metavar="FOLDER", help=t.ARGUMENTS["keluar_folder"])


def _election_command(command: Command) -> None:
    made = command("pemilihan", "elections:elections")
    made.add_argument(
        "tindakan", nargs="?", choices=("daftar", "tambah", "ubah"), default="daftar", help=t.ARGUMENTS["tindakan"]
    )
    made.add_argument("kode", nargs="?", metavar="KODE", help=t.ARGUMENTS["kode_pemilihan"])
    made.add_argument("--nama", metavar="TEKS", help=t.ARGUMENTS["nama_pemilihan"])
    made.add_argument("--jenis", choices=tuple(KIND_NAMES), metavar="JENIS", help=t.ARGUMENTS["jenis_pemilihan"])
    made.add_argument("--hari", type=_day, metavar="TANGGAL", help=t.ARGUMENTS["hari_pemilihan"])
    made.add_argument("--dasar-hukum", metavar="TEKS", help=t.ARGUMENTS["dasar_hukum"])
    made.add_argument("--maks-pemilih", type=int, metavar="N", help=t.ARGUMENTS["maks_pemilih"])
    made.add_argument("--bukan-rabu", metavar="ALASAN", help=t.ARGUMENTS["bukan_rabu"])
    made.add_argument("--mengulang", metavar="KODE", help=t.ARGUMENTS["mengulang"])
    made.add_argument("--tps", action="append", metavar="KODE/NOMOR", help=t.ARGUMENTS["tps_pemilihan"])
    made.add_argument("--desa", action="append", metavar="KODE", help=t.ARGUMENTS["desa_pemilihan"])
    made.add_argument("--e-voting", action="store_true", help=t.ARGUMENTS["e_voting"])
    made.add_argument(
        "--tahapan",
        type=_stage,
        action="append",
        default=[],
        metavar="NAMA=MULAI..SELESAI",
        help=t.ARGUMENTS["tahapan"],
    )
    checked = made.add_mutually_exclusive_group()
    checked.add_argument(
        "--belum-dicocokkan", action="store_const", const=True, default=None, help=t.ARGUMENTS["belum_dicocokkan"]
    )
    checked.add_argument(
        "--sudah-dicocokkan",
        action="store_const",
        const=False,
        dest="belum_dicocokkan",
        help=t.ARGUMENTS["sudah_dicocokkan"],
    )
    made.add_argument("--cabut", action="store_true", help=t.ARGUMENTS["cabut"])
    made.add_argument("--alasan", type=_reason, help=t.ARGUMENTS["alasan"])
    made.add_argument("--pada", type=_day, metavar="TANGGAL", help=t.ARGUMENTS["pada"])
    _region_option(made)


def _import_commands(command: Command) -> None:
    made = command("impor", "intake:take_in")
    made.add_argument("jenis", choices=KindWords("batas"), metavar="JENIS", help=t.ARGUMENTS["jenis"])
    made.add_argument("berkas", type=Path, metavar="BERKAS", help=t.ARGUMENTS["berkas"])
    made.add_argument("--coba", action="store_true", help=t.ARGUMENTS["coba"])
    made.add_argument("--json", action="store_true", help=t.ARGUMENTS["json"])
    _import_options(made)
    _region_option(made)

    made = command("karantina", "intake:quarantine")
    made.add_argument("nomor", metavar="NOMOR", help=t.ARGUMENTS["nomor"])
    made.add_argument("--keluar", type=Path, metavar="BERKAS", help=t.ARGUMENTS["keluar_berkas"])
    _region_option(made)

    command("pemetaan", "intake:mappings")

    made = command("templat", "template:template")
    made.add_argument("jenis", choices=KindWords(), metavar="JENIS", help=t.ARGUMENTS["jenis"])
    made.add_argument("--keluar", type=Path, metavar="BERKAS", help=t.ARGUMENTS["keluar_berkas"])
    _region_option(made)

    _region_option(command("riwayat", "history:history"))

    made = command("batal", "undo:undo")
    made.add_argument("nomor", metavar="NOMOR", help=t.ARGUMENTS["nomor"])
    _reason_option(made)
    _region_option(made)


def _report_commands(command: Command) -> None:
    made = command("verifikasi", "reports:verify")
    made.add_argument("status", metavar="STATUS", help=t.ARGUMENTS["status"])
    made.add_argument("laporan", nargs="+", metavar="NOMOR:BARIS", help=t.ARGUMENTS["laporan"])
    made.add_argument("--sumber", choices=tuple("ABCDEF"), metavar="A-F", help=t.ARGUMENTS["nilai_sumber"])
    made.add_argument("--isi", choices=tuple("123456"), metavar="1-6", help=t.ARGUMENTS["nilai_isi"])
    _reason_option(made)
    _region_option(made)

    made = command("ganda", "reports:candidates")
    _day_option(made)
    _region_option(made)

    for name, run in (("gabung", "merge"), ("pisah", "keep_apart")):
        made = command(name, f"reports:{run}")
        made.add_argument("laporan", nargs="+", metavar="NOMOR:BARIS", help=t.ARGUMENTS["laporan"])
        _reason_option(made)
        _region_option(made)

    made = command("kelengkapan", "reports:completeness")
    made.add_argument("--csv", type=Path, required=True, metavar="BERKAS", help=t.ARGUMENTS["csv"])
    _day_option(made)
    _region_option(made)


def _output_commands(command: Command) -> None:
    made = command("ringkas", "brief:summary")
    made.add_argument("--json", action="store_true", help=t.ARGUMENTS["json"])
    made.add_argument("--pemilihan", metavar="KODE", help=t.ARGUMENTS["pemilihan"])
    _day_option(made)
    _region_option(made)

    for name, run, option in (("skor", "score", "csv"), ("peta", "sheet", "png")):
        made = command(name, f"{run}:{run}")
        _region_option(made)
        _day_option(made)
        made.add_argument("--pemilihan", metavar="KODE", help=t.ARGUMENTS["pemilihan"])
        made.add_argument(
            f"--{option}", type=Path, required=option == "csv", metavar="BERKAS", help=t.ARGUMENTS[option]
        )
    made.add_argument("--kecamatan", action="append", default=[], metavar="NAMA|KODE", help=t.ARGUMENTS["kecamatan"])
    made.add_argument("--ukuran", type=_size, default="1920x1080", metavar="UKURAN", help=t.ARGUMENTS["ukuran"])
    made.add_argument("--lapisan", type=_layers, default=(), metavar="LAPISAN", help=t.ARGUMENTS["lapisan"])

    made = command("bekukan", "freeze:freeze")
    made.add_argument("--per", type=_day, required=True, metavar="TANGGAL", help=t.ARGUMENTS["per"])
    _reason_option(made)
    _region_option(made)


def _warning_commands(command: Command) -> None:
    made = command("skor-tps", "stations:station_scores")
    made.add_argument("--csv", type=Path, required=True, metavar="BERKAS", help=t.ARGUMENTS["csv"])
    made.add_argument("--pemilihan", metavar="KODE", help=t.ARGUMENTS["pemilihan"])
    _day_option(made)
    _region_option(made)

    made = command("peringatan", "alerts:alerts")
    forms = made.add_mutually_exclusive_group()
    forms.add_argument("--csv", type=Path, metavar="BERKAS", help=t.ARGUMENTS["csv"])
    forms.add_argument("--json", action="store_true", help=t.ARGUMENTS["json"])
    made.add_argument("--terbitkan", action="store_true", help=t.ARGUMENTS["terbitkan"])
    _day_option(made)
    _region_option(made)

    made = command("ramalan", "forecasts:forecasts")
    made.add_argument("--hari", type=int, choices=(7, 14), default=7, metavar="7|14", help=t.ARGUMENTS["hari"])
    made.add_argument("--csv", type=Path, metavar="BERKAS", help=t.ARGUMENTS["csv"])
    made.add_argument("--terbitkan", action="store_true", help=t.ARGUMENTS["terbitkan"])
    _day_option(made)
    _region_option(made)

    made = command("titik-panas", "hotspots:hotspots")
    made.add_argument("--csv", type=Path, required=True, metavar="BERKAS", help=t.ARGUMENTS["csv"])
    _day_option(made)
    _region_option(made)

    made = command("rapor", "scorecard:scorecard")
    made.add_argument("--json", action="store_true", help=t.ARGUMENTS["json"])
    _day_option(made)
    _region_option(made)

    made = command("ujibalik", "backtest:external")
    made.add_argument("--kejadian", type=Path, required=True, metavar="BERKAS", help=t.ARGUMENTS["kejadian_luar"])
    made.add_argument("--area", type=Path, required=True, metavar="BERKAS", help=t.ARGUMENTS["area_luar"])
    made.add_argument("--kolom-kode", metavar="NAMA", help=t.ARGUMENTS["kolom_kode"])
    made.add_argument("--hari", type=int, choices=(7, 14), default=7, metavar="7|14", help=t.ARGUMENTS["hari"])
    made.add_argument("--json", action="store_true", help=t.ARGUMENTS["json"])
    _day_option(made)


def _region_option(made: Parser, *, required: bool = False) -> None:
    made.add_argument("--wilayah", metavar="KODE", required=required, help=t.ARGUMENTS["wilayah"])


def _day_option(made: Parser) -> None:
    made.add_argument("--per", type=_day, metavar="TANGGAL", help=t.ARGUMENTS["per"])


def _reason_option(made: Parser) -> None:
    made.add_argument("--alasan", type=_reason, required=True, help=t.ARGUMENTS["alasan"])


def _import_options(made: Parser) -> None:
    """Add the options that settle what a file may leave open."""
    made.add_argument("--pemetaan", metavar="NAMA|BERKAS.toml", help=t.ARGUMENTS["pemetaan"])
    made.add_argument("--lembar", metavar="NAMA", help=t.ARGUMENTS["lembar"])
    made.add_argument("--baris-judul", type=int, metavar="N", help=t.ARGUMENTS["baris_judul"])
    made.add_argument("--crs", metavar="EPSG:KODE", help=t.ARGUMENTS["crs"])
    made.add_argument(
        "--sistem-kode", choices=("kemendagri", "bps"), default="kemendagri", help=t.ARGUMENTS["sistem_kode"]
    )
    made.add_argument("--edisi", metavar="TEKS", help=t.ARGUMENTS["edisi"])
    made.add_argument(
        "--urutan-tanggal", choices=("hari-bulan-tahun", "bulan-hari-tahun"), help=t.ARGUMENTS["urutan_tanggal"]
    )
    made.add_argument("--tahun", type=int, metavar="TAHUN", help=t.ARGUMENTS["tahun"])
    made.add_argument("--pemilihan", metavar="KODE", help=t.ARGUMENTS["pemilihan_impor"])
    made.add_argument("--tanpa-perbaikan", action="store_true", help=t.ARGUMENTS["tanpa_perbaikan"])
    made.add_argument(
        "--samakan",
        type=_same_place,
        action="append",
        default=[],
        metavar="NAMA/KECAMATAN=KODE",
        help=t.ARGUMENTS["samakan"],
    )
    made.add_argument(
        "--isi", type=_filled, action="append", default=[], metavar="KOLOM=NILAI", help=t.ARGUMENTS["isi"]
    )


def _same_place(text: str) -> tuple[tuple[str, str], str | None]:
    """Read the answer to a question about a name; an empty code says that it is none of ours."""
    names, separator, code = text.rpartition("=")
    if not separator or not names.strip():
        raise argparse.ArgumentTypeError(t.bad_answer(text))
    name, _, district = names.partition("/")
    return (name.strip(), district.strip()), code.strip() or None


def _filled(text: str) -> tuple[str, str]:
    """Read what a column holds in all rows."""
    column, _, value = (part.strip() for part in text.partition("="))
    if not column or not value:
        raise argparse.ArgumentTypeError(t.bad_filling(text))
    return column.lower(), value


def _reason(text: str) -> str:
    if not text.strip():
        raise argparse.ArgumentTypeError(t.EMPTY_REASON)
    return text.strip()


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(t.bad_date(text)) from error


def _stage(text: str) -> tuple[str, date, date]:
    """Read a stage written NAME=FIRST..LAST, or NAME=DAY."""
    name, _, days = text.partition("=")
    first, separator, last = days.partition("..")
    try:
        start, end = date.fromisoformat(first.strip()), date.fromisoformat((last if separator else first).strip())
    except ValueError as error:
        raise argparse.ArgumentTypeError(unreadable_stage(text)) from error
    if not name.strip():
        raise argparse.ArgumentTypeError(unreadable_stage(text))
    return name.strip(), start, end


def _size(text: str) -> str:
    from geo.drawing.sheet import pixel_size  # noqa: PLC0415 - only a sheet needs what draws it

    try:
        pixel_size(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(t.bad_size(text)) from error
    return text


def _layers(text: str) -> tuple[str, ...]:
    chosen = tuple(sorted({part.strip() for part in text.split(",") if part.strip()}))
    if not set(chosen) <= set(LAYERS):
        raise argparse.ArgumentTypeError(t.bad_layers(text, LAYERS))
    return chosen
