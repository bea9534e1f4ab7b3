"""Where the rules find nothing to say of two states that a sentence names, the model is asked what one does to the other.

A proposal is a draft like those of the rules, so that who, when and how surely are read the same way; its evidence says `model`.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import msgspec

from dragoman.coding.clauses import Clauses
from dragoman.coding.draft import Draft
from dragoman.coding.model import Array, Model
from dragoman.coding.sentence import Mention
from dragoman.coding.views import View, look
from dragoman.encoding import Encoder
from dragoman.languages.schema import Trigger
from dragoman.statement import TYPES

RULE = "model"
SURE = 0.6
"""Least probability of a type that is proposed: from there on proposals gain more than they cost (docs/model.md)."""

_WORTH = 0.25
"""Least probability by words alone, below which the encoder is not asked."""

_ROLES = ("actor", "person", "owner", "modifier", "name", "place")
_SCENES = ("in", "time", "on")
"""Slots of what is only where or when something happens: it does not act."""

_BOTH = {"RELATIONS", "AGREEMENT", "INSTITUTION", "TRADE", "TRANSPORT", "KINSHIP"}
_TRIGGERS = {
    type_: Trigger(id=RULE, type=type_, topic="diplomacy", kind=kind, both=type_ in _BOTH, needs=["two"])
    for kind, types in TYPES.items()
    for type_ in types
    if kind != "position"  # whose issue no model tells
}


class Proposer(msgspec.Struct, frozen=True):
    """A model, and an encoder that makes it surer."""

    model: Model
    encoder: Encoder | None = None
    sure: float = 1.0

    def propose(self, clauses: Clauses) -> Iterator[Draft]:
        """Drafts of the pairs of neighbouring states of which the model is sure, in order."""
        named = [m for m in clauses.sentence.mentions if any(m.codes) and m.role in _ROLES]
        pairs = [pair for a, b in pairwise(named) if set(a.codes).isdisjoint(b.codes) for pair in ((a, b), (b, a))]
        if not pairs:
            return
        views = [look(clauses.sentence, (s.first, s.last), (t.first, t.last)) for s, t in pairs]
        found = self._types(views, None)
        if self.encoder is not None and found.max() >= _WORTH:
            found = self._types(views, self.encoder)
        for at in range(0, len(pairs), 2):
            acts = _acting(clauses, *pairs[at])
            way = at + int(not acts if acts is not None else found[at + 1].max() > found[at].max())
            either = found[at : at + 2].max(0)
            best = int(either.argmax())
            if either[best] >= self.sure and pairs[way][0].slot not in _SCENES:
                yield _draft(clauses, *pairs[way], _TRIGGERS[self._names[best]])

    def likelihood(self, clauses: Clauses, draft: Draft) -> float:
        """How likely the model, by words alone, finds the type of a draft of the rules, 0 to 1."""
        source, target = draft.source[:1], draft.target[:1] or draft.source[1:2]
        left, right = ((m[0].first, m[0].last) if m else None for m in (source, target))
        view = look(clauses.sentence, left, right, (draft.first, draft.last))
        return float(self.model.merge(self.model.probabilities([view]))[0, self.model.types.index(draft.trigger.type)])

    @property
    def _names(self) -> list[str]:
        return [t for t in self.model.types if t in _TRIGGERS]

    def _types(self, views: list[View], encoder: Encoder | None) -> Array:
        at = [self.model.types.index(t) for t in self._names]
        found: Array = self.model.merge(self.model.probabilities(views, encoder))[:, at]
        return found


def _acting(clauses: Clauses, left: Mention, right: Mention) -> bool | None:
    """Whether the first of two acts, where a verb between them tells: its subject does, unless it is passive."""
    verb = next((v for v in clauses.verbs if left.last <= v.index < right.first), None)
    return None if verb is None or left not in clauses.subject(verb) else not verb.passive


def _draft(clauses: Clauses, source: Mention, target: Mention, trigger: Trigger) -> Draft:
    """What stands between the two is the trigger: the first verb there, else the first word."""
    left, right = sorted((source, target), key=lambda m: m.first)
    verb = next((v for v in clauses.verbs if left.last <= v.index < right.first), None)
    first = verb.index if verb is not None else min(left.last, right.first)
    last = verb.end if verb is not None else first + 1
    together = source.group == target.group  # "France and Spain": each alone, not both against one
    sides = [[m] if together else [o for o in clauses.group(m) if any(o.codes)] for m in (source, target)]
    return Draft(trigger, first, last, verb, sides[0], sides[1], end=last)


__all__ = ["RULE", "SURE", "Proposer"]
