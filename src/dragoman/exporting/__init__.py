"""What leaves a record for other programs. A format is a module here with PARTS and a function `write(record, stream, what) -> int`."""

from __future__ import annotations

import importlib
import os
import pkgutil
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO, Protocol, cast, get_args

from dragoman.errors import QueryError
from dragoman.record import Record, Values

PARTS = ("statements", "links", "facts", "differences", "conflicts", "issues")
"""What can be exported of a record."""


class Format(Protocol):
    """What a module of this room offers. PARTS: what it can write."""

    PARTS: tuple[str, ...]

    def write(self, record: Record, stream: BinaryIO, what: str = "statements", /) -> int:
        """Write all that is current of `what` (one of PARTS) to `stream`; how many there were."""


def formats() -> tuple[str, ...]:
    """The names of the formats, sorted."""
    return tuple(sorted(module.name for module in pkgutil.iter_modules(__path__) if not module.ispkg))


def find_format(name: str) -> Format:
    """The format of that name. Raises QueryError when there is none."""
    if name not in formats():
        raise QueryError(f"There is no format {name!r}.", "", f"There is {', '.join(formats())}.")
    return cast(Format, importlib.import_module(f"{__name__}.{name}"))


def check_part(format: str, what: str) -> str:
    """`what`, when the format of that name can hold it. Raises QueryError when not."""
    possible = find_format(format).PARTS
    if what not in PARTS:
        raise QueryError(f"There are no {what!r} to export.", "", f"There is {', '.join(possible)}.")
    if what not in possible:
        raise QueryError(f"The format {format} holds no {what}.", "", f"It holds {' or '.join(possible)}.")
    return what


def check_values(record: Record, what: str, values: str) -> Values:
    """`values`, when the record can give them. Raises QueryError when not: what linking found rests on judged values."""
    if values not in get_args(Values):
        raise QueryError(f"There are no {values!r} values.", "", f"There are {' and '.join(get_args(Values))} ones.")
    if values == "machine" and what != "statements" and record.is_judged():
        advice = "Export the machine's statements, and `dragoman link` them."
        raise QueryError(f"The {what} of this record rest on what persons have judged.", str(record.path), advice)
    return "machine" if values == "machine" else "judged"


def export(record: Record, path: str | os.PathLike[str], format: str = "jsonl", what: str = "statements", values: str = "judged") -> int:
    """Write `what` is current in `record` to the file `path`, whole or not at all; how many there were.

    values: of statements, as persons have "judged" them or as the "machine" read them.
    Raises QueryError for an unknown format or part, for a file that cannot be written, and for the record's own file.
    """
    written, target, what = find_format(format), Path(path), check_part(format, what)
    with record.showing(check_values(record, what, values)):
        return _write(record, written, target, what)


def _write(record: Record, written: Format, target: Path, what: str) -> int:
    if target.exists() and target.samefile(record.path):
        raise QueryError("This is the record itself.", str(target), "Name another file for the export.")
    try:
        if target.exists() and not target.is_file():  # a pipe or a device; a folder says so itself
            with target.open("wb") as stream:
                return written.write(record, stream, what)
        trial = target.with_name(f".{target.name}.{os.getpid()}.new")
        try:
            with trial.open("wb") as stream:
                count = written.write(record, stream, what)
            trial.replace(target)
        finally:
            with suppress(OSError):
                trial.unlink(missing_ok=True)
        return count
    except BrokenPipeError:
        raise
    except OSError as error:
        raise QueryError(f"The file cannot be written: {error.strerror or error}.", str(target)) from error
