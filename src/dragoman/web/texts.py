"""The pages about words: one statement in its place, a document with its statements beside it, two versions of a text side by side."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec

from dragoman.answers import judged
from dragoman.answers.aligned import Row, align
from dragoman.answers.compare import compare as compare_versions
from dragoman.answers.explanation import mark
from dragoman.answers.facts import alone
from dragoman.answers.find import Found
from dragoman.answers.find import statement as find_statement
from dragoman.answers.page import direction, tell_conflicts
from dragoman.answers.subjects import documents as find_versions
from dragoman.errors import QueryError
from dragoman.record import Record, linked
from dragoman.statement import Document, Sentence, Statement
from dragoman.web.view import SIZE, Asked, MissingError, View, tell


class Line(msgspec.Struct, frozen=True):
    """A sentence of a document, or the text between two that is no sentence's; and the statements that begin in it."""

    number: int
    role: str
    text: str
    statements: tuple[Statement, ...]


def statement(asked: Asked) -> View:
    """The quote in its paragraph, with the words that each field was read from; who else says it; where it comes from."""
    record, id = asked.record, asked.need("id")
    try:
        found = find_statement(record, id)
    except QueryError as error:
        raise MissingError(error.what, error.where, error.advice) from error
    one, document = found.statement, found.document
    fact = next(linked.facts(record, "list_contains(statements, ?)", [one.id]), None) if found.current else None
    others = [other for other in (fact.statements if fact else ()) if other != one.id]
    twins = list(record.statements("list_contains(?, id)", [others])) if others else []
    problems = tell_conflicts(record, linked.conflicts(record, "list_contains(statements, ?)", [one.id])) if found.current else []
    past = judged.history(record, found.machine.id)
    details = place(found) | {
        "machine": judged.machine_slots(found),
        "past_rows": past,
        "mark": judged.mark(one),
        "fact": fact,
        "twins": twins,
        "conflicts": problems,
        "rules": [(e, document.text[e.start : e.end] if e.start >= 0 else "") for e in one.evidence],
    }
    title = asked.words["statement"] + " " + one.id[:12]
    data = {"statement": one, "current": found.current, "document": describe(document), "fact": fact, "twins": twins, "conflicts": problems}
    data |= {"machine": found.machine, "judgements": past}
    return View("statement.html", title, details, data, lambda: map(tell, (one, *twins)))


def place(found: Found) -> dict[str, Any]:
    """A statement in its paragraph, with the words that each field was read from."""
    one, document = found.statement, found.document
    start, end = _paragraph(document, one)
    spans = [("quote", one.start, one.end)]
    spans += [(side, actor.start, actor.end) for side in ("source", "target") for actor in getattr(one, side)]
    spans += [(evidence.field, evidence.start, evidence.end) for evidence in one.evidence if evidence.field != "quote"]
    pieces = mark(document.text, start, end, spans)
    return {"one": one, "entry": alone(one), "document": document, "current": found.current, "pieces": pieces}


def describe(document: Document) -> dict[str, Any]:
    """A document without its text."""
    fields = ("id", "subject", "language", "edition", "title", "source", "licence", "encoding", "notes")
    return {name: getattr(document, name) for name in fields} | {"characters": len(document.text), "sentences": len(document.sentences)}


def _paragraph(document: Document, one: Statement) -> tuple[int, int]:
    """The bounds of the paragraph, or the paragraphs, that the statement's quote stands in."""
    own = [s for s in document.sentences if s.start < one.end and s.end > one.start]
    places = {(s.section, s.paragraph) for s in own}
    every = [s for s in document.sentences if (s.section, s.paragraph) in places]
    return min([one.start, *(s.start for s in every)]), max([one.end, *(s.end for s in every)])


def read_document(record: Record, id: str) -> Document:
    """The current edition of the document. Raises MissingError."""
    found = next(record.documents("id = ?", [id]), None)
    if found is None:
        raise MissingError(f"The record holds no document {id[:200]!r}.", "", "The page of documents lists those that there are.")
    return found


def document(asked: Asked) -> View:
    """The text as it was read, and beside each sentence what it says."""
    record = asked.record
    found = read_document(record, asked.need("id"))
    every = list(record.statements("doc = ?", [found.id]))
    lines = _lines(found, every)
    at = asked.get("at")
    place = next((number for number, line in enumerate(lines) if any(s.id == at for s in line.statements)), None)
    if place is not None and asked.get("page") is None:
        asked.values["page"] = str(place // SIZE + 1)
    part = asked.cut(lines)
    versions = [other for other in find_versions(record, found.subject) if other.id != found.id] if found.subject else []
    details = {"document": found, "part": part, "at": at, "versions": versions, "statements": len(every)}
    data = {"document": found, "statements": every}
    return View("document.html", found.title or found.id, details, data, lambda: map(tell, every))


def _lines(document: Document, statements: Sequence[Statement]) -> list[Line]:
    lines: list[Line] = []
    end = 0
    left = sorted(statements, key=lambda one: (one.start, one.end, one.id))
    for number, sentence in enumerate((*document.sentences, Sentence(len(document.text), len(document.text)))):
        if between := document.text[end : sentence.start].strip():
            lines.append(Line(-1, "between", between, ()))
        if number == len(document.sentences):
            break
        end = max(end, sentence.end)
        cut = next((i for i, one in enumerate(left) if one.start >= sentence.end), len(left))
        own, left = left[:cut], left[cut:]
        lines.append(Line(number, sentence.role, document.text[sentence.start : sentence.end], tuple(own)))
    if left:
        lines.append(Line(-1, "between", "", tuple(left)))
    return lines


def compare(asked: Asked) -> View:
    """Two versions of a text: conflicts, differences, then every sentence of both, aligned; the Arabic stands at the right."""
    record, subject = asked.record, asked.need("subject")
    versions = find_versions(record, subject)
    chosen = [id for id in (asked.get("left"), asked.get("right")) if id]
    pair = find_versions(record, subject, chosen) if chosen else versions
    if len(pair) < 2:
        pair = [*pair, *(one for one in versions if one.id not in {two.id for two in pair})]
    pair = _two(pair)
    found = compare_versions(record, subject, [one.id for one in pair])
    # The first column stands where the page's own lines begin.
    pair.sort(key=lambda one: (direction(one.language) == "rtl") != (asked.words["direction"] == "rtl"))
    rows = align(record, *pair)
    part = asked.cut(rows)
    only = {one.id: {line.statement.id: line for line in found.only if line.statement.doc == one.id} for one in pair}
    details = {
        "subject": found.subject,
        "versions": versions,
        "pair": pair,
        "found": found,
        "conflicts": [(told.conflict.problem, [alone(one) for one in told.statements]) for told in found.conflicts],
        "only": only,
        "part": part,
        "cells": [_cells(row, pair) for row in part.rows],
        "one_text": one_text,
    }
    return View(
        "compare.html",
        f"{asked.words['compare']}: {found.subject}",
        details,
        {"comparison": found, "rows": rows},
        lambda: [_tell_row(row, pair) for row in rows],
    )


def _two(found: Sequence[Document]) -> list[Document]:
    """The first, and the first in another language, else the next."""
    if len(found) < 2:
        return list(found)
    first, *rest = found
    return [first, next((one for one in rest if one.language.split("-")[0] != first.language.split("-")[0]), rest[0])]


def _cells(row: Row, pair: Sequence[Document]) -> tuple[Row, list[list[Sentence]]]:
    return row, [[document.sentences[index] for index in side] for document, side in zip(pair, (row.left, row.right), strict=True)]


def _tell_row(row: Row, pair: Sequence[Document]) -> dict[str, str]:
    _, cells = _cells(row, pair)
    told = {one.id: " ".join(one_text(one, sentence) for sentence in side) for one, side in zip(pair, cells, strict=True)}
    return {"grade": row.grade, **told, "differences": "; ".join(f"{one.slot}: {one.severity}" for one in row.differences)}


def one_text(document: Document, sentence: Sentence) -> str:
    """The words of a sentence."""
    return document.text[sentence.start : sentence.end]
