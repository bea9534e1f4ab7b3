"""Judgements over the HTTP API: all of them, and for who has a session, new ones."""

from __future__ import annotations

from typing import Any

import msgspec
from fastapi import APIRouter
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from dragoman.errors import QueryError
from dragoman.record.judgements import read, write_lines
from dragoman.statement import Judgement, Verdict
from dragoman.web.accounts import TOKEN_HEADER, keep
from dragoman.web.api import Cursor, Limit, part, responses
from dragoman.web.review import Desk, read_body

_BODY = {"required": True, "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Said"}}}}


class Said(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A judgement to be made. id: of a statement, or to undo of a judgement; it may be shortened. other: for same and never-same.

    slots: for a correction, as they are typed: "PAK GOV; SYR" for actors.
    """

    id: str
    verdict: Verdict
    why: str = ""
    slots: dict[str, str] = {}
    other: str = ""


class Visitor(msgspec.Struct, frozen=True):
    """Who asks. name: "" for nobody. csrf: what the header X-CSRF-Token must carry. writes: whether the server takes judgements at all."""

    name: str
    csrf: str
    writes: bool


def make_router(desk: Desk) -> APIRouter:
    """The part of the API about judgements."""
    router, site = APIRouter(prefix="/api/v1"), desk.site

    @router.get("/judgements", response_class=Response, responses=responses(Judgement, True))
    def judgements(request: Request, limit: Limit = 100, cursor: Cursor = None) -> Response:
        """What persons have said of the record, in the order it was added. With `Accept: application/x-ndjson` all of it, as a stream."""
        if "application/x-ndjson" in request.headers.get("accept", ""):
            return StreamingResponse(write_lines(read(site.record)), media_type="application/x-ndjson")
        return part(site, request, lambda: read(site.record), limit, cursor)

    made = {"description": "Written.", "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Judgement"}}}}
    refused: dict[int | str, dict[str, Any]] = {
        **{status: one for status, one in responses(None, False).items() if status in (400, 404, 422)},
        403: {**responses(None, False)[404], "description": "Nobody has a session, or the token is not the session's."},
    }

    @router.post(
        "/judgements", response_class=Response, status_code=201, responses={201: made, **refused}, openapi_extra={"requestBody": _BODY}
    )
    async def judge(request: Request) -> Response:
        """Judge. Needs the cookie of a session and its token in the header X-CSRF-Token (see /session)."""
        body = await read_body(request)
        session = desk.door.need(request, request.headers.get(TOKEN_HEADER, ""))
        try:
            said = msgspec.json.decode(body, type=Said)
        except (msgspec.MsgspecError, UnicodeDecodeError) as error:
            raise QueryError(f"This is no judgement: {error}.", "", "/api/v1/openapi.json describes it as Said.") from error
        one = await run_in_threadpool(desk.write, session.name, said.id, said.verdict, said.why, said.slots, said.other)
        return Response(msgspec.json.encode(one), 201, media_type="application/json")

    @router.get("/session", response_class=Response, responses=responses(Visitor, False))
    def session(request: Request) -> Response:
        """Who asks, and what their judgements must carry."""
        found, key = desk.door.find(request)
        visitor = Visitor(found.name if found else "", found.csrf if found else "", desk.door.way != "closed")
        response = Response(msgspec.json.encode(visitor), headers={"Cache-Control": "no-store"}, media_type="application/json")
        return keep(response, request, key) if key else response

    return router
