"""The commands that show what a record holds: timeline, show."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from dragoman.cli.options import DEFAULT, JsonOption, RecordOption, ToldOption
from dragoman.cli.output import console, write_file, write_json


def timeline(
    a: Annotated[str, typer.Argument(metavar="A", help="A state or body: its name in any language, or its code.")],
    b: Annotated[str | None, typer.Argument(metavar="[B]", help="Another.", show_default=False)] = None,
    record: RecordOption = DEFAULT,
    start: Annotated[str | None, typer.Option("--from", metavar="DATE", help="1948, 2014-02 or 2014-02-17 (EDTF).")] = None,
    end: Annotated[str | None, typer.Option("--to", metavar="DATE", help="Leaves out what is later, and what has no date.")] = None,
    types: Annotated[list[str] | None, typer.Option("--type", metavar="TYPE", help="CONSULT, RELATIONS, event ... (repeatable).")] = None,
    topics: Annotated[list[str] | None, typer.Option("--topic", metavar="TOPIC", help="diplomacy, trade ... (repeatable).")] = None,
    languages: Annotated[list[str] | None, typer.Option("--lang", metavar="LANG", help="en, ar ... (repeatable).")] = None,
    issue: Annotated[str | None, typer.Option("--issue", metavar="WORDS", help="Only what is about these words.")] = None,
    told: ToldOption = None,
    sure: Annotated[bool, typer.Option("--sure", help="Leave out what the coder is unsure of.")] = False,
    chart: Annotated[Path | None, typer.Option("--chart", metavar="FILE.svg", help="Draw it, too.")] = None,
    json: JsonOption = False,
) -> None:
    """Show what one state, or two with each other, did, kept and held, in the order of time."""
    from dragoman.answers.chart import draw
    from dragoman.answers.facts import common_actors
    from dragoman.answers.parties import find_parties
    from dragoman.answers.timeline import timeline as ask
    from dragoman.languages.states import names
    from dragoman.record import Record

    with Record.open(record, read_only=True) as opened:
        parties = find_parties(opened, a, b)
        found = [e for e in ask(opened, parties, start, end, types, topics, languages, issue, told) if e.sure or not sure]
        known = [] if found else [f"{names(code, 'en')} ({number:,})" for code, number in common_actors(opened)]
    title = " and ".join(party.called("en") for party in parties)
    if chart:
        write_file(chart, draw(found, title, description=f"{len(found)} entries, by type and date."), record)
    if json:
        write_json(found)
    else:
        from dragoman.cli.layout import print_timeline

        print_timeline(console(), found, title, len(found))
        if known:
            console().print(f"The record has most about {', '.join(known)}.", style="dim")


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
