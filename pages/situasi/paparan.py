"""Paparan: the briefing on a projector, one message a slide."""

from lib.ui import load, slides
from lib.ui.filters import default_question
from lib.ui.theme import projector

projector()
assessment = load.assessment(default_question())

slides.show(assessment)
