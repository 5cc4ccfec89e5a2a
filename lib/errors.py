"""Refusals of the rooms above the texts: one class a reason, its fields the evidence."""

from data.errors import StatedError


class RegionError(StatedError, ValueError):
    """A region that is not prepared, or lacks what is asked of it."""


class NoRegionError(RegionError):
    """No region is prepared yet."""


class UnpreparedRegionError(RegionError):
    """The region that is asked for is not in the store."""

    region_code: str
    prepared: tuple[str, ...]


class NoAreasError(RegionError):
    """The region has no boundaries yet."""

    region_code: str


class UnknownDistrictError(RegionError):
    """The region has no kecamatan of this name or code."""

    named: str
    districts: tuple[str, ...]


class UnknownImportError(RegionError):
    """The region has no import of this number."""

    import_id: str


class UndoError(StatedError, ValueError):
    """An import that cannot be undone."""


class UndoWithoutReasonError(UndoError, code="empty_reason"):
    """Undoing needs a reason."""


class UnknownUndoError(UndoError, code="unknown_import"):
    """The region has no import of this number."""

    import_id: str


class ImportUndoneError(UndoError, code="already_undone"):
    """The import is undone already."""

    import_id: str


class JournalError(StatedError, ValueError):
    """An entry or decision that is refused."""


class BadKeyError(JournalError):
    """A text that names no report."""

    text: str


class NoRowsError(JournalError):
    """No report is chosen."""


class UnknownRowError(JournalError):
    """The region has no such report, or its import is undone."""

    key: str


class UnknownStateError(JournalError):
    """A state that no report can have."""

    state: str
    states: tuple[str, ...]


class UnknownGradeError(JournalError):
    """A grade that is not given."""

    grade: str
    grades: tuple[str, ...]


class EmptyReasonError(JournalError):
    """A decision needs a reason."""


class OneRowError(JournalError):
    """A decision about events needs two reports."""


class SameEventError(JournalError):
    """The reports are one event already."""

    event_id: str


class OneEventError(JournalError):
    """Reports to be kept apart are one event."""

    event_id: str


class UnknownDecisionError(JournalError):
    """The region has no such decision."""

    decision_id: str


class AlreadyUndoneError(JournalError):
    """The decision is undone already."""

    decision_id: str


class ExternalDataError(ValueError):
    """A table or map that cannot be used; its words are a whole sentence for the user."""


class ProposalError(StatedError, ValueError):
    """A proposal that cannot be decided so."""


class UnknownProposalError(ProposalError):
    """The region has no proposal of this number."""

    proposal_id: str


class DecidedError(ProposalError):
    """Somebody decided it already."""

    proposal_id: str
    outcome: str
    name: str


class OwnProposalError(ProposalError):
    """Nobody confirms what he proposed himself."""

    proposal_id: str


class DeclinedWithoutReasonError(ProposalError):
    """Whoever declines says why."""
