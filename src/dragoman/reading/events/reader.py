"""Files of event data, read row by row. What cannot be used is told with its line; the rest is read."""

from __future__ import annotations

import csv
import datetime
import re
from collections.abc import Callable, Iterator
from functools import lru_cache, partial
from pathlib import Path

import msgspec

from dragoman import edtf
from dragoman.errors import QueryError, ReadingError
from dragoman.languages.states import registry, resolve
from dragoman.reading.events import crosswalk
from dragoman.reading.events.layouts import GDELT, NEEDED

_JOINED = 100
"""Lines that one quoted field may run over; a quotation mark that is never closed spoils no more than its own line."""
_SIGNS = {b"PK\x03\x04": "a ZIP archive", b"\x1f\x8b": "a gzip archive", b"BZh": "a bzip2 archive", b"PAR1": "a Parquet file"}
_NOTHING = frozenset({"", "none", "null", "na", "nan", "---"})
# Whose forces, crowds or civilians an ACLED actor is: "Military Forces of Syria (2000-2024)", "Protesters (Pakistan)".
_OF = re.compile(r"\b(?:Forces|Government) of (?:the )?([^(]++)")
_IN_BRACKETS = re.compile(r"\(([^()\d]+)\)\s*$")
# CAMEO's codes of states are ISO's but for these.
_CAMEO_STATES = {"ROM": "ROU", "BRI": "GBR"}


class Foreign(msgspec.Struct, frozen=True):
    """An event of others. line: where it stands. date: EDTF. types: all of ours that theirs (`label`) can mean. source, target: codes."""

    line: int
    id: str
    date: str
    label: str
    types: tuple[str, ...]
    source: tuple[str, ...]
    target: tuple[str, ...]
    text: str = ""


class Trouble(msgspec.Struct, frozen=True):
    """What could not be used, in how many rows, and the line of the first."""

    line: int
    what: str
    rows: int = 1


class Read(msgspec.Struct, frozen=True):
    """What a file holds. rows: how many it has. first, last: the days that they span, "" when none has a date."""

    layout: str
    rows: int
    events: tuple[Foreign, ...]
    troubles: tuple[Trouble, ...]
    first: str = ""
    last: str = ""


class _BadRowError(Exception):
    """A row that says nothing that can be used."""


def read_events(path: Path, layout: str = "", keep: Callable[[Foreign], bool] = lambda event: True) -> Read:
    """The events of a file that `keep` wants. layout: polecat, icews, gdelt or acled; told by the columns when it is not given.

    Raises ReadingError for what is no such file, QueryError for an unknown layout.
    """
    if layout and layout not in NEEDED:
        raise QueryError(f"There is no layout {layout!r}.", "", f"There is {', '.join(NEEDED)}.")
    try:
        with path.open("rb") as file:
            start = file.read(4)
        for sign, kind in _SIGNS.items():
            if start.startswith(sign):
                raise ReadingError(f"The file is {kind}.", str(path), "Unpack it first, to text with tabs or commas.")
        with path.open(encoding="utf-8-sig", errors="replace", newline="") as lines:
            return _read(path, lines, layout, keep)
    except OSError as error:
        raise ReadingError(f"It cannot be read: {error.strerror or error}.", str(path), "Check the path and its permissions.") from error


def _read(path: Path, lines: Iterator[str], layout: str, keep: Callable[[Foreign], bool]) -> Read:
    first = next(lines, "")
    layout, columns, delimiter = _recognise(first, layout, path)
    parse, troubles = _PARSERS[layout], dict[str, tuple[int, int]]()
    events, rows, begin, end = list[Foreign](), 0, edtf.LAST, edtf.FIRST

    def note(line: int, what: str) -> None:
        since, count = troubles.get(what, (line, 0))
        troubles[what] = (since, count + 1)

    numbered = enumerate(lines, 2) if columns[0] == first.rstrip("\r\n").split(delimiter)[0].strip('"') else _all(first, lines)
    for line, fields in _rows(numbered, delimiter, len(columns), note):
        rows += 1
        row = dict(zip(columns, fields, strict=True))
        try:
            event = parse(line, row, partial(note, line))
        except _BadRowError as error:
            note(line, str(error))
            continue
        lower, upper = edtf.days(event.date)
        if lower > edtf.FIRST and upper < edtf.LAST:
            begin, end = min(begin, lower), max(end, upper)
        if event.types and keep(event):
            events.append(event)
    told = tuple(Trouble(line, what, count) for what, (line, count) in sorted(troubles.items(), key=lambda item: item[1][0]))
    days = ("", "") if begin > end else tuple(f"{day[0]:04}-{day[1]:02}-{day[2]:02}" for day in (begin, end))
    return Read(layout, rows, tuple(events), told, days[0], days[1])


def _all(first: str, lines: Iterator[str]) -> Iterator[tuple[int, str]]:
    yield 1, first
    yield from enumerate(lines, 2)


def _recognise(first: str, layout: str, path: Path) -> tuple[str, tuple[str, ...], str]:
    """The layout of a file by its first line, its columns, and what stands between them."""
    if not first.strip():
        raise ReadingError("The file is empty.", str(path))
    for delimiter in ("\t", ",", ";"):
        columns = tuple(field.strip() for field in next(csv.reader([first.rstrip("\r\n")], delimiter=delimiter)))
        for name in (layout,) if layout else NEEDED:
            if set(NEEDED[name]) <= set(columns):
                return name, columns, delimiter
    if layout in ("", "gdelt") and first.count("\t") == len(GDELT) - 1:
        return "gdelt", GDELT, "\t"
    known = {name: f"{name}: {', '.join(NEEDED[name][:5])}" for name in NEEDED} | {"gdelt": f"gdelt (2.0): {len(GDELT)}, with tabs"}
    advice = "Columns are needed as follows. " + "; ".join(known[name] for name in ((layout,) if layout else NEEDED))
    raise ReadingError(f"The columns are not those of {layout or 'a layout that is known'}.", f"{path}:1", advice + ".")


def _rows(
    numbered: Iterator[tuple[int, str]], delimiter: str, width: int, note: Callable[[int, str], None]
) -> Iterator[tuple[int, list[str]]]:
    """The rows, each with the line it begins on. A quoted field may hold line breaks; a lone quotation mark is a character."""
    waiting: list[tuple[int, str]] = []
    for number, text in numbered:
        waiting.append((number, text))
        while waiting:
            whole = "".join(part for _, part in waiting).rstrip("\r\n")
            fields = _split(whole, delimiter, width)
            if fields is not None:
                yield waiting[0][0], fields
            elif whole.count('"') % 2 and len(waiting) < _JOINED:
                break
            elif whole.strip():
                found = waiting[0][1].rstrip("\r\n").count(delimiter) + 1
                note(waiting[0][0], f"{found} columns where there should be {width}")
                rest = waiting[1:]
                yield from _rows(iter(rest), delimiter, width, note)
            waiting = []
    if waiting:
        note(waiting[0][0], "a quotation mark that is not closed")
        yield from _rows(iter(waiting[1:]), delimiter, width, note)


def _split(text: str, delimiter: str, width: int) -> list[str] | None:
    """The fields of a row when they are as many as there are columns."""
    if delimiter == "\t" and (plain := text.split("\t")) and len(plain) == width and "\n" not in text:
        return [field[1:-1].replace('""', '"') if len(field) > 1 and field[0] == field[-1] == '"' else field for field in plain]
    if text.count('"') % 2:
        return None
    try:
        fields = next(csv.reader([text], delimiter=delimiter), [])
    except csv.Error:
        return None
    return fields if len(fields) == width else None


def _polecat(line: int, row: dict[str, str], note: Callable[[str], None]) -> Foreign:
    types = crosswalk.from_plover(row["Event Type"].strip())
    if types is None:
        raise _BadRowError(f"no type {row['Event Type']!r}")
    sides = [_codes(row[f"{whose} Country"].split(";"), note) for whose in ("Actor", "Recipient")]
    text = row.get("Event Mode", "")
    return Foreign(line, row.get("Event ID", ""), _date(row), row["Event Type"], types, sides[0], sides[1], text)


def _icews(line: int, row: dict[str, str], note: Callable[[str], None]) -> Foreign:
    types = _cameo(row["CAMEO Code"])
    sides = [_codes([row[f"{whose} Country"]], note) for whose in ("Source", "Target")]
    text = row.get("Event Text", "")
    return Foreign(line, row.get("Event ID", ""), _date(row), row["CAMEO Code"], types, sides[0], sides[1], text)


def _gdelt(line: int, row: dict[str, str], note: Callable[[str], None]) -> Foreign:
    types = _cameo(row["EventCode"])
    sides = [_known(row[f"Actor{number}CountryCode"]) for number in (1, 2)]
    return Foreign(line, row["GLOBALEVENTID"], _day(row["SQLDATE"]), row["EventCode"], types, sides[0], sides[1], row["SOURCEURL"])


def _acled(line: int, row: dict[str, str], note: Callable[[str], None]) -> Foreign:
    types = crosswalk.from_acled(row["event_type"].strip())
    if types is None:
        raise _BadRowError(f"no type {row['event_type']!r}")
    sides = [_holder(row[name]) for name in ("actor1", "actor2")]
    date = _day(row["event_date"], row.get("time_precision", "1").strip())
    return Foreign(line, row["event_id_cnty"], date, row["event_type"], types, sides[0], sides[1], row.get("notes", ""))


_PARSERS = {"polecat": _polecat, "icews": _icews, "gdelt": _gdelt, "acled": _acled}


def _cameo(code: str) -> tuple[str, ...]:
    word = code.strip()
    types = crosswalk.from_cameo(word if len(word) > 1 else f"0{word}")  # spreadsheets drop the zero of 04
    if types is None:
        raise _BadRowError(f"no CAMEO code {code!r}")
    return types


def _date(row: dict[str, str]) -> str:
    """The day of an event, or the less exact date that an export of Dragoman has beside it."""
    date = row.get("EDTF Date", "").strip()
    if not date or row["Event Date"].strip():
        return _day(row["Event Date"])
    try:
        edtf.days(date)
    except QueryError as error:
        raise _BadRowError(f"no date {date!r}") from error
    return date


def _day(text: str, precision: str = "1") -> str:
    """A day as ISO, GDELT (20140217) or ACLED (17 February 2014) write it, to EDTF; less exact where ACLED says so."""
    word = text.strip()
    day = None
    for form in ("%Y-%m-%d", "%Y%m%d", "%d %B %Y", "%d-%B-%Y", "%Y-%m-%d %H:%M:%S"):
        try:
            day = datetime.datetime.strptime(word, form).date()
            break
        except ValueError:
            continue
    if day is None:
        raise _BadRowError(f"no date {text!r}" if word else "no date")
    if precision == "3":
        return f"{day:%Y-%m}"
    if precision == "2":
        week = datetime.timedelta(days=7)
        return f"{day - week}/{day + week}"
    return day.isoformat()


def _codes(names: list[str], note: Callable[[str], None]) -> tuple[str, ...]:
    found = dict[str, None]()
    for name in (part.strip() for part in names):
        if name.lower() in _NOTHING:
            continue
        if code := _state(name):
            found[code] = None
        else:
            note(f"no state is known as {name!r}; the row is read without it")
    return tuple(found)


def _known(code: str) -> tuple[str, ...]:
    """CAMEO's code of a state; its codes of regions are none."""
    own = _CAMEO_STATES.get(code.strip(), code.strip())
    return (own,) if own in registry("en") else ()


def _holder(name: str) -> tuple[str, ...]:
    for pattern in (_OF, _IN_BRACKETS):
        if (found := pattern.search(name)) and (code := _state(found[1].strip())):
            return (code,)
    return ()


@lru_cache(maxsize=4096)
def _state(name: str) -> str:
    try:
        return resolve(name, ["en"])
    except QueryError:
        return ""
