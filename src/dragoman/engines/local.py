"""A build: read everything once to find what is wrong, then read, code and take in part by part, then link what is new.

The record is the same on any engine, for any number of workers: documents are added in the order of their sources. A part is a few
documents that are coded together; it is kept beside the record until it is taken in, so that nothing is done again after a stop.
"""

from __future__ import annotations

import os
import shutil
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager, nullcontext
from functools import partial
from hashlib import blake2b
from pathlib import Path

import msgspec

from dragoman.answers.index import Index
from dragoman.coding import RULES, DocumentCoder
from dragoman.engines.engine import Engine, Here, Lost, open_engine, spread
from dragoman.engines.interrupts import undisturbed
from dragoman.engines.linking import link_record
from dragoman.engines.looking import MOST, RETRY, Checked, Item, Progress, check, died, fault, tell_place
from dragoman.errors import DragomanError, ModelError, QueryError, RecordError
from dragoman.reading import Flaw, Limits, Source, find, read, unfold
from dragoman.reading.collection import ENDINGS as COLLECTIONS
from dragoman.record import Record, edition_key, parts
from dragoman.record.file import check_place, remove, translated
from dragoman.record.schema import FORMAT
from dragoman.record.settling import resettle
from dragoman.statement import Document, Statement

_LARGEST = 1_000_000
"""Characters of a part, from which on it has no further document."""


class Summary(msgspec.Struct, frozen=True):
    """What a build did, and what the record holds after it (current editions only).

    added, editions, recoded, unchanged: documents that were new, came in another edition, were coded by another version, or were
    there already. facts, conflicts: how many linking has found.
    failed: documents that could not be coded, now or before, with the reason. notes: what reading had to assume, a line each.
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


class _Due(msgspec.Struct, frozen=True):
    """A document that is to be coded, as the first pass found it."""

    item: Item
    id: str
    key: str


def build(
    paths: Iterable[str | os.PathLike[str]],
    record: str | os.PathLike[str],
    workers: int | None = None,
    progress: Progress | None = None,
    link: bool = True,
    *,
    strict: bool = False,
    titles: str = "",
    category: str = "",
    limits: Limits = Limits(),  # noqa: B008 - immutable
    coder: DocumentCoder = RULES,
    engine: str = "local",
    address: str = "",
    retry_failed: bool = False,
) -> Summary:
    """Read, code and link `paths` (files, or folders with all that is in them) into the record at `record`, made when it is missing.

    link: whether to link at the end what is not linked yet, of this build or an earlier one (engines/linking.py).
    workers: processes, 1 by default; a script that asks for more needs the guard `if __name__ == "__main__"`. Of a cluster all by default.
    titles, category: which articles of a dump are wanted. limits: what is refused. coder: who makes the statements.
    engine, address: who does the work (engines/engine.py). retry_failed: try again what the coder failed on before.
    Raises ReadingError and LanguageError for what cannot be read, all of it at once and with the record untouched; RecordError.
    Single documents of a file of many are left out and named among `failed` instead, unless `strict`. Where a language model that is
    asked gives no more answers, the documents that are left are, in one line, too.
    Interrupted at any time, it keeps the documents that were done; the same call goes on from there.
    """
    if workers is not None and workers < 1:
        raise QueryError(f"{workers} workers cannot do anything.", "", "Ask for 1 or more.")
    started, place = time.perf_counter(), Path(record)
    check_place(place)
    sources = find([Path(path) for path in paths], limits, titles, category)
    done, made = Counter[str](), False
    if engine == "local" and all(source.path.suffix.lower() not in COLLECTIONS for source in sources):
        workers = min(workers or 1, len(sources) or 1)
    with open_engine(engine, workers, address) as hands:
        before = [] if retry_failed else _read_aside(place, coder)
        checked, unread = check(sources, hands, progress, strict, {one.place: one for one in before if not one.key})
        try:
            with Record.open(place, create=True) as opened:
                made = opened.made
                opened.write(parts.note([one.aside for one in unread if one.aside], coder.version, [one.place for one in checked if one]))
                failed = [one.error for one in unread] + _add(opened, sources, checked, hands, done, progress, coder, before)
                resettle(opened)
                Index(opened).update()
                counts = opened.counts()
                if failed and not counts.documents:
                    raise failed[0]
                if link:
                    link_record(opened, progress, hands)
                facts = opened.count("facts")
                conflicts = opened.count("conflicts")
        except BaseException as error:
            if made and not done.total():
                remove(place)
                if isinstance(error, Exception):
                    shutil.rmtree(_folder(place), ignore_errors=True)
            raise
    shutil.rmtree(_folder(place), ignore_errors=True)
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


def _folder(record: Path) -> Path:
    """Where parts lie until they are taken in."""
    return record.with_name(record.name + ".parts")


def _read_aside(place: Path, coder: DocumentCoder) -> list[parts.Failure]:
    """What was set aside before."""
    if not place.exists():
        return []
    with Record.open(place, read_only=True) as record:
        return parts.set_aside(record, coder.version)


def _add(
    record: Record,
    sources: Sequence[Source],
    checked: Sequence[Checked | None],
    engine: Engine,
    done: Counter[str],
    progress: Progress | None,
    coder: DocumentCoder,
    before: Sequence[parts.Failure],
) -> list[DragomanError]:
    """The second pass: read, code and take in what the record does not hold yet. Counts into `done`; gives what failed, now or before."""
    held = {id: (key, by) for id, key, by in record.query("SELECT id, key, coder FROM current")}
    aside = {(one.id, one.key): one for one in before if one.key}
    failed: list[DragomanError] = []
    due = [False] * len(checked)
    for place, one in enumerate(checked):
        if one is None:
            continue
        if held.get(one.id) == (one.key, coder.version):
            done["unchanged"] += 1
        elif (known := aside.get((one.id, one.key))) is not None:
            failed.append(known.error(RETRY))
        else:
            due[place] = True
    total = sum(one is not None for one in checked)
    count = total - sum(due)
    if count == total:
        return failed
    # Somebody who is slow is not asked twice: what cannot be copied works here, a document at a time.
    batches = _batch(unfold(sources), checked, due, max(1, min(MOST, total // 16)) if coder.copies else 1)
    with _folder_of(record) as folder, nullcontext(engine) if coder.copies else closing(Here()) as hands:
        for path, stopped in _code_parts(hands, batches, folder, coder):
            with undisturbed():
                taken = parts.take(record, path, coder.version)
                path.unlink()
            done.update(taken.changes)
            failed += [failure.error() for failure in taken.failures]
            for _ in range(sum(taken.changes.values()) + len(taken.failures)):
                count += 1
                if progress:
                    progress("coding", count, total)
            if stopped is not None:
                left = total - count
                what = f"{left:,} document{'s are' if left != 1 else ' is'} not coded yet: {stopped.what}"
                failed.append(type(stopped)(what, stopped.where, stopped.advice))
                break
    return failed


@contextmanager
def _folder_of(record: Record) -> Iterator[Path]:
    folder = _folder(record.path)
    with translated(folder):
        folder.mkdir(exist_ok=True)
    yield folder


def _batch(items: Iterable[Item], checked: Sequence[Checked | None], due: Sequence[bool], most: int) -> Iterator[list[_Due]]:
    """What is due, in parts. Where a part ends depends on all that was checked, so that it ends there again after a stop."""
    batch: list[_Due] = []
    count = size = 0
    for item, one, wanted in zip(items, checked, due, strict=False):
        if one is None:
            continue
        if wanted:
            batch.append(_Due(item, one.id, one.key))
        count, size = count + 1, size + one.size
        if count >= most or size >= _LARGEST:
            if batch:
                yield batch
            batch, count, size = [], 0, 0
    if batch:
        yield batch


def _code_parts(
    engine: Engine, batches: Iterable[list[_Due]], folder: Path, coder: DocumentCoder
) -> Iterator[tuple[Path, ModelError | RecordError | None]]:
    """The parts in order, as files; and with the last that there will be, why. One that lies there already is not made again."""
    ready: dict[int, list[tuple[Path, ModelError | RecordError | None]]] = {}
    here: dict[int, tuple[Path, list[_Due]]] = {}
    turn = 0

    def wanted() -> Iterator[tuple[int, list[_Due]]]:
        for number, batch in enumerate(batches):
            path = folder / f"{_name(batch, coder)}.parquet"
            if parts.is_whole(path):
                ready[number] = [(path, None)]
            else:
                here[number] = path, batch
                yield number, batch

    for number, pieces in spread(engine, partial(_code_part, coder), wanted()):
        path, batch = here.pop(number)
        ready[number] = []
        for place, piece in enumerate(pieces):
            file = path if len(pieces) == 1 else path.with_name(f"{path.stem}-{place}.parquet")
            if isinstance(piece, Lost):
                one = batch[place]
                piece = _Coded(parts.pack([parts.Row(one.id, one.key, failure=died(one.id, one.key, one.item, piece))]))
            parts.save(file, piece.part)
            ready[number].append((file, piece.stopped))
        while turn in ready:
            yield from ready.pop(turn)
            turn += 1
    while turn in ready:
        yield from ready.pop(turn)
        turn += 1


def _name(batch: Sequence[_Due], coder: DocumentCoder) -> str:
    """The same for the same editions, coded by the same coder."""
    return blake2b(msgspec.json.encode([FORMAT, coder.version, *((one.id, one.key) for one in batch)]), digest_size=16).hexdigest()


class _Coded(msgspec.Struct, frozen=True):
    """A part, and why there will be no more of them, where the coder has stopped."""

    part: bytes
    stopped: ModelError | RecordError | None = None


def _code_part(coder: DocumentCoder, batch: Sequence[_Due]) -> _Coded:
    """Read and code each."""
    rows: list[parts.Row] = []
    stopped = None
    for one in batch:
        result = _code(coder, one.item)
        if isinstance(result, ModelError | RecordError):  # or what is answered cannot be kept
            stopped = result
            break
        if isinstance(result, DragomanError):
            failure = parts.Failure(one.id, one.key, result.where or tell_place(one.item), result.what, result.advice)
            rows.append(parts.Row(one.id, one.key, failure=failure))
        else:
            document, statements = result
            rows.append(parts.Row(document.id, edition_key(document), document, statements))
    return _Coded(parts.pack(rows), stopped)


def _code(coder: DocumentCoder, item: Item) -> tuple[Document, list[Statement]] | DragomanError:
    if isinstance(item, Flaw):
        return item.error
    try:
        document = read(item)
        return document, coder.code(document)
    except DragomanError as error:
        return error
    except Exception as error:
        return fault("Coding", item, error)
