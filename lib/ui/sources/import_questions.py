"""What a file leaves open, put to the person who imports it: how to read it, which columns, which places."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import streamlit as st

from data.errors import LakeError
from data.read import refusal as table
from data.read.heads import normalise_head
from data.sort.personal import name_heads
from geo import errors as boundary
from lib.intake import mappings
from lib.intake.heads import propose
from lib.intake.kinds import AREA, KINDS, ImportKind, label_of
from lib.intake.options import ImportOptions
from lib.intake.reading import choose_mapping, open_rows
from lib.records import NameQuestion, records
from lib.rules.taxonomy import taxonomy
from lib.rules.toml import ProfileError
from lib.settings import settings
from lib.texts import import_questions as ask
from lib.texts import imports as t
from lib.texts.errors import sentence
from lib.texts.questions import SEVERITIES
from lib.ui.door.identity import current
from lib.ui.frame.plain_text import plain
from lib.ui.load import store as load

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from data.read.sources import Source
    from lib.intake.mapping_toml import ColumnMapping
    from lib.intake.rows import Preview
    from lib.rules.calendar import Election
    from lib.rules.regions import Region
    from lib.ui.sources.import_state import Upload

MOST_QUESTIONS_IN_VIEW = 4


def options_of(region: Region, kind: ImportKind, mark: str) -> ImportOptions:
    """Collect what was settled about a file so far, and ask what every file of its kind may leave open."""
    options: ImportOptions = st.session_state.get(f"jawaban-{mark}", ImportOptions())
    with st.expander(t.MORE_OPTIONS):
        first, second, third = st.columns(3)
        ready = {mapping.name: mapping for mapping in load.mappings(load.snapshot(), kind.rows.code)}
        name = first.selectbox(
            t.MAPPING,
            [t.MAPPING_BY_HEADS, *ready],
            format_func=lambda n: ready[n].title if n in ready else n,
            help=t.MAPPING_HELP,
            key=f"pemetaan-{mark}",
            on_change=lambda: _settle(mark, mapping=None),  # what was changed by hand belonged to the former one
        )
        system = second.selectbox(
            t.CODE_SYSTEM, list(t.ROW_CODE_SYSTEMS), format_func=t.ROW_CODE_SYSTEMS.__getitem__, key=f"sistem-{mark}"
        )
        third.toggle(t.REPAIR, value=True, help=t.REPAIR_HELP, key=f"perbaiki-{mark}")
        order = year = election = None
        if "pemilihan" in kind.columns:
            elections = {known.code: known.name for known in _elections(region)}
            election = first.selectbox(
                t.ELECTION,
                [None, *elections],
                format_func=lambda code: elections.get(code, t.BY_THE_FILE),
                key=f"pemilihan-{mark}",
            )
        if kind.rows.days:
            order = first.selectbox(
                t.DATE_ORDER,
                [None, *t.DATE_ORDERS],
                format_func=lambda o: t.DATE_ORDERS.get(o, t.BY_THE_FILE),
                key=f"urutan-{mark}",
            )
            year = second.number_input(
                t.YEAR,
                min_value=1998,
                max_value=load.today(region).year,
                value=None,
                step=1,
                placeholder=t.BY_THE_FILE,
                help=t.YEAR_HELP,
                key=f"tahun-{mark}",
            )
    return replace(
        options,
        mapping=options.mapping or ready.get(name),
        code_system="bps" if system == "bps" else options.code_system,
        date_order=order or options.date_order,
        year=year,
        election_code=election or options.election_code,
        repair=bool(st.session_state[f"perbaiki-{mark}"]),
    )


def ask_what_is_open(
    error: Exception, region: Region, kind: ImportKind, held: Upload, options: ImportOptions
) -> None:
    """Offer the answers to the question for which a file is not read yet."""
    mark = held.mark(kind.rows.code)
    match error:
        case table.NoHeaderError():
            _ask_header(mark)
        case boundary.NoCrsError():
            _ask_crs(mark)
        case table.MissingColumnsError(columns=missing) if missing != ["pemilihan"]:
            _ask_columns(kind, held, options)
            _ask_fillings(mark, [column for column in kind.fillable if column in missing])
        case _:
            _offer(mark, *_choices(error, region))


def _elections(region: Region) -> tuple[Election, ...]:
    return load.elections(load.snapshot(), region.code).with_roll()


def _choices(error: Exception, region: Region) -> tuple[str, dict[str, str]]:
    """Give the option that answers a question, and its values with the words on their buttons."""
    match error:
        case table.MissingColumnsError():
            return "election_code", {known.code: known.name for known in _elections(region)}
        case table.AmbiguousDatesError() | table.MixedDatesError() | table.HalfConvertedError():
            return "date_order", t.DATE_ORDERS
        case table.NamesDisagreeError():
            return "code_system", {"bps": ask.BY_NAME}
        case table.ChooseSheetError(sheets=names) | boundary.SeveralLayersError(layers=names):
            return "sheet", {name: t.use_sheet(name) for name in names}
        case _:
            return "sheet", {}


def _ask_header(mark: str) -> None:
    with st.container(horizontal=True, vertical_alignment="bottom"):
        row = st.number_input(ask.HEADER_ROW, min_value=1, value=1, step=1, width=180)
        if st.button(ask.USE_HEADER):
            remember(mark, header_row=int(row))
        if st.button(ask.NO_HEADS):
            remember(mark, header_row=0)


def _ask_fillings(mark: str, missing: Sequence[str]) -> None:
    """Offer one text for all rows in each of some columns that the file does not have."""
    if not missing:
        return
    choices = {
        "keparahan": {str(severity): words for severity, words in SEVERITIES.items()},
        "kategori": {category.code: category.name for category in taxonomy().categories},
    }
    chosen: dict[str, str] = {}
    with st.container(horizontal=True, vertical_alignment="bottom"):
        for column in missing:
            label, key = ask.for_all_rows(column), f"isi-{mark}-{column}"
            if column in choices:
                value = st.selectbox(
                    label,
                    list(choices[column]),
                    index=None,
                    format_func=choices[column].__getitem__,
                    placeholder=ask.CHOOSE,
                    key=key,
                    width=320,
                )
            else:
                value = st.text_input(label, key=key, width=320).strip() or None
            if value is not None:
                chosen[column] = value
        if st.button(ask.USE_FOR_ALL, disabled=not chosen, key=f"isi-{mark}"):
            remember(mark, constants=chosen)


def _ask_crs(mark: str) -> None:
    with st.container(horizontal=True, vertical_alignment="bottom"):
        crs = st.text_input(t.CRS, placeholder="EPSG:32748", help=t.CRS_HELP, width=260).strip()
        if st.button(ask.USE_CRS) and crs:
            remember(mark, crs=crs)


def settle_columns(seen: Preview, kind: ImportKind, mark: str) -> None:
    """Show where each of our columns comes from, let a person change it, and keep it under a name."""
    saved = st.session_state.pop("pemetaan-tersimpan", None)
    with st.expander(t.COLUMNS, expanded=saved is not None):
        private = set(map(str, seen.facts.get("kolom_pribadi") or ()))  # type: ignore[call-overload]
        _column_choices(seen.mapping, [head for head in seen.heads if head not in private], kind, mark)
        if saved is not None:
            st.success(plain(t.mapping_saved(saved)))
        with st.container(horizontal=True, vertical_alignment="bottom"):
            title = st.text_input(t.MAPPING_NAME, key=f"nama-pemetaan-{mark}", help=t.MAPPING_NAME_HELP, max_chars=80)
            pressed = st.button(t.MAPPING_SAVE)
        if pressed and title.strip():
            try:
                mapping = mappings.renamed(seen.mapping, title.strip())
                mappings.save_mapping(load.store(), mapping, actor=current())
            except (ProfileError, LakeError) as error:
                st.error(plain(sentence(error)))
                return
            st.session_state["pemetaan-tersimpan"] = title.strip()
            st.rerun()


def settle_names(seen: Preview, mark: str) -> None:
    """Put names that are only alike to a person."""
    if seen.questions.empty:
        return
    answers: dict[tuple[str, str], str | None] = {}
    many = len(seen.questions) > MOST_QUESTIONS_IN_VIEW
    with st.container(border=True, height=360 if many else "content"):
        st.markdown(f"**{t.NAME_QUESTIONS}**")
        for number, question in enumerate(records(seen.questions, NameQuestion)):
            left, right = st.columns((3, 2), vertical_alignment="center")
            text = t.name_question(question)
            left.markdown(plain(text))
            answer: str | None = right.radio(
                plain(text),
                [t.NAME_OPEN, t.NAME_SAME, t.NAME_OTHER],
                horizontal=True,
                label_visibility="collapsed",
                key=f"nama-{mark}-{number}-{question.name}",
            )
            if answer != t.NAME_OPEN:
                key = (question.name, question.district)
                answers[key] = question.area_code if answer == t.NAME_SAME else None
        if st.button(t.USE_NAMES, disabled=not answers):
            remember(mark, answers=answers)


def remember(mark: str, **answers: Any) -> None:
    """Keep an answer for a file, and look at the file anew."""
    _settle(mark, **answers)
    st.rerun()


def _settle(mark: str, **answers: Any) -> None:
    before: ImportOptions = st.session_state.get(f"jawaban-{mark}", ImportOptions())
    if "answers" in answers:
        answers["answers"] = {**before.answers, **answers["answers"]}
    if "constants" in answers:
        answers["constants"] = {**before.constants, **answers["constants"]}
    st.session_state[f"jawaban-{mark}"] = replace(before, **answers)


def _offer(mark: str, option: str, choices: dict[str, str]) -> None:
    """Draw one button for each answer."""
    with st.container(horizontal=True):
        for value, words in choices.items():
            if st.button(plain(words), key=f"pilih-{option}-{value}"):
                remember(mark, **{option: value})


def _ask_columns(kind: ImportKind, held: Upload, options: ImportOptions) -> None:
    """Let a person say which heads are the missing columns, or that the file is of another kind."""
    opened = open_rows(held.path, options, settings().limits)
    mapping = choose_mapping(opened, kind.rows.code, options, kind.rows.heads)
    shapes = opened.facts.get("bukan_titik")
    required = kind.rows.required
    found = [column for column in required if column in mapping.sources]
    other = AREA if shapes else None if 2 * len(found) > len(required) else _likely_kind(opened.heads, kind)
    if other is not None:
        name = label_of(other)
        st.warning(ask.looks_like(name))
        st.button(ask.read_as(name), on_click=_choose_kind(name))
    private = set(name_heads(opened.heads))
    heads = [head for head in opened.written_heads if normalise_head(head) not in private]
    with st.container(border=True):
        _column_choices(mapping, heads, kind, held.mark(kind.rows.code))


def _choose_kind(name: str) -> Callable[[], None]:
    def choose() -> None:
        st.session_state["jenis"] = name

    return choose


def _likely_kind(heads: Sequence[str], kind: ImportKind) -> str | None:
    """Tell which other kind of file has all that tells it apart among some heads; None where none has."""
    for code, other in KINDS.items():
        if other is kind or not other.telling:
            continue
        found = mappings.detect(heads, code) or propose(heads, code)
        if all(column in found.sources for column in other.telling):
            return code
    return None


def _column_choices(mapping: ColumnMapping, heads: Sequence[str], kind: ImportKind, mark: str) -> None:
    """Draw a choice of head for each of our columns; of the indicators only for those that the file has."""
    by_key = {normalise_head(head): head for head in heads if head.strip()}
    names = [name for name in kind.columns if name in (*kind.rows.heads, *mapping.sources)]
    choices: list[str | None] = [None, *by_key.values()]
    changed: dict[str, str | None] = {}
    columns = st.columns(3)
    for position, name in enumerate(names):
        source = mapping.sources.get(name)
        now = by_key.get(source.heads[0]) if source and source.heads else None
        picked = columns[position % 3].selectbox(
            t.column_label(name, required=name in kind.rows.required),
            choices,
            index=choices.index(now),
            format_func=_worded(source),
            key=f"kolom-{mark}-{name}-{now}",
        )
        if picked != now:
            changed[name] = picked
    if st.button(t.USE_COLUMNS, disabled=not changed):
        remember(mark, mapping=mappings.with_heads(mapping, changed))


def _worded(source: Source | None) -> Callable[[str | None], str]:
    def word(head: str | None) -> str:
        return head or t.column_without_head(source)

    return word
