"""Issues: the stands of texts grouped by what they are about, across wordings and languages, each group named by its clearest wording."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

import numpy as np

from dragoman.linking.facts import order
from dragoman.linking.similarity import Similarity
from dragoman.linking.slots import Slots
from dragoman.statement import Fact, Issue, Statement

# Two wordings are one issue from SAME on; a group holds together while no two of its wordings stand further apart than LOOSE.
SAME, LOOSE = 0.74, 0.60


def find(every: Sequence[Slots], facts: Iterable[Fact], similar: Similarity) -> list[Issue]:
    """The issues of all positions, and of what else is said of the same ones. Wordings are compared where a state is common to both."""
    stands = [one for one in every if one.statement.issue.strip()]
    by_wording: dict[str, list[Slots]] = defaultdict(list)
    for one in stands:
        by_wording[one.statement.issue].append(one)
    wordings = sorted(by_wording)
    number = {wording: index for index, wording in enumerate(wordings)}
    tied = [[number[issue] for issue in issues] for issues in _of_facts(stands, facts)]
    blocks: dict[str, set[int]] = defaultdict(set)
    for one in stands:
        for code in one.named or {""}:
            blocks[code].add(number[one.statement.issue])
    similar.prepare(wordings)
    groups = _group(wordings, [sorted(block) for block in blocks.values()], tied, similar)
    made = [_make([wordings[i] for i in group], by_wording, similar) for group in groups]
    return sorted((one for one in made if one), key=lambda issue: (issue.statements, issue.id))


def _of_facts(stands: Sequence[Slots], facts: Iterable[Fact]) -> list[list[str]]:
    """The wordings that one fact has: they are one issue whatever their vectors say."""
    issue = {one.statement.id: one.statement.issue for one in stands}
    return [sorted({issue[id] for id in fact.statements if id in issue}) for fact in facts]


def _group(wordings: Sequence[str], blocks: Iterable[list[int]], tied: Iterable[list[int]], similar: Similarity) -> list[list[int]]:
    home = list(range(len(wordings)))
    members = {i: [i] for i in home}

    def join(one: int, other: int) -> None:
        members[home[one]] += (moved := members.pop(home[other]))
        for i in moved:
            home[i] = home[one]

    for together in tied:
        for other in together[1:]:
            if home[together[0]] != home[other]:
                join(together[0], other)
    close: dict[tuple[int, int], float] = {}
    for block in blocks:
        if len(block) < 2:
            continue
        cosines = similar.matrix([wordings[i] for i in block])
        rows, columns = np.nonzero(np.triu(cosines >= SAME, 1))
        close |= {(block[r], block[c]): float(cosines[r, c]) for r, c in zip(rows.tolist(), columns.tolist(), strict=True)}
    for (one, other), _ in sorted(close.items(), key=lambda item: (-round(item[1], 4), item[0])):
        if home[one] != home[other] and all(
            similar(wordings[i], wordings[j]) >= LOOSE for i in members[home[one]] for j in members[home[other]]
        ):
            join(one, other)
    return list(members.values())


def _make(wordings: Sequence[str], by_wording: Mapping[str, Sequence[Slots]], similar: Similarity) -> Issue | None:
    """The issue of these wordings; None when nobody takes a position on it."""
    statements: list[Statement] = sorted((one.statement for wording in wordings for one in by_wording[wording]), key=order)
    if all(statement.kind != "position" for statement in statements):
        return None
    ids = tuple(statement.id for statement in statements)
    # The clearest is nearest to all the others, the shorter of two; a wording that a position has before another's.
    held = {statement.issue for statement in statements if statement.kind == "position"}
    near = {wording: sum(similar(wording, other) for other in wordings) for wording in wordings}
    name = max(sorted(wordings), key=lambda wording: (wording in held, round(near[wording], 2), -len(wording)))
    return Issue(hashlib.sha256("\n".join(sorted(ids)).encode()).hexdigest()[:32], name, ids, tuple(sorted(wordings)))
