"""What an engine is: it does work on batches of things, somewhere, and says which are done. Workers that die are its ordinary case.

`spread` is what the stages of a build use. The same input gives the same results on every engine, in whatever order they come.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from typing import Any, Literal, Protocol, TypeVar

import msgspec

from dragoman.errors import QueryError

Name = Literal["local", "ray"]

T = TypeVar("T")
R = TypeVar("R")

_TRIES = 2
_MOVES = 8


class Lost(msgspec.Struct, frozen=True):
    """In place of a result: whoever was at work died. blameless: not of the work, a whole machine went away."""

    why: str
    blameless: bool = False


class Engine(Protocol):
    """Does work elsewhere, or here. Work and what it is done on must pickle."""

    @property
    def width(self) -> int:
        """How many pieces of work it should hold at once, so that nobody waits."""
        ...

    def submit(self, ticket: int, work: Callable[[Any], Any], batch: Any) -> None:
        """Have `work` done on `batch`. Does not wait."""
        ...

    def collect(self) -> tuple[int, Any]:
        """The ticket and the result of some piece that is done, or Lost; waits for one. Raises what the work raised."""
        ...

    def close(self) -> None:
        """Stop at once; what is not collected is given up."""
        ...


class _Job(msgspec.Struct, frozen=True):
    """number: of the batch. place: of this piece in it. tries: how often it was lost. moves: how often blamelessly."""

    number: int
    place: int
    batch: Sequence[Any]
    tries: int = 0
    moves: int = 0


def spread(
    engine: Engine, work: Callable[[Sequence[T]], R], batches: Iterable[tuple[int, Sequence[T]]]
) -> Iterator[tuple[int, list[R | Lost]]]:
    """Do `work` on each of `batches` (numbered); their numbers and results, as they are done. `batches` is taken from as room allows.

    A result is a list of one. Where a worker died of a batch, its things are done one by one, and the list has one for each;
    a thing of which workers died twice is Lost.
    """
    fresh = iter(batches)
    again: deque[_Job] = deque()
    at_work: dict[int, _Job] = {}
    pieces: dict[int, list[R | Lost | None]] = {}
    ticket = 0
    while True:
        while len(at_work) < engine.width:
            if again:
                job = again.popleft()
            elif (following := next(fresh, None)) is not None:
                job = _Job(following[0], 0, following[1])
                pieces[job.number] = [None]
            else:
                break
            ticket += 1
            at_work[ticket] = job
            engine.submit(ticket, work, job.batch)
        if not at_work:
            return
        done, result = engine.collect()
        job = at_work.pop(done)
        if isinstance(result, Lost) and (retry := _retry(job, result)):
            if len(retry) > 1:
                pieces[job.number] = [None] * len(retry)
            again.extend(retry)
            continue
        pieces[job.number][job.place] = result
        if None not in pieces[job.number]:
            yield job.number, [one for one in pieces.pop(job.number) if one is not None]


def _retry(job: _Job, lost: Lost) -> list[_Job]:
    """What is to be tried again; nothing when it has been tried often enough."""
    if lost.blameless:
        return [msgspec.structs.replace(job, moves=job.moves + 1)] if job.moves < _MOVES else []
    if len(job.batch) > 1:
        return [_Job(job.number, place, [thing], 1) for place, thing in enumerate(job.batch)]
    return [msgspec.structs.replace(job, tries=job.tries + 1)] if job.tries + 1 < _TRIES else []


def in_order(results: Iterable[tuple[int, R]]) -> Iterator[R]:
    """The results by their numbers, from 0; those that come early are held."""
    early: dict[int, R] = {}
    number = 0
    for done, result in results:
        early[done] = result
        while number in early:
            yield early.pop(number)
            number += 1


class Here:
    """The engine of one worker: this process."""

    width = 1

    def __init__(self) -> None:
        self._jobs: deque[tuple[int, Callable[[Any], Any], Any]] = deque()

    def submit(self, ticket: int, work: Callable[[Any], Any], batch: Any) -> None:
        """Keep it for `collect`."""
        self._jobs.append((ticket, work, batch))

    def collect(self) -> tuple[int, Any]:
        """Do the work that was submitted first."""
        ticket, work, batch = self._jobs.popleft()
        return ticket, work(batch)

    def close(self) -> None:
        """Nothing is left running."""
        self._jobs.clear()


def open_engine(name: str, workers: int | None, address: str = "") -> AbstractContextManager[Engine]:
    """The engine of that name, closed at the end of the block.

    local: `workers` processes of this machine, or this process for one. ray: a Ray cluster at `address`, or one that is started here;
    `workers` pieces at once, None for as many as it has processors. Raises QueryError for another name, or where Ray is not installed.
    """
    from contextlib import closing

    if name == "ray":
        from dragoman.engines.cluster import Cluster

        return closing(Cluster(address, workers or 0))
    if name != "local":
        raise QueryError(f"There is no engine {name!r}.", "--engine", "There are local and ray.")
    if address:
        raise QueryError("The local engine has no address.", "--address", "Give --engine ray, too.")
    if workers is None or workers <= 1:
        return closing(Here())
    from dragoman.engines.processes import Processes

    return closing(Processes(workers))
