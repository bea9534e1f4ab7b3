"""The layout of coders set beside each other."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from rich.console import Console
from rich.table import Table
from rich.text import Text

from dragoman.answers.evaluation import LEVELS, Coded, Row
from dragoman.cli.layout import plain

_SHORT = 8


def print_coded(console: Console, found: Sequence[Coded]) -> None:
    """One table: for all and each language, each coder's precision, recall and F1 at every level, the best F1 in bold."""
    table = Table(box=None, padding=(0, 2, 0, 0))
    for column in ("", "coder", "gold", "coded", "", *LEVELS):
        table.add_column(column, justify="left" if column in ("", "coder") else "right", overflow="fold")
    groups: dict[str, list[tuple[str, Row]]] = {}
    for one, label in zip(found, _labels(found), strict=True):
        for name, row in ({"all": one.report.all} | one.report.languages).items():
            groups.setdefault(name, []).append((label, row))
    for name, rows in groups.items():
        best = {level: max(row.levels[level].f1 for _, row in rows) for level in LEVELS}
        for number, (label, row) in enumerate(rows):
            head: tuple[str | Text, ...] = (name if number == 0 else "", Text(plain(label)), f"{row.gold:,}", f"{row.system:,}")
            for what in ("P", "R", "F1"):
                values = [getattr(row.levels[level], {"P": "precision", "R": "recall", "F1": "f1"}[what]) for level in LEVELS]
                styles = ["bold" if what == "F1" and value == best[level] else "" for value, level in zip(values, LEVELS, strict=True)]
                table.add_row(*head, what, *(Text(f"{value:.3f}", style) for value, style in zip(values, styles, strict=True)))
                head = ("", "", "", "")
    console.print(table)


def _labels(found: Sequence[Coded]) -> list[str]:
    """What each is called: its record where there are several, and who coded where that is told."""
    records = len({one.record for one in found}) > 1
    return ["  ".join(part for part in (Path(one.record).name if records else "", _called(one.coder)) if part) or "record" for one in found]


def _called(coder: str) -> str:
    """A coder by its name and the beginning of its hash; the rules have no name in their version."""
    name, _, version = coder.rpartition(":")
    return f"{name or 'rules'} {version[:_SHORT]}" if coder else ""
