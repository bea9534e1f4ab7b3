"""The HTTP API, /api/v1: the answers as JSON, for programs. Lists come in parts, each with the cursor of the next."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from typing import Annotated, Any

import msgspec
from fastapi import APIRouter, FastAPI, Query
from fastapi.exceptions import RequestValidationError
from fastapi.openapi.utils import get_openapi
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from dragoman.answers import subjects
from dragoman.answers.ask import Mode, Reply
from dragoman.answers.compare import Comparison
from dragoman.answers.compare import compare as compare_versions
from dragoman.answers.conflicts import Told, tell
from dragoman.answers.facts import Entry
from dragoman.answers.find import statement as find_statement
from dragoman.answers.parties import find_pair, find_parties, find_party
from dragoman.answers.positions import Stand
from dragoman.answers.positions import positions as find_positions
from dragoman.answers.ties import Tie
from dragoman.answers.ties import ties as find_ties
from dragoman.answers.timeline import timeline as find_timeline
from dragoman.errors import QueryError
from dragoman.record import Record, linked
from dragoman.statement import Document, Fact, Judgement, Statement
from dragoman.web.lists import select
from dragoman.web.problem import Problem, problem
from dragoman.web.site import Site
from dragoman.web.texts import read_document
from dragoman.web.view import Asked, MissingError

_MOST, _WORDS = 1000, 300
_PLACE = 'doc, start, "end", kind, type, id'

Limit = Annotated[int, Query(ge=1, le=_MOST, description="At most so many items.")]
Cursor = Annotated[str | None, Query(max_length=1000, description="`next` of the part before.")]
Party = Annotated[str, Query(max_length=_WORDS, description="A state or body: its name in any language, or its code.")]
Words = Annotated[str | None, Query(max_length=_WORDS)]
Date = Annotated[str | None, Query(max_length=60, description="EDTF: 1948, 2014-02, 2014-02-17, 197X, 1973/1977.")]
Several = Annotated[list[str] | None, Query(max_length=40)]
Told_ = Annotated[str | None, Query(alias="told", max_length=60, description="EDTF: only what the editions of that date said.")]


class Shortened(msgspec.Struct, frozen=True):
    """A document without its text and sentences."""

    id: str
    title: str
    language: str
    subject: str
    edition: str
    source: str
    licence: str


def make_router(site: Site) -> APIRouter:
    """The API of a site's record."""
    router, record = APIRouter(prefix="/api/v1"), site.record

    def get(path: str, shape: type | None = None, listed: bool = False, **more: Any) -> Callable[[Callable[..., Response]], Any]:
        return router.get(path, response_class=Response, responses=responses(shape, listed), **more)

    @get("/statements", Statement, True)
    def statements(
        request: Request,
        kind: Words = None,
        type: Words = None,
        topic: Words = None,
        modality: Words = None,
        doc: Annotated[str | None, Query(max_length=_WORDS, description="The id of a document.")] = None,
        language: Words = None,
        actor: Annotated[str | None, Query(max_length=_WORDS, description="A state or body that takes part.")] = None,
        date: Annotated[str | None, Query(pattern="^none$", description="`none`: without a date.")] = None,
        below: Annotated[int, Query(ge=0, le=100, description="Only what is less sure, in percent.")] = 0,
        limit: Limit = 100,
        cursor: Cursor = None,
    ) -> Response:
        """The current statements, by document and place. With `Accept: application/x-ndjson` all of them, one a line, as a stream."""
        where, values = select(Asked(record, "statements", dict(request.query_params)))
        if "application/x-ndjson" in request.headers.get("accept", ""):
            return StreamingResponse(_lines(record.statements(where, values)), media_type="application/x-ndjson")

        def make() -> Response:
            after = _read(site, request, cursor, list) if cursor else None
            later = f" AND ({_PLACE}) > (?, ?, ?, ?, ?, ?)" if after else ""
            found = list(record.statements(where + later, [*values, *(after or [])], limit=limit + 1))
            last = found[limit - 1] if len(found) > limit else None
            place = [last.doc, last.start, last.end, last.kind, last.type, last.id] if last else None
            return _json({"items": found[:limit], "next": _write(site, request, place) if place else None})

        return site.answer(request, make)

    @get("/statements/{id}", Statement)
    def statement(request: Request, id: str) -> Response:
        """One statement, of an older edition too."""

        def make() -> Response:
            try:
                return _json(find_statement(record, id).statement)
            except QueryError as error:
                raise MissingError(error.what, error.where, error.advice) from error

        return site.answer(request, make)

    @get("/facts", Fact, True)
    def facts(
        request: Request,
        statement: Annotated[str | None, Query(max_length=_WORDS, description="Only the fact that holds this statement.")] = None,
        limit: Limit = 100,
        cursor: Cursor = None,
    ) -> Response:
        """What statements say together, with where they differ."""
        where, values = ("list_contains(statements, ?)", [statement]) if statement else ("true", [])
        return part(site, request, lambda: linked.facts(record, where, values), limit, cursor)

    @get("/timeline", Entry, True)
    def timeline(
        request: Request,
        a: Party,
        b: Annotated[str | None, Query(max_length=_WORDS, description="Another.")] = None,
        start: Annotated[str | None, Query(alias="from", max_length=60, description="EDTF")] = None,
        end: Annotated[str | None, Query(alias="to", max_length=60, description="EDTF")] = None,
        type: Several = None,
        topic: Several = None,
        language: Several = None,
        issue: Words = None,
        told: Told_ = None,
        limit: Limit = 100,
        cursor: Cursor = None,
    ) -> Response:
        """What one state, or two with each other, did, kept and held, in the order of time; undated last."""

        def read() -> Sequence[Entry]:
            return find_timeline(record, find_parties(record, a, b), start, end, type, topic, language, issue, told)

        return part(site, request, read, limit, cursor)

    @get("/ties", Tie, True)
    def ties(
        request: Request, a: Party, b: Party, on: Date = None, told: Told_ = None, limit: Limit = 100, cursor: Cursor = None
    ) -> Response:
        """The ties of two states, as they stood on a date."""
        return part(site, request, lambda: find_ties(record, *find_pair(record, a, b), on, told), limit, cursor)

    @get("/positions", Stand, True)
    def positions(
        request: Request,
        state: Annotated[str | None, Query(max_length=_WORDS, description="Whose; without it everybody's.")] = None,
        issue: Words = None,
        on: Date = None,
        about: Annotated[str | None, Query(max_length=_WORDS, description="Only what concerns this state.")] = None,
        told: Told_ = None,
        limit: Limit = 100,
        cursor: Cursor = None,
    ) -> Response:
        """Where states stand, by issue, then actor, then time."""

        def read() -> Sequence[Stand]:
            one, other = (find_party(record, name) if name else None for name in (state, about))
            return find_positions(record, one, issue, on, other, told)

        return part(site, request, read, limit, cursor)

    @get("/compare", Comparison)
    def compare(request: Request, subject: Annotated[str, Query(max_length=_WORDS)], edition: Several = None) -> Response:
        """Versions of one text: conflicts, differences, what several say, what only one says."""
        return site.answer(request, lambda: _json(compare_versions(record, subject, edition or ())))

    @get("/conflicts", Told, True)
    def conflicts(request: Request, subject: Words = None, limit: Limit = 100, cursor: Cursor = None) -> Response:
        """What cannot all be true, with the statements that it rests on."""
        return part(site, request, lambda: _conflicts(record, subject), limit, cursor)

    @get("/ask", Reply)
    def ask(
        request: Request,
        q: Annotated[str, Query(max_length=1000, description="A question, in any language that the record's texts are in.")],
        mode: Annotated[Mode, Query(description="How words are matched; without it in every way.")] = "",
        start: Annotated[str | None, Query(alias="from", max_length=60, description="EDTF")] = None,
        end: Annotated[str | None, Query(alias="to", max_length=60, description="EDTF")] = None,
        type: Several = None,
        language: Several = None,
        limit: Annotated[int, Query(ge=1, le=100)] = 10,
    ) -> Response:
        """Quotes that answer a question, best first; or in `reason` why there is none. More than one a second are refused (429)."""
        return site.answer(request, lambda: _json(site.questions.ask(q, mode, language, start, end, type, limit)))

    @get("/documents", Shortened, True)
    def documents(request: Request, language: Words = None, subject: Words = None, limit: Limit = 100, cursor: Cursor = None) -> Response:
        """The current documents, by id, without their text."""

        def read() -> Iterator[Shortened]:
            chosen = {"language": language, "subject": subject}
            where = " AND ".join(["true", *(f"{name} = ?" for name, value in chosen.items() if value)])
            fields = ", ".join(Shortened.__struct_fields__)
            rows = record.query(f"SELECT {fields} FROM current_documents WHERE {where} ORDER BY id", [v for v in chosen.values() if v])
            return (Shortened(*row) for row in rows)

        return part(site, request, read, limit, cursor)

    @get("/documents/{id:path}", Document)
    def document(request: Request, id: str) -> Response:
        """The current edition of a document: its text, sections and sentences; offsets are code points."""
        return site.answer(request, lambda: _json(read_document(record, id)))

    return router


def _conflicts(record: Record, subject: str | None) -> Iterable[Told]:
    if not subject:
        return tell(record, linked.conflicts(record))
    ids = [one.id for one in subjects.documents(record, subject)]
    own = [row[0] for row in record.query("SELECT id FROM current_statements WHERE list_contains(?, doc)", [ids])]
    return tell(record, linked.conflicts(record, "list_has_any(statements, ?)", [own]))


def _json(value: Any) -> Response:
    return Response(msgspec.json.encode(value), media_type="application/json")


def _lines(found: Iterable[Any]) -> Iterator[bytes]:
    encoder = msgspec.json.Encoder()
    for one in found:
        yield encoder.encode(one) + b"\n"


def part(site: Site, request: Request, read: Callable[[], Iterable[Any]], limit: int, cursor: str | None) -> Response:
    """So many of the rows, from where the cursor says."""

    def make() -> Response:
        skip = _read(site, request, cursor, int) if cursor else 0
        found = list(islice(read(), skip, skip + limit + 1))
        return _json({"items": found[:limit], "next": _write(site, request, skip + limit) if len(found) > limit else None})

    return site.answer(request, make)


def _question(site: Site, request: Request) -> str:
    """Tells one list of one state of the record from another."""
    asked = sorted((key, value) for key, value in request.query_params.multi_items() if key not in ("cursor", "limit"))
    return hashlib.sha256(f"{site.mark} {request.url.path} {asked}".encode("utf-8", "replace")).hexdigest()[:16]


def _write(site: Site, request: Request, place: object) -> str:
    return base64.urlsafe_b64encode(msgspec.json.encode([_question(site, request), place])).decode().rstrip("=")


def _read(site: Site, request: Request, cursor: str, kind: type) -> Any:
    """The place that a cursor holds. Raises QueryError for one that was not given for this question, or before the record changed."""
    try:
        question, place = msgspec.json.decode(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)), type=tuple[str, Any])
    except (ValueError, msgspec.MsgspecError):
        question, place = "", None
    if question != _question(site, request) or not isinstance(place, kind) or (isinstance(place, list) and len(place) != 6):
        raise QueryError("The cursor is not one of this question.", "", "Begin again without a cursor.")
    return place


def responses(shape: type | None, listed: bool) -> dict[int | str, dict[str, Any]]:
    """What a question of the API may be answered with, described for OpenAPI."""
    one: dict[str, Any] = {"$ref": f"#/components/schemas/{shape.__name__}"} if shape else {}
    items = {"type": "array", "items": one}
    part = {"type": "object", "required": ["items", "next"], "properties": {"items": items, "next": {"type": ["string", "null"]}}}
    wrong = {"content": {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}}
    responses: dict[int | str, dict[str, Any]] = {
        200: {"description": "The answer.", "content": {"application/json": {"schema": part if listed else one}}},
        304: {"description": "Unchanged (If-None-Match)."},
        400: wrong | {"description": "The question cannot be answered."},
        404: wrong | {"description": "It is not there."},
        429: wrong | {"description": "Too many questions."},
        422: wrong | {"description": "A parameter is missing or is not what it must be."},
    }
    if shape in (Statement, Judgement) and listed:
        responses[200]["content"]["application/x-ndjson"] = {"schema": one}
    return responses


def describe(app: FastAPI) -> None:
    """Put the shapes of the answers into the OpenAPI document, and say what is wrong with parameters as problem+json."""
    from dragoman.web.judging import Said, Visitor

    shapes = (Reply, Judgement, Said, Visitor, Statement, Fact, Entry, Tie, Stand, Comparison, Told, Shortened, Document, Problem)

    def openapi() -> dict[str, Any]:
        if app.openapi_schema is None:
            schema = get_openapi(title=app.title, version=app.version, description=__doc__, routes=app.routes)
            _, components = msgspec.json.schema_components(shapes, ref_template="#/components/schemas/{name}")
            schema.setdefault("components", {})["schemas"] = components
            app.openapi_schema = schema
        return app.openapi_schema

    def refuse(request: Request, error: Exception) -> Response:
        assert isinstance(error, RequestValidationError)
        said = "; ".join(f"{'.'.join(map(str, one['loc'][1:]))}: {one['msg']}" for one in error.errors())
        return problem(422, said or "The question is not well formed.")

    app.openapi = openapi  # type: ignore[method-assign]
    app.add_exception_handler(RequestValidationError, refuse)
