"""Refusals of people: who may not do what where."""

from data.errors import StatedError


class PeopleError(StatedError):
    """A refusal that has to do with who asks."""


class NotAllowedError(PeopleError, PermissionError):
    """The actor may not do this, or not there."""

    shown: str
    role: str
    deed: str
    area_code: str


class NotOwnRowsError(NotAllowedError):
    """Some rows lie outside the part of the region that the actor may record in."""


class NotInError(PeopleError, PermissionError):
    """Nobody is logged in, or no longer."""


class WaitError(PeopleError):
    """Too many wrong passwords; the next one is looked at after so many seconds."""

    seconds: int


class SwitchedOffError(PeopleError):
    """The account was switched off."""

    name: str


class NoAccountError(PeopleError, ValueError):
    """No account has this name."""

    name: str


class AccountNameError(PeopleError, ValueError):
    """An account cannot be named so."""

    name: str


class ShortPasswordError(PeopleError, ValueError):
    """Too short for a password."""

    length: int
    shortest: int


class GuessedPasswordError(PeopleError, ValueError):
    """A password that is guessed at once: it holds the name, or is one character over and over."""

    name: str


class OpenHouseError(PeopleError):
    """The dashboard would be opened to a network without a lock or without TLS; `lacks` says which."""

    address: str
    lacks: str


class AddressError(PeopleError, ValueError):
    """What people shall type is no `https://name`, or `http://` of another machine."""

    address: str


class ProviderError(PeopleError):
    """The login provider did not answer, or did not vouch for anybody."""

    cause: str


class NoRoleError(PeopleError):
    """The provider vouches for someone who has no role here."""

    issuer: str
    subject: str


class UnclearAccountError(PeopleError, ValueError):
    """A change of an account says too little, or contradicts itself; `lacks` is a whole sentence."""

    lacks: str
