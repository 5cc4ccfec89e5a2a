"""The card for a phone: what its headline, its reasons and its lines of the unknown say."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from geo.drawing.sheet import Card
from lib.output.sheet_content import Shown, ranked_areas, sheet_number
from lib.output.sheet_view import class_rows, mark_rows, no_class_reason, view_of
from lib.records import records
from lib.score.answers import SILENT
from lib.texts import card as t_card
from lib.texts import sheet as t

if TYPE_CHECKING:
    from lib.output.sheet_content import MapSheet

CARD_BADGES = 3
THIN = "thin"  # on a card told in words: often half of the areas carry it
GRAVE = 3  # the class from which on a headline calls an area the most at risk


def compose_card(content: MapSheet) -> Card:
    """Set every text of the card: the headline of the gravest area, its reasons, and what is not known.

    The gravest area is the highest under Siaga, else the highest of all. Raises `ValueError` as `compose` does.
    """
    rows = list(records(ranked_areas(content), Shown))
    unit = content.unit_word
    siaga = [row for row in rows if row.siaga]
    severe = [row.area_name for row in rows if row.severe]
    gravest = next(iter(siaga or [row for row in rows if row.class_index >= 0]), None)
    whole = view_of(content, badges=CARD_BADGES)
    areas = [replace(area, marks=tuple(mark for mark in area.marks if mark.code != THIN)) for area in whole.areas]
    view = replace(whole, areas=tuple(areas), names=False, locator=None)
    if siaga:
        headline = t_card.siaga([row.area_name for row in siaga], unit)
    elif gravest:
        headline = t_card.highest(
            gravest.area_name, gravest.look.name, gravest.score, unit, grave=gravest.class_index >= GRAVE
        )
    else:
        headline = t_card.nothing_judged(unit)
    missing = [row.area_name for row in rows if row.geometry is None or row.geometry.is_empty]
    return Card(
        view=view,
        band=t.band(content.classification, simulated=content.simulated, short=True),
        corner=content.countdown,
        headline=headline,
        lines=(
            content.scope,
            t_card.day_line(content.as_of, content.election_name, content.asked),
            *([content.voters_words] if content.voters_words else []),
            *([t_card.severe(severe, unit)] if severe else []),
        ),
        legend_rows=tuple(
            replace(row, count_text=row.count_text.split()[0])
            for row in class_rows(content, rows)
            if row.range_text or row.count_text.split()[0] != "0"
        ),
        mark_rows=tuple(
            replace(row, text=t_card.MARK_NAMES.get(row.mark.code, row.text), count_text=row.count_text.split()[0])
            for row in mark_rows(rows, unit)
            if row.mark.code != THIN
        ),
        ranks=t_card.ranks([(row.area_name, row.score) for row in rows if row.class_index >= 0][:CARD_BADGES]),
        reasons_title=t_card.why(gravest.area_name) if gravest else t_card.WHY_NOT,
        reasons=(gravest.why or ()) if gravest else t_card.no_reasons(no_class_reason(content, rows)),
        unknown_title=t_card.UNKNOWN,
        unknown=t_card.unknown(
            {
                reason: [row.area_name for row in rows if row.class_index < 0 and (row.unclassed or SILENT) == reason]
                for reason in ("tidak_terdengar", "diam", "kurang")
            }
            | {"belum_diperiksa": [row.area_name for row in rows if row.unverified]}
            | {"menipis": [row.area_name for row in rows if row.thin], "tanpa_batas": missing},
            content.roll_words,
        ),
        footer=(
            f"{t.data_as_of(content.as_of)}  ·  {sheet_number(content)}",
            *((t.made_by(content.author, content.agency),) if content.author or content.agency else ()),
            t.boundaries(content.boundary_edition),
        ),
    )
