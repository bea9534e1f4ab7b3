"""Verbs and who does them: passives, relatives, second verbs, participles, verbs that come first."""

from __future__ import annotations

import pytest
from coded import clauses

from dragoman.coding.clauses import Clauses
from dragoman.coding.verbs import Verb


def verb(found: Clauses, word: str) -> Verb:
    """The verb written so."""
    matches = [v for v in found.verbs if found.tokens[v.index].text == word]
    assert len(matches) == 1, [found.tokens[v.index].text for v in found.verbs]
    return matches[0]


def subject(text: str, word: str) -> str:
    """Codes of who does it."""
    found = clauses(text)
    return " ".join(code for mention in found.subject(verb(found, word)) for code in mention.codes)


# A sentence, a verb of it, and the states of its grammatical subject.
SUBJECTS = [
    ("Syria attacked Israel.", "attacked", "SYR"),
    ("Peru and Chile attacked Bolivia.", "attacked", "PER CHL"),
    ("Israel was attacked by Syria.", "attacked", "ISR"),
    ("Syria attacked Israel and occupied the hills.", "occupied", "SYR"),
    ("Syria attacked Israel, and Egypt occupied the hills.", "occupied", "EGY"),
    ("Peru, which had recognised Cuba in 1960, attacked Chile.", "recognised", "PER"),
    pytest.param("Peru, which had recognised Cuba in 1960, attacked Chile.", "attacked", "PER"),
    ("Peru attacked Chile, which had recognised Cuba.", "recognised", "CHL"),
    ("Peru refused to recognise Cuba.", "recognise", "PER"),
    ("After attacking Chile, Peru recognised Cuba.", "recognised", "PER"),
    ("After Peru attacked Chile, Cuba protested.", "attacked", "PER"),
    ("After Peru attacked Chile, Cuba protested.", "protested", "CUB"),
    ("Peru said that Chile had attacked Bolivia.", "attacked", "CHL"),
    ("Peru said that Chile had attacked Bolivia.", "said", "PER"),
    ("In May 1990 Peruvian President Alan García visited Cuba.", "visited", "PER"),
    ("Peru formally recognised Cuba.", "recognised", "PER"),
    ("زار الرئيس البيروفي كوبا.", "زار", "PER"),
    ("هاجمت سوريا إسرائيل.", "هاجمت", "SYR"),
    ("هاجمت بيرو وتشيلي بوليفيا.", "هاجمت", "PER CHL"),
    ("سوريا هاجمت إسرائيل.", "هاجمت", "SYR"),
    ("هاجمت سوريا إسرائيل واحتلت التلال.", "واحتلت", "SYR"),
    ("هاجمت سوريا إسرائيل وقصفت مصر التلال.", "وقصفت", "EGY"),
    ("أعلنت بيرو أن تشيلي هاجمت بوليفيا.", "هاجمت", "CHL"),
    ("أعلنت بيرو أن تشيلي هاجمت بوليفيا.", "أعلنت", "PER"),
    ("في عام 1990 هاجمت سوريا إسرائيل.", "هاجمت", "SYR"),
    ("رفضت بيرو أن تعترف بكوبا.", "تعترف", "PER"),
    # A clause that opens with its subject, or behind a word that has it written on to it.
    ("أكد وزير خارجية بيرو أن تشيلي ستستضيف الرئيس البوليفي.", "ستستضيف", "CHL"),
    ("زعمت بيرو أن البوليفيين قصفوا مدينة أريكا.", "قصفوا", "BOL"),
    ("أعلنت بيرو أنها هاجمت تشيلي.", "هاجمت", "PER"),
    ("لم تعارض بيرو القرار، لكنها هاجمت تشيلي.", "هاجمت", "PER"),
    ("هاجمت بيرو كوبا، لكن تشيلي رفضت القرار.", "رفضت", "CHL"),
    ("هاجمت بيرو كوبا، بينما وقفت تشيلي على الحياد.", "وقفت", "CHL"),
    ("إن بيرو، إذ تشير إلى القرار، تدين تشيلي.", "تدين", "PER"),
    # Where it happened, or "was", stands between a verb and its subject.
    ("تمركزت في تشيلي قوات بوليفية.", "تمركزت", "BOL"),
    ("كان الرئيس البيروفي قد استقبل في ليما الرئيس التشيلي.", "استقبل", "PER"),
    # Two verbs of one subject.
    ("بيرو تعارض القرار وتحث تشيلي على رفضه.", "وتحث", "PER"),
    ("شنت بيرو هجوما على كوبا واحتلت حلب.", "واحتلت", "PER"),  # a place cannot act
    ("أغلقت بيرو سفارتها وطردت الدبلوماسيين التشيليين.", "وطردت", "PER"),  # nor who is written as an object
    # Relative clauses whose pronoun points back to what they hang on.
    ("صدت بوليفيا هجوما شنته قوات تشيلية على بيرو.", "شنته", "CHL"),
    ("طالبت تشيلي بالسفينة التشيلية التي احتجزتها بيرو.", "احتجزتها", "PER"),
]


@pytest.mark.parametrize(("text", "word", "codes"), SUBJECTS)
def test_who_does_it(text: str, word: str, codes: str) -> None:
    assert subject(text, word) == codes


def test_we_is_who_speaks() -> None:
    found = clauses("نطالب تشيلي بالانسحاب.")
    assert verb(found, "نطالب").ours
    assert found.subject(verb(found, "نطالب")) == []


def test_words_of_fixed_phrases_are_no_verbs() -> None:
    assert [v.index for v in clauses("أرسلت بيرو ما يقدر بنحو ألف جندي.").verbs] == [0]


@pytest.mark.parametrize(
    ("text", "word", "passive"),
    [
        ("Israel was attacked by Syria.", "attacked", True),
        ("Syria attacked Israel.", "attacked", False),
        ("Syria had attacked Israel.", "attacked", False),
        ("Its embassy has been closed.", "closed", True),
        ("Peru has closed its embassy.", "closed", False),
        ("Peru is closing its embassy.", "closing", False),
    ],
)
def test_the_passive(text: str, word: str, passive: bool) -> None:
    assert verb(clauses(text), word).passive is passive


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("Peru did not recognise Cuba.", "recognise"),
        ("Peru never recognised Cuba.", "recognised"),
        ("Cuba was not recognised by Peru.", "recognised"),
        ("Peru has no longer recognised Cuba.", "recognised"),
        pytest.param("Peru didn't recognise Cuba.", "recognise"),
        ("لم تعترف بيرو بكوبا.", "تعترف"),
        ("لن تعترف بيرو بكوبا.", "تعترف"),
        ("لا تعترف بيرو بكوبا.", "تعترف"),
        ("لم تهاجم بيرو كوبا.", "تهاجم"),
    ],
)
def test_what_did_not_happen(text: str, word: str) -> None:
    assert verb(clauses(text), word).negated


@pytest.mark.parametrize(("text", "word"), [("Peru recognised Cuba.", "recognised"), ("اعترفت بيرو بكوبا.", "اعترفت")])
def test_what_happened(text: str, word: str) -> None:
    assert not verb(clauses(text), word).negated


@pytest.mark.parametrize(("text", "word"), [("Peru will recognise Cuba.", "recognise"), ("ستعترف بيرو بكوبا.", "ستعترف")])
def test_what_is_to_come(text: str, word: str) -> None:
    assert verb(clauses(text), word).modal


@pytest.mark.parametrize(("text", "word"), [("Peru said that it attacked Cuba.", "said"), ("قالت بيرو إنها هاجمت كوبا.", "قالت")])
def test_report_verbs_are_told(text: str, word: str) -> None:
    assert verb(clauses(text), word).report


@pytest.mark.parametrize(
    "text", ["The Syrian attack on Israel.", "A visit of the Peruvian president to Cuba.", "", "زيارة الرئيس البيروفي إلى كوبا."]
)
def test_nouns_are_no_verbs(text: str) -> None:
    assert clauses(text).verbs == []


@pytest.mark.parametrize(
    "text",
    [
        "Peru, which had recognised Cuba, urged Chile to close its embassy and attacked Bolivia, saying that war was near.",
        "هاجمت سوريا إسرائيل وقصفت مصر التلال، وقالت بيرو إن تشيلي التي اعترفت بكوبا أغلقت سفارتها.",
    ],
)
def test_clauses_end_behind_their_verb_and_inside_the_sentence(text: str) -> None:
    found = clauses(text)
    assert len(found.verbs) >= 4
    assert [v.index for v in found.verbs] == sorted({v.index for v in found.verbs})
    for v in found.verbs:
        assert 0 <= v.left <= v.index < v.end <= found.clause_end(v) <= len(found.tokens)
        assert found.previous(v) is None or found.verbs.index(v) > 0


def test_each_verb_of_a_long_sentence_may_lean_on_the_one_before() -> None:
    """Who says it is looked up from verb to verb, to the first: hundreds of them are no deeper than a few."""
    verbs = clauses("وقالت سوريا إن " * 320)
    assert len(verbs.verbs) > 300
    assert verbs.subject(verbs.verbs[-1])
