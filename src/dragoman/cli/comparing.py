"""The commands that set versions of one text beside each other: compare, conflicts."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from dragoman.cli.options import DEFAULT, JsonOption, RecordOption
from dragoman.cli.output import console, write_file, write_json

SubjectArgument = Annotated[str, typer.Argument(metavar="SUBJECT", help="What the documents are versions of, as in SUBJECT.LANG.txt.")]


def compare(
    subject: SubjectArgument,
    record: RecordOption = DEFAULT,
    editions: Annotated[str, typer.Option("--editions", metavar="A,B", help="Only these: languages, editions or ids.")] = "",
    json: JsonOption = False,
    html: Annotated[Path | None, typer.Option("--html", metavar="FILE", help="Write one self-contained page.", show_default=False)] = None,
    wikitext: Annotated[bool, typer.Option("--wikitext", help="Print wikitext, for a talk page.")] = False,
) -> None:
    """Set the versions of one text side by side: what conflicts, what differs, what both say, what only one says."""
    from dragoman.answers.compare import compare as ask
    from dragoman.record import Record

    with Record.open(record, read_only=True) as opened:
        found = ask(opened, subject, [edition for edition in editions.split(",") if edition.strip()])
    if html is not None:
        from dragoman.cli.page import render

        write_file(html, render(found), record)
    if json:
        write_json(found)
    elif wikitext:
        from dragoman.cli.comparison import print_wikitext

        print_wikitext(console(), found)
    elif html is None:
        from dragoman.cli.comparison import print_comparison

        print_comparison(console(), found)


def conflicts(subject: SubjectArgument, record: RecordOption = DEFAULT, json: JsonOption = False) -> None:
    """Show what cannot all be true in the texts on one subject, with the quotes that each conflict rests on."""
    from dragoman.answers.conflicts import conflicts as ask
    from dragoman.record import Record

    with Record.open(record, read_only=True) as opened:
        found = ask(opened, subject)
    if json:
        write_json(found)
    else:
        from dragoman.cli.comparison import print_conflicts

        print_conflicts(console(), found, subject)
