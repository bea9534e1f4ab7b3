"""From views to numbers: hashed words and characters in blocks, each of length one, for a linear model."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from dragoman.coding.views import ACTOR, SOURCE, TARGET, View

BITS = 16
"""Features are hashed into 2 ** BITS columns."""

_MASK = (1 << BITS) - 1
_MARKS = (SOURCE, TARGET, ACTOR, "0", ",")
_WEIGHTS = {"w": 1.0, "b": 1.0, "o": 1.0, "f": 0.7, "c": 0.7, "n": 1.5, "h": 1.0, "m": 1.5, "e": 0.5}

Features = tuple[NDArray[np.int32], NDArray[np.float32], NDArray[np.int8]]
"""Columns, counts (log), and the block of each."""


@lru_cache(maxsize=1 << 17)
def _hash(block: str, text: str) -> int:
    return crc32(text.encode(), crc32(block.encode())) & _MASK


def _stem(word: str) -> str:
    """The first letters of a longer word, which its forms share."""
    return word[:5] + "*" if len(word) > 5 else word


def _grams(words: Sequence[str], most: int) -> Iterator[str]:
    for size in range(1, most + 1):
        for start in range(len(words) - size + 1):
            yield " ".join(words[start : start + size])


@lru_cache(maxsize=1 << 16)
def _pieces(word: str) -> tuple[str, ...]:
    """Runs of three to five letters of a word, its edges marked."""
    if word.startswith("<"):
        return ()
    edged = f"^{word}$"
    return tuple(edged[i : i + n] for n in (3, 4, 5) for i in range(len(edged) - n + 1))


def _name(view: View) -> Iterator[tuple[str, str]]:
    """(block, feature) of a view."""
    stems = {part: [_stem(w) for w in getattr(view, part)] for part in ("before", "between", "after")}
    words = {part: getattr(view, part) for part in stems}
    order = view.first or "1"
    for gram in _grams(words["between"], 3):
        yield "b", gram
    for gram in _grams(stems["between"], 2):
        yield "b", f"*{gram}"
        yield "o", f"{order}{gram}"
    yield "o", f"{order}#{min(len(words['between']), 12)}"
    for part in ("before", "after"):
        for gram in _grams(words[part], 2):
            yield "e", f"{part}{gram}"
        for gram in _grams(stems[part], 1):
            yield "e", f"{part}*{gram}"
    if words["after"]:
        for gram in _grams(stems["after"][:4], 2):
            yield "o", f"{order}a{gram}"
    if words["before"]:
        for gram in _grams(stems["before"][-3:], 2):
            yield "o", f"{order}f{gram}"
    for gram in _grams([w for w in stems["between" if words["between"] else "after"] if w not in _MARKS][:3], 3):
        yield "f", f"{order}{gram}"
    for part in stems:
        for gram in _grams(stems[part], 2):
            yield "w", gram
    for word in words["between"] or words["after"][:6]:
        for piece in _pieces(word):
            yield "c", piece
    for gram in _grams(view.trigger, 3):
        yield "n", f"t{gram}"
    for word in view.trigger:
        yield "n", f"t*{_stem(word)}"
        for piece in _pieces(word):
            yield "n", piece
    for gram in _grams(view.near, 1):
        yield "n", _stem(gram)
    for hint in view.hints:
        if hint.startswith("at:"):
            yield "m", hint
            continue
        yield "h", hint
        yield "h", hint.partition(":")[2]


_BLOCKS = {block: number for number, block in enumerate(_WEIGHTS)}
_SCALES = np.array(list(_WEIGHTS.values()), np.float32)


def count(view: View) -> Features:
    """The features of a view, not weighted yet: each column once a block."""
    counts: dict[tuple[int, int], int] = {}
    for block, feature in _name(view):
        key = (_BLOCKS[block], _hash(block, feature))
        counts[key] = counts.get(key, 0) + 1
    columns = np.fromiter((c for _, c in counts), np.int32, len(counts))
    blocks = np.fromiter((b for b, _ in counts), np.int8, len(counts))
    values = 1 + np.log(np.fromiter(counts.values(), np.float32, len(counts)))
    return columns, values.astype(np.float32), blocks


def weigh(features: Features, rarity: NDArray[np.float32]) -> NDArray[np.float32]:
    """Values: log counts by the rarity of the column, each block brought to its own length."""
    columns, values, blocks = features
    weighed = values * rarity[columns]
    lengths = np.sqrt(np.bincount(blocks, weighed * weighed, len(_SCALES))) + 1e-6
    scaled: NDArray[np.float32] = (weighed * (_SCALES / lengths.astype(np.float32))[blocks]).astype(np.float32)
    return scaled
