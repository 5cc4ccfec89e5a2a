"""The one way to ask for one of a few things, as buttons beside each other."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

import streamlit as st

if TYPE_CHECKING:
    from collections.abc import Mapping

Value = TypeVar("Value")


def choice(label: str, options: Mapping[str, Value], *, key: str, default: str = "") -> Value:
    """Ask for one of the options, by default the first; the choice stands in the address under its key."""
    usual = default or next(iter(options))
    chosen = st.segmented_control(label, list(options), default=usual, required=True, key=key, bind="query-params")
    return options.get(chosen or usual, options[usual])
