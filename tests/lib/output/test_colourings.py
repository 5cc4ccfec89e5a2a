"""What colours the map beside the class: by hand, by law, and in colours that no class has."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from lib.analysis.hotspots import smoothed_rates
from lib.output.classes import CLASSES, NO_REPORT
from lib.output.colourings import NO_DATA, PARTS, RAMP, ZERO, coloured
from lib.output.map_layers import area_layer, recoloured
from lib.rules.hotspots import hotspot_rules
from lib.score import answers
from lib.score.question import default_filters
from lib.texts import colourings as t
from tests.city import ANGGREK, AREAS, BAKUNG, CEMPAKA, REGION_CODE, at, station
from tests.steps import take_in, take_in_stations

if TYPE_CHECKING:
    from data.store.lake import Lake
    from lib.score.answers import Assessment

DAY = date(2024, 11, 19)
VOTERS = {ANGGREK: 600, BAKUNG: 300}


def report(area: str, number: int, **changes: object) -> dict[str, str]:
    return at(area, id_sumber=f"{area}-{number}", tanggal_kejadian=DAY, tanggal_laporan=DAY, **changes)


@pytest.fixture
def filled(city: Lake) -> Lake:
    """Three reports in Anggrek, one each in Bakung and in Cempaka, whose voters nobody told."""
    take_in_stations(
        city,
        [
            station(no_tps=f"{n:03d}", kode_kelurahan=code, kelurahan=AREAS[code][0], dpt_l=150, dpt_p=150)
            for n, code in enumerate((ANGGREK, ANGGREK, BAKUNG), 1)
        ],
    )
    take_in(city, [*(report(ANGGREK, n) for n in range(3)), report(BAKUNG, 1), report(CEMPAKA, 1, kategori="APK")])
    return city


def assessed(lake: Lake, **changes: object) -> Assessment:
    return answers.assess_areas(lake, replace(default_filters(lake, REGION_CODE, as_of=DAY), **changes))


@pytest.fixture
def judged(filled: Lake) -> Assessment:
    return assessed(filled)


def test_counts_by_hand(filled: Lake) -> None:
    found = coloured(assessed(filled), t.COUNT)
    assert [step.label for step in found.steps] == ["0", "1", "2", "3"]
    assert found.value_of.dropna().to_dict() == {ANGGREK: 3, BAKUNG: 1, CEMPAKA: 1}
    assert [found.step(code).label for code in (ANGGREK, BAKUNG)] == ["3", "1"]
    silent = [found.step(code) for code in AREAS if code not in {ANGGREK, BAKUNG, CEMPAKA}]
    assert silent == [NO_DATA] * 3  # silence is no 0


def test_rates_are_those_of_the_hot_spots_and_want_voters(filled: Lake) -> None:
    judged = assessed(filled)
    raw, smoothed = coloured(judged, t.RATE), coloured(judged, t.SMOOTHED)
    assert raw.value_of[ANGGREK] == pytest.approx(1000 * 3 / VOTERS[ANGGREK], abs=10**-raw.digits)
    assert raw.value_of[BAKUNG] == pytest.approx(1000 * 1 / VOTERS[BAKUNG], abs=10**-raw.digits)
    least = hotspot_rules(REGION_CODE).least_prior_events
    # Those without voters take no part; the silent one between them has none either.
    rates = 1000 * smoothed_rates([3, 1], [600, 300], least_prior_events=least).smoothed
    assert [smoothed.value_of[code] for code in VOTERS] == pytest.approx(rates, abs=10**-smoothed.digits)
    assert raw.step(CEMPAKA) == smoothed.step(CEMPAKA) == NO_DATA
    assert raw.without_voters == smoothed.without_voters == len(AREAS) - len(VOTERS)
    assert "DPT belum ada untuk 4 kelurahan" in t.without_voters(raw.without_voters, "kelurahan")


def test_parts_stand_on_one_scale_of_0_to_100(filled: Lake) -> None:
    judged = assessed(filled)
    areas = judged.areas.set_index("area_code")
    for code, column in PARTS.items():
        found = coloured(judged, code)
        assert [step.label for step in found.steps] == [
            "0,0–20,0", "20,1–40,0", "40,1–60,0", "60,1–80,0", "80,1–100,0",
        ]  # fmt: skip
        classed = areas["class_index"] >= 0
        assert found.value_of[classed].tolist() == areas.loc[classed, column].round(1).tolist()
        assert found.value_of[~classed].isna().all()


def test_filters_change_counts_and_the_shown_kecamatan_changes_no_colour(filled: Lake) -> None:
    judged = assessed(filled)
    fewer = coloured(assessed(filled, categories=("APK",)), t.COUNT)
    assert fewer.value_of[CEMPAKA] == 1
    other = coloured(assessed(filled, sources=("Polres",)), t.COUNT)
    assert not (other.value_of > 0).any()
    everything, north = coloured(judged, t.COUNT), assessed(filled, district_codes=("19.99.01",))
    layer = recoloured(area_layer(north, *2 * [answers.incidents(filled, north.filters)]), everything, north)
    drawn = {feature["properties"]["kode"]: feature["properties"] for feature in layer["features"]}
    assert {code: shown["fill"] for code, shown in drawn.items()} == {
        code: everything.step(code).colour for code in (ANGGREK, BAKUNG, CEMPAKA)
    }
    assert f"{t.NAMES[t.COUNT]}: 3" in drawn[ANGGREK]["hover"]
    assert {shown["css_class"] for shown in drawn.values()} == {""}


def test_without_a_forecast_nothing_is_known(filled: Lake) -> None:
    found = coloured(assessed(filled), t.FORECAST)
    assert {found.step(code) for code in AREAS} == {NO_DATA}


def numbers(label: str) -> list[float]:
    return [float(end.replace(".", "").replace(",", ".")) for end in label.split("–")]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.floats(0, 5000) | st.just(float("nan")), min_size=6, max_size=6))
@example([0.0, 1e-9, 0.1, 0.3, 0.5, float("nan")])
@example([float("nan"), float("nan"), 2.2e-309, float("nan"), 0.0, float("nan")])
@example([7.0, 7.0, 14.0, 21.0, 28.0, 35.0])
def test_every_printed_value_lies_in_the_label_of_its_colour(judged: Assessment, values: list[float]) -> None:
    found = coloured(judged, t.FORECAST, pd.Series(values, index=list(AREAS)))
    assert len(found.steps) <= 1 + len(RAMP)
    assert len({step.colour for step in found.steps}) == len(found.steps)
    ends = [numbers(step.label) for step in found.steps]
    assert all(before[-1] < after[0] for before, after in pairwise(ends))
    for code, exact in zip(AREAS, values, strict=True):
        step, printed = found.step(code), found.value_of[code]
        if np.isnan(exact):
            assert step == NO_DATA
            continue
        assert (printed == 0) == (exact == 0)
        assert abs(printed - exact) <= 10**-found.digits
        assert numbers(step.label)[0] - 1e-9 <= printed <= numbers(step.label)[-1] + 1e-9


def lightness(colour: str) -> float:
    """Give the relative luminance of a colour, 0 to 1, as WCAG 2 defines it."""
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4 for value in channels]
    return float(np.dot(linear, (0.2126, 0.7152, 0.0722)))


def test_no_colour_is_that_of_a_class_and_each_is_darker_than_the_one_before() -> None:
    used = {ZERO, *RAMP}
    assert not used & {risk.colour for risk in (*CLASSES, NO_REPORT)}
    steps = [lightness(colour) for colour in (ZERO, *RAMP)]
    assert all(before > 1.2 * after for before, after in pairwise(steps))
    for colour in RAMP:  # blue leads, as in no class
        red, green, blue = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
        assert blue > green > red
