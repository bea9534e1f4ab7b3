"""What a build by a language model would send out, before anything is sent: to be looked at, and to be counted."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

import msgspec

from dragoman.coding.second import ModelCoder
from dragoman.prompting import LanguageModel, Prices, Prompt
from dragoman.reading import Flaw, Limits, find, read, unfold
from dragoman.record import Record, edition_key
from dragoman.statement import Document

_USED = 4
"""Of the tokens that an answer may have, about one in so many is used."""


class Estimate(msgspec.Struct, frozen=True):
    """About what a build would use, if all answers can be read. cost: None without prices.

    documents: those that the record does not hold as this coder codes them. kept: of the requests, those that are answered already.
    """

    documents: int
    requests: int
    kept: int
    tokens_in: int
    tokens_out: int
    cost: float | None


def outgoing(
    paths: Iterable[str | os.PathLike[str]],
    record: str | os.PathLike[str],
    coder: ModelCoder,
    limits: Limits = Limits(),  # noqa: B008 - immutable
    titles: str = "",
    category: str = "",
) -> Iterator[tuple[Document, list[Prompt]]]:
    """What is asked about each document that a build would code. Nothing is sent and nothing written.

    Raises ReadingError and LanguageError for what cannot be read; RecordError.
    """
    held = _held(Path(record), coder.version)
    for item in unfold(find([Path(path) for path in paths], limits, titles, category)):
        if isinstance(item, Flaw):
            continue  # the build says what is wrong with it
        document = read(item)
        if (document.id, edition_key(document)) not in held:
            yield document, coder.prompts(document)


def estimate(documents: Iterable[tuple[Document, list[Prompt]]], model: LanguageModel, prices: Prices | None = None) -> Estimate:
    """About what `outgoing` would cost."""
    number = requests = kept = sent = received = 0
    for _, prompts in documents:
        number += 1
        requests += len(prompts)
        due = [prompt for prompt in prompts if not model.knows(prompt)]
        kept += len(prompts) - len(due)
        sent += sum(prompt.tokens for prompt in due)
        received += sum(prompt.longest // _USED for prompt in due)
    return Estimate(number, requests, kept, sent, received, prices.cost(sent, received) if prices else None)


def _held(record: Path, version: str) -> set[tuple[str, str]]:
    if not record.exists():
        return set()
    with Record.open(record, read_only=True) as opened:
        return {(id, key) for id, key, coder in opened.query("SELECT id, key, coder FROM current") if coder == version}
