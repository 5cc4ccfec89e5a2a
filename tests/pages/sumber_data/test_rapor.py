from __future__ import annotations

from typing import TYPE_CHECKING

from lib.grades.scorecard import scorecard
from lib.output.scorecard_tables import first_sentence, sentences, skill_lines
from lib.texts import scorecard as t
from tests.pages.conftest import REGION, TODAY

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from data.store.lake import Lake
    from lib.score.answers import Assessment
    from tests.pages.conftest import Visit


def test_the_sentences_are_those_of_the_scorecard(
    visit: Callable[..., Visit], told_store: Path, told: Lake, now: Assessment
) -> None:
    shown = visit(told_store, "sumber_data/rapor")
    shown.assert_whole()
    assert shown.title == "Rapor peringatan · Kota Tanjung Sagara"
    card = scorecard(told, REGION.code, as_of=TODAY, election_code=now.filters.election_code)
    said = [text.value for text in (*shown.app.markdown, *shown.app.warning)]
    assert f"### {first_sentence(card)}" in said
    assert "  \n".join(sentences(card)) in said
    assert "  \n".join(skill_lines(card)) in said
    assert t.whole_issues(card.issue_count) in said
    assert card.issue_count == 12
