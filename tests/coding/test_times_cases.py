"""Expressions written from the ways of history books (times.*.yaml): at least 95 of 100 mean what they should."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from dragoman.coding.running import Clock
from dragoman.coding.times import Tagger

LANGUAGES = ("en", "ar")
FLOOR = 0.95


def cases(language: str) -> list[tuple[str, str, str]]:
    """(what goes before, text, EDTF) of a language's cases."""
    groups = yaml.safe_load(Path(__file__).with_name(f"times.{language}.yaml").read_text("utf-8"))
    return [(*[""] * (3 - len(case)), *case) for group in groups.values() for case in group]  # type: ignore[misc]


def read(language: str, before: str, text: str) -> str:
    """The EDTF of what stands in the text, after what goes before it, parted by " + "."""
    tagger, clock = Tagger(language), Clock(language)
    whole = f"{before} {text}" if before else text
    start = len(whole) - len(text)
    clock.resolve(tagger.tag(whole, 0, start), whole, 0, start)
    return " + ".join(w.edtf for w in clock.resolve(tagger.tag(whole, start), whole, start, len(whole)) if w.edtf)


@pytest.mark.parametrize("language", LANGUAGES)
def test_there_are_at_least_two_hundred_cases_a_language(language: str) -> None:
    assert len(cases(language)) >= 200


@pytest.mark.parametrize("language", LANGUAGES)
def test_expressions_of_history_books_mean_what_they_should(language: str) -> None:
    wrong = [f"{b} | {t}: {got or 'nothing'}, not {e or 'nothing'}" for b, t, e in cases(language) if (got := read(language, b, t)) != e]
    assert len(wrong) <= (1 - FLOOR) * len(cases(language)), "\n".join(wrong)
