"""What being held to the text costs a second reader that is always right: `python -m bench.reader [--shared DIR]`.

A model that tells the gold statements themselves, sentence by sentence as it is asked, with their names, codes and dates (in EDTF; the gold
has no words for them). What comes out by the levels of `dragoman evaluate`, alone and beside the rules, and what is refused.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from dragoman.answers.evaluation import LEVELS, compare, judged, read_gold
from dragoman.coding import RULES, DocumentCoder
from dragoman.coding.second import BothCoder, ModelCoder
from dragoman.prompting import Answer, Prompt
from dragoman.reading import find, read
from dragoman.statement import Document

TRUST = 0.95
"""Of a model that is always right, but for what the rules know better."""
SETS = (("gold/seeds.jsonl", "seeds"), ("gold/dev/statements.jsonl", "texts"))


class Oracle:
    """Answers with the gold of one document."""

    name = "gold"

    def __init__(self, document: Document, gold: Sequence[dict[str, Any]]) -> None:
        self.document, self.gold = document, gold

    def ask(self, prompts: Sequence[Prompt]) -> list[Answer]:
        """What the gold says of the sentences asked about."""
        return [Answer(json.dumps({"statements": self._tell(json.loads(prompt.text)["sentences"])})) for prompt in prompts]

    def _tell(self, sentences: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
        told = []
        for sentence in sentences:
            start = self.document.text.find(sentence["text"])
            for row in self.gold if "n" in sentence else ():
                if start <= row["start"] < start + len(sentence["text"]):
                    plain = {name: row.get(name, "") for name in ("quote", "kind", "type", "topic", "issue", "modality", "by")}
                    date = row.get("date", "") if row.get("date_from") == "sentence" else ""
                    told.append(
                        plain | {"sentence": sentence["n"], "date": date} | {side: _actors(row[side]) for side in ("source", "target")}
                    )
        return told


def _actors(side: Sequence[dict[str, str]] | None) -> list[dict[str, str]]:
    return [{name: actor.get(name, "") for name in ("name", "code", "sector")} for actor in side or ()]


def main() -> int:
    """Print the figures of each set."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, default=Path(__file__).parents[2] / "shared", help="a folder with gold/, seeds/ and texts/")
    options = parser.parse_args()
    if not (options.shared / "gold").is_dir():
        print(f"{options.shared / 'gold'} is not there: nothing to measure.")
        return 0
    for file, folder in SETS:
        _measure(options.shared / file, options.shared / folder)
    return 0


def _measure(file: Path, folder: Path) -> None:
    rows = [json.loads(line) for line in file.read_text("utf-8").splitlines() if line.strip()]
    documents = {document.id: document for document in map(read, find([folder]))}
    gold = read_gold(file)
    print(f"{file.name}: {len(gold)} gold statements in {len(documents)} texts")
    print(f"  {'':8}{'coded':>6}  " + "  ".join(f"{level:>20}" for level in LEVELS))
    reasons: Counter[str] = Counter()
    for name in ("rules", "model", "both"):
        system = []
        for id, document in documents.items():
            oracle = Oracle(document, [row for row in rows if row["doc"] == id])
            coder: DocumentCoder = RULES if name == "rules" else ModelCoder(oracle) if name == "model" else BothCoder(oracle, TRUST)
            system += [judged(statement) for statement in coder.code(document)]
            if name == "model" and isinstance(coder, ModelCoder):
                reasons.update(coder.told.refused)
                reasons.update({f"left empty: {reason}": number for reason, number in coder.told.dropped.items()})
        row = compare(gold, system, {id: document.language for id, document in documents.items()}).all
        figures = (row.levels[level] for level in LEVELS)
        print(f"  {name:8}{row.system:>6}  " + "  ".join(f"P {f.precision:.3f} R {f.recall:.3f}".rjust(20) for f in figures))
    for reason, number in reasons.most_common():
        print(f"    {number:>4}  {reason}")


if __name__ == "__main__":
    sys.exit(main())
