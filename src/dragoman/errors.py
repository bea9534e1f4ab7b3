"""The one tree of errors: each says what was wrong, where, and what to do."""

from __future__ import annotations


class DragomanError(Exception):
    """Any failure that a user can do something about.

    what: what was wrong, one sentence. where: file, line and column, or the like. advice: what to do.
    """

    def __init__(self, what: str, where: str = "", advice: str = "") -> None:
        super().__init__(what, where, advice)
        self.what, self.where, self.advice = what, where, advice

    def __str__(self) -> str:
        place = f"{self.where}: " if self.where else ""
        return f"{place}{self.what}" + (f" {self.advice}" if self.advice else "")


class ReadingError(DragomanError):
    """A source cannot be read: missing, empty, binary, undecodable, too large, a bad manifest."""


class LanguageError(DragomanError):
    """A language has no folder, or one of its files breaks the schema."""


class RecordError(DragomanError):
    """A record cannot be opened or written: not ours, newer, locked, disk full."""


class QueryError(DragomanError):
    """A question names a state, statement, date or type that is not known."""


class UnknownNameError(QueryError):
    """A name that is that of no state."""


class EncodingError(DragomanError):
    """A sentence encoder is unknown, not installed, or has other weights than it should."""


class ModelError(DragomanError):
    """A language model gives no answer: not to be reached, refused, limits used up. What it was asked for is left for another time."""
