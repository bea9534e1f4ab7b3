"""What persons have said of statements, for showing: who accepted or corrected one, its history, what is asked again, what is to review."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import Literal

import msgspec

from dragoman.answers.evaluation import Judged, Report, compare, judged
from dragoman.answers.find import Found
from dragoman.errors import QueryError
from dragoman.record import Record
from dragoman.record.correction import EVIDENCE, SLOTS, changes, write_actor, write_slot
from dragoman.record.judgements import read, taken_back
from dragoman.record.schema import LISTED, listed
from dragoman.statement import Judgement, Statement

_ORDER = 'doc, start, "end", kind, type, id'


class Mark(msgspec.Struct, frozen=True):
    """That a statement is judged. done: "accepted", "corrected" or "rejected"."""

    done: str
    by: str


class Past(msgspec.Struct, frozen=True):
    """One judgement in the history of a statement. slots: what it set, as typed. undone: whether a later one took it back."""

    judgement: Judgement
    slots: dict[str, str]
    undone: bool


class Again(msgspec.Struct, frozen=True):
    """A judgement that is asked again, for its words no longer stand so, or are read otherwise. reason: of record/settling.py."""

    judgement: Judgement
    doc: str
    reason: str


class Waiting(msgspec.Struct, frozen=True):
    """A statement that nobody has judged. why: it comes in the place of one that was, it conflicts with another, or neither."""

    statement: Statement
    why: Literal["again", "conflict", ""]


def mark(statement: Statement) -> Mark | None:
    """Who has judged the statement, and how; None when nobody has."""
    for one in statement.evidence:
        if one.field == EVIDENCE:
            done, _, by = one.rule.partition(" by ")
            return Mark(done, by)
    return None


def machine_slots(found: Found) -> dict[str, str]:
    """The slots that the machine has otherwise, as it has them."""
    return {slot: said for slot in SLOTS if (said := write_slot(found.machine, slot)) != write_slot(found.statement, slot)}


def describe(judgement: Judgement) -> dict[str, str]:
    """The slots that it set, as they are typed."""
    told = changes(judgement.slots)
    return {slot: value if isinstance(value, str) else "; ".join(map(write_actor, value)) for slot, value in told.items()}


def every(record: Record, ids: Collection[str] | None = None) -> list[Past]:
    """All judgements, or those of these ids, in the order they were added."""
    rows = list(read(record))
    return _past(rows, {one.id for one in rows} if ids is None else set(ids))


def history(record: Record, id: str) -> list[Past]:
    """All that was said of the statement of that id, of the same words under another id, and of that, in the order it was added."""
    if "judgements" not in record.tables:
        return []
    holding = {row[0] for row in record.query("SELECT judgement FROM judged WHERE id = ?", [id])}
    holding |= {row[0] for row in record.query('SELECT judgement FROM judged_pairs WHERE ? IN ("left", "right")', [id])}
    if not holding and not any(record.query("SELECT 1 FROM judgements LIMIT 1")):
        return []
    rows = list(read(record))
    own = {one.id for one in rows if one.id in holding or any(reading.statement.id == id for reading in one.readings)}
    more = own
    while more:
        more = {one.id for one in rows if one.undoes in own} - own
        own |= more
    return _past(rows, own)


def _past(rows: Sequence[Judgement], ids: Collection[str]) -> list[Past]:
    undone = taken_back(rows)
    return [Past(one, describe(one), one.id in undone) for one in rows if one.id in ids]


def asked_again(record: Record) -> list[Again]:
    """The judgements that hold no longer because the text, or its reading, has changed, until somebody undoes them."""
    if not record.count("asked_again"):
        return []
    rows = list(record.query("SELECT judgement, doc, reason FROM asked_again ORDER BY doc, judgement, reason"))
    known = {one.id: one for one in read(record, "id IN (SELECT judgement FROM asked_again)")}
    return [Again(known[id], doc, reason) for id, doc, reason in rows if id in known]


_DOUBTED = """(SELECT unnest(statements) AS id FROM conflicts UNION ALL SELECT unnest(map_keys(d."values")) FROM
    (SELECT unnest(differences) AS d FROM facts WHERE len(differences) > 0) WHERE d.severity = 'conflict')"""
_JUDGED = "(SELECT j.id FROM judged j JOIN current c ON j.document = c.key AND j.coder = c.coder)"


_AGAIN = """(SELECT r.statement.doc, r.statement.type FROM (SELECT unnest(readings) AS r FROM judgements
    WHERE id IN (SELECT judgement FROM asked_again)))"""
_WHY: tuple[Literal["again", "conflict", ""], ...] = ("again", "conflict", "")


def _ranked(record: Record, where: str) -> str:
    """SQL: current statements with their place in _WHY as `rank`: of a text and type that a judgement is asked again of; of a conflict."""
    ranks = [f"WHEN (doc, type) IN {_AGAIN} THEN 0"] if record.count("asked_again") else []
    ranks += [f"WHEN id IN {_DOUBTED} THEN 1"] if "facts" in record.tables else []
    rank = f"CASE {' '.join(ranks)} ELSE 2 END" if ranks else "2"
    return f"(SELECT *, {rank} AS rank FROM current_statements WHERE {where})"


def _waiting(record: Record) -> str:
    """SQL: what nobody has judged."""
    return _ranked(record, f"id NOT IN {_JUDGED}" if record.is_judged() else "true")


def waiting(record: Record, where: str = "true", parameters: Sequence[object] = (), limit: int = 100, skip: int = 0) -> list[Waiting]:
    """What is to review: what is asked again, then what conflicts, then what is least sure. where: a condition in SQL."""
    order = f"rank, confidence, {_ORDER}"
    rows = list(
        record.query(f"SELECT id, rank FROM {_waiting(record)} WHERE {where} ORDER BY {order} LIMIT {limit:d} OFFSET {skip:d}", parameters)
    )
    ids = [id for id, _ in rows]
    found = {one.id: one for one in record.statements(f"id IN (SELECT unnest({LISTED}))", [listed(ids)], values="machine")} if ids else {}
    return [Waiting(found[id], _WHY[rank]) for id, rank in rows]


def count_waiting(record: Record, where: str = "true", parameters: Sequence[object] = ()) -> int:
    """How many are to review."""
    return int(next(record.query(f"SELECT count(*) FROM {_waiting(record)} WHERE {where}", parameters))[0])


def beside(record: Record, id: str, where: str = "true", parameters: Sequence[object] = ()) -> tuple[str | None, str | None]:
    """The ids before and after a statement in the order of review, of those that nobody has judged; None where there is none."""
    key = f"row(rank, confidence, {_ORDER})"
    own = f"(SELECT {key} AS own FROM {_ranked(record, 'id = ?')} LIMIT 1)"
    rows = f"(SELECT {key} AS key FROM {_waiting(record)} WHERE {where}), {own}"
    sql = f"SELECT max(key) FILTER (key < own), min(key) FILTER (key > own) FROM {rows}"
    # A row without names comes as a tuple, its last value the id.
    before, after = next(record.query(sql, [*parameters, id]))
    return before and before[-1], after and after[-1]


def accepted(record: Record) -> set[str]:
    """The ids of the current statements that a person has accepted or corrected."""
    if not record.is_judged():
        return set()
    return {row[0] for row in record.query(f"SELECT id FROM judged WHERE verdict <> 'reject' AND id IN {_JUDGED}")}


def gold(record: Record) -> Iterator[tuple[Statement, bool]]:
    """Every judged statement of the current editions as the person had it, and whether it stands (not rejected)."""
    if not record.is_judged():
        raise QueryError("Nobody has judged a statement of this record.", str(record.path), "`dragoman judge` and the page Review do.")
    for one in record.statements(f"id IN {_JUDGED}"):
        yield one, True
    rejected = f"id IN (SELECT id FROM judged WHERE verdict = 'reject') AND id IN {_JUDGED}"
    for one in record.statements(rejected, values="machine"):
        yield one, False


def evaluate(record: Record) -> Report:
    """The machine's statements against what persons made of them: only those whose words overlap judged ones by half count.

    Precision is the share of what was judged that was right; a statement that the machine missed nobody has judged, so that recall says
    only what a later coder has lost. Raises QueryError when nothing is judged.
    """
    every = [(judged(one), stands) for one, stands in gold(record)]
    standard = [one for one, stands in every if stands]
    places: dict[str, list[Judged]] = {}
    for one, _ in every:
        places.setdefault(one.doc, []).append(one)
    names = sorted(places)
    languages = dict(record.query("SELECT id, language FROM current_documents WHERE list_contains(?, id)", [names]))
    system = [judged(one) for one in record.statements("list_contains(?, doc)", [names], values="machine")]
    system = [one for one in system if any(_overlaps(one, place) for place in places[one.doc])]
    return compare(standard, system, languages)


def _overlaps(one: Judged, place: Judged) -> bool:
    shared = min(one.end, place.end) - max(one.start, place.start)
    return 2 * shared >= min(one.end - one.start, place.end - place.start)
