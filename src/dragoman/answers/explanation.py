"""Why a statement says what it says: its sentence with the words marked that each field was read from, and what decided."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise

import msgspec

from dragoman.answers.find import Found


class Piece(msgspec.Struct, frozen=True):
    """A stretch of a text in which the same marks hold. marks: the fields that were read from it; sorted."""

    text: str
    marks: tuple[str, ...]


class Slot(msgspec.Struct, frozen=True):
    """A field of a statement, and its value. start, end, words: where that was read, -1 and "" when from no words. rule: what decided."""

    field: str
    value: str
    start: int
    end: int
    words: str
    rule: str


class Explanation(msgspec.Struct, frozen=True):
    """A statement's sentence, from `start` to `end` of its document, cut into pieces, and its slots in the order of the text."""

    id: str
    document: str
    language: str
    start: int
    end: int
    quote: str
    pieces: tuple[Piece, ...]
    slots: tuple[Slot, ...]
    confidence: float


def explain(found: Found) -> Explanation:
    """The explanation of a statement. What was read elsewhere in the document (a heading's date) is a slot, and marks nothing."""
    one, document = found.statement, found.document
    own = [s for s in document.sentences if s.start < one.end and one.start < s.end]
    start, end = min([one.start, *(s.start for s in own)]), max([one.end, *(s.end for s in own)])
    codes = {(field, a.start): a.code or a.name for field in ("source", "target") for a in getattr(one, field) if a.start >= 0}
    slots = []
    for evidence in one.evidence:
        words = document.text[evidence.start : evidence.end] if evidence.start >= 0 else ""
        told: object = codes.get((evidence.field, evidence.start)) or getattr(one, evidence.field, "")
        if isinstance(told, tuple):  # states that no words name
            told = ", ".join(a.code for a in told if a.start < 0)
        slots.append(Slot(evidence.field, str(told), evidence.start, evidence.end, words, evidence.rule))
    slots.sort(key=lambda s: (s.start < 0, s.start, -s.end))
    pieces = mark(document.text, start, end, ((s.field, s.start, s.end) for s in slots))
    return Explanation(one.id, document.id, one.language, start, end, one.quote, tuple(pieces), tuple(slots), one.confidence)


def mark(text: str, start: int, end: int, spans: Iterable[tuple[str, int, int]]) -> list[Piece]:
    """text[start:end] cut wherever a span begins or ends. The pieces put together are the text."""
    inside = [(name, max(a, start), min(b, end)) for name, a, b in spans if a < end and b > start and a < b]
    edges = sorted({start, end, *(edge for _, a, b in inside for edge in (a, b))})
    return [Piece(text[a:b], tuple(sorted({name for name, first, last in inside if first <= a and b <= last}))) for a, b in pairwise(edges)]
