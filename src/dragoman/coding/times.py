"""Time expressions, found in a text and read straight to EDTF. The words and shapes are the language's times.yaml.

A text is cut into tokens; each token has a class (month, unit, four: a number like a year ...), written as one
character, so that a sentence becomes a short string on which the shapes are ordinary regular expressions.
What leans on the narrative ("two years later", "in June") comes back without a date: `running.Clock` places it.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator

from msgspec.structs import replace

from dragoman.coding import calendar
from dragoman.coding.expressions import Found, join
from dragoman.coding.readings import Reading
from dragoman.coding.timewords import Table, Token, grammar
from dragoman.statement import When

__all__ = ["Found", "Tagger", "join"]
_APART = 3  # marks between a date and the same in another reckoning
_BESIDE = ("open", "close", "slash", "dash", "comma", "equal", "agreeing")
_DRIFT = 40  # days that a Hijri date may be off the date of our era beside it: it may be another reckoning, or a year's start


class Tagger:
    """Finds time expressions. `tag` is pure: the same text gives the same expressions."""

    def __init__(self, language: str) -> None:
        self.language = language
        self._grammar = grammar(language)
        self._table = Table()

    def tag(self, text: str, start: int = 0, end: int | None = None) -> list[When]:
        """The expressions in text[start:end], in order, none overlapping; offsets are into the whole text.

        What cannot be placed without the narrative has edtf "": hand it to `Clock.resolve`.
        """
        piece = text[start:end] if start or end is not None else text
        folded = self._table.fold(piece)
        if not self._grammar.maybe(folded):
            return []
        places = self._table.places(piece, folded)
        tokens, codes = self._grammar.cut(folded, piece, places)
        found: list[When] = []
        for one in self._pair(tokens, self._match(tokens, codes)):
            parts = tuple((start + places[p], start + places[q], value) for p, q, value in one.parts)
            found.append(replace(one, start=start + places[one.start], end=start + places[one.end], parts=parts, language=self.language))
        return found

    def _match(self, tokens: list[Token], codes: str) -> Iterator[Found]:
        done = 0
        for stretch in self._grammar.stretches.finditer(codes):
            for at in range(stretch.start(), stretch.end()):
                for shape in self._grammar.starting.get(codes[at], ()) if at >= done else ():
                    match = shape.pattern.match(codes, at)
                    if match and match.end() > at:
                        roles = {role: range(*match.span(name)) for name, role in shape.roles if match.group(name)}
                        found = Reading(self._grammar, tokens, at, match.end(), roles).read(shape.kind)
                        if found:
                            done = match.end()
                            yield found
                            break

    def _pair(self, tokens: list[Token], found: Iterator[Found]) -> Iterator[Found]:
        """Make one of a Hijri date and the date of our era printed beside it: 897 AH (1492 CE)."""
        last: Found | None = None
        starts = [token.start for token in tokens]
        for one in found:
            if last and (last.kind == "hijri") != (one.kind == "hijri"):
                between = tokens[bisect_left(starts, last.end) : bisect_left(starts, one.start)]
                if 0 < len(between) <= _APART and all(t.kind in _BESIDE for t in between):
                    place = bisect_left(starts, one.end)
                    behind = tokens[place : place + 1]
                    closes = any(t.kind == "open" for t in between) and any(t.kind == "close" for t in behind)
                    last = _check(last, one, behind[0].end if closes else one.end)
                    continue
            if last:
                yield last
            last = one
        if last:
            yield last


def _check(first: Found, second: Found, end: int) -> Found:
    """The date of our era of the two, doubtful ("1950?") where the Hijri date cannot be the same."""
    hijri, ours = (first, second) if first.kind == "hijri" else (second, first)
    if not ours.lower or not ours.upper or not hijri.lower or not hijri.upper:
        return replace(first, end=end)
    low, high = (calendar.ordinal(*calendar.split(day)) for day in (hijri.lower, hijri.upper))
    begin, finish = (calendar.ordinal(*calendar.split(day)) for day in (ours.lower, ours.upper))
    edtf = ours.edtf if begin - _DRIFT <= high and low <= finish + _DRIFT else join(ours.plain, "maybe")
    return replace(ours, start=first.start, end=end, edtf=edtf, relation=first.relation or ours.relation, bracketed=first.bracketed)
