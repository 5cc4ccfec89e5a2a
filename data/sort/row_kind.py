"""What a kind of row is: the columns of its files, its table in the store, how its lines are sorted."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import date

    import duckdb

    from data.sort.coordinate_repair import Extent
    from data.sort.stated_place import ResolvePlace

MARK = "penanda"  # says DATA SIMULASI in simulated files
# A corrected line names the quarantined one that it replaces: number of the import, line of its file.
ORIGIN_COLUMNS = ("asal_impor", "asal_baris")

Reads = Literal["own", "text", "day", "word", "decimal"]


@dataclass(frozen=True, slots=True)
class Words:
    """What the texts of a column mean."""

    match: Callable[[str], str | None]  # gives the code of a text, None for any other text
    # least and most of the numbers that belong to a code; its codes are named where a text means none
    ranges: Mapping[str, tuple[float, float]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a kind's files."""

    name: str  # its head in the template
    # ``text`` is masked and stored; ``day`` is a date; ``word`` means one of some codes; ``decimal`` is a number;
    # ``own``: the statements of the kind read it
    reads: Reads = "own"
    # the column of the kind's table that its value goes to; "" where its text only helps to read another
    stored: str = ""
    required: bool = False  # whether a file must have it
    # whether its texts may be names of persons, as sources are: the column is then hidden as a whole
    names_persons: bool = False
    rule: str = ""  # the rule that a text breaks which means none of the codes
    words: Words | None = None  # the codes, where no judgement of the region decides them
    ahead: bool = False  # whether a day may lie in the future or long ago


# Of rows that are about one area each, and of those that may be about a kecamatan or the whole region.
AREA = (Column("kode_kelurahan", stored="stated_area_code"), Column("kelurahan"), Column("kecamatan"))
PLACE = (*AREA[:2], Column("kecamatan", stored="stated_district_code"))
POINT = (Column("lintang", stored="latitude"), Column("bujur", stored="longitude"))


@dataclass(frozen=True, slots=True)
class Placing:
    """How rows with a point are laid on boundaries, as SQL over the kind's table."""

    follows_point: str  # whether the point decides the area, else what the row states
    not_coarser_than_area: str  # whether the row belongs to one area at all
    elsewhere: str  # the fact that counts the rows whose point lies in another area than the stated one


@dataclass(frozen=True, slots=True)
class Knowledge:
    """What is known beside the lines when they are sorted."""

    today: date  # days later than this are faults
    resolve_place: ResolvePlace
    words: Mapping[str, Words] = field(default_factory=dict)  # what the texts of columns mean, by column
    # the indicator columns of TPS that are staged beside the template's; cells say yes or no, or are empty
    checklist: Sequence[str] = ()
    # the region's; None where it is not known, and coordinates are repaired by their form alone
    extent: Extent | None = None
    # ``hari-bulan-tahun`` or ``bulan-hari-tahun`` by column, for those whose order is settled
    date_orders: Mapping[str, str] = field(default_factory=dict)
    year: int | None = None  # the year of days without one
    time_zone: str | None = None  # IANA name; times with an offset are turned into it
    minimum_confidence: float = 0.9  # share of a column's rows that a repair must put right before it is made
    name_agreement: float = 0.9  # share of codes beside which the area's own name must stand
    repair: bool = True  # whether anything is repaired at all
    far_km: float = 100.0  # points farther than this from the region are faults


@dataclass(frozen=True, slots=True)
class RowKind:
    """One kind of row."""

    code: str  # its name in the store
    table: str  # its table, which has `table_columns`
    columns: tuple[Column, ...]  # of its files, in the template's order
    fault_column: str  # the column of the file that a fault of a repeated or changed content is shown at
    # columns of its table that no single cell fills, besides those that every kind has
    more_stored: tuple[str, ...] = ()
    # content, identity: SQL over the read lines (texts by their heads) that the hashes are made of: of all, and of
    # what a row names. Unused where `parse` makes the hashes.
    content: tuple[str, ...] = ()
    identity: tuple[str, ...] = ()
    source: str = MARK  # the column whose text tells simulated rows too
    has_example: bool = False  # whether the example row of the template begins with CONTOH in `source`
    placing: Placing | None = None  # how its points are laid on boundaries; None: it has no points
    # makes the tables ``parsed`` and ``faults`` and tells facts; by default as the columns say
    parse: Callable[[duckdb.DuckDBPyConnection, RowKind, Knowledge], dict[str, object]] | None = None
    # refuses a file for what its lines say, before anything of it is read
    refuse: Callable[[duckdb.DuckDBPyConnection, Knowledge], None] | None = None
    # changes the faults of lines about something known, given the region's code
    settle: Callable[[duckdb.DuckDBPyConnection, str], None] | None = None

    @property
    def heads(self) -> tuple[str, ...]:
        """List the heads of its template."""
        return tuple(column.name for column in self.columns)

    @property
    def required(self) -> tuple[str, ...]:
        """List the heads that a file must have."""
        return tuple(column.name for column in self.columns if column.required)

    def reading(self, reads: Reads) -> tuple[Column, ...]:
        """List the columns that are read in one way."""
        return tuple(column for column in self.columns if column.reads == reads)

    @property
    def days(self) -> tuple[str, ...]:
        """List the heads of dates."""
        return tuple(column.name for column in self.reading("day"))

    @property
    def has_place(self) -> bool:
        """Tell whether its rows state a place."""
        return AREA[0] in self.columns

    @property
    def needs_area(self) -> bool:
        """Tell whether every row is about one area."""
        return AREA[2] in self.columns

    @property
    def stored_columns(self) -> tuple[str, ...]:
        """List the columns of its table besides those that every kind has."""
        return (*(column.stored for column in self.columns if column.stored), *self.more_stored)

    @property
    def table_columns(self) -> tuple[str, ...]:
        """List all columns of its table, in the order in which an import writes them."""
        return (
            *("import_id", "line_number", "region_code"),
            *self.stored_columns,
            *("simulated", "row_hash", "identity_hash"),
        )
