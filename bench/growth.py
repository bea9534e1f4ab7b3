"""Does time grow with the length of a text only? Prints, for hard units, how much longer eight times the text takes (8 is linear)."""

from __future__ import annotations

import time
from collections.abc import Callable

from dragoman.coding import code
from dragoman.reading import parse

READING = ("\n", " ", "ab\n", "- a\n", "== a ==\n", "a. ", "A. ", ". (A)", "A.[1]", "….", "السوري.", "| a\n", "Key: b\n", "=", "#")
CODING = ("Syria and Peru signed a treaty. ", "وقعت سوريا وبيرو معاهدة. ", "Peru, Chile, Cuba and Mali met. ")
SENTENCE = ("Peru attacked Chile in 1971, and ", "هاجمت بيرو تشيلي في عام 1971، و", "Peru said that ", "وقالت سوريا إن ", "1971 ")
"""Units of one long sentence, which the reader cuts at some 5,000 characters."""


def measure(work: Callable[[], object]) -> float:
    """The least processor seconds of three runs."""
    best = float("inf")
    for _ in range(3):
        begin = time.process_time()
        work()
        best = min(best, time.process_time() - begin)
    return max(best, 1e-4)


def read_units(unit: str, times: int) -> Callable[[], object]:
    """Reading a text of `times` units."""
    text = "Syria.\n" + unit * times
    return lambda: parse(text, "x.en")


def code_units(unit: str, times: int) -> Callable[[], object]:
    """Coding a document of `times` units, read beforehand."""
    document = parse(unit * times, "x", "ar" if unit[0] > "\u0600" else "en")
    return lambda: code(document)


def main() -> None:
    """Print a line for each unit."""
    works = (("reading", READING, read_units, 3_000), ("coding", CODING, code_units, 60), ("sentence", SENTENCE, code_units, 15))
    for name, units, make, size in works:
        for unit in units:
            make(unit, 1)()
            ratio = measure(make(unit, 8 * size)) / measure(make(unit, size))
            print(f"{name:8} {unit.strip()!r:40} x8 text: x{ratio:.1f} time")


if __name__ == "__main__":
    main()
