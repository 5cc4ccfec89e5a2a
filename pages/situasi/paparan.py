"""Paparan: the briefing on a projector, one message a slide."""

import streamlit as st

from lib.texts import pages as t
from lib.ui import load, slides
from lib.ui.filters import default_question
from lib.ui.theme import projector

projector()
assessment = load.assessment(default_question())

if assessment.ranked.empty:
    st.info(t.NO_INCIDENTS)
    st.stop()

slides.show(assessment)
