"""The list of imports, taking one back, and what waits in quarantine."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import pandas as pd
import streamlit as st

from data.errors import LakeError
from lib.errors import RegionError, UndoError
from lib.indonesian import MISSING
from lib.intake.kinds import KINDS, name_of
from lib.output import templates
from lib.people.actor import May
from lib.proposals.deeds import Waiting, undo
from lib.records import ImportRow, records
from lib.texts import imports as t
from lib.texts.errors import sentence
from lib.texts.proposals import EYES, waiting
from lib.ui.door.identity import current
from lib.ui.frame.downloads import offer
from lib.ui.frame.plain_text import plain
from lib.ui.frame.region_switch import asked_region
from lib.ui.load import reports as load_reports
from lib.ui.load import store as load
from lib.ui.load.eyes import eyes
from lib.ui.sources import import_report
from lib.ui.sources.import_state import last_taken

if TYPE_CHECKING:
    from lib.people.actor import Scope
    from lib.records import DataState
    from lib.rules.regions import Region


XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
COLUMN_WIDTHS = {
    "recorded_at": 128,
    "kind": 108,
    "file_name": 214,
    "row_count": 60,
    "accepted_count": 75,
    "quarantined_count": 82,
    "open_quarantine_count": 125,
    "duplicate_count": 75,
    "undone": 92,
    "actor": 110,
    "import_id": 190,
}


def active_region() -> Region | None:
    """Give the region that is asked for; None where it is not in the store."""
    try:
        return load.region(load.snapshot(), asked_region())
    except RegionError:
        return None


def state_of(region: Region | None) -> DataState | None:
    """Tell how far the data of the active region reach; None in an empty store."""
    return load.state(load.snapshot(), region.code) if region else None


def history(region: Region | None) -> None:
    """List the imports of a region, newest first, and offer to take one back."""
    st.subheader(t.LIST)
    table = _imports(region)
    if region is None or table.empty:
        st.info(t.NONE)
        return
    local = pd.to_datetime(table["recorded_at"]).dt.tz_localize("UTC").dt.tz_convert(ZoneInfo(region.time_zone))
    shown = table.assign(kind=table["kind"].map(name_of), recorded_at=local.dt.strftime("%d/%m/%Y %H.%M"))
    st.dataframe(
        shown, column_order=list(t.LIST_COLUMNS), column_config=_columns(), hide_index=True, placeholder=MISSING
    )
    _undo(region, table)


def quarantine(region: Region | None) -> None:
    """Show the refused lines of an import that nobody has mended yet, and offer them as a file to mend."""
    st.subheader(t.QUARANTINE)
    table = _imports(region)
    held = table[table["open_quarantine_count"] > 0] if len(table) else table
    if region is None or held.empty:
        st.info(t.QUARANTINE_EMPTY)
        return
    rows = {row.import_id: row for row in records(held, ImportRow)}
    chosen = st.selectbox(t.QUARANTINE_CHOOSE, list(rows), format_func=lambda key: f"{rows[key].file_name} · {key}")
    faults = load_reports.quarantine(load.snapshot(), _scope(region), chosen)
    import_report.fault_table(faults, repeated=bool(json.loads(rows[chosen].facts).get("baris_per_tps")))
    st.caption(t.QUARANTINE_HOW)
    offer(
        t.QUARANTINE_DOWNLOAD,
        lambda: templates.quarantine_workbook(KINDS[rows[chosen].kind], chosen, faults),
        f"karantina_{chosen}.xlsx",
        mime=XLSX,
        region_code=region.code,
    )


def _imports(region: Region | None) -> pd.DataFrame:
    return load_reports.imports(load.snapshot(), region.code, _scope(region)) if region else pd.DataFrame()


def _scope(region: Region) -> Scope:
    return current().scope(May.READ_REPORTS, region.code)


def _columns() -> dict[str, Any]:
    """Give each column a width at which an import can be told and judged on a laptop."""
    return {name: st.column_config.Column(t.LIST_COLUMNS[name], width=width) for name, width in COLUMN_WIDTHS.items()}


def _undo(region: Region, table: pd.DataFrame) -> None:
    undone = st.session_state.pop("impor-dibatalkan", None)
    if undone is not None:
        import_id, lost = undone
        st.success(t.undone(import_id))
        if lost.duplicate_count:
            st.warning(t.also_delivered(lost.duplicate_count, lost.import_ids))
    proposed = st.session_state.pop("impor-diusulkan", None)
    if proposed is not None:
        st.success(waiting(proposed))
    rows = records(table[~table["undone"]], ImportRow)
    standing = {row.import_id: f"{row.file_name} · {row.import_id}" for row in rows}
    if not standing:
        return
    with st.expander(t.UNDO), st.form("batal", border=False):
        left, right = st.columns(2)
        chosen = left.selectbox(t.UNDO_WHICH, list(standing), format_func=standing.__getitem__)
        reason = right.text_input(t.UNDO_REASON, max_chars=200, key=f"alasan-batal-{len(standing)}")
        st.caption(f"{t.UNDO_NOTE} {EYES[eyes(region.code).why]}")
        pressed = st.form_submit_button(t.UNDO_BUTTON)
    if not pressed:
        return
    taken = last_taken()
    try:
        lost = undo(load.store(), region, chosen, reason=reason, actor=current(), eyes=eyes(region.code))
    except (UndoError, LakeError) as error:
        st.error(plain(sentence(error)))
        return
    if isinstance(lost, Waiting):
        st.session_state["impor-diusulkan"] = lost.proposal_id
        st.rerun()
    if taken.result is not None and taken.result.import_id == chosen:
        taken.mark = taken.result = None
    st.session_state["impor-dibatalkan"] = (chosen, lost)
    st.rerun()
