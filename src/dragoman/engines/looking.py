"""The first pass of a build: every document is read and let go, so that all that is wrong is said before anything is written."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from hashlib import blake2b
from itertools import islice
from pathlib import Path

import msgspec

from dragoman.engines.engine import Engine, Lost, in_order, spread
from dragoman.errors import DragomanError, ReadingError
from dragoman.reading import Flaw, Source, read, unfold
from dragoman.record import edition_key, parts

Progress = Callable[[str, int, int], None]
"""Called with what is being done ("reading", "coding", "encoding", "linking"), how much of it is done, and how much there is."""

Item = Source | Flaw

MOST = 50
"""Documents that are handed out together."""
RETRY = "It was set aside; --retry-failed tries it again."

_SHOWN = 20
_WORDS = re.compile(r"\w+")


class Checked(msgspec.Struct, frozen=True):
    """What the first pass keeps of a document that can be read. collection: the file of many that it stands in, else its id.

    place: where it stands, for messages. words: the same for two documents of the same text. size: characters.
    """

    id: str
    key: str
    notes: tuple[str, ...]
    place: str
    collection: str
    words: bytes
    size: int


class Unread(msgspec.Struct, frozen=True):
    """A document that cannot be read. collection: the file of many that it stands in, "" for a file of its own.

    aside: how it is noted, when it is not the document's fault that it is not read: whoever read it died.
    """

    collection: str
    error: DragomanError
    aside: parts.Failure | None = None


def check(
    sources: Sequence[Source], engine: Engine, progress: Progress | None, strict: bool, aside: dict[str, parts.Failure]
) -> tuple[list[Checked | None], list[Unread]]:
    """The first pass: every document is read and let go. What there is of each, in order, None for what cannot be read; and why.

    aside: places of what is not even to be read. Raises one error for all that is wrong with files; with `strict`, and where nothing of a
    collection can be read, also for what is wrong with single documents of one.
    """
    checked: list[Checked | None] = []
    failures: list[Unread] = []
    sound: set[str] = set()
    same: dict[bytes, str] = {}
    few = max(1, min(MOST, len(sources) // 16)) if len(sources) > 1 else MOST
    for result in _look_at(engine, unfold(sources), few, aside):
        if isinstance(result, Unread):
            failures.append(result)
            checked.append(None)
        else:
            sound.add(result.collection)
            if (first := same.setdefault(result.words, result.place)) != result.place:
                result = msgspec.structs.replace(result, notes=(*result.notes, f"The text is the same as that of {first}."))
            checked.append(result)
        if progress:
            progress("reading", len(checked), max(len(checked), len(sources)))
    errors = [failure.error for failure in failures if failure.aside is None and (strict or failure.collection not in sound)]
    if len(errors) == 1:
        raise errors[0]
    if errors:
        shown = "".join(f"\n  {error}" for error in errors[:_SHOWN]) + (
            f"\n  and {len(errors) - _SHOWN:,} more" if len(errors) > _SHOWN else ""
        )
        raise ReadingError(f"{len(errors):,} of {len(checked):,} sources cannot be read; nothing was added.{shown}")
    return checked, failures


def _look_at(engine: Engine, items: Iterable[Item], few: int, aside: Mapping[str, parts.Failure]) -> Iterator[Checked | Unread]:
    """What there is of each item, in order; so many are looked at together. aside: places of what is not looked at."""
    here: dict[int, list[Item]] = {}

    def batches() -> Iterator[tuple[int, list[Item]]]:
        rest = iter(items)
        while batch := list(islice(rest, few)):
            here[number := len(here)] = batch
            yield number, batch

    results = spread(engine, partial(_look_all, _look, dict(aside)), batches())
    for number, pieces in in_order((number, (number, pieces)) for number, pieces in results):
        batch = here[number]
        here[number] = []
        if len(pieces) == 1 and not isinstance(pieces[0], Lost):
            yield from pieces[0]
            continue
        for item, piece in zip(batch, pieces, strict=True):
            yield _lose(item, piece) if isinstance(piece, Lost) else piece[0]


def _look_all(
    look: Callable[[Item], Checked | Unread], aside: Mapping[str, parts.Failure], batch: Sequence[Item]
) -> list[Checked | Unread]:
    """Look at each, but for those that were set aside."""
    return [_pass_over(item, aside[tell_place(item)]) if tell_place(item) in aside else look(item) for item in batch]


def _pass_over(item: Item, known: parts.Failure) -> Unread:
    return Unread(_collection(item), known.error(RETRY), known)


def _lose(item: Item, lost: Lost) -> Unread:
    failure = died("", "", item, lost)
    return Unread(_collection(item), failure.error(), failure)


def died(id: str, key: str, item: Item, lost: Lost) -> parts.Failure:
    """A document that workers die of."""
    what = f"A worker process was ended by the system while it was at work on this document, twice: {lost.why}."
    return parts.Failure(
        id, key, tell_place(item), what, "Most likely memory ran out: run the same command with fewer workers and --retry-failed."
    )


def _collection(item: Item) -> str:
    if isinstance(item, Flaw):
        return str(item.source.path)
    return str(item.path) if item.member else ""


def _look(item: Item) -> Checked | Unread:
    collection = _collection(item)
    if isinstance(item, Flaw):
        return Unread(collection, item.error)
    try:
        document = read(item)
        words, size = _fold(document.text), len(document.text)
        return Checked(document.id, edition_key(document), document.notes, tell_place(item), collection or document.id, words, size)
    except DragomanError as error:
        return Unread(collection, error)
    except Exception as error:
        return Unread(collection, fault("Reading", item, error))


def _fold(text: str) -> bytes:
    """The same for two texts of the same letters and digits."""
    return blake2b("".join(_WORDS.findall(text.casefold())).encode("utf-8", "replace"), digest_size=12).digest()


def tell_place(item: Item) -> str:
    """Where a document stands."""
    if isinstance(item, Flaw):
        return str(item.source.path)
    return item.member.where if item.member else str(item.path)


def fault(what: str, source: Item, error: Exception) -> DragomanError:
    """One text that trips us must not take the others along."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    line = f" in {Path(trace.tb_frame.f_code.co_filename).name}:{trace.tb_lineno}" if trace else ""
    said = f"{what} failed with {type(error).__name__}: {error}{line}."
    return ReadingError(said, tell_place(source), "This is a fault of dragoman; please report it with the text.")
