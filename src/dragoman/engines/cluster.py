"""The engine of several machines: Ray. The only module that imports it, and only when it is asked for (extra [ray]).

Every machine needs this version of Dragoman, and the texts in the same places; the record is written here alone.
"""

from __future__ import annotations

import importlib
import os
from collections.abc import Callable
from contextlib import suppress
from importlib.util import find_spec
from typing import Any

from dragoman.engines.engine import Lost
from dragoman.errors import DragomanError, QueryError


class Cluster:
    """A Ray cluster as an engine."""

    def __init__(self, address: str = "", workers: int = 0) -> None:
        """address: of a cluster that runs ("auto", HOST:PORT, ray://HOST:PORT), "" for one of this machine that ends with this engine.

        workers: pieces at work at once, 0 for as many as the cluster has processors. Raises QueryError without Ray, DragomanError
        where there is no cluster.
        """
        if find_spec("ray") is None:
            raise QueryError("Ray is not installed.", "--engine ray", "Install the extra: pip install 'dragoman[ray]'.")
        os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")  # nothing is reported to anyone
        ray = importlib.import_module("ray")

        self._ray = ray
        self._started = not ray.is_initialized()
        if self._started:
            self._connect(address, workers)
        resources: dict[str, float] = ray.cluster_resources()
        processors = int(resources.get("CPU", 1))
        self.width = 2 * (min(workers, processors) if workers else processors)
        # Ray's own retries would hide which document it is that workers die of.
        self._do = ray.remote(num_cpus=1, max_retries=0, retry_exceptions=False)(_do)
        self._tickets: dict[Any, int] = {}

    def _connect(self, address: str, workers: int) -> None:
        options: dict[str, Any] = {"logging_level": "ERROR", "log_to_driver": False}
        if address:
            options["address"] = address
        else:
            options |= {"include_dashboard": False, "num_cpus": workers or None}
        try:
            self._ray.init(**options)
        except (ConnectionError, RuntimeError, ValueError, OSError) as error:
            said = str(error).strip().splitlines()[0] if str(error).strip() else type(error).__name__
            raise DragomanError(f"The Ray cluster cannot be used: {said}", address, "Start it: ray start --head.") from error

    def submit(self, ticket: int, work: Callable[[Any], Any], batch: Any) -> None:
        """Hand it to the cluster."""
        self._tickets[self._do.remote(work, batch)] = ticket

    def collect(self) -> tuple[int, Any]:
        """What is done first."""
        errors = self._ray.exceptions
        ready, _ = self._ray.wait(list(self._tickets), num_returns=1)
        ticket = self._tickets.pop(ready[0])
        try:
            result = self._ray.get(ready[0])
        except (errors.NodeDiedError, errors.ObjectLostError, errors.LocalRayletDiedError) as error:
            return ticket, Lost(_say(error), blameless=True)
        except (errors.WorkerCrashedError, errors.OutOfMemoryError) as error:
            return ticket, Lost(_say(error))
        except errors.RayError as error:
            raise DragomanError(f"The Ray cluster failed: {_say(error)}") from error
        if isinstance(result, Exception):
            raise result
        return ticket, result

    def close(self) -> None:
        """Give up what is not done; leave the cluster, and end it where it was started here."""
        for reference in self._tickets:
            with suppress(Exception):
                self._ray.cancel(reference, force=True)
        self._tickets.clear()
        if self._started:
            self._ray.shutdown()


def _do(work: Callable[[Any], Any], batch: Any) -> Any:
    """What a worker does; what the work raises is passed on as it is."""
    try:
        return work(batch)
    except Exception as error:
        return error


def _say(error: Exception) -> str:
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    return lines[0] if lines else type(error).__name__
