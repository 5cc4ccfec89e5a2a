"""The command that writes the scores of a day."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lib.commands.asked import open_store, question_of, region_of
from lib.commands.terminal import say
from lib.output.score_tables import score_csv
from lib.score.answers import judge
from lib.score.inputs import fetch_inputs
from lib.score.uncertainty import rank_uncertainty
from lib.texts import cli as t
from lib.texts.elections import roll_line

if TYPE_CHECKING:
    from argparse import Namespace


def score(arguments: Namespace) -> int:
    """Write the scores of a day as CSV."""
    lake, chosen = open_store()
    filters = question_of(lake, region_of(lake, arguments), arguments, chosen)
    known = fetch_inputs(lake, filters)
    judged = judge(known, filters)
    arguments.csv.write_bytes(score_csv(judged, rank_uncertainty(known, judged)))
    say(t.written(str(arguments.csv)))
    if lacking := roll_line(judged.roll):
        say(lacking)
    return 0
