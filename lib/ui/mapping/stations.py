"""The page of TPS: figures, map, the highest with their reasons, kecamatan, one TPS in detail."""

from __future__ import annotations

from html import escape
from math import isnan
from typing import TYPE_CHECKING, Any

import folium
import streamlit as st

from lib.indonesian import MISSING, decimal, points, whole
from lib.output.classes import class_of, legend_rows
from lib.output.hatching import swatch
from lib.output.station_layers import SCORE, value_classes
from lib.output.station_tables import district_table, points_line, reasons
from lib.records import StationRow, records
from lib.rules.checklists import StationScheme, station_schemes, sub_scores
from lib.score.stations import CONFLICT, chosen_scheme, service_codes, station_counts, unasked_items
from lib.texts import stations as t
from lib.ui.frame.canvas import INK, POPUP_HEIGHT, POPUP_WIDTH, empty_map, show_map
from lib.ui.frame.plain_text import plain
from lib.ui.frame.tables import with_comma
from lib.ui.load import stations as load_stations
from lib.ui.load import store as load

if TYPE_CHECKING:
    import pandas as pd

    from lib.filters import Filters
    from lib.score.stations import StationRisk

HIGHEST = 10
RADIUS = 4.2
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
            index=list(schemes).index(chosen_scheme(filters).name),
            key=f"daftar-{filters.election_code}",
            bind="query-params",
            width=260,
        )
        colour = st.segmented_control(
            t.COLOUR_CHOICE, list(colours), default=t.SCORE, required=True, key="warna", bind="query-params"
        )
    return schemes[chosen], colours.get(colour or t.SCORE, SCORE)


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
    body = "".join(
        f"<div><dt>{escape(label)}</dt><dd>{whole(value)}</dd><p>{escape(note)}</p></div>"
        for label, value, note in cards
    )
    st.html(f'<dl class="petadini-figures">{body}</dl>')
    unasked_count = len(unasked_items(found, CONFLICT))
    st.caption(t.asked_line(len(found.scheme.in_sub_score(CONFLICT)) - unasked_count, unasked_count))
    stations, scoreless = found.stations, found.stations["score"].isna()
    silent = scoreless & stations["proximity_basis"].eq("")
    unchecked = ~scoreless & stations[CONFLICT].isna()
    line = t.scoreless_line(int(scoreless.sum()), int(silent.sum()), int(unchecked.sum()))
    if line:
        st.caption(line)
    if counted.scored_count and not counted.high_count:
        st.caption(t.NONE_HIGH)


@st.fragment
def station_map(found: StationRisk, value: str) -> None:
    """Draw the TPS over faint outlines; moving, hovering and clicking never run the page again."""
    filters = found.filters
    areas = load.assessment(filters).areas
    drawn = empty_map(areas[areas.geometry.notna()].total_bounds, many_points=True)
    show_map(drawn, [_outlines(filters), _points(found, value)], key=f"peta-tps-{filters.region_code}")
    st.caption(f"{t.MAP_HINT} {t.DISTRICT_OUTLINE}.")


def legend(found: StationRisk, value: str) -> None:
    """Draw the classes of what colours the points, with their ranges and numbers of TPS."""
    classes = value_classes(found, value).tolist()
    unknown = t.TOO_LITTLE if value == SCORE else t.NOTHING_CHECKED
    rows = "".join(
        f"<tr><td>{swatch(risk)}</td><td>{unknown if risk.index < 0 else risk.name}<small>{scores}</small></td>"
        f"<td>{whole(classes.count(risk.index))}</td></tr>"
        for risk, scores in legend_rows(found.weights.class_cuts)
    )
    head = t.SCORE if value == SCORE else sub_scores()[value]
    html = f'<table class="petadini-legend"><caption>{head} · {t.LEGEND_HEAD}</caption>{rows}</table>'
    without = int(found.stations["longitude"].isna().sum())
    if without:
        html += f'<p class="petadini-note">{t.without_point(without)}</p>'
    st.html(
        f'{html}<p class="petadini-note">{t.UNCHECKED_IS_NOT_SAFE}</p><p class="petadini-note">{t.NEVER_ADDED}</p>'
    )


def highest(found: StationRisk) -> None:
    """Draw the TPS with the highest scores, each with its reason in words."""
    st.subheader(t.TABLE_HEAD)
    top = found.ranked.head(HIGHEST)
    rows = "".join(
        f'<li><b style="background:{risk.colour};color:{risk.text_colour}">{points(row.score)}</b><div>'
        f"<strong>{escape(t.station_name(row.station_number, row.area_name or ''))}</strong> "
        f"<small>Kec. {escape(row.district_name or '')} · {risk.name}{t.police_words(row.police_class)}</small>"
        f"<p>{escape(text)}</p></div></li>"
        for row, text in zip(records(top, StationRow), reasons(found, top), strict=True)
        for risk in (class_of(row.class_index),)
    )
    st.html(f'<ol class="petadini-reasons">{rows}</ol>' if rows else f"<p>{t.TOO_LITTLE}</p>")


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
            key="tabel-tps",
        )


def districts(found: StationRisk) -> None:
    """Draw the numbers of distinct TPS of each kecamatan."""
    st.subheader(t.DISTRICT_HEAD)
    st.dataframe(
        district_table(found), column_config=dict(t.DISTRICT_COLUMNS), hide_index=True, key="tabel-tps-kecamatan"
    )
    st.caption(t.DISTRICT_NOTE)


def downloads(found: StationRisk) -> None:
    """Offer the TPS as CSV and as a workbook; names say what is simulated."""
    filters, code = found.filters, found.scheme.code
    mark = "_simulasi" if found.simulated else ""
    stem = f"tps_{filters.region_code}_{filters.end.isoformat()}_{code}{mark}"
    sheet = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    offers = (
        (t.DOWNLOAD_CSV, "csv", "text/csv", lambda: load_stations.station_csv(filters, code)),
        (t.DOWNLOAD_XLSX, "xlsx", sheet, lambda: load_stations.station_xlsx(filters, code)),
    )
    with st.container(horizontal=True):
        for label, suffix, mime, make in offers:
            st.download_button(label, data=make, file_name=f"{stem}.{suffix}", mime=mime, on_click="ignore")


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
    st.html(
        f'<div class="petadini-detail">{_head(row, names[chosen], reasons(found, stations.loc[[chosen]])[0])}</div>'
    )
    answers = found.answers.loc[chosen]
    for column, (code, name) in zip(st.columns(len(sub_scores()), gap="medium"), sub_scores().items(), strict=True):
        with column:
            st.html(f'<div class="petadini-detail">{_sub_score(found, row, answers, code, name)}</div>')
    st.html(f'<div class="petadini-detail"><h4>{t.SERVICE_HEAD}</h4>{_needs(answers)}</div>')


def about(found: StationRisk) -> None:
    """Say how the score is made, what it leaves out, and where the checklist is from."""
    with st.expander(t.ABOUT_SCHEME):
        unasked = t.unasked_line(unasked_items(found, CONFLICT))
        for line in (t.formula_line(found.weights), points_line(found), unasked, *t.scheme_lines(found.scheme)):
            st.markdown(plain(line))
        st.caption(t.digests(found.scheme, found.weights))


def _outlines(filters: Filters) -> folium.FeatureGroup:
    group = folium.FeatureGroup("kelurahan")
    folium.GeoJson(
        load_stations.outlines(filters),
        style_function=lambda _: {"fillColor": "#8a97a3", "fillOpacity": 0.08, "color": "#8a97a3", "weight": 1},
        interactive=False,
    ).add_to(group)
    return group


def _points(found: StationRisk, value: str) -> folium.FeatureGroup:
    group = folium.FeatureGroup("tps")
    layer = load_stations.station_points(found.filters, found.scheme.code, value)
    if layer["features"]:
        folium.GeoJson(
            layer,
            marker=folium.CircleMarker(radius=RADIUS),
            style_function=_point_style,
            tooltip=folium.GeoJsonTooltip(["hover"], labels=False),
            popup=folium.GeoJsonPopup(["detail"], labels=False, max_width=POPUP_WIDTH, max_height=POPUP_HEIGHT),
        ).add_to(group)
    return group


def _point_style(feature: dict[str, Any]) -> dict[str, Any]:
    return {
        "fill": True,
        "fillColor": feature["properties"]["fill"],
        "fillOpacity": 1,
        "color": INK,
        "weight": 0.8,
    }


def _head(row: StationRow, name: str, text: str) -> str:
    word, place = t.class_word(row, class_of(row.class_index).name), row.place_name or ""
    parts = "".join(
        f"<tr><td>{escape(t.PART_NAMES[part])}</td>{_bar(points)}</tr>" for part, points in row.part_points.items()
    )
    return (
        f'<h3>{escape(name)}</h3><p class="sub">{escape(place)}{t.police_words(row.police_class)}</p>'
        f"<p><b>{t.score_line(row, word)}</b> · DPT {whole(row.voter_count)}</p><p>{escape(text)}</p>"
        f"<h4>{t.PARTS_HEAD}</h4><table>{parts}</table>"
    )


def _sub_score(found: StationRisk, row: StationRow, answers: pd.Series, code: str, name: str) -> str:
    value, unknown = row.sub_scores[code]
    items = [(item.text, answers[item.code]) for item in found.scheme.in_sub_score(code)]
    lists = "".join(
        f"<p><b>{head} ({len(texts)})</b></p><ul>{''.join(f'<li>{escape(text)}</li>' for text in texts)}</ul>"
        for head, texts in (
            (t.TICKED, [text for text, given in items if given == 1]),
            (t.NOT_KNOWN, [text for text, given in items if isnan(given)]),
            (t.NOT_TICKED, [text for text, given in items if given == 0]),
        )
        if texts
    )
    return (
        f"<h4>{escape(name)}</h4><table><tr>{_bar(value, 50 * unknown, width='100%')}</tr></table>"
        f'<p class="sub">{t.sub_score_parts(value, unknown)}</p>{lists}'
    )


def _bar(value: float, unknown: float = 0.0, *, width: str = "45%") -> str:
    """Draw a bar of 0 to 100, its faint end the part that only stands for what is not known."""
    if isnan(value):
        return f'<td class="bar" style="width:{width}"></td><td class="n">{MISSING}</td>'
    ends = ((value - unknown, 1), (unknown, 0.35))
    pieces = "".join(f'<i style="width:{end:.0f}%;opacity:{opacity}"></i>' for end, opacity in ends if end >= 0.5)
    bar = f'<div style="display:flex">{pieces}</div>'
    return f'<td class="bar" style="width:{width}">{bar}</td><td class="n">{decimal(value)}</td>'


def _needs(answers: pd.Series) -> str:
    texts = t.service_texts()
    lines = "".join(
        f"<li>{escape(texts[code])}: {t.ANSWERS.get(answers[code], t.NOT_ASKED)}</li>" for code in service_codes()
    )
    return f"<ul>{lines}</ul>"
