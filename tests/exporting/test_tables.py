"""CSV and Parquet, read back with pandas, pyarrow and DuckDB."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from pathlib import Path

import duckdb
import msgspec
import pytest
from filled import fill
from msgspec.structs import replace

from dragoman.exporting import PARTS, export, find_format
from dragoman.exporting.parts import tables
from dragoman.record import Record, linked
from dragoman.statement import Fact, Statement
from making import CODER, make_pair


@pytest.fixture
def record(tmp_path: Path) -> Iterator[Record]:
    with Record.open(tmp_path / "r.duckdb", create=True) as opened:
        yield opened


@pytest.fixture
def made(record: Record) -> dict[str, Statement]:
    return fill(record)


def rows(record: Record, what: str) -> list[dict[str, str]]:
    stream = io.BytesIO()
    count = find_format("csv").write(record, stream, what)
    found = list(csv.DictReader(io.StringIO(stream.getvalue().decode(), newline="")))
    assert len(found) == count
    return found


def test_csv_has_a_row_for_each_and_loses_no_character(record: Record, made: dict[str, Statement]) -> None:
    by_id = {row["id"]: row for row in rows(record, "statements")}
    assert list(by_id) == [one.id for one in record.statements()]
    for one in made.values():
        row = by_id[one.id]
        assert [row["quote"], row["date"], row["by"], row["type"]] == [one.quote, one.date, one.by, one.type]
        assert row["source"] == "; ".join(actor.code for actor in one.source)
        assert (int(row["start"]), int(row["end"]), float(row["confidence"])) == (one.start, one.end, one.confidence)
        assert json.loads(row["evidence"]) == list(msgspec.to_builtins(one.evidence))
    assert by_id[made["together"].id]["source_sector"] == "; GOV"
    assert by_id[made["day"].id]["doc_title"] == "Trade & talks"
    assert [by_id[made[name].id]["doc_published"] for name in ("day", "month")] == ["2015-03-04T05:06:07Z", ""]


@pytest.mark.parametrize(
    ("which", "first", "last"),
    [
        ("day", "2014-02-17", "2014-02-17"),
        ("together", "1970-01-01", "1979-12-31"),
        ("tie", "1973-01-01", "1977-12-31"),
        ("position", "", ""),
    ],
)
def test_csv_bounds_are_those_of_the_date(record: Record, made: dict[str, Statement], which: str, first: str, last: str) -> None:
    row = next(row for row in rows(record, "statements") if row["id"] == made[which].id)
    assert (row["first_day"], row["last_day"]) == (first, last)


def test_csv_of_every_part(record: Record, made: dict[str, Statement]) -> None:
    assert {what: len(rows(record, what)) for what in PARTS} == {
        "statements": 8, "links": 1, "facts": 2, "differences": 1, "conflicts": 1, "issues": 1,
    }  # fmt: skip
    fact = rows(record, "facts")[0]
    assert fact["statements"] == f"{made['month'].id}; {made['day'].id}"
    assert json.loads(fact["differences"])[0]["slot"] == "date"


def test_an_empty_record_gives_a_header(record: Record) -> None:
    for what in PARTS:
        stream = io.BytesIO()
        assert find_format("csv").write(record, stream, what) == 0
        assert stream.getvalue().count(b"\n") == 1


def test_parquet_gives_back_the_very_statements(record: Record, made: dict[str, Statement], tmp_path: Path) -> None:
    """Nested fields included: what was written is what the record says."""
    target = tmp_path / "it's.parquet"
    assert export(record, target, "parquet") == len(made)
    fields = ", ".join(f'"{field}"' for field in Statement.__struct_fields__)
    relation = duckdb.connect().execute(f"SELECT to_json(x)::VARCHAR FROM (SELECT {fields} FROM read_parquet(?)) x", [str(target)])
    assert [msgspec.json.decode(row[0], type=Statement) for row in relation.fetchall()] == list(record.statements())


def test_parquet_of_facts(record: Record, made: dict[str, Statement], tmp_path: Path) -> None:
    target = tmp_path / "facts.parquet"
    export(record, target, "parquet", "facts")
    fields = ", ".join(f'"{field}"' for field in Fact.__struct_fields__)
    relation = duckdb.connect().execute(f"SELECT to_json(x)::VARCHAR FROM (SELECT {fields} FROM read_parquet(?)) x", [str(target)])
    assert [msgspec.json.decode(row[0], type=Fact) for row in relation.fetchall()] == list(linked.facts(record))


def test_pandas_reads_both_alike(record: Record, made: dict[str, Statement], tmp_path: Path) -> None:
    pandas = pytest.importorskip("pandas", reason="pandas is not installed: pip install '.[test]'")
    pytest.importorskip("pyarrow", reason="pyarrow is not installed: pip install '.[test]'")
    for format in ("csv", "parquet"):
        export(record, tmp_path / f"s.{format}", format)
    as_text = pandas.read_csv(tmp_path / "s.csv", keep_default_na=False, dtype=str)
    as_table = pandas.read_parquet(tmp_path / "s.parquet")
    for field in ("id", "quote", "date", "type", "modality"):
        assert list(as_text[field]) == list(as_table[field]) == [getattr(one, field) for one in record.statements()]
    assert as_table["source"][0][0]["code"] == next(record.statements()).source[0].code


@pytest.mark.parametrize("format", ["csv", "parquet", "polecat", "icews"])
def test_to_a_stream_and_to_a_file_are_the_same_bytes(record: Record, made: dict[str, Statement], tmp_path: Path, format: str) -> None:
    stream = io.BytesIO()
    find_format(format).write(record, stream, "statements")
    export(record, tmp_path / "out", format)
    assert (tmp_path / "out").read_bytes() == stream.getvalue()
    assert sorted(path.name for path in tmp_path.iterdir() if path.name.startswith((".out", "out"))) == ["out"]


def test_duckdb_has_its_memory_back(record: Record, made: dict[str, Statement]) -> None:
    before = list(record.query("SELECT current_setting('memory_limit'), current_setting('threads')"))
    find_format("csv").write(record, io.BytesIO(), "statements")
    find_format("trig").write(record, io.BytesIO(), "statements")
    assert list(record.query("SELECT current_setting('memory_limit'), current_setting('threads')")) == before
    assert tables.MEMORY not in before[0]


def test_texts_need_no_room(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Documents of more than the memory that is allowed: none is held but the one whose quote is being written."""
    document, (statement,) = make_pair("d.en", 1)
    long = "Pakistan met Syria. " * 200_000
    with Record.open(tmp_path / "long.duckdb", create=True) as opened:
        for number in range(25):
            one = replace(document, id=f"d{number}.en", text=document.text + str(number) + long)
            opened.add(one, [replace(statement, id=str(number), doc=one.id)], CODER)
    monkeypatch.setattr(tables, "MEMORY", "60MB")
    with Record.open(tmp_path / "long.duckdb", read_only=True) as opened:
        for format in ("csv", "polecat", "plover", "trig"):
            assert find_format(format).write(opened, io.BytesIO(), "statements") == 25
