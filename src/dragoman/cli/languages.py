"""The commands about languages: languages, languages new, languages check."""

from __future__ import annotations

import os
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from dragoman.cli.options import JsonOption
from dragoman.cli.output import console, write_json, write_note

if TYPE_CHECKING:
    from dragoman.languages.completeness import Lack

languages = typer.Typer(invoke_without_command=True, rich_markup_mode=None)
_WEIGHTS = {"wrong": "wrong", "must": "lacks", "may": "could have"}
_STYLES = {"wrong": "bold red", "must": "yellow", "may": "dim"}


@languages.callback()
def survey(ctx: typer.Context, json: JsonOption = False) -> None:
    """Show the languages that can be read, and what each has and lacks; make a folder for another, check it."""
    if ctx.invoked_subcommand is not None:
        return
    from dragoman.cli.layout import isolate
    from dragoman.languages import available, folder
    from dragoman.languages.completeness import survey

    found = [survey(folder(code)) for code in available()]
    if json:
        write_json(found)
        return
    from rich.table import Table

    table = Table(box=None, padding=(0, 2, 0, 0))
    for column in ("code", "language", "script", "states", "people", "triggers", "types", "version", "lacks", "folder"):
        table.add_column(column, justify="right" if column in ("states", "people", "triggers", "types") else "left")
    for one in found:
        called = f"{one.name}, {isolate(one.native)}" if one.native not in ("", one.name) else one.name
        counts = map(str, (one.states, one.people, one.triggers, one.types))
        table.add_row(one.code, called, f"{one.script} {one.direction}", *counts, one.version, _count(one.lacks), one.folder or "-")
    screen = console()
    screen.print(table)
    screen.print(
        "\nstates: with a demonym or capital; triggers: words of acts, of so many types; `dragoman languages check CODE` lists the lacks."
    )


def _count(lacks: tuple[Lack, ...]) -> str:
    """How many lacks there are of each weight that matters."""
    counts = {weight: sum(lack.weight == weight for lack in lacks) for weight in ("wrong", "must")}
    told = [f"{number} {'wrong' if weight == 'wrong' else 'lacking'}" for weight, number in counts.items() if number]
    return ", ".join(told) or "nothing"


@languages.command()
def new(
    code: Annotated[str, typer.Argument(metavar="CODE", help="ISO 639 code of the language: fr.")],
    to: Annotated[
        Path | None,
        typer.Option(
            "--to",
            metavar="FOLDER",
            help="Where the language's folder goes. Default: the first that DRAGOMAN_LANGUAGES names, or languages.",
            show_default=False,
        ),
    ] = None,
    json: JsonOption = False,
) -> None:
    """Make the folder of a new language: all files with their keys, and names, months, weekdays, units, dates out of CLDR."""
    from dragoman.languages import FURTHER
    from dragoman.languages.template import write

    named = next(filter(None, os.environ.get(FURTHER, "").split(os.pathsep)), "")
    root = to or Path(named or "languages")
    files = write(code.strip().lower(), root)
    if json:
        write_json({"folder": str(files[0].parent), "files": [file.name for file in files]})
        return
    console().print(f"Made {files[0].parent}: {len(files)} files.")
    write_note(f"`dragoman languages check {files[0].parent}` says what each lacks; docs/languages.md what stands in it.")
    if root.absolute() not in map(Path.absolute, map(Path, os.environ.get(FURTHER, "").split(os.pathsep))):
        write_note(f"To read texts with it: export {FURTHER}={root.absolute()}")


@languages.command()
def check(
    language: Annotated[str, typer.Argument(metavar="CODE", help="The language, or the path of its folder: fr, languages/fr.")],
    json: JsonOption = False,
) -> None:
    """Say what a language lacks, file by file. Exit status 1 when something is wrong or missing that the program needs."""
    from dragoman.errors import LanguageError
    from dragoman.languages import SHAPES, folder
    from dragoman.languages.completeness import check

    place: Traversable = Path(language).absolute() if os.sep in language or "/" in language else folder(language)
    if not place.is_dir():
        raise LanguageError("There is no such folder.", language, "`dragoman languages new CODE --to FOLDER` makes one.")
    lacks = [*check(place), *_compile(place)]
    if json:
        write_json(lacks)
    else:
        _print_lacks(place.name, lacks, list(SHAPES))
    if any(lack.weight != "may" for lack in lacks):
        raise typer.Exit(1)


def _compile(place: Traversable) -> list[Lack]:
    """What the coder says when it compiles the language's words, once its files can be read at all."""
    from dragoman.coding.lexicon import Lexicon
    from dragoman.coding.timewords import Grammar
    from dragoman.errors import LanguageError
    from dragoman.languages import load_folder
    from dragoman.languages.completeness import Lack

    try:
        known = load_folder(place)
    except LanguageError:
        return []
    try:
        Grammar(known.times)
    except LanguageError as error:
        return [Lack("times", f"{error.what} {error.where}", "wrong")]
    except KeyError:
        return []  # a macro that is missing, which `check` has named
    Lexicon(known)
    return []


def _print_lacks(code: str, lacks: list[Lack], files: list[str]) -> None:
    """A line for each lack under its file, the gravest first; a word for a file that lacks nothing."""
    from rich.text import Text

    screen = console()
    grave = {lack.file for lack in lacks if lack.weight != "may"}
    screen.print(Text(f"{code}: {len(files) - len(grave)} of {len(files)} files have what the program needs", "bold"))
    for file in files:
        mine = sorted((lack for lack in lacks if lack.file == file), key=lambda lack: list(_WEIGHTS).index(lack.weight))
        screen.print(Text.assemble(f"\n{file}.yaml", "" if mine else "  complete"))
        for lack in mine:
            screen.print(Text.assemble("  ", (_WEIGHTS[lack.weight].ljust(12), _STYLES[lack.weight]), lack.what))
