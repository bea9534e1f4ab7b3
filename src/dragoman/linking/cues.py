"""The words of linking.yaml as patterns over folded text, and the other words of a language that linking asks for."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache

import msgspec

from dragoman.coding.lexicon import inflect
from dragoman.languages import Language, load
from dragoman.languages.folding import fold
from dragoman.languages.schema import Linking

_NOTHING = re.compile(r"(?!)")


class End(msgspec.Struct, frozen=True):
    """What is reached once, as patterns."""

    done: re.Pattern[str]
    aim: re.Pattern[str]
    broken: re.Pattern[str]


class Cues(msgspec.Struct, frozen=True):
    """The cues of one language, as patterns that are to be searched in folded text. See languages/schema.py, Linking."""

    words: Linking
    awards: re.Pattern[str]
    after: re.Pattern[str]
    during: re.Pattern[str]
    wars: re.Pattern[str]
    ends: tuple[End, ...]
    alone: re.Pattern[str]
    counted: re.Pattern[str]
    listing: re.Pattern[str]
    partial: re.Pattern[str]
    bodies: dict[str, re.Pattern[str]]
    votes: re.Pattern[str]
    contrast: re.Pattern[str]
    denied: re.Pattern[str]
    negated: re.Pattern[str]
    according: re.Pattern[str]
    claimed: re.Pattern[str]
    reported: re.Pattern[str]


@cache
def cues(language: str) -> Cues:
    """The cues of `language`. Raises LanguageError when it has no folder."""
    known = load(language)
    words, clitics = known.linking, known.grammar.clitics
    # Up to three letters or articles written on to a word, as the grammar has them.
    before = "".join(f"(?:{'|'.join(map(re.escape, map(fold, letters)))})?" for role, letters in clitics.items() if role != "suffix")

    def pattern(forms: Iterable[str]) -> re.Pattern[str]:
        each = [r"\s+".join(_word(part, before) for part in fold(form).split()) for form in forms]
        return re.compile(rf"(?<!\w)(?:{'|'.join(each)})(?!\w)") if each else _NOTHING

    return Cues(
        words=words, awards=pattern(words.awards), after=pattern(words.after), during=pattern(words.during), wars=pattern(words.wars),
        ends=tuple(End(pattern(end.done), pattern(end.aim), pattern(end.broken)) for end in words.ends),
        alone=pattern(words.alone), counted=pattern(words.counted), listing=pattern(words.listing), partial=pattern(words.partial),
        votes=pattern(words.votes),
        bodies={body: pattern(names) for body, names in words.bodies.items()},
        contrast=pattern(known.grammar.contrasts), denied=pattern(known.voices.denied), negated=pattern(known.voices.negated),
        according=pattern(known.voices.according), claimed=pattern([*known.voices.according, *known.voices.claimed]),
        reported=pattern(_forms(known)),
    )  # fmt: skip


def _forms(known: Language) -> list[str]:
    """The verbs of reporting, in every form that the grammar makes of them."""
    return sorted({form for verb in known.voices.report for form, _ in inflect(verb, known.grammar)})


def _word(part: str, before: str) -> str:
    return before + (re.escape(part[:-1]) + r"\w*" if part.endswith("*") else re.escape(part))


def died(language: str, name: str) -> re.Pattern[str]:
    """What tells in folded text that the person of that name is dead; never matches for a name of one word, which many bear."""
    folded = fold(name)
    if len(folded.split()) < 2:
        return _NOTHING
    forms = [re.escape(fold(form)).replace(r"\{\}", re.escape(folded)) for form in load(language).linking.deaths]
    return re.compile("|".join(rf"(?<!\w){form}(?!\w)" for form in forms))


def words(text: str) -> list[str]:
    """The folded words of a text."""
    return re.findall(r"\w+", fold(text))


@cache
def common(language: str) -> frozenset[str]:
    """Words that tell nothing of what a text is about: the commonest, and the names of states and their demonyms."""
    known = load(language)
    plain: list[str] = [*known.sentences.common, *(word for group in known.grammar.slots.values() for word in group)]
    names: Sequence[str] = [name for state in known.actors.states.values() for name in (*state.names, *state.demonyms, *state.capital)]
    return frozenset(word for name in (*plain, *names) for word in words(name))
