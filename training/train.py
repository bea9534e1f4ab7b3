"""Train the model for types: `python -m training.train`; writes src/dragoman/coding/types.npz and types.json, its card.

Learns from the labelled sentences in training/ (ours). Deterministic: the same sentences give the same file on the same machine.
"""

from __future__ import annotations

import argparse
import hashlib
import io
import json
import sys
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

from dragoman.coding.features import BITS, count, weigh
from dragoman.coding.model import FILE, encode, unpack
from dragoman.encoding import load
from training.fit import Array, fit
from training.samples import CLASSES, Sample, fold_of, read_ours

ROOT = Path(__file__).parents[1]
PLACE = ROOT / "src/dragoman/coding"
RIDGE, VECTOR_RIDGE = 0.05, 0.1
"""Chosen on sentences kept apart (`--check`), and by the figures on PLV's training set, which is never learned from."""

APART = 5
"""One sentence in so many is kept apart for the card's figures."""

_LEAST = 2
_ZERO = 0.01


class Vectors:
    """A cache of vectors, kept in a file for those who train again and again."""

    def __init__(self, file: Path | None) -> None:
        self.file, self.known = file, dict[str, bytes]()
        if file is not None and file.is_file():
            with np.load(file, allow_pickle=False) as kept:
                self.known = {str(key): row.tobytes() for key, row in zip(kept["keys"], kept["rows"], strict=True)}

    def vectors(self, encoder: str, hashes: Sequence[str]) -> dict[str, bytes]:
        """Those that are kept."""
        return {key: self.known[f"{encoder}:{key}"] for key in hashes if f"{encoder}:{key}" in self.known}

    def keep_vectors(self, encoder: str, vectors: Mapping[str, bytes]) -> None:
        """Keep them, on disk too."""
        self.known |= {f"{encoder}:{key}": row for key, row in vectors.items()}
        if self.file is not None:
            rows = np.frombuffer(b"".join(self.known.values()), "<f2").reshape(len(self.known), -1)
            np.savez(self.file, keys=np.array(list(self.known)), rows=rows)


class Table:
    """Samples as numbers. rarity: that of a model, or learned from these."""

    def __init__(self, samples: Sequence[Sample], cache: Vectors | None = None, encoded: bool = True) -> None:
        self.samples = list(samples)
        self.counted = [count(s.view) for s in samples]
        self.allowed = np.array([[c in s.allowed for c in CLASSES] for s in samples], np.float32).reshape(-1, len(CLASSES))
        self.weights = np.array([s.weight for s in samples], np.float32)
        self.vectors = np.zeros((len(samples), 0), np.float32)
        if encoded:
            self.vectors = encode([s.view for s in samples], load(), cache)

    def rarity(self, keep: NDArray[np.bool_]) -> Array:
        """How rare each column is among these samples; 0 for what stands in one only."""
        seen = np.zeros(1 << BITS, np.float32)
        for features in (f for f, k in zip(self.counted, keep, strict=True) if k):
            seen[np.unique(features[0])] += 1
        rarity = (np.log((1 + keep.sum()) / (1 + seen)) + 1).astype(np.float32)
        rarity[seen < _LEAST] = 0
        return np.asarray(rarity, np.float32)

    def words(self, rarity: Array) -> sp.csr_matrix:
        """The weighed words, shape (samples, columns)."""
        ends = np.cumsum([0, *(len(f[0]) for f in self.counted)])
        columns = np.concatenate([f[0] for f in self.counted])
        values = np.concatenate([weigh(f, rarity) for f in self.counted])
        matrix = sp.csr_matrix((values, columns, ends), shape=(len(self.counted), 1 << BITS))
        matrix.sum_duplicates()
        return matrix


def pack(rarity: Array, parts: dict[str, tuple[Array, Array, Array]]) -> bytes:
    """The model as the bytes of an npz file without pickles: words in eight bits, a scale a row; the rest in half precision."""
    fields: dict[str, NDArray[Any]] = {"classes": np.array(CLASSES), "rarity": rarity.astype(np.float16)}
    for name, (words, vectors, bias) in parts.items():
        most = np.abs(words).max(1)
        columns = np.flatnonzero(most > _ZERO)
        scales = (most[columns] / 127).astype(np.float32)
        fields |= {
            f"{name}_columns": columns.astype(np.uint16 if BITS <= 16 else np.uint32),
            f"{name}_words": np.round(words[columns] / scales[:, None]).astype(np.int8),
            f"{name}_scales": scales.astype(np.float16),
            f"{name}_vectors": vectors.astype(np.float16),
            f"{name}_bias": bias.astype(np.float32),
        }
    out = io.BytesIO()
    np.savez_compressed(out, allow_pickle=False, **fields)
    return out.getvalue()


def train(table: Table, keep: NDArray[np.bool_] | None = None, ridge: float = RIDGE, vector_ridge: float = VECTOR_RIDGE) -> bytes:
    """A model of those samples of the table."""
    chosen = np.ones(len(table.samples), bool) if keep is None else keep
    rarity = table.rarity(chosen)
    words = table.words(rarity)[chosen]
    allowed, weights, vectors = table.allowed[chosen], table.weights[chosen], table.vectors[chosen]
    none = np.zeros((len(vectors), 0), np.float32)
    return pack(
        rarity,
        {
            "plain": fit(words, none, allowed, weights, ridge, vector_ridge),
            "full": fit(words, vectors, allowed, weights, ridge, vector_ridge),
        },
    )


def measure(gold: Sequence[str], system: Sequence[str], labels: Sequence[str] | None = None) -> tuple[float, float]:
    """Accuracy, and macro-F1 over the labels that gold has."""
    names = sorted(set(gold)) if labels is None else labels
    found = []
    for name in names:
        right = sum(g == s == name for g, s in zip(gold, system, strict=True))
        both = sum(g == name for g in gold) + sum(s == name for s in system)
        found.append(2 * right / both if both else 0.0)
    return sum(g == s for g, s in zip(gold, system, strict=True)) / max(1, len(gold)), sum(found) / max(1, len(found))


def check(table: Table, **ridges: float) -> dict[str, dict[str, float]]:
    """What a model of four fifths of the sentences makes of the last fifth, by part and language, with and without a trigger."""
    apart = np.array([fold_of(s.group, APART) == 0 for s in table.samples])
    model = unpack(train(table, ~apart, **ridges))
    rows = np.flatnonzero(apart)
    gold = [table.samples[i].allowed[0].partition("/")[0] for i in rows]
    figures = {}
    for part, vectors in (("words", None), ("words and vectors", table.vectors[rows])):
        found = model.merge(model.score([table.counted[i] for i in rows], vectors)).argmax(1)
        for language in ("en", "ar"):
            for name, triggered in (("trigger given", True), ("actors only", False)):
                at = [
                    k
                    for k, i in enumerate(rows)
                    if table.samples[i].origin.startswith(language) and bool(table.samples[i].view.trigger) == triggered
                ]
                right, f1 = measure([gold[k] for k in at], [model.types[found[k]] for k in at])
                figures[f"{part}, {language}, {name}"] = {"samples": len(at), "accuracy": round(right, 3), "macro F1": round(f1, 3)}
    return figures


def main() -> int:
    """Train and write the model and its card."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--vectors", type=Path, help="a file to keep vectors in from one run to the next")
    parser.add_argument("--check", action="store_true", help="only measure, on a fifth kept apart")
    parser.add_argument("--ridge", type=float, default=RIDGE)
    parser.add_argument("--vector-ridge", type=float, default=VECTOR_RIDGE)
    options = parser.parse_args()
    begin = time.monotonic()
    samples = read_ours(ROOT / "training")
    table = Table(samples, Vectors(options.vectors))
    ridges = {"ridge": options.ridge, "vector_ridge": options.vector_ridge}
    figures = check(table, **ridges)
    for name, row in figures.items():
        print(f"{name:40} {row}", flush=True)
    if options.check:
        return 0
    data = train(table, **ridges)
    (PLACE / FILE).write_bytes(data)
    card = {
        "what": "A multinomial logistic model over hashed words and sentence vectors; classes: the types of docs, and nothing.",
        "trained on": dict(sorted(Counter(o for o, _ in {(s.origin, s.group) for s in samples}).items())),
        "sentences": len({s.group for s in samples}),
        "samples": len(samples),
        "samples by type": dict(sorted(Counter(s.allowed[0].partition("/")[0] or "nothing" for s in samples).items())),
        "encoder": load().name,
        "on a fifth of the sentences kept apart, learned from the rest": figures,
        "settings": {"ridge": options.ridge, "vector ridge": options.vector_ridge, "columns": 1 << BITS},
        "sha256": hashlib.sha256(data).hexdigest(),
        "licence": "Apache-2.0, as the sentences are",
    }
    (PLACE / "types.json").write_text(json.dumps(card, indent=1, ensure_ascii=False) + "\n", "utf-8")
    print(f"{PLACE / FILE}: {len(data):,} bytes, {time.monotonic() - begin:.0f} s")
    return 0


if __name__ == "__main__":
    sys.exit(main())
