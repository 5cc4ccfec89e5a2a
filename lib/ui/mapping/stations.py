"""The page of TPS: figures, map, the highest with their reasons, kecamatan, one TPS in detail."""

from __future__ import annotations

from math import isnan
from typing import TYPE_CHECKING, Any

import streamlit as st

from lib.indonesian import MISSING, decimal, points, whole
from lib.output.classes import class_of, legend_rows
from lib.output.hatching import swatch
from lib.output.html import render
from lib.output.station_layers import SCORE, value_classes
from lib.output.station_tables import district_table, points_line, reasons, station_csv, station_xlsx, what_makes_high
from lib.records import StationRow, records
from lib.rules.checklists import StationScheme, station_schemes, sub_scores
from lib.score.answers import TOO_LITTLE
from lib.score.stations import CONFLICT, chosen_scheme, service_codes, station_counts, unasked_items
from lib.texts import stations as t
from lib.ui.frame import shapes
from lib.ui.frame.canvas import empty_map, show_map
from lib.ui.frame.choice import choice
from lib.ui.frame.downloads import offer
from lib.ui.frame.plain_text import plain
from lib.ui.frame.tables import with_comma
from lib.ui.load import stations as load_stations
from lib.ui.load import store as load

if TYPE_CHECKING:
    import pandas as pd
    from markupsafe import Markup

    from lib.filters import Filters
    from lib.score.stations import StationRisk

HIGHEST = 10
RADIUS = 4.2
OUTLINE = {"fillColor": "#8a97a3", "fillOpacity": 0.08, "color": "#8a97a3", "weight": 1}
# In pixels: together no wider than the page at 1024.
WIDTHS = {
    "no_tps": 56,
    "kelurahan": 116,
    "skor": 62,
    "kelas": 104,
    "kelas_polri": 96,
    "konflik": 74,
    "administrasi": 80,
    "logistik": 76,
}


def choices(filters: Filters) -> tuple[StationScheme, str]:
    """Ask for the scheme and for what colours the points; both stand in the address."""
    schemes = {scheme.name: scheme for scheme in station_schemes()}
    colours = {t.SCORE: SCORE} | {t.SUB_SCORE_SHORT[code]: code for code in sub_scores()}
    with st.container(horizontal=True, gap="small", vertical_alignment="bottom"):
        chosen = st.selectbox(
            t.SCHEME_CHOICE,
            list(schemes),
            index=list(schemes).index(chosen_scheme(load.election(filters)).name),
            key=f"daftar-{filters.election_code}",
            bind="query-params",
            width=260,
        )
        value = choice(t.COLOUR_CHOICE, colours, key="warna")
    return schemes[chosen], value


def figures(found: StationRisk) -> None:
    """Draw how many TPS have a conflict item, are unchecked, stand high, need service; each is counted once."""
    counted = station_counts(found)
    cards = (
        (t.FIGURE_STATIONS, counted.station_count, found.scheme.name),
        (t.FIGURE_CONFLICT, counted.conflict_count, t.CONFLICT_NOTE),
        (t.FIGURE_UNCHECKED, counted.unchecked_count, t.UNCHECKED_NOTE),
        (t.FIGURE_HIGH, counted.high_count, t.high_note(counted.scored_count)),
        (t.FIGURE_SERVICE, counted.service_count, t.SERVICE_NOTE),
    )
    st.html(render("figures.html", look="", cards=[(label, whole(count), note) for label, count, note in cards]))
    unasked_count = len(unasked_items(found, CONFLICT))
    st.caption(t.asked_line(len(found.scheme.in_sub_score(CONFLICT)) - unasked_count, unasked_count))
    stations, scoreless = found.stations, found.stations["score"].isna()
    silent = scoreless & stations["proximity_basis"].eq("")
    unchecked = ~scoreless & stations[CONFLICT].isna()
    line = t.scoreless_line(int(scoreless.sum()), int(silent.sum()), int(unchecked.sum()))
    if line:
        st.caption(line)
    none_high = [t.NONE_HIGH] if counted.scored_count and not counted.high_count else []
    st.caption(" ".join((*none_high, what_makes_high(found))))


@st.fragment
def station_map(found: StationRisk, value: str) -> None:
    """Draw the TPS over faint outlines; moving, hovering and clicking never run the page again."""
    filters = found.filters
    areas = load.assessment(filters).areas
    drawn = empty_map(areas[areas.geometry.notna()].total_bounds, many_points=True)
    outlines = shapes.lines("kelurahan", load_stations.outlines(filters), OUTLINE)
    points = load_stations.station_points(filters, found.scheme.code, value)
    show_map(drawn, [outlines, shapes.points("tps", points, radius=RADIUS)], key=f"peta-tps-{filters.region_code}")
    st.caption(f"{t.MAP_HINT} {t.DISTRICT_OUTLINE}.")


def legend(found: StationRisk, value: str) -> None:
    """Draw the classes of what colours the points, with their ranges and numbers of TPS."""
    classes = value_classes(found, value).tolist()
    unknown = t.TOO_LITTLE if value == SCORE else t.NOTHING_CHECKED
    rows = [
        (swatch(risk), unknown if risk.index < 0 else risk.name, scores, whole(classes.count(risk.index)))
        for risk, scores in legend_rows(found.weights.class_cuts, (TOO_LITTLE,))
    ]
    head = t.SCORE if value == SCORE else sub_scores()[value]
    without = int(found.stations["longitude"].isna().sum())
    notes = [t.without_point(without)] if without else []
    shapes.legend(f"{head} · {t.LEGEND_HEAD}", rows, notes=[*notes, t.UNCHECKED_IS_NOT_SAFE, t.NEVER_ADDED])


def highest(found: StationRisk) -> None:
    """Draw the TPS with the highest scores, each with its reason in words."""
    st.subheader(t.TABLE_HEAD)
    top = found.ranked.head(HIGHEST)
    rows = [
        (
            risk,
            points(row.score),
            t.station_name(row.station_number, row.area_name or ""),
            f"Kec. {row.district_name or ''} · {risk.name}{t.police_words(row.police_class)}",
            render("paragraph.html", text=text),
        )
        for row, text in zip(records(top, StationRow), reasons(found, top), strict=True)
        for risk in (class_of(row.class_index),)
    ]
    st.html(render("reasoned.html", rows=rows) if rows else render("paragraph.html", text=t.TOO_LITTLE))


def all_stations(found: StationRisk) -> None:
    """Draw the table of all TPS, highest first."""
    table = load_stations.station_table(found.filters, found.scheme.code)
    config: dict[str, Any] = {
        name: st.column_config.Column(label, width=WIDTHS[name]) for name, label in t.TABLE_COLUMNS.items()
    }
    with st.expander(t.ALL_STATIONS):
        st.dataframe(
            with_comma(table[list(t.TABLE_COLUMNS)], dict.fromkeys(("skor", *sub_scores()), 1)),
            column_config=config,
            hide_index=True,
            placeholder=MISSING,
            key="tabel-tps",
        )


def districts(found: StationRisk) -> None:
    """Draw the numbers of distinct TPS of each kecamatan."""
    st.subheader(t.DISTRICT_HEAD)
    st.dataframe(
        district_table(found),
        column_config=dict(t.DISTRICT_COLUMNS),
        hide_index=True,
        placeholder=MISSING,
        key="tabel-tps-kecamatan",
    )
    st.caption(t.DISTRICT_NOTE)


def downloads(found: StationRisk) -> None:
    """Offer the TPS as CSV and as a workbook; names say what is simulated."""
    filters = found.filters
    mark = "_simulasi" if found.simulated else ""
    stem = f"tps_{filters.region_code}_{filters.end.isoformat()}_{found.scheme.code}{mark}"
    sheet = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    offers = (
        (t.DOWNLOAD_CSV, "csv", "text/csv", lambda: station_csv(found)),
        (t.DOWNLOAD_XLSX, "xlsx", sheet, lambda: station_xlsx(found)),
    )
    with st.container(horizontal=True):
        for label, suffix, mime, make in offers:
            offer(label, make, f"{stem}.{suffix}", mime=mime, region_code=filters.region_code)


def detail(found: StationRisk) -> None:
    """Show one TPS: the parts of its score, three sub-scores side by side with their items, needs apart."""
    st.subheader(t.DETAIL_HEAD)
    stations = found.stations
    rest = stations.index.difference(found.ranked.index, sort=False)
    names = {
        row: t.station_name(number, area if isinstance(area, str) else "")
        for row, number, area in zip(stations.index, stations["station_number"], stations["area_name"], strict=True)
    }
    order = [*found.ranked.index, *rest]
    chosen = st.selectbox(t.DETAIL_CHOOSE, order, format_func=names.__getitem__, key="rincian-tps")
    row = next(records(stations.loc[[chosen]], StationRow))
    st.html(_head(row, names[chosen], reasons(found, stations.loc[[chosen]])[0]))
    answers = found.answers.loc[chosen]
    for column, (code, name) in zip(st.columns(len(sub_scores()), gap="medium"), sub_scores().items(), strict=True):
        with column:
            st.html(_sub_score(found, row, answers, code, name))
    texts = t.service_texts()
    needs = [(texts[code], t.ANSWERS.get(answers[code], t.NOT_ASKED)) for code in service_codes()]
    st.html(render("station_needs.html", head=t.SERVICE_HEAD, needs=needs))


def about(found: StationRisk) -> None:
    """Say how the score is made, what it leaves out, and where the checklist is from."""
    with st.expander(t.ABOUT_SCHEME):
        unasked = t.unasked_line(unasked_items(found, CONFLICT))
        for line in (t.formula_line(found.weights), points_line(found), unasked, *t.scheme_lines(found.scheme)):
            st.markdown(plain(line))
        st.caption(t.digests(found.scheme, found.weights))


def _head(row: StationRow, name: str, reason: str) -> Markup:
    return render(
        "station_head.html",
        name=name,
        place=(row.place_name or "") + t.police_words(row.police_class),
        score=t.score_line(row, t.class_word(row, class_of(row.class_index).name)),
        voters=whole(row.voter_count),
        reason=reason,
        parts_head=t.PARTS_HEAD,
        parts=[(t.PART_NAMES[part], *_bar(points)) for part, points in row.part_points.items()],
    )


def _sub_score(found: StationRisk, row: StationRow, answers: pd.Series, code: str, name: str) -> Markup:
    value, ticked = row.sub_scores[code]
    words, pieces = _bar(value, value - ticked)
    items = [(item.text, answers[item.code]) for item in found.scheme.in_sub_score(code)]
    return render(
        "station_sub_score.html",
        name=name,
        value=words,
        pieces=pieces,
        made_of=t.sub_score_parts(value, ticked),
        lists=[
            (t.TICKED, [text for text, given in items if given == 1]),
            (t.NOT_KNOWN, [text for text, given in items if isnan(given)]),
            (t.NOT_TICKED, [text for text, given in items if given == 0]),
        ],
    )


def _bar(value: float, unknown: float = 0.0) -> tuple[str, list[tuple[str, float]] | None]:
    """Give what a bar of 0 to 100 says, and its known and its unknown piece as per cent and opacity."""
    if isnan(value):
        return MISSING, None
    ends = ((value - unknown, 1), (unknown, 0.35))
    return decimal(value), [(f"{end:.0f}", opacity) for end, opacity in ends if end >= 0.5]
