"""The commands that show what a record holds: timeline, show."""

from __future__ import annotations

from typing import Annotated

import typer

from dragoman.cli.options import DEFAULT, JsonOption, RecordOption
from dragoman.cli.output import console, write_json


def timeline(
    a: Annotated[str, typer.Argument(metavar="A", help="A state: its name in any language, or its code.")],
    b: Annotated[str | None, typer.Argument(metavar="[B]", help="Another state.", show_default=False)] = None,
    record: RecordOption = DEFAULT,
    start: Annotated[str | None, typer.Option("--from", metavar="DATE", help="1948, 2014-02 or 2014-02-17 (EDTF).")] = None,
    end: Annotated[str | None, typer.Option("--to", metavar="DATE", help="Leaves out what is later, and what has no date.")] = None,
    types: Annotated[list[str] | None, typer.Option("--type", metavar="TYPE", help="CONSULT, RELATIONS, event ... (repeatable).")] = None,
    languages: Annotated[list[str] | None, typer.Option("--lang", metavar="LANG", help="en, ar ... (repeatable).")] = None,
    json: JsonOption = False,
) -> None:
    """Show what one state, or two with each other, did, kept and held, in the order of time."""
    from dragoman.answers.timeline import timeline as ask
    from dragoman.languages.states import names, resolve
    from dragoman.record import Record

    codes = [resolve(name) for name in (a, b) if name is not None]
    with Record.open(record, read_only=True) as opened:
        found = ask(opened, codes[0], codes[-1], start, end, types, languages)
    if json:
        write_json(found)
    else:
        from dragoman.cli.layout import print_timeline

        print_timeline(console(), found, " and ".join(names(code, "en") for code in dict.fromkeys(codes)), len(found))


def show(
    id: Annotated[str, typer.Argument(metavar="STATEMENT-ID", help="The id, or the beginning of it.")],
    record: RecordOption = DEFAULT,
    json: JsonOption = False,
) -> None:
    """Show one statement in its paragraph, and from which words each field was read."""
    from dragoman.answers.find import statement
    from dragoman.record import Record

    with Record.open(record, read_only=True) as opened:
        found = statement(opened, id)
    if json:
        write_json(found.statement)
    else:
        from dragoman.cli.layout import print_statement

        print_statement(console(), found)
