"""The commands between a record and other files: export, evaluate."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from dragoman.cli.options import DEFAULT, JsonOption, RecordOption
from dragoman.cli.output import console, write_json, write_note


def export(
    format: Annotated[str, typer.Option("--format", metavar="FORMAT", help="jsonl: one statement a line.")] = "jsonl",
    record: RecordOption = DEFAULT,
    output: Annotated[Path | None, typer.Option("--output", metavar="FILE", help="A file instead of standard output.")] = None,
    json: JsonOption = False,
) -> None:
    """Write all statements for another program. With --output, say how many there were."""
    from dragoman.exporting import export as write
    from dragoman.exporting import find_format
    from dragoman.record import Record

    found = find_format(format)
    with Record.open(record, read_only=True) as opened:
        if output is None:
            found.write(opened, sys.stdout.buffer)
            return
        count = write(opened, output, format)
    if json:
        write_json({"statements": count, "output": str(output)})
    else:
        write_note(f"{count:,} statements written to {output}.")


def evaluate(
    gold: Annotated[Path, typer.Argument(metavar="GOLD.jsonl", help="Statements annotated by hand, one a line.")],
    record: RecordOption = DEFAULT,
    errors: Annotated[bool, typer.Option("--errors", help="List what was missed, made up or got wrong.")] = False,
    json: JsonOption = False,
) -> None:
    """Measure a record against a gold standard: precision, recall and F1 at five levels, each harder than the one before."""
    from dragoman.answers.evaluation import evaluate as measure
    from dragoman.answers.evaluation import read_gold
    from dragoman.record import Record

    standard = read_gold(gold)
    with Record.open(record, read_only=True) as opened:
        report = measure(opened, standard)
    for name in report.absent:
        write_note(f"Note: the record holds no document {name!r}; all of its statements count as missed.")
    if json:
        write_json(report if errors else {name: getattr(report, name) for name in ("all", "languages", "documents", "absent")})
    else:
        from dragoman.cli.layout import print_report

        print_report(console(), report, errors)
