"""From an upload to an import: settle what the file leaves open, see what would come of it, take it in."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import streamlit as st

from data.rows import TableError
from geo.errors import GeoError
from lib import intake
from lib import mapping as mappings
from lib.import_options import ImportOptions
from lib.output import templates
from lib.profile import ProfileError, calendar, region_profile
from lib.reading import sheets_of
from lib.records import records
from lib.settings import settings, today_in
from lib.texts import imports as t
from lib.texts.errors import sentence
from lib.ui import import_report, load
from lib.ui.import_state import REFUSALS, Upload, keep
from lib.ui.plain import plain

if TYPE_CHECKING:
    from collections.abc import Callable

    from geo.codes import CodeSystem
    from lib.intake import ImportResult, Preview
    from lib.profile import Region

ROW_KINDS = {"kejadian": "incident", "tps": "station", "nihil": "nil"}
TABLES = ["csv", "txt", "tsv", "xlsx", "xlsm", "xls", "xlsb", "ods", "parquet"]
GEOMETRIES = ["gpkg", "geojson", "json", "zip", "kml", "kmz", "fgb", "gml"]
SUFFIXES = {
    "kejadian": [*TABLES, *GEOMETRIES],
    "tps": [*TABLES, *GEOMETRIES],
    "nihil": TABLES,
    "batas": [*GEOMETRIES, "parquet"],
}


def upload(active: Region | None) -> None:
    """Ask for a file and its kind; then preview and import, or say what must be settled first."""
    kinds = {name: kind for kind, name in t.KINDS.items()}
    chosen = st.radio(t.KIND, list(kinds), horizontal=True, key="jenis", bind="query-params")
    kind = kinds[chosen]
    left, right = st.columns((1, 3), gap="large")
    with left:
        code = active.code if active else ""
        if kind == "batas" or active is None:
            code = st.text_input(t.REGION, value=code, help=t.REGION_HELP).strip()
        if kind != "batas" and active is not None:
            _template_button(kind, active)
    with right:
        file = st.file_uploader(t.FILE, type=SUFFIXES[kind], help=t.HELP[kind], key=f"berkas-{kind}")
    if file is None or not code:
        _show_last_result(kind, None)
        return
    try:
        region = region_profile(code)
    except ProfileError as error:
        st.error(plain(sentence(error)))
        return
    held = keep(file)
    _show_last_result(kind, held.digest)
    if st.session_state.get("impor-terakhir") == (held.digest, kind, code):
        return
    if kind == "batas":
        _boundaries(region, held)
    else:
        _rows(region, ROW_KINDS[kind], held)


def _rows(region: Region, kind: str, held: Upload) -> None:
    options = _asked(region, kind, held.digest)
    try:
        seen = _preview(load.snapshot(), region.code, kind, held, options)
    except TableError as error:
        st.error(plain(sentence(error)))
        _ask_what_is_open(error, held.digest)
        return
    except REFUSALS as error:
        st.error(plain(sentence(error)))
        if isinstance(error, GeoError) and error.code == "no_crs":
            _remember(
                held.digest, crs=st.text_input(t.CRS, placeholder="EPSG:32748", help=t.CRS_HELP).strip() or None
            )
        return
    import_report.show(seen)
    _settle_columns(seen, kind, held.digest)
    _settle_names(seen, held.digest)
    left, right = st.columns((2, 5), vertical_alignment="center")
    disabled = seen.counts.accepted + seen.counts.quarantined == 0
    if left.button(t.IMPORT, type="primary", disabled=disabled, width="stretch"):
        _take_in(
            lambda progress: intake.import_rows(
                load.store(),
                region,
                held.path,
                kind=kind,
                today=today_in(region, settings()),
                actor=settings().actor,
                options=options,
                limits=settings().limits,
                progress=progress,
            ),
            (held.digest, next(name for name, value in ROW_KINDS.items() if value == kind), region.code),
        )
    right.caption(t.NOTHING_STORED_YET)


def _boundaries(region: Region, held: Upload) -> None:
    with st.expander(t.BOUNDARY_OPTIONS):
        first, second, third = st.columns(3)
        vintage = first.text_input(t.VINTAGE, placeholder=t.VINTAGE_EXAMPLE, help=t.VINTAGE_HELP)
        system = second.selectbox(t.CODE_SYSTEM, list(t.CODE_SYSTEMS), format_func=t.CODE_SYSTEMS.__getitem__)
        crs = third.text_input(t.CRS, placeholder="EPSG:32748", help=t.CRS_HELP)
    code_system: CodeSystem = "bps" if system == "bps" else "kemendagri"
    options = ImportOptions(vintage=vintage or None, code_system=code_system, crs=crs.strip() or None)
    if st.button(t.IMPORT, type="primary"):
        _take_in(
            lambda progress: intake.import_boundaries(
                load.store(),
                region,
                held.path,
                actor=settings().actor,
                options=options,
                limits=settings().limits,
                progress=progress,
            ),
            (held.digest, "batas", region.code),
        )


def _take_in(work: Callable[[Callable[[str, float], None]], ImportResult], mark: tuple[str, str, str]) -> None:
    """Import with a progress bar; the same file pressed twice in a session is taken in once."""
    bar = st.progress(0.0, text=t.STEPS["read"])

    def show(step: str, share: float) -> None:
        bar.progress(min(share, 1.0), text=t.STEPS.get(step, t.STEPS["read"]))

    try:
        result = work(show)
    except REFUSALS as error:
        bar.empty()
        st.error(plain(sentence(error)))
        return
    bar.empty()
    st.session_state["impor-terakhir"] = mark
    st.session_state["impor-hasil"] = result
    st.rerun()


@st.cache_data(max_entries=4, show_spinner=t.PREVIEWING)
def _preview(snapshot: int, region_code: str, kind: str, held: Upload, options: ImportOptions) -> Preview:  # noqa: ARG001
    region = region_profile(region_code)
    chosen = settings()
    return intake.preview(
        load.store(),
        region,
        held.path,
        kind=kind,
        today=today_in(region, chosen),
        options=options,
        limits=chosen.limits,
    )


def _asked(region: Region, kind: str, digest: str) -> ImportOptions:
    """Collect what was settled about this file so far, and ask what every file of the kind may leave open."""
    options: ImportOptions = st.session_state.get(f"jawaban-{digest}", ImportOptions())
    with st.expander(t.MORE_OPTIONS):
        first, second, third = st.columns(3)
        saved = {mapping.name: mapping for mapping in load.mappings(load.snapshot(), kind)}
        name = first.selectbox(
            t.MAPPING,
            [t.MAPPING_BY_HEADS, *saved],
            format_func=lambda n: saved[n].title if n in saved else n,
            help=t.MAPPING_HELP,
            key=f"pemetaan-{digest}",
        )
        order = second.selectbox(
            t.DATE_ORDER,
            [None, *t.DATE_ORDERS],
            format_func=lambda o: t.DATE_ORDERS.get(o, t.BY_THE_FILE),
            key=f"urutan-{digest}",
        )
        repair = third.toggle(t.REPAIR, value=True, help=t.REPAIR_HELP, key=f"perbaiki-{digest}")
        if kind == "station":
            elections = {election.code: election.name for election in calendar(region.code).elections}
            election = first.selectbox(
                t.ELECTION,
                [None, *elections],
                format_func=lambda c: elections.get(c, t.BY_THE_FILE),
                key=f"pemilihan-{digest}",
            )
            options = replace(options, election_code=election)
    if name in saved:
        options = replace(options, mapping=saved[name])
    return replace(options, date_order=order or options.date_order, repair=repair)


def _ask_what_is_open(error: TableError, digest: str) -> None:
    """Offer the answers to a question for which a file was refused."""
    if error.code == "choose_sheet":
        for sheet in sheets_of(error):
            if st.button(plain(t.use_sheet(sheet)), key=f"lembar-{sheet}"):
                _remember(digest, sheet=sheet)
    elif error.code == "no_header":
        if st.button(t.NO_HEADS):
            _remember(digest, header_row=0)
    elif error.code == "ambiguous_dates":
        for order, words in t.DATE_ORDERS.items():
            if st.button(words, key=f"pilih-{order}"):
                _remember(digest, date_order=order)


def _settle_columns(seen: Preview, kind: str, digest: str) -> None:
    """Show where each of our columns comes from, let a person change it, and keep it under a name."""
    with st.expander(t.COLUMNS):
        heads = [None, *seen.heads]
        keys = {mappings.normalise_head(head): head for head in seen.heads}
        changed: dict[str, str | None] = {}
        columns = st.columns(3)
        for position, name in enumerate(mappings.columns_of(kind)):
            source = seen.mapping.sources.get(name)
            now = keys.get(source.heads[0]) if source and source.heads else None
            picked = columns[position % 3].selectbox(
                name,
                heads,
                index=heads.index(now),
                format_func=lambda head: head or t.NOT_IN_FILE,
                key=f"kolom-{digest}-{name}",
            )
            if picked != now:
                changed[name] = picked
        if changed and st.button(t.USE_COLUMNS):
            _remember(digest, mapping=mappings.with_heads(seen.mapping, changed))
        left, right = st.columns((3, 1), vertical_alignment="bottom")
        title = left.text_input(t.MAPPING_NAME, key=f"nama-pemetaan-{digest}", help=t.MAPPING_NAME_HELP)
        if right.button(t.MAPPING_SAVE, disabled=not title.strip()):
            mappings.save_mapping(load.store(), mappings.renamed(seen.mapping, title.strip()), actor=settings().actor)
            st.success(plain(t.mapping_saved(title.strip())))


def _settle_names(seen: Preview, digest: str) -> None:
    """Put names that are only alike to a person."""
    if seen.questions.empty:
        return
    st.markdown(f"**{t.NAME_QUESTIONS}**")
    answers: dict[tuple[str, str], str | None] = {}
    for number, question in enumerate(records(seen.questions)):
        answer: str | None = st.radio(
            plain(t.name_question(question)),
            [t.NAME_OPEN, t.NAME_SAME, t.NAME_OTHER],
            horizontal=True,
            key=f"nama-{digest}-{number}",
        )
        if answer != t.NAME_OPEN:
            key = (str(question.name), str(question.district))
            answers[key] = str(question.area_code) if answer == t.NAME_SAME else None
    if answers and st.button(t.USE_NAMES):
        _remember(digest, answers=answers)


def _remember(digest: str, **answers: Any) -> None:
    """Keep an answer for this file, and look at the file anew."""
    if all(value is None for value in answers.values()):
        return
    before: ImportOptions = st.session_state.get(f"jawaban-{digest}", ImportOptions())
    if "answers" in answers:
        answers["answers"] = {**before.answers, **answers["answers"]}
    st.session_state[f"jawaban-{digest}"] = replace(before, **answers)
    st.rerun()


def _show_last_result(kind: str, digest: str | None) -> None:
    """Show what came of the last import, as long as that file or none is chosen."""
    result: ImportResult | None = st.session_state.get("impor-hasil")
    mark = st.session_state.get("impor-terakhir")
    if result is None or mark is None or mark[1] != kind or (digest is not None and mark[0] != digest):
        return
    import_report.show_result(result)


def _template_button(kind: str, region: Region) -> None:
    today = today_in(region, settings())
    election = calendar(region.code).default_election(today)
    name: Any = kind
    st.download_button(
        t.TEMPLATE,
        data=lambda: templates.template(name, region, election, today=today),
        file_name=f"templat_{kind}.xlsx",
        on_click="ignore",
    )
