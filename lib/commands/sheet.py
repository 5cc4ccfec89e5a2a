"""The command that draws the map sheet of a day."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lib.commands.asked import open_store, question_of, region_of
from lib.commands.terminal import say
from lib.output.question_sheet import sheet_png
from lib.texts import cli as t

if TYPE_CHECKING:
    from argparse import Namespace


def sheet(arguments: Namespace) -> int:
    """Draw the map sheet of a day as PNG."""
    lake, chosen = open_store()
    filters = question_of(lake, region_of(lake, arguments), arguments, chosen)
    arguments.png.write_bytes(sheet_png(lake, filters, size=arguments.ukuran, layers=arguments.lapisan))
    say(t.written(str(arguments.png)))
    return 0
