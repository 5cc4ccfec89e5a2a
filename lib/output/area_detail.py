"""The detail of one area as HTML: class, sentences, the parts as bars that add up to the score, last reports."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlencode

from lib.indonesian import decimal, short_date, tenths, whole
from lib.indonesian import points as score_points
from lib.output.classes import class_of, marks_of
from lib.output.html import render
from lib.records import ReportRow, records
from lib.rules.taxonomy import taxonomy
from lib.score.answers import PRIOR_PART
from lib.score.explanation import ALERTS, QUALITY, REPORTS, STATIONS
from lib.texts import pages as t
from lib.texts import score as words
from lib.texts.questions import VERIFICATIONS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import pandas as pd
    from markupsafe import Markup

    from lib.records import AreaRow
    from lib.score.explanation import Reason
    from lib.score.uncertainty import RankRange

LEAST_DOUBT = 0.05  # what one decimal shows
LINK_WORDS = {
    REPORTS: words.SEE_ROWS,
    STATIONS: words.SEE_STATIONS,
    ALERTS: words.SEE_ALERTS,
    QUALITY: words.SEE_QUALITY,
}


def class_words(row: AreaRow) -> str:
    """Say class and score, or why there is none, and the marks beside it."""
    if row.class_index < 0:
        told = class_of(row.class_index, row.unclassed).name
    else:
        told = f"{class_of(row.class_index).name} · skor {score_points(row.score)}"
    return " · ".join((told, *(f"{mark.glyph} {mark.name}" for mark in marks_of(row))))


def reasons_html(reasons: Sequence[Reason], *, root: str = "", new_tab: bool = False) -> Markup:
    """Write sentences as paragraphs, what they are about in bold, each with a link to the rows behind it.

    `root` is what leads from the place of the HTML to the pages: a map lies in a frame two folders further down.
    `new_tab` since a frame may not move the page around it, only open another.
    """
    lines = [(*_parted(reason.sentence), f"{root}{address(reason)}", LINK_WORDS[reason.page]) for reason in reasons]
    return render("reasons.html", reasons=lines, new_tab=new_tab)


def _parted(sentence: str) -> tuple[str, str]:
    """Part what a sentence is about from the rest, with the colon between them."""
    head, colon, rest = sentence.partition(":")
    return (f"{head}:", rest) if colon else ("", sentence)


def address(reason: Reason) -> str:
    """Write the address of the rows behind a sentence, relative to the pages."""
    return f"{reason.page}?{urlencode(reason.query)}"


def area_detail(
    row: AreaRow,
    families: Mapping[str, float],
    reasons: Sequence[Reason],
    last: pd.DataFrame | None,
    *,
    ranks: RankRange | None = None,
    root: str = "",
    new_tab: bool = False,
) -> Markup:
    """Write what a click on an area shows.

    `row` is of the assessment's areas, `families` as from `lib.score.answers.family_points`, `last` its last reports,
    newest first. Without `ranks`, its row of `lib.score.uncertainty.rank_uncertainty`, only the rank itself is told.
    `root` and `new_tab` as in `reasons_html`.
    """
    score = _score(row, families, last, ranks)
    return render(
        "area_detail.html",
        name=row.area_name,
        district=row.district_name,
        code=row.area_code,
        class_words=class_words(row),
        facts=f"DPT {whole(row.voter_count)} · {whole(row.station_count)} TPS"
        if score
        else words.completeness(row.completeness),
        why=reasons_html(reasons, root=root, new_tab=new_tab),
        score=score,
    )


def _score(row: AreaRow, families: Mapping[str, float], last: pd.DataFrame | None, ranks: RankRange | None) -> str:
    """Write what the score is made of, how sure it is, and the last reports; nothing where there is no score."""
    if row.rank is None or row.rank_last is None:
        return ""
    pieces = family_parts(families, row.part_points["kejadian"])
    place = words.rank(row.rank, row.rank_last, row.rank_count)
    sure = [words.completeness(row.completeness), words.coverage(row.coverage)]
    if row.reach_class > row.class_index:
        sure.append(words.reach(row.reach_score, class_of(row.reach_class).name))
    if row.upper_score - row.score >= LEAST_DOUBT:
        sure.append(words.upper(row.upper_score))
    if ranks is not None:
        place = words.rank_interval(row.rank, row.rank_last, row.rank_count, ranks.rank_low, ranks.rank_high)
        sure.insert(0, words.top_share(ranks.probability_top))
    return render(
        "area_score.html",
        parts_head=words.DETAIL_COMPONENTS,
        parts=component_bars(row),
        sure=" · ".join((place[0].upper() + place[1:], *sure)),
        families_head=words.DETAIL_FAMILIES,
        families=[(name, f"{2 * value:.1f}", decimal(value)) for name, value in pieces],
        reports_head=t.DETAIL_LAST,
        reports=[] if last is None else [_report(report) for report in records(last, ReportRow)],
    )


def _report(report: ReportRow) -> str:
    return (
        f"{short_date(report.occurred_on.date())} · {taxonomy().category(report.category_code).name} · "
        f"keparahan {report.severity} · {VERIFICATIONS[report.verification].lower()}"
    )


def component_bars(row: AreaRow) -> Markup:
    """Draw the parts one after the other on the scale of 0 to 100, then the score with its upper bound.

    What is taken off because nobody has checked it lies under the end of the parts before it.
    """
    parts, start = [], 0.0
    for component, points in row.part_points.items():
        name, hint = words.COMPONENT_NAMES[component], words.COMPONENT_HINTS[component]
        parts.append((name, hint, f"{start:.2f}", f"{points:.2f}", decimal(points)))
        start += points
    if row.withheld_points < 0:
        taken = -row.withheld_points
        start -= taken
        parts.append(
            (words.WITHHELD, words.WITHHELD_HINT, f"{start:.2f}", f"{taken:.2f}", decimal(row.withheld_points))
        )
    return render(
        "score_parts.html",
        parts=parts,
        total_name=words.SCORE,
        score=score_points(row.score),
        score_width=f"{row.score:.2f}",
        upper_width=f"{max(row.upper_score - row.score, 0.0):.2f}",
        colour=class_of(row.class_index).colour,
    )


def family_parts(families: Mapping[str, float], incident_points: float) -> list[tuple[str, float]]:
    """Name the pieces of an area's incident part that print above zero, the largest first; they add up to it."""
    names = {f"bagian_{family.code}": family.name for family in taxonomy().families} | {PRIOR_PART: words.PRIOR}
    printed = zip(map(names.__getitem__, families), tenths(list(families.values()), incident_points), strict=True)
    return sorted((part for part in printed if part[1] > 0), key=lambda part: -part[1])
