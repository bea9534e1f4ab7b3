"""What of a document is put before a second reader at a time: sentences of one section, with those before them for the sense."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from itertools import groupby
from typing import Any

import msgspec

from dragoman.coding.grounds import Ground
from dragoman.statement import Document

LARGEST = 5000
"""Characters of the sentences asked about at a time, unless a single one has more."""
OVERLAP = 2
"""How many sentences before one that is asked about are shown with it."""


class Excerpt(msgspec.Struct, frozen=True):
    """A part of a document. places: indexes of the sentences asked about, by the numbers (from 1) that they have in `shown`.

    shown: what goes out, JSON. It depends on the words alone, so that a part that another edition has too is the same there.
    """

    places: tuple[int, ...]
    shown: str


def cut(document: Document, grounds: Sequence[Ground], wanted: Collection[int]) -> Iterator[Excerpt]:
    """The parts of a document that hold the wanted sentences (indexes into `grounds`), each sentence in one, in order."""
    for _, group in groupby(range(len(grounds)), key=lambda place: grounds[place].stretch.section):
        chunk: list[int] = []
        size = 0
        for place in (p for p in group if p in wanted):
            length = grounds[place].end - grounds[place].start
            if chunk and size + length > LARGEST:
                yield show(document, grounds, chunk)
                chunk, size = [], 0
            chunk.append(place)
            size += length
        if chunk:
            yield show(document, grounds, chunk)


def halve(document: Document, grounds: Sequence[Ground], excerpt: Excerpt) -> list[Excerpt]:
    """The two halves of a part, none of one that asks about a single sentence."""
    middle = len(excerpt.places) // 2
    return [show(document, grounds, half) for half in (excerpt.places[:middle], excerpt.places[middle:])] if middle else []


def show(document: Document, grounds: Sequence[Ground], asked: Sequence[int]) -> Excerpt:
    """The part that asks about these sentences of one section."""
    section = grounds[asked[0]].stretch.section
    before = {b for place in asked for b in range(max(place - OVERLAP, 0), place) if grounds[b].stretch.section == section}
    sentences: list[dict[str, Any]] = []
    for place in sorted({*asked, *before}):
        text = document.text[grounds[place].start : grounds[place].end]
        sentences.append({"n": asked.index(place) + 1, "text": text} if place in asked else {"text": text})
    headings: list[str] = []
    while 0 <= section < len(document.sections):
        headings.insert(0, document.sections[section].title)
        section = document.sections[section].parent
    material = {"title": document.title, "language": document.language, "headings": headings, "sentences": sentences}
    return Excerpt(tuple(asked), msgspec.json.encode(material).decode())
