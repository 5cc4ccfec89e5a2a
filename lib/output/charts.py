"""Charts of incidents over time, with the election's stages behind them; Plotly figures."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pandas as pd
import plotly.graph_objects as go

from data.store.states import VERIFIED
from lib.indonesian import countdown, decimal, period, short_date, whole
from lib.rules.taxonomy import taxonomy
from lib.texts import charts as t
from lib.texts.elections import stage_name

if TYPE_CHECKING:
    from collections.abc import Iterable

    from lib.filters import Filters
    from lib.rules.calendar import Election

WEEK = 7
LETTER_WIDTH = 0.58  # of the type size, on average
STAGE_FILLS = ("rgba(11,92,122,0.10)", "rgba(11,92,122,0.03)")
MUTED = "#8393a0"
# Eight steps that differ in hue and lightness, for kecamatan: no order is meant.
DISTRICT_COLOURS = ("#0b5c7a", "#7fc4bd", "#5a5f9e", "#b8c4cd", "#3f8f9c", "#a3a8e0", "#14202b", "#6b7f8e")


@dataclass(frozen=True, slots=True)
class Look:
    """Type size and colours of a chart; `ink` None leaves them to the page's own theme."""

    font_size: int = 13
    ink: str | None = None
    grid: str | None = None
    most_ticks: int = 9
    notes: bool = True
    least_width_px: int = 560


SCREEN = Look()
# On a dark wall, read from the last row of seats.
PROJECTOR = Look(font_size=24, ink="#e8eef2", grid="#2a3a48", most_ticks=6, notes=False, least_width_px=900)


@dataclass(frozen=True, slots=True)
class Series:
    """One stack of a chart: `key` selects its rows, `name` is read, `colour` is seen."""

    key: str
    name: str
    colour: str


def family_series() -> tuple[Series, ...]:
    """Give one series for each family of categories, in the taxonomy's colours."""
    return tuple(Series(family.code, family.name, family.color) for family in taxonomy().families)


def district_series(names: dict[str, str]) -> tuple[Series, ...]:
    """Give one series for each kecamatan; colours repeat after eight."""
    return tuple(
        Series(code, name, DISTRICT_COLOURS[position % len(DISTRICT_COLOURS)])
        for position, (code, name) in enumerate(sorted(names.items()))
    )


def sureness_series() -> tuple[Series, ...]:
    """Give two series, what is verified and what is not yet; keys as made by `with_sureness`."""
    return (Series("sure", t.VERIFIED, "#4fb3d1"), Series("unsure", t.NOT_VERIFIED, "#6b7f8e"))


def with_sureness(counts: pd.DataFrame) -> pd.DataFrame:
    """Add the column sureness: "sure" for verified incidents, else "unsure"."""
    sure = counts["verification"].isin(VERIFIED)
    return counts.assign(sureness=sure.map({True: "sure", False: "unsure"}))


def bins(filters: Filters, step_days: int) -> pd.DatetimeIndex:
    """Give the first days of whole steps that end on the last day of the question; the oldest rest is left out.

    Counting back from the end makes the newest bar a whole one.
    """
    count = filters.days // step_days
    first = filters.end - timedelta(days=count * step_days - 1)
    return pd.date_range(first, periods=count, freq=f"{step_days}D", unit="s")


def binned(counts: pd.DataFrame, filters: Filters, *, step_days: int, by: str) -> pd.DataFrame:
    """Count incidents by step and series; zeros are written out.

    Index: first day of each step; one column for each series found.

    `counts`: columns occurred_on, incident_count and the column named by `by`.
    """
    starts = bins(filters, step_days)
    if starts.empty:
        return pd.DataFrame(index=starts)
    position = (counts["occurred_on"] - starts[0]).dt.days // step_days
    kept = counts.assign(position=position)[position >= 0]
    table = kept.pivot_table(index="position", columns=by, values="incident_count", aggfunc="sum", dropna=True)
    table = table.reindex(range(len(starts))).fillna(0).astype("int64")
    return table.set_axis(starts, axis=0)


def time_chart(
    counts: pd.DataFrame,
    filters: Filters,
    election: Election | None,
    series: tuple[Series, ...],
    *,
    by: str,
    step_days: int,
    incomplete_days: int,
    look: Look = SCREEN,
) -> go.Figure:
    """Draw stacked bars over time with the stages behind, the H-n axis below, recent days hatched.

    Without an election there are no stages, and the axis has dates alone.
    A bar is marked incomplete when its last day lies within the last `incomplete_days` of the question:
    reports about those days still come in.
    """
    table = binned(counts, filters, step_days=step_days, by=by)
    starts = pd.DatetimeIndex(table.index)
    middle = starts + pd.Timedelta(days=(step_days - 1) / 2)
    ends = starts + pd.Timedelta(days=step_days - 1)
    newest = pd.Timestamp(filters.end)
    incomplete = (newest - ends).days < incomplete_days
    figure = go.Figure()
    spans = [period(a.date(), b.date()) for a, b in zip(starts, ends, strict=True)]
    for entry in series:
        if entry.key not in table.columns:
            continue
        figure.add_bar(
            x=middle,
            y=table[entry.key],
            name=lettered(entry.name),
            width=step_days * 86_400_000 * 0.86,
            marker={
                "color": entry.colour,
                "line": {"width": 0},
                "pattern": {
                    "shape": ["/" if flag else "" for flag in incomplete],
                    "fgcolor": "#ffffff",
                    "fgopacity": 0.6,
                    "fillmode": "overlay",
                    "size": 6,
                },
            },
            customdata=spans,
            hovertemplate="%{customdata}<br>" + lettered(entry.name) + ": <b>%{y}</b><extra></extra>",
        )
    if election is not None:
        _stages(figure, filters, election, look)
    _axes(figure, filters, election, look)
    return figure


def usual_chart(counts: pd.DataFrame, filters: Filters, *, usual_weeks: int) -> go.Figure:
    """Draw this week's count of each family against its usual range: the least, mean and most of past weeks."""
    table = usual_table(counts, filters, usual_weeks=usual_weeks)
    figure = go.Figure()
    figure.add_bar(
        x=table["most"] - table["least"],
        base=table["least"],
        y=table["name"],
        orientation="h",
        name=t.usual_range(usual_weeks),
        marker={"color": "rgba(131,147,160,0.35)"},
        hoverinfo="skip",
        width=0.5,
    )
    for column, name, symbol, colour in (
        ("mean", t.USUAL_MEAN, "line-ns-open", MUTED),
        ("this_week", t.THIS_WEEK, "diamond", "#1f8fb3"),
    ):
        figure.add_scatter(
            x=table[column],
            y=table["name"],
            mode="markers",
            name=name,
            marker={"symbol": symbol, "size": 13, "color": colour, "line": {"width": 2, "color": colour}},
            cliponaxis=False,  # None in the last seven days is on the axis itself.
            customdata=[decimal(value) for value in table[column]],
            hovertemplate="%{y}<br>" + name + ": <b>%{customdata}</b><extra></extra>",
        )
    figure.update_layout(
        margin={"l": 0, "r": 8, "t": 40, "b": 8},
        font={"size": SCREEN.font_size},
        legend={"orientation": "h", "y": 1.02, "yanchor": "bottom", "x": 0},
        yaxis={"autorange": "reversed", "automargin": True},
        xaxis={"rangemode": "tozero", "title": t.INCIDENTS_PER_WEEK, "separatethousands": True},
        separators=",.",
        barmode="overlay",
    )
    return figure


def usual_table(counts: pd.DataFrame, filters: Filters, *, usual_weeks: int) -> pd.DataFrame:
    """Compare the last seven days with the weeks before them, by family.

    Columns: family, name, this_week, least, mean, most; weeks outside the question are not counted, and with no whole
    week before the last the three are missing.
    """
    weekly = binned(counts, filters, step_days=WEEK, by="family")
    families = taxonomy().families
    weekly = weekly.reindex(columns=[family.code for family in families], fill_value=0)
    past = weekly.iloc[-1 - usual_weeks : -1]
    return pd.DataFrame(
        {
            "family": [family.code for family in families],
            "name": [family.name for family in families],
            "this_week": weekly.iloc[-1].to_numpy() if len(weekly) else 0,
            "least": past.min().to_numpy(),
            "mean": past.mean().to_numpy(),
            "most": past.max().to_numpy(),
        }
    )


def unusual_sentence(counts: pd.DataFrame, filters: Filters, *, usual_weeks: int) -> str:
    """Name the families with more in the last seven days than in any week before; as many as the most is not more."""
    table = usual_table(counts, filters, usual_weeks=usual_weeks)
    names = table.loc[table["this_week"] > table["most"], "name"]
    return t.unusual(list(names), usual_weeks, count=int(table["this_week"].sum()))


def lettered(text: str) -> str:
    """Write a name for Plotly, which has a small markup of its own, as the text that it is."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace("%{", "&#37;{")


def _stages(figure: go.Figure, filters: Filters, election: Election, look: Look) -> None:
    """Lay the main stages behind the bars, and a line on voting day."""
    shown = [stage for stage in election.shown_stages() if stage.end >= filters.start and stage.start <= filters.end]
    for position, stage in enumerate(shown):
        start, end = max(stage.start, filters.start), min(stage.end, filters.end)
        figure.add_vrect(
            x0=start, x1=end + timedelta(days=1), fillcolor=STAGE_FILLS[position % 2], line_width=0, layer="below"
        )
        width_px = look.least_width_px * ((end - start).days + 1) / filters.days
        if width_px >= LETTER_WIDTH * look.font_size * len(stage_name(stage)):
            figure.add_annotation(
                x=start,
                y=1.07 if look.notes else 1.0,
                yref="paper",
                text=lettered(stage_name(stage)),
                showarrow=False,
                xanchor="left",
                yanchor="bottom",
                font={"size": look.font_size - (1 if look.notes else 0), "color": look.ink or MUTED},
            )
    if filters.start <= election.voting_day <= filters.end:
        figure.add_vline(x=election.voting_day, line={"color": look.ink or MUTED, "width": 2})


def _axes(figure: go.Figure, filters: Filters, election: Election | None, look: Look) -> None:
    days = tick_days(filters, most=look.most_ticks)
    figure.update_layout(
        barmode="stack",
        bargap=0,
        margin={"l": 8, "r": 1.6 * look.font_size, "t": 64, "b": 8},
        font={"size": look.font_size, "color": look.ink, "family": "Inter, sans-serif"},
        legend={"orientation": "h", "yref": "container", "y": 0, "yanchor": "bottom", "x": 0, "traceorder": "normal"},
        separators=",.",
        hoverlabel={"font": {"size": look.font_size}},
    )
    if look.ink is not None:
        figure.update_layout(paper_bgcolor="rgba(0,0,0,0)", plot_bgcolor="rgba(0,0,0,0)")
        figure.update_yaxes(gridcolor=look.grid)
    figure.update_xaxes(
        tickvals=[day.isoformat() for day in days],
        ticktext=tick_texts(days, election.voting_day if election else None),
        range=[(filters.start - timedelta(days=1)).isoformat(), (filters.end + timedelta(days=1)).isoformat()],
        showgrid=False,
        automargin=True,
        ticklabeloverflow="allow",  # else the newest day, the one that matters, loses its label
    )
    figure.update_yaxes(rangemode="tozero", tickformat=",d", automargin=True)
    if look.notes:
        figure.update_yaxes(title=t.INCIDENTS)


def tick_days(filters: Filters, *, most: int) -> list[date]:
    """Choose at most so many days for the axis, counted back from the end in whole weeks."""
    weeks = max(1, -(-filters.days // (WEEK * most)))
    step = WEEK * weeks
    return [filters.end - timedelta(days=step * number) for number in range(-(-filters.days // step))][::-1]


def tick_texts(days: Iterable[date], voting_day: date | None) -> list[str]:
    """Write the days of an axis, each with its distance to voting day where there is one."""
    return [
        "<br>".join((short_date(day)[:-5], *([countdown(day, voting_day)] if voting_day else []))) for day in days
    ]


def alternative_text(counts: pd.DataFrame, filters: Filters) -> str:
    """Say in words what a time chart shows, for readers who cannot see it."""
    return t.alternative(whole(counts["incident_count"].sum()), period(filters.start, filters.end))
