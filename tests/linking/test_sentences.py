"""Sentences that say the same find each other, in whatever order; what only one text says is left; a score never says "same"."""

from __future__ import annotations

import json
import random
from collections import defaultdict
from collections.abc import Sequence
from functools import cache
from pathlib import Path

import numpy as np
import pytest

from dragoman.encoding import Vectors, encode_cached, load
from dragoman.linking.sentences import link_sentences
from dragoman.reading import find, read
from dragoman.statement import Document, Sentence, SentenceLink
from making import make_document

ENGLISH = [
    "Norland and Sudland established diplomatic relations in 1948.",
    "In 1981 a Norland airliner was hijacked and taken to Damascus.",
    "Pakistan closed its embassy in Damascus and recalled its ambassador.",
    "The annual wheat harvest is sold to Egypt at low prices.",
    "Students from Syria study agriculture at the University of Faisalabad.",
]
ARABIC = [
    "أقامت نورلاند وسودلاند علاقات دبلوماسية عام 1948.",
    "في عام 1981 خطفت طائرة ركاب من نورلاند واقتيدت إلى دمشق.",
    "أغلقت باكستان سفارتها في دمشق واستدعت سفيرها.",
    "يباع محصول القمح السنوي لمصر بأسعار منخفضة.",
    "يدرس طلاب من سوريا الزراعة في جامعة فيصل آباد.",
]


@cache
def vector(text: str) -> tuple[float, ...]:
    return tuple(map(float, encode_cached(load(), [text])[0]))


def encode(texts: Sequence[str]) -> Vectors:
    return np.array([vector(text) for text in texts], np.float32).reshape(len(texts), load().dimensions)


def link(left: list[str], right: list[str], languages: tuple[str, str] = ("en", "ar")) -> list[SentenceLink]:
    return link_sentences(
        make_document("left", *left, language=languages[0]), make_document("right", *right, language=languages[1]), encode
    )


def said_twice(links: list[SentenceLink]) -> dict[tuple[int, ...], tuple[int, ...]]:
    return {one.left: one.right for one in links if one.grade in ("same", "partly")}


def test_the_order_of_the_texts_does_not_matter() -> None:
    order = [3, 0, 4, 2, 1]
    found = said_twice(link(ENGLISH, [ARABIC[i] for i in order]))
    assert found == {(i,): (order.index(i),) for i in range(5)}
    assert found == {left: right for right, left in said_twice(link([ARABIC[i] for i in order], ENGLISH, ("ar", "en"))).items()}


@pytest.mark.parametrize("left_out", range(5))
def test_what_only_one_text_says_stays_alone(left_out: int) -> None:
    rest = [i for i in range(5) if i != left_out]
    assert said_twice(link(ENGLISH, [ARABIC[i] for i in rest])) == {(i,): (rest.index(i),) for i in rest}


def test_two_editions_of_one_language() -> None:
    later = ["The harvest of wheat is sold each year to Egypt, at low prices.", *ENGLISH[:2], "A new airport opened in the north."]
    assert said_twice(link(ENGLISH, later, ("en", "en"))) == {(0,): (1,), (1,): (2,), (3,): (0,)}


def test_a_sentence_that_the_other_text_splits() -> None:
    whole = "Pakistan closed its embassy in Damascus, and in the north the two armies began joint exercises with tanks."
    split = [ARABIC[0], "أغلقت باكستان سفارتها في دمشق.", "وفي الشمال بدأ الجيشان تدريبات مشتركة بالدبابات.", ARABIC[3]]
    found = link([ENGLISH[0], whole, ENGLISH[3]], split)
    assert said_twice(found) == {(0,): (0,), (1,): (1, 2), (2,): (3,)}
    assert "neighbour" in next(one for one in found if one.left == (1,)).rules
    back = link(split, [ENGLISH[0], whole, ENGLISH[3]], ("ar", "en"))
    assert said_twice(back) == {right: left for left, right in said_twice(found).items()}


@pytest.mark.parametrize(
    ("english", "arabic", "rule"),
    [
        (ENGLISH[1], ARABIC[1].replace("1981", "1985"), "date-conflict"),
        (ENGLISH[1], ARABIC[1].replace("في عام 1981 ", ""), "date-only-here"),
        ("Pakistan sent 500 soldiers to the border.", "أرسلت باكستان 700 جندي إلى الحدود.", "number-conflict"),
        (ENGLISH[2], ARABIC[2].replace("باكستان", "إيران"), "states-differ"),
    ],
)
def test_a_score_alone_never_says_same(english: str, arabic: str, rule: str) -> None:
    (found,) = link([english], [arabic])
    assert found.grade == "partly"
    assert rule in found.rules
    assert found.score > 0.5


def test_what_agrees_is_the_same() -> None:
    (found,) = link([ENGLISH[2]], [ARABIC[2]])
    assert (found.grade, found.rules) == ("same", ("mutual-best",))


def test_headings_and_empty_documents_link_to_nothing() -> None:
    plain = make_document("right", *ARABIC, language="ar")
    heading = Document("left", "Relations", "en", sentences=(Sentence(0, 9, 0, "heading"),))
    assert link_sentences(heading, plain, encode) == []
    assert link_sentences(plain, Document("none", "", "en"), encode) == []


def test_the_same_input_gives_the_same_links() -> None:
    assert link(ENGLISH, ARABIC) == link(ENGLISH, ARABIC)


def test_sentences_of_the_seeds(shared: Path) -> None:
    """Each Arabic sentence that has a counterpart by the facts of gold finds one, and no link is wrong."""
    documents = {document.language: document for document in map(read, find([shared / "seeds"]))}
    gold = [json.loads(line) for line in (shared / "gold" / "seeds.jsonl").read_text("utf-8").splitlines()]

    def place(number: int) -> tuple[str, int]:
        language = gold[number]["doc"].rpartition(".")[2]
        sentences = documents[language].sentences
        return language, next(i for i, s in enumerate(sentences) if s.start <= gold[number]["start"] < s.end)

    true = set()
    for line in (shared / "gold" / "seeds.facts.jsonl").read_text("utf-8").splitlines():
        places = [place(number) for number in json.loads(line)["statements"]]
        true |= {(i, j) for a, i in places if a == "ar" for b, j in places if b == "en"}
    links = link_sentences(documents["ar"], documents["en"], encode)
    found = {(i, j) for one in links if one.grade != "topic" for i in one.left for j in one.right}
    assert len(found) >= 17
    assert not found - true
    assert {i for i, _ in true} == {i for i, _ in found}


def test_left_out_sentences_of_articles(shared: Path) -> None:
    """Half of one side taken away, as in bench/linking.py, on some of the articles."""
    articles = defaultdict(list)
    for line in (shared / "data" / "alignment" / "xquad.en-ar.sents.tsv").read_text("utf-8").splitlines():
        title, _, _, english, arabic = line.split("\t")
        articles[title].append((english, arabic))
    chance = random.Random(5)
    right, found, true = 0, 0, 0
    for pairs in list(articles.values())[:5]:
        kept = sorted(chance.sample(range(len(pairs)), len(pairs) - len(pairs) // 2))
        twice = said_twice(link([english for english, _ in pairs], [pairs[i][1] for i in kept]))
        joined = {(i, kept[j]) for left, rights in twice.items() for i in left for j in rights}
        right, found, true = right + sum(i == j for i, j in joined), found + len(joined), true + len(kept)
    assert right / found >= 0.97
    assert right / true >= 0.97
