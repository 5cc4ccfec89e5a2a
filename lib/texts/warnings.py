"""Words shared by alerts, forecasts and hot-spots."""

ALL_CATEGORIES = "Semua kategori"

ALERTS_TITLE = "Peringatan"
FORECAST_TITLE = "Ramalan"
HOTSPOTS_TITLE = "Titik panas"
STATIONS_TITLE = "TPS"
COMPARISON_TITLE = "Beda pendapat"
METHOD_TITLE = "Metode"
SCORECARD_TITLE = "Rapor peringatan"
