"""Calendar arithmetic on EDTF: moments of any precision, their bounds, steps between them, Hijri years.

Years are astronomical: 45 BC is -44 ("-0044"), so that arithmetic holds; the proleptic Gregorian calendar throughout.
"""

from __future__ import annotations

import re
from calendar import isleap, monthrange
from datetime import date
from typing import Literal

import msgspec

Unit = Literal["day", "week", "month", "season", "year", "decade", "century", "time"]
_SEASONS = {21: (3, 5), 22: (6, 8), 23: (9, 11), 24: (12, 14)}  # months; winter runs into the next year's February
_SEASON_LETTERS = {21: "SP", 22: "SU", 23: "FA", 24: "WI"}
LETTERS = {"day": "D", "week": "W", "month": "M", "year": "Y", "decade": "DE", "century": "CE"}
"""How TIMEX3 writes a length in each unit."""
_EDTF = re.compile(r"(-?)(\d{1,4}|\d{3}X|\d{2}XX)(?:-(\d\d))?(?:-(\d\d))?[~?%]?$")
_SHARES = {"early": (0, 1, 3), "mid": (1, 2, 3), "late": (2, 3, 3), "half1": (0, 1, 2), "half2": (1, 2, 2)}


class Moment(msgspec.Struct, frozen=True):
    """A date of the precision `unit`. year None: not said. month 21 to 24 with unit "season". part: early, mid, late, half1, half2.

    A decade or century is named by its first year (1970, 1800); before our era by its first year in time (-478).
    """

    unit: Unit
    year: int | None = None
    month: int = 0
    day: int = 0
    part: str = ""


def days_of(year: int, month: int) -> int:
    """Days of the month; any astronomical year."""
    return monthrange(year % 400 + 2000, month)[1]


def valid(moment: Moment) -> bool:
    """Whether the moment's month and day can be (an unknown year may be a leap year)."""
    if moment.unit == "day" and moment.month:
        return 1 <= moment.month <= 12 and 1 <= moment.day <= days_of(2000 if moment.year is None else moment.year, moment.month)
    return moment.unit != "month" or 1 <= moment.month <= 12


def write_year(year: int) -> str:
    """Four digits, with a sign before the year 0."""
    return f"-{-year:04d}" if year < 0 else f"{year:04d}"


def write(moment: Moment) -> str:
    """The moment as EDTF; "" while its year, or the month of its day, is not known."""
    if moment.year is None or (moment.unit == "day" and not moment.month):
        return ""
    year = write_year(moment.year)
    if moment.unit == "day":
        return f"{year}-{moment.month:02d}-{moment.day:02d}"
    if moment.unit in ("month", "season"):
        return f"{year}-{moment.month:02d}"
    if moment.unit in ("decade", "century"):
        span = 10 if moment.unit == "decade" else 100
        if moment.year < 0:
            return f"{year}/{write_year(moment.year + span - 1)}"
        return year[:3] + "X" if span == 10 else year[:2] + "XX"
    return year


def write_timex(moment: Moment) -> str:
    """The moment as a TIMEX3 value: BC0499, 197 for the 1970s, 1956-SU; "" while not known."""
    edtf = write(moment)
    if not edtf or moment.year is None:
        return ""
    head = edtf[: len(write_year(moment.year))]
    year = f"BC{1 - moment.year:04d}" if moment.year <= 0 else head
    if moment.unit in ("decade", "century"):
        keep = 3 if moment.unit == "decade" else 2
        if moment.year <= 0:  # by the years it counts down to: the 4th century BC is BC03
            return f"BC{1 - (moment.year + (9 if keep == 3 else 99)):04d}"[: keep + 2]
        return year[:keep]
    if moment.unit == "season":
        return f"{year}-{_SEASON_LETTERS[moment.month]}"
    if moment.unit == "year" and moment.part.startswith("half"):
        return f"{year}-H{moment.part[-1]}"
    return year + edtf[len(head) :]


def _edges(edtf: str) -> tuple[tuple[int, int, int], tuple[int, int, int]] | None:
    match = _EDTF.match(edtf)
    if not match:
        return None
    sign, digits, month, day = match.groups()
    low, high = (int(digits.replace("X", d)) * (-1 if sign else 1) for d in "09")
    if not month:
        return (low, 1, 1), (high, 12, 31)
    number = int(month)
    if number in _SEASONS:
        first, last = _SEASONS[number]
        end = (high + (last > 12), last - 12 if last > 12 else last)
        return (low, first, 1), (*end, days_of(*end))
    if not 1 <= number <= 12:
        return None
    if day:
        return (low, number, int(day)), (high, number, int(day))
    return (low, number, 1), (high, number, days_of(high, number))


def _iso(day: tuple[int, int, int]) -> str:
    return f"{write_year(day[0])}-{day[1]:02d}-{day[2]:02d}"


def bounds(edtf: str, part: str = "") -> tuple[str, str]:
    """First and last day of an EDTF date or interval as ISO days, "" where it is open or unknown.

    part: "early", "mid" or "late" takes that third of it, "half1" or "half2" that half.
    """
    first, _, last = edtf.partition("/")
    low, high = _edges(first), _edges(last or first)
    if part and low and high:
        a, b = ordinal(*low[0]), ordinal(*high[1])
        begin, end, shares = _SHARES[part]
        length = b - a + 1
        return _iso(from_ordinal(a + length * begin // shares)), _iso(from_ordinal(a + length * end // shares - 1))
    return _iso(low[0]) if low else "", _iso(high[1]) if high else ""


def narrow(edtf: str, first: Moment | None, last: Moment | None = None) -> tuple[str, str]:
    """The bounds of a date or range whose ends may be parts: from late 1941 to early 1943."""
    if first is None or first.unit == "day" or (not first.part and not (last and last.part)):
        return bounds(edtf)
    if last is None:
        return bounds(edtf, first.part)
    return bounds(write(first), first.part)[0], bounds(write(last), last.part if last.unit != "day" else "")[1]


def split(day: str) -> tuple[int, int, int]:
    """The numbers of an ISO day: year, month, day."""
    year, month, number = day.rsplit("-", 2)
    return int(year), int(month), int(number)


def read(edtf: str, last: bool = False) -> Moment | None:
    """The moment that an EDTF date names; of an interval its first end, or its last. None for an open end."""
    match = _EDTF.match(edtf.partition("/")[2 if last and "/" in edtf else 0])
    if not match or "X" in match.group(2):
        return None
    sign, year, month, day = match.groups()
    unit: Unit = "day" if day else "season" if month and int(month) > 12 else "month" if month else "year"
    return Moment(unit, -int(year) if sign else int(year), int(month or 0), int(day or 0))


def week_of(moment: Moment, count: int = 0) -> tuple[Moment, Moment, str]:
    """The week (Monday to Sunday) of a day, `count` weeks on: its first and last day, and its TIMEX3 value."""
    day = ordinal(moment.year or 0, moment.month, moment.day) + 7 * count
    monday = day - (day - 1) % 7
    first, last = (Moment("day", *from_ordinal(d)) for d in (monday, monday + 6))
    year, week, _ = date.fromordinal(monday).isocalendar() if 0 < monday < 3_000_000 else (0, 0, 0)
    return first, last, f"{year:04d}-W{week:02d}" if week else ""


def ordinal(year: int, month: int, day: int) -> int:
    """Days since 1 January of the year 1 (which is 1), for any astronomical year."""
    before = year - 1
    days = before * 365 + before // 4 - before // 100 + before // 400
    return days + sum(days_of(year, m) for m in range(1, month)) + day


def from_ordinal(days: int) -> tuple[int, int, int]:
    """The inverse of `ordinal`: (year, month, day)."""
    cycles, rest = divmod(days - 1, 146097)
    year = cycles * 400 + 1
    for _ in range(4):  # estimate by the mean year, then step: at most a year or two off
        guess = year + rest // 366
        shift = ordinal(guess, 1, 1) - ordinal(year, 1, 1)
        year, rest = guess, rest - shift
    while rest >= 365 + isleap(year % 400 + 2000):
        rest -= 365 + isleap(year % 400 + 2000)
        year += 1
    month = 1
    while rest >= days_of(year, month):
        rest -= days_of(year, month)
        month += 1
    return year, month, rest + 1


def shift(moment: Moment, count: int, unit: Unit) -> Moment:
    """The moment `count` units on, in the precision of that unit (or the moment's own, when that is coarser).

    A day on from a month, or a month on from a year, cannot be told: the moment itself comes back in its precision.
    """
    year, month, day = moment.year, moment.month if moment.unit != "season" else 0, moment.day
    if year is None or unit == "time":
        return moment
    if unit in ("day", "week"):
        if not day:
            return Moment("month", year, month) if month else Moment("year", year)
        return Moment("day", *from_ordinal(ordinal(year, month, day) + count * (7 if unit == "week" else 1)))
    if unit == "month":
        if not month:
            return Moment("year", year)
        total = year * 12 + month - 1 + count
        return Moment("month", total // 12, total % 12 + 1)
    if unit == "season":
        return Moment("season", year + count, moment.month)
    if unit == "decade":  # before our era the 480s are 489 to 480, which are -488 to -479
        return Moment("decade", (year // 10 * 10 if year > 0 else (year + 8) // 10 * 10 - 8) + 10 * count)
    if unit == "century":
        return Moment("century", (year // 100 * 100 if year > 0 else (year + 99) // 100 * 100 - 99) + 100 * count)
    return Moment("decade", year + count) if moment.unit == "decade" else Moment("year", year + count)


_HIJRI_EPOCH = ordinal(622, 7, 19)  # 1 Muharram 1 AH in the proleptic Gregorian calendar (16 July 622 Julian)


def hijri_ordinal(year: int, month: int = 1, day: int = 1) -> int:
    """The day (as `ordinal`) of a date of the tabular Islamic calendar (30-year cycle, leap years 2, 5, 7, 10 ...)."""
    return day + (59 * (month - 1) + 1) // 2 + (year - 1) * 354 + (3 + 11 * year) // 30 + _HIJRI_EPOCH - 1


def from_hijri(year: int, month: int = 0, day: int = 0) -> str:
    """EDTF of a Hijri date: a day, or the interval of Gregorian years or months that the year or month spans.

    The tabular calendar may be a day or two off the observed one, so a day is marked approximate ("1999-07-22~").
    """
    if month and day:
        return _iso(from_ordinal(hijri_ordinal(year, month, day))) + "~"
    last = hijri_ordinal(year + (month in (0, 12)), month % 12 + 1 if month else 1) - 1
    first, end = from_ordinal(hijri_ordinal(year, month or 1)), from_ordinal(last)
    size = 2 if month else 1
    low, high = ("-".join([write_year(d[0]), f"{d[1]:02d}"][:size]) for d in (first, end))
    return low if low == high else f"{low}/{high}"


def join_hijri(first: int, last: int) -> str:
    """EDTF of the Gregorian years that a range of Hijri years spans."""
    return f"{from_hijri(first).partition('/')[0]}/{from_hijri(last).rpartition('/')[2]}"
