"""The last stage of a build: what is not linked yet is linked with all that is there, and written in one transaction.

And the linking of statements that stand in a file, made by anyone.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import msgspec

from dragoman.encoding import Encoder, Vectors, encode_cached, hash_text, load
from dragoman.engines.engine import Engine, Lost, spread
from dragoman.engines.interrupts import undisturbed
from dragoman.errors import QueryError, ReadingError
from dragoman.linking import Kept, Linked, fingerprint, link
from dragoman.linking.pairs import MOST_LINKS, Judgements
from dragoman.reading import find, read
from dragoman.record import Record, linked
from dragoman.record.settling import pairs
from dragoman.statement import TYPES, Document, Statement

_TEXTS = 256
"""Texts that are encoded together."""


def link_record(record: Record, progress: Callable[..., Any] | None = None, engine: Engine | None = None) -> bool:
    """Link what the record holds, as far as it is not linked; whether anything was to be done.

    progress: called with "encoding" or "linking", the steps done, and how many there are. engine: who encodes. A record whose linking was
    stopped is as before, but for vectors that it keeps, and is linked by the next build.
    """
    linker = fingerprint()
    changed = linked.unlinked(record, linker)
    if not changed:
        return False
    encoder = load()

    def encode(texts: Any) -> Vectors:
        texts = list(texts)
        if engine is not None and engine.width > 1 and len(texts) > _TEXTS:
            _encode_elsewhere(engine, encoder, texts, record, progress)
        return encode_cached(encoder, texts, record)

    def show(done: int, total: int) -> None:
        if progress:
            progress("linking", done, total)

    documents = list(record.documents())
    judged = Judgements(pairs(record, "same"), pairs(record, "never-same"))
    found = link(documents, record.statements(), encode, judged, _kept(record, changed, {d.id for d in documents}), show)
    parts = linked.Parts(found.sentences, found.links, found.facts, found.conflicts, found.issues)
    with undisturbed():
        linked.replace(record, parts, linker)
    return True


def _encode_elsewhere(engine: Engine, encoder: Encoder, texts: Sequence[str], record: Record, progress: Callable[..., Any] | None) -> None:
    """Have those of `texts` encoded that the record has no vectors of, and keep them there as they come."""
    wanted = {hash_text(text): text for text in texts}
    known = record.vectors(encoder.name, list(wanted))
    missing = sorted((text for key, text in wanted.items() if key not in known), key=len)  # alike in length, they are done together faster
    batches = enumerate(missing[start : start + _TEXTS] for start in range(0, len(missing), _TEXTS))
    done = 0
    for _, pieces in spread(engine, _encode, batches):
        for piece in pieces:
            if isinstance(piece, Lost):
                continue  # it is encoded here, then
            with undisturbed():
                record.keep_vectors(encoder.name, piece)
            done += len(piece)
            if progress:
                progress("encoding", done, len(missing))


class _Kept(dict[str, bytes]):
    """A cache that keeps what it is given."""

    def vectors(self, encoder: str, hashes: Sequence[str]) -> dict[str, bytes]:
        return {}

    def keep_vectors(self, encoder: str, vectors: Mapping[str, bytes]) -> None:
        self.update(vectors)


def _encode(texts: Sequence[str]) -> dict[str, bytes]:
    """The vectors of texts by their hashes, as a record keeps them."""
    kept = _Kept()
    encode_cached(load(), texts, kept)
    return dict(kept)


def _kept(record: Record, changed: set[str], current: set[str]) -> Kept | None:
    """What can stay: what was found among documents that have not changed; None when all have."""
    home = dict(record.query(f"SELECT id, doc FROM {record.table()}"))
    changed = changed | _freed(record, home, current - changed)
    if changed == current:
        return None
    same = current - changed
    return Kept(
        changed=frozenset(changed),
        links=tuple(one for one in linked.links(record) if home.get(one.left) in same and home.get(one.right) in same),
        sentences=tuple(one for one in linked.sentences(record) if one.left_doc in same and one.right_doc in same),
        facts=tuple(one for one in linked.facts(record) if all(home.get(id) in same for id in one.statements)),
        conflicts=tuple(one for one in linked.conflicts(record) if all(home.get(id) in same for id in one.statements)),
    )


def _freed(record: Record, home: Mapping[str, str], same: set[str]) -> set[str]:
    """Documents that have a statement which has lost one of as many links as it may have: those that it had dropped may count again."""
    lost, held = set[str](), Counter[str]()
    for one in linked.links(record, "grade = 'same'"):
        ends = [id for id in (one.left, one.right) if home.get(id) in same]
        held.update(ends)
        if len(ends) == 1:
            lost.update(ends)
    return {home[id] for id in lost if held[id] >= MOST_LINKS}


def link_file(statements: Path, texts: Path) -> tuple[list[Statement], Linked]:
    """The statements of a JSONL file, linked. texts: the folder (or file) of the documents that they quote.

    A statement without an id gets the number of its line, from 0. Raises ReadingError for the texts, QueryError for the file.
    """
    sources = find([texts])
    if not sources:
        raise ReadingError("There is no text here.", str(texts))
    documents = {document.id: document for document in map(read, sources)}
    found = read_statements(statements, documents)
    encoder = load()
    return found, link(documents.values(), found, lambda texts: encode_cached(encoder, list(texts)))


def read_statements(path: Path, documents: Mapping[str, Document]) -> list[Statement]:
    """The statements of a JSONL file, each checked against the document that it quotes. Raises QueryError, naming file and line."""
    try:
        lines: Sequence[bytes] = path.read_bytes().splitlines()
    except OSError as error:
        raise QueryError(f"The statements cannot be read: {error.strerror}.", str(path)) from error
    found, ids = [], set[str]()
    for number, line in enumerate(lines):
        if line.strip():
            one = _read_statement(line, number, f"{path}:{number + 1}", documents)
            if one.id in ids:
                raise QueryError(f"Two statements have the id {one.id!r}.", f"{path}:{number + 1}", "Give each its own, or none.")
            ids.add(one.id)
            found.append(one)
    if not found:
        raise QueryError("The file holds no statements.", str(path))
    return found


def _read_statement(line: bytes, number: int, where: str, documents: Mapping[str, Document]) -> Statement:
    try:
        fields = msgspec.json.decode(line, type=dict[str, Any])
        document = documents[str(fields.get("doc", fields.get("document", "")))]
        given = {name: value for name, value in fields.items() if name in Statement.__struct_fields__ and value is not None}
        one = msgspec.convert({"id": str(number), **given, "doc": document.id, "language": document.language}, Statement)
    except KeyError as error:
        there = ", ".join(list(documents)[:5]) + (" ..." if len(documents) > 5 else "")
        raise QueryError(f"No text has the id {error.args[0]!r}.", where, f"The texts are {there}.") from error
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise QueryError(f"This is no statement: {error}.", where, "docs/statements.md names the fields.") from error
    if one.type not in TYPES[one.kind]:
        raise QueryError(f"No {one.kind} has the type {one.type!r}.", where, f"There is {', '.join(TYPES[one.kind])}.")
    if document.text[one.start : one.end] != one.quote:
        advice = "Offsets are code points into the text as it is read, the end excluded."
        raise QueryError(f"The quote does not stand at {one.start} to {one.end} of {document.id!r}.", where, advice)
    return one
