"""The command that draws the map sheet of a day."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from lib.commands.asked import open_store, question_of, region_of
from lib.commands.terminal import say
from lib.output.question_sheet import sheet_name, sheet_png
from lib.region.areas import district_code
from lib.region.data_state import data_state
from lib.texts import cli as t

if TYPE_CHECKING:
    from argparse import Namespace


def sheet(arguments: Namespace) -> int:
    """Draw the map sheet of a day as PNG, of the whole region or of some kecamatan."""
    lake, chosen = open_store()
    region = region_of(lake, arguments)
    districts = {district_code(lake, region.code, named) for named in arguments.kecamatan}
    filters = replace(question_of(lake, region, arguments, chosen), district_codes=tuple(sorted(districts)))
    simulated = data_state(lake, filters.region_code).simulated
    file = arguments.png or Path(sheet_name(filters, arguments.ukuran, simulated=simulated))
    png = sheet_png(
        lake, filters, size=arguments.ukuran, layers=arguments.lapisan, author=chosen.author, agency=chosen.agency
    )
    file.write_bytes(png)
    say(t.written(str(file)))
    return 0
