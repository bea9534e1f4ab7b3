"""One document as the rules of conflict see it: its statements by sentence, folded text, headings and their periods."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import cached_property

from dragoman import edtf
from dragoman.coding.running import Clock
from dragoman.languages.folding import fold
from dragoman.linking import slots
from dragoman.linking.cues import Cues, cues
from dragoman.linking.slots import Slots
from dragoman.statement import Document


class View:
    """A document and the slots of its statements, by place."""

    def __init__(self, document: Document, statements: Sequence[Slots]) -> None:
        self.document = document
        self.statements = sorted(statements, key=lambda one: (one.statement.start, one.statement.end, one.statement.id))
        self._folded: dict[int, str] = {}

    @cached_property
    def cues(self) -> Cues:
        """The cues of its language."""
        return cues(self.document.language)

    @cached_property
    def by_sentence(self) -> dict[int, list[Slots]]:
        """The statements of each sentence that has any, by its index."""
        found: dict[int, list[Slots]] = defaultdict(list)
        for one in self.statements:
            if one.ordinal >= 0:
                found[one.ordinal].append(one)
        return found

    def sentence(self, ordinal: int) -> str:
        """The folded text of a sentence, "" outside the document."""
        if not 0 <= ordinal < len(self.document.sentences):
            return ""
        if ordinal not in self._folded:
            span = self.document.sentences[ordinal]
            self._folded[ordinal] = fold(self.document.text[span.start : span.end])
        return self._folded[ordinal]

    def before(self, one: Slots, sentences: int) -> Iterator[list[Slots]]:
        """What stands before a statement: in its own sentence, then in each of so many sentences before, nearest first."""
        yield [other for other in self.by_sentence.get(one.ordinal, ()) if other.statement.start < one.statement.start]
        for step in range(1, sentences + 1):
            yield self.by_sentence.get(one.ordinal - step, [])

    @cached_property
    def periods(self) -> list[tuple[str, edtf.Day, edtf.Day] | None]:
        """For each section the title and bounds of the heading that dates it, its own or the nearest above; None for none."""
        clock, found, titles = Clock(self.document.language), [], list[tuple[int, str]]()
        for section in self.document.sections:
            own = clock.enter_section(section.title, section.level)
            titles = [(level, title) for level, title in titles if level < section.level]
            if own:
                titles.append((section.level, section.title))
            period = clock.period
            found.append((titles[-1][1] if titles else "", *slots.bounds(period.edtf)) if period else None)
        return found
