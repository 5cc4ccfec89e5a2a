"""A role may what its row says, where its scope says, and nothing else."""

import os
import subprocess
import sys

import pytest

from lib.people.actor import GRANTS, Actor, Grant, May, Role, Scope
from lib.people.errors import NotAllowedError
from lib.people.machine import machine_actor
from lib.texts.errors import sentence

DUMAI = Scope("14.72")


def someone(role: Role, scope: Scope = DUMAI) -> Actor:
    return Actor("ani", "Ani", (Grant(role, scope),))


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("deed", May)
def test_a_role_may_what_its_row_says_and_nothing_else(role: Role, deed: May) -> None:
    if deed in GRANTS[role]:
        someone(role).must(deed, "14.72")
    else:
        with pytest.raises(NotAllowedError):
            someone(role).must(deed, "14.72")


def test_nobody_both_proposes_and_approves() -> None:
    assert not [role for role in Role if {May.IMPORT, May.APPROVE} <= GRANTS[role]]


def test_rights_are_those_of_one_region() -> None:
    assert someone(Role.ANALYST).may(May.IMPORT, "14.72.01.1001")
    assert not someone(Role.ANALYST).may(May.IMPORT, "15.07")
    assert someone(Role.ANALYST, Scope()).may(May.IMPORT, "15.07")


def test_a_clerk_writes_in_the_own_kecamatan_only() -> None:
    clerk = someone(Role.CLERK, Scope("14.72", frozenset({"14.72.01"})))
    assert clerk.may(May.RECORD, "14.72.01.1001")
    assert clerk.may(May.RECORD)
    assert not clerk.may(May.RECORD, "14.72.02.1001")
    assert not clerk.may(May.RECORD, "14.72.011")  # a longer code is another area
    assert not clerk.may(May.RECORD, "14.72")  # not the whole region


def test_rights_of_two_regions_do_not_mix() -> None:
    both = Actor("ani", "Ani", (Grant(Role.READER, Scope("14.72")), Grant(Role.ANALYST, Scope("15.07"))))
    assert (both.may(May.IMPORT, "15.07"), both.may(May.IMPORT, "14.72")) == (True, False)
    assert (both.roles("15.07.01"), both.roles("14.72"), both.roles("61.02")) == ((Role.ANALYST,), (Role.READER,), ())
    assert both.scope(May.READ_REPORTS, "14.72") == Scope("14.72", frozenset(), frozenset())
    assert both.scope(May.READ_REPORTS, "15.07") == Scope("15.07")


def test_a_scope_is_the_widest_of_the_grants_or_their_union() -> None:
    first, second = (Grant(Role.CLERK, Scope("14.72", frozenset({f"14.72.0{number}"}))) for number in (1, 2))
    clerk = Actor("ani", "Ani", (first, second))
    assert clerk.scope(May.READ_REPORTS, "14.72") == Scope("14.72", frozenset({"14.72.01", "14.72.02"}))
    police = Actor("budi", "Budi", (Grant(Role.CLERK, Scope("14.72", None, frozenset({"Polres"}))),))
    assert police.scope(May.READ_REPORTS, "14.72") == Scope("14.72", None, frozenset({"Polres"}))
    mixed = Actor("ani", "Ani", (first, *police.grants))
    assert mixed.scope(May.READ_REPORTS, "14.72") == first.scope  # never wider than what was given
    wide = Actor("ani", "Ani", (first, Grant(Role.ANALYST, Scope("14.72"))))
    assert wide.scope(May.READ_REPORTS, "14.72") == Scope("14.72")


def test_an_empty_scope_is_nothing_and_not_everything() -> None:
    assert not someone(Role.CLERK, Scope("14.72", frozenset())).may(May.RECORD, "14.72.01")


def test_the_environment_does_not_say_who_runs_a_command() -> None:
    said = subprocess.run(
        [sys.executable, "-c", "from lib.people.machine import machine_actor; print(machine_actor().name)"],
        env=os.environ | dict.fromkeys(("LOGNAME", "USER", "LNAME", "USERNAME"), "gubernur"),
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert said.stdout.strip() == machine_actor().name
    assert "gubernur" not in said.stdout


def test_a_refusal_names_who_what_and_where() -> None:
    with pytest.raises(NotAllowedError) as refusal:
        someone(Role.READER).must(May.IMPORT, "14.72")
    assert sentence(refusal.value) == (
        "Ani (peran pembaca) tidak berhak “impor” di wilayah 14.72. Mintalah hak itu kepada admin, atau biarkan "
        "petugas yang berhak melakukannya."
    )
