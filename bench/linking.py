"""How well and how fast sentences of two documents are linked, beside sentalign and galechurch on the same input.

Needs ../shared (or --shared DIR). The peers are measured when they are installed (pip install sentalign galechurch).
"""

from __future__ import annotations

import argparse
import json
import random
import re
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

from dragoman.encoding import Vectors, encode_cached, load
from dragoman.linking.numbers import compare_texts, find_numbers
from dragoman.linking.sentences import link_sentences
from dragoman.reading import find, read
from dragoman.statement import Document, Sentence

Pairs = set[tuple[int, int]]
Aligner = Callable[[Document, Document], Pairs]
_YEAR = re.compile(r"(?<![\d,.$-])(?:1\d{3}|20[0-2]\d)(?![\d,.]\d|\d|s\b)")


class Shelf:
    """Vectors in memory, so that all that is compared here pays for encoding once, and apart."""

    def __init__(self) -> None:
        self.rows: dict[str, bytes] = {}

    def vectors(self, encoder: str, hashes: Sequence[str]) -> Mapping[str, bytes]:
        """Those that are kept."""
        return {key: self.rows[key] for key in hashes if key in self.rows}

    def keep_vectors(self, encoder: str, vectors: Mapping[str, bytes]) -> None:
        """Keep them."""
        self.rows |= vectors

    def encode(self, texts: Sequence[str]) -> Vectors:
        """The vectors of texts."""
        return encode_cached(load(), texts, self)


class Case(NamedTuple):
    """Two documents and which sentences belong together; left_out: those of the left one whose counterpart was taken away."""

    left: Document
    right: Document
    true: Pairs
    left_out: set[int]


def make_document(id: str, language: str, sentences: Sequence[str]) -> Document:
    """A document of these sentences."""
    spans, start = [], 0
    for sentence in sentences:
        spans.append(Sentence(start, start + len(sentence)))
        start += len(sentence) + 1
    return Document(id, " ".join(sentences), language, sentences=tuple(spans))


def halve(rows: list[list[str]], full: int, seed: int, shuffled: bool = False) -> Iterator[Case]:
    """Each article with a random half of one side's sentences taken away. full: 0 keeps all of the English, 1 of the Arabic."""
    articles = defaultdict(list)
    for title, _, _, english, arabic in rows:
        articles[title].append((english, arabic))
    chance = random.Random(seed)
    codes = ("en", "ar")
    for title, pairs in articles.items():
        kept = sorted(chance.sample(range(len(pairs)), len(pairs) - len(pairs) // 2))
        if shuffled:
            chance.shuffle(kept)
        left = make_document(f"{title}.1", codes[full], [pair[full] for pair in pairs])
        right = make_document(f"{title}.2", codes[1 - full], [pairs[i][1 - full] for i in kept])
        yield Case(left, right, {(i, j) for j, i in enumerate(kept)}, set(range(len(pairs))) - set(kept))


def text_of(document: Document) -> list[str]:
    """Its sentences."""
    return [document.text[s.start : s.end] for s in document.sentences]


def aligners(shelf: Shelf) -> dict[str, Aligner]:
    """Ours, and the peers that are installed."""

    def ours(left: Document, right: Document) -> Pairs:
        links = link_sentences(left, right, shelf.encode)
        return {(i, j) for one in links if one.grade in ("same", "partly") for i in one.left for j in one.right}

    found: dict[str, Aligner] = {"dragoman": ours}
    if find_spec("sentalign"):
        from sentalign import sentalign

        def vecalign(left: Document, right: Document) -> Pairs:
            done = sentalign(text_of(left), text_of(right), shelf.encode)
            return {(i, j) for one in done.alignments for i in one.src_indices for j in one.tgt_indices}

        found["sentalign"] = vecalign
    else:
        print("sentalign is not installed: not measured")
    if find_spec("galechurch"):
        import galechurch

        def lengths(left: Document, right: Document) -> Pairs:
            beads = galechurch.align(text_of(left), text_of(right)).beads
            return {(i, j) for b in beads for i in range(b.source_start, b.source_end) for j in range(b.target_start, b.target_end)}

        found["galechurch"] = lengths
    else:
        print("galechurch is not installed: not measured")
    return found


def measure(name: str, cases: list[Case], found: dict[str, Aligner], shelf: Shelf) -> None:
    """A line an aligner: links, and which left sentences were left out by the right text."""
    shelf.encode([text for case in cases for document in (case.left, case.right) for text in text_of(document)])
    print(f"\n{name}: {len(cases)} pairs of documents, {sum(len(case.true) for case in cases)} links")
    print(f"{'':12}{'precision':>10}{'recall':>8}{'F1':>8}{'left out: recall':>18}{'precision':>10}{'ms a pair':>11}")
    for peer, align in found.items():
        right = made = true = out = said = really = 0
        align(cases[0].left, cases[0].right)
        start = time.perf_counter()
        answers = [align(case.left, case.right) for case in cases]
        spent = time.perf_counter() - start
        for case, links in zip(cases, answers, strict=True):
            alone = set(range(len(case.left.sentences))) - {i for i, _ in links}
            right, made, true = right + len(links & case.true), made + len(links), true + len(case.true)
            out, said, really = out + len(alone & case.left_out), said + len(alone), really + len(case.left_out)
        precision, recall = right / max(made, 1), right / max(true, 1)
        f1 = 2 * precision * recall / max(precision + recall, 1e-9)
        print(
            f"{peer:12}{precision:10.4f}{recall:8.4f}{f1:8.4f}{out / max(really, 1):18.4f}{out / max(said, 1):10.4f}"
            f"{1000 * spent / len(cases):11.1f}"
        )


def measure_seeds(shared: Path, shelf: Shelf) -> None:
    """Links between the sentences of the seeds; true are those that the facts of gold join."""
    documents = {document.language: document for document in map(read, find([shared / "seeds"]))}
    gold = [json.loads(line) for line in (shared / "gold" / "seeds.jsonl").read_text("utf-8").splitlines()]
    true: Pairs = set()
    for line in (shared / "gold" / "seeds.facts.jsonl").read_text("utf-8").splitlines():
        places: dict[str, set[int]] = {"ar": set(), "en": set()}
        for number in json.loads(line)["statements"]:
            one = gold[number]
            language = one["doc"].rpartition(".")[2]
            places[language] |= {i for i, s in enumerate(documents[language].sentences) if s.start <= one["start"] < s.end}
        true |= {(i, j) for i in places["ar"] for j in places["en"]}
    shelf.encode([text for document in documents.values() for text in text_of(document)])
    start = time.perf_counter()
    links = link_sentences(documents["ar"], documents["en"], shelf.encode)
    spent = time.perf_counter() - start
    found = {(i, j) for one in links if one.grade in ("same", "partly") for i in one.left for j in one.right}
    print(f"\nSeeds: {len(found & true)} counterpart links, {len(found - true)} wrong; {len({i for i, _ in found})} of "
          f"{len({i for i, _ in true})} Arabic sentences; {len(true - found)} pairs that facts join are no links "
          f"(said again in the body); {1000 * spent:.0f} ms")  # fmt: skip


def measure_years(name: str, pairs: list[list[str]]) -> None:
    """Faithful pairs must show no conflict; a year that is changed on one side must be found. A change is found when a difference
    names it; it is a conflict when the other year has no other place in the sentence."""
    chance = random.Random(7)
    dates = numbers = altered = found = conflicts = 0
    start = time.process_time()
    for english, arabic in pairs:
        for one in compare_texts(english, "en", arabic, "ar"):
            if one.severity == "conflict":
                dates, numbers = dates + (one.slot == "date"), numbers + (one.slot == "number")
                if one.slot == "date":
                    print(f"    date conflict: {one.left} / {one.right}")
        years = [q for q in find_numbers(english, "en") if q.kind == "date"]
        for match in _YEAR.finditer(english):
            if not any(q.start <= match.start() < q.end for q in years):
                continue
            other = int(match.group())
            while str(other) in english or str(other) in arabic:
                other = int(match.group()) + chance.choice((-1, 1)) * chance.randint(1, 30)
            changed = compare_texts(f"{english[: match.start()]}{other}{english[match.end() :]}", "en", arabic, "ar")
            altered += 1
            conflict = any(one.severity == "conflict" for one in changed)
            conflicts += conflict
            found += conflict or any(one.severity == "only-here" and str(other) in one.left for one in changed)
    spent = time.process_time() - start
    print(
        f"{name}: {len(pairs)} faithful pairs: {dates} date conflicts, {numbers} number conflicts; {altered} altered years: "
        f"{found / altered:.4f} found, {conflicts / altered:.4f} as a conflict; {spent:.1f} s"
    )


def measure_growth(rows: list[list[str]], shelf: Shelf) -> None:
    """Time of the linking alone, by how many pairs of documents and by how long the documents are."""
    print("\nGrowth (vectors of sentences at hand, those of clauses not)")
    cases = list(halve(rows, 0, 1))
    for count in (10, 20, 40):
        start = time.perf_counter()
        for case in cases[:count]:
            link_sentences(case.left, case.right, shelf.encode)
        print(f"  {count} pairs of documents: {1000 * (time.perf_counter() - start) / count:.1f} ms a pair")
    for count in (100, 200, 400, 800):
        left = make_document("l", "en", [row[3] for row in rows[:count]])
        right = make_document("r", "ar", [row[4] for row in rows[:count]])
        shelf.encode([*text_of(left), *text_of(right)])
        start = time.perf_counter()
        link_sentences(left, right, shelf.encode)
        print(f"  {count} sentences on each side: {time.perf_counter() - start:.2f} s")


def main() -> None:
    """Print all figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, default=Path(__file__).resolve().parents[2] / "shared")
    parser.add_argument("--draws", type=int, default=1, help="how often a half is drawn from each article")
    parser.add_argument("--articles", type=int, default=48, help="how many of the articles; sentalign takes seconds for each")
    given = parser.parse_args()
    shared: Path = given.shared
    if not (shared / "data" / "alignment").is_dir():
        print(f"No {shared}/data/alignment: nothing to measure on. Name another with --shared DIR.")
        return
    rows, pud = ([line.split("\t") for line in (shared / "data" / "alignment" / name).read_text("utf-8").splitlines()]
                 for name in ("xquad.en-ar.sents.tsv", "pud.en-ar.tsv"))  # fmt: skip
    shelf = Shelf()
    texts = [text for row in rows for text in row[3:5]]
    start = time.perf_counter()
    load().encode(["to read the weights"])
    loaded = time.perf_counter()
    shelf.encode(texts)
    print(f"{load().name}: read in {loaded - start:.1f} s; {len(texts) / (time.perf_counter() - loaded):.0f} sentences a second")
    measure_seeds(shared, shelf)
    found = aligners(shelf)
    for full, side in enumerate(("Arabic", "English")):
        drawn = [case for seed in range(1, given.draws + 1) for case in list(halve(rows, full, seed))[: given.articles]]
        measure(f"XQuAD, half of the {side} left out", drawn, found, shelf)
    shuffled = list(halve(rows, 0, 1, shuffled=True))[: given.articles]
    measure("XQuAD, half of the Arabic left out, the rest in another order", shuffled, found, shelf)
    print()
    measure_years("PUD", [row[1:3] for row in pud])
    measure_years("XQuAD", [row[3:5] for row in rows])
    measure_growth(rows, shelf)


if __name__ == "__main__":
    main()
