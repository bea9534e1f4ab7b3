"""What a document has said so far tells who "he", "the country" and "both sides" are."""

from __future__ import annotations

import pytest
from coded import actors, codes, one, parsed, statements

from dragoman.coding import code
from dragoman.coding.context import Context
from dragoman.coding.lexicon import lexicon
from dragoman.reading import parse as read

# A text whose last sentence leans on what stands before it; the type of its statement there; its source and target.
LEANING = [
    # Pronouns.
    ("Peru is a republic. It attacked Chile.", "ASSAULT", "PER", "CHL"),
    ("Peruvian President Alan García was popular. He visited Chile.", "CONSULT", "PER", "CHL"),
    ("Peru and Bolivia are neighbours. They attacked Chile.", "ASSAULT", "BOL PER", "CHL"),
    # The name alone, once it has been introduced.
    ("Fijian President Thaddeus Quorl spoke for an hour. Quorl visited Chile.", "CONSULT", "FJI", "CHL"),
    pytest.param("Thaddeus Quorl, the foreign minister of Fiji, spoke for an hour. Quorl visited Chile.", "CONSULT", "FJI", "CHL"),
    # Bodies whose state was told.
    ("The Peruvian army is small. The army attacked Chile.", "ASSAULT", "PER", "CHL"),
    # References.
    ("Peru lies on the Pacific. Chile attacked the country.", "ASSAULT", "CHL", "PER"),
    ("Peru lies north of Chile. The two countries signed a trade agreement.", "AGREE", "CHL PER", ""),
    # Arabic.
    ("كان الرئيس البيروفي آلان غارسيا محبوبا. زار غارسيا تشيلي.", "CONSULT", "PER", "CHL"),
    ("تقع بيرو شمال تشيلي. وقع البلدان اتفاقية تجارية.", "AGREE", "CHL PER", ""),
    ("تقع بيرو على المحيط. هاجمت تشيلي هذا البلد.", "ASSAULT", "CHL", "PER"),
    # A pronoun written on to a verb or to a body, a title alone, nobody named at all, "we", "his country".
    ("كانت تشيلي في حرب، فهاجمتها بيرو.", "ASSAULT", "PER", "CHL"),
    ("رفضت بيرو القرار واشتبكت سفنها مع السفن التشيلية.", "ASSAULT", "PER", "CHL"),
    ("تحدث الرئيس البيروفي آلان غارسيا. زار الرئيس تشيلي.", "CONSULT", "PER", "CHL"),
    ("تحدثت بيرو إلى الصحافة. وطالبت بأن تنسحب تشيلي.", "REQUEST", "PER", "CHL"),
    ('قالت بيرو: "لقد ناشدنا تشيلي الانسحاب".', "REQUEST", "PER", "CHL"),
    ("أكد الوزير البيروفي دعم بلاده لاستقلال كوسوفو.", "SUPPORTS", "PER", "XKX"),
]


@pytest.mark.parametrize(("text", "type", "source", "target"), LEANING)
def test_who_is_meant(text: str, type: str, source: str, target: str) -> None:
    statement = one(text, type)
    assert (codes(statement.source), codes(statement.target)) == (source, target)


@pytest.mark.parametrize(
    "text", ["Both sides signed a trade agreement.", "The two countries signed a trade agreement.", "وقع الطرفان اتفاقية تجارية."]
)
def test_the_two_of_the_title(text: str) -> None:
    assert codes(one(text, "AGREE", ["NZL", "FJI"]).source) == "FJI NZL"


@pytest.mark.parametrize(
    ("text", "type", "source", "target"),
    [
        ("احتلت القوات النيوزيلندية الميناء.", "ASSAULT", "NZL", "FJI"),
        ("زارت الملكة فلانة فيجي.", "CONSULT", "NZL", "FJI"),
        ("تم نقل السيادة إلى فيجي.", "CONCEDE", "NZL", "FJI"),
    ],
)
def test_one_of_the_two_of_the_title_acts_towards_the_other(text: str, type: str, source: str, target: str) -> None:
    statement = one(text, type, ["NZL", "FJI"])
    assert (codes(statement.source), codes(statement.target)) == (source, target)
    assert any(e.rule == "dyad of the text" for e in statement.evidence)
    assert not [s for s in statements(text) if s.source and s.target]  # without the title nobody knows


def test_a_third_state_stands_for_itself() -> None:
    statement = one("احتلت القوات النيوزيلندية الميناء في تونغا.", "ASSAULT", ["NZL", "FJI"])
    assert codes(statement.target) != "FJI"


def test_a_subject_in_english_names_the_two_of_an_arabic_text() -> None:
    document = read("احتلت القوات النيوزيلندية الميناء.", "new_zealand-fiji.ar", "ar")
    assert [codes(s.target) for s in code(document)] == ["FJI"]


@pytest.mark.parametrize(
    "text",
    ["He attacked it.", "It attacked the country.", "Both sides signed a trade agreement.", "وقع الطرفان اتفاقية تجارية.", "هاجمها."],
)
def test_nobody_is_made_up(text: str) -> None:
    assert statements(text) == []


def test_the_title_outweighs_the_text() -> None:
    words = lexicon("en")
    sentences = [parsed(text) for text in ("Peru met Chile.", "Peru met Chile.", "Brazil met Cuba.")]
    assert set(Context(words, sentences).dyad) == {"PER", "CHL"}
    assert Context(words, sentences, ["FJI", "NZL"]).dyad == ("FJI", "NZL")
    assert Context(words, []).dyad == ()


def test_documents_do_not_lean_on_each_other() -> None:
    assert codes(one("Peru is a republic. It attacked Chile.", "ASSAULT").source) == "PER"
    assert statements("It attacked the ports.") == []


def test_a_pronoun_is_named_as_written() -> None:
    text = "Peru is a republic. It attacked Chile."
    for statement in statements(text):
        for actor in (*statement.source, *statement.target):
            assert actor.start < 0 or text[actor.start : actor.end] == actor.name


def test_he_is_an_official_and_it_is_a_state() -> None:
    assert actors(one("Peruvian President Alan García was popular. He visited Chile.", "CONSULT").source) == "PER:GOV"
    assert actors(one("Peru is a republic. It attacked Chile.", "ASSAULT").source) == "PER"
