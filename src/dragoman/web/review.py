"""Review: what nobody has judged, the doubtful first; one statement with its source pinned beside its fields; and what is said of it."""

from __future__ import annotations

import threading
import time
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any
from urllib.parse import parse_qsl

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from dragoman.answers import judged
from dragoman.answers.find import Found
from dragoman.answers.find import statement as find_statement
from dragoman.engines.judging import judge
from dragoman.errors import DragomanError, QueryError
from dragoman.record import linked
from dragoman.record.correction import SLOTS, write_slot
from dragoman.statement import MODALITIES, TOPICS, TYPES, Judgement
from dragoman.web.accounts import Door, Session, keep
from dragoman.web.lists import select
from dragoman.web.problem import status_of
from dragoman.web.site import TYPES as SHAPES
from dragoman.web.site import Site
from dragoman.web.texts import place
from dragoman.web.view import Asked, MissingError, RefusedError, View, tell

LONGEST_BODY = 65_536
"""Bytes of a form, or of a judgement that a program sends."""

KEPT = ("kind", "type", "topic", "modality", "doc", "language", "actor", "date", "below")
"""What the queue is narrowed by; it goes along from one statement to the next."""

_CHOICES = {
    "type": [type for types in TYPES.values() for type in types],
    "topic": TOPICS,
    "modality": MODALITIES,
    "date_from": ("", "sentence", "context"),
}


def queue(asked: Asked) -> View:
    """What nobody has judged: what is asked again, then what conflicts, then the least sure."""
    record = asked.record
    where, values = select(asked)
    total = judged.count_waiting(record, where, values)
    part = asked.part(total, lambda limit, skip: judged.waiting(record, where, values, limit, skip))
    again = judged.asked_again(record)
    done = record.count("judgements")
    rows = judged.waiting(record, where, values, total) if asked.kind == "csv" else part.rows
    details = {"part": part, "again": again, "done": done, "types": _CHOICES["type"], "kept": kept(asked)}
    data = {"total": total, "page": part.number, "pages": part.pages, "waiting": part.rows, "asked_again": again}
    return View("review.html", asked.words["review"], details, data, lambda: [tell(one.statement, why=one.why) for one in rows])


def history(asked: Asked) -> View:
    """Every judgement, the last first."""
    every = judged.every(asked.record)[::-1]
    part = asked.cut(every)
    return View("judgements.html", asked.words["judgements"], {"part": part}, every, lambda: map(_tell, every))


def _tell(past: judged.Past) -> dict[str, Any]:
    one = past.judgement
    of = [reading.statement for reading in one.readings]
    row: dict[str, Any] = {name: getattr(one, name) for name in ("at", "by", "verdict", "why", "id", "undoes")}
    row |= {"undone": past.undone, "slots": "; ".join(f"{slot}={value}" for slot, value in past.slots.items())}
    return row | {"statements": "; ".join(s.id for s in of), "quotes": " / ".join(s.quote for s in of)}


def kept(asked: Asked) -> dict[str, str]:
    """By what the queue is narrowed."""
    return {name: value for name in KEPT if (value := asked.get(name))}


def form(asked: Asked, found: Found) -> View:
    """One statement: its words in their place, its fields to be set, who else says it, what was said of it."""
    record, one = asked.record, found.statement
    where, values = select(asked)
    before, after = judged.beside(record, one.id, where, values)
    fact = next(linked.facts(record, "list_contains(statements, ?)", [one.id]), None)
    others = [id for id in (fact.statements if fact else ()) if id != one.id]
    twins = list(record.statements("list_contains(?, id)", [others])) if others else []
    details = place(found) | {
        "slots": [(slot, write_slot(one, slot), _CHOICES.get(slot)) for slot in SLOTS],
        "machine": judged.machine_slots(found),
        "mark": judged.mark(one),
        "twins": twins,
        "past_rows": judged.history(record, found.machine.id),
        "before": before,
        "after": after,
        "kept": kept(asked),
    }
    return View("judge.html", f"{asked.words['review']}: {one.id[:12]}", details, None, list)


class Desk:
    """Where people sign in and judge. One judgement is written at a time."""

    def __init__(self, site: Site, door: Door) -> None:
        self.site, self.door = site, door
        self._lock = threading.Lock()

    def show(self, request: Request) -> Response:
        """The queue, or with `id` the form of one statement. Never kept by a browser: it is of one person."""
        asked = Asked(self.site.record, "review", dict(request.query_params))
        session, key = self.door.find(request)
        id = asked.get("id")
        return self._answer(request, asked, form(asked, self._find(id)) if id else queue(asked), session, key)

    def _find(self, id: str) -> Found:
        try:
            return find_statement(self.site.record, id)
        except QueryError as error:
            raise MissingError(error.what, error.where, error.advice) from error

    def _answer(
        self, request: Request, asked: Asked, view: View, session: Session | None, key: str = "", status: int = 200, **more: object
    ) -> Response:
        names = view.names | {"session": session, "way": self.door.way, "problem": None, "given": {}} | more
        twins = view.template == "review.html"
        body = self.site.fill(asked, view.template, view.title, names, twins)
        response = Response(body, status, {"Cache-Control": "no-store"}, SHAPES["html"])
        return keep(response, request, key) if key else response

    async def judge(self, request: Request) -> Response:
        """Take a form: judge, and go on to the next; what cannot be said is shown above the form, as it was filled in."""
        fields = await read_form(request)
        return await run_in_threadpool(self._judge, request, fields)

    def _judge(self, request: Request, fields: Mapping[str, str]) -> Response:
        asked = Asked(self.site.record, "review", {name: fields.get(name, "") for name in (*KEPT, "id", "ui")})
        session = self.door.need(request, fields.get("csrf", ""))
        id, verdict, why = fields.get("id", ""), fields.get("verdict", ""), fields.get("why", "")
        given = {slot: fields[f"slot-{slot}"] for slot in SLOTS if f"slot-{slot}" in fields}
        where, values = select(asked)
        try:
            following = judged.beside(self.site.record, self._find(id).machine.id, where, values)[1] if id else None
            undone = fields.get("undoes", "")
            self.write(session.name, undone or id, verdict, why, given if verdict == "correct" else {}, fields.get("other", ""))
        except DragomanError as error:
            if not id or isinstance(error, MissingError):
                raise
            view = form(asked, self._find(id))
            return self._answer(request, asked, view, session, "", status_of(error), problem=error, given=given | {"why": why})
        onward = following if verdict in ("accept", "correct", "reject") else id
        return RedirectResponse(asked.address("review", **kept(asked), id=onward), HTTPStatus.SEE_OTHER)

    def write(self, by: str, id: str, verdict: str, why: str, given: Mapping[str, str], other: str) -> Judgement:
        """Write a judgement; all pages are of a new state then."""
        with self._lock:
            said = judge(self.site.record, id, verdict, by, why, given, other)
            self.site.mark = str(time.time_ns())
        return said

    def show_door(self, request: Request) -> Response:
        """The page to sign in."""
        asked = Asked(self.site.record, "signin", dict(request.query_params))
        session, key = self.door.find(request)
        return self._answer(request, asked, View("signin.html", asked.words["sign_in"], {}, None, list), session, key)

    async def enter(self, request: Request) -> Response:
        """Take a name, and a password where there are accounts."""
        fields = await read_form(request)
        return await run_in_threadpool(self._enter, request, fields)

    def _enter(self, request: Request, fields: Mapping[str, str]) -> Response:
        asked = Asked(self.site.record, "signin", {name: fields.get(name, "") for name in ("ui", "id")})
        if request.headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
            raise RefusedError("The form is not of this server.", "", "Open the page of the server itself.")
        try:
            key = self.door.enter(fields.get("name", ""), fields.get("password", ""))
        except DragomanError as error:
            view = View("signin.html", asked.words["sign_in"], {}, None, list)
            return self._answer(request, asked, view, None, "", status_of(error), problem=error)
        response = RedirectResponse(asked.address("review", id=asked.get("id")), HTTPStatus.SEE_OTHER)
        return keep(response, request, key)

    async def leave(self, request: Request) -> Response:
        """End the session."""
        fields = await read_form(request)
        self.door.need(request, fields.get("csrf", ""))
        self.door.leave(request)
        asked = Asked(self.site.record, "review", {"ui": fields.get("ui", "")})
        return keep(RedirectResponse(asked.address("review"), HTTPStatus.SEE_OTHER), request, "")


async def read_body(request: Request) -> bytes:
    """The body of a request. Raises QueryError when it is too long."""
    body = b""
    async for piece in request.stream():
        body += piece
        if len(body) > LONGEST_BODY:
            raise QueryError("There is too much in the form.", "", f"It may have {LONGEST_BODY:,} bytes.")
    return body


async def read_form(request: Request) -> dict[str, str]:
    """The fields of a form. Raises QueryError for what is none."""
    try:
        text = (await read_body(request)).decode("ascii")
        return dict(parse_qsl(text, keep_blank_values=True, strict_parsing=bool(text), errors="strict", max_num_fields=100))
    except (UnicodeError, ValueError) as error:
        raise QueryError("The form cannot be read.", "", "Send it as a browser does.") from error
