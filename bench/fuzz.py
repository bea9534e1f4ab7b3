"""Feeds readers, time tagger and coder with what nobody would write: `python bench/fuzz.py [--inputs N] [--seed N] [--keep DIR]`.

Each input is drawn by a seed (fragments in two languages and all formats, glued, repeated, cut and spoilt), so that a number tells it:
`--only N` feeds that one again. No input may end in anything but a result or one of dragoman's own errors, quotes must stand where they
say, and none of 100 KB may take more than a second of processor time (`--limit`). What fails is named by its number and kept in `--keep`.
With `--atheris` the coverage-guided fuzzer draws the inputs instead (pip install atheris).
"""

from __future__ import annotations

import argparse
import importlib
import random
import signal
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from dragoman.coding import code
from dragoman.coding.times import Tagger
from dragoman.errors import DragomanError
from dragoman.reading import Flaw, find, read, unfold

FRAGMENTS = (
    "Pakistan condemned the attack on the Syrian embassy in 1981.", "The Syrian foreign minister visited Islamabad on 17 February 2014.",
    "أدانت باكستان الهجوم في دمشق عام 2013.", "زار وزير الخارجية السوري إسلام آباد", "between 1973 and 1977", "in the 1970s",
    "على مدى السنوات", "17 February", "== Ties ==", "{{Infobox|a=b}}", "[[Iraq|the Iraqis]]", "<ref>", "</ref>", "{|", "|-", "|}", "'''",
    "<div>", "</div>", "<p lang=ar>", "<table><tr><td>", "# Heading", "* item", "- item", "```", "> quote", "|a|b|", "---", "&amp;",
    "&#x202e;", "\u202e", "\u2066", "\ufeff", "\x00", "\ud7ff", "😀", "e\u0301", "ـــ", "(", ")", "[", "]", "{", "}", '"', "“", "”", "«",
    "»", "،", "؛", "؟", ".", "…", "–", "—", "'", "’s", " ", "\n", "\n\n", "\r\n", "\t", "\u00a0", "\u2028", "who", "that", "which",
    "said", "denied", "not", "never", "the", "of", "and", "و", "الذي", "قال", "لم", "U.S.", "B.C.", "vs.", "Mr.", "1", "1948", "-1",
    "31/12/1999", "2014-02-17T00:00:00Z", "12,345.6", "١٩٤٨", "٪", "https://example.org/a?b=c", "a" * 60, "Al-", "ال", '{"text":', '"}',
    "\\u00e9", ",", ";", "id,text",
)  # fmt: skip
FORMATS = (".en.txt", ".ar.txt", ".en.md", ".en.wiki", ".ar.wiki", ".en.html", ".jsonl", ".csv", ".xml")
LARGEST = 100_000


def draw(number: int, seed: int) -> tuple[str, bytes]:
    """Input `number`: the ending of its file, and its bytes."""
    chance = random.Random(f"{seed} {number}")
    pieces: list[str] = []
    size = chance.choice((40, 200, 1000, 1000, 4000) if number % 200 else (LARGEST,))
    while sum(map(len, pieces)) < size:
        piece = chance.choice(FRAGMENTS)
        pieces.append(piece * chance.choice((1, 1, 1, 1, 2, 7, max(1, size // (2 * len(piece))))) + chance.choice(("", " ", " ", "\n")))
    data = "".join(pieces)[:size].encode("utf-8", "surrogatepass")
    ending = chance.choice(FORMATS)
    if ending == ".jsonl" and chance.random() < 0.7:
        import json

        data = json.dumps({"text": "".join(pieces)[:size], "language": chance.choice(("en", "ar"))}).encode()
    if chance.random() < 0.2:
        spoilt = bytearray(data)
        for _ in range(chance.randint(1, 8)):
            spoilt[chance.randrange(len(spoilt))] = chance.randrange(256)
        data = bytes(spoilt)
    return ending, data


def feed(folder: Path, ending: str, data: bytes) -> int:
    """Read, code and check one file; how many statements it has. Raises what nobody has foreseen."""
    path = folder / f"x{ending}"
    path.write_bytes(data)
    count = 0
    try:
        for item in unfold(find([path])):
            if isinstance(item, Flaw):
                continue
            document = read(item)
            for sentence in document.sentences:
                Tagger(document.language).tag(document.text, sentence.start, sentence.end)
            for one in code(document):
                count += 1
                if document.text[one.start : one.end] != one.quote:
                    raise AssertionError(f"A quote does not stand where it says: {one.quote[:60]!r}")
    except DragomanError:
        pass
    finally:
        path.unlink(missing_ok=True)
    return count


class TooLongError(Exception):
    """An input took more processor time than it may."""


def within(seconds: float, work: Callable[[], int]) -> int:
    """What the work gives, TooLongError after so many seconds of processor time."""

    def stop(number: int, frame: object) -> None:
        raise TooLongError(f"more than {seconds} s of processor time")

    before = signal.signal(signal.SIGVTALRM, stop)
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds)
    try:
        return work()
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


def run(folder: Path, inputs: range, seed: int, limit: float, keep: Path | None) -> int:
    """Feed them all; how many failed."""
    for ending in (".en.txt", ".ar.txt"):  # what is loaded once counts for none
        feed(folder, ending, "Pakistan met Syria in 1948. زار وزير الخارجية السوري إسلام آباد عام 1948.".encode())
    failed = statements = 0
    begin = time.process_time()
    for number in inputs:
        ending, data = draw(number, seed)
        try:
            statements += within(limit, lambda ending=ending, data=data: feed(folder, ending, data))  # type: ignore[misc]
        except Exception as error:
            failed += 1
            print(f"input {number} (seed {seed}, {ending}, {len(data):,} bytes): {type(error).__name__}: {str(error)[:200]}", flush=True)
            if keep is not None:
                keep.mkdir(exist_ok=True)
                (keep / f"{seed}-{number}{ending}").write_bytes(data)
    spent = time.process_time() - begin
    print(f"{len(inputs):,} inputs, {statements:,} statements, {failed} failed, {len(inputs) / max(spent, 1e-9):,.0f} a second")
    return failed


def run_atheris(folder: Path, inputs: int, keep: Path) -> None:
    """Let atheris draw them: it instruments the rooms and follows what is covered."""
    atheris = importlib.import_module("atheris")

    keep.mkdir(exist_ok=True)

    def one(data: bytes) -> None:
        ending = FORMATS[data[0] % len(FORMATS)] if data else ".en.txt"
        feed(folder, ending, data[1:])

    atheris.Setup([sys.argv[0], f"-runs={inputs}", "-max_len=4096", "-timeout=20", str(keep)], one)
    atheris.Fuzz()


def main() -> int:
    """Feed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--inputs", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--only", type=int)
    parser.add_argument("--limit", type=float, default=1.0)
    parser.add_argument("--keep", type=Path)
    parser.add_argument("--atheris", action="store_true")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        if options.atheris:
            run_atheris(Path(name), options.inputs, options.keep or Path(name) / "corpus")
            return 0
        inputs = range(options.inputs) if options.only is None else range(options.only, options.only + 1)
        return 1 if run(Path(name), inputs, options.seed, options.limit, options.keep) else 0


if __name__ == "__main__":
    sys.exit(main())
