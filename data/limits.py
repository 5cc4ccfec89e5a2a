"""How much of a file is taken in before it is refused."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """Limits of one import; what exceeds them is refused with a sentence, never cut off in silence."""

    file_bytes: int = 4 * 2**30  # largest file, as it lies on the disk
    unpacked_bytes: int = 2 * 2**30  # largest content of an archive or spreadsheet, after unpacking
    rows: int = 5_000_000  # most data rows of a table
    columns: int = 1_000  # most columns of a table
    cell_characters: int = 1_000_000  # longest cell, and longest line outside quotes
    vertices: int = 40_000_000  # most vertices of a boundary file
    memory_bytes: int = 2**30  # memory that the database engine may take before it spills to the disk


DEFAULT_LIMITS = Limits()
