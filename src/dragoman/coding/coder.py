"""Document -> statements: parse its sentences, draft statements from triggers, fill in who, when and how surely."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from functools import cache
from typing import cast

from dragoman.coding.clauses import Clauses
from dragoman.coding.confidence import Signs, rate, read_signs
from dragoman.coding.context import Context
from dragoman.coding.fields import code_fields
from dragoman.coding.lexicon import Lexicon, lexicon
from dragoman.coding.model import load as load_model
from dragoman.coding.parse import parse
from dragoman.coding.proposals import RULE, SURE, Proposer
from dragoman.coding.roles import Draft, Roles
from dragoman.coding.running import Clock, bounded, govern
from dragoman.coding.sentence import Mention, Sentence
from dragoman.coding.times import Found, Tagger
from dragoman.coding.voices import Voice, Voices
from dragoman.encoding import load as load_encoder
from dragoman.errors import QueryError
from dragoman.languages.folding import fold
from dragoman.languages.schema import Trigger
from dragoman.languages.states import resolve
from dragoman.statement import Actor, DateFrom, Document, Evidence, Kind, Modality, Statement, When
from dragoman.statement import Sentence as Stretch

VERSION = "1"
"""Part of every statement's id: a coder that decides otherwise gives new ids."""

_OPENING = 300
"""How many sentences are looked at to tell which states a text is about; a long text is not held parsed in memory."""

_REACH = 14
"""How many tokens before its trigger an actor may stand and still belong to the quote."""


WAYS = {"pronoun": "pronoun", "reference": "reference", "generic": "body", "noun": "body", "name": "known person"}
"""How the state of an actor is known, by the role of its mention, where it is not named there."""

_PEOPLE = ("REB", "CVL", "OPP", "IGO")
"""Sectors of people who act for themselves, or for a body of no state."""


_APART = 4
"""Tokens between two verbs of one subject from which on the second's quote begins with itself, whatever the first says."""

_FOUNDED = ("MISSION", "AGREEMENT", "INSTITUTION")
"""Ties that are founded: a date alone tells since when they stand ("the treaty of 1928", "the embassy opened in 1961")."""


def code(document: Document, model: bool = True) -> list[Statement]:
    """The statements of a document, in the order of the text. The same document gives the same statements.

    model: whether the model is asked where the rules find nothing; without its file the rules decide alone.
    """
    return coder_of(document, model).code()


def coder_of(document: Document, model: bool = True) -> Coder:
    """What codes the document, for those who want to look at each sentence of it (`Coder.passes`)."""
    return Coder(document, _proposer() if model else None)


@cache
def _states(subject: str) -> tuple[str, ...]:
    """The states that a subject names in English, whatever the language of the text: "indonesia-netherlands"."""
    codes = []
    for part in subject.split("-"):
        with suppress(QueryError):
            codes.append(resolve(part.replace("_", " "), ("en",)))
    return tuple(dict.fromkeys(codes)) if len(set(codes)) > 1 else ()


@cache
def _proposer() -> Proposer | None:
    model = load_model()
    return Proposer(model, load_encoder(), SURE) if model is not None else None


class Coder:
    """Codes one document."""

    def __init__(self, document: Document, proposer: Proposer | None = None, rate: Callable[[Signs], float] = rate) -> None:
        """proposer: is asked where the rules find nothing. rate: from the signs of a statement to its confidence."""
        self.document, self.proposer, self.rate = document, proposer, rate
        self.lexicon: Lexicon = lexicon(document.language)
        self.tagger, self.clock = Tagger(document.language), Clock(document.language)

    def code(self) -> list[Statement]:
        """All statements of the document."""
        told = [statement for one in self.passes() for statement in one.run()]
        return number([*told, *self.fields()])

    def fields(self) -> list[Statement]:
        """The statements of its infoboxes, without ids."""
        return list(code_fields(self.document, self.lexicon, self.tagger))

    def passes(self) -> Iterator[Pass]:
        """Each sentence of prose, parsed and dated, in the order of the text. Run it before the next: what it says is remembered."""
        prose = [s for s in self.document.sentences if s.role in ("body", "list")]
        opening = [self._parse(s) for s in prose[:_OPENING]]
        context = Context(self.lexicon, opening, self._about())
        section = -1
        for place, stretch in enumerate(prose):
            sentence = opening[place] if place < _OPENING else self._parse(stretch)
            if stretch.section != section:
                section = stretch.section
                self._enter(section)
            yield Pass(self, sentence, stretch, context)

    def _parse(self, stretch: Stretch) -> Sentence:
        return parse(self.lexicon, self.document.text, stretch.start, stretch.end)

    def _about(self) -> list[str]:
        """Codes of the states that the document's title and subject name."""
        title = self.document.title or self.document.subject.replace("-", " - ")
        sentence = parse(self.lexicon, title, 0, len(title))
        named = [c for m in sentence.mentions for c in m.codes if c]
        return named if len(set(named)) > 1 else list(_states(self.document.subject)) or named

    def _enter(self, section: int) -> None:
        """Tell the clock the headings from the top section down to this one."""
        path = []
        while 0 <= section < len(self.document.sections):
            path.append(self.document.sections[section])
            section = path[-1].parent
        for heading in reversed(path):
            self.clock.enter_section(heading.title, heading.level)


class Pass:
    """One sentence on its way to statements."""

    def __init__(self, coder: Coder, sentence: Sentence, stretch: Stretch, context: Context) -> None:
        self.coder, self.sentence, self.stretch, self.context = coder, sentence, stretch, context
        self.text, self.tokens = coder.document.text, sentence.tokens
        found = coder.tagger.tag(self.text, stretch.start, stretch.end)
        self.whens = coder.clock.resolve(found, self.text, stretch.start, stretch.end, stretch.paragraph)
        self.clauses = Clauses(sentence, coder.lexicon.language.grammar)
        self.voices = Voices(self.clauses, bool(coder.lexicon.language.voices.content))
        self.charges: list[Draft] = []

    def run(self) -> list[Statement]:
        """The statements of the sentence, without ids."""
        self.context.remember(self.sentence)
        if self.stretch.role == "list" and not self.clauses.verbs:
            return []
        statements: list[Statement] = []
        speaker = self._resolve(self.clauses.subject(self.voices.reports[-1]), []) if self.voices.reports else []
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
        subject = self._resolve(self.clauses.subject(first), []) if first else []
        self.context.note(self.sentence, self.text, subject)
        return _merge(statements)

    def _resolve(self, mentions: Iterable[Mention], own: Sequence[Actor], acting: Sequence[Mention] = ()) -> list[Actor]:
        """The actors of mentions. own: who acts in the clause; acting: the mentions that said so, which do not lean on it."""
        actors: list[Actor] = []
        for mention in mentions:
            for actor in self.context.resolve(self.sentence, mention, self.text, () if mention in acting else own):
                if all((a.code, a.name) != (actor.code, actor.name) for a in actors):
                    actors.append(actor)
        return actors

    def _statement(self, draft: Draft) -> Statement | None:
        trigger = draft.trigger
        if self.voices.supposed(draft.first) and not self.voices.cues["disputed"]:
            return None  # "if Moscow attacks": nobody says that it does
        acting = self._acting(draft)
        own = self._resolve(acting, ())
        source = self._resolve(draft.source, own, acting)
        source = source or self._unaffiliated(draft.source)
        hit = [m for m in draft.target if draft.verb is None or not self._its(m)]
        mine = {a.code for a in source}
        of_its = [a for a in self._resolve([m for m in draft.target if m not in hit], own, acting) if a.code not in mine]
        target = [
            a
            for a in self._resolve(hit, own, acting) + of_its
            if all((a.code, a.sector, a.name) != (s.code, s.sector, s.name) for s in source)
        ]
        target = [a for a in target if not (a.code and a.sector == "" and any(s.code == a.code for s in source))]
        if draft.speaker and not source:
            source = self._speaker(draft)
        if draft.unsaid and not source and not trigger.both:
            source = [a for a in self.context.subject if a.code not in {t.code for t in target}]
        if trigger.both:
            source, target = _each_once(source + target), []
        filled = False
        source, target = self._not_to_itself(draft, source, target)
        if draft.dyad or self._leans(draft, source, target):
            source, target, filled = self._with_dyad(trigger, source, target)
        type_, modality = trigger.type, ""
        first, last = self._span(draft)
        voice = self.voices.voice(trigger.kind, trigger.type, draft.first, draft.verb or draft.carrier, first, last)
        issue = ""
        if draft.issue[1] > draft.issue[0]:
            issue = self._words(draft.issue)
        if trigger.kind == "position":
            target = self._about(draft, source) or [a for a in target if a.code not in {s.code for s in source}]
            if voice.modality == "negated" and trigger.type == "SUPPORTS":
                type_, modality = "OPPOSES", "asserted"
        if not _enough(trigger.needs, draft, source, target, filled):
            return None
        when, date_from = self._when(draft, first, last)
        start, end = self.tokens[first].start, self.tokens[last - 1].end
        quote = self.text[start:end]
        by = self._words(voice.by) if voice.by[1] > voice.by[0] else ""
        modality = modality or trigger.modality or voice.modality
        if modality == "asserted" and self._charged(draft):
            modality = "claimed"
        evidence = self._evidence(draft, voice, modality, when, (source, target), filled)
        likelihood = self.coder.proposer.likelihood(self.clauses, draft) if self.coder.proposer is not None else None
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
        ways = {self.tokens[m.name[0] if m.name[1] > m.name[0] else m.first].start: m.role for m in self.sentence.mentions}
        for field, actors in zip(("source", "target"), sides, strict=True):
            out += [Evidence(field, a.start, a.end, WAYS.get(ways.get(a.start, ""), "named")) for a in actors if a.start >= 0]
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

    def _read_from(self, field: str, first: int, last: int, rule: str) -> Evidence:
        return Evidence(field, self.tokens[first].start, self.tokens[last - 1].end, rule)

    def _charged(self, draft: Draft) -> bool:
        """Whether the act is what somebody is accused of: "accused Thailand of shooting"."""
        acts = draft.verb is not None and draft.verb.form == "ing"
        return acts and any(d is not draft and d.issue[0] <= draft.first < d.issue[1] for d in self.charges)

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
            return self._resolve(self.clauses.subject(report), [])
        named = next((m for m in self.sentence.mentions if self.sentence.key(m.last) == ":" and m.last < draft.first), None)
        if named is not None and not named.slot:
            return self._resolve([named], [])
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
        first, last = self._span(draft)
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

    def _about(self, draft: Draft, source: list[Actor]) -> list[Actor]:
        """The states that the issue of a position names."""
        if draft.issue[1] <= draft.issue[0]:
            return []
        mine = {a.code for a in source}
        inside = [m for m in self.sentence.mentions if draft.issue[0] <= m.first < draft.issue[1] and m.role != "noun"]
        out: list[Actor] = []
        for actor in self._resolve(inside, source):
            if actor.code not in mine and all(actor.code != o.code or not actor.code for o in out):
                out.append(actor)
        return out

    def _span(self, draft: Draft) -> tuple[int, int]:
        """Tokens [first, last) of the quote: the trigger, the actors of its clause that stand near, and its issue."""
        first, last = draft.verb.left if draft.verb else draft.first, draft.end
        floor = self._floor(draft)
        if draft.opens >= 0 and not self.clauses.verb_first:
            first = min(first, draft.opens)  # "diplomatic relations were restored": what was, belongs to the quote
        for mention in draft.source + draft.target:
            if floor <= mention.first < draft.first and draft.first - mention.first <= _REACH + (mention.last - mention.first):
                first = min(first, mention.first)
            elif mention.first >= draft.first:
                last = max(last, mention.last)
        if draft.issue[1] > draft.issue[0]:
            last = max(last, draft.issue[1])
        if self.clauses.verb_first and first < draft.first:
            # The verb that stands before its subject belongs to the quote.
            opens = [
                v.left
                for v in self.clauses.verbs
                if v.left < first <= v.left + 3 and any(m.first == first for m in self.clauses.subject(v))
            ]
            first = min([first, *opens])
        last = max(last, self._reach(draft, last))
        while last - 1 > draft.end and self._dangles(last - 1):
            last -= 1
        while self.tokens[last - 1].key == "'s" and last - 1 > draft.first:
            last -= 1
        return first, last

    def _floor(self, draft: Draft) -> int:
        """Where the quote may begin: the second of two verbs of one subject begins with itself ("and elevated the section")."""
        if draft.verb is None or draft.verb.link != "conjunction":
            return 0
        previous = self.clauses.previous(draft.verb)
        if previous is None or not (previous.words or self.clauses.verb_first or draft.first - previous.end > _APART):
            return 0
        return self.clauses.clause_end(previous) if self.clauses.verb_first else previous.end

    def _dangles(self, index: int) -> bool:
        """Whether a quote must not end in the token: a mark, or a word that opens something else."""
        return (
            not self.tokens[index].word
            or self.sentence.is_joint(index, "slot", "conjunction", "relative", "subordinator", "determiner", "auxiliary", "contrast")
            or self.tokens[index].key == "to"
        )

    def _reach(self, draft: Draft, last: int) -> int:
        """Where the words that belong to a statement end: with its verb's clause, or with what its noun is said to do."""
        if draft.verb is not None:
            end = self.clauses.clause_end(draft.verb, over_infinitives=False)
            return end if end - last <= _REACH else last
        if draft.dyad:
            following = next((v for v in self.clauses.verbs if v.left >= draft.last), None)
            if following is not None and following.link == "main" and following.left - last <= 3:
                return following.end  # "the relations deteriorated"
        return last

    def _words(self, span: tuple[int, int]) -> str:
        return self.text[self.tokens[span[0]].start : self.tokens[span[1] - 1].end]

    def _when(self, draft: Draft, first: int, last: int) -> tuple[When | None, DateFrom]:
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
        context = self.coder.clock.context()
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
        told = verb.left == verb.index and not self.coder.clock.dated and self.voices.reporter(draft.first, draft.verb) is None
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


def _enough(needs: Sequence[str], draft: Draft, source: list[Actor], target: list[Actor], filled: bool) -> bool:
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


def _merge(statements: list[Statement]) -> list[Statement]:
    """Leave out what another statement of the sentence says as well: same kind and type, no more actors, and overlapping, or a tie."""
    kept: list[Statement] = []
    for statement in statements:
        twin = next((o for o in kept if _same(o, statement)), None)
        if twin is None:
            kept.append(statement)
        elif _weight(statement) > _weight(twin):
            kept[kept.index(twin)] = statement
    return kept


def _same(a: Statement, b: Statement) -> bool:
    if (a.kind, a.type) != (b.kind, b.type):
        return False
    overlap = a.start < b.end and b.start < a.end
    if not overlap and (a.kind != "tie" or a.type == "MISSION"):
        return False
    sides = [({x.code for x in s.source}, {x.code for x in s.target}) for s in (a, b)]
    if not a.target or not b.target:
        sides = [(source | target, set()) for source, target in sides]
    (a_source, a_target), (b_source, b_target) = sides
    return (a_source <= b_source and a_target <= b_target) or (b_source <= a_source and b_target <= a_target)


def _weight(statement: Statement) -> tuple[int, bool, float, int]:
    stated = all(e.rule != "dyad of the text" for e in statement.evidence)
    return len({a.code for a in statement.source + statement.target}), stated, statement.confidence, len(statement.quote)


def number(statements: Iterable[Statement], version: str = VERSION) -> list[Statement]:
    """Give each statement its id: a hash of document, offsets, kind, type and coder version; twins are counted apart."""
    seen: dict[str, int] = {}
    out = []
    for s in sorted(statements, key=lambda s: (s.start, s.end, s.kind, s.type)):
        base = f"{s.doc}|{s.start}|{s.end}|{s.kind}|{s.type}|{version}"
        seen[base] = seen.get(base, 0) + 1
        digest = hashlib.sha256(f"{base}|{seen[base]}".encode()).hexdigest()[:16]
        out.append(Statement(digest, *(getattr(s, f) for f in s.__struct_fields__[1:])))
    return out


__all__ = ["VERSION", "Coder", "Pass", "code", "coder_of", "number"]
