"""Documents and their statements in, and out: what is linked, which facts they make, where these differ, what conflicts, which issues.

What a record already holds can be handed in as `kept`: then only pairs with a statement of a changed document are compared anew.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from functools import cache
from itertools import combinations

import msgspec

from dragoman.coding.fingerprint import hash_rooms
from dragoman.linking import conflicts, differences, facts, issues, pairs, slots
from dragoman.linking.pairs import Judgements
from dragoman.linking.sentences import link_sentences
from dragoman.linking.similarity import Encode, Similarity
from dragoman.linking.view import View
from dragoman.statement import Conflict, Document, Fact, Grade, Issue, Link, SentenceLink, Statement

Progress = Callable[[int, int], None]


class Kept(msgspec.Struct, frozen=True):
    """What is there already. changed: ids of the documents that are new or otherwise than before; links and sentences: of all others."""

    changed: frozenset[str]
    links: tuple[Link, ...] = ()
    sentences: tuple[SentenceLink, ...] = ()


class Linked(msgspec.Struct, frozen=True):
    """All that linking tells of a set of documents; each part in a fixed order."""

    sentences: tuple[SentenceLink, ...]
    links: tuple[Link, ...]
    facts: tuple[Fact, ...]
    conflicts: tuple[Conflict, ...]
    issues: tuple[Issue, ...]


def link(
    documents: Iterable[Document],
    statements: Iterable[Statement],
    encode: Encode,
    judgements: Judgements = Judgements(),
    kept: Kept | None = None,
    progress: Progress | None = None,
) -> Linked:
    """Link `statements`, each of one of `documents`. Documents of one subject are versions of one text: their sentences are linked too.

    encode: texts to vectors of length 1. progress: called with the documents done and how many there are. The same input gives the same
    result, in whatever order it comes, and with whatever of it is `kept`.
    """
    by_id = {document.id: document for document in sorted(documents, key=lambda document: document.id)}
    every = [
        slots.read(one, by_id[one.doc].sentences, by_id[one.doc].subject) for one in sorted(statements, key=facts.order) if one.doc in by_id
    ]
    similar = Similarity(encode)
    changed = kept.changed if kept else frozenset(by_id)
    sentences = [*(kept.sentences if kept else ()), *_sentences(by_id, changed, similar, progress)]
    new = {one.statement.id for one in every if one.statement.doc in changed} if kept else None
    links = [*(kept.links if kept else ()), *pairs.compare(every, _by_place(sentences), similar, judgements, new)]
    links.sort(key=lambda one: (one.left, one.right))
    found = {one.statement.id: one for one in every}
    groups = facts.group(found, links, judgements)
    made = [facts.state([found[id] for id in ids], lambda members: differences.differ(members, by_id)) for ids in groups]
    here: dict[str, list[slots.Slots]] = defaultdict(list)
    for one in every:
        here[one.statement.doc].append(one)
    views = [View(document, here[id]) for id, document in by_id.items()]
    return Linked(
        tuple(sorted(sentences, key=lambda one: (one.left_doc, one.right_doc, one.left, one.right))),
        tuple(links),
        tuple(made),
        tuple(conflicts.find(views, made, similar)),
        tuple(issues.find(every, made, similar)),
    )


def _sentences(by_id: Mapping[str, Document], changed: Collection[str], similar: Similarity, progress: Progress | None) -> Iterable[SentenceLink]:
    """The links of sentences between each two documents of one subject of which one has changed."""
    subjects: dict[str, list[Document]] = defaultdict(list)
    for document in by_id.values():
        if document.subject:
            subjects[document.subject].append(document)
    due = [
        pair for _, versions in sorted(subjects.items()) for pair in combinations(versions, 2) if not changed.isdisjoint({d.id for d in pair})
    ]
    similar.prepare(document.text[s.start : s.end] for pair in due for document in pair for s in document.sentences)
    for number, (left, right) in enumerate(due, 1):
        yield from link_sentences(left, right, similar.vectors)
        if progress:
            progress(number, len(due))


def _by_place(sentences: Iterable[SentenceLink]) -> dict[tuple[str, int, str, int], tuple[Grade, float]]:
    """The links of sentences by the two places that each joins."""
    found: dict[tuple[str, int, str, int], tuple[Grade, float]] = {}
    for one in sentences:
        for left in one.left:
            for right in one.right:
                (a, i), (b, j) = sorted(((one.left_doc, left), (one.right_doc, right)))
                found[a, i, b, j] = (one.grade, one.score)
    return found


@cache
def fingerprint() -> str:
    """Sixteen hexadecimal digits over the code and words that linking depends on; another one means that all is linked anew."""
    return hash_rooms("dragoman.linking", "dragoman.languages", "dragoman.coding")
