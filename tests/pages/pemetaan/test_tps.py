from __future__ import annotations

from typing import TYPE_CHECKING

from lib.indonesian import whole
from lib.rules.checklists import station_schemes
from lib.score.answers import incidents, stations
from lib.score.stations import chosen_scheme, judge_stations, station_counts

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from data.store.lake import Lake
    from lib.rules.checklists import StationScheme
    from lib.score.answers import Assessment
    from tests.pages.conftest import Visit

PAGE = "pemetaan/tps"


def figures(lake: Lake, assessment: Assessment, scheme: StationScheme) -> list[str]:
    filters = assessment.filters
    found = station_counts(
        judge_stations(assessment, stations(lake, filters), incidents(lake, filters), filters, scheme)
    )
    counts = (found.station_count, found.conflict_count, found.unchecked_count, found.high_count, found.service_count)
    return [whole(count) for count in counts]


def test_the_figures_are_those_of_the_judged_stations_by_every_scheme(
    visit: Callable[..., Visit], told_store: Path, told: Lake, now: Assessment
) -> None:
    shown = visit(told_store, PAGE)
    shown.assert_whole()
    assert shown.title == "TPS · Kota Tanjung Sagara"
    assert shown.figures() == figures(told, now, chosen_scheme(now.election))
    seen = set()
    for scheme in station_schemes():
        choice = visit(told_store, PAGE, **{"daftar-pilkada-simulasi": scheme.name})
        choice.assert_whole()
        assert scheme.name in choice.seen
        assert choice.figures() == figures(told, now, scheme)
        seen.add(choice.app.html[-1].value + choice.text.partition("petadini-reasons")[2][:2000])
    assert len(seen) == len(station_schemes())


def test_one_station_is_shown_in_detail(visit: Callable[..., Visit], told_store: Path) -> None:
    app = visit(told_store, PAGE).app
    box = next(box for box in app.selectbox if any("TPS 003 Tanjung Rawai" in option for option in box.options))
    box.select(next(option for option in box.options if "TPS 003 Tanjung Rawai" in option)).run()
    assert any("<h3>TPS 003 Tanjung Rawai" in part.value for part in app.html)
