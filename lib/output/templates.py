"""Import files to fill in or to mend: XLSX with the heads, an example or the refused rows, and notes."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from lib.intake.indicators import imported_indicators, plausible_ranges
from lib.output.xlsx_file import Sheet, xlsx_bytes
from lib.records import records
from lib.rules.indicators import indicator_list
from lib.rules.regions import weights
from lib.rules.taxonomy import taxonomy
from lib.texts import quarantine as words
from lib.texts import score_tables as t

if TYPE_CHECKING:
    from datetime import date

    import pandas as pd

    from lib.intake.kinds import ImportKind
    from lib.rules.calendar import Election
    from lib.rules.regions import Region
    from lib.rules.weights import Weights


@dataclass(frozen=True, slots=True)
class _Fault:
    """A fault of a refused line; columns as from `data.store.queries.quarantine`."""

    line_number: int
    column_name: str
    rule: str
    facts: str | None
    raw_row: str | None


def template(kind: ImportKind, region: Region, election: Election | None, *, today: date) -> bytes:
    """Make the template of a kind of file for a region, with an example row of its own places."""
    heads = _heads(kind)
    example = _example(kind, region, election, today)
    rows = [[example.get(head, "") for head in heads]]
    notes = [("", note) for note in (t.TEMPLATE_EXAMPLE_NOTE, kind.template_note) if note]
    sheets = [Sheet(t.TEMPLATE_DATA_SHEET, heads, rows, is_example=True), _notes(kind, heads, notes)]
    if kind.reference == "kategori":
        sheets.append(_categories())
    if kind.reference == "indikator":
        sheets.append(_indicators(weights(region.code)))
    return xlsx_bytes(*sheets)


def quarantine_workbook(kind: ImportKind, import_id: str, faults: pd.DataFrame) -> bytes:
    """Write the refused rows of an import in its template: to be mended and imported again.

    One row for each refused line, cells as they were read (with personal numbers masked), the faulty ones tinted,
    beside them all reasons and hints, and where the line came from, by which it leaves the quarantine. `faults`: as
    from `data.store.queries.quarantine`.
    """
    heads = [*_heads(kind), *t.QUARANTINE_HEADS]
    lines: dict[int, dict[str, str]] = {}
    faulty: dict[int, set[str]] = {}
    for fault in records(faults, _Fault):
        row = lines.setdefault(fault.line_number, _raw(fault.raw_row))
        row["alasan"] = _joined(row.get("alasan"), words.reason(fault.rule, fault.facts))
        row["saran"] = _joined(row.get("saran"), words.hint(fault.rule))
        row["asal_impor"], row["asal_baris"] = import_id, str(fault.line_number)
        faulty.setdefault(fault.line_number, set()).add(fault.column_name)
    rows = [[row.get(head, "") for head in heads] for row in lines.values()]
    tinted = {(number, name) for number, names in enumerate(faulty.values()) for name in names}
    notes = _notes(kind, heads[:-4], [("", note) for note in t.QUARANTINE_NOTES])
    sheet = Sheet(t.TEMPLATE_DATA_SHEET, heads, rows, faults=tinted)
    return xlsx_bytes(sheet, notes, *([_categories()] if kind.reference == "kategori" else []))


def _heads(kind: ImportKind) -> list[str]:
    codes = [indicator.code for indicator in indicator_list().indicators] if kind.has_checklist else []
    return [*kind.rows.heads, *codes]


def _raw(text: str | None) -> dict[str, str]:
    values = json.loads(text) if text else {}
    # Indicator columns are staged in lower case.
    return {name.upper() if name[:1] == "v" and "." in name else name: value or "" for name, value in values.items()}


def _joined(before: str | None, more: str) -> str:
    return more if not before or more in before else f"{before} {more}"


def _notes(kind: ImportKind, heads: list[str], first: list[tuple[str, str]]) -> Sheet:
    known = {**t.TEMPLATE_NOTES, **kind.notes}
    for indicator in indicator_list().indicators:
        known[indicator.code] = t.TEMPLATE_INDICATOR_NOTE.format(text=indicator.text)
    notes = [(head, known[head]) for head in heads]
    return Sheet(t.TEMPLATE_NOTES_SHEET, t.TEMPLATE_HEAD, [*first, *notes], {"A": 20, "B": 90})


def _categories() -> Sheet:
    rows = [(category.code, category.name, ", ".join(category.synonyms)) for category in taxonomy().categories]
    return Sheet(t.TEMPLATE_CATEGORY_SHEET, t.TEMPLATE_CATEGORY_HEAD, rows, {"A": 12, "B": 44, "C": 90})


def _indicators(scheme: Weights) -> Sheet:
    known = imported_indicators(scheme)
    ranges = plausible_ranges(known)
    rows = [(one.code, one.name, t.value_range(*ranges[one.code])) for one in known]
    return Sheet(t.TEMPLATE_INDICATOR_SHEET, t.TEMPLATE_INDICATOR_HEAD, rows, {"A": 24, "B": 70, "C": 24})


def _example(kind: ImportKind, region: Region, election: Election | None, today: date) -> dict[str, str]:
    area = region.areas[0] if region.areas else None
    return {
        "kode_kelurahan": area.code if area else f"{region.code}.01.1001",
        "kelurahan": area.name if area else "",
        "kecamatan": area.district_name if area else "",
        **kind.example(region, election, today),
    }
