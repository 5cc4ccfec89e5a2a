"""Words shared by alerts, forecasts and hot-spots."""

from __future__ import annotations

ALL_CATEGORIES = "Semua kategori"
