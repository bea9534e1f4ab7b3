"""The engine of one machine: processes, each with a thread here that feeds it. One that dies is replaced."""

from __future__ import annotations

import multiprocessing
import queue
import signal
import threading
from collections.abc import Callable
from multiprocessing.connection import Connection
from typing import Any

from dragoman.engines.engine import Lost
from dragoman.errors import DragomanError

_SPAWN = multiprocessing.get_context("spawn")
"""A fork of a process that runs threads may hang."""
_GUARD = 'A script that asks for several workers needs the guard: if __name__ == "__main__".'


class Processes:
    """An engine of that many processes."""

    def __init__(self, workers: int) -> None:
        self.width = 2 * workers  # each has the next piece at hand when it is done with one
        self._jobs: queue.SimpleQueue[tuple[int, Callable[[Any], Any], Any] | None] = queue.SimpleQueue()
        self._done: queue.SimpleQueue[tuple[int, Any]] = queue.SimpleQueue()
        self._closed = False
        self._workers = [_Worker(self._jobs, self._done) for _ in range(workers)]

    def submit(self, ticket: int, work: Callable[[Any], Any], batch: Any) -> None:
        """Whoever is free next does it."""
        self._jobs.put((ticket, work, batch))

    def collect(self) -> tuple[int, Any]:
        """What is done first. Raises DragomanError where workers cannot be started."""
        ticket, result = self._done.get()
        if isinstance(result, BaseException):
            raise result
        return ticket, result

    def close(self) -> None:
        """End all processes."""
        for worker in self._workers:
            worker.end()
        for _ in self._workers:
            self._jobs.put(None)
        for worker in self._workers:
            worker.join()


class _Worker:
    """A process and the thread that speaks with it."""

    def __init__(self, jobs: queue.SimpleQueue[Any], done: queue.SimpleQueue[Any]) -> None:
        self._jobs, self._done, self._ended = jobs, done, False
        self._lock = threading.Lock()
        self._process: multiprocessing.process.BaseProcess | None = None
        self._thread = threading.Thread(target=self._serve, name="dragoman-worker", daemon=True)
        self._thread.start()

    def end(self) -> None:
        """Stop the process, whatever it is at."""
        with self._lock:
            self._ended = True
            if self._process is not None:
                self._process.kill()

    def join(self) -> None:
        """Wait until both are gone."""
        self._thread.join()

    def _serve(self) -> None:
        pipe: Connection | None = None
        while (job := self._jobs.get()) is not None and not self._ended:
            ticket, work, batch = job
            try:
                pipe = pipe or self._start()
            except Exception as error:
                self._done.put((ticket, error))
                continue
            try:
                pipe.send((work, batch))
                result = pipe.recv()
            except (EOFError, OSError):
                result, pipe = Lost(self._bury()), None
            except Exception as error:  # what cannot be pickled, or not be read again: nobody died
                result = error
            self._done.put((ticket, result))
        self._bury()

    def _start(self) -> Connection:
        """A new process, ready for work."""
        here, there = _SPAWN.Pipe()
        with self._lock:
            if self._ended:
                raise DragomanError("The engine is closed.")
            self._process = _SPAWN.Process(target=_work, args=(there,), daemon=True)
            try:
                self._process.start()
            except RuntimeError as error:  # the script is being read by a worker that it has started itself
                self._process = None
                raise DragomanError(f"A worker process could not be started: {error}".strip().splitlines()[0], "", _GUARD) from error
        there.close()
        try:
            here.recv()
        except (EOFError, OSError) as error:
            why = self._bury()
            raise DragomanError(f"A worker process could not be started: {why}.", "", _GUARD) from error
        return here

    def _bury(self) -> str:
        """See to it that the process is gone; why it went."""
        process = self._process
        if process is None:
            return ""
        process.join(timeout=5)
        if process.exitcode is None:
            process.kill()
            process.join()
        code = process.exitcode or 0
        return f"it was ended by signal {-code} ({signal.Signals(-code).name})" if code < 0 else f"it ended with status {code}"


def _work(pipe: Connection) -> None:
    """What the process does: one piece after the other, until there is nobody who hands out more."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches every process of the terminal; only the first is to act on it
    pipe.send("ready")
    while True:
        try:
            work, batch = pipe.recv()
        except (EOFError, OSError):
            return
        except Exception as error:
            result: Any = error
        else:
            try:
                result = work(batch)
            except Exception as error:
                result = error
        try:
            pipe.send(result)
        except (BrokenPipeError, ConnectionResetError):
            return
        except Exception as error:
            pipe.send(DragomanError(f"What a worker made cannot be passed on: {error}."))
