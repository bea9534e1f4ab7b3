"""The two streams: what a person or a program reads on standard output, errors and progress on standard error."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer
from typer.core import TyperGroup

from dragoman.errors import DragomanError, QueryError

if TYPE_CHECKING:
    from rich.console import Console

    from dragoman.engines import Progress

UNLIMITED = 100_000
"""Columns of an output that nobody looks at in a terminal: nothing is cut or folded there."""


def console() -> Console:
    """Standard output. Nothing in what is printed counts as markup: it comes from documents."""
    from rich.console import Console

    class Output(Console):
        """Leaves a closed pipe to the one place that knows what to do about it."""

        def on_broken_pipe(self) -> None:
            raise BrokenPipeError

    width = None if sys.stdout.isatty() or os.environ.get("COLUMNS") else UNLIMITED
    return Output(width=width, markup=False, highlight=False, emoji=False)


def error_console() -> Console:
    """Standard error."""
    from rich.console import Console

    return Console(stderr=True, markup=False, highlight=False, emoji=False)


def write_json(value: Any) -> None:
    """One JSON value on standard output, set out for reading."""
    import msgspec

    sys.stdout.write(msgspec.json.format(msgspec.json.encode(value), indent=2).decode() + "\n")


def write_file(place: Path, text: str, record: Path) -> None:
    """Write a file, whole or not at all, and say so. Raises QueryError when it cannot be written, or is the record."""
    if place.exists() and record.exists() and place.samefile(record):
        raise QueryError("This is the record itself.", str(place), "Name another file.")
    trial = place.with_name(f".{place.name}.{os.getpid()}.new")
    try:
        trial.write_text(text, "utf-8")
        trial.replace(place)
    except OSError as error:
        raise QueryError(f"The file cannot be written: {error.strerror or error}.", str(place)) from error
    finally:
        with suppress(OSError):
            trial.unlink(missing_ok=True)
    write_note(f"Written to {place}.")


def write_error(what: str, where: str = "", advice: str = "") -> None:
    """An error for a person: where, what, and on a line of its own what to do."""
    from rich.text import Text

    text = Text.assemble(("Error: ", "bold red"), (f"{where}: " if where else ""), what)
    if advice:
        text.append(f"\n{advice}", "dim")
    error_console().print(text, soft_wrap=True)


def write_note(text: str) -> None:
    """A remark for a person."""
    error_console().print(text, soft_wrap=True)


class Commands(TyperGroup):
    """The one place where what went wrong becomes a message and an exit status."""

    def invoke(self, ctx: Any) -> Any:
        """Run the command. Bad input, a full disk, a closed pipe and Ctrl-C never end in a traceback."""
        try:
            result = super().invoke(ctx)
            sys.stdout.flush()
            return result
        except DragomanError as error:
            write_error(error.what, error.where, error.advice)
            raise typer.Exit(2) from error
        except BrokenPipeError as error:
            _abandon_output()
            raise typer.Exit(141) from error  # as the shell says it of a program whose reader went away
        except OSError as error:
            if error.errno == errno.ENOSPC:
                _abandon_output()
            write_error(error.strerror or str(error), str(error.filename or "standard output"))
            raise typer.Exit(2) from error
        except KeyboardInterrupt as error:
            write_note("Stopped.")
            raise typer.Exit(130) from error


def _abandon_output() -> None:
    """Let what is still to be flushed at exit go nowhere."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
    os.close(nowhere)


@contextmanager
def waiting(what: str) -> Iterator[None]:
    """Says on standard error, while it is a terminal, what is waited for."""
    screen = error_console()
    if not screen.is_terminal:
        yield
        return
    with screen.status(what):
        yield


@contextmanager
def progress_bar(label: dict[str, str]) -> Iterator[Progress | None]:
    """A bar on standard error while it is a terminal, else None. label: what to call each stage."""
    screen = error_console()
    if not screen.is_terminal:
        yield None
        return
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (TextColumn("{task.description}", markup=False), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=screen, transient=True) as bar:
        task = bar.add_task("", total=None)

        def show(stage: str, done: int, total: int) -> None:
            bar.update(task, description=label[stage], completed=done, total=total)

        yield show
