"""A record of two languages with something hostile in it, served by a real server."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import uvicorn
from fastapi import FastAPI

from dragoman.record import Record, linked
from dragoman.statement import Actor, Conflict, Difference, Fact, SentenceLink, Statement
from making import CODER, make_document, make_statement

LONG = "N" * 1_000_000
OVERRIDE = "\u202egpj.exe\u202c"
SLY = '<script>alert("x")</script><img src=x onerror=alert(1)>'

ENGLISH = make_document(
    "visit.en",
    "Pakistan opened an embassy in Syria in 1975.",
    "Syria has said that Pakistan opposes <b>war</b> in Syria.",
    "Pakistan and Syria signed a treaty in 1986.",
    subject="visit",
    edition="2024-01-02",
    title="Pakistan and Syria",
)
ARABIC = make_document(
    "visit.ar",
    "افتتحت باكستان سفارة في سوريا عام 1976.",
    "زار وزير الخارجية السوري باكستان.",
    language="ar",
    subject="visit",
    title="باكستان وسوريا",
)
HOSTILE = make_document(
    f"{SLY}{OVERRIDE}", f"{SLY} Pakistan met Syria {OVERRIDE} again.", title=SLY + LONG, subject=LONG, edition=SLY, licence=SLY
)


def statements() -> dict[str, Statement]:
    """Those of the record, by id."""
    hostile = make_statement(HOSTILE, 0, id="sly", by=SLY, issue=SLY, kind="position", type="OPPOSES", date="2011")
    hostile = Statement(
        **{f: getattr(hostile, f) for f in hostile.__struct_fields__} | {"source": (*hostile.source, Actor("", "", LONG[:20_000], 0, 3))}
    )
    every = [
        make_statement(ENGLISH, 0, id="mission", kind="tie", type="MISSION", date="1975"),
        make_statement(
            ENGLISH, 1, id="stand", kind="position", type="OPPOSES", issue="war in Syria", date="2014", by="Syria", modality="claimed"
        ),
        make_statement(ENGLISH, 2, id="treaty", type="AGREE", date="1986"),
        make_statement(ARABIC, 0, id="embassy", kind="tie", type="MISSION", date="1976"),
        make_statement(ARABIC, 1, "SYR", "PAK", id="came", date=""),
        hostile,
    ]
    return {one.id: one for one in every}


def build(path: Path) -> None:
    """The record at `path`, linked."""
    every = statements()
    with Record.open(path, create=True) as record:
        for document in (ENGLISH, ARABIC, HOSTILE):
            record.add(document, [one for one in every.values() if one.doc == document.id], CODER)
        one = every["mission"]
        differing = Difference("date", "conflict", {"mission": "1975", "embassy": "1976"})
        fact = Fact("fact", ("embassy", "mission"), "tie", "MISSION", "diplomacy", one.source, one.target, differences=(differing,))
        link = SentenceLink("visit.ar", (0,), "visit.en", (0,), "same", 0.9)
        conflict = Conflict("c", "date-conflict", ("embassy", "mission"), "Opened in 1975 and in 1976.")
        linked.replace(record, linked.Parts(sentences=[link], facts=[fact], conflicts=[conflict]), "linker-1")


@contextmanager
def serving(app: FastAPI) -> Iterator[httpx.Client]:
    """A client of the app, served over a socket of this machine."""
    with socket.socket() as place:
        place.bind(("127.0.0.1", 0))
        server = uvicorn.Server(uvicorn.Config(app, log_level="error", access_log=False))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [place]}, daemon=True)
        thread.start()
        while not server.started:
            time.sleep(0.01)
        with httpx.Client(base_url=f"http://127.0.0.1:{place.getsockname()[1]}", timeout=60, trust_env=False) as client:
            yield client
        server.should_exit = True
        thread.join()


Shown = Callable[[str], httpx.Response]
"""Gives the page of an address."""
