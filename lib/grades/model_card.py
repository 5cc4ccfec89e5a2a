"""The model card: what the warnings are for, what not, and how they have failed, from the values in force."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from lib.region.elections import elections_of
from lib.region.weights import weights_in_force
from lib.rules.alerts import alert_rules
from lib.rules.forecasts import forecast_rules
from lib.rules.toml import read_table
from lib.settings import ROOT
from lib.warnings.forecasts import METHOD

if TYPE_CHECKING:
    from data.store.lake import Lake
    from lib.grades.scorecard import Scorecard
    from lib.rules.alerts import AlertRules
    from lib.rules.forecasts import ForecastRules
    from lib.rules.weights import Weights


@dataclass(frozen=True, slots=True, eq=False)
class ModelCard:
    """All that a reader needs to judge the warnings of a region; words are added by `lib.output.model_card_text`."""

    version: str  # of the tool
    method: str  # name of the forecast's method, as it stands on every issue
    election_name: str  # the election that the card is about; empty without one
    # The judgements in force.
    weights: Weights
    alerts: AlertRules
    rules: ForecastRules
    scorecard: Scorecard  # what the warnings were worth


def model_card(lake: Lake, card: Scorecard) -> ModelCard:
    """Describe the warnings of a region from the values in force and what they were worth."""
    election = elections_of(lake, card.region_code).asked(card.election_code)
    return ModelCard(
        version=read_table(ROOT / "pyproject.toml").table("project").text("version"),
        method=METHOD,
        election_name=election.name if election else "",
        weights=weights_in_force(lake, card.region_code),
        alerts=alert_rules(card.region_code),
        rules=forecast_rules(card.region_code),
        scorecard=card,
    )
