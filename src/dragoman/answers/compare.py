"""Versions of one text compared: what all say, what only one says and where it would belong, where they differ, what conflicts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

import msgspec

from dragoman.answers import editions as versions_of
from dragoman.answers import subjects
from dragoman.answers.changes import Change, follow
from dragoman.answers.conflicts import Told, tell
from dragoman.errors import QueryError
from dragoman.linking.slots import place
from dragoman.record import Record, linked
from dragoman.statement import Difference, Document, Fact, SentenceLink, Statement


class Version(msgspec.Struct, frozen=True):
    """One of the texts. sentences: that count as prose or list; told: of them, those that another version says too."""

    id: str
    language: str
    edition: str
    title: str
    sentences: int
    told: int
    statements: int
    shared: int


class Part(msgspec.Struct, frozen=True):
    """A section, and how much of it other versions have. title: "" for what stands before the first heading. sentences, told, statements,
    shared: as of a Version."""

    document: str
    title: str
    sentences: int
    told: int
    statements: int
    shared: int


class Both(msgspec.Struct, frozen=True):
    """A fact that several versions state: its statements in them, and its differences."""

    fact: Fact
    statements: tuple[Statement, ...]


class Sentences(msgspec.Struct, frozen=True):
    """Linked sentences that differ in what no statement carries. texts: by document id."""

    texts: dict[str, str]
    differences: tuple[Difference, ...]


class Only(msgspec.Struct, frozen=True):
    """A statement that only one version has. sentence: the sentence that it stands in. section: the title of its own section.
    belongs: by document id, the section where it would stand there ("" for the beginning)."""

    statement: Statement
    sentence: str
    section: str
    belongs: dict[str, str]


class Comparison(msgspec.Struct, frozen=True):
    """Versions of one subject beside each other. conflicts: with a statement of any of them. both: those with differences first.

    changes: from each edition to the next of its language, where there are several.
    """

    subject: str
    versions: tuple[Version, ...]
    conflicts: tuple[Told, ...]
    both: tuple[Both, ...]
    sentences: tuple[Sentences, ...]
    only: tuple[Only, ...]
    coverage: tuple[Part, ...]
    changes: tuple[Change, ...] = ()

    @property
    def differing(self) -> tuple[Both, ...]:
        """Of what several versions state, what differs."""
        return tuple(one for one in self.both if one.fact.differences)

    @property
    def followed(self) -> bool:
        """Whether these are two editions of one text and nothing else, so that the changes tell what only one of them says."""
        return len(self.versions) == 2 and bool(self.changes)


_SURE = 0.45
_GRAVITY = ("conflict", "coarser", "only-here")


def compare(record: Record, subject: str, editions: Sequence[str] = ()) -> Comparison:
    """Compare all versions of a subject, or the chosen ones (answers/editions.py says how they are named).

    Of current documents the record holds what linking found; with an older edition among them they are linked here.
    Raises QueryError: an unknown subject or edition, fewer than two versions, a record that is not linked.
    """
    chosen = versions_of.choose(record, subject, editions)
    documents = [one.document for one in chosen]
    if len(documents) < 2:
        there = documents[0].id if documents else "nothing"
        raise QueryError(
            f"There is only one version of {subject!r}: {there}.",
            str(record.path),
            "Build another language or edition of it into the record.",
        )
    found = _found(record, chosen)
    by_id = {document.id: document for document in documents}
    statements = found.statements
    both = sorted(_both(found.facts, statements), key=lambda one: _gravity(one.fact.differences))
    shared = {one.id for pair in both for one in pair.statements}
    counterpart = _counterparts(found.links)

    def beside(one: Statement, other: Statement) -> bool:
        index, elsewhere = (place(each, by_id[each.doc].sentences) for each in (one, other))
        return counterpart.get((one.doc, index), {}).get(other.doc) == elsewhere

    return Comparison(
        subject=documents[0].subject,
        versions=tuple(_version(document, statements.values(), shared, counterpart) for document in documents),
        conflicts=found.conflicts,
        both=tuple(both),
        sentences=tuple(_sentences(found.links, by_id, both)),
        only=tuple(_only(statements.values(), shared, by_id, counterpart)),
        coverage=tuple(part for document in documents for part in _coverage(document, statements.values(), shared, counterpart)),
        changes=tuple(follow(chosen, statements.values(), [one.fact for one in both], beside)),
    )


class _Found(msgspec.Struct, frozen=True):
    """What there is of the chosen versions: statements by id, and what linking found."""

    statements: dict[str, Statement]
    facts: list[Fact]
    links: list[SentenceLink]
    conflicts: tuple[Told, ...]


def _found(record: Record, chosen: Sequence[versions_of.Edition]) -> _Found:
    if all(one.current for one in chosen):
        subjects.check_linked(record, [one.document for one in chosen])
        ids = [one.document.id for one in chosen]
        statements = {one.id: one for one in record.statements("list_contains(?, doc)", [ids])}
        some = "list_has_any(statements, ?)", [list(statements)]
        links = linked.sentences(record, "list_contains(?, left_doc) AND list_contains(?, right_doc)", [ids, ids])
        return _Found(statements, list(linked.facts(record, *some)), list(links), tuple(tell(record, linked.conflicts(record, *some))))
    statements = {one.id: one for one in versions_of.statements(record, chosen)}
    found = versions_of.link_versions(record, chosen, statements.values())
    conflicts = (Told(one, tuple(statements[id] for id in one.statements)) for one in found.conflicts)
    return _Found(statements, list(found.facts), list(found.sentences), tuple(conflicts))


def _both(facts: Iterable[Fact], statements: Mapping[str, Statement]) -> Iterable[Both]:
    for fact in facts:
        here = tuple(statements[id] for id in fact.statements if id in statements)
        if len({one.doc for one in here}) > 1:
            kept = tuple(one for one in (_within(one, statements) for one in fact.differences) if one)
            yield Both(msgspec.structs.replace(fact, differences=kept), here)


def _within(difference: Difference, statements: Mapping[str, Statement]) -> Difference | None:
    """The difference as far as it is one between the chosen versions."""
    values = {id: value for id, value in difference.values.items() if id in statements}
    if not values or (difference.severity != "only-here" and len(set(values.values())) < 2):
        return None
    return msgspec.structs.replace(difference, values=values)


def _gravity(differences: Sequence[Difference]) -> int:
    return min((_GRAVITY.index(one.severity) for one in differences), default=len(_GRAVITY))


_Places = Mapping[tuple[str, int], Mapping[str, int]]


def _counterparts(links: Iterable[SentenceLink]) -> _Places:
    """For a sentence, by document and index, the sentences of other documents that say the same: by document, the first index.

    A link of a low score whose sides conflict besides is none to build on.
    """
    found: dict[tuple[str, int], dict[str, int]] = defaultdict(dict)
    for link in links:
        doubtful = "low-score" in link.rules and any(rule.endswith("-conflict") for rule in link.rules) and link.score < _SURE
        if link.grade in ("same", "partly") and not doubtful:
            for left in link.left:
                found[link.left_doc, left].setdefault(link.right_doc, min(link.right))
            for right in link.right:
                found[link.right_doc, right].setdefault(link.left_doc, min(link.left))
    return found


def _counted(document: Document) -> list[int]:
    return [index for index, sentence in enumerate(document.sentences) if sentence.role in ("body", "list")]


def _version(document: Document, statements: Iterable[Statement], shared: set[str], counterpart: _Places) -> Version:
    own = [one for one in statements if one.doc == document.id]
    counted = _counted(document)
    told = sum(1 for index in counted if (document.id, index) in counterpart)
    said = sum(1 for one in own if one.id in shared)
    return Version(document.id, document.language, document.edition, document.title, len(counted), told, len(own), said)


def _coverage(document: Document, statements: Iterable[Statement], shared: set[str], counterpart: _Places) -> Iterable[Part]:
    """Each section that has sentences, in order."""
    own: dict[int, list[Statement]] = defaultdict(list)
    for one in statements:
        if one.doc == document.id:
            index = place(one, document.sentences)
            own[document.sentences[index].section if index >= 0 else -1].append(one)
    sections: dict[int, list[int]] = defaultdict(list)
    for index in _counted(document):
        sections[document.sentences[index].section].append(index)
    for section in sorted(sections):
        here = own.get(section, [])
        told = sum(1 for index in sections[section] if (document.id, index) in counterpart)
        yield Part(
            document.id, _title(document, section), len(sections[section]), told, len(here), sum(1 for one in here if one.id in shared)
        )


def _title(document: Document, section: int) -> str:
    return document.sections[section].title if 0 <= section < len(document.sections) else ""


def _only(statements: Iterable[Statement], shared: set[str], by_id: Mapping[str, Document], counterpart: _Places) -> Iterable[Only]:
    for one in sorted(statements, key=lambda one: (list(by_id).index(one.doc), one.start, one.end, one.id)):
        if one.id in shared:
            continue
        document = by_id[one.doc]
        index = place(one, document.sentences)
        sentence = document.text[document.sentences[index].start : document.sentences[index].end] if index >= 0 else one.quote
        section = document.sentences[index].section if index >= 0 else -1
        belongs = {id: _belongs(document, index, other, counterpart) for id, other in by_id.items() if id != one.doc}
        yield Only(one, sentence, _title(document, section), belongs)


def _belongs(document: Document, index: int, other: Document, counterpart: _Places) -> str:
    """The section of the other version that says what stands nearest to the sentence, rather before it; "" for its beginning."""
    near: list[tuple[bool, float, int]] = []
    for (id, at), places in counterpart.items():
        if id == document.id and other.id in places:
            elsewhere = _section(document, at) != _section(document, index)
            near.append((elsewhere, abs(at - index) + (0.5 if at > index else 0), places[other.id]))
    return _title(other, _section(other, min(near)[2])) if near and index >= 0 else ""


def _section(document: Document, index: int) -> int:
    return document.sentences[index].section if 0 <= index < len(document.sentences) else -1


def _sentences(links: Iterable[SentenceLink], by_id: Mapping[str, Document], both: Sequence[Both]) -> Iterable[Sentences]:
    """Linked sentences with differences in slots that no fact of theirs tells of."""
    told = {
        (one.doc, place(one, by_id[one.doc].sentences), difference.slot)
        for pair in both
        for difference in pair.fact.differences
        for one in pair.statements
    }
    for link in links:
        sides = ((by_id[link.left_doc], link.left), (by_id[link.right_doc], link.right))
        kept = tuple(d for d in link.differences if not any((side.id, i, d.slot) in told for side, indexes in sides for i in indexes))
        if kept:
            yield Sentences({side.id: _text(side, indexes) for side, indexes in sides}, kept)


def _text(document: Document, indexes: Sequence[int]) -> str:
    return " ".join(document.text[s.start : s.end] for s in (document.sentences[index] for index in indexes))
