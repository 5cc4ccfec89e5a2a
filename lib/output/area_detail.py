"""The detail of one area as HTML: class, sentences, the parts as bars that add up to the score, last reports."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlencode

from lib.indonesian import decimal, short_date, whole
from lib.indonesian import points as score_points
from lib.output.classes import class_of
from lib.output.markup import safe
from lib.records import ReportRow, records
from lib.rules.taxonomy import taxonomy
from lib.score.answers import PRIOR_PART, TOO_LITTLE
from lib.score.explanation import ALERTS, QUALITY, REPORTS, STATIONS
from lib.texts import pages as t
from lib.texts import score as words
from lib.texts.questions import VERIFICATIONS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import pandas as pd

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
    """Say class and score, or why there is none."""
    if row.class_index < 0:
        return words.TOO_LITTLE if row.unclassed == TOO_LITTLE else class_of(-1).name
    return f"{class_of(row.class_index).name} · skor {score_points(row.score)}"


def reasons_html(reasons: Sequence[Reason], *, root: str = "", new_tab: bool = False) -> str:
    """Write sentences as paragraphs, each with a link to the rows behind it.

    Parameters
    ----------
    root
        What leads from the place of the HTML to the pages: a map lies in a frame two folders further down.
    new_tab
        A frame may not move the page around it, only open another.
    """
    target = ' target="_blank" rel="noopener"' if new_tab else ""
    return "".join(
        f'<p>{_emphasised(reason.sentence)} <a href="{root}{safe(address(reason))}"{target}>'
        f"{LINK_WORDS[reason.page]}</a></p>"
        for reason in reasons
    )


def _emphasised(sentence: str) -> str:
    """Set what a sentence is about, up to its colon, in bold."""
    head, colon, rest = sentence.partition(":")
    return f"<b>{safe(head)}{colon}</b>{safe(rest)}" if colon else safe(sentence)


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
) -> str:
    """Write what a click on an area shows.

    Parameters
    ----------
    row
        A row of the assessment's areas.
    families
        As from `lib.score.answers.family_points`.
    last
        Its last reports, newest first.
    ranks
        Its row of `lib.score.uncertainty.rank_uncertainty`; without it only the rank itself is told.
    root, new_tab
        As in `reasons_html`.
    """
    head = f'<h3>{safe(row.area_name)}</h3><p class="sub">Kecamatan {safe(row.district_name)} · {row.area_code}</p>'
    why = reasons_html(reasons, root=root, new_tab=new_tab)
    known = words.completeness(row.completeness)
    if row.rank is None or row.rank_last is None:
        return f"{head}<p><b>{class_words(row)}</b> · {known}</p>{why}"
    place = words.rank(row.rank, row.rank_last)
    sure = [known, words.coverage(row.coverage)]
    if row.upper_score - row.score >= LEAST_DOUBT:
        sure.append(words.upper(row.upper_score))
    if ranks is not None:
        place = words.rank_interval(row.rank, row.rank_last, ranks.rank_low, ranks.rank_high)
        sure.insert(0, words.top_share(ranks.probability_top))
    sentence = " · ".join((place[0].upper() + place[1:], *sure))
    body = (
        f"{head}<p><b>{class_words(row)}</b> · DPT {whole(row.voter_count)} · {whole(row.station_count)} TPS</p>"
        f"{why}<h4>{words.DETAIL_COMPONENTS}</h4>{component_bars(row)}<p>{sentence}.</p>"
        f"<h4>{words.DETAIL_FAMILIES}</h4>{_family_bars(families)}"
    )
    if last is not None and len(last):
        lines = "".join(
            f"<li>{short_date(i.occurred_on.date())} · {safe(taxonomy().category(i.category_code).name)} · "
            f"keparahan {i.severity} · {VERIFICATIONS[i.verification].lower()}</li>"
            for i in records(last, ReportRow)
        )
        body += f"<h4>{t.DETAIL_LAST}</h4><ul>{lines}</ul>"
    return body


def component_bars(row: AreaRow) -> str:
    """Draw the four parts one after the other on the scale of 0 to 100, then the score with its upper bound."""
    lines, start = [], 0.0
    for component, points in row.part_points.items():
        bar = f'<i style="margin-left:{start:.2f}%;width:{points:.2f}%"></i>'
        lines.append(
            _line(words.COMPONENT_NAMES[component], bar, decimal(points), hint=words.COMPONENT_HINTS[component])
        )
        start += points
    colour = class_of(row.class_index).colour
    upper = max(row.upper_score - row.score, 0.0)
    total = f'<i style="width:{row.score:.2f}%;background:{colour}"></i><u style="width:{upper:.2f}%"></u>'
    lines.append(_line(words.SCORE, total, score_points(row.score), css="total"))
    return f'<table class="parts">{"".join(lines)}</table>'


def _family_bars(families: Mapping[str, float]) -> str:
    return "".join(
        (
            "<table>",
            *(
                _line(safe(name), f'<i style="width:{2 * value:.1f}%"></i>', decimal(value))
                for name, value in family_parts(families)
            ),
            "</table>",
        )
    )


def family_parts(families: Mapping[str, float]) -> list[tuple[str, float]]:
    """Name the pieces of an area's incident part that are above zero, the largest first; they add up to it."""
    names = {f"bagian_{family.code}": family.name for family in taxonomy().families} | {PRIOR_PART: words.PRIOR}
    return sorted(((names[key], points) for key, points in families.items() if points > 0), key=lambda part: -part[1])


def _line(name: str, bar: str, value: str, *, hint: str = "", css: str = "") -> str:
    title = f' title="{safe(hint)}"' if hint else ""
    row = f' class="{css}"' if css else ""
    return f'<tr{row}><td{title}>{name}</td><td class="bar"><div>{bar}</div></td><td class="n">{value}</td></tr>'
