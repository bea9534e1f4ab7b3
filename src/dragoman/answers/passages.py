"""What a question is looked for in: each sentence of a text as a passage, its words and what it is marked with.

A mark is a word that no text can hold:

    @SYR      a state that the passage names, or that one of its statements is about
    ~SYR      a state that only the sentences beside it name, or the whole text is about
    #1987     a year that it tells of
    &CONSULT  a type of its statements
    !visit    a trigger that its words are of: it has the same name in every language, so a word finds those of others by it
    %CONSULT  the type of that trigger
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache

import msgspec

from dragoman import edtf
from dragoman.coding.lexicon import Lexicon, Match, lexicon
from dragoman.coding.parse import find_matches
from dragoman.coding.running import Clock
from dragoman.coding.times import Tagger
from dragoman.coding.tokens import Token
from dragoman.errors import QueryError
from dragoman.languages import available, load
from dragoman.languages.folding import fold
from dragoman.statement import Document, Statement, When

_PERIOD = 12
"""Years that a period may have for each of them to be marked; of a longer one only its ends are."""


class Passage(msgspec.Struct, frozen=True):
    """One sentence as it is looked for. ordinal: its place among the document's sentences, from 1. start, end: its span.

    words: folded, each once, in their order. forms: the same as written. marks: see the module.
    """

    ordinal: int
    start: int
    end: int
    words: tuple[str, ...]
    forms: tuple[str, ...]
    marks: tuple[str, ...]


class Term(msgspec.Struct, frozen=True):
    """A word of a text: where it stands, and its folded form; or the mark of a trigger whose words begin there."""

    start: int
    end: int
    word: str


def cut(text: str, language: str) -> list[Term]:
    """The words of a text and the triggers that they are of."""
    words = lexicon(language)
    tokens = words.tokenizer.cut(text)
    terms = [Term(token.start, token.end, fold(token.text)) for token in tokens if token.word]
    for match in find_matches(words.triggers, tokens).values():
        terms += [Term(tokens[match.start].start, tokens[match.end - 1].end, mark) for mark in mark_triggers(match)]
    return terms


def mark_triggers(match: Match) -> list[str]:
    """The marks of the triggers that some words are of."""
    triggers = [meaning.trigger for meaning in match.meanings if meaning is not None]
    return list(dict.fromkeys([f"!{trigger.id}" for trigger in triggers] + [f"%{trigger.type}" for trigger in triggers]))


@cache
def _rules(language: str) -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple((re.compile(pattern), replacement) for pattern, replacement in load(language).questions.stems)


_LONGEST = 64
"""Letters from which on a word is none that has forms, but an address or a mistake."""


@lru_cache(maxsize=262_144)
def stem(word: str, language: str) -> str:
    """What the forms of a word share, roughly: the language's rules in turn, as long as three letters stay. word: folded."""
    if len(word) > _LONGEST:
        return word
    for pattern, replacement in _rules(language):
        shorter = pattern.sub(replacement, word, count=1)
        if len(shorter) >= 3:
            word = shorter
    return word


def name_states(tokens: list[Token], words: Lexicon) -> list[str]:
    """Codes of the states that tokens name, by whatever name, city, body or person of theirs."""
    found = find_matches(words.actors, tokens)
    codes = (meaning.code for match in found.values() for meaning in match.meanings if meaning.code)
    return list(dict.fromkeys(codes))


def tell_years(lower: str, upper: str) -> list[int]:
    """The years from one ISO day to another, "" for an open end; of a long or open period only the ends that it has."""
    ends = [int(day[: 5 if day[0] == "-" else 4]) for day in (lower, upper) if day]
    if len(ends) == 2 and 0 <= ends[1] - ends[0] < _PERIOD:
        return list(range(ends[0], ends[1] + 1))
    return list(dict.fromkeys(ends))


def read_passages(document: Document, statements: Sequence[Statement]) -> list[Passage]:
    """The passages of a document: its sentences, but for headings. statements: those of the document."""
    words = lexicon(document.language)
    tagger, clock = Tagger(document.language), Clock(document.language)
    drafts: list[tuple[int, list[Token], list[str], list[int]]] = []
    counts: Counter[str] = Counter()
    section = -1
    for number, sentence in enumerate(document.sentences):
        if sentence.role == "heading":
            continue
        if sentence.section != section:
            section = sentence.section
            _enter(clock, document, section)
        tokens = words.tokenizer.cut(document.text, sentence.start, sentence.end)
        found = tagger.tag(document.text, sentence.start, sentence.end)
        whens = clock.resolve(found, document.text, sentence.start, sentence.end, sentence.paragraph)
        states = name_states(tokens, words)
        counts.update(states)
        drafts.append((number, tokens, states, _years(whens, clock.context())))
    about = _about(document) or [code for code, _ in counts.most_common(2)]
    told = _group(document, statements)
    passages = []
    for place, (number, tokens, states, years) in enumerate(drafts):
        sentence = document.sentences[number]
        beside = [code for other in drafts[max(0, place - 1) : place + 2] if _beside(document, other[0], number) for code in other[2]]
        mine = told.get(number, [])
        codes = dict.fromkeys([*states, *(a.code for s in mine for a in s.source + s.target if a.code)])
        marks = [f"@{code}" for code in codes] + [f"~{code}" for code in dict.fromkeys([*about, *beside]) if code not in codes]
        marks += [f"#{year}" for year in dict.fromkeys([*years, *(y for s in mine for y in _statement_years(s))])]
        marks += [f"&{type}" for type in dict.fromkeys(s.type for s in mine)]
        matches = find_matches(words.triggers, tokens).values()
        marks += dict.fromkeys(mark for match in matches for mark in mark_triggers(match))
        forms = {fold(token.text): token.text for token in tokens if token.word}
        forms.pop("", None)
        passages.append(Passage(number + 1, sentence.start, sentence.end, tuple(forms), tuple(forms.values()), tuple(marks)))
    return passages


def _beside(document: Document, one: int, other: int) -> bool:
    return document.sentences[one].paragraph == document.sentences[other].paragraph


def _enter(clock: Clock, document: Document, section: int) -> None:
    """Tell the clock the headings from the top section down to this one."""
    path = []
    while 0 <= section < len(document.sections):
        path.append(document.sections[section])
        section = path[-1].parent
    for heading in reversed(path):
        clock.enter_section(heading.title, heading.level)


def _years(whens: Iterable[When], context: When | None) -> list[int]:
    """The years that a sentence tells of: those it names, else the one that the narrative stands at."""
    own = [when for when in whens if when.edtf]
    return [year for when in own or ([context] if context else []) for year in tell_years(when.lower, when.upper)]


def _statement_years(statement: Statement) -> list[int]:
    try:
        lower, upper = edtf.bounds(statement.date)
    except QueryError:
        return []
    return tell_years(lower or "", upper or "")


def _about(document: Document) -> list[str]:
    """Codes of the states that the document's title and subject name, in whichever language."""
    name = f"{document.title} ; {document.subject}".replace("-", " - ").replace("_", " ")
    name = " ".join(word if word.isupper() else word[:1].upper() + word[1:] for word in name.split())
    codes: dict[str, None] = {}
    for language in available():
        words = lexicon(language)
        codes |= dict.fromkeys(name_states(words.tokenizer.cut(name), words))
    return list(codes)


def _group(document: Document, statements: Sequence[Statement]) -> dict[int, list[Statement]]:
    """Statements by the number of the sentence that they begin in."""
    grouped: dict[int, list[Statement]] = {}
    rest = sorted(statements, key=lambda s: s.start, reverse=True)
    for number, sentence in enumerate(document.sentences):
        while rest and rest[-1].start < sentence.end:
            one = rest.pop()
            if one.end > sentence.start:
                grouped.setdefault(number, []).append(one)
    return grouped
