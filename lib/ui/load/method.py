"""Cached loaders of the page Metode; as in `lib.ui.load.store`, the key is the question with its snapshot."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from lib.region import weights
from lib.region.weights import parse_weights
from lib.score import other_freezes as freezes
from lib.score import weight_preview
from lib.score.inputs import fetch_inputs
from lib.ui.load.shared import shared
from lib.ui.load.store import store_at

if TYPE_CHECKING:
    from lib.analysis.draws import Shift
    from lib.filters import Filters
    from lib.region.weights import SavedSet
    from lib.score.inputs import Inputs
    from lib.score.other_freezes import FreezeCase
    from lib.score.weight_preview import Preview


@st.cache_data(max_entries=8, show_spinner=False)
def saved_sets(snapshot: int, region_code: str) -> tuple[SavedSet, ...]:
    """List the saved sets of weights."""
    return weights.saved_sets(store_at(snapshot), region_code)


@shared(max_entries=2)
def _facts(filters: Filters) -> Inputs:
    return fetch_inputs(store_at(filters.snapshot), filters)


@shared(max_entries=8)
def preview(filters: Filters, content: str) -> Preview:
    """Judge one question under the weights of a TOML text."""
    candidate = parse_weights(content)
    return weight_preview.preview(store_at(filters.snapshot), _facts(filters.unfiltered()), filters, candidate)


@shared(max_entries=4)
def other_freezes(filters: Filters) -> tuple[FreezeCase, ...]:
    """Judge one question on scales frozen on other days."""
    return freezes.other_freezes(store_at(filters.snapshot), _facts(filters.unfiltered()), filters)


@shared(max_entries=4)
def rank_shifts(filters: Filters) -> dict[str, Shift]:
    """Measure what the ranks of one question hang on."""
    return weight_preview.rank_shifts(store_at(filters.snapshot), _facts(filters.unfiltered()), filters)
