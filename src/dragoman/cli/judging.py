"""The commands for what persons say of a record: judge, judgements list, export, import."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from dragoman.cli.options import DEFAULT, JsonOption, RecordOption
from dragoman.cli.output import console, write_file, write_json, write_note

judgements = typer.Typer(no_args_is_help=True, help="What persons have said of the record: list, export, import.")

ByOption = Annotated[str, typer.Option("--by", metavar="NAME", help="Who says so.", show_default=False)]
_SLOTS = "A slot set otherwise, NAME=VALUE (repeatable): type, source, target, topic, issue, date, date_from, modality, by."


def judge(
    id: Annotated[str, typer.Argument(metavar="ID", help="Of a statement, or of a judgement to undo; or the beginning of it.")],
    verdict: Annotated[str, typer.Argument(metavar="VERDICT", help="accept, correct, reject, same, never-same or undo.")],
    other: Annotated[str, typer.Argument(metavar="[OTHER]", help="For same and never-same: another statement.", show_default=False)] = "",
    by: ByOption = ...,  # type: ignore[assignment]
    why: Annotated[str, typer.Option("--why", metavar="WORDS", help="For what reason.")] = "",
    slots: Annotated[list[str] | None, typer.Option("--slot", metavar="NAME=VALUE", help=_SLOTS)] = None,
    record: RecordOption = DEFAULT,
    json: JsonOption = False,
) -> None:
    """Say that a statement is right, what is wrong in it, or that two are the same; it is kept with your name, and can be undone."""
    from dragoman.engines.judging import judge as write
    from dragoman.record import Record

    given: dict[str, str] = {}
    for slot in slots or ():
        name, sign, value = slot.partition("=")
        if not sign:
            raise typer.BadParameter(f"{slot!r} is not NAME=VALUE.", param_hint="--slot")
        given[name.strip()] = value
    with Record.open(record) as opened:
        one = write(opened, id, verdict, by, why, given, other)
    if json:
        write_json(one)
    else:
        write_note(f"Kept as judgement {one.id[:12]}; `dragoman judge {one.id[:12]} undo --by NAME` takes it back.")


@judgements.command("list")
def list_(
    of: Annotated[str | None, typer.Option("--of", metavar="ID", help="Only those of this statement.")] = None,
    again: Annotated[bool, typer.Option("--again", help="Only those that are asked again: their words have changed.")] = False,
    record: RecordOption = DEFAULT,
    json: JsonOption = False,
) -> None:
    """Show who said what of which statement, when and why, the last one last."""
    from dragoman.answers import judged
    from dragoman.answers.find import statement
    from dragoman.record import Record

    with Record.open(record, read_only=True) as opened:
        asked = judged.asked_again(opened)
        if again:
            found = judged.every(opened, {one.judgement.id for one in asked})
        else:
            found = judged.history(opened, statement(opened, of).machine.id) if of else judged.every(opened)
    if json:
        write_json({"judgements": found, "asked_again": asked})
    else:
        from dragoman.cli.verdicts import print_judgements

        print_judgements(console(), found, asked)


@judgements.command()
def export(
    output: Annotated[Path | None, typer.Option("--output", metavar="FILE", help="A file instead of standard output.")] = None,
    record: RecordOption = DEFAULT,
) -> None:
    """Write all judgements as JSON lines, to be imported into another record of the same texts."""
    from dragoman.record import Record
    from dragoman.record.judgements import read, write_lines

    with Record.open(record, read_only=True) as opened:
        lines = b"".join(write_lines(read(opened)))
    if output is None:
        sys.stdout.buffer.write(lines)
    else:
        write_file(output, lines.decode(), record)


@judgements.command("import")
def import_(
    file: Annotated[Path, typer.Argument(metavar="FILE.jsonl", help="What `judgements export` has written.")],
    record: RecordOption = DEFAULT,
    json: JsonOption = False,
) -> None:
    """Put the judgements of another record beside those that are there. All of the file or nothing; what is there already is left."""
    from dragoman.engines.judging import add
    from dragoman.errors import QueryError
    from dragoman.record import Record
    from dragoman.record.judgements import read_lines

    try:
        lines = file.read_bytes().splitlines()
    except OSError as error:
        raise QueryError(f"The judgements cannot be read: {error.strerror}.", str(file)) from error
    with Record.open(record) as opened:
        new = read_lines(opened, lines, str(file))
        if new:
            add(opened, new)
        again = opened.count("asked_again")
    if json:
        write_json({"imported": len(new), "asked_again": again})
    else:
        more = f" {again:,} are asked again: `dragoman judgements list --again`." if again else ""
        write_note(f"{len(new):,} judgements imported.{more}")
