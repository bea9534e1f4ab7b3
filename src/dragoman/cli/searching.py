"""The command that answers questions."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from dragoman.cli.modelling import AnswersOption, EndpointOption, ModelOption, open_model
from dragoman.cli.options import DEFAULT, JsonOption, RecordOption
from dragoman.cli.output import console, waiting, write_json

if TYPE_CHECKING:
    from dragoman.answers.ask import Reply
    from dragoman.answers.wording import Wording


def ask(
    question: Annotated[list[str], typer.Argument(metavar="QUESTION", help="A question in English or Arabic.", show_default=False)],
    record: RecordOption = DEFAULT,
    mode: Annotated[str, typer.Option("--mode", metavar="MODE", help="exact, folded or semantic; all of them without it.")] = "",
    start: Annotated[str | None, typer.Option("--from", metavar="DATE", help="1948, 2014-02 or 2014-02-17 (EDTF).")] = None,
    end: Annotated[str | None, typer.Option("--to", metavar="DATE", help="Leaves out what is later, and what has no date.")] = None,
    types: Annotated[list[str] | None, typer.Option("--type", metavar="TYPE", help="CONSULT, RELATIONS, event ... (repeatable).")] = None,
    languages: Annotated[list[str] | None, typer.Option("--lang", metavar="LANG", help="en, ar ... (repeatable).")] = None,
    limit: Annotated[int, typer.Option("--limit", metavar="N", min=1, help="How many answers at most.")] = 5,
    model: ModelOption = "",
    endpoint: EndpointOption = "",
    answers: AnswersOption = None,
    json: JsonOption = False,
) -> None:
    """Answer a question with quotes from texts in every language, or say that the record holds nothing."""
    from dragoman.answers.ask import Asker, learn
    from dragoman.answers.question import read_question
    from dragoman.record import Record

    text = " ".join(question)
    read_question(text)  # what cannot be read is said before anything is learnt
    with waiting("Learning the words of the record (once) ..."):
        learn(record)
    with Record.open(record, read_only=True) as opened:
        reply = Asker(opened).ask(text, mode, languages, start, end, types, limit)
    wording = _word(reply, model, endpoint, record, answers) if model or endpoint else None
    if json:
        write_json(reply if wording is None else _with(reply, wording))
    else:
        from dragoman.cli.replying import print_reply, print_wording

        if wording is not None:
            print_wording(console(), wording)
        print_reply(console(), reply)


def _with(reply: Reply, wording: Wording) -> dict[str, Any]:
    from msgspec import to_builtins

    return {**to_builtins(reply), "wording": wording}


def _word(reply: Reply, model: str, endpoint: str, record: Path, answers: Path | None) -> Wording:
    """The reply in a model's words."""
    from dragoman.answers.wording import word

    with open_model(model, endpoint, record, answers) as asked:
        return word(reply, asked)
