"""What linking has found, in and out of a record. It is derived from the statements: written anew as documents come, never corrected."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from typing import Any, TypeVar

import msgspec

from dragoman.record import schema
from dragoman.record.store import Record
from dragoman.statement import Conflict, Fact, Issue, Link, SentenceLink

T = TypeVar("T", bound=msgspec.Struct)
R = TypeVar("R", Fact, Conflict)

_CURRENT = "SELECT id, key, coder FROM current"
_AT_ONCE = 20000  # rows of one table that travel as one JSON text


class Parts(msgspec.Struct, frozen=True):
    """All that linking found."""

    sentences: Sequence[SentenceLink] = ()
    links: Sequence[Link] = ()
    facts: Sequence[Fact] = ()
    conflicts: Sequence[Conflict] = ()
    issues: Sequence[Issue] = ()


def unlinked(record: Record, linker: str) -> set[str]:
    """Ids of the current documents that linking of that version has not seen in their present edition and coding."""
    if "linked" not in record.tables:
        return {id for id, _, _ in record.query(_CURRENT)}
    seen = set(record.query("SELECT document, coder FROM linked WHERE linker = ?", [linker]))
    return {id for id, key, coder in record.query(_CURRENT) if (key, coder) not in seen}


def replace(record: Record, parts: Parts, linker: str) -> None:
    """Put what linking found in the place of what was there, and note that it has seen the current editions: one transaction."""
    named = {
        "sentence_links": parts.sentences,
        "links": parts.links,
        "facts": parts.facts,
        "conflicts": parts.conflicts,
        "issues": parts.issues,
    }
    record.places = None
    record.write(_commands(named, linker))


def _commands(named: dict[str, Sequence[Any]], linker: str) -> Iterator[tuple[str, Sequence[object]]]:
    for name, rows in named.items():
        yield f"DELETE FROM {name}", ()
        for start in range(0, len(rows), _AT_ONCE):
            yield schema.INSERT_LINKED[name], (start, msgspec.json.encode(rows[start : start + _AT_ONCE]).decode())
    yield "DELETE FROM linked", ()
    yield "INSERT INTO linked SELECT key, coder, ? FROM current", (linker,)


def sentences(record: Record, where: str = "true", parameters: Sequence[object] = ()) -> Iterator[SentenceLink]:
    """Links of sentences, by documents and place. where: a condition in SQL."""
    return _read(record, "sentence_links", schema.SENTENCE_LINK, SentenceLink, where, parameters)


def links(record: Record, where: str = "true", parameters: Sequence[object] = ()) -> Iterator[Link]:
    """Links of statements, by their ids."""
    return _read(record, "links", schema.LINK, Link, where, parameters)


def facts(record: Record, where: str = "true", parameters: Sequence[object] = ()) -> Iterator[Fact]:
    """Facts with their differences, by their first statement."""
    return _read(record, "facts", schema.FACT, Fact, where, parameters)


def conflicts(record: Record, where: str = "true", parameters: Sequence[object] = ()) -> Iterator[Conflict]:
    """Conflicts, by kind and place."""
    return _read(record, "conflicts", schema.CONFLICT, Conflict, where, parameters)


def facts_of(record: Record, ids: Collection[str], shared: bool = False) -> list[Fact]:
    """The facts that rest on any of these statements. shared: only those that rest on several."""
    return list(_resting(record, "facts", ids, shared, facts))


def conflicts_of(record: Record, ids: Collection[str]) -> list[Conflict]:
    """The conflicts that rest on any of these statements."""
    return list(_resting(record, "conflicts", ids, False, conflicts))


def _resting(record: Record, table: str, ids: Collection[str], shared: bool, read: Callable[..., Iterator[R]]) -> Iterator[R]:
    wanted = set(ids)
    if record.places is None:
        each = f"SELECT rowid AS row, unnest(statements) AS id FROM {table} WHERE len(statements) >= {1 + shared}"
        some = f"rowid IN (SELECT row FROM ({each}) WHERE id IN (SELECT unnest({schema.LISTED})))"
        return read(record, some, [schema.listed(sorted(wanted))]) if wanted else iter(())
    found = record.places.linked(table, wanted, shared)
    if len(found) > 1:
        every = read(record, "rowid IN (SELECT unnest(from_json(?, '[\"BIGINT\"]')))", [msgspec.json.encode(found).decode()])
    else:
        every = (one for row in found for one in read(record, "rowid = ?", [row]))
    return (one for one in every if not wanted.isdisjoint(one.statements))


def issues(record: Record, where: str = "true", parameters: Sequence[object] = ()) -> Iterator[Issue]:
    """Issues, by their first statement."""
    return _read(record, "issues", schema.ISSUE, Issue, where, parameters)


def _read(
    record: Record, table: str, shape: dict[str, schema.Shape], kind: type[T], where: str, parameters: Iterable[object]
) -> Iterator[T]:
    if table not in record.tables:
        return
    fields = tuple(shape)
    sql = f"SELECT {schema.columns(shape)} FROM {table} WHERE {where} ORDER BY ordinal"
    for row in record.query(sql, list(parameters)):
        yield msgspec.convert(dict(zip(fields, row, strict=True)), kind)
