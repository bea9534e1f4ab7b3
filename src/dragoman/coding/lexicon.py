"""The words of one language, compiled: who can act, what tells a statement, what joins clauses.

A lexicon is four tries over stems: `actors`, `triggers`, `joints` (closed classes) and `cues` (of voice). A word may mean
several things at once; what it means in a sentence is decided later, from what stands around it.
"""

from __future__ import annotations

import gc
import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import Any

import msgspec

from dragoman.coding.tokens import Reading, Token, Tokenizer
from dragoman.coding.topics import Topics
from dragoman.languages import Language, load
from dragoman.languages.folding import fold
from dragoman.languages.schema import Grammar, Trigger
from dragoman.languages.states import registry


class ActorWord(msgspec.Struct, frozen=True, gc=False):
    """What a word says of an actor.

    role: state, demonym, capital, place, body, group, person, noun, title, generic; state-reference, both-reference, all-reference.
    cased: the entry is written with a capital, so that a word in small letters is not it ("Turkey", "turkey").
    """

    role: str
    code: str = ""
    sector: str = ""
    cased: bool = False


class TriggerWord(msgspec.Struct, frozen=True, gc=False):
    """A word that can make a statement: which trigger, and in which form (verb tags of the grammar, noun, adjective, phrase, light)."""

    trigger: Trigger
    form: str


class Joint(msgspec.Struct, frozen=True, gc=False):
    """A word of a closed class, a cue of voice, or a common verb. role: slot, conjunction, relative, be, report, negated, verb ..."""

    role: str
    value: str = ""


class Entry:
    """What a phrase may mean. roles: the first value of each role among its joints. cased: whether any meaning wants a capital."""

    __slots__ = ("cased", "meanings", "roles")

    def __init__(self) -> None:
        self.meanings: tuple[Any, ...] = ()
        self.roles: dict[str, str] = {}
        self.cased = False

    def add(self, meaning: Any) -> None:
        """Add a meaning; the same one twice is once."""
        if meaning not in self.meanings:
            self.meanings = (*self.meanings, meaning)
            if isinstance(meaning, Joint):
                self.roles.setdefault(meaning.role, meaning.value)
            elif isinstance(meaning, ActorWord):
                self.cased |= meaning.cased


class Match(msgspec.Struct, gc=False):
    """Words tokens[start:end] found in a trie; readings: how each was read; meanings, roles, cased: see Entry."""

    start: int
    end: int
    readings: tuple[Reading, ...]
    meanings: tuple[Any, ...]
    roles: dict[str, str]
    cased: bool = False

    @property
    def before(self) -> tuple[str, ...]:
        """What was taken off before the first word."""
        return self.readings[0].before


class Trie:
    """Phrases by their stems; finds the longest that begins at a token, trying the plainest reading first."""

    def __init__(self) -> None:
        self._root: dict[str, Any] = {}
        self.first = self._root.keys()
        """The stems that begin an entry, for turning a word away at once."""

    def add(self, keys: Sequence[str], meaning: Any) -> None:
        """Add a phrase."""
        node = self._root
        for key in keys:
            node = node.setdefault(key, {})
        node.setdefault("", Entry()).add(meaning)

    def match(self, tokens: Sequence[Token], index: int) -> Match | None:
        """The longest phrase that begins at tokens[index]."""
        if index >= len(tokens) or self.first.isdisjoint(tokens[index].stems):
            return None  # most words begin no entry
        best = self._walk(tokens, index, self._root)
        if best is None:
            return None
        readings, entry = best
        return Match(index, index + len(readings), readings, entry.meanings, entry.roles, entry.cased)

    def _walk(self, tokens: Sequence[Token], index: int, node: dict[str, Any]) -> tuple[tuple[Reading, ...], Entry] | None:
        best: tuple[tuple[Reading, ...], Entry] | None = None
        if index >= len(tokens):
            return None
        for reading in tokens[index].readings:
            child = node.get(reading.stem)
            if child is None:
                continue
            entry = child.get("")
            if entry is not None and best is None:
                best = ((reading,), entry)
            if len(child) > (entry is not None):
                longer = self._walk(tokens, index + 1, child)
                if longer is not None and (best is None or len(longer[0]) + 1 > len(best[0])):
                    best = ((reading, *longer[0]), longer[1])
        return best


def inflect(verb: str, grammar: Grammar) -> Iterator[tuple[str, str]]:
    """(form, tag) for each cell of the paradigm of a verb written as in the language's files ("give/gave/given").

    A verb of several words ("carry out") is inflected in its first.
    """
    head, _, rest = verb.partition(" ")
    if "/" not in head:
        head = _irregular(grammar).get(head, head)
    parts = head.split("/")
    tail = f" {rest}" if rest else ""
    for cell in grammar.forms:
        spelt = cell.part < len(parts) and not (cell.part == 0 and cell.rules)
        stands_in = not spelt and 0 < cell.instead < len(parts)
        word = parts[cell.part] if spelt else parts[cell.instead] if stands_in else parts[0]
        for pattern, replacement in [] if stands_in else cell.given if spelt else cell.rules:
            word, changed = re.subn(pattern, replacement, word, count=1)
            if changed:
                break
        yield word + tail, cell.tag


def _bend(phrase: str, endings: Sequence[str]) -> Iterator[str]:
    """The phrase and its forms. An ending "y/ies" takes the place of a last "y"; another is written on."""
    yield phrase
    for ending in endings:
        old, _, new = ending.rpartition("/")
        if old and phrase.endswith(old) and phrase[-len(old) - 1 : -len(old)] not in "aeiou":
            yield phrase[: -len(old)] + new
        elif not old and ending:
            yield phrase + ending


@cache
def _irregular_by_id(verbs: tuple[str, ...]) -> dict[str, str]:
    return {v.split("/")[0]: v for v in verbs if "/" in v and " " not in v}


def _irregular(grammar: Grammar) -> dict[str, str]:
    """Verbs that the grammar spells out, by their first part, so that a trigger need not spell them again."""
    return _irregular_by_id(tuple(grammar.verbs))


class Lexicon:
    """The tries of one language and its tokenizer."""

    def __init__(self, language: Language) -> None:
        self.language = language
        self.tokenizer = Tokenizer(language.grammar)
        self.actors, self.triggers, self.joints, self.cues = Trie(), Trie(), Trie(), Trie()
        self.topics = Topics(language.triggers.topics, self.tokenizer)
        self.surnames: dict[str, tuple[str, str]] = {}
        calendar = language.times.words
        self.calendar = frozenset(fold(w) for role in ("month", "weekday") for words in calendar.get(role, {}).values() for w in words)
        self.things: dict[str, Trie] = {}
        self.thing_words: set[str] = set()
        """The stems that begin a thing of any trigger, and so no name."""
        self._inflected: dict[str, tuple[tuple[tuple[str, ...], str], ...]] = {}
        self._add_actors()
        self._add_triggers()
        self._add_joints()

    def _put(self, trie: Trie, phrases: Iterable[str], meaning: Any, endings: Sequence[str] = ("",)) -> None:
        keys = self.tokenizer.keys
        for phrase in phrases:
            for form in _bend(phrase, endings):
                entry = keys(form)
                if entry:
                    trie.add(entry, meaning)

    def _name(self, phrases: Iterable[str], role: str, code: str = "", sector: str = "", endings: Sequence[str] = ("",)) -> None:
        for phrase in phrases:
            cased = any(c.isupper() for c in phrase)
            self._put(self.actors, [phrase], ActorWord(role, code, sector, cased), endings)

    def _add_actors(self) -> None:
        actors = self.language.actors
        nouns, demonyms = actors.endings.get("noun", [""]), actors.endings.get("demonym", [""])
        name = self._name
        for code, cldr in registry(self.language.code).items():
            name([cldr], "state", code)
        for code, state in actors.states.items():
            name(state.names, "state", code)
            name(state.demonyms, "demonym", code, endings=demonyms)
            name(state.capital, "capital", code)
            name(state.places, "place", code)
            for sector, bodies in state.bodies.items():
                name(bodies, "body", code, sector)
        for group in actors.groups:
            name(group.names, "group", group.code, group.sector)
        for code, sectors in self.language.people.items():
            for sector, persons in sectors.items():
                name(persons, "person", code, sector)
                for person in persons:
                    self._add_surname(person, code, sector)
        owners = tuple(f"{p} " for p in self.language.grammar.pronouns.get("owner", ()))
        for role, table in (("noun", actors.nouns), ("title", actors.titles), ("generic", actors.generic)):
            for sector, words in table.items():
                # A title is one in small letters too ("prime minister"), so its capital does not count.
                words = [w for w in words if not owners or not w.startswith(owners)]
                self._put(self.actors, words, ActorWord(role, "", sector), nouns if role != "generic" else ("",))
        for reference, words in actors.references.items():
            self._put(self.actors, words, ActorWord(f"{reference}-reference"))

    def _add_surname(self, person: str, code: str, sector: str) -> None:
        """A last name tells the state behind a title, as long as all who bear it belong to one."""
        last = self.tokenizer.keys(person)[-1]
        known = self.surnames.get(last)
        self.surnames[last] = (code, sector) if known is None or known[0] == code else ("", "")

    def _add_triggers(self) -> None:
        grammar = self.language.grammar
        for trigger in self.language.triggers.triggers:
            tagged = {form.tag: TriggerWord(trigger, form.tag) for form in grammar.forms}
            for verb in trigger.verbs:
                for keys, tag in self._inflect(verb):
                    self.triggers.add(keys, tagged[tag])
            light = Joint("light", trigger.id)
            for verb in trigger.light:
                self._add_verb(verb, light)
            if trigger.things:
                self._put(self.things.setdefault(trigger.id, Trie()), trigger.things, True, grammar.noun_endings)
                self.thing_words |= self.things[trigger.id].first
            self._put(self.triggers, trigger.nouns, TriggerWord(trigger, "noun"), grammar.noun_endings)
            self._put(self.triggers, trigger.adjectives, TriggerWord(trigger, "adjective"))
            self._put(self.triggers, trigger.phrases, TriggerWord(trigger, "phrase"))
        for words in self.language.triggers.ignored:
            self._put(self.triggers, [words], None, grammar.noun_endings)

    def _inflect(self, verb: str) -> tuple[tuple[tuple[str, ...], str], ...]:
        """The entries of a verb's forms and their tags. Many triggers share a verb: it is inflected once."""
        known = self._inflected.get(verb)
        if known is None:
            forms = ((self.tokenizer.keys(form, True), tag) for form, tag in inflect(verb, self.language.grammar))
            known = self._inflected[verb] = tuple((keys, tag) for keys, tag in forms if keys)
        return known

    def _add_verb(self, verb: str, meaning: Joint | None = None) -> None:
        """Add a verb to the closed classes, so that clauses are seen, and what else it means."""
        for keys, tag in self._inflect(verb):
            self.joints.add(keys, Joint("verb", tag))
            if meaning is not None:
                self.joints.add(keys, meaning)

    def _add_joints(self) -> None:
        grammar, voices = self.language.grammar, self.language.voices
        for slot, words in grammar.slots.items():
            self._put(self.joints, words, Joint("slot", slot))
        for role, words in (
            ("conjunction", grammar.conjunctions),
            ("contrast", grammar.contrasts),
            ("subordinator", grammar.subordinators),
            ("content", grammar.contents),
            ("relative", grammar.relatives),
            ("determiner", grammar.determiners),
            ("qualifier", grammar.qualifiers),
            ("adverb", grammar.adverbs),
            ("possessive", grammar.possessive),
            ("undertaking", grammar.undertakings),
        ):
            self._put(self.joints, words, Joint(role))
        for role, words in grammar.auxiliaries.items():
            self._put(self.joints, words, Joint("auxiliary", role))
        for role, words in grammar.pronouns.items():
            self._put(self.joints, words, Joint("pronoun", role))
        for verb in grammar.verbs:
            self._add_verb(verb)
        for verb in grammar.controls:
            self._add_verb(verb, Joint("control"))
        for role in ("report", "declare"):
            for verb in getattr(voices, role):
                self._add_verb(verb, Joint(role))
        for role in (
            "content",
            "according",
            "claimed",
            "disputed",
            "negated",
            "planned",
            "denied",
            "conditional",
            "prospective",
            "emphatic",
        ):
            self._put(self.cues, getattr(voices, role), Joint(role))


def lexicon(code: str) -> Lexicon:
    """The lexicon of a language, compiled once a process."""
    return _compile(load(code).code)


@cache
def _compile(code: str) -> Lexicon:
    compiled = Lexicon(load(code))
    gc.freeze()  # it lives as long as the process: the collector need not walk it again and again
    return compiled


__all__ = ["ActorWord", "Joint", "Lexicon", "Match", "Trie", "TriggerWord", "inflect", "lexicon"]
