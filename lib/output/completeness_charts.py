"""The matrix of reports as an HTML table: areas down, weeks across, one cell for what is known of a week."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING

import pandas as pd

from lib.indonesian import long_date, short_date, whole
from lib.records import records
from lib.reports.matrix import area_weeks
from lib.texts import completeness as t

if TYPE_CHECKING:
    from lib.reports.completeness import Completeness

COUNT_STEPS = (1, 3, 6, 10)  # lower ends of the four shades of incidents
YEAR_LETTERS = 5


@dataclass(frozen=True, slots=True)
class _Cell:
    """What is known of an area and week; columns as from `lib.reports.matrix.area_weeks`."""

    incident_count: int
    nil_count: int
    expected_count: int


@dataclass(frozen=True, slots=True)
class _Heard:
    """When an area was last heard of; columns as `lib.reports.completeness.Completeness.areas` describes them."""

    area_code: str
    area_name: str
    district_name: str
    last_report_on: pd.Timestamp | None
    age_days: int | None


def matrix_html(found: Completeness, *, source_name: str | None = None, longest_silence_first: bool = False) -> str:
    """Draw the matrix, of all sources or of one; areas by kecamatan, or the longest silence first.

    A cell holds the number of incident reports, else the word for a nil report, else nothing; a silent cell in
    which a source was awaited carries a mark. Colours are those of the style sheet.
    """
    weekly = area_weeks(found.matrix, source_name)
    ends = sorted(weekly["week_end"].unique())
    complete = pd.Timestamp(found.delays.iloc[0]["complete_until"])
    heads = "".join(
        f'<th scope="col">{short_date(end)[:-YEAR_LETTERS]}{"*" if end > complete else ""}</th>' for end in ends
    )
    cells = weekly.sort_values(["area_code", "week_end"]).groupby("area_code")
    rows_of = {code: "".join(_cell(cell) for cell in records(rows, _Cell)) for code, rows in cells}
    unusual = set(found.area_silences.loc[found.area_silences["unusual"], "area_code"])
    areas = found.areas
    if longest_silence_first:
        areas = areas.sort_values(["age_days", "area_code"], ascending=[False, True], na_position="first")
    body, district = [], None
    for area in records(areas, _Heard):
        if not longest_silence_first and area.district_name != district:
            district = area.district_name
            span = len(ends) + 2
            body.append(f'<tr class="group"><th colspan="{span}" scope="colgroup">Kec. {escape(district)}</th></tr>')
        body.append(
            f'<tr><th scope="row">{escape(area.area_name)}</th>{rows_of[area.area_code]}'
            f"<td>{_last(area, unusual=area.area_code in unusual)}</td></tr>"
        )
    last = t.LAST_REPORT if source_name is None else t.LAST_OF_ANY_SOURCE
    return (
        f'<div class="petadini-matrix" tabindex="0"><table><caption>{t.MATRIX_CAPTION}</caption><thead><tr>'
        f'<th scope="col">{t.AREA}</th>{heads}<th scope="col">{last}</th></tr></thead>'
        f"<tbody>{''.join(body)}</tbody></table></div>"
    )


def legend_html() -> str:
    """Draw the key of the matrix."""
    last = [f"{step - 1}" for step in COUNT_STEPS[1:]]
    ranges = [f"{step}–{end}" for step, end in zip(COUNT_STEPS, last, strict=False)] + [f"{COUNT_STEPS[-1]}+"]
    shades = "".join(f'<i class="s{shade}">{text}</i>' for shade, text in enumerate(ranges))
    keys = (
        (shades, t.LEGEND_INCIDENTS),
        (f'<i class="nil">{t.NIL}</i>', t.LEGEND_NIL),
        ('<i class="none"></i>', t.LEGEND_NONE),
        ('<i class="none due"></i>', t.LEGEND_DUE),
    )
    return f'<p class="petadini-matrix-key">{"".join(f"<span>{mark}{label}</span>" for mark, label in keys)}</p>'


def _cell(cell: _Cell) -> str:
    if cell.incident_count:
        shade = sum(cell.incident_count >= step for step in COUNT_STEPS) - 1
        return f'<td class="s{shade}">{whole(cell.incident_count)}</td>'
    if cell.nil_count:
        return f'<td class="nil">{t.NIL}</td>'
    due = cell.expected_count > 0
    return f'<td class="none{" due" if due else ""}" aria-label="{t.LEGEND_DUE if due else t.LEGEND_NONE}"></td>'


def _last(area: _Heard, *, unusual: bool) -> str:
    if area.age_days is None or area.last_report_on is None:
        return t.NEVER
    mark = f' <b class="unusual">{t.UNUSUAL_MARK}</b>' if unusual else ""
    title = long_date(area.last_report_on)
    return f'<span title="{title}">{t.ago(area.age_days)}</span>{mark}'
