"""Rapor peringatan: how often our own warnings were right, were false, and were missing."""

from lib.texts.scorecard import SCORECARD_TITLE
from lib.ui.frame.filters import filter_bar
from lib.ui.frame.heading import heading
from lib.ui.load import scorecard as load_scorecard
from lib.ui.sources import scorecard as scorecard_view

filters = filter_bar()
card = load_scorecard.scorecard(filters)

heading(SCORECARD_TITLE, filters.unfiltered())
scorecard_view.first(card)
scorecard_view.alerts(card)
scorecard_view.forecasts(card)
scorecard_view.frozen(card)
scorecard_view.for_analysts(card, filters)
scorecard_view.model_card(filters)
scorecard_view.drift(card, filters)
