"""The commands that make a record: build, demo."""

from __future__ import annotations

from importlib import resources
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Annotated, Any

import typer

from dragoman.cli import modelling
from dragoman.cli.options import DEFAULT, JsonOption, RecordOption
from dragoman.cli.output import console, progress_bar, write_error, write_json, write_note

if TYPE_CHECKING:
    from dragoman.coding.second import ModelCoder
    from dragoman.engines import Summary
    from dragoman.prompting import LanguageModel, Prices
    from dragoman.record import Record

_STAGES = {"reading": "Checking sources", "coding": "Reading and coding", "encoding": "Encoding", "linking": "Linking"}
_NOTES = 20
_SHOWN_BY_DEMO = 8


def build(
    paths: Annotated[list[Path], typer.Argument(metavar="PATH...", help="Files, or folders with all texts in them.")],
    record: RecordOption = DEFAULT,
    workers: Annotated[int | None, typer.Option(min=1, metavar="N", help="Processes that read and code.", show_default="1")] = None,
    titles: Annotated[str, typer.Option("--titles", metavar="PATTERN", help="Of a dump, articles with such titles: '*relations'.")] = "",
    category: Annotated[str, typer.Option("--category", metavar="PATTERN", help="Of a dump, articles in such categories.")] = "",
    strict: Annotated[bool, typer.Option("--strict", help="Stop at a bad line or page of a file of many, too.")] = False,
    largest: Annotated[float, typer.Option(min=0.001, metavar="MIB", help="The largest document that is read.")] = 16,
    deepest: Annotated[int, typer.Option(min=1, metavar="N", help="The deepest that templates may stand in one another.")] = 100,
    no_link: Annotated[bool, typer.Option("--no-link", help="Leave linking to a later build.")] = False,
    coder: modelling.CoderOption = "rules",
    model: modelling.ModelOption = "",
    endpoint: modelling.EndpointOption = "",
    answers: modelling.AnswersOption = None,
    price: modelling.PriceOption = "",
    max_requests: modelling.RequestsOption = None,
    max_tokens: modelling.TokensOption = None,
    max_cost: modelling.CostOption = None,
    at_once: modelling.AtOnceOption = 1,
    trust: modelling.TrustOption = None,
    estimate: modelling.EstimateOption = False,
    dry_run: modelling.DryOption = False,
    retry_failed: Annotated[bool, typer.Option("--retry-failed", help="Try again the documents that were set aside.")] = False,
    engine: Annotated[str, typer.Option("--engine", metavar="ENGINE", help="local, or ray: several machines.")] = "local",
    address: Annotated[str, typer.Option("--address", metavar="ADDRESS", help="Of a Ray cluster that runs: auto, HOST:PORT.")] = "",
    json: JsonOption = False,
) -> None:
    """Read texts into a record. What is there already is left; a changed text becomes a new edition."""
    from dragoman.reading import Limits

    hands = {"engine": engine, "address": address, "retry_failed": retry_failed}
    which = {"titles": titles, "category": category, "limits": Limits(int(largest * 1024 * 1024), deepest)}
    options = {"--model": model, "--endpoint": endpoint, "--estimate": estimate, "--dry-run": dry_run}
    modelling.check_coder(coder, options)
    if coder == "rules":
        _report(_build(paths, record, workers, not no_link, strict=strict, **which, **hands), record, json)
        return
    used = modelling.read_limits(price, max_requests, max_tokens, max_cost)
    with modelling.open_model(model, endpoint, record, answers, at_once=at_once, **used) as asked:
        reader = modelling.make_coder(coder, asked, trust)
        if estimate or dry_run:
            _preview(paths, record, asked, reader, used["prices"], dry_run, json, **which)
            return
        summary = _build(paths, record, workers, not no_link, strict=strict, coder=reader, **which, **hands)
        _report(summary, record, json, asked, reader)


def _report(summary: Summary, record: Path, json: bool, model: LanguageModel | None = None, reader: ModelCoder | None = None) -> None:
    """Print what a build did, and what a model had to do with it; exit with 1 when documents are left out."""
    from dragoman.cli import telling
    from dragoman.cli.layout import print_summary

    if model is None or reader is None:
        if json:
            write_json(summary)
        else:
            print_summary(console(), summary, str(record))
    elif json:
        write_json(telling.tell(summary, model.name, model.meter.usage, reader.told))
    else:
        print_summary(console(), summary, str(record))
        telling.print_used(console(), model.name, model.meter.usage, reader.told)
    if summary.failed:
        raise typer.Exit(1)


def _preview(
    paths: list[Path], record: Path, model: LanguageModel, reader: ModelCoder, prices: Prices | None, show: bool, json: bool, **which: Any
) -> None:
    """What a build would send, or what that would cost; nothing is sent."""
    from dragoman.cli import telling
    from dragoman.engines.outgoing import estimate, outgoing

    going = outgoing(paths, record, reader, **which)
    if show and json:
        write_json([{"doc": d.id, "text": p.text, "instructions": p.instructions} for d, ps in going for p in ps if not model.knows(p)])
    elif show:
        telling.print_outgoing(console(), going, model.knows)
    else:
        found = estimate(going, model, prices)
        if json:
            write_json(found)
        else:
            telling.print_estimate(console(), found)


def _build(paths: list[Path], record: Path, workers: int | None, link: bool = True, **further: Any) -> Summary:
    """Build with a bar; notes and failures go to standard error."""
    from dragoman.engines import build as run

    try:
        with progress_bar(_STAGES) as progress:
            summary = run(paths, record, workers, progress, link, **further)
    except KeyboardInterrupt as error:
        write_note("Stopped. The documents that were added are kept; run the same command again to go on.")
        raise typer.Exit(130) from error
    for note in summary.notes[:_NOTES]:
        write_note(f"Note: {note}")
    if len(summary.notes) > _NOTES:
        write_note(f"Note: and {len(summary.notes) - _NOTES:,} more; --json gives them all.")
    for failure in summary.failed[:_NOTES]:
        write_error(failure)
    if len(summary.failed) > _NOTES:
        write_error(f"and {len(summary.failed) - _NOTES:,} more; --json gives them all.")
    return summary


def demo(
    record: Annotated[Path | None, typer.Option("--record", metavar="FILE", help="Keep the record here.", show_default=False)] = None,
    json: JsonOption = False,
) -> None:
    """Build a record of the bundled example, two accounts of one subject, and show what it holds."""
    from dragoman.record import Record

    with TemporaryDirectory() as folder, resources.as_file(resources.files("dragoman") / "example") as example:
        place = record or Path(folder) / "demo.duckdb"
        summary = _build(sorted(example.glob("*.txt")), place, None)
        with Record.open(place, read_only=True) as opened:
            _show_demo(summary, opened, record, json)


def _show_demo(summary: Summary, opened: Record, kept: Path | None, json: bool) -> None:
    """The summary, some of the timeline of the example's two states, and of the statements that are not simply asserted the surest."""
    from dragoman.answers.find import statement
    from dragoman.answers.parties import state
    from dragoman.answers.timeline import timeline as ask
    from dragoman.cli.layout import print_statement, print_summary, print_timeline

    found = ask(opened, [state("PAK"), state("SYR")])
    some = found[:: max(1, len(found) // _SHOWN_BY_DEMO)][:_SHOWN_BY_DEMO]
    voiced = [e.statements[0] for e in found if e.by or e.modality != "asserted"] or [some[0].statements[0]]
    one = statement(opened, max(voiced, key=lambda told: told.confidence).id)
    if json:
        write_json({"summary": summary, "timeline": found, "statement": one.statement})
        return
    screen, named = console(), f" --record {kept}" if kept else ""
    print_summary(screen, summary, str(kept or "(not kept; --record FILE keeps it)"))
    screen.print(f"\n$ dragoman timeline Pakistan Syria{named}", style="dim")
    print_timeline(screen, some, "Pakistan and Syria", len(found))
    screen.print(f"\n$ dragoman show {one.statement.id[:12]}{named}", style="dim")
    print_statement(screen, one)
