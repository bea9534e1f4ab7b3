"""A small wiki on this machine: a real HTTP server that answers as MediaWiki's API does, and fails as it is told to."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

Revisions = list[tuple[int, str, str]]
"""Number, time and text, the newest first."""

PAGES: dict[str, dict[str, Revisions]] = {
    "en": {
        "Syria–Iraq relations": [
            (90003, "2025-03-04T05:06:07Z", "'''Syria''' and [[Iraq]] reopened their embassies in 2006.\n\n[[Category:Relations]]"),
            (90002, "2021-02-01T00:00:00Z", "Syria and Iraq closed the border in 1982.\n[[Category:Relations]]"),
            (90001, "2019-05-01T10:00:00Z", "Syria and Iraq are neighbours."),
        ],
        "Syria–Jordan relations": [(70001, "2024-01-01T00:00:00Z", "Syria and Jordan signed a treaty in 1975.")],
        "Hidden": [(60001, "2024-01-01T00:00:00Z", "")],
    },
    "ar": {"العلاقات السورية العراقية": [(50001, "2023-01-02T03:04:05Z", "زار الرئيس السوري العراق عام 1979.")]},
    "fr": {"Relations entre l'Irak et la Syrie": [(40001, "2023-01-02T03:04:05Z", "La Syrie et l'Irak.")]},
}
LINKS = {"Syria–Iraq relations": {"ar": "العلاقات السورية العراقية", "fr": "Relations entre l'Irak et la Syrie"}}
REDIRECTS = {"Iraq-Syria relations": "Syria–Iraq relations"}

Fault = Callable[[BaseHTTPRequestHandler], bool]
"""What goes wrong with a request; whether the answer is given all the same."""


class Wiki:
    """The server's address, what it was asked, and what is to go wrong with the next requests."""

    def __init__(self, port: int) -> None:
        self.api = f"http://127.0.0.1:{port}/{{language}}/w/api.php"
        self.asked: list[dict[str, str]] = []
        self.agents: list[str] = []
        self.faults: list[Fault] = []


@contextmanager
def serve() -> Iterator[Wiki]:
    """A wiki that runs until the block ends."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            address = urlsplit(self.path)
            asked = {key: values[0] for key, values in parse_qs(address.query, keep_blank_values=True).items()}
            wiki.asked.append(asked)
            wiki.agents.append(self.headers["User-Agent"])
            if wiki.faults and not wiki.faults.pop(0)(self):
                return
            language = address.path.split("/")[1]
            if language not in PAGES:
                send(self, b"no such wiki", status=404)
            else:
                send(self, json.dumps(answer(language, asked)).encode())

        def log_message(self, format: str, *arguments: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    wiki = Wiki(server.server_port)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield wiki
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def send(handler: BaseHTTPRequestHandler, body: bytes, status: int = 200, **headers: str) -> bool:
    """An answer; False, for a fault that has given one."""
    handler.send_response(status)
    handler.send_header("Content-Length", str(len(body)))
    for name, value in headers.items():
        handler.send_header(name.replace("_", "-"), value)
    handler.end_headers()
    handler.wfile.write(body)
    return False


def cut(handler: BaseHTTPRequestHandler) -> bool:
    """The connection is closed in the middle of an answer."""
    handler.send_response(200)
    handler.send_header("Content-Length", "1000")
    handler.end_headers()
    handler.wfile.write(b'{"query": {"pa')
    handler.close_connection = True
    return False


def status(number: int, retry: str = "0") -> Fault:
    return lambda handler: send(handler, b"<h1>Error</h1>", number, Retry_After=retry)


def error(code: str, info: str = "said so", retry: str = "0") -> Fault:
    body = json.dumps({"error": {"code": code, "info": info}}).encode()
    return lambda handler: send(handler, body, Retry_After=retry)


def text(body: bytes) -> Fault:
    return lambda handler: send(handler, body)


def answer(language: str, asked: dict[str, str]) -> dict[str, Any]:
    """What MediaWiki gives for a query (formatversion 2)."""
    assert (asked["action"], asked["format"], asked["formatversion"], asked["maxlag"]) == ("query", "json", "2", "5")
    pages = PAGES[language]
    if asked.get("meta") == "siteinfo":
        rights = {"url": "https://creativecommons.org/licenses/by-sa/4.0/", "text": "CC BY-SA 4.0"}
        return {"query": {"general": {"server": "//wiki.example", "script": "/w/index.php", "lang": language}, "rightsinfo": rights}}
    if asked.get("list") == "search":
        words = asked["srsearch"].casefold().split()
        return {"query": {"search": [{"title": title} for title in pages if any(word in title.casefold() for word in words)]}}
    if asked.get("list") == "categorymembers":
        titles = [title for title in pages if title.startswith("Syria")] if asked["cmtitle"] == "Category:Relations" else []
        start = int(asked.get("cmcontinue", "0"))
        more = {"continue": {"cmcontinue": str(start + 1), "continue": "-||"}} if start + 1 < len(titles) else {}
        return {"query": {"categorymembers": [{"title": title, "ns": 0} for title in titles[start : start + 1]]}} | more
    if "revids" in asked:
        for title, revisions in pages.items():
            for number, time, _ in revisions:
                if str(number) == asked["revids"]:
                    return {"query": {"pages": [{"title": title, "revisions": [{"revid": number, "timestamp": time}]}]}}
        return {"query": {"badrevids": {asked["revids"]: {"missing": True}}}}
    title = REDIRECTS.get(asked["titles"], asked["titles"]) if "redirects" in asked else asked["titles"]
    if "<" in title:
        return {"query": {"pages": [{"title": title, "invalid": True, "invalidreason": "it contains <."}]}}
    if title not in pages:
        return {"query": {"pages": [{"title": title, "missing": True}]}}
    page: dict[str, Any] = {"pageid": 1, "ns": 0, "title": title}
    if asked["prop"] == "langlinks":
        page["langlinks"] = [{"lang": lang, "title": name} for lang, name in LINKS.get(title, {}).items()]
    else:
        revisions = [r for r in pages[title] if r[1] <= asked.get("rvstart", "9")]
        if revisions:
            number, time, content = revisions[0]
            slot = {"contentmodel": "wikitext", "content": content} if content else {"texthidden": True}
            page["revisions"] = [{"revid": number, "timestamp": time, "slots": {"main": slot}}]
    return {"query": {"pages": [page]}}
