"""Where states stand: by issue and over time, with what changed; who supports and who opposes an issue; states by issues."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Literal

import msgspec

from dragoman import edtf
from dragoman.answers.facts import Entry, gather, in_order
from dragoman.answers.frames import Rows
from dragoman.answers.issues import Issue, group, read_issue
from dragoman.answers.parties import Party
from dragoman.languages.states import names
from dragoman.record import Record, linked
from dragoman.record.schema import find_by


class Stand(msgspec.Struct, frozen=True):
    """A stand of one actor on one issue. actor: what it is found by. type: SUPPORTS, OPPOSES or NEUTRAL.

    issue: the name of the group of wordings (issues.py). before: the asserted stand that this asserted one replaces, "" when it is the
    first or the same. standing: on the date asked for, "stated" or "last known"; "" when no date was, or when it is not asserted.
    """

    issue: str
    actor: str
    name: str
    type: str
    date: str
    modality: str
    by: str
    before: str
    standing: Literal["stated", "last known", ""]
    entry: Entry


class Cell(msgspec.Struct, frozen=True):
    """What one actor holds of one issue: its last asserted stand, when, and how many entries say something of it."""

    issue: str
    actor: str
    name: str
    type: str
    date: str
    count: int
    entry: Entry


def positions(
    record: Record,
    one: Party | None = None,
    issue: str | None = None,
    on: str | None = None,
    about: Party | None = None,
    told: str | None = None,
    among: Sequence[Entry] | None = None,
) -> Rows[Stand]:
    """Stands by issue, then actor, then time; undated last.

    one: whose (default: anybody's). issue: words that the issue must hold. about: whom the stand is toward,
    which is whom its issue names.
    on: EDTF; of each actor and issue the last stand that is not later, and claims and denials not later. told: as in `gather`.
    among: all entries of these parties, where they have been gathered already.
    Raises QueryError for a date that is none.
    """
    asked = edtf.days(on) if on else None
    if among is None:
        among = gather(record, [party for party in (one, about) if party], ["position"], told=told)
    entries = in_order(entry for entry in among if entry.kind == "position")
    if one:
        entries = [entry for entry in entries if one.among(entry.source)]
    if about:
        entries = [entry for entry in entries if about.among(entry.target)]
    issues = group(entries, {id: known.name for known in linked.issues(record) for id in known.statements})
    if issue:
        words = read_issue(issue)
        issues = [one for one in issues if any(words.within(read_issue(s.issue, s.language)) for e in one.entries for s in e.statements)]
    stands = [stand for each in issues for stand in _stands(each, one)]
    return Rows(Stand, _on(stands, asked) if asked else stands)


def matrix(stands: Iterable[Stand]) -> Rows[Cell]:
    """States by issues: of each actor and issue that has an asserted stand, the last one. Sorted by issue, then actor."""
    cells: dict[tuple[str, str], list[Stand]] = {}
    for stand in stands:
        cells.setdefault((stand.issue, stand.actor), []).append(stand)
    found = []
    for (issue, actor), every in sorted(cells.items()):
        asserted = [stand for stand in every if stand.modality == "asserted"]
        dated = [stand for stand in asserted if stand.entry.days]
        if asserted:
            last = (dated or asserted)[-1]
            found.append(Cell(issue, actor, last.name, last.type, last.date, len(every), last.entry))
    return Rows(Cell, found)


def _stands(issue: Issue, one: Party | None) -> list[Stand]:
    """The stands of an issue's actors, by actor and time, with what changed."""
    holders: dict[str, tuple[str, list[Entry]]] = {}
    for entry in in_order(issue.entries):
        for actor in entry.source:
            key = find_by(actor)
            if key and (one is None or one.holds(actor)):
                key = key if one is None else one.keys[0]
                name = one.name if one else names(actor.code, "en") if actor.code else actor.name
                every = holders.setdefault(key, (name, []))[1]
                if entry not in every:
                    every.append(entry)
    found = []
    for key, (name, entries) in sorted(holders.items(), key=lambda item: item[1][0]):
        last = ""
        for entry in entries:
            before = ""
            if entry.modality == "asserted" and entry.days:
                before, last = (last if last not in ("", entry.type) else ""), entry.type
            found.append(Stand(issue.name, key, name, entry.type, entry.date, entry.modality, entry.by, before, "", entry))
    return found


def _on(stands: Sequence[Stand], asked: tuple[edtf.Day, edtf.Day]) -> list[Stand]:
    """Of each actor and issue the last asserted stand that surely was by then, and what was only said by then."""
    kept: list[Stand] = []
    latest: dict[tuple[str, str], Stand] = {}
    for stand in stands:
        days = stand.entry.days
        if not days or _since(days) > asked[1]:
            continue
        if stand.modality != "asserted":
            kept.append(stand)
            continue
        exact = days[0] <= asked[1] <= days[1] and days[1] < edtf.LAST and "X" not in stand.date
        inside = asked[0] <= days[0] and days[1] <= asked[1]
        if exact or inside or _until(stand) <= asked[1]:
            standing: Literal["stated", "last known"] = "stated" if exact or inside else "last known"
            latest[stand.issue, stand.actor] = msgspec.structs.replace(stand, standing=standing)
    chosen = [*latest.values(), *kept]
    order = {(stand.issue, stand.actor): place for place, stand in reversed(list(enumerate(stands)))}
    return sorted(chosen, key=lambda stand: (order[stand.issue, stand.actor], stand.modality != "asserted"))


def _since(days: tuple[edtf.Day, edtf.Day]) -> edtf.Day:
    return days[1] if days[0] == edtf.FIRST else days[0]


def _until(stand: Stand) -> edtf.Day:
    """The last day on which the stand can have been taken: of "since 1975" the last of 1975."""
    first, slash, last = stand.date.partition("/")
    return edtf.days(first)[1] if slash and last in ("", "..") else edtf.days(stand.date)[1]
