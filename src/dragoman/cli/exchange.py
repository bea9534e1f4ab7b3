"""The commands between a record and other files: link, export, evaluate."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from dragoman.cli.options import DEFAULT, JsonOption, RecordOption
from dragoman.cli.output import console, write_json, write_note

if TYPE_CHECKING:
    from dragoman.answers.evaluation import Judged, Report

RecordsOption = Annotated[list[Path], typer.Option("--record", metavar="FILE", help="The record; repeated, several are compared.")]


def export(
    format: Annotated[str, typer.Option("--format", metavar="FORMAT", help="jsonl, csv, parquet, trig ... (docs/exporting.md).")] = "jsonl",
    what: Annotated[
        str, typer.Option("--what", metavar="WHAT", help="statements, links, facts, differences, conflicts or issues.")
    ] = "statements",
    values: Annotated[
        str, typer.Option("--values", metavar="VALUES", help="judged: as persons have corrected them; or machine: as they were read.")
    ] = "judged",
    record: RecordOption = DEFAULT,
    output: Annotated[Path | None, typer.Option("--output", metavar="FILE", help="A file instead of standard output.")] = None,
    json: JsonOption = False,
) -> None:
    """Write all statements, or what linking found, for another program. With --output, say how many there were."""
    from dragoman.exporting import check_part, check_values, find_format
    from dragoman.exporting import export as write
    from dragoman.record import Record

    found, what = find_format(format), check_part(format, what)
    with Record.open(record, read_only=True) as opened:
        if output is None:
            with opened.showing(check_values(opened, what, values)):
                found.write(opened, sys.stdout.buffer, what)
            return
        count = write(opened, output, format, what, values)
    if json:
        write_json({what: count, "output": str(output)})
    else:
        write_note(f"{count:,} {what} written to {output}.")


def link(
    statements: Annotated[Path, typer.Argument(metavar="STATEMENTS.jsonl", help="Statements, one a line, made by anyone.")],
    texts: Annotated[Path, typer.Option("--texts", metavar="FOLDER", help="The texts that they quote.", show_default=False)],
    json: JsonOption = False,
) -> None:
    """Link the statements of a file: which say the same, where they differ, what conflicts. No record is needed."""
    from dragoman.engines.linking import link_file

    given, found = link_file(statements, texts)
    if json:
        write_json({"facts": found.facts, "conflicts": found.conflicts, "issues": found.issues, "links": found.links})
    else:
        from dragoman.cli.comparison import print_linked

        print_linked(console(), given, found)


def evaluate(
    gold: Annotated[
        Path | None, typer.Argument(metavar="GOLD.jsonl", help="Statements annotated by hand, one a line.", show_default=False)
    ] = None,
    judgements: Annotated[bool, typer.Option("--judgements", help="What persons have judged in this record, instead of a file.")] = False,
    record: RecordsOption = [DEFAULT],  # noqa: B006 - typer copies it
    errors: Annotated[bool, typer.Option("--errors", help="List what was missed, made up or got wrong.")] = False,
    coders: Annotated[bool, typer.Option("--coders", help="Compare all that have coded the texts: rules, models.")] = False,
    json: JsonOption = False,
) -> None:
    """Measure records against a gold standard: precision, recall and F1 at five levels, each harder than the one before."""
    from dragoman.answers.evaluation import evaluate as measure
    from dragoman.answers.evaluation import read_gold
    from dragoman.answers.judged import evaluate as measure_judged
    from dragoman.record import Record

    if (gold is None) != judgements:
        raise typer.BadParameter("Name a file of gold statements, or say --judgements.", param_hint="GOLD.jsonl")
    standard = read_gold(gold) if gold else []
    if standard and (coders or len(record) > 1):
        _compare(standard, record, coders, json)
        return
    with Record.open(record[0], read_only=True) as opened:
        report = measure_judged(opened) if judgements else measure(opened, standard)
    for name in report.absent:
        write_note(f"Note: the record holds no document {name!r}; all of its statements count as missed.")
    if json:
        write_json(report if errors else _figures(report))
    else:
        from dragoman.cli.layout import print_report

        print_report(console(), report, errors)


def _figures(report: Report) -> dict[str, Any]:
    return {name: getattr(report, name) for name in ("all", "languages", "documents", "absent")}


def _compare(standard: Sequence[Judged], records: Sequence[Path], coders: bool, json: bool) -> None:
    """Several records, or several coders of each, against one gold standard in one table."""
    from dragoman.answers.evaluation import Coded, evaluate_coders
    from dragoman.answers.evaluation import evaluate as measure
    from dragoman.record import Record

    found: list[Coded] = []
    for place in records:
        with Record.open(place, read_only=True) as opened:
            found += evaluate_coders(opened, standard) if coders else [Coded(str(place), "", measure(opened, standard))]
    for one in found:
        if one.report.absent:
            whose = " ".join(part for part in (one.record, one.coder) if part)
            write_note(f"Note: {whose} has not coded {len(one.report.absent)} of the gold's documents; their statements count as missed.")
    if json:
        write_json([{"record": one.record, "coder": one.coder} | _figures(one.report) for one in found])
    else:
        from dragoman.cli.evaluating import print_coded

        print_coded(console(), found)
