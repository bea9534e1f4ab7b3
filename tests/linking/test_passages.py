"""Linked sentences held against each other: what cannot both be true is told, and nothing else."""

from __future__ import annotations

import pytest

from dragoman.linking.named import find_named
from dragoman.linking.passages import differ_sentences
from dragoman.statement import Grade, SentenceLink
from making import make_document


def run(english: str, arabic: str, score: float = 0.7, grade: Grade = "same") -> list[tuple[str, str]]:
    en, ar = make_document("a.en", english), make_document("a.ar", arabic, language="ar")
    found = differ_sentences(SentenceLink("a.ar", (0,), "a.en", (0,), grade, score), ar, en)
    return [(one.slot, one.severity) for one in found]


@pytest.mark.parametrize(
    ("english", "arabic", "expected"),
    [
        ("The visit was in 1987.", "كانت الزيارة عام 1986.", [("date", "conflict")]),
        ("The visit was in 1987.", "كانت الزيارة عام 1987.", []),
        ("The visit was on 3 May 1987.", "كانت الزيارة عام 1987.", []),
        ("It sent sixteen pilots.", "أرسلت ثمانية طيارين.", [("number", "conflict")]),
        ("It was vetoed by Russia and China.", "نقضته روسيا وحدها.", [("actor", "conflict")]),
        ("It was vetoed by Russia alone.", "نقضته روسيا والصين.", [("actor", "conflict")]),
        ("It was vetoed by Russia and China.", "نقضته روسيا.", []),
        ("It was vetoed by Russia alone.", "نقضته روسيا وحدها.", []),
        ("According to Pakistani accounts, a pilot shot it down.", "أسقط أحد الطيارين الطائرة.", [("modality", "conflict")]),
        ("According to Pakistani accounts, a pilot shot it down.", "وفقا لروايات باكستانية، أسقط أحد الطيارين الطائرة.", []),
        ("According to Pakistani accounts, a pilot shot it down.", "قال الباكستانيون إن أحد الطيارين أسقط الطائرة.", []),
    ],
)
def test_what_cannot_both_be_true(english: str, arabic: str, expected: list[tuple[str, str]]) -> None:
    assert run(english, arabic) == expected


def test_a_weak_link_and_a_mere_topic_tell_nothing() -> None:
    assert run("The visit was in 1987.", "كانت الزيارة عام 1986.", score=0.4) == []
    assert run("The visit was in 1987.", "كانت الزيارة عام 1986.", grade="topic") == []


def test_a_language_that_is_not_known_tells_nothing() -> None:
    left, right = make_document("a.en", "In 1987."), make_document("a.fr", "En 1986.", language="fr")
    assert differ_sentences(SentenceLink("a.en", (0,), "a.fr", (0,), "same", 0.9), left, right) == ()


def test_states_are_named_with_their_places() -> None:
    text = "نقضته روسيا والصين"
    assert [(one.code, text[one.start : one.end], one.joined) for one in find_named(text, "ar")] == [
        ("RUS", "روسيا", False),
        ("CHN", "والصين", True),
    ]
    assert find_named("La Russie", "fr") == ()
