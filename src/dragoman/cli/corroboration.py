"""The command that holds a record against event data of others: corroborate."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from dragoman.cli.options import DEFAULT, JsonOption, RecordOption
from dragoman.cli.output import console, write_json, write_note

if TYPE_CHECKING:
    from rich.console import Console

    from dragoman.answers.corroboration import Corroboration, Match
    from dragoman.answers.facts import Entry
    from dragoman.reading.events import Foreign

_SHOWN = 20
"""Of their own events, so many are shown; --json has all."""


def corroborate(
    a: Annotated[str, typer.Argument(metavar="A", help="A state: its name in any language, or its code.")],
    b: Annotated[str, typer.Argument(metavar="B", help="Another state.")],
    file: Annotated[Path, typer.Option("--with", metavar="FILE", help="Event data of others.", show_default=False)],
    layout: Annotated[str, typer.Option("--as", metavar="LAYOUT", help="polecat, icews, gdelt or acled; else told by the columns.")] = "",
    near: Annotated[int, typer.Option("--near", metavar="DAYS", help="How far apart two dates of one event may be.")] = 7,
    record: RecordOption = DEFAULT,
    json: JsonOption = False,
) -> None:
    """Hold the events of two states against event data of others: what these know too, lack, and date otherwise."""
    from dragoman.answers.corroboration import corroborate as ask
    from dragoman.languages.states import resolve
    from dragoman.record import Record

    codes = [resolve(name) for name in (a, b)]
    with Record.open(record, read_only=True) as opened:
        found = ask(opened, codes[0], codes[1], file, layout.lower(), near)
    if json:
        write_json(found)
        return
    _print(console(), found)
    for trouble in found.troubles:
        times = f" ({trouble.rows} rows, this the first)" if trouble.rows > 1 else ""
        write_note(f"Note: {file}:{trouble.line}: {trouble.what}{times}.")


def _print(console: Console, found: Corroboration) -> None:
    from rich.text import Text

    from dragoman.languages.states import names

    who = f"{names(found.a, 'en')} and {names(found.b, 'en')}"
    span = f", {found.first} to {found.last}" if found.first else ""
    console.print(Text(f"{who}, with {found.file} ({found.layout}, {found.rows:,} rows{span})", "bold"))
    for title, matches in (("They know it too", found.known), ("They date it otherwise", found.otherwise)):
        _head(console, title, len(matches))
        for match in matches:
            _print_match(console, match)
    for title, told in (
        ("They lack it", found.lacking),
        ("Not all within the time that they cover", found.outside),
        ("Undated, so not compared", found.undated),
    ):
        _head(console, title, len(told))
        for one in told:
            _print_told(console, one)
    _head(console, "Only they have it", len(found.theirs))
    _print_theirs(console, found.theirs[:_SHOWN], "")
    if len(found.theirs) > _SHOWN:
        console.print(Text(f"  and {len(found.theirs) - _SHOWN:,} more; --json gives all", "dim"))


def _head(console: Console, title: str, number: int) -> None:
    from rich.text import Text

    console.print(Text(f"\n{title}: {number:,}", "bold"))


def _print_told(console: Console, entry: Entry) -> None:
    from rich.text import Text

    from dragoman.cli.layout import name_roles, print_quotes

    kind = entry.type or " or ".join(sorted({statement.type for statement in entry.statements}))
    console.print(Text.assemble((f"{entry.when or 'undated'}  ", "cyan"), (f"{kind}  ", "bold"), name_roles(entry)))
    print_quotes(console, entry, 2)


def _print_match(console: Console, match: Match) -> None:
    _print_told(console, match.told)
    _print_theirs(console, match.theirs[:3], "their ")
    if len(match.theirs) > 3:
        console.print(f"  and {len(match.theirs) - 3:,} more of theirs")


def _print_theirs(console: Console, events: Sequence[Foreign], mark: str) -> None:
    from rich.text import Text

    from dragoman.cli.layout import isolate, plain

    for event in events:
        sides = " → ".join(", ".join(side) for side in (event.source, event.target) if side)
        text = isolate(plain(event.text))[:100]
        head = f"  {plain(event.label)}  {sides}  "
        console.print(Text.assemble(f"  {mark}line {event.line}  ", (event.date, "cyan"), head, (text, "dim")))
