"""What the person who looks at a page may do there; a button that may not be pressed is not drawn."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from lib.people.actor import GRANTS
from lib.texts.people import who_may
from lib.ui.door.identity import current

if TYPE_CHECKING:
    from lib.people.actor import May


def allowed(deed: May, region_code: str) -> bool:
    """Tell whether the person may do something in a whole region; where not, say who may."""
    if current().may(deed, region_code):
        return True
    st.caption(who_may(deed))
    return False


def has_role_for(deed: May, region_code: str) -> bool:
    """Tell whether some role of the person in a region is for this, be it of a part of the region only."""
    return any(deed in GRANTS[role] for role in current().roles(region_code))
