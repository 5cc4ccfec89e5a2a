"""Two boundary sets beside each other: the choice, what changed, both outlines, and what moves."""

from __future__ import annotations

import json
from datetime import UTC
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import folium
import pandas as pd
import streamlit as st
from streamlit_folium import st_folium

from lib.indonesian import MISSING
from lib.intake.kinds import name_of
from lib.output.csv_file import csv_bytes
from lib.output.html import inert, render
from lib.region import boundary_sets as vintages
from lib.rules.regions import region_profile
from lib.texts import boundary_sets as t
from lib.texts import pages as pages_t
from lib.texts.questions import unit_word
from lib.ui.frame.canvas import empty_map
from lib.ui.frame.downloads import offer
from lib.ui.frame.plain_text import plain
from lib.ui.load import store as load

if TYPE_CHECKING:
    from datetime import datetime

    import geopandas as gpd

    from lib.region.boundary_sets import BoundarySet, Comparison
    from lib.rules.regions import Region

MAP_HEIGHT = 430
REDRAWN = 0.8  # where half of the areas have less in common, the sets come from different hands
OLD_COLOUR, NEW_COLOUR, CHANGED_COLOUR = "#6a131b", "#0b5c7a", "#a9c3cf"
DASHES = "5 4"
FILL = 0.3
_SHARES = ("old_share", "new_share", "iou")


def choose(region: Region) -> Comparison | None:
    """Ask for two boundary sets and compare them; None, with the way out in words, where there are not two."""
    sets = {found.import_id: found for found in vintages.boundary_sets(load.store(), region.code)}
    if len(sets) < 2:
        st.info(t.ONLY_ONE)
        st.page_link("pages/sumber_data/impor.py", label=pages_t.IMPORT_TITLE)
        return None
    names = {key: _name(found, region) for key, found in sets.items()}
    ids = list(sets)
    current = next((position for position, key in enumerate(ids) if sets[key].in_force), 0)
    left, right = st.columns(2)
    old = left.selectbox(t.OLD, ids, index=0 if current else 1, format_func=names.__getitem__)
    new = right.selectbox(t.NEW, ids, index=current, format_func=names.__getitem__)
    left.caption(plain(_details(sets[old], region)))
    right.caption(plain(_details(sets[new], region)))
    if old == new:
        st.info(t.TWICE_THE_SAME)
        return None
    return _comparison(load.snapshot(), region.code, sets[old], sets[new])


def summary(found: Comparison, region: Region) -> None:
    """Say in a sentence what changed, and warn where the two sets are drawn by different hands."""
    counts = vintages.change_counts(found.changes)
    st.markdown(f"**{t.summary(len(found.old_areas), len(found.new_areas), counts, unit_word(region))}**")
    median = found.changes["iou"].median()
    if median < REDRAWN:
        st.caption(t.redrawn(float(median)))


def outlines(found: Comparison) -> None:
    """Draw both sets over each other, changed areas filled."""
    store = load.store()
    old = vintages.load_set(store, found.old.import_id, simplified=True)
    new = vintages.load_set(store, found.new.import_id, simplified=True)
    changed = set(found.changes.loc[found.changes["change"] != "same", "new_code"].dropna())
    shaped = pd.concat([old.geometry, new.geometry]).dropna()
    if shaped.empty:
        return
    drawn = empty_map(shaped.total_bounds, min_zoom=5)
    _layer(new, changed, {"color": NEW_COLOUR, "weight": 1.4, "fillColor": NEW_COLOUR}).add_to(drawn)
    _layer(old, set(), {"color": OLD_COLOUR, "weight": 1.6, "dashArray": DASHES, "interactive": False}).add_to(drawn)
    st_folium(
        drawn,
        key=f"batas-{found.old.import_id}-{found.new.import_id}",
        height=MAP_HEIGHT,
        use_container_width=True,
        returned_objects=[],
    )
    keys = (
        (f"2px dashed {OLD_COLOUR}", t.LEGEND_OLD),
        (f"2px solid {NEW_COLOUR}", t.LEGEND_NEW),
        (f".8rem solid {CHANGED_COLOUR}", t.LEGEND_CHANGED),
    )
    st.html(render("boundary_key.html", keys=keys))


def changes(found: Comparison, region: Region) -> None:
    """List what became of every area, changes first, and offer the list as CSV."""
    table = found.changes.assign(
        change=found.changes["change"].map(t.CHANGES), **{share: 100 * found.changes[share] for share in _SHARES}
    )
    config: dict[str, Any] = {
        name: st.column_config.NumberColumn(head, format="%.0f", help=t.CHANGE_HELP[name])
        if name in _SHARES
        else head
        for name, head in t.CHANGE_COLUMNS.items()
    }
    st.dataframe(
        table,
        column_order=list(t.CHANGE_COLUMNS),
        column_config=config,
        hide_index=True,
        height=MAP_HEIGHT,
        placeholder="",
    )
    offer(
        t.DOWNLOAD,
        lambda: csv_bytes(table[list(t.CHANGE_COLUMNS)].rename(columns=t.CHANGE_COLUMNS).round(1)),
        f"perubahan_batas_{found.old.import_id}_{found.new.import_id}.csv",
        mime="text/csv",
        region_code=region.code,
    )


def moved(found: Comparison) -> None:
    """List the incidents and TPS whose area is another one on the new set."""
    st.subheader(t.MOVED_HEAD)
    if found.old.code_system != found.new.code_system:
        st.info(t.DIFFERENT_SYSTEMS)
        return
    if not found.moved.compared_count:
        st.info(t.NOTHING_COMPARED)
        return
    st.markdown(t.moved(found.moved.moved_count, found.moved.compared_count))
    if found.moved.moved_count:
        rows = found.moved.rows
        shown = rows.assign(
            kind=rows["kind"].map(name_of),
            old_name=rows["old_name"].fillna(t.OUTSIDE),
            new_name=rows["new_name"].fillna(t.OUTSIDE),
        )
        st.dataframe(
            shown,
            column_order=list(t.MOVED_COLUMNS),
            column_config=dict(t.MOVED_COLUMNS),
            hide_index=True,
            placeholder=MISSING,
        )


@st.cache_data(max_entries=4, show_spinner=False)
def _comparison(snapshot: int, region_code: str, old: BoundarySet, new: BoundarySet) -> Comparison:  # noqa: ARG001 - the cache key
    return vintages.compare_sets(load.store(), region_profile(region_code), old, new)


def _name(found: BoundarySet, region: Region) -> str:
    return t.name_of_set(found.file_name, _local(found, region), in_force=found.in_force)


def _details(found: BoundarySet, region: Region) -> str:
    unit = unit_word(region)
    return t.details_of_set(found.vintage, found.code_system, _local(found, region), found.area_count, unit)


def _local(found: BoundarySet, region: Region) -> datetime:
    return found.recorded_at.replace(tzinfo=UTC).astimezone(ZoneInfo(region.time_zone))


def _layer(areas: gpd.GeoDataFrame, filled: set[str], style: dict[str, Any]) -> folium.GeoJson:
    """Make outlines with a name on hovering; the areas in `filled` are filled."""
    shaped = areas[areas.geometry.notna()]
    layer = shaped[["geometry"]].assign(
        hover=[
            inert(f"{name} ({code})") for name, code in zip(shaped["area_name"], shaped["area_code"], strict=True)
        ],
        fill=shaped["area_code"].isin(filled).astype(int),
    )
    return folium.GeoJson(
        json.loads(layer.to_json(drop_id=True)),
        style_function=lambda feature: style | {"fillOpacity": FILL * feature["properties"]["fill"]},
        tooltip=None if style.get("interactive") is False else folium.GeoJsonTooltip(["hover"], labels=False),
    )
