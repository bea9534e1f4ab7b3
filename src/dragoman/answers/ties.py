"""The ties between two states, as they stood on a date: what is stated, what is last known, what was ended, and by which words.

How dates are read. A tie's date says when it held: 1973/1977 and 1975 hold throughout, 197X somewhere within. A tie that is only begun
(founded, opened, appointed, "since 1975") held then, and goes on as last known until something ends it: a closing, a recall, the breaking
of relations. That is never more than an assumption, and is told as one. What has no date says nothing about a date.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Literal

import msgspec

from dragoman import edtf
from dragoman.answers.facts import Entry, gather, read_days
from dragoman.answers.frames import Rows
from dragoman.answers.parties import Party
from dragoman.answers.turns import begins, ends, find_name, find_thing, turning_types
from dragoman.languages.folding import fold
from dragoman.languages.schema import Turn
from dragoman.record import Record
from dragoman.statement import TIES, Actor

Status = Literal["stated", "last known", "ended", "unknown"]

# Ties of one kind between two states are one; of the others (treaties, bodies) each that is told is one.
_ONE = ("MISSION", "RELATIONS", "TRADE", "TRANSPORT", "ALIGNMENT", "PRESENCE", "RULE", "KINSHIP")
_OF_SECTORS = ("ALIGNMENT", "PRESENCE")
_OF_BOTH = ("RELATIONS", "AGREEMENT", "TRANSPORT", "INSTITUTION")
_WITH_OTHERS = ("AGREEMENT", "INSTITUTION")

Key = tuple[str, str, tuple[str, ...], tuple[str, ...], str]


class Tie(msgspec.Struct, frozen=True):
    """A tie, and how it stood. thing: of what it is ("consulate"), "" when not told. name: an envoy's.

    holder, other: whose it is and with whom (names; both in `holder` when it is of both). since: the earliest date told. support: the last
    entry that tells it, not later than the date asked for. note: why the status is no surer. entries: all that was read.
    """

    type: str
    thing: str
    holder: tuple[str, ...]
    other: tuple[str, ...]
    name: str
    status: Status
    since: str
    support: Entry | None
    ended_by: Entry | None
    note: str
    entries: tuple[Entry, ...]


class Mark(msgspec.Struct, frozen=True):
    """What an entry tells of a tie. lower, upper: when, None without a date. held: throughout, as against begun somewhere in it."""

    entry: Entry
    days: tuple[edtf.Day, edtf.Day] | None
    held: bool = False


def ties(
    record: Record,
    one: Party,
    other: Party,
    on: str | None = None,
    told: str | None = None,
    among: Sequence[Entry] | None = None,
) -> Rows[Tie]:
    """The ties between the two, in the order of statement.TIES. on: EDTF; by default after all that is told. told: as in `gather`.

    among: all entries of the two, where they have been gathered already. Raises QueryError for a date that is none.
    """
    asked = edtf.days(on) if on else None
    if among is None:
        types = ", ".join(f"'{type}'" for type in turning_types())
        among = gather(record, [one, other], where=f"kind = 'tie' OR type IN ({types})", told=told)
    read = _Reading(one, other)
    for entry in among:
        if entry.kind == "tie" or entry.type in turning_types():
            read.add(entry)
    found = [read.tie(key, asked) for key in read.held.keys() | read.ended.keys()]
    return Rows(Tie, sorted(found, key=_order))


def _order(tie: Tie) -> tuple[object, ...]:
    return TIES.index(tie.type), tie.holder, tie.other, tie.thing, tie.since or "~", tie.name, [entry.id for entry in tie.entries]


class _Reading:
    """What the entries of a dyad tell, put together by tie."""

    def __init__(self, one: Party, other: Party) -> None:
        self.pair = (one, other)
        self.held: dict[Key, list[Mark]] = {}
        self.ended: dict[Key, list[Mark]] = {}
        self.wholly: list[tuple[tuple[str, ...], Mark]] = []
        self.recalls: list[tuple[tuple[str, ...], Mark]] = []
        self.claims: dict[Key, list[Entry]] = {}

    def add(self, entry: Entry) -> None:
        first = entry.statements[0]
        if entry.kind == "tie":
            key = self._key(entry, entry.type, "source")
            if key and entry.modality in ("asserted", "negated"):
                marks = self.held if entry.modality == "asserted" else self.ended
                marks.setdefault(key, []).append(_mark(entry))
            elif key:
                self.claims.setdefault(key, []).append(entry)
        elif (turn := ends(first)) and entry.modality in ("asserted", "negated"):
            self._end(entry, turn)
        elif (turn := begins(first)) and entry.modality == "asserted":
            for type in turn.ties:
                if key := self._key(entry, type, turn.holder):
                    self.held.setdefault(key, []).append(Mark(entry, _point(entry.date)))

    def _end(self, entry: Entry, turn: Turn) -> None:
        mark = Mark(entry, _point(entry.date))
        for type in turn.ties:
            key = self._key(entry, type, turn.holder)
            if key is None:
                continue
            if entry.modality == "negated":  # "did not close its embassy": it was there
                self.held.setdefault(key, []).append(_mark(entry))
            elif turn.whole and type != turn.ties[0]:
                self.wholly.append(((type,), mark))
            elif turn.whole:
                self.ended.setdefault(key, []).append(mark)
                self.wholly.append(((type,), mark))
            elif type == "ENVOY" and not key[4]:
                self.recalls.append((key[2], mark))
                self.ended.setdefault(key, []).append(mark)
            else:
                self.ended.setdefault(key, []).append(mark)

    def _key(self, entry: Entry, type: str, side: str) -> Key | None:
        """Which tie of that type is meant; None when it is not one between the two."""
        source, target = (entry.source, entry.target) if side == "source" else (entry.target, entry.source)
        first = entry.statements[0]
        holding = [party for party in self.pair if party.among(source)]
        held = [party for party in self.pair if party.among(target) and party not in holding]
        if not holding and held:
            holding, held = held, []
        if len(holding) == 2 and type not in _WITH_OTHERS and not all(party_of(actor, self.pair) for actor in target):
            return None
        if len(holding) + len(held) < 2:
            return None
        if type in _OF_BOTH:
            holding, held = list(self.pair), []
        thing = find_thing(first, type)
        name = find_name(entry.source, first.language) if type == "ENVOY" else ""
        own = fold(name) if name else "" if type in (*_ONE, "ENVOY") else entry.id
        if type in _OF_SECTORS:
            own = " ".join(sorted({_sector(actor) for actor in entry.actors if party_of(actor, self.pair)}))
        return type, thing, tuple(p.name for p in holding), tuple(p.name for p in held), own

    def tie(self, key: Key, asked: tuple[edtf.Day, edtf.Day] | None) -> Tie:
        """The tie as it stood."""
        type, thing, holder, other, own = key
        held, ended = self.held.get(key, []), list(self.ended.get(key, []))
        common = [mark for types, mark in self.wholly if type in types]
        if type == "ENVOY" and own:
            common += [mark for holders, mark in self.recalls if holders == holder]
        # What ends all ties of a type ends those that were there before, of envoys only the last.
        common = [mark for mark in common if mark not in ended and _was_there(held, mark)]
        follower = self._follower(key, asked) if type == "ENVOY" else None
        if follower:
            common = [mark for mark in common if mark.days and follower.days and mark.days[1] < follower.days[0]]
        ended += common
        status, support, end, note = judge(held, ended, asked)
        if follower and status == "last known":
            note = f"Another is told for {follower.entry.date}."
        dated = sorted((mark.days, mark.entry.date) for mark in held if mark.days)
        every = list(dict.fromkeys(mark.entry.id for mark in (*held, *ended)))
        entries = {mark.entry.id: mark.entry for mark in (*held, *ended)}
        claims = self.claims.get(key, [])
        name = (
            next((n for mark in held if (n := find_name(mark.entry.source, mark.entry.statements[0].language))), "")
            if type == "ENVOY"
            else ""
        )
        return Tie(
            type, thing, holder, other, name, status, dated[0][1] if dated else "",
            support.entry if support else None, end.entry if end else None, note, (*(entries[id] for id in every), *claims),
        )  # fmt: skip

    def _follower(self, key: Key, asked: tuple[edtf.Day, edtf.Day] | None) -> Mark | None:
        """The first mark of another envoy from the same to the same, after the last of this one and not after the time asked for."""
        last = max((mark.days[0] for mark in self.held.get(key, []) if mark.days), default=edtf.LAST)
        others = [
            mark for other, marks in self.held.items() if other != key and other[0] == key[0] and other[2:4] == key[2:4] for mark in marks
        ]
        later = [mark for mark in others if mark.days and mark.days[0] > last and (asked is None or mark.days[1] <= asked[1])]
        return min(later, key=_last, default=None)


def _was_there(held: list[Mark], end: Mark) -> bool:
    """Whether the tie is told for a time not after the end, or without a date."""
    return any(mark.days is None or end.days is None or mark.days[0] <= end.days[0] for mark in held)


def party_of(actor: Actor, parties: Iterable[Party]) -> Party | None:
    """The one of the parties that the actor belongs to."""
    return next((party for party in parties if party.holds(actor)), None)


def _sector(actor: Actor) -> str:
    return f"{actor.code} {'' if actor.sector in ('', 'GOV', 'MIL') else actor.sector}".strip()


def _point(date: str) -> tuple[edtf.Day, edtf.Day] | None:
    """The bounds of when something happened: of "since 1975" 1975, of "until 1975" 1975."""
    first, slash, last = date.partition("/")
    if slash and (first in ("", "..") or last in ("", "..")):
        return read_days(first if last in ("", "..") else last)
    return read_days(date)


def _mark(entry: Entry) -> Mark:
    """A tie that is told to be there: throughout a date that has two ends and is exact, else somewhere in it."""
    date = entry.date
    loose = any(sign in date for sign in "X~?%") or ".." in date or date.startswith("/") or date.endswith("/")
    return Mark(entry, _point(date), held=bool(date) and not loose)


def judge(held: list[Mark], ended: list[Mark], asked: tuple[edtf.Day, edtf.Day] | None) -> tuple[Status, Mark | None, Mark | None, str]:
    """How a tie stood in the time asked for (None: after all that is told): status, last support, what ended it, and why it is no surer."""
    start, day = asked or (edtf.LAST, edtf.LAST)
    latest = max((mark.days[0] for mark in held if mark.days and mark.days[1] <= day), default=edtf.FIRST)
    # The first end that is not before the last support: what came back was not ended, and what is ended is not ended again.
    end = min((mark for mark in ended if mark.days and latest <= mark.days[0] and mark.days[1] <= day), key=_last, default=None)
    after = [mark for mark in held if mark.days and (end is None or end.days is None or mark.days[0] > end.days[0])]
    undated = next((mark for mark in held if mark.days is None), None)
    sure = [mark for mark in after if mark.days and mark.days[1] <= day]
    then = [mark for mark in after if asked and mark.days and _covers(mark, mark.days, start, day)]
    if then:
        return "stated", max(then, key=_last), None, ""
    ending = next((mark for mark in ended if mark.days and mark.days[0] <= day < mark.days[1]), None)
    if ending:
        return "unknown", max(sure, key=_last, default=None), ending, f"It ended in {ending.entry.date}; the day is not told."
    if sure:
        return "last known", max(sure, key=_last), None, ""
    if end:
        before = [mark for mark in held if mark.days and mark.days[1] <= day]
        if undated and not (asked and before):
            return "unknown", undated, end, "It is told without a date, too: before or after the end is not said."
        return "ended", max(before, key=_last, default=None), end, ""
    within = next((mark for mark in held if mark.days and mark.days[0] <= day), None)
    if within:
        return "unknown", within, None, f"It is told for {within.entry.date}, no closer."
    later = min((mark for mark in held if mark.days), key=_last, default=None)
    if later:
        return "unknown", later, None, f"It is first told for {later.entry.date}."
    if undated and not asked:
        return "stated", undated, None, "The text gives no date."
    if undated:
        return "unknown", undated, None, "The text gives no date."
    undated_end = next((mark for mark in ended if mark.days is None), None)
    if undated_end and not asked:
        return "ended", None, undated_end, "The text gives no date."
    first = undated_end or next(iter(ended), None)
    return "unknown", None, first, f"It ended in {first.entry.date}." if first and first.days else "The text gives no date."


def _covers(mark: Mark, days: tuple[edtf.Day, edtf.Day], start: edtf.Day, day: edtf.Day) -> bool:
    """Whether the mark tells the tie for the time asked for: held throughout it, or told within it."""
    return (mark.held and days[0] <= day <= days[1]) or (start <= days[0] and days[1] <= day)


def _last(mark: Mark) -> tuple[edtf.Day, edtf.Day]:
    return (mark.days[1], mark.days[0]) if mark.days else (edtf.FIRST, edtf.FIRST)
