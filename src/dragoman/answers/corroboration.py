"""A second opinion: which events of two states another data set knows too, which it lacks, and which it dates otherwise.

Event data hold events only, each with one day, most of them from news. So only events that are said to have happened are asked about, only
those dated within the days that the file spans can be lacking, and an event that a text dates less exactly than to the day can only be
known `within` its date. Another day counts as the same event dated otherwise only when it is near: two states meet often.
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from pathlib import Path
from typing import Literal

import msgspec

from dragoman import edtf
from dragoman.answers.facts import Entry, gather, in_order
from dragoman.answers.parties import state
from dragoman.errors import QueryError
from dragoman.reading.events import Foreign, Trouble, read_events
from dragoman.record import Record
from dragoman.statement import Actor

NEAR = 7
"""Days by which two dates of one event may be apart."""


class Match(msgspec.Struct, frozen=True):
    """An event of the record and those of the file that can be the same.

    dates: "same" for one day in both, "within" when theirs lies within a less exact date, "otherwise" when they have no day in common.
    """

    told: Entry
    dates: Literal["same", "within", "otherwise"]
    theirs: tuple[Foreign, ...]


class Corroboration(msgspec.Struct, frozen=True):
    """What a file says to the events of two states.

    known: they have it, on a day that agrees. otherwise: on another, near day. lacking: not, though their days span all of its date.
    outside: not, but its date is not all within their days. undated: nothing to compare by. theirs: what only they have.
    """

    a: str
    b: str
    file: str
    layout: str
    rows: int
    first: str
    last: str
    known: tuple[Match, ...]
    otherwise: tuple[Match, ...]
    lacking: tuple[Entry, ...]
    outside: tuple[Entry, ...]
    undated: tuple[Entry, ...]
    theirs: tuple[Foreign, ...]
    troubles: tuple[Trouble, ...]


def corroborate(record: Record, a: str, b: str, path: Path, layout: str = "", near: int = NEAR) -> Corroboration:
    """Hold the events of the states `a` and `b` (codes) against a file of event data (see reading.events).

    near: how many days apart two dates of one event may be. Raises QueryError for one state, an unknown layout or a negative
    number of days, ReadingError for what is no file of event data.
    """
    if a == b:
        raise QueryError("These are one state.", "", "Name two states.")
    if near < 0:
        raise QueryError(f"{near} is no number of days.", "", "Give 0 or more.")
    told = _told(record, a, b)
    read = read_events(path, layout, lambda event: _between(event.source, event.target, a, b))
    span = (edtf.days(read.first)[0], edtf.days(read.last)[1]) if read.first else (edtf.LAST, edtf.FIRST)
    found: dict[str, list[Match]] = {"same": [], "within": [], "otherwise": []}
    lacking, outside, undated, used = list[Entry](), list[Entry](), list[Entry](), set[int]()
    for one in told:
        days = one.days
        if days is None:
            undated.append(one)
        elif match := _match(one, read.events, near):
            found[match.dates].append(match)
            used |= {event.line for event in match.theirs}
        elif span[0] <= days[0] and days[1] <= span[1]:
            lacking.append(one)
        else:
            outside.append(one)
    order = {one.id: number for number, one in enumerate(told)}
    known = sorted(found["same"] + found["within"], key=lambda match: order[match.told.id])
    theirs = tuple(event for event in read.events if event.line not in used)
    return Corroboration(
        a, b, str(path), read.layout, read.rows, read.first, read.last,
        tuple(known), tuple(found["otherwise"]), tuple(lacking), tuple(outside), tuple(undated), theirs, read.troubles,
    )  # fmt: skip


def _told(record: Record, a: str, b: str) -> list[Entry]:
    """The events between two states that are said to have happened, in the order of time."""
    found = gather(record, [state(a), state(b)], ["event"])
    happened = [entry for entry in found if entry.modality in ("asserted", "claimed")]
    return in_order(entry for entry in happened if _between(*_sides(entry), a, b))


def _sides(entry: Entry) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Who acts, and on whom. Where its statements conflict a fact has no actors of its own; the first to tell speaks then."""
    teller = entry if entry.source or entry.target else entry.statements[0]
    return _codes(teller.source), _codes(teller.target)


def _match(one: Entry, events: Sequence[Foreign], near: int) -> Match | None:
    """The best that the file has: the same day, then a day within ours, then the nearest of those that are near."""
    days = one.days
    if days is None:
        return None
    types = {one.type} if one.type else {statement.type for statement in one.statements}
    alike = [event for event in events if types & set(event.types) and _directed(one, event)]
    agreeing = [event for event in alike if _meet(days, edtf.days(event.date))]
    if agreeing:
        exact = days[0] == days[1]
        same = [event for event in agreeing if exact and edtf.days(event.date) == days]
        return Match(one, "same", tuple(same)) if same else Match(one, "within", tuple(agreeing))
    if days[0] == edtf.FIRST or days[1] == edtf.LAST:
        return None
    apart = [(_gap(days, edtf.days(event.date)), event) for event in alike]
    least = min((gap for gap, _ in apart), default=near + 1)
    return Match(one, "otherwise", tuple(event for gap, event in apart if gap == least)) if least <= near else None


def _directed(one: Entry, event: Foreign) -> bool:
    """Whether the same states act, and on the same; where either side has nobody acted upon, all act together."""
    ours, theirs = [set(side) for side in _sides(one)], (set(event.source), set(event.target))
    if not ours[1] or not theirs[1]:
        return len((ours[0] | ours[1]) & (theirs[0] | theirs[1])) >= 2
    return bool(ours[0] & theirs[0]) and bool(ours[1] & theirs[1])


def _codes(actors: Sequence[Actor]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(actor.code for actor in actors if actor.code))


def _between(source: Sequence[str], target: Sequence[str], a: str, b: str) -> bool:
    """Whether one of the two acts on the other, or, with nobody acted upon, both act together."""
    if not target:
        return a in source and b in source
    return (a in source and b in target) or (b in source and a in target)


def _meet(one: tuple[edtf.Day, edtf.Day], other: tuple[edtf.Day, edtf.Day]) -> bool:
    return one[0] <= other[1] and other[0] <= one[1]


def _gap(one: tuple[edtf.Day, edtf.Day], other: tuple[edtf.Day, edtf.Day]) -> int:
    """Days between two stretches of time that do not meet."""
    before, after = (one[1], other[0]) if one[1] < other[0] else (other[1], one[0])
    if before[0] < 1 or after[0] > 9999:
        return 10**6
    return (datetime.date(*after) - datetime.date(*before)).days
