"""What a position is about: issue texts compared by their content words and the states they name, and grouped.

Texts word one issue in many ways ("any foreign military intervention in Syria", "intervention in Syria"). What linking has put
together is one issue. Of the rest two wordings of a language are one when they share at least half of what they name.
What was grouped is shown with its own words, so that a reader can judge it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache

import msgspec

from dragoman.answers.facts import Entry
from dragoman.languages import available, base, load
from dragoman.languages.folding import fold
from dragoman.languages.states import registry, variants

SHARED = 0.5
"""The part of words and states that two wordings of one issue share, at least."""

_LONGEST = 5


class Wording(msgspec.Struct, frozen=True):
    """What an issue text names. head: the content words before its first preposition. words: all of them. states: codes."""

    language: str
    head: frozenset[str]
    words: frozenset[str]
    states: frozenset[str]

    def within(self, other: Wording) -> bool:
        """Whether all that this names is in `other`; a word also by its beginning, a state also by the text's own word for it."""
        spoken = all(any(word.startswith(asked) for word in other.words) for asked in self.words)
        return bool(self.words or self.states) and self.states <= other.states and spoken

    def alike(self, other: Wording) -> float:
        """How much of what both name they share, 0 to 1; 0 for different languages, and when they share no word but states."""
        if self.language != other.language or not self.head & other.head:
            return 0.0
        one, two = self.head | self.states, other.head | other.states
        return len(one & two) / len(one | two)


class Issue(msgspec.Struct, frozen=True):
    """An issue, and the entries that are about it. name: its shortest wording. wordings: as the texts have it, each once."""

    name: str
    wordings: tuple[str, ...]
    entries: tuple[Entry, ...]


@lru_cache(maxsize=65536)
def read_issue(text: str, language: str = "") -> Wording:
    """What `text` names. language: of the text; told by its letters when not given."""
    code = base(language) or _by_letters(text)
    code = code if code in available() else available()[0]
    dropped, prepositions, called = _words(code)
    tokens = re.findall(r"\w+", re.sub(r"'s\b", "", fold(text)))
    states: set[str] = set()
    words: list[str] = []
    end, place = -1, 0
    while place < len(tokens):
        length = next((n for n in range(min(_LONGEST, len(tokens) - place), 0, -1) if _state(tokens[place : place + n], code, called)), 0)
        if length:
            states.add(_state(tokens[place : place + length], code, called))
            place += length
            continue
        token = tokens[place]
        place += 1
        if token in prepositions and words and end < 0:
            end = len(words)
        elif not token.isdigit() and not {token, *_bare(token, code, 2)} & (prepositions | dropped):
            words.append(_stem(token, code))
    return Wording(code, frozenset(words[:end] if end > 0 else words), frozenset(words), frozenset(states))


def group(entries: Sequence[Entry], known: Mapping[str, str] | None = None) -> list[Issue]:
    """The entries by what they are about, in the order in which each issue first comes; what has no issue text is left out.

    known: by id of a statement, the name of the issue that linking has put it to. Of the others, an entry belongs where one of its
    statements' texts is most alike to the first text of an issue; each issue is told by its first.
    """
    told: dict[str, list[Entry]] = {}
    rest: list[Entry] = []
    for entry in entries:
        name = next((known[s.id] for s in entry.statements if s.id in known), None) if known else None
        if name is None:
            rest.append(entry)
        else:
            told.setdefault(name, []).append(entry)
    issues = [_issue(members, name) for name, members in told.items()] + [_issue(members) for members in _alike(rest)]
    place = {entry.id: number for number, entry in enumerate(entries)}
    return sorted(issues, key=lambda issue: place[issue.entries[0].id])


def _alike(entries: Sequence[Entry]) -> list[list[Entry]]:
    found: list[tuple[list[Wording], list[Entry]]] = []
    for entry in entries:
        wordings = [read_issue(s.issue, s.language) for s in entry.statements if s.issue]
        if not wordings:
            continue
        best, place = max(
            ((max(one.alike(other) for one in wordings for other in seeds), -i) for i, (seeds, _) in enumerate(found)), default=(0.0, 0)
        )
        if best < SHARED:
            found.append((wordings, [entry]))
            continue
        seeds, members = found[-place]
        members.append(entry)
        held = {seed.language for seed in seeds}
        seeds += [wording for wording in wordings if wording.language not in held][:1]
    return [members for _, members in found]


def _issue(entries: Sequence[Entry], name: str = "") -> Issue:
    wordings = dict.fromkeys(" ".join(s.issue.split()) for entry in entries for s in entry.statements if s.issue)
    return Issue(name or min(wordings, key=lambda text: (len(text), text)), tuple(wordings), tuple(entries))


@cache
def _words(language: str) -> tuple[frozenset[str], frozenset[str], dict[str, str]]:
    """Words that name nothing, prepositions, and the names of states with their codes; folded."""
    known = load(language)
    grammar = known.grammar
    prepositions = {fold(word) for slot, words in grammar.slots.items() if slot != "of" for word in words if " " not in word}
    closed = (known.sentences.common, grammar.determiners, grammar.conjunctions, *grammar.pronouns.values(), grammar.slots.get("of", []))
    called: dict[str, str] = {}
    for code, state in known.actors.states.items():
        for name in (*state.names, *state.demonyms):
            called.setdefault(_joined(name), code)
            for ending in known.actors.endings.get("demonym", []):
                called.setdefault(_joined(name + ending), code)
    for code, name in registry(language).items():
        for spelt in (name, *variants(name)):
            called[_joined(spelt)] = code
    return frozenset(fold(word) for words in closed for word in words), frozenset(prepositions), called


def _joined(name: str) -> str:
    return " ".join(re.findall(r"\w+", fold(name)))


def _state(tokens: Sequence[str], language: str, called: dict[str, str]) -> str:
    """The code of the state that these words name, "" for none."""
    first, *rest = tokens
    for start in (first, *_bare(first, language)):
        if code := called.get(" ".join((start, *rest))):
            return code
    return ""


def _stem(word: str, language: str) -> str:
    """The word without what is written on to it: clitics and the article, or a plural's ending."""
    bare = _bare(word, language)
    if bare:
        return bare[-1]
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") and word.isascii() else word


@lru_cache(maxsize=65536)
def _bare(word: str, language: str, least: int = 3) -> tuple[str, ...]:
    """The word with one clitic after the other taken off its front, as far as `least` letters are left."""
    clitics = load(language).grammar.clitics
    front = sorted(
        (fold(c) for role, several in clitics.items() if role not in ("suffix", "future") for c in several), key=len, reverse=True
    )
    found: list[str] = []
    for _ in range(3):
        # Arabic writes "for the" with the article's alif left out.
        taken = next((word[len(c) :] for c in (*front, *_elided(front)) if word.startswith(c) and len(word) - len(c) >= least), None)
        if taken is None:
            break
        found.append(word := taken)
    return tuple(found)


def _elided(front: Sequence[str]) -> list[str]:
    articles = [c for c in front if len(c) > 1]
    return [c + article[1:] for c in front if len(c) == 1 for article in articles]


def _by_letters(text: str) -> str:
    """The language whose script most of the letters are of."""
    from unicodedata import name

    letters = [name(c, "") for c in text if c.isalpha()]
    scripts = {code: load(code).sentences.script.upper() for code in available()}
    return max(scripts, key=lambda code: (sum(letter.startswith(scripts[code]) for letter in letters), code))
