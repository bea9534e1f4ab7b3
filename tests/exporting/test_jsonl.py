"""The export is one JSON statement a line, in a fixed order, as the contract names the fields."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from dragoman.errors import QueryError
from dragoman.exporting import export, find_format, formats, jsonl
from dragoman.record import Record
from dragoman.statement import Statement
from making import CODER, ROOT, make_document, make_pair, make_statement


@pytest.fixture
def record(tmp_path: Path) -> Iterator[Record]:
    with Record.open(tmp_path / "r.duckdb", create=True) as opened:
        for id in ("b.en", "a.en"):
            opened.add(*make_pair(id), CODER)
        document = make_document("c.ar", 'زار الرئيس "باكستان" 😀', language="ar")
        opened.add(document, [make_statement(document, issue="a\u2028b\\\n")], CODER)
        yield opened


def test_lines_are_statements_with_their_fields_in_order(record: Record) -> None:
    stream = io.BytesIO()
    assert jsonl.write(record, stream) == 7
    lines = stream.getvalue().decode("utf-8").split("\n")
    assert lines.pop() == ""
    assert all(list(json.loads(line)) == list(Statement.__struct_fields__) for line in lines)
    assert [msgspec.json.decode(line, type=Statement) for line in lines] == list(record.statements())


def test_nothing_is_escaped_that_need_not_be(record: Record) -> None:
    stream = io.BytesIO()
    jsonl.write(record, stream)
    text = stream.getvalue().decode("utf-8")
    assert 'زار الرئيس \\"باكستان\\" 😀' in text
    assert "\\u" not in text


def test_sorted_by_document_and_place(record: Record) -> None:
    stream = io.BytesIO()
    jsonl.write(record, stream)
    places = [(row["doc"], row["start"]) for row in map(json.loads, stream.getvalue().splitlines())]
    assert places == sorted(places)


def test_to_a_file(record: Record, tmp_path: Path) -> None:
    target = tmp_path / "out" / "out.jsonl"
    target.parent.mkdir()
    target.write_text("what was there before")
    assert export(record, target) == 7
    assert len(target.read_bytes().splitlines()) == 7
    assert list(target.parent.iterdir()) == [target]


def test_a_file_that_cannot_be_written_is_left_as_it_is(record: Record, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for target in (tmp_path / "none" / "out.jsonl", tmp_path):
        with pytest.raises(QueryError, match="cannot be written"):
            export(record, target)
    with pytest.raises(QueryError, match="the record itself"):
        export(record, record.path)
    with pytest.raises(QueryError, match="cannot be written: No space left"):
        export(record, "/dev/full")
    target = tmp_path / "out" / "out.jsonl"
    target.parent.mkdir()
    target.write_text("before")

    def fail(record: Record, stream: io.BytesIO, what: str) -> int:
        stream.write(b"half")
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(jsonl, "write", fail)
    with pytest.raises(QueryError, match="No space left"):
        export(record, target)
    assert target.read_text() == "before"
    assert list(target.parent.iterdir()) == [target]


def test_formats() -> None:
    assert formats() == ("csv", "graphml", "ical", "icews", "jsonl", "jsonld", "parquet", "plover", "polecat", "quickstatements", "trig")
    assert find_format("jsonl").write == jsonl.write
    for name in ("parts", "", "jsonl.x", "../jsonl"):
        with pytest.raises(QueryError, match="no format") as caught:
            find_format(name)
        assert "jsonl, " in caught.value.advice


def test_every_field_is_documented() -> None:
    text = (ROOT / "docs" / "statements.md").read_text("utf-8")
    assert [field for field in Statement.__struct_fields__ if f"`{field}`" not in text] == []
