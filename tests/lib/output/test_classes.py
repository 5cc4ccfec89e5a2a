"""The classes: their borders, their order in grey, the legibility of what is written on them."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from matplotlib.colors import to_rgb

from lib.analysis.classes import class_index
from lib.indonesian import points
from lib.output.classes import (
    CLASSES,
    NO_REPORT,
    UNCLASSED,
    class_counts,
    class_of,
    legend_rows,
    mark_counts,
    marks_of,
)

CUTS = (20.0, 35.0, 50.0, 65.0)
scores = st.floats(0, 100)


def luminance(colour: str) -> float:
    """Relative luminance by WCAG 2."""
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in to_rgb(colour)]
    return float(np.dot([0.2126, 0.7152, 0.0722], linear))


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def test_values_on_a_cut_belong_to_the_class_above() -> None:
    score = [0, 19.99, 20, 34.99, 35, 49.99, 50, 64.99, 65, 100, np.nan]
    assert class_index(score, CUTS).tolist() == [0, 0, 1, 1, 2, 2, 3, 3, 4, 4, -1]


@given(st.lists(scores, min_size=2, max_size=30))
def test_a_higher_score_is_never_in_a_lower_class(values: list[float]) -> None:
    ordered = class_index(sorted(values), CUTS)
    assert (np.diff(ordered) >= 0).all()
    assert set(ordered) <= set(range(len(CLASSES)))


@given(st.lists(scores, min_size=1, max_size=30), st.integers(0, 29))
def test_a_missing_score_changes_no_other_class(values: list[float], position: int) -> None:
    before = class_index(values, CUTS)
    at = position % len(values)
    values[at] = np.nan
    after = class_index(values, CUTS)
    assert after[at] == NO_REPORT.index
    assert np.delete(after, at).tolist() == np.delete(before, at).tolist()


@pytest.mark.parametrize("cuts", [(20, 35, 50), (20, 35, 50, 50), (65, 50, 35, 20), (20, 35, 50, 65, 80)])
def test_refuses_cuts_that_do_not_part_five_classes(cuts: tuple[float, ...]) -> None:
    with pytest.raises(ValueError, match="ascending"):
        class_index([1.0], cuts)
    with pytest.raises(ValueError, match="ascending"):
        legend_rows(cuts)


def test_legend_names_every_class_once_with_its_range_from_the_highest_down() -> None:
    assert [(risk.name, scores) for risk, scores in legend_rows(CUTS)] == [
        ("Sangat tinggi", "65–100"),
        ("Tinggi", "50–64,9"),
        ("Sedang", "35–49,9"),
        ("Rendah", "20–34,9"),
        ("Sangat rendah", "0–19,9"),
        ("Belum ada laporan", ""),
        ("Tidak terdengar", ""),
        ("Data tidak cukup", ""),
    ]


def test_ranges_keep_the_decimals_of_their_cuts() -> None:
    assert legend_rows((20, 32.5, 50, 65))[3][1] == "20–32,4"


def test_class_of_finds_every_class_by_its_index() -> None:
    assert [class_of(index) for index in (-1, 0, 1, 2, 3, 4)] == [NO_REPORT, *CLASSES]
    assert [class_of(-1, kind) for kind in UNCLASSED] == list(UNCLASSED.values())
    assert len({risk.code for risk in (*UNCLASSED.values(), *CLASSES)}) == 8


def test_the_class_is_that_of_the_printed_number() -> None:
    score = [49.99999999, 49.96, 64.9499, 34.95]
    assert [points(value) for value in score] == ["50,0", "49,9", "64,9", "34,9"]
    assert class_index(score, CUTS).tolist() == [3, 2, 3, 1]


@given(scores)
def test_a_class_begins_where_its_printed_range_begins(score: float) -> None:
    printed = float(points(score).replace(",", "."))
    assert class_index([score], CUTS)[0] == sum(printed >= cut for cut in CUTS)


def test_areas_are_counted_by_class_and_by_why_they_have_none() -> None:
    areas = pd.DataFrame(
        {"class_index": [4, -1, -1, -1, 4, 0], "unclassed": ["", "diam", "kurang", "kurang", "", ""]}
    )
    counts = class_counts(areas)
    assert counts == {risk.code: 0 for risk in CLASSES} | {
        "very_high": 2,
        "very_low": 1,
        "no_report": 1,
        "unclear": 2,
        "unheard": 0,
    }


def test_marks_are_told_in_their_order() -> None:
    areas = pd.DataFrame(
        {"siaga": [True, False], "severe": [False, False], "unverified": [True, True], "thin": False}
    )
    assert [(mark.name, count) for mark, count in mark_counts(areas)] == [("Siaga", 1), ("Belum diperiksa", 2)]
    first, second = areas.itertuples()
    assert [mark.code for mark in marks_of(first)] == ["siaga", "unverified"]
    assert [mark.code for mark in marks_of(second)] == ["unverified"]


def test_classes_darken_evenly_when_printed_in_grey() -> None:
    # L* of CIELAB, which is even to the eye
    lightness = [116 * np.cbrt(luminance(risk.colour)) - 16 for risk in CLASSES]
    assert (np.diff(lightness) < -12).all()


@pytest.mark.parametrize("risk", [*CLASSES, *UNCLASSED.values()], ids=lambda risk: risk.code)
def test_text_on_every_class_can_be_read(risk: object) -> None:
    assert contrast(risk.colour, risk.text_colour) >= 4.5  # type: ignore[attr-defined]


def test_only_the_two_light_classes_have_no_hatch_and_the_hatches_grow_denser() -> None:
    ink = [
        len(risk.hatch.angles_deg) * risk.hatch.width / risk.hatch.spacing if risk.hatch else 0.0 for risk in CLASSES
    ]
    assert ink[0] == ink[1] == 0
    assert ink[1] < ink[2] < ink[3] < ink[4]
    assert NO_REPORT.hatch is not None
    assert NO_REPORT.hatch.angles_deg != CLASSES[3].hatch.angles_deg  # type: ignore[union-attr]
