"""What the views are made of: entries, each a fact with the statements that say it.

Where the record holds facts (statements linked across editions and languages) an entry is one of them; elsewhere each statement is an
entry of its own. Nothing in an entry comes from anywhere but its statements.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import Any

import msgspec

from dragoman import edtf
from dragoman.answers.parties import Party
from dragoman.coding.confidence import LINE
from dragoman.errors import QueryError
from dragoman.record import Record, linked, rows
from dragoman.statement import Actor, Difference, Kind, Modality, Statement


class Entry(msgspec.Struct, frozen=True, dict=True):
    """One line of an answer: what is said, and the statements that say it, by document and place.

    The slots are those of a Fact; of a statement that stands alone they are its own. differences: where its statements do not agree.
    """

    id: str
    kind: Kind
    type: str
    topic: str
    source: tuple[Actor, ...]
    target: tuple[Actor, ...]
    issue: str
    date: str
    modality: Modality
    by: str
    statements: tuple[Statement, ...]
    differences: tuple[Difference, ...] = ()

    @property
    def quote(self) -> str:
        """The words of the first of its statements."""
        return self.statements[0].quote

    @property
    def sure(self) -> bool:
        """Whether any of its statements is rated at or above the line where nine in ten are right."""
        return any(statement.confidence >= LINE for statement in self.statements)

    @property
    def languages(self) -> tuple[str, ...]:
        """Of the texts that say it, each once, sorted."""
        return tuple(sorted({statement.language for statement in self.statements}))

    @property
    def when(self) -> str:
        """Its date; where its statements do not agree on one, each that is told: "1986 or 1987"; "" for none."""
        return self.date or " or ".join(sorted({statement.date for statement in self.statements if statement.date}))

    @cached_property
    def days(self) -> tuple[edtf.Day, edtf.Day] | None:
        """The bounds of its date, or of all that are told; None when it has none, or none that can be read."""
        every = [days for date in ([self.date] if self.date else [s.date for s in self.statements]) if (days := read_days(date))]
        return (min(days[0] for days in every), max(days[1] for days in every)) if every else None

    @property
    def actors(self) -> tuple[Actor, ...]:
        """All who take part."""
        return self.source + self.target


def read_days(date: str) -> tuple[edtf.Day, edtf.Day] | None:
    """The bounds of a date that a text gives; None for one that is empty, open at both ends, or cannot be read."""
    try:
        days = edtf.days(date) if date else None
    except QueryError:
        return None
    return None if days == (edtf.FIRST, edtf.LAST) else days


def precision(date: str) -> str:
    """How exact a date is: "day", "month", "season", "year", "decade", "century", "millennium", "period"; "" for none."""
    if not date:
        return ""
    if "/" in date:
        return "period"
    year, *rest = date.lstrip("-").rstrip("~?%").split("-")
    if rest and "X" not in rest[0]:
        return "day" if len(rest) > 1 and "X" not in rest[1] else "season" if int(rest[0]) > 12 else "month"
    return ("year", "decade", "century", "millennium")[min(3, year.count("X"))]


def common_actors(record: Record, limit: int = 8) -> list[tuple[str, int]]:
    """The states that most statements of the record name, by code, with the number of statements."""
    states = f"FROM {record.participants} WHERE regexp_full_match(actor, '[A-Z]{{3}}') GROUP BY actor"
    return [(actor, number) for actor, number in record.query(f"SELECT actor, count(*) {states} ORDER BY 2 DESC, 1 LIMIT ?", [limit])]


def alone(statement: Statement) -> Entry:
    """A statement as an entry of its own."""
    slots: dict[str, Any] = {name: getattr(statement, name) for name in Entry.__struct_fields__[:10]}
    return Entry(**slots, statements=(statement,))


def gather(
    record: Record,
    parties: Sequence[Party],
    kinds: Iterable[Kind] = (),
    where: str = "true",
    parameters: Sequence[object] = (),
    told: str | None = None,
) -> list[Entry]:
    """The entries in which all of `parties` take part (with none: all entries), by document and place of their first statement.

    kinds: only these. where: a further condition in SQL on the fields of a statement. told: EDTF; only what the editions of that date said,
    of each document the last one that is not later. Raises QueryError.
    """
    conditions, values = [f"({where})"], list(parameters)
    if chosen := list(kinds):
        conditions.append(f"kind IN ({', '.join('?' * len(chosen))})")
        values += chosen
    condition = " AND ".join(conditions)
    keys = [party.keys for party in parties]
    found = list(record.about(keys, condition, values, _editions(record, told) if told else None))
    if not found and not any(record.query("SELECT 1 FROM statements LIMIT 1")):
        raise QueryError("The record holds no statements.", str(record.path), "Add texts with `dragoman build`.")
    return [alone(statement) for statement in found] if told else _joined(record, found)


def _joined(record: Record, found: Sequence[Statement]) -> list[Entry]:
    """The statements put together by the facts that the record holds, each with all that its fact rests on."""
    if not found or not record.count("facts"):
        return [alone(statement) for statement in found]
    known = {statement.id: statement for statement in found}
    facts = linked.facts_of(record, known, shared=True)
    missing = sorted({id for fact in facts for id in fact.statements if id not in known})
    known |= {statement.id: statement for statement in rows.statements(record, missing)}
    # A fact of an edition that has since been replaced, and is not linked anew, is no fact of these statements.
    owner = {id: fact for fact in facts if all(id in known for id in fact.statements) for id in fact.statements}
    entries: dict[str, Entry] = {}
    for statement in found:
        fact = owner.get(statement.id)
        if fact is None:
            entries[statement.id] = alone(statement)
        elif fact.id not in entries:
            slots: dict[str, Any] = {name: getattr(fact, name) for name in Entry.__struct_fields__[:10]}
            entries[fact.id] = Entry(**slots, statements=tuple(known[id] for id in fact.statements), differences=fact.differences)
    return list(entries.values())


def _editions(record: Record, told: str) -> list[tuple[str, str]]:
    """Key and coder of the last edition of each document that is dated, and not later than `told`."""
    last = edtf.days(told)[1]
    chosen: dict[str, tuple[tuple[edtf.Day, int], tuple[str, str]]] = {}
    added = record.query("SELECT a.seq, a.id, a.key, a.coder, d.edition FROM additions a JOIN documents d ON a.key = d.key ORDER BY a.seq")
    for seq, id, key, coder, edition in added:
        days = read_days(edition)
        if days and days[0] <= last:
            chosen[id] = max(chosen.get(id, ((edtf.FIRST, 0), ("", ""))), ((days[0], seq), (key, coder)))
    if not chosen:
        raise QueryError(f"The record holds no edition of {told} or before.", str(record.path), "Only editions with a date count.")
    return [pair for _, pair in chosen.values()]


def period(start: str | None, end: str | None) -> tuple[edtf.Day, edtf.Day]:
    """The first and the last day that two EDTF dates span, open where one is missing. Raises QueryError when it is turned round."""
    first = edtf.days(start)[0] if start else edtf.FIRST
    last = edtf.days(end)[1] if end else edtf.LAST
    if first > last:
        raise QueryError(f"The period ends ({end}) before it begins ({start}).", "", "Give the earlier date first.")
    return first, last


def in_order(entries: Iterable[Entry]) -> list[Entry]:
    """By first day, then last; what only ends stands where it ends; undated last."""
    return sorted(entries, key=lambda entry: _place(entry.days))


def _place(days: tuple[edtf.Day, edtf.Day] | None) -> tuple[bool, edtf.Day, edtf.Day]:
    """Where bounds stand in the order of time."""
    if days is None:
        return True, edtf.LAST, edtf.LAST
    lower, upper = days
    return False, (upper if lower == edtf.FIRST else lower), upper
