"""What a quote is about: the first topic of the language's lists that one of its words begins like."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import pairwise

from dragoman.coding.tokens import Token, Tokenizer
from dragoman.languages.folding import fold
from dragoman.languages.schema import Topic


class Topics:
    """The topic lists of one language, by the beginnings of words. Of several that fit, the earlier in the file is the topic."""

    def __init__(self, topics: Iterable[Topic], tokenizer: Tokenizer) -> None:
        self._names: list[str] = []
        self._words: dict[str, int] = {}
        self._pairs: dict[str, list[tuple[str, int]]] = {}
        for rank, (name, word) in enumerate((entry.topic, fold(word)) for entry in topics for word in entry.words):
            self._names.append(name)
            first, _, second = word.partition(" ")
            if second:
                self._pairs.setdefault(first, []).append((second, rank))
            else:
                self._words.setdefault(word, rank)
        self._lengths = sorted({len(word) for word in self._words})
        self._none = len(self._names)
        self._readings = tokenizer.readings
        self._rank = lru_cache(maxsize=65536)(self._look_up)

    def find(self, tokens: Sequence[Token], default: str) -> str:
        """The topic of the words, `default` when no list has any of them."""
        rank = min((self._rank(t.text) for t in tokens), default=self._none)
        for a, b in pairwise(tokens):
            for second, place in self._pairs.get(a.key, ()):
                if place < rank and b.key.startswith(second):
                    rank = place
        return self._names[rank] if rank < self._none else default

    def _look_up(self, word: str) -> int:
        stems = [reading.stem for reading in self._readings(word)]
        return min((self._words.get(stem[:n], self._none) for stem in stems for n in self._lengths if n <= len(stem)), default=self._none)
