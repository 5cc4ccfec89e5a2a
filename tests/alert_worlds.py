"""Cities without anything to find, and with outbreaks, to count what alerts find in them."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from lib.analysis.alerts import area_exceedance, false_discoveries, region_exceedance
from lib.analysis.panel import Whole
from lib.rules.alerts import AlertRules

HISTORY_WEEKS = 31
OUTBREAK_WEEKS = 4
TIERS = ("waspada", "siaga")


@dataclass(frozen=True)
class World:
    """A city of log-normal weekly rates; `growth` is the factor by which its level rises over the weeks judged."""

    rate: float
    areas: int = 200
    spread: float = 0.6
    variance_ratio: float = 1.0
    growth: float = 1.0
    shocks: bool = False


def simulate(world: World, weeks: int, generator: np.random.Generator) -> Whole:
    """Draw counts by area and week, `HISTORY_WEEKS` before the `weeks` to be judged."""
    total = HISTORY_WEEKS + weeks
    rates = world.rate * np.exp(generator.normal(-(world.spread**2) / 2, world.spread, world.areas))
    rise = np.concatenate([np.zeros(HISTORY_WEEKS), np.linspace(0, 1, weeks)])
    level = world.growth**rise
    if world.shocks:
        level = level * np.exp(generator.normal(0, 0.25, total))
        level = level * np.where(generator.random(total) < 0.05, 2.5, 1.0)
    mean = rates[:, None] * level[None, :]
    if world.variance_ratio > 1:
        return generator.negative_binomial(mean / (world.variance_ratio - 1), 1 / world.variance_ratio)
    return generator.poisson(mean)


def alarms(weekly: Whole, rules: AlertRules) -> NDArray[np.bool_]:
    """Tell which areas are below the nominal probability, and which of them siaga; shape (2, areas)."""
    probability = area_exceedance(weekly, rules.method).probability
    below = probability < rules.waspada_probability
    return np.stack([below, below & false_discoveries(probability, rules.siaga_false_share)])


def false_alarms(
    world: World, rules: AlertRules, *, cities: int, weeks: int, seed: int
) -> tuple[float, float, float]:
    """Count what is found in cities with nothing to find.

    Waspada (siaga included) and siaga for each week and 200 series, and the share of weeks whose family, all series
    of the city, holds any siaga: false families a week.
    """
    generator = np.random.default_rng(seed)
    found, families = np.zeros(2), 0
    for _ in range(cities):
        counts = simulate(world, weeks, generator)
        for week in range(weeks):
            raised = alarms(counts[:, : HISTORY_WEEKS + week + 1], rules).sum(axis=1)
            found += raised
            families += int(raised[1] > 0)
    waspada, siaga = found * 200 / (cities * weeks * world.areas)
    return float(waspada), float(siaga), families / (cities * weeks)


def region_alarms(world: World, rules: AlertRules, *, cities: int, weeks: int, seed: int) -> float:
    """Give the share of weeks in which the series of the whole region lies below the nominal probability."""
    generator = np.random.default_rng(seed)
    found = 0
    for _ in range(cities):
        total = simulate(world, weeks, generator).sum(axis=0, keepdims=True)
        for week in range(weeks):
            whole = region_exceedance(total[:, : HISTORY_WEEKS + week + 1], rules.method)
            found += int(whole.probability[0] < rules.waspada_probability)
    return found / (cities * weeks)


def power(world: World, added: float, rules: AlertRules, *, outbreaks: int, seed: int) -> NDArray[np.float64]:
    """Give the share of four-week outbreaks found within 1, 2 and 4 weeks; shape (2 tiers, 3).

    An outbreak adds Poisson incidents of mean `added` a week to one area, whose own rate is the world's; each is
    in a city of its own.
    """
    generator = np.random.default_rng(seed)
    within = np.zeros((2, OUTBREAK_WEEKS))
    for _ in range(outbreaks):
        counts = simulate(world, OUTBREAK_WEEKS, generator)
        counts[0] = generator.poisson(world.rate, counts.shape[1])
        counts[0, HISTORY_WEEKS:] += generator.poisson(added, OUTBREAK_WEEKS)
        hits = [alarms(counts[:, : HISTORY_WEEKS + week + 1], rules)[:, 0] for week in range(OUTBREAK_WEEKS)]
        within += np.logical_or.accumulate(np.stack(hits, axis=1), axis=1)
    return within[:, [0, 1, 3]] / outbreaks
