"""The command of `petadini` that grades the forecast on events from outside the store."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lib.commands.terminal import say, say_json
from lib.grades.external import external_backtest
from lib.settings import settings, today_anywhere
from lib.texts import backtest as t

if TYPE_CHECKING:
    from argparse import Namespace


def external(arguments: Namespace) -> int:
    """Grade the forecast on a table and a map, and print the figures."""
    graded = external_backtest(
        arguments.kejadian,
        arguments.area,
        horizon_days=arguments.hari,
        code_column=arguments.kolom_kode,
        as_of=arguments.per,
        today=today_anywhere(settings()),
    )
    values = graded.values()
    if arguments.json:
        say_json(values)
        return 0
    say(t.report(graded.result, graded.event_count))
    if graded.clipped:
        say(t.clipped(graded.last_on))
    return 0
