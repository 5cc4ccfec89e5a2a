"""Charts of forecasts: the region until voting day with its bands, and what the areas' forecasts are made of."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import plotly.graph_objects as go

from lib.indonesian import decimal, whole
from lib.output.charts import MUTED, SCREEN, lettered, tick_texts
from lib.records import ForecastRow, records
from lib.texts import forecasts as t

if TYPE_CHECKING:
    from datetime import date

    import pandas as pd

    from lib.warnings.forecasts import Forecasts

INK = "#1f8fb3"
BANDS = {95: "rgba(31,143,179,0.14)", 80: "rgba(31,143,179,0.20)", 50: "rgba(31,143,179,0.30)"}
PART_COLOURS = {"baseline": "#8393a0", "own_history": "#0b5c7a", "own_recent": "#d9822b", "neighbours": "#5a5f9e"}
MOST_TICKS = 8


def path_chart(found: Forecasts, path: pd.DataFrame) -> go.Figure:
    """Draw the events of the region added up over past weeks, and where the sum may go until the last day.

    `path`: rows of `Forecasts.region` or `plain_region` for all categories, rising by horizon.
    """
    weekly = found.weekly
    known = int(weekly["event_count"].sum())
    days = [found.as_of, *(found.as_of + timedelta(days=int(day)) for day in path["horizon_days"])]
    figure = go.Figure()
    for level, colour in BANDS.items():
        low = [known, *(known + path[f"low_{level}"])]
        high = [known, *(known + path[f"high_{level}"])]
        figure.add_scatter(
            x=[*days, *days[::-1]],
            y=[*high, *low[::-1]],
            mode="none",
            fill="toself",
            fillcolor=colour,
            hoverinfo="skip",
            name=t.PATH_BANDS[level],
        )
    if len(weekly):
        first = weekly["week_end"].iloc[0] - timedelta(days=7)
        figure.add_scatter(
            x=[first, *weekly["week_end"]],
            y=[0, *weekly["event_count"].cumsum()],
            mode="lines",
            line={"width": 3, "color": MUTED},
            name=t.PATH_KNOWN,
            hovertemplate="%{y}<extra></extra>",
        )
    figure.add_scatter(
        x=days,
        y=[known, *(known + path["mean"])],
        mode="lines+markers",
        line={"width": 3, "color": INK, "dash": "dot"},
        marker={"size": 7, "color": INK},
        name=t.PATH_EXPECTED,
        customdata=[
            t.span(0, 0),
            *(f"+{whole(row.mean)} ({t.span(row.low_80, row.high_80)})" for row in records(path, ForecastRow)),
        ],
        hovertemplate="%{x|%d-%m-%Y}: <b>%{customdata}</b><extra></extra>",
    )
    if found.voting_day and days[0] <= found.voting_day <= days[-1]:
        figure.add_vline(x=found.voting_day, line={"color": MUTED, "width": 2})
    _time_axis(figure, weekly["week_end"].iloc[0] if len(weekly) else found.as_of, days[-1], found.voting_day)
    figure.update_yaxes(rangemode="tozero", title=t.PATH_AXIS, automargin=True, tickformat=",d")
    return figure


def parts_chart(rows: pd.DataFrame) -> go.Figure:
    """Draw the four parts of each area's forecast as one bar, the highest forecast on top."""
    figure = go.Figure()
    for code, name in t.PART_NAMES.items():
        figure.add_bar(
            y=rows["area_name"].map(lettered),
            x=rows[code],
            orientation="h",
            name=name,
            marker={"color": PART_COLOURS[code]},
            customdata=[decimal(value) for value in rows[code]],
            hovertemplate="%{y}<br>" + name + ": <b>%{customdata}</b><extra></extra>",
        )
    figure.update_layout(
        barmode="stack",
        margin={"l": 0, "r": 16, "t": 8, "b": 8},
        font={"size": SCREEN.font_size},
        legend={"orientation": "h", "yref": "container", "y": 0, "yanchor": "bottom", "x": 0, "traceorder": "normal"},
        yaxis={"autorange": "reversed", "automargin": True},
        xaxis={"rangemode": "tozero", "title": t.PARTS_AXIS},
        separators=",.",
    )
    return figure


def _time_axis(figure: go.Figure, first: date, last: date, voting_day: date | None) -> None:
    """Name whole weeks counted back from the last day, each with its distance to voting day where there is one."""
    weeks = max(1, -(-(last - first).days // (7 * MOST_TICKS)))
    ticks = [last - timedelta(days=7 * weeks * number) for number in range(MOST_TICKS + 1)]
    ticks = [day for day in ticks if day >= first]
    figure.update_xaxes(
        tickvals=[day.isoformat() for day in ticks],
        ticktext=tick_texts(ticks, voting_day),
        showgrid=False,
        automargin=True,
        ticklabeloverflow="allow",
    )
    figure.update_layout(
        margin={"l": 8, "r": 24, "t": 16, "b": 8},
        font={"size": SCREEN.font_size, "family": "Inter, sans-serif"},
        legend={"orientation": "h", "yref": "container", "y": 0, "yanchor": "bottom", "x": 0, "traceorder": "normal"},
        separators=",.",
        hoverlabel={"font": {"size": SCREEN.font_size}},
    )


def describe(found: Forecasts, path: pd.DataFrame) -> str:
    """Say in words what the chart until voting day shows."""
    end = next(records(path.tail(1), ForecastRow))
    last = found.as_of + timedelta(days=int(path["horizon_days"].iloc[-1]))
    return t.chart_alternative(last, end.mean, end.low_80, end.high_80)
