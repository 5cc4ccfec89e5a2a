"""Two boundary sets compared: every kind of change drawn by hand in squares of one kilometre."""

from itertools import pairwise

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from pyproj import Transformer

from geo.vintages import CHANGES, COLUMNS, SHARE, compare

UTM = 32647
TO_DEGREES = Transformer.from_crs(UTM, 4326, always_xy=True)
Row = tuple[str, str, shapely.Polygon | None]


def box(west: float, south: float, east: float, north: float) -> shapely.Polygon:
    """Make a rectangle in kilometres from a corner in Dumai."""
    return shapely.box(770_000 + west * 1000, 185_000 + south * 1000, 770_000 + east * 1000, 185_000 + north * 1000)


def areas(*rows: Row) -> gpd.GeoDataFrame:
    codes, names, shapes = zip(*rows, strict=True) if rows else ((), (), ())
    degrees = shapely.transform(np.array([*shapes, None], dtype=object)[:-1], TO_DEGREES.transform, interleaved=False)
    return gpd.GeoDataFrame({"area_code": list(codes), "area_name": list(names)}, geometry=degrees, crs=4326)


def relations(old: gpd.GeoDataFrame, new: gpd.GeoDataFrame) -> list[tuple[str, str | None, str | None]]:
    found = compare(old, new, utm_epsg=UTM)
    assert tuple(found.columns) == COLUMNS
    return list(zip(found["change"], found["old_code"], found["new_code"], strict=True))


A, B, C = "14.72.01.1001", "14.72.01.1002", "14.72.01.1003"
ANGGREK: Row = (A, "Anggrek", box(0, 0, 1, 1))
BAKUNG: Row = (B, "Bakung", box(1, 0, 2, 1))


def test_nothing_changed() -> None:
    old = areas(ANGGREK, BAKUNG)
    found = compare(old, old, utm_epsg=UTM)
    assert found["change"].tolist() == ["same", "same"]
    assert found[["old_share", "new_share", "iou"]].to_numpy() == pytest.approx(1)


def test_a_border_drawn_a_little_differently_is_no_change() -> None:
    new = areas((A, "Anggrek", box(0, 0, 1.08, 1)), (B, "Bakung", box(1.08, 0, 2, 1)))
    found = compare(areas(ANGGREK, BAKUNG), new, utm_epsg=UTM)
    assert found["change"].tolist() == ["same", "same"]
    assert found["iou"].tolist() == pytest.approx([1 / 1.08, 0.92], rel=1e-3)
    assert found["old_share"].tolist() == pytest.approx([1, 0.92], rel=1e-3)
    assert found["new_share"].tolist() == pytest.approx([1 / 1.08, 1], rel=1e-3)


def test_renamed_but_not_respelled() -> None:
    new = areas((A, "Gurun Panjang", ANGGREK[2]), (B, "Bakkung", BAKUNG[2]))
    assert relations(areas(ANGGREK, BAKUNG), new) == [("renamed", A, A), ("same", B, B)]


def test_another_code_for_one_shape() -> None:
    new = areas((C, "Anggrek", ANGGREK[2]), BAKUNG)
    assert relations(areas(ANGGREK, BAKUNG), new) == [("code_changed", A, C), ("same", B, B)]


def test_exchanged_codes_follow_the_shape() -> None:
    new = areas((B, "Anggrek", ANGGREK[2]), (A, "Bakung", BAKUNG[2]))
    assert relations(areas(ANGGREK, BAKUNG), new) == [("code_changed", A, B), ("code_changed", B, A)]


def test_two_areas_of_one_shape_keep_their_codes() -> None:
    twins = areas(ANGGREK, (B, "Bakung", ANGGREK[2]))
    assert relations(twins, twins) == [("same", A, A), ("same", B, B)]


@pytest.mark.parametrize("kept", [A, "14.72.01.1009"])
def test_split(kept: str) -> None:
    new = areas((kept, "Anggrek", box(0, 0, 0.6, 1)), (C, "Anggrek Timur", box(0.6, 0, 1, 1)), BAKUNG)
    found = compare(areas(ANGGREK, BAKUNG), new, utm_epsg=UTM)
    assert found["change"].tolist() == ["split", "split", "same"]
    assert sorted(found["new_code"].tolist()[:2]) == sorted([kept, C])
    assert sorted(found["old_share"].tolist()[:2]) == pytest.approx([0.4, 0.6], rel=1e-3)


@pytest.mark.parametrize(("east", "parent"), [(1.3, A), (1.5, B)])
def test_a_part_belongs_to_the_area_that_it_mostly_lies_in(east: float, parent: str) -> None:
    new = areas(
        (A, "Anggrek", box(0, 0, 0.6, 1)), (C, "Cempaka", box(0.6, 0, east, 1)), (B, "Bakung", box(east, 0, 2, 1))
    )
    found = compare(areas(ANGGREK, BAKUNG), new, utm_epsg=UTM)
    split = found[found["change"] == "split"]
    assert split["old_code"].tolist() == [parent, parent]
    assert set(split["new_code"]) == {parent, C}
    assert found["change"].tolist() == ["split", "split", "moved"]


def test_a_piece_below_a_tenth_is_a_new_area_and_no_split() -> None:
    new = areas((A, "Anggrek", box(0, 0, 0.95, 1)), (C, "Anggrek Timur", box(0.95, 0, 1, 1)))
    assert SHARE > 0.05
    assert relations(areas(ANGGREK), new) == [("new", None, C), ("same", A, A)]


@pytest.mark.parametrize("kept", [A, C])
def test_merged(kept: str) -> None:
    new = areas((kept, "Anggrek", box(0, 0, 2, 1)))
    found = compare(areas(ANGGREK, BAKUNG), new, utm_epsg=UTM)
    assert list(zip(found["change"], found["old_code"], found["new_code"], strict=True)) == [
        ("merged", A, kept),
        ("merged", B, kept),
    ]
    assert found["new_share"].tolist() == pytest.approx([0.5, 0.5], rel=1e-3)


def test_lasting_areas_that_share_land_otherwise_are_moved_not_split() -> None:
    new = areas((A, "Anggrek", box(0, 0, 0.5, 1)), (B, "Bakung", box(0.5, 0, 2, 1)))
    assert relations(areas(ANGGREK, BAKUNG), new) == [("moved", A, A), ("moved", B, B)]


def test_gone_and_new() -> None:
    new = areas(ANGGREK, (C, "Cempaka", box(5, 5, 6, 6)))
    assert relations(areas(ANGGREK, BAKUNG), new) == [("gone", B, None), ("new", None, C), ("same", A, A)]
    found = compare(areas(BAKUNG), areas(), utm_epsg=UTM)
    assert found["change"].tolist() == ["gone"]
    assert found["iou"].isna().all()
    assert compare(areas(), areas(BAKUNG), utm_epsg=UTM)["change"].tolist() == ["new"]
    assert compare(areas(), areas(), utm_epsg=UTM).empty


def test_without_a_shape_nothing_is_said() -> None:
    found = compare(areas((A, "Anggrek", None), BAKUNG), areas(ANGGREK, (B, "Bakung", None)), utm_epsg=UTM)
    assert found["change"].tolist() == ["no_polygon", "no_polygon"]
    assert found["iou"].isna().all()


def test_an_area_merged_away_whose_code_stays_without_a_shape() -> None:
    new = areas((A, "Anggrek", box(0, 0, 2, 1)), (B, "Bakung", None))
    assert relations(areas(ANGGREK, BAKUNG), new) == [("merged", A, A), ("merged", B, A), ("no_polygon", B, B)]


def test_far_apart_under_one_code_is_moved_without_overlap() -> None:
    found = compare(areas(ANGGREK), areas((A, "Anggrek", box(5, 5, 6, 6))), utm_epsg=UTM)
    assert found["change"].tolist() == ["moved"]
    assert found[["old_share", "new_share", "iou"]].to_numpy().tolist() == [[0, 0, 0]]


def test_between_code_systems_shape_and_name_decide() -> None:
    old = areas(
        ("1473010001", "Anggrek", box(0, 0, 1, 1)),
        ("1473010002", "Bakung", box(1, 0, 2, 1)),
        ("1473010003", "Sei Cempaka Laut", box(2, 0, 3, 1)),
        ("1473010004", "Sei Cempaka Darat", box(3, 0, 4, 1)),
    )
    new = areas(
        (A, "ANGGREK", box(0, 0, 1, 1)),
        (B, "Dahlia", box(1, 0, 2, 1)),
        ("14.72.01.1009", "Sungai Cempaka Darat", box(2.2, 0, 3.4, 1)),
        ("14.72.01.1008", "Sungai Cempaka Laut", box(3.4, 0, 4, 1)),
    )
    assert relations(old, new) == [
        ("moved", "1473010003", "14.72.01.1008"),
        ("moved", "1473010004", "14.72.01.1009"),
        ("renamed", "1473010002", B),
        ("same", "1473010001", A),
    ]


def test_without_a_zone_shares_are_the_same() -> None:
    new = areas((A, "Anggrek", box(0, 0, 0.6, 1)), (C, "Anggrek Timur", box(0.6, 0, 1, 1)), BAKUNG)
    found = compare(areas(ANGGREK, BAKUNG), new, utm_epsg=None)
    assert found["change"].tolist() == ["split", "split", "same"]
    assert found["old_share"].tolist() == pytest.approx([0.6, 0.4, 1], rel=1e-3)


@settings(max_examples=12, deadline=None)
@given(seed=st.integers(0, 10**6))
def test_every_area_is_told_and_the_order_changes_nothing(seed: int) -> None:
    random = np.random.default_rng(seed)

    def some() -> gpd.GeoDataFrame:
        cuts = np.sort(random.uniform(0, 8, 6))
        shapes = [box(west, 0, east, 1) for west, east in pairwise(cuts) if east - west > 0.05]
        picked = random.permutation(12)[: len(shapes)]
        return areas(*[(f"14.72.01.10{n:02d}", f"Desa {n}", s) for n, s in zip(picked, shapes, strict=True)])

    old, new = some(), some()
    found = compare(old, new, utm_epsg=UTM)
    assert set(found["change"]) <= set(CHANGES)
    assert set(found["old_code"].dropna()) == set(old["area_code"])
    assert set(found["new_code"].dropna()) == set(new["area_code"])
    single = found[~found["change"].isin(["split", "merged"])]
    assert not single["old_code"].dropna().duplicated().any()
    assert not single["new_code"].dropna().duplicated().any()
    again = compare(old.iloc[::-1].reset_index(drop=True), new.iloc[::-1].reset_index(drop=True), utm_epsg=UTM)
    pd.testing.assert_frame_equal(found, again)
