"""Words with their places, and the ways each may be read once what is written on to it is taken off."""

from __future__ import annotations

import re
from functools import lru_cache

import msgspec

from dragoman.languages.folding import fold
from dragoman.languages.schema import Grammar

_MARKS = "\u0300-\u036f\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u0640\u200c\u200d"
_TOKEN = re.compile(
    rf"(?P<short>(?:[A-Z]\.){{2,}}|[A-Z]\.[A-Z]\b)|(?P<own>['’]s\b|(?<=s)['’](?=\s))|(?P<not>n['’]t\b)|(?P<word>[^\W_](?:[{_MARKS}]|(?!n['’]t\b)[^\W_]|['’](?!s\b)(?=[^\W_]))*)|(?P<mark>[^\s])"
)


class Reading(msgspec.Struct, frozen=True, gc=False):
    """One way to read a word: its stem, and what was taken off.

    before: the clitics taken off, by role: "conjunction", "article", "future" or the name of a slot. after: a suffix pronoun.
    """

    stem: str
    before: tuple[str, ...] = ()
    after: str = ""


class Token(msgspec.Struct, frozen=True, gc=False):
    """A word or mark of a text.

    readings: the plainest first. stems: theirs. key: the folded word with nothing taken off but the article. capital:
    whether it is written with one.
    """

    start: int
    end: int
    text: str
    word: bool
    readings: tuple[Reading, ...]
    stems: tuple[str, ...]
    key: str
    capital: bool


_Word = tuple[tuple[Reading, ...], tuple[str, ...], str, bool]
"""What a token says of its word alone: readings, stems, key, capital."""


class Tokenizer:
    """Cuts text into tokens by the clitics of one language. One word is read once a process."""

    def __init__(self, grammar: Grammar) -> None:
        self._clitics = {role: tuple(fold(c) for c in letters) for role, letters in grammar.clitics.items()}
        self._words = lru_cache(maxsize=65536)(self._describe)
        self._stem = lru_cache(maxsize=65536)(self._plainest)

    def cut(self, text: str, start: int = 0, end: int | None = None) -> list[Token]:
        """Tokens of text[start:end], with offsets into `text`."""
        words = self._words
        tokens = [
            Token(m.start(), m.end(), m.group(), m.lastgroup != "mark", *words(m.group()))
            for m in _TOKEN.finditer(text, start, len(text) if end is None else end)
        ]
        for index, token in enumerate(tokens):
            if token.word and token.text in "'’" and any(not t.word and t.text in "'‘" for t in tokens[:index]):
                tokens[index] = Token(token.start, token.end, token.text, False, (Reading("’"),), ("’",), "’", False)  # closes
        return tokens

    def keys(self, phrase: str, whole: bool = False) -> tuple[str, ...]:
        """The stems of a lexicon entry, read plainly: only the article is taken off, and not of the first word when `whole` (a verb)."""
        words = [m.group() for m in _TOKEN.finditer(phrase)]
        stems = tuple(self._stem(w) for w in words)
        return (fold(words[0]), *stems[1:]) if whole and self._clitics and words else stems

    def readings(self, word: str) -> tuple[Reading, ...]:
        """Every way to read a word, the plainest first."""
        return self._words(word)[0]

    def _plainest(self, word: str) -> str:
        """The stem of the plainest reading, without looking for the others."""
        if not self._clitics or "." in word or word.isupper():
            return self._read(word)[0].stem
        folded = fold(word) or word
        return self._without_article(folded) or folded

    def _without_article(self, word: str) -> str:
        """The word without the article that it begins with, "" when it has none."""
        return next((word[len(a) :] for a in self._clitics.get("article", ()) if word.startswith(a) and len(word) - len(a) >= 2), "")

    def _describe(self, word: str) -> _Word:
        readings = self._read(word)
        return readings, tuple(r.stem for r in readings), readings[0].stem, word[:1].isupper()

    def _read(self, word: str) -> tuple[Reading, ...]:
        if "." in word and len(word) > 1:
            return (Reading(word.replace(".", "")),)
        folded = fold(word) or word
        if folded in ("'s", "'"):
            return (Reading("'s"),)
        if 1 < len(word) <= 4 and word.isupper():
            return (Reading(word), Reading(folded))
        if not self._clitics:
            return (Reading(folded),)
        return tuple(self._unclitic(folded, bare=word.endswith("ة")))

    def _unclitic(self, word: str, bare: bool) -> list[Reading]:
        """Every way to read a word with clitics, least taken off first; the article alone does not count.

        bare: the word ends in a letter that no suffix can be (ta marbuta, which folds like the suffix "his").
        """
        article = self._clitics.get("article", ())
        found: list[Reading] = []
        whole: list[Reading] = []  # what begins like the article but is none: التقى, إلغاؤها
        for taken, rest in self._without_prefixes(word):
            plain = self._without_article(rest)
            if plain:
                found.append(Reading(plain, (*taken, "article")))
                if len(plain) > 4 and plain.startswith(article):  # الألماني: an entry whose own first letters look like it
                    whole.append(Reading(plain[2:], (*taken, "article")))
                whole.append(Reading(rest, taken))
                whole.extend(Reading(stem, taken, suffix) for stem, suffix in self._without_suffix(rest))
            else:
                found.append(Reading(rest, taken))
                if not bare:
                    found.extend(Reading(stem, taken, suffix) for stem, suffix in self._without_suffix(rest))
        # Plainest first; a prefix before a suffix, which the closed classes hardly bear ("لأي" is not "لا" and "my").
        found.sort(key=lambda r: (len([b for b in r.before if b != "article"]) + bool(r.after), bool(r.after)))
        return found + sorted(whole, key=lambda r: len(r.before) + bool(r.after))

    def _without_prefixes(self, word: str) -> list[tuple[tuple[str, ...], str]]:
        article = self._clitics.get("article", ("",))[0]
        out: list[tuple[tuple[str, ...], str]] = [((), word)]
        for letter in self._clitics.get("conjunction", ()):
            if word.startswith(letter) and len(word) > 2:
                out.append((("conjunction",), word[len(letter) :]))
        for taken, rest in tuple(out):
            for role in self._clitics:
                if role in ("conjunction", "article", "suffix"):
                    continue
                for letter in self._clitics[role]:
                    if rest.startswith(letter) and len(rest) - len(letter) >= 2:
                        left = rest[len(letter) :]
                        if role == "future" and left[0] not in "يتنا":  # only the present has it
                            continue
                        out.append(((*taken, role), left))
                        if role != "future" and left.startswith(article[-1:]) and len(left) > 3:  # لل is ل + ال
                            out.append(((*taken, role, "article"), left[1:]))
        return out

    def _without_suffix(self, word: str) -> list[tuple[str, str]]:
        out = []
        for suffix in self._clitics.get("suffix", ()):
            if word.endswith(suffix) and len(word) - len(suffix) >= 2:
                stem = word[: -len(suffix)]
                out.append((stem, suffix))
                if stem.endswith("ت"):
                    out.append((stem[:-1] + "ه", suffix))
                elif stem.endswith(("و", "ي", "ا")) and len(suffix) > 1:
                    out.append((stem[:-1], suffix))  # a plural or dual that lost its last letter: معارضوها
        return out
