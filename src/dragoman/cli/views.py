"""The commands that set a record's facts side by side: ties, positions, balance, report."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal, get_args

import typer

from dragoman.cli.options import DEFAULT, JsonOption, RecordOption, ToldOption
from dragoman.cli.output import console, write_file, write_json

OnOption = Annotated[str | None, typer.Option("--on", metavar="DATE", help="As it stood then: 2014, 2014-02 or 2014-02-17 (EDTF).")]


def ties(
    a: Annotated[str, typer.Argument(metavar="A", help="A state or body: its name in any language, or its code.")],
    b: Annotated[str, typer.Argument(metavar="B", help="Another.")],
    on: OnOption = None,
    record: RecordOption = DEFAULT,
    told: ToldOption = None,
    json: JsonOption = False,
) -> None:
    """Show embassies, envoys, treaties, trade and other ties of two states: what is stated, last known or ended."""
    from dragoman.answers.parties import find_pair
    from dragoman.answers.ties import ties as ask
    from dragoman.record import Record

    with Record.open(record, read_only=True) as opened:
        parties = find_pair(opened, a, b)
        found = ask(opened, *parties, on, told)
    if json:
        write_json(found)
    else:
        from dragoman.cli.lists import print_ties

        print_ties(console(), found, " and ".join(party.called("en") for party in parties), on)


def positions(
    state: Annotated[str | None, typer.Argument(metavar="[STATE]", help="Whose. Without: of all who have one.", show_default=False)] = None,
    issue: Annotated[str | None, typer.Option("--issue", metavar="WORDS", help="Only issues that hold these words.")] = None,
    on: OnOption = None,
    about: Annotated[str | None, typer.Option("--about", metavar="STATE", help="Only what concerns this state.")] = None,
    record: RecordOption = DEFAULT,
    table: Annotated[bool, typer.Option("--matrix", help="States by issues: the last stand of each.")] = False,
    told: ToldOption = None,
    json: JsonOption = False,
) -> None:
    """Show where a state stands by issue and over time, or who supports and who opposes an issue."""
    from dragoman.answers.parties import find_party
    from dragoman.answers.positions import matrix
    from dragoman.answers.positions import positions as ask
    from dragoman.record import Record

    with Record.open(record, read_only=True) as opened:
        one, other = (find_party(opened, name) if name is not None else None for name in (state, about))
        found = ask(opened, one, issue, on, other, told)
    cells = matrix(found) if table else None
    if json:
        write_json(found if cells is None else cells)
    else:
        from dragoman.cli.lists import print_matrix, print_stands

        limits = [f"{word} {value}" for word, value in (("on", issue), ("in", on)) if value]
        title = ", ".join([one.called("en") if one else "Everybody", *limits])
        if cells is None:
            print_stands(console(), found, title)
        else:
            print_matrix(console(), cells, title)


def balance(
    state: Annotated[str, typer.Argument(metavar="STATE", help="Who acts.")],
    others: Annotated[list[str] | None, typer.Argument(metavar="OTHER...", help="Toward whom.", show_default=False)] = None,
    among: Annotated[list[str] | None, typer.Option("--among", metavar="OTHER", help="Toward whom: --among A B C.")] = None,
    by: Annotated[str, typer.Option("--by", metavar="LENGTH", help="year, decade or all.")] = "decade",
    weights: Annotated[str | None, typer.Option("--weights", metavar="FILE", help="Other weights (YAML), or none.")] = None,
    record: RecordOption = DEFAULT,
    told: ToldOption = None,
    json: JsonOption = False,
) -> None:
    """Show how a state acts toward others: supportive, opposed and neutral acts by period, weighed on a scale of cooperation."""
    from dragoman.answers.balance import Length, read_weights
    from dragoman.answers.balance import balance as ask
    from dragoman.answers.parties import find_parties, find_party
    from dragoman.record import Record

    rivals = [*(among or ()), *(others or ())]
    if not rivals:
        raise typer.BadParameter("Name at least one other state.", param_hint="OTHER")
    length: Length = _chosen(by, get_args(Length))
    weighted = weights != "none"
    scale = read_weights(weights if weighted else None)
    with Record.open(record, read_only=True) as opened:
        one = find_party(opened, state)
        found = ask(opened, one, find_parties(opened, *rivals), length, scale, weighted, told)
    if json:
        write_json(found)
    else:
        from dragoman.cli.lists import print_balance

        print_balance(console(), found, one.called("en"), weighted)


def report(
    a: Annotated[str, typer.Argument(metavar="A", help="A state or body: its name in any language, or its code.")],
    b: Annotated[str, typer.Argument(metavar="B", help="Another.")],
    html: Annotated[Path, typer.Option("--html", metavar="FILE", help="Where to write the page.")],
    ui: Annotated[str, typer.Option("--ui", metavar="LANG", help="Language of the page's own words: en or ar.")] = "en",
    record: RecordOption = DEFAULT,
    told: ToldOption = None,
    json: JsonOption = False,
) -> None:
    """Write one printable page about two states: summary, timeline, positions, ties, differences and sources."""
    from dragoman.answers.parties import find_pair
    from dragoman.answers.report import report as ask
    from dragoman.record import Record

    with Record.open(record, read_only=True) as opened:
        parties = find_pair(opened, a, b)
        page = ask(opened, *parties, ui, told)
    write_file(html, page, record)
    if json:
        write_json({"output": str(html), "bytes": len(page.encode())})


def _chosen(asked: str, known: tuple[str, ...]) -> Literal["year", "decade", "all"]:
    from dragoman.errors import QueryError

    for name in known:
        if asked == name:
            return name  # type: ignore[return-value]
    raise QueryError(f"There is no period {asked!r}.", "", f"There is {', '.join(known)}.")
