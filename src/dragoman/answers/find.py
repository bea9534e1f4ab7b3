"""One statement by its id, with the document that it stands in."""

from __future__ import annotations

import msgspec

from dragoman.errors import QueryError
from dragoman.record import Record, rows, schema
from dragoman.statement import Document, Statement


class Found(msgspec.Struct, frozen=True):
    """A statement in its place. current: whether the edition and the coding that it is from are the newest. document: see `statement`.

    machine: as it was read; `statement` is as a person has it, and the same where nobody has judged.
    """

    statement: Statement
    document: Document
    current: bool
    machine: Statement


class Told(msgspec.Struct, frozen=True):
    """An edition of a document, read by one version of the coder, and whether a statement was read from it."""

    edition: str
    coder: str
    told: bool


def statement(record: Record, id: str, whole: bool = True) -> Found:
    """The statement whose id is `id`, or begins with it when only one does; older editions are searched after the current ones.

    whole: with all sentences of its document; without, some may be missing that are not of the paragraphs that its quote stands in.
    Raises QueryError when there is none or several.
    """
    if found := _found(record, id, whole):
        return found
    for table in ("current_statements", "statements"):
        ids = [row[0] for row in record.query(f"SELECT DISTINCT id FROM {table} WHERE starts_with(id, ?) ORDER BY id LIMIT 6", [id])]
        if not id or len(ids) > 1:
            some = ", ".join(ids[:5]) + (" ..." if len(ids) > 5 else "")
            raise QueryError(f"Several statements begin with {id!r}: {some}.", str(record.path), "Give more of the id.")
        if ids and (found := _found(record, ids[0], whole)):
            return found
    raise QueryError(f"No statement has the id {id!r}.", str(record.path), "`dragoman timeline` and `dragoman export` show the ids.")


def editions(record: Record, one: Statement) -> list[Told]:
    """The editions and codings of a statement's document, the newest first; empty when there is only one."""
    if record.places and not record.places.has_history(one.doc):
        return []
    every = list(record.query("SELECT key, coder, max(seq) FROM additions WHERE id = ? GROUP BY ALL ORDER BY 3 DESC", [one.doc]))
    if len(every) < 2:
        return []
    said = set(record.query("SELECT document, coder FROM statements WHERE id = ?", [one.id]))
    dates = dict(record.query("SELECT key, edition FROM documents WHERE id = ?", [one.doc]))
    return [Told(dates[key], coder, (key, coder) in said) for key, coder, _ in every]


_PLACE = """SELECT s.row, a.key, a.seq = (SELECT max(seq) FROM additions WHERE id = s.doc) AS newest
FROM (SELECT rowid AS row, document, coder, doc FROM statements WHERE id = ?) s
JOIN additions a ON s.document = a.key AND s.coder = a.coder ORDER BY newest DESC, a.seq DESC, s.row LIMIT 1"""


def _found(record: Record, id: str, whole: bool) -> Found | None:
    """The newest statement of exactly that id; the same words in two editions have one id."""
    if record.places:
        for row in record.places.statement(id):
            one = rows.statement(record, row)
            if one.id == id:
                document = rows.document(record, record.places.document(row), None if whole else (one.start, one.end))
                return Found(_judged(record, row, one), document, record.places.is_current(row), one)
        return None
    place = next(record.query(_PLACE, [id]), None)
    if place is None:
        return None
    row, key, current = place
    one = next(record.statements("rowid = ?", [row], history=True, values="machine"))
    return Found(_judged(record, row, one), next(record.documents("key = ?", [key], history=True)), current, one)


_JUDGED = f"""SELECT {schema.columns(schema.STATEMENT)} FROM judged
WHERE id = ? AND (document, coder) IN (SELECT (document, coder) FROM statements WHERE rowid = ?)"""


def _judged(record: Record, row: int, machine: Statement) -> Statement:
    """The statement of a row as a person has it; one that was rejected is as the machine had it, and says so."""
    values = next(record.query(_JUDGED, [machine.id, row]), None) if record.is_judged() else None
    return msgspec.convert(dict(zip(schema.STATEMENT, values, strict=True)), Statement) if values else machine
