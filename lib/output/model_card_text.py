"""The model card and the drift report as sections, Markdown and JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from lib.output import scorecard_tables
from lib.output.json_file import json_bytes
from lib.texts import model_card as t
from lib.texts.forecasts import percent

if TYPE_CHECKING:
    from lib.grades.drift import Month
    from lib.grades.model_card import ModelCard
    from lib.grades.scorecard import Scorecard

Section = tuple[str, tuple[str, ...]]


def card_sections(card: ModelCard) -> tuple[Section, ...]:
    """Write the model card as headed lists of sentences, from the values in force."""
    found = card.scorecard
    calibration = tuple(t.pit_line(list(past.pit)) for past in found.backtests.values() if past is not None)
    sections: list[Section] = [
        (t.PURPOSE_HEAD, (t.PURPOSE,)),
        (t.NOT_FOR_HEAD, t.NOT_FOR),
        (t.DATA_HEAD, t.data_lines(found.first_on, found.as_of, found.event_count, found.area_count)),
        (
            t.VERSION_HEAD,
            t.version_lines(
                card.version,
                card.method,
                f"{card.weights.scheme} {card.weights.version}",
                card.weights.digest,
                card.alerts.digest,
            ),
        ),
        (
            t.LIMITS_HEAD,
            t.limit_lines(
                card.weights.class_cuts,
                card.alerts.waspada_probability,
                card.alerts.siaga_false_share,
                card.alerts.least_count,
                card.rules.longest_days,
            ),
        ),
        (t.BACKTEST_HEAD, scorecard_tables.forecast_lines(found)),
        (t.CALIBRATION_HEAD, calibration),
        (t.ALERTS_HEAD, (scorecard_tables.first_sentence(found), *scorecard_tables.sentences(found))),
        (t.FAILURES_HEAD, (*scorecard_tables.missed(found), *t.FAILURES)),
    ]
    return tuple((head, lines) for head, lines in sections if lines)


def card_markdown(card: ModelCard) -> bytes:
    """Write the model card as Markdown."""
    found = card.scorecard
    return _markdown(t.title(found.region_name), t.about(card.election_name, found.as_of), card_sections(card), found)


def card_json(card: ModelCard) -> bytes:
    """Write the model card as JSON: its sections, and the scorecard they rest on."""
    values = {
        "versi": card.version,
        "metode": card.method,
        "bagian": [{"judul": head, "kalimat": list(lines)} for head, lines in card_sections(card)],
        "rapor": scorecard_tables.scorecard_values(card.scorecard),
    }
    return json_bytes(values)


def drift_table(months: tuple[Month, ...]) -> pd.DataFrame:
    """Set the months side by side, the newest first: a row for each measure, a column for each month."""
    words = [_month_words(month) for month in months]
    measures = {key: name for key, name in t.DRIFT_MEASURES.items() if key != "bulan"}
    return pd.DataFrame(
        {t.DRIFT_MEASURE: list(measures.values())}
        | {month["bulan"]: [month[key] for key in measures] for month in words}
    )


def drift_sections(months: tuple[Month, ...]) -> tuple[Section, ...]:
    """Write each month against the one before it, the newest first."""
    words = [_month_words(month) for month in months]
    sections = []
    for number, (month, now) in enumerate(zip(months, words, strict=True)):
        before = words[number + 1] if number + 1 < len(words) else None
        lines = [
            t.change(name, now[key], before[key]) if before else f"{name}: {now[key]}."
            for key, name in t.DRIFT_MEASURES.items()
            if key != "bulan"
        ]
        lines += [t.pit_line(list(month.pit)), *(f"{t.DRIFT_FAULTS[fault]}." for fault in month.faults)]
        sections.append((now["bulan"], tuple(lines)))
    return tuple(sections)


def drift_sentence(months: tuple[Month, ...]) -> str:
    """Say what has drifted in the newest month."""
    if not months:
        return t.NO_DRIFT_YET
    return t.drifted([t.DRIFT_FAULTS[fault] for fault in months[0].faults]) if months[0].faults else t.NO_DRIFT


def drift_markdown(months: tuple[Month, ...], card: Scorecard) -> bytes:
    """Write the drift report as Markdown."""
    return _markdown(t.drift_title(card.region_name), drift_sentence(months), drift_sections(months), card)


def drift_json(months: tuple[Month, ...], card: Scorecard) -> bytes:
    """Write the drift report as JSON."""
    values = {
        "wilayah": card.region_code,
        "per": card.as_of.isoformat(),
        "simulasi": card.simulated,
        "bulan": [_month_values(month) for month in months],
    }
    return json_bytes(values)


def _markdown(title: str, about: str, sections: tuple[Section, ...], card: Scorecard) -> bytes:
    lines = [f"# {title}", "", about, ""]
    if card.simulated:
        lines += [t.SIMULATED, ""]
    for head, texts in sections:
        lines += [f"## {head}", "", *(f"- {text}" for text in texts), ""]
    return "\n".join(lines).encode()


def _month_words(month: Month) -> dict[str, str]:
    return {
        "bulan": t.month(month.start, month.end),
        "jumlah": t.totals(month.observed, month.expected),
        "banding": t.versus(month.skill),
        "cakupan": percent(month.coverage[80]),
        "peringatan": t.alerts(month.alert_count, month.right_count, month.graded_count),
        "teratas": t.share(month.top_share),
        "kelengkapan": t.share(month.received_share),
    }


def _month_values(month: Month) -> dict[str, Any]:
    return {
        "dari": month.start.isoformat(),
        "sampai": month.end.isoformat(),
        "n_origin": month.origin_count,
        "terjadi": month.observed,
        "diramalkan": round(month.expected, 4),
        "skill": round(month.skill, 6) if np.isfinite(month.skill) else None,
        **{f"cakupan_{level}": round(value, 6) for level, value in month.coverage.items()},
        "pit": [round(float(value), 6) for value in month.pit],
        "peringatan": month.alert_count,
        "peringatan_dinilai": month.graded_count,
        "peringatan_benar": month.right_count,
        "teratas_tetap": month.top_share,
        "kelengkapan": month.received_share,
        "bergeser": list(month.faults),
    }
