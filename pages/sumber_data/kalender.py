"""Kalender: which elections and occasions there are, which are in force, and who entered what."""

from lib.rules.regions import region_profile
from lib.texts.store import as_it_was
from lib.ui.frame.filters import default_question
from lib.ui.frame.heading import classification
from lib.ui.frame.theme import band
from lib.ui.load import store as load
from lib.ui.sources import elections as calendar_view

filters = default_question()
region = region_profile(filters.region_code)
classification(region, load.state(filters.snapshot, region.code))
if filters.as_it_was:
    band(as_it_was(filters.as_it_was))
calendar_view.head(filters)
calendar_view.elections(filters)
calendar_view.stages(filters)
if not filters.as_it_was:
    calendar_view.editor(filters)
calendar_view.journal(filters)
