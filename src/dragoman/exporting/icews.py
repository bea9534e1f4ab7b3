"""ICEWS's columns, tab-separated: a row for each pair of one who acts and one acted upon; for those who act together, one each way.

CAMEO has its code where one code is all that the type can mean, else the column is empty and `CAMEO Roots` has them all.
Intensity and place stay empty. After ICEWS's own columns come the type, the EDTF date, modality, attribution and the quote.
"""

from __future__ import annotations

from typing import BinaryIO

from dragoman.exporting.parts import events
from dragoman.exporting.parts.events import PARTS as PARTS
from dragoman.languages.states import registry
from dragoman.reading.events import crosswalk
from dragoman.reading.events.layouts import ICEWS
from dragoman.record import Record

_EACH = "flatten(list_transform(source, lambda a: list_transform(target, lambda b: {'a': a, 'b': b})))"
_OTHERS = "list_filter(source, lambda c, j: i <> j)"
_TOGETHER = f"flatten(list_transform(source, lambda a, i: list_transform({_OTHERS}, lambda b: {{'a': a, 'b': b}})))"
_PAIRS = f"CASE WHEN len(target) > 0 THEN {_EACH} WHEN len(source) > 1 THEN {_TOGETHER} ELSE [{{'a': source[1], 'b': NULL}}] END"


def _columns() -> dict[str, str]:
    one = {name: codes[0] if len(codes) == 1 else "" for name, codes in crosswalk.CAMEO.items()}
    every = {name: ";".join(codes) for name, codes in crosswalk.CAMEO.items()}
    states = {code: name.replace("'", "''") for code, name in registry("en").items()}
    found = {
        "Event ID": "CASE WHEN pairs > 1 THEN id || '.' || number ELSE id END",
        "Event Date": events.DAY,
        "Event Text": "type",
        "CAMEO Code": events.literals(one, "type"),
    }
    for whose, field in (("Source", "pair.a"), ("Target", "pair.b")):
        found |= {
            f"{whose} Name": f"coalesce({field}.name, '')",
            f"{whose} Sectors": events.literals(crosswalk.SECTOR_NAMES, f"{field}.sector"),
            f"{whose} Country": events.literals(states, f"{field}.code"),
        }
    return found | {
        "Story ID": "doc",
        "Sentence Number": "sentence",
        "CAMEO Roots": events.literals(every, "type"),
        "EDTF Date": "date",
        "Modality": "modality",
        "Attribution": '"by"',
        "Statements": "said",
        "Quote": "quote",
        "Start": "start",
        "End": '"end"',
        "Language": "language",
        "Title": "doc_title",
    }


def write(record: Record, stream: BinaryIO, what: str = "statements") -> int:
    """Write the events of `what` (statements or facts) to `stream`; how many rows there were."""
    chosen = f"(SELECT *, {_PAIRS} AS every FROM {events.origin(record, what)} WHERE {events.told(tuple(crosswalk.QUAD))})"
    paired = f"(SELECT *, len(every) AS pairs, unnest(every) AS pair, unnest(range(1, len(every) + 1)) AS number FROM {chosen})"
    placed = f"""(SELECT p.*, n.ordinal AS sentence FROM {paired} p
        ASOF LEFT JOIN sentences n ON p.document = n.document AND p.start >= n.start)"""
    return events.write(record, stream, ICEWS, _columns(), placed, f"{events.order(what)}, number")
