"""What a login provider says of someone, read as one of our accounts: rights come from the names of groups.

``petadini-analis`` is an analyst of every region, ``petadini-analis-14.72`` of one. ``petadini-kec-14.72.01`` and
``petadini-sumber-Polres`` narrow the single reports to a kecamatan and to a reporting office.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from lib.people.accounts import Identity
from lib.people.actor import EVERYTHING, Grant, Role, Scope

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

PREFIX = "petadini-"
DISTRICT = f"{PREFIX}kec-"
SOURCE = f"{PREFIX}sumber-"
REGION = re.compile(r"\d\d\.\d\d")
STRONGEST_FIRST = (Role.ADMIN, Role.APPROVER, Role.ANALYST, Role.CLERK, Role.READER)


def identity(claims: Mapping[str, Any], *, groups_at: str = "groups") -> Identity | None:
    """Read who it is and which rights the groups give; None without issuer, subject or a group of ours.

    `groups_at` is where the list of groups stands, with dots on the way: ``realm_access.roles`` of Keycloak, which
    also writes groups with a slash before them. Whoever has two roles in one place has the first of
    `STRONGEST_FIRST`. A pencatat without a kecamatan or office sees and writes no report.
    """
    found: Any = claims
    for part in groups_at.split("."):
        found = found.get(part) if isinstance(found, dict) else None
    groups = {str(group).removeprefix("/") for group in found} if isinstance(found, list) else set()
    issuer, subject = (claims.get(key) for key in ("iss", "sub"))
    grants = _grants(groups)
    if not (isinstance(issuer, str) and isinstance(subject, str) and issuer and subject and grants):
        return None
    login = str(claims.get("preferred_username") or subject)
    shown = str(claims.get("name") or login)
    return Identity(issuer, subject, f"{_plain(login)}@{urlsplit(issuer).hostname or 'penyedia'}", shown, grants)


def _grants(groups: set[str]) -> tuple[Grant, ...]:
    """Give the right of each region that a group names, the one for every region first."""
    roles: dict[str, Role] = {}
    for role in reversed(STRONGEST_FIRST):
        own = f"{PREFIX}{role.value}"
        if own in groups:
            roles[EVERYTHING] = role
        for group in groups:
            region_code = group.removeprefix(f"{own}-")
            if group != region_code and REGION.fullmatch(region_code):
                roles[region_code] = role
    districts, sources = _after(DISTRICT, groups), _after(SOURCE, groups)
    return tuple(Grant(role, _scope(code, role, districts, sources)) for code, role in sorted(roles.items()))


def _scope(region_code: str, role: Role, districts: frozenset[str], sources: frozenset[str]) -> Scope:
    """Narrow a right to the kecamatan of its region and to the offices that groups name."""
    own = frozenset(code for code in districts if code.startswith(f"{region_code}.") or region_code == EVERYTHING)
    nowhere = role is Role.CLERK and not own and not sources
    return Scope(region_code, own if own or nowhere else None, sources or None)


def _after(prefix: str, groups: Iterable[str]) -> frozenset[str]:
    return frozenset(group.removeprefix(prefix) for group in groups if group.startswith(prefix) and group != prefix)


def _plain(login: str) -> str:
    """Keep of a login what can stand in a journal and a file name."""
    return re.sub(r"[^a-z0-9._-]+", "-", login.lower().partition("@")[0]).strip("-.") or "orang"
