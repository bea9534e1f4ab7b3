"""Documents and their statements in, and out: what is linked, which facts they make, where these differ, what conflicts, which issues.

What a record already holds can be handed in as `kept`: then only pairs with a statement of a changed document are compared anew.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import cache, partial
from itertools import combinations, count

import msgspec

from dragoman.coding.fingerprint import hash_rooms
from dragoman.linking import conflicts, differences, facts, issues, pairs, slots
from dragoman.linking.pairs import NONE, Judgements
from dragoman.linking.passages import differ_sentences
from dragoman.linking.sentences import link_sentences
from dragoman.linking.similarity import Encode, Similarity
from dragoman.linking.view import View
from dragoman.statement import Conflict, Document, Fact, Grade, Issue, Link, SentenceLink, Statement

Progress = Callable[[int, int], None]


class Kept(msgspec.Struct, frozen=True):
    """What is there already. changed: ids of the documents that are new or otherwise than before. The rest is of all others.

    facts, conflicts: those of which no statement is of a changed document.
    """

    changed: frozenset[str]
    links: tuple[Link, ...] = ()
    sentences: tuple[SentenceLink, ...] = ()
    facts: tuple[Fact, ...] = ()
    conflicts: tuple[Conflict, ...] = ()


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
    judgements: Judgements = NONE,
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
    due, done = _due(by_id, changed), count(1)

    def step() -> None:
        if progress:
            progress(next(done), len(due) + 4)

    sentences = [*(kept.sentences if kept else ()), *_sentences(due, similar, step)]
    new = {one.statement.id for one in every if one.statement.doc in changed} if kept else None
    links = pairs.nearest([*(kept.links if kept else ()), *pairs.compare(every, _by_place(sentences), similar, judgements, new)])
    links.sort(key=lambda one: (one.left, one.right))
    step()
    found = {one.statement.id: one for one in every}
    groups = facts.group(found, links, judgements)
    stated = {fact.statements: fact for fact in kept.facts} if kept else {}
    made = [stated.get(ids) or facts.state([found[id] for id in ids], partial(differences.differ, documents=by_id)) for ids in groups]
    step()
    disputed = _conflicts(every, by_id, made, {fact.id for fact in stated.values()}, kept, similar)
    step()
    raised = issues.find(every, made, similar)
    step()
    sentences.sort(key=lambda one: (one.left_doc, one.right_doc, one.left, one.right))
    return Linked(tuple(sentences), tuple(links), tuple(made), tuple(disputed), tuple(raised))


def _conflicts(
    every: Sequence[slots.Slots],
    by_id: Mapping[str, Document],
    made: Sequence[Fact],
    same: Collection[str],
    kept: Kept | None,
    similar: Similarity,
) -> list[Conflict]:
    """All conflicts. same: ids of the facts that are as they were.

    Looked at again is each document that has changed, that shares a fact with one, before or now, or that a conflict joins to such a one.
    """
    here: dict[str, list[slots.Slots]] = defaultdict(list)
    doc_of: dict[str, str] = {}
    for one in every:
        here[one.statement.doc].append(one)
        doc_of[one.statement.id] = one.statement.doc
    if kept is None:
        return conflicts.find([View(document, here[id]) for id, document in by_id.items()], made, similar)
    told = {fact.id for fact in made}
    touched = [fact for fact in kept.facts if fact.id not in told] + [fact for fact in made if fact.id not in same]
    docs = {*kept.changed, *(doc_of[id] for fact in touched for id in fact.statements)}
    rest = list(kept.conflicts)
    while joined := [one for one in rest if any(doc_of[id] in docs for id in one.statements)]:
        docs |= {doc_of[id] for one in joined for id in one.statements}
        gone = {one.id for one in joined}
        rest = [one for one in rest if one.id not in gone]
    views = [View(by_id[id], here[id]) for id in by_id if id in docs]
    homes = [fact for fact in made if any(doc_of[id] in docs for id in fact.statements)]
    found = conflicts.find(views, homes, similar, {one.statement.id: one for one in every})
    place = {id: (one.statement.doc, one.statement.start, one.statement.end) for one in every for id in [one.statement.id]}
    return sorted([*rest, *found], key=lambda one: (one.kind, [place[id] for id in one.statements]))


def _due(by_id: Mapping[str, Document], changed: Collection[str]) -> list[tuple[Document, Document]]:
    """Each two documents of one subject of which one has changed."""
    subjects: dict[str, list[Document]] = defaultdict(list)
    for document in by_id.values():
        if document.subject:
            subjects[document.subject].append(document)
    pairs = [pair for _, versions in sorted(subjects.items()) for pair in combinations(versions, 2)]
    return [(left, right) for left, right in pairs if left.id in changed or right.id in changed]


def _sentences(due: Sequence[tuple[Document, Document]], similar: Similarity, step: Callable[[], None]) -> Iterator[SentenceLink]:
    """The links of sentences of each two documents, with what differs in them."""
    similar.prepare(document.text[s.start : s.end] for pair in due for document in pair for s in document.sentences)
    for left, right in due:
        for one in link_sentences(left, right, similar.vectors):
            yield msgspec.structs.replace(one, differences=differ_sentences(one, left, right))
        step()


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
