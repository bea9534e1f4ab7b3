"""How near two texts stand in the encoder's space. Each text is encoded once, and in batches, whoever asks."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

Encode = Callable[[Sequence[str]], NDArray[np.float32]]
"""Texts to their vectors: one row of length 1 for each text."""


class Similarity:
    """Cosines between texts, 0 to 1. Holds the vectors of the texts that it was asked about."""

    def __init__(self, encode: Encode) -> None:
        self._encode = encode
        self._rows: dict[str, int] = {}
        self._vectors: NDArray[np.float32] = np.zeros((0, 0), np.float32)

    def prepare(self, texts: Iterable[str]) -> None:
        """Encode the texts that are not encoded yet, all at once."""
        new = [text for text in dict.fromkeys(texts) if text and text not in self._rows]
        if not new:
            return
        vectors = self._encode(new)
        start = len(self._rows)
        self._rows.update((text, start + number) for number, text in enumerate(new))
        self._vectors = vectors if start == 0 else np.concatenate([self._vectors, vectors])

    def __call__(self, a: str, b: str) -> float:
        """The cosine of two texts; 0 when one is empty or they point apart."""
        if not a or not b:
            return 0.0
        if a == b:
            return 1.0
        self.prepare((a, b))
        return max(0.0, float(self._vectors[self._rows[a]] @ self._vectors[self._rows[b]]))

    def vectors(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """The vectors of `texts`, one row each: what `Encode` asks for, each text encoded once. An empty text is a row of zeros."""
        self.prepare(texts)
        blank = np.zeros(self._vectors.shape[1] if self._rows else 1, np.float32)
        return np.array([self._vectors[self._rows[text]] if text else blank for text in texts], np.float32).reshape(len(texts), -1)

    def matrix(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """All cosines among `texts`, shape (n, n); 0 beside an empty one."""
        rows = self.vectors(texts)
        return np.asarray(rows @ rows.T, np.float32)
