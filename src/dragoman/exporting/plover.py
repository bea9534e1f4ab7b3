"""PLOVER JSON: an event a line, with the field names of the PLOVER manual; several actors in a list, who acts together all as sources.

`date` and `enddate` are days that the text gives; every other date stands in `edtf` only, and `date` is then empty. Only what is said to
have happened is there (asserted or claimed), as in the tables of event data.
"""

from __future__ import annotations

import re
from typing import Any, BinaryIO

import msgspec

from dragoman.exporting.parts.entries import PARTS as PARTS
from dragoman.exporting.parts.entries import Entry, entries
from dragoman.reading.events import crosswalk
from dragoman.record import Record
from dragoman.statement import Actor

_DAYS = re.compile(r"(\d{4}-\d\d-\d\d)(?:/(\d{4}-\d\d-\d\d))?", re.ASCII)
_BODIES = ("IGO", "NGO")


def write(record: Record, stream: BinaryIO, what: str = "statements") -> int:
    """Write the events of `what` (statements or facts) to `stream`; how many there were."""
    encoder, count = msgspec.json.Encoder(), 0
    for entry in entries(record, what):
        if entry.type in crosswalk.QUAD and entry.modality in ("asserted", "claimed"):
            stream.write(encoder.encode(_event(entry)) + b"\n")
            count += 1
    return count


def _event(entry: Entry) -> dict[str, Any]:
    days = _DAYS.fullmatch(entry.date)
    context, first = crosswalk.context(entry.topic), entry.quotes[0]
    return {
        "id": entry.id,
        "date": days[1] if days else "",
        **({"enddate": days[2]} if days and days[2] else {}),
        "edtf": entry.date,
        "source": [_actor(actor) for actor in entry.source],
        "recipient": [_actor(actor) for actor in entry.target],
        "event": [entry.type],
        "quad_code": crosswalk.QUAD[entry.type],
        "context": [context] if context else [],
        "event_text": [quote.quote for quote in entry.quotes],
        "text_info": [{"doc": quote.doc, "start": quote.start, "end": quote.end} for quote in entry.quotes],
        "cite_info": [
            {
                "url": quote.doc_source,
                "title": quote.doc_title,
                "language": quote.language,
                "license": quote.doc_licence,
                "statement": quote.id,
            }
            for quote in entry.quotes
        ],
        "coder": f"dragoman {first.coder}",
        "modality": entry.modality,
        "attribution": entry.by,
    }


def _actor(actor: Actor) -> dict[str, str]:
    code = actor.code or (actor.sector if actor.sector in _BODIES else "")
    return {"code": code, "sector": crosswalk.SECTORS.get(actor.sector, actor.sector), "actor_text": actor.name}
