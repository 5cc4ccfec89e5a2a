"""Which columns of a foreign file become ours: ready, detected, proposed or saved by a person."""

from __future__ import annotations

import re
import unicodedata
from contextlib import closing
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from data import digests
from data.characters import one_line
from data.read.heads import normalise_head
from data.read.sources import Source
from data.sort.personal import mask
from data.store.journals import append
from data.store.lake import Lake, utc_now, write
from lib.intake.heads import SYNONYMS_FILE, Heads, fit
from lib.intake.kinds import KINDS
from lib.intake.mapping_toml import LONGEST_NAME, ColumnMapping, mapping_of, read_mapping, to_toml
from lib.people.actor import EVERYTHING, May
from lib.rules.toml import FACTS_FOLDER, ProfileError, read_table
from lib.texts import mapping as texts

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    import duckdb

    from lib.people.actor import Actor

MAPPINGS_FOLDER = FACTS_FOLDER / "mappings"


@dataclass(frozen=True, slots=True)
class SavedMapping:
    """A mapping that a person saved, and when."""

    mapping: ColumnMapping
    actor: str
    recorded_at: datetime


@cache
def ready_mappings() -> tuple[ColumnMapping, ...]:
    """Read the mappings that come with the program, in the order of their names.

    Raises `ProfileError` if one of them breaks a rule.
    """
    files = sorted(file for file in MAPPINGS_FOLDER.glob("*.toml") if file != SYNONYMS_FILE)
    return tuple(_read_file(file) for file in files)


def ready(name: str) -> ColumnMapping:
    """Return the mapping of a name that comes with the program.

    Raises `ProfileError` if there is none.
    """
    return _named(name, ready_mappings())


def detect(heads: Sequence[str], kind: str) -> ColumnMapping | None:
    """Return the ready mapping whose signature a file has, fitted to the file's heads, or None.

    Of several the one with the longest signature is taken. Heads are compared as in `fit`.
    """
    found = Heads(heads)
    known = [
        mapping
        for mapping in ready_mappings()
        if mapping.kind == kind
        and mapping.signature
        and all(found.first(entry) is not None for entry in mapping.signature)
    ]
    return fit(max(known, key=lambda mapping: len(mapping.signature)), heads) if known else None


def with_heads(mapping: ColumnMapping, heads: Mapping[str, str | None]) -> ColumnMapping:
    """Let a person choose the head of columns; None leaves a column empty, what else its source does stays."""
    sources = dict(mapping.sources)
    for column, head in heads.items():
        if head is None:
            sources.pop(column, None)
        else:
            sources[column] = replace(sources.get(column, Source()), heads=(normalise_head(head),))
    ordered = {column: sources[column] for column in KINDS[mapping.kind].columns if column in sources}
    return replace(mapping, sources=ordered)


def renamed(mapping: ColumnMapping, title: str) -> ColumnMapping:
    """Give a mapping a title, and the name that is made of its letters and digits; it is no longer detected."""
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    name = re.sub(r"[^a-z0-9]+", "_", plain).strip("_")[:LONGEST_NAME].strip("_")
    return replace(mapping, name=name, title=mask(one_line(title)), signature=())


def with_constant(mapping: ColumnMapping, column: str, text: str) -> ColumnMapping:
    """Set what a column holds where the file says nothing, such as the election of a list of TPS."""
    source = replace(mapping.sources.get(column, Source()), constant=text)
    return replace(mapping, sources=dict(mapping.sources) | {column: source})


def save_mapping(lake: Lake, mapping: ColumnMapping, *, actor: Actor) -> None:
    """Keep a mapping under its name; an earlier one of the name stays in the journal but no longer holds.

    Saving again what holds already changes nothing. Raises `ProfileError` if the name belongs to a ready mapping or
    the mapping breaks a rule of its file.
    """
    actor.must(May.IMPORT, EVERYTHING)
    if any(known.name == mapping.name for known in ready_mappings()):
        raise ProfileError(texts.name_taken(mapping.name))
    content = to_toml(mapping)
    read_mapping(content, texts.SAVED_FILE.format(name=mapping.name))
    digest = digests.of_text(content)

    def change(cursor: duckdb.DuckDBPyConnection) -> None:
        if any(row[0] == mapping.name and row[2] == digest for row in _newest(cursor)):
            return
        row = {"mapping_name": mapping.name, "kind": mapping.kind, "content": content, "digest": digest}
        append(cursor, "column_mapping", row | {"actor": actor.name, "recorded_at": utc_now()})

    write(lake, change, author=actor.name, message=f"pemetaan {mapping.name}")


def saved_mappings(lake: Lake) -> tuple[SavedMapping, ...]:
    """Read the saved mappings that hold, the newest of each name, in the order of the names."""
    with closing(lake.cursor()) as cursor:
        rows = _newest(cursor)
    return tuple(
        SavedMapping(read_mapping(content, texts.SAVED_FILE.format(name=name)), actor, recorded_at)
        for name, content, _, actor, recorded_at in rows
    )


def find_mapping(lake: Lake, text: str, kind: str | None = None) -> ColumnMapping:
    """Return the mapping that a person asks for: a TOML file, or the name of a saved or ready one.

    `kind`: what the import is about; a mapping of another kind is refused. Raises `ProfileError` if there is none, or
    it is broken, or of another kind.
    """
    if text.lower().endswith(".toml"):
        mapping = _read_file(Path(text))
    else:
        mapping = _named(text, (*(saved.mapping for saved in saved_mappings(lake)), *ready_mappings()))
    if kind is not None and mapping.kind != kind:
        raise ProfileError(texts.wrong_kind(mapping.name, KINDS[mapping.kind].name, KINDS[kind].name))
    return mapping


def _read_file(file: Path) -> ColumnMapping:
    return mapping_of(read_table(file, shown=file.name))


def _named(name: str, mappings: Sequence[ColumnMapping]) -> ColumnMapping:
    for mapping in mappings:
        if mapping.name == name:
            return mapping
    raise ProfileError(texts.unknown_mapping(name, [mapping.name for mapping in mappings]))


def _newest(cursor: duckdb.DuckDBPyConnection) -> list[tuple[str, str, str, str, datetime]]:
    return cursor.execute(
        """SELECT mapping_name, content, digest, actor, recorded_at FROM column_mapping
        QUALIFY row_number() OVER (PARTITION BY mapping_name ORDER BY recorded_at DESC, digest) = 1
        ORDER BY mapping_name"""
    ).fetchall()
