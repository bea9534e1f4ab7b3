"""How ties, positions and balances are set out for reading in a terminal."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from rich.console import Console
from rich.table import Table
from rich.text import Text

from dragoman.answers.balance import Period
from dragoman.answers.facts import Entry
from dragoman.answers.positions import Cell, Stand
from dragoman.answers.ties import Tie
from dragoman.cli.layout import isolate, plain, print_quotes, voice

_MARGIN = 4
_STYLES = {"stated": "green", "last known": "yellow", "ended": "red", "unknown": "dim"}
_SIGNS = {"SUPPORTS": "+", "OPPOSES": "-", "NEUTRAL": "0"}


def print_ties(console: Console, ties: Sequence[Tie], title: str, on: str | None) -> None:
    """Ties one below the other: what, whose, how it stood, and the words that say so."""
    console.print(Text(f"{title}{f' on {on}' if on else ''}: {len(ties):,} tie{'s' if len(ties) != 1 else ''}", "bold"))
    for tie in ties:
        whose = " and ".join(map(_name, tie.holder)) + (f" → {' and '.join(map(_name, tie.other))}" if tie.other else "")
        what = " ".join(part for part in (tie.thing, _name(tie.name)) if part)
        head = Text.assemble("\n", (tie.type.ljust(13), "bold"), (tie.status.ljust(12), _STYLES[tie.status]), whose)
        head.append(f": {what}" if what else "")
        head.append(f", from {tie.since}" if tie.since else "", "cyan")
        console.print(head)
        if tie.note:
            console.print(Text(" " * _MARGIN + plain(tie.note), "dim"))
        _print_entry(console, "last told", tie.support)
        _print_entry(console, "ended by", tie.ended_by)


def print_stands(console: Console, stands: Sequence[Stand], title: str) -> None:
    """Stands below their issue, asserted ones before what is only said of them."""
    console.print(Text(f"{title}: {len(stands):,} position{'s' if len(stands) != 1 else ''}", "bold"))
    for issue, group in groupby(stands, key=lambda stand: stand.issue):
        console.print(Text(f"\n{isolate(plain(issue))}", "bold underline"))
        every = list(group)
        for stand in sorted(every, key=lambda stand: stand.modality != "asserted"):
            head = Text.assemble(((stand.date or "undated").ljust(12), "cyan"), (stand.type.ljust(10), "bold"), _name(stand.name))
            head.append(f"  changed from {stand.before}" if stand.before else "", "bold yellow")
            head.append(f"  {stand.standing}" if stand.standing else "", _STYLES.get(stand.standing, ""))
            head.append(f"  [{voiced}]" if (voiced := voice(stand)) else "", "bold yellow")
            console.print(head)
            print_quotes(console, stand.entry, _MARGIN)


def print_matrix(console: Console, cells: Sequence[Cell], title: str) -> None:
    """States by issues: + supports, - opposes, 0 neutral, with the date; the issues are numbered and named below."""
    issues = list(dict.fromkeys(cell.issue for cell in cells))
    actors = sorted({(cell.name, cell.actor) for cell in cells})
    console.print(Text(f"{title}: {len(actors):,} by {len(issues):,} issues (+ supports, - opposes, 0 neutral)", "bold"))
    table = Table(box=None, padding=(0, 2, 0, 0))
    table.add_column("")
    for number, _ in enumerate(issues, 1):
        table.add_column(str(number))
    held = {(cell.actor, cell.issue): f"{_SIGNS[cell.type]} {cell.date}".strip() for cell in cells}
    for name, actor in actors:
        table.add_row(Text(_name(name)), *(held.get((actor, issue), "") for issue in issues))
    console.print(table)
    for number, issue in enumerate(issues, 1):
        console.print(f"{number}  {isolate(plain(issue))}")


def print_balance(console: Console, periods: Sequence[Period], title: str, weighted: bool) -> None:
    """A line for each other state and period."""
    console.print(Text(f"{title}: acts toward others", "bold"))
    table = Table(box=None, padding=(0, 2, 0, 0))
    columns = ("toward", "period", "supportive", "opposed", "neutral", *(("mean", "total") if weighted else ()))
    for column in columns:
        table.add_column(column, justify="left" if column in ("toward", "period") else "right")
    for toward, group in groupby(periods, key=lambda period: period.toward):
        for number, period in enumerate(group):
            figures = [f"{value:.2f}" for value in (period.mean, period.total) if value is not None]
            counts = map(str, (period.supportive, period.opposed, period.neutral))
            table.add_row(_name(toward) if not number else "", period.period or "not placed", *counts, *figures)
    console.print(table)


def _name(name: str) -> str:
    return isolate(plain(name))


def _print_entry(console: Console, label: str, entry: Entry | None) -> None:
    if entry is not None:
        console.print(Text(" " * _MARGIN + f"{label} {entry.when or 'without a date'}:", "dim"))
        print_quotes(console, entry, _MARGIN)
