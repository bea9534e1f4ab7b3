"""What a sentence holds that can be told in any language: states, dates, numbers, words in the same letters.

Light evidence beside the vectors: what two sentences share counts by how rare it is in their documents.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from math import log

import msgspec
import numpy as np
import numpy.typing as npt

from dragoman import languages
from dragoman.coding.lexicon import Lexicon, lexicon
from dragoman.languages.folding import fold
from dragoman.linking.numbers import Disagreement, Quantity, compare, find_numbers

_LATIN = re.compile(r"[A-Za-z]\w*(?:-\w+)*")
_WORD = re.compile(r"[^\W\d_]{4,}")
_STATES = ("state", "demonym", "capital", "place", "person", "group", "body")

Scores = npt.NDArray[np.float32]


class Evidence(msgspec.Struct, frozen=True):
    """What one sentence holds. states: codes of the states that it names, by themselves, their people or places. quantities: its
    numbers and dates. signs: what can stand alike in a sentence of the other text."""

    states: frozenset[str]
    quantities: tuple[Quantity, ...]
    signs: frozenset[str]


def gather(text: str, language: str, alike: bool) -> Evidence:
    """The evidence of one sentence. alike: the other text is in the same language, so that words count too."""
    code = languages.base(language)
    states = _states(text, code) if code in languages.available() else frozenset[str]()
    quantities = tuple(find_numbers(text, language))
    signs = {f"={q.edtf}" if q.kind == "date" else f"={q.low:g}" for q in quantities if not q.weak} | {f"@{state}" for state in states}
    signs |= {f"={year}" for q in quantities if q.kind == "date" for year in re.findall(r"(?<!\d)\d{4}(?!\d)", q.edtf)}
    signs |= {word.lower() for word in _LATIN.findall(text)} if not alike and code != "en" else set()
    if alike or code == "en":
        signs |= {fold(word) for word in (_WORD if alike else _LATIN).findall(text)}
    return Evidence(states, quantities, frozenset(signs))


@lru_cache(maxsize=16384)
def _states(text: str, code: str) -> frozenset[str]:
    words: Lexicon = lexicon(code)
    tokens = words.tokenizer.cut(text)
    found: set[str] = set()
    index = 0
    while index < len(tokens):
        match = words.actors.match(tokens, index)
        if match is None:
            index += 1
            continue
        codes = [m.code for m in match.meanings if m.role in _STATES and m.code and not (m.cased and not tokens[index].capital)]
        found.update(codes[:1])
        index = max(match.end, index + 1)
    return frozenset(found)


def share(lefts: Sequence[Evidence], rights: Sequence[Evidence]) -> Scores:
    """How much each left sentence shares with each right one, 0 to 1, shape (lefts, rights): the weight of the signs that both have
    over the weight of those that either could have shared (signs that stand on one side of the two documents only are left out)."""
    sides = [Counter(sign for one in side for sign in one.signs) for side in (lefts, rights)]
    common = sorted(sides[0].keys() & sides[1].keys())
    total = len(lefts) + len(rights)
    place = {sign: index for index, sign in enumerate(common)}
    weights = np.array([log(1 + total / (sides[0][sign] + sides[1][sign])) for sign in common], np.float32)
    tables = []
    for side in (lefts, rights):
        table = np.zeros((len(side), len(common)), np.float32)
        for row, one in enumerate(side):
            table[row, [place[sign] for sign in one.signs if sign in place]] = 1
        tables.append(table)
    both = (tables[0] * weights) @ tables[1].T
    either = (tables[0] @ weights)[:, None] + (tables[1] @ weights)[None, :] - both
    scores: Scores = np.divide(both, either, out=np.zeros_like(both), where=either > 0)
    return scores


def disagreements(lefts: Sequence[Evidence], rights: Sequence[Evidence]) -> list[Disagreement]:
    """Where the numbers and dates of a group of sentences and its counterpart differ."""
    return compare([q for one in lefts for q in one.quantities], [q for one in rights for q in one.quantities])
