"""The timeline holds what both states take part in, and orders it by time."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest

from dragoman.answers.facts import Entry
from dragoman.answers.parties import find_party, state
from dragoman.answers.timeline import timeline as ask
from dragoman.errors import QueryError
from dragoman.record import Record
from dragoman.statement import Actor
from making import CODER, make_document, make_statement

TEXT = ("Pakistan met Syria.", "Pakistan left Iran.", "Syria alone.")


def timeline(record: Record, *codes: str, **options: Any) -> list[Entry]:
    return ask(record, list(dict.fromkeys(map(state, codes))), **options)


@pytest.fixture
def record(tmp_path: Path) -> Iterator[Record]:
    with Record.open(tmp_path / "r.duckdb", create=True) as opened:
        yield opened


def put(record: Record, dates: list[str], id: str = "a.en", **fields: Any) -> None:
    document = make_document(id, *TEXT, language=id.split(".")[1])
    statements = [make_statement(document, 0, date=date, id=f"{id}-{number}", **fields) for number, date in enumerate(dates)]
    record.add(document, statements, CODER)


def test_order_of_time(record: Record) -> None:
    inorder = [
        "-0043", "0711", "0711/..", "19XX", "1948-01-01", "1948", "1948/1950", "1948/..", "196X", "../1969",
        "1973", "1973-10", "2014", "2014-02", "2014-02-17", "", "../..", "not a date",
    ]  # fmt: skip
    shuffled = [*inorder[:-3], "../..", "not a date", ""]
    random.Random(1).shuffle(shuffled)
    put(record, shuffled)
    dates = [statement.date for statement in timeline(record, "PAK")]
    assert dates[:-3] == inorder[:-3]
    assert set(dates[-3:]) == {"", "../..", "not a date"}


def test_both_take_part_on_either_side(record: Record) -> None:
    document = make_document("a.en", *TEXT)
    sides = [("PAK", "SYR"), ("SYR", "PAK"), ("PAK", "IRN"), ("SYR", ""), ("IRN", "TUR")]
    statements = [make_statement(document, 0, source, target, id=f"{source}-{target}") for source, target in sides]
    together = tuple(Actor(code) for code in ("IRN", "SYR", "PAK"))
    statements.append(msgspec.structs.replace(statements[0], id="together", source=together, target=()))
    record.add(document, statements, CODER)
    assert {s.id for s in timeline(record, "PAK", "SYR")} == {"PAK-SYR", "SYR-PAK", "together"}
    assert {s.id for s in timeline(record, "SYR", "PAK")} == {"PAK-SYR", "SYR-PAK", "together"}
    assert {s.id for s in timeline(record, "SYR")} == {"PAK-SYR", "SYR-PAK", "SYR-", "together"}
    assert timeline(record, "PAK", "PAK") == timeline(record, "PAK")
    assert timeline(record, "TUR", "PAK") == []


def test_a_period_keeps_what_may_fall_into_it(record: Record) -> None:
    put(record, ["1947", "1948-05-14", "194X", "1949/1951", "1950", "1951-01-01", "", "../1948", "1950/.."])
    found = {s.date for s in timeline(record, "PAK", start="1948", end="1950-06")}
    assert found == {"1948-05-14", "194X", "1949/1951", "1950", "../1948", "1950/.."}
    assert {s.date for s in timeline(record, "PAK", start="1951")} == {"1949/1951", "1951-01-01", "1950/.."}
    assert {s.date for s in timeline(record, "PAK", end="1947")} == {"1947", "194X", "../1948"}


@pytest.mark.parametrize(("start", "end"), [("junk", None), (None, "junk"), ("1950", "1949")])
def test_a_period_that_is_none(record: Record, start: str | None, end: str | None) -> None:
    with pytest.raises(QueryError):
        timeline(record, "PAK", start=start, end=end)


def test_types_and_kinds(record: Record) -> None:
    put(record, ["1948"], "a.en", type="CONSULT")
    put(record, ["1948"], "b.en", kind="tie", type="TRADE")
    assert [s.statements[0].doc for s in timeline(record, "PAK", types=["consult"])] == ["a.en"]
    assert [s.statements[0].doc for s in timeline(record, "PAK", types=["tie"])] == ["b.en"]
    assert [s.statements[0].doc for s in timeline(record, "PAK", types=["TRADE", "event"])] == ["a.en", "b.en"]
    with pytest.raises(QueryError, match="no type 'meet'") as caught:
        timeline(record, "PAK", types=["meet"])
    assert "consult" in caught.value.advice


def test_languages(record: Record) -> None:
    put(record, ["1948"], "a.en")
    put(record, ["1948"], "b.ar-EG")
    assert [s.statements[0].doc for s in timeline(record, "PAK", languages=["ar"])] == ["b.ar-EG"]
    assert [s.statements[0].doc for s in timeline(record, "PAK", languages=["AR-sy", "en"])] == ["a.en", "b.ar-EG"]
    with pytest.raises(QueryError, match="nothing in the language 'fr'") as caught:
        timeline(record, "PAK", languages=["fr"])
    assert "ar, en" in caught.value.advice


def test_only_current_editions(record: Record) -> None:
    put(record, ["1949"], id="a.en")
    document = make_document("a.en", *TEXT, edition="2")
    record.add(document, [make_statement(document, date="1950")], CODER)
    assert [s.date for s in timeline(record, "PAK")] == ["1950"]


def test_a_body_that_is_no_state(record: Record) -> None:
    document = make_document("a.en", *TEXT)
    bloc = make_statement(document, 0, "SYR", "", id="bloc")
    record.add(document, [msgspec.structs.replace(bloc, target=(Actor("", "IGO", "European Union"),))], CODER)
    assert [entry.id for entry in ask(record, [find_party(record, "EU")])] == ["bloc"]
    assert [entry.id for entry in ask(record, [state("SYR"), find_party(record, "الاتحاد الأوروبي")])] == ["bloc"]
    assert ask(record, [find_party(record, "NATO")]) == []
    with pytest.raises(QueryError, match="No state or body is known as 'Atlantis'"):
        find_party(record, "Atlantis")


def test_topics_and_issues(record: Record) -> None:
    put(record, ["1948"], "a.en", topic="trade")
    put(record, ["1949"], "b.en", topic="military", kind="position", type="OPPOSES", issue="any foreign intervention in Syria")
    assert [e.date for e in timeline(record, "PAK", topics=["TRADE"])] == ["1948"]
    assert [e.date for e in timeline(record, "PAK", issue="intervention Syria")] == ["1949"]
    assert timeline(record, "PAK", issue="sanctions") == []
    with pytest.raises(QueryError, match="no topic 'war'"):
        timeline(record, "PAK", topics=["war"])


def test_as_told_by_an_earlier_edition(record: Record) -> None:
    for edition, date in (("2020-01-02", "1949"), ("2024", "1950"), ("third", "1951")):
        document = make_document("a.en", *TEXT, edition=edition)
        record.add(document, [make_statement(document, date=date)], CODER)
    assert [e.date for e in timeline(record, "PAK")] == ["1951"]
    assert [e.date for e in timeline(record, "PAK", told="2022")] == ["1949"]
    assert [e.date for e in timeline(record, "PAK", told="2024-03-01")] == ["1950"]
    with pytest.raises(QueryError, match="no edition of 2019 or before"):
        timeline(record, "PAK", told="2019")


def test_an_empty_record_says_so(record: Record) -> None:
    with pytest.raises(QueryError, match="holds no statements"):
        timeline(record, "PAK")
