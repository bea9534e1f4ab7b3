"""What linking has found, in and out of a record. It is derived from the statements: written anew as documents come, never corrected."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, TypeVar

import msgspec

from dragoman.record import schema
from dragoman.record.store import Record
from dragoman.statement import Conflict, Fact, Issue, Link, SentenceLink

T = TypeVar("T", bound=msgspec.Struct)

JUDGED = "linked_judgements"
"""The property of the record that tells how many judgements linking has taken in."""
_SEEN = f"(SELECT coalesce(max(value::BIGINT), 0) FROM meta WHERE name = '{JUDGED}')"
_DOUBTED = f"""(SELECT coalesce(list(id), []) FROM judged WHERE verdict = 'reject'
    OR (verdict = 'correct' AND judgement IN (SELECT id FROM judgements WHERE seq > {_SEEN})))"""

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
    current = list(record.query(_CURRENT))
    judged = _judged(record)
    return {id for id, key, coder in current if (key, coder) not in seen or id in judged}


def _judged(record: Record) -> set[str]:
    """The documents of what has been judged, or undone, since linking last saw the judgements; an acceptance changes no link."""
    if "judgements" not in record.tables:
        return set()
    undone = dict(record.query("SELECT id, undoes FROM judgements WHERE verdict = 'undo'"))
    new = {row[0] for row in record.query(f"SELECT id FROM judgements WHERE verdict <> 'accept' AND seq > {_SEEN}")}
    while new & undone.keys():
        new = {undone.get(id, id) for id in new}
    rows = record.query(
        f"SELECT DISTINCT unnest(readings).statement.doc FROM judgements WHERE id IN (SELECT unnest({schema.LISTED}))", [schema.listed(new)]
    )
    return {doc for (doc,) in rows}


def replace(record: Record, parts: Parts, linker: str) -> None:
    """Put what linking found in the place of what was there, and note that it has seen the current editions: one transaction."""
    named = {
        "sentence_links": parts.sentences,
        "links": parts.links,
        "facts": parts.facts,
        "conflicts": parts.conflicts,
        "issues": parts.issues,
    }
    record.write(_commands(named, linker))


def _commands(named: dict[str, Sequence[Any]], linker: str) -> Iterator[tuple[str, Sequence[object]]]:
    for name, rows in named.items():
        yield f"DELETE FROM {name}", ()
        for start in range(0, len(rows), _AT_ONCE):
            yield schema.INSERT_LINKED[name], (start, msgspec.json.encode(rows[start : start + _AT_ONCE]).decode())
    yield "DELETE FROM linked", ()
    yield "INSERT INTO linked SELECT key, coder, ? FROM current", (linker,)
    yield "DELETE FROM meta WHERE name = ?", (JUDGED,)
    yield "INSERT INTO meta SELECT ?, max(seq)::VARCHAR FROM judgements HAVING count(*) > 0", (JUDGED,)


def restate(record: Record, old: Sequence[Fact], new: Sequence[Fact]) -> None:
    """Put facts in the place of others, between two linkings: one transaction."""
    ids = schema.listed(fact.id for fact in old)
    listed = f"id IN (SELECT unnest({schema.LISTED}))"
    places = [row[0] for row in record.query(f"SELECT ordinal FROM facts WHERE {listed} ORDER BY ordinal", [ids])]
    places = places or [next(record.query("SELECT coalesce(max(ordinal), 0) + 1 FROM facts"))[0]]
    commands: list[tuple[str, Sequence[object]]] = [(f"DELETE FROM facts WHERE {listed}", (ids,))]
    for number, fact in enumerate(new):
        place = places[min(number, len(places) - 1)]
        commands.append((schema.INSERT_LINKED["facts"], (place - 1, msgspec.json.encode([fact]).decode())))
    record.write(commands)


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
    """Conflicts, by kind and place; without those that rest on what a person has rejected, or corrected since they were found."""
    return _read(record, "conflicts", schema.CONFLICT, Conflict, f"({where}) AND {standing(record)}", parameters)


def standing(record: Record) -> str:
    """The condition in SQL for a conflict whose statements a person has left as they were when it was found."""
    return f"NOT list_has_any(statements, {_DOUBTED})" if record.is_judged() else "true"


def issues(record: Record, where: str = "true", parameters: Sequence[object] = ()) -> Iterator[Issue]:
    """Issues, by their first statement."""
    return _read(record, "issues", schema.ISSUE, Issue, where, parameters)


def _read(
    record: Record, table: str, shape: dict[str, schema.Shape], kind: type[T], where: str, parameters: Iterable[object]
) -> Iterator[T]:
    if table not in record.tables:
        return
    fields = tuple(shape)
    sql = f"SELECT {schema.columns(shape)} FROM {table} WHERE {where} ORDER BY ordinal{', id' if 'id' in shape else ''}"
    for row in record.query(sql, list(parameters)):
        yield msgspec.convert(dict(zip(fields, row, strict=True)), kind)
