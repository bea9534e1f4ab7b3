"""Every time expression of a document, placed by its narrative: headings, prose and lists in the order of the text."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from dragoman.coding.calendar import write_timex
from dragoman.coding.running import Clock
from dragoman.coding.times import Found, Tagger
from dragoman.statement import Document, Sentence


class Timed(msgspec.Struct, frozen=True):
    """An expression as `dragoman times --json` prints it: where it stands, its TIMEX3 type and value, its EDTF and bounds."""

    doc: str
    start: int
    end: int
    text: str
    type: str
    value: str
    edtf: str
    lower: str
    upper: str
    basis: str


def expressions(document: Document) -> Iterator[tuple[Sentence, Found]]:
    """Each expression with the sentence that it stands in. Lines of an infobox lie beside the narrative, and do not move it."""
    tagger, clock, text = Tagger(document.language), Clock(document.language), document.text
    headings = {(section.start, section.end): section for section in document.sections}
    for sentence in document.sentences:
        whens = tagger.tag(text, sentence.start, sentence.end)
        section = headings.get((sentence.start, sentence.end)) if sentence.role == "heading" else None
        if section is not None:
            clock.enter_section(section.title, section.level)
        if sentence.role != "field":
            whens = clock.resolve(whens, text, sentence.start, sentence.end, -1 if sentence.role == "heading" else sentence.paragraph)
        yield from ((sentence, when) for when in whens if isinstance(when, Found))


def rows(document: Document, joined: bool = False) -> Iterator[Timed]:
    """The expressions as rows, in the units of TIMEX3: a range as its two ends, each with the interval that they make, and no events.

    joined: a range as one, and events too.
    """
    for _, when in expressions(document):
        if not joined and when.kind == "event":
            continue
        for start, end, value, edtf in ((when.start, when.end, when.value, when.edtf),) if joined else _ends(when):
            yield Timed(
                document.id, start, end, document.text[start:end], when.timex, value, edtf, when.lower, when.upper, when.basis
            )  # fmt: skip


def _ends(when: Found) -> Iterator[tuple[int, int, str, str]]:
    moments = (when.first, when.last) if when.edtf else (None, None)
    for (start, end, value), moment in zip(when.parts, moments, strict=False):
        yield start, end, write_timex(moment) if moment else value, when.edtf
    if not when.parts:
        yield when.start, when.end, when.value, when.edtf
