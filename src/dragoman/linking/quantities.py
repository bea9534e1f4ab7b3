"""Numbers, amounts, ordinals and dates of a text, so that they compare across languages: 2,500 and ألفان وخمسمائة.

Dates are those of coding/times; the words of numbers and units are the language's quantities.yaml and times.yaml. A
language without a folder is read by its figures alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import Literal

import msgspec

from dragoman import languages
from dragoman.coding import calendar
from dragoman.coding.times import Found, Tagger
from dragoman.languages.folding import fold_with_places
from dragoman.linking.numerals import HIDDEN, TOKEN, Lexicon, Token, lexicon, read_figures

Kind = Literal["number", "ordinal", "date"]
Bound = Literal["", "around", "over", "under"]

_DATES = ("date", "joined", "open", "decade", "century", "hijri")
_SYMBOLS = {"%": "percent", "$": "USD", "€": "EUR", "£": "GBP", "¥": "JPY", "₹": "INR", "₽": "RUB"}
_MONEY = frozenset(_SYMBOLS.values()) - {"percent"}
_SMALL = 3
_TENS = range(20, 100, 10)


class Quantity(msgspec.Struct, frozen=True):
    """A number or date found in a text, at start:end.

    low, high: its value, or the ends of a range; years of a date. unit: a symbol ("km", "USD", "percent"), "" for what is
    merely counted. edtf: of a date; an unsaid year is XXXX. weak: too common a word to differ in (two, first, half): it can
    agree with another and never tells against it. also: the other value that figures may stand for: 711.988, where not all
    who write the language part thousands alike (0: none).
    """

    start: int
    end: int
    kind: Kind
    low: float
    high: float
    unit: str = ""
    bound: Bound = ""
    edtf: str = ""
    weak: bool = False
    also: float = 0

    @property
    def value(self) -> float:
        """The number, or the lower end of a range."""
        return self.low


def find_numbers(text: str, language: str) -> list[Quantity]:
    """The numbers and dates of a text in order, none overlapping. language: BCP 47; one without a folder is read by its figures."""
    return list(_find(text, languages.base(language)))


@lru_cache(maxsize=16384)
def _find(text: str, code: str) -> tuple[Quantity, ...]:
    dates, taken = _dates(text, code)
    return tuple(sorted([*dates, *_Scan(text, lexicon(code), taken).read()], key=lambda quantity: quantity.start))


@cache
def _tagger(language: str) -> Tagger | None:
    return Tagger(language) if language in languages.available() else None


@cache
def _events(language: str) -> re.Pattern[str] | None:
    """The names of wars and crises: the number in one counts nothing ("the Six-Day War")."""
    if language not in languages.available():
        return None
    names = sorted((name for event in languages.load(language).times.events for name in event.names), key=len, reverse=True)
    return re.compile("|".join(map(re.escape, names)), re.IGNORECASE) if names else None


def _dates(text: str, language: str) -> tuple[list[Quantity], list[tuple[int, int]]]:
    """The dates of a text, and the stretches in which no number is to be looked for."""
    tagger = _tagger(language)
    dates: list[Quantity] = []
    events = _events(language)
    taken = [match.span() for match in events.finditer(text)] if events else []
    for when in tagger.tag(text) if tagger else ():
        if not isinstance(when, Found) or when.kind not in _DATES:
            continue
        edtf = when.plain or when.edtf or _yearless(when)
        if edtf:
            low, high = _years(edtf)
            dates.append(Quantity(when.start, when.end, "date", low, high, edtf=edtf))
            taken.append((when.start, when.end))
    return dates, taken


def _yearless(when: Found) -> str:
    """ "17 February" as XXXX-02-17, "June" as XXXX-06."""
    first = when.first
    if first is None or first.year is not None or not first.month or first.unit not in ("day", "month"):
        return ""
    return f"XXXX-{first.month:02d}" + (f"-{first.day:02d}" if first.unit == "day" else "")


def _years(edtf: str) -> tuple[float, float]:
    lower, upper = calendar.bounds(edtf)
    years = [float(re.match(r"-?\d+", day).group()) if day else 0.0 for day in (lower, upper)]  # type: ignore[union-attr]
    return (years[0] or years[1]), (years[1] or years[0])


class _Scan:
    """One reading of a text from left to right. `taken`: stretches of the text to pass over."""

    def __init__(self, text: str, lexicon: Lexicon, taken: list[tuple[int, int]]) -> None:
        folded = fold_with_places(text.translate(HIDDEN))
        self.lexicon, self.places = lexicon, folded.places
        self.tokens: list[Token] = []
        for match in TOKEN.finditer(folded.text):
            start, end = folded.original(*match.span())
            if not any(low < end and start < high for low, high in taken):
                self.tokens.append(Token(start, end, match.group(), *read_figures(match, lexicon)))
            elif self.tokens and self.tokens[-1].word != "\n":
                self.tokens.append(Token(start, start, "\n"))  # nothing reaches across a date

    def read(self) -> Iterator[Quantity]:
        """The numbers, in order."""
        index = 0
        while index < len(self.tokens):
            found = self._read_ordinal(index) or self._read_number(index) or self._read_two(index)
            if found is None:
                index += 1
                continue
            quantity, index = found
            if quantity is not None:
                yield quantity

    # -- one number with its range, unit and bound

    def _read_number(self, index: int) -> tuple[Quantity | None, int] | None:
        numeral = self._numeral(index)
        if numeral is None:
            return None
        low, end, fraction = numeral
        last, high = end, low
        if self._label(index):
            return None, end
        further = self._range(index, end)
        if further is not None and further[0] > low:
            high, last = further
        unit, last = self._unit(index, last)
        half = self.lexicon.look_up(self.tokens, last + (0 if unit else 1), "fraction")
        if half and half[1] and not fraction and high == low < 1000:  # "6 استحواذات ونصف"
            low, last = low + half[0].value, last + (0 if unit else 1) + half[0].length
            high = low
        if fraction:
            if unit not in ("", "percent"):
                return None, last
            low, high, unit = low * 100, high * 100, "percent"
        words = self.tokens[index].figures is None
        if words and not unit and last == index + 1 and any(rest in self.lexicon.pronouns for rest, _ in self._look(index)):
            return None, last
        weak = words and (fraction or high <= _SMALL)
        also = self.tokens[index].also if end == index + 1 and low == high else 0
        start, stop = self.tokens[index].start, self.tokens[last - 1].end
        return Quantity(start, stop, "number", low, high, unit, self._bound(index, unit), weak=weak, also=also), last

    def _look(self, index: int) -> tuple[tuple[str, bool], ...]:
        return self.lexicon.readings(self.tokens[index].word)

    def _numeral(self, index: int) -> tuple[float, int, bool] | None:
        """The value from the token on, where it ends, and whether it is a mere fraction ("half")."""
        total, group, last = 0.0, None, 0.0  # what scales have closed; what stands open; the scale closed last
        at, fraction = index, False
        while at < len(self.tokens):
            step = self._join(at) if at > index else 0
            joined = step > 0
            figures = self.tokens[at + step].figures if at + step < len(self.tokens) else None
            if figures is not None:
                if at > index:
                    break
                group, at = figures, at + 1
                continue
            look = self.lexicon.look_up(self.tokens, at + step, "scale", "many", "number", "fraction", *(("unit",) if at > index else ()))
            if look is None or look[0].role == "unit":  # بالمائة is no hundred
                break
            entry, prefixed = look
            joined = joined or prefixed
            value, role, width = entry.value, entry.role, step + entry.length
            word = self.tokens[at + step].word
            if word in self.lexicon.glued and not self._glued(index, at):
                break
            if role in ("scale", "many"):
                if joined and at > index and not (last and value < last and group is None):
                    break
                if group is None and (role == "many" or (fraction and not total)):
                    break
                if value == 100:
                    if group is not None and group >= 100:
                        break
                    group = 100 * (1.0 if group is None else group)
                else:
                    if last and value >= last:
                        break
                    total, group, last = total + (1.0 if group is None else group) * value, None, value
                fraction = False
            elif role == "fraction":
                if at == index:
                    group, fraction = value, True
                elif joined and group is None and last:
                    total += value * last
                    at += width
                    break
                elif joined and group is not None and not fraction:
                    group += value
                else:
                    break
            elif at == index or (group is None and last and value < last and (joined or self.lexicon.apart)):
                if value >= 1000:
                    total, group, last = total + value, None, 1000.0 if value < 1e6 else 1e6
                else:
                    group = value
            elif group is not None and not fraction and self.tokens[index].figures is None and _adds(group, value, joined):
                group += value
            else:
                break
            at += width
            # "half a million": the article between a fraction and its scale
            if fraction and self.lexicon.look_up(self.tokens, at + 1, "scale") and self.tokens[at].word in ("a", "of"):
                at += 1
        if at == index:
            return None
        return total + (group or 0.0), at, fraction

    def _glued(self, index: int, at: int) -> bool:
        """Whether the word is a scale written on to figures: 3bn; a single letter only after a sign of money, £30m."""
        if at == index or self.tokens[at].start != self.tokens[at - 1].end:
            return False
        return len(self.tokens[at].word) > 1 or self.tokens[at].word == "k" or (index > 0 and self.tokens[index - 1].word in _SYMBOLS)

    def _join(self, index: int) -> int:
        """How many tokens join the parts of a number here: a hyphen or an "and" that a number follows."""
        if self.tokens[index].word == "-" and self.tokens[index - 1].figures is None:
            return int(index + 1 < len(self.tokens) and self.tokens[index].start == self.tokens[index - 1].end)
        look = self.lexicon.look_up(self.tokens, index, "join")
        return 1 if look is not None and index + 1 < len(self.tokens) else 0

    def _range(self, index: int, end: int) -> tuple[float, int] | None:
        """The upper end of a range and where it ends."""
        if end >= len(self.tokens):
            return None
        opened = self.lexicon.look_up(self.tokens, index - 1, "between")
        joint, step = self.tokens[end].word, 1
        prefixed = False
        if joint == "-" or self.lexicon.look_up(self.tokens, end, "range", *(("join",) if opened else ())):
            pass
        elif opened and joint.startswith(tuple(p for p, role in self.lexicon.prefixes.items() if role == "and")):
            step, prefixed = (1 if len(joint) == 1 else 0), len(joint) > 1
        else:
            return None
        upper = self._numeral(end + step)
        if upper is None or (prefixed and self.tokens[end].figures is not None):
            return None
        return upper[0], upper[1]

    def _unit(self, index: int, end: int) -> tuple[str, int]:
        """The unit of a number that stands at index:end, and where it ends."""
        if end < len(self.tokens):
            word = self.tokens[end].word
            if word in _SYMBOLS:
                return _SYMBOLS[word], end + 1
            step = int(word == "-" and end + 1 < len(self.tokens))
            look = self.lexicon.look_up(self.tokens, end + step, "unit")
            if look:
                return look[0].unit, end + step + look[0].length
        before = self.tokens[index - 1].word if index else ""
        return (_SYMBOLS[before], end) if _SYMBOLS.get(before) in _MONEY else ("", end)

    def _bound(self, index: int, unit: str) -> Bound:
        at = index - 1
        if at >= 0 and _SYMBOLS.get(self.tokens[at].word) in _MONEY:
            at -= 1
        for back in range(max(0, at - 3), at + 1):
            look = self.lexicon.look_up(self.tokens, back, "bound")
            if look and back + look[0].length == at + 1:
                return look[0].unit  # type: ignore[return-value]
        return ""

    def _label(self, index: int) -> bool:
        """Whether the figures are part of a name: F-16, G7, COVID-19."""
        token = self.tokens[index]
        if token.figures is None or index == 0:
            return False
        before = self.tokens[index - 1]
        if before.end != token.start:
            return False
        if before.word == "-" and index > 1:
            before = self.tokens[index - 2]
            return before.end == self.tokens[index - 1].start and before.word[-1].isalpha() and before.word[0].isascii()
        return before.word[-1].isalpha() and before.word[0].isascii()

    def _read_ordinal(self, index: int) -> tuple[Quantity | None, int] | None:
        """24th, fourth, twenty-first, الحادي والعشرون."""
        token, end, value = self.tokens[index], index + 1, 0.0
        after = self.tokens[end] if end < len(self.tokens) else None
        if token.figures is not None:
            if after is None or after.start != token.end or after.word not in self.lexicon.suffixes:
                return None
            return Quantity(token.start, after.end, "ordinal", token.figures, token.figures, weak=token.figures <= _SMALL), end + 1
        tens = self.lexicon.look_up(self.tokens, index, "number")
        if tens and tens[0].value in _TENS and tens[0].length == 1:
            value, end = tens[0].value, index + 1 + int(after is not None and after.word == "-")
        look = self.lexicon.look_up(self.tokens, end if value else index, "ordinal")
        if look is None or (value and look[0].value >= 10):
            return None
        value, end = value + look[0].value, (end if value else index) + look[0].length
        if value < 10:
            further = self.lexicon.look_up(self.tokens, end, "ordinal")
            if further and further[1] and further[0].value in _TENS:
                value, end = value + further[0].value, end + further[0].length
        return Quantity(token.start, self.tokens[end - 1].end, "ordinal", value, value, weak=value <= _SMALL), end

    def _read_two(self, index: int) -> tuple[Quantity | None, int] | None:
        look = self.lexicon.look_up(self.tokens, index, "two")
        if look is None:
            return None
        end = index + look[0].length
        return Quantity(self.tokens[index].start, self.tokens[end - 1].end, "number", 2, 2, look[0].unit, weak=True), end


def _adds(group: float, value: float, joined: bool) -> bool:
    """Whether a number word goes on with the number before it: twenty five, hundred and five, خمسة وعشرون."""
    if group % 100 == 0 and group >= 100:
        return value < 100
    tens = value in _TENS
    if joined and 1 <= group % 100 < 10 and tens:
        return True
    return group % 100 in _TENS and value < 10 and not (joined and value == 0)
