"""Exports have the judged values, or on demand the machine's; only what a person has accepted is for Wikidata."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from filled import fill
from msgspec.structs import replace

from dragoman.engines.judging import judge
from dragoman.errors import QueryError
from dragoman.exporting import export, find_format, formats
from dragoman.record import Record
from dragoman.statement import Actor
from making import CODER, make_document, make_statement


@pytest.fixture
def record(tmp_path: Path) -> Record:
    record = Record.open(tmp_path / "r.duckdb", create=True)
    made = fill(record)
    judge(record, made["day"].id, "correct", "Ada", given={"date": "2014-03-09"})
    judge(record, made["planned"].id, "reject", "Ada")
    return record


@pytest.mark.parametrize("format", sorted(set(formats()) - {"quickstatements", "parquet"}))
def test_every_format_holds_what_persons_made_of_it(record: Record, tmp_path: Path, format: str) -> None:
    ways = {}
    for values in ("judged", "machine"):
        export(record, tmp_path / values, format, "statements", values)
        ways[values] = (tmp_path / values).read_text("utf-8")
    assert ways["judged"] != ways["machine"]
    if format == "graphml":
        return
    if format == "ical":
        assert "20140309" in ways["judged"] and "20140309" not in ways["machine"]
        return
    assert "2014-03-09" in ways["judged"] and "2014-03-09" not in ways["machine"]
    assert "Ada" not in ways["machine"]


def test_rows_are_those_that_stand(record: Record, tmp_path: Path) -> None:
    rows = {}
    for values in ("judged", "machine"):
        export(record, tmp_path / "x.csv", "csv", "statements", values)
        rows[values] = list(csv.DictReader(io.StringIO((tmp_path / "x.csv").read_text("utf-8"))))
    assert len(rows["judged"]) == len(rows["machine"]) - 1
    assert [json.loads(line)["id"] for line in _lines(record)] == [row["id"] for row in rows["judged"]]


def _lines(record: Record) -> list[bytes]:
    stream = io.BytesIO()
    find_format("jsonl").write(record, stream)
    return stream.getvalue().splitlines()


def test_facts_rest_on_judged_values(record: Record, tmp_path: Path) -> None:
    with pytest.raises(QueryError, match="rest on what persons have judged"):
        export(record, tmp_path / "x", "jsonl", "facts", "machine")
    with pytest.raises(QueryError, match="no 'both' values"):
        export(record, tmp_path / "x", "jsonl", "facts", "both")
    assert export(record, tmp_path / "x", "jsonl", "facts") > 0


def test_only_what_is_accepted_is_for_wikidata(tmp_path: Path) -> None:
    document = replace(make_document("a.en", "They have relations.", "They have had relations."), source="https://example.org/a")
    both = (Actor("PAK"), Actor("SYR"))
    first, second = (
        replace(make_statement(document, n, kind="tie", type="RELATIONS", date=date), source=both, target=())
        for n, date in ((0, "1948"), (1, "1950"))
    )
    with Record.open(tmp_path / "r.duckdb", create=True) as record:
        record.add(document, [first, second], CODER)
        judge(record, first.id, "accept", "Ada")
        judge(record, second.id, "reject", "Ada")
        assert export(record, tmp_path / "x", "quickstatements", "facts") == 2
        text = (tmp_path / "x").read_text("utf-8")
        assert "1948" in text and "1950" not in text and "https://example.org/a" in text
        judge(record, first.id, "undo", "Ada")
        with pytest.raises(QueryError, match="No fact of this record has been accepted"):
            export(record, tmp_path / "x", "quickstatements", "facts")
