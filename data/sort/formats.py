"""Decide how a column writes its dates: once for the whole column, never per cell."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Literal
from zoneinfo import ZoneInfo

from data.sort.date_texts import LOCAL_ZONES, DateParts, as_day, clean_text, date_parts

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

Example = tuple[str, date | None, date | None]
Evidence = Literal["option", "number_above_12", "weekday", "range", "none_needed", "ambiguous"]
DAY_FIRST, MONTH_FIRST = ORDERS = ("hari-bulan-tahun", "bulan-hari-tahun")
SERIAL, UNDECIDED = "serial", "taktentu"

_SERIAL = re.compile(r"(\d{5})(?:[.,](\d+))?")
_SERIAL_RANGE = range(36526, 73051)  # 2000-01-01 to 2100-01-01
_SERIAL_ORIGIN = date(1899, 12, 30)  # makes serial 61 and later right, whatever 1900-02-29 was
_SERIAL_SHARE = 0.9
_WEEKDAY_SHARE = 0.9
_TURNING_COUNT = 2  # distinct texts outside the range that it takes to turn away from day first
_PROOFS_PER_SLIP = 10  # so many texts in all for one that proves the other order, lest the column be undecided
_EXAMPLES = 3
_HALF_CONVERTED_COUNT = 3  # of each sort; three of each arise by chance in one mixed column of seventy-five
_MONTHS_IN_YEAR, _DAYS_IN_MONTH = 12, 31


@dataclass(frozen=True, slots=True)
class Contradiction:
    """A text whose weekday is not that of its date; one of the two is wrong, and it is not said which."""

    stated_weekday: int  # the weekday in the text, 0 for Monday
    day: date  # what the text without its weekday means; ``day.weekday()`` is the weekday it would be
    fitting_year: int | None  # the year before or after in which this day has the stated weekday, if one of them does
    fitting_day: date | None  # the day that the other order makes of the same numbers, if it has the stated weekday


@dataclass(frozen=True, slots=True)
class DateColumn:
    """How a column writes its dates, and the day that each distinct text means (None: no date)."""

    # ``"hari-bulan-tahun"``, ``"bulan-hari-tahun"``, ``"serial"`` (days since 1899-12-30, as spreadsheets count) or
    # ``"taktentu"``: nothing in the column tells day from month, or the column contradicts itself
    order: str
    days: dict[str, date | None]
    evidence: Evidence = "none_needed"  # what decided the order; ``"none_needed"`` where no text depends on it
    times: dict[str, str] = field(default_factory=dict)  # the time ``HH:MM`` of the texts that had one
    # texts without a day because their weekday denies it
    contradictions: dict[str, Contradiction] = field(default_factory=dict)
    # Of an undecided column some texts with their days under day first and under month first (None: no such day);
    # where numbers above 12 prove both orders, a proof of each goes before. Of a half converted column some ISO texts
    # with their days as written and with day and month exchanged. Else empty.
    examples: tuple[Example, ...] = ()
    # Whether a spreadsheet set to the other order has probably turned what it could read: no ISO day is after the
    # 12th, and every numeric text has a number above 12 that proves the same order. Day and month of the ISO texts
    # are then likely exchanged. `order` is still that of the numeric texts and the ISO days are as written: the
    # caller should refuse the file unless somebody vouches for it.
    half_converted: bool = False

    @property
    def ambiguous(self) -> bool:
        """Say whether somebody must state the order before the column can be read."""
        return self.order == UNDECIDED


def date_column(
    texts: Iterable[str],
    *,
    order: str | None = None,
    not_after: date | None = None,
    not_before: date | None = None,
    year: int | None = None,
    time_zone: str | None = None,
) -> DateColumn:
    """Read the distinct texts of one column as days.

    Whether ``5/11/2024`` is in November or in May is decided once for the column, by the first of these that
    tells: `order`; a number above 12; weekdays that fit the date under one order only; days outside
    `not_before` to `not_after` under one order and none under the other. One such day confirms day first, the
    usual order, but two are needed against it, for one may be a slip. Weekdays decide where nine tenths of
    them agree. Where nothing tells and a text depends on it, the order is ``"taktentu"``, those texts have
    no day, and the caller should refuse the file. Where numbers above 12 prove both orders, that of nine tenths
    of the proving texts holds and the others have no day; without such a majority the column is ``"taktentu"``,
    whatever else would tell.

    Known are ISO days (also ``20241105`` and with a month's name), numbers with any usual sign between, and
    Indonesian and English names of months and weekdays. A weekday is a checksum: where it denies the
    date, the text has no day. Years have four digits, or two in every text that is not ISO (``24`` is
    2024). Serial numbers of a spreadsheet count where they are nine tenths of the column.

    Parameters
    ----------
    order
        ``"hari-bulan-tahun"`` or ``"bulan-hari-tahun"``, as the user settled it.
    not_after, not_before
        The days that can be meant. They decide the order only; a day outside stays a day.
    year
        The year of texts without one; without it they are no dates.
    time_zone
        IANA name of the place's zone. A time with an offset is turned into the day there; without
        `time_zone` it is no date, for it may be another day here. WIB, WITA and WIT without `time_zone` count
        as local.

    Raises
    ------
    ValueError
        For an `order` or a `time_zone` that does not exist.

    Notes
    -----
    Day, month and year in three columns are to be joined as ``year-month-day``, for example ``2024-November-5``.
    """
    if order is not None and order not in ORDERS:
        raise ValueError(f"no such order: {order}")
    distinct = {text: clean_text(text) for text in texts}
    serial = _serial_column(distinct)
    if serial is not None:
        return serial
    parsed = {text: parts for text, clean in distinct.items() if (parts := date_parts(clean, year)) is not None}
    if not _two_digit_years(parsed.values()):
        parsed = {text: parts for text, parts in parsed.items() if parts.year_digits != 2}
    decided, evidence = _decide(parsed.values(), order, not_after, not_before)
    zone = ZoneInfo(time_zone) if time_zone else None
    days: dict[str, date | None] = dict.fromkeys(distinct)
    times: dict[str, str] = {}
    contradictions: dict[str, Contradiction] = {}
    for text, parts in parsed.items():
        day, other = parts.day_first, parts.month_first
        if decided == MONTH_FIRST:
            day, other = other, day
        if day is not None and parts.weekday not in {None, day.weekday()}:
            if decided != UNDECIDED or other is None or other.weekday() != parts.weekday:
                contradictions[text] = _contradiction(parts.weekday, day, other)
        elif decided != UNDECIDED or day == other:
            day, clock = _local(day, parts, zone)
            days[text] = day
            if day is not None and clock is not None:
                times[text] = f"{clock:%H:%M}"
    exchanged = _exchanged(parsed)
    examples = _examples(parsed) if decided == UNDECIDED else exchanged
    return DateColumn(
        decided, days, evidence, times, contradictions, examples[:_EXAMPLES], half_converted=bool(exchanged)
    )


def _serial_column(distinct: Mapping[str, str]) -> DateColumn | None:
    """Read a column of a spreadsheet's day numbers, or give None where it is none."""
    found = {
        text: match
        for text, clean in distinct.items()
        if (match := _SERIAL.fullmatch(clean)) and int(match[1]) in _SERIAL_RANGE
    }
    if not found or len(found) < _SERIAL_SHARE * sum(map(bool, distinct.values())):
        return None
    days: dict[str, date | None] = dict.fromkeys(distinct)
    times: dict[str, str] = {}
    for text, match in found.items():
        minutes = round(float(f"0.{match[2] or 0}") * 1440)
        moment = datetime.combine(_SERIAL_ORIGIN, time()) + timedelta(days=int(match[1]), minutes=minutes)
        days[text] = moment.date()
        if match[2] is not None:
            times[text] = f"{moment:%H:%M}"
    return DateColumn(SERIAL, days, times=times)


def _decide(
    parsed: Collection[DateParts], order: str | None, not_after: date | None, not_before: date | None
) -> tuple[str, Evidence]:
    numeric = [parts for parts in parsed if parts.numbers is not None]
    open_to_both = [parts for parts in numeric if parts.day_first != parts.month_first and not _denied(parts)]
    if not open_to_both:
        return order or DAY_FIRST, "none_needed" if order is None else "option"
    if order is not None:
        return order, "option"
    if by_number := _by_number(numeric):
        return by_number, "ambiguous" if by_number == UNDECIDED else "number_above_12"
    if by_weekday := _by_weekday(open_to_both):
        return by_weekday, "weekday"
    if by_range := _by_range(open_to_both, not_after, not_before):
        return by_range, "range"
    return UNDECIDED, "ambiguous"


def _by_number(numeric: Collection[DateParts]) -> str | None:
    proofs = Counter(proof for parts in numeric if (proof := _above_12(parts.numbers)))
    if not proofs:
        return None
    (order, most), total = proofs.most_common(1)[0], proofs.total()
    return UNDECIDED if (total - most) * _PROOFS_PER_SLIP > total else order


def _denied(parts: DateParts) -> bool:
    """Say whether the weekday of a text fits neither order, so that it has no day whatever is decided."""
    days = [day for day in (parts.day_first, parts.month_first) if day]
    return parts.weekday is not None and all(day.weekday() != parts.weekday for day in days)


def _by_weekday(open_to_both: Collection[DateParts]) -> str | None:
    fits = [
        (parts.day_first.weekday() == parts.weekday, parts.month_first.weekday() == parts.weekday)
        for parts in open_to_both
        if parts.weekday is not None and parts.day_first and parts.month_first
    ]
    for_day_first, for_month_first = fits.count((True, False)), fits.count((False, True))
    most = max(for_day_first, for_month_first)
    if not most or most < _WEEKDAY_SHARE * (for_day_first + for_month_first):
        return None
    return DAY_FIRST if most == for_day_first else MONTH_FIRST


def _by_range(open_to_both: Collection[DateParts], not_after: date | None, not_before: date | None) -> str | None:
    def outside(days: Collection[date | None]) -> int:
        return sum(not (not_before or day) <= day <= (not_after or day) for day in days if day)

    outside_day_first = outside({parts.day_first for parts in open_to_both})
    outside_month_first = outside({parts.month_first for parts in open_to_both})
    if outside_month_first and not outside_day_first:
        return DAY_FIRST
    if outside_day_first >= _TURNING_COUNT and not outside_month_first:
        return MONTH_FIRST
    return None


def _above_12(numbers: tuple[int, int] | None) -> str | None:
    """Say which order a text proves, if its numbers can be a day and a month under one order only."""
    if numbers is None:
        return None
    low, high = sorted(numbers)
    if not 1 <= low <= _MONTHS_IN_YEAR < high <= _DAYS_IN_MONTH:
        return None
    return DAY_FIRST if numbers[0] == high else MONTH_FIRST


def _contradiction(weekday: int | None, day: date, other: date | None) -> Contradiction:
    years = (
        near.year
        for step in (1, -1)
        if (near := as_day(day.year + step, day.month, day.day)) and near.weekday() == weekday
    )
    fitting_day = other if other and other != day and other.weekday() == weekday else None
    return Contradiction(weekday or 0, day, next(years, None), fitting_day)


def _local(day: date | None, parts: DateParts, zone: ZoneInfo | None) -> tuple[date | None, time | None]:
    if day is None or parts.clock is None or parts.offset is None:
        return day, parts.clock
    if zone is None:
        return (day, parts.clock) if parts.offset.tzname(None) in LOCAL_ZONES else (None, None)
    try:
        moment = datetime.combine(day, parts.clock, parts.offset).astimezone(zone)
    except OverflowError:  # the calendar ends at years 1 and 9999
        return None, None
    return moment.date(), moment.time()


def _two_digit_years(parsed: Collection[DateParts]) -> bool:
    """Say whether two digits at the end may be years: no text has four, and days vary more than years do."""
    digits = {parts.year_digits for parts in parsed}
    short = [
        (parts.numbers[0], parts.day_first.year)
        for parts in parsed
        if parts.year_digits == 2 and parts.numbers and parts.day_first
    ]
    firsts, years = (len(set(column)) for column in (zip(*short, strict=True) if short else ((), ())))
    return 4 not in digits and years <= firsts


def _exchanged(parsed: Mapping[str, DateParts]) -> tuple[Example, ...]:
    """List the ISO texts of a half converted column that mean another day once day and month are exchanged."""
    iso = {text: parts.day_first for text, parts in sorted(parsed.items()) if parts.iso and parts.day_first}
    numeric = {
        day: _above_12(parts.numbers)
        for parts in parsed.values()
        if parts.numbers and (day := (parts.day_first, parts.month_first)) != (None, None)
    }
    proven = set(numeric.values())
    enough = min(len(set(iso.values())), len(numeric)) >= _HALF_CONVERTED_COUNT
    if not enough or proven not in ({DAY_FIRST}, {MONTH_FIRST}) or any(d.day > _MONTHS_IN_YEAR for d in iso.values()):
        return ()
    return tuple(
        (text, day, as_day(day.year, day.day, day.month)) for text, day in iso.items() if day.day != day.month
    )


def _examples(parsed: Mapping[str, DateParts]) -> tuple[Example, ...]:
    readings = [(text, parts.day_first, parts.month_first) for text, parts in sorted(parsed.items())]
    proven = {_above_12(parsed[reading[0]].numbers): reading for reading in reversed(readings)}
    proofs = [proven[order] for order in ORDERS] if proven.keys() >= set(ORDERS) else []
    return (*proofs, *(reading for reading in readings if reading[1] and reading[2] and reading[1] != reading[2]))
