"""The metric systems in which a region is measured."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo.reference_systems import measuring_epsg

if TYPE_CHECKING:
    import geopandas as gpd

    from lib.rules.regions import Region

WIDE_KINDS = ("provinsi", "negara")


EQUAL_AREA = 6933


def utm_epsg(region: Region, areas: gpd.GeoDataFrame) -> int:
    """Give the system to measure in: the profile's UTM zone, else the one around the areas' middle.

    A province or the country is wider than a zone and gets the one system of `geo.simplify.measuring_epsg`.
    """
    if region.utm_epsg is not None:
        return region.utm_epsg
    if region.kind in WIDE_KINDS:
        return measuring_epsg(None)
    estimated = areas[areas.geometry.notna()].estimate_utm_crs()
    return int(estimated.to_epsg())
