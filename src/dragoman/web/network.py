"""Who has to do with whom: the states of which most is told in a period round a circle, and a line for each two, by how much is told."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from html import escape
from math import cos, pi, sin, sqrt
from typing import Any

from markupsafe import Markup

from dragoman.answers import numbers
from dragoman.languages.states import names
from dragoman.web.lists import select
from dragoman.web.view import Asked, View

MOST, LINES = 24, 80
"""At most so many states round the circle, and lines between them."""
WIDTH, HEIGHT, RADIUS = 960, 720, 265

Pair = tuple[str, str, int]


def arrange(pairs: Sequence[Pair], most: int = MOST) -> list[str]:
    """The states with most to do with others, those with most to do with each other near; of the same pairs always in the same order."""
    weight: Counter[str] = Counter()
    between: dict[str, Counter[str]] = {}
    for a, b, number in pairs:
        for one, other in ((a, b), (b, a)):
            weight[one] += number
            between.setdefault(one, Counter())[other] += number
    left = [code for code, _ in sorted(weight.items(), key=lambda item: (-item[1], item[0]))[:most]]
    placed: list[str] = []
    while left:
        # At one end of the row or the other, whoever has most to do with who stands there; the next goes nearest to it.
        ends = placed[:1] + placed[-1:]
        best = max(left, key=lambda code: (max((between[code][end] for end in ends), default=0), weight[code], code))
        left.remove(best)
        if placed and between[best][placed[0]] > between[best][placed[-1]]:
            placed.insert(0, best)
        else:
            placed.append(best)
    return placed


def strongest(pairs: Sequence[Pair], lines: int = LINES) -> list[Pair]:
    """The pairs with most in common, at most so many, and of one number all or none; where the first number has more, all of that."""
    ranked = sorted(pairs, key=lambda pair: -pair[2])
    if len(ranked) <= lines:
        return ranked
    above = [pair for pair in ranked if pair[2] > ranked[lines][2]]
    return above or [pair for pair in ranked if pair[2] == ranked[0][2]]


def draw(order: Sequence[str], pairs: Sequence[Pair], called: Mapping[str, str], asked: Asked, title: str) -> Markup:
    """The drawing; each line is a link to the two, each name one to the state."""
    kept = {name: asked.get(name) for name in ("from", "to", "type")}
    turn = {code: 2 * pi * i / max(1, len(order)) - pi / 2 for i, code in enumerate(order)}
    place = {code: (WIDTH / 2 + RADIUS * cos(angle), HEIGHT / 2 + RADIUS * sin(angle)) for code, angle in turn.items()}
    shown = [pair for pair in pairs if pair[0] in place and pair[1] in place]
    most = max((number for _, _, number in shown), default=1)
    parts = []
    for a, b, number in sorted(shown, key=lambda pair: pair[2]):
        (x1, y1), (x2, y2) = place[a], place[b]
        # Lines bend toward the middle, the more the farther apart their ends are.
        bend = f"{WIDTH / 2 + ((x1 + x2) / 2 - WIDTH / 2) * 0.35:.1f} {HEIGHT / 2 + ((y1 + y2) / 2 - HEIGHT / 2) * 0.35:.1f}"
        strength = sqrt(number / most)
        said = escape(f"{called[a]} – {called[b]}: {number}")
        parts.append(
            f'<a href="{escape(asked.address("dyad", a=a, b=b, **kept))}" aria-label="{said}"><title>{said}</title>'
            f'<path class="edge" d="M{x1:.1f} {y1:.1f}Q{bend} {x2:.1f} {y2:.1f}" stroke-width="{0.75 + 8 * strength:.2f}"'
            f' opacity="{0.25 + 0.6 * strength:.2f}"/></a>'
        )
    for code, (x, y) in place.items():
        outward, upward = cos(turn[code]), sin(turn[code])
        # An anchor follows the direction of the text.
        away = "middle" if abs(outward) < 0.15 else "start" if (outward > 0) == (asked.words["direction"] == "ltr") else "end"
        parts.append(
            f'<a href="{escape(asked.address("state", of=code, **kept))}"><circle class="node" cx="{x:.1f}" cy="{y:.1f}" r="6"/>'
            f'<text x="{x + 12 * outward:.1f}" y="{y + 14 * upward + 4:.1f}" text-anchor="{away}">{escape(called[code])}</text></a>'
        )
    return Markup(
        f'<svg xmlns="http://www.w3.org/2000/svg" class="network" role="group" viewBox="0 0 {WIDTH} {HEIGHT}" width="100%"'
        f' direction="{asked.words["direction"]}" aria-labelledby="network-title"><title id="network-title">{escape(title)}</title>'
        f"{''.join(parts)}</svg>"
    )


def network(asked: Asked) -> View:
    """States and what they have to do with each other, in a period."""
    where, values = select(asked)
    every = numbers.pairs(asked.record, where, values)
    drawn = strongest(every)
    order = arrange(drawn)
    called = {code: names(code, asked.ui) for pair in every for code in pair[:2]}
    title = asked.words["network"]
    part = asked.cut(every)
    details = {
        "drawing": draw(order, drawn, called, asked, title),
        "part": part,
        "called": called,
        "states": len(called),
        "drawn": len(order),
        "least": min((number for _, _, number in drawn), default=0),
        "decades": decades(asked),
    }
    rows = [{"a": a, "b": b, "name_a": called[a], "name_b": called[b], "statements": number} for a, b, number in every]
    return View("network.html", title, details, rows, lambda: rows)


def decades(asked: Asked) -> list[dict[str, Any]]:
    """The decades that statements are dated to, with how many are: links to the same view of each."""
    where, values = select(asked, without=("from", "to"))
    found: Counter[int] = Counter()
    for year, _, number in numbers.years(asked.record, where, values)[0]:
        found[year // 10 * 10] += number
    return [{"from": f"{year:04}", "to": f"{year + 9:04}", "statements": number} for year, number in sorted(found.items()) if year > 0]
