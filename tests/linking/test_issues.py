"""Issues: one name for what several wordings mean."""

from __future__ import annotations

from acts import act, similar, told

from dragoman.linking import facts, issues
from dragoman.statement import Issue, Statement
from making import make_document

DOCUMENT = make_document("a.en", "Pakistan opposed it.", "Iran opposed it.", "Pakistan backed it.", "Pakistan condemned it.")
MILITARY, ARABIC = "any foreign military intervention in Syria", "أي تدخل عسكري أجنبي في سوريا"


def position(quote: str, type: str, issue: str, source: str) -> Statement:
    return act(DOCUMENT, quote, type, [source], ["SYR"], issue=issue)


def run(*statements: Statement) -> list[Issue]:
    return issues.find(told(DOCUMENT, *statements), [], similar)


def test_wordings_and_languages_come_together_and_stands_do_not_matter() -> None:
    found = run(
        position("Pakistan opposed it", "OPPOSES", MILITARY, "PAK"),
        position("Iran opposed it", "OPPOSES", ARABIC, "IRN"),
        position("Pakistan backed it", "SUPPORTS", "the sovereignty of Syria", "PAK"),
    )
    assert sorted(len(one.statements) for one in found) == [1, 2]
    (joint,) = (one for one in found if len(one.statements) == 2)
    assert set(joint.wordings) == {MILITARY, ARABIC}
    assert joint.name in joint.wordings


def test_what_nobody_takes_a_stand_on_is_no_issue() -> None:
    assert run(act(DOCUMENT, "Pakistan condemned it", "ACCUSE", ["PAK"], ["SYR"], issue="the raid")) == []


def test_a_request_on_the_same_issue_belongs_to_it() -> None:
    request = act(DOCUMENT, "Pakistan condemned it", "REQUEST", ["PAK"], ["SYR"], issue=MILITARY)
    (found,) = run(position("Pakistan opposed it", "OPPOSES", MILITARY, "PAK"), request)
    assert request.id in found.statements
    assert found.statements == tuple(sorted(found.statements, key=lambda id: int(id.split()[1])))


def test_the_wordings_of_one_fact_are_one_issue() -> None:
    one, other = position("Pakistan opposed it", "OPPOSES", "the plan", "PAK"), position("Iran opposed it", "OPPOSES", "wheat", "IRN")
    slots = told(DOCUMENT, one, other)
    fact = facts.state(slots, lambda members: ())
    (found,) = issues.find(slots, [fact], similar)
    assert set(found.wordings) == {"the plan", "wheat"}
