"""How judgements are set out for reading in a terminal."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rich.console import Console
from rich.text import Text

from dragoman.answers.judged import Again, Past
from dragoman.cli.layout import indented, isolate, plain, quoted

_ID = 12
_REASONS = {
    "words": "the words are no longer there as they were",
    "reading": "the words stand, and are read otherwise",
    "document": "the record holds no such document",
}


def print_judgements(console: Console, found: Sequence[Past], again: Iterable[Again]) -> None:
    """Judgements one below the other: when, what and who; of which words; why; whether it still holds."""
    reasons = {one.judgement.id: one.reason for one in again}
    console.print(Text(f"{len(found):,} judgement{'' if len(found) == 1 else 's'}", "bold"))
    for past in found:
        one = past.judgement
        head = Text.assemble("\n", (one.at[:19].replace("T", " "), "cyan"), "  ", (one.verdict, "bold"), f"  {isolate(plain(one.by))}  ")
        head.append(one.id[:_ID], "dim")
        if past.undone:
            head.append("  undone", "yellow")
        elif one.id in reasons:
            head.append(f"  asked again: {_REASONS[reasons[one.id]]}", "yellow")
        console.print(head)
        for reading in one.readings:
            console.print(indented(console, quoted(reading.statement.quote), 2))
            console.print(Text(f"  {plain(reading.statement.doc)}  {reading.statement.id[:_ID]}", "dim"))
        for slot, value in past.slots.items():
            console.print(Text(f"  {slot}: {isolate(plain(value)) or '-'}"))
        if one.undoes:
            console.print(Text(f"  of {one.undoes[:_ID]}", "dim"))
        if one.why:
            console.print(indented(console, plain(one.why), 2, "italic"))
