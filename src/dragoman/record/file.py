"""The record's file: opened, made, and told apart from what is none. Every failure of DuckDB becomes a RecordError here."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import duckdb
from msgspec import json

from dragoman.errors import RecordError
from dragoman.record.schema import ADDED, CREATE, FORMAT, INSERT_PARTICIPANTS, LATER, PRODUCT, find_by
from dragoman.statement import Actor

# Nothing is ever fetched: DuckDB would look for extensions on the network by itself.
_CONFIG: dict[str, str | bool | int | float | list[str]] = {
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
    # Up to so many rows that another table names, a scan skips what holds none of them: twice as fast for a dyad in a million rows.
    "dynamic_or_filter_threshold": 3000,
}
# Small transactions are twice as fast without threads, and rows keep their order.
CONFIG = _CONFIG | {"threads": 1}
_FULL = ("No space left on device", "File too large", "Disk quota exceeded", "Out of disk space")

_BUILD = "Build one with `dragoman build`, or name another with --record."


@contextmanager
def translated(path: Path) -> Iterator[None]:
    """Within it, errors of DuckDB and of the system about the record at `path` become RecordError."""
    try:
        yield
    except RuntimeError as error:
        if isinstance(error.__cause__, KeyboardInterrupt):  # DuckDB's way to pass Ctrl-C on
            raise KeyboardInterrupt from error
        raise
    except (duckdb.Error, OSError) as error:
        raise _translate(error, path) from error


def _translate(error: duckdb.Error | OSError, path: Path) -> RecordError:
    text, where = str(error), str(path)
    lock = re.search(r"Conflicting lock is held in (.+?) \(PID (\d+)\)", text)
    if lock:
        holder = f"{Path(lock.group(1)).name}, process {lock.group(2)}"
        return RecordError(f"The record is in use by another process ({holder}).", where, "Wait until it has ended, or end it.")
    if "Could not set lock" in text:
        return RecordError("The record is in use by another process.", where, "Wait until it has ended, or end it.")
    if any(sign in text for sign in _FULL):
        kept = "The documents that were added before are kept; make room and run the same command again."
        return RecordError("The disk is full.", where, kept)
    if isinstance(error, duckdb.ConnectionException) and "different configuration" in text:
        return RecordError("The record is already open in this process.", where, "Close it first.")
    if isinstance(error, PermissionError) or "Permission denied" in text or "Read-only file system" in text:
        return RecordError("The record may not be read or written here.", where, "Choose another place, or change the permissions.")
    if "version number" in text or "newer version" in text:
        return RecordError("The file is from a newer version of DuckDB.", where, "Update dragoman.")
    return RecordError(f"The record cannot be used: {text.splitlines()[0].removeprefix('IO Error: ')}", where)


def connect(path: Path, *, create: bool, read_only: bool) -> tuple[duckdb.DuckDBPyConnection, bool]:
    """A connection to the record at `path`, made when it is missing and `create`; and whether it was made.

    Raises RecordError; a file that is no record stays as it is.
    """
    with translated(path):
        made = not path.exists()
        if made:
            if not create:
                raise RecordError("There is no record here.", str(path), _BUILD)
            made = _make(path)
        if read_only:
            _check_header(path)
            connection = duckdb.connect(path, read_only=True, config=_CONFIG)
            try:
                _check_meta(connection, path)
            except BaseException:
                connection.close()
                raise
            return connection, made
        check_record(path)
        connection = duckdb.connect(path, config=CONFIG)
        try:
            complete(connection)
        except BaseException:
            connection.close()
            raise
        return connection, made


def check_record(path: Path) -> int:
    """The format of the record at `path`, looked at without the right to write, so that what is not ours is not touched."""
    if not path.exists():
        raise RecordError("There is no record here.", str(path), _BUILD)
    _check_header(path)
    connection = duckdb.connect(path, read_only=True, config=_CONFIG)
    try:
        return _check_meta(connection, path)
    finally:
        connection.close()


def tables(connection: duckdb.DuckDBPyConnection) -> set[str]:
    """The names of the tables and views that the record has, and of their columns as `table.column`."""
    sql = """SELECT table_name FROM duckdb_tables() UNION ALL SELECT view_name FROM duckdb_views() WHERE NOT internal
        UNION ALL SELECT table_name || '.' || column_name FROM duckdb_columns() WHERE NOT internal"""
    return {name for (name,) in connection.execute(sql).fetchall()}


def complete(connection: duckdb.DuckDBPyConnection) -> tuple[str, ...]:
    """Add the tables and columns that an older Dragoman did not make, all or none; their names. What is there stays as it is.

    It goes by what is missing, not by the number of the format, since a format has had several states.
    """
    there = tables(connection)
    missing = {name: create for name, create in (LATER | ADDED).items() if name not in there}
    if not missing:
        return ()
    connection.execute("BEGIN")
    for create in missing.values():
        connection.execute(create)
    if "participants" in missing:
        fill_participants(connection)
    connection.execute("UPDATE meta SET value = ? WHERE name = 'format'", [str(FORMAT)])
    connection.execute("COMMIT")
    return tuple(missing)


def fill_participants(connection: duckdb.DuckDBPyConnection) -> None:
    """Draw the whole of `participants`, which is empty, from `statements`."""
    actors = "(SELECT rowid AS row, unnest(list_concat(source, target)) AS actor FROM statements)"
    connection.execute(f"INSERT INTO participants SELECT DISTINCT actor.code, row FROM {actors} WHERE actor.code <> ''")
    bodies = connection.execute(f"SELECT actor.name, row FROM {actors} WHERE actor.code = '' ORDER BY row").fetchall()
    if bodies:
        rows = [{"actor": find_by(Actor("", name=name)), "place": row} for name, row in bodies]
        connection.execute(INSERT_PARTICIPANTS, [json.encode(rows).decode(), 0])


def check_place(path: Path) -> None:
    """Raise RecordError unless a record could be made at `path` or opened there for writing. Leaves nothing behind."""
    if path.exists():
        connect(path, create=False, read_only=False)[0].close()
    else:
        with translated(path):
            _check_folder(path)
            trial = _trial(path)
            trial.touch()
            trial.unlink()


def remove(path: Path) -> None:
    """Remove the record at `path`, and what DuckDB keeps beside it."""
    for file in (path, path.with_name(path.name + ".wal")):
        file.unlink(missing_ok=True)


def _trial(path: Path) -> Path:
    return path.with_name(f".{path.name}.{os.getpid()}.new")


def _check_folder(path: Path) -> None:
    if not path.parent.is_dir():
        raise RecordError("The folder does not exist.", str(path.parent), "Make it first, or name another place with --record.")


def _make(path: Path) -> bool:
    """Make an empty record; False when another process did so first.

    It is whole from its first moment: made under another name, so that a crash leaves no half of one.
    """
    _check_folder(path)
    trial = _trial(path)
    remove(trial)
    try:
        connection = duckdb.connect(trial, config=_CONFIG)
        try:
            for statement in CREATE:
                connection.execute(statement)
        finally:
            connection.close()
        try:
            os.link(trial, path)
        except FileExistsError:
            return False
        except OSError:
            trial.rename(path)  # a file system without links
        return True
    finally:
        with suppress(OSError):
            remove(trial)


def _check_header(path: Path) -> None:
    if not path.is_file():
        raise RecordError(
            "This is a folder, not a record." if path.is_dir() else "This is not a file.", str(path), "Name a file with --record."
        )
    with path.open("rb") as file:
        if file.read(12)[8:] != b"DUCK":
            raise RecordError("This file is no Dragoman record.", str(path), "Name another with --record; it was left as it is.")


def _check_meta(connection: duckdb.DuckDBPyConnection, path: Path) -> int:
    """The format that the record says it has."""
    try:
        meta = dict(connection.execute("SELECT name, value FROM meta").fetchall())
    except (duckdb.CatalogException, duckdb.BinderException):
        meta = {}
    if meta.get("product") != PRODUCT:
        raise RecordError("This is a DuckDB file, but no Dragoman record.", str(path), "Name another with --record; it was left as it is.")
    said = meta.get("format", str(FORMAT))
    if not said.isdecimal():
        raise RecordError(f"The record says that its format is {said!r}.", str(path), "It is damaged; take it from a copy.")
    if int(said) > FORMAT:
        raise RecordError(
            f"The record has format {said}, from a newer version of dragoman; this one reads up to {FORMAT}.",
            str(path),
            "Update dragoman.",
        )
    return int(said)
