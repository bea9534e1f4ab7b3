"""Every regular expression of the package on what is hardest for it: `python bench/patterns.py [--all]`.

The patterns are those that the modules hold, and those that are compiled while texts of every language are read, coded, linked and asked
about. For each repetition in a pattern a text is made of what it repeats, again and again, with an end on which it must fail; the time that
eight times as much takes tells how it grows: about 8 is linear, 64 quadratic, and an exponential one never ends. Prints those above 20 that
take more than a fiftieth of a second for 16,000 letters, and exits 1 when there are any.
"""

from __future__ import annotations

import argparse
import importlib
import pkgutil
import re
import signal
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

constants: Any = importlib.import_module("re._constants")
parser: Any = importlib.import_module("re._parser")

SHORT, LONG, BRIEF = 2_000, 16_000, 300
STEEP, NOTICEABLE, LIMIT = 20.0, 0.02, 5.0

Key = tuple[str, int]


def collect() -> dict[Key, str]:
    """Each pattern with its flags, and the file that it is compiled in."""
    found: dict[Key, str] = {}
    honest = re.compile

    def compile(pattern: Any, flags: Any = 0) -> Any:
        frame = sys._getframe(1)
        file = frame.f_code.co_filename
        made = honest(pattern, flags)
        if "/dragoman/" in file and isinstance(made.pattern, str):
            found[made.pattern, made.flags] = f"{file.rpartition('/dragoman/')[2]}:{frame.f_lineno}"
        return made

    re.compile = compile
    try:
        _exercise()
    finally:
        re.compile = honest
    return found


def _exercise() -> None:
    """Load every module and everything that the languages say, as a build and a question do."""
    import dragoman

    for module in pkgutil.walk_packages(dragoman.__path__, "dragoman."):
        if not module.name.endswith("__main__"):
            try:
                importlib.import_module(module.name)
            except ImportError:
                continue  # an extra that is not installed
    example = Path(dragoman.__file__).parent / "example"
    with tempfile.TemporaryDirectory() as folder:
        texts = Path(folder) / "texts"
        texts.mkdir()
        marked = "'''Iraq''' met [[Jordan]] in 1947.<ref>A book</ref> {{Infobox|a=b}}\n== Ties ==\n* One.\n"
        (texts / "a.en.wiki").write_text(marked, "utf-8")
        (texts / "b.en.html").write_text("<html lang=en><h1>Ties</h1><p>Iraq met Jordan on 3 May 1947.</p></html>", "utf-8")
        (texts / "c.csv").write_text("id,language,text\n1,en,Iraq met Jordan in 1947.\n", "utf-8")
        dragoman.build([example, texts], Path(folder) / "r.duckdb")
        with dragoman.open(Path(folder) / "r.duckdb") as record:
            for question in ("Who visited Islamabad in 2014?", "متى زار وزير الخارجية السوري إسلام آباد؟"):
                record.ask(question)
            record.compare("pakistan-syria")
            record.timeline("Pakistan", "سوريا")
            record.export(Path(folder) / "o.ical", "ical")


def attacks(pattern: str, flags: int, size: int) -> Iterator[str]:
    """Texts of about that size: what each repetition of the pattern repeats, and then what no pattern expects."""
    bodies = dict.fromkeys(_bodies(parser.parse(pattern, flags), []))
    for lead, body in bodies:
        for end in ("", "\x00", body[:-1] + "\x00" if len(body) > 1 else "\x01"):
            yield lead + body * max(1, size // len(body)) + end


def _bodies(parsed: Any, lead: list[str]) -> Iterator[tuple[str, str]]:
    """What each repetition repeats, with what stands before it."""
    before = list(lead)
    for part in parsed:
        operator, value = part
        if operator in (constants.MAX_REPEAT, constants.MIN_REPEAT, constants.POSSESSIVE_REPEAT):
            _, most, inner = value
            body = _sample(inner)
            if most > 20 and body:
                yield "".join(before), body
            yield from _bodies(inner, before)
        elif operator is constants.SUBPATTERN:
            yield from _bodies(value[-1], before)
        elif operator is constants.BRANCH:
            for branch in value[1][:40]:
                yield from _bodies(branch, before)
        elif operator in (constants.ASSERT, constants.ASSERT_NOT):
            yield from _bodies(value[1], before)
        elif operator is constants.ATOMIC_GROUP:
            yield from _bodies(value, before)
        before.append(_sample([part]))


_CATEGORIES = {
    constants.CATEGORY_DIGIT: "1", constants.CATEGORY_SPACE: " ", constants.CATEGORY_WORD: "a",
    constants.CATEGORY_NOT_DIGIT: "a", constants.CATEGORY_NOT_SPACE: "a", constants.CATEGORY_NOT_WORD: "-",
}  # fmt: skip


def _sample(parsed: Any) -> str:
    """A short text that the pattern matches, about."""
    out = []
    for operator, value in parsed:
        if operator is constants.LITERAL:
            out.append(chr(value))
        elif operator is constants.NOT_LITERAL:
            out.append("a" if value != ord("a") else "b")
        elif operator is constants.ANY:
            out.append("a")
        elif operator is constants.IN:
            out.append(_member(value))
        elif operator in (constants.MAX_REPEAT, constants.MIN_REPEAT, constants.POSSESSIVE_REPEAT):
            out.append(_sample(value[2]) * max(1, min(value[0], 50)))
        elif operator is constants.SUBPATTERN:
            out.append(_sample(value[-1]))
        elif operator is constants.BRANCH:
            out.append(_sample(value[1][0]))
        elif operator is constants.ATOMIC_GROUP:
            out.append(_sample(value))
    return "".join(out)


def _member(members: Any) -> str:
    negated = members[0][0] is constants.NEGATE
    if not negated:
        operator, value = members[0]
        if operator is constants.LITERAL:
            return chr(value)
        if operator is constants.RANGE:
            return chr(value[0])
        return _CATEGORIES.get(value, "a") if operator is constants.CATEGORY else "a"
    pattern = re.compile("[^" + "".join(_write(member) for member in members[1:]) + "]")
    return next((letter for letter in 'a1 -.,;|[]{}<>="\n' if pattern.match(letter)), "é")


def _write(member: Any) -> str:
    operator, value = member
    if operator is constants.LITERAL:
        return re.escape(chr(value))
    if operator is constants.RANGE:
        return f"{re.escape(chr(value[0]))}-{re.escape(chr(value[1]))}"
    names = {constants.CATEGORY_DIGIT: r"\d", constants.CATEGORY_SPACE: r"\s", constants.CATEGORY_WORD: r"\w"}
    return names.get(value, "")


class TooLongError(Exception):
    """A search was stopped."""


def spend(pattern: re.Pattern[str], text: str, limit: float = LIMIT) -> float:
    """Processor seconds that all matches of a pattern in a text take; TooLongError after some."""

    def stop(number: int, frame: object) -> None:
        raise TooLongError

    before = signal.signal(signal.SIGVTALRM, stop)
    signal.setitimer(signal.ITIMER_VIRTUAL, limit)
    begin = time.process_time()
    try:
        for _ in pattern.finditer(text):
            pass
        pattern.match(text)
        pattern.fullmatch(text)
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)
    return time.process_time() - begin


def judge(pattern: str, flags: int) -> tuple[float, float, str] | None:
    """Seconds for the long text, how much more than for the short one, and the text's beginning; None where all is well."""
    made = re.compile(pattern, flags)
    for short, long in zip(attacks(pattern, flags, SHORT), attacks(pattern, flags, LONG), strict=True):
        try:
            spent = spend(made, long)
            if spent > NOTICEABLE:
                spent = min(spent, spend(made, long))
                growth = spent / max(min(spend(made, short), spend(made, short)), 1e-6)
                if growth > STEEP and spent > NOTICEABLE:
                    return spent, growth, long[:40]
        except TooLongError:
            return LIMIT, float("inf"), long[:40]
    return None


def is_endless(pattern: str, flags: int) -> str:
    """The text, of some hundred letters, on which a pattern takes seconds: only an exponential one does. "" where there is none."""
    made = re.compile(pattern, flags)
    for text in attacks(pattern, flags, BRIEF):
        try:
            spend(made, text, 1.0)
        except TooLongError:
            return text
    return ""


def main() -> int:
    """Print what is steep."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--all", action="store_true", help="name every pattern")
    options = arguments.parse_args()
    patterns, steep = collect(), 0
    for (pattern, flags), where in sorted(patterns.items(), key=lambda item: item[1]):
        found = judge(pattern, flags)
        if found:
            steep += 1
            print(f"{where}: {found[0]:.2f} s, {found[1]:.0f} times the time for 8 times {found[2]!r}: {pattern[:100]!r}", flush=True)
        elif options.all:
            print(f"{where}: well: {pattern[:100]!r}")
    print(f"{len(patterns)} patterns, {steep} steep")
    return 1 if steep else 0


if __name__ == "__main__":
    sys.exit(main())
