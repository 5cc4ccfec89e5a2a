"""Cached loaders of the scorecard, the model card and the drift report."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lib.grades import drift as report
from lib.grades import model_card as cards
from lib.grades import scorecard as made
from lib.ui.load import store as load
from lib.ui.load.shared import shared

if TYPE_CHECKING:
    from lib.filters import Filters
    from lib.grades.drift import Month
    from lib.grades.model_card import ModelCard
    from lib.grades.scorecard import Scorecard


@shared(max_entries=4)
def scorecard(filters: Filters) -> Scorecard:
    """Grade the warnings of a region by what was known on the last day of a question; filters do not enter."""
    return made.scorecard(
        load.store_at(filters.snapshot), filters.region_code, as_of=filters.end, election_code=filters.election_code
    )


@shared(max_entries=4)
def model_card(filters: Filters) -> ModelCard:
    """Describe the warnings of a region."""
    return cards.model_card(load.store_at(filters.snapshot), scorecard(filters))


@shared(max_entries=4)
def drift(filters: Filters) -> tuple[Month, ...]:
    """Grade the last months one by one."""
    return report.drift(load.store_at(filters.snapshot), scorecard(filters))
