"""How much of a file is taken in before it is refused."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """Limits of one import; what exceeds them is refused with a sentence, never cut off in silence.

    Attributes
    ----------
    file_bytes
        Largest file, as it lies on the disk.
    unpacked_bytes
        Largest content of an archive or spreadsheet, after unpacking.
    rows
        Most data rows of a table.
    columns
        Most columns of a table.
    cell_characters
        Longest cell, and longest line outside quotes.
    vertices
        Most vertices of a boundary file.
    memory_bytes
        Memory that the database engine may take before it spills to the disk.
    """

    file_bytes: int = 4 * 2**30
    unpacked_bytes: int = 2 * 2**30
    rows: int = 5_000_000
    columns: int = 1_000
    cell_characters: int = 1_000_000
    vertices: int = 40_000_000
    memory_bytes: int = 2**30


DEFAULT_LIMITS = Limits()
