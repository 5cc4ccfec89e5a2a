"""Whether four eyes are in force for whoever looks at the page; asked anew each time, for accounts change."""

from __future__ import annotations

from lib.proposals.eyes import Eyes, approvers_of, eyes_of
from lib.settings import settings
from lib.ui.door import books
from lib.ui.door.identity import current


def eyes(region_code: str) -> Eyes:
    """Tell whether what this person does in a region waits for another."""
    approvers = approvers_of(books.accounts().everyone(), region_code)
    return eyes_of(current(), approvers, switched=settings().four_eyes)
