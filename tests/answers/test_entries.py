"""An entry is a fact of the record with its statements, where there is one; else a statement alone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from dragoman.answers.facts import gather, in_order, precision
from dragoman.answers.parties import state
from dragoman.record import Record, linked
from dragoman.statement import Difference, Fact
from making import CODER, make_document, make_statement

ENGLISH = make_document("a.en", "Pakistan met Syria in 1987.", "Pakistan sold wheat to Syria.")
ARABIC = make_document("a.ar", "التقت باكستان سوريا عام 1986.", language="ar")


@pytest.fixture
def record(tmp_path: Path) -> Iterator[Record]:
    with Record.open(tmp_path / "r.duckdb", create=True) as opened:
        met, sold = make_statement(ENGLISH, 0, id="met-en", date="1987"), make_statement(ENGLISH, 1, id="sold", date="1950")
        opened.add(ENGLISH, [met, sold], CODER)
        opened.add(ARABIC, [make_statement(ARABIC, 0, id="met-ar", date="1986")], CODER)
        date = Difference("date", "conflict", {"met-ar": "1986", "met-en": "1987"})
        fact = Fact("fact", ("met-ar", "met-en"), "event", "CONSULT", "diplomacy", met.source, met.target, differences=(date,))
        alone = Fact("other", ("sold",), "event", "CONSULT", "diplomacy", sold.source, sold.target, date="1950")
        linked.replace(opened, linked.Parts(facts=[fact, alone]), "linker")
        yield opened


def test_statements_of_a_fact_are_one_entry(record: Record) -> None:
    sold, met = in_order(gather(record, [state("PAK"), state("SYR")]))
    assert (sold.id, [s.id for s in sold.statements]) == ("sold", ["sold"])
    assert (met.id, [s.id for s in met.statements]) == ("fact", ["met-ar", "met-en"])
    assert met.languages == ("ar", "en")
    assert (met.date, met.when) == ("", "1986 or 1987"), "no date is chosen where the texts do not agree"
    assert met.days == ((1986, 1, 1), (1987, 12, 31))
    assert [difference.severity for difference in met.differences] == ["conflict"]


def test_all_of_a_fact_is_shown_when_some_of_it_is_found(record: Record) -> None:
    (met,) = gather(record, [state("PAK")], where="language = 'ar'")
    assert [s.id for s in met.statements] == ["met-ar", "met-en"]


def test_a_fact_of_a_replaced_edition_is_none(record: Record) -> None:
    new = make_document("a.ar", "التقت باكستان سوريا عام 1987.", language="ar")
    record.add(new, [make_statement(new, 0, id="met-new", date="1987")], CODER)
    assert sorted(e.id for e in gather(record, [state("PAK")])) == ["met-en", "met-new", "sold"]


@pytest.mark.parametrize(
    ("date", "exact"),
    [
        ("", ""), ("1948", "year"), ("1948~", "year"), ("194X", "decade"), ("19XX", "century"), ("1XXX", "millennium"),
        ("1948-05", "month"),
        ("1948-21", "season"), ("1948-05-06", "day"), ("1948-XX", "year"), ("1948-05-XX", "month"), ("1948/1950", "period"),
        ("-0043", "year"),
    ],
)  # fmt: skip
def test_precision(date: str, exact: str) -> None:
    assert precision(date) == exact
