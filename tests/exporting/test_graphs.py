"""Nanopublications read back with rdflib, the network with networkx, the calendar with icalendar."""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from filled import fill

from dragoman.exporting import find_format
from dragoman.exporting.graphml import period
from dragoman.exporting.parts.nanopublication import PREFIXES
from dragoman.record import Record
from dragoman.statement import Statement
from making import CODER, make_document, make_statement


@pytest.fixture
def record(tmp_path: Path) -> Iterator[Record]:
    with Record.open(tmp_path / "r.duckdb", create=True) as opened:
        yield opened


@pytest.fixture
def made(record: Record) -> dict[str, Statement]:
    return fill(record)


NP, PROV, OA = (PREFIXES[name] for name in ("np", "prov", "oa"))


def written(record: Record, format: str, what: str = "statements") -> bytes:
    stream = io.BytesIO()
    find_format(format).write(record, stream, what)
    return stream.getvalue()


def parse(data: bytes, format: str) -> Any:
    rdflib = pytest.importorskip("rdflib", reason="rdflib is not installed: pip install '.[test]'")
    return rdflib.Dataset().parse(data=data, format={"trig": "trig", "jsonld": "json-ld"}[format])


def quads(data: bytes, format: str) -> set[tuple[str, ...]]:
    found = parse(data, format)
    return {(str(s), str(p), o.n3(), str(getattr(g, "identifier", g))) for s, p, o, g in found.quads((None, None, None, None))}


@pytest.mark.parametrize("what", ["statements", "facts"])
def test_trig_and_json_ld_say_the_same(record: Record, made: dict[str, Statement], what: str) -> None:
    trig, jsonld = (quads(written(record, format, what), format) for format in ("trig", "jsonld"))
    assert len(trig) > 50
    assert trig == jsonld


def test_a_nanopublication_has_its_four_graphs(record: Record, made: dict[str, Statement]) -> None:
    found = quads(written(record, "trig"), "trig")
    per_graph = Counter(quad[3].split("#")[1] for quad in {(q[3], q[3], q[3], q[3]) for q in found})
    assert per_graph == {name: len(made) for name in ("head", "assertion", "provenance", "pubinfo")}
    this = f"urn:dragoman:statement:{made['day'].id}"
    for name in ("Assertion", "Provenance"):
        assert (f"{this}#nanopublication", f"{NP}has{name}", f"<{this}#{name.lower()}>", f"{this}#head") in found
    assert (f"{this}#nanopublication", f"{NP}hasPublicationInfo", f"<{this}#pubinfo>", f"{this}#head") in found


def test_the_selectors_lead_back_to_the_words(record: Record, made: dict[str, Statement]) -> None:
    rdflib = pytest.importorskip("rdflib", reason="rdflib is not installed: pip install '.[test]'")
    found = parse(written(record, "trig"), "trig")
    texts = {document.id: document.text for document in record.documents()}
    for one in made.values():
        this = f"urn:dragoman:statement:{one.id}"

        def value(part: str, name: str, this: str = this) -> str:
            subject, predicate = rdflib.URIRef(f"{this}#{part}-1"), rdflib.URIRef(OA + name)
            ((_, _, thing, _),) = found.quads((subject, predicate, None, None))
            return str(thing)

        text = texts[one.doc]
        start, end = int(value("position", "start")), int(value("position", "end"))
        assert text[start:end] == value("words", "exact") == one.quote
        assert text[max(0, start - 32) : start] == value("words", "prefix")
        assert text[end : end + 32] == value("words", "suffix")


def test_a_page_of_a_pdf_is_named(record: Record) -> None:
    document = make_document("a.en", "Pakistan met Syria.", "Syria met Pakistan.", pages=(0, 20))
    record.add(document, [make_statement(document, 0), make_statement(document, 1, date="2014")], CODER)
    for format in ("trig", "jsonld"):
        found = quads(written(record, format), format)
        pages = {quad[0].split("#")[0]: quad[2] for quad in found if quad[1].endswith("#value")}
        assert sorted(pages.values()) == ['"page=1"', '"page=2"']
        selectors = [quad for quad in found if quad[1] == f"{OA}hasSelector" and "#page-1" in quad[2]]
        assert len(selectors) == 2


def test_a_fact_is_derived_from_all_its_quotes(record: Record, made: dict[str, Statement]) -> None:
    found = quads(written(record, "trig", "facts"), "trig")
    assert {quad[2] for quad in found if quad[1].endswith("terms/issued")} == {'"2015-03-04T05:06:07Z"'}
    derived = [quad for quad in found if quad[0] == f"urn:dragoman:fact:{'f' * 32}#assertion" and quad[1] == f"{PROV}wasDerivedFrom"]
    assert len(derived) == 2


def test_the_network(record: Record, made: dict[str, Statement]) -> None:
    networkx = pytest.importorskip("networkx", reason="networkx is not installed: pip install '.[test]'")
    data = written(record, "graphml")
    graph = networkx.parse_graphml(data.decode(), force_multigraph=True)
    assert dict(graph.nodes(data="name")) == {"PAK": "Pakistan", "SYR": "Syria"}
    edges = {(a, b, d["type"], d.get("period", ""), d["modality"], d["together"]): d["weight"] for a, b, d in graph.edges(data=True)}
    assert edges == {
        ("PAK", "SYR", "CONSULT", "2014", "asserted", False): 2,
        ("SYR", "PAK", "ACCUSE", "2014", "claimed", False): 1,
        ("PAK", "SYR", "AGREE", "197X", "asserted", True): 1,
        ("PAK", "SYR", "CONSULT", "2030", "planned", False): 1,
        ("PAK", "SYR", "MISSION", "197X", "asserted", False): 1,
        ("PAK", "SYR", "OPPOSES", "", "asserted", False): 1,
    }


@pytest.mark.parametrize(
    ("date", "expected"),
    [
        ("2014-02-17", "2014"),
        ("1973/1977", "197X"),
        ("1958/1961", "19XX"),
        ("1999/2001", ""),
        ("", ""),
        ("../2022", ""),
        ("0712/0719", "071X"),
    ],
)
def test_a_period_holds_the_whole_date(date: str, expected: str) -> None:
    assert period(date) == expected


def test_the_calendar_has_days_only(record: Record, made: dict[str, Statement]) -> None:
    icalendar = pytest.importorskip("icalendar", reason="icalendar is not installed: pip install '.[test]'")
    data = written(record, "ical")
    calendar = icalendar.Calendar.from_ical(data)
    events = {str(event["UID"]).split("@")[0]: event for event in calendar.walk("VEVENT")}
    assert set(events) == {made[name].id for name in ("day", "awkward", "body")}
    spans = {id: (event["DTSTART"].dt.isoformat(), event["DTEND"].dt.isoformat()) for id, event in events.items()}
    assert spans[made["day"].id] == ("2014-02-17", "2014-02-18")
    assert spans[made["body"].id] == ("1974-02-22", "1974-02-25")
    awkward = events[made["awkward"].id]
    assert made["awkward"].quote in str(awkward["DESCRIPTION"])
    assert str(awkward["SUMMARY"]) == "ACCUSE: Syria → Pakistan (claimed by Reuters; AP)"
    assert all(len(line) <= 75 for line in data.split(b"\r\n"))


def test_old_days_have_four_digits(record: Record, made: dict[str, Statement]) -> None:
    from dragoman.exporting.ical import _days

    assert [str(day) for day in _days("0712-05-01") or ()] == ["0712-05-01", "0712-05-02"]
    for date in ("", "2014", "2014-02", "../2014-02-17", "2014-02-17~", "0000-01-01", "9999-12-31"):
        assert _days(date) is None, date


@pytest.mark.parametrize("format", ["trig", "jsonld", "graphml", "ical", "plover"])
def test_an_empty_record_is_an_empty_file_of_its_kind(record: Record, format: str) -> None:
    data = written(record, format)
    assert (format == "plover") == (data == b"")
    if format in ("trig", "jsonld"):
        assert quads(data, format) == set()
    assert data == written(record, format, "facts")
