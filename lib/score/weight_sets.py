"""Weights changed and saved by people."""

from __future__ import annotations

from dataclasses import asdict, replace
from typing import TYPE_CHECKING, Any

import tomli_w

from data.sort.personal import mask
from data.store.journals import append
from data.store.lake import Lake, utc_now, write
from lib.people.actor import May
from lib.region.weights import parse_weights, weights_in_force
from lib.rules.judged import Judgement
from lib.rules.toml import ProfileError
from lib.rules.weights import JUDGED, Weights
from lib.score import frozen_scale
from lib.texts import method as texts

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    import duckdb

    from lib.people.actor import Actor
    from lib.rules.structural import StructuralIndicator

REVISION = " r"


def save_weights(lake: Lake, region_code: str, content: str, *, actor: Actor, reason: str) -> Weights:
    """Put a whole weights.toml in force for a region, and freeze the scale of the score where it needs a new one.

    Nothing is overwritten: earlier sets stay in the store. The frozen scale moves only when a value that it depends
    on has changed (`Weights.scale_digest`). Raises `ProfileError` if the content breaks a rule, the reason is blank,
    or the values are those in force.
    """
    actor.must(May.JUDGE, region_code)
    chosen = worth_saving(lake, region_code, content, reason)

    def change(cursor: duckdb.DuckDBPyConnection) -> None:
        append_weights(cursor, region_code, chosen, content, author=actor.name, reason=reason)

    write(lake, change, author=actor.name, message=f"bobot {chosen.version} ({chosen.short_digest})")
    frozen_scale.freeze_if_due(lake, region_code, chosen)
    return chosen


def worth_saving(lake: Lake, region_code: str, content: str, reason: str) -> Weights:
    """Read weights that may be put in force; raises `ProfileError` otherwise, as `save_weights` says."""
    if not reason.strip():
        raise ProfileError(texts.NO_REASON)
    chosen = parse_weights(content)
    if same_values(chosen, weights_in_force(lake, region_code)):
        raise ProfileError(texts.NOTHING_CHANGED)
    return chosen


def append_weights(
    cursor: duckdb.DuckDBPyConnection, region_code: str, chosen: Weights, content: str, *, author: str, reason: str
) -> None:
    """Put weights in force inside a transaction; the scale of the score is then to be frozen where it is due."""
    row = {"region_code": region_code, "digest": chosen.digest, "content": content}
    append(cursor, "weight_set", row | {"author": author, "reason": mask(reason.strip()), "recorded_at": utc_now()})


def same_values(one: Weights, other: Weights) -> bool:
    """Tell whether two sets agree in every value; version and reasons aside."""
    return replace(one, version="", judgements=()) == replace(other, version="", judgements=())


def changed(weights: Weights, values: Mapping[str, Any], *, author: str, day: date, reason: str) -> Weights:
    """Change some values of a set under a new author, day and reason, and give the set the next revision.

    The result is read back from its text, so that whatever the file may not hold is refused here too. `values`: new
    values by field of `Weights`; a value equal to the old one keeps its author and reason. Raises `ProfileError` if a
    value breaks a rule.
    """
    new = {key: value for key, value in values.items() if value != getattr(weights, key)}
    judgements = tuple(
        Judgement(entry.key, author, day, mask(reason)) if entry.key in new else entry for entry in weights.judgements
    )
    base, _, revision = weights.version.partition(REVISION)
    version = f"{base}{REVISION}{int(revision or 0) + 1}" if new else weights.version
    return parse_weights(toml_text(replace(weights, **new, version=version, judgements=judgements)))


def toml_text(weights: Weights) -> str:
    """Write a set of weights as the TOML file that `lib.rules.weights.read_weights` reads back to the same."""
    values: dict[str, Any] = {"scheme": weights.scheme, "version": weights.version}
    values |= {key: {"value": _plain(getattr(weights, key)), **_chosen_by(weights, key)} for key in JUDGED}
    values["structural"] = [_indicator(weights, indicator) for indicator in weights.structural]
    return tomli_w.dumps(values)


def _indicator(weights: Weights, indicator: StructuralIndicator) -> dict[str, Any]:
    values = asdict(indicator)
    values["direction"] = "naik" if values.pop("rising") else "turun"
    return values | _chosen_by(weights, f"structural.{indicator.code}")


def _chosen_by(weights: Weights, key: str) -> dict[str, Any]:
    entry = weights.judgement(key)
    return {"author": entry.author, "date": entry.day, "reason": entry.reason}


def _plain(value: Any) -> Any:
    """Give pairs as a table."""
    return dict(value) if isinstance(value, tuple) and value and isinstance(value[0], tuple) else value
