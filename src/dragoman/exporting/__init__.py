"""What leaves a record for other programs. A format is a module here with a function `write(record, stream) -> int`."""

from __future__ import annotations

import importlib
import os
import pkgutil
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO, Protocol, cast

from dragoman.errors import QueryError
from dragoman.record import Record


class Format(Protocol):
    """What a module of this room offers."""

    def write(self, record: Record, stream: BinaryIO) -> int:
        """Write all current statements to `stream`; how many there were."""


def formats() -> tuple[str, ...]:
    """The names of the formats, sorted."""
    return tuple(sorted(module.name for module in pkgutil.iter_modules(__path__)))


def find_format(name: str) -> Format:
    """The format of that name. Raises QueryError when there is none."""
    if name not in formats():
        raise QueryError(f"There is no format {name!r}.", "", f"There is {', '.join(formats())}.")
    return cast(Format, importlib.import_module(f"{__name__}.{name}"))


def export(record: Record, path: str | os.PathLike[str], format: str = "jsonl") -> int:
    """Write the current statements of `record` to the file `path`, whole or not at all; how many there were.

    Raises QueryError for an unknown format, for a file that cannot be written, and for the record's own file.
    """
    written, target = find_format(format), Path(path)
    if target.exists() and target.samefile(record.path):
        raise QueryError("This is the record itself.", str(target), "Name another file for the export.")
    try:
        if target.exists() and not target.is_file():  # a pipe or a device; a folder says so itself
            with target.open("wb") as stream:
                return written.write(record, stream)
        trial = target.with_name(f".{target.name}.{os.getpid()}.new")
        try:
            with trial.open("wb") as stream:
                count = written.write(record, stream)
            trial.replace(target)
        finally:
            with suppress(OSError):
                trial.unlink(missing_ok=True)
        return count
    except BrokenPipeError:
        raise
    except OSError as error:
        raise QueryError(f"The file cannot be written: {error.strerror or error}.", str(target)) from error
