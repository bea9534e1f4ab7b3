"""A question, read: what it asks for, which states, times and stands it names, and what is left to look for."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from dragoman.answers.passages import mark_triggers, stem, tell_years
from dragoman.coding.lexicon import Lexicon, lexicon
from dragoman.coding.parse import find_joints, find_matches
from dragoman.coding.times import Found, Tagger
from dragoman.coding.tokens import Token
from dragoman.errors import LanguageError, QueryError
from dragoman.languages import available, sentences
from dragoman.languages.folding import fold
from dragoman.languages.schema import Asked
from dragoman.reading.detection import guess, has_folder, name
from dragoman.statement import POSITIONS

LONGEST = 1_000
"""Characters that a question may have."""

_SUCH = 'Ask such as: dragoman ask "Did Pakistan close its embassy in Damascus?"'
_NAMED = ("state", "demonym", "capital")
"""What names a state so that an answer must be about it too; a city, a body or a person says less surely whom the answer names."""
_CLOSED = ("slot", "conjunction", "contrast", "subordinator", "relative", "auxiliary", "pronoun", "determiner", "possessive")
_STANDS = (*POSITIONS, "SUPPORT", "REJECT", "ACCUSE")


class Word(msgspec.Struct, frozen=True):
    """A word that an answer is looked for by. text: as written; word: folded; stem: what its forms share; marks: of its triggers."""

    text: str
    word: str
    stem: str
    marks: tuple[str, ...] = ()


class Question(msgspec.Struct, frozen=True):
    """A question, read.

    asks: for what, "" when no word of the question tells. states: codes of those it names. years: those it names, () for none.
    lower, upper: the days between which the time lies that it names, "" for open. stand: whether it asks for a position.
    types: types of statements that its words speak of. words: what else it says.
    """

    text: str
    language: str
    asks: Asked | str
    states: tuple[str, ...]
    years: tuple[int, ...]
    lower: str
    upper: str
    stand: bool
    types: tuple[str, ...]
    words: tuple[Word, ...]


def read_question(text: str, language: str = "") -> Question:
    """Read a question. language: of the question, told from its words when not given.

    Raises QueryError for one that is empty or far too long, LanguageError for one in a language without a folder.
    """
    text = " ".join(text.split())
    if len(text) > LONGEST:
        advice = "Ask in a sentence or two; `dragoman build` is for texts."
        raise QueryError(f"A question of {len(text):,} characters is too long: it may have {LONGEST:,}.", "", advice)
    language = language or _tell_language(text)
    words = lexicon(language)
    tokens = words.tokenizer.cut(text)
    if not any(token.word for token in tokens):
        raise QueryError("The question holds no word.", "", _SUCH)
    return _Reading(text, tokens, words).read()


def _tell_language(text: str) -> str:
    found = guess(text)
    if not found.script:
        raise QueryError("The question holds no word.", "", _SUCH)
    if found.code and has_folder(found.code):
        return found.code
    known = " or ".join(f"{sentences(code).name} ({code})" for code in available())
    if found.code:
        seems = f"The question seems to be in {name(found.code)} ({found.code}), which has no folder under languages/."
    else:
        seems = f"The language of the question is not known; it is written in {found.script} letters."
    raise LanguageError(seems, "", f"Ask in {known}: the answers come from texts in all languages of the record.")


class _Reading:
    """One question being read."""

    def __init__(self, text: str, tokens: list[Token], words: Lexicon) -> None:
        self.text, self.tokens, self.words = text, tokens, words
        self.data = words.language.questions
        self.folded = [fold(token.text) for token in tokens]
        self.names = find_matches(words.actors, tokens)
        self.joints = find_joints(words.joints, tokens)
        self.triggers = find_matches(words.triggers, tokens)
        self.spent: set[int] = set()

    def read(self) -> Question:
        """The whole of it: each step spends the tokens that it has understood."""
        asks, stand = self._asks(), self._stand()
        years, lower, upper = self._when()
        states = self._states()
        return Question(
            self.text, self.words.language.code, asks, states, years, lower, upper, stand, self._types(stand), tuple(self._words())
        )

    def _find(self, phrases: Iterable[str]) -> list[tuple[int, int]]:
        """Where phrases stand, as token ranges, the longest first."""
        found = []
        for phrase in phrases:
            keys = [fold(token.text) for token in self.words.tokenizer.cut(phrase)]
            found += [(i, i + len(keys)) for i in range(len(self.folded)) if self.folded[i : i + len(keys)] == keys]
        return sorted(found, key=lambda span: (span[0] - span[1], span))

    def _asks(self) -> Asked | str:
        """What is asked for: by the question word that stands first; yes or no only when nothing else is asked for."""
        best: tuple[int, int, Asked] | None = None
        for asked, phrases in self.data.asks.items():
            for start, end in self._find(phrases):
                if asked == "whether" and start > 0:
                    continue
                if start <= 3 and (best is None or (start, -end) < (best[0], -best[1])):
                    best = (start, end, asked)
        if best is None:
            return ""
        self.spent.update(range(best[0], best[1]))
        return best[2]

    def _stand(self) -> bool:
        found = self._find(self.data.stand)
        for start, end in found:
            self.spent.update(range(start, end))
        return bool(found)

    def _when(self) -> tuple[tuple[int, ...], str, str]:
        """The years and bounds of the times named. The name of a war or treaty ("the treaty of 1936") says no time of the answer."""
        whens = [w for w in Tagger(self.words.language.code).tag(self.text) if w.edtf and isinstance(w, Found)]
        dated = [w for w in whens if w.kind not in ("event", "span", "vague") and not w.attributive]
        for when in dated:
            self.spent.update(i for i, token in enumerate(self.tokens) if when.start <= token.start < when.end)
        if not dated:
            return (), "", ""
        years = sorted({year for when in dated for year in tell_years(when.lower, when.upper)})
        lowers, uppers = [w.lower for w in dated], [w.upper for w in dated]
        return tuple(years), min(lowers) if all(lowers) else "", max(uppers) if all(uppers) else ""

    def _states(self) -> tuple[str, ...]:
        states: dict[str, None] = {}
        for match in self.names.values():
            named = [meaning for meaning in match.meanings if meaning.role in _NAMED and meaning.code]
            if not named:
                continue
            states |= dict.fromkeys(meaning.code for meaning in named[:1])
            if all(meaning.role != "capital" for meaning in named):
                self.spent.update(range(match.start, match.end))
        return tuple(states)

    def _types(self, stand: bool) -> tuple[str, ...]:
        meanings = (meaning for match in self.triggers.values() for meaning in match.meanings if meaning is not None)
        types = dict.fromkeys(meaning.trigger.type for meaning in meanings)
        if stand or any(type in POSITIONS for type in types):
            types |= dict.fromkeys(_STANDS)  # whoever asks whether X supports Y wants to hear that it opposes Y
        return tuple(types)

    def _words(self) -> list[Word]:
        language = self.words.language.code
        ignored = {fold(word) for word in self.data.ignored}
        words: dict[str, Word] = {}
        marks = {i: tuple(mark_triggers(match)) for match in self.triggers.values() for i in range(match.start, match.end)}
        for index, token in enumerate(self.tokens):
            folded = self.folded[index]
            if index in self.spent or not token.word or folded in ignored or len(folded) < 2:
                continue
            if any(i in self.joints and self._closes(i, index) for i in (index, index - 1)):
                continue
            words.setdefault(folded, Word(token.text, folded, stem(folded, language), marks.get(index, ())))
        return list(words.values())

    def _closes(self, start: int, index: int) -> bool:
        """Whether the closed-class word that begins at one token reaches the other, as it is written."""
        match = self.joints[start]
        return match.end > index and not match.before and not match.readings[-1].after and not match.roles.keys().isdisjoint(_CLOSED)
