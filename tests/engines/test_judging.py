"""What a person says is shown at once, as far as the links that there are can tell; and linking then comes to the same."""

from __future__ import annotations

from pathlib import Path

import pytest
from msgspec.structs import replace

from dragoman.engines.judging import add, judge
from dragoman.engines.linking import link_record
from dragoman.errors import QueryError, RecordError
from dragoman.record import Record, judgements, linked
from dragoman.statement import Actor, Statement
from making import CODER, make_document, make_statement, start_python


def fill(record: Record) -> dict[str, Statement]:
    """Two versions of one text, and a third that says something else."""
    english = make_document(
        "visit.en", "Pakistan opened an embassy in Syria in 1975.", "Pakistan and Syria signed a treaty in 1986.", subject="visit"
    )
    arabic = make_document("visit.ar", "افتتحت باكستان سفارة في سوريا عام 1975.", language="ar", subject="visit")
    other = make_document("other.en", "A treaty of friendship was made by Pakistan and Syria.")
    made = {
        "opened": make_statement(english, 0, id="opened", kind="tie", type="MISSION", date="1975", date_from="sentence"),
        "signed": make_statement(english, 1, id="signed", type="AGREE", date="1986", date_from="sentence"),
        "arabic": make_statement(arabic, 0, id="arabic", kind="tie", type="MISSION", date="1975", date_from="sentence"),
        "made": make_statement(other, 0, id="made", type="AGREE", date="", topic="diplomacy"),
    }
    for document in (english, arabic, other):
        record.add(document, [one for one in made.values() if one.doc == document.id], CODER)
    return made


@pytest.fixture(scope="module")
def linked_record(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("judging") / "r.duckdb"
    with Record.open(place, create=True) as record:
        fill(record)
        assert link_record(record)
    return place


@pytest.fixture
def record(linked_record: Path, tmp_path: Path) -> Record:
    place = tmp_path / "r.duckdb"
    place.write_bytes(linked_record.read_bytes())
    return Record.open(place)


def told(record: Record) -> set[tuple[str, ...]]:
    return {fact.statements for fact in linked.facts(record)}


def test_same_and_never_same(record: Record) -> None:
    assert told(record) == {("arabic", "opened")}
    judge(record, "signed", "same", "Ada", other="made")
    assert told(record) == {("arabic", "opened"), ("made", "signed")}
    joined = next(fact for fact in linked.facts(record) if fact.statements == ("made", "signed"))
    assert joined.date == "1986", "what one leaves open the other says"
    last = judge(record, "arabic", "never-same", "Ada", other="opened")
    assert told(record) == {("made", "signed")}
    by_hand = list(linked.facts(record))
    assert link_record(record), "what was judged is linked anew"
    assert list(linked.facts(record)) == by_hand
    assert not link_record(record)
    judge(record, last.id, "undo", "Bo")
    assert told(record) == {("made", "signed")}, "the link was not made, so that only linking can bring it back"
    assert link_record(record)
    assert told(record) == {("arabic", "opened"), ("made", "signed")}


def test_what_is_rejected_or_corrected_leaves_its_fact(record: Record) -> None:
    first = judge(record, "arab", "reject", "Ada", "a guess")
    assert told(record) == set()
    judge(record, "arabic", "undo", "Ada")
    assert told(record) == {("arabic", "opened")}
    judge(record, "arabic", "correct", "Ada", given={"source": "IRN"})
    assert told(record) == set(), "other people, another fact"
    judge(record, "arabic", "correct", "Ada", given={"date": "1975-03"})
    (fact,) = linked.facts(record)
    assert (fact.statements, fact.date) == (("arabic", "opened"), "1975-03")
    assert first.why == "a guess" and list(judgements.verify(record)) == []


def test_a_conflict_of_what_is_rejected_is_none(record: Record) -> None:
    from dragoman.statement import Conflict

    parts = linked.Parts(conflicts=[Conflict("c", "date-conflict", ("arabic", "opened"), "Two dates.")], facts=list(linked.facts(record)))
    linked.replace(record, parts, "linker")
    one = judge(record, "opened", "correct", "Ada", given={"date": "1976"})
    assert list(linked.conflicts(record)) == []
    judge(record, one.id, "undo", "Ada")
    assert len(list(linked.conflicts(record))) == 1


def test_a_corrected_body_is_found_by_its_name(record: Record) -> None:
    judge(record, "signed", "correct", "Ada", given={"target": "SYR; Arab League IGO"})
    found = next(record.statements("id = 'signed'"))
    assert found.target[1] == Actor("", "IGO", "Arab League")
    assert [s.id for s in record.about([["arab league"]])] == ["signed"]


@pytest.mark.parametrize(
    ("id", "verdict", "more", "said"),
    [
        ("nobody", "accept", {}, "No statement"),
        ("signed", "praise", {}, "praise"),
        ("signed", "correct", {}, "Nothing is corrected"),
        ("signed", "accept", {"given": {"date": "1975"}}, "Only a correction"),
        ("signed", "same", {}, "two statements"),
        ("signed", "same", {"other": "signed"}, "one statement"),
        ("signed", "accept", {"other": "made"}, "of one"),
        ("signed", "undo", {}, "Nobody has judged"),
        ("", "undo", {}, "begin with"),
        ("", "accept", {}, "begin with"),
        ("signed", "accept", {"by": ""}, "no name"),
        ("signed", "accept", {"why": "x" * 5000}, "reason"),
    ],
)
def test_what_cannot_be_said_leaves_the_record_as_it_was(record: Record, id: str, verdict: str, more: dict[str, str], said: str) -> None:
    with pytest.raises(QueryError, match=said):
        judge(record, id, verdict, **({"by": "Ada"} | more))  # type: ignore[arg-type]
    assert record.count("judgements") == 0 and not record.is_judged()


def test_a_record_that_is_only_read_is_not_judged(linked_record: Path) -> None:
    with Record.open(linked_record, read_only=True) as record, pytest.raises(RecordError, match="reading only"):
        judge(record, "signed", "accept", "Ada")


def test_what_stands_in_an_older_edition_is_not_judged(record: Record) -> None:
    old = next(record.documents("id = 'other.en'"))
    record.add(replace(old, edition="2"), [], CODER)
    with pytest.raises(QueryError, match="older edition"):
        judge(record, "made", "accept", "Ada")


def test_what_another_record_says_is_shown_like_ones_own(record: Record, linked_record: Path, tmp_path: Path) -> None:
    judge(record, "signed", "same", "Ada", other="made")
    judge(record, "arabic", "reject", "Ada")
    place = tmp_path / "other.duckdb"
    place.write_bytes(linked_record.read_bytes())
    with Record.open(place) as other:
        new = judgements.read_lines(other, judgements.write_lines(judgements.read(record)), "file")
        add(other, new)
        assert list(linked.facts(other)) == list(linked.facts(record))
        assert list(other.statements()) == list(record.statements())


JUDGING = """
import sys
from dragoman.engines.judging import judge
from dragoman.record import Record
with Record.open(sys.argv[1]) as record:
    for number in range(1000):
        print(judge(record, ("signed", "opened")[number % 2], ("reject", "accept")[number // 2 % 2], "Ada").id, flush=True)
"""


def test_nothing_that_was_acknowledged_is_lost_when_the_process_is_killed(record: Record) -> None:
    path = record.path
    record.close()
    process = start_python(JUDGING, str(path))
    assert process.stdout
    told = [process.stdout.readline().strip() for _ in range(4)]
    process.kill()
    told += process.stdout.read().split()
    process.wait()
    for read_only in (True, False):
        with Record.open(path, read_only=read_only) as after:
            assert [one.id for one in judgements.read(after)][: len(told)] == told
            assert list(judgements.verify(after)) == []
            assert len(list(after.statements())) >= 2
