"""The map of disagreements: who sees more danger where, told apart by colour and by hatch."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import pandas as pd

from geo.drawing.hatch import Hatch
from lib.output.area_detail import reasons_html
from lib.output.classes import DARK_TEXT, LIGHT_TEXT, NO_REPORT, RiskClass, class_of
from lib.output.hatching import pattern_id
from lib.output.html import render
from lib.output.map_layers import FROM_FRAME, geojson, hover
from lib.records import records
from lib.rules.agreement import LEVELS
from lib.score.agreement import ComparedArea
from lib.texts import agreement as t

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import geopandas as gpd
    from markupsafe import Markup

    from lib.score.agreement import Comparison
    from lib.score.explanation import Reason

# Violet and green-blue: neither belongs to the level of risk. Lines rise to the side that sees more.
_VIOLET, _TEAL = "#5b3c98", "#0b6661"
STANDPOINTS = (
    RiskClass(-2, "theirs_far", t.FAR_LOWER, _VIOLET, LIGHT_TEXT, Hatch((45.0,), 5.0, 1.0, "#ffffff", 0.45)),
    RiskClass(-1, "theirs", t.LOWER, "#b9a6dd", DARK_TEXT, Hatch((45.0,), 9.0, 1.0, "#3a2369", 0.4)),
    RiskClass(0, "same", t.SAME, "#f3f1ea", DARK_TEXT, None),
    RiskClass(1, "ours", t.HIGHER, "#8fcfc7", DARK_TEXT, Hatch((135.0,), 9.0, 1.0, "#06403c", 0.4)),
    RiskClass(2, "ours_far", t.FAR_HIGHER, _TEAL, LIGHT_TEXT, Hatch((135.0,), 5.0, 1.0, "#ffffff", 0.45)),
)
NOT_COMPARED = RiskClass(
    NO_REPORT.index, "not_compared", t.UNKNOWN, NO_REPORT.colour, NO_REPORT.text_colour, NO_REPORT.hatch
)
FARTHEST = 2


def standpoint(difference: float) -> RiskClass:
    """Give the look of a difference in levels (ours - theirs); NaN where not both rate the area."""
    if math.isnan(difference):
        return NOT_COMPARED
    return STANDPOINTS[FARTHEST + max(-FARTHEST, min(FARTHEST, int(difference)))]


def standpoint_layer(
    found: Comparison, geometry: gpd.GeoSeries, our_reasons: Mapping[str, Sequence[Reason]]
) -> dict[str, Any]:
    """Make the compared areas with a polygon into GeoJSON.

    Properties: kode, fill, css_class, hover and detail (HTML, escaped).

    `geometry`: polygons in EPSG:4326 by area_code, None without. `our_reasons`: why an area has our class, by
    area_code, as from `lib.score.explanation.reasons`.
    """
    shapes = geometry.reindex(found.areas["area_code"])
    drawn = found.areas[shapes.notna().to_numpy()]
    properties = [
        {
            "kode": row.area_code,
            "fill": look.colour,
            "css_class": pattern_id(look),
            "hover": hover(row.area_name, words),
            "detail": _detail(row, found.agency, words, our_reasons[row.area_code]),
        }
        for row in records(drawn, ComparedArea)
        for look, words in ((standpoint(row.difference), both_words(row, found.agency)),)
    ]
    return geojson(pd.DataFrame(properties), shapes[shapes.notna()])


def our_words(row: ComparedArea) -> str:
    """Name our class of an area."""
    return t.NOT_RATED if row.class_index < 0 else class_of(row.class_index).name.lower()


def their_words(row: ComparedArea) -> str:
    """Name the level that a body gave an area."""
    return t.NOT_RATED_THEIRS if row.their_level < 0 else LEVELS[row.their_level]


def both_words(row: ComparedArea, agency: str) -> str:
    """Put our class and the body's level side by side."""
    return t.both_classes(our_words(row), their_words(row), agency)


def their_reason(row: ComparedArea) -> str:
    """Give the body's own reason, or say that it gave none."""
    return row.reason or t.NO_REASON


def _detail(row: ComparedArea, agency: str, words: str, our_reasons: Sequence[Reason]) -> Markup:
    return render(
        "agreement_detail.html",
        name=row.area_name,
        district=row.district_name,
        code=row.area_code,
        both=words,
        our_head=t.OUR_REASON,
        our_reasons=reasons_html(our_reasons, root=FROM_FRAME, new_tab=True),
        their_head=t.their_reason_head(agency),
        their_reason=their_reason(row) if row.their_level >= 0 else "",
    )
