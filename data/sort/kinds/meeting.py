"""What a text about a meeting holds: days, issues and follow-ups, each a row of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from data.sort import by_columns
from data.sort.row_kind import Column, RowKind, Words

if TYPE_CHECKING:
    import duckdb

    from data.sort.row_kind import Knowledge

ITEM_KINDS = ("tanggal", "isu", "tindak_lanjut")


def item_kind(text: str) -> str | None:
    """Give the kind of an item; capitals do not count, and a blank or hyphen is as good as an underscore."""
    code = text.lower().replace(" ", "_").replace("-", "_")
    return code if code in ITEM_KINDS else None


def parse(cursor: duckdb.DuckDBPyConnection, kind: RowKind, known: Knowledge) -> dict[str, object]:
    """Read the lines by their columns; an item that is a day, which may lie ahead, must name it."""
    facts = by_columns.parse(cursor, kind, known)
    cursor.execute(
        """INSERT INTO faults SELECT line_number, 'hari', NULL, 'required', NULL
        FROM parsed WHERE item_kind = 'tanggal' AND hari IS NULL"""
    )
    return facts


# A sentence may name several days and issues, each an item of its own: its whole content is what it speaks of.
CONTENT = ("held_on", "judul", "item_kind", "item_day", "category_code", "isi")
MEETING = RowKind(
    code="meeting",
    table="meeting_note",
    columns=(
        Column("tanggal", "day", "held_on", required=True),
        Column("judul", "text", "title", required=True),
        Column("jenis", "word", "item_kind", required=True, rule="item_kind", words=Words(item_kind)),
        Column("hari", "day", "item_day", ahead=True),
        Column("kategori", "word", "category_code", rule="category"),
        Column("isi", "text", "item_text", required=True),
    ),
    fault_column="isi",
    content=CONTENT,
    identity=CONTENT,
    source="judul",
    parse=parse,
)
