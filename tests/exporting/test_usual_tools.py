"""Every format, of statements and of facts, read back by the tool that people use for it: as many as were written, with their words."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from filled import fill

from dragoman.exporting import export, find_format, formats
from dragoman.record import Record, linked
from dragoman.statement import Statement


@pytest.fixture
def record(tmp_path: Path) -> Iterator[Record]:
    with Record.open(tmp_path / "r.duckdb", create=True) as opened:
        yield opened


@pytest.fixture
def made(record: Record) -> dict[str, Statement]:
    return fill(record)


def tool(name: str) -> Any:
    return pytest.importorskip(name, reason=f"{name} is not installed: pip install '.[test]'")


Found = dict[str, str]
"""By the id of a statement or fact, its type (or, in the calendar, what its category says)."""


def frame(rows: Any, id: str, type: str) -> Found:
    return {str(row[id]).split(".")[0]: row[type] for _, row in rows.iterrows()}


def by_pandas(path: Path, format: str) -> Found:
    pandas = tool("pandas")
    if format == "jsonl":
        return frame(pandas.read_json(path, lines=True, dtype=False, convert_dates=False), "id", "type")
    if format == "plover":
        rows = pandas.read_json(path, lines=True, dtype=False, convert_dates=False)
        return {row["id"]: row["event"][0] for _, row in rows.iterrows()}
    if format == "parquet":
        return frame(pandas.read_parquet(path), "id", "type")
    if format == "csv":
        return frame(pandas.read_csv(path, keep_default_na=False, dtype=str), "id", "type")
    rows = pandas.read_csv(path, sep="\t", keep_default_na=False, dtype=str)
    return frame(rows, "Event ID", "Event Type" if format == "polecat" else "Event Text")


def by_rdflib(path: Path, format: str) -> Found:
    rdflib = tool("rdflib")
    graph = rdflib.Dataset().parse(path, format={"trig": "trig", "jsonld": "json-ld"}[format])
    rows = graph.query("SELECT ?s ?t WHERE { GRAPH ?g { ?s <urn:dragoman:term:type> ?t } }")
    return {str(s).rsplit(":", 1)[1]: str(t).rsplit(":", 1)[1] for s, t in rows}


def by_icalendar(path: Path, format: str) -> Found:
    events = tool("icalendar").Calendar.from_ical(path.read_bytes()).walk("VEVENT")
    return {str(one["UID"]).split("@")[0]: one["CATEGORIES"].to_ical().decode() for one in events}


TOOLS: dict[str, Callable[[Path, str], Found]] = {
    **dict.fromkeys(("jsonl", "csv", "parquet", "polecat", "icews", "plover"), by_pandas),
    **dict.fromkeys(("trig", "jsonld"), by_rdflib),
    "ical": by_icalendar,
}
EVENTS_ONLY = ("polecat", "icews", "plover")


def test_every_format_has_its_tool() -> None:
    assert {*TOOLS, "graphml", "quickstatements"} == set(formats())


@pytest.mark.parametrize("what", ["statements", "facts"])
@pytest.mark.parametrize("format", TOOLS)
def test_its_tool_reads_it_back(record: Record, made: dict[str, Statement], tmp_path: Path, format: str, what: str) -> None:
    every: list[Any] = list(record.statements()) if what == "statements" else list(linked.facts(record))
    if format in EVENTS_ONLY:
        every = [one for one in every if one.kind == "event" and one.modality in ("asserted", "claimed")]
    if format == "ical":
        every = [one for one in every if one.date.count("-") in (2, 4)]
    assert every
    export(record, tmp_path / "out", format, what)
    assert TOOLS[format](tmp_path / "out", format) == {one.id: one.type for one in every}


@pytest.mark.parametrize("what", ["statements", "facts"])
def test_networkx_reads_the_network(record: Record, made: dict[str, Statement], tmp_path: Path, what: str) -> None:
    networkx = tool("networkx")
    export(record, tmp_path / "out.graphml", "graphml", what)
    graph = networkx.read_graphml(tmp_path / "out.graphml", force_multigraph=True)
    weights = {(a, b, told["type"]): told["weight"] for a, b, told in graph.edges(data=True) if told.get("period", "") == "2014"}
    assert weights[("PAK", "SYR", "CONSULT")] == (2 if what == "statements" else 1)


def test_what_is_no_text_for_a_format_is_written_all_the_same(record: Record, made: dict[str, Statement]) -> None:
    """Tabs, line breaks, quotation marks and signs beyond the usual plane come back as they were, wherever a tool reads quotes."""
    pandas = tool("pandas")
    awkward = made["awkward"]
    for format, column in (("csv", "quote"), ("polecat", "Quote"), ("icews", "Quote")):
        stream = io.BytesIO()
        find_format(format).write(record, stream, "statements")
        stream.seek(0)
        rows = pandas.read_csv(stream, sep="," if format == "csv" else "\t", keep_default_na=False, dtype=str)
        assert awkward.quote in list(rows[column]), format
