"""PLV: which of 15 PLOVER roots one actor does to another, actors given; `python -m bench.plv [--shared DIR] [--train]`.

Macro-F1 over the test set of Hu et al. 2024 (1,033 sentences) as conflict or cooperation, four quad classes, and roots, beside the
figures that the peers' papers give. The shipped model has seen no sentence of PLV. --train: also a model that learns from PLV's
training set as well, for the table only; what stands in both sets is taken out first.
"""

from __future__ import annotations

import argparse
import csv
import re
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
from training.samples import CLASSES, Sample, read_ours, root_of
from training.train import Table, Vectors, measure, train

from dragoman.coding.features import Features
from dragoman.coding.lexicon import lexicon
from dragoman.coding.model import Array, Model, load, unpack
from dragoman.coding.views import look_at
from dragoman.encoding import load as load_encoder
from dragoman.statement import Span

ROOTS = {
    "1": ("AGREE", "CONSULT", "SUPPORT"),
    "2": ("AID", "COOPERATE", "YIELD"),
    "3": ("ACCUSE", "REJECT", "REQUEST", "THREATEN"),
    "4": ("ASSAULT", "COERCE", "MOBILIZE", "PROTEST", "SANCTION"),
}
QUADS = {root: quad for quad, roots in ROOTS.items() for root in roots}
PEERS = (
    ("UniversalPetrarch (dictionaries)", "", "", "46"),
    ("GPT-4 with the codebook", "93.4", "76.7", "61.5"),
    ("ZSP (77 passes of a large model a sentence)", "", "", "82.4"),
    ("ConfliBERT, fine-tuned (GPU)", "", "", "86.7"),
)
WEIGHT, RIDGE, VECTOR_RIDGE = 3.0, 0.15, 0.2
"""What a sentence of PLV counts beside one of ours, and the penalties: chosen by cross-validation on PLV's training set."""

_MARK = re.compile(r"</?[st]>")


class Item(NamedTuple):
    """A sentence with its two actors, its quad class and its root."""

    sample: Sample
    quad: str
    root: str


def read(file: Path) -> list[Item]:
    """The sentences of a PLV file. Where an actor is marked twice, its first place counts."""
    words, items = lexicon("en"), []
    with file.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines, delimiter="\t"):
            text, spans, opened, at = "", dict[str, Span](), dict[str, int](), 0
            for mark in _MARK.finditer(row["marked_sentence"]):
                text += row["marked_sentence"][at : mark.start()]
                at, side = mark.end(), mark.group()[-2]
                if mark.group()[1] == "/":
                    spans.setdefault(side, Span(opened.get(side, 0), len(text)))
                else:
                    opened[side] = len(text)
            text += row["marked_sentence"][at:]
            allowed = tuple(c for c in CLASSES if root_of(c) == row["gold_root"])
            view = look_at(words, text, spans.get("s"), spans.get("t"))
            items.append(Item(Sample(view, allowed, WEIGHT, text, "plv"), row["gold_penta"], row["gold_root"]))
    return items


def judge(model: Model, counted: Sequence[Features], vectors: Array | None, items: Sequence[Item]) -> list[float]:
    """Macro-F1 of binary, quad and root; each decided by the sum of its classes' probabilities."""
    names = sorted(QUADS)
    found = model.score(counted, vectors) @ np.array([[root_of(c) == r for r in names] for c in model.classes], np.float32)
    quads = found @ np.array([[QUADS[r] == q for q in ROOTS] for r in names], np.float32)
    quad = [list(ROOTS)[i] for i in quads.argmax(1)]
    cooperates = quads[:, :2].sum(1) > quads[:, 2:].sum(1)
    gold = [item.quad in "12" for item in items]
    figures = (
        measure([str(g) for g in gold], [str(bool(c)) for c in cooperates]),
        measure([item.quad for item in items], quad),
        measure([item.root for item in items], [names[i] for i in found.argmax(1)]),
    )
    return [100 * f1 for _, f1 in figures]


def table(shared: Path, learn: bool = False, cache: Vectors | None = None) -> Iterator[str]:
    """The lines of the table. learn: also a model that learns from PLV's training set."""
    folder, model = shared / "data/plv", load()
    if not folder.is_dir() or model is None:
        yield f"PLV is left out: {folder} or the model is not there."
        return
    test = read(folder / "PLV_test.tsv")
    asked = Table([item.sample for item in test], cache)
    yield f"| PLV test, macro-F1 ({load_encoder().name}) | binary | quad | root |"
    yield "|---|---:|---:|---:|"
    models: list[tuple[str, Model]] = [("shipped model, no sentence of PLV seen", model)]
    if learn:
        seen = {item.sample.group.strip() for item in test}
        learned = [item.sample for item in read(folder / "PLV_train.tsv") if item.sample.group.strip() not in seen]
        both = Table([s for s in read_ours(Path(__file__).parents[1] / "training") if not s.view.trigger] + learned, cache)
        models.append((f"trained on {len(learned)} of PLV as well", unpack(train(both, ridge=RIDGE, vector_ridge=VECTOR_RIDGE))))
    for label, judged in models:
        for part, vectors in (("words and vectors", asked.vectors), ("words", None)):
            yield f"| {label}, {part} | " + " | ".join(f"{f:.1f}" for f in judge(judged, asked.counted, vectors, test)) + " |"
    for name, *known in PEERS:
        yield f"| {name} | " + " | ".join(known) + " |"


def main() -> int:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, default=Path(__file__).parents[2] / "shared", help="a folder with data/plv/")
    parser.add_argument("--train", action="store_true", help="learn from PLV's training set as well")
    parser.add_argument("--vectors", type=Path, help="a file to keep vectors in from one run to the next")
    options = parser.parse_args()
    for line in table(options.shared, options.train, Vectors(options.vectors)):
        print(line, flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
