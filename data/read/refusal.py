"""The refusal of a whole file, before anything of it is stored."""

from __future__ import annotations


class TableError(ValueError):
    """A file that is refused whole, with a machine-readable code and its facts.

    Codes: ``missing_file`` (file), ``unreadable`` (file, cause), ``empty`` (file), ``no_rows`` (file),
    ``extension`` (file, suffix), ``web_page`` (file), ``not_a_table`` (file), ``encrypted`` (file), ``stray_quote``
    (file, line), ``missing_columns`` (file, columns, found), ``forbidden_columns`` (file, columns),
    ``forbidden_indicators`` (file, names), ``repeated_columns`` (file, columns). Questions that the sender of a
    file must settle: ``no_header`` (file, example), ``choose_sheet`` (file, sheets), ``unknown_sheet`` (file,
    sheet, sheets). Limits: ``too_large`` (file, bytes, limit), ``unpacked_too_large`` (file, bytes, limit),
    ``zip_bomb`` (file, member), ``too_many_rows`` (file, limit), ``too_many_columns`` (file, columns, limit),
    ``too_many_cells`` (file, rows, columns, limit), ``too_long_line`` (file, line, limit).
    """

    def __init__(self, code: str, **facts: object) -> None:
        super().__init__(f"{code} {facts}")
        self.code = code
        self.facts = facts
