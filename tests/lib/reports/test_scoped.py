"""Rows go through a scope: those of another kecamatan or source do not come out."""

import pandas as pd
import pytest

from lib.people.actor import Scope
from lib.reports.scoped import decisions_in_scope, in_scope, notes_in_scope, without_texts

ROWS = pd.DataFrame(
    {
        "area_code": ["14.72.01.1001", None, None, "14.72.011.1001", "14.72.02.1001"],
        "district_code": ["14.72.01", "14.72.01", None, "14.72.011", "14.72.02"],
        "source_name": ["Polres", None, "Polres", "Polres", "Bawaslu"],
        "description": list("abcde"),
        "source_id": list("12345"),
    }
)
ONE = frozenset({"14.72.01"})


@pytest.mark.parametrize(
    ("scope", "seen"),
    [
        (Scope(), "abcde"),
        (Scope("14.72"), "abcde"),
        (Scope("14.72", ONE), "ab"),  # known to no kecamatan is in none; a longer code is another
        (Scope("14.72", None, frozenset({"Polres"})), "acd"),
        (Scope("14.72", ONE, frozenset({"Polres"})), "a"),
        (Scope("14.72", frozenset(), frozenset()), ""),
        (Scope("14.71", ONE), ""),
    ],
)
def test_a_scope_lets_its_own_reports_through(scope: Scope, seen: str) -> None:
    assert "".join(in_scope(ROWS, scope)["description"]) == seen


def test_one_side_of_a_pair_is_asked_by_its_own_columns() -> None:
    pairs = ROWS[["area_code", "source_name"]].add_prefix("first_")
    assert in_scope(pairs, Scope("14.72", ONE), side="first_").index.tolist() == [0]


def test_a_decision_shows_where_all_of_its_reports_do() -> None:
    own, other = ({"area_code": f"14.72.0{number}.1001", "source_name": "Polres"} for number in (1, 2))
    decisions = pd.DataFrame({"decision_id": ["x", "y"], "reports": [[own, own], [own, other]]})
    assert decisions_in_scope(decisions, Scope("14.72", ONE))["decision_id"].tolist() == ["x"]
    assert decisions_in_scope(decisions, Scope())["decision_id"].tolist() == ["x", "y"]


def test_notes_of_other_places_are_empty_and_the_alerts_stay() -> None:
    alerts = ROWS[["area_code"]].assign(note="Patroli")
    assert notes_in_scope(alerts, Scope("14.72", ONE))["note"].tolist() == ["Patroli", "", "", "", ""]
    assert notes_in_scope(alerts, Scope("14.72"))["note"].tolist() == 5 * ["Patroli"]


def test_what_is_counted_has_no_texts() -> None:
    assert without_texts(ROWS)[["description", "source_id"]].isna().all(axis=None)
