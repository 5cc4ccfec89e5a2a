"""Our classes beside those of other bodies: who is compared, who differs, in which order, in which words."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import pytest

from data.demo.classes import EDITION, POLICE, SUPERVISOR, planted, reported_pressure, simulate_classes
from data.demo.structure import simulate_structure
from lib.analysis.agreement import kappa, quadratic_weights
from lib.intake.rows import RowImport, import_rows
from lib.output.agreement_map import NOT_COMPARED, STANDPOINTS, standpoint, standpoint_layer
from lib.output.agreement_tables import comparison_csv, comparison_table, cross_html
from lib.region.areas import load_areas
from lib.rules.regions import DEMO_REGION
from lib.score import answers
from lib.score.agreement import comparisons
from lib.score.explanation import reasons
from lib.score.question import default_filters
from lib.texts import agreement as words
from tests.city import ANGGREK, AREAS, BAKUNG, CEMPAKA, DAHLIA, EDELWEIS, REGION, REGION_CODE, write_csv
from tests.officers import officer
from tests.reported import DAY, incident, put
from tests.sorter import agency_class

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from data.store.lake import Lake
    from lib.score.agreement import Comparison
    from lib.score.answers import Assessment

DEMO_DAY = date(2026, 10, 29)


def rate(lake: Lake, classes: Mapping[str, str], name: str = "kelas.csv", **changes: object) -> None:
    lines = [
        agency_class(kode_kelurahan=code, kelurahan=AREAS[code][0], kecamatan=AREAS[code][1], kelas=word, **changes)
        for code, word in classes.items()
    ]
    path = write_csv(lake.folder.parent / name, lines)
    import_rows(RowImport(lake, REGION, path, kind="class", today=DAY), actor=officer())


def assessed(lake: Lake, day: date = DAY) -> Assessment:
    return answers.assess_areas(lake, default_filters(lake, REGION_CODE, as_of=day))


@pytest.fixture
def rated(city: Lake) -> Lake:
    """Fill a store with reports of three areas and a body's classes of four."""
    put(city, incidents=[incident(code, 0) for code in (BAKUNG,) * 2 + (CEMPAKA,) * 40 + (DAHLIA,) * 2])
    rate(city, {BAKUNG: "sangat rawan", CEMPAKA: "kurang rawan", DAHLIA: "kurang rawan", EDELWEIS: "rawan"})
    return city


def test_only_areas_that_both_rate_are_compared(rated: Lake) -> None:
    assessment = assessed(rated)
    (found,) = comparisons(rated, assessment)
    areas = found.areas.set_index("area_code")
    assert found.areas["area_code"].tolist() == sorted(AREAS)
    classes = assessment.areas.set_index("area_code")["class_index"]
    ours = classes.map({-1: -1, 0: 0, 1: 0, 2: 1, 3: 2, 4: 2})
    assert areas["our_level"].tolist() == ours[areas.index].tolist()
    assert areas.loc[[BAKUNG, CEMPAKA, DAHLIA, EDELWEIS, ANGGREK], "their_level"].tolist() == [2, 0, 0, 1, -1]
    both = (areas["our_level"] >= 0) & (areas["their_level"] >= 0)
    assert found.compared_count == both.sum() == 3
    assert areas.loc[~both, "difference"].isna().all()
    expected = (areas["our_level"] - areas["their_level"])[both]
    assert areas.loc[both, "difference"].tolist() == expected.tolist()
    # Six areas are too few for one number.
    assert (found.plain, found.weighted) == (None, None)
    assert found.share == np.trace(found.table) / 3


def test_disagreements_stand_in_the_stated_order(rated: Lake) -> None:
    (found,) = comparisons(rated, assessed(rated))
    steps = found.disagreements["difference"].tolist()
    assert 0 not in steps
    assert steps == sorted(steps, key=lambda step: (-abs(step), step))
    assert found.disagreements.iloc[0]["area_code"] in {BAKUNG, CEMPAKA}


def test_an_edition_of_later_is_not_known_yet(rated: Lake) -> None:
    assert comparisons(rated, assessed(rated, date(2024, 10, 31))) == ()
    rate(rated, {BAKUNG: "rawan"}, "lain.csv", lembaga="Bawaslu", tanggal="2024-11-10")
    assert [one.agency for one in comparisons(rated, assessed(rated, date(2024, 11, 9)))] == ["Polres"]
    assert [one.agency for one in comparisons(rated, assessed(rated))] == ["Bawaslu", "Polres"]


def test_without_any_list_there_is_nothing_to_compare(city: Lake) -> None:
    assert comparisons(city, assessed(city)) == ()


def test_texts_of_files_are_escaped_on_the_map(rated: Lake) -> None:
    rate(
        rated,
        {BAKUNG: "rawan"},
        "jahat.csv",
        lembaga="<b>Bawaslu</b>",
        alasan_kelas="<script>alert(1)</script> {{ 7 * 7 }}",
    )
    assessment = assessed(rated)
    found = next(one for one in comparisons(rated, assessment) if "Bawaslu" in one.agency)
    why = reasons(assessment, answers.incidents(rated, assessment.filters))
    layer = standpoint_layer(found, assessment.areas.set_index("area_code").geometry, why)
    text = str(layer)
    assert "<script>" not in text
    assert "<b>Bawaslu" not in text
    assert "{{" not in text
    assert "<b>Bawaslu" not in cross_html(found, "kelurahan")
    assert len(layer["features"]) == len(AREAS)


def test_every_difference_has_its_own_look() -> None:
    looks = [*STANDPOINTS, NOT_COMPARED]
    assert [standpoint(steps).index for steps in (-2, -1, 0, 1, 2)] == [-2, -1, 0, 1, 2]
    assert standpoint(float("nan")) is NOT_COMPARED
    assert len({look.colour for look in looks}) == len({look.code for look in looks}) == len(looks)
    # In grey too: lines that rise to either side, dense or wide, or none.
    assert len({look.hatch for look in looks}) == len(looks)


@pytest.mark.parametrize(
    ("value", "word"),
    [
        (-0.1, "lebih buruk daripada kebetulan"),
        (0.0, "lemah"),
        (0.2, "lemah"),
        (0.21, "agak lemah"),
        (0.36, "agak lemah"),
        (0.41, "sedang"),
        (0.6, "sedang"),
        (0.61, "kuat"),
        (0.81, "hampir sempurna"),
        (1.0, "hampir sempurna"),
    ],
)
def test_words_of_landis_and_koch(value: float, word: str) -> None:
    assert words.strength(value) == word


def test_agreement_begins_with_plain_counts() -> None:
    assert words.share_sentence(26, 8, 3, "kelurahan") == (
        "26 dari 37 kelurahan sama; 8 kami nilai lebih tinggi, 3 lebih rendah."
    )


def test_agreement_in_a_sentence() -> None:
    table = [[20, 5, 0], [2, 6, 2], [0, 1, 4]]
    plain, weighted = kappa(table), kappa(table, quadratic_weights(3))
    assert plain is not None
    assert weighted is not None
    said = words.kappa_sentence(plain, weighted)
    assert said == (
        "Kesepakatan di luar kebetulan: kuat (Landis & Koch). Kappa berbobot 0,76 (95%: 0,61 sampai "
        "0,91), dengan 1 sepakat penuh dan 0 seperti kebetulan; kappa biasa 0,56 (95%: 0,33 sampai 0,78). Yang "
        "sebenarnya antara kuat dan hampir sempurna."
    )
    full = kappa(np.diag([5, 5, 5]))
    assert full is not None
    assert "rentang tidak dapat dihitung" in words.kappa_sentence(full, full)


# The demo: three disagreements are planted.


def demo_comparisons(lake: Lake) -> tuple[Assessment, dict[str, Comparison]]:
    assessment = answers.assess_areas(lake, default_filters(lake, DEMO_REGION, as_of=DEMO_DAY))
    return assessment, {found.agency: found for found in comparisons(lake, assessment)}


def test_the_planted_disagreements_of_the_demo_are_found(demo_store: Path, open_copy: Callable[[Path], Lake]) -> None:
    lake = open_copy(demo_store)
    assessment, found = demo_comparisons(lake)
    assert set(found) == {SUPERVISOR, POLICE}
    one = found[SUPERVISOR]
    flat = one.disagreements[one.disagreements["difference"].abs() == 2].set_index("area_code")
    low = flat[flat["reason"].str.startswith("Laporan yang masuk tidak memenuhi syarat")]
    high = flat[flat["reason"].str.contains("Pemungutan suara ulang|warga enggan melapor")]
    assert low["difference"].tolist() == [2]
    assert high["difference"].tolist() == [-2, -2]
    assert low.index[0] in set(assessment.ranked.head(5)["area_code"])
    assert one.plain is not None
    assert one.weighted is not None
    assert found[POLICE].weighted is not None
    assert found[POLICE].weighted.value > one.weighted.value > 0

    why = reasons(assessment, answers.incidents(lake, assessment.filters))
    table = comparison_table(one, why, simulated=True)
    assert table["kode"].tolist()[: len(one.disagreements)] == one.disagreements["area_code"].tolist()
    assert len(table) == len(assessment.areas)
    assert table["edisi"].unique().tolist() == [EDITION]
    assert (table.loc[table["kelas_kami"].notna(), "alasan_kami"] != "").all()
    assert comparison_csv(one, why, simulated=True).startswith(b"kode,nama,kecamatan,skor,")


def test_simulated_lists_are_the_same_each_time_and_say_that_they_are_simulated(
    demo_store: Path, open_copy: Callable[[Path], Lake]
) -> None:
    areas = load_areas(open_copy(demo_store), DEMO_REGION, simplified=True)
    incidents = pd.DataFrame(
        {
            "kode_kelurahan": np.repeat(areas["area_code"].to_numpy(), np.arange(len(areas))),
            "tanggal_kejadian": DEMO_DAY.isoformat(),
            "keparahan": "3",
        }
    )
    first = simulate_classes(areas, incidents, end=DEMO_DAY, seed=7)
    again = simulate_classes(areas.sample(frac=1, random_state=3), incidents, end=DEMO_DAY, seed=7)
    pd.testing.assert_frame_equal(first, again)
    assert set(first["penanda"]) == {"DATA SIMULASI"}
    assert first["lembaga"].str.contains("simulasi").all()
    stated = first[first["lembaga"] == SUPERVISOR].set_index("kode_kelurahan")["kelas"]
    codes = sorted(areas["area_code"])
    pressure = reported_pressure(pd.Series(codes), incidents, end=DEMO_DAY)
    chosen = {codes[position]: level for position, level, _ in planted(pressure)}
    assert sorted(chosen.values()) == [0, 2, 2]
    assert {code: stated[code] for code in chosen} == {
        code: ("rendah", "sedang", "tinggi")[level] for code, level in chosen.items()
    }
    codes = ("sengketa_lahan", "jarak_pos_polisi")
    structure = simulate_structure(areas, incidents, indicator_codes=codes, end=DEMO_DAY, seed=7)
    assert set(structure["indikator"]) == set(codes)
    assert structure.groupby("indikator").size().tolist() == [len(areas) - 2] * 2
    assert simulate_structure(areas, incidents, indicator_codes=(), end=DEMO_DAY, seed=7).empty
