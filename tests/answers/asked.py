"""What the tests of asking share: the question sets, and when an answer is right."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import yaml

from dragoman.answers.ask import Answer

HERE = Path(__file__).parent
FIRST = 3
"""An answer among so many is found."""

Place = tuple[str, int, int]
"""A document's id, and the span of the words that answer."""


class Case:
    """One question: its text, its language, where it is answered (nowhere: nothing is known), and whether it is held out of tuning."""

    def __init__(self, row: Mapping[str, Any], texts: Mapping[str, str]) -> None:
        self.question, self.language, self.held = row["question"], row["language"], row.get("held") == "true"
        self.places = [_place(answer, texts) for answer in row["answers"]]

    def kind(self, languages: Mapping[str, str]) -> str:
        """none, same (answered in the question's own language too), or other. languages: of the documents."""
        spoken = {languages[doc] for doc, _, _ in self.places}
        return "none" if not spoken else "same" if self.language in spoken else "other"

    def is_right(self, answer: Answer) -> bool:
        """Whether the quote holds half of a place that answers."""
        return any(
            answer.doc == doc and 2 * (min(answer.end, end) - max(answer.start, start)) >= end - start for doc, start, end in self.places
        )


def _place(answer: list[str], texts: Mapping[str, str]) -> Place:
    """A place is written as a document's id with the words themselves, or with the offsets of them."""
    doc, *where = answer
    if len(where) == 2:
        return doc, int(where[0]), int(where[1])
    start = texts[doc].index(where[0])
    return doc, start, start + len(where[0])


def read_cases(name: str, texts: Mapping[str, str]) -> Iterator[Case]:
    """The questions of a file beside this one."""
    for row in yaml.load((HERE / name).read_text("utf-8"), Loader=yaml.BaseLoader):
        yield Case(row, texts)


def share(found: list[bool]) -> float:
    """How many of them, 0 to 1."""
    return sum(found) / len(found)
