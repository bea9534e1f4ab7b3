"""EDTF dates (levels 0 and 1) as bounds in days, for ordering and for asking what falls into a period."""

from __future__ import annotations

import re
from functools import lru_cache

from dragoman.errors import QueryError

Day = tuple[int, int, int]
"""Year, month, day; the year 0 is 1 BC."""

FIRST: Day = (-10000, 1, 1)
LAST: Day = (10000, 12, 31)
"""What an open end counts as when dates are compared."""

_TIME = r"T\d\d:\d\d:\d\d(?:Z|[+-]\d\d(?::?\d\d)?)?"
_DATE = re.compile(rf"(-?)(\d{{4}}|\d{{3}}X|\d{{2}}XX|\dXXX|XXXX)(?:-(\d\d|XX))?(?:-(\d\d|XX)(?:{_TIME})?)?[~?%]?", re.ASCII)
# Months in which a season begins; the winter of a year begins in its December.
_SEASONS = {21: 3, 22: 6, 23: 9, 24: 12}


def bounds(edtf: str) -> tuple[str | None, str | None]:
    """First and last day of `edtf` as ISO dates, None where it is open or unknown; "" gives (None, None).

    Read are YYYY, YYYY-MM, YYYY-MM-DD, times of day (dropped), unspecified digits (197X, 19XX, 2004-XX), seasons
    (2001-21), intervals (a/b, ../b, a/..) and the marks ~ ? %. Years have four digits (0711), before 1 BC a minus.
    Raises QueryError for anything else, and for an interval that ends before it begins.
    """
    lower, upper = _bounds(edtf)
    return (None if lower is None else _iso(lower)), (None if upper is None else _iso(upper))


def days(edtf: str) -> tuple[Day, Day]:
    """As `bounds`, in numbers that compare: FIRST and LAST where it is open. Raises QueryError."""
    lower, upper = _bounds(edtf)
    return lower or FIRST, upper or LAST


def period(start: str | None, end: str | None) -> tuple[Day, Day] | None:
    """The first and last day of what lies between two dates, either of which may be left out; None when both are. Raises QueryError."""
    if not (start or end):
        return None
    first, last = (days(start)[0] if start else FIRST), (days(end)[1] if end else LAST)
    if first > last:
        raise QueryError(f"The period ends ({end}) before it begins ({start}).")
    return first, last


@lru_cache(maxsize=65536)
def _bounds(edtf: str) -> tuple[Day | None, Day | None]:
    if not edtf:
        return None, None
    first, slash, last = edtf.partition("/")
    if not slash:
        return _date(first, edtf)
    lower = None if first in ("", "..") else _date(first, edtf)[0]
    upper = None if last in ("", "..") else _date(last, edtf)[1]
    if lower and upper and lower > upper:
        raise QueryError(f"The date {edtf!r} ends before it begins.")
    return lower, upper


def _date(text: str, edtf: str) -> tuple[Day, Day]:
    match = _DATE.fullmatch(text)
    if match is None:
        raise _unknown(edtf)
    sign, digits, month, day = match.groups()
    low, high = int(digits.replace("X", "0")), int(digits.replace("X", "9"))
    first, last = (-high, -low) if sign else (low, high)
    if month is None or month == "XX":
        if day not in (None, "XX") or (month and "X" in digits):
            raise _unknown(edtf)
        return (first, 1, 1), (last, 12, 31)
    number = int(month)
    if "X" in digits or not (1 <= number <= 12 or (number in _SEASONS and day is None)):
        raise _unknown(edtf)
    if number in _SEASONS:
        opening = _SEASONS[number]
        end = (first, opening + 2) if opening < 12 else (first + 1, 2)
        return (first, opening, 1), (*end, _length(*end))
    length = _length(first, number)
    if day is None or day == "XX":
        return (first, number, 1), (first, number, length)
    if not 1 <= int(day) <= length:
        raise _unknown(edtf)
    return (first, number, int(day)), (first, number, int(day))


def _length(year: int, month: int) -> int:
    """Days in a month of the proleptic Gregorian calendar."""
    if month == 2:
        return 29 if year % 4 == 0 and (year % 100 != 0 or year % 400 == 0) else 28
    return 30 if month in (4, 6, 9, 11) else 31


def _iso(day: Day) -> str:
    year, month, number = day
    return f"{'-' if year < 0 else ''}{abs(year):04}-{month:02}-{number:02}"


def _unknown(edtf: str) -> QueryError:
    return QueryError(f"{edtf!r} is no date.", "", "Write 1948, 2014-02, 2014-02-17, 197X or 1973/1977 (EDTF).")
