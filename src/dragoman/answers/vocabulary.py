"""The words of a record, and which of them mean what a word of a question means, in whatever language."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

import numpy as np

from dragoman.answers.index import Index
from dragoman.answers.question import Word
from dragoman.encoding import Cache, Encoder, Vectors, encode_cached, hash_text

_NEAR = 0.5
"""Cosine below which two words are not compared further."""
_SAMPLE, _NEIGHBOURS = 1000, 10
"""Words of the record, and how many of the nearest of these, by which it is told how near a word is to any other."""
_SAME_TRIGGER, _SAME_TYPE = 0.7, 0.25
"""How well a word does that is of the same trigger as one of the question, and one that is of a trigger of the same type."""
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
        self._neighbours: Vectors | None = None

    def whole(self) -> bool:
        """Whether the cache has the vector of every word."""
        hashes = list(map(hash_text, dict.fromkeys(self._forms)))
        return len(self._cache.vectors(self._encoder.name, hashes)) == len(hashes)

    def prepare(self) -> None:
        """Make the vectors now."""
        self._blocks()

    def written(self, word: Word) -> dict[str, float]:
        """The word itself, as far as letters go that one may write one way or another."""
        return {word.word: 1.0}

    def bent(self, word: Word) -> dict[str, float]:
        """The forms of the word that the record has, the word itself among them."""
        return dict.fromkeys([word.word, *self._stems.get(word.stem, ())], 1.0)

    def acting(self, word: Word) -> dict[str, float]:
        """The triggers that the word is of, by which those of other languages are found."""
        return {mark: _SAME_TRIGGER if mark.startswith("!") else _SAME_TYPE for mark in word.marks}

    def near(self, words: Sequence[Word]) -> list[dict[str, float]]:
        """For each word those that mean nearly the same and how nearly, 0 to 1, the nearest first.

        Some words are near to very many: how near two are is told beside how near each is to its nearest neighbours
        (cross-domain similarity local scaling, Conneau et al. 2018).
        """
        if not words or not self._texts:
            return [{} for _ in words]
        asked = encode_cached(self._encoder, [word.text for word in words])
        usual = self._usual(asked)
        found: list[list[tuple[float, str]]] = [[] for _ in words]
        start = 0
        for block in self._blocks():
            cosines = block @ asked.T
            rows = np.flatnonzero((cosines >= _NEAR).any(axis=1))
            nearness = 2 * cosines[rows] - self._usual(block[rows])[:, None] - usual[None, :]
            for row, column in zip(*np.nonzero(nearness > 0), strict=True):
                sure = min(1.0, 0.4 + float(nearness[row, column]))
                found[column].append((-sure, self._texts[start + int(rows[row])]))
            start += len(block)
        return [{text: -sure for sure, text in sorted(one)[:_MOST]} for one in found]

    def _usual(self, vectors: Vectors) -> Vectors:
        """How near each vector is to its nearest neighbours in the sample, on average."""
        cosines = vectors @ self._sample().T
        cosines[cosines > 0.97] = 0  # the word itself
        count = min(_NEIGHBOURS, cosines.shape[1])
        nearest: Vectors = np.partition(cosines, -count, axis=1)[:, -count:].mean(axis=1)
        return nearest

    def _sample(self) -> Vectors:
        if self._neighbours is None:
            step = -(-len(self._texts) // _SAMPLE)
            self._neighbours = np.vstack(self._blocks())[::step]
        return self._neighbours

    def _blocks(self) -> list[Vectors]:
        if self._vectors is None:
            rows = range(0, len(self._forms), _AT_ONCE)
            self._vectors = [encode_cached(self._encoder, self._forms[at : at + _AT_ONCE], self._cache) for at in rows]
        return self._vectors
