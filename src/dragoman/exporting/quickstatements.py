"""QuickStatements (version 1): diplomatic relations for Wikidata, each with its dates, its quote and where that stands.

Wikidata takes only what a person has checked, so only accepted facts are written. A record holds no judgements yet: `write` says so, and
`lines` is ready for them. One thing is said, and both ways: diplomatic relation (P530), where two states are said to have relations.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import permutations
from typing import BinaryIO
from urllib.parse import urlsplit

from dragoman.errors import QueryError
from dragoman.exporting.parts.entries import Entry, Quote
from dragoman.exporting.parts.wikidata import ITEMS
from dragoman.record import Record

PARTS = ("facts",)
_DATE = re.compile(r"(\d{4})(?:-(0[1-9]|1[0-2]))?(?:-(\d\d))?", re.ASCII)
_ADDRESS = re.compile(r"https?://[^\s\"|<>]+")


def write(record: Record, stream: BinaryIO, what: str = "facts") -> int:
    """Raises QueryError: no fact of a record is accepted yet, and what nobody has checked is not for Wikidata."""
    raise QueryError(
        "No fact of this record has been accepted by a person.",
        str(record.path),
        "Wikidata takes only what somebody has checked; this version of dragoman keeps no judgements yet.",
    )


def lines(accepted: Iterable[Entry]) -> Iterator[str]:
    """The lines for facts that a person has accepted; none for what is no asserted relation of two states that Wikidata has items of."""
    for entry in accepted:
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
