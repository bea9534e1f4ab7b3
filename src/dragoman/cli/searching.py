"""The command that answers questions."""

from __future__ import annotations

from typing import Annotated

import typer

from dragoman.cli.options import DEFAULT, JsonOption, RecordOption
from dragoman.cli.output import console, write_json


def ask(
    question: Annotated[list[str], typer.Argument(metavar="QUESTION", help="A question in English or Arabic.", show_default=False)],
    record: RecordOption = DEFAULT,
    mode: Annotated[str, typer.Option("--mode", metavar="MODE", help="exact, folded or semantic; all of them without it.")] = "",
    start: Annotated[str | None, typer.Option("--from", metavar="DATE", help="1948, 2014-02 or 2014-02-17 (EDTF).")] = None,
    end: Annotated[str | None, typer.Option("--to", metavar="DATE", help="Leaves out what is later, and what has no date.")] = None,
    types: Annotated[list[str] | None, typer.Option("--type", metavar="TYPE", help="CONSULT, RELATIONS, event ... (repeatable).")] = None,
    languages: Annotated[list[str] | None, typer.Option("--lang", metavar="LANG", help="en, ar ... (repeatable).")] = None,
    limit: Annotated[int, typer.Option("--limit", metavar="N", min=1, help="How many answers at most.")] = 5,
    json: JsonOption = False,
) -> None:
    """Answer a question with quotes from texts in every language, or say that the record holds nothing."""
    from dragoman.answers.ask import Asker, learn
    from dragoman.answers.question import read_question
    from dragoman.record import Record

    text = " ".join(question)
    read_question(text)  # what cannot be read is said before anything is learnt
    learn(record)
    with Record.open(record, read_only=True) as opened:
        reply = Asker(opened).ask(text, mode, languages, start, end, types, limit)
    if json:
        write_json(reply)
    else:
        from dragoman.cli.replying import print_reply

        print_reply(console(), reply)
