"""Statements and documents by their rows, and statements by their ids: at once where the record's places are known (places.py)."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any

import msgspec

from dragoman.record import schema
from dragoman.record.store import Record
from dragoman.statement import Document, Statement

_BOUNDS = ("start", "end", "section", "paragraph")
_FEW = 12
"""Up to so many rows are read one by one, which is quicker."""


def statement(record: Record, row: int) -> Statement:
    """The statement of a row of `statements`, as the machine read it."""
    return _read(record, row)[0]


def statements(record: Record, ids: Collection[str]) -> Iterator[Statement]:
    """The current statements with these ids, by document and place, as persons have them and without what they rejected."""
    wanted = set(ids)
    if not wanted:
        return iter(())
    if record.places is None:
        return record.statements(f"id IN (SELECT unnest({schema.LISTED}))", [schema.listed(sorted(wanted))])
    places = record.places
    found = [row for id in wanted for row in places.statement(id) if places.is_current(row)]
    if len(found) > _FEW:
        where = "rowid IN (SELECT unnest(from_json(?, '[\"BIGINT\"]')))"
        every = record.statements(where, [msgspec.json.encode(found).decode()], history=True, values="machine")
        read = [one for one in every if one.id in wanted]
    else:
        ordered = sorted(((order, row, one) for row in found for one, order in [_read(record, row)]), key=lambda each: each[:2])
        read = [one for _, _, one in ordered if one.id in wanted]
    return iter(_as_judged(record, read))


_JUDGED = f"""SELECT verdict, {schema.columns(schema.STATEMENT)} FROM judged
WHERE id IN (SELECT unnest({schema.LISTED})) AND (document, coder) IN (SELECT (key, coder) FROM current)"""


def _as_judged(record: Record, read: list[Statement]) -> list[Statement]:
    """Current statements, in their order, with what persons have said of them."""
    if not record.is_judged():
        return read
    judged: dict[str, Statement | None] = {one.id: one for one in read}
    for verdict, *values in record.query(_JUDGED, [schema.listed(judged)]):
        said = msgspec.convert(dict(zip(schema.STATEMENT, values, strict=True)), Statement)
        judged[said.id] = said if verdict != "reject" else None
    return sorted((one for one in judged.values() if one), key=lambda one: (one.doc, one.start, one.end, one.kind, one.type, one.id))


def _read(record: Record, row: int) -> tuple[Statement, tuple[Any, ...]]:
    """A statement, and what the order of statements goes by."""
    (ordinal, *values), *_ = record.query(f"SELECT ordinal, {schema.columns(schema.STATEMENT)} FROM statements WHERE rowid = ?", [row])
    one = msgspec.convert(dict(zip(schema.STATEMENT, values, strict=True)), Statement)
    return one, (one.doc, one.start, one.end, one.kind, one.type, one.id, ordinal)


def document(record: Record, row: int, near: tuple[int, int] | None = None) -> Document:
    """The edition of a row of `documents`. near: only with the sentences of the paragraphs that this stretch of the text stands in."""
    told = {name: shape for name, shape in schema.DOCUMENT.items() if f"documents.{name}" in record.tables}
    (key, *values), *_ = record.query(f"SELECT key, {schema.columns(told)} FROM documents WHERE rowid = ?", [row])
    bounds = record.places.sentences(row) if record.places else None
    where, parameters = ("rowid BETWEEN ? AND ?", [*bounds]) if bounds else ("document = ?", [key])
    fields = dict(zip(told, values, strict=True))
    fields["sentences"] = _sentences(record, where, parameters, near)
    return msgspec.convert(fields, Document)


def _sentences(record: Record, where: str, parameters: list[Any], near: tuple[int, int] | None) -> list[dict[str, Any]]:
    said = {
        name: shape for name, shape in schema.SENTENCE.items() if f"sentences.{name}" in record.tables and (not near or name in _BOUNDS)
    }
    found = record.query(f"SELECT {schema.columns(said)} FROM sentences WHERE {where} ORDER BY ordinal", parameters)
    lines = [dict(zip(said, line, strict=True)) for line in found]
    if near is None:
        return lines
    start, end = near
    own = {(line["section"], line["paragraph"]) for line in lines if line["start"] < end and line["end"] > start}
    return [line for line in lines if (line["section"], line["paragraph"]) in own]
