"""A person's word on what the record says: checked, written as a row, and carried into what the record shows, at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from dragoman.answers.find import statement as find_statement
from dragoman.engines.interrupts import undisturbed
from dragoman.errors import QueryError, RecordError
from dragoman.linking import differences, facts, pairs, slots
from dragoman.record import Record, edition_key, judgements, linked
from dragoman.record.correction import read_correction
from dragoman.record.schema import LISTED, listed
from dragoman.record.settling import pairs as judged_pairs
from dragoman.record.settling import sentence_of, settle
from dragoman.statement import VERDICTS, Judgement, Link, Reading, Verdict

_PAIRS = ("same", "never-same")
_ROUNDS = 20


def judge(
    record: Record, id: str, verdict: str, by: str, why: str = "", given: Mapping[str, str] | None = None, other: str = ""
) -> Judgement:
    """Write what a person says of the statement `id` (of `id` and `other`: same, never-same), and let the record show it.

    given: for a correction, the slots as they are typed (record/correction.py). For "undo", `id` is of a judgement, or of a statement
    whose last judgement is undone. An id may be shortened. Raises QueryError for what cannot be said, RecordError; the record as before.
    """
    known = next((one for one in VERDICTS if one == verdict), None)
    if known is None:
        raise QueryError(f"Nothing is judged {verdict[:40]!r}.", "", f"It is {', '.join(VERDICTS)}.")
    if record.read_only:
        raise RecordError("The record is open for reading only.", str(record.path))
    if given and verdict != "correct":
        raise QueryError("Only a correction sets slots.", "", "Say correct, or leave the slots out.")
    if bool(other) != (verdict in _PAIRS):
        raise QueryError(
            f"{verdict} is said of {'two statements' if verdict in _PAIRS else 'one'}.", "", "same and never-same take two ids."
        )
    said: Verdict = known  # type: ignore[assignment]
    if said == "undo":
        one = judgements.make(record, said, by, why, undoes=find_undone(record, id).id)
    else:
        readings = [_read(record, name) for name in ([id, other] if other else [id])]
        if len({reading.statement.id for reading in readings}) < len(readings):
            raise QueryError("The two are one statement.", "", "Name two.")
        correction = read_correction(given or {}, readings[0].statement) if said == "correct" else None
        one = judgements.make(record, said, by, why, readings, correction)
    add(record, [one])
    return one


def add(record: Record, new: Sequence[Judgement]) -> None:
    """Write judgements, and carry them into what the record shows. Raises RecordError, the record as before."""
    docs = _documents(record, new)
    with undisturbed():
        before = _touched(record, docs)
        record.write([*judgements.append(record, new), *settle(record, new, docs)])
        restate(record, before | _touched(record, docs))


def _documents(record: Record, new: Sequence[Judgement]) -> set[str]:
    """The documents of what is judged, or of what is undone."""
    known = {one.id: one for one in judgements.read(record)} if any(one.undoes for one in new) else {}
    known |= {one.id: one for one in new}
    docs = set()
    for one in new:
        while one.undoes:
            one = known[one.undoes]
        docs |= {reading.statement.doc for reading in one.readings}
    return docs


def _touched(record: Record, docs: Iterable[str]) -> set[str]:
    """The statements of these documents that are judged otherwise than accepted, alone or in a pair."""
    wanted = listed(docs)
    alone = record.query(f"SELECT id FROM judged WHERE verdict <> 'accept' AND doc IN (SELECT unnest({LISTED}))", [wanted])
    beside = record.query(
        f"""SELECT unnest(["left", "right"]) FROM judged_pairs WHERE judgement IN
        (SELECT id FROM (SELECT id, unnest(readings) AS r FROM judgements) WHERE r.statement.doc IN (SELECT unnest({LISTED})))""",
        [wanted],
    )
    return {id for rows in (alone, beside) for (id,) in rows}


def _read(record: Record, id: str) -> Reading:
    found = find_statement(record, id)
    if not found.current:
        raise QueryError("The statement is of an older edition or coding.", f"statement {found.statement.id}", "Judge one of the newest.")
    return Reading(found.machine, sentence_of(found.document, found.machine), edition_key(found.document))


def find_undone(record: Record, id: str) -> Judgement:
    """The judgement of that id, or the last one that holds for the statement of that id. Raises QueryError."""
    rows = list(judgements.read(record, "starts_with(id, ?)", [id])) if id else []
    if len(rows) == 1:
        return rows[0]
    if len(rows) > 1:
        raise QueryError(f"Several judgements begin with {id!r}.", str(record.path), "Give more of the id.")
    statement = find_statement(record, id).machine.id
    holding = {row[0] for row in record.query("SELECT judgement FROM judged WHERE id = ?", [statement])}
    holding |= {row[0] for row in record.query('SELECT judgement FROM judged_pairs WHERE ? IN ("left", "right")', [statement])}
    found = max((one for one in judgements.read(record) if one.id in holding), key=judgements.order, default=None)
    if found is None:
        raise QueryError(
            f"Nobody has judged the statement {statement!r}.", str(record.path), "`dragoman judgements list` shows what is judged."
        )
    return found


def restate(record: Record, touched: set[str]) -> None:
    """State anew the facts that these statements are, were or come to be part of, from the links that there are; conflicts and issues,
    and links of what was corrected, follow with the next linking."""
    if not touched or not record.count("linked"):
        return
    same, never = (judged_pairs(record, verdict) for verdict in _PAIRS)
    ids, found = _component(record, touched, same)
    statements = list(record.statements(f"id IN (SELECT unnest({LISTED}))", [listed(ids)]))
    documents = {
        one.id: one for one in record.documents(f"id IN (SELECT unnest({LISTED}))", [listed({statement.doc for statement in statements})])
    }
    every = {one.id: slots.read(one, documents[one.doc].sentences, documents[one.doc].subject) for one in statements}
    corrected = {row[0] for row in record.query("SELECT id FROM judged WHERE verdict = 'correct'")}
    kept = [
        one
        for one in found
        if one.left in every
        and one.right in every
        and not ({one.left, one.right} & corrected and pairs.vetoed(every[one.left], every[one.right]))
    ]
    for left, right in (sorted(pair) for pair in same if pair <= every.keys()):
        kept.append(Link(left, right, "same", 1.0, ("judged",)))
    groups = facts.group(every, kept, pairs.Judgements(same, never))
    new = [facts.state([every[id] for id in group], lambda members: differences.differ(members, documents)) for group in groups]
    old = list(linked.facts(record, f"list_has_any(statements, (SELECT list(id) FROM (SELECT unnest({LISTED}) AS id)))", [listed(ids)]))
    if old != new:
        linked.restate(record, old, new)


def _component(record: Record, touched: set[str], same: frozenset[frozenset[str]]) -> tuple[set[str], list[Link]]:
    """All statements that links lead to from these, by a few steps, and the links among them that say "same"."""
    ids, found = set(touched), list[Link]()
    wanted = f"(SELECT unnest({LISTED}))"
    for _ in range(_ROUNDS):
        found = list(linked.links(record, f'grade = \'same\' AND ("left" IN {wanted} OR "right" IN {wanted})', [listed(ids)] * 2))
        held = linked.facts(record, f"list_has_any(statements, (SELECT list(id) FROM {wanted} AS t(id)))", [listed(ids)])
        more = {id for link in found for id in (link.left, link.right)} | {id for fact in held for id in fact.statements}
        more |= {id for pair in same if pair & ids for id in pair}
        if more <= ids:
            break
        ids |= more
    return ids, found
