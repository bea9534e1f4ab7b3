"""The whole room: the same document gives the same statements, each with its own id, its date and its place."""

from __future__ import annotations

import pytest
from coded import codes, document, one, statements, told

from dragoman.coding import VERSION, code
from dragoman.errors import LanguageError
from dragoman.languages.states import registry
from dragoman.statement import Document, Section, Sentence

TEXT = """
Peru and Chile lie on the Pacific.

==Wars, 1879–1883==
Chile attacked Peru. The Chilean army occupied Lima in January 1881. On 20 October 1883 the two countries signed a treaty.

==Later==
In 1929 Peru and Chile signed a treaty on the border. Peru has an embassy in Santiago.
Chile condemned Peru. Chile condemned Peru.
"""


def dated(text: str, type: str) -> tuple[str, str]:
    statement = one(text, type)
    return statement.date, statement.date_from


def test_the_same_document_says_the_same() -> None:
    assert statements(TEXT) == statements(TEXT)
    assert len(statements(TEXT)) >= 5


def test_ids_are_unique_even_for_the_same_words() -> None:
    found = statements(TEXT + "Peru attacked Chile and Peru attacked Chile. " * 3)
    assert len({statement.id for statement in found}) == len(found)
    assert all(len(s.id) == 16 and int(s.id, 16) >= 0 for s in found)


def test_ids_do_not_change_when_text_is_added_behind() -> None:
    before = {s.id for s in statements("Peru attacked Chile. Peru condemned Bolivia.")}
    after = {s.id for s in statements("Peru attacked Chile. Peru condemned Bolivia. Cuba attacked Haiti.")}
    assert len(before) == 2
    assert before < after


def test_ids_tell_documents_and_places_apart() -> None:
    here = document("Peru attacked Chile.")
    there = Document("another", here.text, "en", sentences=here.sentences)
    moved = document("Well. Peru attacked Chile.")
    assert len({s.id for made in (here, there, moved) for s in code(made)}) == 3


def test_the_version_is_said() -> None:
    assert VERSION


def test_statements_stand_in_the_order_of_the_text() -> None:
    places = [(s.start, s.end) for s in statements(TEXT)]
    assert places == sorted(places)


def test_statements_name_their_document_and_language() -> None:
    assert {(s.doc, s.language) for s in statements(TEXT)} == {("test", "en")}
    assert {(s.doc, s.language) for s in statements("هاجمت بيرو تشيلي.")} == {("test", "ar")}


@pytest.mark.parametrize(
    ("text", "type", "date", "date_from"),
    [
        ("In 1967 Peru attacked Chile.", "ASSAULT", "1967", "sentence"),
        ("Peru attacked Chile on 17 February 1914.", "ASSAULT", "1914-02-17", "sentence"),
        ("Peru attacked Chile.", "ASSAULT", "", ""),
        ("In 1967 Peru attacked Chile. Chile condemned Peru.", "ACCUSE", "1967", "context"),
        pytest.param("In 1967 Peru attacked Chile, and in 1971 Cuba condemned Brazil.", "ACCUSE", "1971", "sentence"),
        ("Peru attacked Chile in 1967, and Cuba condemned Brazil in 1971.", "ACCUSE", "1971", "sentence"),
        ("In 1967 Peru attacked Chile, and in 1971 Cuba condemned Brazil.", "ASSAULT", "1967", "sentence"),
        ("In 1967 Peru attacked Chile. Peru has an embassy in Cuba.", "MISSION", "", ""),  # a standing tie with no date of its own
        ("هاجمت بيرو تشيلي عام 1967.", "ASSAULT", "1967", "sentence"),
        ("هاجمت بيرو تشيلي في 17 فبراير 1914.", "ASSAULT", "1914-02-17", "sentence"),
        ("هاجمت بيرو تشيلي.", "ASSAULT", "", ""),
        ("هاجمت بيرو تشيلي عام 1967. أدانت تشيلي بيرو.", "ACCUSE", "1967", "context"),
    ],
)
def test_dates_and_where_they_come_from(text: str, type: str, date: str, date_from: str) -> None:
    assert dated(text, type) == (date, date_from)


def test_the_heading_dates_what_has_no_date() -> None:
    for text in ("==Wars, 1879–1883==\n\nChile attacked Peru.\n", "==الحروب (1879–1883)==\n\nهاجمت تشيلي بيرو.\n"):
        assert dated(text, "ASSAULT") == ("1879/1883", "context")


def test_a_date_of_the_sentence_is_shown_where_it_stands() -> None:
    text = "Peru attacked Chile on 17 February 1914."
    spans = [text[e.start : e.end] for e in one(text, "ASSAULT").evidence if e.field == "date"]
    assert len(spans) == 1
    assert "17 February 1914" in spans[0]


def test_the_trigger_is_evidence() -> None:
    text = "Peru attacked Chile."
    evidence = [e for e in one(text, "ASSAULT").evidence if e.field == "type"]
    assert [text[e.start : e.end] for e in evidence] == ["attacked"]
    assert all(e.rule for e in evidence)


def test_what_stands_in_from_the_text_is_less_sure() -> None:
    named = one("Peru signed a trade agreement with Chile in 1929.", "AGREE")
    assert 0 < named.confidence <= 1
    filled = statements("A trade agreement was signed in 1929.", ["PER", "CHL"])
    assert all(statement.confidence < named.confidence for statement in filled)


def test_the_topic_is_that_of_the_object() -> None:
    assert one("Peru signed a trade agreement with Chile.", "AGREE").topic == "trade"


# Documents that say nothing, and odd ones.


def made(text: str, language: str = "en", **fields: object) -> Document:
    return Document("odd", text, language, sentences=(Sentence(0, len(text)),) if text else (), **fields)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "document",
    [
        made(""),
        made("   "),
        made("."),
        made("The weather was fine, and the harvest was good."),
        made("كان الطقس جميلا وكان الحصاد وفيرا.", "ar"),
        made("", "ar", title="Peru – Chile"),
        made("attacked attacked attacked"),
        made("Peru Peru Peru"),
        made("\u202e\u2066،؛«»\u0651\u0640\ufeff👩‍👩‍👧 ﷺ \ud83d", "ar"),
        made("\u202e\u2066,;“”''\u0301\ufeff👩‍👩‍👧 \r\n\x0b\x1f\ud83d"),
        Document("odd", "Peru attacked Chile.", "en"),  # a text of which no sentence was made
    ],
)
def test_documents_that_say_nothing(document: Document) -> None:
    assert code(document) == []


def test_headings_and_fields_are_no_prose() -> None:
    text = "Peru attacked Chile.\nPeru attacked Chile."
    for role in ("heading", "field"):
        sentences = (Sentence(0, 20, 0, role), Sentence(21, 41, 0, role))
        assert code(Document("odd", text, "en", sections=(Section("Wars", 1, 0, 0),), sentences=sentences)) == []


def test_a_language_that_nobody_knows() -> None:
    with pytest.raises(LanguageError, match="xq"):
        code(made("Peru attacked Chile.", "xq"))


def test_a_region_is_coded_as_its_language() -> None:
    assert [s.type for s in code(made("Peru attacked Chile.", "en-GB"))] == ["ASSAULT"]
    assert [s.type for s in code(made("هاجمت بيرو تشيلي.", "ar-EG"))] == ["ASSAULT"]


def test_odd_letters_around_a_statement_do_not_hide_it() -> None:
    for text in ("👩‍👩‍👧 Peru attacked Chile 🚀.", "\u202a“Peru” attacked Chile\u202c.", "\ufeffPeru\u00a0attacked\tChile."):
        assert told(text) == ["ASSAULT PER > CHL"]
    assert [s.type for s in code(made("Peru\r\nattacked\r\nChile."))] == ["ASSAULT"]  # a sentence may run over lines
    assert told("\u202bهاجَمَت بيرو تشيلي\u202c ﷽.") == ["ASSAULT PER > CHL"]


# Long sentences: what is coded of them, and in time that grows with their length, not with its square.


def listed(language: str, count: int) -> tuple[str, list[str]]:
    """A sentence in which so many states condemn Peru, and their codes."""
    names = {
        code: name
        for code, name in registry(language).items()
        if code != "PER" and not set("()&,") & set(name) and " and " not in name and " و" not in name
    }
    chosen = list(names)[:count]
    if language == "en":
        return f"{', '.join(names[c] for c in chosen[:-1])} and {names[chosen[-1]]} condemned Peru.", chosen
    return f"أدانت {names[chosen[0]]} و{'، و'.join(names[c] for c in chosen[1:])} بيرو.", chosen


def test_two_hundred_states_in_one_list() -> None:
    text, chosen = listed("en", 200)
    statement = one(text, "ACCUSE")
    assert len(chosen) == 200
    assert len(set(codes(statement.source).split()) & set(chosen)) >= 190  # a few names are also other words
    assert codes(statement.target) == "PER"


@pytest.mark.parametrize(
    ("language", "part"),
    [
        ("en", "Peru attacked Chile and the president of Bolivia said that it condemned the attack, "),
        pytest.param("ar", "هاجمت بيرو تشيلي وقال رئيس بوليفيا إنه يدين الهجوم، "),
        ("en", "Peru "),
        ("en", "attacked "),
        ("en", "that "),
        ("en", "“"),
        ("ar", "و"),
        ("ar", "ول"),
        ("en", "a"),
        ("en", "U.S. "),
    ],
)
def test_a_sentence_of_ten_thousand_characters(language: str, part: str) -> None:
    text = (part * (10_000 // len(part) + 1))[:10_000]
    found = code(made(text, language))
    assert all(text[s.start : s.end] == s.quote for s in found)
