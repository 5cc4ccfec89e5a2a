"""Who acts, what a role may do, and where."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from lib.people.errors import NotAllowedError

EVERYTHING = ""  # the code that every other code lies beneath


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
        """Tell whether a region, a kecamatan or a kelurahan, by its dotted code, lies in it wholly."""
        if not _beneath(code, self.region_code):
            return False
        return self.district_codes is None or any(_beneath(code, district) for district in self.district_codes)

    @property
    def narrows(self) -> bool:
        """Tell whether some reports of the region stay hidden."""
        return self.district_codes is not None or self.sources is not None


@dataclass(frozen=True, slots=True)
class Actor:
    """Someone known, with the rights of one region: from a live session, or the user that runs a command.

    `name` is unique and stands in every journal: ``ani`` (an account) or ``os:ani@pc-kesbangpol`` (the operating
    system's own word); `shown` is the name for screens.
    """

    name: str
    shown: str
    role: Role
    scope: Scope = Scope()

    def may(self, deed: May, code: str = EVERYTHING) -> bool:
        """Tell whether the actor may do this in an area; without a code, anywhere at all."""
        return deed in GRANTS[self.role] and (code == EVERYTHING or self.scope.holds(code))

    def must(self, deed: May, code: str) -> None:
        """Go on only where `may` says so.

        Raises
        ------
        NotAllowedError
            Otherwise.
        """
        if not self.may(deed, code):
            raise NotAllowedError(shown=self.shown, role=self.role, deed=deed, area_code=code)


def _beneath(code: str, above: str) -> bool:
    """Tell whether a dotted code is another or lies beneath it: 14.72.01 does not hold 14.72.011."""
    return above in {EVERYTHING, code} or code.startswith(f"{above}.")
