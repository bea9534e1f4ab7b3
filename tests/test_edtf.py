"""EDTF dates have the bounds that the standard gives them, and order as time does."""

from __future__ import annotations

import calendar
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.edtf import FIRST, LAST, bounds, days
from dragoman.errors import QueryError


@pytest.mark.parametrize(
    ("edtf", "lower", "upper"),
    [
        ("1948", "1948-01-01", "1948-12-31"), ("0711", "0711-01-01", "0711-12-31"), ("-0043", "-0043-01-01", "-0043-12-31"),
        ("2014-02", "2014-02-01", "2014-02-28"), ("2016-02", "2016-02-01", "2016-02-29"), ("1900-02", "1900-02-01", "1900-02-28"),
        ("2014-02-17", "2014-02-17", "2014-02-17"), ("2014-02-17T10:20:30Z", "2014-02-17", "2014-02-17"),
        ("197X", "1970-01-01", "1979-12-31"), ("19XX", "1900-01-01", "1999-12-31"), ("XXXX", "0000-01-01", "9999-12-31"),
        ("-004X", "-0049-01-01", "-0040-12-31"), ("2004-XX", "2004-01-01", "2004-12-31"), ("2004-06-XX", "2004-06-01", "2004-06-30"),
        ("2004-XX-XX", "2004-01-01", "2004-12-31"),
        ("1973/1977", "1973-01-01", "1977-12-31"), ("1973-10/1973-11-05", "1973-10-01", "1973-11-05"),
        ("197X/198X", "1970-01-01", "1989-12-31"),
        ("../2022", None, "2022-12-31"), ("0711/..", "0711-01-01", None), ("/2022", None, "2022-12-31"), ("1948/", "1948-01-01", None),
        ("../..", None, None), ("", None, None),
        ("1948~", "1948-01-01", "1948-12-31"), ("1948?", "1948-01-01", "1948-12-31"), ("1948-05%", "1948-05-01", "1948-05-31"),
        ("1973~/1977?", "1973-01-01", "1977-12-31"),
        ("2001-21", "2001-03-01", "2001-05-31"), ("2001-22", "2001-06-01", "2001-08-31"), ("2001-23", "2001-09-01", "2001-11-30"),
        ("2003-24", "2003-12-01", "2004-02-29"),
    ],
)  # fmt: skip
def test_bounds(edtf: str, lower: str | None, upper: str | None) -> None:
    assert bounds(edtf) == (lower, upper)


@pytest.mark.parametrize(
    "junk",
    [
        "x", "48", "19488", "1948-13", "1948-00", "1948-02-30", "1948-2-3", "1948/1949/1950", "1949/1948",
        "1948-21-01", "yesterday", "1948 ",
        "19X8", "197X-05", "1948~~", "17.2.2014", "１９４８", "٢٠١٢", "2014-02T10:20:30", "1948-XX-05",
    ],
)  # fmt: skip
def test_junk(junk: str) -> None:
    with pytest.raises(QueryError, match="date"):
        bounds(junk)


@given(st.dates(), st.dates())
def test_days_bound_themselves_and_order_as_dates(one: date, other: date) -> None:
    assert bounds(one.isoformat()) == (one.isoformat(), one.isoformat())
    assert (days(one.isoformat()) < days(other.isoformat())) == (one < other)
    early, late = sorted((one, other))
    assert bounds(f"{early}/{late}") == (early.isoformat(), late.isoformat())


@given(st.integers(1, 9999), st.integers(1, 12))
def test_months_end_where_the_calendar_ends_them(year: int, month: int) -> None:
    assert days(f"{year:04}-{month:02}")[1] == (year, month, calendar.monthrange(year, month)[1])


def test_open_ends_compare() -> None:
    assert days("../2022") == (FIRST, (2022, 12, 31))
    assert days("1948/..") == ((1948, 1, 1), LAST)
    assert days("-0043") < days("0711") < days("1948")
