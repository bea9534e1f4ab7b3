"""The command that shows the time expressions of texts: times."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from dragoman.cli.options import JsonOption
from dragoman.cli.output import console, write_error, write_note

if TYPE_CHECKING:
    from dragoman.statement import Document


def times(
    paths: Annotated[list[Path], typer.Argument(metavar="PATH...", help="Text files, or folders with all that is in them.")],
    joined: Annotated[bool, typer.Option("--joined", help="With --json: a range as one, and events; else as TIMEX3 has it.")] = False,
    json: JsonOption = False,
) -> None:
    """Show every time expression of the texts, and which dates it means."""
    from dragoman import reading
    from dragoman.errors import DragomanError

    failed = False
    for source in reading.unfold(reading.find(paths)):
        try:
            if isinstance(source, reading.Flaw):
                raise source.error
            document = reading.read(source)
        except DragomanError as error:  # one bad file keeps nobody from the others
            write_error(error.what, error.where, error.advice)
            failed = True
            continue
        for note in document.notes:
            write_note(f"Note: {document.id}: {note}")
        if json:
            _write_rows(document, joined)
        else:
            from dragoman.cli.layout import print_times
            from dragoman.coding.dated import expressions

            print_times(console(), document, expressions(document))
    if failed:
        raise typer.Exit(2)


def _write_rows(document: Document, joined: bool) -> None:
    """One JSON object a line."""
    import msgspec

    from dragoman.coding.dated import rows

    for row in rows(document, joined):
        sys.stdout.write(msgspec.json.encode(row).decode() + "\n")
