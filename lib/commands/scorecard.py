"""What the command about the scorecard does."""

from __future__ import annotations

from typing import TYPE_CHECKING

from data import digests
from lib.commands.asked import day_of, open_store, region_of
from lib.commands.terminal import say, say_json
from lib.grades.scorecard import scorecard as made_scorecard
from lib.output.scorecard_tables import scorecard_text, scorecard_values
from lib.region.areas import load_areas
from lib.region.elections import elections_of
from lib.settings import pinned_day
from lib.texts.cli import basis

if TYPE_CHECKING:
    from argparse import Namespace


def scorecard(arguments: Namespace) -> int:
    """Say how good the warnings were, in sentences or as JSON."""
    lake, chosen = open_store()
    region = region_of(lake, arguments)
    load_areas(lake, region.code, simplified=True)  # refuses a region that is not ready
    as_of = day_of(lake, region, arguments, chosen)
    election = elections_of(lake, region.code).usual(as_of)
    card = made_scorecard(lake, region.code, as_of=as_of, election_code=election.code if election else "")
    if arguments.json:
        say_json(scorecard_values(card))
    else:
        say(scorecard_text(card))
        marks = (
            f"bobot {digests.short(card.weights_digest)}",
            f"aturan peringatan {digests.short(card.alerts_digest)}",
        )
        say(basis(card.region_name, as_of, *marks, simulated=card.simulated, pinned=pinned_day(region, chosen)))
    return 0
