"""From an upload to an import: settle what the file leaves open, see what would come of it, take it in."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import streamlit as st

from lib.intake.kinds import of_files
from lib.intake.options import ImportOptions
from lib.intake.rows import RowImport, preview_rows
from lib.output import templates
from lib.proposals.deeds import take_boundaries, take_rows
from lib.rules.regions import region_profile
from lib.rules.toml import ProfileError
from lib.settings import settings, today_in
from lib.texts import import_questions as ask
from lib.texts import imports as t
from lib.texts.errors import sentence
from lib.texts.proposals import EYES, states_waiting
from lib.texts.proposals import waiting as proposed
from lib.ui.door.identity import current
from lib.ui.frame.plain_text import plain
from lib.ui.load import store as load
from lib.ui.load.eyes import eyes
from lib.ui.sources import import_questions, import_report
from lib.ui.sources.import_state import REFUSALS, Upload, keep, last_taken

if TYPE_CHECKING:
    from collections.abc import Callable

    from geo.codes import CodeSystem
    from lib.intake.kinds import ImportKind
    from lib.intake.rows import ImportResult, Preview
    from lib.proposals.deeds import Waiting
    from lib.rules.regions import Region

TABLES = ["csv", "txt", "tsv", "xlsx", "xlsm", "xls", "xlsb", "ods", "parquet"]
GEOMETRIES = ["gpkg", "geojson", "json", "zip", "kml", "kmz", "fgb", "gml"]


def upload(active: Region | None) -> None:
    """Ask for a file and its kind; then preview and import, or say what must be settled first."""
    kinds: dict[str, ImportKind | None] = {kind.label: kind for kind in of_files()}
    kinds[t.BOUNDARIES_LABEL] = None
    code = active.code if active else ""
    with st.container(horizontal=True, vertical_alignment="bottom", horizontal_alignment="distribute"):
        chosen = st.radio(
            t.KIND,
            list(kinds),
            horizontal=True,
            key="jenis",
            bind="query-params",
            label_visibility="collapsed",
            width="content",
        )
        kind = kinds[chosen]
        word = kind.word if kind else t.BOUNDARIES
        if kind is None or active is None:
            code = st.text_input(t.REGION, value=code, help=t.REGION_HELP, width=260).strip()
        else:
            _template_button(kind, active)
    # One place for every kind: a file given under the wrong one stays when the right one is chosen.
    hint = kind.help if kind else t.BOUNDARIES_HELP
    file = st.file_uploader(t.FILE, type=[*TABLES, *GEOMETRIES], help=hint, key="berkas")
    if file is None or not code:
        _show_last_result(word, None)
        return
    try:
        region = region_profile(code)
    except ProfileError as error:
        st.error(plain(sentence(error)))
        return
    held = keep(file)
    _show_last_result(word, held.digest)
    if last_taken().mark == (held.digest, word, code):
        return
    if kind is None:
        _boundaries(region, held)
    else:
        _rows(region, kind, held)


def _rows(region: Region, kind: ImportKind, held: Upload) -> None:
    code = kind.rows.code
    mark = held.mark(code)
    above, below = st.container(), st.container()
    with below:
        options = import_questions.options_of(region, kind, mark)
    with above:
        try:
            seen = _preview(load.snapshot(), region.code, code, held, options)
        except REFUSALS as error:
            st.error(plain(ask.refused(error)))
            import_questions.ask_what_is_open(error, region, kind, held, options)
            return
        import_report.show(seen)
        import_questions.settle_names(seen, mark)
        with st.container(horizontal=True, vertical_alignment="center"):
            nothing_new = seen.counts.accepted + seen.counts.quarantined == 0
            pressed = st.button(t.IMPORT, type="primary", disabled=nothing_new, width=180)
            st.caption(t.NOTHING_NEW if nothing_new else t.NOTHING_STORED_YET)
        if pressed:
            task = _task(region, code, held, options)
            _take_in(
                lambda progress: take_rows(replace(task, progress=progress), actor=current(), eyes=eyes(region.code)),
                (held.digest, kind.word, region.code),
            )
        import_report.details(seen)
    with below:
        import_questions.settle_columns(seen, kind, mark)


def _boundaries(region: Region, held: Upload) -> None:
    with st.expander(t.BOUNDARY_OPTIONS, expanded=True):
        first, second, third = st.columns(3)
        vintage = first.text_input(t.VINTAGE, placeholder=t.VINTAGE_EXAMPLE, help=t.VINTAGE_HELP)
        system = second.selectbox(t.CODE_SYSTEM, list(t.CODE_SYSTEMS), format_func=t.CODE_SYSTEMS.__getitem__)
        crs = third.text_input(t.CRS, placeholder=t.BY_THE_FILE, help=t.CRS_HELP)
    code_system: CodeSystem = "bps" if system == "bps" else "kemendagri"
    options = ImportOptions(vintage=vintage or None, code_system=code_system, crs=crs.strip() or None)
    st.caption(EYES[eyes(region.code).why])
    if st.button(t.IMPORT, type="primary", width=180):
        _take_in(
            lambda progress: take_boundaries(
                load.store(),
                region,
                held.path,
                actor=current(),
                eyes=eyes(region.code),
                options=options,
                limits=settings().limits,
                progress=progress,
            ),
            (held.digest, t.BOUNDARIES, region.code),
        )


def _take_in(
    work: Callable[[Callable[[str, float], None]], tuple[ImportResult, Waiting | None]], mark: tuple[str, str, str]
) -> None:
    """Import with a progress bar; the same file pressed twice in a session is taken in once."""
    taken = last_taken()
    bar = st.progress(0.0, text=t.STEPS["read"])

    def show(step: str, share: float) -> None:
        # A second press breaks the run off where something is drawn: before the storing, or after it is remembered.
        if step != "done":
            bar.progress(min(share, 1.0), text=t.STEPS.get(step, t.STEPS["read"]))

    try:
        taken.result, taken.waiting = work(show)
        taken.mark = mark
    except REFUSALS as error:
        bar.empty()
        st.error(plain(ask.refused(error)))
        return
    bar.empty()
    st.rerun()


@st.cache_data(max_entries=4, show_spinner=t.PREVIEWING)
def _preview(snapshot: int, region_code: str, kind: str, held: Upload, options: ImportOptions) -> Preview:  # noqa: ARG001
    return preview_rows(_task(region_profile(region_code), kind, held, options))


def _task(region: Region, kind: str, held: Upload, options: ImportOptions) -> RowImport:
    today, limits = today_in(region, settings()), settings().limits
    return RowImport(load.store(), region, held.path, kind=kind, today=today, options=options, limits=limits)


def _show_last_result(word: str, digest: str | None) -> None:
    """Show what came of the last import, as long as that file or none is chosen."""
    taken = last_taken()
    if taken.result is None or taken.mark is None or taken.mark[1] != word:
        return
    if digest is None or taken.mark[0] == digest:
        import_report.show_result(taken.result)
        if taken.waiting is not None:
            told = proposed if taken.mark[1] == t.BOUNDARIES else states_waiting
            st.warning(told(taken.waiting.proposal_id))


def _template_button(kind: ImportKind, region: Region) -> None:
    today = today_in(region, settings())
    election = load.elections(load.snapshot(), region.code).example(today)
    st.download_button(
        t.TEMPLATE,
        data=lambda: templates.template(kind, region, election, today=today),
        file_name=f"templat_{kind.word}.xlsx",
        on_click="ignore",
    )
