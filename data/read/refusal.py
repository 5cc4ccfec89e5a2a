"""The refusals of a whole file, before anything of it is stored: one class a reason."""

from __future__ import annotations

from typing import TYPE_CHECKING

from data.errors import StatedError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date


class TableError(StatedError, ValueError):
    """A file that is refused whole; sorting knows no file names, so `file` may be added on the way up."""

    file: str | None = None


class MissingFileError(TableError):
    """No file of this name."""


class UnreadableError(TableError):
    """The reading library gave up; `cause` is the beginning of what it said."""

    cause: str


class EmptyError(TableError):
    """Nothing in it."""


class NoRowsError(TableError):
    """Heads and no row."""


class ExtensionError(TableError):
    """The name ends in none of the endings of tables."""

    suffix: str


class WebPageError(TableError):
    """A page of the web, or XML, whatever its ending."""


class NotATableError(TableError):
    """A picture, a PDF or an archive, whatever its ending."""


class EncryptedError(TableError):
    """Locked by a password."""


class StrayQuoteError(TableError):
    """A quote that is opened on a line and never closed."""

    line: int


class MissingColumnsError(TableError):
    """Columns that the kind requires are none of those found."""

    columns: list[str]
    found: list[str]


class ForbiddenColumnsError(TableError):
    """Columns about parties, candidates, religion or ethnicity."""

    columns: list[str]


class ForbiddenIndicatorsError(TableError):
    """Indicators about parties, candidates, religion or ethnicity."""

    names: list[str]


class RepeatedColumnsError(TableError):
    """Columns that stand there more than once."""

    columns: list[str]


class NoHeaderError(TableError):
    """No row looks like heads; the sender must say which it is."""

    example: str


class ChooseSheetError(TableError):
    """Several sheets hold rows; the sender must say which is meant."""

    sheets: Sequence[str]


class UnknownSheetError(TableError):
    """No sheet of that name."""

    sheet: str
    sheets: Sequence[str]


class TooLargeError(TableError):
    """More bytes than one import takes."""

    bytes: int
    limit: int


class UnpackedTooLargeError(TableError):
    """More bytes once unpacked than one import takes."""

    bytes: int
    limit: int


class ZipBombError(TableError):
    """A member that grows out of proportion."""

    member: str


class TooManyRowsError(TableError):
    """More rows than one import takes."""

    limit: int


class TooManyColumnsError(TableError):
    """More columns than one import takes."""

    columns: int
    limit: int


class TooManyCellsError(TableError):
    """A sheet stretched over more cells than one import takes."""

    rows: int
    columns: int
    limit: int


class TooLongLineError(TableError):
    """A line of more characters than a table has."""

    line: int
    limit: int


class AmbiguousDatesError(TableError):
    """Every date of a column can be read in two orders."""

    column: str
    example: str
    day_first: date
    month_first: date
    proofs: tuple[str, ...] | None = None


class MixedDatesError(TableError):
    """A column holds dates of both orders."""

    column: str
    proofs: tuple[str, ...] | None = None


class HalfConvertedError(TableError):
    """Day and month of some cells were exchanged on the way."""

    column: str
    example: str
    day: date
    exchanged: date
    order: str


class NamesDisagreeError(TableError):
    """Codes fit but too few names do; `examples` of code, name in the file, known place."""

    agreeing: int
    compared: int
    examples: Sequence[tuple[str, str, str]]
