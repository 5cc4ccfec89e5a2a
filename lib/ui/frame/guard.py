"""Stop a page, with the way out in a sentence, where one may not see it or there is nothing to show it from."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import streamlit as st

from data.errors import LakeError
from lib.errors import RegionError
from lib.people.actor import EVERYTHING, GRANTS, NO_ROLE, May
from lib.people.errors import NotAllowedError, PeopleError
from lib.people.trail import Deed
from lib.texts import pages as t
from lib.texts.errors import sentence
from lib.texts.people import EVERY_REGION
from lib.ui.door import books
from lib.ui.door.identity import current
from lib.ui.frame.plain_text import plain
from lib.ui.frame.region_switch import asked_region, region_switch
from lib.ui.frame.theme import band
from lib.ui.load import store as load

if TYPE_CHECKING:
    from streamlit.navigation.page import StreamlitPage

    from lib.people.actor import Actor
    from lib.rules.regions import Region


class Menu:
    """The pages of one run, each with the deed that one must be allowed to open it.

    A page that the actor may not open is in no menu; its address leads to a sentence.
    """

    def __init__(self) -> None:
        self._needed: dict[str, tuple[May, ...]] = {}
        try:
            self._actor: Actor | None = current()
        except PeopleError:
            self._actor = None

    def page(
        self, script: str, *may: May, title: str, url_path: str, default: bool = False, hidden: bool = False
    ) -> StreamlitPage:
        """Register a page, which opens to whoever may do one of some deeds."""
        self._needed[url_path] = may
        seen = self._actor is not None and any(map(self._actor.may, may)) and not hidden
        visibility: Literal["visible", "hidden"] = "visible" if seen else "hidden"
        return st.Page(script, title=title, url_path=url_path, default=default, visibility=visibility)

    def run(self, page: StreamlitPage) -> None:
        """Run a page.

        Where one may not open it, or the store is damaged or out of reach, say so in a sentence instead.
        """
        try:
            current()
            region_switch()
            _admit(page, self._needed[page.url_path])
            page.run()
        except (LakeError, PeopleError) as error:
            if isinstance(error, PeopleError):
                band(t.RESTRICTED)
            st.error(plain(sentence(error)))


def _admit(page: StreamlitPage, needed: tuple[May, ...]) -> None:
    """Go on where some role of the actor in the region of the question opens the page; else the trail keeps it."""
    actor = current()
    try:
        region_code = load.region(load.snapshot(), asked_region()).code if May.MANAGE not in needed else EVERYTHING
    except RegionError:
        region_code = EVERYTHING
    roles = actor.roles(region_code)
    if any(not GRANTS[role].isdisjoint(needed) for role in roles):
        return
    once = f"ditolak:{page.url_path}"
    if once not in st.session_state:
        st.session_state[once] = True
        books.trail().add(actor.name, Deed.REFUSED, halaman=page.url_path, wilayah=region_code)
    raise NotAllowedError(
        shown=actor.shown, role=", ".join(roles) or NO_ROLE, deed=needed[0], area_code=region_code or EVERY_REGION
    )


def ready_region(snapshot: int, region: Region | None = None) -> Region:
    """Give the active region; without one, or without its boundaries, say what to do and stop the page.

    A region that is given must have been ready in that state.
    """
    try:
        region = region or load.region(snapshot, asked_region())
        load.districts(snapshot, region.code)
    except RegionError as error:
        st.info(plain(sentence(error)))
        st.page_link("pages/sumber_data/impor.py", label=t.IMPORT_TITLE)
        st.stop()
    return region
