"""Expressions written from the ways of history books: at least 95 of 100 mean what they should, and every probe does."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest
import yaml

from dragoman.coding.running import Clock
from dragoman.coding.times import Tagger

LANGUAGES = ("en", "ar")
FLOOR = 0.95
Case = tuple[str, str, str]
"""What goes before, the text, its EDTF."""


def load(name: str) -> dict[str, list[Case]]:
    """The groups of cases of a file beside this one."""
    groups = yaml.safe_load(Path(__file__).with_name(name).read_text("utf-8"))
    return {group: [("", *case)[-3:] for case in rows] for group, rows in groups.items()}


@cache
def cases(language: str) -> list[Case]:
    """A language's cases."""
    return [case for group in load(f"times.{language}.yaml").values() for case in group]


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


PROBES = [(language, *case) for language, group in load("times.probes.yaml").items() for case in group]


@pytest.mark.parametrize(("language", "before", "text", "edtf"), PROBES)
def test_every_probe_means_what_it_should(language: str, before: str, text: str, edtf: str) -> None:
    assert read(language, before, text) == edtf
    if before:
        assert read(language, "", text) == ""  # nothing is invented without the narrative


def test_there_are_sixty_six_probes() -> None:
    assert len(PROBES) == 66
