"""Writing to a record and reading from it. One transaction a document; what is in is never changed."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from functools import cached_property
from itertools import islice
from pathlib import Path
from types import TracebackType
from typing import Any, Literal, Self

import duckdb
import msgspec

from dragoman.errors import RecordError
from dragoman.record import schema
from dragoman.record.file import connect, tables, translated
from dragoman.statement import Document, Statement

Change = Literal["added", "edition", "recoded", "unchanged"]
"""What adding a document did: a new document, a new edition of one, the same edition by another coder, nothing."""

Values = Literal["judged", "machine"]
"""judged: as persons have corrected them, without what they rejected. machine: as they were read."""

ORDER = 'doc, start, "end", kind, type, id, ordinal'
"""The order of statements wherever no other is asked for: by place, and the same on every machine."""

_STATEMENT_FIELDS = tuple(schema.STATEMENT)
_DOCUMENTS = 200
"""Documents whose sentences are looked up together: a search for each takes a second for a hundred in a large record."""


class Counts(msgspec.Struct, frozen=True):
    """How much a record holds, current editions only. statements: by kind."""

    documents: int
    sentences: int
    statements: dict[str, int]


def edition_key(document: Document) -> str:
    """What tells one edition of a document from another: the SHA-256, in hex, of all that was read.

    Raises RecordError for a text that UTF-8 cannot hold (lone surrogates).
    """
    return hashlib.sha256(_json(document, document.id).encode()).hexdigest()


def _json(value: Any, doc: str) -> str:
    try:
        return msgspec.json.encode(value).decode()
    except UnicodeEncodeError as error:
        raise RecordError(
            f"Characters that UTF-8 cannot hold ({error.reason}).", repr(doc)[1:-1], "Repair the text or the file's name."
        ) from error


class Record:
    """An open record. A context manager; `close` it otherwise. Not to be shared between processes."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, path: Path, made: bool, read_only: bool) -> None:
        """path: the file. made: whether opening it made it. read_only: whether it may only be read.

        tables: their names and those of their columns; an older Dragoman's record lacks the later ones until it is opened for writing.
        """
        self._connection, self.path, self.made, self.read_only = connection, path, made, read_only
        self.tables = frozenset(tables(connection))
        self._values: Values = "judged"

    @classmethod
    def open(cls, path: str | os.PathLike[str], create: bool = False, read_only: bool = False) -> Self:
        """The record at `path`; made when missing and `create`.

        Raises RecordError: none there, not a record, from a newer version, in use by another process, no right to write, disk full.
        """
        place = Path(path)
        connection, made = connect(place, create=create, read_only=read_only)
        return cls(connection, place, made, read_only)

    def close(self) -> None:
        """Close the file. Raises RecordError when what was committed cannot be put in its final place (it is kept in the log beside it)."""
        with translated(self.path):
            self._connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        try:
            self.close()
        except RecordError:
            if error is None:
                raise

    def add(self, document: Document, statements: Sequence[Statement], coder: str) -> Change:
        """Add `document` as its newest edition, with what the coder of that version found, in one transaction.

        The same edition by the same coder changes nothing; older editions and codings stay. Raises RecordError, the record as before.
        """
        key = edition_key(document)
        before = self.current(document.id)
        if before == (key, coder):
            return "unchanged"
        with self._transaction():
            self._insert(key, document, statements, coder)
        if before is None:
            return "added"
        return "edition" if before[0] != key else "recoded"

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        """All that is executed within it, or nothing."""
        with translated(self.path):
            self._connection.execute("BEGIN")
            try:
                yield
                self._connection.execute("COMMIT")
            except BaseException:
                self._roll_back()
                raise

    def write(self, commands: Iterable[tuple[str, Sequence[object]]]) -> None:
        """Execute commands with their parameters in one transaction. Raises RecordError, the record as before."""
        with self._transaction():
            for sql, parameters in commands:
                self._connection.execute(sql, list(parameters))

    def _insert(self, key: str, document: Document, statements: Sequence[Statement], coder: str) -> None:
        execute = self._connection.execute
        coders = {row[0] for row in execute("SELECT coder FROM additions WHERE key = ?", [key]).fetchall()}
        if not coders:
            execute(schema.INSERT_DOCUMENT, [key, _json([document], document.id)])
            execute(schema.INSERT_SENTENCES, [key, _json(document.sentences, document.id)])
        if statements and coder not in coders:
            ((before,),) = execute("SELECT count(*) FROM statements").fetchall()
            execute(schema.INSERT_STATEMENTS, [key, coder, _json(statements, document.id)])
            every = [{"actor": schema.find_by(a), "place": i} for i, s in enumerate(statements) for a in (*s.source, *s.target)]
            execute(schema.INSERT_PARTICIPANTS, [_json(every, document.id), before])
        execute("INSERT INTO additions SELECT coalesce(max(seq), 0) + 1, ?, ?, ? FROM additions", [document.id, key, coder])

    def _roll_back(self) -> None:
        # A failed commit has rolled back by itself, and DuckDB says so with an error of its own.
        with suppress(duckdb.Error):
            self._connection.execute("ROLLBACK")

    def current(self, id: str) -> tuple[str, str] | None:
        """The key of the newest edition of the document `id`, and the version of the coder; None when it is not in the record."""
        rows = list(self.query("SELECT key, coder FROM additions WHERE id = ? ORDER BY seq DESC LIMIT 1", [id]))
        return (rows[0][0], rows[0][1]) if rows else None

    def query(self, sql: str, parameters: Sequence[object] = ()) -> Iterator[tuple[Any, ...]]:
        """The rows that a SELECT gives, a thousand at a time. For the views that answers make; docs/record.md names the tables."""
        with translated(self.path):
            cursor = self._connection.cursor()
            try:
                cursor.execute(sql, list(parameters))
                while rows := cursor.fetchmany(1000):
                    yield from rows
            finally:
                cursor.close()

    def statements(
        self,
        where: str = "true",
        parameters: Sequence[object] = (),
        history: bool = False,
        limit: int | None = None,
        skip: int = 0,
        values: Values = "judged",
    ) -> Iterator[Statement]:
        """Statements of the current editions, or with `history` of all, by document and place. where: a condition in SQL.

        limit: at most so many. skip: without so many of the first.
        """
        part = f"LIMIT {limit:d} OFFSET {skip:d}" if limit is not None else ""
        return self._statements(self.table(values, history), where, parameters, part)

    def _statements(self, table: str, where: str, parameters: Sequence[object], part: str = "") -> Iterator[Statement]:
        rows = self.query(f"SELECT {schema.columns(schema.STATEMENT)} FROM {table} WHERE {where} ORDER BY {ORDER} {part}", parameters)
        return (msgspec.convert(dict(zip(_STATEMENT_FIELDS, row, strict=True)), Statement) for row in rows)

    @contextmanager
    def showing(self, values: Values) -> Iterator[None]:
        """Within it, statements are read with these values wherever no others are asked for."""
        before, self._values = self._values, values
        try:
            yield
        finally:
            self._values = before

    def table(self, values: Values = "judged", history: bool = False) -> str:
        """What statements are read from, in SQL: those of the current editions, or with `history` of all."""
        if values == "judged" and self.is_judged():
            return schema.JUDGED_HISTORY if history else "judged_statements"
        return "statements" if history else "current_statements"

    def is_judged(self) -> bool:
        """Whether a judgement of a statement holds, and is to be shown."""
        return self._values == "judged" and "judged" in self.tables and any(self.query("SELECT 1 FROM judged LIMIT 1"))

    @cached_property
    def participants(self) -> str:
        """What tells by `row` who takes part in a statement: the table, or where an older record is only read what it is drawn from."""
        return "participants" if "participants" in self.tables else schema.DRAWN_PARTICIPANTS

    def of_actor(self, keys: Collection[str]) -> tuple[str, list[object]]:
        """The condition in SQL, with its parameters, that somebody of `keys` (schema.find_by) takes part in a statement."""
        marks = ", ".join("?" * len(keys)) or "NULL"
        named = f"id IN (SELECT s.id FROM statements s JOIN {self.participants} p ON s.rowid = p.row WHERE p.actor IN ({marks}))"
        if not self.is_judged():
            return named, list(keys)
        judged = f"id IN (SELECT id FROM judged WHERE verdict <> 'reject' AND list_has_any(actors, [{marks}]))"
        return f"(({named} AND id NOT IN (SELECT id FROM judged)) OR {judged})", [*keys, *keys]

    def about(
        self,
        parties: Sequence[Collection[str]],
        where: str = "true",
        parameters: Sequence[object] = (),
        editions: Sequence[tuple[str, str]] | None = None,
    ) -> Iterator[Statement]:
        """Statements in which somebody of each of `parties` takes part, by document and place, with their judged values.

        parties: what the actors of each are found by (schema.find_by); of none, all statements. editions: key and coder of those that
        count, default the current ones. Quick in a large record, where `statements` looks at every row.
        """
        if not parties and editions is None:
            return self.statements(where, parameters)
        marks = [f"SELECT row FROM {self.participants} WHERE actor IN ({', '.join('?' * len(keys)) or 'NULL'})" for keys in parties]
        some = f"WHERE rowid IN ({' INTERSECT '.join(marks)})" if parties else ""
        chosen, listed = "current", list[object]()
        if editions is not None:
            chosen = "(SELECT unnest(?::VARCHAR[]) AS key, unnest(?::VARCHAR[]) AS coder)"
            listed = [[key for key, _ in editions], [coder for _, coder in editions]]
        found = f"SELECT s.* FROM (SELECT * FROM statements {some}) s JOIN {chosen} c ON s.document = c.key AND s.coder = c.coder"
        values: list[object] = [*(key for keys in parties for key in keys), *listed]
        if self.is_judged():
            each = " AND ".join(["verdict <> 'reject'", *("list_has_any(actors, ?::VARCHAR[])" for _ in parties)])
            judged = f"(SELECT j.* FROM judged j JOIN {chosen} c ON j.document = c.key AND j.coder = c.coder) WHERE {each}"
            found = f"""SELECT {schema.PLACED} FROM ({found}) s
                ANTI JOIN judged j ON s.id = j.id AND s.document = j.document AND s.coder = j.coder
                UNION ALL SELECT {schema.PLACED} FROM {judged}"""
            values += [*listed, *(list(keys) for keys in parties)]
        return self._statements(f"({found})", where, [*values, *parameters])

    def documents(self, where: str = "true", parameters: Sequence[object] = (), history: bool = False) -> Iterator[Document]:
        """Documents with their sentences, current editions or with `history` all, by id and then in the order they came."""
        table = "current_documents"
        if history:
            table = "(SELECT d.*, a.seq FROM documents d JOIN (SELECT key, min(seq) AS seq FROM additions GROUP BY key) a ON d.key = a.key)"
        told = {name: shape for name, shape in schema.DOCUMENT.items() if f"documents.{name}" in self.tables}
        said = {name: shape for name, shape in schema.SENTENCE.items() if f"sentences.{name}" in self.tables}
        rows = self.query(f"SELECT key, {schema.columns(told)} FROM {table} WHERE {where} ORDER BY id, seq", parameters)
        chosen = f"SELECT document, {schema.columns(said)} FROM sentences WHERE document IN (SELECT unnest({schema.LISTED}))"
        while batch := list(islice(rows, _DOCUMENTS)):
            sentences: dict[str, list[dict[str, Any]]] = {}
            for document, *sentence in self.query(f"{chosen} ORDER BY document, ordinal", [schema.listed(key for key, *_ in batch)]):
                sentences.setdefault(document, []).append(dict(zip(said, sentence, strict=True)))
            for key, *row in batch:
                fields = dict(zip(told, row, strict=True)) | {"sentences": sentences.get(key, [])}
                yield msgspec.convert(fields, Document)

    def counts(self) -> Counts:
        """How much the record holds now."""
        ((documents, sentences),) = self.query("SELECT (SELECT count(*) FROM current), (SELECT count(*) FROM current_sentences)")
        kinds = self.query(f"SELECT kind, count(*) FROM {self.table()} GROUP BY kind ORDER BY kind")
        return Counts(documents, sentences, dict(kinds))

    def count(self, table: str) -> int:
        """The rows of a table; 0 where an older Dragoman has not made it."""
        return next(self.query(f"SELECT count(*) FROM {table}"))[0] if table in self.tables else 0

    def vectors(self, encoder: str, hashes: Sequence[str]) -> dict[str, bytes]:
        """The vectors that are kept of the texts with these hashes, as the encoder of that name made them."""
        if "vectors" not in self.tables:
            return {}
        # As JSON: to bind a list of ten thousand texts takes DuckDB seconds.
        sql = "SELECT hash, vector FROM vectors WHERE encoder = ? AND hash IN (SELECT unnest(from_json(?, '[\"VARCHAR\"]')))"
        return dict(self.query(sql, [encoder, msgspec.json.encode(list(hashes)).decode()]))

    def keep_vectors(self, encoder: str, vectors: Mapping[str, bytes]) -> None:
        """Keep vectors by the hash of their texts; one that is there stays. A record that is only read keeps none.

        Raises RecordError when the disk is full, the record as before.
        """
        if self.read_only or not vectors:
            return
        with translated(self.path):
            rows = msgspec.json.encode([{"hash": key, "vector": vector} for key, vector in vectors.items()]).decode()
            self._connection.execute(schema.INSERT_VECTORS, [encoder, rows, encoder])
