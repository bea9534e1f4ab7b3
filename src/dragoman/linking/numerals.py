"""The words of numbers and units of one language, compiled from quantities.yaml and times.yaml, and figures as values."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, lru_cache

import msgspec
from babel import Locale, UnknownLocaleError
from babel.numbers import get_decimal_symbol

from dragoman import languages
from dragoman.languages.folding import fold
from dragoman.languages.schema import Quantities

_VULGAR = {"½": ("\ue000", 0.5), "¼": ("\ue001", 0.25), "¾": ("\ue002", 0.75), "⅓": ("\ue003", 1 / 3), "⅔": ("\ue004", 2 / 3)}
HIDDEN = str.maketrans({char: private for char, (private, _) in _VULGAR.items()})
_PARTS = dict(_VULGAR.values())
TOKEN = re.compile(
    r"(?P<clock>\d{1,2}:\d{2}(?!\d))"
    r"|(?P<figures>\d{1,3}(?: \d{3})+(?!\d)|\d{1,3}(?:[,٬،]\d{3})+(?!\d)(?:[.٫]\d+)?|\d{1,3}(?:\.\d{3})+(?!\d)(?:,\d+)?|\d+(?:[.,٫]\d+)?)"
    r"(?P<part>[\ue000-\ue004])?"
    r"|[\ue000-\ue004]|[^\W\d_]+|[^\s\w]"
)
_SWAPPED = str.maketrans(",.", ".,")


class Entry(msgspec.Struct, frozen=True):
    """What a word or phrase means: its role, its value or unit, and how many tokens it takes."""

    role: str
    value: float = 0
    unit: str = ""
    length: int = 1


class Token(msgspec.Struct, frozen=True):
    """A word, mark or figures of a text. figures: their value; also: the other value that they may have."""

    start: int
    end: int
    word: str
    figures: float | None = None
    also: float = 0


def _decimal(code: str) -> str:
    """What stands before decimals in the language."""
    try:
        return get_decimal_symbol(Locale.parse(code))
    except (UnknownLocaleError, ValueError):
        return "."


class Lexicon:
    """The words of numbers of one language, looked up by their first token."""

    def __init__(self, code: str) -> None:
        self.entries: dict[str, list[tuple[tuple[str, ...], Entry]]] = {}
        self.prefixes: dict[str, str] = {}
        self.suffixes: tuple[str, ...] = ()
        self.glued: frozenset[str] = frozenset()
        self.pronouns: frozenset[str] = frozenset()
        mark = _decimal(code)
        self.dotted = mark == ","  # parts thousands with a dot and writes decimals with a comma
        self.loose = self.dotted
        self.apart = False
        if code not in languages.available():
            return
        own, times = languages.quantities(code), languages.times(code)
        self.loose = own.loose
        self.apart = "and" not in times.prefixes.values()  # "and" is a word of its own, and may be left out inside a number
        self.prefixes = {fold(letters): role for letters, role in times.prefixes.items()}
        self.suffixes = tuple(fold(s) for s in (*own.suffixes, *times.suffixes.get("ord", ())))
        self.glued = frozenset(map(fold, own.glued))
        self.pronouns = frozenset(map(fold, own.pronouns))
        self._read(own)
        for kind, role in (("number", "number"), ("ord", "ordinal")):
            for value, forms in times.words.get(kind, {}).items():
                self._add(forms, Entry(role, float(value)))
        for unit, forms in times.words.get("dual", {}).items():
            self._add(forms, Entry("two", 2, str(unit)))
        for entries in self.entries.values():
            entries.sort(key=lambda entry: -len(entry[0]))  # stable: of one length, the first added stays first

    def _read(self, own: Quantities) -> None:
        tables = {"scale": own.scales, "many": own.many, "fraction": own.fractions, "number": own.numbers, "ordinal": own.ordinals}
        for role, table in tables.items():
            for value, forms in table.items():
                self._add(forms, Entry(role, float(value)))
        for unit, forms in own.units.items():
            self._add(forms, Entry("unit", unit=unit))
        for unit, forms in own.twos.items():
            self._add(forms, Entry("two", 2, "" if unit == "any" else unit))
        for bound, forms in own.bounds.items():
            self._add(forms, Entry("bound", unit=bound))
        self._add(own.ranges, Entry("range"))
        self._add(own.between, Entry("between"))
        self._add(own.joins, Entry("join"))

    def _add(self, forms: Sequence[str], entry: Entry) -> None:
        for form in forms:
            head, *tail = (match.group() for match in TOKEN.finditer(fold(form)))
            self.entries.setdefault(head, []).append((tuple(tail), msgspec.structs.replace(entry, length=len(tail) + 1)))

    def look_up(self, tokens: list[Token], index: int, *roles: str) -> tuple[Entry, bool] | None:
        """What the tokens from `index` on mean in one of the roles, the longest phrase; and whether "and" is written on to it."""
        if not 0 <= index < len(tokens) or tokens[index].figures is not None:
            return None
        for rest, joined in self.readings(tokens[index].word):
            for tail, entry in self.entries.get(rest, ()):
                if entry.role in roles and all(
                    index + 1 + n < len(tokens) and self._same(tokens[index + 1 + n].word, word) for n, word in enumerate(tail)
                ):
                    return entry, joined
        return None

    def _same(self, found: str, word: str) -> bool:
        return found == word or any(rest == word for rest, joined in self.readings(found) if not joined)

    @lru_cache(maxsize=65536)  # noqa: B019  a lexicon lives as long as the process
    def readings(self, word: str) -> tuple[tuple[str, bool], ...]:
        """The word, and what is left of it when prefixes are taken off, with whether one of them was "and"."""
        found, open_ = [(word, False)], [(word, False, 0)]
        while open_:
            rest, joined, depth = open_.pop()
            for letters, role in self.prefixes.items():
                left = rest.removeprefix(letters)
                if left != rest and len(left) >= 2 and depth < 3:
                    found.append((left, joined or (role == "and" and depth == 0)))
                    open_.append((*found[-1], depth + 1))
        return tuple(found)


@cache
def lexicon(code: str) -> Lexicon:
    """The lexicon of a language, compiled once a process; without words where it has no folder."""
    return Lexicon(code)


def read_figures(match: re.Match[str], lexicon: Lexicon) -> tuple[float | None, float]:
    """What figures stand for, and what else they may."""
    figures = match.group("figures")
    if figures is None:
        return _PARTS.get(match.group()), 0
    if lexicon.dotted:
        figures = figures.translate(_SWAPPED)
    also = float(figures.replace(".", "")) if lexicon.loose and re.fullmatch(r"\d{1,3}(?:\.\d{3})+", figures) else 0
    if re.fullmatch(r"\d{1,3}(?:[,٬، ]\d{3})+(?:[.٫]\d+)?", figures):
        figures = re.sub(r"[,٬، ]", "", figures)
    elif figures.count(".") > 1:
        figures = figures.replace(".", "")
    return float(figures.replace(",", ".").replace("٫", ".")) + _PARTS.get(match.group("part") or "", 0.0), also
