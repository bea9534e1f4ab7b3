"""The command that tells why a statement says what it says."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from dragoman.cli.options import DEFAULT, JsonOption, RecordOption
from dragoman.cli.output import console, write_json

if TYPE_CHECKING:
    from rich.console import Console

    from dragoman.answers.explanation import Explanation

_OTHERS = 46
"""What the columns beside the two wide ones take."""


def explain(
    id: Annotated[str, typer.Argument(metavar="STATEMENT-ID", help="The id, or the beginning of it.")],
    record: RecordOption = DEFAULT,
    json: JsonOption = False,
) -> None:
    """Show a statement's sentence with the words marked that each field was read from, and the rule that decided."""
    from dragoman.answers.explanation import explain as ask
    from dragoman.answers.find import statement
    from dragoman.record import Record

    with Record.open(record, read_only=True) as opened:
        found = ask(statement(opened, id))
    if json:
        write_json(found)
    else:
        print_explanation(console(), found)


def print_explanation(console: Console, found: Explanation) -> None:
    """The sentence, each marked stretch between ⟦ and ⟧ with a number, and under it what was read from each."""
    from rich.table import Table
    from rich.text import Text

    from dragoman.cli.layout import indented, isolate, plain, quoted

    numbered = [(number, slot) for number, slot in enumerate(found.slots, 1) if slot.start >= 0]
    text, at = "", found.start
    for piece in found.pieces:
        text += "".join(f"⟦{number} " for number, slot in numbered if max(slot.start, found.start) == at < slot.end)
        text += piece.text
        at += len(piece.text)
        text += "⟧" * sum(slot.start < at == min(slot.end, found.end) for _, slot in numbered)
    console.print(indented(console, quoted(text), 0))
    console.print()
    table = Table(box=None, padding=(0, 2, 0, 0))
    for column in ("", "field", "is", "read from", "decided by"):
        table.add_column(column, overflow="fold")
    width = max(12, (console.width - _OTHERS) // 2)

    def fold(text: str) -> Text:  # each line is isolated by itself
        return Text("\n").join(Text(isolate(line.plain.rstrip())) for line in Text(text).wrap(console, width))

    for number, slot in enumerate(found.slots, 1):
        words = quoted(slot.words) if slot.words else "no words of the text"
        table.add_row(str(number), slot.field, fold(plain(slot.value)), fold(words), Text(plain(slot.rule)))
    console.print(table)
    console.print(Text(f"\n{found.document}, {found.start} to {found.end}; confidence {found.confidence:g}", "dim"))
