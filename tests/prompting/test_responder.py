"""Answers are kept and not asked for twice; limits hold, whatever is on its way; nothing that came back is lost."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import chat as server
from chat import Chat
from dragoman.errors import ModelError, QueryError, RecordError
from dragoman.prompting import Answer, LanguageModel, Limits, Meter, Prices, Prompt, open_model
from dragoman.prompting.answers import Answers
from dragoman.prompting.meter import read_prices


@pytest.fixture
def chat() -> Iterator[Chat]:
    with server.serve() as running:
        running.mind = lambda material: json.dumps({"said": material["n"]})
        yield running


def prompt(number: int, instructions: str = "Say.") -> Prompt:
    return Prompt(instructions, json.dumps({"n": number}), "form", {"type": "object"}, 50)


def connect(chat: Chat, answers: Path | None = None, at_once: int = 1, limits: Limits = Limits()) -> LanguageModel:  # noqa: B008
    return open_model("small", chat.address, answers, limits, Prices(1.0, 2.0), at_once)


@pytest.mark.parametrize("at_once", [1, 4])
def test_each_prompt_is_answered_and_the_same_is_sent_once(chat: Chat, at_once: int) -> None:
    numbers = [3, 1, 2, 3, 4, 1, 5, 6]
    answers = connect(chat, at_once=at_once).ask([prompt(n) for n in numbers])
    assert [json.loads(a.content)["said"] for a in answers] == numbers
    assert len(chat.asked) == 6


def test_no_more_are_on_their_way_than_asked_for(chat: Chat) -> None:
    chat.pause = 0.03
    connect(chat, at_once=3).ask([prompt(n) for n in range(12)])
    assert 1 < chat.most <= 3


def test_kept_answers_cost_nothing_and_are_the_same(chat: Chat, tmp_path: Path) -> None:
    place = tmp_path / "answers.jsonl"
    first = connect(chat, place).ask([prompt(n) for n in range(5)])
    chat.mind = server.nothing
    again = connect(chat, place)
    assert all(again.knows(prompt(n)) for n in range(5))
    assert again.ask([prompt(n) for n in range(5)]) == first
    assert len(chat.asked) == 5
    assert (again.meter.usage.requests, again.meter.usage.kept, again.meter.usage.cost) == (0, 5, 0.0)


def test_what_an_answer_depends_on_is_in_its_key(chat: Chat, tmp_path: Path) -> None:
    place = tmp_path / "answers.jsonl"
    connect(chat, place).ask([prompt(1)])
    assert not connect(chat, place).knows(prompt(1, "Say it otherwise."))
    assert not connect(chat, place).knows(prompt(2))
    with open_model("large", chat.address, place) as other:
        assert not other.knows(prompt(1))


@pytest.mark.parametrize("at_once", [1, 3])
def test_a_failure_loses_nothing_that_came_back(chat: Chat, tmp_path: Path, at_once: int) -> None:
    place = tmp_path / "answers.jsonl"
    chat.faults = [lambda handler: True] * 3 + [server.status(401)]
    with pytest.raises(ModelError, match="401"):
        connect(chat, place, at_once).ask([prompt(n) for n in range(8)])
    came = len(chat.asked) - 1
    assert came >= 3
    assert len(Answers(place)) == came
    before = len(chat.asked)
    connect(chat, place, at_once).ask([prompt(n) for n in range(8)])
    assert len(chat.asked) - before == 8 - came


@pytest.mark.parametrize("at_once", [1, 4])
def test_limits_hold(chat: Chat, tmp_path: Path, at_once: int) -> None:
    place = tmp_path / "answers.jsonl"
    chat.usage = {"prompt_tokens": prompt(1).tokens, "completion_tokens": 50}
    for limits, most in ((Limits(requests=3), 3), (Limits(tokens=350), 6), (Limits(cost=0.00056), 5)):
        place.unlink(missing_ok=True)
        chat.asked.clear()
        model = connect(chat, place, at_once, limits)
        with pytest.raises(ModelError, match="limit"):
            model.ask([prompt(n) for n in range(20)])
        usage = model.meter.usage
        assert 0 < len(chat.asked) == usage.requests == len(Answers(place)) <= most
        assert limits.tokens is None or usage.tokens_in + usage.tokens_out <= limits.tokens
        assert limits.cost is None or (usage.cost or 0) <= limits.cost


@given(
    st.lists(st.tuples(st.integers(0, 300), st.integers(0, 300), st.booleans()), max_size=40),
    st.integers(0, 2000),
    st.integers(0, 20),
)
def test_a_meter_never_passes_its_limits(requests: list[tuple[int, int, bool]], tokens: int, number: int) -> None:
    meter = Meter(Limits(number, tokens))
    flying: list[tuple[int, int]] = []
    for sent, received, settled in requests:
        try:
            reserved = meter.reserve(sent, received)
        except ModelError:
            continue
        if settled:
            meter.settle(reserved, *reserved)
        else:
            flying.append(reserved)
    for reserved in flying:
        meter.settle(reserved, *reserved)
    assert meter.usage.requests <= number
    assert meter.usage.tokens_in + meter.usage.tokens_out <= tokens


def test_a_server_that_counts_more_than_is_estimated_is_believed() -> None:
    meter = Meter(Limits(tokens=1000))
    meter.settle(meter.reserve(100, 50), 300, 50)
    assert meter.reserve(100, 50) == (300, 50)
    with pytest.raises(ModelError, match="1,000 tokens"):
        meter.reserve(100, 50)


def test_a_line_that_was_cut_is_passed_over_and_written_behind(tmp_path: Path) -> None:
    place = tmp_path / "answers.jsonl"
    for number, text in enumerate(("one", "two", "")):
        Answers(place).keep(f"k{number}", "small", Answer(text, 1, 2, True))
    whole = place.read_bytes()
    for size in range(0, len(whole), 3):
        place.write_bytes(whole[:size])
        answers = Answers(place)
        held = {key for key in ("k0", "k1", "k2") if answers.get(key) is not None}
        assert len(held) in (whole[:size].count(b"\n"), whole[:size].count(b"\n") + 1)
        answers.keep("new", "small", Answer("four"))
        again = Answers(place)
        assert again.get("new") == Answer("four")
        assert all(again.get(key) is not None for key in held)


@pytest.mark.parametrize("content", [b"DUCK" * 99, b"Pakistan and Syria met.\n", b"\x00", b'{"id": 1}\n', b"\n"])
def test_a_file_of_something_else_is_left_as_it_is(tmp_path: Path, content: bytes) -> None:
    place = tmp_path / "record.duckdb"
    place.write_bytes(content)
    with pytest.raises(RecordError, match="no file of answers"):
        Answers(place)
    assert place.read_bytes() == content


def test_damaged_lines_are_passed_over(tmp_path: Path) -> None:
    place = tmp_path / "answers.jsonl"
    place.write_bytes(b'{"key":"k","content":"no more"}\n\x00\xff\n[1]\n{"key":7}\n\n')
    answers = Answers(place)
    assert answers.get("k") is None
    answers.keep("k", "small", Answer("more"))
    assert Answers(place).get("k") == Answer("more")


def test_a_file_that_cannot_be_used_is_said(tmp_path: Path) -> None:
    with pytest.raises(RecordError, match="cannot be read"):
        Answers(tmp_path)
    with pytest.raises(RecordError, match="folder does not exist"):
        Answers(tmp_path / "none" / "answers")
    answers = Answers(tmp_path / "answers")
    (tmp_path / "answers").mkdir()
    with pytest.raises(RecordError, match="cannot be written"):
        answers.keep("k", "small", Answer("x"))


@pytest.mark.parametrize("text", ["", "1", "1,2,3", "a,b", "-1,2", "nan,1", "inf,1"])
def test_what_is_no_price_is_said(text: str) -> None:
    with pytest.raises(QueryError, match="prices"):
        read_prices(text)


def test_a_limit_on_cost_needs_prices() -> None:
    assert read_prices("0.15, 0.6").cost(1_000_000, 2_000_000) == pytest.approx(1.35)
    with pytest.raises(QueryError, match="not known"):
        Meter(Limits(cost=1.0))
