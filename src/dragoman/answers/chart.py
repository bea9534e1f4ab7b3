"""A timeline as a drawing (SVG): a lane for each type or actor, a mark for each entry, and how exact its date is.

A dot is a date that is exact to the month or better; a bar spans a coarser date or a period, with whiskers at both ends where the
text says no closer ("197X"), without where it held throughout ("1973/1977"); an arrow points to where a date is open, or before the
chart. Colours follow the reader's light or dark setting. In lanes of actors a stand has a sign: + for SUPPORTS, - for OPPOSES. Each mark
is a link to its entry (#e-ID) and has its quote as its title.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from html import escape

from dragoman import edtf
from dragoman.answers.facts import Entry
from dragoman.statement import EVENTS, POSITIONS, TIES

WIDTH, LEFT, RIGHT, TOP, BOTTOM = 960, 130, 24, 16, 34
ROW, GAP, DOT = 14, 8, 4
_SHORT = 62  # days: what is not longer than this is drawn as a dot
_QUOTE, _NAME = 240, 22
_FAR = 10  # one in so many may lie before the chart
_SIGNS = {"SUPPORTS": "m-3 0h6m-3-3v6", "OPPOSES": "m-3 0h6"}
STYLE = """
.dragoman-chart{--ink:#1b1b1b;--paper:#fff;--faint:#d9d9d9;--event:#0b5cad;--tie:#8a4b00;--position:#006b3c;
font:12px system-ui,sans-serif}
@media (prefers-color-scheme:dark){
.dragoman-chart{--ink:#ececec;--paper:#161616;--faint:#3a3a3a;--event:#7db7f0;--tie:#f0b46a;--position:#6fd19d}}
@media print{.dragoman-chart{--ink:#000;--paper:#fff;--faint:#ccc;--event:#0b5cad;--tie:#8a4b00;--position:#006b3c}}
.paper{fill:var(--paper)}.axis{stroke:var(--faint)}text{fill:var(--ink)}a:focus>*,a:hover>*{stroke:var(--ink);stroke-width:2.5}
.event{stroke:var(--event);fill:var(--event)}.tie{stroke:var(--tie);fill:var(--tie)}.position{stroke:var(--position);fill:var(--position)}
.loose{fill:var(--paper)}.sign{stroke:var(--paper);stroke-width:1.5}.sign.hollow{stroke:var(--position)}.bar{stroke-width:2}
""".replace("\n", "")

Label = Callable[[str], str]


def draw(
    entries: Sequence[Entry],
    title: str,
    label: Label = str.title,
    description: str = "",
    direction: str = "ltr",
    language: str = "en",
    styled: bool = True,
    actors: Mapping[str, Sequence[Entry]] | None = None,
) -> str:
    """The chart of the entries that have a date, as SVG. label: what a type is called. direction, language: of title and labels.

    styled: whether it brings its style sheet, `STYLE`, with it. actors: a lane for each of these in place of each type, with its entries.
    """
    types = [type for type in (*EVENTS, *TIES, *POSITIONS) if any(entry.type == type and entry.days for entry in entries)]
    every = actors if actors is not None else {label(type): [entry for entry in entries if entry.type == type] for type in types}
    lanes = {name: [(entry, entry.days) for entry in some if entry.days] for name, some in every.items()}
    scale = _Scale(*_range([days for some in lanes.values() for _, days in some]), mirrored=direction == "rtl")
    parts: list[str] = []
    top = TOP
    for name, some in lanes.items():
        if not some:
            continue
        drawn, rows = _lane(some, scale, top + GAP, actors is not None)
        height = GAP + rows * ROW
        # An anchor follows the text's own direction: the label ends where the lane begins, or begins at the far edge.
        x, anchor = (WIDTH - 8, "start") if scale.mirrored else (LEFT - 10, "end")
        under = f"{top + height + GAP / 2:.1f}"
        parts.append(
            f'<g role="group" aria-label="{escape(name)}">'
            f'<text x="{x}" y="{top + GAP + ROW - 3}" text-anchor="{anchor}">{_text(_cut(name))}</text>{drawn}'
            f'<line class="axis" x1="8" x2="{WIDTH - 8}" y1="{under}" y2="{under}"/></g>'
        )
        top += height
    ticks = "".join(
        f'<line class="axis" x1="{x:.1f}" x2="{x:.1f}" y1="{TOP}" y2="{top + GAP}"/>'
        f'<text x="{x:.1f}" y="{top + GAP + 16}" text-anchor="middle">{year}</text>'
        for year, x in scale.ticks()
    )
    height = top + BOTTOM
    style = f"<style>{STYLE}</style>" if styled else ""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="dragoman-chart" role="group" viewBox="0 0 {WIDTH} {height}" width="100%"'
        f' lang="{language}" direction="{direction}" aria-labelledby="chart-title chart-description">'
        f'<title id="chart-title">{_text(title)}</title><desc id="chart-description">{_text(description or title)}</desc>'
        f'{style}<rect class="paper" width="{WIDTH}" height="{height}"/>{ticks}{"".join(parts)}</svg>\n'
    )


def _lane(dated: Sequence[tuple[Entry, tuple[edtf.Day, edtf.Day]]], scale: _Scale, top: float, signed: bool) -> tuple[str, int]:
    """The marks of one lane, each in the first row where it has room; and the number of rows."""
    taken: list[float] = []
    drawn: list[str] = []
    for entry, days in sorted(dated, key=lambda pair: scale.ends(pair[1])):
        start, end = scale.ends(days)
        row = next((i for i, right in enumerate(taken) if start - DOT > right + 3), len(taken))
        taken[row : row + 1] = [end + DOT]
        drawn.append(_mark(entry, days, scale, top + row * ROW + ROW / 2, _SIGNS.get(entry.type, "") if signed else ""))
    return "".join(drawn), len(taken)


class _Scale:
    """Days to places across the chart."""

    def __init__(self, first: int, last: int, mirrored: bool) -> None:
        self.first, self.last, self.mirrored = first, max(last, first + 1), mirrored

    def place(self, day: edtf.Day) -> float:
        year, month, number = day
        time = year + (month - 1) / 12 + (number - 1) / 366
        part = min(1.0, max(0.0, (time - self.first) / (self.last - self.first)))
        return (WIDTH - LEFT - part * (WIDTH - LEFT - RIGHT)) if self.mirrored else (LEFT + part * (WIDTH - LEFT - RIGHT))

    def ends(self, days: tuple[edtf.Day, edtf.Day]) -> tuple[float, float]:
        """The two ends of a stretch, the left one first."""
        left, right = sorted(map(self.place, days))
        return left, right

    def ticks(self) -> list[tuple[int, float]]:
        """At most a dozen round years."""
        length = self.last - self.first
        step = next(step for n in range(5) for base in (1, 2, 5) if length / (step := base * 10**n) <= 12)
        return [(year, self.place((year, 1, 1))) for year in range(-(-self.first // step) * step, self.last + 1, step)]


def _range(days: Sequence[tuple[edtf.Day, edtf.Day]]) -> tuple[int, int]:
    """The first year and the one after the last, of the ends that are not open.

    A few that lie farther back than all others together span are left before the first: an arrow shows that they are.
    """
    ends = sorted(day[0] for both in days for day in both if day not in (edtf.FIRST, edtf.LAST))
    if not ends:
        return 2000, 2001
    last = ends[-1] + 1
    far = (place for place in range(len(ends) // _FAR, 0, -1) if ends[place] - ends[place - 1] > last - ends[place])
    return ends[next(far, 0)], last


def _mark(entry: Entry, days: tuple[edtf.Day, edtf.Day], scale: _Scale, y: float, sign: str) -> str:
    start, end = (scale.place(day) for day in days)
    loose = any(sign in entry.date for sign in "X~?%") or ("/" not in entry.date and _length(days) > _SHORT)
    middle = (start + end) / 2
    shapes = []
    radius = DOT + 1.5 if sign else DOT
    if _length(days) <= _SHORT:
        shapes.append(f'<circle class="{entry.kind}{" " + entry.type if sign else ""}" cx="{middle:.1f}" cy="{y:.1f}" r="{radius}"/>')
    else:
        shapes.append(f'<line class="{entry.kind} bar" x1="{start:.1f}" x2="{end:.1f}" y1="{y:.1f}" y2="{y:.1f}"/>')
        if loose:
            shapes += [
                f'<line class="{entry.kind} bar" x1="{x:.1f}" x2="{x:.1f}" y1="{y - 4:.1f}" y2="{y + 4:.1f}"/>' for x in (start, end)
            ]
            shapes.append(f'<circle class="{entry.kind} loose" cx="{middle:.1f}" cy="{y:.1f}" r="{radius}"/>')
        way = -1 if scale.mirrored else 1
        for x, back, is_open in ((start, way, days[0][0] < scale.first), (end, -way, days[1] == edtf.LAST)):
            if is_open:
                shapes.append(f'<path class="{entry.kind}" d="M{x:.1f} {y:.1f}l{8 * back} -4v8z"/>')
    if sign:
        hollow = " hollow" if loose else ""
        shapes.append(f'<path class="sign{hollow}" d="M{middle:.1f} {y:.1f}{sign}"/>')
    language = entry.statements[0].language
    quote = " ".join(entry.quote.split())
    said = f"{entry.when} {entry.type}: \u2068{quote[:_QUOTE]}{'…' if len(quote) > _QUOTE else ''}\u2069"
    return f'<a href="#e-{escape(entry.id)}"><title lang="{escape(language)}">{_text(said)}</title>{"".join(shapes)}</a>'


def _cut(name: str) -> str:
    return name if len(name) <= _NAME else name[: _NAME - 1] + "…"


def _length(days: tuple[edtf.Day, edtf.Day]) -> int:
    (y1, m1, d1), (y2, m2, d2) = days
    return (y2 - y1) * 366 + (m2 - m1) * 31 + (d2 - d1)


def _text(text: str) -> str:
    """Escaped, on one line, and without characters that XML may not hold."""
    return escape(re.sub("[\x00-\x1f\ufffe\uffff\ud800-\udfff]", "\ufffd", " ".join(text.split())))
