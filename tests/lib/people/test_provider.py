"""What a provider's claims make of someone."""

from __future__ import annotations

from typing import Any

import pytest

from lib.people.actor import Grant, Role, Scope
from lib.people.provider import identity

WHO = {
    "iss": "https://sso.contoh.go.id/realms/x",
    "sub": "7",
    "preferred_username": "Budi.S@contoh.go.id",
    "name": "Budi",
}


def grants(*groups: str) -> tuple[Grant, ...]:
    found = identity(WHO | {"groups": list(groups)})
    return found.grants if found else ()


def test_who_it_is_comes_from_issuer_and_subject() -> None:
    found = identity(WHO | {"groups": ["petadini-analis"], "email": "gubernur@contoh.go.id"})
    assert found
    assert (found.issuer, found.subject) == (WHO["iss"], "7")
    assert (found.name, found.shown) == ("budi.s@sso.contoh.go.id", "Budi")
    strange = identity({"iss": "x", "sub": "os:root", "groups": ["petadini-analis"]})
    assert strange
    assert strange.name == "os-root@penyedia"  # never like a name of the system


@pytest.mark.parametrize(
    ("groups", "expected"),
    [
        (("petadini-analis",), (Grant(Role.ANALYST),)),
        (("/petadini-analis", "lain"), (Grant(Role.ANALYST),)),
        (("petadini-pembaca", "petadini-penyetuju"), (Grant(Role.APPROVER),)),
        (("petadini-analis-14.72",), (Grant(Role.ANALYST, Scope("14.72")),)),
        (("petadini-pembaca", "petadini-analis-14.72"), (Grant(Role.READER), Grant(Role.ANALYST, Scope("14.72")))),
        (("petadini-pencatat",), (Grant(Role.CLERK, Scope("", frozenset())),)),
        (
            ("petadini-pencatat-14.72", "petadini-kec-14.72.01", "petadini-kec-15.07.01"),
            (Grant(Role.CLERK, Scope("14.72", frozenset({"14.72.01"}))),),
        ),
        (
            ("petadini-pencatat-14.72", "petadini-sumber-Polres Dumai"),
            (Grant(Role.CLERK, Scope("14.72", None, frozenset({"Polres Dumai"}))),),
        ),
        (("petadini-analis-14.72.01", "petadini-analis-", "petadini-", "xpetadini-analis", "petadini-raja"), ()),
        ((), ()),
    ],
)
def test_rights_come_from_the_names_of_groups(groups: tuple[str, ...], expected: tuple[Grant, ...]) -> None:
    assert grants(*groups) == expected


@pytest.mark.parametrize(
    "claims",
    [
        WHO | {"groups": "petadini-admin"},
        WHO | {"groups": {"petadini-admin": True}},
        WHO,
        {"sub": "7", "groups": ["petadini-admin"]},
        {"iss": "x", "groups": ["petadini-admin"]},
        {"iss": "x", "sub": 7, "groups": ["petadini-admin"]},
    ],
)
def test_nobody_else_comes_in(claims: dict[str, Any]) -> None:
    assert identity(claims) is None


def test_groups_may_stand_deeper() -> None:
    claims = WHO | {"realm_access": {"roles": ["petadini-admin"]}}
    found = identity(claims, groups_at="realm_access.roles")
    assert found
    assert found.grants == (Grant(Role.ADMIN),)
    assert identity(claims, groups_at="realm_access.roles.x") is None
