"""Drafts: what a format's reader makes of a file, before it is cut into sentences; and the limits that all readers keep."""

from __future__ import annotations

import msgspec

from dragoman.reading.layout import Block, Role

LARGEST = 16 * 1024 * 1024
"""Bytes in a file, and characters in a text, above which it is refused."""
DEEPEST = 100
"""Levels of templates, links, tables or elements in one another above which a text is refused; MediaWiki's own limit for templates."""


class Limits(msgspec.Struct, frozen=True):
    """What is refused. largest: bytes of a file or of one document in it. deepest: levels of markup in one another."""

    largest: int = LARGEST
    deepest: int = DEEPEST


class Draft(msgspec.Struct):
    """A text and what its format tells of it ("" for nothing).

    blocks: its headings, list items, fields and paragraphs, None when they are to be found by the look of the lines.
    cites: sources cited, each with its place in the text. pages: where each page begins, for what has pages.
    """

    text: str
    blocks: list[Block] | None = None
    cites: list[tuple[int, str]] = msgspec.field(default_factory=list)
    pages: tuple[int, ...] = ()
    notes: tuple[str, ...] = ()
    title: str = ""
    language: str = ""
    published: str = ""
    source: str = ""
    encoding: str = "utf-8"
    markdown: bool = False


class Writer:
    """Puts a plain text together, block by block, a blank line between any two that are not fields or items of one list."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self.cites: list[tuple[int, str]] = []
        self._parts: list[str] = []
        self._length = 0
        self._apart = False

    def part(self) -> None:
        """What is added next belongs to no block before it."""
        self._apart = True

    def add(self, role: Role, text: str, level: int = 0, cites: list[tuple[int, str]] | None = None) -> None:
        """A block of one line. text: without white space around. cites: places in it and the sources cited there."""
        if not text:
            return
        last = self.blocks[-1] if self.blocks else None
        apart, self._apart = self._apart, False
        gap = "" if last is None else "\n" if last.role == role and role in ("list", "field") and not apart else "\n\n"
        start = self._length + len(gap)
        self._parts += (gap, text)
        self._length = start + len(text)
        if cites:
            self.cites += [(start + place, source) for place, source in cites]
        if gap == "\n" and role == "field" and last is not None:
            last.lines.append((start, self._length))
        else:
            self.blocks.append(Block(role, [(start, self._length)], level, True))

    def text(self) -> str:
        """All that was added."""
        return "".join(self._parts)
