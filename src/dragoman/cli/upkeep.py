"""The commands that look after a record's file: check, compact, upgrade."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from dragoman.cli.options import DEFAULT, JsonOption
from dragoman.cli.output import progress_bar, write_error, write_json, write_note

Place = Annotated[Path, typer.Argument(metavar="RECORD", help="The record, one DuckDB file.")]

_SHOWN = 20
_STAGES = {
    "documents": "Checking documents",
    "statements": "Checking statements",
    "sentence_links": "Checking links of sentences",
    "links": "Checking links",
    "facts": "Checking facts",
    "conflicts": "Checking conflicts",
    "issues": "Checking issues",
    "vectors": "Checking vectors",
    "judgements": "Checking judgements",
    "copying": "Copying tables",
}


def check(record: Place = DEFAULT, json: JsonOption = False) -> None:
    """Hold every quote against its text, and every link and fact against what it names. Changes nothing; status 1 if anything is wrong."""
    from dragoman.record import Record
    from dragoman.record.check import check as run

    with Record.open(record, read_only=True) as opened, progress_bar(_STAGES) as progress:
        report = run(opened, progress)
    if json:
        write_json(report)
    else:
        for finding in report.findings[:_SHOWN]:
            write_error(finding.what, finding.where)
        if len(report.findings) > _SHOWN:
            write_error(f"and {len(report.findings) - _SHOWN:,} more; --json gives them all.")
        counted = ", ".join(f"{count:,} {name.replace('_', ' ')}" for name, count in report.checked.items() if count)
        write_note(
            f"Checked {counted or 'an empty record'}: {f'{len(report.findings):,} findings' if report.findings else 'all is sound'}."
        )
    if report.findings:
        raise typer.Exit(1)


def compact(
    record: Place = DEFAULT,
    without_cache: Annotated[
        bool, typer.Option("--without-cache", help="Leave out vectors and the index of words; they are made again when needed.")
    ] = False,
    json: JsonOption = False,
) -> None:
    """Write a record's file anew, without room that it no longer needs. The old file stays until the new one is whole."""
    from dragoman.record.upkeep import compact as run

    with progress_bar(_STAGES) as progress:
        done = run(record, not without_cache, progress)
    if json:
        write_json(done)
    else:
        write_note(
            f"{record}: {done.before:,} bytes before, {done.after:,} now; {sum(done.rows.values()):,} rows in {len(done.rows)} tables."
        )


def upgrade(record: Place = DEFAULT, json: JsonOption = False) -> None:
    """Bring a record that an older Dragoman made to the newest format. `build` does so too; all commands read older ones as they are."""
    from dragoman.record.upkeep import upgrade as run

    done = run(record)
    if json:
        write_json(done)
    elif done.added:
        write_note(f"{record}: from format {done.before} to {done.after}; added: {', '.join(done.added)}.")
    else:
        write_note(f"{record}: has format {done.after} already; nothing was changed.")
