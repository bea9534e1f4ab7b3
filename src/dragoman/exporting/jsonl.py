"""JSON lines: one statement, link, fact, difference, conflict or issue a line, UTF-8, nothing escaped that need not be.

The fields are those of dragoman.statement, in their order; a difference has its fact's id besides. Statements by document, place, kind,
type and id; the rest in the order of docs/record.md: the same record gives the same bytes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, BinaryIO

import msgspec

from dragoman.exporting import PARTS as PARTS
from dragoman.exporting.parts.tables import frugal
from dragoman.record import Record, linked
from dragoman.statement import Difference


class OneDifference(Difference, frozen=True):
    """A difference with the fact whose statements differ."""

    fact: str = ""


def write(record: Record, stream: BinaryIO, what: str = "statements") -> int:
    """Write what is current of `what` to `stream`; how many there were."""
    encoder, count = msgspec.json.Encoder(), 0
    with frugal(record):
        for one in _read(record, what):
            stream.write(encoder.encode(one) + b"\n")
            count += 1
    return count


def _read(record: Record, what: str) -> Iterable[Any]:
    if what == "statements":
        return record.statements()
    if what == "differences":
        return _differences(record)
    parts = {"links": linked.links, "facts": linked.facts, "conflicts": linked.conflicts, "issues": linked.issues}
    return parts[what](record)


def _differences(record: Record) -> Iterator[OneDifference]:
    for fact in linked.facts(record):
        for one in fact.differences:
            yield OneDifference(one.slot, one.severity, one.values, fact.id)
