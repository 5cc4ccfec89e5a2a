"""Who is logged in, at the head of the menu: the name, the way out, and the question for a name never asked."""

from __future__ import annotations

import streamlit as st

from lib.people.actor import EVERYTHING
from lib.people.errors import NotInError
from lib.texts import people as t
from lib.ui.door import identity
from lib.ui.frame.plain_text import plain


def person() -> None:
    """Draw it into the sidebar; nothing where nobody is logged in, for then the page says so."""
    try:
        actor = identity.current()
    except NotInError:
        return
    with st.sidebar.container(key="orang"):
        if identity.without_lock():
            st.caption(t.WITHOUT_LOCK, help=t.WITHOUT_LOCK_HELP)
        elif identity.wants_name():
            _ask()
        else:
            name, way_out = st.columns((3, 2), vertical_alignment="center")
            name.markdown(t.logged_in(plain(actor.shown), actor.roles(EVERYTHING)))
            if way_out.button(t.LEAVE, key="keluar", width="stretch"):
                identity.leave()
                st.rerun()


def _ask() -> None:
    with st.form("nama-anda", border=False):
        name, keep = st.columns((3, 2), vertical_alignment="center")
        shown = name.text_input(
            t.YOUR_NAME, placeholder=t.YOUR_NAME, label_visibility="collapsed", max_chars=80, autocomplete="name"
        )
        if keep.form_submit_button(t.KEEP, width="stretch") and shown.strip():
            identity.call_me(shown)
            st.rerun()
