"""The command line, put together. Each command asks another room and hands what comes back to a layout, or to JSON."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from dragoman.cli import (
    asking,
    building,
    comparing,
    corroboration,
    exchange,
    explaining,
    fetching,
    judging,
    languages,
    searching,
    serving,
    times,
    upkeep,
    views,
)
from dragoman.cli.output import Commands

app = typer.Typer(cls=Commands, no_args_is_help=True, pretty_exceptions_enable=False, rich_markup_mode=None)


def _print_version(asked: bool) -> None:
    if asked:
        import dragoman
        from dragoman.coding import fingerprint
        from dragoman.languages import available, folder, version

        sys.stdout.write(f"dragoman {dragoman.__version__}\ncoder {fingerprint()}\n")
        for code in available():
            sys.stdout.write(f"language {code} {version(folder(code))}\n")
        raise typer.Exit


@app.callback()
def dragoman(
    version: Annotated[
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Print all versions and exit.")
    ] = False,
) -> None:
    """A dated, sourced record of what texts say about the relations between states."""


for command in (
    building.build,
    fetching.fetch,
    asking.timeline,
    asking.show,
    explaining.explain,
    searching.ask,
    views.ties,
    views.positions,
    views.balance,
    views.report,
    comparing.compare,
    comparing.conflicts,
    corroboration.corroborate,
    serving.serve,
    serving.account,
    exchange.link,
    exchange.export,
    judging.judge,
    exchange.evaluate,
    times.times,
    upkeep.check,
    upkeep.compact,
    upkeep.upgrade,
    building.demo,
):
    app.command()(command)
app.add_typer(languages.languages, name="languages")
app.add_typer(judging.judgements, name="judgements")
