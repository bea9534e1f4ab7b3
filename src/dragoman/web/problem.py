"""What went wrong, for programs: problem+json (RFC 9457)."""

from __future__ import annotations

from http import HTTPStatus

import msgspec
from starlette.responses import Response

from dragoman.errors import DragomanError, QueryError
from dragoman.web.view import MissingError


class Problem(msgspec.Struct, frozen=True):
    """type: always "about:blank", so that `title` is the name of the status. detail: what was wrong. advice: what to do."""

    type: str
    title: str
    status: int
    detail: str
    advice: str = ""


def status_of(error: DragomanError) -> int:
    """404 for what is not there, 400 for a question that cannot be answered, 503 for a record that cannot be read."""
    if isinstance(error, MissingError):
        return HTTPStatus.NOT_FOUND
    return HTTPStatus.BAD_REQUEST if isinstance(error, QueryError) else HTTPStatus.SERVICE_UNAVAILABLE


def problem(status: int, detail: str, advice: str = "") -> Response:
    """The answer that says so."""
    said = Problem("about:blank", HTTPStatus(status).phrase, int(status), detail, advice)
    return Response(msgspec.json.encode(said), status, media_type="application/problem+json")
