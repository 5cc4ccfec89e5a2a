from __future__ import annotations

import base64
import json
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from lib.output.charts import unusual_sentence
from lib.score.answers import daily_counts
from lib.score.inputs import fetch_inputs

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from data.store.lake import Lake
    from lib.score.answers import Assessment
    from tests.pages.conftest import Visit


@pytest.mark.parametrize("choice", [{}, {"langkah": "Harian"}, {"rincian": "Menurut kecamatan"}])
def test_the_bars_add_up_to_the_incidents_of_the_period(
    choice: dict[str, str], visit: Callable[..., Visit], told_store: Path, told: Lake, now: Assessment
) -> None:
    shown = visit(told_store, "situasi/tren", **choice)
    shown.assert_whole()
    assert shown.title == "Tren · Kota Tanjung Sagara"
    counts = daily_counts(fetch_inputs(told, now.filters.unfiltered()), now.filters)
    bars, _ = shown.app.get("plotly_chart")
    drawn = [trace for trace in json.loads(bars.proto.spec)["data"] if trace["type"] == "bar"]
    assert len(drawn) > 2
    assert sum(sum(heights(trace)) for trace in drawn) == counts["incident_count"].sum()
    said = unusual_sentence(counts, now.filters, usual_weeks=now.weights.usual_weeks)
    assert said in [text.value for text in shown.app.markdown]


def heights(trace: dict[str, Any]) -> list[int]:
    """Read the heights of bars, which plotly packs."""
    packed = trace["y"]
    return np.frombuffer(base64.b64decode(packed["bdata"]), packed["dtype"]).astype(int).tolist()
