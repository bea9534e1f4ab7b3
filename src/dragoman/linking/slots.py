"""What a statement says, slot by slot, in a form that compares across languages: who, to whom, when, about what.

A slot that is not given never contradicts; what is given and cannot both be true is a veto on calling two statements the same.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import Literal

import msgspec

from dragoman import edtf
from dragoman.errors import QueryError
from dragoman.statement import Actor, Sentence, Statement

Roles = Literal["equal", "coarser", "wider", "swapped", "apart"]
"""equal: the same bodies on both sides. coarser: the same states, one names less exactly who. wider: one names states
that the other does not. swapped: who acts on one side is acted upon on the other. apart: somebody else."""

Times = Literal["equal", "coarser", "silent", "apart"]
"""equal: the same date. coarser: one lies in the other. silent: one gives none, or only an open period. apart: they have
no day in common."""

# Types that a text may choose between for one and the same act; of different kinds too.
_NEAR = frozenset(
    frozenset(pair)
    for pair in (
        ("SUPPORT", "SUPPORTS"), ("ACCUSE", "OPPOSES"), ("REJECT", "OPPOSES"), ("REQUEST", "SUPPORTS"), ("COOPERATE", "AID"),
        ("COOPERATE", "TRANSPORT"), ("COOPERATE", "ENVOY"), ("COOPERATE", "TRADE"), ("AGREE", "AGREEMENT"), ("AGREE", "COOPERATE"),
        ("SUPPORT", "RELATIONS"), ("SUPPORT", "AGREE"), ("COERCE", "SANCTION"), ("ALIGNMENT", "SUPPORTS"), ("ALIGNMENT", "AID"),
        ("RELATIONS", "ALIGNMENT"), ("PRESENCE", "MOBILIZE"), ("COOPERATE", "SUPPORT"), ("COERCE", "ASSAULT"), ("REQUEST", "ACCUSE"),
        ("THREATEN", "REQUEST"), ("CONSULT", "AGREE"),
    )
)  # fmt: skip
# Both are the same state speaking; its opponents are somebody else.
_AGAINST = frozenset({"REB", "OPP"})


class Slots(msgspec.Struct, frozen=True):
    """A statement with what linking asks of it again and again.

    ordinal: the index of its sentence in the document (-1: none). section, paragraph: of that sentence. source, target: the
    sectors by code (or, without one, by "?" and the sector). first, last: bounds of the date.
    firm: whether the date is its own and bounded.
    """

    statement: Statement
    subject: str
    ordinal: int
    section: int
    paragraph: int
    source: dict[str, frozenset[str]]
    target: dict[str, frozenset[str]]
    first: edtf.Day
    last: edtf.Day
    firm: bool

    @property
    def everyone(self) -> frozenset[str]:
        """The states and other bodies that take part, on either side."""
        return frozenset((*self.source, *self.target))

    @property
    def named(self) -> frozenset[str]:
        """The states that take part."""
        return frozenset(code for code in self.everyone if not code.startswith("?"))


def place(statement: Statement, sentences: tuple[Sentence, ...]) -> int:
    """The index of the sentence in which the statement begins, -1 for none."""
    low, high = 0, len(sentences)
    while low < high:
        middle = (low + high) // 2
        if sentences[middle].end <= statement.start:
            low = middle + 1
        else:
            high = middle
    return low if low < len(sentences) and sentences[low].start < statement.end else -1


def read(statement: Statement, sentences: tuple[Sentence, ...] = (), subject: str = "") -> Slots:
    """The statement's slots. sentences: of its document, in their order."""
    ordinal = place(statement, sentences)
    section, paragraph = (sentences[ordinal].section, sentences[ordinal].paragraph) if ordinal >= 0 else (-1, -1)
    first, last = bounds(statement.date)
    open_ended = first == edtf.FIRST or last == edtf.LAST
    firm = bool(statement.date) and not open_ended and (statement.date_from != "context" or last[0] - first[0] < 2)
    return Slots(
        statement, subject, ordinal, section, paragraph, _side(statement.source), _side(statement.target), first, last, firm
    )  # fmt: skip


def _side(actors: Iterable[Actor]) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for actor in actors:
        found.setdefault(actor.code or f"?{actor.sector}", set()).add(actor.sector)
    return {code: frozenset(found[code]) for code in sorted(found)}


@lru_cache(maxsize=65536)
def bounds(date: str) -> tuple[edtf.Day, edtf.Day]:
    """First and last day; without any bound for a date that is missing or that nobody can read."""
    try:
        return edtf.days(date)
    except QueryError:
        return edtf.FIRST, edtf.LAST


def types(a: Statement, b: Statement) -> Literal["same", "near", "apart"]:
    """Whether both are of one type, or of two that a text may choose between for one act."""
    if a.type == b.type:
        return "same"
    return "near" if frozenset((a.type, b.type)) in _NEAR else "apart"


def times(a: Slots, b: Slots) -> Times:
    """How the dates stand to each other."""
    if a.first > b.last or b.first > a.last:
        return "apart"
    if not (a.firm and b.firm):
        return "equal" if a.statement.date == b.statement.date != "" else "silent"
    return "equal" if (a.first, a.last) == (b.first, b.last) else "coarser"


def roles(a: Slots, b: Slots) -> Roles:
    """How those who take part stand to each other. Sides count in any order where one statement names only one."""
    if a.target and b.target:
        straight = _weaker(_sides(a.source, b.source), _sides(a.target, b.target))
        if straight == "apart" and a.named == b.named and len(a.named) > 1 and _sides(a.source, b.target) != "apart":
            return "swapped" if _sides(a.target, b.source) != "apart" else "apart"
        return straight
    return _sides(everyone(a), everyone(b))


def everyone(slots: Slots) -> dict[str, frozenset[str]]:
    """Those of both sides, with their sectors."""
    return {code: slots.source.get(code, frozenset()) | slots.target.get(code, frozenset()) for code in sorted(slots.everyone)}


_ORDER: tuple[Roles, ...] = ("equal", "coarser", "wider", "swapped", "apart")


def _weaker(a: Roles, b: Roles) -> Roles:
    return max(a, b, key=_ORDER.index)


def _sides(a: dict[str, frozenset[str]], b: dict[str, frozenset[str]]) -> Roles:
    if not a or not b:
        return "equal" if not a and not b else "wider"
    shared = a.keys() & b.keys()
    if not shared or (a.keys() - shared and b.keys() - shared):
        return "apart"
    if any(not _agree(a[code], b[code]) for code in shared):
        return "apart"
    if len(shared) < max(len(a), len(b)):
        return "wider"
    return "equal" if all(a[code] == b[code] for code in shared) else "coarser"


def _agree(a: frozenset[str], b: frozenset[str]) -> bool:
    """Whether two sets of sectors of one state may mean the same body: its opponents never are its government or army."""
    return not a.isdisjoint(b) or bool(a & _AGAINST) == bool(b & _AGAINST)
