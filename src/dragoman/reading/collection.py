"""Collections: files that hold many documents, opened one document after the other."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

import msgspec

from dragoman.errors import DragomanError, ReadingError
from dragoman.reading import dump, naming, tables
from dragoman.reading.source import Source

_READERS: dict[str, Callable[[Source], Iterator[Source | ReadingError]] | Callable[[Source], Iterator[Source | DragomanError]]] = {
    ".jsonl": tables.read_lines,
    ".ndjson": tables.read_lines,
    ".csv": tables.read_rows,
    ".tsv": tables.read_rows,
    ".xml": dump.read,
    ".bz2": dump.read,
}
ENDINGS = tuple(_READERS)


class Flaw(msgspec.Struct, frozen=True):
    """A document of a collection that cannot be had, or the end of one that is damaged; the others can be read."""

    source: Source
    error: DragomanError


def unfold(sources: Iterable[Source]) -> Iterator[Source | Flaw]:
    """The sources, in place of each collection its documents. Two documents of one id: the second is a flaw.

    What is wrong with a collection is given as a flaw in its place; nothing is raised.
    """
    seen: set[str] = set()
    for source in sources:
        reader = _READERS.get(source.path.suffix.lower())
        if reader is None or source.member is not None:
            yield source
            continue
        try:
            for item in reader(source):
                if isinstance(item, DragomanError):
                    yield Flaw(source, item)
                elif item.member is not None and item.member.id in seen:
                    what = f"There is a document {item.member.id!r} before it."
                    yield Flaw(source, ReadingError(what, item.member.where, "Give each an id of its own; only the first is read."))
                else:
                    seen.add(item.member.id if item.member else "")
                    yield item
        except DragomanError as error:
            yield Flaw(source, error)
        except FileNotFoundError:
            yield Flaw(source, ReadingError("There is no such file.", naming.show(source.path), "Check the path, or the link."))
        except OSError as error:
            advice = "Check its permissions."
            yield Flaw(source, ReadingError(f"The file cannot be read: {error.strerror}.", naming.show(source.path), advice))
