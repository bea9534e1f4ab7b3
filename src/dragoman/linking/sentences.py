"""Which sentences of two documents say the same: mutual best in the pair of documents, then growth by neighbours.

The scores are cosines of sentence vectors over the mean of the nearest (the ratio margin of Artetxe and Schwenk 2019), with
light evidence beside them; the order of the documents is not asked about. A score links, and never says "same": numbers,
dates and states must agree for that.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

import msgspec
import numpy as np

from dragoman.encoding import Vectors
from dragoman.linking.evidence import Evidence, Scores, disagreements, gather, share
from dragoman.statement import Document, Grade, SentenceLink

Encode = Callable[[Sequence[str]], Vectors]

_NEAREST = 4  # sentences that the margin looks at
_EVIDENCE = 0.25  # weight of shared signs beside the cosine
_LINKED = 0.42  # cosine with evidence, from which a mutual best is a link
_GROWN = 0.04  # by how much a neighbour must bring a group nearer to its counterpart
_MOST = 4  # sentences of one side of a group
_SAME, _CLAUSE, _TOPIC = 0.55, 0.3, 0.45
_SPLIT = re.compile(r"[,;:،؛—–]\s|\s[—–-]\s|(?<=\))\s")
_LEAST = 25  # characters of a clause that is looked at by itself


class _Side(msgspec.Struct):
    """The sentences of one document: their indexes in it, their words, vectors and evidence."""

    document: Document
    places: list[int]
    texts: list[str]
    vectors: Vectors
    evidence: list[Evidence]


class _Group(msgspec.Struct):
    """A link in the making: rows of the left side, rows of the right side."""

    left: list[int]
    right: list[int]
    rules: list[str]


def link_sentences(left: Document, right: Document, encode: Encode) -> list[SentenceLink]:
    """The links between sentences of two documents, in the order of the left one. Headings and fields of infoboxes link to nothing.

    encode: gives the vectors of texts, shape (texts, dimensions), rows of length 1. Grades: "same", "partly", and "topic" for the nearest
    of what is left when it is of the same topic; what is not linked is said on one side only.
    """
    alike = left.language.split("-")[0] == right.language.split("-")[0]
    sides = (_read(left, encode, alike), _read(right, encode, alike))
    if not sides[0].places or not sides[1].places:
        return []
    cosines = np.round(sides[0].vectors @ sides[1].vectors.T, 4)
    scores = cosines + _EVIDENCE * share(sides[0].evidence, sides[1].evidence)
    groups = _mutual(scores)
    _grow(groups, sides, scores)
    links = [_state(group, sides, encode) for group in groups]
    links += _topics(groups, sides, scores, cosines)
    return sorted(links, key=lambda link: (link.left, link.right))


def _read(document: Document, encode: Encode, alike: bool) -> _Side:
    places = [i for i, sentence in enumerate(document.sentences) if sentence.role in ("body", "list")]
    texts = [" ".join(document.text[s.start : s.end].split()) for s in (document.sentences[i] for i in places)]
    return _Side(document, places, texts, encode(texts), [gather(text, document.language, alike) for text in texts])


def _margins(scores: Scores) -> Scores:
    """Each score over the mean of the best scores of its row and of its column, itself left out where there are others."""
    rows, columns = _nearest(scores), _nearest(scores.T)
    mean = (rows[:, None] + columns[None, :]) / 2
    margins: Scores = (scores / np.maximum(mean, 1e-6)).astype(np.float32)
    return margins


def _nearest(scores: Scores) -> Scores:
    best = -np.sort(-scores, axis=1)[:, 1 : _NEAREST + 1]
    means: Scores = best.mean(axis=1) if best.shape[1] else scores[:, 0]
    return means


def _mutual(scores: Scores) -> list[_Group]:
    """Pairs each of which is the other's best by margin, near enough by score."""
    margins = _margins(scores)
    groups = []
    for row in range(scores.shape[0]):
        column = int(margins[row].argmax())
        if int(margins[:, column].argmax()) == row and scores[row, column] >= _LINKED:
            groups.append(_Group([row], [column], ["mutual-best"]))
    return groups


def _grow(groups: list[_Group], sides: tuple[_Side, _Side], scores: Scores) -> None:
    """Take neighbours that stand in no link into a group, where both sides then come nearer to each other."""
    free = [set(range(n)) - {row for group in groups for row in (group.left, group.right)[side]} for side, n in enumerate(scores.shape)]
    for group in groups:
        grown = True
        while grown:
            grown = False
            for side, rows in enumerate((group.left, group.right)):
                near = _score(group, sides)
                for row in (min(rows) - 1, max(rows) + 1):
                    if row not in free[side] or len(rows) >= _MOST or not _beside(sides[side], row, rows):
                        continue
                    rows.append(row)
                    if _score(group, sides) >= near + _GROWN and _belongs(
                        scores if side == 0 else scores.T, row, (group.right, group.left)[side]
                    ):
                        free[side].discard(row)
                        group.rules.append("neighbour")
                        near, grown = _score(group, sides), True
                    else:
                        rows.remove(row)
        group.left.sort()
        group.right.sort()


def _beside(side: _Side, row: int, rows: list[int]) -> bool:
    """Whether the row stands in the section of the group."""
    return side.document.sentences[side.places[row]].section == side.document.sentences[side.places[rows[0]]].section


def _belongs(scores: Scores, row: int, others: list[int]) -> bool:
    """Whether what is nearest to the row is in the group."""
    return int(scores[row].argmax()) in others


def _score(group: _Group, sides: tuple[_Side, _Side]) -> float:
    """The cosine of the two sides of a group, each the sum of its sentences by length."""
    one, two = (_sum(side, rows) for side, rows in zip(sides, (group.left, group.right), strict=True))
    return round(float(one @ two), 4)


def _sum(side: _Side, rows: list[int]) -> Scores:
    lengths = np.array([len(side.texts[row]) ** 0.5 for row in rows], np.float32)
    total: Scores = lengths @ side.vectors[rows]
    return total / max(float(np.linalg.norm(total)), 1e-6)


def _state(group: _Group, sides: tuple[_Side, _Side], encode: Encode) -> SentenceLink:
    score = _score(group, sides)
    evidence = [[side.evidence[row] for row in rows] for side, rows in zip(sides, (group.left, group.right), strict=True)]
    grade: Grade = "same" if score >= _SAME else "partly"
    rules = [*dict.fromkeys(group.rules)]
    if grade == "partly":
        rules.append("low-score")
    found = disagreements(evidence[0], evidence[1])
    states = [frozenset().union(*(one.states for one in side)) for side in evidence]
    if any(one.severity == "conflict" for one in found):
        grade, rules = "partly", [*rules, *sorted({f"{one.slot}-conflict" for one in found if one.severity == "conflict"})]
    if any(one.severity != "conflict" for one in found):
        grade, rules = "partly", [*rules, *sorted({f"{one.slot}-{one.severity}" for one in found if one.severity != "conflict"})]
    if states[0] != states[1]:
        grade, rules = "partly", [*rules, "states-differ"]
    if grade == "same" and not _covered(group, sides, encode):
        grade, rules = "partly", [*rules, "clause-without-counterpart"]
    return _link(group.left, group.right, sides, grade, score, rules)


def _covered(group: _Group, sides: tuple[_Side, _Side], encode: Encode) -> bool:
    """Whether every clause of each side has one of the other side that it is near to, or is near to the whole."""
    texts = [" ".join(side.texts[row] for row in rows) for side, rows in zip(sides, (group.left, group.right), strict=True)]
    clauses = [[text, *(piece for piece in _SPLIT.split(text) if len(piece) >= _LEAST)] for text in texts]
    vectors = encode([*clauses[0], *clauses[1]])
    near = vectors[: len(clauses[0])] @ vectors[len(clauses[0]) :].T
    return bool((near.max(axis=1) >= _CLAUSE).all() and (near.max(axis=0) >= _CLAUSE).all())


def _topics(groups: list[_Group], sides: tuple[_Side, _Side], scores: Scores, cosines: Scores) -> list[SentenceLink]:
    """Each left sentence that stands in no link, with the right one that is nearest, when it is near enough to be of its topic."""
    taken = {row for group in groups for row in group.left}
    found = []
    for row in range(scores.shape[0]):
        column = int(scores[row].argmax())
        if row not in taken and scores[row, column] >= _TOPIC:
            found.append(_link([row], [column], sides, "topic", round(float(cosines[row, column]), 4), ["nearest"]))
    return found


def _link(left: list[int], right: list[int], sides: tuple[_Side, _Side], grade: Grade, score: float, rules: list[str]) -> SentenceLink:
    one, two = sides
    return SentenceLink(
        one.document.id, tuple(one.places[row] for row in left), two.document.id, tuple(two.places[row] for row in right),
        grade, round(min(max(score, 0.0), 1.0), 3), tuple(rules),
    )  # fmt: skip
