"""A build by a language model: what it cost stays paid, stopped or not, and the record is the same however it came about."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

import chat as server
import dragoman
from chat import Chat, actor, by_words, told
from dragoman.coding import RULES, DocumentCoder
from dragoman.coding.second import BothCoder, ModelCoder
from dragoman.engines import Summary
from dragoman.engines import build as run
from dragoman.engines.outgoing import estimate, outgoing
from dragoman.errors import ModelError, RecordError
from dragoman.exporting import export
from dragoman.prompting import Limits, Prices, open_model
from dragoman.prompting.answers import Answers
from dragoman.record import Record
from making import start_python

SENTENCES = ("Pakistan and Syria signed a treaty in 1973.", "Iran thanked Iraq in 2009.", "The mood in Ankara was sour when Iran called.")
SAID = {
    "signed": [
        told(1, "Pakistan and Syria signed a treaty", "AGREE", source=[actor("Pakistan", "PAK"), actor("Syria", "SYR")], date="1973")
    ],
    "thanked": [
        told(1, "Iran thanked Iraq", "SUPPORT", source=[actor("Iran", "IRN")], target=[actor("Iraq", "IRQ")]),
        told(1, "France thanked Iraq", "SUPPORT", source=[actor("France", "FRA")], target=[actor("Iraq", "IRQ")]),
    ],
    "sour": [told(1, "Iran called", source=[actor("Iran", "IRN")], target=[actor("Ankara", "TUR")])],
}

BUILD = """
import sys
from dragoman.coding.second import ModelCoder
from dragoman.engines import build
from dragoman.prompting import open_model
model = open_model("small", sys.argv[2], sys.argv[1] + ".answers")
build(sys.argv[3:], sys.argv[1], link=False, coder=ModelCoder(model))
"""


@pytest.fixture
def chat() -> Iterator[Chat]:
    with server.serve() as running:
        running.mind = by_words(SAID)
        yield running


@pytest.fixture
def texts(tmp_path: Path) -> Path:
    folder = tmp_path / "texts"
    folder.mkdir()
    for number in range(4):
        parts = [f"# Part {n} of {number}\n\n{SENTENCES[(number + n) % 3]}" for n in range(3)]
        (folder / f"text{number}.en.txt").write_text("\n\n".join(parts) + "\n", "utf-8")
    return folder


def reader(chat: Chat, record: Path, limits: Limits = Limits(), at_once: int = 1) -> ModelCoder:  # noqa: B008 - immutable
    model = open_model("small", chat.address, record.with_name(record.name + ".answers"), limits, Prices(1, 1), at_once)
    return ModelCoder(model)


def build(texts: list[Path], record: Path, coder: DocumentCoder = RULES) -> Summary:
    """Without linking, which is of no interest here and takes its time."""
    return run(texts, record, link=False, coder=coder)


def exported(record: Path) -> bytes:
    place = record.with_suffix(".jsonl")
    with Record.open(record, read_only=True) as opened:
        export(opened, place)
    return place.read_bytes()


def test_what_the_model_says_and_the_text_bears_out_is_in_the_record(chat: Chat, texts: Path, tmp_path: Path) -> None:
    coder = reader(chat, tmp_path / "r.duckdb")
    summary = build([texts], tmp_path / "r.duckdb", coder=coder)
    assert (summary.added, summary.failed, len(chat.asked)) == (4, (), 12)
    with dragoman.open(tmp_path / "r.duckdb") as record:
        statements = list(record.statements())
        assert {e.rule for s in statements for e in s.evidence if e.field == "type"} == {"model:small"}
        assert {s.quote for s in statements} == {"Pakistan and Syria signed a treaty", "Iran thanked Iraq", "Iran called"}
        assert len(record.timeline("PAK", "SYR")) == 4
        for one in record.documents():
            assert all(one.text[s.start : s.end] == s.quote for s in statements if s.doc == one.id)
    assert coder.told.refused == {"quote not in the sentence": 4}
    assert coder.told.kept == len(statements) == 12


@pytest.mark.parametrize("at_once", [1, 4])
def test_built_again_it_costs_nothing_and_is_the_same(chat: Chat, texts: Path, tmp_path: Path, at_once: int) -> None:
    first = tmp_path / "a.duckdb"
    build([texts], first, coder=reader(chat, first, at_once=at_once))
    chat.mind = server.nothing  # another mood: what was said once stays said
    assert build([texts], first, coder=reader(chat, first)).unchanged == 4
    answers = first.with_name("a.duckdb.answers")
    answers.rename(tmp_path / "b.duckdb.answers")
    again = reader(chat, tmp_path / "b.duckdb")
    build([texts], tmp_path / "b.duckdb", coder=again)
    assert exported(tmp_path / "b.duckdb") == exported(first)
    assert len(chat.asked) == 12


def test_at_a_limit_it_stops_and_goes_on_from_there(chat: Chat, texts: Path, tmp_path: Path) -> None:
    record = tmp_path / "r.duckdb"
    summary = build([texts], record, coder=reader(chat, record, Limits(requests=7)))
    assert summary.added == 2
    (failure,) = summary.failed
    assert "2 documents are not coded yet: The limit of 7 requests is reached." in failure
    assert len(chat.asked) == 7
    assert build([texts], record, coder=reader(chat, record)).added == 2
    assert len(chat.asked) == 12
    other = tmp_path / "other.duckdb"
    build([texts], other, coder=reader(chat, other))
    assert exported(record) == exported(other)


def test_where_nothing_can_be_asked_no_record_is_left_but_the_answers_are(chat: Chat, texts: Path, tmp_path: Path) -> None:
    record = tmp_path / "r.duckdb"
    chat.faults = [lambda handler: True, server.status(403, "out of credit")]
    with pytest.raises(ModelError, match=r"4 documents are not coded yet: .*out of credit"):
        build([texts], record, coder=reader(chat, record))
    assert not record.exists()
    build([texts], record, coder=reader(chat, record))
    assert len(chat.asked) == 13


def test_where_answers_cannot_be_kept_no_more_is_paid_for(chat: Chat, texts: Path, tmp_path: Path) -> None:
    record = tmp_path / "r.duckdb"
    coder = reader(chat, record)
    record.with_name("r.duckdb.answers").mkdir()  # after it was looked for
    with pytest.raises(RecordError, match=r"4 documents are not coded yet: The file of answers cannot be written"):
        build([texts], record, coder=coder)
    assert len(chat.asked) == 1


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGINT])
def test_stopped_in_the_middle_it_has_lost_at_most_what_was_on_its_way(
    chat: Chat, texts: Path, tmp_path: Path, how: signal.Signals
) -> None:
    record = tmp_path / "r.duckdb"
    running = start_python(BUILD, str(record), chat.address, str(texts))

    def stop(handler: object) -> bool:
        os.kill(running.pid, how)
        return True

    with chat.lock:
        chat.faults = [lambda handler: True] * 8 + [stop]
    running.communicate()
    assert running.returncode != 0
    assert len(chat.asked) == 9
    kept = len(Answers(record.with_name("r.duckdb.answers")))
    assert kept >= 8
    summary = build([texts], record, coder=reader(chat, record))
    assert (summary.documents, summary.failed) == (4, ())
    assert len(chat.asked) == 9 + 12 - kept
    other = tmp_path / "other.duckdb"
    build([texts], other, coder=reader(chat, other))
    assert exported(record) == exported(other)


def test_coders_may_take_turns_on_one_record_and_all_codings_stay(chat: Chat, texts: Path, tmp_path: Path) -> None:
    record = tmp_path / "r.duckdb"
    build([texts], record)
    rules = exported(record)
    assert build([texts], record, coder=reader(chat, record)).recoded == 4
    assert exported(record) != rules
    model = open_model("small", chat.address, tmp_path / "r.duckdb.answers")
    assert build([texts], record, coder=BothCoder(model)).recoded == 4
    assert build([texts], record).recoded == 4
    assert exported(record) == rules
    with Record.open(record, read_only=True) as opened:
        assert len(list(opened.query("SELECT DISTINCT coder FROM statements"))) == 3


def test_what_would_go_out_is_told_before_and_nothing_is_sent(chat: Chat, texts: Path, tmp_path: Path) -> None:
    record = tmp_path / "r.duckdb"
    coder = reader(chat, record)
    model = open_model("small", chat.address, record.with_name("r.duckdb.answers"))
    going = list(outgoing([texts], record, coder))
    found = estimate(going, model, Prices(1, 2))
    assert chat.asked == []
    assert not record.exists()
    assert (found.documents, found.requests, found.kept) == (4, 12, 0)
    build([texts], record, coder=coder)
    sent = [asked["messages"][1]["content"] for asked in chat.asked]
    assert [prompt.text for _, prompts in going for prompt in prompts] == sent
    assert found.tokens_in == sum(prompt.tokens for _, prompts in going for prompt in prompts)
    assert found.cost == pytest.approx((found.tokens_in + 2 * found.tokens_out) / 1e6)
    assert list(outgoing([texts], record, coder)) == []
    again = open_model("small", chat.address, record.with_name("r.duckdb.answers"))
    assert estimate(going, again).kept == 12
