"""What the map is coloured by when not by the class: values of areas, and steps of a ramp that no class has."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil, floor, log10
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from lib.analysis.hotspots import smoothed_rates
from lib.output.classes import NO_REPORT
from lib.rules.hotspots import hotspot_rules
from lib.score.answers import SILENT
from lib.texts import colourings as t

if TYPE_CHECKING:
    from geo.drawing.hatch import Hatch
    from lib.score.answers import Assessment

# Blue, the hue that the classes leave free, in even steps of lightness: they hold without any sense of hue.
RAMP = ("#c3d9ec", "#8fb8dc", "#5b94c6", "#2f6ba3", "#123f6b")
ZERO = "#fbfcfd"
PARTS = {"struktural": "structural", "kejadian": "incident", "sekitar": "spillover", "lonjakan": "surprise"}
PART_STEP = 20.0
PER_VOTERS = 1000.0
SLACK = 1e-9
SMALLEST = 1e-6  # narrowest step: nothing that is counted is told apart more finely

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Step:
    """One colour of a legend; `label` says its values, both ends included."""

    colour: str
    label: str
    hatch: Hatch | None = None


NO_DATA = Step(NO_REPORT.colour, t.NO_DATA, NO_REPORT.hatch)


@dataclass(frozen=True, slots=True, eq=False)
class Coloured:
    """Areas coloured by one thing."""

    code: str
    value_of: pd.Series  # by area code; NaN where nothing is known
    steps: tuple[Step, ...]  # the lowest first
    step_of: pd.Series  # place in `steps` by area code, -1 where nothing is known
    digits: int  # decimals that tell the values apart
    without_voters: int  # areas whose rate cannot be told for want of voters

    def step(self, area_code: str) -> Step:
        """Give the colour of one area."""
        index = int(self.step_of[area_code])
        return self.steps[index] if index >= 0 else NO_DATA


def coloured(assessment: Assessment, code: str, forecast: pd.Series | None = None) -> Coloured:
    """Colour areas by a code of `lib.texts.colourings.NAMES` other than the class.

    Ask it for the areas of every kecamatan, so that no colour changes with those that are shown. `forecast`: mean
    of each area by its code; None where there is no forecast.

    Nothing is known, and nothing is 0, where no report came at all, for rates where there are no voters, for parts
    where the area has no class.
    """
    areas = assessment.areas.set_index("area_code")
    exact = _values(areas, code, assessment.filters.region_code, forecast)
    width, digits = _width(exact, code)
    # The colour is that of the printed value; what is above 0 is never printed as 0.
    values = exact.round(digits).where(~(exact > 0), np.maximum(exact.round(digits), 10.0**-digits))
    steps, step_of = _stepped(values.to_numpy(dtype=float), width, digits, zero=code not in PARTS)
    missing = int((areas["voter_count"].fillna(0) <= 0).sum()) if code in {t.RATE, t.SMOOTHED} else 0
    return Coloured(code, values, steps, pd.Series(step_of, index=areas.index), digits, missing)


def _values(areas: pd.DataFrame, code: str, region_code: str, forecast: pd.Series | None) -> pd.Series:
    if code in PARTS:
        return areas[PARTS[code]].where(areas["class_index"] >= 0)
    if code == t.FORECAST:
        return pd.Series(np.nan, areas.index) if forecast is None else forecast.reindex(areas.index)
    count = areas["incident_count"].astype(float)
    heard = (areas["unclassed"] != SILENT) | (count > 0)
    if code == t.COUNT:
        return count.where(heard)
    rules = hotspot_rules(region_code)
    voters = areas["voter_count"].astype("float64").fillna(0.0)
    rates = smoothed_rates(count, voters, least_prior_events=rules.least_prior_events)
    rate = rates.smoothed if code == t.SMOOTHED else rates.raw
    return pd.Series(PER_VOTERS * rate, index=areas.index).where(heard)


def _width(values: pd.Series, code: str) -> tuple[float, int]:
    """Choose how wide a step is, a round number that makes at most five of them, and the decimals of a value."""
    if code in PARTS:
        return PART_STEP, 1
    highest = float(values.max()) if values.notna().any() else 0.0
    if highest <= 0:
        return 1.0, 0
    least = max(highest / len(RAMP), SMALLEST)
    power = 10.0 ** floor(log10(least))
    width = next(times * power for times in (1, 2, 3, 4, 5, 6, 8, 10) if times * power >= least - SLACK * power)
    if code == t.COUNT:
        return max(float(ceil(width - SLACK)), 1.0), 0
    return width, 1 + max(0, -floor(log10(width) + SLACK))


def _stepped(values: Floats, width: float, digits: int, *, zero: bool) -> tuple[tuple[Step, ...], NDArray[np.int64]]:
    """Sort values into steps; 0 has one of its own, unless it is as good a value as any."""
    known = np.isfinite(values)
    number = np.full(len(values), -1, dtype=np.int64)
    number[known] = np.ceil(values[known] / width - SLACK).astype(np.int64)
    if not zero:
        number[known] = np.maximum(number[known], 1)
    count = len(RAMP) if not zero else max(int(number.max(initial=0)), 1)
    colours = [RAMP[round(place)] for place in np.linspace(0 if count > 1 else 2, len(RAMP) - 1, count)]
    least = 10.0**-digits
    steps = [
        Step(colour, t.span(place * width + (least if place or zero else 0.0), (place + 1) * width, digits))
        for place, colour in enumerate(colours)
    ]
    first = [Step(ZERO, t.span(0.0, 0.0, 0))] if zero else []
    return (*first, *steps), np.where(number < 0, -1, number - (0 if zero else 1))
