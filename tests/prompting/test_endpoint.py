"""Against a real server that misbehaves: what may pass is tried again, what will not is said, and the key is in nothing that is said."""

from __future__ import annotations

import json
import logging
import time
from collections.abc import Iterator

import pytest

import chat as server
from chat import Chat
from dragoman.errors import DragomanError, ModelError, QueryError
from dragoman.prompting import Answer, Limits, Meter, Prompt, read_object
from dragoman.prompting.endpoint import KEY, Endpoint

FORM = {"type": "object", "properties": {"statements": {"type": "array"}}, "required": ["statements"]}
PROMPT = Prompt("Say what is said.", '{"sentences": []}', "statements", FORM, 500)
SECRET = "sk-very-secret-4711"


@pytest.fixture
def chat() -> Iterator[Chat]:
    with server.serve() as running:
        yield running


class Told:
    """Keeps what a user is told, and how long was waited."""

    def __init__(self) -> None:
        self.said: list[str] = []
        self.waits: list[float] = []


def connect(chat: Chat, told: Told, timeout: float = 5.0, key: str = "", meter: Meter | None = None, host: str = "127.0.0.1") -> Endpoint:
    address = f"http://{host}:{chat.port}/v1"
    return Endpoint(address, "small", meter, key=key, timeout=timeout, wait=told.waits.append, progress=told.said.append)


def test_it_asks_as_the_interface_wants(chat: Chat) -> None:
    endpoint = connect(chat, Told(), key=SECRET)
    answer = endpoint.ask(PROMPT)
    assert answer == Answer('{"statements": []}', 1000, 100, True)
    (asked,), (headers,) = chat.asked, chat.headers
    assert asked["model"] == "small"
    assert (asked["temperature"], asked["max_tokens"]) == (0, 500)
    assert [m["role"] for m in asked["messages"]] == ["system", "user"]
    assert asked["messages"][0]["content"] == "Say what is said."
    assert asked["response_format"]["json_schema"] == {"name": "statements", "strict": True, "schema": FORM}
    assert headers["Authorization"] == f"Bearer {SECRET}"


def test_the_key_comes_from_the_environment_and_none_is_sent_without(chat: Chat, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(KEY, raising=False)
    Endpoint(chat.address, "small").ask(PROMPT)
    monkeypatch.setenv(KEY, f" {SECRET}\n")
    Endpoint(chat.address, "small").ask(PROMPT)
    assert "Authorization" not in chat.headers[0]
    assert chat.headers[1]["Authorization"] == f"Bearer {SECRET}"


@pytest.mark.parametrize(
    "fault",
    [
        server.status(429), server.status(500), server.status(502), server.status(503), server.status(408),
        server.cut, server.cut_chunks, server.hang_up, server.body(b""), server.body(b"<h1>Welcome</h1>"), server.body(b"[]"),
        server.body(b'{"choices": []}'), server.body(b'{"choices": [{"message": null}]}'), server.body(b'{"error": {"message": "no"}}'),
        server.body(b"\xff\xfe"), server.body(b"null"),
    ],
)  # fmt: skip
def test_what_may_pass_is_tried_again(chat: Chat, fault: server.Fault) -> None:
    told = Told()
    chat.faults = [fault, fault]
    assert connect(chat, told).ask(PROMPT).content == '{"statements": []}'
    assert len(chat.asked) == 3
    assert told.waits == [1.0, 2.0]
    assert all("Trying again" in said for said in told.said)


@pytest.mark.parametrize("fault", [server.hang(1.0), server.drip])
def test_a_server_that_does_not_come_to_an_end_is_left(chat: Chat, fault: server.Fault) -> None:
    told = Told()
    chat.faults = [fault]
    started = time.monotonic()
    assert connect(chat, told, timeout=0.3).ask(PROMPT).whole
    assert time.monotonic() - started < 30
    assert len(told.waits) == 1


def test_it_waits_as_long_as_the_server_asks_but_not_for_ever(chat: Chat) -> None:
    told = Told()
    chat.faults = [server.status(429, Retry_After="7"), server.status(429, Retry_After="86400"), server.status(429, Retry_After="nonsense")]
    connect(chat, told).ask(PROMPT)
    assert told.waits == [7.0, 60.0, 60.0]


def test_after_six_times_it_says_so(chat: Chat) -> None:
    told, meter = Told(), Meter()
    chat.faults = [server.status(500)] * 9
    with pytest.raises(ModelError, match=r"status 500.*tried 6 times"):
        connect(chat, told, meter=meter).ask(PROMPT)
    assert told.waits == [1.0, 2.0, 4.0, 8.0, 16.0]
    assert meter.usage.requests == len(chat.asked) == 6


def test_no_server_at_all_is_said() -> None:
    told = Told()
    endpoint = Endpoint("http://127.0.0.1:9/v1", "small", wait=told.waits.append)
    with pytest.raises(ModelError, match="cannot be reached"):
        endpoint.ask(PROMPT)


@pytest.mark.parametrize(("number", "advice"), [(401, KEY), (403, KEY), (404, "--endpoint"), (301, "--endpoint"), (400, "--model")])
def test_what_is_refused_is_said_at_once(chat: Chat, number: int, advice: str) -> None:
    chat.faults = [server.status(number, "not like this")] * 4
    with pytest.raises(ModelError, match="not like this") as caught:
        connect(chat, Told()).ask(PROMPT)
    assert advice in caught.value.advice
    assert len(chat.asked) == (3 if number == 400 else 1)


def test_a_redirect_takes_neither_text_nor_key_to_another_server(chat: Chat) -> None:
    with server.serve() as other:
        chat.faults = [server.status(307, "go there", Location=f"{other.address}/chat/completions")]
        with pytest.raises(ModelError, match="status 307"):
            connect(chat, Told(), key=SECRET).ask(PROMPT)
        assert not other.asked


def test_the_key_is_in_nothing_that_is_said(chat: Chat, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    told = Told()
    for fault in (server.status(401, f"Incorrect API key provided: {SECRET}."), server.body(f"<p>{SECRET}</p>".encode(), 403)):
        chat.faults = [server.status(500, SECRET), fault]
        endpoint = connect(chat, told, key=SECRET)
        with pytest.raises(ModelError) as caught:
            endpoint.ask(PROMPT)
        assert SECRET not in f"{caught.value} {caught.value.args} {vars(caught.value)}"
        assert "***" in str(caught.value)
    assert SECRET not in "".join(told.said)
    assert SECRET not in caplog.text


@pytest.mark.parametrize("key", ["sk-two words", "sk-two\nlines", "schlüssel"])
def test_a_key_that_no_header_can_hold_is_refused_unseen(key: str) -> None:
    with pytest.raises(QueryError, match="characters") as caught:
        Endpoint("http://127.0.0.1:9/v1", "small", key=key)
    assert key not in str(caught.value)


def test_it_asks_more_simply_when_the_server_knows_no_schema(chat: Chat) -> None:
    chat.faults = [server.status(400, "response_format json_schema is not supported"), server.status(422, "response_format: unknown")]
    endpoint = connect(chat, Told())
    endpoint.ask(PROMPT)
    endpoint.ask(PROMPT)
    forms = [asked.get("response_format", {}).get("type", "none") for asked in chat.asked]
    assert forms == ["json_schema", "json_object", "none", "none"]
    assert '"statements"' not in chat.asked[0]["messages"][0]["content"]
    assert '"statements"' in chat.asked[1]["messages"][0]["content"]


def test_it_leaves_out_what_a_newer_server_does_not_take(chat: Chat) -> None:
    chat.faults = [
        server.status(400, "Unsupported parameter: 'max_tokens'. Use 'max_completion_tokens' instead."),
        server.status(400, "Unsupported value: 'temperature' does not support 0 with this model."),
    ]
    connect(chat, Told()).ask(PROMPT)
    last = chat.asked[-1]
    assert last["max_completion_tokens"] == 500
    assert not {"max_tokens", "temperature", "seed"} & last.keys()
    assert last["response_format"]["type"] == "json_schema"


def test_a_prompt_that_is_too_long_has_no_whole_answer(chat: Chat) -> None:
    chat.faults = [server.status(400, "This model's maximum context length is 4096 tokens.")]
    assert connect(chat, Told()).ask(PROMPT) == Answer("", whole=False)
    chat.finish = "length"
    assert not connect(chat, Told()).ask(PROMPT).whole


@pytest.mark.parametrize("usage", [None, {}, "many", {"prompt_tokens": -5, "completion_tokens": "9"}, {"prompt_tokens": 1 << 80}])
def test_tokens_that_are_not_told_are_estimated(chat: Chat, usage: object) -> None:
    chat.usage = usage
    answer = connect(chat, Told()).ask(PROMPT)
    assert answer.tokens_in == PROMPT.tokens
    assert 0 < answer.tokens_out < 50


def test_a_user_is_told_once_that_text_leaves_the_machine(chat: Chat) -> None:
    told = Told()
    endpoint = connect(chat, told, host="0.0.0.0")  # reaches this machine, by an address that is not said to be it
    assert told.said == []
    endpoint.ask(PROMPT)
    endpoint.ask(PROMPT)
    (said,) = told.said
    assert "leaves this machine" in said
    assert f"http://0.0.0.0:{chat.port}" in said


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost"])
def test_what_stays_on_the_machine_needs_no_word_and_no_proxy(chat: Chat, host: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    told = Told()
    connect(chat, told, host=host).ask(PROMPT)
    assert told.said == []


@pytest.mark.parametrize(
    "address", ["", "nonsense", "ftp://x/v1", "http://", "http://[::1", "http://me:secret@127.0.0.1/v1", "file:///etc/passwd"]
)
def test_what_is_no_address_is_said(address: str) -> None:
    with pytest.raises(DragomanError) as caught:
        Endpoint(address, "small")
    assert "secret" not in str(caught.value)


def test_the_address_may_name_the_path_or_not(chat: Chat) -> None:
    for address in (chat.address, f"{chat.address}/", f"{chat.address}/chat/completions"):
        assert Endpoint(address, "small").ask(PROMPT).whole


def test_no_more_is_read_of_an_answer_than_it_can_have(chat: Chat) -> None:
    told = Told()
    chat.faults = [server.body(b" " * (5 * 1024 * 1024))]
    connect(chat, told).ask(PROMPT)
    assert "does not end" in told.said[0]


def test_an_answer_in_parts_is_put_together(chat: Chat) -> None:
    parts = [{"type": "text", "text": '{"statements"'}, {"type": "text", "text": ": []}"}, 7]
    chat.faults = [server.body(json.dumps({"choices": [{"message": {"content": parts}}]}).encode())]
    assert read_object(connect(chat, Told()).ask(PROMPT)) == {"statements": []}


def test_what_a_server_may_have_worked_for_counts_against_the_limits(chat: Chat) -> None:
    """A connection that is cut after the prompt went out has cost, whatever came back."""
    meter = Meter(Limits(tokens=2000))
    chat.faults = [server.cut] * 9
    with pytest.raises(ModelError, match="limit of 2,000 tokens"):
        connect(chat, Told(), meter=meter).ask(PROMPT)
    assert meter.usage.tokens_out == 500 * len(chat.asked) <= 2000


@pytest.mark.parametrize(
    ("content", "found"),
    [
        ('{"a": 1}', {"a": 1}),
        ('```json\n{"a": 1}\n```', {"a": 1}),
        ('<think>{"a": 2} or so</think>Here you are: {"a": 1}. Anything else?', {"a": 1}),
        ('{"a": [1, 2', None),
        ('{"a": 1} {"a": 2}', None),
        ("[1]", None), ("", None), ("{", None), ("}{", None), ("\ud800{\ud800}", None), ("{" * 5000 + "}" * 5000, None),
    ],
)  # fmt: skip
def test_an_object_is_read_whole_or_not_at_all(content: str, found: object) -> None:
    assert read_object(Answer(content)) == found
    assert read_object(Answer(content, whole=False)) is None
