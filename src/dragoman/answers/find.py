"""One statement by its id, with the document that it stands in."""

from __future__ import annotations

import msgspec

from dragoman.errors import QueryError
from dragoman.record import Record
from dragoman.statement import Document, Statement


class Found(msgspec.Struct, frozen=True):
    """A statement in its place. current: whether the edition and the coding that it is from are the newest."""

    statement: Statement
    document: Document
    current: bool


def statement(record: Record, id: str) -> Found:
    """The statement whose id is `id`, or begins with it when only one does; older editions are searched after the current ones.

    Raises QueryError when there is none or several.
    """
    for table in ("current_statements", "statements"):
        rows = list(record.query(f"SELECT DISTINCT id FROM {table} WHERE starts_with(id, ?) ORDER BY id = ? DESC, id LIMIT 6", [id, id]))
        ids = [row[0] for row in rows]
        if not id or (len(ids) > 1 and ids[0] != id):
            some = ", ".join(ids[:5]) + (" ..." if len(ids) > 5 else "")
            raise QueryError(f"Several statements begin with {id!r}: {some}.", str(record.path), "Give more of the id.")
        if ids:
            return _found(record, ids[0], table == "current_statements")
    raise QueryError(f"No statement has the id {id!r}.", str(record.path), "`dragoman timeline` and `dragoman export` show the ids.")


def _found(record: Record, id: str, current: bool) -> Found:
    """The newest statement of that id; the same words in two editions have one id."""
    table = "current_statements" if current else "statements"
    joined = f"{table} s JOIN additions a ON s.document = a.key AND s.coder = a.coder"
    ((key, coder),) = record.query(f"SELECT s.document, s.coder FROM {joined} WHERE s.id = ? ORDER BY a.seq DESC LIMIT 1", [id])
    found = next(record.statements("id = ? AND document = ? AND coder = ?", [id, key, coder], history=True))
    document = next(record.documents("key = ?", [key], history=True))
    return Found(found, document, current)
