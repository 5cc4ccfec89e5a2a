"""The weights that a region works with: shipped, or saved by people, each set kept for good."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from data.store import queries
from lib.rules.judged import REGIONS_FOLDER, rules_file
from lib.rules.regions import weights as shipped_weights
from lib.rules.toml import parse_table, read_table
from lib.rules.weights import JUDGED, Weights, weights_of
from lib.texts import method as texts

if TYPE_CHECKING:
    import pandas as pd

    from data.store.lake import Lake


@dataclass(frozen=True, slots=True)
class SavedSet:
    """One saved set of weights: its values, and who saved it when (UTC) and why."""

    weights: Weights
    author: str
    reason: str
    recorded_at: pd.Timestamp


def weights_in_force(lake: Lake, region_code: str) -> Weights:
    """Give the weights of a region: the newest saved set, else the shipped file.

    A lake at a past state gives the weights of that state.

    Raises
    ------
    ProfileError
        If the saved set breaks a rule of this version of the tool.
    """
    table = queries.weight_sets(lake, region_code)
    return saved_weights(table["content"].iloc[0], region_code) if len(table) else shipped_weights(region_code)


def saved_sets(lake: Lake, region_code: str) -> tuple[SavedSet, ...]:
    """List the sets that were saved for a region, newest first."""
    table = queries.weight_sets(lake, region_code)
    return tuple(
        SavedSet(saved_weights(content, region_code), author, reason, recorded_at)
        for content, author, reason, recorded_at in zip(
            table["content"], table["author"], table["reason"], table["recorded_at"], strict=True
        )
    )


def saved_weights(content: str, region_code: str) -> Weights:
    """Read a saved set, perhaps of an earlier version of the tool.

    What this version no longer judges is left out; what it judges anew is as shipped. Everything else holds as saved.
    Raises `ProfileError` as `parse_weights`.
    """
    saved = parse_table(content, shown=texts.SAVED_FILE)
    shipped = read_table(rules_file(REGIONS_FOLDER, region_code, "weights.toml"))
    held = {
        key: (saved if key in saved else shipped).value(key) for key in ("scheme", "version", "structural", *JUDGED)
    }
    return weights_of(replace(saved, values=held))


def parse_weights(content: str) -> Weights:
    """Read weights from TOML text.

    Raises
    ------
    ProfileError
        As `lib.rules.weights.read_weights`, also where the text is not TOML.
    """
    return weights_of(parse_table(content, shown=texts.SAVED_FILE))
