"""POLECAT's columns, tab-separated: an event each, several actors with semicolons between, who acts together all as actors.

What a text does not tell stays empty: mode, intensity, place. The date of publication is the one that the source gives itself.
After POLECAT's own columns come the EDTF date, modality, attribution, the quote and where it stands.
"""

from __future__ import annotations

from typing import BinaryIO

from dragoman.exporting.parts import events
from dragoman.exporting.parts.events import PARTS as PARTS
from dragoman.exporting.parts.tables import joined, published
from dragoman.reading.events import crosswalk
from dragoman.reading.events.layouts import POLECAT
from dragoman.record import Record
from dragoman.statement import TOPICS


def _columns() -> dict[str, str]:
    quads = {name: crosswalk.QUAD_NAMES[number] for name, number in crosswalk.QUAD.items()}
    found = {
        "Event ID": "id",
        "Event Date": events.DAY,
        "Event Type": "type",
        "Quad Code": events.literals(quads, "type"),
        "Contexts": events.literals({topic: crosswalk.context(topic) for topic in TOPICS}, "topic"),
    }
    for whose, field in (("Actor", "source"), ("Recipient", "target")):
        sector = events.literals(crosswalk.SECTORS, "actor.sector", "actor.sector")
        sectors = f'list_transform("{field}", lambda actor: {sector})'
        found |= {
            f"{whose} Name": joined(field, "name"),
            f"{whose} Country": joined(field, "code"),
            f"Primary {whose} Sector": f"coalesce({sectors}[1], '')",
            f"{whose} Sectors": f"array_to_string({sectors}, '; ')",
            f"{whose} Name Raw": joined(field, "name"),
        }
    return found | {
        "Source": "doc_source",
        "Language": "language",
        "Version": "coder",
        "EDTF Date": "date",
        "Modality": "modality",
        "Attribution": '"by"',
        "Statements": "said",
        "Quote": "quote",
        "Document": "doc",
        "Start": "start",
        "End": '"end"',
        "Title": "doc_title",
    }


def write(record: Record, stream: BinaryIO, what: str = "statements") -> int:
    """Write the events of `what` (statements or facts) to `stream`; how many rows there were."""
    rows = f"{events.origin(record, what)} WHERE {events.told(tuple(crosswalk.QUAD))}"
    columns = _columns() | {"Publication Date": f"regexp_extract({published(record)}, '^\\d{{4}}-\\d\\d-\\d\\d')"}
    return events.write(record, stream, POLECAT, columns, rows, events.order(what))
