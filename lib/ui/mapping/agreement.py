"""Our classes beside another body's: how far both agree, where they differ, and what to talk about."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from lib.indonesian import whole
from lib.intake.kinds import KINDS
from lib.output import templates
from lib.output.agreement_map import NOT_COMPARED, STANDPOINTS, both_words, standpoint, their_reason
from lib.output.agreement_tables import cross_html
from lib.output.area_detail import reasons_html
from lib.output.classes import CLASSES
from lib.output.hatching import svg_patterns, swatch
from lib.output.html import render
from lib.records import records
from lib.rules.agreement import LEVELS, agreement_rules
from lib.rules.regions import region_profile
from lib.score.agreement import ComparedArea
from lib.texts import agreement as t
from lib.texts.questions import unit_word
from lib.ui.frame import shapes
from lib.ui.frame.canvas import empty_map, show_map
from lib.ui.frame.choice import choice
from lib.ui.frame.downloads import csv_download
from lib.ui.frame.plain_text import plain
from lib.ui.load import agreement as load_agreement
from lib.ui.load import store as load

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lib.filters import Filters
    from lib.score.agreement import Comparison
    from lib.score.explanation import Reason

MOST_LISTED = 30
MOST_SENTENCES = 2  # of ours in the list; the map and the file have all


def choose_body(found: Sequence[Comparison]) -> Comparison:
    """Ask which body to compare with; the choice stands in the address."""
    return choice(t.BODY, {comparison.agency: comparison for comparison in found}, key="lembaga")


def nothing_yet(filters: Filters) -> None:
    """Say that no list is in, and how to bring one in."""
    region = region_profile(filters.region_code)
    election = load.elections(filters.snapshot, region.code).example(filters.end)
    st.info(t.EMPTY)
    with st.container(horizontal=True, vertical_alignment="center"):
        st.download_button(
            t.TEMPLATE,
            data=lambda: templates.template(KINDS["class"], region, election, today=filters.end),
            file_name="templat_kelas.xlsx",
            on_click="ignore",
        )
        st.page_link("pages/sumber_data/impor.py", label=t.TO_IMPORT)


def agreement(found: Comparison, filters: Filters) -> None:
    """Draw the cross table, and say in sentences how far both agree."""
    unit = unit_word(region_profile(filters.region_code))
    st.subheader(t.TABLE_HEAD)
    left, right = st.columns(2, gap="medium")
    with left:
        st.html(cross_html(found, unit))
    with right:
        first, *rest = _sentences(found, unit)
        st.markdown(f"**{plain(first)}**")
        for sentence in rest:
            st.caption(plain(sentence))
        with st.expander(t.KAPPA_HEAD):
            st.markdown(t.KAPPA_HELP)
    edition = t.edition_line(found.agency, found.edition, found.first_on, found.last_on)
    st.caption(plain(f"{edition} {t.rule_sentence(_names_by_level())}"))


@st.fragment
def disagreement_map(found: Comparison, filters: Filters) -> None:
    """Draw the map of who sees more; moving it, hovering and clicking never run the page again."""
    areas = load.assessment(filters).areas
    areas = areas[areas.geometry.notna()]
    drawn = empty_map(areas.total_bounds, patterns=svg_patterns((*STANDPOINTS, NOT_COMPARED)))
    shown = shapes.areas(load_agreement.layer(filters, found.agency), line="#5b6670", weight=0.8)
    show_map(
        drawn, [shapes.with_districts(shown, load.district_layer(filters))], key=f"peta-beda-{filters.region_code}"
    )


def legend(found: Comparison, filters: Filters) -> None:
    """Draw the legend in a line above the map: every standpoint with the number of its areas."""
    counts = found.areas["difference"].map(lambda steps: standpoint(steps).code).value_counts()
    rows = [
        (swatch(look), look.name.format(agency=found.agency), whole(int(counts.get(look.code, 0))))
        for look in (*STANDPOINTS, NOT_COMPARED)
    ]
    unit = unit_word(region_profile(filters.region_code))
    unrated = found.areas["our_level"] < 0
    left_out = t.left_out(
        int(unrated.sum()), int((~unrated & (found.areas["their_level"] < 0)).sum()), found.agency, unit
    )
    st.html(render("standpoints.html", head=t.LEGEND_HEAD, rows=rows, note=left_out))


def agenda(found: Comparison, filters: Filters) -> None:
    """List the disagreements with the reasons of both sides, and hand them out as CSV."""
    differing = found.disagreements
    unit = unit_word(region_profile(filters.region_code))
    st.subheader(t.list_head(len(differing)))
    if differing.empty:
        st.markdown(t.NO_DISAGREEMENT.format(unit=unit))
    else:
        st.caption(plain(t.list_order(found.agency)))
        reasons = load_agreement.our_reasons(filters)
        listed = records(differing.head(MOST_LISTED), ComparedArea)
        views = [_view(row, found.agency, reasons[row.area_code]) for row in listed]
        heads = {"their_head": t.their_reason_head(found.agency), "our_head": t.OUR_REASON}
        st.html(render("views.html", views=views, **heads))
        if len(differing) > MOST_LISTED:
            st.caption(t.more(len(differing) - MOST_LISTED))
    csv_download(t.DOWNLOAD, lambda: load_agreement.csv(filters, found.agency), t.DOWNLOAD_NAME, filters)


def _sentences(found: Comparison, unit: str) -> list[str]:
    """Say how far both agree, as far as the areas allow."""
    rules = agreement_rules()
    if not found.compared_count:
        return [t.NO_PAIR.format(unit=unit)]
    steps = found.areas["difference"]
    first = t.share_sentence(int((steps == 0).sum()), int((steps > 0).sum()), int((steps < 0).sum()), unit)
    if found.compared_count < rules.minimum_areas:
        return [first, t.too_few(found.compared_count, rules.minimum_areas, unit)]
    if found.plain is None or found.weighted is None:
        return [first, t.UNDEFINED.format(unit=unit)]
    return [first, t.kappa_sentence(found.plain, found.weighted)]


def _names_by_level() -> dict[str, list[str]]:
    levels = agreement_rules().our_levels
    return {
        name: [CLASSES[index].name for index, level in enumerate(levels) if level == number]
        for number, name in enumerate(LEVELS)
    }


def _view(row: ComparedArea, agency: str, our_reasons: Sequence[Reason]) -> dict[str, str]:
    return {
        "colour": standpoint(row.difference).colour,
        "name": row.area_name,
        "district": row.district_name,
        "difference": t.difference(int(row.difference), agency),
        "both": both_words(row, agency),
        "their_reason": their_reason(row),
        "our_reasons": reasons_html(our_reasons[:MOST_SENTENCES]),
    }
