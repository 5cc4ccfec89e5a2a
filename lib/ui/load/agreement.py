"""Cached loaders of the comparison with other bodies; the key is the question with its snapshot."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from lib.output.agreement_map import standpoint_layer
from lib.output.agreement_tables import comparison_csv
from lib.score import agreement
from lib.score.explanation import reasons
from lib.ui.load import store as load
from lib.ui.load.shared import shared

if TYPE_CHECKING:
    from lib.filters import Filters
    from lib.score.agreement import Comparison
    from lib.score.explanation import Reason


@shared(max_entries=8)
def comparisons(filters: Filters) -> tuple[Comparison, ...]:
    """Lay the assessment of one question beside the newest edition of each body."""
    return agreement.comparisons(load.store_at(filters.snapshot), load.assessment(filters))


@shared(max_entries=8)
def our_reasons(filters: Filters) -> dict[str, tuple[Reason, ...]]:
    """Explain the class of every area of one question."""
    return reasons(load.assessment(filters), load.incidents_behind_score(filters))


@shared(max_entries=16)
def layer(filters: Filters, agency: str) -> dict[str, Any]:
    """Make the comparison with one body into GeoJSON."""
    geometry = load.assessment(filters).areas.set_index("area_code").geometry
    return standpoint_layer(_one(filters, agency), geometry, our_reasons(filters))


def csv(filters: Filters, agency: str) -> bytes:
    """Write the comparison with one body as CSV."""
    simulated = load.state(filters.snapshot, filters.region_code).simulated
    return comparison_csv(_one(filters, agency), our_reasons(filters), simulated=simulated)


def _one(filters: Filters, agency: str) -> Comparison:
    return next(found for found in comparisons(filters) if found.agency == agency)
