"""The words of a record, and which of them mean what a word of a question means, in whatever language."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

import numpy as np

from dragoman.answers.index import Index
from dragoman.answers.question import Word
from dragoman.encoding import Cache, Encoder, Vectors, encode_cached

NEAR = 0.55
"""Cosine from which two words are taken to mean nearly the same."""
_MOST = 60
"""How many words may stand for one of a question."""
_AT_ONCE = 16_384


class Vocabulary:
    """The words of an index. Their vectors are made when they are first needed, and kept in the record when it may be written."""

    def __init__(self, index: Index, encoder: Encoder, cache: Cache) -> None:
        self._encoder, self._cache = encoder, cache
        self._texts: list[str] = []
        self._forms: list[str] = []
        self._stems: defaultdict[str, list[str]] = defaultdict(list)
        for text, form, stem in index.vocabulary():
            self._texts.append(text)
            self._forms.append(form)
            self._stems[stem].append(text)
        self._vectors: list[Vectors] | None = None

    def written(self, word: Word) -> dict[str, float]:
        """The word itself, as far as letters go that one may write one way or another."""
        return {word.word: 1.0}

    def bent(self, word: Word) -> dict[str, float]:
        """The forms of the word that the record has, the word itself among them."""
        return dict.fromkeys([word.word, *self._stems.get(word.stem, ())], 1.0)

    def near(self, words: Sequence[Word]) -> list[dict[str, float]]:
        """For each word those that mean nearly the same, each with their cosine, the nearest first."""
        if not words or not self._texts:
            return [{} for _ in words]
        asked = encode_cached(self._encoder, [word.text for word in words])
        found: list[list[tuple[float, int]]] = [[] for _ in words]
        start = 0
        for block in self._blocks():
            cosines = block @ asked.T
            for row, column in zip(*np.nonzero(cosines >= NEAR), strict=True):
                found[column].append((-float(cosines[row, column]), start + int(row)))
            start += len(block)
        return [{self._texts[place]: -cosine for cosine, place in sorted(one)[:_MOST]} for one in found]

    def _blocks(self) -> list[Vectors]:
        if self._vectors is None:
            rows = range(0, len(self._forms), _AT_ONCE)
            self._vectors = [encode_cached(self._encoder, self._forms[at : at + _AT_ONCE], self._cache) for at in rows]
        return self._vectors
