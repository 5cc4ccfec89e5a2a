"""Cached loaders of the hot-spots; the key is the question with its snapshot, and the window."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from lib.analysis.hotspots import COLD, HOT
from lib.output import hotspot_layers
from lib.score.hotspots import find_hotspots
from lib.texts import hotspots as t
from lib.ui.load import store as load
from lib.ui.load.shared import shared

if TYPE_CHECKING:
    from lib.filters import Filters
    from lib.score.hotspots import Hotspots


@shared(max_entries=16, show_spinner=t.SPINNER)
def _hotspots(filters: Filters, days: int) -> Hotspots:
    return find_hotspots(load.store_at(filters.snapshot), filters, days=days)


def hotspots(filters: Filters, days: int) -> Hotspots:
    """Find the hot-spots of one question."""
    return replace(_hotspots(filters, days), filters=filters)


@shared(max_entries=16)
def layers(filters: Filters, days: int) -> dict[str, dict[str, Any]]:
    """Make the layers of the map: laju, panas, dingin, gugus, kisi."""
    found = hotspots(filters, days)
    return {
        "laju": hotspot_layers.rate_layer(found),
        "panas": hotspot_layers.outline_layer(found, HOT),
        "dingin": hotspot_layers.outline_layer(found, COLD),
        "gugus": hotspot_layers.cluster_layer(found),
        "kisi": hotspot_layers.grid_layer(found),
    }
