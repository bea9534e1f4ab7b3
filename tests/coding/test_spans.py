"""Whatever the text, what is shown of it stands where it is said to stand, and every field is of its closed list."""

from __future__ import annotations

import re
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.coding import code
from dragoman.errors import ReadingError
from dragoman.reading import parse
from dragoman.statement import MODALITIES, SECTORS, TOPICS, TYPES, Document, Sentence

ENGLISH = [
    "Peru attacked Chile.",
    "On 17 February 1914 Peru, Chile and Bolivia signed a treaty of friendship with Cuba in Lima.",
    "Syrian President Hafez al-Assad visited Cuba in 1974.",
    "“We will never recognise Kosovo,” he said.",
    "According to the U.S. State Department, Cuban troops did not leave Angola until 1991.",
    "The two countries' relations have been cool since the 1960s.",
    "Peru’s ambassador was expelled by the Chilean government, which had closed its embassy.",
    "It opposed the intervention in Libya and urged both sides to stop.",
    "Trade with the country grew.",
    "Côte d'Ivoire and São Tomé and Príncipe have embassies in Türkiye.",
]
ARABIC = [
    "هاجمت بيرو تشيلي.",
    "وقّعت بيرو وتشيلي وبوليفيا معاهدة صداقة مع كوبا في ليما يوم ١٧ فبراير ١٩١٤.",
    "زار الرئيس السوري حافظ الأسد كوبا عام 1974.",
    "«لن نعترف بكوسوفو أبدا»، قال الوزير الصربي.",
    "وبحسب وزارة الخارجية الأمريكية لم تغادر القوات الكوبية أنغولا حتى عام 1991.",
    "كانت العلاقات بين البلدين فاترة منذ الستينيات.",
    "طردت الحكومة التشيلية السفير البيروفي الذي أغلقت سفارته.",
    "عارضت التدخل في ليبيا ودعت الطرفين إلى التوقف.",
    "وهـــي تُقيمُ علاقاتٍ وثيقةً مع باكِستان وإيران.",
]
NOISE = st.text(
    st.one_of(
        st.characters(codec="utf-8", exclude_characters="\x00"),
        st.sampled_from(
            "\u202a\u202b\u202c\u202e\u2066\u2067\u2069\u200c\u200d\u200e\u200f\u0640\u064b\u0651\u0301\u00ad\ufeff"
            " .,;:'’\"“”«»()-–،؛؟\r\n\t"
        ),
        st.sampled_from("👩👨👧🇵🇰🇸🇾\U0001f3fd\ufe0f漢字हिन्दीภาษากЖёßİŁΣ"),
    ),
    max_size=12,
)
PIECES = st.one_of(
    st.sampled_from(ENGLISH), st.sampled_from(ARABIC), NOISE, st.sampled_from(["\n\n", "\r\n", "\n==1947–66==\n", "\n* ", " "])
)


def check(document: Document) -> None:
    """Every promise of statement.py about the statements of the document."""
    text, found = document.text, code(document)
    for s in found:
        assert 0 <= s.start < s.end <= len(text)
        assert text[s.start : s.end] == s.quote
        assert s.doc == document.id
        assert s.type in TYPES[s.kind]
        assert s.topic in TOPICS
        assert s.modality in MODALITIES
        assert s.date_from in ("sentence", "context", "")
        assert bool(s.date) == bool(s.date_from)
        assert 0 < s.confidence <= 1
        assert s.source or s.target
        assert any(x.start <= s.start and s.end <= x.end for x in document.sentences)  # a quote stays inside its sentence
        for actor in (*s.source, *s.target):
            assert re.fullmatch(r"([A-Z]{3})?", actor.code)
            assert actor.code or actor.name
            assert actor.sector in SECTORS
            assert (actor.start < 0) == (actor.end < 0)
            if actor.start >= 0:
                assert text[actor.start : actor.end] == actor.name != ""
        for evidence in s.evidence:
            assert (evidence.start, evidence.end) == (-1, -1) or 0 <= evidence.start < evidence.end <= len(text)
        assert any(evidence.field == "type" for evidence in s.evidence)
    assert len({s.id for s in found}) == len(found)
    assert found == code(document)


@settings(deadline=None, max_examples=150)
@given(st.lists(PIECES, min_size=1, max_size=10), st.sampled_from(["", " "]), st.sampled_from(["en", "ar"]))
def test_read_and_coded(pieces: list[str], joint: str, language: str) -> None:
    text = joint.join(pieces)
    try:
        document = parse(text, "random", language, title="Peru – Chile")
    except ReadingError:  # nothing but blanks, or what is no character
        return
    assert document.text == text
    check(document)


@settings(deadline=None, max_examples=100)
@given(st.lists(PIECES, min_size=1, max_size=6), st.sampled_from(["en", "ar"]), st.data())
def test_coded_however_it_was_cut(pieces: list[str], language: str, data: st.DataObject) -> None:
    """Sentences that begin and end anywhere, in the middle of a word too, as a caller may cut them."""
    text = " ".join(pieces)
    cuts = sorted({0, len(text), *data.draw(st.lists(st.integers(0, len(text)), max_size=6))})
    sentences = tuple(Sentence(a, b) for a, b in pairwise(cuts))
    check(Document("random", text, language, sentences=sentences))


@settings(deadline=None, max_examples=60)
@given(st.text(st.characters(), max_size=80), st.sampled_from(["en", "ar"]))  # lone surrogates too
def test_any_text_at_all(text: str, language: str) -> None:
    check(Document("random", text, language, title=text[:20], sentences=(Sentence(0, len(text)),) if text else ()))


@settings(deadline=None, max_examples=60)
@given(
    st.lists(st.sampled_from([word for s in ENGLISH + ARABIC for word in s.split()]), min_size=1, max_size=40),
    st.sampled_from(["en", "ar"]),
)
def test_words_in_any_order(words: list[str], language: str) -> None:
    text = " ".join(words)
    check(Document("random", text, language, sentences=(Sentence(0, len(text)),)))
