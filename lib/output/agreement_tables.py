"""The comparison with another body as a plain table, a cross table in HTML, and CSV."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from lib.indonesian import whole
from lib.output.classes import CLASSES, NO_REPORT
from lib.output.csv_file import csv_bytes
from lib.output.html import render
from lib.rules.agreement import LEVELS
from lib.texts import agreement as t
from lib.texts.score_tables import SIMULATED_MARK

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from markupsafe import Markup

    from lib.score.agreement import Comparison
    from lib.score.explanation import Reason


def comparison_table(
    found: Comparison, our_reasons: Mapping[str, Sequence[Reason]], *, simulated: bool
) -> pd.DataFrame:
    """Make the table of the comparison: disagreements first, in their order, then the other areas by code.

    Columns: kode, nama, kecamatan, skor, kelas_kami, tingkat_kami, lembaga, edisi, tingkat_lembaga, selisih (levels,
    ours - theirs; empty where not both rate the area), alasan_kami, alasan_lembaga, and penanda where the data are
    simulated.
    """
    first = found.disagreements
    areas = pd.concat([first, found.areas.drop(index=first.index)], ignore_index=True)
    names = {entry.index: entry.name for entry in (*CLASSES, NO_REPORT)}
    levels = dict(enumerate(LEVELS))
    table = pd.DataFrame(
        {
            "kode": areas["area_code"],
            "nama": areas["area_name"],
            "kecamatan": areas["district_name"],
            "skor": areas["score"].round(1),
            "kelas_kami": areas["class_index"].map(names),
            "tingkat_kami": areas["our_level"].map(levels),
            "lembaga": found.agency,
            "edisi": found.edition,
            "tingkat_lembaga": areas["their_level"].map(levels),
            "selisih": areas["difference"].astype("Int64"),
            "alasan_kami": [" ".join(one.sentence for one in our_reasons[code]) for code in areas["area_code"]],
            "alasan_lembaga": areas["reason"].fillna(""),
        }
    )
    return table.assign(penanda=SIMULATED_MARK) if simulated else table


def comparison_csv(found: Comparison, our_reasons: Mapping[str, Sequence[Reason]], *, simulated: bool) -> bytes:
    """Write the table of the comparison as CSV: UTF-8, comma, decimal point."""
    table = comparison_table(found, our_reasons, simulated=simulated)
    return csv_bytes(table)


def cross_html(found: Comparison, unit: str) -> Markup:
    """Draw the cross table: our levels down, the body's across, the highest first; agreement is marked."""
    table = found.table[::-1, ::-1]
    levels = LEVELS[::-1]
    return render(
        "cross.html",
        caption=t.table_caption(found.agency, unit),
        levels=levels,
        rows=[
            (level, [whole(int(count)) for count in counts], whole(int(counts.sum())))
            for level, counts in zip(levels, table, strict=True)
        ],
        sums=[whole(int(count)) for count in table.sum(axis=0)],
        all=whole(found.compared_count),
        same=t.SAME_CELL,
        total=t.TOTAL,
    )
