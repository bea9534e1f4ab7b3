"""What goes into a record comes out as it was, once, and stays."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.errors import RecordError
from dragoman.record import Counts, Record, edition_key
from dragoman.statement import Actor, Statement
from making import CODER, make_document, make_pair, make_statement


@pytest.fixture
def record(tmp_path: Path) -> Record:
    return Record.open(tmp_path / "r.duckdb", create=True)


def test_what_went_in_comes_out(record: Record) -> None:
    document, statements = make_pair()
    assert record.add(document, statements, CODER) == "added"
    assert list(record.documents()) == [document]
    assert list(record.statements()) == statements
    assert record.counts() == Counts(1, 3, {"event": 3})


def test_adding_again_changes_nothing(record: Record) -> None:
    document, statements = make_pair()
    record.add(document, statements, CODER)
    assert record.add(document, statements, CODER) == "unchanged"
    assert list(record.query("SELECT count(*) FROM additions")) == [(1,)]


def test_a_changed_text_is_a_new_edition_and_the_old_stays(record: Record) -> None:
    old, old_statements = make_pair(word="met")
    new, new_statements = make_pair(word="left", count=2)
    record.add(old, old_statements, CODER)
    assert record.add(new, new_statements, CODER) == "edition"
    assert list(record.documents()) == [new]
    assert list(record.statements()) == new_statements
    assert list(record.documents(history=True)) == [old, new]
    assert sorted(s.quote for s in record.statements(history=True)) == sorted(s.quote for s in [*old_statements, *new_statements])


def test_changed_metadata_is_a_new_edition(record: Record) -> None:
    document, statements = make_pair()
    record.add(document, statements, CODER)
    assert record.add(msgspec.structs.replace(document, licence="CC0-1.0"), statements, CODER) == "edition"


def test_an_old_text_that_comes_back_is_current_again(record: Record) -> None:
    old, old_statements = make_pair(word="met")
    new, new_statements = make_pair(word="left")
    for document, statements in ((old, old_statements), (new, new_statements), (old, old_statements)):
        record.add(document, statements, CODER)
    assert list(record.statements()) == old_statements
    assert len(list(record.statements(history=True))) == 6


def test_another_coder_codes_the_same_edition_anew(record: Record) -> None:
    document, statements = make_pair()
    record.add(document, statements, CODER)
    assert record.add(document, statements[:1], "test-2") == "recoded"
    assert list(record.statements()) == statements[:1]
    assert len(list(record.documents(history=True))) == 1
    assert len(list(record.statements(history=True))) == 4


def test_a_document_without_statements_or_sentences(record: Record) -> None:
    empty = make_document("empty.en")
    record.add(empty, [], CODER)
    assert record.add(empty, [], CODER) == "unchanged"
    assert list(record.documents()) == [empty]
    assert record.counts() == Counts(1, 0, {})


def test_equal_ids_do_not_trouble(record: Record) -> None:
    document, (first, *_) = make_pair()
    record.add(document, [first, first], CODER)
    assert list(record.statements()) == [first, first]


def test_statements_stand_in_order_whatever_the_order_they_came_in(record: Record) -> None:
    for id in ("b.en", "a.en", "Z.en", "ب.ar"):
        document, statements = make_pair(id)
        record.add(document, statements[::-1], CODER)
    places = [(s.doc, s.start) for s in record.statements()]
    assert places == sorted(places)
    assert len(places) == 12


def test_a_failure_in_the_middle_leaves_nothing_of_the_document(record: Record) -> None:
    first, second = make_pair("a.en"), make_pair("b.en")
    record.add(*first, CODER)
    broken = msgspec.structs.replace(second[1][2], issue="\ud800")
    with pytest.raises(RecordError, match="UTF-8 cannot hold"):
        record.add(second[0], [*second[1][:2], broken], CODER)
    assert record.counts() == Counts(1, 3, {"event": 3})
    assert list(record.query("SELECT count(*) FROM sentences")) == [(3,)]
    assert record.add(*second, CODER) == "added"


def test_a_text_with_lone_surrogates_is_refused(record: Record) -> None:
    with pytest.raises(RecordError, match="UTF-8 cannot hold"):
        record.add(make_document("a.en", "Pakistan \ud800 met Syria."), [], CODER)
    assert record.counts().documents == 0


def test_documents_tell_the_edition_by_all_that_was_read() -> None:
    document, _ = make_pair()
    assert edition_key(document) == edition_key(make_pair()[0])
    fields = {"id": "x", "text": "x", "language": "ar", "subject": "x", "edition": "x", "title": "x", "source": "x", "licence": "x"}
    keys = {edition_key(msgspec.structs.replace(document, **{name: value})) for name, value in fields.items()}
    assert len(keys | {edition_key(document)}) == len(fields) + 1


# Anything but surrogates, which are no characters: scripts, emoji, marks of direction, NUL.
words = st.text(st.characters(codec="utf-8"), max_size=30)
actors = st.builds(Actor, words, words, words, st.integers(-1, 10**6), st.integers(-1, 10**6))


@settings(max_examples=40, deadline=None)
@given(st.lists(words, min_size=1, max_size=4), words, words, st.lists(actors, max_size=3), st.floats(0, 1))
def test_every_text_survives(sentences: list[str], issue: str, by: str, several: list[Actor], confidence: float) -> None:
    document = make_document("a.xx", *sentences, title=issue, licence=by)
    plain = make_statement(document, 0, issue=issue, by=by, confidence=confidence)
    statement = msgspec.structs.replace(plain, source=tuple(several), target=tuple(several[::-1]))
    with TemporaryDirectory() as folder, Record.open(Path(folder) / "r.duckdb", create=True) as record:
        record.add(document, [statement], CODER)
        kept: list[Statement] = list(record.statements())
        assert kept == [statement]
        assert list(record.documents()) == [document]
        assert document.text[kept[0].start : kept[0].end] == kept[0].quote
