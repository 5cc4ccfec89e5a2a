"""Who stands behind the reports of an area, and which one reporter carries it."""

from __future__ import annotations

from typing import Any

import pandas as pd

from lib.reports.support import Carrier, carriers, source_key, supported_areas

NOBODY = ""


def row(area: str | None, source: str | None, state: str = "masuk", **changes: Any) -> dict[str, Any]:
    base = {"area_code": area, "source_name": source, "other_source": None, "verification": state}
    return base | {"occurred_on": pd.Timestamp("2026-10-20"), "incident_count": 1} | changes


def supported(*rows: dict[str, Any]) -> set[str]:
    return set(supported_areas(pd.DataFrame(rows, columns=list(row("", ""))), least_sources=2))


def test_two_sources_or_one_verified_event_stand_behind_an_area() -> None:
    assert supported() == set()
    assert supported(row("a", "Warga"), row("a", "Warga"), row("b", "Warga")) == set()
    assert supported(row("a", "Warga"), row("a", "Media"), row("b", "Warga", "selesai")) == {"a", "b"}


def test_one_source_written_two_ways_is_one_and_nobody_is_none() -> None:
    assert source_key(" Polsek  UTARA ") == source_key("polsek utara")
    assert source_key(None) == source_key(float("nan")) == NOBODY
    assert supported(row("a", "Polsek Utara"), row("a", " polsek  UTARA "), row("a", None), row("a", "  ")) == set()


def test_an_event_that_two_sources_told_of_is_told_by_two() -> None:
    assert supported(row("a", "Warga", other_source="Media")) == {"a"}
    assert supported(row("a", "Warga", other_source="WARGA")) == set()


def test_rejected_reports_and_those_in_no_area_stand_behind_nothing() -> None:
    assert supported(row("a", "Warga"), row("a", "Media", "ditolak"), row(None, "Polsek", "selesai")) == set()


def found(rows: list[dict[str, Any]], before: list[str]) -> dict[str, Carrier]:
    table = pd.DataFrame(rows, columns=list(row("", "")))
    return carriers(table, before, share=0.5, least_reports=3)


def spread(source: str, count: int) -> list[dict[str, Any]]:
    return [row("a", source, occurred_on=pd.Timestamp("2026-10-01") + pd.Timedelta(days=day)) for day in range(count)]


def test_a_new_source_that_brings_more_than_half_is_named() -> None:
    new = [*spread("Tim Baru", 3), *spread("Polsek", 2)]
    assert found(new, ["Polsek"]) == {"a": Carrier("Tim Baru", "baru", 3, 5)}
    assert found(new, ["Polsek", "TIM  baru"]) == {}
    assert found(new, []) == {}  # where nobody reported before, nobody is new
    assert found([*spread("Tim Baru", 3), *spread("Polsek", 3)], ["Polsek"]) == {}
    assert found(spread("Tim Baru", 2), ["Polsek"]) == {}


def test_a_source_that_dates_most_of_its_reports_one_day_is_named() -> None:
    batch = [row("a", "Polsek", incident_count=4), *spread("Polsek", 3)]
    assert found(batch, ["Polsek"]) == {"a": Carrier("Polsek", "sehari", 7, 7)}
    assert found(spread("Polsek", 7), ["Polsek"]) == {}
