"""Five classes of UN sentences, English and Arabic: `python -m bench.un [--shared DIR]`. For the table only; nothing of it ships.

The features and encoder of the coder's model on the whole sentence, learned from four fifths of the sentences (by a hash of the
English text, the same in both languages), measured on the rest. Data: Osorio et al., MIT licence, in the shared folder.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from training.fit import fit
from training.samples import fold_of, read_un
from training.train import Table, Vectors, measure

APART = 5
"""One sentence in so many is kept apart."""

RIDGE, VECTOR_RIDGE = 4.0, 3.0
"""Chosen on another fifth, kept apart from the rest."""


def table(shared: Path, cache: Vectors | None = None) -> Iterator[str]:
    """The lines of the table: accuracy and macro-F1 by language."""
    folder = shared / "data/un"
    if not folder.is_dir():
        yield f"The UN's sentences are left out: {folder} is not there."
        return
    rows = [(language, sample, label) for language in ("en", "ar") for sample, label in read_un(folder, language)]
    every = Table([sample for _, sample, _ in rows], cache)
    gold = np.array([label for _, _, label in rows])
    languages = np.array([language for language, _, _ in rows])
    apart = np.array([fold_of(sample.group, APART) == 0 for _, sample, _ in rows])
    names = sorted(set(gold))
    allowed = (gold[:, None] == np.array(names)).astype(np.float32)
    words = every.words(every.rarity(~apart))
    yield "| UN sentences, five classes; learned from | features | measured on | accuracy | macro-F1 |"
    yield "|---|---|---|---:|---:|"
    for sources in (("en", "ar"), ("en",)):
        chosen = ~apart & np.isin(languages, sources)
        for label, vectors in (("words", np.zeros((len(rows), 0), np.float32)), ("words, vectors", every.vectors)):
            w, v, b = fit(words[chosen], vectors[chosen], allowed[chosen], every.weights[chosen], RIDGE, VECTOR_RIDGE)
            scores = words[apart] @ w + vectors[apart] @ v + b
            found = [names[i] for i in scores.argmax(1)]
            for language in ("en", "ar"):
                at = [i for i, own in enumerate(languages[apart]) if own == language]
                right, f1 = measure([gold[apart][i] for i in at], [found[i] for i in at])
                yield f"| {'+'.join(sources)} | {label} | {language} | {right:.3f} | {f1:.3f} |"


def main() -> int:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, default=Path(__file__).parents[2] / "shared", help="a folder with data/un/")
    parser.add_argument("--vectors", type=Path, help="a file to keep vectors in from one run to the next")
    options = parser.parse_args()
    for line in table(options.shared, Vectors(options.vectors)):
        print(line, flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
