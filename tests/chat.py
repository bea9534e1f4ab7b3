"""A language model on this machine: a real HTTP server that speaks the chat completions API, and misbehaves as it is told to."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Asked = dict[str, Any]
"""The body of a request."""
Fault = Callable[[BaseHTTPRequestHandler], bool]
"""What goes wrong with a request; whether the answer is given all the same."""
Mind = Callable[[dict[str, Any]], str]
"""From what the user's message says (JSON) to the content of an answer."""


def nothing(material: dict[str, Any]) -> str:
    """A model that finds nothing."""
    return json.dumps({"statements": []})


class Chat:
    """The server's address, what it was asked, what it says, and what is to go wrong with the next requests."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.address = f"http://127.0.0.1:{port}/v1"
        self.asked: list[Asked] = []
        self.headers: list[dict[str, str]] = []
        self.faults: list[Fault] = []
        self.mind: Mind = nothing
        self.usage: Any = {"prompt_tokens": 1000, "completion_tokens": 100}
        self.finish = "stop"
        self.at_once = self.most = 0
        self.pause = 0.0
        self.lock = threading.Lock()

    def material(self, number: int = -1) -> dict[str, Any]:
        """What the user's message of a request said."""
        return dict(json.loads(self.asked[number]["messages"][1]["content"]))


@contextmanager
def serve() -> Iterator[Chat]:
    """A model that runs until the block ends."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            with chat.lock:
                chat.asked.append(body)
                chat.headers.append(dict(self.headers))
                chat.at_once += 1
                chat.most = max(chat.most, chat.at_once)
                fault = chat.faults.pop(0) if chat.faults else None
            try:
                time.sleep(chat.pause)
                if self.path != "/v1/chat/completions":
                    send(self, b'{"error": {"message": "no such path"}}', 404)
                elif fault is None or fault(self):
                    send(self, reply(chat, body))
            finally:
                with chat.lock:
                    chat.at_once -= 1

        def log_message(self, format: str, *arguments: Any) -> None:
            pass

    class Server(ThreadingHTTPServer):
        daemon_threads = True
        block_on_close = False  # a request may hang on purpose

        def handle_error(self, request: Any, client_address: Any) -> None:
            """Whoever asked has gone away: not of interest."""

    server = Server(("127.0.0.1", 0), Handler)
    chat = Chat(server.server_port)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield chat
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def reply(chat: Chat, body: Asked) -> bytes:
    """An answer as the API has it."""
    content = chat.mind(json.loads(body["messages"][1]["content"]))
    choice = {"index": 0, "message": {"role": "assistant", "content": content}, "finish_reason": chat.finish}
    found = {"id": "x", "object": "chat.completion", "model": body["model"], "choices": [choice], "usage": chat.usage}
    return json.dumps(found, ensure_ascii=False).encode("utf-8", "surrogatepass")


def send(handler: BaseHTTPRequestHandler, body: bytes, status: int = 200, **headers: str) -> bool:
    """An answer; False, for a fault that has given one."""
    handler.send_response(status)
    handler.send_header("Content-Length", str(len(body)))
    handler.send_header("Content-Type", "application/json")
    for name, value in headers.items():
        handler.send_header(name.replace("_", "-"), value)
    handler.end_headers()
    handler.wfile.write(body)
    return False


def status(number: int, said: str = "said so", **headers: str) -> Fault:
    """An error of the API."""
    return lambda handler: send(handler, json.dumps({"error": {"message": said}}).encode(), number, **headers)


def body(text: bytes, number: int = 200) -> Fault:
    """An answer that is not one."""
    return lambda handler: send(handler, text, number)


def cut(handler: BaseHTTPRequestHandler) -> bool:
    """The connection is closed in the middle of an answer."""
    handler.send_response(200)
    handler.send_header("Content-Length", "5000")
    handler.end_headers()
    handler.wfile.write(b'{"choices": [{"message": {"content": "{\\"statements\\": [')
    handler.close_connection = True
    return False


def cut_chunks(handler: BaseHTTPRequestHandler) -> bool:
    """A stream of chunks that stops before its end."""
    handler.send_response(200)
    handler.send_header("Transfer-Encoding", "chunked")
    handler.end_headers()
    handler.wfile.write(b'1c\r\ndata: {"choices": [{"delta": \r\n')
    handler.close_connection = True
    return False


def hang(seconds: float) -> Fault:
    """No answer for so long."""

    def fault(handler: BaseHTTPRequestHandler) -> bool:
        time.sleep(seconds)
        handler.close_connection = True
        return False

    return fault


def drip(handler: BaseHTTPRequestHandler) -> bool:
    """An answer that comes a byte at a time, and never ends."""
    handler.send_response(200)
    handler.send_header("Content-Length", "100000")
    handler.end_headers()
    for _ in range(100):
        handler.wfile.write(b" ")
        handler.wfile.flush()
        time.sleep(0.05)
    return False


def hang_up(handler: BaseHTTPRequestHandler) -> bool:
    """The connection is closed with nothing said."""
    handler.close_connection = True
    return False


def told(sentence: int, quote: str, type: str = "CONSULT", kind: str = "event", **fields: Any) -> dict[str, Any]:
    """A statement as a model tells it."""
    plain = {
        "sentence": sentence, "quote": quote, "kind": kind, "type": type, "topic": "diplomacy", "source": [], "target": [],
        "issue": "", "date": "", "modality": "asserted", "by": "",
    }  # fmt: skip
    return plain | fields


def actor(name: str, code: str = "", sector: str = "") -> dict[str, str]:
    """An actor as a model tells it."""
    return {"name": name, "code": code, "sector": sector}


def statements(*rows: dict[str, Any]) -> str:
    """The content of an answer."""
    return json.dumps({"statements": list(rows)}, ensure_ascii=False)


def always(*rows: dict[str, Any]) -> Mind:
    """A model that says the same of everything."""
    return lambda material: statements(*rows)


def by_words(rows: Mapping[str, Sequence[dict[str, Any]]]) -> Mind:
    """A model that says `rows` of the sentences that hold certain words."""

    def mind(material: dict[str, Any]) -> str:
        asked = [one for one in material.get("sentences", ()) if "n" in one]
        found = [row | {"sentence": one["n"]} for one in asked for words, some in rows.items() if words in one["text"] for row in some]
        return statements(*found)

    return mind
