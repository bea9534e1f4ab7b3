"""A statement is explained by its sentence, marked, and by what decided each field."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from dragoman.answers.explanation import Explanation, explain
from dragoman.answers.find import statement
from dragoman.coding import code
from dragoman.reading import parse
from dragoman.record import Record
from making import CODER

TEXT = (
    "In 1974 the Danish foreign minister arrived in Lima. Two years later Denmark condemned Peru for the arrest of sailors, and it was "
    "not criticised by Ecuador. Relations improved."
)


@pytest.fixture(scope="module")
def record(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Record]:
    document = parse(TEXT, "denmark-peru.en", "en", title="Denmark–Peru relations")
    with Record.open(tmp_path_factory.mktemp("explained") / "r.duckdb", create=True) as opened:
        opened.add(document, code(document), CODER)
        yield opened


def told(record: Record, type: str) -> Explanation:
    return explain(statement(record, next(s.id for s in record.statements() if s.type == type)))


def test_pieces_are_the_sentence_and_slots_are_its_words(record: Record) -> None:
    every = list(record.statements())
    assert len(every) >= 3
    for one in every:
        found = explain(statement(record, one.id))
        assert "".join(p.text for p in found.pieces) == TEXT[found.start : found.end]
        assert found.start <= one.start and one.end <= found.end
        assert {"type", "source"} <= {slot.field for slot in found.slots}
        for slot in found.slots:
            assert slot.rule
            assert slot.words == (TEXT[slot.start : slot.end] if slot.start >= 0 else "")
            if found.start <= slot.start < found.end:
                assert "".join(p.text for p in found.pieces if slot.field in p.marks).find(slot.words) >= 0


def test_what_decided(record: Record) -> None:
    slots = {slot.field: slot for slot in told(record, "ACCUSE").slots}
    assert (slots["type"].words, slots["type"].rule) == ("condemned", "trigger:accuse")
    assert (slots["source"].value, slots["source"].words, slots["source"].rule) == ("DNK", "Denmark", "named")
    assert (slots["target"].value, slots["target"].words) == ("PER", "Peru")
    assert slots["issue"].words == "the arrest of sailors"
    assert (slots["date"].value, slots["date"].words) == ("1976", "Two years later")


def test_states_that_no_words_name(record: Record) -> None:
    found = told(record, "RELATIONS")
    nowhere = [slot for slot in found.slots if slot.start < 0]
    assert [(slot.field, slot.rule, slot.words) for slot in nowhere] == [("source", "dyad of the text", "")]
    assert set(nowhere[0].value.split(", ")) == {"DNK", "PER"}
