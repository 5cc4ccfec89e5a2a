"""Page config, theme and menu; nothing else."""

import streamlit as st

from lib.texts import boundary_sets, completeness, entry, reports
from lib.texts import pages as t
from lib.texts.agreement import COMPARISON_TITLE
from lib.texts.alerts import ALERTS_TITLE
from lib.texts.elections import CALENDAR_TITLE
from lib.texts.forecasts import FORECAST_TITLE
from lib.texts.hotspots import HOTSPOTS_TITLE
from lib.texts.method import METHOD_TITLE
from lib.texts.scorecard import SCORECARD_TITLE
from lib.texts.stations import STATIONS_TITLE
from lib.ui.frame.guard import run
from lib.ui.frame.theme import apply_theme

st.set_page_config(page_title=t.APP_TITLE, page_icon="static/petadini.svg", layout="wide")
apply_theme()

# Streamlit opens its default page at "/" alone, so the summary stands in the menu there and hidden under its name.
summary = st.Page("pages/situasi/ringkasan.py", title=t.SUMMARY_TITLE, url_path="", default=True)
named = st.Page("pages/situasi/ringkasan.py", title=t.SUMMARY_TITLE, url_path="ringkasan", visibility="hidden")
alerts = st.Page("pages/situasi/peringatan.py", title=ALERTS_TITLE, url_path="peringatan")
trend = st.Page("pages/situasi/tren.py", title=t.TREND_TITLE, url_path="tren")
forecast = st.Page("pages/situasi/ramalan.py", title=FORECAST_TITLE, url_path="ramalan")
slides = st.Page("pages/situasi/paparan.py", title=t.SLIDES_TITLE, url_path="paparan")
risk_map = st.Page("pages/pemetaan/peta_risiko.py", title=t.MAP_TITLE, url_path="peta-risiko")
hotspots = st.Page("pages/pemetaan/titik_panas.py", title=HOTSPOTS_TITLE, url_path="titik-panas")
stations = st.Page("pages/pemetaan/tps.py", title=STATIONS_TITLE, url_path="tps")
comparison = st.Page("pages/pemetaan/perbandingan.py", title=COMPARISON_TITLE, url_path="perbandingan")
incident_reports = st.Page("pages/sumber_data/laporan.py", title=reports.TITLE, url_path="laporan")
entries = st.Page("pages/sumber_data/catat.py", title=entry.ENTRY_TITLE, url_path="catat")
imports = st.Page("pages/sumber_data/impor.py", title=t.IMPORT_TITLE, url_path="impor")
boundaries = st.Page("pages/sumber_data/batas.py", title=boundary_sets.TITLE, url_path="batas")
quality = st.Page("pages/sumber_data/mutu.py", title=completeness.TITLE, url_path="mutu")
calendar = st.Page("pages/sumber_data/kalender.py", title=CALENDAR_TITLE, url_path="kalender")
method = st.Page("pages/sumber_data/metode.py", title=METHOD_TITLE, url_path="metode")
scorecard = st.Page("pages/sumber_data/rapor.py", title=SCORECARD_TITLE, url_path="rapor")

page = st.navigation(
    {
        t.SECTION_SITUATION: [summary, named, alerts, trend, forecast, slides],
        t.SECTION_MAPPING: [risk_map, hotspots, stations, comparison],
        t.SECTION_DATA: [incident_reports, entries, imports, quality, boundaries, calendar, method, scorecard],
    },
    expanded=True,
)
run(page)
