"""Whether a deed needs a second person, and why not where it does not."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from lib.people.actor import Actor, May

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from lib.people.accounts import Account

SWITCHED_ON, SWITCHED_OFF, SOMEBODY, NOBODY = "dinyalakan", "dimatikan", "ada_penyetuju", "tanpa_penyetuju"


@dataclass(frozen=True, slots=True)
class Eyes:
    """`four`: the deed waits for a second person; `why` is one of the four reasons above."""

    four: bool
    why: str


TWO_EYES = Eyes(four=False, why=NOBODY)


def approvers_of(accounts: Iterable[Account], region_code: str) -> frozenset[str]:
    """Name the people who can come in and may approve in a region."""
    people = (Actor(account.name, account.shown, account.grants) for account in accounts if account.active)
    return frozenset(actor.name for actor in people if actor.may(May.APPROVE, region_code))


def eyes_of(actor: Actor, approvers: Collection[str], *, switched: bool | None) -> Eyes:
    """Tell whether what this person does in a region waits for another.

    `approvers` are the names of those who may approve in the region; `switched` is what the office set, None where it
    left that to whether there is another approver than the person. Whoever proposes nothing is no proposer: an
    approver reads what holds for the others.
    """
    if switched is not None:
        return Eyes(switched, SWITCHED_ON if switched else SWITCHED_OFF)
    proposes = actor.may(May.IMPORT) or actor.may(May.JUDGE)
    others = set(approvers) - ({actor.name} if proposes else set())
    return Eyes(four=True, why=SOMEBODY) if others else TWO_EYES
