"""The map of the world: states by how many statements name them, each a link. Outlines are Natural Earth's (tools/world.py)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from html import escape
from importlib import resources

import msgspec
from markupsafe import Markup

from dragoman.answers import numbers
from dragoman.answers.parties import find_party
from dragoman.languages.states import names
from dragoman.web.lists import select
from dragoman.web.view import Asked, View

WIDTH, HEIGHT = 9600, 4150
SHADES = 5


class Outline(msgspec.Struct, frozen=True):
    """A state on the map. code: "" for land that is no state's there. x, y: its middle. path: "" for one too small."""

    code: str
    x: int
    y: int
    path: str


@cache
def outlines() -> tuple[Outline, ...]:
    """All that is drawn."""
    lines = (resources.files("dragoman.web") / "world.tsv").read_text("utf-8").splitlines()
    return tuple(Outline(code, int(x), int(y), path) for code, x, y, path in (line.split("\t") for line in lines))


def bounds(counts: Sequence[int]) -> list[int]:
    """The least number of each shade, from 1: so that each holds about as many of the different numbers."""
    different = sorted(set(counts))
    return sorted({different[len(different) * shade // SHADES] for shade in range(SHADES)}) if different else []


def draw(counted: Mapping[str, int], links: Mapping[str, str], called: Mapping[str, str], title: str, chosen: str = "") -> Markup:
    """The map. counted: statements by code; links: where each of these leads to. chosen: the state that the others are counted beside."""
    steps = bounds(list(counted.values()))
    shapes = []
    for one in outlines():
        number = counted.get(one.code, 0)
        shade = sum(number >= step for step in steps)
        kind = "chosen" if one.code and one.code == chosen else f"shade{shade}"
        if one.path:
            shape = f'<path class="{kind}" d="{one.path}"/>'
        elif number or one.code == chosen:
            shape = f'<circle class="{kind}" cx="{one.x}" cy="{one.y}" r="45"/>'
        else:
            continue
        if number:
            said = escape(f"{called[one.code]}: {number}")
            shape = f'<a href="{escape(links[one.code])}" aria-label="{said}"><title>{said}</title>{shape}</a>'
        shapes.append(shape)
    return Markup(
        f'<svg xmlns="http://www.w3.org/2000/svg" class="world" role="group" viewBox="350 0 {WIDTH - 500} {HEIGHT}" width="100%"'
        f' aria-labelledby="world-title"><title id="world-title">{escape(title)}</title>{"".join(shapes)}</svg>'
    )


def world(asked: Asked) -> View:
    """States by the number of statements, of all or of those that name another state, too."""
    record, chosen = asked.record, asked.get("actor")
    where, values = select(asked)
    every = numbers.states(record, where, values)
    keys = find_party(record, chosen).keys if chosen else ()
    counted = {code: number for code, number in every if code not in keys}
    kept = {name: asked.get(name) for name in ("from", "to", "type")}

    def lead(code: str) -> str:
        return asked.address("dyad", a=chosen, b=code, **kept) if chosen else asked.address("state", of=code, **kept)

    listed = [(code, names(code, asked.ui), number, lead(code), _rows(asked, code)) for code, number in counted.items()]
    called = {code: name for code, name, *_ in listed}
    links = {code: link for code, _, _, link, _ in listed}
    title = asked.words["map_of"].format(names(keys[0], asked.ui)) if keys else asked.words["map"]
    drawing = draw(counted, links, called, title, keys[0] if keys else "")
    steps = bounds(list(counted.values()))
    details = {"listed": listed, "drawing": drawing, "steps": list(zip(steps, [*(step - 1 for step in steps[1:]), None], strict=True))}
    data = {"of": keys[0] if keys else None, "states": list(counted.items())}
    fields = ("state", "name", "statements")
    return View("map.html", title, details, data, lambda: [dict(zip(fields, row, strict=False)) for row in listed])


def _rows(asked: Asked, code: str) -> str:
    """Where the statements are listed that a number counts."""
    return asked.leads("statements", actor=code, **({"with": asked.get("actor")} if asked.get("actor") else {}))
