"""The figures of the first issue on the two real texts, read, coded and compared as `dragoman evaluate` does it."""

from __future__ import annotations

from pathlib import Path

import pytest

from dragoman.answers.evaluation import LEVELS, Report, Row, compare, judged, read_gold
from dragoman.coding import code
from dragoman.reading import find, read

FLOORS = {"found": 0.84, "typed": 0.81, "roles": 0.66, "dated": 0.57}
"""Least F1 at each level, in each language."""
PRECISION = 0.80


@pytest.fixture(scope="module")
def report(shared: Path) -> Report:
    documents = [read(source) for source in find([shared / "seeds"])]
    system = [judged(statement) for document in documents for statement in code(document)]
    return compare(read_gold(shared / "gold" / "seeds.jsonl"), system, {document.id: document.language for document in documents})


def show(row: Row) -> str:
    levels = (f"{level} P {f.precision} R {f.recall} F {f.f1}" for level in LEVELS for f in [row.levels[level]])
    return f"gold {row.gold}, system {row.system}: {', '.join(levels)}"


def test_both_texts_are_judged(report: Report) -> None:
    assert set(report.languages) == {"en", "ar"}
    assert report.absent == ()


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("level", FLOORS)
def test_levels(report: Report, language: str, level: str) -> None:
    row = report.languages[language]
    assert row.levels[level].f1 >= FLOORS[level], show(row)


@pytest.mark.parametrize("language", ["en", "ar"])
def test_precision(report: Report, language: str) -> None:
    row = report.languages[language]
    assert row.levels["found"].precision >= PRECISION, show(row)
