"""What dates a statement: the expression that governs its clause, one that trails behind it, else where the narrative stands."""

from __future__ import annotations

from collections.abc import Sequence

from dragoman.coding.draft import Draft
from dragoman.coding.running import Clock, bounded, govern
from dragoman.coding.times import Found
from dragoman.coding.voices import Voices
from dragoman.statement import DateFrom, When
from dragoman.statement import Sentence as Stretch

_FOUNDED = ("MISSION", "AGREEMENT", "INSTITUTION")
"""Ties that are founded: a date alone tells since when they stand ("the treaty of 1928", "the embassy opened in 1961")."""


class Datings:
    """Dates the statements of one sentence."""

    def __init__(self, voices: Voices, clock: Clock, whens: Sequence[When], stretch: Stretch, text: str) -> None:
        """whens: the sentence's time expressions, completed. clock: stands where the sentence leaves it."""
        self.voices, self.clauses, self.sentence = voices, voices.clauses, voices.sentence
        self.tokens = self.sentence.tokens
        self.clock, self.whens, self.stretch, self.text = clock, whens, stretch, text

    def when(self, draft: Draft, first: int, last: int) -> tuple[When | None, DateFrom]:
        """The date of a draft whose quote is tokens [first, last), None for none, and from where it is known."""
        clause = self._clause(draft, first, last)
        anchor = self.tokens[draft.first].start
        when = govern(self.whens, clause[0], clause[1], anchor, self.stretch.start, self.text, draft.trigger.kind == "tie")
        if when is not None and when.edtf:
            if draft.trigger.type in _FOUNDED:
                when = bounded(when, "since")
            if draft.trigger.ends:
                when = bounded(when, "until")
            return when, "sentence" if when.basis != "heading" else "context"
        trailing = self._trailing(draft)
        if trailing is not None:
            return bounded(trailing, "since"), "sentence"
        if draft.trigger.kind == "tie" and not _happens(draft):
            return None, ""
        opens = self.stretch.start if not any(v.index < draft.first and v is not draft.verb for v in self.clauses.verbs) else clause[0]
        if self._habitual(draft) or self._elsewhen((opens, clause[1])):
            return None, ""
        context = self.clock.context()
        return (context, "context") if context is not None and context.edtf else (None, "")

    def _trailing(self, draft: Draft) -> When | None:
        """The date of a participle behind a comma that tells since when a founded tie stands: "an embassy in Lima, opened in 1961"."""
        if draft.trigger.type not in _FOUNDED:
            return None
        following = next((v for v in self.clauses.verbs if v.left >= draft.last), None)
        if following is None or following.link != "reduced" or self.sentence.key(following.left - 1) != ",":
            return None
        start, end = self.tokens[following.index].start, self.tokens[self.clauses.clause_end(following) - 1].end
        return next((w for w in self.whens if start <= w.start < end and w.edtf and isinstance(w, Found) and w.kind != "event"), None)

    def _elsewhen(self, clause: tuple[int, int]) -> bool:
        """Whether the clause tells a time of its own that cannot be placed ("on Tuesday", "next month"): no running date is its."""
        here = [w for w in self.whens if clause[0] <= w.start < clause[1] and isinstance(w, Found)]
        if any(not w.edtf and w.kind in ("date", "step", "offset") and w.unit in ("day", "week", "month", "year") for w in here):
            return True
        dated = [self.tokens[i] for i in self.sentence.dated if clause[0] <= self.tokens[i].start < clause[1]]
        return not self.clauses.verb_first and any(not any(w.start <= t.start < w.end for w in here) for t in dated)

    def _habitual(self, draft: Draft) -> bool:
        """Whether the act is told in the present, as what is done always, amid a narrative of the past: no running date is its."""
        verb = draft.verb or draft.carrier
        if verb is None or self.clauses.verb_first or verb.form not in ("present", "base") or verb.link not in ("main", "conjunction"):
            return False
        told = verb.left == verb.index and not self.clock.dated and self.voices.reporter(draft.first, draft.verb) is None
        quoted = any(start < draft.first < end for start, end in self.voices.quotes)
        return told and not quoted and self.stretch.role == "body"

    def _clause(self, draft: Draft, first: int, last: int) -> tuple[int, int]:
        """Offsets of the clause that the trigger stands in."""
        start, end = first, last
        before = [v for v in self.clauses.verbs if v.index < draft.first and v is not draft.verb and v.link != "reduced"]
        if before and draft.verb is not None and draft.verb.link in ("main", "conjunction"):
            # ", and in 1971 Y condemned": what stands between the clause before and this one belongs to this one.
            start = min(start, max(self.clauses.clause_end(before[-1], over_infinitives=False), before[-1].end))
        if draft.verb is not None:
            end = max(end, self.clauses.clause_end(draft.verb, over_infinitives=False))
        else:
            following = next((v.left for v in self.clauses.verbs if v.index >= draft.last and v.link != "reduced"), len(self.tokens))
            end = max(end, following)
        return self.tokens[start].start, self.tokens[min(end, len(self.tokens)) - 1].end


def _happens(draft: Draft) -> bool:
    """Whether a tie is told as something that came about, so that the narrative dates it."""
    return draft.trigger.type in ("RELATIONS", "PRESENCE", "ALIGNMENT")
