"""The model for types: what it is shown, what it makes of it, and that it is only asked where the rules find nothing."""

from __future__ import annotations

import numpy as np
import pytest
from coded import document, one
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from dragoman.coding import code
from dragoman.coding.clauses import Clauses
from dragoman.coding.coder import Coder
from dragoman.coding.confidence import LINE
from dragoman.coding.features import BITS, count, weigh
from dragoman.coding.lexicon import lexicon
from dragoman.coding.model import Model, load
from dragoman.coding.parse import parse
from dragoman.coding.proposals import RULE, Proposer
from dragoman.coding.views import View, look_at
from dragoman.encoding import load as load_encoder
from dragoman.statement import TYPES, Span

PAIRS = (
    ("Bulgarian gunners shelled a Greek village before dawn.", "Bulgarian gunners", "Greek village", "ASSAULT"),
    ("Paraguay expelled two Bolivian attachés.", "Paraguay", "Bolivian attachés", "SANCTION"),
    ("Finland sent blankets and medicine to Armenia.", "Finland", "Armenia", "AID"),
    ("Mexico accused Guatemala of sheltering smugglers.", "Mexico", "Guatemala", "ACCUSE"),
    ("The Danish premier met the Polish president in Warsaw.", "The Danish premier", "the Polish president", "CONSULT"),
    ("طالبت تونس فرنسا بالاعتذار.", "تونس", "فرنسا", "REQUEST"),
    ("قصفت القوات التركية مواقع سورية.", "القوات التركية", "سورية", "ASSAULT"),
)


def view(text: str, source: str, target: str) -> View:
    """The pair of actors that are named so."""
    language = "ar" if any("\u0600" <= c <= "\u06ff" for c in text) else "en"
    spans = [Span(text.index(name), text.index(name) + len(name)) for name in (source, target)]
    return look_at(lexicon(language), text, spans[0], spans[1])


@pytest.fixture(scope="module")
def model() -> Model:
    found = load()
    assert found is not None
    return found


def test_it_knows_every_type_and_nothing(model: Model) -> None:
    assert set(model.types) == {"", *(t for types in TYPES.values() for t in types)}


@pytest.mark.parametrize("encoded", [False, True])
def test_it_tells_what_one_does_to_the_other(model: Model, encoded: bool) -> None:
    views = [view(text, source, target) for text, source, target, _ in PAIRS]
    found = model.merge(model.probabilities(views, load_encoder() if encoded else None))
    assert found.shape == (len(PAIRS), len(model.types))
    assert np.allclose(found.sum(1), 1, atol=1e-4)
    right = [model.types[row.argmax()] == wanted for row, (*_, wanted) in zip(found, PAIRS, strict=True)]
    assert sum(right) >= len(PAIRS) - 1


def test_who_they_are_does_not_count(model: Model) -> None:
    views = [view(f"{a} accused {b} of lying.", a, b) for a, b in (("Mexico", "Guatemala"), ("Norway", "Denmark"))]
    first, second = model.probabilities(views)
    assert np.array_equal(first, second)


def test_who_does_it_counts() -> None:
    text = "Mexico accused Guatemala of lying."
    assert view(text, "Mexico", "Guatemala").first == "s"
    assert view(text, "Guatemala", "Mexico").first == "t"


def test_one_view_is_as_good_as_many(model: Model) -> None:
    views = [view(text, source, target) for text, source, target, _ in PAIRS]
    together = model.probabilities(views)
    assert np.allclose(together, np.vstack([model.probabilities([v]) for v in views]), atol=1e-6)
    assert model.probabilities([]).shape == (0, len(model.classes))


@given(st.text(max_size=80), st.integers(0, 80), st.integers(0, 80), st.integers(0, 80), st.integers(0, 80))
def test_any_text_and_any_spans_make_a_view(text: str, a: int, b: int, c: int, d: int) -> None:
    seen = look_at(lexicon("en"), text, Span(min(a, b), max(a, b)), Span(min(c, d), max(c, d)), Span(a, a + 1))
    columns, values, blocks = count(seen)
    assert len(columns) == len(values) == len(blocks)
    assert not len(columns) or 0 <= columns.min() <= columns.max() < 1 << BITS
    weighed = weigh((columns, values, blocks), np.ones(1 << BITS, np.float32))
    assert np.isfinite(weighed).all()


def test_it_proposes_what_neighbours_do(model: Model) -> None:
    text = "سحبت منغوليا جنودها من لاوس في سبتمبر 1989."
    words = lexicon("ar")
    clauses = Clauses(parse(words, text, 0, len(text)), words.language.grammar)
    drafts = list(Proposer(model, load_encoder(), 0.5).propose(clauses))
    assert [(d.trigger.type, [m.codes for m in d.source], [m.codes for m in d.target]) for d in drafts] == [
        ("RETREAT", [("MNG",)], [("LAO",)])
    ]


@pytest.mark.parametrize("text", ["Mongolia restricted the import of Laotian poultry.", "Laotian poultry was restricted by Mongolia."])
def test_a_verb_between_two_tells_who_acts(model: Model, text: str) -> None:
    words = lexicon("en")
    clauses = Clauses(parse(words, text, 0, len(text)), words.language.grammar)
    drafts = list(Proposer(model, None, 0.0).propose(clauses))
    assert [([m.codes for m in d.source], [m.codes for m in d.target]) for d in drafts] == [([("MNG",)], [("LAO",)])]


def test_it_is_asked_where_the_rules_find_nothing(model: Model) -> None:
    text = "زفزفت منغوليا لاوس عند الجبل."  # no word of the language, so none that the rules will ever know
    assert not code(document(text), model=False)
    proposed = Coder(document(text), Proposer(model, load_encoder(), 0.0)).code()
    assert proposed
    for statement in proposed:
        assert statement.evidence[0].rule == RULE
        assert text[statement.start : statement.end] == statement.quote
        assert statement.confidence < LINE


def test_what_the_rules_find_stays_as_it_is() -> None:
    """The model only says how sure it is."""
    text = "وقعت مصر والسودان اتفاقية في القاهرة عام 1959."
    with_model, alone = ([replace(s, confidence=1.0) for s in code(document(text), model)] for model in (True, False))
    assert with_model == alone != []


def test_confidence_is_less_for_a_noun_far_behind_than_for_a_plain_verb() -> None:
    plain = one("Chile attacked Peru in 1879.", "ASSAULT")
    far = one(
        "The president said, as reporters left and guards closed the hall, that the attack by Chile on the army was over.",
        "ASSAULT",
        ("CHL", "PER"),
    )
    assert 0 < far.confidence < plain.confidence < 1
