"""The choices on the page Metode are words, not codes."""

from __future__ import annotations

import pytest

from lib.region.panels import group_names
from lib.rules.regions import weights
from lib.texts import method as t
from tests.city import REGION_CODE


@pytest.mark.parametrize(
    ("key", "chosen", "said"),
    [
        ("category_groups_in_score", ("K", "S"), "Konflik; Siber dan narasi"),
        ("completeness_minimum", 0.5, "50%"),
        ("component_weights", (("kejadian", 0.4), ("sekitar", 0.15)), "kejadian 40%; wilayah sekitar 15%"),
        (
            "provisional_scale",
            (1.0, 6.0),
            "penarik ke rata-rata seberat 1 wilayah; tekanan 6 per wilayah bernilai 50",
        ),
        ("class_cuts", (20.0, 35.0), "20, 35"),
    ],
)
def test_a_choice_in_words(key: str, chosen: object, said: str) -> None:
    assert t.choice(key, chosen, groups=group_names()) == said


def test_every_choice_of_the_page_can_be_written() -> None:
    found = weights(REGION_CODE)
    for keys in t.GROUPS.values():
        for key in keys:
            assert t.choice(key, getattr(found, key), groups=group_names())


def test_goalposts_in_words() -> None:
    assert t.goalposts(0.0, 10.0, 0.23, rising=True, unit="% TPS") == (
        "0% TPS tidak menambah, 10% TPS atau lebih menambah penuh; bobot 23%"
    )
    assert t.goalposts(1.0, 5.0, 0.1, rising=False) == "5 tidak menambah, 1 atau kurang menambah penuh; bobot 10%"
