"""Modality and attribution: who says so, and how surely, read from the verbs and cues around a statement."""

from __future__ import annotations

import msgspec

from dragoman.coding.clauses import Clauses
from dragoman.coding.sentence import Mention, Sentence
from dragoman.coding.verbs import Verb
from dragoman.statement import Modality

_TAIL = 12
"""Tokens that may stand between what was said and the verb that says so behind it."""

_SAID = {"REQUEST", "ACCUSE", "REJECT", "THREATEN"}


class Voice(msgspec.Struct, frozen=True):
    """How a statement is said. by: token range of who says so, (0, 0) when the text names nobody; cue: the token that tells."""

    modality: Modality = "asserted"
    by: tuple[int, int] = (0, 0)
    cue: int = -1


def _quotes(sentence: Sentence) -> list[tuple[int, int]]:
    """Token ranges inside quotation marks."""
    marks = [i for i, t in enumerate(sentence.tokens) if t.text in '"“”«»„']
    ranges = [(marks[i], marks[i + 1]) for i in range(0, len(marks) - 1, 2)]
    if len(marks) % 2:
        ranges.append((marks[-1], len(sentence.tokens)))
    return ranges


def _name(mentions: list[Mention]) -> tuple[int, int]:
    for mention in mentions:
        if mention.role not in ("pronoun", "noun"):
            return mention.name if mention.name[1] > mention.name[0] else (mention.first, mention.last)
    return (0, 0)


class Voices:
    """The voices of one sentence."""

    def __init__(self, clauses: Clauses, content: bool = False) -> None:
        """content: whether the language lists what opens that which is said."""
        self.clauses, self.sentence, self._words = clauses, clauses.sentence, content
        self.quotes = _quotes(self.sentence)
        self.reports = [v for v in clauses.verbs if v.report]
        self.cues: dict[str, list[int]] = {
            r: [] for r in ("content", "according", "claimed", "disputed", "planned", "prospective", "negated", "denied", "conditional")
        }
        for index, match in self.sentence.cues.items():
            for role in match.roles:
                if role in self.cues:
                    self.cues[role].append(index)

        self.denials = [v for v in clauses.verbs if not {*range(v.index, v.end)}.isdisjoint(self.cues["denied"])]

    def reporter(self, anchor: int, verb: Verb | None) -> Verb | None:
        """The report verb in whose content a trigger at token `anchor` stands, if any."""
        for report in reversed(self.reports):
            if report is verb:
                continue
            if report.end <= anchor and self._opens_content(report, anchor):
                if verb is not None and self._shares_subject(report, verb):
                    continue
                return report
        last = self.reports[-1] if self.reports else None
        if last is not None and last is not verb and anchor < last.left and self._closes(last):
            return last
        return None

    def _opens_content(self, report: Verb, anchor: int) -> bool:
        """Whether what the report verb says begins before `anchor`: "that", a quotation, or a clause of its own."""
        sentence = self.sentence
        for index in range(report.end, anchor):
            if (index in self.cues["content"] if self._words else sentence.is_joint(index, "relative", "subordinator")) or sentence.tokens[
                index
            ].text in ':"“«':
                return True
        for verb in self.clauses.verbs:
            if report.index < verb.index <= anchor and verb.link == "main":
                subject = [m.first for m in self.clauses.subject(verb) if m.first >= report.end]
                parted = any(
                    self.sentence.is_joint(i, "subordinator") or any(m.last == i + 1 and m.role != "noun" for m in self.sentence.mentions)
                    for i in range(report.end, min(subject, default=report.end))
                )
                return bool(subject) and min(subject) - report.end <= 3 and (self.clauses.verb_first or not parted)
        return False

    def _shares_subject(self, report: Verb, verb: Verb) -> bool:
        return verb.link == "conjunction" and not any(
            self.sentence.is_joint(i, "relative", "subordinator") for i in range(report.end, verb.left)
        )

    def _closes(self, report: Verb) -> bool:
        """Whether the report verb stands behind what was said: a comma or a quotation mark, the speaker, the verb, little else."""
        subject = self.clauses.subject(report)
        first = min([report.left, *(m.first for m in subject if m.last <= report.left)])
        if not self.clauses.verb_first:
            first = min(first, self._told_by(report)[0])
            if any(first <= v.left and v.end <= report.left for v in self.clauses.verbs):
                return False  # "In response, Peru summoned the envoy and recalled": it tells nothing of what stands before
        return first > 0 and self.sentence.tokens[first - 1].text in ',”"' and len(self.sentence.tokens) - report.end <= 12

    def _told_by(self, report: Verb) -> tuple[int, int]:
        """Tokens of who says so before a report verb that closes the sentence, back to a comma or quotation mark: "two diplomats"."""
        tokens = self.sentence.tokens
        for index in range(report.left - 1, max(-1, report.left - _TAIL), -1):
            if tokens[index].text in ',”"':
                return index + 1, report.left
            if any(v.left <= index < v.end for v in self.clauses.verbs):
                break
        return report.left, report.left

    def voice(self, kind: str, type: str, anchor: int, verb: Verb | None, start: int, end: int) -> Voice:
        """The voice of a statement whose trigger is the token `anchor`, with tokens [start, end)."""
        if (verb is not None and verb.negated) or any(
            anchor - 3 <= c < anchor and self._same_phrase(c, anchor) and not self._of_another(c, anchor, verb)
            for c in self.cues["negated"]
        ):
            return Voice("negated", cue=anchor)
        report = self.reporter(anchor, verb)
        said = kind == "position" or type in _SAID
        by = _name(self.clauses.subject(report)) if report is not None else (0, 0)
        for cue in self.cues["according"]:
            mention = next((m for m in self.sentence.mentions if cue < m.first <= cue + 6), None)
            opens = cue > anchor and "conjunction" in self.sentence.taken_off(cue)  # "..., and according to him he": of what follows
            if mention is not None and not start <= cue < anchor and not opens:
                return Voice("asserted" if said else "claimed", _name([mention]), cue)
        if self.cues["disputed"]:
            return Voice("disputed", by, self.cues["disputed"][0])
        if any(start - 3 <= c <= anchor or c == anchor - 1 for c in self.cues["claimed"]):
            return Voice("claimed", by, anchor)
        denied = next((v for v in self.denials if v.end <= anchor), None)
        if denied is not None and denied is not verb:
            return Voice("denied", _name(self.clauses.subject(denied)), denied.index)
        planned = self.cues["planned"] + (self.cues["prospective"] if report is not None else [])
        if verb is not None and self._intended(anchor, verb, planned):
            return Voice("planned" if kind != "position" else "asserted", by, anchor)
        if (verb is not None and verb.modal) or any(0 < anchor - c <= 3 and self._same_phrase(c, anchor) for c in planned):
            return Voice("planned" if kind != "position" else "asserted", by, anchor)
        if report is not None:
            return Voice("asserted" if said else "claimed", by, report.index)
        return Voice()

    def _intended(self, anchor: int, verb: Verb, planned: list[int]) -> bool:
        """Whether the verb that carries a noun only weighs it ("penalties were considered"), or one before has somebody do it."""
        if anchor < verb.left and any(verb.left <= c < verb.end for c in planned):
            return True
        before = self.clauses.previous(verb)
        return verb.link == "infinitive" and before is not None and any(before.left <= c < before.end for c in planned)

    def supposed(self, anchor: int) -> bool:
        """Whether the token stands in a clause that is only supposed: between "if" and the next comma."""
        for cue in self.cues["conditional"]:
            if cue < anchor and not any(self.sentence.tokens[i].text in ",،" for i in range(cue, anchor)):
                return True
        return False

    def _of_another(self, cue: int, anchor: int, verb: Verb | None) -> bool:
        """Whether a negation belongs to a verb between, in whose clause the trigger is but a thing: "لم يرق لها التقارب"."""
        return any(cue < v.index < anchor and v is not verb and v.negated for v in self.clauses.verbs)

    def _same_phrase(self, cue: int, anchor: int) -> bool:
        """Whether nothing but plain words stands between a cue and the trigger."""
        return all(self.sentence.tokens[i].word for i in range(cue, anchor))
