"""What the words of a file say of a place."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Place:
    """What a stated place means."""

    # area_code, district_code: the area with its district, the district only, or neither where nothing was stated
    area_code: str | None = None
    district_code: str | None = None
    # rule, facts: a fault instead: which rule is broken, and what a person needs to know to mend it
    rule: str | None = None
    facts: str | None = None
    # note, confidence: of a place that was not taken as it stood in the file: the repair's rule, and how sure it is
    note: str | None = None
    confidence: float | None = None


ResolvePlace = Callable[[str | None, str | None, str | None], Place]  # code, name and kecamatan as stated
