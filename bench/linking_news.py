"""How long linking takes: `python bench/linking_news.py [--documents N]`. Goal: 1,000 documents of news in under 5 minutes.

The news is made up, from a fixed seed: each document reports acts of two states on one day; one in four has an Arabic version of the
same subject. Coded first, then linked into the record; then one more document is added and linked, and the bundled example is compared.
"""

from __future__ import annotations

import argparse
import random
import tempfile
import time
from importlib import resources
from pathlib import Path

import dragoman
from dragoman.languages.states import names

STATES = ("PAK", "SYR", "IND", "TUR", "IRN", "EGY", "FRA", "USA", "RUS", "CHN", "SAU", "JOR", "IRQ", "DEU", "GBR", "ITA")
MONTHS = ("January", "March", "May", "July", "September", "November")
ARABIC_MONTHS = ("يناير", "مارس", "مايو", "يوليو", "سبتمبر", "نوفمبر")
ENGLISH = (
    "{a} condemned the attack on the {b} embassy on {day} {month} {year}.",
    "The foreign minister of {a} visited {b} on {day} {month} {year} and met the president.",
    "{a} and {b} signed a trade agreement on {day} {month} {year}.",
    "On {day} {month} {year} {a} sent {number} tonnes of medical aid to {b}.",
    "{a} expressed its opposition to foreign intervention in {b} in {month} {year}.",
    "Officials of {a} said that {b} had closed its consulate in {month} {year}.",
    "{a} urged {b} to release {number} prisoners on {day} {month} {year}.",
    "The two governments will hold further talks next year, officials of {b} said.",
    "{a} imposed sanctions on {number} companies from {b} in {month} {year}.",
    "{b} denied any support for the opposition in {a}.",
)
ARABIC = (
    "أدانت {a} الهجوم على سفارة {b} في {day} {month} {year}.",
    "زار وزير خارجية {a} {b} في {day} {month} {year} والتقى الرئيس.",
    "وقعت {a} و{b} اتفاقية تجارية في {day} {month} {year}.",
    "أرسلت {a} {number} طنا من المساعدات الطبية إلى {b} في {day} {month} {year}.",
    "أعربت {a} عن معارضتها للتدخل الأجنبي في {b} في {month} {year}.",
)


def write(folder: Path, count: int) -> None:
    """The texts: three in four English alone, one in four a pair under one subject."""
    chance = random.Random(5)
    for number in range(count - count // 5):
        a, b = chance.sample(STATES, 2)
        when = chance.randrange(6)
        fields = {"day": chance.randint(1, 28), "year": chance.choice((2016, 2017, 2018)), "number": chance.randint(3, 900)}
        english = fields | {"a": names(a, "en"), "b": names(b, "en"), "month": MONTHS[when]}
        told = chance.sample(range(len(ENGLISH)), 8)
        body = " ".join(ENGLISH[index].format(**english) for index in told)
        (folder / f"news{number:05}.en.txt").write_text(body + "\n", "utf-8")
        if number % 4 == 0:
            arabic = fields | {"a": names(a, "ar"), "b": names(b, "ar"), "month": ARABIC_MONTHS[when]}
            body = " ".join(ARABIC[index].format(**arabic) for index in told if index < len(ARABIC)) or ARABIC[0].format(**arabic)
            (folder / f"news{number:05}.ar.txt").write_text(body + "\n", "utf-8")


def main() -> int:
    """Print seconds."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=int, default=1000)
    count = parser.parse_args().documents
    with tempfile.TemporaryDirectory() as name:
        folder, record = Path(name) / "texts", Path(name) / "news.duckdb"
        folder.mkdir()
        write(folder, count)
        coded = dragoman.build([folder], record, link=False)
        statements = sum(coded.statements.values())
        print(f"documents {coded.documents}, sentences {coded.sentences}, statements {statements}, coded in {coded.seconds:.1f} s")
        linked = dragoman.build([folder], record)
        print(f"linked in {linked.seconds:.1f} s: {linked.facts} facts, {linked.conflicts} conflicts")
        (folder / "news99999.en.txt").write_text("France condemned the attack on the Syrian embassy on 3 May 2017.\n", "utf-8")
        print(f"one more document in {dragoman.build([folder], record).seconds:.1f} s")
        with resources.as_file(resources.files("dragoman") / "example") as example:
            dragoman.build(sorted(example.glob("*.txt")), record)
        with dragoman.open(record) as opened:
            started = time.perf_counter()
            opened.compare("pakistan-syria")
            print(f"two versions compared in {time.perf_counter() - started:.2f} s")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
