"""Where linked sentences do not say the same, whatever of them was coded: dates, numbers, who else took part, and who only reports it.

Only what cannot both be true is told here: that a sentence holds more than its counterpart is seen from the texts themselves.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from dragoman import languages
from dragoman.languages.folding import fold, fold_with_places
from dragoman.linking.cues import cues
from dragoman.linking.named import Named, find_named
from dragoman.linking.numbers import compare_texts
from dragoman.statement import Difference, Document, SentenceLink

_SURE = 0.5  # the score from which linked sentences are about one thing surely enough to be held against each other
_NEAR = 2  # characters between a name and the word that says that nobody else took part


def differ_sentences(link: SentenceLink, left: Document, right: Document) -> tuple[Difference, ...]:
    """The differences of one link of sentences; values by document id, as the texts have them."""
    languages_known = all(languages.base(one.language) in languages.available() for one in (left, right))
    if link.grade not in ("same", "partly") or link.score < _SURE or not languages_known:
        return ()
    a, b = (_text(document, indexes) for document, indexes in ((left, link.left), (right, link.right)))
    found = [
        Difference(one.slot, "conflict", {left.id: one.left, right.id: one.right})
        for one in compare_texts(a, left.language, b, right.language)
        if one.severity == "conflict"
    ]
    return (*found, *_company(a, left, b, right), *_company(b, right, a, left), *_vouched(a, left, b, right), *_vouched(b, right, a, left))


def _text(document: Document, indexes: Sequence[int]) -> str:
    return " ".join(document.text[s.start : s.end] for s in (document.sentences[index] for index in indexes))


def _company(text: str, document: Document, other: str, counterpart: Document) -> Iterator[Difference]:
    """One text says that a state acted alone; the other names another beside it."""
    folded = fold_with_places(text)
    named = find_named(text, document.language)
    mentioned = {one.code for one in named}
    for cue in cues(document.language).alone.finditer(folded.text):
        start, end = folded.original(*cue.span())
        beside = [one for one in named if 0 <= start - one.end < _NEAR or 0 <= one.start - end < _NEAR]
        for one in beside[:1]:
            for first, second in _together(other, counterpart.language):
                company = {first.code, second.code} - {one.code}
                if one.code in (first.code, second.code) and len(company) == 1 and not company & mentioned:
                    words = text[min(start, one.start) : max(end, one.end)]
                    yield Difference("actor", "conflict", {document.id: words, counterpart.id: other[first.start : second.end]})
                    return


def _together(text: str, language: str) -> Iterator[tuple[Named, Named]]:
    """Names that a conjunction joins."""
    joints = {fold(word) for word in languages.load(language).grammar.conjunctions}
    for first, second in pairwise(find_named(text, language)):
        between = fold(text[first.end : second.start]).strip()
        if first.code != second.code and (between in joints or (second.joined and not between)):
            yield first, second


def _vouched(text: str, document: Document, other: str, counterpart: Document) -> Iterator[Difference]:
    """One text opens with whose account it gives; the other tells the same as its own."""
    opening = fold(text).lstrip()
    according = cues(document.language).according.match(opening)
    if not according or cues(counterpart.language).claimed.search(fold(other)) or cues(counterpart.language).reported.search(fold(other)):
        return
    end = min([at for sign in ",،" if (at := text.find(sign)) > 0] or [60])
    yield Difference("modality", "conflict", {document.id: text[:end].strip(), counterpart.id: other})
