"""The page of hot-spots: map, legend, sentences about areas and the scan, table, how it is reckoned."""

from __future__ import annotations

from dataclasses import replace
from html import escape
from typing import TYPE_CHECKING, Any

import folium
import numpy as np
import streamlit as st
from folium.raster_layers import ImageOverlay

from geo.density import warp_to_degrees
from lib.analysis.emerging import FADING
from lib.analysis.hotspots import COLD, HOT
from lib.filters import window_start
from lib.indonesian import whole
from lib.output.hatching import svg_patterns, swatch
from lib.output.hotspot_layers import COLD_COLOUR, HOT_COLOUR, RATES, UNRATED, rate_class
from lib.output.layer_names import DENSITY
from lib.output.map_layers import density_picture
from lib.records import HotspotRow, records
from lib.region.measure import utm_epsg
from lib.rules.hotspots import hotspot_rules
from lib.rules.regions import region_profile
from lib.score.hotspots import lone_areas
from lib.texts import hotspots as t
from lib.texts.questions import unit_word
from lib.ui.frame.canvas import INK, POPUP_HEIGHT, POPUP_WIDTH, empty_map, show_map
from lib.ui.frame.plain_text import plain
from lib.ui.frame.tables import with_comma
from lib.ui.load import hotspots as load_hotspots
from lib.ui.load import store as load

if TYPE_CHECKING:
    from collections.abc import Sequence
    from collections.abc import Set as AbstractSet

    import pandas as pd

    from lib.filters import Filters
    from lib.score.hotspots import Hotspots

INCIDENTS, DENSITIES, GRID = t.LAYER_INCIDENTS, t.LAYER_DENSITY, t.LAYER_GRID
LINES = {
    "panas": {"color": HOT_COLOUR, "weight": 4},
    "dingin": {"color": COLD_COLOUR, "weight": 3, "dashArray": "8 5"},
    "gugus": {"color": INK, "weight": 3, "dashArray": "2 6"},
}


def choices(filters: Filters) -> tuple[int, tuple[str, ...]]:
    """Ask for the window and for further layers; both stand in the address."""
    windows = {t.days_label(days): days for days in sorted(hotspot_rules(filters.region_code).window_days)}
    default = hotspot_rules(filters.region_code).window_days[0]
    with st.container(horizontal=True, gap="large", vertical_alignment="bottom"):
        window = st.segmented_control(
            t.WINDOW, list(windows), default=t.days_label(default), required=True, key="jendela", bind="query-params"
        )
        layers = st.pills(
            t.LAYERS, [INCIDENTS, DENSITIES, GRID], selection_mode="multi", key="lapisan-panas", bind="query-params"
        )
    return windows.get(window or "", default), tuple(layers)


def in_window(filters: Filters, days: int) -> Filters:
    """Ask for the same with the window as its period."""
    return replace(filters, start=window_start(filters.end, days))


def summary(found: Hotspots) -> None:
    """Say what is counted, and calmly why nothing was tested where that is so."""
    line = t.overall_line(found.event_count, found.unplaced_count, found.start, found.filters.end, found.overall_rate)
    st.markdown(plain(line))
    if found.refusal:
        st.info(t.refusal(found.refusal.code, found.refusal.facts, _unit(found)))


@st.fragment
def hotspot_map(found: Hotspots, layers: Sequence[str]) -> None:
    """Draw the map; moving it, hovering and clicking never run the page again."""
    areas = found.areas[found.areas.geometry.notna()]
    drawn = empty_map(areas.total_bounds, patterns=svg_patterns((*RATES, UNRATED)), overlay=DENSITY)
    shapes = load_hotspots.layers(found.filters, found.days)
    groups = [_areas(shapes["laju"])]
    if DENSITIES in layers and _dense(found):
        groups.append(_density(found))
    if GRID in layers:
        groups.append(_shapes(shapes["kisi"], {"color": HOT_COLOUR, "weight": 1, "fillOpacity": 0.35, "fill": True}))
    groups.extend(_shapes(shapes[name], style | {"fill": False}) for name, style in LINES.items())
    if INCIDENTS in layers or (DENSITIES in layers and not _dense(found)):
        groups.append(_points(in_window(found.filters, found.days)))
    show_map(drawn, groups, key=f"peta-panas-{found.filters.region_code}")
    st.caption(t.MAP_HINT)


def legend(found: Hotspots, layers: Sequence[str]) -> None:
    """Draw the legend: rates, outlines with their counts, layers, and how the test was made."""
    areas = found.areas
    rates = [rate_class(rate, found.overall_rate).code for rate in areas["rate_smoothed"]]
    looks = [*reversed(RATES), *([UNRATED] if UNRATED.code in rates else [])]
    rows = "".join(
        f"<tr><td>{swatch(look)}</td><td>{escape(look.name)}</td><td>{whole(rates.count(look.code))}</td></tr>"
        for look in looks
    )
    html = f'<table class="petadini-legend"><caption>{t.LEGEND_HEAD}</caption>{rows}</table>'
    if not found.refusal:
        html += f'<p class="petadini-note"><b>{t.LEGEND_OUTLINES}</b></p>'
        html += _key(f"4px solid {HOT_COLOUR}", f"{t.LEGEND_HOT}: {whole(int((areas['hot'] == HOT).sum()))}")
        html += _key(f"3px dashed {COLD_COLOUR}", f"{t.LEGEND_COLD}: {whole(int((areas['hot'] == COLD).sum()))}")
    if areas["in_cluster"].any():
        html += _key(f"3px dotted {INK}", t.LEGEND_CLUSTER)
    if GRID in layers and len(found.grid.hot_cells):
        html += _key(f"1px solid {HOT_COLOUR}", t.LEGEND_GRID, f"{HOT_COLOUR}59")
    if INCIDENTS in layers or (DENSITIES in layers and not _dense(found)):
        html += f'<p class="petadini-key"><i class="incident"></i>{t.LEGEND_INCIDENT}</p>'
    if DENSITIES in layers:
        if _dense(found):
            html += f'<p class="petadini-key"><i class="density"></i>{t.density_key(found.grid.cell_m)}</p>'
        else:
            html += _note(t.points_instead(found.grid.point_count, found.rules.least_points))
    rules = found.rules
    html += _note(t.test_line(rules.permutations, rules.false_discovery_rate, rules.neighbour_tolerance_m))
    st.html(html + _note(t.NOT_SAFE) + _note(t.NOT_A_FORECAST))


def hot_areas(found: Hotspots) -> None:
    """List the hot areas, each with its word and numbers; name the fading and the cold ones; nothing if refused."""
    if found.refusal:
        return
    st.subheader(t.HOT_HEAD)
    areas = _chosen(found)
    hot = areas[areas["hot"] == HOT].sort_values(["rate_smoothed", "area_code"], ascending=[False, True])
    st.caption(plain(t.hot_lead(found.rules.false_discovery_rate)))
    if hot.empty:
        st.markdown(t.NO_HOT)
    items = "".join(_item(row, found) for row in records(hot, HotspotRow))
    st.html(f'<ul class="petadini-silences">{items}</ul>')
    _lone(found, set(areas["area_code"]))
    fading = sorted(areas.loc[areas["word"] == FADING, "area_name"])
    cold = sorted(areas.loc[areas["hot"] == COLD, "area_name"])
    lines = [t.fading(fading)] if fading else []
    lines += [t.cold(cold)] if cold else []
    grid = found.grid
    if grid.refusal:
        lines.append(t.refusal(grid.refusal.code, grid.refusal.facts, _unit(found)))
    else:
        lines.append(t.grid_line(grid.cell_m, grid.point_count, len(grid.hot_cells)))
    for line in lines:
        st.markdown(plain(line))


def _lone(found: Hotspots, shown: AbstractSet[str]) -> None:
    """List the areas that are high by themselves, and say why they are not hot."""
    lone = lone_areas(found)
    rows = [row for row in records(lone, HotspotRow) if row.area_code in shown]
    if not rows:
        return
    st.markdown(f"**{t.LONE_HEAD}**")
    st.caption(plain(t.LONE_LEAD))
    st.html(f'<ul class="petadini-silences">{"".join(_lone_item(row, found) for row in rows)}</ul>')


def cluster(found: Hotspots) -> None:
    """Say in words what the scan found."""
    st.subheader(t.SCAN_HEAD)
    best = found.cluster
    if best is None:
        st.markdown(t.NO_SCAN if not found.scanned else t.NO_CLUSTER)
    elif not best.significant:
        st.markdown(t.no_significant_cluster(best.probability, found.rules.scan_probability))
    else:
        names = _names(found)
        sentence = t.cluster_sentence(
            [names[code] for code in best.area_codes],
            best.start,
            best.end,
            observed=best.observed,
            expected=best.expected,
            probability=best.probability,
        )
        st.markdown(plain(sentence))


def table(found: Hotspots) -> None:
    """Draw the table of all areas, and hand it out as CSV; its name says what is simulated."""
    st.subheader(t.TABLE_HEAD)
    st.caption(plain(t.TABLE_LEAD))
    filters, days = found.filters, found.days
    st.dataframe(
        with_comma(load_hotspots.table(filters, days)[list(t.TABLE_COLUMNS)], {"laju_dihaluskan": 2}),
        column_config=dict(t.TABLE_COLUMNS),
        hide_index=True,
        key="tabel-panas",
    )
    mark = "_simulasi" if found.simulated else ""
    st.download_button(
        t.DOWNLOAD,
        data=lambda: load_hotspots.csv(filters, days),
        file_name=f"{t.DOWNLOAD_NAME}_{filters.region_code}_{filters.end.isoformat()}{mark}.csv",
        mime="text/csv",
        on_click="ignore",
    )


def method(found: Hotspots) -> None:
    """Explain the reckoning, the five words, and who could not be tested."""
    rules = found.rules
    with st.expander(t.METHOD_HEAD):
        for paragraph in t.method(
            days=found.days,
            permutations=rules.permutations,
            rate=rules.false_discovery_rate,
            fence=rules.outlier_fence,
            cell_m=found.grid.cell_m,
            scan_days=rules.scan_days,
            scan_permutations=rules.scan_permutations,
        ):
            st.markdown(paragraph.replace("Gi*", r"Gi\*"))
        st.markdown("\n".join(f"- **{word}**: {meaning}" for word, meaning in t.WORDS.items()))
        st.markdown(t.WORD_RULE)
        st.caption(f"{t.NOT_A_FORECAST} {t.CHARACTER_OF_PLACE} {t.rules_line(rules.short_digest)}")
    for line in _untested(found):
        st.caption(plain(line))


def _unit(found: Hotspots) -> str:
    return unit_word(region_profile(found.filters.region_code))


def _names(found: Hotspots) -> dict[str, str]:
    return dict(zip(found.areas["area_code"], found.areas["area_name"], strict=True))


def _chosen(found: Hotspots) -> pd.DataFrame:
    districts = found.filters.district_codes
    chosen: pd.DataFrame = found.areas[found.areas["district_code"].isin(districts)] if districts else found.areas
    return chosen


def _untested(found: Hotspots) -> list[str]:
    names, neighbours = _names(found), found.neighbours
    joined = [(names[island], names[other]) for island, other in neighbours.islands if other]
    alone = [names[island] for island, other in neighbours.islands if not other]
    without_voters = sorted(found.areas.loc[~(found.areas["voter_count"] > 0), "area_name"])
    out = t.left_out(alone, [names[code] for code in neighbours.without_polygon], without_voters)
    return [line for line in (t.joined(joined) if joined else "", out) if line]


def _item(row: HotspotRow, found: Hotspots) -> str:
    sentence = t.area_sentence(
        events=row.event_count,
        days=found.days,
        raw=row.rate_raw,
        smoothed=row.rate_smoothed,
        overall=found.overall_rate,
        z=row.gi_z,
        probability=row.gi_p,
        weeks_hot=row.weeks_hot,
    )
    grid = "" if found.grid.refusal else " " + t.stable_sentence(found.grid.cell_m, stable=row.stable)
    return (
        f"<li><strong>{escape(row.area_name)}</strong> <small>Kec. {escape(row.district_name)}</small> · "
        f"<b>{escape(row.word)}</b><br>{escape(sentence + grid)}</li>"
    )


def _lone_item(row: HotspotRow, found: Hotspots) -> str:
    sentence = t.lone_sentence(
        events=row.event_count,
        days=found.days,
        smoothed=row.rate_smoothed,
        overall=found.overall_rate,
        z=row.gi_z,
    )
    name, district = escape(row.area_name), escape(row.district_name)
    return f"<li><strong>{name}</strong> <small>Kec. {district}</small><br>{escape(sentence)}</li>"


def _dense(found: Hotspots) -> bool:
    return found.grid.point_count >= found.rules.least_points


def _key(border: str, words: str, fill: str = "#eef5f6") -> str:
    style = f"width:2.1rem;height:1.1rem;border:{border};border-radius:0;background:{fill};box-sizing:border-box"
    return f'<p class="petadini-key"><i style="{style}"></i>{escape(words)}</p>'


def _note(words: str) -> str:
    return f'<p class="petadini-note">{escape(words)}</p>'


def _areas(layer: dict[str, Any]) -> folium.FeatureGroup:
    group = folium.FeatureGroup("kelurahan")
    folium.GeoJson(
        layer,
        style_function=_area_style,
        highlight_function=lambda _: {"weight": 3, "color": INK},
        tooltip=folium.GeoJsonTooltip(["hover"], labels=False, sticky=True),
        popup=folium.GeoJsonPopup(["detail"], labels=False, max_width=POPUP_WIDTH, max_height=POPUP_HEIGHT),
    ).add_to(group)
    return group


def _area_style(feature: dict[str, Any]) -> dict[str, Any]:
    properties = feature["properties"]
    return {
        "fillColor": properties["fill"],
        "fillOpacity": 1,
        "color": "#8fa3b0",
        "weight": 0.8,
        "className": properties["css_class"],
    }


def _shapes(layer: dict[str, Any], style: dict[str, Any]) -> folium.FeatureGroup:
    group = folium.FeatureGroup("garis")
    if layer["features"]:
        folium.GeoJson(layer, style_function=lambda _: style, interactive=False).add_to(group)
    return group


def _points(filters: Filters) -> folium.FeatureGroup:
    group = folium.FeatureGroup(t.LAYER_INCIDENTS)
    layer = load.incident_layer(filters)
    if layer["features"]:
        folium.GeoJson(
            layer,
            marker=folium.CircleMarker(radius=3.4),
            style_function=lambda _: {
                "fill": True,
                "fillColor": INK,
                "fillOpacity": 0.9,
                "color": "#ffffff",
                "weight": 0.8,
            },
            tooltip=folium.GeoJsonTooltip(["hover"], labels=False),
        ).add_to(group)
    return group


def _density(found: Hotspots) -> folium.FeatureGroup:
    group = folium.FeatureGroup(t.LAYER_DENSITY)
    surface = load.density(in_window(found.filters, found.days))
    if surface is not None:
        epsg = utm_epsg(region_profile(found.filters.region_code), found.areas)
        grid, (south, west, north, east) = warp_to_degrees(surface, epsg)
        picture = density_picture(np.asarray(grid))
        ImageOverlay(picture, bounds=[[south, west], [north, east]], opacity=1, pane=DENSITY).add_to(group)
    return group
