"""Running texts written and annotated apart from the coder: texts/README.md says which may be read and which are only scored."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from dragoman.answers.evaluation import Judged, Row, compare, judged, read_gold
from dragoman.coding import code
from dragoman.reading import find, read
from dragoman.statement import TYPES, Document

FOLDER = Path(__file__).parent / "texts"
READ = set((FOLDER / "readable").read_text("utf-8").split())
FLOORS = {"found": 0.48, "typed": 0.38, "roles": 0.22}
"""Least F1 on the texts that are only scored, in each language."""
PRECISION = 0.75


@cache
def documents() -> dict[str, Document]:
    return {document.id: document for document in map(read, find([FOLDER])) if document.id != "README"}


@cache
def gold() -> tuple[Judged, ...]:
    return tuple(read_gold(FOLDER / "statements.jsonl"))


@cache
def row(language: str) -> Row:
    """The figures of the texts in a language that are only scored."""
    unread = {name: d for name, d in documents().items() if name not in READ and d.language == language}
    system = [judged(statement) for document in unread.values() for statement in code(document)]
    return compare([g for g in gold() if g.doc in unread], system, dict.fromkeys(unread, language)).all


def test_the_gold_is_sound() -> None:
    assert {g.doc for g in gold()} == set(documents())
    assert set(documents()) > READ
    for one in gold():
        assert documents()[one.doc].text[one.start : one.end] == one.quote
        assert one.type in TYPES[one.kind]


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("level", FLOORS)
def test_levels(language: str, level: str) -> None:
    assert row(language).levels[level].f1 >= FLOORS[level], row(language)


@pytest.mark.parametrize("language", ["en", "ar"])
def test_precision(language: str) -> None:
    assert row(language).levels["found"].precision >= PRECISION, row(language)
