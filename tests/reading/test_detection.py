"""Languages told by a name, by letters and by common words; what has no folder is refused by name."""

from __future__ import annotations

import pytest

from dragoman import languages
from dragoman.errors import LanguageError
from dragoman.reading import detection, naming

SAMPLES = {
    "en": "The two states signed a treaty of friendship, and their ministers met again in the spring of the following year.",
    "ar": "وقعت الدولتان معاهدة صداقة، ثم التقى الوزيران من جديد في ربيع العام التالي بعد زيارة إلى العاصمة.",
    "fr": "Les deux États ont signé un traité d'amitié, et leurs ministres se sont rencontrés au printemps de l'année qui suit.",
    "de": "Die beiden Staaten haben einen Vertrag unterzeichnet, und ihre Minister trafen sich im Frühjahr des Jahres mit dem König.",
    "es": "Los dos Estados firmaron un tratado de amistad y sus ministros se reunieron en la primavera del año siguiente.",
    "it": "I due Stati hanno firmato un trattato di amicizia e i ministri si sono incontrati nella primavera che è seguita.",
    "tr": "İki devlet bir dostluk antlaşması imzaladı ve bakanlar ertesi yıl barış için yeniden görüştü.",
    "ru": "Два государства подписали договор о дружбе, и министры встретились весной следующего года.",
    "fa": "دو کشور در این سال پیمان دوستی را امضا کردند و وزیران آن ها برای دیدار دوباره به پایتخت رفتند.",
    "ur": "دونوں ممالک کے درمیان دوستی کا معاہدہ ہوا اور وزراء نے اگلے سال میں دوبارہ ملاقات کی۔",
    "he": "שתי המדינות חתמו על הסכם ידידות, והשרים נפגשו שוב באביב של השנה הבאה עם ראש הממשלה.",
    "el": "Τα δύο κράτη υπέγραψαν συνθήκη φιλίας.",
    "zh": "两国签署了友好条约。",
}


@pytest.mark.parametrize("code", SAMPLES)
def test_languages_are_told(code: str) -> None:
    assert detection.guess(SAMPLES[code]).code == code
    if code in languages.available():
        found, note = detection.detect(SAMPLES[code], "f.txt")
        assert found == code and detection.name(code) in note
    else:
        with pytest.raises(LanguageError) as caught:
            detection.detect(SAMPLES[code], "f.txt")
        assert caught.value.where == "f.txt"
        assert f"{detection.name(code)} ({code})" in caught.value.what
        assert "Arabic (ar)" in caught.value.advice and "English (en)" in caught.value.advice


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Damascus", "en"),
        ("Syria met Iraq in Den Haag", "en"),
        ("Le Monde", "en"),
        ("دمشق", "ar"),
        ("سوريا والعراق", "ar"),
        ("Kyiv, Київ, Moscow", "en"),
    ],
)
def test_a_few_words_are_told_by_their_letters(text: str, code: str) -> None:
    assert detection.detect(text, "f")[0] == code


@pytest.mark.parametrize("text", ["12345 !!", "😀", "—", "١٩٧٣"])
def test_a_text_without_words_has_no_language(text: str) -> None:
    with pytest.raises(LanguageError, match="no words"):
        detection.detect(text, "f")


def test_a_long_text_in_no_known_language_is_refused() -> None:
    letters = "bcdfghjklmnpqrstvwxz"
    words = [f"{a}{b}u{c}ek" for a in letters for b in letters[:5] for c in letters[:4]]
    with pytest.raises(LanguageError, match="not known; it is written in Latin letters"):
        detection.detect(" ".join(words), "f")


def test_long_texts_are_sampled_in_three_places() -> None:
    text = "xyz " * 50_000 + SAMPLES["en"] * 1_000 + "xyz " * 50_000
    assert detection.guess(text).code == "en"


@pytest.mark.parametrize(
    ("name", "subject", "language", "edition"),
    [
        ("pakistan-syria.en", "pakistan-syria", "en", ""),
        ("egypt-italy.ar.2019", "egypt-italy", "ar", "2019"),
        ("germany-syria-series.en.2025-2026", "germany-syria-series", "en", "2025-2026"),
        ("x.fr", "x", "fr", ""),
        ("x.ar-EG.v2", "x", "ar-EG", "v2"),
        ("x.EN", "x", "EN", ""),
        ("u.s.-syria.en", "u.s.-syria", "en", ""),
        ("x.en.fr", "x", "en", "fr"),
        ("notes", "notes", "", ""),
        ("report.v2", "report.v2", "", ""),
        ("en", "en", "", ""),
        ("St. Petersburg", "St. Petersburg", "", ""),
        ("x.qqq", "x.qqq", "", ""),
        ("", "", "", ""),
    ],
)
def test_names_tell_subject_language_and_edition(name: str, subject: str, language: str, edition: str) -> None:
    assert naming.parse(name) == naming.Name(subject, language, edition)


@pytest.mark.parametrize(("tag", "code"), [("en", "en"), ("EN", "en"), ("ar_EG", "ar-EG"), ("ar-eg", "ar-EG"), ("en-XX-nonsense-x", "en")])
def test_tags_are_put_in_their_usual_form(tag: str, code: str) -> None:
    assert detection.normalise(tag, "f") == code


@pytest.mark.parametrize(
    ("tag", "said"), [("fr", "French (fr)"), ("ckb-IQ", "Central Kurdish (ckb-IQ)"), ("english", "'english'"), ("", "''")]
)
def test_a_language_without_a_folder_is_refused_by_name(tag: str, said: str) -> None:
    with pytest.raises(LanguageError) as caught:
        detection.normalise(tag, "folder/x.fr.txt")
    assert caught.value.where == "folder/x.fr.txt"
    assert said in caught.value.what
    assert "Arabic (ar), English (en)" in caught.value.advice


@pytest.mark.parametrize("code", languages.available())
def test_sentence_files_are_sound(code: str) -> None:
    data = languages.sentences(code)
    assert data.direction in ("ltr", "rtl")
    assert detection.guess(" ".join(data.common)) == detection.Guess(code, 1.0, data.script)
    assert not set(data.starters) & set(data.continuers)
    for words in (data.common, data.starters, data.verbs, data.boxes):
        assert all(word == word.lower() and word.strip() for word in words)
    for words in (data.abbreviations, data.numbered, data.endings, data.eras):
        assert all(word and not word.endswith(".") and not set(word) & set(" ,") for word in words), words
    assert not set(data.abbreviations) & (set(data.numbered) | set(data.endings))
    for encoding in data.encodings:
        assert data.native.encode(encoding).decode(encoding) == data.native


def test_sentences_are_read_alone_and_once() -> None:
    assert languages.sentences("ar-EG") == languages.sentences("ar")
    assert languages.sentences("en") is languages.sentences("en")
    with pytest.raises(LanguageError, match=r"languages/xx/sentences\.yaml"):
        languages.sentences("xx")
