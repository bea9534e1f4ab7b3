"""A model as others ask it: through the answers that are kept, several prompts at a time."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Sequence
from queue import SimpleQueue
from types import TracebackType
from typing import Self

from dragoman.errors import QueryError
from dragoman.prompting.answers import Answers
from dragoman.prompting.endpoint import Endpoint
from dragoman.prompting.meter import Limits, Meter, Prices
from dragoman.prompting.prompt import Answer, Prompt


class LanguageModel:
    """A `Responder`. A context manager."""

    def __init__(self, name: str, endpoint: Endpoint, answers: Answers | None = None, at_once: int = 1) -> None:
        """answers: where they are looked for before anything is sent, and kept. at_once: how many prompts are sent at a time."""
        self.name, self._endpoint, self._answers, self._at_once = name, endpoint, answers, at_once

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._endpoint.close()

    @property
    def meter(self) -> Meter:
        """What asking has cost."""
        return self._endpoint.meter

    def knows(self, prompt: Prompt) -> bool:
        """Whether the answer is kept already."""
        return self._answers is not None and prompt.key(self.name) in self._answers

    def ask(self, prompts: Sequence[Prompt]) -> list[Answer]:
        """One answer a prompt; the same prompt is sent once. Raises ModelError, RecordError; what has been answered is kept."""
        keys = [prompt.key(self.name) for prompt in prompts]
        found: dict[str, Answer] = {}
        due: dict[str, Prompt] = {}
        for key, prompt in zip(keys, prompts, strict=True):
            kept = self._answers.get(key) if self._answers is not None else None
            if kept is None:
                due[key] = prompt
            elif key not in found:
                found[key] = kept
                self.meter.spare()
        if min(self._at_once, len(due)) <= 1:
            for key, prompt in due.items():
                found[key] = self._keep(key, self._endpoint.ask(prompt))
        else:
            self._ask_together(due, found)
        return [found[key] for key in keys]

    def _keep(self, key: str, answer: Answer) -> Answer:
        if self._answers is not None:
            self._answers.keep(key, self.name, answer)
        return answer

    def _ask_together(self, due: dict[str, Prompt], found: dict[str, Answer]) -> None:
        """Ask from several threads; after the first failure no more is sent, and what is on its way is waited for and kept."""
        waiting = iter(list(due.items()))
        done: SimpleQueue[tuple[str, Answer | BaseException]] = SimpleQueue()

        def ask(key: str, prompt: Prompt) -> None:
            try:
                done.put((key, self._endpoint.ask(prompt)))
            except BaseException as error:
                done.put((key, error))

        def start() -> int:
            for key, prompt in waiting:
                # A thread that is left behind by Ctrl-C does not keep the program from ending.
                threading.Thread(target=ask, args=(key, prompt), daemon=True).start()
                return 1
            return 0

        flying = sum(start() for _ in range(self._at_once))
        failure: BaseException | None = None
        while flying:
            key, answer = done.get()
            flying -= 1
            if isinstance(answer, BaseException):
                failure = failure or answer
            else:
                found[key] = self._keep(key, answer)
            if failure is None:
                flying += start()
        if failure is not None:
            raise failure


def open_model(
    name: str,
    endpoint: str,
    answers: str | os.PathLike[str] | None = None,
    limits: Limits = Limits(),  # noqa: B008 - immutable
    prices: Prices | None = None,
    at_once: int = 1,
    progress: Callable[[str], None] | None = None,
    timeout: float = 180.0,
) -> LanguageModel:
    """The model of that name at an address such as http://127.0.0.1:8080/v1. answers: the file that keeps its answers.

    Nothing is sent before it is asked. progress: told of waits, and once that text leaves this machine, if it does.
    Raises QueryError for what is given wrong, RecordError for a file that cannot be read.
    """
    if not name.strip():
        raise QueryError("No model is named.", "--model", "Give the name that the server knows it by.")
    if at_once < 1:
        raise QueryError("At least one prompt must be sent at a time.", "--at-once")
    kept = Answers(answers) if answers is not None else None
    return LanguageModel(name, Endpoint(endpoint, name, Meter(limits, prices), timeout=timeout, progress=progress), kept, at_once)


__all__ = ["LanguageModel", "open_model"]
