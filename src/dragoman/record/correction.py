"""The slots that a person sets: read from what was typed, checked against the closed lists, and put in the place of the machine's."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

import msgspec

from dragoman import edtf
from dragoman.errors import QueryError
from dragoman.languages.states import resolve
from dragoman.statement import MODALITIES, SECTORS, TOPICS, TYPES, Actor, Correction, Evidence, Judgement, Statement

SLOTS = ("type", "source", "target", "topic", "issue", "date", "date_from", "modality", "by")
"""What can be corrected, in the order that forms show it; the kind follows from the type."""

EVIDENCE = "judgement"
"""The field of the evidence that says who has judged a statement, and how."""

_KINDS = {type: kind for kind, types in TYPES.items() for type in types}
_LONGEST = 2000
_CLOSED: dict[str, tuple[str, ...]] = {"topic": TOPICS, "modality": MODALITIES, "date_from": ("sentence", "context", "")}


def read_correction(given: Mapping[str, str], statement: Statement) -> Correction:
    """What `given` says otherwise than `statement`: a text for each slot; actors as "PAK GOV; SYR; NATO", with semicolons between.

    Raises QueryError for what no slot can hold, and when all is as the statement has it.
    """
    changed: dict[str, Any] = {}
    for slot, text in given.items():
        if slot not in SLOTS:
            raise QueryError(f"There is no slot {slot[:40]!r}.", "", f"There is {', '.join(SLOTS)}.")
        value = _read(slot, " ".join(text.split()), statement)
        if not _equal(value, getattr(statement, slot)):
            changed[slot] = value
    if "type" in changed:
        changed["kind"] = _KINDS[changed["type"]]
    if "date" in changed and "date_from" not in changed:
        changed["date_from"] = statement.date_from or "context" if changed["date"] else ""
    if not changed:
        raise QueryError("Nothing is corrected: every slot is as it was.", "", "Accept the statement, or set a slot otherwise.")
    return Correction(**changed)


def _read(slot: str, text: str, statement: Statement) -> Any:
    if len(text) > _LONGEST or not text.isprintable():
        raise QueryError(f"{slot} cannot be {text[:40]!r}.", "", f"It is one line of at most {_LONGEST:,} letters.")
    if slot in ("source", "target"):
        return tuple(_read_actor(one.strip(), statement) for one in re.split("[;؛]", text) if one.strip())
    if slot == "type":
        if text.upper() not in _KINDS:
            raise QueryError(f"There is no type {text[:40]!r}.", "", f"There is {', '.join(_KINDS)}.")
        return text.upper()
    if slot == "date":
        edtf.bounds(text)
    if slot in _CLOSED and text.lower() not in _CLOSED[slot]:
        raise QueryError(f"There is no {slot} {text[:40]!r}.", "", f"There is {', '.join(filter(None, _CLOSED[slot]))}.")
    return text.lower() if slot in _CLOSED else text


def _read_actor(text: str, statement: Statement) -> Actor:
    """The actor that is called so: one that the statement names stays as it is; another is looked for in the quote."""
    known = {write_actor(actor): actor for actor in (*statement.target, *statement.source)}
    if text in known:
        return known[text]
    name, _, last = text.rpartition(" ")
    sector, called = (last, name) if name and last in SECTORS else ("", text)
    try:
        code = resolve(called)
    except QueryError:
        code = ""
    same = next((actor for actor in known.values() if code and actor.code == code), None)
    if same:
        return msgspec.structs.replace(same, sector=sector)
    at = statement.quote.find(called)
    if at < 0:
        return Actor(code, sector, called)
    return Actor(code, sector, called, statement.start + at, statement.start + at + len(called))


def write_actor(actor: Actor) -> str:
    """An actor as it is typed: its code, or its name, and its sector."""
    return f"{actor.code or ' '.join(actor.name.split())} {actor.sector}".strip()


def write_slot(statement: Statement, slot: str) -> str:
    """A slot's value as it is typed."""
    value = getattr(statement, slot)
    return str(value) if isinstance(value, str) else "; ".join(map(write_actor, value))


def _equal(one: Any, other: Any) -> bool:
    return list(map(write_actor, one)) == list(map(write_actor, other)) if isinstance(one, tuple) else one == other


def changes(correction: Correction) -> dict[str, Any]:
    """The slots that are set, by name."""
    values = {slot: getattr(correction, slot) for slot in Correction.__struct_fields__}
    return {slot: value for slot, value in values.items() if value is not msgspec.UNSET}


def apply(judgement: Judgement, machine: Statement) -> Statement:
    """The statement as the judgement has it: the machine's place and id, the slots that the person read and set, and evidence of who did.

    machine: what is there now, in the same words; its slots may differ from those that were judged.
    """
    read, set_ = judgement.readings[0].statement, changes(judgement.slots)
    slots = {slot: set_.get(slot, _moved(getattr(read, slot), machine.start - read.start)) for slot in ("kind", *SLOTS)}
    slots |= {slot: _moved(set_[slot], machine.start - read.start) for slot in ("source", "target") if slot in set_}
    evidence = [one for one in machine.evidence if one.field not in set_ and one.field != EVIDENCE]
    evidence += [Evidence(slot, -1, -1, f"corrected by {judgement.by}") for slot in set_]
    done = {"accept": "accepted", "correct": "corrected", "reject": "rejected"}[judgement.verdict]
    evidence.append(Evidence(EVIDENCE, -1, -1, f"{done} by {judgement.by}"))
    sure = machine.confidence if judgement.verdict == "reject" else 1.0
    return msgspec.structs.replace(machine, **slots, evidence=tuple(evidence), confidence=sure)


def _moved(value: Any, by: int) -> Any:
    """Actors with their places moved along with the quote."""
    return tuple(_move(actor, by) for actor in value) if isinstance(value, tuple) else value


def _move(actor: Actor, by: int) -> Actor:
    return msgspec.structs.replace(actor, start=actor.start + by, end=actor.end + by) if by and actor.start >= 0 else actor


def codes(actors: Iterable[Actor]) -> list[str]:
    """What actors are told apart by, sorted."""
    return sorted(actor.code or actor.name for actor in actors)
