"""Every error has a sentence, and a sentence speaks only of what its error holds."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from string import Formatter
from typing import TYPE_CHECKING

import pytest

from data import errors as store
from data.read import refusal
from geo import errors as boundary
from lib import errors
from lib.people.errors import PeopleError
from lib.texts.errors import SENTENCES, filled, sentence
from lib.texts.import_questions import refused

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOTS = (
    store.LakeError,
    refusal.TableError,
    boundary.BoundaryError,
    errors.RegionError,
    errors.UndoError,
    errors.ProposalError,
    PeopleError,
)


def reasons(*roots: type[Exception]) -> Iterator[type[Exception]]:
    """List the classes below others that have none below them, or are raised themselves."""
    for root in roots:
        below = root.__subclasses__()
        if not below or root in SENTENCES:
            yield root
        yield from reasons(*below)


REASONS = list(reasons(*ROOTS, errors.JournalError))


@pytest.mark.parametrize("kind", REASONS, ids=lambda kind: f"{kind.__module__}.{kind.__name__}")
def test_an_error_has_a_sentence_about_its_own_evidence(kind: type[Exception]) -> None:
    known = {field.name for field in fields(kind)} if is_dataclass(kind) else set()
    named = {name for _, name, _, _ in Formatter().parse(SENTENCES[kind]) if name is not None}
    assert named <= known


def test_no_sentence_is_left_without_its_error() -> None:
    assert set(SENTENCES) == set(REASONS)


def test_one_reason_of_two_rooms_keeps_its_own_words() -> None:
    table, map_file = refusal.NamesDisagreeError, boundary.NamesDisagreeError
    assert table.code == map_file.code == "names_disagree"
    assert SENTENCES[table] != SENTENCES[map_file]


def test_what_is_not_known_is_no_evidence() -> None:
    error = refusal.MixedDatesError(file="a.csv", column="tanggal")
    assert error.facts == {"file": "a.csv", "column": "tanggal"}
    assert "dua urutan tanggal. Tanyakan" in sentence(error)
    proved = refusal.MixedDatesError(file="a.csv", column="tanggal", proofs=("20/11/2024", "11/20/2024"))
    assert "“20/11/2024” menaruh hari di depan" in sentence(proved)


def test_evidence_with_braces_is_no_template() -> None:
    assert filled("“{file}”", refusal.EmptyError(file="{columns}.csv")) == "“{columns}.csv”"


def test_the_page_asks_for_the_election_alone_where_only_that_is_missing() -> None:
    alone = refusal.MissingColumnsError(file="a.csv", columns=["pemilihan"], found=["tps"])
    more = refusal.MissingColumnsError(file="a.csv", columns=["pemilihan", "no_tps"], found=["tps"])
    assert refused(alone) == "Berkas “a.csv” tidak menyebut pemilihannya. Pilih:"
    assert "pemilihan, no_tps" in refused(more)
