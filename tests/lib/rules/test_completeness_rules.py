"""The judgements about completeness: signed, checked, and a region's own where it has them."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from lib.rules.completeness import CompletenessRules, completeness_rules
from lib.rules.judged import judged_keys, read_judged
from lib.rules.toml import FACTS_FOLDER, ProfileError
from tests.city import REGION_CODE
from tests.reported import DAY

if TYPE_CHECKING:
    from pathlib import Path

SHIPPED = FACTS_FOLDER / "regions" / "nasional" / "completeness.toml"


def test_every_shipped_rule_says_who_chose_it_and_why() -> None:
    rules = completeness_rules(REGION_CODE)
    assert tuple(judgement.key for judgement in rules.judgements) == judged_keys(CompletenessRules)
    assert all(judgement.author and len(judgement.reason) > 20 for judgement in rules.judgements)
    assert rules.silence_prior == (0.5, 0.5)
    assert rules.first_day(DAY) == DAY - timedelta(days=104 * 7 - 1)


@pytest.mark.parametrize(
    ("old", "new", "key"),
    [
        ("value = 104\n", "value = 104\nnote = 1\n", "history_weeks.note"),
        ("value = [0.5, 0.5]", "value = [0.5]", "silence_prior.value"),
        ("value = 14\n", "value = 61\n", "delay_days_shown.value"),
        ("[quiet_days]", "[quiet_dayz]", "quiet_dayz"),
        ("value = 0.01\n", "value = 1\n", "silence_probability.value"),
        ("[low_share]\nvalue = 0.5", "[low_share]\nvalue = 1", "low_share.value"),
    ],
)
def test_a_broken_rule_is_refused_by_name(tmp_path: Path, old: str, new: str, key: str) -> None:
    text = SHIPPED.read_text(encoding="utf-8")
    assert text.count(old) == 1
    file = tmp_path / "completeness.toml"
    file.write_text(text.replace(old, new), encoding="utf-8")
    with pytest.raises(ProfileError, match=key):
        read_judged(CompletenessRules, file)


def test_far_below_is_less_than_half_where_enough_is_usual(tmp_path: Path) -> None:
    rules = completeness_rules(REGION_CODE)
    found = [rules.far_below(*counts) for counts in ((2, 5.0), (0, 4.9), (5, 10.0), (4, 10.0))]
    assert found == [True, False, False, True]
    file = tmp_path / "completeness.toml"
    file.write_text(
        SHIPPED.read_text(encoding="utf-8").replace("[low_share]\nvalue = 0.5", "[low_share]\nvalue = 0.3")
    )
    assert not read_judged(CompletenessRules, file).far_below(2, 5.0)


def test_a_region_may_bring_its_own_rules(tmp_path: Path) -> None:
    for code, days in (("nasional", 28), ("99.98", 14)):
        (tmp_path / code).mkdir()
        text = SHIPPED.read_text(encoding="utf-8").replace("value = 28\n", f"value = {days}\n")
        (tmp_path / code / "completeness.toml").write_text(text, encoding="utf-8")
    assert completeness_rules("99.98", folder=tmp_path).quiet_days == 14
    assert completeness_rules("99.97", folder=tmp_path).quiet_days == 28
