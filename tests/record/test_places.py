"""Where rows stand: what is found so is what is found by looking, and it is forgotten when something is written."""

from __future__ import annotations

from pathlib import Path

import pytest
from msgspec.structs import replace

from dragoman.answers import find
from dragoman.errors import QueryError
from dragoman.record import Record, linked, rows
from dragoman.statement import Conflict, Fact
from making import CODER, make_document, make_statement

OLD = make_document("a.en", "Syria met Iraq.", "Syria left Iraq.", edition="2020")
NEW = make_document("a.en", "Syria met Iraq.", "Syria left Iraq at last.", "Iraq wept.", edition="2024")
OTHER = make_document("b.en", "Iraq met Syria again.", "Nobody came.")


@pytest.fixture
def record(tmp_path: Path) -> Record:
    made = Record.open(tmp_path / "r.duckdb", create=True)
    made.add(OLD, [make_statement(OLD, 0, id="met"), make_statement(OLD, 1, id="left")], CODER)
    made.add(NEW, [make_statement(NEW, 0, id="met"), make_statement(NEW, 1, id="gone")], CODER)
    made.add(OTHER, [make_statement(OTHER, 0, id="again")], CODER)
    one = make_statement(NEW, 0)
    fact = Fact("f", ("met", "again"), "event", "CONSULT", "diplomacy", one.source, one.target)
    facts = [fact, replace(fact, id="g", statements=("gone",))]
    linked.replace(made, linked.Parts(facts=facts, conflicts=[Conflict("c", "order", ("met", "gone"), "x")]), "linker")
    return made


def test_what_is_found_by_place_is_what_is_found_by_looking(record: Record) -> None:
    ids = ("met", "left", "gone", "again")
    looked = {id: find.statement(record, id) for id in ids}
    some = list(rows.statements(record, ids))
    facts = {id: linked.facts_of(record, [id]) for id in ids}
    shared = linked.facts_of(record, ids, shared=True)
    conflicts = linked.conflicts_of(record, ids)
    assert [one.id for one in some] == ["met", "gone", "again"], "of the current editions, by document and place"
    assert [one.id for one in shared] == ["f"] and [one.id for one in conflicts] == ["c"]
    record.place()
    assert record.places is not None
    assert {id: find.statement(record, id) for id in ids} == looked
    assert [looked[id].current for id in ids] == [True, False, True, True]
    assert list(rows.statements(record, ids)) == some
    assert {id: linked.facts_of(record, [id]) for id in ids} == facts
    assert linked.facts_of(record, ids, shared=True) == shared and linked.conflicts_of(record, ids) == conflicts
    assert not linked.facts_of(record, ["left"]) and not linked.conflicts_of(record, ["again"])


def test_what_became_of_a_statement(record: Record) -> None:
    said = {id: find.editions(record, find.statement(record, id).statement) for id in ("met", "left", "again")}
    assert [(one.edition, one.told) for one in said["met"]] == [("2024", True), ("2020", True)]
    assert [(one.edition, one.told) for one in said["left"]] == [("2024", False), ("2020", True)]
    assert said["again"] == [], "of a text that has one edition there is nothing to tell"
    record.place()
    assert {id: find.editions(record, find.statement(record, id).statement) for id in said} == said


def test_many_statements_are_those_of_their_ids(record: Record, monkeypatch: pytest.MonkeyPatch) -> None:
    record.place()
    few = list(rows.statements(record, ("met", "gone", "again", "none")))
    monkeypatch.setattr(rows, "_FEW", 0)
    assert list(rows.statements(record, ("met", "gone", "again", "none"))) == few


def test_a_statement_may_come_with_its_paragraph_alone(record: Record) -> None:
    whole = find.statement(record, "gone")
    record.place()
    near = find.statement(record, "gone", whole=False)
    assert near.statement == whole.statement and near.document.text == whole.document.text
    kept = [(s.start, s.end) for s in near.document.sentences]
    assert (whole.statement.start, whole.statement.end) in kept
    assert set(kept) <= {(s.start, s.end) for s in whole.document.sentences}
    with pytest.raises(QueryError):
        find.statement(record, "nothing", whole=False)


def test_what_is_written_is_found(record: Record) -> None:
    record.place()
    changed = replace(OTHER, edition="2025")
    record.add(changed, [make_statement(changed, 0, id="fresh")], CODER)
    assert record.places is None
    assert find.statement(record, "fresh").current and not find.statement(record, "again").current
    record.place()
    assert find.statement(record, "fresh").current and not find.statement(record, "again").current
    linked.replace(record, linked.Parts(), "linker")
    assert linked.facts_of(record, ["met"]) == []


def test_what_is_only_beside_the_statements_changes_no_place(record: Record) -> None:
    record.place()
    record.write([("ATTACH IF NOT EXISTS ':memory:' AS scratch (READ_WRITE)", ())])
    assert record.places is not None
