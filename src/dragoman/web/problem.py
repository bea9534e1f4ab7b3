"""What went wrong, for programs: problem+json (RFC 9457)."""

from __future__ import annotations

from http import HTTPStatus

import msgspec
from starlette.responses import Response

from dragoman.errors import DragomanError, EncodingError, RecordError
from dragoman.web.view import MissingError, RefusedError, TooManyError

_STATUS: dict[type[DragomanError], int] = {
    MissingError: HTTPStatus.NOT_FOUND,
    RefusedError: HTTPStatus.FORBIDDEN,
    TooManyError: HTTPStatus.TOO_MANY_REQUESTS,
    RecordError: HTTPStatus.SERVICE_UNAVAILABLE,
    EncodingError: HTTPStatus.SERVICE_UNAVAILABLE,
}


class Problem(msgspec.Struct, frozen=True):
    """type: always "about:blank", so that `title` is the name of the status. detail: what was wrong. advice: what to do."""

    type: str
    title: str
    status: int
    detail: str
    advice: str = ""


def status_of(error: DragomanError) -> int:
    """404: not there. 403: not allowed. 429: too many questions. 503: a record that cannot be used. 400: what cannot be answered."""
    for kind, status in _STATUS.items():
        if isinstance(error, kind):
            return status
    return HTTPStatus.BAD_REQUEST


def problem(status: int, detail: str, advice: str = "") -> Response:
    """The answer that says so."""
    said = Problem("about:blank", HTTPStatus(status).phrase, int(status), detail, advice)
    return Response(msgspec.json.encode(said), status, media_type="application/problem+json")
