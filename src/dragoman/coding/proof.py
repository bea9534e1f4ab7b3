"""Holding what a second reader says to the text: a statement of our own comes out, or the reason why it is refused.

Of what is said nothing is taken but choices from closed lists and words that stand in the text. The quote and all offsets are ours; who
an actor is and what a date means is what our own reading gives for the words named, or there is no such statement, or no such date.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any, Literal, cast, get_args

import msgspec

from dragoman.coding.grounds import Ground, Known
from dragoman.coding.lexicon import lexicon
from dragoman.coding.parse import find_joints
from dragoman.coding.times import Found, Tagger
from dragoman.statement import SECTORS, TOPICS, TYPES, Actor, DateFrom, Document, Evidence, Kind, Modality, Statement, When

Reason = Literal[
    "not in the form asked for",
    "sentence not asked about",
    "quote not in the sentence",
    "quote at several places",
    "quote of a single word",
    "unknown type",
    "unknown modality",
    "actor not in the sentence",
    "actor's state not told by the text",
    "actor of an unknown sector",
    "no actor of a state",
    "position without an issue in the text",
]
"""Why a statement is refused."""

Dropped = Literal["date not told by the text", "speaker not in the text", "issue not in the text", "unknown topic"]
"""Why a field is left empty, or read by ourselves, of a statement that is kept."""

_LONGEST = 600
"""Characters of a field beyond which it is not looked for."""
_NAME = 12
"""Words that the name of somebody may have of whom our own reading knows nothing."""
_HAPPENS = ("RELATIONS", "PRESENCE", "ALIGNMENT")
"""Ties that are told as something that came about, so that the narrative dates them; as for the rules."""
_UNDATING = ("event", "span", "vague", "clock")
"""Expressions that date nothing; as for the rules."""
_ALIKE = str.maketrans(
    {"’": "'", "‘": "'", "`": "'", "´": "'", "“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "–": "-", "—": "-", "−": "-"}
)
"""Marks that are often written one for another: character for character, so that offsets stay."""


_OPEN = {"verb", "adverb", "qualifier"}
"""Roles of words that are no closed class, and may well name something: "border" is a common verb, too."""


class Named(msgspec.Struct, frozen=True):
    """An actor as it is told."""

    name: str
    code: str = ""
    sector: str = ""


class Told(msgspec.Struct, frozen=True):
    """A statement as it is told: claims, nothing else. sentence: number in the excerpt. date: words of the text."""

    sentence: int
    quote: str
    kind: str
    type: str
    topic: str | None = ""
    source: tuple[Named, ...] | None = ()
    target: tuple[Named, ...] | None = ()
    issue: str | None = ""
    date: str | None = ""
    modality: str = "asserted"
    by: str | None = ""


class RefusedError(Exception):
    """A statement that the text does not bear out."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason)
        self.reason = reason


def read_told(row: Any) -> Told:
    """The claims of one row of an answer. Raises RefusedError."""
    try:
        return msgspec.convert(row, Told)
    except msgspec.ValidationError as error:
        raise RefusedError("not in the form asked for") from error


class Proof:
    """Holds statements about one document to it. rule: who tells them, for the evidence. trust: how often that is right, 0 to 1."""

    def __init__(self, document: Document, grounds: Sequence[Ground], rule: str, trust: float) -> None:
        self.document, self.grounds, self.rule, self.trust = document, grounds, rule, trust
        self.text = document.text
        self._alike = document.text.translate(_ALIKE)
        self._lexicon = lexicon(document.language)
        self._tagger = Tagger(document.language)

    def hold(self, told: Told, places: Sequence[int]) -> tuple[Statement, list[Dropped]]:
        """The statement that is told of one of the sentences at `places` (indexes), and what was dropped of it. Raises RefusedError."""
        if told.kind not in TYPES or told.type not in TYPES[told.kind]:
            raise RefusedError("unknown type")
        if told.modality not in get_args(Modality):
            raise RefusedError("unknown modality")
        place, start, end = self._quote(told, places)
        ground = self.grounds[place]
        source = self._actors(told.source or (), ground)
        target = [a for a in self._actors(told.target or (), ground) if a not in source]
        ours = [a for k in ground.known for a in k.actors if a.code or a.sector in ("IGO", "POLITY")]
        if not any(a in ours for a in (*source, *target)):
            raise RefusedError("no actor of a state")
        dropped: list[Dropped] = []
        issue = self._issue(told, ground, dropped)
        when, date_from = self._when(told, ground, dropped)
        by = self._speaker(told, place, dropped)
        evidence = [Evidence("type", start, end, self.rule)]
        for field, actors in (("source", source), ("target", target)):
            evidence += [Evidence(field, a.start, a.end, _way(a, ground)) for a in actors]
        if issue[1] > issue[0]:
            evidence.append(Evidence("issue", *issue, self.rule))
        if when is not None:
            evidence.append(Evidence("date", when.start, when.end, when.basis))
        if told.modality != "asserted":
            evidence.append(Evidence("modality", -1, -1, self.rule))
        if by[1] > by[0]:
            evidence.append(Evidence("by", *by, self.rule))
        statement = Statement(
            id="",  # numbered once all of the document is told
            doc=self.document.id,
            language=self.document.language,
            start=start,
            end=end,
            quote=self.text[start:end],
            kind=cast(Kind, told.kind),
            type=told.type,
            topic=self._topic(told, start, end, dropped),
            source=tuple(source),
            target=tuple(target),
            issue=self.text[issue[0] : issue[1]],
            date=when.edtf if when is not None else "",
            date_from=date_from,
            modality=cast(Modality, told.modality),
            by=self.text[by[0] : by[1]],
            evidence=tuple(evidence),
            confidence=self.trust,
        )
        return statement, dropped

    def _quote(self, told: Told, places: Sequence[int]) -> tuple[int, int, int]:
        """The sentence (index) and place of the quote: in the sentence named, or in the only other one that has it."""
        if not 1 <= told.sentence <= len(places):
            raise RefusedError("sentence not asked about")
        own = places[told.sentence - 1]
        found = [(own, *span) for span in self._find(told.quote, own)]
        found = found or [(place, *span) for place in places if place != own for span in self._find(told.quote, place)]
        if not found:
            raise RefusedError("quote not in the sentence")
        if len(found) > 1:
            raise RefusedError("quote at several places")
        place, start, end = found[0]
        words = [t for t in self._lexicon.tokenizer.cut(self.text, self.grounds[place].start, self.grounds[place].end) if t.word]
        touched = [t for t in words if t.start < end and start < t.end]
        if len(touched) < 2:
            raise RefusedError("quote of a single word")
        return place, min(start, touched[0].start), max(end, touched[-1].end)

    def _find(self, words: str, place: int) -> Iterator[tuple[int, int]]:
        """Where words stand in a sentence, whatever white space is between them."""
        ground = self.grounds[place]
        yield from self._search(words, ground.start, ground.end)

    def _search(self, words: str, start: int, end: int) -> Iterator[tuple[int, int]]:
        parts = words.translate(_ALIKE).split() if len(words) <= _LONGEST else []
        if parts:
            pattern = re.compile(r"\s+".join(map(re.escape, parts)))
            yield from (match.span() for match in pattern.finditer(self._alike, start, end))

    def _is_whole(self, start: int, end: int) -> bool:
        """Whether no word is cut by either end."""
        text = self.text
        return not (start > 0 and text[start - 1].isalnum() and text[start].isalnum()) and not (
            end < len(text) and text[end].isalnum() and text[end - 1].isalnum()
        )

    # -- who

    def _actors(self, named: Sequence[Named], ground: Ground) -> list[Actor]:
        """Our own actors in the place of those named, each once."""
        found: list[Actor] = []
        for one in named:
            actor = self._actor(one, ground)
            if all((a.code, a.sector, a.start) != (actor.code, actor.sector, actor.start) for a in found):
                found.append(actor)
        return found

    def _actor(self, named: Named, ground: Ground) -> Actor:
        """The actor whom our own reading gives for the words, if it is the one that is told."""
        spans = [(s, e) for s, e in self._search(named.name, ground.start, ground.end)]
        met = [(span, [k for k in ground.known if k.start < span[1] and span[0] < k.end]) for span in spans]
        met = [(span, known) for span, known in met if self._is_whole(*span) or any(_covers(k, span) for k in known)]
        code = named.code.strip().upper()
        if not met:
            return self._meant(named.name, code, ground)
        for _, known in met:
            for actor in (a for k in known for a in k.actors):
                if actor.code == code:
                    return actor
        if code or any(k.actors or not k.named for _, known in met for k in known):
            raise RefusedError("actor's state not told by the text")
        if named.sector not in SECTORS or not named.sector:
            raise RefusedError("actor of an unknown sector")
        (start, end), _ = met[0]
        if not self._names_somebody(start, end):
            raise RefusedError("actor not in the sentence")
        return Actor("", named.sector, self.text[start:end], start, end)

    def _meant(self, name: str, code: str, ground: Ground) -> Actor:
        """Whom "he" or "the country" means, where the name that is told stands before the sentence only."""
        if code and any(self._is_whole(*span) for span in self._search(name, 0, ground.start)):
            for actor in (a for k in ground.known if not k.named for a in k.actors):
                if actor.code == code:
                    return actor
        raise RefusedError("actor not in the sentence")

    def _says_something(self, start: int, end: int) -> bool:
        """Whether the words are more than "the", "of" and the like."""
        tokens = self._lexicon.tokenizer.cut(self.text, start, end)
        joints = find_joints(self._lexicon.joints, tokens).values()
        closed = {i for match in joints if not match.roles.keys() <= _OPEN for i in range(match.start, match.end)}
        return any(t.word and i not in closed and not t.text.isdecimal() for i, t in enumerate(tokens))

    def _names_somebody(self, start: int, end: int) -> bool:
        """Whether the words may be a name: not a whole clause, nor words that name nothing."""
        return len(self.text[start:end].split()) <= _NAME and self._says_something(start, end)

    # -- what, when, who says so

    def _topic(self, told: Told, start: int, end: int, dropped: list[Dropped]) -> str:
        if told.topic in TOPICS:
            return str(told.topic)
        dropped.append("unknown topic")
        return self._lexicon.topics.find(self._lexicon.tokenizer.cut(self.text, start, end), "diplomacy")

    def _issue(self, told: Told, ground: Ground, dropped: list[Dropped]) -> tuple[int, int]:
        """Where the issue is named in the sentence, (0, 0) for none."""
        span = next((s for s in self._search(told.issue or "", ground.start, ground.end) if self._is_whole(*s)), None)
        if span is not None and self._says_something(*span):
            return span
        if told.kind == "position":
            raise RefusedError("position without an issue in the text")
        if told.issue:
            dropped.append("issue not in the text")
        return (0, 0)

    def _when(self, told: Told, ground: Ground, dropped: list[Dropped]) -> tuple[When | None, DateFrom]:
        """The date that our own reading gives for the words told; for none told, the running date, if such a statement takes one."""
        words = (told.date or "").strip()
        dating = [w for w in ground.whens if w.edtf and not (isinstance(w, Found) and w.kind in _UNDATING)]
        running = ground.running if ground.running is not None and ground.running.edtf else None
        if not words:
            happens = told.kind == "event" or told.type in _HAPPENS or told.kind == "position"
            return (running, "context") if running is not None and happens else (None, "")
        spans = [span for span in self._search(words, ground.start, ground.end) if self._is_whole(*span)]
        met = [w for w in dating if any(w.start < end and start < w.end for start, end in spans)]
        told_as = {w.edtf for w in self._tagger.tag(words[:_LONGEST])} - {""}
        if not met and len(told_as) == 1:  # a date in other words, or of a heading
            met = [w for w in dating if w.edtf in told_as]
            if not met and running is not None and running.edtf in told_as:
                return running, "context"
        if met and len({w.edtf for w in met}) == 1:
            return met[0], "context" if met[0].basis == "heading" else "sentence"
        dropped.append("date not told by the text")
        return None, ""

    def _speaker(self, told: Told, place: int, dropped: list[Dropped]) -> tuple[int, int]:
        """Where who says so is named: in the sentence, else nearest before it in its paragraph."""
        if not (told.by or "").strip():
            return (0, 0)
        ground = self.grounds[place]
        first = place
        while first > 0 and self.grounds[first - 1].stretch.paragraph == ground.stretch.paragraph:
            first -= 1
        for start, end in ((ground.start, ground.end), (self.grounds[first].start, ground.start)):
            spans = [s for s in self._search(told.by or "", start, end) if self._is_whole(*s) and self._names_somebody(*s)]
            if spans:
                return spans[-1]
        dropped.append("speaker not in the text")
        return (0, 0)


def _way(actor: Actor, ground: Ground) -> str:
    """How the state of an actor is known, as in the evidence of the rules."""
    return next((known.way for known in ground.known if actor in known.actors), "named")


def _covers(known: Known, span: tuple[int, int]) -> bool:
    """Whether the words lie within those of a known actor, as a name does to which "and" or "in" is written on."""
    return known.start <= span[0] and span[1] <= known.end
