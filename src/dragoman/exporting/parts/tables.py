"""Tables that DuckDB itself writes: what is current of a part, a row each, sorted, in bounded memory."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

import msgspec

from dragoman import edtf
from dragoman.errors import QueryError
from dragoman.record import Record, linked, schema
from dragoman.record.store import ORDER

MEMORY, THREADS = "400MB", 2
"""What DuckDB may take while it sorts for an export, however large the record; beyond it works on disk, beside the record."""

SHAPES: dict[str, tuple[str, dict[str, schema.Shape]]] = {
    "statements": ("statements", schema.STATEMENT),
    "links": ("links", schema.LINK),
    "facts": ("facts", schema.FACT),
    "differences": ("differences", {"fact": "VARCHAR", "slot": "VARCHAR", "severity": "VARCHAR", "values": "MAP(VARCHAR, VARCHAR)"}),
    "conflicts": ("conflicts", schema.CONFLICT),
    "issues": ("issues", schema.ISSUE),
}
"""By part: the table or view that it comes from, and its fields."""

DOCUMENT = ("title", "subject", "edition", "source", "licence")
"""What a row of a statement tells of its document, as doc_title and so on."""

_ABOUT = ", ".join(f'd."{field}" AS doc_{field}' for field in DOCUMENT)
_DATES = '(SELECT unnest(from_json(?, \'[{"date": "VARCHAR", "first_day": "VARCHAR", "last_day": "VARCHAR"}]\'), recursive := true))'


def statements(record: Record) -> str:
    """SQL: the current statements, each with what is known of its document."""
    return f"SELECT s.*, {_ABOUT} FROM {record.table()} s JOIN current_documents d ON d.key = s.document"


def table(record: Record, what: str) -> str:
    """SQL: what is current of a part."""
    if what == "conflicts" and what in record.tables:
        return f"(SELECT * FROM conflicts WHERE {linked.standing(record)})"
    return record.table() if what == "statements" else what


def published(record: Record) -> str:
    """SQL: when the document of a row was published, as its source says; never the date of what the row tells."""
    held = "documents.published" in record.tables
    return "(SELECT any_value(p.published) FROM documents p WHERE p.key = document)" if held else "''"


@contextmanager
def frugal(record: Record) -> Iterator[None]:
    """Within it, DuckDB keeps to MEMORY: a sort of millions of rows goes to disk instead."""
    ((threads,),) = record.query("SELECT current_setting('threads')")
    list(record.query(f"SET memory_limit = '{MEMORY}'"))
    list(record.query(f"SET threads = {THREADS}"))
    try:
        yield
    finally:
        list(record.query("RESET memory_limit"))
        list(record.query(f"SET threads = {threads}"))


def copy(record: Record, sql: str, parameters: Sequence[object], stream: BinaryIO, options: str) -> int:
    """Write the rows of a SELECT to `stream` as DuckDB's COPY does with these options; how many there were."""
    with frugal(record), tempfile.TemporaryDirectory(prefix="dragoman-") as folder:
        direct = _name(stream)
        target = direct or Path(folder) / "rows"
        quoted = str(target).replace("'", "''")
        ((count,),) = record.query(f"COPY ({sql}) TO '{quoted}' ({options}, USE_TMP_FILE false)", parameters)
        if not direct:
            with target.open("rb") as rows:
                shutil.copyfileobj(rows, stream, 1 << 20)
    return int(count)


def _name(stream: BinaryIO) -> Path | None:
    """The regular, still empty file that a stream writes to, when it has one by name."""
    name = getattr(stream, "name", None)
    with suppress(OSError, ValueError):
        if isinstance(name, str) and os.path.samestat(os.fstat(stream.fileno()), os.stat(name)):
            place = Path(name).absolute()
            return place if place.is_file() and place.stat().st_size == 0 else None
    return None


def select(record: Record, what: str, flat: bool) -> tuple[str, list[object]]:
    """A SELECT of all that is current of `what`, in the order of every export, and its parameters.

    flat: a list of actors becomes three columns of words, all else that is nested JSON; otherwise it stays as the record has it.
    What has a date has the first and the last day it can mean besides, as ISO dates, empty where it is open.
    """
    name, shape = SHAPES[what]
    if name not in record.tables:
        return f"SELECT {', '.join(_empty(field) for field in shape)} LIMIT 0", []
    columns, parameters = [], list[object]()
    for field, inner in shape.items():
        columns += _flat(field, inner) if flat else [f'"{field}"']
        if field == "date":
            columns += ["nullif(first_day, '') AS first_day", "nullif(last_day, '') AS last_day"]
    if what == "statements":
        columns += [*(f"doc_{field}" for field in DOCUMENT), f"nullif({published(record)}, '') AS doc_published"]
    origin = f"({statements(record)})" if what == "statements" else table(record, what)
    if "date" in shape:
        parameters.append(_days(record, table(record, what)))
        origin += f" LEFT JOIN {_DATES} USING (date)"
    return f"SELECT {', '.join(columns)} FROM {origin}{order(what)}", parameters


def order(what: str) -> str:
    """The ORDER BY of a part."""
    return (
        ""
        if what == "differences"
        else f" ORDER BY {ORDER}"
        if what == "statements"
        else " ORDER BY ordinal" + ("" if what == "links" else ", id")
    )


def _empty(field: str) -> str:
    return f'NULL::VARCHAR AS "{field}"'


def _flat(field: str, shape: schema.Shape) -> list[str]:
    if isinstance(shape, list) and isinstance(shape[0], dict) and "code" in shape[0]:
        names = {f"{field}": "code", f"{field}_sector": "sector", f"{field}_name": "name"}
        return [f"nullif({joined(field, part)}, '') AS \"{name}\"" for name, part in names.items()]
    if shape == ["VARCHAR"]:
        return [f'array_to_string("{field}", \'; \') AS "{field}"'] if field == "statements" else [f'to_json("{field}") AS "{field}"']
    if shape == "VARCHAR":
        return [f'nullif("{field}", \'\') AS "{field}"']
    return [f'"{field}"'] if shape in ("INTEGER", "DOUBLE") else [f'to_json("{field}") AS "{field}"']


def joined(field: str, part: str) -> str:
    """SQL: one part of each actor of a list, with semicolons between; as many as there are actors."""
    return f"array_to_string(list_transform(\"{field}\", lambda actor: actor.{part}), '; ')"


def _days(record: Record, table: str) -> str:
    """The dates of a table with their first and last days, as JSON."""
    rows = []
    for (date,) in record.query(f"SELECT DISTINCT date FROM {table} WHERE date <> '' ORDER BY date"):
        try:
            first, last = edtf.bounds(date)
        except QueryError:
            first = last = None
        rows.append({"date": date, "first_day": first or "", "last_day": last or ""})
    return msgspec.json.encode(rows).decode()
