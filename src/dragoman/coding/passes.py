"""A sentence on its way to statements: who, when, in whose voice and how surely, for each draft of it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING, cast

from dragoman.coding.clauses import Clauses
from dragoman.coding.confidence import read_signs
from dragoman.coding.context import Context
from dragoman.coding.datings import Datings
from dragoman.coding.draft import Draft
from dragoman.coding.numbering import merge
from dragoman.coding.proposals import RULE
from dragoman.coding.quotes import Quotes
from dragoman.coding.roles import Roles
from dragoman.coding.sentence import Sentence
from dragoman.coding.sides import Sides, enough
from dragoman.coding.voices import Voice, Voices
from dragoman.statement import Actor, Evidence, Kind, Modality, Statement, When
from dragoman.statement import Sentence as Stretch

if TYPE_CHECKING:
    from dragoman.coding.coder import Coder

WAYS = {"pronoun": "pronoun", "reference": "reference", "generic": "body", "noun": "body", "name": "known person"}
"""How the state of an actor is known, by the role of its mention, where it is not named there."""


class Pass:
    """One sentence on its way to statements."""

    def __init__(self, coder: Coder, sentence: Sentence, stretch: Stretch, context: Context) -> None:
        self.coder, self.sentence, self.stretch, self.context = coder, sentence, stretch, context
        self.text, self.tokens = coder.document.text, sentence.tokens
        found = coder.tagger.tag(self.text, stretch.start, stretch.end)
        self.whens = coder.clock.resolve(found, self.text, stretch.start, stretch.end, stretch.paragraph)
        self.clauses = Clauses(sentence, coder.lexicon.language.grammar)
        self.voices = Voices(self.clauses, bool(coder.lexicon.language.voices.content))
        self.quotes = Quotes(self.clauses)
        self.sides = Sides(self.voices, self.quotes, context, self.text)
        self.datings = Datings(self.voices, coder.clock, self.whens, stretch, self.text)
        self.charges: list[Draft] = []

    def run(self) -> list[Statement]:
        """The statements of the sentence, without ids."""
        self.context.remember(self.sentence)
        if self.stretch.role == "list" and not self.clauses.verbs:
            return []
        statements: list[Statement] = []
        speaker = self.sides.resolve(self.clauses.subject(self.voices.reports[-1]), []) if self.voices.reports else []
        self.context.speaker = speaker or self.context.speaker
        drafts = list(Roles(self.clauses, self.coder.lexicon, self.context.titled).drafts())
        self.charges = [d for d in drafts if d.trigger.type == "ACCUSE" and d.verb is not None]
        for draft in drafts:
            statement = self._statement(draft)
            if statement is not None:
                statements.append(statement)
        if not statements and self.coder.proposer is not None:
            proposed = map(self._statement, self.coder.proposer.propose(self.clauses))
            statements = [s for s in proposed if s is not None]
        first = next((v for v in self.clauses.verbs if v.link not in ("relative", "reduced") and self.clauses.subject(v)), None)
        subject = self.sides.resolve(self.clauses.subject(first), []) if first else []
        self.context.note(self.sentence, self.text, subject)
        return merge(statements)

    def _statement(self, draft: Draft) -> Statement | None:
        trigger = draft.trigger
        if self.voices.supposed(draft.first) and not self.voices.cues["disputed"]:
            return None  # "if Moscow attacks": nobody says that it does
        source, target, filled = self.sides.of(draft)
        type_, modality = trigger.type, ""
        first, last = self.quotes.span(draft)
        voice = self.voices.voice(trigger.kind, trigger.type, draft.first, draft.verb or draft.carrier, first, last)
        issue = ""
        if draft.issue[1] > draft.issue[0]:
            issue = self._words(draft.issue)
        if trigger.kind == "position":
            target = self.sides.about(draft, source) or [a for a in target if a.code not in {s.code for s in source}]
            if voice.modality == "negated" and trigger.type == "SUPPORTS":
                type_, modality = "OPPOSES", "asserted"
        if not enough(trigger.needs, draft, source, target, filled):
            return None
        when, date_from = self.datings.when(draft, first, last)
        start, end = self.tokens[first].start, self.tokens[last - 1].end
        quote = self.text[start:end]
        by = self._words(voice.by) if voice.by[1] > voice.by[0] else ""
        modality = modality or trigger.modality or voice.modality
        if modality == "asserted" and self._charged(draft):
            modality = "claimed"
        evidence = self._evidence(draft, voice, modality, when, (source, target), filled)
        judge = self.coder.proposer if trigger.id != RULE else None
        likelihood = judge.likelihood(self.clauses, draft) if judge is not None else None
        signs = read_signs(draft, self.clauses, source, target, filled, date_from, modality, likelihood)
        return Statement(
            id="",  # numbered once the whole document is coded
            doc=self.coder.document.id,
            language=self.coder.document.language,
            start=start,
            end=end,
            quote=quote,
            kind=cast(Kind, trigger.kind),
            type=type_,
            topic=self.coder.lexicon.topics.find(self.tokens[first:last], trigger.topic),
            source=tuple(source),
            target=tuple(target),
            issue=issue,
            date=when.edtf if when is not None else "",
            date_from=date_from,
            modality=cast(Modality, modality),
            by=by,
            evidence=evidence,
            confidence=self.coder.rate(signs),
        )

    def _evidence(
        self, draft: Draft, voice: Voice, modality: str, when: When | None, sides: tuple[Sequence[Actor], Sequence[Actor]], filled: bool
    ) -> tuple[Evidence, ...]:
        """From which words each field was read, and what decided: the trigger, or how an actor's state is known."""
        rule = RULE if draft.trigger.id == RULE else f"trigger:{draft.trigger.id}"
        out = [self._read_from("type", draft.first, draft.last, rule)]
        for field, actors in zip(("source", "target"), sides, strict=True):
            out += [Evidence(field, a.start, a.end, WAYS.get(self._roles.get(a.start, ""), "named")) for a in actors if a.start >= 0]
        if filled:
            out.append(Evidence("source", -1, -1, "dyad of the text"))
        if draft.issue[1] > draft.issue[0]:
            out.append(self._read_from("issue", *draft.issue, rule))
        if when is not None:
            out.append(Evidence("date", when.start, when.end, when.basis))
        if modality != "asserted":
            cue = voice.cue if voice.cue >= 0 else draft.first
            out.append(self._read_from("modality", cue, cue + 1, modality))
        if voice.by[1] > voice.by[0]:
            out.append(self._read_from("by", *voice.by, "attribution"))
        return tuple(out)

    @cached_property
    def _roles(self) -> dict[int, str]:
        """The roles of the sentence's mentions, by where their names begin."""
        return {self.tokens[m.name[0] if m.name[1] > m.name[0] else m.first].start: m.role for m in self.sentence.mentions}

    def _read_from(self, field: str, first: int, last: int, rule: str) -> Evidence:
        return Evidence(field, self.tokens[first].start, self.tokens[last - 1].end, rule)

    def _charged(self, draft: Draft) -> bool:
        """Whether the act is what somebody is accused of: "accused Thailand of shooting"."""
        acts = draft.verb is not None and draft.verb.form == "ing"
        return acts and any(d is not draft and d.issue[0] <= draft.first < d.issue[1] for d in self.charges)

    def _words(self, span: tuple[int, int]) -> str:
        return self.text[self.tokens[span[0]].start : self.tokens[span[1] - 1].end]
