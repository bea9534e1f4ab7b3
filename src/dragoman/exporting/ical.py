"""iCalendar (RFC 5545): an all-day event for each statement or fact whose date is one day, or days from one to another.

A month, a year or an open interval is no day, and is left out. What did not happen, or is only planned or disputed, says so in its
summary. DTSTAMP, which the format asks for, is the first day of 1970 throughout: a record holds no times of day.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from typing import BinaryIO

from dragoman.exporting.parts.entries import PARTS as PARTS
from dragoman.exporting.parts.entries import Entry, entries
from dragoman.languages.states import names
from dragoman.record import Record
from dragoman.statement import Actor

_DAYS = re.compile(r"(\d{4}-\d\d-\d\d)(?:/(\d{4}-\d\d-\d\d))?", re.ASCII)
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
_WIDTH = 75
"""Octets of a line, without its end; a longer one goes on in the next, after a space."""


def write(record: Record, stream: BinaryIO, what: str = "statements") -> int:
    """Write the dated ones of `what` (statements or facts) to `stream`; how many there were."""
    _lines(stream, "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Dragoman//Record//EN", "CALSCALE:GREGORIAN")
    count = 0
    for entry in entries(record, what):
        if days := _days(entry.date):
            _lines(stream, *_event(entry, *days))
            count += 1
    _lines(stream, "END:VCALENDAR")
    return count


def _days(date: str) -> tuple[datetime.date, datetime.date] | None:
    """The first day, and the one after the last; None for what is not days."""
    match = _DAYS.fullmatch(date)
    if match is None:
        return None
    try:
        first, last = (datetime.date.fromisoformat(day) for day in (match[1], match[2] or match[1]))
        return first, last + datetime.timedelta(days=1)
    except (ValueError, OverflowError):  # the year 0, or the last of all days
        return None


def _event(entry: Entry, first: datetime.date, end: datetime.date) -> Iterator[str]:
    quote = entry.quotes[0]
    yield "BEGIN:VEVENT"
    yield f"UID:{entry.id}@dragoman.invalid"
    yield "DTSTAMP:19700101T000000Z"
    yield f"DTSTART;VALUE=DATE:{first:%Y%m%d}".replace(f"{first:%Y}", f"{first.year:04}", 1)
    yield f"DTEND;VALUE=DATE:{end:%Y%m%d}".replace(f"{end:%Y}", f"{end.year:04}", 1)
    yield f"SUMMARY:{_text(_summary(entry))}"
    told = "\n".join(f"{one.quote} ({one.doc} {one.start}-{one.end})" for one in entry.quotes)
    yield f"DESCRIPTION:{_text(told)}"
    yield f"CATEGORIES:{entry.type or entry.kind.upper()}"
    if quote.doc_source.startswith(("http://", "https://")) and not re.search(r"\s", quote.doc_source):
        yield f"URL:{quote.doc_source}"
    yield "TRANSP:TRANSPARENT"
    yield "END:VEVENT"


def _summary(entry: Entry) -> str:
    sides = [", ".join(map(_name, side)) for side in (entry.source, entry.target) if side]
    said = "" if entry.modality == "asserted" else f" ({entry.modality}{f' by {entry.by}' if entry.by else ''})"
    return f"{entry.type or entry.kind}: {' → '.join(sides)}{said}"


def _name(actor: Actor) -> str:
    return names(actor.code, "en") if actor.code else actor.name


def _text(text: str) -> str:
    plain = _CONTROL.sub(" ", text.replace("\r\n", "\n").replace("\r", "\n"))
    return plain.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")


def _lines(stream: BinaryIO, *lines: str) -> None:
    for line in lines:
        data = line.encode()
        while len(data) > _WIDTH:
            cut = _WIDTH
            while data[cut] & 0xC0 == 0x80:  # inside a character
                cut -= 1
            stream.write(data[:cut] + b"\r\n")
            data = b" " + data[cut:]
        stream.write(data + b"\r\n")
