"""Small texts with statements by hand, for what comes after coding: `act` quotes words of a sentence, `told` reads the slots."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from dragoman.encoding import load
from dragoman.linking import slots
from dragoman.linking.similarity import Similarity
from dragoman.linking.slots import Slots
from dragoman.linking.view import View
from dragoman.statement import Actor, Document, Statement

similar = Similarity(lambda texts: load().encode(list(texts)))


def actors(*codes: str) -> tuple[Actor, ...]:
    """Actors from "PAK", "SYR:GOV" or "SYR:GOV:Hafez al-Assad"."""
    parts = [[*code.split(":"), "", ""][:3] for code in codes]
    return tuple(Actor(code, sector, name or code) for code, sector, name in parts)


def act(document: Document, quote: str, type: str, source: Sequence[str] = (), target: Sequence[str] = (), **fields: Any) -> Statement:
    """A statement of these words, which stand in the document once or more (the first is meant). Dates count as the sentence's own."""
    start = document.text.index(quote)
    kind = fields.pop("kind", "position" if type in ("SUPPORTS", "OPPOSES", "NEUTRAL") else "event")
    if fields.get("date"):
        fields.setdefault("date_from", "sentence")
    id = f"{document.id} {start} {type} {len(quote)}"
    return Statement(
        id, document.id, document.language, start, start + len(quote), quote, kind, type, fields.pop("topic", "diplomacy"),
        actors(*source), actors(*target), **fields,
    )  # fmt: skip


def told(document: Document, *statements: Statement) -> list[Slots]:
    """The slots of the statements."""
    return [slots.read(one, document.sentences, document.subject) for one in statements]


def view(document: Document, *statements: Statement) -> View:
    """The document as the rules of conflict see it."""
    return View(document, told(document, *statements))
