"""The command that lists the imports of a region; it imports little, so that it answers at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from data.store import queries
from lib.commands.asked import open_store, region_of
from lib.commands.terminal import say
from lib.intake import kinds
from lib.texts import cli as t

if TYPE_CHECKING:
    from argparse import Namespace


def history(arguments: Namespace) -> int:
    """List the imports of a region."""
    lake, _ = open_store()
    found = queries.import_records(lake, region_of(lake, arguments).code)
    if not found:
        say(t.NO_IMPORTS)
    for known in found:
        line = t.history_line(
            known.import_id,
            kinds.name_of(known.kind),
            known.file_name,
            rows=known.row_count,
            accepted=known.accepted_count,
            quarantined=known.quarantined_count,
            duplicate=known.duplicate_count,
            undone=known.undone,
        )
        say(line)
    return 0
