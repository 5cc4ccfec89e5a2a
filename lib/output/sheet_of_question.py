"""The map sheet of a question: the same bytes for the command and for the page's button."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from pyproj import Transformer

from geo.density import DensitySurface, kernel_density, mask_outside
from lib import indonesian as numbers
from lib.intake.placing import utm_epsg
from lib.output.layers import DENSITY, INCIDENTS, STATIONS
from lib.output.sheets import DensityLayer, MapSheet, map_sheet_png
from lib.output.tables import class_reason
from lib.records import records
from lib.region.areas import load_areas
from lib.rules.regions import calendar, region_profile
from lib.score import assess
from lib.score.situation import placement
from lib.texts import questions as t
from lib.texts import sheet as sheet_texts

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd
    from numpy.typing import NDArray

    from data.store.lake import Lake
    from lib.filters import Filters
    from lib.score.assess import Assessment


def sheet_png(lake: Lake, filters: Filters, *, size: str, layers: Sequence[str] = ()) -> bytes:
    """Draw the sheet of a question; same store, same question, same bytes."""
    return map_sheet_png(map_content(lake, assess.assess_areas(lake, filters), layers=layers), size=size)


def map_content(lake: Lake, assessment: Assessment, *, layers: Sequence[str] = ()) -> MapSheet:
    """Gather everything a sheet says about an assessment."""
    filters = assessment.filters
    region = region_profile(filters.region_code)
    election = calendar(region.code).election(filters.election_code)
    scheme = assessment.weights
    areas = assessment.areas
    epsg = utm_epsg(region, areas)
    incidents = assess.incidents(lake, filters)
    placed = placement(incidents)
    points = street_points(incidents)
    reasons = {row.area_code: t.short_reason(row) for row in records(assessment.ranked)}
    return MapSheet(
        region_name=region.name,
        election_name=election.name,
        countdown=numbers.countdown(filters.end, election.voting_day),
        as_of=filters.end,
        period_start=filters.start,
        period_end=filters.end,
        areas=areas.assign(reason=areas["area_code"].map(reasons), class_reason=class_reason(areas)),
        utm_epsg=epsg,
        cuts=scheme.class_cuts,
        incident_count=placed.incidents,
        unplaced_count=placed.unplaced,
        filters_caption=t.question(filters),
        source_lines=(t.source_line(assessment.state, placed), t.method_line(assessment)),
        weights_digest=scheme.digest,
        weights_version=scheme.version,
        data_digest=t.state_line(assessment.state),
        simulated=assessment.state.simulated,
        classification=sheet_texts.RESTRICTED if assessment.scale.frozen_on else sheet_texts.PROVISIONAL,
        unit_word=t.unit_word(region),
        layers=tuple(layers),
        stations=_points(assess.stations(lake, filters)) if STATIONS in layers else None,
        incidents=points if INCIDENTS in layers else None,
        density=_density_layer(lake, filters, points) if DENSITY in layers else None,
    )


def density_surface(lake: Lake, filters: Filters, points: NDArray[np.float64]) -> DensitySurface:
    """Spread incidents (longitude, latitude) over the region, in events per square kilometre, masked outside."""
    region = region_profile(filters.region_code)
    areas = load_areas(lake, region.code, simplified=True)
    epsg = utm_epsg(region, areas)
    shapes = areas.geometry.dropna().to_crs(epsg)
    x_m, y_m = Transformer.from_crs(4326, epsg, always_xy=True).transform(points[:, 0], points[:, 1])
    surface = kernel_density(
        x_m,
        y_m,
        np.ones(len(points)),
        bandwidth_m=region.density_bandwidth_m,
        bounds_m=tuple(shapes.total_bounds),
    )
    return mask_outside(surface, shapes.to_numpy())


def _density_layer(lake: Lake, filters: Filters, points: NDArray[np.float64]) -> DensityLayer:
    surface = density_surface(lake, filters, points)
    highest = float(np.nanmax(surface.grid, initial=0.0))
    return DensityLayer(surface.grid, surface.bounds_m, surface.bandwidth_m, t.density_maximum(highest))


def street_points(incidents: pd.DataFrame) -> NDArray[np.float64]:
    """Give longitude and latitude of the events known to a street, shape (n, 2)."""
    known = assess.events(incidents)
    return _points(known[known["precision"].isin(("titik", "rt"))])


def _points(rows: pd.DataFrame) -> NDArray[np.float64]:
    """Give longitude and latitude of the rows that have both, shape (n, 2)."""
    return rows[["longitude", "latitude"]].dropna().to_numpy(dtype=float)
