"""Each claim of a second reader is held to the text, and refused for a reason that says why."""

from __future__ import annotations

from typing import Any

import pytest
from coded import actors, document

from chat import actor, told
from dragoman.coding.grounds import survey
from dragoman.coding.proof import Proof, RefusedError, read_told
from dragoman.statement import Statement

TEXT = (
    "Relations\n\n"
    "Pakistan and Syria signed a treaty in Damascus on 6 October 1973. "
    "The foreign minister of Syria told Reuters that Turkey had attacked Syrian troops near the border; he visited Pakistan in 2009. "
    "“Iran opposes foreign   intervention in Syria”, said Mr Zarif. "
    "Syria and Iraq met, and Syria and Iraq parted. "
    "Both countries praised the Arab League.\n\n"
    "After the war\n\n"
    "In 1974 the Pakistani pilots left. Syria thanked Pakistan."
)
ARABIC = "وزارت سوريا باكستان عام 1974، وأكد وزير الخارجية السوري دعمه لباكستان. وقالت تركيا إن إيران هاجمت العراق."
RULE = "model:small"


def proof(text: str) -> Proof:
    made = document(text, ("PAK", "SYR"))
    return Proof(made, survey(made), RULE, 0.5)


ENGLISH = proof(TEXT)
PLACES = range(len(ENGLISH.grounds))
BOTH = [actor("Pakistan", "PAK"), actor("Syria", "SYR")]


def hold(sentence: int, quote: str, held: Proof = ENGLISH, **fields: Any) -> tuple[Statement, list[str]]:
    row = told(sentence, quote, **({"source": BOTH} | fields))
    statement, dropped = held.hold(read_told(row), range(len(held.grounds)))
    text = held.text
    assert text[statement.start : statement.end] == statement.quote
    assert all(text[a.start : a.end] == a.name for a in (*statement.source, *statement.target))
    return statement, list(dropped)


def refused(sentence: int, quote: str, held: Proof = ENGLISH, **fields: Any) -> str:
    with pytest.raises(RefusedError) as caught:
        hold(sentence, quote, held, **fields)
    return caught.value.reason


def test_what_the_text_says_is_taken_with_our_own_offsets() -> None:
    statement, dropped = hold(1, "Pakistan and Syria signed a treaty", type="AGREE", date="6 October 1973", start=7, end=9)
    assert (statement.start, statement.end) == (TEXT.index("Pakistan and"), TEXT.index(" in Damascus"))
    assert (statement.date, statement.date_from) == ("1973-10-06", "sentence")
    assert actors(statement.source) == "PAK SYR"
    fields = [("type", RULE), ("source", "named"), ("source", "named"), ("date", "explicit")]
    assert [(e.field, e.rule) for e in statement.evidence] == fields
    assert statement.confidence == 0.5
    assert dropped == []


@pytest.mark.parametrize(
    "quote",
    [
        "Pakistan and Syria signed a treaty in Paris", "Syria and Pakistan signed", "Pakistan and Syria signed a treaty. The", "", " ",
        "PAKISTAN AND SYRIA", "signed " * 200,
    ],
)  # fmt: skip
def test_words_that_do_not_stand_there_are_no_quote(quote: str) -> None:
    assert refused(1, quote) == "quote not in the sentence"


def test_a_quote_over_the_end_of_a_sentence_is_none() -> None:
    assert refused(5, "praised the Arab League.\n\nAfter the war") == "quote not in the sentence"


@pytest.mark.parametrize("sentence", [0, -1, 99, 10**30])
def test_a_sentence_that_was_not_asked_about_is_none(sentence: int) -> None:
    assert refused(sentence, "Pakistan and Syria signed") == "sentence not asked about"


def test_a_quote_in_another_sentence_is_found_where_it_stands_once() -> None:
    statement, _ = hold(3, "Pakistan and Syria signed a treaty")
    assert statement.start == TEXT.index("Pakistan and")
    assert refused(1, "Syria and Iraq", source=[actor("Syria", "SYR")]) == "quote at several places"
    assert refused(4, "Syria and Iraq", source=[actor("Syria", "SYR")]) == "quote at several places"
    assert hold(4, "Syria and Iraq parted", source=[actor("Iraq", "IRQ")])[0].quote == "Syria and Iraq parted"


def test_a_quote_is_widened_to_whole_words_and_whole_words_only() -> None:
    assert hold(1, "akistan and Syria sign")[0].quote == "Pakistan and Syria signed"
    assert refused(1, "signed") == "quote of a single word"
    assert refused(1, "igne") == "quote of a single word"


def test_marks_and_spaces_may_be_written_otherwise() -> None:
    statement, _ = hold(
        3, '"Iran opposes foreign intervention in Syria"', kind="position", type="OPPOSES",
        source=[actor("Iran", "IRN")], target=[actor("Syria", "SYR")], issue="foreign intervention",
    )  # fmt: skip
    assert statement.quote == "“Iran opposes foreign   intervention in Syria”"
    assert statement.issue == "foreign   intervention"


@pytest.mark.parametrize(
    "fields",
    [
        {"type": "INVADE"}, {"type": "consult"}, {"kind": "fact"}, {"kind": "tie"}, {"kind": "position"}, {"type": "SUPPORTS"},
        {"kind": "tie", "type": "AGREE"},
    ],
)  # fmt: skip
def test_types_come_from_the_closed_lists(fields: dict[str, Any]) -> None:
    assert refused(1, "Pakistan and Syria signed", **fields) == "unknown type"


def test_modality_and_sector_come_from_the_closed_lists() -> None:
    assert refused(1, "Pakistan and Syria signed", modality="certain") == "unknown modality"
    assert refused(2, "told Reuters that Turkey", source=[actor("Turkey", "TUR"), actor("near the border", "", "GHOST")]) == (
        "actor of an unknown sector"
    )


@pytest.mark.parametrize(
    ("name", "code", "reason"),
    [
        ("France", "FRA", "actor not in the sentence"),
        ("Pakistan", "FRA", "actor's state not told by the text"),
        ("Pakistan", "", "actor's state not told by the text"),
        ("Pakistan", "XXX", "actor's state not told by the text"),
        ("treaty", "SYR", "actor's state not told by the text"),
        ("Turkey", "TUR", "actor not in the sentence"),  # of another sentence
        ("Pakist", "PAK", None),
        ("Damascus", "SYR", None),
        ("pakistan", "PAK", "actor not in the sentence"),
        ("", "PAK", "actor not in the sentence"),
        ("a", "", "actor not in the sentence"),
        ("of", "", "actor not in the sentence"),
    ],
)
def test_an_actor_stands_in_the_sentence_and_is_of_the_state_that_it_tells(name: str, code: str, reason: str | None) -> None:
    if reason is None:
        statement, _ = hold(1, "Pakistan and Syria signed", source=[actor(name, code)])
        assert [a.code for a in statement.source] == [code]
    else:
        assert refused(1, "Pakistan and Syria signed", source=[actor("Syria", "SYR"), actor(name, code, "CVL")]) in (
            reason, "actor's state not told by the text" if name in ("a", "of") else reason,
        )  # fmt: skip


def test_our_own_reading_gives_sector_and_name() -> None:
    statement, _ = hold(2, "The foreign minister of Syria told Reuters", source=[actor("foreign minister of Syria", "syr", "MIL")])
    assert actors(statement.source) == "SYR:GOV"


def test_a_pronoun_means_whom_it_means_to_our_own_reading() -> None:
    statement, _ = hold(2, "he visited Pakistan", source=[actor("he", "SYR")], target=[actor("Pakistan", "PAK")])
    assert (actors(statement.source), actors(statement.target)) == ("SYR:GOV", "PAK")
    assert refused(2, "he visited Pakistan", source=[actor("he", "IRN")]) == "actor's state not told by the text"
    statement, _ = hold(5, "Both countries praised", source=[actor("Both countries", "PAK"), actor("Both countries", "SYR")])
    assert actors(statement.source) == "PAK SYR"
    assert refused(5, "Both countries praised", source=[actor("Both countries", "TUR")]) == "actor's state not told by the text"


def test_who_is_named_before_is_taken_where_a_pronoun_stands_for_him() -> None:
    statement, _ = hold(5, "Both countries praised", source=[actor("Pakistan", "PAK")])
    assert [(a.code, a.name) for a in statement.source] == [("PAK", "Both countries")]
    assert refused(7, "Syria thanked Pakistan", source=[actor("Turkey", "TUR")]) == "actor not in the sentence"


def test_a_body_of_no_state_needs_a_state_beside_it() -> None:
    rows = [actor("border", "", "NGO")]
    assert refused(2, "near the border", source=rows) == "no actor of a state"
    assert refused(2, "near the border", source=[actor("border", "", "IGO")]) == "no actor of a state"
    statement, _ = hold(2, "near the border", source=[*rows, actor("Turkey", "TUR")])
    assert [(a.code, a.sector, a.name) for a in statement.source] == [("", "NGO", "border"), ("TUR", "", "Turkey")]
    assert refused(1, "Pakistan and Syria signed", source=[], target=[]) == "no actor of a state"
    statement, _ = hold(5, "praised the Arab League", source=[], target=[actor("Arab League", "", "GOV")])
    assert actors(statement.target) == "arab league:IGO"


def test_who_acts_is_not_also_acted_upon() -> None:
    statement, _ = hold(1, "Pakistan and Syria signed", target=[actor("Syria", "SYR")])
    assert statement.target == ()


@pytest.mark.parametrize(
    ("sentence", "quote", "date", "found"),
    [
        (1, "Pakistan and Syria signed", "6 October 1973", "1973-10-06"),
        (1, "Pakistan and Syria signed", "1973", "1973-10-06"),
        (1, "Pakistan and Syria signed", "1973-10-06", "1973-10-06"),
        (1, "Pakistan and Syria signed", "1974", None),
        (1, "Pakistan and Syria signed", "7 October 1973", None),
        (1, "Pakistan and Syria signed", "yesterday", None),
        (1, "Pakistan and Syria signed", "in Damascus", None),
        (1, "Pakistan and Syria signed", "19", None),
        (1, "Pakistan and Syria signed", "2009", None),
        (7, "Syria thanked Pakistan", "", "1974"),
        (7, "Syria thanked Pakistan", "1974", "1974"),
        (7, "Syria thanked Pakistan", "2009", None),
    ],
)
def test_a_date_is_what_our_own_reading_makes_of_its_words(sentence: int, quote: str, date: str, found: str | None) -> None:
    statement, dropped = hold(sentence, quote, date=date)
    assert statement.date == (found or "")
    assert dropped == ([] if found else ["date not told by the text"])
    assert statement.date_from == ("" if not found else "sentence" if sentence == 1 else "context")


def test_words_with_two_dates_in_them_give_none() -> None:
    held = proof("Pakistan met Syria in 1973 and met Iran in 1974.")
    pair: dict[str, Any] = {"source": BOTH}
    assert hold(1, "Pakistan met Syria", held, date="1974", **pair)[0].date == "1974"
    for date in ("1973 and met Iran in 1974", "Pakistan met Syria in 1973 and met Iran in 1974", "1973, 1974"):
        statement, dropped = hold(1, "Pakistan met Syria", held, date=date, **pair)
        assert (statement.date, dropped) == ("", ["date not told by the text"])


def test_a_standing_tie_takes_no_date_from_the_narrative() -> None:
    assert hold(7, "Syria thanked Pakistan", kind="tie", type="KINSHIP")[0].date == ""
    assert hold(7, "Syria thanked Pakistan", kind="tie", type="RELATIONS")[0].date == "1974"


def test_a_speaker_stands_in_the_paragraph_before_the_quote_ends() -> None:
    claim: dict[str, Any] = {"modality": "claimed", "source": [actor("Turkey", "TUR")]}
    statement, dropped = hold(2, "Turkey had attacked Syrian troops", by="foreign minister of Syria", **claim)
    assert (statement.by, dropped) == ("foreign minister of Syria", [])
    place = TEXT.index("foreign minister")
    assert ("by", place, place + 25, RULE) in [(e.field, e.start, e.end, e.rule) for e in statement.evidence]
    for by in (TEXT[TEXT.index("The foreign minister") : TEXT.index(" in 2009")], "Le Monde", "Mr Zarif", "euters", "the", "that", "."):
        statement, dropped = hold(2, "Turkey had attacked Syrian troops", by=by, **claim)
        assert (statement.by, dropped) == ("", ["speaker not in the text"])
    assert hold(5, "Both countries praised", by="Mr Zarif", source=[actor("Both countries", "PAK")])[0].by == "Mr Zarif"
    assert hold(7, "Syria thanked Pakistan", by="Mr Zarif")[0].by == ""


def test_an_issue_stands_in_the_sentence_and_a_position_has_one() -> None:
    position: dict[str, Any] = {"kind": "position", "type": "OPPOSES", "source": [actor("Iran", "IRN")]}
    assert hold(3, "Iran opposes foreign intervention", issue="intervention in Syria", **position)[0].issue == "intervention in Syria"
    for issue in ("", "nuclear weapons", "ntervention", "in"):
        assert refused(3, "Iran opposes foreign intervention", issue=issue, **position) == "position without an issue in the text"
    statement, dropped = hold(1, "Pakistan and Syria signed", issue="nuclear weapons")
    assert (statement.issue, dropped) == ("", ["issue not in the text"])


def test_a_topic_that_is_none_is_read_by_ourselves() -> None:
    statement, dropped = hold(2, "Turkey had attacked Syrian troops", topic="football", source=[actor("Turkey", "TUR")])
    assert statement.topic in ("military", "conflict")
    assert dropped == ["unknown topic"]


@pytest.mark.parametrize(
    "row",
    [
        None, 7, "text", [], {}, {"sentence": 1},
        {"sentence": "1"}, {"sentence": 1.5}, {"sentence": True}, {"quote": ["x"]}, {"source": "PAK"}, {"source": [{"code": "PAK"}]},
        {"source": [["PAK"]]}, {"date": 1973}, {"modality": None},
    ],
)  # fmt: skip
def test_a_row_of_another_form_is_refused(row: object) -> None:
    whole = told(1, "x") | row if isinstance(row, dict) and len(row) == 1 and row != {"sentence": 1} else row
    with pytest.raises(RefusedError, match="not in the form"):
        read_told(whole)


def test_arabic_names_are_found_under_what_is_written_on_to_them() -> None:
    held = proof(ARABIC)
    both: dict[str, Any] = {"source": [actor("سوريا", "SYR")], "target": [actor("باكستان", "PAK")]}
    statement, _ = hold(1, "زارت سوريا باكستان", held, date="عام 1974", **both)
    assert (statement.quote, statement.date) == ("وزارت سوريا باكستان", "1974")
    support: dict[str, Any] = {
        "type": "SUPPORT",
        "source": [actor("وزير الخارجية السوري", "SYR", "GOV")],
        "target": [actor("باكستان", "PAK")],
    }
    statement, _ = hold(1, "وأكد وزير الخارجية السوري دعمه لباكستان", held, **support)
    assert (actors(statement.source), actors(statement.target)) == ("SYR:GOV", "PAK")
    assert refused(2, "إيران هاجمت العراق", held, source=[actor("سوريا", "SYR")]) == "actor not in the sentence"
