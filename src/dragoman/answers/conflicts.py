"""What cannot all be true, with the statements that it rests on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import msgspec

from dragoman.answers import subjects
from dragoman.record import Record, linked, rows
from dragoman.statement import Conflict, Statement


class Told(msgspec.Struct, frozen=True):
    """A conflict and the statements, with their quotes, that it rests on."""

    conflict: Conflict
    statements: tuple[Statement, ...]


def conflicts(record: Record, subject: str) -> list[Told]:
    """The conflicts that a statement of the subject's current documents is part of, by kind and place. Raises QueryError."""
    documents = subjects.documents(record, subject)
    subjects.check_linked(record, documents)
    ids = [row[0] for row in record.query("SELECT id FROM current_statements WHERE list_contains(?, doc)", [[one.id for one in documents]])]
    return list(tell(record, linked.conflicts_of(record, ids)))


def tell(record: Record, found: Iterable[Conflict]) -> Iterator[Told]:
    """Each conflict with its statements."""
    every = list(found)
    wanted = sorted({id for conflict in every for id in conflict.statements})
    statements = {one.id: one for one in rows.statements(record, wanted)}
    for conflict in every:
        yield Told(conflict, tuple(statements[id] for id in conflict.statements if id in statements))
