"""What is the same for everybody is made once: classes, counts and maps do not depend on who asks."""

from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING, Concatenate, ParamSpec, TypeVar

import streamlit as st

if TYPE_CHECKING:
    from collections.abc import Callable

    from lib.filters import Filters


Rest = ParamSpec("Rest")
Answer = TypeVar("Answer")


def shared(
    *, max_entries: int, show_spinner: str | bool = False
) -> Callable[[Callable[Concatenate[Filters, Rest], Answer]], Callable[Concatenate[Filters, Rest], Answer]]:
    """Cache an answer that holds no single report, and the question of which it does not hand back.

    It is asked with the scope that holds none (`Filters.for_all`), so that what it may ask in turn tells none either.
    """

    def of(make: Callable[Concatenate[Filters, Rest], Answer]) -> Callable[Concatenate[Filters, Rest], Answer]:
        kept = st.cache_data(max_entries=max_entries, show_spinner=show_spinner)(make)

        @wraps(make)
        def ask(filters: Filters, /, *rest: Rest.args, **named: Rest.kwargs) -> Answer:
            return kept(filters.for_all(), *rest, **named)

        return ask

    return of
