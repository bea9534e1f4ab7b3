"""The engine for one machine: read everything once to find what is wrong, then read, code and add, document by document.

The record is the same for any number of workers: documents are added in the order of their sources.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import time
from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from pathlib import Path
from typing import Literal, Protocol, TypeVar

import msgspec

from dragoman.answers.index import Index
from dragoman.coding import code, fingerprint
from dragoman.engines.interrupts import undisturbed
from dragoman.engines.linking import link_record
from dragoman.errors import DragomanError, QueryError, ReadingError
from dragoman.reading import Source, find, read
from dragoman.record import Record, edition_key
from dragoman.record.file import check_place, remove
from dragoman.statement import Document, Statement

Progress = Callable[[Literal["reading", "coding", "linking"], int, int], None]
"""Called with what is being done, how many sources are done, and how many there are."""

T = TypeVar("T")

_SHOWN = 20


class Run(Protocol):
    """Runs a function over sources; gives what it gave, in the order of the sources."""

    def __call__(self, function: Callable[[Source], T], sources: Sequence[Source], /) -> Iterator[T]:
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
    """What the first pass keeps of a source that can be read."""

    id: str
    key: str
    notes: tuple[str, ...]


def build(
    paths: Iterable[str | os.PathLike[str]],
    record: str | os.PathLike[str],
    workers: int = 1,
    progress: Progress | None = None,
    link: bool = True,
) -> Summary:
    """Read, code and link `paths` (files, or folders with all that is in them) into the record at `record`, made when it is missing.

    link: whether to link at the end what is not linked yet, of this build or an earlier one (engines/linking.py).
    workers: processes; a script that asks for more than one needs the guard `if __name__ == "__main__"`.
    Raises ReadingError and LanguageError for what cannot be read, all of it at once and with the record untouched; RecordError.
    Interrupted at any time, it keeps the documents that were done; the same call goes on from there.
    """
    if workers < 1:
        raise QueryError(f"{workers} workers cannot do anything.", "", "Ask for 1 or more.")
    started, place = time.perf_counter(), Path(record)
    check_place(place)
    sources = find([Path(path) for path in paths])
    done, made = Counter[str](), False
    with _runner(min(workers, len(sources) or 1)) as run:
        checked = _check(sources, run, progress)
        try:
            with Record.open(place, create=True) as opened:
                made = opened.made
                failed = _add(opened, sources, checked, run, done, progress)
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
        notes=tuple(f"{source.path}: {note}" for source, one in zip(sources, checked, strict=True) for note in one.notes),
        documents=counts.documents,
        sentences=counts.sentences,
        statements=counts.statements,
        facts=facts,
        conflicts=conflicts,
        seconds=time.perf_counter() - started,
    )


def _check(sources: Sequence[Source], run: Run, progress: Progress | None) -> list[_Checked]:
    """The first pass: every source is read and let go. Raises one error for all that is wrong."""
    checked: list[_Checked] = []
    errors: list[DragomanError] = []
    for number, result in enumerate(run(_look, sources), 1):
        if isinstance(result, DragomanError):
            errors.append(result)
        else:
            checked.append(result)
        if progress:
            progress("reading", number, len(sources))
    if len(errors) == 1:
        raise errors[0]
    if errors:
        shown = "".join(f"\n  {error}" for error in errors[:_SHOWN]) + (
            f"\n  and {len(errors) - _SHOWN} more" if len(errors) > _SHOWN else ""
        )
        raise ReadingError(f"{len(errors)} of {len(sources)} sources cannot be read; nothing was added.{shown}")
    return checked


def _add(
    record: Record,
    sources: Sequence[Source],
    checked: Sequence[_Checked],
    run: Run,
    done: Counter[str],
    progress: Progress | None,
) -> list[DragomanError]:
    """The second pass: read, code and add what the record does not hold yet. Counts into `done`; gives what failed."""
    held = {id: (key, coder) for id, key, coder in record.query("SELECT id, key, coder FROM current")}
    due = [source for source, one in zip(sources, checked, strict=True) if held.get(one.id) != (one.key, fingerprint())]
    unchanged, failed = len(sources) - len(due), []
    done.update({"unchanged": unchanged} if unchanged else {})
    for number, result in enumerate(run(_code, due), 1):
        if isinstance(result, DragomanError):
            failed.append(result)
        else:
            with undisturbed():
                done[record.add(*result, fingerprint())] += 1
        if progress:
            progress("coding", unchanged + number, len(sources))
    return failed


def _look(source: Source) -> _Checked | DragomanError:
    try:
        document = read(source)
        return _Checked(document.id, edition_key(document), document.notes)
    except DragomanError as error:
        return error
    except Exception as error:
        return _fault("Reading", source, error)


def _code(source: Source) -> tuple[Document, list[Statement]] | DragomanError:
    try:
        document = read(source)
        return document, code(document)
    except DragomanError as error:
        return error
    except Exception as error:
        return _fault("Coding", source, error)


def _fault(what: str, source: Source, error: Exception) -> DragomanError:
    """One text that trips us must not take the others along."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    line = f" in {Path(trace.tb_frame.f_code.co_filename).name}:{trace.tb_lineno}" if trace else ""
    said = f"{what} failed with {type(error).__name__}: {error}{line}."
    return ReadingError(said, str(source.path), "This is a fault of dragoman; please report it with the text.")


@contextmanager
def _runner(workers: int) -> Iterator[Run]:
    """What runs a function over sources, in their order, in this process or in `workers` others."""
    if workers == 1:
        yield lambda function, sources: map(function, sources)
        return
    pool = ProcessPoolExecutor(workers, multiprocessing.get_context("spawn"), _ignore_interrupts)

    def run(function: Callable[[Source], T], sources: Sequence[Source], /) -> Iterator[T]:
        ahead: deque[tuple[Source, Future[T]]] = deque()
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


def _result(source: Source, future: Future[T]) -> T:
    try:
        return future.result()
    except BrokenProcessPool as error:
        advice = "Most likely memory ran out: run the same command again with fewer workers."
        raise DragomanError("A worker process was ended by the system.", str(source.path), advice) from error
