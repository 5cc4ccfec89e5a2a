"""The trail as a table, and as a file to take away."""

from __future__ import annotations

import json
from datetime import datetime
from typing import TYPE_CHECKING

import pandas as pd

from lib.output.csv_file import csv_bytes
from lib.texts.trail import facts

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import tzinfo

    from lib.people.trail import Line

COLUMNS = ("nomor", "waktu", "pelaku", "perbuatan", "keterangan", "segel")


def trail_table(lines: Sequence[Line], zone: tzinfo) -> pd.DataFrame:
    """Write lines of the trail with their moments in one time zone; columns `COLUMNS`."""
    rows = [
        (
            line.number,
            f"{datetime.fromisoformat(line.at).astimezone(zone):%d/%m/%Y %H.%M.%S}",
            line.actor,
            line.deed,
            facts(json.loads(line.what)),
            line.seal,
        )
        for line in lines
    ]
    return pd.DataFrame(rows, columns=list(COLUMNS))


def trail_csv(lines: Sequence[Line], zone: tzinfo) -> bytes:
    """Write lines of the trail as CSV, the newest first."""
    return csv_bytes(trail_table(lines, zone))
