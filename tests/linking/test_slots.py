"""Slots: what contradicts, what only says less, and what is silent."""

from __future__ import annotations

import pytest
from acts import act, told
from hypothesis import given
from hypothesis import strategies as st

from dragoman.linking import slots
from dragoman.linking.slots import Roles, Times
from making import make_document

DOCUMENT = make_document("a.en", "Pakistan met Syria.", "Syria met Pakistan.")


def read(source: str = "PAK", target: str = "SYR", **fields: str) -> slots.Slots:
    return told(DOCUMENT, act(DOCUMENT, "Pakistan met Syria", "CONSULT", source.split(), target.split(), **fields))[0]


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        (("PAK", "SYR"), ("PAK", "SYR"), "equal"),
        (("PAK:GOV", "SYR"), ("PAK", "SYR"), "coarser"),
        (("PAK", "SYR"), ("PAK IRN", "SYR"), "wider"),
        (("PAK", "SYR"), ("SYR", "PAK"), "swapped"),
        (("PAK", "SYR"), ("PAK", "IRN"), "apart"),
        (("PAK IRN", "SYR"), ("PAK TUR", "SYR"), "apart"),
        (("PAK", "SYR:GOV"), ("PAK", "SYR:REB"), "apart"),
        (("PAK SYR", ""), ("PAK", "SYR"), "equal"),
        (("PAK", ""), ("PAK", "SYR"), "wider"),
    ],
)
def test_roles(a: tuple[str, str], b: tuple[str, str], expected: Roles) -> None:
    assert slots.roles(read(*a), read(*b)) == expected
    assert slots.roles(read(*b), read(*a)) == expected


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        ("2014", "2014", "equal"),
        ("2014", "2014-02-17", "coarser"),
        ("2014", "2015", "apart"),
        ("2014", "", "silent"),
        ("2010/..", "2014", "silent"),
        ("2010/..", "2009", "apart"),
        ("197X", "1973/1977", "coarser"),
        ("2016/..", "2016/..", "equal"),
        ("no date", "2014", "silent"),
    ],
)
def test_times(a: str, b: str, expected: Times) -> None:
    assert slots.times(read(date=a), read(date=b)) == expected
    assert slots.times(read(date=b), read(date=a)) == expected


def test_a_long_period_from_a_heading_is_no_date_of_its_own() -> None:
    assert not read(date="1973/1977", date_from="context").firm
    assert read(date="1973/1977").firm
    assert read(date="2014", date_from="context").firm


def test_a_statement_stands_in_the_sentence_that_it_begins_in() -> None:
    second = act(DOCUMENT, "Syria met Pakistan", "CONSULT")
    assert slots.place(second, DOCUMENT.sentences) == 1
    assert slots.place(second, ()) == -1


CODES = st.lists(st.sampled_from(["PAK", "SYR", "IRN", "SYR:REB", "PAK:GOV", ":IGO:UN"]), max_size=3).map(" ".join)


@given(CODES, CODES, CODES, CODES)
def test_roles_are_the_same_from_either_side(a: str, b: str, c: str, d: str) -> None:
    one, other = read(a, b), read(c, d)
    assert slots.roles(one, other) == slots.roles(other, one)
    assert slots.roles(one, one) == "equal"
