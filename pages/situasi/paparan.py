"""Paparan: the briefing on a projector, one message a slide."""

from lib.ui.frame.filters import default_question
from lib.ui.frame.theme import projector
from lib.ui.load import store as load
from lib.ui.situation import slides

projector()
assessment = load.assessment(default_question())

slides.show(assessment)
