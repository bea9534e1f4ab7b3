"""Parts: coded documents on their way into a record, a Parquet file each. Made by whoever codes; taken in whole, in one transaction.

A row is a document with its sentences, statements and who takes part in them, or the error for which there is none.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import duckdb
import msgspec

from dragoman.errors import DragomanError, RecordError
from dragoman.record import schema
from dragoman.record.file import CONFIG
from dragoman.record.store import Change, Record
from dragoman.statement import Document, Statement


class Failure(msgspec.Struct, frozen=True):
    """Why a document could not be coded. id, key: of the document and its edition, key "" where it could not even be read.

    place: where it stands. what, advice: of the error.
    """

    id: str
    key: str
    place: str
    what: str
    advice: str = ""

    def error(self, advice: str = "") -> DragomanError:
        """The error, to be shown, with its own advice or another."""
        return DragomanError(self.what, self.place, advice or self.advice)


class Row(msgspec.Struct, frozen=True):
    """A document of a part. key: of its edition. failure: in place of the rest."""

    id: str
    key: str
    document: Document | None = None
    statements: Sequence[Statement] = ()
    failure: Failure | None = None


_SHAPE: dict[str, schema.Shape] = {
    "place": "INTEGER",
    "id": "VARCHAR",
    "key": "VARCHAR",
    "failure": dict.fromkeys(Failure.__struct_fields__, "VARCHAR"),
    "document": schema.DOCUMENT,
    "sentences": [schema.SENTENCE],
    "statements": [schema.STATEMENT],
    "actors": [{"actor": "VARCHAR", "place": "BIGINT"}],
}
_UNNEST = f"SELECT row.* FROM (SELECT unnest(from_json(?, '{msgspec.json.encode([_SHAPE]).decode()}')) AS row)"


def pack(rows: Sequence[Row]) -> bytes:
    """The rows as a Parquet file."""
    told: list[dict[str, Any]] = []
    for place, row in enumerate(rows):
        if row.document is None:
            told.append({"place": place, "id": row.id, "key": row.key, "failure": row.failure})
            continue
        actors = [{"actor": schema.find_by(a), "place": at} for at, s in enumerate(row.statements) for a in (*s.source, *s.target)]
        told.append({
            "place": place, "id": row.id, "key": row.key, "document": row.document, "sentences": row.document.sentences,
            "statements": row.statements, "actors": actors,
        })  # fmt: skip
    with TemporaryDirectory(prefix="dragoman-") as folder, duckdb.connect(config=CONFIG) as connection:
        file = Path(folder) / "part.parquet"
        connection.execute(f"CREATE TEMP TABLE part AS {_UNNEST}", [_encode(told)])
        connection.execute(f"COPY part TO {_quote(file)} (FORMAT parquet, COMPRESSION zstd)")
        return file.read_bytes()


def _encode(rows: Sequence[dict[str, Any]]) -> str:
    """As JSON; a document that UTF-8 cannot hold becomes a failure of its own."""
    encoded = []
    for row in rows:
        try:
            encoded.append(msgspec.json.encode(row).decode())
        except UnicodeEncodeError as error:
            id = repr(row["id"])[1:-1]
            failure = Failure(
                id, row["key"], id, f"Characters that UTF-8 cannot hold ({error.reason}).", "Repair the text or the file's name."
            )
            encoded.append(msgspec.json.encode({"place": row["place"], "id": id, "key": row["key"], "failure": failure}).decode())
    return f"[{','.join(encoded)}]"


def _quote(path: Path) -> str:
    return "'" + str(path).replace("'", "''") + "'"


def save(path: Path, data: bytes) -> None:
    """Put a part at `path`, whole or not at all."""
    trial = path.with_name(f".{path.name}.{os.getpid()}.new")
    try:
        trial.write_bytes(data)
        trial.replace(path)
    except OSError as error:
        raise RecordError(f"A part cannot be written: {error.strerror}.", str(path), "Make room and run the same command again.") from error
    finally:
        with suppress(OSError):
            trial.unlink(missing_ok=True)


def is_whole(path: Path) -> bool:
    """Whether a part is there and can be read to its end (a machine that lost power may have left a piece of one)."""
    if not path.exists():
        return False
    try:
        with duckdb.connect(config=CONFIG) as connection:
            return bool(connection.execute(f"SELECT count(*) >= 0 FROM read_parquet({_quote(path)})").fetchall()[0][0])
    except duckdb.Error:
        return False


class Taken(msgspec.Struct, frozen=True):
    """What taking a part did: changes by kind, and what failed."""

    changes: dict[Change, int]
    failures: tuple[Failure, ...]


def take(record: Record, path: Path, coder: str) -> Taken:
    """Put the documents of a part into the record, coded by the coder of that version, and note what failed: one transaction.

    As `Record.add` for each in turn. Raises RecordError, the record as before.
    """
    part = f"read_parquet({_quote(path)})"
    rows = list(record.query(f"SELECT place, id, key, failure, len(statements) FROM {part} ORDER BY place"))
    coded = [(place, id, key, count) for place, id, key, failure, count in rows if failure is None]
    failures = tuple(msgspec.convert(failure, Failure) for *_, failure, _ in rows if failure is not None)
    current = dict(
        _pairs(record, "SELECT id, arg_max((key, coder), seq) FROM additions WHERE id IN", [id for _, id, _, _ in coded], "GROUP BY id")
    )
    known: dict[str, set[str]] = {}
    for key, by in _pairs(record, "SELECT key, coder FROM additions WHERE key IN", [key for *_, key, _ in coded]):
        known.setdefault(key, set()).add(by)
    changes: Counter[Change] = Counter()
    new: list[int] = []
    told: list[dict[str, int]] = []
    added: list[dict[str, Any]] = []
    ((row,),) = record.query("SELECT count(*) FROM statements")
    for place, id, key, count in coded:
        before = current.get(id)
        if before == (key, coder):
            changes["unchanged"] += 1
            continue
        coders = known.setdefault(key, set())
        if not coders:
            new.append(place)
        if coder not in coders:
            told.append({"place": place, "first": row})
            row += count
        coders.add(coder)
        current[id] = (key, coder)
        added.append({"id": id, "key": key})
        changes["added" if before is None else "edition" if before[0] != key else "recoded"] += 1
    record.write(_commands(part, coder, new, told, added, failures))
    return Taken(dict(changes), failures)


def _pairs(record: Record, sql: str, values: Sequence[str], then: str = "") -> Iterator[tuple[Any, ...]]:
    return record.query(f"{sql} (SELECT unnest({schema.LISTED})) {then}", [schema.listed(values)])


_FIELDS = schema.columns(schema.STATEMENT)


def _commands(
    part: str, coder: str, new: Sequence[int], told: Sequence[dict[str, int]], added: Sequence[dict[str, Any]], failures: Sequence[Failure]
) -> Iterator[tuple[str, Sequence[object]]]:
    chosen = f"(SELECT * FROM {part} WHERE place IN (SELECT unnest(from_json(?, '[\"INTEGER\"]'))) ORDER BY place)"
    if new:
        places = msgspec.json.encode(new).decode()
        yield f"INSERT INTO documents SELECT key, document.* FROM {chosen}", [places]
        numbered = f"SELECT key, unnest(range(1, len(sentences) + 1)) AS ordinal, unnest(sentences) AS row FROM {chosen}"
        yield f"INSERT INTO sentences SELECT key, ordinal, row.* FROM ({numbered})", [places]
    if told:
        places = msgspec.json.encode([one["place"] for one in told]).decode()
        numbered = f"SELECT key, unnest(range(1, len(statements) + 1)) AS ordinal, unnest(statements) AS row FROM {chosen}"
        yield f"INSERT INTO statements SELECT key, ?, ordinal, row.* FROM ({numbered})", [coder, places]
        firsts = '(SELECT unnest(from_json(?, \'[{"place":"INTEGER","first":"BIGINT"}]\'), recursive := true))'
        actors = f"SELECT f.first, unnest(p.actors) AS row FROM {part} p JOIN {firsts} f USING (place) ORDER BY place"
        yield f"INSERT INTO participants SELECT DISTINCT row.actor, first + row.place FROM ({actors})", [msgspec.json.encode(told).decode()]
    if added:
        listed = '(SELECT unnest(from_json(?, \'[{"id":"VARCHAR","key":"VARCHAR"}]\'), recursive := true))'
        last = "(SELECT coalesce(max(seq), 0) FROM additions)"
        yield (
            f"INSERT INTO additions SELECT {last} + row_number() OVER (), id, key, ? FROM {listed}",
            [coder, msgspec.json.encode(added).decode()],
        )
        yield f"DELETE FROM failures WHERE id IN (SELECT id FROM {listed})", [msgspec.json.encode(added).decode()]
    yield from _note(failures, coder)


def _note(failures: Iterable[Failure], coder: str) -> Iterator[tuple[str, Sequence[object]]]:
    for one in failures:
        yield "DELETE FROM failures WHERE id = ? AND place = ?", [one.id, one.place]
        yield "INSERT INTO failures VALUES (?, ?, ?, ?, ?, ?)", [one.id, one.key, one.place, coder, one.what, one.advice]


def note(failures: Iterable[Failure], coder: str, read: Sequence[str]) -> Iterator[tuple[str, Sequence[object]]]:
    """The commands that set documents aside which could not even be read. read: the places of those that now could."""
    yield f"DELETE FROM failures WHERE key = '' AND place IN (SELECT unnest({schema.LISTED}))", [schema.listed(read)]
    yield from _note(failures, coder)


def set_aside(record: Record, coder: str) -> list[Failure]:
    """The documents that the coder of that version has failed on."""
    if "failures" not in record.tables:
        return []
    rows = record.query("SELECT id, key, place, what, advice FROM failures WHERE coder = ? ORDER BY id, place", [coder])
    return [Failure(*row) for row in rows]
