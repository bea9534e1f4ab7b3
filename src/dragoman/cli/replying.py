"""The layout of the answers to a question."""

from __future__ import annotations

from rich.console import Console
from rich.text import Text

from dragoman.answers.ask import Answer, Reply
from dragoman.answers.wording import Wording
from dragoman.cli.layout import indented, isolate, name_actors, plain, quoted, voice

_MARGIN = 4
_ID = 12


def print_reply(console: Console, reply: Reply) -> None:
    """The answers one below the other, or why there is none."""
    if reply.reason:
        console.print(Text(isolate(plain(reply.reason))))
    for number, answer in enumerate(reply.answers, 1):
        if number > 1:
            console.print()
        console.print(_head(number, answer, reply.question.asks == "person"))
        console.print(indented(console, quoted(answer.quote), _MARGIN))
        place = [plain(answer.doc), answer.id[:_ID] if answer.id else f"{answer.start} to {answer.end}"]
        if answer.statement is not None and answer.statement.date_from == "context":
            place.append("date from context")
        console.print(Text(" " * _MARGIN + "  ".join(place), "dim"))


def print_wording(console: Console, wording: Wording) -> None:
    """An answer in words, each sentence with the ids of the statements that it rests on."""
    for sentence in wording.sentences:
        rests = ", ".join(id[:_ID] for id in sentence.statements)
        console.print(indented(console, plain(sentence.text), 0, "bold"))
        console.print(Text(f"  rests on {rests}", "dim"))
    dropped = "; ".join(f"{reason} {number}" for reason, number in wording.dropped.items())
    said = f"By {plain(wording.model)}" if wording.sentences else f"{plain(wording.model)} says nothing that rests on a statement"
    console.print(Text(f"{said}.{f' Left out: {dropped}.' if dropped else ''}\n", "dim"))


def _head(number: int, answer: Answer, persons: bool) -> Text:
    """Who is named when a person is asked for, when, and what the statement says; or that the quote is no statement."""
    text = Text(f"{number}.".ljust(_MARGIN))
    if persons and answer.persons:
        text.append(", ".join(isolate(plain(person)) for person in answer.persons) + "  ", "bold")
    text.append((answer.date or "undated") + "  ", "cyan")
    if answer.statement is None:
        return text.append("sentence, in no statement", "yellow")
    statement = answer.statement
    text.append(f"{statement.type}  ", "bold").append(name_actors(statement.source))
    if statement.target:
        text.append(f" → {name_actors(statement.target)}")
    said = voice(statement)
    return text.append(f"  [{said}]", "bold yellow") if said else text
