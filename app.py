"""Page config, theme and menu; nothing else."""

import streamlit as st

from lib.people.actor import May
from lib.texts import boundary_sets, completeness, entry, proposals, reports
from lib.texts import pages as t
from lib.texts.agreement import COMPARISON_TITLE
from lib.texts.alerts import ALERTS_TITLE
from lib.texts.elections import CALENDAR_TITLE
from lib.texts.forecasts import FORECAST_TITLE
from lib.texts.hotspots import HOTSPOTS_TITLE
from lib.texts.method import METHOD_TITLE
from lib.texts.scorecard import SCORECARD_TITLE
from lib.texts.stations import STATIONS_TITLE
from lib.texts.trail import TRAIL_TITLE
from lib.ui.frame.guard import Menu
from lib.ui.frame.person import person
from lib.ui.frame.theme import apply_theme

st.set_page_config(page_title=t.APP_TITLE, page_icon="static/petadini.svg", layout="wide")
apply_theme()
menu = Menu()

# Streamlit opens its default page at "/" alone, so the summary stands in the menu there and hidden under its name.
summary = menu.page("pages/situasi/ringkasan.py", May.READ, title=t.SUMMARY_TITLE, url_path="", default=True)
named = menu.page("pages/situasi/ringkasan.py", May.READ, title=t.SUMMARY_TITLE, url_path="ringkasan", hidden=True)
alerts = menu.page("pages/situasi/peringatan.py", May.READ, title=ALERTS_TITLE, url_path="peringatan")
trend = menu.page("pages/situasi/tren.py", May.READ, title=t.TREND_TITLE, url_path="tren")
forecast = menu.page("pages/situasi/ramalan.py", May.READ, title=FORECAST_TITLE, url_path="ramalan")
slides = menu.page("pages/situasi/paparan.py", May.READ, title=t.SLIDES_TITLE, url_path="paparan")
risk_map = menu.page("pages/pemetaan/peta_risiko.py", May.READ, title=t.MAP_TITLE, url_path="peta-risiko")
hotspots = menu.page("pages/pemetaan/titik_panas.py", May.READ, title=HOTSPOTS_TITLE, url_path="titik-panas")
stations = menu.page("pages/pemetaan/tps.py", May.READ, title=STATIONS_TITLE, url_path="tps")
comparison = menu.page("pages/pemetaan/perbandingan.py", May.READ, title=COMPARISON_TITLE, url_path="perbandingan")
incident_reports = menu.page(
    "pages/sumber_data/laporan.py", May.READ_REPORTS, title=reports.TITLE, url_path="laporan"
)
entries = menu.page("pages/sumber_data/catat.py", May.RECORD, title=entry.ENTRY_TITLE, url_path="catat")
imports = menu.page("pages/sumber_data/impor.py", May.IMPORT, title=t.IMPORT_TITLE, url_path="impor")
boundaries = menu.page("pages/sumber_data/batas.py", May.IMPORT, title=boundary_sets.TITLE, url_path="batas")
quality = menu.page("pages/sumber_data/mutu.py", May.READ, title=completeness.TITLE, url_path="mutu")
calendar = menu.page("pages/sumber_data/kalender.py", May.READ, title=CALENDAR_TITLE, url_path="kalender")
proposed = menu.page("pages/sumber_data/usulan.py", May.IMPORT, May.APPROVE, title=proposals.TITLE, url_path="usulan")
seen = menu.page("pages/sumber_data/jejak.py", May.MANAGE, May.READ, title=TRAIL_TITLE, url_path="jejak")
method = menu.page("pages/sumber_data/metode.py", May.READ, title=METHOD_TITLE, url_path="metode")
scorecard = menu.page("pages/sumber_data/rapor.py", May.READ, title=SCORECARD_TITLE, url_path="rapor")

page = st.navigation(
    {
        t.SECTION_SITUATION: [summary, named, alerts, trend, forecast, slides],
        t.SECTION_MAPPING: [risk_map, hotspots, stations, comparison],
        t.SECTION_DATA: [
            *(incident_reports, entries, imports, proposed, quality, boundaries, calendar, method, scorecard, seen)
        ],
    },
    expanded=True,
)
person()
menu.run(page)
