"""The command that gets texts from elsewhere: fetch. It uses the network; else only a language model does."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from dragoman.cli.options import JsonOption
from dragoman.cli.output import console, progress_bar, write_error, write_json, write_note


def fetch(
    titles: Annotated[list[str] | None, typer.Argument(metavar="[TITLE]...", help="Titles of articles.", show_default=False)] = None,
    languages: Annotated[
        str, typer.Option("--languages", metavar="LANG,...", help="Wikis; titles are of the first. all: all readable.")
    ] = "en,ar",
    to: Annotated[Path, typer.Option("--to", metavar="FOLDER", help="Where to put the articles and their manifest.")] = Path("articles"),
    category: Annotated[str, typer.Option("--category", metavar="NAME", help="All articles of a category.", show_default=False)] = "",
    since: Annotated[
        str, typer.Option("--since", metavar="REVISION", help="Also the edition of then (or of a date), one a year since.")
    ] = "",
    contact: Annotated[
        str, typer.Option("--contact", metavar="ADDRESS", envvar="DRAGOMAN_CONTACT", help="Yours, told to the server.")
    ] = "",
    api: Annotated[str, typer.Option("--api", metavar="URL", help="Another wiki's API, {language} in it.", show_default=False)] = "",
    json: JsonOption = False,
) -> None:
    """Get articles of Wikipedia, in several languages and editions, into a folder that `build` reads."""
    import dragoman
    from dragoman.errors import QueryError
    from dragoman.reading.shelf import fetch as get
    from dragoman.reading.wikipedia import API, Wiki

    if not titles and not category:
        raise QueryError("Nothing is asked for.", "", "Name an article, or a category with --category.")
    codes = [code.strip().lower() for code in languages.split(",") if code.strip()]
    with (
        Wiki(api or API, contact, dragoman.__version__.split()[0], progress=write_note) as wiki,
        progress_bar({"reading": "Fetching"}) as bar,
    ):
        show = (lambda done, total: bar("reading", done, total)) if bar else None
        fetched = get(wiki, titles or [], codes or ["en"], to, category, since, show)
    if json:
        write_json(fetched)
    else:
        from dragoman.cli.layout import print_fetched

        print_fetched(console(), fetched, str(to))
        for note in fetched.notes:
            write_note(f"Note: {note}")
    for failure in fetched.failed:
        write_error(failure)
    if fetched.failed:
        raise typer.Exit(1)
