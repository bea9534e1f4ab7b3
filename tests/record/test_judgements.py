"""Judgements are rows that stay; what holds depends on the rows alone; where words change they are asked again."""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.errors import QueryError
from dragoman.record import Record, edition_key, judgements
from dragoman.record.correction import read_correction, write_slot
from dragoman.record.judgements import append, living, make, order, read, read_lines, verify, write_lines
from dragoman.record.settling import resettle, sentence_of, settle
from dragoman.statement import Correction, Document, Judgement, Reading, Statement, Verdict
from making import CODER, make_document, make_pair

Judge = Callable[..., Judgement]


@pytest.fixture
def record(tmp_path: Path) -> Record:
    opened = Record.open(tmp_path / "r.duckdb", create=True)
    document, statements = make_pair()
    opened.add(document, statements, CODER)
    return opened


def reading(document: Document, statement: Statement) -> Reading:
    return Reading(statement, sentence_of(document, statement), edition_key(document))


def judge(record: Record, verdict: Verdict, *places: int, doc: str = "a.en", by: str = "Ada", **slots: str) -> Judgement:
    """Judge statements by their places in a document."""
    document = next(record.documents("id = ?", [doc]))
    chosen = [list(record.statements("doc = ?", [doc], values="machine"))[place] for place in places]
    correction = read_correction(slots, chosen[0]) if slots else None
    one = make(record, verdict, by, "because", [reading(document, s) for s in chosen], correction)
    record.write([*append(record, [one]), *settle(record, [one], {doc})])
    return one


def undo(record: Record, undone: Judgement) -> Judgement:
    one = make(record, "undo", "Ada", undoes=undone.id)
    record.write([*append(record, [one]), *settle(record, [one], {r.statement.doc for r in undone.readings} or None)])
    return one


def asked_again(record: Record) -> list[tuple[str, str]]:
    return list(record.query("SELECT judgement, reason FROM asked_again ORDER BY ALL"))


def test_the_record_shows_the_judged_value_and_keeps_the_machines(record: Record) -> None:
    machine = list(record.statements())
    first, second = judge(record, "accept", 0), judge(record, "correct", 1, date="1975", source="Pakistan MIL; NATO", type="agree")
    judge(record, "reject", 2)
    accepted, corrected = record.statements()
    assert list(record.statements(values="machine")) == machine
    assert list(record.query("SELECT count(*) FROM current_statements")) == [(3,)]
    assert (accepted.confidence, accepted.evidence[-1].rule) == (1.0, "accepted by Ada")
    assert msgspec.structs.replace(accepted, confidence=machine[0].confidence, evidence=machine[0].evidence) == machine[0]
    assert (corrected.date, corrected.type, corrected.kind, corrected.quote) == ("1975", "AGREE", "event", machine[1].quote)
    assert [(a.code, a.sector, a.name) for a in corrected.source] == [("PAK", "MIL", machine[1].source[0].name), ("", "", "NATO")]
    assert {"corrected by Ada"} == {e.rule for e in corrected.evidence if e.field in ("date", "source", "type", "judgement")}
    assert list(read(record))[:2] == [first, second]
    assert record.counts().statements == {"event": 2}


def test_who_takes_part_is_judged_too(record: Record) -> None:
    judge(record, "correct", 0, source="IRN")
    judge(record, "reject", 1)
    assert [s.source[0].code for s in record.about([["IRN"]])] == ["IRN"]
    assert [s.id for s in record.about([["PAK"], ["SYR"]])] == [list(record.statements(values="machine"))[2].id]
    assert [s.id for s in record.statements(*record.of_actor(["IRN"]))] == [s.id for s in record.about([["IRN"]])]
    assert len(list(record.statements(*record.of_actor(["PAK"])))) == 1
    (key, coder), *_ = record.query("SELECT key, coder FROM current")
    assert len(list(record.about([["SYR"]], editions=[(key, coder)]))) == 2
    assert list(record.about([["PAK"]], "date = ?", ["1900"])) == []


def test_what_is_undone_no_longer_holds_and_can_be_redone(record: Record) -> None:
    machine = list(record.statements())
    judge(record, "accept", 0)
    second = judge(record, "reject", 0)
    assert len(list(record.statements())) == 2
    third = undo(record, second)
    assert next(record.statements()).evidence[-1].rule == "accepted by Ada", "the one before holds again"
    undo(record, third)
    assert len(list(record.statements())) == 2
    assert len(list(read(record))) == 4, "nothing is taken away"
    assert list(record.statements(values="machine")) == machine


def test_pairs(record: Record) -> None:
    same, never = judge(record, "same", 0, 1), judge(record, "never-same", 0, 2)
    rows = list(record.query("SELECT judgement, verdict FROM judged_pairs ORDER BY verdict DESC"))
    assert rows == [(same.id, "same"), (never.id, "never-same")]
    judge(record, "never-same", 1, 0)
    assert [row[0] for row in record.query("SELECT verdict FROM judged_pairs")] == ["never-same", "never-same"], "the later holds"


def test_a_judgement_is_asked_again_when_its_words_change(record: Record) -> None:
    one = judge(record, "accept", 0)
    other = judge(record, "correct", 1, date="1975")
    pair = judge(record, "same", 0, 2)
    old = next(record.documents())
    changed, statements = make_pair(word="left")
    record.add(changed, statements, CODER)
    resettle(record)
    assert asked_again(record) == sorted((j.id, "words") for j in (one, other, pair, pair))
    assert list(record.statements()) == statements, "nothing of what was judged is said of the new words"
    assert not list(record.query("SELECT * FROM judged_pairs"))
    record.add(old, list(record.statements("document = ?", [edition_key(old)], history=True, values="machine")), CODER)
    resettle(record)
    assert asked_again(record) == [] and [s.date for s in record.statements()][1] == "1975", "the old words are back"


def test_a_judgement_follows_its_words_where_only_others_change(record: Record) -> None:
    judge(record, "correct", 1, source="PAK MIL")
    old, statements = next(record.documents()), list(record.statements(values="machine"))
    words = [old.text[s.start : s.end] for s in old.sentences]
    longer = make_document("a.en", "Something else was said before.", *words)
    by = len("Something else was said before.") + 1
    moved = [
        msgspec.structs.replace(
            s, id=f"new-{s.id}", start=s.start + by, end=s.end + by,
            source=tuple(msgspec.structs.replace(a, start=a.start + by, end=a.end + by) for a in s.source),
        )
        for s in statements
    ]  # fmt: skip
    record.add(longer, moved, CODER)
    resettle(record)
    found = list(record.statements())[1]
    assert asked_again(record) == [] and found.id == moved[1].id and found.source[0].sector == "MIL"
    actor = found.source[0]
    assert longer.text[found.start : found.end] == found.quote and longer.text[actor.start : actor.end] == actor.name


@pytest.mark.parametrize("change", ["It is not true that {}", "{} and left"])
def test_a_sentence_that_grew_is_asked_again_though_the_quote_stands(record: Record, change: str) -> None:
    old, statements = next(record.documents()), list(record.statements())
    quote = statements[0].quote.rstrip(".")
    inner = msgspec.structs.replace(statements[0], quote=quote, end=statements[0].start + len(quote))
    record.add(old, [inner], "test-2")
    one = judge(record, "accept", 0)
    grown = make_document("a.en", change.format(quote))
    at = grown.text.index(quote)
    record.add(grown, [msgspec.structs.replace(inner, id="other", start=at, end=at + len(quote))], "test-2")
    resettle(record)
    assert asked_again(record) == [(one.id, "words")]


def test_another_coder_does_not_unsay_what_a_person_said(record: Record) -> None:
    document, statements = next(record.documents()), list(record.statements())
    kept, rejected = judge(record, "correct", 0, type="AGREE"), judge(record, "reject", 1)
    again = judge(record, "accept", 2)
    recoded = [
        msgspec.structs.replace(statements[0], id="n0", type="AGREE", date="1900"),  # as the person had it, but for the date
        msgspec.structs.replace(statements[1], id="n1", date="1901"),  # no longer what was rejected
    ]
    record.add(document, recoded, "test-2")
    resettle(record)
    assert [(s.id, s.date) for s in record.statements()] == [("n0", statements[0].date), ("n1", "1901")]
    assert asked_again(record) == sorted([(rejected.id, "reading"), (again.id, "reading")])
    assert kept.id in {row[0] for row in record.query("SELECT judgement FROM judged")}


def test_the_chain_tells_of_every_change(record: Record) -> None:
    judged = [judge(record, "accept", 0), judge(record, "reject", 1), judge(record, "correct", 2, issue="peace")]
    undo(record, judged[0])
    assert list(verify(record)) == []
    record.close()
    for number, sql in enumerate(
        (
            "UPDATE judgements SET why = 'otherwise' WHERE seq = 2",
            "DELETE FROM judgements WHERE seq = 2",
            "DELETE FROM judgements WHERE seq = 1",
            "UPDATE judgements SET seq = 5 - seq",
            """UPDATE judgements SET slots = '{"issue":"war"}' WHERE seq = 3""",
        )
    ):
        place = shutil.copy(record.path, record.path.with_name(f"{number}.duckdb"))
        with Record.open(place) as altered:
            altered.write([(sql, ())])
            assert list(verify(altered)), sql


def test_a_clock_that_goes_back_changes_no_order(record: Record, monkeypatch: pytest.MonkeyPatch) -> None:
    first = judge(record, "accept", 0)
    later = msgspec.structs.replace(first, at="2999-01-01T00:00:00.000000+00:00", id="")
    later = msgspec.structs.replace(later, id=judgements.identify(later))
    record.write(append(record, [later]))
    last = judge(record, "reject", 0)
    assert last.at > later.at and len(list(record.statements())) == 2


@pytest.fixture(scope="module")
def three(tmp_path_factory: pytest.TempPathFactory) -> list[Record]:
    """Records of one text."""
    folder = tmp_path_factory.mktemp("three")
    records = [Record.open(folder / f"{name}.duckdb", create=True) for name in "abc"]
    for one in records:
        one.add(*make_pair(), CODER)
    return records


def empty(*records: Record) -> None:
    for one in records:
        one.write((f"DELETE FROM {name}", ()) for name in ("judgements", "judged", "judged_pairs", "asked_again"))


def put(record: Record, new: list[Judgement]) -> None:
    record.write([*append(record, new), *settle(record, new)])


@settings(max_examples=8)
@given(st.data())
def test_what_holds_depends_on_the_rows_alone(three: list[Record], data: st.DataObject) -> None:
    """Any judgements and undoing, made in one record, carried into others in parts and in any order that keeps what is undone before."""
    record, copy, parts = three
    empty(*three)
    made: list[Judgement] = []
    for _ in range(data.draw(st.integers(1, 6))):
        kind: Verdict = data.draw(st.sampled_from(["accept", "correct", "reject", "same", "never-same"] + ["undo"] * (2 if made else 0)))
        if kind == "undo":
            made.append(undo(record, data.draw(st.sampled_from(made))))
        elif kind in ("same", "never-same"):
            made.append(judge(record, kind, *data.draw(st.sampled_from([(0, 1), (1, 0), (2, 0)]))))
        else:
            slots = {"issue": data.draw(st.sampled_from(["peace", "war"]))} if kind == "correct" else {}
            made.append(judge(record, kind, data.draw(st.integers(0, 2)), **slots))
    lines = list(write_lines(read(record)))
    assert [msgspec.json.decode(line, type=Judgement) for line in lines] == made
    assert living(random.sample(made, len(made))) == living(made)
    shown, pairs = list(record.statements()), sorted(record.query("FROM judged_pairs"))
    put(copy, read_lines(copy, lines, "file"))
    assert list(write_lines(read(copy))) == lines and list(verify(copy)) == list(verify(record)) == []
    assert (list(copy.statements()), sorted(copy.query("FROM judged_pairs"))) == (shown, pairs)
    assert read_lines(copy, lines, "file") == [], "a second time there is nothing new"
    cut = data.draw(st.integers(0, len(lines)))
    put(parts, read_lines(parts, lines[:cut], "file"))
    put(parts, sorted(read_lines(parts, lines, "file"), key=order))
    assert (list(parts.statements()), sorted(parts.query("FROM judged_pairs"))) == (shown, pairs)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda line: line[:20], "no judgement"),
        (lambda line: line.replace(b"because", b"perhaps"), "changed since"),
        (lambda line: b'{"id":"x"}', "no judgement"),
        (lambda line: b"\xff\xfe", "no judgement"),
    ],
)
def test_a_line_that_is_no_judgement_is_named(record: Record, change: Callable[[bytes], bytes], said: str) -> None:
    judge(record, "accept", 0)
    (line,) = write_lines(read(record))
    with Record.open(record.path.with_name("b.duckdb"), create=True) as other, pytest.raises(QueryError, match=said) as caught:
        read_lines(other, [b"\n", change(line)], "mine.jsonl")
    assert caught.value.where == "mine.jsonl:2"


def test_what_undoes_needs_what_it_undoes(record: Record) -> None:
    one = judge(record, "accept", 0)
    undo(record, one)
    lines = list(write_lines(read(record)))
    with Record.open(record.path.with_name("b.duckdb"), create=True) as other:
        with pytest.raises(QueryError, match="neither in the record"):
            read_lines(other, lines[1:], "x")
        assert len(read_lines(other, lines, "x")) == 2


@pytest.mark.parametrize(
    "slot", ["type=DANCE", "date=soon", "topic=gossip", "modality=sure", "colour=red", "date_from=guess", "issue=a\x00b"]
)
def test_no_slot_takes_what_it_cannot_hold(slot: str) -> None:
    name, _, value = slot.partition("=")
    with pytest.raises(QueryError):
        read_correction({name: value}, make_pair()[1][0])


def test_what_is_typed_as_it_is_shown_corrects_nothing() -> None:
    one = make_pair()[1][0]
    with pytest.raises(QueryError, match="Nothing is corrected"):
        read_correction({slot: write_slot(one, slot) for slot in ("type", "source", "target", "topic", "date", "modality", "by")}, one)
    assert read_correction({"date": "1975"}, one) == Correction(date="1975", date_from="context")


@pytest.mark.parametrize("name", ["", "  ", "a\nb\x00", "x" * 300])
def test_who_judges_has_a_name(record: Record, name: str) -> None:
    with pytest.raises(QueryError, match="no name"):
        make(record, "accept", name)


def test_a_record_of_before_gets_the_tables(record: Record) -> None:
    for kind, name in (
        ("VIEW", "judged_statements"),
        ("TABLE", "judged"),
        ("TABLE", "judgements"),
        ("TABLE", "judged_pairs"),
        ("TABLE", "asked_again"),
    ):
        record._connection.execute(f"DROP {kind} {name}")
    record._connection.execute("UPDATE meta SET value = '3' WHERE name = 'format'")
    path, expected = record.path, list(record.statements(values="machine"))
    record.close()
    with Record.open(path, read_only=True) as old:
        assert list(old.statements()) == expected and list(read(old)) == [] and list(verify(old)) == []
    with Record.open(path) as new:
        judge(new, "reject", 0)
        assert list(new.statements()) == expected[1:]
        assert list(new.query("SELECT value FROM meta WHERE name = 'format'")) == [("4",)]
