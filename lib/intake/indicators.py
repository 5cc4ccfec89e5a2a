"""The structural indicators that offices import: which are taken, under which names, within which limits."""

from __future__ import annotations

from typing import TYPE_CHECKING

from data.read.heads import normalise_head
from lib.rules.intake import import_rules
from lib.rules.structural import IMPORTED

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from lib.rules.structural import StructuralIndicator
    from lib.rules.weights import Weights


def imported_indicators(weights: Weights) -> tuple[StructuralIndicator, ...]:
    """List the indicators of the score whose values are imported; no others are taken in."""
    return tuple(indicator for indicator in weights.structural if indicator.source == IMPORTED)


def matcher(indicators: Sequence[StructuralIndicator]) -> Callable[[str], str | None]:
    """Make the function that gives the code of an indicator for its code or name, None for any other text.

    Capitals do not count, and a blank is as good as an underscore.
    """
    codes = {normalise_head(text): known.code for known in indicators for text in (known.code, known.name)}

    def match(text: str) -> str | None:
        return codes.get(normalise_head(text))

    return match


def plausible_ranges(indicators: Sequence[StructuralIndicator]) -> dict[str, tuple[float, float]]:
    """Give the least and most value that is taken for each code.

    Both lie `lib.rules.intake.ImportRules.plausible_ranges` times the distance of the goalposts beyond them; what
    starts at 0 or above counts or measures something and is never negative.
    """
    factor = import_rules().plausible_ranges
    ranges = {}
    for known in indicators:
        margin = factor * (known.high - known.low)
        ranges[known.code] = (0.0 if known.low >= 0 else known.low - margin, known.high + margin)
    return ranges
