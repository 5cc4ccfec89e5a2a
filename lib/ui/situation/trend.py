"""Small choices of the trend page, kept in the address."""

import streamlit as st

from lib.texts import pages as t


def step_days() -> int:
    """Ask for weekly or daily bars."""
    chosen = st.segmented_control(
        t.TREND_STEP,
        [t.STEP_WEEK, t.STEP_DAY],
        default=t.STEP_WEEK,
        required=True,
        key="langkah",
        bind="query-params",
    )
    return 1 if chosen == t.STEP_DAY else 7


def breakdown() -> str:
    """Ask what the bars are broken down by: the column family or district_code."""
    chosen = st.segmented_control(
        t.TREND_BY,
        [t.BY_FAMILY, t.BY_DISTRICT],
        default=t.BY_FAMILY,
        required=True,
        key="rincian",
        bind="query-params",
    )
    return "district_code" if chosen == t.BY_DISTRICT else "family"
