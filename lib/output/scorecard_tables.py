"""The scorecard as plain tables with Indonesian heads, as JSON, and as text."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from lib.analysis.backtest import MEAN_26
from lib.grades.alert_grades import GradedAlert
from lib.grades.forecast_grades import ForecastGrade, total_figures
from lib.grades.scorecard import FROZEN, tiers
from lib.indonesian import decimal, short_date, whole
from lib.output.json_file import json_bytes
from lib.records import records
from lib.region.panels import group_names
from lib.rules.forecasts import forecast_rules
from lib.texts import scorecard as t
from lib.texts.forecasts import percent
from lib.texts.score_tables import SIMULATED_MARK
from lib.warnings.forecasts import HORIZONS_DAYS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from lib.analysis.backtest import Backtest
    from lib.grades.alert_grades import Tally
    from lib.grades.scorecard import Ledger, Scorecard


COVERAGE_TOLERANCE = 0.05  # of the share of 80 percent intervals that held


def first_sentence(card: Scorecard) -> str:
    """Say in one sentence how good the alerts were."""
    counted = card.ledger.tally
    return t.first_sentence(counted.graded, counted.right, card.ledger.unwarned_count)


def sentences(card: Scorecard) -> tuple[str, ...]:
    """Say what the alerts and forecasts were worth, for a reader who is no analyst."""
    ledger = card.ledger
    counted = ledger.tally
    lines = [t.source_sentence(frozen=ledger.source == FROZEN, first=ledger.first_day, last=ledger.last_day)]
    lines += [
        t.tier_sentence(tier, of_tier.right, of_tier.graded)
        for tier in tiers()
        if (of_tier := ledger.of_tier(tier)).graded
    ]
    if card.replayed_weeks:
        lines.append(t.false_families(card.replayed_weeks, card.false_weeks))
    if card.base_rate is not None:
        lines.append(t.base_sentence(card.base_rate, counted.right, counted.graded))
    return tuple(lines)


def forecast_lines(card: Scorecard) -> tuple[str, ...]:
    """Say what our forecasts of the areas and of the region's total are worth: skill, then intervals."""
    if not _graded(card.backtests):
        return (t.TOO_SHORT,)
    return (*skill_lines(card), *city_lines(card), *coverage_lines(card))


def skill_lines(card: Scorecard) -> tuple[str, ...]:
    """Say how our forecasts of the areas compare with the mean of eight weeks, one sentence for each horizon."""
    graded = _graded(card.backtests)
    lines = [t.skill_line(days, len(past.origins), past.skill, *past.skill_interval) for days, past in graded.items()]
    long = {days: past.benchmarks[MEAN_26] for days, past in graded.items()}
    if long:
        lines.append(t.long_mean_line({days: (mean.skill, *mean.skill_interval) for days, mean in long.items()}))
    return tuple(lines) or (t.TOO_SHORT,)


def city_lines(card: Scorecard) -> tuple[str, ...]:
    """Say the same of the region's total, and how far the 80 percent intervals of both can be believed."""
    areas, city = _graded(card.backtests), _graded(card.city_backtests)
    lines = [
        t.city_skill_line(days, len(past.origins), past.skill, *past.skill_interval) for days, past in city.items()
    ]
    if areas:
        of_areas, of_total = ({days: past.coverage[80] for days, past in found.items()} for found in (areas, city))
        weeks = max((len(past.origins) for past in city.values()), default=0)
        lines.append(t.honest_intervals(of_areas, of_total, weeks, tolerance=COVERAGE_TOLERANCE))
    return tuple(lines)


def coverage_lines(card: Scorecard) -> tuple[str, ...]:
    """Say for analysts how often every interval held, of areas and of the total."""
    return tuple(
        t.coverage_line(what, days, past.coverage, past.observed.sum(), past.expected.sum())
        for what, found in ((t.AREAS, card.backtests), (t.TOTAL, card.city_backtests))
        for days, past in _graded(found).items()
    )


def frozen_line(card: Scorecard) -> str:
    """Say how many frozen forecasts of the total held; an empty text while none is due."""
    inside = [_within(row) for row in records(card.forecasts, ForecastGrade) if row.due]
    return t.frozen_ranges(len(inside), inside.count(t.IN_RANGE)) if inside else ""


def tier_table(ledger: Ledger) -> pd.DataFrame:
    """Count the alerts of each tier; columns as `texts.scorecard.TIER_COLUMNS`."""
    rows = [(tier, ledger.of_tier(tier)) for tier in tiers()]
    return pd.DataFrame(
        {
            "tingkat": [t.TIERS[tier] for tier, _ in rows],
            "benar": [whole(counted.right) for _, counted in rows],
            "keliru": [whole(counted.false) for _, counted in rows],
            "belum": [whole(counted.pending) for _, counted in rows],
            "tenggang": [t.lead(counted.median_lead_days) for _, counted in rows],
        }
    )


def benchmark_table(past: Backtest) -> pd.DataFrame:
    """Compare ours with the plain forecasts; the best first, as a reader should use it.

    Where ours is not better than the mean of eight weeks, that mean stands first.
    """
    ours = {"cara": t.OURS, "meleset": decimal(past.rps, 3), "teratas": percent(past.hit10), "banding": "–"}
    rows = [
        {
            "cara": t.BENCHMARKS[code],
            "meleset": decimal(entry.rps, 3),
            "teratas": percent(entry.hit10),
            "banding": t.skill_cell(entry.skill, *entry.skill_interval),
        }
        for code, entry in past.benchmarks.items()
    ]
    rows.sort(key=lambda row: row["cara"] != t.BENCHMARKS["rata8"])
    better = past.skill_interval[0] > 0
    return pd.DataFrame([ours, *rows] if better else [rows[0], ours, *rows[1:]])


def frozen_table(card: Scorecard) -> pd.DataFrame:
    """List the frozen forecasts with what came, the newest first."""
    rows = [
        {
            "per": t.issue_day(row.as_of, late=row.late),
            "hari": whole(row.horizon_days),
            "diramal": f"{whole(row.expected)} ({whole(row.region_low_80)}–{whole(row.region_high_80)})",
            "terjadi": whole(row.observed) if row.due else t.NOT_DUE,
            "nilai": _within(row),
        }
        for row in records(card.forecasts.iloc[::-1], ForecastGrade)
    ]
    return pd.DataFrame(rows, columns=list(t.FROZEN_COLUMNS))


def alert_table(ledger: Ledger, names: dict[str, str]) -> pd.DataFrame:
    """List every alert with what became of it, the newest first."""
    groups = group_names()
    return pd.DataFrame(
        [
            {
                "hari": short_date(alert.day),
                "wilayah": names.get(alert.area_code or "", t.WHOLE_REGION),
                "tingkat": t.TIERS[alert.tier],
                "hasil": t.outcome(
                    alert.outcome, alert.cause, None if np.isnan(alert.lead_days) else alert.lead_days
                ),
                "kelompok": groups.get(alert.group_code, alert.group_code),
            }
            for alert in records(ledger.alerts.iloc[::-1], GradedAlert)
        ],
        columns=list(t.LIST_COLUMNS),
    )


def scorecard_text(card: Scorecard) -> str:
    """Write the scorecard for a terminal."""
    return "\n".join((first_sentence(card), *sentences(card), *missed(card), *forecast_lines(card)))


def missed(card: Scorecard) -> tuple[str, ...]:
    """Say what came without an alert, and how long before its event a right alert came."""
    ledger, days = card.ledger, forecast_rules(card.region_code).hit_days
    lines = []
    if card.window_count:
        lines.append(t.missed_rises(card.window_count, card.missed_window_count, days=days))
    if ledger.tally.median_lead_days is not None:
        lines.append(t.lead_sentence(ledger.tally.median_lead_days))
    lines.append(t.missed_grave(ledger.grave_count, ledger.unwarned_count, days=days))
    return tuple(lines)


def scorecard_values(card: Scorecard) -> dict[str, Any]:
    """Give the scorecard as plain values, for JSON; what is not known is null."""
    rules = forecast_rules(card.region_code)
    return {
        "wilayah": card.region_code,
        "nama": card.region_name,
        "per": card.as_of.isoformat(),
        "pemilihan": card.election_code,
        "simulasi": card.simulated,
        **({"penanda": SIMULATED_MARK} if card.simulated else {}),
        "sidik_bobot": card.weights_digest,
        "sidik_peringatan": card.alerts_digest,
        "data": {
            "dari": card.first_on.isoformat(),
            "hari": card.day_count,
            "kejadian": card.event_count,
            "wilayah": card.area_count,
        },
        "kalimat": first_sentence(card),
        "sumber": card.ledger.source,
        "peringatan": {
            "terbit": _ledger_values(card.frozen),
            "terbit_dihitung_mundur": _ledger_values(card.issued_late),
            "dihitung_mundur": _ledger_values(card.replayed),
            "laju_dasar": _number(card.base_rate),
            "pekan_dihitung_mundur": card.replayed_weeks,
            "pekan_dengan_siaga_keliru": card.false_weeks,
            "jendela_kenaikan": card.window_count,
            "jendela_tanpa_peringatan": card.missed_window_count,
        },
        "uji_balik": {str(days): past and _backtest_values(past) for days, past in card.backtests.items()},
        "uji_balik_jumlah": {
            str(days): past and _backtest_values(past) for days, past in card.city_backtests.items()
        },
        "jumlah": total_figures(card.city_backtests[HORIZONS_DAYS[0]]),
        "ramalan_terbit": [_forecast_values(row) for row in records(card.forecasts, ForecastGrade)],
        "terbitan_rusak": [{"terbitan": entry.issue_id, "sebab": entry.fault} for entry in card.broken],
        "aturan": {entry.key: getattr(rules, entry.key) for entry in rules.judgements},
    }


def scorecard_json(card: Scorecard) -> bytes:
    """Write the scorecard as JSON: UTF-8, indented."""
    return json_bytes(scorecard_values(card))


def _graded(found: Mapping[int, Backtest | None]) -> dict[int, Backtest]:
    return {days: past for days, past in found.items() if past is not None}


def _within(row: ForecastGrade) -> str:
    if not row.due:
        return ""
    return t.IN_RANGE if row.region_low_80 <= row.observed <= row.region_high_80 else t.OUT_OF_RANGE


def _ledger_values(ledger: Ledger) -> dict[str, Any]:
    def values(counted: Tally) -> dict[str, Any]:
        return {
            "benar": counted.right,
            "keliru": counted.false,
            "belum_dinilai": counted.pending,
            "tidak_dinilai": counted.stated,
            "tenggang_median_hari": counted.median_lead_days,
        }

    return {
        **values(ledger.tally),
        "tingkat": {tier: values(ledger.of_tier(tier)) for tier in tiers()},
        "kejadian_berat": ledger.grave_count,
        "tanpa_peringatan": ledger.unwarned_count,
        "dari": ledger.first_day and ledger.first_day.isoformat(),
        "sampai": ledger.last_day and ledger.last_day.isoformat(),
    }


def _interval(ends: tuple[float, float]) -> list[float | None] | None:
    """Write an interval; None where too few events came for one."""
    return None if np.isnan(ends[0]) else [_number(end) for end in ends]


def _backtest_values(past: Backtest) -> dict[str, Any]:
    return {
        "n_area": past.area_count,
        "n_origin": len(past.origins),
        "rps": _number(past.rps),
        "skill": _number(past.skill),
        "skill_ci": _interval(past.skill_interval),
        "lebih_baik": bool(past.skill_interval[0] > 0),
        "cakupan_50": _number(past.coverage[50]),
        "cakupan_80": _number(past.coverage[80]),
        "cakupan_95": _number(past.coverage[95]),
        "pit": [_number(share) for share in past.pit],
        "hit10": _number(past.hit10 if past.area_count > 1 else None),
        "diramalkan": _number(past.expected.sum()),
        "terjadi": _number(past.observed.sum()),
        "bias": _number(past.bias),
        "pembanding": {
            code: {
                "rps": _number(entry.rps),
                "hit10": _number(entry.hit10 if past.area_count > 1 else None),
                "skill": _number(entry.skill),
                "skill_ci": _interval(entry.skill_interval),
            }
            for code, entry in past.benchmarks.items()
        },
    }


def _forecast_values(row: ForecastGrade) -> dict[str, Any]:
    return {
        "terbitan": row.issue_id,
        "per": row.as_of.isoformat(),
        "hari": row.horizon_days,
        "dihitung_mundur": bool(row.late),
        "jatuh_tempo": bool(row.due),
        "diramalkan": _number(row.expected),
        "kisaran_80": [row.region_low_80, row.region_high_80],
        "terjadi": _number(row.observed),
        "rps": _number(row.rps),
        "rps_rata8": _number(row.plain_rps),
        "cakupan_50": _number(row.covered_50),
        "cakupan_80": _number(row.covered_80),
        "cakupan_95": _number(row.covered_95),
    }


def _number(value: float | None) -> float | None:
    return None if value is None or not np.isfinite(value) else round(float(value), 6)
