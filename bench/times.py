"""Time expressions on WikiWars and on the project's probes, beside HeidelTime: `python bench/times.py [--shared DIR]`.

Prints the speed of tagging, then precision, recall and F1 of our expressions and of HeidelTime's (what it found is
kept with the data), by the same matching. Needs the shared data; says so and stops when it is not there.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import re
import sys
import time
from pathlib import Path
from types import ModuleType
from typing import Any

from dragoman.coding.calendar import write_timex
from dragoman.coding.running import Clock
from dragoman.coding.times import Found, Tagger
from dragoman.statement import When

def read_module(path: Path) -> ModuleType:
    """A Python file that is no part of the project, as a module."""
    spec = importlib.util.spec_from_file_location(path.stem, path)
    if spec is None or spec.loader is None:
        raise SystemExit(f"{path}: not a Python file.")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def tag(documents: list[dict[str, str]]) -> dict[str, list[dict[str, Any]]]:
    """Our rows by document, read and placed as `dragoman times` does; a range is two, as the gold has it."""
    found: dict[str, list[dict[str, Any]]] = {}
    for document in documents:
        parsed = parse(document["text"], document["doc"], language=document["language"])
        found[document["doc"]] = [msgspec.structs.asdict(row) for row in rows(parsed, ends=True)]
    return found


def print_speed(documents: list[dict[str, str]]) -> None:
    """Sentences a second, tagging alone, over sentences as they come in the texts."""
    tagger = Tagger("en")
    sentences = [d["text"][a:b] for d in documents for _, a, b in split(d["text"])]
    begin = time.process_time()
    for sentence in sentences:
        tagger.tag(sentence)
    seconds = time.process_time() - begin
    words = sum(len(s.split()) for s in sentences) / len(sentences)
    print(f"speed: {len(sentences) / seconds:,.0f} sentences a second of processor time ({len(sentences)} sentences of {words:.0f} words)")


def print_score(name: str, scorer: ModuleType, gold: Any, system: Any) -> None:
    """One line of F1 figures."""
    counts = scorer.score(gold, system)[0]
    figures = {k: scorer.prf(counts[k], counts["g"], counts["s"]) for k in ("strict", "relaxed", "value")}
    print(f"{name:12}" + "  ".join(f"{k} P {p:.1f} R {r:.1f} F1 {f:.1f}" for k, (p, r, f) in figures.items()))


def print_probes(probes: ModuleType) -> None:
    """Each probe and what is read in it; then how many give a date."""
    for language, lines in (("en", probes.EN), ("ar", probes.AR)):
        tagger, dated = Tagger(language), 0
        for line in lines:
            whens = tagger.tag(line)
            dated += any(w.edtf for w in whens)
            print(f"  {line}: " + ("; ".join(f"{line[w.start : w.end]} = {w.edtf or 'needs the narrative'}" for w in whens) or "nothing"))
        print(f"probes, {language}: {dated} of {len(lines)} dated on their own")


def main() -> int:
    """Print everything."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, default=Path(__file__).parents[2] / "shared")
    shared = parser.parse_args().shared
    data = shared / "data" / "time"
    if not data.is_dir():
        print(f"{data} is not there: nothing measured.")
        return 0
    documents = [json.loads(line) for line in (data / "wikiwars-en.docs.jsonl").read_text("utf-8").splitlines()]
    scorer = read_module(shared / "gold" / "score_time.py")
    gold = scorer.load(data / "wikiwars-en.gold.jsonl")
    print_probes(read_module(data / "probes.py"))
    print_speed(documents)
    print_score("dragoman", scorer, gold, tag(documents))
    print_score("HeidelTime", scorer, gold, scorer.load(data / "system" / "wikiwars-en.heideltime221-narr-nopos.jsonl"))
    return 0


if __name__ == "__main__":
    sys.exit(main())
