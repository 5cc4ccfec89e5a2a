"""Saved weights: in force from then on, never lost, refused where they break a rule, and previewed before."""

from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.sort.personal import mask
from data.store.lake import Lake, open_at, open_lake, snapshot_id
from lib.region.weights import parse_weights, saved_sets, weights_in_force
from lib.rules.regions import weights
from lib.rules.toml import ProfileError
from lib.rules.weights import COMPONENTS, JUDGED
from lib.score import frozen_scale
from lib.score.answers import assess_areas, judge
from lib.score.inputs import fetch_inputs
from lib.score.question import default_filters
from lib.score.weight_preview import SEVERITY, movers, preview, rank_shifts
from lib.score.weight_sets import changed, same_values, save_weights, toml_text
from lib.texts import method as t
from tests.city import AREAS, ELECTION, REGION, REGION_CODE, at, write_csv
from tests.officers import officer
from tests.steps import import_incidents

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

SHIPPED = weights(REGION_CODE)
DAY = date(2024, 11, 20)
BY = {"author": "Rapat Kesbangpol", "day": DAY, "reason": "Keputusan rapat 20 November"}
STRUCTURE_MORE = (("struktural", 0.45), ("kejadian", 0.25), ("sekitar", 0.15), ("lonjakan", 0.15))


@pytest.fixture(scope="module")
def reported_store(city_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a store with enough incidents to freeze a scale: grave old ones here, light new ones there."""
    folder = tmp_path_factory.mktemp("bobot") / "gudang"
    shutil.copytree(city_store, folder)
    lake = open_lake(str(folder))
    lines = [
        at(code, id_sumber=f"{code}-{n}-{again}", keparahan=severity, tanggal_kejadian=day, tanggal_laporan=day)
        for number, code in enumerate(AREAS)
        for n in range(3 + 2 * number)
        for again in range(8)
        for severity, day in [(5 - number % 5, DAY - timedelta(days=9 * (5 - number) + n))]
    ]
    path = write_csv(folder.parent / "a.csv", lines)
    result = import_incidents(lake, REGION, path, today=DAY, actor=officer())
    assert result.counts.accepted == len(lines) == 384 > SHIPPED.freeze_minimum_incidents
    lake.connection.close()
    return folder


@pytest.fixture
def reported(reported_store: Path, open_copy: Callable[[Path], Lake]) -> Lake:
    """Open a copy of the store with the incidents."""
    return open_copy(reported_store)


def text_of(**values: Any) -> str:
    return toml_text(changed(SHIPPED, values, **BY))


# The text


def test_what_is_written_is_what_was_read() -> None:
    assert parse_weights(toml_text(SHIPPED)) == SHIPPED


@given(
    st.text(min_size=1).map(mask).filter(str.strip),
    st.floats(1, 168),
    st.lists(st.floats(0.01, 1), min_size=4, max_size=4),
)
def test_any_reason_and_value_survives_the_file(reason: str, half_life: float, shares: list[float]) -> None:
    given_shares = tuple(zip(COMPONENTS, (share / sum(shares) for share in shares), strict=True))
    values = {"half_life_days": half_life, "component_weights": given_shares}
    made = changed(SHIPPED, values, author="Rapat", day=DAY, reason=reason)
    assert made.half_life_days == half_life
    assert made.component_weights == given_shares
    assert made.judgement("component_weights").reason == reason
    assert parse_weights(toml_text(made)) == made


def test_a_change_has_its_own_author_and_the_rest_keep_theirs() -> None:
    made = changed(SHIPPED, {"half_life_days": 14.0, "support_days": SHIPPED.support_days}, **BY)
    assert made.judgement("half_life_days").author == "Rapat Kesbangpol"
    assert made.judgement("support_days") == SHIPPED.judgement("support_days")
    assert made.version == f"{SHIPPED.version} r1"
    assert changed(made, {"half_life_days": 21.0}, **BY).version == f"{SHIPPED.version} r2"
    assert changed(SHIPPED, {}, **BY) == SHIPPED
    assert same_values(changed(made, {"half_life_days": 28.0}, **BY), SHIPPED)


# In force


def test_without_a_saved_set_the_shipped_one_holds(city: Lake) -> None:
    assert weights_in_force(city, REGION_CODE) == SHIPPED
    assert saved_sets(city, REGION_CODE) == ()


def test_the_newest_set_of_the_region_holds_and_none_is_lost(city: Lake) -> None:
    before = snapshot_id(city)
    first = save_weights(city, REGION_CODE, text_of(half_life_days=14.0), actor=officer("A"), reason="satu")
    second = save_weights(city, REGION_CODE, text_of(half_life_days=21.0), actor=officer("B"), reason="dua")
    assert weights_in_force(city, REGION_CODE) == second
    assert weights_in_force(city, "14.72") == weights("14.72")
    assert weights_in_force(open_at(city, before), REGION_CODE) == SHIPPED
    kept = saved_sets(city, REGION_CODE)
    assert [entry.weights for entry in kept] == [second, first]
    assert [(entry.author, entry.reason) for entry in kept] == [("B", "dua"), ("A", "satu")]


@pytest.mark.parametrize(
    ("content", "reason", "sentence"),
    [
        (text_of(half_life_days=14.0), " ", "Alasan perubahan belum diisi"),
        (toml_text(SHIPPED), "alasan", "semua nilainya sama"),
        ("half_life_days = [", "alasan", "bukan TOML yang sah"),
        (toml_text(SHIPPED).replace("kejadian = 0.4\n", "kejadian = 0.5\n"), "alasan", "tidak berjumlah 1"),
        (toml_text(SHIPPED).replace('code = "sengketa_lahan"', 'code = "suara_partai"'), "x", "agama, dan suku"),
        (toml_text(SHIPPED).replace('name = "TPS dengan', 'name = "Agama TPS dengan'), "x", "agama, dan suku"),
        (toml_text(SHIPPED) + "[kekuatan_partai]\nvalue = 1\n", "x", "tidak dikenal"),
    ],
)
def test_what_breaks_a_rule_is_refused_and_changes_nothing(
    city: Lake, content: str, reason: str, sentence: str
) -> None:
    with pytest.raises(ProfileError, match=sentence):
        save_weights(city, REGION_CODE, content, actor=officer(), reason=reason)
    assert weights_in_force(city, REGION_CODE) == SHIPPED


def test_the_scale_is_frozen_anew_only_where_it_must(reported: Lake) -> None:
    frozen = frozen_scale.frozen_scale(reported, REGION_CODE, SHIPPED)
    assert frozen is not None
    shared = save_weights(
        reported, REGION_CODE, text_of(component_weights=STRUCTURE_MORE), actor=officer("A"), reason="x"
    )
    assert frozen_scale.frozen_scale(reported, REGION_CODE, shared) == frozen
    faster = save_weights(reported, REGION_CODE, text_of(half_life_days=7.0), actor=officer("A"), reason="x")
    other = frozen_scale.frozen_scale(reported, REGION_CODE, faster)
    assert other is not None
    assert other.scale.theta_reference < frozen.scale.theta_reference


# The preview


@pytest.mark.parametrize(
    "values",
    [{"component_weights": STRUCTURE_MORE}, {"half_life_days": 7.0, "severity_weights": (1.0, 2.0, 3.0, 4.0, 5.0)}],
)
def test_the_preview_shows_what_saving_brings_and_saves_nothing(reported: Lake, values: dict[str, Any]) -> None:
    filters = default_filters(reported, REGION_CODE, as_of=DAY, election_code=ELECTION)
    known = fetch_inputs(reported, filters)
    candidate = changed(SHIPPED, values, **BY)
    found = preview(reported, known, filters, candidate)
    assert snapshot_id(reported) == filters.snapshot
    assert found.rescaled == ("component_weights" not in values)
    before = judge(known, filters).areas.set_index("area_code")["score"]
    save_weights(reported, REGION_CODE, toml_text(candidate), actor=officer("A"), reason="x")
    after = assess_areas(reported, replace(filters, snapshot=snapshot_id(reported))).areas.set_index("area_code")
    table = found.movers.set_index("area_code").sort_index()
    assert table["score_before"].to_numpy() == pytest.approx(before.to_numpy(), nan_ok=True)
    assert table["score_after"].to_numpy() == pytest.approx(after["score"].to_numpy(), nan_ok=True)
    assert table["class_after"].tolist() == after["class_index"].tolist()
    assert (table["score_change"].abs() > 0.1).any()


def test_movers_by_hand() -> None:
    def areas(scores: list[float], classes: list[int]) -> pd.DataFrame:
        return pd.DataFrame(
            {
                "area_code": ["c", "a", "b", "d"],
                "area_name": ["C", "A", "B", "D"],
                "district_name": "X",
                "score": scores,
                "class_index": classes,
            }
        )

    before = areas([40.0, 60.0, 40.0, np.nan], [2, 3, 2, -1])
    after = areas([70.0, 60.0, 10.0, np.nan], [4, 3, 0, -1]).iloc[::-1]
    table = movers(before, after)
    assert table["area_code"].tolist() == ["c", "a", "b", "d"]
    assert table["rank_before"].tolist()[:3] == [2, 1, 2]
    assert table["rank_after"].tolist()[:3] == [1, 2, 3]
    assert table["class_before"].tolist() == [2, 3, 2, -1]
    assert table["score_change"].tolist()[:3] == [30, 0, -30]
    assert table.loc[3, ["rank_before", "rank_after"]].isna().all()


def test_every_choice_is_tried_for_what_the_ranks_hang_on(reported: Lake) -> None:
    filters = default_filters(reported, REGION_CODE, as_of=DAY, election_code=ELECTION)
    found = rank_shifts(reported, fetch_inputs(reported, filters), filters)
    assert set(found) == {*COMPONENTS, "waktu_paruh", SEVERITY}
    assert all(0 <= shift.mean <= shift.largest <= len(AREAS) for shift in found.values())
    assert found["keparahan_lurus"].mean > 0


# The words


def test_every_choice_has_a_name_and_one_place_on_the_page() -> None:
    placed = [key for keys in t.GROUPS.values() for key in keys]
    assert sorted(placed) == sorted(JUDGED)
    assert set(t.CHOICE_NAMES) == set(JUDGED)


def test_values_are_written_for_people() -> None:
    assert t.value(SHIPPED.component_weights) == (
        "kerentanan tempat 0,3; kejadian 0,4; wilayah sekitar 0,15; lonjakan 0,15"
    )
    assert t.value((1.0, 2.5)) == "1, 2,5"
    assert t.value(0.001) == "0,001"
    assert t.value(1500.0) == "1500"
