"""Every course of eight weeks has exactly one word, or none where the area was never hot."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest

from lib.analysis.emerging import WEEKS, WORDS, emerging_words
from lib.texts.hotspots import WORDS as MEANINGS

COURSES = np.array(list(product((False, True), repeat=WEEKS)))


def stated_rule(course: tuple[bool, ...]) -> str:
    """Say the rule of the page once more, as a person would check it."""
    weeks = "".join("1" if hot else "0" for hot in course)
    if "1" not in weeks:
        return ""
    if weeks.endswith("0"):
        return "mereda"
    if weeks.count("1") >= 7:
        return "menetap"
    if "01" not in weeks.lstrip("0"):
        return "baru" if weeks.count("1") <= 2 else "menguat"
    return "sporadis"


def test_all_256_courses_follow_the_stated_rule() -> None:
    words = emerging_words(COURSES)
    assert words.tolist() == [stated_rule(tuple(course)) for course in COURSES]
    assert set(words) == {*WORDS, ""}


def test_the_page_explains_every_word_and_no_other() -> None:
    assert set(MEANINGS) == set(WORDS)


@pytest.mark.parametrize(
    ("course", "word"),
    [
        ("00000000", ""),
        ("00000001", "baru"),
        ("00000011", "baru"),
        ("00000111", "menguat"),
        ("00111111", "menguat"),
        ("01111111", "menetap"),
        ("11111111", "menetap"),
        ("11110111", "menetap"),
        ("10000001", "sporadis"),
        ("11110011", "sporadis"),
        ("11111110", "mereda"),
        ("10000000", "mereda"),
    ],
)
def test_courses_at_the_edges_of_the_rule(course: str, word: str) -> None:
    assert emerging_words([[week == "1" for week in course]]).tolist() == [word]


def test_another_number_of_weeks_is_refused() -> None:
    with pytest.raises(ValueError, match="must be"):
        emerging_words(np.ones((3, 7), dtype=bool))
    assert emerging_words(np.ones((0, WEEKS), dtype=bool)).tolist() == []
