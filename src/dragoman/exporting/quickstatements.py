"""QuickStatements (version 1): diplomatic relations for Wikidata, each with its dates, its quote and where that stands.

Wikidata takes only what a person has checked, so only facts are written all of whose statements a person has accepted or corrected; of
other facts those statements alone that are. One thing is said, and both ways: diplomatic relation (P530), where two states are said to
have relations.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import permutations
from typing import BinaryIO
from urllib.parse import urlsplit

from dragoman.answers.judged import accepted
from dragoman.errors import QueryError
from dragoman.exporting.parts.entries import Entry, Quote, entries
from dragoman.exporting.parts.wikidata import ITEMS
from dragoman.record import Record

PARTS = ("facts",)
_DATE = re.compile(r"(\d{4})(?:-(0[1-9]|1[0-2]))?(?:-(\d\d))?", re.ASCII)
_ADDRESS = re.compile(r"https?://[^\s\"|<>]+")


def write(record: Record, stream: BinaryIO, what: str = "facts") -> int:
    """Write what is accepted to `stream`; how many lines. Raises QueryError when nothing is."""
    checked = accepted(record)
    if not checked:
        advice = "Wikidata takes only what somebody has checked: accept statements with `dragoman judge` or on the page Review."
        raise QueryError("No fact of this record has been accepted by a person.", str(record.path), advice)
    count = 0
    for line in lines(_accepted(record, checked)):
        stream.write(line.encode())
        count += 1
    return count


def _accepted(record: Record, checked: set[str]) -> Iterator[Entry]:
    """The facts that are accepted, then the statements that are accepted apart from any."""
    told: set[str] = set()
    for fact in entries(record, "facts"):
        ids = {quote.id for quote in fact.quotes}
        if ids <= checked:
            told |= ids
            yield fact
    yield from (one for one in entries(record, "statements") if one.id in checked - told)


def lines(checked: Iterable[Entry]) -> Iterator[str]:
    """The lines for facts that a person has accepted; none for what is no asserted relation of two states that Wikidata has items of."""
    for entry in checked:
        states = sorted({actor.code for actor in (*entry.source, *entry.target) if actor.code and not actor.sector})
        others = [actor for actor in (*entry.source, *entry.target) if not actor.code or actor.sector]
        if (entry.kind, entry.type, entry.modality) != ("tie", "RELATIONS", "asserted") or entry.topic != "diplomacy":
            continue
        if len(states) != 2 or others or not all(code in ITEMS for code in states):
            continue
        tail = [*_dates(entry.date), *_sources(entry.quotes)]
        for one, other in permutations(states):
            yield "\t".join([ITEMS[one], "P530", ITEMS[other], *tail]) + "\n"


def _dates(date: str) -> Iterator[str]:
    """Qualifiers: point in time (P585), or start and end time (P580, P582). A date that Wikidata's precisions cannot say is left out."""
    first, interval, last = date.partition("/")
    for name, text in (("P580", first), ("P582", last)) if interval else (("P585", first),):
        if match := _DATE.fullmatch(text):
            year, month, day = match.groups()
            yield name
            yield f"+{year}-{month or '00'}-{day or '00'}T00:00:00Z/{11 if day else 10 if month else 9}"


def _sources(quotes: Iterable[Quote]) -> Iterator[str]:
    """A reference for each quote with an address: reference URL (S854), of Wikipedia its import URL (S4656), and quotation (S1683)."""
    for quote in quotes:
        if not _ADDRESS.fullmatch(quote.doc_source):
            continue
        host = urlsplit(quote.doc_source).hostname or ""
        # "!S" begins a further reference; what follows it with "S" belongs to the same.
        yield f"!{'S4656' if host == 'wikipedia.org' or host.endswith('.wikipedia.org') else 'S854'}"
        yield f'"{quote.doc_source}"'
        words = " ".join(quote.quote.split()).replace('"', "'")
        yield "S1683"
        yield f'{quote.language.split("-")[0]}:"{words}"'
