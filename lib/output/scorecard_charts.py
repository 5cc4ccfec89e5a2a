"""Charts of the scorecard: calibration, and forecast against what came week by week."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import plotly.graph_objects as go

from lib.indonesian import short_date, whole
from lib.output.charts import MUTED, SCREEN
from lib.texts import scorecard as t

if TYPE_CHECKING:
    from lib.analysis.backtest import Backtest
    from lib.grades.scorecard import Scorecard

BAR, LINE = "#0b5c7a", "#d9822b"
MOST_LABELS = 6  # so that they stand upright in half a page


def calibration_chart(past: Backtest) -> go.Figure:
    """Draw the histogram of the probability integral transform with the tenth each bar should have."""
    count = len(past.pit)
    names = [f"{whole(100 * number / count)}–{whole(100 * (number + 1) / count)}%" for number in range(count)]
    figure = go.Figure()
    figure.add_bar(
        x=[100 * (number + 0.5) / count for number in range(count)],
        y=100 * past.pit,
        width=94 / count,
        customdata=names,
        marker={"color": BAR},
        name=t.PIT_SHARE,
        hovertemplate="%{customdata}: <b>%{y:.0f}%</b><extra></extra>",
    )
    figure.add_hline(y=100 / count, line={"color": LINE, "width": 2, "dash": "dash"})
    figure.update_xaxes(title=t.PIT_AXIS, range=[0, 100], dtick=20, ticksuffix="%", tickangle=0)
    figure.update_yaxes(rangemode="tozero", ticksuffix="%")
    return _framed(figure)


def weeks_chart(card: Scorecard, past: Backtest) -> go.Figure:
    """Draw what was forecast of the region at each origin beside what came."""
    days = [card.first_on + timedelta(days=int(origin)) for origin in past.origins]
    names = [short_date(day)[:-5] for day in days]
    figure = go.Figure()
    for values, name, colour in ((past.observed, t.OBSERVED, MUTED), (past.expected, t.EXPECTED, BAR)):
        figure.add_bar(
            x=names,
            y=values,
            name=name,
            marker={"color": colour},
            customdata=[whole(value) for value in values],
            hovertemplate="%{x}, " + name + ": <b>%{customdata}</b><extra></extra>",
        )
    figure.update_xaxes(type="category", nticks=MOST_LABELS, tickangle=0)
    figure.update_yaxes(rangemode="tozero", tickformat=",d")
    return _framed(figure)


def _framed(figure: go.Figure) -> go.Figure:
    figure.update_layout(
        barmode="group",
        margin={"l": 8, "r": 8, "t": 16, "b": 8},
        font={"size": SCREEN.font_size},
        legend={"orientation": "h", "yref": "container", "y": 0, "yanchor": "bottom", "x": 0},
        separators=",.",
    )
    return figure
