"""Statements of a document side by side: what two of them say alike is said once, and each gets its number."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from dragoman.statement import Statement

VERSION = "1"
"""Part of every statement's id: a coder that decides otherwise gives new ids."""


def merge(statements: list[Statement]) -> list[Statement]:
    """Leave out what another statement of the sentence says as well: same kind and type, no more actors, and overlapping, or a tie."""
    kept: list[Statement] = []
    for statement in statements:
        twin = next((o for o in kept if _same(o, statement)), None)
        if twin is None:
            kept.append(statement)
        elif _weight(statement) > _weight(twin):
            kept[kept.index(twin)] = statement
    return kept


def _same(a: Statement, b: Statement) -> bool:
    if (a.kind, a.type) != (b.kind, b.type):
        return False
    overlap = a.start < b.end and b.start < a.end
    if not overlap and (a.kind != "tie" or a.type == "MISSION"):
        return False
    sides = [({x.code for x in s.source}, {x.code for x in s.target}) for s in (a, b)]
    if not a.target or not b.target:
        sides = [(source | target, set()) for source, target in sides]
    (a_source, a_target), (b_source, b_target) = sides
    return (a_source <= b_source and a_target <= b_target) or (b_source <= a_source and b_target <= a_target)


def _weight(statement: Statement) -> tuple[int, bool, float, int]:
    stated = all(e.rule != "dyad of the text" for e in statement.evidence)
    return len({a.code for a in statement.source + statement.target}), stated, statement.confidence, len(statement.quote)


def number(statements: Iterable[Statement], version: str = VERSION) -> list[Statement]:
    """Give each statement its id: a hash of document, offsets, kind, type and coder version; twins are counted apart."""
    seen: dict[str, int] = {}
    out = []
    for s in sorted(statements, key=lambda s: (s.start, s.end, s.kind, s.type)):
        base = f"{s.doc}|{s.start}|{s.end}|{s.kind}|{s.type}|{version}"
        seen[base] = seen.get(base, 0) + 1
        digest = hashlib.sha256(f"{base}|{seen[base]}".encode()).hexdigest()[:16]
        out.append(Statement(digest, *(getattr(s, f) for f in s.__struct_fields__[1:])))
    return out
