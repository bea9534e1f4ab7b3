"""The small linear model for the type of a statement: what one actor of a sentence does to another, as probabilities.

Optional: without its file the rules decide alone. numpy only; written by training/train.py, described in docs/model.md.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from functools import cache
from importlib import resources
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dragoman.coding.features import BITS, Features, count, weigh
from dragoman.coding.views import View
from dragoman.encoding import Cache, Encoder, encode_cached

FILE = "types.npz"
NOTHING = ""
"""The class of pairs of actors of which the sentence says nothing."""

Array = NDArray[np.float32]


class Part:
    """Weights of hashed words, of vectors, and biases: one linear model. Words are kept in eight bits, a scale a row."""

    def __init__(
        self, columns: NDArray[Any], words: NDArray[np.int8], scales: NDArray[Any], vectors: NDArray[Any], bias: NDArray[Any]
    ) -> None:
        self.rows = np.zeros(1 << BITS, np.int32)
        self.rows[columns] = np.arange(1, len(columns) + 1)
        self.words = np.vstack([np.zeros((1, words.shape[1]), np.float32), words * scales.astype(np.float32)[:, None]])
        self.vectors, self.bias = vectors.astype(np.float32), bias.astype(np.float32)

    def score(self, columns: Sequence[NDArray[np.int32]], values: Sequence[Array], vectors: Array | None) -> Array:
        """Scores, shape (views, classes)."""
        out = np.empty((len(columns), len(self.bias)), np.float32)
        for number, (at, value) in enumerate(zip(columns, values, strict=True)):
            out[number] = value @ self.words[self.rows[at]]
        out += self.bias
        return out + vectors @ self.vectors if vectors is not None else out


class Model:
    """What the file holds. classes: names of types, "" for nothing; "AGREE/SUPPORT" is an AGREE that PLOVER counts as SUPPORT."""

    def __init__(self, classes: Sequence[str], rarity: Array, plain: Part, full: Part) -> None:
        self.classes, self.rarity, self.plain, self.full = tuple(classes), rarity, plain, full
        self.types = tuple(dict.fromkeys(name.partition("/")[0] for name in self.classes))
        self._merge = np.array([[c.partition("/")[0] == t for t in self.types] for c in self.classes], np.float32)

    def probabilities(self, views: Sequence[View], encoder: Encoder | None = None, cache: Cache | None = None) -> Array:
        """One row a view, one column for each of `classes`; rows sum to 1. With an encoder it is surer, without one faster."""
        vectors = None
        if encoder is not None:
            vectors = encode(views, encoder, cache)
        return self.score([count(view) for view in views], vectors)

    def score(self, counted: Sequence[Features], vectors: Array | None) -> Array:
        """The probabilities of views that are counted and, where `vectors` is given, encoded already."""
        if not counted:
            return np.zeros((0, len(self.classes)), np.float32)
        part = self.plain if vectors is None else self.full
        scores = part.score([f[0] for f in counted], [weigh(f, self.rarity) for f in counted], vectors)
        scores = np.exp(scores - scores.max(1, keepdims=True))
        normal: Array = scores / scores.sum(1, keepdims=True)
        return normal

    def merge(self, probabilities: Array) -> Array:
        """From columns of `classes` to columns of `types`."""
        merged: Array = probabilities @ self._merge
        return merged


def encode(views: Sequence[View], encoder: Encoder, cache: Cache | None = None) -> Array:
    """The vectors of both stretches of each view, side by side."""
    texts = [view.spoken or "." for view in views] + [view.inner or "." for view in views]
    rows = encode_cached(encoder, texts, cache)
    both: Array = np.hstack([rows[: len(views)], rows[len(views) :]])
    return both


def unpack(data: bytes) -> Model:
    """The model in a file's bytes; nothing in it is executed."""
    with np.load(io.BytesIO(data), allow_pickle=False) as kept:
        parts = [
            Part(*(kept[f"{name}_{field}"] for field in ("columns", "words", "scales", "vectors", "bias"))) for name in ("plain", "full")
        ]
        return Model([str(c) for c in kept["classes"]], kept["rarity"].astype(np.float32), *parts)


@cache
def load() -> Model | None:
    """The model that is shipped, read once a process; None where its file is not."""
    file = resources.files("dragoman.coding") / FILE
    return unpack(file.read_bytes()) if file.is_file() else None
