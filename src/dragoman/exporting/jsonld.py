"""JSON-LD: a nanopublication for each statement or fact, one named graph a line, all in one document; the same graphs as in TriG."""

from __future__ import annotations

from typing import Any, BinaryIO

import msgspec

from dragoman.exporting.parts.entries import PARTS as PARTS
from dragoman.exporting.parts.entries import entries
from dragoman.exporting.parts.nanopublication import PREFIXES, TYPE, Literal, Triple, graphs
from dragoman.record import Record


def write(record: Record, stream: BinaryIO, what: str = "statements") -> int:
    """Write `what` (statements or facts) to `stream`; how many there were."""
    encoder, count, between = msgspec.json.Encoder(), 0, b"\n"
    # Prefixes that end in ":" are no prefixes by themselves in JSON-LD 1.1.
    context = {name: {"@id": iri, "@prefix": True} for name, iri in PREFIXES.items()}
    stream.write(b'{"@context": ' + encoder.encode(context) + b',\n"@graph": [')
    for entry in entries(record, what, around=True):
        for name, triples in graphs(entry, what):
            stream.write(between + encoder.encode({"@id": name, "@graph": _nodes(triples)}))
            between = b",\n"
        count += 1
    stream.write(b"\n]}\n")
    return count


def _nodes(triples: list[Triple]) -> list[dict[str, Any]]:
    """The triples by their subjects, in order."""
    nodes: dict[str, dict[str, Any]] = {}
    for subject, predicate, thing in triples:
        node = nodes.setdefault(subject, {"@id": subject})
        if predicate == TYPE:
            node["@type"] = thing
        else:
            node.setdefault(predicate, []).append(_value(thing))
    return list(nodes.values())


def _value(thing: str | Literal) -> dict[str, str]:
    if not isinstance(thing, Literal):
        return {"@id": thing}
    if thing.datatype:
        return {"@value": thing.value, "@type": thing.datatype}
    return {"@value": thing.value, "@language": thing.language} if thing.language else {"@value": thing.value}
