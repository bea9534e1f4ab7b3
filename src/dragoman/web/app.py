"""The server, put together: each page under its name, its twins under NAME.json and NAME.csv, the API beside them."""

from __future__ import annotations

from collections.abc import Callable, Collection
from http import HTTPStatus
from importlib import resources

from fastapi import FastAPI
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

import dragoman
from dragoman.answers import chart, page
from dragoman.errors import DragomanError
from dragoman.record import Record
from dragoman.web import api, judging, review
from dragoman.web.accounts import Door
from dragoman.web.guard import Guard
from dragoman.web.problem import status_of
from dragoman.web.site import TYPES, Site

_STATIC = {"site.css": "text/css; charset=utf-8", "site.js": "text/javascript; charset=utf-8", "icon.svg": "image/svg+xml"}


def make_app(record: Record, hosts: Collection[str] = (), door: Door | None = None) -> FastAPI:
    """The server of an open record. hosts: by which names it may be called, empty for any. door: who may judge, by default nobody."""
    site = Site(record)
    site.pages = site.pages | {"review": review.queue, "judgements": review.history}
    desk = review.Desk(site, door or Door())
    app = FastAPI(title="Dragoman", version=dragoman.__version__, docs_url=None, redoc_url=None, openapi_url="/api/v1/openapi.json")
    app.add_middleware(Guard, hosts=hosts)
    app.add_route("/review", desk.show, ["GET"])
    app.add_route("/review", desk.judge, ["POST"])
    app.add_route("/signin", desk.show_door, ["GET"])
    app.add_route("/signin", desk.enter, ["POST"])
    app.add_route("/signout", desk.leave, ["POST"])
    for name in site.pages:
        for kind in TYPES:
            path = "/" if (name, kind) == ("home", "html") else f"/{name}" if kind == "html" else f"/{name}.{kind}"
            app.add_route(path, _shows(site, name, kind))
    for file, type in _STATIC.items():
        app.add_route(f"/static/{file}", _serves(site, _read(file), type))
    app.include_router(api.make_router(site))
    app.include_router(judging.make_router(desk))
    api.describe(app)

    def refuse_error(request: Request, error: Exception) -> Response:
        if isinstance(error, DragomanError):
            return site.refuse(request, status_of(error), error.what, error.advice)
        if isinstance(error, HTTPException):
            return site.refuse(request, error.status_code, HTTPStatus(error.status_code).phrase + ".")
        return site.refuse(
            request, HTTPStatus.INTERNAL_SERVER_ERROR, "This is a fault of Dragoman.", "Report it with the address of this page."
        )

    for error in (DragomanError, HTTPException, Exception):
        app.add_exception_handler(error, refuse_error)
    return app


def _shows(site: Site, name: str, kind: str) -> Callable[[Request], Response]:
    return lambda request: site.show(request, name, kind)


def _serves(site: Site, content: bytes, type: str) -> Callable[[Request], Response]:
    return lambda request: site.answer(request, lambda: Response(content, media_type=type))


def _read(file: str) -> bytes:
    """A file of the folder `static`; the style sheet with those of the pieces and of the chart before it."""
    own = (resources.files("dragoman.web") / "static" / file).read_bytes()
    return (page.style() + chart.STYLE + "\n").encode() + own if file == "site.css" else own
