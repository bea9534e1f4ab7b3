"""Two documents side by side: every sentence of both, those that linking has put together in one row."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec

from dragoman.record import Record, linked
from dragoman.statement import Difference, Document, Grade, SentenceLink


class Row(msgspec.Struct, frozen=True):
    """Sentences that say the same, or one that only one side has. left, right: indexes in `Document.sentences`, perhaps none."""

    left: tuple[int, ...]
    right: tuple[int, ...]
    grade: Grade
    differences: tuple[Difference, ...] = ()


def align(record: Record, left: Document, right: Document) -> list[Row]:
    """The rows in the order of `left`; what only `right` has stands behind the sentence that it follows there."""
    sql = "(left_doc = ? AND right_doc = ?) OR (left_doc = ? AND right_doc = ?)"
    found = linked.sentences(record, sql, [left.id, right.id, right.id, left.id])
    links = [link if link.left_doc == left.id else _turned(link) for link in found]
    return merge(len(left.sentences), len(right.sentences), [link for link in links if link.grade in ("same", "partly")])


def _turned(link: SentenceLink) -> SentenceLink:
    return msgspec.structs.replace(link, left_doc=link.right_doc, left=link.right, right_doc=link.left_doc, right=link.left)


def merge(left: int, right: int, links: Sequence[SentenceLink]) -> list[Row]:
    """`align` for so many sentences of each side and these links: each sentence in at least one row, in several only if linked so."""
    told = {index for link in links for index in link.right}
    first: dict[int, list[SentenceLink]] = {}
    for link in links:
        first.setdefault(min(link.left), []).append(link)
    linked_left = {index for link in links for index in link.left}

    def behind(index: int) -> Iterator[Row]:
        while (index := index + 1) < right and index not in told:
            yield Row((), (index,), "none")

    rows = list(behind(-1))
    seen: set[int] = set()
    for index in range(left):
        if index not in linked_left:
            rows.append(Row((index,), (), "none"))
        for link in first.get(index, ()):
            rows.append(Row(link.left, link.right, link.grade, link.differences))
            for other in link.right:
                if other not in seen:
                    seen.add(other)
                    rows += behind(other)
    return rows
