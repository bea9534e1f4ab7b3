"""The commands. Each asks another room and hands what comes back to `layout`, or to JSON."""

from __future__ import annotations

import sys
from importlib import resources
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Annotated

import typer

from dragoman.cli.output import Commands, console, progress_bar, write_error, write_json, write_note

if TYPE_CHECKING:
    from dragoman.engines import Summary
    from dragoman.record import Record

app = typer.Typer(cls=Commands, no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False, rich_markup_mode=None)

RecordOption = Annotated[Path, typer.Option("--record", metavar="FILE", help="The record, one DuckDB file.")]
JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON for another program.")]
DEFAULT = Path("dragoman.duckdb")
_STAGES = {"reading": "Checking sources", "coding": "Reading and coding"}
_NOTES = 20
_SHOWN_BY_DEMO = 8


def _print_version(asked: bool) -> None:
    if asked:
        import dragoman

        sys.stdout.write(f"dragoman {dragoman.__version__}\n")
        raise typer.Exit


@app.callback()
def dragoman(
    version: Annotated[bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Print the version and exit.")] = False,
) -> None:
    """A dated, sourced record of what texts say about the relations between states."""


@app.command()
def build(
    paths: Annotated[list[Path], typer.Argument(metavar="PATH...", help="Text files, or folders with all that is in them.")],
    record: RecordOption = DEFAULT,
    workers: Annotated[int, typer.Option(min=1, metavar="N", help="Processes that read and code.")] = 1,
    json: JsonOption = False,
) -> None:
    """Read texts into a record. What is there already is left; a changed text becomes a new edition."""
    summary = _build(paths, record, workers)
    if json:
        write_json(summary)
    else:
        from dragoman.cli.layout import print_summary

        print_summary(console(), summary, str(record))
    if summary.failed:
        raise typer.Exit(1)


def _build(paths: list[Path], record: Path, workers: int) -> Summary:
    """Build with a bar; notes and failures go to standard error."""
    from dragoman.engines import build as run

    try:
        with progress_bar(_STAGES) as progress:
            summary = run(paths, record, workers, progress)
    except KeyboardInterrupt as error:
        write_note("Stopped. The documents that were added are kept; run the same command again to go on.")
        raise typer.Exit(130) from error
    for note in summary.notes[:_NOTES]:
        write_note(f"Note: {note}")
    if len(summary.notes) > _NOTES:
        write_note(f"Note: and {len(summary.notes) - _NOTES:,} more; --json gives them all.")
    for failure in summary.failed:
        write_error(failure)
    return summary


@app.command()
def timeline(
    a: Annotated[str, typer.Argument(metavar="A", help="A state: its name in any language, or its code.")],
    b: Annotated[str | None, typer.Argument(metavar="[B]", help="Another state.", show_default=False)] = None,
    record: RecordOption = DEFAULT,
    start: Annotated[str | None, typer.Option("--from", metavar="DATE", help="1948, 2014-02 or 2014-02-17 (EDTF).")] = None,
    end: Annotated[str | None, typer.Option("--to", metavar="DATE", help="Leaves out what is later, and what has no date.")] = None,
    types: Annotated[list[str] | None, typer.Option("--type", metavar="TYPE", help="CONSULT, RELATIONS, event ... (repeatable).")] = None,
    languages: Annotated[list[str] | None, typer.Option("--lang", metavar="LANG", help="en, ar ... (repeatable).")] = None,
    json: JsonOption = False,
) -> None:
    """Show what one state, or two with each other, did, kept and held, in the order of time."""
    from dragoman.answers.timeline import timeline as ask
    from dragoman.languages.states import names, resolve
    from dragoman.record import Record

    codes = [resolve(name) for name in (a, b) if name is not None]
    with Record.open(record, read_only=True) as opened:
        found = ask(opened, codes[0], codes[-1], start, end, types, languages)
    if json:
        write_json(found)
    else:
        from dragoman.cli.layout import print_timeline

        print_timeline(console(), found, " and ".join(names(code, "en") for code in dict.fromkeys(codes)), len(found))


@app.command()
def show(
    id: Annotated[str, typer.Argument(metavar="STATEMENT-ID", help="The id, or the beginning of it.")],
    record: RecordOption = DEFAULT,
    json: JsonOption = False,
) -> None:
    """Show one statement in its paragraph, and from which words each field was read."""
    from dragoman.answers.find import statement
    from dragoman.record import Record

    with Record.open(record, read_only=True) as opened:
        found = statement(opened, id)
    if json:
        write_json(found.statement)
    else:
        from dragoman.cli.layout import print_statement

        print_statement(console(), found)


@app.command()
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


@app.command()
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


@app.command()
def demo(
    record: Annotated[Path | None, typer.Option("--record", metavar="FILE", help="Keep the record here.", show_default=False)] = None,
    json: JsonOption = False,
) -> None:
    """Build a record of the bundled example, two accounts of one subject, and show what it holds."""
    from dragoman.record import Record

    with TemporaryDirectory() as folder, resources.as_file(resources.files("dragoman") / "example") as example:
        place = record or Path(folder) / "demo.duckdb"
        summary = _build(sorted(example.glob("*.txt")), place, 1)
        with Record.open(place, read_only=True) as opened:
            _show_demo(summary, opened, record, json)


def _show_demo(summary: Summary, opened: Record, kept: Path | None, json: bool) -> None:
    """The summary, some of the timeline of the example's two states, and one statement that says who says so."""
    from dragoman.answers.find import statement
    from dragoman.answers.timeline import timeline as ask
    from dragoman.cli.layout import print_statement, print_summary, print_timeline

    found = ask(opened, "PAK", "SYR")
    some = found[:: max(1, len(found) // _SHOWN_BY_DEMO)][:_SHOWN_BY_DEMO]
    one = statement(opened, next((s.id for s in some if s.by or s.modality != "asserted"), some[0].id))
    if json:
        write_json({"summary": summary, "timeline": found, "statement": one.statement})
        return
    screen, named = console(), f" --record {kept}" if kept else ""
    print_summary(screen, summary, str(kept or "(not kept; --record FILE keeps it)"))
    screen.print(f"\n$ dragoman timeline Pakistan Syria{named}", style="dim")
    print_timeline(screen, some, "Pakistan and Syria", len(found))
    screen.print(f"\n$ dragoman show {one.statement.id[:12]}{named}", style="dim")
    print_statement(screen, one)
