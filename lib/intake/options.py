"""What a person settles about a file before it is taken in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from geo.codes import CodeSystem
    from lib.intake.mapping_toml import ColumnMapping

Progress = Callable[[str, float], None]  # a step's code, and the share of the whole that is done


@dataclass(frozen=True, slots=True)
class ImportOptions:
    """Answers to what a file may leave open; the defaults leave it to the file."""

    # Which columns of the file are ours; by default a ready mapping that fits, else one by usual heads.
    mapping: ColumnMapping | None = None
    # Sheet of a workbook; spreadsheet row of the heads, 0 where the table has none.
    sheet: str | None = None
    header_row: int | None = None
    crs: str | None = None  # coordinate system of a geometry file that does not state it, such as ``EPSG:32748``
    # System (kemendagri or bps) and edition of the area codes.
    code_system: CodeSystem = "kemendagri"
    vintage: str | None = None
    # ``hari-bulan-tahun`` or ``bulan-hari-tahun``, for columns that do not prove their order.
    date_order: str | None = None
    year: int | None = None  # for days without a year
    election_code: str | None = None  # for TPS lists that do not name their election
    repair: bool = True  # whether columns may be repaired at all
    # Texts for all rows whose cell of a column is empty, or that have none: our column -> text.
    constants: Mapping[str, str] = field(default_factory=dict)
    # Areas for names that were alike only: name and kecamatan as written -> area code, or None.
    answers: Mapping[tuple[str, str], str | None] = field(default_factory=dict)


NO_OPTIONS = ImportOptions()


def silent(step: str, share: float) -> None:
    """Show no progress."""
