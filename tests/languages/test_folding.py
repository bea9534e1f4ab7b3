"""Folding makes spellings alike and knows where each folded character stood."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.languages.folding import fold, fold_character, fold_with_places

ARABIC = st.text("ابتثجحخدذرزسشصضطظعغفقكلمنهويأإآؤئىة ", max_size=20)
MARKS = "\u064b\u064c\u064d\u064e\u064f\u0650\u0651\u0652\u0670\u0640\u200c\u200d\u00ad\ufeff"
TEXT = st.text(st.characters(codec="utf-8"), max_size=60) | ARABIC | st.text("aÉßœﬁé\u0301İıŁ ١۲3ـًء", max_size=20)


@given(TEXT)
def test_places_rise_and_end_where_the_text_ends(text: str) -> None:
    folded = fold_with_places(text)
    assert folded.text == fold(text)
    assert len(folded.places) == len(folded.text) + 1
    assert list(folded.places) == sorted(folded.places)
    assert folded.places[-1] == len(text)
    assert all(0 <= place < len(text) for place in folded.places[:-1])


@given(TEXT, st.data())
def test_an_original_span_folds_to_what_was_found(text: str, data: st.DataObject) -> None:
    folded = fold_with_places(text)
    # Where one character folds into two, only the first of them begins at a place of its own.
    edges = [i for i in range(len(folded.places)) if i == 0 or folded.places[i] != folded.places[i - 1]]
    first, last = sorted((data.draw(st.sampled_from(edges)), data.draw(st.sampled_from(edges))))
    start, end = folded.original(first, last)
    assert 0 <= start <= end <= len(text)
    assert fold(text[start:end]) == folded.text[first:last]
    if first < last:
        assert fold_character(text[start])  # no dropped mark before the first letter


@given(st.lists(st.tuples(st.sampled_from("ابتثجحخدسكلمنهوي"), st.text(MARKS, max_size=3)), min_size=1, max_size=12))
def test_diacritics_tatweel_and_invisible_marks_change_nothing(letters: list[tuple[str, str]]) -> None:
    plain = "".join(letter for letter, _ in letters)
    marked = "".join(letter + marks for letter, marks in letters)
    assert fold(marked) == fold(plain)
    folded = fold_with_places(marked)
    assert folded.original(0, len(folded.text)) == (0, len(marked))  # the last letter keeps its marks


@given(st.integers(0, 10**12))
def test_digits_of_every_script_are_one(number: int) -> None:
    plain = str(number)
    arabic = plain.translate(str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩"))
    persian = plain.translate(str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹"))
    assert fold(arabic) == fold(persian) == plain


@pytest.mark.parametrize(
    ("spelt", "otherwise"),
    [
        ("أحمد", "احمد"), ("إيران", "ايران"), ("آسيا", "اسيا"), ("ٱلله", "الله"),  # carriers of alef
        ("سورية", "سوريه"), ("موسى", "موسي"), ("مؤتمر", "موتمر"), ("رئيس", "رييس"),  # ta marbuta, alef maqsura, hamza carriers
        ("علماء", "علما"), ("باكِستانُ", "باكستان"), ("ســوريا", "سوريا"),  # bare hamza, diacritics, tatweel
        ("ایران", "ايران"), ("پاکستان", "باكستان"), ("گاندی", "كاندي"), ("چین", "جين"), ("ہند", "هند"),  # Persian and Urdu letters
        ("CÔTE D’IVOIRE", "cote d'ivoire"), ("Türkiye", "turkiye"), ("Łódź", "lodz"), ("Straße", "strasse"), ("ﬁn", "fin"),
        ("İstanbul", "istanbul"), ("e\u0301tat", "état"), ("1947–66", "1947-66"), ("«قال»", '"قال"'),
    ],
)  # fmt: skip
def test_spellings_of_one_word(spelt: str, otherwise: str) -> None:
    assert fold(spelt) == fold(otherwise)


@pytest.mark.parametrize(("one", "other"), [("سوريا", "سوريه"), ("لبنان", "ليبيا"), ("Iran", "Iraq"), ("عمان", "عامان")])
def test_words_that_differ_stay_apart(one: str, other: str) -> None:
    assert fold(one) != fold(other)


@given(ARABIC | st.text("abcÀÉÎÕÜçñßœÅø .,'-", max_size=20))
def test_what_is_folded_folds_to_itself(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@pytest.mark.parametrize("text", ["", "\u0651\u0640", "\ud800", "\x00", "👩‍👩‍👧", "\u202b\u2067", "ﷺ"])
def test_odd_text_folds(text: str) -> None:
    folded = fold_with_places(text)
    assert folded.places[-1] == len(text)
    assert folded.original(0, len(folded.text)) == ((0, len(text)) if folded.text else (len(text), len(text)))
