"""What other days of freezing would change is what freezing then really changes."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from lib.rules.regions import weights
from lib.score import frozen_scale
from lib.score.answers import assess_areas
from lib.score.inputs import fetch_inputs
from lib.score.other_freezes import EARLY_COUNTS, other_freezes
from lib.score.question import default_filters
from tests.city import ANGGREK, BAKUNG, CEMPAKA, REGION_CODE, at
from tests.officers import officer
from tests.steps import take_in

if TYPE_CHECKING:
    from data.store.lake import Lake

DAY = date(2024, 11, 19)


def reports(area: str, count: int, day: date, **changes: object) -> list[dict[str, str]]:
    place = {"tanggal_kejadian": day, "tanggal_laporan": day, "uraian": f"{area} {day}"}
    return [at(area, **place | {"id_sumber": f"{area}-{day}-{n}"} | changes) for n in range(count)]


def test_each_case_is_what_freezing_then_would_show(city: Lake) -> None:
    early, last = DAY - timedelta(days=40), DAY
    lines = [*reports(ANGGREK, 31, early, keparahan=1), *reports(BAKUNG, 40, last), *reports(CEMPAKA, 9, last)]
    take_in(city, lines)
    filters = default_filters(city, REGION_CODE, as_of=DAY)
    found = other_freezes(city, fetch_inputs(city, filters), filters)
    assert [(case.frozen_on, case.in_force) for case in found] == [(None, True), (early, False), (last, False)]
    assert [case.incident_count for case in found[1:]] == [31, 80]
    assert EARLY_COUNTS[0] == 30
    for case in found[1:]:
        frozen_scale.freeze(
            city, REGION_CODE, weights(REGION_CODE), as_of=case.frozen_on, actor=officer(), reason="coba"
        )
        judged = assess_areas(city, replace(default_filters(city, REGION_CODE, as_of=DAY)))
        counts = judged.areas["class_index"].value_counts()
        assert case.class_counts == tuple(counts.get(index, 0) for index in range(5))
        assert case.unclassed_count == counts.get(-1, 0)
    assert len({case.class_counts for case in found}) > 1
