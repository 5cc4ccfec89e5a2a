"""Who acts, what a role may do, and where."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from lib.people.errors import NotAllowedError

EVERYTHING = ""  # the code that every other code lies beneath
NO_ROLE = "tanpa peran"


class Role(StrEnum):
    """The five roles of an office; the values are stored and shown."""

    READER = "pembaca"
    CLERK = "pencatat"
    ANALYST = "analis"
    APPROVER = "penyetuju"
    ADMIN = "admin"


class May(StrEnum):
    """What can be allowed, one word for each kind of deed."""

    READ = "lihat"  # classes, counts, maps
    READ_REPORTS = "lihat laporan"  # the text of single reports
    EXPORT = "unduh"
    RECORD = "catat"  # single reports, of one's own kecamatan or office
    IMPORT = "impor"
    JUDGE = "nilai"  # verify, merge, take steps on an alert, issue
    APPROVE = "setujui"  # confirm what another person proposed
    MANAGE = "kelola"  # accounts, the trail


GRANTS: dict[Role, frozenset[May]] = {
    Role.READER: frozenset({May.READ, May.EXPORT}),
    Role.CLERK: frozenset({May.READ, May.READ_REPORTS, May.RECORD}),
    Role.ANALYST: frozenset({May.READ, May.READ_REPORTS, May.EXPORT, May.RECORD, May.IMPORT, May.JUDGE}),
    Role.APPROVER: frozenset({May.READ, May.READ_REPORTS, May.EXPORT, May.APPROVE}),
    Role.ADMIN: frozenset({May.MANAGE}),  # keeps the doors and sees no report: two hats are two accounts
}


@dataclass(frozen=True, slots=True)
class Scope:
    """What of the data a question may touch; it is part of every cache's key.

    `region_code` is the kabupaten/kota, or EVERYTHING. `district_codes` and `sources` narrow the single reports
    to kecamatan and to names of reporting offices; None is no narrowing, an empty set is nothing.
    """

    region_code: str = EVERYTHING
    district_codes: frozenset[str] | None = None
    sources: frozenset[str] | None = None

    def holds(self, code: str) -> bool:
        """Tell whether a region, a kecamatan or a kelurahan, by its dotted code, lies in it with all its reports."""
        return self.sources is None and self._covers(code)

    def holds_report(self, code: str | None, source_name: str | None) -> bool:
        """Tell whether a single report lies in it, by the code of its place and the name of its source.

        A report whose place is known no nearer than the region lies in no kecamatan; one without a source is of none.
        """
        placed = self.district_codes is None or (code is not None and self._covers(code))
        return placed and (self.sources is None or source_name in self.sources)

    @property
    def narrows(self) -> bool:
        """Tell whether some reports of the region stay hidden."""
        return self.district_codes is not None or self.sources is not None

    def _covers(self, code: str) -> bool:
        if not _beneath(code, self.region_code):
            return False
        return self.district_codes is None or any(_beneath(code, district) for district in self.district_codes)


@dataclass(frozen=True, slots=True)
class Grant:
    """One right of a person: a role within a scope."""

    role: Role
    scope: Scope = Scope()


@dataclass(frozen=True, slots=True)
class Actor:
    """Someone known: from a live session, or the user that runs a command.

    `name` is unique and stands in every journal: ``ani`` (an account) or ``os:ani@pc-kesbangpol`` (the operating
    system's own word); `shown` is the name for screens. Rights are per region: `grants` has one or more for each.
    """

    name: str
    shown: str
    grants: tuple[Grant, ...]

    def may(self, deed: May, code: str = EVERYTHING) -> bool:
        """Tell whether the actor may do this in an area; without a code, anywhere at all."""
        return any(
            deed in GRANTS[grant.role] and (code == EVERYTHING or grant.scope.holds(code)) for grant in self.grants
        )

    def must(self, deed: May, code: str) -> None:
        """Go on only where `may` says so.

        Raises
        ------
        NotAllowedError
            Otherwise.
        """
        if not self.may(deed, code):
            roles = ", ".join(role.value for role in self.roles(code)) or NO_ROLE
            raise NotAllowedError(shown=self.shown, role=roles, deed=deed, area_code=code)

    def roles(self, code: str) -> tuple[Role, ...]:
        """List the roles in the region of an area, in the order of `Role`; without a code, in any."""
        held = {grant.role for grant in self.grants if _beneath(code, grant.scope.region_code) or code == EVERYTHING}
        return tuple(role for role in Role if role in held)

    def scope(self, deed: May, region_code: str) -> Scope:
        """Give the part of a region in which a deed is allowed: the widest of the grants, or their union.

        Grants that narrow by different things have no union: the first holds then. Where the deed is allowed
        nowhere, the scope holds nothing.
        """
        scopes = [
            grant.scope
            for grant in self.grants
            if deed in GRANTS[grant.role] and _beneath(region_code, grant.scope.region_code)
        ]
        if any(not scope.narrows for scope in scopes):
            return Scope(region_code)
        if not scopes:
            return Scope(region_code, frozenset(), frozenset())
        districts, sources = scopes[0].district_codes, scopes[0].sources
        for scope in scopes[1:]:
            if sources is None and scope.sources is None:
                districts = (districts or frozenset()) | (scope.district_codes or frozenset())
            elif districts is None and scope.district_codes is None:
                sources = (sources or frozenset()) | (scope.sources or frozenset())
        return Scope(region_code, districts, sources)


def _beneath(code: str, above: str) -> bool:
    """Tell whether a dotted code is another or lies beneath it: 14.72.01 does not hold 14.72.011."""
    return above in {EVERYTHING, code} or code.startswith(f"{above}.")
