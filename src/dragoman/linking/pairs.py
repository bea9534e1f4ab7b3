"""Which two statements say the same. The slots decide; how near the words stand only chooses among what the slots allow.

Three ways lead to "same": both stand in sentences that are linked (two versions of a text); both give a date, and it is the same act
of the same states (a lead and its body, two papers); or one disputes, or repeats in other words, what stands beside it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import combinations

import msgspec
import numpy as np

from dragoman.linking import slots
from dragoman.linking.similarity import Similarity
from dragoman.linking.slots import Slots
from dragoman.statement import Grade, Link, Statement

# Cosines of the multilingual encoder. LINKED: quotes in linked sentences. NEAR: the same, of types that only stand near each
# other. SLIP: the same, of dates two years apart at most. ISSUE: what two positions are about. DATED: quotes of one date and the
# same states. ALONE: quotes with nothing else to go by. BOXED: lines of one key of two infoboxes.
LINKED, NEAR, SLIP, ISSUE, DATED, ALONE, BOXED = 0.28, 0.60, 0.40, 0.60, 0.60, 0.90, 0.70
_LARGEST_BLOCK = 1500
_MOST_KEYS = 400
MOST_LINKS = 24
_NEAREST = 48

# What two statements of overlapping words may be: one act, coded once as an event and once as a stand.
_KIN = frozenset(
    frozenset(pair) for pair in (("SUPPORT", "SUPPORTS"), ("ACCUSE", "OPPOSES"), ("REJECT", "OPPOSES"), ("REQUEST", "SUPPORTS"))
)
_DOUBTING = frozenset({"disputed", "denied"})

Linked = Mapping[tuple[str, int, str, int], tuple[Grade, float]]
"""(document, ordinal, document, ordinal), the smaller document first, to the grade and score of the sentences' link."""


class Judgements(msgspec.Struct, frozen=True):
    """What a person has said of pairs of statements: sets of two ids."""

    same: frozenset[frozenset[str]] = frozenset()
    never: frozenset[frozenset[str]] = frozenset()


NONE = Judgements()
"""Nobody has judged anything."""


def vetoed(a: Slots, b: Slots) -> bool:
    """Whether the slots alone say that these are two things: another type, other people, another time."""
    if slots.types(a.statement, b.statement) == "apart" or slots.roles(a, b) in ("swapped", "apart"):
        return True
    return slots.times(a, b) == "apart"


def judge(a: Slots, b: Slots, linked: tuple[Grade, float] | None, similar: Similarity) -> Link | None:
    """The link of two statements, None when nothing ties them. linked: the link of their sentences, where there is one."""
    if a.statement.doc == b.statement.doc:
        return _within(a, b, similar)
    return _between(a, b, linked, similar)


def _link(a: Slots, b: Slots, grade: Grade, score: float, *rules: str) -> Link:
    left, right = sorted((a.statement.id, b.statement.id))
    return Link(left, right, grade, round(min(1.0, score), 4), rules)


def _about(a: Slots, b: Slots, similar: Similarity) -> tuple[float, bool]:
    """How near what they say stands, and whether it may be the same thing: by the issue where both have one, by the quote where not."""
    words = similar(a.statement.quote, b.statement.quote)
    if a.statement.issue and b.statement.issue:
        issue = similar(a.statement.issue, b.statement.issue)
        return (words + issue) / 2, issue >= ISSUE
    return words, words >= DATED


def _within(a: Slots, b: Slots, similar: Similarity) -> Link | None:
    """Two statements of one document."""
    one, other = a.statement, b.statement
    kind = slots.types(one, other)
    if a.ordinal == b.ordinal:
        shared, longer = min(one.end, other.end) - max(one.start, other.start), max(one.end - one.start, other.end - other.start)
        if 2 * shared < longer or a.source.keys() != b.source.keys():
            return None
        if kind == "same" or frozenset((one.type, other.type)) in _KIN:
            return _link(a, b, "same", 1.0, "one stretch of text")
        return None
    if vetoed(a, b) or kind != "same":
        return None
    close, about = _about(a, b, similar)
    doubting = (one.modality in _DOUBTING) != (other.modality in _DOUBTING)
    if doubting and abs(a.ordinal - b.ordinal) <= 2 and slots.times(a, b) != "silent" and (about or not (one.issue and other.issue)):
        return _link(a, b, "same", max(close, 0.5), "one disputes the other")
    if (a.section, a.paragraph) == (b.section, b.paragraph) or (a.section == b.section and a.section >= 0):
        return None
    when = slots.times(a, b)
    if about and when in ("equal", "coarser") and a.firm and b.firm:
        return _link(a, b, "same", close, "said again", f"dates {when}", f"roles {slots.roles(a, b)}")
    if close >= ALONE and slots.roles(a, b) == "equal" and when != "apart" and a.firm == b.firm:
        return _link(a, b, "same", close, "said again in the same words")
    return None


def _between(a: Slots, b: Slots, linked: tuple[Grade, float] | None, similar: Similarity) -> Link | None:
    """Two statements of two documents."""
    one, other = a.statement, b.statement
    kind, who, when = slots.types(one, other), slots.roles(a, b), slots.times(a, b)
    if kind == "apart" or who == "apart":
        return None
    grade = linked[0] if linked else "none"
    own = one.date_from == other.date_from == "sentence"
    close, about = _about(a, b, similar)
    rules = [f"type {kind}", f"roles {who}", f"dates {when}"]
    if grade in ("same", "partly"):
        rules.append(f"sentences {grade}")
        issues = bool(one.issue and other.issue)
        if who == "swapped" and not (when == "equal" and a.firm and one.kind == "event"):
            return None
        if (
            when == "apart"
            and own
            and not (kind == "same" and who in ("equal", "coarser") and close >= (SLIP if _slipped(a, b) else DATED))
        ):
            return _link(a, b, "topic", close, *rules)
        if close < (LINKED if kind == "same" else NEAR) or (issues and kind == "same" and not about and close < NEAR):
            return _link(a, b, "topic", close, *rules)
        bonus = 0.3 + 0.1 * (when == "equal" and a.firm) + 0.1 * (who == "equal") + 0.1 * (kind == "same") - 0.3 * (when == "apart")
        return _link(a, b, "same", (close + bonus) / 1.6, *rules)
    if kind != "same" or who == "swapped" or when == "apart":
        return None
    if about and when in ("equal", "coarser") and a.firm and b.firm:
        return _link(a, b, "same", close / 1.6 + 0.1 * (when == "equal") + 0.05 * (who == "equal"), *rules, "one date")
    if close >= ALONE and who == "equal" and a.firm == b.firm:
        return _link(a, b, "same", close / 1.6, *rules, "the same words")
    if close >= BOXED and who == "equal" and a.subject and a.subject == b.subject and _field(one) == _field(other) != "":
        return _link(a, b, "same", close / 1.6, *rules, "one line of two infoboxes")
    return None


def _field(statement: Statement) -> str:
    """Which line of an infobox the statement was read from, "" for none."""
    return next((one.rule for one in statement.evidence if one.rule.startswith("field:")), "")


def _slipped(a: Slots, b: Slots) -> bool:
    """Whether two dates stand so near that one may be a slip: the same two sides, who acts and who is acted upon, within two years."""
    directed = bool(a.source and b.source and a.target and b.target)
    return directed and len(a.named) > 1 and max(a.first[0] - b.last[0], b.first[0] - a.last[0]) <= 2


def compare(
    every: Sequence[Slots], linked: Linked, similar: Similarity, judgements: Judgements = NONE, new: Collection[str] | None = None
) -> list[Link]:
    """The links among statements. linked: of their sentences. new: ids of which at least one must be in a pair (None: all pairs).

    Between two documents a statement is "same" with one other, the best; what loses in linked sentences stays as "partly". Sorted by ids.
    Of what says the same again and again `nearest` is still to be taken.
    """
    pairs = sorted({*_candidates(every, linked, similar, new), *_judged(every, judgements)})
    found: list[tuple[int, int, Link]] = []
    similar.prepare(text for i, j in pairs for k in (i, j) for text in (every[k].statement.quote, every[k].statement.issue))
    for i, j in pairs:
        a, b = every[i], every[j]
        key = frozenset((a.statement.id, b.statement.id))
        if key in judgements.never or (new is not None and key.isdisjoint(new)):
            continue
        if key in judgements.same:
            found.append((i, j, _link(a, b, "same", 1.0, "judged")))
        elif link := judge(a, b, _linked(a, b, linked), similar):
            found.append((i, j, link))
    return sorted(_choose(every, found), key=lambda link: (link.left, link.right))


def _judged(every: Sequence[Slots], judgements: Judgements) -> Iterator[tuple[int, int]]:
    """The pairs of which a person has said that they are the same, wherever they stand."""
    if judgements.same:
        number = {one.statement.id: place for place, one in enumerate(every)}
        for pair in judgements.same:
            if len(places := sorted(number[id] for id in pair if id in number)) == 2:
                yield places[0], places[1]


def _linked(a: Slots, b: Slots, linked: Linked) -> tuple[Grade, float] | None:
    (left, one), (right, other) = sorted(((a.statement.doc, a.ordinal), (b.statement.doc, b.ordinal)))
    return linked.get((left, one, right, other))


def _choose(every: Sequence[Slots], found: Iterable[tuple[int, int, Link]]) -> Iterator[Link]:
    """Best first: each statement keeps one "same" in each other document, whatever it says with a third."""
    taken: set[tuple[int, str]] = set()
    for i, j, link in sorted(found, key=lambda one: (-one[2].score, one[2].left, one[2].right)):
        a, b = every[i].statement, every[j].statement
        if link.grade != "same" or link.rules == ("judged",) or a.doc == b.doc:
            yield link
        elif (i, b.doc) in taken or (j, a.doc) in taken:
            if any(rule.startswith("sentences") for rule in link.rules):
                yield msgspec.structs.replace(link, grade="partly", rules=(*link.rules, "another stands nearer"))
        else:
            taken |= {(i, b.doc), (j, a.doc)}
            yield link


def nearest(links: Iterable[Link]) -> list[Link]:
    """Of many that say the same, each statement keeps its nearest; what neither of two keeps is dropped. Other links stay.

    What a link is worth depends on the links of its two statements alone, so that dropping what was dropped before changes nothing.
    """
    links = list(links)
    of: dict[str, list[Link]] = defaultdict(list)
    for link in links:
        if link.grade == "same":
            of[link.left].append(link)
            of[link.right].append(link)
    kept: set[tuple[str, str]] = set()
    for held in of.values():
        if len(held) > MOST_LINKS:
            held.sort(key=lambda link: (link.rules != ("judged",), -link.score, link.left, link.right))
        kept |= {(link.left, link.right) for link in held[:MOST_LINKS]}
    return [link for link in links if link.grade != "same" or (link.left, link.right) in kept]


def _candidates(
    every: Sequence[Slots], linked: Linked, similar: Similarity, new: Collection[str] | None = None
) -> Iterator[tuple[int, int]]:
    """Pairs worth judging: in linked sentences; of one stretch; or in one block of type, states and year.

    new: where given, blocks and sentences without any of these statements are passed over.
    """
    by_place: dict[tuple[str, int], list[int]] = defaultdict(list)
    blocks: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for number, one in enumerate(every):
        by_place[one.statement.doc, one.ordinal].append(number)
        for key in _keys(one):
            blocks[key].append(number)
    docs = None if new is None else {one.statement.doc for one in every if one.statement.id in new}
    for left, first, right, second in linked:
        if not (docs is None or left in docs or right in docs):
            continue
        for i in by_place.get((left, first), ()):
            yield from ((min(i, j), max(i, j)) for j in by_place.get((right, second), ()))
    for (doc, ordinal), here in by_place.items():
        if ordinal < 0 or not (docs is None or doc in docs):
            continue
        yield from combinations(here, 2)
        for i in here:
            if every[i].statement.modality in _DOUBTING:
                beside = (j for step in (-2, -1, 1, 2) for j in by_place.get((doc, ordinal + step), ()))
                yield from ((min(i, j), max(i, j)) for j in beside)
    due = (block for block in blocks.values() if new is None or any(every[i].statement.id in new for i in block))
    parts = [part for block in due for part in _parts(block, every)]
    similar.prepare(text for part in parts for i in part for text in (every[i].statement.quote, every[i].statement.issue))
    for part in parts:
        yield from _near(part, every, similar)


def _keys(one: Slots) -> list[tuple[str, ...]]:
    """The blocks of a statement: its type, each two of its states (or its only one), each year of its date ("" when open)."""
    statement = one.statement
    years = [str(year) for year in range(one.first[0], one.last[0] + 1)] if one.firm and one.last[0] - one.first[0] < 10 else [""]
    named = sorted(one.named)
    dyads = list(combinations(named, 2))[:_MOST_KEYS] or [(name, "") for name in named] or [("", "")]
    return [(statement.type, *dyad, year) for dyad in dyads for year in years]


def _parts(block: list[int], every: Sequence[Slots]) -> Iterator[list[int]]:
    """The block, or, when it is too large to compare all with all, its months and then slices of them in the order of place.

    What a section says again and again in the same words is taken once.
    """
    first: dict[tuple[str, int, str, str, str], int] = {}
    for i in block:
        one = every[i].statement
        first.setdefault((one.doc, every[i].section, one.quote, one.issue, one.date), i)
    block = list(first.values())
    if len({(every[i].statement.doc, every[i].section, every[i].paragraph) for i in block}) < 2:
        return
    if len(block) <= _LARGEST_BLOCK:
        yield block
        return
    months: dict[tuple[int, int], list[int]] = defaultdict(list)
    for i in block:
        months[every[i].first[:2]].append(i)
    for month in months.values():
        yield from (month[start : start + _LARGEST_BLOCK] for start in range(0, len(month), _LARGEST_BLOCK))


def _near(block: list[int], every: Sequence[Slots], similar: Similarity) -> Iterator[tuple[int, int]]:
    """Pairs of the block whose words or issues stand near enough to be judged: of a large block, for each statement the nearest."""
    near = np.round(similar.matrix([every[i].statement.quote for i in block]), 4)
    about = [every[i].statement.issue for i in block]
    near[near < DATED] = 0
    if any(about):
        issues = np.round(similar.matrix(about), 4)
        near = np.maximum(near, np.where(issues >= ISSUE, issues, 0))
    np.fill_diagonal(near, 0)
    if len(block) > _NEAREST:
        # Of equals the first, so that all of many that say the same meet in these.
        kept = np.argsort(-near, axis=1, kind="stable")[:, :_NEAREST]
        mask = np.zeros_like(near, dtype=bool)
        np.put_along_axis(mask, kept, True, axis=1)
        near = np.where(mask | mask.T, near, 0)
    rows, columns = np.nonzero(np.triu(near, 1))
    for row, column in zip(rows.tolist(), columns.tolist(), strict=True):
        i, j = block[row], block[column]
        yield (min(i, j), max(i, j))
