"""Who stands on each side of a statement: the actors of its mentions, who speaks, and the other of the two that a text is about."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from dragoman.coding.context import Context
from dragoman.coding.draft import Draft
from dragoman.coding.quotes import Quotes
from dragoman.coding.sentence import Mention
from dragoman.coding.voices import Voices
from dragoman.languages.folding import fold
from dragoman.languages.schema import Trigger
from dragoman.statement import Actor

_PEOPLE = ("REB", "CVL", "OPP", "IGO")
"""Sectors of people who act for themselves, or for a body of no state."""


class Sides:
    """Finds the actors of one sentence's statements, as its document tells so far."""

    def __init__(self, voices: Voices, quotes: Quotes, context: Context, text: str) -> None:
        self.voices, self.clauses, self.sentence = voices, voices.clauses, voices.sentence
        self.tokens = self.sentence.tokens
        self.quotes, self.context, self.text = quotes, context, text

    def of(self, draft: Draft) -> tuple[list[Actor], list[Actor], bool]:
        """Who acts and who is acted upon in a draft, and whether a state that the text is about stands in for one."""
        trigger = draft.trigger
        acting = self._acting(draft)
        own = self.resolve(acting, ())
        source = self.resolve(draft.source, own, acting)
        source = source or self._unaffiliated(draft.source)
        hit = [m for m in draft.target if draft.verb is None or not self._its(m)]
        mine = {a.code for a in source}
        of_its = [a for a in self.resolve([m for m in draft.target if m not in hit], own, acting) if a.code not in mine]
        target = [
            a
            for a in self.resolve(hit, own, acting) + of_its
            if all((a.code, a.sector, a.name) != (s.code, s.sector, s.name) for s in source)
        ]
        target = [a for a in target if not (a.code and a.sector == "" and any(s.code == a.code for s in source))]
        if draft.speaker and not source:
            source = self._speaker(draft)
        if draft.unsaid and not source and not trigger.both:
            source = [a for a in self.context.subject if a.code not in {t.code for t in target}]
        if trigger.both:
            source, target = _each_once(source + target), []
        source, target = self._not_to_itself(draft, source, target)
        if draft.dyad or self._leans(draft, source, target):
            return self._with_dyad(trigger, source, target)
        return source, target, False

    def resolve(self, mentions: Iterable[Mention], own: Sequence[Actor], acting: Sequence[Mention] = ()) -> list[Actor]:
        """The actors of mentions. own: who acts in the clause; acting: the mentions that said so, which do not lean on it."""
        actors: list[Actor] = []
        for mention in mentions:
            for actor in self.context.resolve(self.sentence, mention, self.text, () if mention in acting else own):
                if all((a.code, a.name) != (actor.code, actor.name) for a in actors):
                    actors.append(actor)
        return actors

    def _its(self, mention: Mention) -> bool:
        """Whether the mention is "its", or something of its ("its ambassador")."""
        if mention.role in ("noun", "generic"):
            return any(self.sentence.joint(i, "pronoun") == "owner" for i in (mention.first - 1, mention.first - 2))
        return mention.role == "pronoun" and mention.value == "owner"

    def _acting(self, draft: Draft) -> list[Mention]:
        """Who acts in the clause that the trigger stands in."""
        if draft.verb is not None:
            return self.clauses.subject(draft.verb)
        before = [v for v in self.clauses.verbs if v.index < draft.first]
        return self.clauses.subject(before[-1]) if before else []

    def _unaffiliated(self, mentions: Iterable[Mention]) -> list[Actor]:
        """People who act and whose state the text does not tell, as they are called: "gunmen", "protesters"."""
        named = [m for m in mentions if m.role == "noun" and m.sector in _PEOPLE]
        places = [(m, self.tokens[m.name[0]].start, self.tokens[m.name[1] - 1].end) for m in named]
        return [Actor("", m.sector, self.text[start:end], start, end) for m, start, end in places]

    def _speaker(self, draft: Draft) -> list[Actor]:
        """Who says "we": who is quoted in the sentence, who stands before its colon, else who spoke last."""
        report = self.voices.reporter(draft.first, draft.verb) or next((v for v in self.voices.reports), None)
        if report is not None:
            return self.resolve(self.clauses.subject(report), [])
        named = next((m for m in self.sentence.mentions if self.sentence.key(m.last) == ":" and m.last < draft.first), None)
        if named is not None and not named.slot:
            return self.resolve([named], [])
        return list(self.context.speaker or self.context.subject)

    def _not_to_itself(self, draft: Draft, source: list[Actor], target: list[Actor]) -> tuple[list[Actor], list[Actor]]:
        """Without the side whose state was only guessed, where that made a state of the title act on itself."""
        if not (self.context.titled and self.clauses.verb_first) or draft.trigger.kind != "event" or draft.trigger.both:
            return source, target
        codes = {a.code for a in source}
        if not source or not target or codes != {a.code for a in target} or len(codes) > 1:
            return source, target
        if not any(any(m.codes) for m in draft.source):
            return [], target
        return (source, []) if not any(any(m.codes) for m in draft.target) else (source, target)

    def _leans(self, draft: Draft, source: list[Actor], target: list[Actor]) -> bool:
        """Whether an act of one of the two states that the title names is towards the other, since the text names no third."""
        if not self.context.titled or not self.clauses.verb_first or draft.trigger.kind != "event":
            return False
        if draft.trigger.both and draft.verb is None:
            return False  # "معركة حلب": background, not theirs
        if draft.trigger.both and len(source) + len(target) > 1:
            return False
        first, last = self.quotes.span(draft)
        if draft.verb is not None:
            first, last = draft.verb.left, self.clauses.clause_end(draft.verb)
        inside = [*draft.source, *draft.target, *(m for m in self.sentence.mentions if first <= m.first < last)]
        if any(c and c not in self.context.dyad for m in inside for c in m.codes):
            return False
        needs = set(draft.trigger.needs)
        towards = {"target", "two"} & needs or not (draft.trigger.issue or draft.trigger.both)
        lacks = (not source and {"source", "two"} & needs) or (not target and towards)
        match = self.sentence.triggers.get(draft.first)
        verbal = match is not None and any(w.trigger is draft.trigger and w.form in ("past", "present") for w in match.meanings)
        return bool(lacks) and (draft.verb is not None or draft.carrier is not None or verbal or bool(source))

    def _with_dyad(self, trigger: Trigger, source: list[Actor], target: list[Actor]) -> tuple[list[Actor], list[Actor], bool]:
        """Where a side is not named, the states that the text is about stand in, as long as those named are of them."""
        codes = {a.code for a in source + target if a.code}
        dyad = self.context.dyad
        outside = bool(codes) and codes.isdisjoint(dyad) and len(dyad) == 2 and not self.clauses.verb_first
        if source and not target and trigger.type == "CONSULT" and not trigger.both and outside:
            return source, [Actor(code) for code in dyad], True  # somebody else mediates between the two
        if len(codes) >= 2 or len(dyad) < 2 or codes - set(dyad):
            return source, target, False
        missing = [Actor(code) for code in dyad if code not in codes]
        if trigger.both:
            return source + missing, target, True
        if len(missing) == 1 and bool(source) != bool(target):
            return source or missing, target or missing, True
        acting = {a.code for a in self.context.subject}
        if not codes and len(acting) == 1 and acting < set(dyad) and not self.clauses.verb_first:
            there = [Actor(code) for code in dyad if code in acting]  # "The severing of ties": by who acted before
            return there, [a for a in missing if a.code not in acting], True
        return source, target, False

    def about(self, draft: Draft, source: list[Actor]) -> list[Actor]:
        """The states that the issue of a position names."""
        if draft.issue[1] <= draft.issue[0]:
            return []
        mine = {a.code for a in source}
        inside = [m for m in self.sentence.mentions if draft.issue[0] <= m.first < draft.issue[1] and m.role != "noun"]
        out: list[Actor] = []
        for actor in self.resolve(inside, source):
            if actor.code not in mine and all(actor.code != o.code or not actor.code for o in out):
                out.append(actor)
        return out


def enough(needs: Sequence[str], draft: Draft, source: list[Actor], target: list[Actor], filled: bool) -> bool:
    """Whether a draft says enough to be a statement."""
    everyone = source + target
    codes = {a.code or fold(a.name) for a in everyone}
    if not any(a.code or a.sector in ("IGO", "POLITY") for a in everyone):
        return False
    if not source and ("source" in needs or (draft.verb is not None and draft.verb.ours)):
        return False
    unknown = draft.hits or (draft.target and not any(any(m.codes) for m in draft.target))
    if (
        "target" in needs
        and not target
        and not (draft.verb is not None and unknown)
        and not (draft.trigger.type == "MISSION" and len(codes) > 1)
    ):
        return False  # "arrested a student": a verb acts on somebody, though nobody tells of which state
    if "two" in needs and draft.trigger.kind == "tie" and len(codes) < 2:
        return False
    if draft.trigger.type == "RULE" and not (source and target):
        return False
    sides = {a.sector for a in everyone}
    if "two" in needs and len(codes) < 2 and not (len(sides) > 1 and sides != {"GOV", "MIL"}):
        return False
    if "official" in needs and not any(m.person or m.sector in ("GOV", "MIL") for m in draft.source):
        return False
    if "military" in needs and not any(a.sector in ("MIL", "REB") for a in source):
        return False
    if "polity" in needs and not any(a.sector == "POLITY" for a in everyone):
        return False
    return bool(needs or source)


def _each_once(actors: list[Actor]) -> list[Actor]:
    """The actors without those that only name again the state of another: "both countries" beside the two."""
    out: list[Actor] = []
    for actor in actors:
        if not actor.code or all(actor.code != a.code or {actor.sector, a.sector}.isdisjoint(("", a.sector)) for a in out):
            out.append(actor)
    return out
