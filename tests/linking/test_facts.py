"""Facts: what says the same comes together, and nothing that a slot or a person keeps apart."""

from __future__ import annotations

import random

import pytest
from acts import act

from dragoman.encoding import load
from dragoman.linking import Judgements, link
from dragoman.statement import Document, Statement
from making import make_document

EN = make_document(
    "visit.en",
    "In 2014 Pakistan declared its support for a transitional government in Syria.",
    "Iran sent doctors to Syria in 1999.",
    "The president of Pakistan visited Damascus in March 2016.",
    subject="visit",
)
AR = make_document(
    "visit.ar",
    "أعلنت باكستان عام 2014 دعمها لتشكيل حكومة انتقالية في سوريا.",
    "زار رئيس باكستان دمشق في مارس 2016.",
    language="ar",
    subject="visit",
)
NEWS = make_document(
    "paper.en", "Pakistan's president visited Damascus in March 2016.", "Pakistan's president visited Damascus in May 2019."
)


def statements() -> list[Statement]:
    return [
        act(EN, "Pakistan declared its support for a transitional government in Syria", "SUPPORTS", ["PAK"], ["SYR"],
            date="2014", issue="a transitional government in Syria"),
        act(EN, "Iran sent doctors to Syria", "AID", ["IRN"], ["SYR"], date="1999"),
        act(EN, "The president of Pakistan visited Damascus", "CONSULT", ["PAK:GOV"], ["SYR"], date="2016-03"),
        act(AR, "أعلنت باكستان عام 2014 دعمها لتشكيل حكومة انتقالية في سوريا", "SUPPORTS", ["PAK"], ["SYR"],
            date="2014", issue="تشكيل حكومة انتقالية في سوريا"),
        act(AR, "زار رئيس باكستان دمشق", "CONSULT", ["PAK:GOV"], ["SYR"], date="2016-03"),
        act(NEWS, "Pakistan's president visited Damascus in March 2016", "CONSULT", ["PAK:GOV"], ["SYR"], date="2016-03"),
        act(NEWS, "Pakistan's president visited Damascus in May 2019", "CONSULT", ["PAK:GOV"], ["SYR"], date="2019-05"),
    ]  # fmt: skip


def run(documents: list[Document], given: list[Statement], judgements: Judgements | None = None) -> list[tuple[str, ...]]:
    found = link(documents, given, lambda texts: load().encode(list(texts)), judgements or Judgements())
    return [fact.statements for fact in found.facts]


def test_two_languages_and_a_paper_of_another_subject_make_one_fact() -> None:
    given = statements()
    facts = run([EN, AR, NEWS], given)
    assert {frozenset(ids) for ids in facts} == {frozenset((given[0].id, given[3].id)), frozenset((given[2].id, given[4].id, given[5].id))}


def test_the_order_of_what_comes_in_changes_nothing() -> None:
    given, documents = statements(), [EN, AR, NEWS]
    first = link(documents, given, lambda texts: load().encode(list(texts)))
    random.Random(1).shuffle(given)
    again = link(documents[::-1], given, lambda texts: load().encode(list(texts)))
    assert first.facts == again.facts
    assert [fact.id for fact in first.facts] == [fact.id for fact in again.facts]


def test_what_a_person_has_judged_never_the_same_stays_apart() -> None:
    given = statements()
    never = Judgements(never=frozenset({frozenset((given[2].id, given[4].id))}))
    for ids in run([EN, AR, NEWS], given, never):
        assert not {given[2].id, given[4].id} <= set(ids)


def test_what_a_person_has_judged_the_same_comes_together() -> None:
    given = statements()
    same = Judgements(same=frozenset({frozenset((given[0].id, given[3].id))}))
    assert any({given[0].id, given[3].id} <= set(ids) for ids in run([EN, AR, NEWS], given, same))


def test_one_link_does_not_chain_what_the_slots_keep_apart() -> None:
    """The visits of 2016 and 2019 read almost the same, and stay two."""
    given = statements()
    for ids in run([EN, AR, NEWS], given):
        assert not {given[5].id, given[6].id} <= set(ids)


@pytest.mark.parametrize("field", ["type", "target"])
def test_another_type_or_another_state_is_another_fact(field: str) -> None:
    other = ("THREATEN", ["SYR"]) if field == "type" else ("CONSULT", ["IRN"])
    given = [
        act(EN, "The president of Pakistan visited Damascus", "CONSULT", ["PAK:GOV"], ["SYR"], date="2016-03"),
        act(AR, "زار رئيس باكستان دمشق", other[0], ["PAK:GOV"], other[1], date="2016-03"),
    ]
    assert run([EN, AR], given) == []


def test_the_fact_says_the_most_exact_and_nothing_that_is_torn() -> None:
    given = [
        act(EN, "The president of Pakistan visited Damascus", "CONSULT", ["PAK"], ["SYR"], date="2016"),
        act(AR, "زار رئيس باكستان دمشق", "CONSULT", ["PAK:GOV"], ["SYR"], date="2016-03-05"),
    ]
    (fact,) = link([EN, AR], given, lambda texts: load().encode(list(texts))).facts
    assert fact.date == "2016-03-05"
    torn = [given[0], act(AR, "زار رئيس باكستان دمشق", "CONSULT", ["PAK:GOV"], ["SYR"], date="2017")]
    (fact,) = link([EN, AR], torn, lambda texts: load().encode(list(texts))).facts
    assert fact.date == ""
    assert [one.severity for one in fact.differences if one.slot == "date"] == ["conflict"]


def test_what_many_papers_say_in_the_same_words_is_one_fact() -> None:
    """More than a block compares of each; and what one of them says again and again counts once."""
    papers = [
        make_document(f"paper{number:03}.en", *["Iran sent aid to Syria in 1999."] * (4 if number == 7 else 1)) for number in range(120)
    ]
    given = [act(paper, "Iran sent aid to Syria in 1999", "AID", ["IRN"], ["SYR"], date="1999") for paper in papers]
    assert [len(ids) for ids in run(papers, given)] == [120]
