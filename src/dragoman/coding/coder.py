"""Document -> statements: its sentences in order, each on its way to statements, and its infoboxes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import cache

from dragoman.coding.confidence import Signs, rate
from dragoman.coding.context import Context
from dragoman.coding.fields import code_fields
from dragoman.coding.lexicon import Lexicon, lexicon
from dragoman.coding.model import load as load_model
from dragoman.coding.numbering import number
from dragoman.coding.parse import parse
from dragoman.coding.passes import Pass
from dragoman.coding.proposals import SURE, Proposer
from dragoman.coding.running import Clock
from dragoman.coding.sentence import Sentence
from dragoman.coding.times import Tagger
from dragoman.encoding import load as load_encoder
from dragoman.errors import QueryError
from dragoman.languages.states import resolve
from dragoman.statement import Document, Statement
from dragoman.statement import Sentence as Stretch

_OPENING = 300
"""How many sentences are looked at to tell which states a text is about; a long text is not held parsed in memory."""


def code(document: Document, model: bool = True) -> list[Statement]:
    """The statements of a document, in the order of the text. The same document gives the same statements.

    model: whether the model is asked where the rules find nothing; without its file the rules decide alone.
    """
    return coder_of(document, model).code()


def coder_of(document: Document, model: bool = True) -> Coder:
    """What codes the document, for those who want to look at each sentence of it (`Coder.passes`)."""
    return Coder(document, _proposer() if model else None)


@cache
def _states(subject: str) -> tuple[str, ...]:
    """The states that a subject names in English, whatever the language of the text: "indonesia-netherlands"."""
    codes = []
    for part in subject.split("-"):
        with suppress(QueryError):
            codes.append(resolve(part.replace("_", " "), ("en",)))
    return tuple(dict.fromkeys(codes)) if len(set(codes)) > 1 else ()


@cache
def _proposer() -> Proposer | None:
    model = load_model()
    return Proposer(model, load_encoder(), SURE) if model is not None else None


class Coder:
    """Codes one document."""

    def __init__(self, document: Document, proposer: Proposer | None = None, rate: Callable[[Signs], float] = rate) -> None:
        """proposer: is asked where the rules find nothing. rate: from the signs of a statement to its confidence."""
        self.document, self.proposer, self.rate = document, proposer, rate
        self.lexicon: Lexicon = lexicon(document.language)
        self.tagger, self.clock = Tagger(document.language), Clock(document.language)

    def code(self) -> list[Statement]:
        """All statements of the document."""
        told = [statement for one in self.passes() for statement in one.run()]
        return number([*told, *self.fields()])

    def fields(self) -> list[Statement]:
        """The statements of its infoboxes, without ids."""
        return list(code_fields(self.document, self.lexicon, self.tagger))

    def passes(self) -> Iterator[Pass]:
        """Each sentence of prose, parsed and dated, in the order of the text. Run it before the next: what it says is remembered."""
        prose = [s for s in self.document.sentences if s.role in ("body", "list")]
        opening = [self._parse(s) for s in prose[:_OPENING]]
        context = Context(self.lexicon, opening, self._about())
        section = -1
        for place, stretch in enumerate(prose):
            sentence = opening[place] if place < _OPENING else self._parse(stretch)
            if stretch.section != section:
                section = stretch.section
                self._enter(section)
            yield Pass(self, sentence, stretch, context)

    def _parse(self, stretch: Stretch) -> Sentence:
        return parse(self.lexicon, self.document.text, stretch.start, stretch.end)

    def _about(self) -> list[str]:
        """Codes of the states that the document's title and subject name."""
        title = self.document.title or self.document.subject.replace("-", " - ")
        sentence = parse(self.lexicon, title, 0, len(title))
        named = [c for m in sentence.mentions for c in m.codes if c]
        return named if len(set(named)) > 1 else list(_states(self.document.subject)) or named

    def _enter(self, section: int) -> None:
        """Tell the clock the headings from the top section down to this one."""
        path = []
        while 0 <= section < len(self.document.sections):
            path.append(self.document.sections[section])
            section = path[-1].parent
        for heading in reversed(path):
            self.clock.enter_section(heading.title, heading.level)
