"""Uploading files, the list of imports, and what waits in quarantine."""

from __future__ import annotations

import hashlib
import tempfile
from pathlib import Path
from zoneinfo import ZoneInfo

import pandas as pd
import streamlit as st

from data import queries
from data.lake import LakeError
from data.rows import TableError
from geo.errors import GeoError
from lib import intake
from lib.areas import RegionError
from lib.output import templates
from lib.profile import ProfileError, Region, calendar, region_profile
from lib.records import records
from lib.settings import settings, today_in
from lib.texts import pages as t
from lib.texts import quarantine as words
from lib.texts.errors import sentence
from lib.texts.tables import KINDS
from lib.ui import load

REFUSALS = (TableError, GeoError, LakeError, RegionError, ProfileError)
SUFFIXES = {
    "kejadian": ["csv", "xlsx"],
    "tps": ["csv", "xlsx"],
    "batas": ["gpkg", "geojson", "json", "zip", "kml", "fgb", "parquet"],
}


def is_simulated() -> bool:
    """Tell whether the active region's data are simulated; an empty store is not."""
    region = _active_region()
    return region is not None and load.state(load.snapshot(), region.code).simulated


def upload() -> None:
    """Ask for a file and its kind, take it in once, and say where its lines went."""
    kinds = {name: kind for kind, name in t.IMPORT_KINDS.items()}
    active = _active_region()
    left, right = st.columns((2, 3), gap="large")
    with left:
        chosen = st.radio(t.IMPORT_KIND, list(kinds), horizontal=True, key="jenis", bind="query-params")
        kind = kinds[chosen]
        code = active.code if active else ""
        if kind == "batas" or active is None:
            code = st.text_input(t.IMPORT_REGION, value=code, help=t.IMPORT_REGION_HELP)
        if kind != "batas" and active is not None:
            _template_button(kind, active)
    with right:
        file = st.file_uploader(t.IMPORT_FILE, type=SUFFIXES[kind], help=t.IMPORT_HELP[kind], key=f"berkas-{kind}")
        pressed = st.button(t.IMPORT_BUTTON, type="primary", disabled=file is None or not code)
    if pressed and file is not None:
        _take_in(kind, code, file.name, file.getvalue())
    _show_result()


def history() -> None:
    """List the imports of the active region, newest first."""
    st.subheader(t.IMPORT_LIST)
    region = _active_region()
    table = queries.imports(load.store(), region.code) if region else pd.DataFrame()
    if region is None or table.empty:
        st.info(t.IMPORT_NONE)
        return
    local = pd.to_datetime(table["recorded_at"]).dt.tz_localize("UTC").dt.tz_convert(ZoneInfo(region.time_zone))
    shown = table.assign(kind=table["kind"].map(KINDS), recorded_at=local.dt.strftime("%d/%m/%Y %H.%M"))
    st.dataframe(shown, column_order=list(t.IMPORT_COLUMNS), column_config=dict(t.IMPORT_COLUMNS), hide_index=True)


def quarantine() -> None:
    """Show the refused lines of an import with reason and hint, and offer them as CSV."""
    st.subheader(t.IMPORT_QUARANTINE)
    region = _active_region()
    table = queries.imports(load.store(), region.code) if region else pd.DataFrame()
    held = table[table["quarantined_count"] > 0] if len(table) else table
    if held.empty:
        st.info(t.IMPORT_QUARANTINE_EMPTY)
        return
    names = {row.import_id: f"{row.file_name} · {row.import_id}" for row in records(held)}
    chosen = st.selectbox(t.IMPORT_QUARANTINE_CHOOSE, list(names), format_func=names.__getitem__)
    faults = worded(queries.quarantine(load.store(), chosen))
    st.dataframe(
        faults,
        column_order=list(t.QUARANTINE_COLUMNS),
        column_config=dict(t.QUARANTINE_COLUMNS),
        hide_index=True,
    )
    st.download_button(
        t.IMPORT_QUARANTINE_DOWNLOAD,
        data=lambda: faults.rename(columns=t.QUARANTINE_COLUMNS).to_csv(index=False, sep=";").encode("utf-8-sig"),
        file_name=f"karantina_{chosen}.csv",
        mime="text/csv",
        on_click="ignore",
    )


def worded(faults: pd.DataFrame) -> pd.DataFrame:
    """Put reason and hint beside each fault; columns as in texts.QUARANTINE_COLUMNS."""
    return pd.DataFrame(
        {
            "line_number": faults["line_number"],
            "column_name": faults["column_name"].fillna(""),
            "value": faults["value"].fillna(""),
            "reason": [
                words.reason(rule, None if pd.isna(facts) else facts)
                for rule, facts in zip(faults["rule"], faults["facts"], strict=True)
            ],
            "hint": [words.hint(rule) for rule in faults["rule"]],
        }
    )


def _active_region() -> Region | None:
    try:
        return load.region(load.snapshot())
    except RegionError:
        return None


def _template_button(kind: str, region: Region) -> None:
    today = today_in(region, settings())
    election = calendar(region.code).default_election(today)
    st.download_button(
        t.IMPORT_TEMPLATE,
        data=lambda: templates.template("tps" if kind == "tps" else "kejadian", region, election, today=today),
        file_name=f"templat_{kind}.xlsx",
        on_click="ignore",
    )


def _take_in(kind: str, code: str, name: str, content: bytes) -> None:
    """Import the uploaded bytes; the same file pressed twice in a session is taken in once."""
    digest = hashlib.sha256(content).hexdigest() + kind + code
    if st.session_state.get("impor-terakhir") == digest:
        st.info(t.IMPORT_SAME)
        return
    chosen = settings()
    with st.spinner(t.IMPORT_BUSY), tempfile.TemporaryDirectory(prefix="petadini-") as folder:
        path = Path(folder) / Path(name).name
        path.write_bytes(content)
        try:
            region = region_profile(code)
            if kind == "batas":
                result = intake.import_boundaries(load.store(), region, path, actor=chosen.actor)
            elif kind == "tps":
                result = intake.import_stations(load.store(), region, path, actor=chosen.actor)
            else:
                today = today_in(region, chosen)
                result = intake.import_incidents(load.store(), region, path, today=today, actor=chosen.actor)
        except REFUSALS as error:
            st.session_state["impor-hasil"] = None
            st.error(sentence(error))
            return
    st.session_state["impor-terakhir"] = digest
    st.session_state["impor-hasil"] = result


def _show_result() -> None:
    result: intake.ImportResult | None = st.session_state.get("impor-hasil")
    if result is None:
        return
    st.success(t.imported(result.file_name, result.import_id))
    counts = result.counts
    shown = (
        (t.METRIC_ROWS, counts.rows),
        (t.METRIC_ACCEPTED, counts.accepted),
        (t.METRIC_QUARANTINED, counts.quarantined),
        (t.METRIC_DUPLICATE, counts.duplicate),
    )
    for column, (label, value) in zip(st.columns(4), shown, strict=True):
        column.metric(label, value, border=True)
    if result.kind == "area":
        st.caption(t.boundary_facts(result.facts))
