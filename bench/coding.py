"""How fast a process codes, beside what merely finding the states costs: `python bench/coding.py [--shared DIR] [--seconds S]`.

By language: the bundled example, and the texts of the shared folder when it is there, read once and coded again and again.
The peer is a baseline in the same run over the same sentences: words by a regular expression, each looked up in a dictionary of
the states' names. Times are of one process after a warm-up, with what is loaded kept out of garbage collection (gc.freeze).
"""

from __future__ import annotations

import argparse
import gc
import re
import resource
import sys
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

import dragoman
from dragoman.coding import code
from dragoman.coding.lexicon import lexicon
from dragoman.languages import load
from dragoman.languages.folding import fold
from dragoman.languages.states import registry
from dragoman.reading import find, read
from dragoman.statement import Document, Statement

_WORD = re.compile(r"\w+")
_PROSE = ("body", "list")


def read_texts(folders: Sequence[Path]) -> dict[str, list[Document]]:
    """The documents below these folders, by language; those without a sentence are left out."""
    found: dict[str, list[Document]] = {}
    for source in find(folders):
        document = read(source)
        if document.sentences:
            found.setdefault(document.language, []).append(document)
    return found


def count(documents: Sequence[Document]) -> tuple[int, int]:
    """Sentences of prose, and words in them."""
    stretches = [d.text[s.start : s.end] for d in documents for s in d.sentences if s.role in _PROSE]
    return len(stretches), sum(len(stretch.split()) for stretch in stretches)


def measure(work: Callable[[Document], object], documents: Sequence[Document], sentences: int, seconds: float) -> tuple[float, float]:
    """Sentences a second of processor time and of the clock; whole rounds until so many seconds have gone by."""
    rounds, cpu, wall = 0, time.process_time(), time.perf_counter()
    while rounds == 0 or time.perf_counter() - wall < seconds:
        for document in documents:
            work(document)
        rounds += 1
    spent = time.process_time() - cpu, time.perf_counter() - wall
    return rounds * sentences / spent[0], rounds * sentences / spent[1]


def read_names(language: str) -> dict[str, str]:
    """Code by folded name, for the names of states that are one word."""
    pairs = [(name, code) for code, name in registry(language).items()]
    pairs += [
        (name, code) for code, state in load(language).actors.states.items() for name in (*state.names, *state.demonyms, *state.capital)
    ]
    return {fold(name): code for name, code in pairs if _WORD.fullmatch(name)}


def find_states(document: Document, names: dict[str, str]) -> list[str]:
    """The baseline: the codes of the words that name a state, sentence by sentence."""
    found = []
    for sentence in document.sentences:
        if sentence.role in _PROSE:
            for word in _WORD.findall(document.text[sentence.start : sentence.end]):
                code = names.get(fold(word))
                if code is not None:
                    found.append(code)
    return found


def peak() -> float:
    """MB of memory that the process has held at most."""
    held = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return held / 1e6 if sys.platform == "darwin" else held / 1024


def main() -> int:
    """Print everything."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, default=Path(__file__).parents[2] / "shared", help="a folder with texts/ and seeds/")
    parser.add_argument("--seconds", type=float, default=5.0, help="least time for each measurement")
    options = parser.parse_args()
    example = Path(dragoman.__file__).parent / "example"
    shared = [folder for name in ("seeds", "texts") if (folder := options.shared / name).is_dir()]
    if not shared:
        print(f"{options.shared} has no texts: only the bundled example is measured.")

    texts = {"example": read_texts([example])} | ({"shared": read_texts(shared)} if shared else {})
    languages = sorted({language for found in texts.values() for language in found})
    begin = time.process_time()
    for language in languages:
        lexicon(language)
    print(f"languages {', '.join(languages)} loaded in {time.process_time() - begin:.1f} s of processor time")
    for found in texts.values():
        for documents in found.values():
            for document in documents:  # fills the caches of words, as any long text does
                code(document)
    gc.collect()
    gc.freeze()

    print(f"{'texts':8} {'language':8} {'by':6} {'sentences':>9} {'words each':>10} {'statements':>10} {'per s, cpu':>10}"
          f" {'per s, wall':>11} {'names only':>10} {'ratio':>6}")  # fmt: skip
    coders: dict[str, Callable[[Document], list[Statement]]] = {"rules": partial(code, model=False), "model": code}
    spent, coded = 0.0, 0
    for label, found in texts.items():
        for language, documents in sorted(found.items()):
            sentences, words = count(documents)
            names = read_names(language)
            plain, _ = measure(lambda document, names=names: find_states(document, names), documents, sentences, options.seconds / 5)  # type: ignore[misc]
            for by, work in coders.items():
                cpu, wall = measure(work, documents, sentences, options.seconds)
                statements = sum(len(work(document)) for document in documents)
                print(
                    f"{label:8} {language:8} {by:6} {sentences:9,} {words / sentences:10.0f} {statements:10,} {cpu:10,.0f} {wall:11,.0f}"
                    f" {plain:10,.0f} {plain / cpu:6.1f}"
                )
                if by == "rules":
                    spent, coded = spent + sentences / cpu, coded + sentences
    print(f"all texts, rules alone: {coded / spent:,.0f} sentences a second of processor time")
    print(f"peak memory: {peak():,.0f} MB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
