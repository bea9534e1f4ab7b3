"""A statement is found by its id or the beginning of it, in the newest edition that has it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from dragoman.answers.find import statement
from dragoman.errors import QueryError
from dragoman.record import Record
from making import CODER, make_document, make_statement

OLD = make_document("a.en", "Pakistan met Syria.", edition="1")
NEW = make_document("a.en", "Pakistan met Syria.", edition="2")


@pytest.fixture
def record(tmp_path: Path) -> Iterator[Record]:
    with Record.open(tmp_path / "r.duckdb", create=True) as opened:
        opened.add(OLD, [make_statement(OLD, id=id) for id in ("both", "gone-1", "gone-2")], CODER)
        opened.add(NEW, [make_statement(NEW, id=id) for id in ("both", "abc1", "abc2", "abc")], CODER)
        yield opened


@pytest.mark.parametrize(("asked", "id"), [("abc1", "abc1"), ("abc", "abc"), ("bo", "both")])
def test_by_id_or_its_beginning(record: Record, asked: str, id: str) -> None:
    found = statement(record, asked)
    assert (found.statement.id, found.document, found.current) == (id, NEW, True)


def test_in_an_older_edition(record: Record) -> None:
    found = statement(record, "gone-1")
    assert (found.statement.id, found.document, found.current) == ("gone-1", OLD, False)


@pytest.mark.parametrize("asked", ["", "ab", "gone", "gone-"])
def test_several(record: Record, asked: str) -> None:
    with pytest.raises(QueryError, match="Several") as caught:
        statement(record, asked)
    assert caught.value.where == str(record.path)


@pytest.mark.parametrize("asked", ["abcd", "%", "x' OR true --", "*"])
def test_none(record: Record, asked: str) -> None:
    with pytest.raises(QueryError, match="No statement"):
        statement(record, asked)
