"""The folium map, drawn in the browser without any other host, and the legend beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import streamlit as st

from lib.indonesian import points, whole
from lib.output.classes import class_counts, class_of, legend_rows, mark_counts, marks_of
from lib.output.colourings import NO_DATA
from lib.output.hatching import svg_patterns, swatch
from lib.output.html import render
from lib.output.layer_names import DENSITY, INCIDENTS, STATIONS
from lib.records import AreaRow, records
from lib.region.measure import utm_epsg
from lib.rules.regions import region_profile
from lib.texts import colourings as words
from lib.texts import pages as t
from lib.texts import sheet as t_sheet
from lib.texts.questions import unit_word
from lib.ui.frame import shapes
from lib.ui.frame.canvas import INK, empty_map, show_map
from lib.ui.load import colourings as load_colours
from lib.ui.load import store as load

if TYPE_CHECKING:
    from markupsafe import Markup

    from lib.output.colourings import Coloured
    from lib.score.answers import Assessment

LINE = "#8fa3b3"  # between light colours a white line is none


def layer_switches() -> tuple[str, ...]:
    """Ask which layers lie over the areas; the choice stands in the address."""
    names = {name: code for code, name in t.LAYER_NAMES.items()}
    chosen = st.pills(t.LAYERS, list(names), selection_mode="multi", key="lapisan", bind="query-params")
    return tuple(sorted(names[name] for name in chosen))


def colour_choice() -> str:
    """Ask what colours the areas; the choice stands in the address."""
    codes = {name: code for code, name in words.NAMES.items()}
    chosen = st.selectbox(words.CHOICE, list(codes), key="warnai", bind="query-params", width=380)
    return codes.get(chosen, words.CLASS)


@st.fragment
def risk_map(assessment: Assessment, layers: tuple[str, ...], colouring: str) -> None:
    """Draw the map; moving it, hovering and clicking never run the page again.

    What changes with the question travels as layers, so the view stays where the user moved it.
    """
    filters = assessment.filters
    areas = assessment.areas[assessment.areas.geometry.notna()]
    drawn = empty_map(areas.total_bounds, patterns=svg_patterns(), overlay=DENSITY)
    by_class = colouring == words.CLASS
    layer = load.area_layer(filters) if by_class else load_colours.area_layer(filters, colouring)
    shown = shapes.areas(layer, line="#ffffff" if by_class else LINE, weight=1.2)
    groups = [shapes.with_districts(shown, load.district_layer(filters))]
    if DENSITY in layers:
        epsg = utm_epsg(region_profile(filters.region_code), assessment.areas)
        groups.append(shapes.density(t.LAYER_NAMES[DENSITY], load.density(filters), epsg))
    if STATIONS in layers:
        groups.append(shapes.points(t.LEGEND_STATION, load.station_layer(filters), radius=2.6, fill="#ffffff"))
    if INCIDENTS in layers:
        groups.append(shapes.points(t.LEGEND_INCIDENT, load.incident_layer(filters), radius=3.4, fill=INK))
    groups.append(shapes.marks(t.LEGEND_MARKS, load.mark_layer(filters)))
    show_map(drawn, groups, key=f"peta-{filters.region_code}")


def scope(assessment: Assessment) -> str:
    """Name what the map covers, as its sheet does."""
    return t_sheet.scope(region_profile(assessment.filters.region_code).name, **_shown(assessment))


def _shown(assessment: Assessment) -> dict[str, Any]:
    """Give the chosen kecamatan, none for the whole region, and how many of its areas they hold."""
    filters = assessment.filters
    names = assessment.areas["district_name"].unique().tolist() if filters.district_codes else []
    return {
        "districts": names,
        "shown": len(assessment.areas),
        "total": len(load.area_names(filters.snapshot, filters.region_code)),
        "unit_word": unit_word(region_profile(filters.region_code)),
    }


def legend(assessment: Assessment, layers: tuple[str, ...], colouring: str) -> None:
    """Draw the legend: what is coloured and under which filters, with counts, then the layers switched on."""
    filters = assessment.filters
    region = region_profile(filters.region_code)
    unit = unit_word(region)
    part = t_sheet.part(**_shown(assessment))
    if colouring == words.CLASS:
        caption, rows, notes = t.LEGEND_HEAD, _classes(assessment), []
    else:
        found = load_colours.coloured(filters, colouring)
        caption, rows, notes = words.caption(colouring), _steps(assessment, found), _missing(found, unit)
    marks = (
        (STATIONS, "station", t.LEGEND_STATION),
        (INCIDENTS, "incident", t.LEGEND_INCIDENT),
        (DENSITY, "density", t.density_key(region.density_bandwidth_m)),
    )
    without = assessment.areas.loc[assessment.areas.geometry.isna(), "area_name"]
    shapes.legend(
        f"{caption} · {part}" if part else caption,
        rows,
        glyphs=[(mark.glyph, mark.name, whole(count)) for mark, count in mark_counts(assessment.areas)],
        marks=[(look, text) for layer, look, text in marks if layer in layers],
        notes=[
            words.filtered(colouring, filters, part=part),
            *notes,
            *([t.without_polygon(list(without), unit)] if len(without) else []),
            t.SILENCE,
        ],
    )


def _classes(assessment: Assessment) -> list[tuple[Markup, str, str | None, str]]:
    counts = class_counts(assessment.areas)
    return [
        (swatch(risk), risk.name, scores, whole(counts[risk.code]))
        for risk, scores in legend_rows(assessment.weights.class_cuts)
    ]


def _steps(assessment: Assessment, found: Coloured) -> list[tuple[Markup, str, str | None, str]]:
    """List the steps from the highest down, then what is not known, with the numbers of shown areas."""
    counts = found.step_of.reindex(assessment.areas["area_code"]).value_counts()
    rows = [*reversed([*enumerate(found.steps)]), (-1, NO_DATA)]
    return [(swatch(step), step.label, None, whole(int(counts.get(index, 0)))) for index, step in rows]


def _missing(found: Coloured, unit: str) -> list[str]:
    """Say what the colours rest on and what they lack."""
    notes = [words.SMOOTHING] if found.code == words.SMOOTHED else []
    if found.without_voters:
        notes.append(words.without_voters(found.without_voters, unit))
    if found.code == words.FORECAST and found.value_of.isna().all():
        notes.append(words.NO_FORECAST)
    return notes


def top_list(assessment: Assessment, count: int) -> None:
    """Draw the highest areas with score, class colour and kecamatan."""
    ranked = records(assessment.ranked.head(count), AreaRow)
    areas = [(class_of(row.class_index), points(row.score), row.area_name, _beside(row)) for row in ranked]
    st.html(render("top.html", areas=areas))


def _beside(row: AreaRow) -> str:
    """Name the kecamatan, and the marks of the area after it."""
    return " · ".join((row.district_name, *(f"{mark.glyph} {mark.name}" for mark in marks_of(row))))
