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
