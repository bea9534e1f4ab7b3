"""The engine for one machine: read everything once to find what is wrong, then read, code and add, document by document.

The record is the same for any number of workers: documents are added in the order of their sources.
"""

from __future__ import annotations

import multiprocessing
import os
import re
import signal
import time
from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from functools import partial
from hashlib import blake2b
from pathlib import Path
from typing import Protocol, TypeVar

import msgspec

from dragoman.answers.index import Index
from dragoman.coding import RULES, DocumentCoder
from dragoman.engines.interrupts import undisturbed
from dragoman.engines.linking import link_record
from dragoman.errors import DragomanError, ModelError, QueryError, ReadingError
from dragoman.reading import Flaw, Limits, Source, find, read, unfold
from dragoman.reading.collection import ENDINGS as COLLECTIONS
from dragoman.record import Record, edition_key
from dragoman.record.file import check_place, remove
from dragoman.statement import Document, Statement

Progress = Callable[[str, int, int], None]
"""Called with what is being done, how many sources are done, and how many there are."""

T = TypeVar("T")
Item = Source | Flaw

_SHOWN = 20
_WORDS = re.compile(r"\w+")


class Run(Protocol):
    """Runs a function over sources; gives what it gave, in the order of the sources."""

    def __call__(self, function: Callable[[Item], T], sources: Iterable[Item], /) -> Iterator[T]:
        """One result for each source."""


class Summary(msgspec.Struct, frozen=True):
    """What a build did, and what the record holds after it (current editions only).

    added, editions, recoded, unchanged: documents that were new, came in another edition, were coded by another version, or were
    there already. facts, conflicts: how many linking has found.
    failed: documents that could not be coded, with the reason. notes: what reading had to assume, a line each.
    """

    added: int
    editions: int
    recoded: int
    unchanged: int
    failed: tuple[str, ...]
    notes: tuple[str, ...]
    documents: int
    sentences: int
    statements: dict[str, int]
    facts: int
    conflicts: int
    seconds: float


class _Checked(msgspec.Struct, frozen=True):
    """What the first pass keeps of a document that can be read. collection: the file of many that it stands in, else its id.

    place: where it stands, for messages. words: the same for two documents of the same text.
    """

    id: str
    key: str
    notes: tuple[str, ...]
    place: str
    collection: str
    words: bytes


class _Failure(msgspec.Struct, frozen=True):
    """A document that cannot be read. collection: the file of many that it stands in, "" for a file of its own."""

    collection: str
    error: DragomanError


def build(
    paths: Iterable[str | os.PathLike[str]],
    record: str | os.PathLike[str],
    workers: int = 1,
    progress: Progress | None = None,
    link: bool = True,
    *,
    strict: bool = False,
    titles: str = "",
    category: str = "",
    limits: Limits = Limits(),  # noqa: B008 - immutable
    coder: DocumentCoder = RULES,
) -> Summary:
    """Read, code and link `paths` (files, or folders with all that is in them) into the record at `record`, made when it is missing.

    link: whether to link at the end what is not linked yet, of this build or an earlier one (engines/linking.py).
    workers: processes; a script that asks for more than one needs the guard `if __name__ == "__main__"`.
    titles, category: which articles of a dump are wanted. limits: what is refused. coder: who makes the statements.
    Raises ReadingError and LanguageError for what cannot be read, all of it at once and with the record untouched; RecordError.
    Single documents of a file of many are left out and named among `failed` instead, unless `strict`. Where a language model that is
    asked gives no more answers, the documents that are left are, in one line, too.
    Interrupted at any time, it keeps the documents that were done; the same call goes on from there.
    """
    if workers < 1:
        raise QueryError(f"{workers} workers cannot do anything.", "", "Ask for 1 or more.")
    started, place = time.perf_counter(), Path(record)
    check_place(place)
    sources = find([Path(path) for path in paths], limits, titles, category)
    done, made = Counter[str](), False
    single = all(source.path.suffix.lower() not in COLLECTIONS for source in sources)
    with _runner(min(workers, len(sources) or 1) if single else workers) as run:
        checked, unread = _check(sources, run, progress, strict)
        try:
            with Record.open(place, create=True) as opened:
                made = opened.made
                failed = unread + _add(opened, sources, checked, run, done, progress, coder)
                Index(opened).update()
                counts = opened.counts()
                if failed and not counts.documents:
                    raise failed[0]
                if link:
                    link_record(opened, progress)
                facts = opened.count("facts")
                conflicts = opened.count("conflicts")
        except BaseException:
            if made and not done.total():
                remove(place)
            raise
    return Summary(
        added=done["added"],
        editions=done["edition"],
        recoded=done["recoded"],
        unchanged=done["unchanged"],
        failed=tuple(map(str, failed)),
        notes=tuple(f"{one.place}: {note}" for one in checked if one is not None for note in one.notes),
        documents=counts.documents,
        sentences=counts.sentences,
        statements=counts.statements,
        facts=facts,
        conflicts=conflicts,
        seconds=time.perf_counter() - started,
    )


def _check(
    sources: Sequence[Source], run: Run, progress: Progress | None, strict: bool
) -> tuple[list[_Checked | None], list[DragomanError]]:
    """The first pass: every document is read and let go. What there is of each, in order, None for what cannot be read; and why.

    Raises one error for all that is wrong with files; with `strict`, and where nothing of a collection can be read, also for what is
    wrong with single documents of one.
    """
    checked: list[_Checked | None] = []
    failures: list[_Failure] = []
    sound: set[str] = set()
    same: dict[bytes, str] = {}
    for number, result in enumerate(run(_look, unfold(sources)), 1):
        if isinstance(result, _Failure):
            failures.append(result)
            checked.append(None)
        else:
            sound.add(result.collection)
            if (first := same.setdefault(result.words, result.place)) != result.place:
                result = msgspec.structs.replace(result, notes=(*result.notes, f"The text is the same as that of {first}."))
            checked.append(result)
        if progress:
            progress("reading", number, max(number, len(sources)))
    errors = [failure.error for failure in failures if strict or failure.collection not in sound]
    if len(errors) == 1:
        raise errors[0]
    if errors:
        shown = "".join(f"\n  {error}" for error in errors[:_SHOWN]) + (
            f"\n  and {len(errors) - _SHOWN:,} more" if len(errors) > _SHOWN else ""
        )
        raise ReadingError(f"{len(errors):,} of {len(checked):,} sources cannot be read; nothing was added.{shown}")
    return checked, [failure.error for failure in failures]


def _add(
    record: Record,
    sources: Sequence[Source],
    checked: Sequence[_Checked | None],
    run: Run,
    done: Counter[str],
    progress: Progress | None,
    coder: DocumentCoder,
) -> list[DragomanError]:
    """The second pass: read, code and add what the record does not hold yet. Counts into `done`; gives what failed."""
    held = {id: (key, coder) for id, key, coder in record.query("SELECT id, key, coder FROM current")}
    failed: list[DragomanError] = []
    kept = [one is not None and held.get(one.id) == (one.key, coder.version) for one in checked]
    unchanged, total = sum(kept), sum(one is not None for one in checked)
    done.update({"unchanged": unchanged} if unchanged else {})
    if unchanged == total:
        return failed
    due = (item for item, one, known in zip(unfold(sources), checked, kept, strict=False) if one is not None and not known)
    code = partial(_code, coder)
    for number, result in enumerate(run(code, due) if coder.copies else map(code, due), 1):
        if isinstance(result, ModelError):
            left = total - unchanged - number + 1
            what = f"{left:,} document{'s are' if left != 1 else ' is'} not coded yet: {result.what}"
            failed.append(ModelError(what, result.where, result.advice))
            break
        if isinstance(result, DragomanError):
            failed.append(result)
        else:
            with undisturbed():
                done[record.add(*result, coder.version)] += 1
        if progress:
            progress("coding", unchanged + number, total)
    return failed


def _look(item: Item) -> _Checked | _Failure:
    if isinstance(item, Flaw):
        return _Failure(str(item.source.path), item.error)
    collection = str(item.path) if item.member else ""
    try:
        document = read(item)
        return _Checked(document.id, edition_key(document), document.notes, _place(item), collection or document.id, _fold(document.text))
    except DragomanError as error:
        return _Failure(collection, error)
    except Exception as error:
        return _Failure(collection, _fault("Reading", item, error))


def _fold(text: str) -> bytes:
    """The same for two texts of the same letters and digits."""
    return blake2b("".join(_WORDS.findall(text.casefold())).encode("utf-8", "replace"), digest_size=12).digest()


def _code(coder: DocumentCoder, item: Item) -> tuple[Document, list[Statement]] | DragomanError:
    if isinstance(item, Flaw):
        return item.error
    try:
        document = read(item)
        return document, coder.code(document)
    except DragomanError as error:
        return error
    except Exception as error:
        return _fault("Coding", item, error)


def _place(item: Item) -> str:
    """Where a document stands."""
    if isinstance(item, Flaw):
        return str(item.source.path)
    return item.member.where if item.member else str(item.path)


def _fault(what: str, source: Item, error: Exception) -> DragomanError:
    """One text that trips us must not take the others along."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    line = f" in {Path(trace.tb_frame.f_code.co_filename).name}:{trace.tb_lineno}" if trace else ""
    said = f"{what} failed with {type(error).__name__}: {error}{line}."
    return ReadingError(said, _place(source), "This is a fault of dragoman; please report it with the text.")


@contextmanager
def _runner(workers: int) -> Iterator[Run]:
    """What runs a function over sources, in their order, in this process or in `workers` others."""
    if workers == 1:
        yield lambda function, sources: map(function, sources)
        return
    pool = ProcessPoolExecutor(workers, multiprocessing.get_context("spawn"), _ignore_interrupts)

    def run(function: Callable[[Item], T], sources: Iterable[Item], /) -> Iterator[T]:
        ahead: deque[tuple[Item, Future[T]]] = deque()
        for source in sources:
            ahead.append((source, pool.submit(function, source)))
            # No more than this in flight, so that memory does not grow with the number of sources.
            if len(ahead) >= 4 * workers:
                yield _result(*ahead.popleft())
        while ahead:
            yield _result(*ahead.popleft())

    try:
        yield run
    finally:
        pool.shutdown(cancel_futures=True)


def _ignore_interrupts() -> None:
    """Ctrl-C reaches every process of the terminal; only the first is to act on it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _result(item: Item, future: Future[T]) -> T:
    try:
        return future.result()
    except BrokenProcessPool as error:
        advice = "Most likely memory ran out: run the same command again with fewer workers."
        raise DragomanError("A worker process was ended by the system.", _place(item), advice) from error
