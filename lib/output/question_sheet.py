"""The map sheet of a question: the same bytes for the command and for the page's button."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from geo.drawing.sheet import CARD
from lib import indonesian as numbers
from lib.output.layer_names import DENSITY, INCIDENTS, STATIONS
from lib.output.map_sheet import map_sheet_png
from lib.output.sheet_content import DensityLayer, MapSheet, Surroundings
from lib.records import AreaRow, records
from lib.region.areas import load_areas, load_surroundings
from lib.region.measure import utm_epsg
from lib.reports.matrix import reports_heard
from lib.rules.regions import region_profile
from lib.score import answers, explanation
from lib.score.points import coordinates, density_surface, street_points
from lib.score.situation import placed_counts
from lib.texts import card as card_texts
from lib.texts import questions as t
from lib.texts import sheet as sheet_texts
from lib.texts.elections import election_words, roll_line, voters_line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from data.store.lake import Lake
    from lib.filters import Filters
    from lib.score.answers import Assessment
    from lib.score.explanation import Reason


def sheet_png(
    lake: Lake, filters: Filters, *, size: str, layers: Sequence[str] = (), author: str = "", agency: str = ""
) -> bytes:
    """Draw the sheet of a question; same store, same question, same author, same bytes."""
    assessment = answers.assess_areas(lake, filters)
    content = map_content(lake, assessment, layers=layers, author=author, agency=agency, explained=size == CARD)
    return map_sheet_png(content, size=size)


def stem_of(name: str, filters: Filters, *, simulated: bool) -> str:
    """Name a file by what it holds, the scope and the last day of a question, and say what is simulated."""
    parts = [name, filters.region_code, t.scope_slug(filters), filters.end.isoformat(), "simulasi" * simulated]
    return "_".join(part for part in parts if part)


def sheet_name(filters: Filters, size: str, *, simulated: bool) -> str:
    """Name a sheet's file by scope, day and size: peta_99.71_kec-bukit-sirih_2026-10-29_simulasi_a4.png."""
    return f"{stem_of('peta', filters, simulated=simulated)}_{size}.png"


def map_content(
    lake: Lake,
    assessment: Assessment,
    *,
    layers: Sequence[str] = (),
    author: str = "",
    agency: str = "",
    explained: bool = False,
) -> MapSheet:
    """Gather everything a sheet says about an assessment; `explained`: with every area's reasons, as a card has."""
    filters = assessment.filters
    region = region_profile(filters.region_code)
    election = assessment.election
    scheme = assessment.weights
    areas = assessment.areas
    epsg = utm_epsg(region, areas)
    incidents = answers.incidents(lake, filters)
    placed = placed_counts(incidents)
    points = street_points(incidents)
    ranked = list(records(assessment.ranked, AreaRow))
    reasons = {row.area_code: t.short_reason(row) for row in ranked}
    why = _why(lake, assessment) if explained else {}
    heard = reports_heard(lake, region.code, as_of=filters.end).by_area
    last = heard.loc[heard["area_code"].isin(areas["area_code"]), "reported_on"].max()
    whole = load_areas(lake, region.code, simplified=True)
    return MapSheet(
        region_code=region.code,
        region_name=region.name,
        region_area_count=len(whole),
        election_name=election_words(election),
        countdown=numbers.countdown(filters.end, election.voting_day) if election else "",
        as_of=filters.end,
        period_start=filters.start,
        period_end=filters.end,
        areas=areas.assign(reason=areas["area_code"].map(reasons), why=areas["area_code"].map(why)),
        utm_epsg=epsg,
        cuts=scheme.class_cuts,
        incident_count=placed.incidents,
        unplaced_count=placed.unplaced,
        filters_caption=t.question(filters),
        source_lines=(
            t.source_line(assessment.state, placed, assessment.roll),
            t.method_line(scheme, assessment.scale.frozen_on, assessment.roll),
        ),
        weights_digest=scheme.digest,
        weights_version=scheme.version,
        data_digest=t.state_line(assessment.state),
        simulated=assessment.state.simulated,
        classification=sheet_texts.RESTRICTED if assessment.scale.frozen_on else sheet_texts.PROVISIONAL,
        unit_word=t.unit_word(region),
        province="" if region.simulated else region.province,
        districts=tuple(areas["district_name"].unique()) if filters.district_codes else (),
        asked=t.asked(filters),
        author=author,
        agency=agency,
        boundary_edition=assessment.state.boundary_edition,
        roll_words=roll_line(assessment.roll),
        voters_words=voters_line(election, dict(zip(whole["area_code"], whole["area_name"], strict=True))),
        last_report_on=None if pd.isna(last) else last.date(),
        surroundings=Surroundings(
            rest=whole[~whole["area_code"].isin(areas["area_code"])], known=load_surroundings(lake, region.code)
        ),
        layers=tuple(layers),
        stations=coordinates(answers.stations(lake, filters)) if STATIONS in layers else None,
        incidents=points if INCIDENTS in layers else None,
        density=_density_layer(lake, filters, points) if DENSITY in layers else None,
    )


def _why(lake: Lake, assessment: Assessment) -> dict[str, tuple[tuple[str, str], ...]]:
    rows = answers.incidents(lake, answers.behind_score(assessment.filters, assessment.weights))
    return {code: _card_reasons(found) for code, found in explanation.reasons(assessment, rows).items()}


def _card_reasons(found: Sequence[Reason]) -> tuple[tuple[str, str], ...]:
    """Take the parts of the score and Siaga for a card: it names the areas of the other marks in lines of their own.

    A source that carries the area alone is for those who can ask it, not for everyone a card is sent to.
    """
    kept = [reason for reason in found if reason.kind != "tanda" or reason.page == explanation.ALERTS]
    return tuple(card_texts.reason(reason.sentence) for reason in kept)


def _density_layer(lake: Lake, filters: Filters, points: NDArray[np.float64]) -> DensityLayer:
    surface = density_surface(lake, filters, points)
    highest = float(np.nanmax(surface.grid, initial=0.0))
    return DensityLayer(surface.grid, surface.bounds_m, surface.bandwidth_m, t.density_maximum(highest))
