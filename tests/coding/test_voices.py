"""Modality and attribution: what is asserted, claimed, denied, disputed, negated, planned, and who says so."""

from __future__ import annotations

import pytest
from coded import clauses, codes, one, told

from dragoman.coding.voices import Voices

# A sentence, the type of a statement in it, its modality, and words of who says so ("" for nobody).
SAID = [
    ("Peru attacked Chile.", "ASSAULT", "asserted", ""),
    # Claimed: somebody says so.
    ("According to Reuters, Peru attacked Chile.", "ASSAULT", "claimed", "Reuters"),
    ("Peru attacked Chile, according to Brazil.", "ASSAULT", "claimed", "Brazil"),
    ("Brazil said that Peru had attacked Chile.", "ASSAULT", "claimed", "Brazil"),
    ("Peru had attacked Chile, Brazil said.", "ASSAULT", "claimed", "Brazil"),
    ("Peru reportedly attacked Chile.", "ASSAULT", "claimed", ""),
    ("Peru allegedly attacked Chile.", "ASSAULT", "claimed", ""),
    # Denied: the one who denies names what is denied.
    ("Peru denied that it had attacked Chile.", "ASSAULT", "denied", "Peru"),
    # Negated: the text says that it did not happen.
    ("Peru did not attack Chile.", "ASSAULT", "negated", ""),
    ("Peru never attacked Chile.", "ASSAULT", "negated", ""),
    ("Chile was not attacked by Peru.", "ASSAULT", "negated", ""),
    ("Peru has not recognised Kosovo.", "SUPPORT", "negated", ""),
    # Planned.
    ("Peru will open an embassy in Chile.", "SUPPORT", "planned", ""),
    pytest.param("Peru plans to open an embassy in Chile.", "SUPPORT", "planned", ""),
    ("The president of Peru is expected to visit Chile.", "CONSULT", "planned", ""),
    # Words of the actor are its acts, not what it claims.
    ("Peru condemned Chile.", "ACCUSE", "asserted", ""),
    ("Peru urged Chile to withdraw from the islands.", "REQUEST", "asserted", ""),
    # Arabic.
    ("هاجمت بيرو تشيلي.", "ASSAULT", "asserted", ""),
    ("وفقا لرويترز هاجمت بيرو تشيلي.", "ASSAULT", "claimed", "رويترز"),
    ("بحسب البرازيل هاجمت بيرو تشيلي.", "ASSAULT", "claimed", "البرازيل"),
    ("قالت البرازيل إن بيرو هاجمت تشيلي.", "ASSAULT", "claimed", "البرازيل"),
    ("ذكرت البرازيل أن بيرو هاجمت تشيلي.", "ASSAULT", "claimed", "البرازيل"),
    ("لم تهاجم بيرو تشيلي.", "ASSAULT", "negated", ""),
    ("لم تعترف بيرو بكوبا.", "SUPPORT", "negated", ""),
    ("ستفتتح بيرو سفارة في تشيلي.", "SUPPORT", "planned", ""),
    ("تعتزم بيرو افتتاح سفارة في تشيلي.", "SUPPORT", "planned", ""),
    ("من المتوقع أن يزور الرئيس البيروفي تشيلي.", "CONSULT", "planned", ""),
    ("أدانت بيرو تشيلي.", "ACCUSE", "asserted", ""),
]


@pytest.mark.parametrize(("text", "type", "modality", "by"), SAID)
def test_how_it_is_said_and_by_whom(text: str, type: str, modality: str, by: str) -> None:
    statement = one(text, type)
    assert statement.modality == modality
    assert by in statement.by
    assert bool(by) == bool(statement.by)


@pytest.mark.parametrize(
    ("text", "by"),
    [("Brazil said that Peru had attacked Chile.", "Brazil"), ("قالت البرازيل إن بيرو هاجمت تشيلي.", "البرازيل")],
)
def test_who_says_so_is_shown_where_it_stands(text: str, by: str) -> None:
    statement = one(text, "ASSAULT")
    spans = [(e.start, e.end) for e in statement.evidence if e.field == "by"]
    assert [text[start:end] for start, end in spans] == [by]


def test_who_reports_does_not_act() -> None:
    assert told("Brazil said that Peru had attacked Chile.") == ["ASSAULT PER > CHL"]


@pytest.mark.parametrize("text", ["Peru denied that it had attacked Chile.", "نفت بيرو أنها هاجمت تشيلي."])
def test_a_denial_is_an_act(text: str) -> None:
    denial = one(text, "REJECT")
    assert (codes(denial.source), denial.modality) == ("PER", "asserted")


def test_what_one_clause_denies_the_next_does_not() -> None:
    text = "Peru did not attack Chile, but Brazil condemned Cuba."
    assert one(text, "ASSAULT").modality == "negated"
    assert one(text, "ACCUSE").modality == "asserted"


@pytest.mark.parametrize(
    ("text", "modality"),
    [
        ("The minister said that Peru would attack Chile.", "planned"),
        ("In 1950 Peru would attack Chile.", "asserted"),  # told by one who knows what came
        ("Peru was not only attacking Chile.", "asserted"),
        ("Peru was not attacking Chile.", "negated"),
    ],
)
def test_a_cue_means_what_stands_around_it(text: str, modality: str) -> None:
    assert one(text, "ASSAULT").modality == modality


@pytest.mark.parametrize(
    ("text", "type", "modality"),
    [
        ("لم تقع حرب بين بيرو وتشيلي.", "ASSAULT", "negated"),
        ("هاجمت بيرو تشيلي، ووفقا لمصدر عسكري فقد انسحب الجنود.", "ASSAULT", "asserted"),  # the source tells what follows
        ("وفقا لمصدر عسكري هاجمت بيرو تشيلي.", "ASSAULT", "claimed"),
    ],
)
def test_a_voice_governs_its_own_clause(text: str, type: str, modality: str) -> None:
    assert one(text, type).modality == modality


def test_support_that_is_refused_is_opposition() -> None:
    statement = one("Peru did not support the intervention in Cuba.", "OPPOSES")
    assert (codes(statement.source), codes(statement.target), statement.modality) == ("PER", "CUB", "asserted")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('Peru said: "We attacked Chile" and left.', "We attacked Chile"),
        ("قالت بيرو: «هاجمنا تشيلي» وغادرت.", "هاجمنا تشيلي"),
        ('Peru said: "We attacked Chile', "We attacked Chile"),
    ],
)
def test_quotations_are_found(text: str, words: str) -> None:
    found = clauses(text)
    quotes = Voices(found).quotes
    assert len(quotes) == 1
    start, end = quotes[0]
    assert text[found.tokens[start + 1].start : found.tokens[end - 1].end] == words
