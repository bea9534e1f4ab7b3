"""What a page is before it is HTML, JSON or CSV, and what it was asked: all of it stands in the address."""

from __future__ import annotations

import csv
import io
import math
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, TypeVar
from urllib.parse import quote, urlencode

import msgspec

from dragoman.answers.facts import Entry
from dragoman.answers.page import interface, languages
from dragoman.errors import QueryError
from dragoman.record import Record
from dragoman.statement import Actor, Statement

T = TypeVar("T")
SIZE = 100
"""Rows of a page of a list."""


class MissingError(QueryError):
    """What is asked for by its id is not there."""


class RefusedError(QueryError):
    """Who asks may not do that."""


class TooManyError(QueryError):
    """More questions than the server answers."""


class View(msgspec.Struct, frozen=True):
    """A page. names: what its template uses besides the pieces. data: its JSON twin. rows: makes those of its CSV twin."""

    template: str
    title: str
    names: dict[str, Any]
    data: Any
    rows: Callable[[], Iterable[Mapping[str, Any]]]


class Part(msgspec.Struct, frozen=True):
    """One page of a list. number: from 1. pages: how many there are. total: rows in all."""

    rows: Sequence[Any]
    number: int
    pages: int
    total: int

    @property
    def first(self) -> int:
        """The number of the first row in the whole list."""
        return (self.number - 1) * SIZE + 1


class Asked:
    """What an address asks for. name: of the page. kind: "html", "json" or "csv". values: the parameters that are not empty."""

    def __init__(self, record: Record, name: str, values: Mapping[str, str], kind: str = "html") -> None:
        self.record, self.name, self.kind = record, name, kind
        self.values = {key: value for key, value in values.items() if value != ""}
        self.ui = self.values.get("ui", "en")
        if self.ui not in languages():
            self.ui, chosen = "en", self.ui
            interface(chosen)
        self.words = interface(self.ui, "dragoman.web")

    def get(self, key: str) -> str | None:
        """The value of a parameter; None when it is not there."""
        return self.values.get(key)

    def need(self, key: str) -> str:
        """The value of a parameter. Raises QueryError when it is not there."""
        if key not in self.values:
            raise QueryError(f"The address does not say {key!r}.", "", f"Add ?{key}= to it, or begin at the first page.")
        return self.values[key]

    def some(self, key: str) -> list[str] | None:
        """The values of a parameter between commas; None when it is not there."""
        return [part for part in self.values[key].split(",") if part.strip()] if key in self.values else None

    def number(self, key: str, default: int, low: int, high: int) -> int:
        """A parameter as a number from `low` to `high`. Raises QueryError."""
        text = self.values.get(key, str(default))
        if not re.fullmatch("[0-9]{1,9}", text) or not low <= int(text) <= high:
            raise QueryError(f"{key} is {text[:40]!r}.", "", f"It is a number from {low} to {high}.")
        return int(text)

    def cut(self, rows: Sequence[Any]) -> Part:
        """The page of a list that is asked for."""
        return self.part(len(rows), lambda limit, skip: rows[skip : skip + limit])

    def part(self, total: int, read: Callable[[int, int], Iterable[Any]]) -> Part:
        """The page of a list of `total` rows. read: at most so many rows, after so many. Raises QueryError for one that there is not."""
        pages = max(1, math.ceil(total / SIZE))
        number = self.number("page", 1, 1, pages)
        return Part(list(read(SIZE, (number - 1) * SIZE)), number, pages, total)

    def address(self, name: str, /, **values: object) -> str:
        """The address of a page, in the language of this one."""
        chosen = {key: str(value) for key, value in values.items() if value not in (None, "")}
        anchor = f"#s-{quote(chosen['at'], safe='')}" if "at" in chosen else ""
        if self.ui != "en":
            chosen.setdefault("ui", self.ui)
        if chosen.get("ui") == "en":
            del chosen["ui"]
        query = urlencode(chosen)
        return f"/{'' if name == 'home' else name}{'?' if query else ''}{query}{anchor}"

    def here(self, **changed: object) -> str:
        """The address of this page with some parameters changed; None takes one away."""
        return self.address(self.name, **{**self.values, **changed})

    def twin(self, kind: str) -> str:
        """The address of this page as JSON or CSV."""
        return self.address(f"{self.name}.{kind}", **self.values)


def write_csv(rows: Iterable[Mapping[str, Any]]) -> bytes:
    """Rows under the names of their columns, UTF-8 with its mark. What a spreadsheet would take for a formula has a ' before it."""
    stream = io.StringIO()
    writer: Any = None
    for row in rows:
        if writer is None:
            writer = csv.DictWriter(stream, list(row))
            writer.writeheader()
        writer.writerow({key: _plain(value) for key, value in row.items()})
    return stream.getvalue().encode("utf-8-sig", "replace")


def _plain(value: Any) -> Any:
    return f"'{value}" if isinstance(value, str) and re.match(r"[=+@\t\r]|-(?!\d)", value) else value


def tell(statement: Statement, **more: Any) -> dict[str, Any]:
    """A statement as a row."""
    row = {name: getattr(statement, name) for name in ("date", "kind", "type", "topic")}
    row |= {"source": _actors(statement.source), "target": _actors(statement.target)}
    row |= {
        name: getattr(statement, name)
        for name in ("issue", "modality", "by", "id", "doc", "language", "start", "end", "quote", "confidence")
    }
    return more | row


def tell_entries(entries: Iterable[Entry]) -> list[dict[str, Any]]:
    """A row for each statement of each fact; `fact` and `fact_date` are of the fact."""
    return [tell(statement, fact=entry.id, fact_date=entry.when) for entry in entries for statement in entry.statements]


def _actors(actors: Iterable[Actor]) -> str:
    return "; ".join(dict.fromkeys(actor.code or actor.name for actor in actors))
