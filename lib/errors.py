"""Refusals of the rooms above the texts: one class a reason, its fields the evidence."""

from __future__ import annotations

from dataclasses import dataclass

from data.errors import StatedError


class RegionError(StatedError, ValueError):
    """A region that is not prepared, or lacks what is asked of it."""


class NoRegionError(RegionError):
    """No region is prepared yet."""


@dataclass(eq=False, kw_only=True)
class NoAreasError(RegionError):
    """The region has no boundaries yet."""

    region_code: str


@dataclass(eq=False, kw_only=True)
class UnknownImportError(RegionError):
    """The region has no import of this number."""

    import_id: str


class UndoError(StatedError, ValueError):
    """An import that cannot be undone."""


class UndoWithoutReasonError(UndoError, code="empty_reason"):
    """Undoing needs a reason."""


@dataclass(eq=False, kw_only=True)
class UnknownUndoError(UndoError, code="unknown_import"):
    """The region has no import of this number."""

    import_id: str


@dataclass(eq=False, kw_only=True)
class ImportUndoneError(UndoError, code="already_undone"):
    """The import is undone already."""

    import_id: str


class JournalError(StatedError, ValueError):
    """An entry or decision that is refused."""


@dataclass(eq=False, kw_only=True)
class BadKeyError(JournalError):
    """A text that names no report."""

    text: str


class NoRowsError(JournalError):
    """No report is chosen."""


@dataclass(eq=False, kw_only=True)
class UnknownRowError(JournalError):
    """The region has no such report, or its import is undone."""

    key: str


@dataclass(eq=False, kw_only=True)
class UnknownStateError(JournalError):
    """A state that no report can have."""

    state: str
    states: tuple[str, ...]


@dataclass(eq=False, kw_only=True)
class UnknownGradeError(JournalError):
    """A grade that is not given."""

    grade: str
    grades: tuple[str, ...]


class EmptyReasonError(JournalError):
    """A decision needs a reason."""


class OneRowError(JournalError):
    """A decision about events needs two reports."""


@dataclass(eq=False, kw_only=True)
class SameEventError(JournalError):
    """The reports are one event already."""

    event_id: str


@dataclass(eq=False, kw_only=True)
class OneEventError(JournalError):
    """Reports to be kept apart are one event."""

    event_id: str


@dataclass(eq=False, kw_only=True)
class UnknownDecisionError(JournalError):
    """The region has no such decision."""

    decision_id: str


@dataclass(eq=False, kw_only=True)
class AlreadyUndoneError(JournalError):
    """The decision is undone already."""

    decision_id: str
