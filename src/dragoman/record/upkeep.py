"""Upkeep of a record's file: brought to the newest format, and written anew without the room that it no longer needs."""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import duckdb
import msgspec

from dragoman.errors import RecordError
from dragoman.record.file import CONFIG, check_record, complete, fill_participants, remove, translated
from dragoman.record.schema import FORMAT

Progress = Callable[[str, int, int], None]
"""Called with "copying", the tables that are copied, and how many there are."""

CACHES = ("vectors", "indexed", "passages", "words", "postings")
"""Tables that can be made again from the others."""


class Upgraded(msgspec.Struct, frozen=True):
    """From which format to which, and what was added: tables, views, and columns as `table.column`."""

    before: int
    after: int
    added: tuple[str, ...]


class Compacted(msgspec.Struct, frozen=True):
    """Bytes of the file before and after, and the rows of each table that was copied."""

    before: int
    after: int
    rows: dict[str, int]


def upgrade(path: Path) -> Upgraded:
    """Bring the record at `path` to this Dragoman's format, in one transaction; one that has it stays as it is. Raises RecordError."""
    with translated(path):
        before = check_record(path)
        connection = duckdb.connect(path, config=CONFIG)
        try:
            return Upgraded(before, FORMAT, complete(connection))
        finally:
            connection.close()


def compact(path: Path, caches: bool = True, progress: Progress | None = None) -> Compacted:
    """Write the record at `path` anew, rows in their order, and put it in the place of the old one once it is whole.

    caches: whether to keep what can be made again, vectors and the index of words. Nobody else can use the record meanwhile.
    Raises RecordError, the record as it was; the disk must have room for a second one.
    """
    trial = path.with_name(f".{path.name}.{os.getpid()}.compact")
    with translated(path):
        check_record(path)
        size = path.stat().st_size
        remove(trial)
        old = duckdb.connect(path, config=CONFIG)  # and nobody else, until it is closed
        try:
            complete(old)
            old.execute("CHECKPOINT")
            rows = _copy(old, trial, caches, progress)
            with trial.open("rb") as file:
                os.fsync(file.fileno())
            trial.replace(path)
            _sync(path.parent)
        finally:
            old.close()
            with suppress(OSError):
                remove(trial)
        return Compacted(size, path.stat().st_size, rows)


def _copy(old: duckdb.DuckDBPyConnection, trial: Path, caches: bool, progress: Progress | None) -> dict[str, int]:
    """Everything of `old` into a new file, which is closed then; the rows by table. Raises RecordError when fewer come out than go in."""
    old.execute(f"ATTACH '{str(trial).replace(chr(39), chr(39) * 2)}' AS compacted")
    named = old.execute("SELECT table_name, sql FROM duckdb_tables() WHERE database_name = current_database() AND NOT temporary").fetchall()
    views = old.execute(
        "SELECT sql FROM duckdb_views() WHERE database_name = current_database() AND NOT internal AND NOT temporary ORDER BY view_oid"
    ).fetchall()
    home = old.execute("SELECT current_database()").fetchall()[0][0]
    rows: dict[str, int] = {}
    try:
        old.execute("USE compacted")
        for number, (table, sql) in enumerate(named, 1):
            old.execute(sql)
            if caches or table not in CACHES:
                old.execute(f'INSERT INTO compacted."{table}" SELECT * FROM "{home}"."{table}" ORDER BY rowid')
                ((before, after),) = old.execute(
                    f'SELECT (SELECT count(*) FROM "{home}"."{table}"), (SELECT count(*) FROM compacted."{table}")'
                ).fetchall()
                if before != after:
                    raise RecordError(f"Of {before:,} rows of {table} {after:,} were copied.", str(trial), "The record was left as it is.")
                rows[table] = after
            if progress:
                progress("copying", number, len(named))
        for (sql,) in views:
            old.execute(sql)
        # Rows are named by their number there, and numbers may have changed.
        old.execute("DELETE FROM participants")
        fill_participants(old)
        old.execute("CHECKPOINT compacted")
    finally:
        old.execute(f'USE "{home}"')
        old.execute("DETACH compacted")
    return rows


def _sync(folder: Path) -> None:
    """See to it that a file's new name outlives a power cut."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
