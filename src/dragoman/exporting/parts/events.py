"""Events as the tables of event data sets have them: a SELECT over statements or facts, and what their columns share.

Only what is said to have happened is there (asserted or claimed): those tables have no place for what did not happen or is only planned.
A day stands in a column for days when the text gives that day; any other date stands in a column of its own, in EDTF.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import BinaryIO

from dragoman.exporting.parts import tables
from dragoman.record import Record
from dragoman.record.store import ORDER

PARTS = ("statements", "facts")
DAY = "CASE WHEN regexp_full_match(date, '\\d{4}-\\d\\d-\\d\\d') THEN date ELSE '' END"
"""SQL: the date where it is one day, else nothing."""

_TOLD = "type IN ({types}) AND modality IN ('asserted', 'claimed')"
_FIELDS = ("id", "kind", "type", "topic", "source", "target", "issue", "date", "modality", "by")
_QUOTED = ("doc", "start", "end", "language", "quote", "document", "coder", *(f"doc_{field}" for field in tables.DOCUMENT))


def origin(record: Record, what: str) -> str:
    """SQL: statements, or facts with their first statement's quote, as one table of one form, with `said`, how many say so."""
    if what == "statements":
        return f"(SELECT *, 1 AS said FROM ({tables.statements(record)}))"
    fields = ", ".join([f'f."{field}"' for field in _FIELDS] + [f's."{field}"' for field in _QUOTED])
    return f"""(SELECT f.ordinal, {fields}, len(f.statements) AS said
        FROM facts f JOIN ({tables.statements(record)}) s ON s.id = f.statements[1])"""


def order(what: str) -> str:
    """The columns by which the rows of `origin` are sorted."""
    return ORDER if what == "statements" else "ordinal, id"


def told(types: Sequence[str]) -> str:
    """SQL: the condition for an event of these types that is said to have happened."""
    return _TOLD.format(types=", ".join(f"'{name}'" for name in types))


def literals(words: Mapping[str, object], column: str, otherwise: str = "''") -> str:
    """SQL: a column's words in other words."""
    cases = " ".join(f"WHEN '{name}' THEN '{value}'" for name, value in words.items())
    return f"CASE {column} {cases} ELSE {otherwise} END"


def write(record: Record, stream: BinaryIO, layout: Sequence[str], columns: Mapping[str, str], rows: str, sorting: str) -> int:
    """Write a tab-separated table: the columns of the layout, empty where nothing is known of them, then those beyond it."""
    every = [*layout, *(name for name in columns if name not in layout)]
    chosen = ", ".join(f"nullif(({columns.get(name, 'NULL')})::VARCHAR, '') AS \"{name}\"" for name in every)
    return tables.copy(record, f"SELECT {chosen} FROM {rows} ORDER BY {sorting}", [], stream, "FORMAT csv, HEADER, DELIMITER '\\t'")
