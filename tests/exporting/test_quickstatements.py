"""Only accepted facts go to Wikidata; what a line says is what the fact says."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from msgspec.structs import replace

from dragoman.errors import QueryError
from dragoman.exporting import export, quickstatements
from dragoman.exporting.parts.entries import Entry, Quote
from dragoman.exporting.parts.wikidata import ITEMS
from dragoman.languages.states import registry
from dragoman.record import Record
from dragoman.statement import Actor

QUOTE = Quote(
    "s1",
    "a.en",
    "en",
    0,
    9,
    'They have "close" relations',
    "1948",
    "sentence",
    "asserted",
    "",
    0.9,
    "c",
    doc_source="https://example.org/a",
)
ENTRY = Entry(
    "f1",
    "tie",
    "RELATIONS",
    "diplomacy",
    (Actor("SYR"), Actor("PAK")),
    (),
    "",
    "1948-03",
    "asserted",
    "",
    (QUOTE, replace(QUOTE, doc_source="book")),
)


def test_a_record_has_none_accepted_and_says_so(tmp_path: Path) -> None:
    with Record.open(tmp_path / "r.duckdb", create=True) as record:
        with pytest.raises(QueryError, match="No fact of this record has been accepted by a person"):
            quickstatements.write(record, io.BytesIO())
        with pytest.raises(QueryError, match="accepted"):
            export(record, tmp_path / "out", "quickstatements", "facts")
    assert not (tmp_path / "out").exists()


def test_a_relation_is_said_both_ways_with_date_and_source() -> None:
    tail = 'P585\t+1948-03-00T00:00:00Z/10\t!S854\t"https://example.org/a"\tS1683\ten:"They have \'close\' relations"\n'
    assert list(quickstatements.lines([ENTRY])) == [f"Q843\tP530\tQ858\t{tail}", f"Q858\tP530\tQ843\t{tail}"]


@pytest.mark.parametrize(
    ("date", "expected"),
    [
        ("", []),
        ("197X", []),
        ("1948", ["P585", "+1948-00-00T00:00:00Z/9"]),
        ("1947-08-14/1958", ["P580", "+1947-08-14T00:00:00Z/11", "P582", "+1958-00-00T00:00:00Z/9"]),
        ("../1958", ["P582", "+1958-00-00T00:00:00Z/9"]),
    ],
)
def test_dates(date: str, expected: list[str]) -> None:
    (line, _) = quickstatements.lines([replace(ENTRY, date=date, quotes=())])
    assert line.rstrip("\n").split("\t")[3:] == expected


@pytest.mark.parametrize(
    "change",
    [
        {"modality": "claimed"}, {"type": "ALIGNMENT"}, {"topic": "trade"}, {"kind": "event"}, {"source": (Actor("PAK"),)},
        {"target": (Actor("IRN"),)}, {"target": (Actor("", "IGO", "The League"),)}, {"source": (Actor("PAK"), Actor("ATA"))},
        {"source": (Actor("PAK", "REB"), Actor("SYR"))},
    ],
)  # fmt: skip
def test_anything_else_is_left_out(change: dict[str, object]) -> None:
    assert list(quickstatements.lines([replace(ENTRY, **change)])) == []


def test_wikipedia_is_imported_from() -> None:
    (line, _) = quickstatements.lines([replace(ENTRY, quotes=(replace(QUOTE, doc_source="https://ar.wikipedia.org/wiki/X"),))])
    assert "!S4656" in line


def test_items_are_of_states_and_no_two_alike() -> None:
    assert set(ITEMS) <= set(registry("en"))
    assert len(set(ITEMS.values())) == len(ITEMS)
