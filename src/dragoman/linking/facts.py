"""Facts: statements that say the same, put together so that one wrong pair does not chain everything.

The surest links first; two groups become one only when no statement of one is vetoed by a statement of the other.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence

from dragoman.linking import pairs
from dragoman.linking.pairs import NONE, Judgements
from dragoman.linking.slots import Slots
from dragoman.statement import Actor, Difference, Fact, Link, Modality, Statement

Differ = Callable[[Sequence[Slots]], tuple[Difference, ...]]
"""What tells the differences within one fact, its statements by document and place."""


def group(every: Mapping[str, Slots], links: Iterable[Link], judgements: Judgements = NONE) -> list[tuple[str, ...]]:
    """Ids of statements that say the same, two or more each, by document and place; the groups by their first statement."""
    home = {id: id for id in every}
    members = {id: [id] for id in every}
    tied = {frozenset((link.left, link.right)) for link in links if link.grade == "same"}
    for link in sorted((link for link in links if link.grade == "same"), key=lambda link: (-link.score, link.left, link.right)):
        one, other = home[link.left], home[link.right]
        if one == other or not _may_join(members[one], members[other], every, tied, judgements):
            continue
        members[one] += members.pop(other)
        home.update(dict.fromkeys(members[one], one))
    groups = [tuple(sorted(ids, key=lambda id: order(every[id].statement))) for ids in members.values() if len(ids) > 1]
    return sorted(groups, key=lambda ids: order(every[ids[0]].statement))


def _may_join(
    left: Sequence[str], right: Sequence[str], every: Mapping[str, Slots], tied: set[frozenset[str]], judgements: Judgements
) -> bool:
    for one in left:
        for other in right:
            pair = frozenset((one, other))
            if pair in judgements.never or (pair not in tied and pairs.vetoed(every[one], every[other])):
                return False
    return True


def order(statement: Statement) -> tuple[str, int, int, str, str, str]:
    """By document and place."""
    return statement.doc, statement.start, statement.end, statement.kind, statement.type, statement.id


def identify(statements: Sequence[Statement]) -> str:
    """The fact's id: of its statements' ids, so that the same statements always make the same fact."""
    return hashlib.sha256("\n".join(sorted(statement.id for statement in statements)).encode()).hexdigest()[:32]


def state(members: Sequence[Slots], differ: Differ) -> Fact:
    """The fact that these statements make: what they agree on, the most exact of each slot, and where they differ."""
    statements = [member.statement for member in members]
    differences = differ(members)
    torn = {difference.slot for difference in differences if difference.severity == "conflict"}
    type, kind, topic = (Counter(getattr(s, field) for s in statements).most_common(1)[0][0] for field in ("type", "kind", "topic"))
    widest = max(members, key=lambda m: (m.statement.type == type, len(m.everyone), sum(map(bool, _sectors(m)))))
    exact = min(members, key=lambda m: (not m.statement.date, not m.firm, _length(m), m.statement.date_from != "sentence"))
    modality: Modality = min(
        (s.modality for s in statements), key=("asserted", "negated", "planned", "claimed", "disputed", "denied").index
    )
    said = {statement.by for statement in statements}
    nobody: tuple[Actor, ...] = ()
    return Fact(
        id=identify(statements),
        statements=tuple(statement.id for statement in statements),
        kind=kind,
        type=type,
        topic=topic,
        source=nobody if torn & {"actor", "role"} else widest.statement.source,
        target=nobody if torn & {"actor", "role"} else widest.statement.target,
        issue=max((s.issue for s in statements), key=lambda issue: (len(issue) > 0, -len(issue))),
        date="" if "date" in torn else exact.statement.date,
        modality=modality,
        by=said.pop() if len(said) == 1 else "",
        differences=differences,
    )


def _sectors(member: Slots) -> list[str]:
    return [sector for side in (member.source, member.target) for sectors in side.values() for sector in sectors]


def _length(member: Slots) -> int:
    """About how many days the date leaves open."""
    (a, b, c), (d, e, f) = member.first, member.last
    return (d - a) * 372 + (e - b) * 31 + (f - c)
