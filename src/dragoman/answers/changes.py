"""What changed from one edition of a text to the next in its language: what was added, what was dropped, what was turned round."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import pairwise

import msgspec

from dragoman.answers.editions import Edition
from dragoman.languages.folding import fold
from dragoman.statement import Fact, Statement

_CONTRARY = frozenset(
    frozenset(pair) for pair in (("SUPPORTS", "OPPOSES"), ("AGREE", "REJECT"), ("SUPPORT", "SANCTION"), ("SUPPORT", "ACCUSE"))
)
"""Types of which one says of the same states the contrary of the other, where the sentences are counterparts."""
_TURNING = ("modality", "role")


class Turned(msgspec.Struct, frozen=True):
    """What the newer edition says the other way round. how: modality (done or not), role (who acts), type (for or against)."""

    how: str
    older: Statement
    newer: Statement


class Change(msgspec.Struct, frozen=True):
    """From one edition to the next; by document id. What is turned round is neither added nor dropped."""

    language: str
    older: str
    newer: str
    added: tuple[Statement, ...]
    dropped: tuple[Statement, ...]
    turned: tuple[Turned, ...]


def follow(
    chosen: Sequence[Edition], said: Iterable[Statement], facts: Iterable[Fact], beside: Callable[[Statement, Statement], bool]
) -> Iterator[Change]:
    """The changes from each edition to the next of its language. beside: whether the sentences of two statements say the same."""
    series: dict[str, list[Edition]] = defaultdict(list)
    for one in sorted(chosen, key=lambda one: one.order):
        series[one.document.language].append(one)
    statements = {one.id: one for one in said}
    known = list(facts)
    for language, editions in series.items():
        for older, newer in pairwise(editions):
            yield _change(language, older.document.id, newer.document.id, statements, known, beside)


def _change(
    language: str,
    older: str,
    newer: str,
    statements: Mapping[str, Statement],
    facts: Iterable[Fact],
    beside: Callable[[Statement, Statement], bool],
) -> Change:
    shared: set[str] = set()
    turned: list[Turned] = []
    for fact in facts:
        here = [statements[id] for id in fact.statements if id in statements]
        before, after = ([one for one in here if one.doc == doc] for doc in (older, newer))
        if before and after:
            shared.update(one.id for one in here)
            turned += _turned(fact, before, after)
    dropped, added = ([one for one in statements.values() if one.doc == doc and one.id not in shared] for doc in (older, newer))
    for one in list(dropped):
        contrary = next((other for other in added if _contrary(one, other) and (beside(one, other) or _same_issue(one, other))), None)
        if contrary is not None:
            turned.append(Turned("type", one, contrary))
            dropped.remove(one)
            added.remove(contrary)
    turned.sort(key=lambda one: (one.older.start, one.newer.start))
    return Change(language, older, newer, tuple(sorted(added, key=_place)), tuple(sorted(dropped, key=_place)), tuple(turned))


def _place(one: Statement) -> tuple[int, int, str]:
    return one.start, one.end, one.id


def _turned(fact: Fact, before: Sequence[Statement], after: Sequence[Statement]) -> Iterator[Turned]:
    """What the fact's statements say the other way round: of the difference, the first on each side that do not say the same."""
    for difference in fact.differences:
        if difference.slot in _TURNING and difference.severity == "conflict":
            pairs = ((one, other) for one in before for other in after if difference.values.get(one.id) != difference.values.get(other.id))
            if (pair := next(pairs, None)) is not None:
                yield Turned(difference.slot, *pair)


def _contrary(one: Statement, other: Statement) -> bool:
    """Whether the two say contrary things of the same states."""
    sides = ({actor.code or fold(actor.name) for actor in side} for side in (one.source, one.target, other.source, other.target))
    source, target, others, aim = sides
    return frozenset((one.type, other.type)) in _CONTRARY and source == others and (target == aim or not (target and aim))


def _same_issue(one: Statement, other: Statement) -> bool:
    return bool(one.issue) and fold(one.issue) == fold(other.issue)
