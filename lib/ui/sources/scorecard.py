"""The scorecard page: first in sentences, then in small tables, then for analysts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

import streamlit as st

from lib.indonesian import MISSING
from lib.output import model_card_text, scorecard_charts, scorecard_tables
from lib.rules.forecasts import forecast_rules
from lib.texts import forecasts as t_forecasts
from lib.texts import scorecard as t
from lib.texts.store import issue_broken
from lib.ui.frame.downloads import file_stem, offer
from lib.ui.frame.plain_text import plain
from lib.ui.load import scorecard as load_scorecard
from lib.ui.load import store as load

if TYPE_CHECKING:
    from collections.abc import Callable

    import pandas as pd

    from lib.analysis.backtest import Backtest
    from lib.filters import Filters
    from lib.grades.scorecard import Scorecard

CHART = {"displayModeBar": False}
MOST_ROWS, LIST_HEIGHT = 12, 440  # of the list of alerts; longer ones scroll


def first(card: Scorecard) -> None:
    """Say in sentences how good the alerts were, and what came without one."""
    st.markdown(f"### {scorecard_tables.first_sentence(card)}")
    st.markdown("  \n".join(scorecard_tables.sentences(card)))
    st.subheader(t.MISSED_HEAD)
    st.markdown("\n".join(f"- {line}" for line in scorecard_tables.missed(card)))


def alerts(card: Scorecard) -> None:
    """Draw the alerts by tier, and say when an alert is right."""
    st.subheader(t.ALERTS_HEAD)
    _table(scorecard_tables.tier_table(card.ledger), t.TIER_COLUMNS, "rapor-tingkat")
    rules = forecast_rules(card.region_code)
    lines = t.definitions(
        rules.hit_days, rules.hit_count, rules.hit_probability, rules.hit_severity, rules.settle_days
    )
    with st.expander(t.DEFINITIONS_HEAD):
        st.markdown("\n".join(f"- {line}" for line in lines))


def forecasts(card: Scorecard) -> None:
    """Compare our forecasts with plain ones; where ours is no better that stands first, and above all else."""
    st.subheader(t.FORECAST_HEAD)
    lines = scorecard_tables.skill_lines(card)
    better = [past.skill_interval[0] > 0 for past in card.backtests.values() if past is not None]
    if better and all(better):
        st.markdown("  \n".join(lines))
    else:
        st.warning("  \n".join(lines))
    st.markdown("  \n".join(scorecard_tables.city_lines(card)))
    graded = {days: past for days, past in card.backtests.items() if past is not None}
    if not graded:
        return
    days = st.segmented_control(
        t_forecasts.HORIZON_CHOICE,
        list(graded),
        default=next(iter(graded)),
        format_func=t_forecasts.HORIZON_NAMES.__getitem__,
        required=True,
        key="rapor-jangka",
    )
    _table(scorecard_tables.benchmark_table(graded[days]), t.BENCHMARK_COLUMNS, f"rapor-pembanding-{days}")
    st.caption(t.BENCHMARK_HELP)


def frozen(card: Scorecard) -> None:
    """List what was frozen with what came, and prove that it is unchanged."""
    st.subheader(t.FROZEN_HEAD)
    if not card.issue_count:
        st.caption(t.NO_FROZEN)
        return
    for entry in card.broken:
        st.error(issue_broken(entry.issue_id, entry.kind, entry.as_of, entry.fault))
    if not card.broken:
        st.markdown(t.whole_issues(card.issue_count))
    if len(card.forecasts):
        st.markdown(scorecard_tables.frozen_line(card))
        shown = {
            code: name for code, name in t.FROZEN_COLUMNS.items() if code != "nilai" or card.forecasts["due"].any()
        }
        _table(scorecard_tables.frozen_table(card), shown, "rapor-terbitan")
        if card.forecasts["late"].any():
            st.caption(t.FROZEN_NOTE)


def for_analysts(card: Scorecard, filters: Filters) -> None:
    """Draw calibration, the weeks and every alert, once they are asked for."""
    with st.expander(t.ANALYSTS_HEAD, key="analis", bind="query-params") as box:
        if not box.open:
            return
        past = next((found for found in card.backtests.values() if found is not None), None)
        if past is None:
            st.caption(t.TOO_SHORT)
        else:
            _charts(card, past)
            st.markdown("\n".join(f"- {line}" for line in scorecard_tables.coverage_lines(card)))
        st.markdown(f"**{t.LIST_HEAD}**")
        names = load.names_by_code(filters)
        listed = scorecard_tables.alert_table(card.ledger, names).rename(columns=t.LIST_COLUMNS)
        _wrapped(listed, height="content" if len(listed) <= MOST_ROWS else LIST_HEIGHT)
        _download(t.DOWNLOAD_JSON, lambda: scorecard_tables.scorecard_json(card), "rapor", "json", filters)


def model_card(filters: Filters) -> None:
    """Show the model card, and offer it as a file."""
    with st.expander(t.CARD_HEAD, key="kartu", bind="query-params") as box:
        if not box.open:
            return
        card = load_scorecard.model_card(filters)
        for head, lines in model_card_text.card_sections(card):
            st.markdown(f"**{head}**\n\n" + "\n".join(f"- {line}" for line in lines))
        with st.container(horizontal=True):
            _download(t.DOWNLOAD_CARD, lambda: model_card_text.card_markdown(card), "kartu-model", "md", filters)
            _download(t.DOWNLOAD_CARD_JSON, lambda: model_card_text.card_json(card), "kartu-model", "json", filters)


def drift(card: Scorecard, filters: Filters) -> None:
    """Show month against month, and offer it as a file."""
    with st.expander(t.DRIFT_HEAD, key="pergeseran", bind="query-params") as box:
        if not box.open:
            return
        months = load_scorecard.drift(filters)
        st.markdown(model_card_text.drift_sentence(months))
        if months:
            _wrapped(model_card_text.drift_table(months), height="content")
        with st.container(horizontal=True):
            _download(
                t.DOWNLOAD_DRIFT, lambda: model_card_text.drift_markdown(months, card), "pergeseran", "md", filters
            )
            _download(
                t.DOWNLOAD_DRIFT_JSON, lambda: model_card_text.drift_json(months, card), "pergeseran", "json", filters
            )


def _charts(card: Scorecard, past: Backtest) -> None:
    calibration, weeks = scorecard_charts.calibration_chart(past), scorecard_charts.weeks_chart(card, past)
    of_pit = t.calibration_alternative(list(past.pit))
    of_weeks = t.weeks_alternative(len(past.origins), past.observed.sum(), past.expected.sum())
    left, right = st.columns(2, gap="medium")
    with left:
        st.markdown(f"**{t.PIT_HEAD}**")
        st.plotly_chart(calibration, height=300, config=CHART, alt=of_pit, key="rapor-pit")
        st.caption(t.PIT_NOTE)
    with right:
        st.markdown(f"**{t.WEEKS_HEAD}**")
        st.plotly_chart(weeks, height=300, config=CHART, alt=of_weeks, key="rapor-pekan")


def _table(table: pd.DataFrame, columns: dict[str, str], key: str) -> None:
    config: dict[str, Any] = dict(columns)
    st.dataframe(
        table, column_config=config, column_order=list(columns), hide_index=True, placeholder=MISSING, key=key
    )


def _wrapped(table: pd.DataFrame, *, height: int | Literal["content"]) -> None:
    """Draw a table whose cells break into lines, so that no column is lost on a narrow screen."""
    st.table(table.map(plain), hide_index=True, height=height)


def _download(label: str, data: Callable[[], bytes], name: str, ending: str, filters: Filters) -> None:
    offer(
        label,
        data,
        f"{file_stem(name, filters)}.{ending}",
        mime="application/json" if ending == "json" else "text/markdown",
        region_code=filters.region_code,
        key=f"rapor-unduh-{name}-{ending}",
    )
