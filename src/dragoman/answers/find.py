"""One statement by its id, with the document that it stands in."""

from __future__ import annotations

import msgspec

from dragoman.errors import QueryError
from dragoman.record import Record, schema
from dragoman.statement import Document, Statement


class Found(msgspec.Struct, frozen=True):
    """A statement in its place. current: whether the edition and the coding that it is from are the newest.

    machine: as it was read; `statement` is as a person has it, and the same where nobody has judged.
    """

    statement: Statement
    document: Document
    current: bool
    machine: Statement


def statement(record: Record, id: str) -> Found:
    """The statement whose id is `id`, or begins with it when only one does; older editions are searched after the current ones.

    Raises QueryError when there is none or several.
    """
    if found := _found(record, id):
        return found
    for table in ("current_statements", "statements"):
        rows = list(record.query(f"SELECT DISTINCT id FROM {table} WHERE starts_with(id, ?) ORDER BY id LIMIT 6", [id]))
        ids = [row[0] for row in rows]
        if not id or len(ids) > 1:
            some = ", ".join(ids[:5]) + (" ..." if len(ids) > 5 else "")
            raise QueryError(f"Several statements begin with {id!r}: {some}.", str(record.path), "Give more of the id.")
        if ids and (found := _found(record, ids[0])):
            return found
    raise QueryError(f"No statement has the id {id!r}.", str(record.path), "`dragoman timeline` and `dragoman export` show the ids.")


_PLACE = """SELECT s.row, a.key, a.coder, a.seq = (SELECT max(seq) FROM additions WHERE id = s.doc) AS newest
FROM (SELECT rowid AS row, document, coder, doc FROM statements WHERE id = ?) s
JOIN additions a ON s.document = a.key AND s.coder = a.coder ORDER BY newest DESC, a.seq DESC, s.row LIMIT 1"""


def _found(record: Record, id: str) -> Found | None:
    """The newest statement of exactly that id; the same words in two editions have one id."""
    place = next(record.query(_PLACE, [id]), None)
    if place is None:
        return None
    row, key, coder, current = place
    found = next(record.statements("rowid = ?", [row], history=True, values="machine"))
    judged = _judged(record, key, coder, found) or found
    return Found(judged, next(record.documents("key = ?", [key], history=True)), current, found)


def _judged(record: Record, key: str, coder: str, machine: Statement) -> Statement | None:
    """The statement as a person has it; one that was rejected is as the machine had it, and says so."""
    if not record.is_judged():
        return None
    columns = schema.columns(schema.STATEMENT)
    sql = f"SELECT {columns} FROM judged WHERE document = ? AND coder = ? AND id = ?"
    row = next(record.query(sql, [key, coder, machine.id]), None)
    return msgspec.convert(dict(zip(schema.STATEMENT, row, strict=True)), Statement) if row else None
