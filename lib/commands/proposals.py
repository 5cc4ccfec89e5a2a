"""The command about what waits for a second person."""

from __future__ import annotations

from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from lib.commands.asked import decider, eyes_for, open_store, region_of
from lib.commands.terminal import say
from lib.proposals import journal
from lib.proposals.deeds import decide
from lib.rules.toml import ProfileError
from lib.settings import today_in
from lib.texts import proposals as t

if TYPE_CHECKING:
    from argparse import Namespace

AGREE = "setujui"


def proposals(arguments: Namespace) -> int:
    """List what waits, or decide one of it."""
    lake, chosen = open_store()
    region = region_of(lake, arguments)
    if arguments.putusan:
        if not arguments.nomor:
            raise ProfileError(t.NO_NUMBER)
        agreed = arguments.putusan == AGREE
        done = decide(
            lake,
            region,
            arguments.nomor,
            agreed=agreed,
            reason=arguments.alasan,
            actor=decider(),
            today=today_in(region, chosen),
        )
        say(t.decided(journal.AGREED if agreed else journal.DECLINED, done.kind))
        return 0
    say(t.EYES[eyes_for(region.code).why])
    found = journal.waiting(lake, region.code)
    if not found:
        say(t.NOTHING_WAITS)
    zone = ZoneInfo(region.time_zone)
    for one in found:
        told = t.effect(one.kind, one.subject, one.facts)
        say(t.line(one.proposal_id, one.kind, actor=one.actor, when=t.moment(one.recorded_at, zone), told=told))
    return 0
