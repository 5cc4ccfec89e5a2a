"""Look back: which state of the store was the newest at the end of a day."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from data.store.lake import Snapshot


def last_until(states: Sequence[Snapshot], day: date, time_zone: str) -> Snapshot | None:
    """Choose from states in the order of their numbers the last one committed until the end of a local day.

    It is what screens could show on that day; a report that came in later is not in it.
    """
    midnight = datetime.combine(day + timedelta(days=1), time.min, tzinfo=ZoneInfo(time_zone))
    end = midnight.astimezone(UTC).replace(tzinfo=None)
    return next((state for state in reversed(states) if state.committed_at < end), None)


def local_day(state: Snapshot, time_zone: str) -> date:
    """Tell on which local day a state was committed."""
    return state.committed_at.replace(tzinfo=UTC).astimezone(ZoneInfo(time_zone)).date()
