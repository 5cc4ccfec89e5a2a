"""The situation of a day as a message and as JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lib.indonesian import countdown
from lib.output.classes import CLASSES
from lib.rules.regions import region_profile
from lib.texts import brief as t
from lib.texts.elections import NONE_IN_FORCE_LINE, roll_line
from lib.texts.questions import unit_word

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lib.records import AreaName
    from lib.rules.calendar import Election
    from lib.score.brief import Brief


def message(found: Brief) -> str:
    """Write at most ten lines: title, elections, week, Siaga, classes, top, what is not checked or not heard."""
    week, judged = found.week, sum(found.class_counts) > 0
    unit = unit_word(region_profile(found.region_code))
    elections = [t.election(found.as_of, election, found.area_names) for election in found.elections]
    lines = (
        t.title(found.region_name, found.as_of, simulated=found.simulated),
        "; ".join(elections) or f"{NONE_IN_FORCE_LINE}.",
        t.week(week.week, week.week_before, week.verified_week, week.serious),
        t.siaga(_names(found.siaga), _names(found.severe), found.hearing, unit, judged=judged),
        t.classes(found.class_counts, unit, judged=judged),
        t.top(found.top),
        t.unverified(_names(found.unverified), week.week - week.verified_week),
        t.silent(_names(found.unheard), _names(found.unreported), _names(found.unclear)),
        t.basis(found.last_reported_on, found.as_of, found.roll),
        t.CLOSING,
    )
    return "\n".join(lines)


def as_json(found: Brief) -> dict[str, object]:
    """Give the situation as values for other programs, with every election in force and every area named."""
    return {
        "wilayah": {"kode": found.region_code, "nama": found.region_name},
        "per": found.as_of.isoformat(),
        "simulasi": found.simulated,
        "laporan_terakhir": found.last_reported_on.isoformat() if found.last_reported_on else None,
        "pemilihan": [_election(election, found) for election in found.elections],
        "kejadian_7_hari": found.week.week,
        "kejadian_7_hari_sebelumnya": found.week.week_before,
        "siaga": _areas(found.siaga),
        "kejadian_berat": _areas(found.severe),
        "catatan_dpt": roll_line(found.roll) or None,
        "kelas": {CLASSES[index].name: count for index, count in enumerate(found.class_counts)},
        "tertinggi": [{"nama": name, "skor": score} for name, score in found.top],
        "tidak_terdengar": _areas(found.unheard),
        "belum_ada_laporan": _areas(found.unreported),
        "belum_diperiksa": _areas(found.unverified),
        "data_tidak_cukup": _areas(found.unclear),
    }


def _election(election: Election, found: Brief) -> dict[str, object]:
    day = found.as_of
    stage = election.stage_on(day)
    return {
        "kode": election.code,
        "nama": election.name,
        "hitungan": countdown(day, election.voting_day),
        "hari_pemungutan": election.voting_day.isoformat(),
        "tahapan": stage.name if stage else None,
        "desa": [{"kode": code, "nama": found.area_names.get(code, code)} for code in election.areas],
        "tps": list(election.stations),
        "belum_dicocokkan": election.verify or (stage is not None and stage.verify),
    }


def _names(areas: Sequence[AreaName]) -> list[str]:
    return [area.area_name for area in areas]


def _areas(areas: Sequence[AreaName]) -> list[dict[str, str]]:
    return [{"kode": area.area_code, "nama": area.area_name, "kecamatan": area.district_name} for area in areas]
