"""Which statements the judgements hold for now: drawn anew from the rows and the texts, as either come.

A judgement holds where its words stand: in the edition that it was made on, whatever a later coder makes of them; in another edition where
the sentences of the quote are the same and the machine reads the same from them. Elsewhere it is asked again.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any, Literal

import msgspec

from dragoman.record import judgements, schema
from dragoman.record.correction import SLOTS, apply, changes, codes
from dragoman.record.judgements import Commands
from dragoman.record.store import Record
from dragoman.statement import Document, Judgement, Reading, Statement

Reason = Literal["words", "reading", "document"]
"""Why a judgement is asked again: its words no longer stand so; they do, and are read otherwise; the record has no such document."""

_AT_ONCE = 2000


class _Place(msgspec.Struct):
    """One coding of one edition of a document, with the statements in it that have judged words."""

    key: str
    coder: str
    current: bool
    document: Document
    statements: list[tuple[int, Statement]]


def sentence_of(document: Document, statement: Statement) -> str:
    """The whole sentences that a statement's quote stands in."""
    own = [s for s in document.sentences if s.start < statement.end and s.end > statement.start]
    return document.text[min([statement.start, *(s.start for s in own)]) : max([statement.end, *(s.end for s in own)])]


def settle(record: Record, added: Sequence[Judgement] = (), docs: Collection[str] | None = None) -> Commands:
    """What draws the tables of judged statements anew, for the documents `docs` (default all that have been judged).

    added: judgements that are about to be written. The commands belong into the transaction that writes them.
    """
    if docs is None:
        docs = judgements.documents(record) | {reading.statement.doc for one in added for reading in one.readings}
    if not docs:
        return []
    before = {one.id: one for one in (*judgements.of_documents(record, docs), *added)}
    seen = [one for one in before.values() if one.verdict != "undo"]
    alive = judgements.living(before.values())
    every = {reading.statement.doc for one in alive for reading in one.readings}
    wanted = {doc: sorted({r.statement.quote for one in alive for r in one.readings if r.statement.doc == doc}) for doc in every}
    places = {doc: _places(record, doc, quotes) for doc, quotes in wanted.items()}
    judged, pairs, again = _resolve(alive, places)
    listed = schema.listed(docs)
    ids = schema.listed(one.id for one in seen)
    commands: Commands = [
        (f"DELETE FROM judged WHERE doc IN (SELECT unnest({schema.LISTED}))", (listed,)),
        (f"DELETE FROM judged_pairs WHERE judgement IN (SELECT unnest({schema.LISTED}))", (ids,)),
        (f"DELETE FROM asked_again WHERE judgement IN (SELECT unnest({schema.LISTED}))", (ids,)),
    ]
    rows = [row for row in judged if row["doc"] in docs]
    for start in range(0, len(rows), _AT_ONCE):
        commands.append((schema.INSERT_JUDGED, (msgspec.json.encode(rows[start : start + _AT_ONCE]).decode(),)))
    commands += [("INSERT INTO judged_pairs VALUES (?, ?, ?, ?)", pair) for pair in pairs]
    commands += [("INSERT INTO asked_again VALUES (?, ?, ?)", one) for one in again]
    return commands


def _places(record: Record, doc: str, quotes: list[str]) -> list[_Place]:
    """The editions and codings of a document, the current one first."""
    last = record.current(doc)
    found: list[_Place] = []
    texts: dict[str, Document] = {}
    columns = schema.columns(schema.STATEMENT)
    for key, coder in record.query("SELECT key, coder FROM additions WHERE id = ? GROUP BY ALL ORDER BY max(seq) DESC", [doc]):
        if key not in texts:
            texts[key] = next(record.documents("key = ?", [key], history=True))
        rows = record.query(
            f"SELECT ordinal, {columns} FROM statements WHERE document = ? AND coder = ? AND quote IN (SELECT unnest({schema.LISTED})) "
            "ORDER BY ordinal",
            [key, coder, schema.listed(quotes)],
        )
        some = [(ordinal, msgspec.convert(dict(zip(schema.STATEMENT, row, strict=True)), Statement)) for ordinal, *row in rows]
        found.append(_Place(key, coder, (key, coder) == last, texts[key], some))
    return found


def _resolve(
    alive: Sequence[Judgement], places: Mapping[str, Sequence[_Place]]
) -> tuple[list[dict[str, Any]], list[tuple[str, str, str, str]], list[tuple[str, str, Reason]]]:
    """The rows of `judged`, `judged_pairs` and `asked_again`; of two judgements of one thing the later holds."""
    judged: dict[tuple[str, str, str], dict[str, Any]] = {}
    pairs: dict[frozenset[str], tuple[str, str, str, str]] = {}
    again: list[tuple[str, str, Reason]] = []
    for one in alive:
        current: list[str] = []
        for reading in one.readings:
            doc = reading.statement.doc
            for place in places[doc]:
                found = _match(one, reading, place)
                if not isinstance(found, tuple):
                    again += [(one.id, doc, found)] if place.current else []
                    continue
                if len(one.readings) == 1:
                    judged[place.key, place.coder, found[1].id] = _row(one, place, *found)
                if place.current:
                    current.append(found[1].id)
            if not places[doc]:
                again.append((one.id, doc, "document"))
        if len(set(current)) == 2:
            left, right = sorted(current)
            pairs[frozenset(current)] = (one.id, one.verdict, left, right)
    return list(judged.values()), list(pairs.values()), again


def _match(judgement: Judgement, reading: Reading, place: _Place) -> tuple[int, Statement] | Reason:
    """The statement of that place that the judgement holds for, with its ordinal; or why there is none."""
    read, document = reading.statement, place.document
    told = [read, msgspec.structs.replace(read, **changes(judgement.slots))]
    words = [(n, s) for n, s in place.statements if s.quote == read.quote]
    if place.key == reading.edition:
        own = [(n, s) for n, s in words if s.id == read.id and s.type == read.type]
        # Coded anew: the words are the same, and what was said of them holds; what was rejected may have been mended since.
        slots = SLOTS if judgement.verdict == "reject" else ("type", "source", "target")
        own = own or [(n, s) for n, s in words if any(all(_alike(one, s, slot) for slot in slots) for one in told)]
    else:
        # What is read from around the sentence (a date from a heading, a speaker) must be the same, too.
        own = [(n, s) for n, s in words if sentence_of(document, s) == reading.sentence]
        if (words and not own) or reading.sentence not in document.text:
            return "words"
        own = [(n, s) for n, s in own if all(_alike(read, s, slot) for slot in SLOTS)]
    if not own:
        return "reading"
    return min(own, key=lambda pair: (pair[1].id != read.id, abs(pair[1].start - read.start), pair[0]))


def _alike(one: Statement, other: Statement, slot: str) -> bool:
    a, b = getattr(one, slot), getattr(other, slot)
    return codes(a) == codes(b) if isinstance(a, tuple) else bool(a == b)


def _row(judgement: Judgement, place: _Place, ordinal: int, machine: Statement) -> dict[str, Any]:
    said = apply(judgement, machine)
    actors = sorted({schema.find_by(actor) for actor in (*said.source, *said.target)})
    row: dict[str, Any] = {"judgement": judgement.id, "verdict": judgement.verdict, "actors": actors, "document": place.key}
    return {**row, "coder": place.coder, "ordinal": ordinal, **msgspec.to_builtins(said)}


def resettle(record: Record) -> None:
    """Draw all anew, after documents have come; nothing in a record that nobody has judged. Raises RecordError."""
    if not record.read_only and (commands := settle(record)):
        record.write(commands)


def pairs(record: Record, verdict: str) -> frozenset[frozenset[str]]:
    """The pairs of current statements of which a person has said `verdict` ("same", "never-same"), as sets of two ids."""
    if "judged_pairs" not in record.tables:
        return frozenset()
    return frozenset(frozenset(row) for row in record.query('SELECT "left", "right" FROM judged_pairs WHERE verdict = ?', [verdict]))
