"""Statements and facts one by one, in one form, for formats that are written entry by entry, in bounded memory."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import groupby

import msgspec

from dragoman.exporting.parts.tables import DOCUMENT, frugal
from dragoman.record import Record
from dragoman.record.store import ORDER
from dragoman.statement import Actor, Kind, Modality

PARTS = ("statements", "facts")
AROUND = 32
"""Code points before and after a quote by which it is found again in a text that has moved a little."""

_HEAD = ("id", "kind", "type", "topic", "source", "target", "issue", "date", "modality", "by")
_QUOTE = ("id", "doc", "language", "start", "end", "quote", "date", "date_from", "modality", "by", "confidence", "coder", "document")


class Quote(msgspec.Struct, frozen=True):
    """One statement's words in their document. document: the key of its edition.

    Where asked for: prefix, suffix: what stands around them; page: of a document that has pages, 0 for none; published: when the document
    was, "" for not said.
    """

    id: str
    doc: str
    language: str
    start: int
    end: int
    quote: str
    date: str
    date_from: str
    modality: Modality
    by: str
    confidence: float
    coder: str
    document: str = ""
    doc_title: str = ""
    doc_subject: str = ""
    doc_edition: str = ""
    doc_source: str = ""
    doc_licence: str = ""
    prefix: str = ""
    suffix: str = ""
    page: int = 0
    published: str = ""


class Entry(msgspec.Struct, frozen=True):
    """A statement, or a fact: what is said, and the quotes that say it (one for a statement)."""

    id: str
    kind: Kind
    type: str
    topic: str
    source: tuple[Actor, ...]
    target: tuple[Actor, ...]
    issue: str
    date: str
    modality: Modality
    by: str
    quotes: tuple[Quote, ...] = ()


def entries(record: Record, what: str, around: bool = False) -> Iterator[Entry]:
    """All that is current of `what` (statements or facts), in the order of every export. around: with what stands around each quote."""
    if what not in record.tables and what == "facts":
        return
    head, quote = msgspec.json.Decoder(Entry), msgspec.json.Decoder(Quote)

    told = ", ".join(name if f"documents.{name}" in record.tables else none for name, none in (("pages", "[]"), ("published", "''")))

    @lru_cache(maxsize=16)
    def text(key: str) -> tuple[str, list[int], str]:  # by itself: to join texts to their statements would need room for all of them
        return next(record.query(f"SELECT text, {told} FROM documents WHERE key = ?", [key]))

    with frugal(record):
        # One JSON text a row, which goes straight into the types.
        for first, rows in groupby(record.query(_sql(what, record.table())), key=lambda row: row[0]):
            quotes = [quote.decode(row[1]) for row in rows]
            if around:
                quotes = [_placed(one, *text(one.document)) for one in quotes]
            yield msgspec.structs.replace(head.decode(first), quotes=tuple(quotes))


def _placed(quote: Quote, text: str, pages: Sequence[int], published: str) -> Quote:
    before, after = text[max(0, quote.start - AROUND) : quote.start], text[quote.end : quote.end + AROUND]
    return msgspec.structs.replace(quote, prefix=before, suffix=after, page=bisect_right(pages, quote.start), published=published)


def _sql(what: str, table: str) -> str:
    alias = "s" if what == "statements" else "f"
    said = [f"'{field}': s.\"{field}\"" for field in _QUOTE] + [f"'doc_{field}': d.\"{field}\"" for field in DOCUMENT]
    fields = ", ".join(f"'{field}': {alias}.\"{field}\"" for field in _HEAD)
    columns = f"to_json({{{fields}}})::VARCHAR, to_json({{{', '.join(said)}}})::VARCHAR"
    told = f"{table} s JOIN current_documents d ON d.key = s.document"
    if what == "statements":
        sorting = ", ".join(f"s.{name.strip()}" for name in ORDER.split(","))
        return f"SELECT {columns} FROM {told} ORDER BY {sorting}"
    each = "(SELECT *, unnest(statements) AS one, unnest(range(len(statements))) AS place FROM facts)"
    return f"SELECT {columns} FROM {each} f JOIN {told} ON s.id = f.one ORDER BY f.ordinal, f.id, f.place"
