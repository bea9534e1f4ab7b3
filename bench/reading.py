"""How fast wikitext is read, beside mwparserfromhell in the same run; what hostile markup costs; and a dump in constant memory.

Usage: python bench/reading.py [--pages N]
"""

from __future__ import annotations

import argparse
import bz2
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import mwparserfromhell
from mwparserfromhell.parser import use_c

from dragoman.reading import Limits, Member, Source, find, read, unfold, wikitext
from dragoman.reading.collection import Flaw
from dragoman.reading.manifest import Entry

STATES = (
    "Egypt", "Jordan", "Iraq", "Syria", "Lebanon", "Turkey", "Iran", "Pakistan", "India", "China", "Japan", "Peru", "Chile", "Brazil",
    "Kenya", "Ghana", "France", "Spain", "Italy", "Greece",
)  # fmt: skip
VERBS = (
    "signed a treaty with",
    "recalled its ambassador from",
    "condemned",
    "opened an embassy in",
    "exported wheat to",
    "met the envoy of",
)
UNITS = ("{{a|", "[[", "<div>", "\n{|\n|-\n|a", "[http://a ", "[[a|{{b|", "<ref>", "<ref name=a ", "<!--", "}}", "<math>", "&#")


def make_page(number: int) -> str:
    """An article as articles are: an infobox, prose with links and references, a list, a table, an appendix."""
    draw = random.Random(number)
    a, b = draw.sample(STATES, 2)
    parts = [
        f"{{{{Infobox bilateral relations|{a}–{b}|{a}|{b}|mission1=[[Embassy of {a}]]|mission2=[[Embassy of {b}]]}}}}\n"
        f"'''{a}–{b} relations''' are the [[Foreign relations|ties]] between [[{a}]] and [[{b}]].\n"
    ]
    for section in range(draw.randint(2, 5)):
        parts.append(f"\n== Section {section} ==\n")
        for _ in range(draw.randint(2, 6)):
            year = draw.randint(1920, 2020)
            parts.append(
                f"In {year} [[{a}]] {draw.choice(VERBS)} [[{b}]], and the two governments, "
                f"whose [[foreign minister|ministers]] had met before, announced that they would go on with what had "
                f"been agreed. The ''press'' of both capitals wrote about it for weeks."
                f"<ref name=r{year}>{{{{cite news|title=News of {year}|url=https://news.example/{year}"
                f"|date=1 May {year}|newspaper=The Desk}}}}</ref> "
            )
        parts.append("\n")
    rows = "\n".join(f"|-\n| {draw.randint(1950, 2020)} || [[{draw.choice(STATES)}]]" for _ in range(4))
    parts.append(
        f"* Trade in [[oil]]\n* Flights\n{{| class=wikitable\n! Year !! Visit\n{rows}\n|}}\n"
        "== References ==\n{{reflist}}\n[[Category:Relations]]\n"
    )
    return "".join(parts)


def best(work: Callable[[], object], runs: int = 5) -> float:
    """The least processor seconds of some runs."""
    return min(timed(work) for _ in range(runs))


def timed(work: Callable[[], object]) -> float:
    """Processor seconds of one run."""
    begin = time.process_time()
    work()
    return time.process_time() - begin


def measure_speed() -> None:
    """Wikitext to plain text with its structure, beside the library that parses wikitext."""
    pages = [make_page(number) for number in range(300)]
    size = sum(map(len, pages)) / 1e6
    few = pages[:40]
    wikitext.read(pages[0], "en", "x")
    sources = [
        Source(Path("x.xml"), None, Entry("x.xml", language="en"), Member(f"p{n}.en", page, ".wiki", "x")) for n, page in enumerate(pages)
    ]
    ours = size / best(lambda: [wikitext.read(page, "en", "x") for page in pages])
    whole = size / best(lambda: [read(source) for source in sources], 2)
    parse = sum(map(len, few)) / 1e6 / best(lambda: [mwparserfromhell.parse(page) for page in few], 2)
    strip = sum(map(len, few)) / 1e6 / best(lambda: [mwparserfromhell.parse(page).strip_code() for page in few], 2)
    print(f"wikitext, {len(pages)} pages of {size * 1e6 / len(pages):,.0f} characters, MB a second of processor time in one process")
    print(f"  plain text, structure and sources   {ours:6.2f}   (goal 5)")
    print(f"  the same, cut into sentences        {whole:6.2f}")
    print(f"  mwparserfromhell, parsed            {parse:6.2f}   (C tokenizer: {'yes' if use_c else 'no'})")
    print(f"  mwparserfromhell, to plain text     {strip:6.2f}")
    print(f"  ratio to parsing                    {ours / parse:6.1f}")


def measure_growth() -> None:
    """Markup that is never closed: 8 is linear, 64 the square."""
    print("what eight times as much of unclosed markup takes (8 is linear; mwparserfromhell beside it, of a tenth as much)")
    for unit in UNITS:
        ours = best(lambda: wikitext.read(unit * 24_000, "en", "x", Limits(deepest=10**9)), 2) / max(  # noqa: B023
            best(lambda: wikitext.read(unit * 3_000, "en", "x", Limits(deepest=10**9)), 3),  # noqa: B023
            1e-4,
        )
        peer = timed(lambda: mwparserfromhell.parse(unit * 1_200)) / max(timed(lambda: mwparserfromhell.parse(unit * 150)), 1e-4)  # noqa: B023
        print(f"  {unit.strip()!r:16} x{ours:5.1f}   mwparserfromhell x{peer:5.1f}")


def write_dump(path: Path, pages: int) -> float:
    """A dump of so many pages; its unpacked size in MB."""
    head = '<mediawiki xml:lang="en"><siteinfo><base>https://wiki.example/wiki/Main</base></siteinfo>\n'
    texts = [make_page(number).replace("&", "&amp;").replace("<", "&lt;") for number in range(200)]

    def parts() -> Iterator[str]:
        yield head
        for number in range(pages):
            stamp = "<timestamp>2024-01-01T00:00:00Z</timestamp>"
            revision = f"<revision><id>{number}</id>{stamp}<text>{texts[number % 200]} {number}</text></revision>"
            yield f"<page><title>Page {number}</title><ns>0</ns><id>{number}</id>{revision}</page>\n"
        yield "</mediawiki>"

    size = 0
    with bz2.open(path, "wt", compresslevel=1) as file:
        for part in parts():
            size += file.write(part)
    return size / 1e6


def read_dump(path: Path) -> None:
    """Read all of a dump and let each page go; print how many, how long, and the peak of memory."""
    begin, count, flaws = time.process_time(), 0, 0
    for item in unfold(find([path])):
        if isinstance(item, Flaw):
            flaws += 1
        else:
            count += len(read(item).sentences) > 0
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        f"  {count:,} pages read, {flaws} flaws, {time.process_time() - begin:.0f} s, peak memory {peak:.0f} MB   (goal: under 500, flat)"
    )


def main() -> None:
    """Print all figures; each dump is read in a process of its own, so that its memory is its own."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, default=5_000, help="pages of the dump; 100000 for the goal")
    parser.add_argument("--read", type=Path, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.read:
        read_dump(arguments.read)
        return
    measure_speed()
    measure_growth()
    with tempfile.TemporaryDirectory() as folder:
        for pages in (arguments.pages // 10, arguments.pages):
            path = Path(folder) / "dump.xml.bz2"
            size = write_dump(path, pages)
            print(f"a dump of {pages:,} pages, {size:,.0f} MB, {path.stat().st_size / 1e6:,.0f} MB packed", flush=True)
            subprocess.run([sys.executable, __file__, "--read", str(path)], check=True)


if __name__ == "__main__":
    main()
