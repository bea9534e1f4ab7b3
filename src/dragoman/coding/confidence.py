"""How likely it is that a statement is typed right: a small logistic model over what is known when it is made.

The numbers are fitted by training/calibrate.py on texts with gold and on cases, and stored in confidence.json; docs/model.md has the plot.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from importlib import resources
from math import exp, log, log1p

import msgspec

from dragoman.coding.clauses import Clauses
from dragoman.coding.draft import Draft
from dragoman.coding.proposals import RULE
from dragoman.statement import Actor

FILE = "confidence.json"
LINE = 0.7
"""Views show a statement that is at least as sure as this; the rest is there when asked for, marked unsure."""

PROPOSED = 0.55
"""The confidence of what the model proposes: of that, on sentences kept apart, so many are right whatever the model's probability."""

LEAST, MOST = 0.02, 0.99
"""Nothing is ruled out, and nothing is certain."""

_FLOOR = 0.02
"""Keeps the odds of what the model is sure of within bounds."""

_HIDDEN = ("pronoun", "reference", "generic")


class Signs(msgspec.Struct, frozen=True):
    """What a statement's confidence is read from. Each is 0 to 1, or the logarithm of a count.

    noun, other: the trigger is no verb: a noun, an adjective or phrase. carried: a verb carries the noun. position, tie: the
    kind. alone: its words can tell one type only. filled: a side stands in from the text. sourceless, targetless: a side
    that it could have is empty. two: two states. hidden: a side is a pronoun or a body whose state the text tells elsewhere.
    stateless: an actor of no state. far: words between the trigger and the nearest actor. dated, running: the sentence tells
    the date, the narrative does. voiced: not simply asserted. words: of the sentence; verbs: in it; rivals: other triggers in it;
    late: verbs before the trigger; issue: a thing it is about. verb_first: the language's order. likely: how likely the model for
    types finds the type (its log odds; 0 without the model). proposed: the model says so, no rule.
    """

    noun: float = 0.0
    other: float = 0.0
    carried: float = 0.0
    position: float = 0.0
    tie: float = 0.0
    alone: float = 0.0
    filled: float = 0.0
    sourceless: float = 0.0
    targetless: float = 0.0
    two: float = 0.0
    hidden: float = 0.0
    stateless: float = 0.0
    far: float = 0.0
    dated: float = 0.0
    running: float = 0.0
    voiced: float = 0.0
    words: float = 0.0
    verbs: float = 0.0
    rivals: float = 0.0
    late: float = 0.0
    issue: float = 0.0
    verb_first: float = 0.0
    likely: float = 0.0
    proposed: float = 0.0


class Scale(msgspec.Struct, frozen=True):
    """confidence.json: the weight of each sign, and the bias. about: on what it was fitted, with figures."""

    weights: dict[str, float]
    bias: float
    about: dict[str, object] = {}


def read_signs(
    draft: Draft,
    clauses: Clauses,
    source: Sequence[Actor],
    target: Sequence[Actor],
    filled: bool,
    date_from: str,
    modality: str,
    likelihood: float | None,
) -> Signs:
    """The signs of a draft that has become a statement. likelihood: of its type, by the model, None without one."""
    sentence, trigger = clauses.sentence, draft.trigger
    match = sentence.triggers.get(draft.first)
    forms = {w.form for w in match.meanings if w.trigger is trigger} if match else set()
    types = {w.trigger.type for w in match.meanings} if match else set()
    mentions = [*draft.source, *draft.target]
    gaps = [max(m.first - draft.last, draft.first - m.last, 0) for m in mentions]
    codes = {a.code for a in (*source, *target) if a.code}
    return Signs(
        noun=float(draft.verb is None and "noun" in forms),
        other=float(draft.verb is None and "noun" not in forms),
        carried=float(draft.carrier is not None),
        position=float(trigger.kind == "position"),
        tie=float(trigger.kind == "tie"),
        alone=float(len(types) <= 1),
        filled=float(filled),
        sourceless=float(not source),
        targetless=float(not target and not trigger.both),
        two=float(len(codes) >= 2),
        hidden=float(any(m.role in _HIDDEN for m in mentions)),
        stateless=float(any(not a.code for a in (*source, *target))),
        far=log1p(min(gaps, default=12)),
        dated=float(date_from == "sentence"),
        running=float(date_from == "context"),
        voiced=float(modality != "asserted"),
        words=log1p(len(sentence.tokens)) - 3,
        verbs=log1p(len(clauses.verbs)),
        rivals=log1p(max(len(sentence.triggers) - 1, 0)),
        late=log1p(sum(v.index < draft.first for v in clauses.verbs)),
        issue=float(draft.issue[1] > draft.issue[0]),
        verb_first=float(clauses.verb_first),
        likely=0.0 if likelihood is None else log((likelihood + _FLOOR) / (1 - likelihood + _FLOOR)),
        proposed=float(trigger.id == RULE),
    )


def rate(signs: Signs) -> float:
    """The probability that a statement with these signs is typed right, to two decimals."""
    if signs.proposed:
        return PROPOSED
    scale = load()
    score = scale.bias + sum(weight * getattr(signs, name) for name, weight in scale.weights.items())
    return round(min(max(1 / (1 + exp(-score)), LEAST), MOST), 2)


@cache
def load() -> Scale:
    """The fitted numbers, read once a process."""
    return msgspec.json.decode((resources.files("dragoman.coding") / FILE).read_bytes(), type=Scale)
