"""Beda pendapat: our classes beside those of other bodies, and the disagreements to talk about."""

import streamlit as st

from lib.texts import agreement as t
from lib.texts.agreement import COMPARISON_TITLE
from lib.ui.frame.filters import filter_bar
from lib.ui.frame.heading import heading
from lib.ui.load import agreement as load_agreement
from lib.ui.mapping import agreement as agreement_view

filters = filter_bar()
found = load_agreement.comparisons(filters)

heading(COMPARISON_TITLE, filters)
st.markdown(t.INTRODUCTION)
if not found:
    agreement_view.nothing_yet(filters)
    st.stop()

chosen = agreement_view.choose_body(found)
agreement_view.agreement(chosen, filters)

st.subheader(t.MAP_HEAD)
agreement_view.legend(chosen, filters)
agreement_view.disagreement_map(chosen, filters)
st.caption(t.MAP_HINT)

agreement_view.agenda(chosen, filters)
