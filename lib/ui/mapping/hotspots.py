"""The page of hot-spots: map, legend, sentences about areas and the scan, table, how it is reckoned."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import streamlit as st

from lib.analysis.emerging import FADING
from lib.analysis.hotspots import COLD, HOT
from lib.filters import window_start
from lib.indonesian import MISSING, whole
from lib.output.hatching import svg_patterns, swatch
from lib.output.hotspot_layers import COLD_COLOUR, HOT_COLOUR, RATES, UNRATED, rate_class
from lib.output.hotspot_tables import hotspot_csv, hotspot_table
from lib.output.html import render
from lib.output.layer_names import DENSITY
from lib.records import HotspotRow, records
from lib.region.measure import utm_epsg
from lib.rules.hotspots import hotspot_rules
from lib.rules.regions import region_profile
from lib.score.hotspots import lone_areas
from lib.texts import hotspots as t
from lib.texts.questions import unit_word
from lib.ui.frame import shapes
from lib.ui.frame.canvas import INK, empty_map, show_map
from lib.ui.frame.choice import choice
from lib.ui.frame.downloads import csv_download
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
BLANK = "#eef5f6"  # what the outlines of the legend enclose
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
        days = choice(t.WINDOW, windows, key="jendela", default=t.days_label(default))
        layers = st.pills(
            t.LAYERS, [INCIDENTS, DENSITIES, GRID], selection_mode="multi", key="lapisan-panas", bind="query-params"
        )
    return days, tuple(layers)


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
    layer_of = load_hotspots.layers(found.filters, found.days)
    asked = in_window(found.filters, found.days)
    groups = [shapes.areas(layer_of["laju"], line="#8fa3b0", weight=0.8)]
    if DENSITIES in layers and _dense(found):
        epsg = utm_epsg(region_profile(found.filters.region_code), found.areas)
        groups.append(shapes.density(t.LAYER_DENSITY, load.density(asked), epsg))
    if GRID in layers:
        look = {"color": HOT_COLOUR, "weight": 1, "fillOpacity": 0.35, "fill": True}
        groups.append(shapes.lines("garis", layer_of["kisi"], look))
    groups.extend(shapes.lines("garis", layer_of[name], look | {"fill": False}) for name, look in LINES.items())
    if INCIDENTS in layers or (DENSITIES in layers and not _dense(found)):
        groups.append(shapes.points(t.LAYER_INCIDENTS, load.incident_layer(asked), radius=3.4, fill=INK))
    show_map(drawn, groups, key=f"peta-panas-{found.filters.region_code}")
    st.caption(t.MAP_HINT)


def legend(found: Hotspots, layers: Sequence[str]) -> None:
    """Draw the legend: rates, outlines with their counts, layers, and how the test was made."""
    areas = found.areas
    rates = [rate_class(rate, found.overall_rate).code for rate in areas["rate_smoothed"]]
    looks = [*reversed(RATES), *([UNRATED] if UNRATED.code in rates else [])]
    rows = [(swatch(look), look.name, None, whole(rates.count(look.code))) for look in looks]
    lines, marks, notes = [], [], []
    if not found.refusal:
        hot, cold = (whole(int((areas["hot"] == kind).sum())) for kind in (HOT, COLD))
        lines.append((f"4px solid {HOT_COLOUR}", BLANK, f"{t.LEGEND_HOT}: {hot}"))
        lines.append((f"3px dashed {COLD_COLOUR}", BLANK, f"{t.LEGEND_COLD}: {cold}"))
    if areas["in_cluster"].any():
        lines.append((f"3px dotted {INK}", BLANK, t.LEGEND_CLUSTER))
    if GRID in layers and len(found.grid.hot_cells):
        lines.append((f"1px solid {HOT_COLOUR}", f"{HOT_COLOUR}59", t.LEGEND_GRID))
    if INCIDENTS in layers or (DENSITIES in layers and not _dense(found)):
        marks.append(("incident", t.LEGEND_INCIDENT))
    if DENSITIES in layers and _dense(found):
        marks.append(("density", t.density_key(found.grid.cell_m)))
    elif DENSITIES in layers:
        notes.append(t.points_instead(found.grid.point_count, found.rules.least_points))
    rules = found.rules
    notes.append(t.test_line(rules.permutations, rules.false_discovery_rate, rules.neighbour_tolerance_m))
    shapes.legend(
        t.LEGEND_HEAD,
        rows,
        lines_head="" if found.refusal else t.LEGEND_OUTLINES,
        lines=lines,
        marks=marks,
        notes=[*notes, t.NOT_SAFE, t.NOT_A_FORECAST],
    )


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
    st.html(render("hot_areas.html", areas=[_item(row, found) for row in records(hot, HotspotRow)]))
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
    st.html(render("hot_areas.html", areas=[_lone_item(row, found) for row in rows]))


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
    st.dataframe(
        with_comma(hotspot_table(found)[list(t.TABLE_COLUMNS)], {"laju_dihaluskan": 2}),
        column_config=dict(t.TABLE_COLUMNS),
        hide_index=True,
        placeholder=MISSING,
        key="tabel-panas",
    )
    csv_download(t.DOWNLOAD, lambda: hotspot_csv(found), t.DOWNLOAD_NAME, found.filters)


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


def _item(row: HotspotRow, found: Hotspots) -> tuple[str, str, str, str]:
    """Give name, kecamatan, word and sentence."""
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
    return row.area_name, row.district_name, row.word, sentence + grid


def _lone_item(row: HotspotRow, found: Hotspots) -> tuple[str, str, str, str]:
    sentence = t.lone_sentence(
        events=row.event_count, days=found.days, smoothed=row.rate_smoothed, overall=found.overall_rate, z=row.gi_z
    )
    return row.area_name, row.district_name, "", sentence


def _dense(found: Hotspots) -> bool:
    return found.grid.point_count >= found.rules.least_points
