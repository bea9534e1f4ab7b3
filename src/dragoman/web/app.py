"""The server, put together: each page under its name, its twins under NAME.json and NAME.csv, the API beside them."""

from __future__ import annotations

import threading
from collections.abc import AsyncIterator, Callable, Collection
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from http import HTTPStatus
from importlib import resources
from typing import Any

from anyio.to_thread import current_default_thread_limiter
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

_AT_ONCE = 8
"""Questions that are answered at the same time; others wait. More would only wait for each other."""


def _running(record: Record, longest: float) -> Callable[[FastAPI], AbstractAsyncContextManager[None]]:
    """While the server runs, queries of the record that take longer than so many seconds are stopped."""

    @asynccontextmanager
    async def run(app: FastAPI) -> AsyncIterator[None]:
        current_default_thread_limiter().total_tokens = _AT_ONCE
        over = threading.Event()

        def watch() -> None:
            while not over.wait(min(1.0, longest)):
                record.stop(longest)

        threading.Thread(target=watch, daemon=True).start()
        yield
        over.set()

    return run


def make_app(record: Record, hosts: Collection[str] = (), door: Door | None = None, longest: float = 20.0) -> FastAPI:
    """The server of an open record.

    hosts: by which names it may be called, empty for any. door: who may judge, by default nobody. longest: seconds that one query may take.
    """
    site = Site(record)
    site.pages = site.pages | {"review": review.queue, "judgements": review.history}
    desk = review.Desk(site, door or Door())
    places: dict[str, Any] = {"openapi_url": "/api/v1/openapi.json", "docs_url": None, "redoc_url": None}
    app = FastAPI(title="Dragoman", version=dragoman.__version__, lifespan=_running(record, longest), **places)
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
    for weight, font in fonts().items():
        app.add_route(f"/static/arabic-{weight}.ttf", _serves(site, font, "font/ttf"))
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


def fonts() -> dict[int, bytes]:
    """The letters of Arabic, IBM Plex Sans Arabic (OFL-1.1), by weight. A browser asks for them when a page has Arabic in it."""
    files = resources.files("fontpkg_ibm_plex_sans_arabic") / "files"
    return {weight: (files / f"IBMPlexSansArabic-{name}.ttf").read_bytes() for weight, name in ((400, "Regular"), (600, "SemiBold"))}


def _read(file: str) -> bytes:
    """A file of the folder `static`; the style sheet with those of the pieces and of the chart before it."""
    own = (resources.files("dragoman.web") / "static" / file).read_bytes()
    return (page.style() + chart.STYLE + "\n").encode() + own if file == "site.css" else own
