"""Five classes of UN sentences, English and Arabic: `python -m bench.un [--shared DIR]`. For the table only; nothing of it ships.

The features and encoder of the coder's model on the whole sentence, learned from four fifths of the sentences (by a hash of the
English text, the same in both languages), measured on the rest. Data: Osorio et al., MIT licence, in the shared folder.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

import numpy as np
from training.fit import fit
from training.samples import fold_of, read_un
from training.train import Table, Vectors, measure

APART = 5
"""One sentence in so many is kept apart."""

RIDGE, VECTOR_RIDGE = 4.0, 3.0
"""Chosen on another fifth, kept apart from the rest."""


def main() -> int:
    """Print accuracy and macro-F1 by language."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, default=Path(__file__).parents[2] / "shared", help="a folder with data/un/")
    parser.add_argument("--vectors", type=Path, help="a file to keep vectors in from one run to the next")
    options = parser.parse_args()
    folder = options.shared / "data/un"
    if not folder.is_dir():
        print(f"{folder} is not there: nothing to measure.")
        return 0
    rows = [(language, sample, label) for language in ("en", "ar") for sample, label in read_un(folder, language)]
    table = Table([sample for _, sample, _ in rows], Vectors(options.vectors))
    gold = np.array([label for _, _, label in rows])
    languages = np.array([language for language, _, _ in rows])
    apart = np.array([fold_of(sample.group, APART) == 0 for _, sample, _ in rows])
    names = sorted(set(gold))
    allowed = (gold[:, None] == np.array(names)).astype(np.float32)
    rarity = table.rarity(~apart)
    words = table.words(rarity)
    print(f"{'learned from':14} {'features':14} {'measured on':12} {'accuracy':>8} {'macro F1':>8}")
    for sources in (("en", "ar"), ("en",)):
        chosen = ~apart & np.isin(languages, sources)
        for label, vectors in (("words", np.zeros((len(rows), 0), np.float32)), ("words, vectors", table.vectors)):
            w, v, b = fit(words[chosen], vectors[chosen], allowed[chosen], table.weights[chosen], RIDGE, VECTOR_RIDGE)
            scores = words[apart] @ w + vectors[apart] @ v + b
            found = [names[i] for i in scores.argmax(1)]
            for language in ("en", "ar"):
                at = [i for i, own in enumerate(languages[apart]) if own == language]
                right, f1 = measure([gold[apart][i] for i in at], [found[i] for i in at])
                print(f"{'+'.join(sources):14} {label:14} {language:12} {right:8.3f} {f1:8.3f}", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
