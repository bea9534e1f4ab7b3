"""Sentences: where one ends and the next begins, in a stretch of running text.

Linear: each mark that may end one is judged on a few characters around it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cache

import msgspec

from dragoman import languages

LONGEST = 5_000
"""A sentence longer than this many characters is cut."""

STOPS = ".!?…‥؟۔。！？｡।॥"
CLOSERS = "\"'”’»›)]}）」』"
_OPENERS = "\"'“‘„«‹([{（「『¿¡"
MARKS = "\u061c\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069\ufeff"
"""Marks of direction and joining: they are not seen and say nothing of sentences."""
_CERTAIN = frozenset("!?؟۔。！？｡।॥")
_WIDE = frozenset("。！？｡")
_ONWARD = frozenset(STOPS + ",;:،؛)]}»”-–—−/\\=|&+")
_LOOKBACK = 48
_NAME = 80

# A set without + first: it is searched for more than twice as fast.
_STOP = re.compile(rf"[{re.escape(STOPS)}][{re.escape(STOPS)}]*(?:[{re.escape(CLOSERS)}{MARKS}]|\[[^\[\]\s]{{1,16}}\]){{0,16}}")
_GAP = re.compile(rf"[\s{MARKS}]*")
_BESIDE = re.compile(rf"[\s{MARKS}]*\(([^()\r\n]{{1,{_NAME}}})\)(?![^\S\r\n]*[-–—,;:])")
_WORD = re.compile(rf"[{re.escape(_OPENERS)}*_{MARKS}]*([^\W_]+(?:[-'’][^\W_]+)*)?")
_LETTER = re.compile(r"[^\W\d_]\Z")
_ACRONYM = re.compile(r"(?:[^\W\d_]\.)+[^\W\d_]{1,2}\Z")
_ERA = re.compile(r"\d+([^\W\d_][^\s\d]*)\Z")
_NUMERAL = re.compile(r"[IVXLC]{2,}\Z|[VX]\Z|\d")
_VISIBLE = re.compile(r"\S")
_TO_SPACE = re.compile(r"(?s:.*)\s")
_TO_COMMA = re.compile(r"(?s:.*)[,،;؛]")


class Rules(msgspec.Struct, frozen=True):
    """What a language's sentences.yaml says of sentences and titles, for quick look-up (see languages/schema.py)."""

    abbreviations: frozenset[str]
    numbered: frozenset[str]
    endings: frozenset[str]
    eras: frozenset[str]
    starters: frozenset[str]
    continuers: frozenset[str]
    verbs: frozenset[str]
    common: frozenset[str]
    particles: tuple[str, ...]
    boxes: tuple[str, ...]


@cache
def rules(code: str) -> Rules:
    """The rules of the language `code`."""
    return msgspec.convert(languages.sentences(code), Rules, from_attributes=True)


def split(text: str, start: int, end: int, rules: Rules) -> Iterator[tuple[int, int]]:
    """Spans of the sentences of text[start:end], which begins and ends with a visible character.

    They are in order, hold every visible character, and begin and end with one.
    """
    begin = place = start
    while (mark := _STOP.search(text, place, end)) is not None:
        stop = place = mark.end()
        after = _past_gap(text, stop, end)
        if after >= end:
            break
        if not _ends(text, begin, end, mark, after, rules):
            continue
        # "(AP) (Reuters)" behind a sentence names its source and stays with it.
        if text[after] == "(":
            while (beside := _BESIDE.match(text, stop, end)) is not None and beside[1][-1] not in STOPS:
                stop = beside.end()
            if stop > place:
                place, after = stop, _past_gap(text, stop, end)
                if after >= end:
                    break
                if text[after].islower() or text[after] in _ONWARD:
                    continue
        yield begin, stop
        begin = place = _visible(text, stop, end)
    yield begin, end


def _past_gap(text: str, place: int, end: int) -> int:
    """Where the next visible character stands, marks of direction passed over; `end` for none."""
    if place < end and text[place].isspace():
        place += 1
        if place < end and (text[place].isspace() or text[place] in MARKS):
            place = _GAP.match(text, place, end).end()  # type: ignore[union-attr]
    return place


def cut(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The span itself, or pieces of at most LONGEST characters, cut at the last white space or comma."""
    while end - start > LONGEST:
        at, floor = start + LONGEST, start + LONGEST // 2
        if (found := _TO_SPACE.match(text, floor, at + 1) or _TO_COMMA.match(text, floor, at)) is not None:
            place = found.end()
        else:
            place = next((i for i in range(at, floor, -1) if not unicodedata.combining(text[i])), at)
        yield start, _trim(text, start, place)
        start = _visible(text, place, end)
    yield start, end


def _trim(text: str, start: int, end: int) -> int:
    while end > start and text[end - 1].isspace():
        end -= 1
    return end


def _visible(text: str, start: int, end: int) -> int:
    found = _VISIBLE.search(text, start, end)
    return found.start() if found else end


def _ends(text: str, begin: int, end: int, mark: re.Match[str], after: int, rules: Rules) -> bool:
    """Whether the sentence begun at `begin` ends with `mark`; the next visible character stands at `after`."""
    if after == mark.end():
        return _ends_glued(text, begin, end, mark, rules)
    character = text[after]
    if character in _ONWARD or (character.islower() and not _is_name(text, after, end, rules)):
        return False
    run, word = mark[0], _word(text, after, end)
    first = word[:1]
    if first.islower() and first != character:
        return False
    if not _CERTAIN.isdisjoint(run):
        return True
    if "…" in run or "‥" in run or ".." in run:
        return first.isupper()
    token = _token(text, begin, mark.start())
    if token in rules.abbreviations:
        return False
    if token in rules.numbered:
        return _NUMERAL.match(word) is None
    if token.isdecimal() and len(token) <= 2 and _is_enumerator(text, begin, mark.start() - len(token)):
        return False
    if token in rules.endings or _ACRONYM.match(token) or _is_era(text, begin, mark.start(), token, rules):
        return _begins(text, after, word, rules) and ")" not in run
    if _is_initial(token):
        return first.isupper() and _begins(text, after, word, rules) and ")" not in run
    return True


def _ends_glued(text: str, begin: int, end: int, mark: re.Match[str], rules: Rules) -> bool:
    """The same where no space follows the mark: mostly a number, an address or an acronym, at times a space forgotten."""
    run, character = mark[0], text[mark.end()]
    if not _WIDE.isdisjoint(run):
        return True
    if character.islower() or not (character.isalpha() or character in "“„«"):
        return False
    word = _word(text, mark.end(), end)
    first = word[:1]
    if not first.isalpha() or first.islower():
        return False
    token = _token(text, begin, mark.start())
    if not token or _is_initial(token) or token in rules.abbreviations or "." in token or "/" in token:
        return False
    if not character.isalpha():
        return character in "“„«"
    if len(run) > 1 and run[-1] in '"”»':
        return True
    if not _CERTAIN.isdisjoint(run):
        return not first.isupper() or token[-1].islower()
    if run != ".":
        return False
    if first.isupper():
        return len(token) > 2 and token[-1].islower() and word.lower() in rules.starters
    return len(token) > 2 and len(word) > 1 and not text.startswith(".", mark.end() + len(word))


def _word(text: str, place: int, end: int) -> str:
    """The first word at or after `place`, past opening brackets and quotes; "" when something else stands there."""
    found = _WORD.match(text, place, end)
    return (found and found[1]) or ""


def _token(text: str, begin: int, end: int) -> str:
    """What stands before a mark, back to the last space, without opening brackets and quotes."""
    window = text[max(begin, end - _LOOKBACK) : end]
    parts = window.split()
    return parts[-1].lstrip(_OPENERS) if parts and not window[-1].isspace() else ""


def _is_initial(token: str) -> bool:
    """A capital alone, or in a script without capitals any letter: "G" in "Warren G. Harding", "د"."""
    letter = token[-1:]
    if len(token) > 1 and token[-2] not in "-.ـ'’" + _OPENERS:
        return False
    return _LETTER.match(letter) is not None and not letter.islower() and "." not in token


def _is_era(text: str, begin: int, end: int, token: str, rules: Rules) -> bool:
    if token in rules.eras:
        before = _token(text, begin, _trim(text, begin, end - len(token)))
        return before[-1:].isdecimal()
    joined = _ERA.match(token)
    return joined is not None and joined[1] in rules.eras


def _is_enumerator(text: str, begin: int, place: int) -> bool:
    """A number that counts what follows ("1. The first; 2. The second")."""
    place = _trim(text, begin, place)
    return place <= begin or text[place - 1] in ";:،؛"


def _is_name(text: str, after: int, end: int, rules: Rules) -> bool:
    """Whether a sentence may begin at `after` though with a small letter: "al-Assad", "iPhone"."""
    if text.startswith(rules.particles, after):
        particle = next(p for p in rules.particles if text.startswith(p, after))
        return text[after + len(particle) : min(end, after + len(particle) + 2)].lstrip()[:1].isupper()
    return text[after + 1 : min(end, after + 2)].isupper()


def _begins(text: str, after: int, word: str, rules: Rules) -> bool:
    """Whether the word at `after`, behind a stop that may only be an abbreviation's, shows a new sentence."""
    if len(word) == 1 and text.startswith(word + ".", after):
        return False
    if rules.starters:
        return word.lower() in rules.starters
    return bool(word) and word not in rules.continuers and not word[0].isdecimal()
