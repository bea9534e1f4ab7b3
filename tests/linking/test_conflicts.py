"""Each rule of conflict: what it finds, in both languages, and what looks like it and is none."""

from __future__ import annotations

from typing import Any

import pytest
from acts import act, similar, view

from dragoman.linking.conflicts import find
from dragoman.statement import Conflict, Section, Sentence
from making import make_document


def kinds(found: list[Conflict]) -> list[tuple[str, int]]:
    return [(one.kind, len(one.statements)) for one in found]


def awarded(first: str, second: str) -> list[Conflict]:
    document = make_document(
        "a.en", f"In {first} Captain Omar Said shot down a jet.", f"After the battle Captain Said was decorated in {second}."
    )
    return find(
        [
            view(
                document,
                act(document, "Captain Omar Said shot down a jet", "ASSAULT", ["PAK:MIL:Omar Said"], ["ISR"], date=first),
                act(document, "Captain Said was decorated", "SUPPORT", ["SYR"], ["PAK:MIL:Captain Said"], date=second),
            )
        ],
        [],
        similar,
    )


def test_an_honour_before_the_deed() -> None:
    assert kinds(awarded("1974", "1973")) == [("order", 2)]
    assert awarded("1973", "1974") == []
    assert awarded("1974", "1974") == []


def test_an_honour_of_another_person() -> None:
    document = make_document("a.en", "In 1974 Omar Said shot down a jet.", "After the battle Ali Hasan was decorated in 1973.")
    statements = (
        act(document, "Omar Said shot down a jet", "ASSAULT", ["PAK:MIL:Omar Said"], ["ISR"], date="1974"),
        act(document, "Ali Hasan was decorated", "SUPPORT", ["SYR"], ["PAK:MIL:Ali Hasan"], date="1973"),
    )
    assert find([view(document, *statements)], [], similar) == []


@pytest.mark.parametrize(("year", "expected"), [("1985", [("order", 2)]), ("1975", [])])
def test_an_act_of_the_dead(year: str, expected: list[tuple[str, int]]) -> None:
    document = make_document(
        "a.en", "After the death of Karim Aziz Syria granted his sons asylum in 1979.", f"In {year} Karim Aziz met the king."
    )
    statements = (
        act(document, "Syria granted his sons asylum in 1979", "CONCEDE", ["SYR"], ["PAK:OPP"], date="1979"),
        act(document, "Karim Aziz met the king", "CONSULT", ["PAK:GOV:Karim Aziz"], ["JOR:GOV"], date=year),
    )
    assert kinds(find([view(document, *statements)], [], similar)) == expected


def test_an_act_of_the_dead_in_arabic() -> None:
    document = make_document(
        "a.ar", "بعد وفاة كريم عزيز منحت سوريا أبناءه اللجوء عام 1979.", "في عام 1985 التقى كريم عزيز الملك.", language="ar"
    )
    statements = (
        act(document, "منحت سوريا أبناءه اللجوء عام 1979", "CONCEDE", ["SYR"], ["PAK:OPP"], date="1979"),
        act(document, "التقى كريم عزيز الملك", "CONSULT", ["PAK:GOV:كريم عزيز"], ["JOR:GOV"], date="1985"),
    )
    assert kinds(find([view(document, *statements)], [], similar)) == [("order", 2)]


@pytest.mark.parametrize(("between", "expected"), [("The weather was fine.", [("order", 2)]), ("Then relations deteriorated again.", [])])
def test_still_to_be_reached_after_it_was_reached(between: str, expected: list[tuple[str, int]]) -> None:
    document = make_document("a.en", "They normalized relations with Syria in 1986.", between, "In 1988 they met to normalize relations.")
    statements = (
        act(document, "normalized relations with Syria in 1986", "SUPPORT", ["PAK", "SYR"], date="1986"),
        act(document, "they met to normalize relations", "CONSULT", ["PAK", "SYR"], date="1988"),
    )
    assert kinds(find([view(document, *statements)], [], similar)) == expected


@pytest.mark.parametrize(("period", "expected"), [("1973/1977", [("date", 2)]), ("1973", []), ("1973/1974", [])])
def test_during_a_war_that_is_dated_otherwise(period: str, expected: list[tuple[str, int]]) -> None:
    document = make_document("a.en", "In 1973 Syria fought the October War.", "A division guarded Damascus during the course of the war.")
    statements = (
        act(document, "Syria fought the October War", "ASSAULT", ["SYR"], ["ISR"], date="1973"),
        act(document, "A division guarded Damascus", "PRESENCE", ["PAK:MIL"], ["SYR"], kind="tie", date=period),
    )
    assert kinds(find([view(document, *statements)], [], similar)) == expected


def denied(language: str, claim: str, denial: str, modality: str = "claimed", denier: str = "PAK") -> list[Conflict]:
    document = make_document(f"a.{language}", claim, denial, language=language)
    statements = (
        act(document, claim.rstrip("."), "AID", ["PAK"], ["SYR:REB"], modality=modality),
        act(document, denial.rstrip("."), "REJECT", [denier]),
    )
    return find([view(document, *statements)], [], similar)


def test_a_claim_and_its_denial() -> None:
    assert kinds(denied("en", "Pakistan was said to arm the rebels.", "Pakistan denied it.")) == [("claim-denied", 2)]
    assert kinds(denied("ar", "قيل إن باكستان سلحت المعارضة.", "ونفت باكستان ذلك.")) == [("claim-denied", 2)]


def test_a_refusal_or_somebody_elses_denial_is_none() -> None:
    assert denied("en", "Pakistan was said to arm the rebels.", "Pakistan refused the offer.") == []
    assert denied("en", "Pakistan was said to arm the rebels.", "Norway denied it.", denier="NOR") == []
    assert denied("en", "Pakistan armed the rebels.", "Pakistan denied it.", modality="asserted") == []


@pytest.mark.parametrize(("opening", "expected"), [("However, Syria", [("opposite", 2)]), ("Later Syria", [])])
def test_two_stands_on_one_issue(opening: str, expected: list[tuple[str, int]]) -> None:
    document = make_document("a.en", "Syria supported the case for Kashmir.", f"{opening} took no side on Kashmir.")
    statements = (
        act(document, "Syria supported the case for Kashmir", "SUPPORTS", ["SYR"], ["PAK"], issue="the case for Kashmir"),
        act(document, "took no side on Kashmir", "NEUTRAL", ["SYR"], ["PAK"], issue="the question of Kashmir"),
    )
    assert kinds(find([view(document, *statements)], [], similar)) == expected


def test_for_and_against_at_one_time() -> None:
    document = make_document("a.en", "In 2015 Iran backed air strikes.", "It rained.", "In 2015 Iran opposed air strikes.")

    def stands(other: str) -> list[Conflict]:
        one = act(document, "Iran backed air strikes", "SUPPORTS", ["IRN"], ["SYR"], issue="air strikes on Syria", date="2015")
        two = act(document, "Iran opposed air strikes", "OPPOSES", ["IRN"], ["SYR"], issue="air strikes on Syria", date=other)
        return find([view(document, one, two)], [], similar)

    assert kinds(stands("2015")) == [("opposite", 2)]
    assert stands("2019") == []


@pytest.mark.parametrize(
    ("title", "date", "fields", "expected"),
    [
        ("1960s–70s: Political relations", "1948", {}, [("heading", 1)]),
        ("1960s–70s: Political relations", "1965", {}, []),
        ("1960s–70s: Political relations", "1948", {"date_from": "context"}, []),
        ("The treaty of 1936", "1950", {}, []),
        ("2010–present", "2024", {}, []),
    ],
)
def test_a_date_outside_its_headings_period(title: str, date: str, fields: dict[str, Any], expected: list[tuple[str, int]]) -> None:
    plain = make_document("a.en", f"Syria and Pakistan signed a treaty in {date}.")
    document = make_document("a.en", f"Syria and Pakistan signed a treaty in {date}.")
    document = type(document)(**{name: getattr(plain, name) for name in plain.__struct_fields__} | {"sections": (Section(title, 2, 0, 0),)})
    one = act(document, "Syria and Pakistan signed a treaty", "AGREE", ["SYR", "PAK"], date=date, **fields)
    assert kinds(find([view(document, one)], [], similar)) == expected


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Five states signed it: Egypt, Syria, Jordan and Iraq.", [("count", 1)]),
        ("Four states signed it: Egypt, Syria, Jordan and Iraq.", []),
        ("Five states signed it, including Egypt, Syria, Jordan and Iraq.", []),
        ("Five states (Egypt, Syria, Jordan and Iraq) signed it.", [("count", 1)]),
    ],
)
def test_a_list_that_is_not_as_long_as_it_is_said_to_be(sentence: str, expected: list[tuple[str, int]]) -> None:
    document = make_document("a.en", sentence)
    one = act(document, sentence.rstrip("."), "AGREE", ["EGY::Egypt", "SYR::Syria", "JOR::Jordan", "IRQ::Iraq"])
    assert kinds(find([view(document, one)], [], similar)) == expected


def test_a_list_in_arabic() -> None:
    sentence = "وقعت خمس دول هي مصر وسوريا والأردن والعراق على البيان."
    document = make_document("a.ar", sentence, language="ar")
    one = act(document, sentence.rstrip("."), "AGREE", ["EGY::مصر", "SYR::سوريا", "JOR::الأردن", "IRQ::العراق"])
    assert kinds(find([view(document, one)], [], similar)) == [("count", 1)]


def test_one_vote_in_two_bodies() -> None:
    document = make_document(
        "a.en", "At the UNSC Pakistan abstained on a resolution in the UN General Assembly.", "In the Security Council it voted again."
    )
    one = act(document, "Pakistan abstained on a resolution in the UN General Assembly", "REJECT", ["PAK"])
    two = act(document, "In the Security Council it voted again", "REJECT", ["PAK"])
    assert kinds(find([view(document, one, two)], [], similar)) == [("body", 1)]


def test_ids_are_stable_and_nothing_is_taken_away() -> None:
    first, again = awarded("1974", "1973"), awarded("1974", "1973")
    assert [one.id for one in first] == [one.id for one in again]


def test_a_sentence_without_statements_tells_nothing() -> None:
    document = make_document("a.en", "Nothing.")
    assert find([view(document)], [], similar) == []
    assert Sentence(0, 8, 0) == document.sentences[0]
