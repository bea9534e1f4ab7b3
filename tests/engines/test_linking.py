"""Linking as the last stage of a build: however a record came about, it holds the same; and the statements of a file."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

import dragoman
from dragoman.engines.linking import link_file
from dragoman.errors import QueryError, RecordError
from dragoman.record import Record, linked

ENGLISH = (
    "Pakistan and Syria established diplomatic relations in 1948. The Syrian foreign minister visited Islamabad on 17 February 2014.\n"
)
ARABIC = "أقامت باكستان وسوريا علاقات دبلوماسية عام 1948. زار وزير الخارجية السوري إسلام آباد عام 2014.\n"
NEWS = "The Syrian foreign minister visited Islamabad on 17 February 2014. Iran sent aid to Pakistan in 2005.\n"
PARTS = ("links", "facts", "differences", "conflicts", "issues")


@pytest.fixture
def texts(tmp_path: Path) -> Path:
    folder = tmp_path / "texts"
    folder.mkdir()
    for name, text in (("ties.en", ENGLISH), ("ties.ar", ARABIC), ("paper.en", NEWS)):
        (folder / f"{name}.txt").write_text(text, "utf-8")
    return folder


@pytest.fixture
def exported(tmp_path: Path) -> Callable[[Path], dict[str, bytes]]:
    def export(record: Path) -> dict[str, bytes]:
        with dragoman.open(record) as opened:
            for what in PARTS:
                opened.export(tmp_path / what, what=what)
        return {what: (tmp_path / what).read_bytes() for what in PARTS}

    return export


def test_texts_of_two_languages_and_of_another_subject_share_facts(texts: Path, tmp_path: Path) -> None:
    summary = dragoman.build([texts], tmp_path / "r.duckdb")
    with dragoman.open(tmp_path / "r.duckdb") as record:
        facts, docs = list(record.facts()), {s.id: s.doc for s in record.statements()}
    assert summary.facts == len(facts) == 2
    assert {frozenset(docs[id] for id in fact.statements) for fact in facts} == {
        frozenset({"ties.en", "ties.ar"}),
        frozenset({"ties.en", "ties.ar", "paper.en"}),
    }


def test_however_it_came_about_a_record_holds_the_same(texts: Path, tmp_path: Path, exported: Callable[[Path], dict[str, bytes]]) -> None:
    dragoman.build([texts], tmp_path / "whole.duckdb")
    dragoman.build([texts], tmp_path / "later.duckdb", link=False)
    with dragoman.open(tmp_path / "later.duckdb") as record:
        assert list(record.facts()) == []
    dragoman.build([texts], tmp_path / "later.duckdb", workers=2)
    for name in ("paper.en", "ties.ar", "ties.en"):
        dragoman.build([texts / f"{name}.txt"], tmp_path / "piecemeal.duckdb")
    whole = exported(tmp_path / "whole.duckdb")
    assert whole["facts"]
    assert exported(tmp_path / "later.duckdb") == whole
    assert exported(tmp_path / "piecemeal.duckdb") == whole


def test_a_changed_text_is_linked_as_if_it_had_always_been_so(
    texts: Path, tmp_path: Path, exported: Callable[[Path], dict[str, bytes]]
) -> None:
    dragoman.build([texts], tmp_path / "r.duckdb")
    (texts / "ties.ar.txt").write_text(ARABIC.replace("1948", "1949"), "utf-8")
    dragoman.build([texts], tmp_path / "r.duckdb")
    dragoman.build([texts], tmp_path / "new.duckdb")
    assert exported(tmp_path / "r.duckdb") == exported(tmp_path / "new.duckdb")
    with dragoman.open(tmp_path / "r.duckdb") as record:
        torn = [fact for fact in record.facts() if any(one.severity == "conflict" and one.slot == "date" for one in fact.differences)]
        assert len(torn) == 1
        assert [told.conflict.kind for told in record.conflicts("ties")] == ["date"]


def test_a_crash_while_linking_leaves_what_was_and_the_next_build_goes_on(
    texts: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    dragoman.build([texts / "ties.en.txt", texts / "ties.ar.txt"], tmp_path / "r.duckdb")
    with dragoman.open(tmp_path / "r.duckdb") as record:
        before = list(record.facts())

    def fail(*arguments: object) -> object:
        yield "DELETE FROM facts", ()
        yield "SELECT no_such_column FROM facts", ()

    with monkeypatch.context() as patched:
        patched.setattr(linked, "_commands", fail)
        with pytest.raises(RecordError):
            dragoman.build([texts], tmp_path / "r.duckdb")
    with dragoman.open(tmp_path / "r.duckdb") as record:
        assert list(record.facts()) == before != []
        assert {d.id for d in record.documents()} == {"ties.en", "ties.ar", "paper.en"}
    assert dragoman.build([texts], tmp_path / "r.duckdb").facts == 2


def test_a_record_without_the_tables_of_linking_is_read(texts: Path, tmp_path: Path) -> None:
    """As a Dragoman before linking made it."""
    dragoman.build([texts], tmp_path / "r.duckdb")
    with Record.open(tmp_path / "r.duckdb") as record:
        record.write(
            (f"DROP {'VIEW' if name == 'differences' else 'TABLE'} {name}", ()) for name in ("differences", "facts", "links", "linked")
        )
    with dragoman.open(tmp_path / "r.duckdb") as opened:
        assert list(opened.facts()) == []
        with pytest.raises(QueryError, match="Not linked yet"):
            opened.compare("ties")
    dragoman.build([texts], tmp_path / "r.duckdb")
    with dragoman.open(tmp_path / "r.duckdb") as opened:
        assert len(list(opened.facts())) == 2


def write_lines(place: Path, *rows: dict[str, object]) -> Path:
    place.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), "utf-8")
    return place


def line(doc: str, text: str, quote: str, **fields: object) -> dict[str, object]:
    start = text.index(quote)
    source = [{"code": "SYR", "sector": "GOV", "name": "x"}]
    target = [{"code": "PAK", "sector": "", "name": "y"}]
    plain = {
        "doc": doc,
        "start": start,
        "end": start + len(quote),
        "quote": quote,
        "kind": "event",
        "type": "CONSULT",
        "topic": "diplomacy",
    }
    return plain | {"source": source, "target": target, "date": "2014", "date_from": "sentence", "optional": True} | fields


def test_statements_of_a_file_are_linked_by_their_line(texts: Path, tmp_path: Path) -> None:
    english = line("ties.en", ENGLISH, "The Syrian foreign minister visited Islamabad", date="2014-02-17")
    arabic = line("ties.ar", ARABIC, "زار وزير الخارجية السوري إسلام آباد")
    given, found = link_file(write_lines(tmp_path / "s.jsonl", english, arabic), texts)
    assert [one.id for one in given] == ["0", "1"]
    (fact,) = found.facts
    assert set(fact.statements) == {"0", "1"}
    assert [(one.slot, one.severity) for one in fact.differences] == [("date", "coarser")]


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"doc": "nowhere"}, "No text has the id 'nowhere'"),
        ({"start": 3}, "does not stand at"),
        ({"type": "VISIT"}, "has the type 'VISIT'"),
        ({"kind": "visit"}, "This is no statement"),
        ({"source": "SYR"}, "This is no statement"),
    ],
)
def test_a_bad_statement_is_named_with_its_line(texts: Path, tmp_path: Path, change: dict[str, object], message: str) -> None:
    good = line("ties.en", ENGLISH, "The Syrian foreign minister visited Islamabad")
    file = write_lines(tmp_path / "s.jsonl", good, good | change)
    with pytest.raises(QueryError, match=message) as caught:
        link_file(file, texts)
    assert caught.value.where == f"{file}:2"


def test_a_file_that_is_not_there_or_empty(texts: Path, tmp_path: Path) -> None:
    with pytest.raises(QueryError, match="cannot be read"):
        link_file(tmp_path / "none.jsonl", texts)
    with pytest.raises(QueryError, match="holds no statements"):
        link_file(write_lines(tmp_path / "s.jsonl"), texts)
