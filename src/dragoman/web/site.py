"""A record as a site: pages filled, answers that the asker has already told so, and what goes wrong in the shape that was asked for."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable
from http import HTTPStatus

import msgspec
from starlette.requests import Request
from starlette.responses import Response

from dragoman.answers import page
from dragoman.answers.facts import alone
from dragoman.errors import QueryError
from dragoman.record import Record
from dragoman.web import atlas, lists, network, relations, statistics, texts
from dragoman.web.asking import Questions, ask
from dragoman.web.problem import problem
from dragoman.web.view import Asked, View, write_csv

PAGES: dict[str, Callable[[Asked], View]] = {
    "home": lists.home,
    "state": relations.state,
    "dyad": relations.dyad,
    "ties": relations.ties_of,
    "issue": relations.issue,
    "issues": lists.issues,
    "statement": texts.statement,
    "statements": lists.statements,
    "document": texts.document,
    "documents": lists.documents,
    "compare": texts.compare,
    "conflicts": lists.conflicts,
    "map": atlas.world,
    "network": network.network,
    "statistics": statistics.statistics,
    "method": lists.method,
}
MENU = ("home", "ask", "review", "statements", "documents", "issues", "conflicts", "map", "network", "statistics", "method")
TYPES = {"html": "text/html; charset=utf-8", "json": "application/json", "csv": "text/csv; charset=utf-8"}


class Site:
    """A record as pages. mark: changes whenever what they show may have changed; a server that starts anew may be of another make."""

    def __init__(self, record: Record) -> None:
        self.record = record
        record.place()
        self.environment = page.environment("dragoman.web")
        self.mark = str(time.time_ns())
        self.questions = Questions(record)
        self.pages = PAGES | {"ask": lambda asked: ask(asked, self.questions)}

    def tag(self, request: Request) -> str:
        """The entity tag of the answer to a question."""
        asked = f"{self.mark} {request.url.path}?{request.url.query} {request.headers.get('accept', '')}"
        return f'"{hashlib.sha256(asked.encode("utf-8", "replace")).hexdigest()[:32]}"'

    def answer(self, request: Request, make: Callable[[], Response]) -> Response:
        """What `make` gives, or that the asker has it already."""
        tag = self.tag(request)
        headers = {"ETag": tag, "Cache-Control": "no-cache"}
        known = [one.strip().removeprefix("W/") for one in request.headers.get("if-none-match", "").split(",")]
        response = Response(status_code=HTTPStatus.NOT_MODIFIED) if tag in known or "*" in known else make()
        response.headers.update(headers)
        return response

    def show(self, request: Request, name: str, kind: str) -> Response:
        """A page, or one of its twins. Raises QueryError."""

        def make() -> Response:
            asked = Asked(self.record, name, dict(request.query_params), kind)
            view = self.pages[name](asked)
            return Response(self.render(asked, view, kind), media_type=TYPES[kind])

        return self.answer(request, make)

    def render(self, asked: Asked, view: View, kind: str) -> bytes:
        """The page in one of its three shapes."""
        if kind == "json":
            return msgspec.json.encode(view.data)
        if kind == "csv":
            return write_csv(view.rows())
        return self.fill(asked, view.template, view.title, view.names, True)

    def fill(self, asked: Asked, template: str, title: str, names: dict[str, object], twins: bool = False) -> bytes:
        """A template with what every page has, and `names`."""
        common = page.pieces(asked.ui, asked.words, (), asked.address)
        common |= {
            "asked": asked,
            "title": title,
            "menu": MENU,
            "record_name": self.record.path.name,
            "shapes": twins,
            "interfaces": {language: page.interface(language, "dragoman.web")["name"] for language in page.languages()},
            "as_entry": alone,
        }
        return self.environment.get_template(template).render(common | names).encode("utf-8", "replace")

    def refuse(self, request: Request, status: int, what: str, advice: str = "") -> Response:
        """What went wrong, as a page or as problem+json."""
        path = request.url.path
        if path.startswith("/api/") or path.endswith((".json", ".csv")):
            return problem(status, what, advice)
        try:
            asked = Asked(self.record, "home", {"ui": request.query_params.get("ui", "en")})
        except QueryError:
            asked = Asked(self.record, "home", {})
        names = {"status": status, "what": what, "advice": advice}
        return Response(self.fill(asked, "error.html", asked.words["error"], names), status, media_type=TYPES["html"])
