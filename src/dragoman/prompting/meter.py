"""What asking a model has cost, and may cost."""

from __future__ import annotations

import threading
from math import ceil

import msgspec

from dragoman.errors import ModelError, QueryError

MILLION = 1_000_000
_ADVICE = "All answers so far are kept: raise the limit, and run the same command again to go on."


class Prices(msgspec.Struct, frozen=True):
    """Of a million tokens sent, and of a million received, in any currency."""

    sent: float
    received: float

    def cost(self, sent: int, received: int) -> float:
        """Of so many tokens."""
        return (sent * self.sent + received * self.received) / MILLION


def read_prices(text: str) -> Prices:
    """The prices written as "0.15,0.60". Raises QueryError."""
    try:
        sent, received = (float(part) for part in text.split(","))
    except ValueError:
        sent = received = -1.0
    if not (0 <= sent < MILLION and 0 <= received < MILLION):
        raise QueryError(f"{text!r} is no pair of prices.", "--price", "Write what a million tokens sent and received cost: 0.15,0.60.")
    return Prices(sent, received)


class Limits(msgspec.Struct, frozen=True):
    """How much may be used in one run; None for no limit. cost: by the prices that are given."""

    requests: int | None = None
    tokens: int | None = None
    cost: float | None = None


class Usage(msgspec.Struct, frozen=True):
    """What a run has used. kept: prompts whose answers were there already. cost: None without prices."""

    requests: int
    kept: int
    tokens_in: int
    tokens_out: int
    cost: float | None


class Meter:
    """Counts what is used, by several threads at once, and says when a limit does not allow more.

    Before a request the most that it may use is set aside, so that limits hold whatever comes back; what the server counts takes its
    place afterwards. Tokens sent are estimated until then, and the estimates raised once the server has counted more than was estimated.
    """

    def __init__(self, limits: Limits = Limits(), prices: Prices | None = None) -> None:  # noqa: B008 - immutable
        """Raises QueryError for a limit on cost without prices."""
        if limits.cost is not None and prices is None:
            raise QueryError("What a token costs is not known.", "--max-cost", "Give --price, too.")
        self._limits, self._prices = limits, prices
        self._lock = threading.Lock()
        self._requests = self._kept = self._in = self._out = 0
        self._set_in = self._set_out = 0
        self._short = 1.0

    def reserve(self, sent: int, received: int) -> tuple[int, int]:
        """Set aside what a request may use; `settle` takes what this gives. Raises ModelError when a limit does not allow it."""
        with self._lock:
            sent = ceil(sent * self._short)
            all_in, all_out = self._in + self._set_in + sent, self._out + self._set_out + received
            limits = self._limits
            if limits.requests is not None and self._requests + 1 > limits.requests:
                raise ModelError(f"The limit of {limits.requests:,} requests is reached.", "", _ADVICE)
            if limits.tokens is not None and all_in + all_out > limits.tokens:
                raise ModelError(f"The next request could pass the limit of {limits.tokens:,} tokens.", "", _ADVICE)
            if limits.cost is not None and self._prices is not None and self._prices.cost(all_in, all_out) > limits.cost:
                raise ModelError(f"The next request could pass the limit of {limits.cost:g} on cost.", "", _ADVICE)
            self._requests += 1
            self._set_in, self._set_out = self._set_in + sent, self._set_out + received
            return sent, received

    def settle(self, reserved: tuple[int, int], used_in: int = 0, used_out: int = 0) -> None:
        """Put what a request has used in the place of what was set aside for it."""
        with self._lock:
            self._set_in, self._set_out = self._set_in - reserved[0], self._set_out - reserved[1]
            self._in, self._out = self._in + used_in, self._out + used_out
            if used_in > reserved[0] > 0:
                self._short *= used_in / reserved[0]

    def spare(self) -> None:
        """Count a prompt that was not sent, because its answer is kept."""
        with self._lock:
            self._kept += 1

    @property
    def usage(self) -> Usage:
        """What has been used."""
        with self._lock:
            cost = self._prices.cost(self._in, self._out) if self._prices else None
            return Usage(self._requests, self._kept, self._in, self._out, cost)
