"""What is known to another kabupaten only is kept and counts in no total; its words decide before its point."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest

from data.store import queries
from lib.intake.mappings import detect
from lib.region.data_state import data_state
from lib.region.panels import ALL, panels_of
from lib.rules.regions import region_profile
from lib.score.answers import assess_areas, daily_counts, events, incidents
from lib.score.inputs import fetch_inputs
from lib.score.question import default_filters
from lib.score.situation import placed_counts
from lib.texts.questions import source_line
from tests.city import REGION, REGION_CODE, incident, middle, write_csv
from tests.officers import officer
from tests.steps import assert_sound, counts, import_incidents, known

if TYPE_CHECKING:
    from data.store.lake import Lake

TODAY = date(2024, 11, 20)
NAMED = replace(REGION, name="Kota Contoh", kind="kota", bps_code="1998")
HERE = dict(zip(("bujur", "lintang"), map(str, middle("19.99.01.1001")), strict=True))
FAR = {"bujur": "106.20", "lintang": "-3.50"}
NOWHERE = {"kode_kelurahan": "", "kelurahan": "", "kecamatan": "", "presisi": "kabupaten"}


def coarse(key: str, **changes: str) -> dict[str, str]:
    return incident(**NOWHERE | {"id_sumber": key} | changes)


# Whether each counts for the region.
ROWS = {
    "named rightly, point here": (coarse("a", kabupaten="Kota Contoh", **HERE), True),
    "named rightly, point far": (coarse("b", kabupaten="contoh", **FAR), True),
    "named rightly, no point": (coarse("c", kabupaten="19.99"), True),
    "another, point far": (coarse("d", kabupaten="Bengkalis", **FAR), False),
    "another, point here": (coarse("e", kabupaten="Bengkalis", **HERE), False),
    "another, no point": (coarse("f", kabupaten="Kab. Contoh"), False),
    "unnamed, point here": (coarse("g", **HERE), True),
    "unnamed, point far": (coarse("h", **FAR), False),
    "unnamed, no point": (coarse("i"), True),
    "a street far away": (coarse("j", **FAR | {"presisi": "titik"}), False),
    "a street far away, of a kelurahan here": (incident(id_sumber="k", presisi="titik", **FAR), True),
    "a kelurahan here, another kabupaten": (incident(id_sumber="l", kabupaten="Bengkalis"), True),
}


@pytest.fixture
def filled(city: Lake) -> Lake:
    path = write_csv(city.folder.parent / "k.csv", [row | {"uraian": name} for name, (row, _) in ROWS.items()])
    made = import_incidents(city, NAMED, path, today=TODAY, actor=officer())
    assert counts(made) == (len(ROWS), len(ROWS), 0, 0)
    return city


def test_only_what_is_not_known_to_lie_elsewhere_counts(filled: Lake) -> None:
    found = {row.description: not row.outside_region for row in known(filled).itertuples()}
    assert found == {name: counted for name, (_, counted) in ROWS.items()}
    assert_sound(filled)


def test_what_lies_outside_is_in_no_total_and_said(filled: Lake) -> None:
    filters = default_filters(filled, REGION_CODE, as_of=TODAY)
    inside = sum(counted for _, counted in ROWS.values())
    inputs = fetch_inputs(filled, filters)
    panels = panels_of(inputs.rows, inputs.areas["area_code"], as_of=TODAY)
    rows = incidents(filled, filters)
    counted = queries.incident_counts(filled, REGION_CODE, as_of=TODAY, start=filters.start, end=TODAY)
    assert len(rows) == len(ROWS)  # nothing is lost
    assert len(events(rows)) == inside
    assert counted["incident_count"].sum() == inputs.rows["incident_count"].sum() == inside
    assert daily_counts(inputs, filters)["incident_count"].sum() == inside
    placed = int(inputs.rows.loc[inputs.rows["area_code"].notna(), "incident_count"].sum())
    assert panels.unplaced_count[ALL] + placed == inside
    found = placed_counts(rows)
    assert (found.incidents, found.outside) == (inside, len(ROWS) - inside)
    line = source_line(data_state(filled, REGION_CODE), found, assess_areas(filled, filters).roll)
    assert f"; {inside} kejadian" in line
    assert f"{len(ROWS) - inside} lagi di luar wilayah dan tidak dihitung." in line


@pytest.mark.parametrize(
    ("text", "same"),
    [
        ("Dumai", True),
        ("Kota Dumai", True),
        ("DUMAI CITY", True),
        ("Dumai municipality", True),
        ("14.72", True),
        ("1473", True),
        ("Kabupaten Dumai", False),
        ("Bengkalis", False),
        ("Rokan Hilir", False),
    ],
)
def test_a_kabupaten_is_told_by_its_name(text: str, *, same: bool) -> None:
    assert region_profile("14.72").says_regency(text) == ("14.72" if same else "lain")
    assert REGION.says_regency(text) == ""  # nobody told this region's name: words cannot contradict it


@pytest.mark.parametrize("mapping", ["acled", "ucdp"])
def test_ready_mappings_read_the_kabupaten(mapping: str) -> None:
    heads = {
        "acled": ["event_id_cnty", "event_date", "sub_event_type", "geo_precision", "fatalities", "admin2"],
        "ucdp": ["type_of_violence", "where_prec", "date_start", "best", "priogrid_gid", "adm_2"],
    }[mapping]
    found = detect(heads, "incident")
    assert found is not None
    assert found.sources["kabupaten"].heads == (heads[-1],)
