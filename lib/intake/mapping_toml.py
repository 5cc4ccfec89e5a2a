"""A mapping of foreign columns to ours as a value, and as a TOML file."""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass, field, replace
from functools import cache
from typing import TYPE_CHECKING, Any
from zoneinfo import available_timezones

import tomli_w

from data.read.heads import normalise_head
from data.read.sources import Source
from lib.intake.kinds import KINDS, indicator_columns
from lib.rules import words as profile_texts
from lib.rules.toml import Table, parse_table
from lib.texts import mapping as texts

if TYPE_CHECKING:
    from collections.abc import Mapping

DATE_ORDERS = ("hari-bulan-tahun", "bulan-hari-tahun")

LONGEST_NAME = 40

_NAME = re.compile(rf"[a-z0-9][a-z0-9_-]{{0,{LONGEST_NAME - 1}}}")
ALWAYS = ("name", "title", "kind")
RULE_KEYS = ("head", "at_least", "text")
_LARGEST = 1e15  # every whole number below has a double of its own


@dataclass(frozen=True, slots=True)
class ColumnMapping:
    """Which columns of ours come from which heads of a foreign format."""

    name: str  # under which people ask for it: lower-case letters, digits, ``_`` and ``-``
    title: str
    kind: str
    # One `Source` for each column of ours that the format has; other columns stay empty. A head may list alternatives
    # as ``a|b``, of which `lib.intake.heads.fit` takes the first that a file has.
    sources: Mapping[str, Source]
    repeat_by: str | None = None  # head whose cell holds how many rows of ours one row of the file stands for
    # ``hari-bulan-tahun`` or ``bulan-hari-tahun`` by column, where the format fixes it.
    date_orders: Mapping[str, str] = field(default_factory=dict)
    # Zone of the format's times, ``UTC`` or an IANA name, where it is not that of the place.
    time_zone: str | None = None
    # Heads that tell the format, alternatives as above. Without any it is never detected.
    signature: tuple[str, ...] = ()
    # What the format says and does not say, in Indonesian, for the person who confirms the import.
    source_note: str = ""
    # Columns of `sources` whose heads the file lacks are looked for by the synonyms of their names.
    by_synonyms: bool = False


def read_mapping(text: str, file: str) -> ColumnMapping:
    """Read a mapping from the text of a TOML file; `file` is its name in messages.

    Besides the fields of `ColumnMapping` (``columns`` for its sources) a mapping of TPS may have a table
    ``indicators``: its ``values`` and ``otherwise`` go to one column for each indicator of the list, which comes from
    the head that is the indicator's code or its text. Heads and the left sides of values are brought to the form in
    which they are compared. Raises `ProfileError` if the text is no TOML, a key is unknown or missing, or a value
    breaks its rule.
    """
    return mapping_of(parse_table(text, shown=file))


def mapping_of(root: Table) -> ColumnMapping:
    """Read a mapping from a root table; as `read_mapping`."""
    root.allow(
        "name",
        "title",
        "kind",
        "repeat_by",
        "time_zone",
        "signature",
        "source_note",
        "by_synonyms",
        "date_orders",
        "columns",
        "indicators",
    )
    kind = root.choice("kind", tuple(KINDS))
    sources = _indicators(root, kind) | _columns(root, kind)
    if not sources:
        raise root.refusal("columns", texts.NO_COLUMN)
    time_zone = root.optional(root.text, "time_zone")
    if time_zone is not None and time_zone not in _time_zones():
        raise root.refusal("time_zone", texts.NO_SUCH_ZONE)
    repeat_by = root.optional(root.text, "repeat_by")
    return ColumnMapping(
        name=root.code("name", _NAME, "huruf kecil, angka, garis bawah, atau tanda hubung, paling banyak 40"),
        title=root.text("title"),
        kind=kind,
        sources=sources,
        repeat_by=None if repeat_by is None else normalise_head(repeat_by),
        date_orders=_date_orders(root, kind),
        time_zone=time_zone,
        signature=tuple(map(normalise_head, root.optional(root.texts, "signature") or ())),
        source_note=root.optional(root.text, "source_note") or "",
        by_synonyms=root.flag("by_synonyms"),
    )


def to_toml(mapping: ColumnMapping) -> str:
    """Write a mapping as the TOML file that `read_mapping` reads as the same mapping."""
    values = asdict(replace(mapping, sources={}))
    values["columns"] = {column: _source_values(source) for column, source in mapping.sources.items()}
    return tomli_w.dumps({key: value for key, value in values.items() if value or key in ALWAYS})


@cache
def _time_zones() -> set[str]:
    return available_timezones()  # reads a folder of hundreds of files


def _columns(root: Table, kind: str) -> dict[str, Source]:
    table = root.optional(root.table, "columns")
    if table is None:
        return {}
    known = KINDS[kind].columns
    unknown = [column for column in table.values if column not in known]
    if unknown:
        raise root.refusal("columns", texts.unknown_columns(unknown, known))
    return {column: _source(table.table(column)) for column in table.values}


def _indicators(root: Table, kind: str) -> dict[str, Source]:
    table = root.optional(root.table, "indicators")
    if table is None:
        return {}
    if not KINDS[kind].has_checklist:
        raise root.refusal("indicators", texts.NO_INDICATORS)
    table.allow("values", "otherwise")
    values, otherwise = _values(table), table.optional(table.text, "otherwise")
    return {
        column: Source(heads=(f"{column}|{normalise_head(text)}",), values=values, otherwise=otherwise)
        for column, text in indicator_columns().items()
    }


def _source(table: Table) -> Source:
    table.allow("heads", "joined_by", "constant", "values", "otherwise", "rules")
    if not any(key in table for key in ("heads", "constant", "rules")):
        raise table.refusal("heads", texts.NO_SOURCE)
    joined_by = table.values.get("joined_by", " ")
    if not isinstance(joined_by, str):
        raise table.refusal("joined_by", profile_texts.NOT_TEXT)
    return Source(
        heads=tuple(map(normalise_head, table.optional(table.texts, "heads") or ())),
        joined_by=joined_by,
        constant=table.optional(table.text, "constant"),
        values=_values(table),
        otherwise=table.optional(table.text, "otherwise"),
        rules=tuple(map(_rule, table.tables("rules"))),
    )


def _values(table: Table) -> tuple[tuple[str, str], ...]:
    values = table.optional(table.table, "values")
    if values is None:
        return ()
    read: dict[str, str] = {}
    for key in values.values:
        compared = key.strip().lower()
        if compared in read:
            raise values.refusal(key, texts.value_twice(compared))
        read[compared] = values.text(key)
    return tuple(read.items())


def _rule(table: Table) -> tuple[str, float, str]:
    table.allow(*RULE_KEYS)
    return normalise_head(table.text("head")), table.number("at_least", -_LARGEST, _LARGEST), table.text("text")


def _date_orders(root: Table, kind: str) -> dict[str, str]:
    table = root.optional(root.table, "date_orders")
    if table is None:
        return {}
    table.allow(*KINDS[kind].columns)
    return {column: table.choice(column, DATE_ORDERS) for column in table.values}


def _source_values(source: Source) -> dict[str, Any]:
    """Give the keys of a source that say more than their absence."""
    values = {key: value for key, value in asdict(source).items() if value != getattr(Source(), key)}
    rules = [dict(zip(RULE_KEYS, rule, strict=True)) for rule in source.rules]
    return values | {key: value for key, value in (("values", dict(source.values)), ("rules", rules)) if value}
