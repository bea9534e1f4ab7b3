"""The page that answers questions, and how many questions it takes: one is answered at a time, and not more than a person would ask."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import get_args

from dragoman.answers.ask import Answer, Asker, Mode, Reply
from dragoman.record import Record
from dragoman.web.view import Asked, TooManyError, View

_AT_ONCE, _A_SECOND = 20, 1.0
"""Questions that may come at once, and how many more each second."""


class Pace:
    """So many at once, and so many more each second. clock: gives seconds."""

    def __init__(self, at_once: int, a_second: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._most, self._rate, self._clock = at_once, a_second, clock
        self._left, self._seen, self._lock = float(at_once), clock(), threading.Lock()

    def take(self) -> None:
        """Count one. Raises TooManyError."""
        with self._lock:
            now = self._clock()
            self._left = min(self._most, self._left + (now - self._seen) * self._rate)
            self._seen = now
            if self._left < 1:
                raise TooManyError("There are too many questions.", "", "Wait a little, and ask again.")
            self._left -= 1


class Questions:
    """Answers questions from one record, one at a time. The encoder is loaded with the first."""

    def __init__(self, record: Record) -> None:
        self._record, self._pace, self._lock = record, Pace(_AT_ONCE, _A_SECOND), threading.Lock()
        self._asker: Asker | None = None

    def ask(
        self, text: str, mode: str, languages: list[str] | None, start: str | None, end: str | None, types: list[str] | None, limit: int
    ) -> Reply:
        """As Asker.ask. Raises TooManyError, too."""
        self._pace.take()
        with self._lock:
            self._asker = self._asker or Asker(self._record)
            return self._asker.ask(text, mode, languages, start, end, types, limit)


def ask(asked: Asked, questions: Questions) -> View:
    """Quotes that answer a question, or why there is none."""
    text, reply = asked.get("q"), None
    if text:
        limit = asked.number("limit", 10, 1, 100)
        reply = questions.ask(
            text, asked.get("mode") or "", asked.some("lang"), asked.get("from"), asked.get("to"), asked.some("type"), limit
        )
    answers = reply.answers if reply else ()
    details = {"q": text, "reply": reply, "modes": get_args(Mode)}
    title = f"{asked.words['ask']}: {text}" if text else asked.words["ask"]
    return View("ask.html", title, details, reply or {"answers": []}, lambda: map(_tell, answers))


def _tell(answer: Answer) -> dict[str, object]:
    said = answer.statement
    row: dict[str, object] = {name: getattr(answer, name) for name in ("id", "doc", "language", "start", "end", "date", "quote", "score")}
    return row | {"persons": "; ".join(answer.persons), "type": said.type if said else "", "modality": said.modality if said else ""}
