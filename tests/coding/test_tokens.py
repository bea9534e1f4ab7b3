"""Words keep their places, and each is read plainly first, then without what is written on to it."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.coding.lexicon import lexicon
from dragoman.coding.tokens import Token, Tokenizer
from dragoman.languages.folding import fold

ENGLISH, ARABIC = lexicon("en").tokenizer, lexicon("ar").tokenizer
TEXT = st.text(st.characters(codec="utf-8"), max_size=50) | st.text("abس وال'’.,U.S-ُـ‌\u202b\r\n١2_👩‍👧", max_size=40)


def words(text: str) -> list[str]:
    return [token.text for token in ENGLISH.cut(text)]


@pytest.mark.parametrize("tokenizer", [ENGLISH, ARABIC])
@given(text=TEXT)
def test_tokens_stand_in_order_where_they_say(tokenizer: Tokenizer, text: str) -> None:
    tokens = tokenizer.cut(text)
    assert all(text[token.start : token.end] == token.text for token in tokens)
    assert all(a.end <= b.start for a, b in pairwise(tokens))
    assert "".join(token.text for token in tokens) == re.sub(r"\s", "", text)
    assert all(token.readings for token in tokens)


@given(before=TEXT, text=TEXT, after=TEXT)
def test_a_stretch_is_cut_with_offsets_into_the_whole(before: str, text: str, after: str) -> None:
    whole = f"{before}\n{text}\n{after}"
    start = len(before) + 1
    tokens = ENGLISH.cut(whole, start, start + len(text))
    assert [(t.start - start, t.end - start, t.text) for t in tokens] == [(t.start, t.end, t.text) for t in ENGLISH.cut(text)]


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("Syria's army", ["Syria", "'s", "army"]),
        ("Syria’s army", ["Syria", "’s", "army"]),
        ("the workers' rights", ["the", "workers", "'", "rights"]),
        ("the U.S. Army", ["the", "U.S.", "Army"]),
        ("Iran-backed militias", ["Iran", "-", "backed", "militias"]),
        ("Côte d'Ivoire", ["Côte", "d'Ivoire"]),
        ("in 2014, 17 of", ["in", "2014", ",", "17", "of"]),
        ("", []),
        (" \t\r\n", []),
    ],
)
def test_english_words(text: str, tokens: list[str]) -> None:
    assert words(text) == tokens


def test_the_possessive_is_one_whatever_its_mark() -> None:
    for text in ("Syria's army", "Syria’s army", "workers' rights"):
        assert ENGLISH.cut(text)[1].key == "'s"


def test_a_mark_that_closes_a_quotation_is_no_possessive() -> None:
    assert [token.word for token in ENGLISH.cut("he said 'no pilots' again") if token.text == "'"] == [False, False]


def test_diacritics_do_not_part_a_word() -> None:
    tokens = ARABIC.cut("زارَ باكِستانَ أمسِ")
    assert [token.key for token in tokens] == ["زار", "باكستان", "امس"]


def test_short_names_in_capitals_are_not_the_word() -> None:
    assert ENGLISH.cut("US")[0].key == "US"
    assert ENGLISH.cut("us")[0].key == "us"
    assert ENGLISH.cut("U.S.")[0].key == "US"


# A word, and a reading that it must have: what is left, what stood before it, what stood behind it.
CLITICS = {
    "السفير": ("سفير", ("article",), ""),
    "وباكستان": ("باكستان", ("conjunction",), ""),
    "لسوريا": ("سوريا", ("to",), ""),
    "بدمشق": ("دمشق", ("in",), ""),
    "للأردن": ("اردن", ("to", "article"), ""),
    "والعراق": ("عراق", ("conjunction", "article"), ""),
    "وبالقاهرة": ("قاهره", ("conjunction", "in", "article"), ""),
    "سيزور": ("يزور", ("future",), ""),
    "وسيزور": ("يزور", ("conjunction", "future"), ""),
    "سفيرها": ("سفير", (), "ها"),
    "علاقاتهما": ("علاقات", (), "هما"),
    "زيارته": ("زياره", (), "ه"),
    "وقواتها": ("قوات", ("conjunction",), "ها"),
}


@pytest.mark.parametrize("word", CLITICS)
def test_arabic_clitics(word: str) -> None:
    stem, before, after = CLITICS[word]
    readings = ARABIC.cut(word)[0].readings
    assert (stem, before, after) in [(reading.stem, reading.before, reading.after) for reading in readings]


@pytest.mark.parametrize("word", ["وزير", "فرنسا", "لبنان", "بريطانيا", "كوبا", "سوريا", "ليبيا", "بلجيكا", "كندا", "والي"])
def test_what_looks_like_a_clitic_is_read_whole_first(word: str) -> None:
    first = ARABIC.cut(word)[0].readings[0]
    assert (first.stem, first.before, first.after) == (fold(word), (), "")


def test_english_has_one_reading() -> None:
    assert all(len(token.readings) == 1 for token in ENGLISH.cut("Pakistan sent pilots to Syria"))


def test_keys_are_what_a_text_shows() -> None:
    assert ENGLISH.keys("Prime Minister") == ("prime", "minister")
    assert ARABIC.keys("المملكة المتحدة") == tuple(token.key for token in ARABIC.cut("المملكة المتحدة"))
    assert ARABIC.keys("التقى", whole=True) == ("التقي",)  # the first letters of a verb are no article
    assert ENGLISH.keys("") == ()


def test_a_long_word_is_one_token() -> None:
    assert [type(token) for token in ARABIC.cut("و" * 10_000)] == [Token]
