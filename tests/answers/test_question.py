"""A question is read for what it asks, whom and which times it names, and what is left to look for."""

from __future__ import annotations

import pytest

from dragoman.answers.passages import stem
from dragoman.answers.question import read_question
from dragoman.languages import available, load
from dragoman.languages.folding import fold


@pytest.mark.parametrize(
    ("question", "asks"),
    [
        ("Who was ambassador in 2022?", "person"),
        ("When did they meet?", "time"),
        ("In which year was the embassy closed?", "time"),
        ("Where is the consulate?", "place"),
        ("How many troops were sent?", "number"),
        ("Did Pakistan close its embassy?", "whether"),
        ("Pakistan's embassy", ""),
        ("من زار دمشق؟", "person"),
        ("متى أغلقت السفارة؟", "time"),
        ("أين القنصلية؟", "place"),
        ("كم جنديا أرسلت؟", "number"),
        ("هل أغلقت باكستان سفارتها؟", "whether"),
    ],
)
def test_what_is_asked_for(question: str, asks: str) -> None:
    assert read_question(question).asks == asks


@pytest.mark.parametrize(
    ("question", "states", "words"),
    [
        ("Did Pakistan close its embassy in Damascus?", ("PAK", "SYR"), {"close", "embassy", "damascus"}),
        ("When did the United States recognise Egypt?", ("USA", "EGY"), {"recognise"}),
        ("هل أغلقت باكستان سفارتها في دمشق؟", ("PAK", "SYR"), {"اغلقت", "سفارتها", "دمشق"}),
        ("What happened?", (), set()),
    ],
)
def test_whom_it_names_and_what_is_left(question: str, states: tuple[str, ...], words: set[str]) -> None:
    read = read_question(question)
    assert read.states == states
    assert {word.word for word in read.words} == words


@pytest.mark.parametrize(
    ("question", "years", "lower", "upper"),
    [
        ("What happened in 2014?", (2014,), "2014-01-01", "2014-12-31"),
        ("What happened between 1973 and 1975?", (1973, 1974, 1975), "1973-01-01", "1975-12-31"),
        ("ماذا حدث في 17 فبراير 2014؟", (2014,), "2014-02-17", "2014-02-17"),
        ("Who cancelled the treaty of 1936?", (), "", ""),
        ("Who met?", (), "", ""),
    ],
)
def test_when(question: str, years: tuple[int, ...], lower: str, upper: str) -> None:
    read = read_question(question)
    assert (read.years, read.lower, read.upper) == (years, lower, upper)


def test_the_year_of_a_treaty_is_a_word_of_it() -> None:
    assert "1936" in {word.word for word in read_question("Who cancelled the treaty of 1936?").words}


@pytest.mark.parametrize(
    "question", ["Where did Pakistan stand on intervention in 2014?", "ما موقف باكستان من التدخل؟", "Does Iran support the plan?"]
)
def test_who_asks_for_a_stand_hears_of_either(question: str) -> None:
    assert {"SUPPORTS", "OPPOSES", "NEUTRAL"} <= set(read_question(question).types)


def test_a_word_knows_the_triggers_of_other_languages() -> None:
    english = {mark for word in read_question("Who visited Damascus?").words for mark in word.marks}
    arabic = {mark for word in read_question("من زار دمشق؟").words for mark in word.marks}
    assert {"!visit", "%CONSULT"} <= english & arabic


@pytest.mark.parametrize(
    ("language", "forms"),
    [
        ("en", ("recognise", "recognised", "recognizes", "recognising")),
        ("en", ("treaty", "treaties")),
        ("en", ("embassy", "embassies", "embassy's")),
        ("en", ("sign", "signed", "signing", "signs")),
        ("en", ("stop", "stopped", "stopping")),
        ("ar", ("سفارة", "السفارة", "سفارتها", "والسفارة", "سفارات")),
        ("ar", ("معاهدة", "المعاهدة", "للمعاهدة")),
    ],
)
def test_forms_of_a_word_meet(language: str, forms: tuple[str, ...]) -> None:
    assert len({stem(fold(form), language) for form in forms}) == 1, [stem(fold(form), language) for form in forms]


@pytest.mark.parametrize(
    ("language", "one", "other"),
    [("en", "treaty", "treat"), ("en", "arms", "army"), ("en", "state", "station"), ("ar", "سفارة", "سفر"), ("ar", "ولاية", "والي")],
)
def test_other_words_do_not(language: str, one: str, other: str) -> None:
    assert stem(fold(one), language) != stem(fold(other), language)


@pytest.mark.parametrize("language", available())
def test_the_data_of_a_language(language: str) -> None:
    data = load(language).questions
    assert set(data.asks) == {"person", "time", "place", "number", "reason", "thing", "whether"}
    assert all(data.asks.values()) and data.stand and data.stems
