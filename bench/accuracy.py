"""How right the coder is, in one table: `python -m bench.accuracy [--shared DIR] [--write]` (`make evaluate`).

Every gold set at every level, by language (dragoman.answers.evaluation says what each level asks for); what is right above the line
of confidence; the model for types on PLV and the UN's sentences beside its peers. --write puts the table into docs/accuracy.md.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from dragoman.answers.evaluation import LEVELS, Judged, compare, judged, read_gold
from dragoman.coding import code
from dragoman.coding.confidence import LINE
from dragoman.languages.states import names
from dragoman.reading import find, parse, read
from dragoman.statement import TYPES, Document, Statement

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs/accuracy.md"
OPEN, CLOSE = "<!-- table: make evaluate -->\n", "<!-- end -->"
KINDS = {type_: kind for kind, types in TYPES.items() for type_ in types}


class Gold(NamedTuple):
    """A set of texts with what they say. levels: how many levels its labels can be asked about."""

    name: str
    documents: list[Document]
    statements: list[Judged]
    levels: int = len(LEVELS)


def read_texts(name: str, texts: Path, gold: Path) -> Gold:
    """Running texts with statements at offsets."""
    statements = read_gold(gold)
    wanted = {statement.doc for statement in statements}
    return Gold(name, [d for d in map(read, find([texts])) if d.id in wanted], statements)


def read_sentences(name: str, rows: Iterable[tuple[str, str, Sequence[str], Sequence[dict[str, Any]]]], levels: int) -> Gold:
    """Sentences that stand alone. rows: language, text, the states it is about, what it says; a statement's place is the whole sentence."""
    documents, statements = [], []
    for number, (language, text, about, says) in enumerate(rows):
        document = parse(text, f"{name}-{number}.{language}", language, title=" – ".join(names(state, language) for state in about))
        documents.append(document)
        for one in says:
            source, target = (
                tuple(sorted({c.casefold() if len(c) != 3 else c for c in one.get(side, ())})) for side in ("source", "target")
            )
            place = (document.id, 0, len(text), KINDS[one["type"]], one["type"])
            statements.append(Judged(*place, source, target, one.get("date", ""), one.get("modality", "asserted"), text))
    return Gold(name, documents, statements, levels)


def _sorted(actors: Sequence[str]) -> tuple[str, ...]:
    return tuple(sorted({a.casefold() if len(a) != 3 else a for a in actors}))


def read_cases(folder: Path) -> Iterator[tuple[str, str, Sequence[str], Sequence[dict[str, Any]]]]:
    """The cases of the coder's tests."""
    for file in sorted(folder.glob("cases.*.yaml")):
        for row in yaml.safe_load(file.read_text("utf-8")):
            yield file.name.split(".")[1], row["text"], row.get("about", ()), row.get("says", ())


def read_labelled(folder: Path) -> Iterator[tuple[str, str, Sequence[str], Sequence[dict[str, Any]]]]:
    """The labelled sentences: an actor is its state's code, or its name where it has none."""
    for file in sorted(folder.glob("*/*.jsonl")):
        for line in file.read_text("utf-8").splitlines():
            row = json.loads(line)
            says = [s | {side: [row["actors"].get(n) or n for n in s[side]] for side in ("source", "target")} for s in row["says"]]
            yield file.parent.name, row["text"], (), says


def find_gold(shared: Path) -> Iterator[Gold]:
    """The sets that are there."""
    if (shared / "gold").is_dir():
        yield read_texts("seeds", shared / "seeds", shared / "gold/seeds.jsonl")
        yield read_texts("dev", shared / "texts", shared / "gold/dev/statements.jsonl")
    own = ROOT / "tests/coding/texts"
    if own.is_dir():
        yield read_texts("our texts", own, own / "statements.jsonl")
    yield read_sentences("cases", read_cases(ROOT / "tests/coding"), 3)
    yield read_sentences("labelled", read_labelled(ROOT / "training"), 3)


def tabulate(gold: Gold, coded: Sequence[Statement]) -> Iterator[str]:
    """Rows of the table: precision and recall of what is found, F1 at each level; by language and for all."""
    report = compare(gold.statements, [judged(s) for s in coded], {d.id: d.language for d in gold.documents})
    for language, row in [*report.languages.items(), ("all", report.all)]:
        found = row.levels["found"]
        figures = [f"{row.levels[level].f1:.3f}" if number < gold.levels else "" for number, level in enumerate(LEVELS)]
        cells = (gold.name, language, f"{row.gold}", f"{row.system}", f"{found.precision:.3f}", f"{found.recall:.3f}", *figures)
        yield "| " + " | ".join(cells) + " |"


def tell_line(gold: Gold, coded: Sequence[Statement]) -> str:
    """How right what views show is: precision and recall of `typed` at and above the line of confidence."""
    shown = [judged(s) for s in coded if s.confidence >= LINE]
    typed = compare(gold.statements, shown, {d.id: d.language for d in gold.documents}).all.levels["typed"]
    return f"| {gold.name} | {len(shown)} of {len(coded)} | {typed.precision:.3f} | {typed.recall:.3f} |"


def evaluate(shared: Path) -> Iterator[str]:
    """The lines of the whole table."""
    head = ("gold", "language", "statements", "coded", "found P", "found R", *(f"{level} F1" for level in LEVELS))
    yield "| " + " | ".join(head) + " |"
    yield "|---|---|" + "---:|" * (len(head) - 2)
    lines = []
    for gold in find_gold(shared):
        coded = [s for document in gold.documents for s in code(document)]
        yield from tabulate(gold, coded)
        if gold.levels == len(LEVELS):
            lines.append(tell_line(gold, coded))
    yield ""
    yield f"| shown at confidence {LINE:g} and above | statements | typed P | typed R |"
    yield "|---|---:|---:|---:|"
    yield from lines
    yield from compare_peers(shared)


def compare_peers(shared: Path) -> Iterator[str]:
    """The model for types beside its peers, where its training set-up and the data are there."""
    yield ""
    try:
        from bench import plv, un
    except ModuleNotFoundError as error:
        yield f"PLV and UN are left out: {error.name} is not installed (`pip install '.[train]'`)."
        return
    for bench in (plv, un):
        yield from bench.table(shared)
        yield ""


def write_page(lines: Sequence[str]) -> None:
    """Put the table into docs/accuracy.md, between its marks."""
    before, _, rest = PAGE.read_text("utf-8").partition(OPEN)
    PAGE.write_text(before + OPEN + "\n".join(lines).rstrip("\n") + "\n" + rest[rest.index(CLOSE) :], "utf-8")


def main() -> int:
    """Print the table, and write it when asked to."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, default=ROOT.parent / "shared", help="a folder with gold/, seeds/, texts/ and data/")
    parser.add_argument("--write", action="store_true", help="write the table into docs/accuracy.md")
    options = parser.parse_args()
    if not (options.shared / "gold").is_dir():
        print(f"{options.shared}/gold is not there: only our own sets are measured.")
    lines = []
    for line in evaluate(options.shared):
        print(line, flush=True)
        lines.append(line)
    if options.write:
        write_page(lines)
    return 0


if __name__ == "__main__":
    sys.exit(main())
