"""What the tests of this room share: a text to its parse, its drafts and its statements, each shown in a line."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from dragoman.coding import code
from dragoman.coding.clauses import Clauses
from dragoman.coding.lexicon import lexicon
from dragoman.coding.parse import parse
from dragoman.coding.sentence import Mention, Sentence
from dragoman.languages.states import names
from dragoman.reading import parse as read
from dragoman.statement import Actor, Document, Statement


def language_of(text: str) -> str:
    """ar for a text with Arabic letters, else en."""
    return "ar" if any("\u0600" <= character <= "\u06ff" for character in text) else "en"


def parsed(text: str) -> Sentence:
    """The text as one parsed sentence."""
    return parse(lexicon(language_of(text)), text, 0, len(text))


def clauses(text: str) -> Clauses:
    """The clauses of the text as one sentence."""
    return Clauses(parsed(text), lexicon(language_of(text)).language.grammar)


def name_of(sentence: Sentence, mention: Mention, text: str) -> str:
    """What the mention would be called."""
    first, last = mention.name
    return text[sentence.tokens[first].start : sentence.tokens[last - 1].end]


def document(text: str, about: Sequence[str] = (), language: str = "") -> Document:
    """A document of the text; about: codes of the two states in its title."""
    language = language or language_of(text)
    return read(text, "test", language, title=" – ".join(names(state, language) for state in about))


def statements(text: str, about: Sequence[str] = ()) -> list[Statement]:
    """What the coder makes of the text."""
    return code(document(text, about))


def actors(side: Iterable[Actor]) -> str:
    """Codes (names in small letters for those without) with sectors: "SYR:MIL TUR"."""
    shown = (actor.code or actor.name.casefold() for actor in side)
    return " ".join(f"{code}:{actor.sector}" if actor.sector else code for code, actor in zip(shown, side, strict=True))


def codes(side: Iterable[Actor]) -> str:
    """Codes, or names in small letters, sorted, each once."""
    return " ".join(sorted({actor.code or actor.name.casefold() for actor in side}))


def show(statement: Statement) -> str:
    """ "ASSAULT ISR > SYR", "AGREE PAK SYR", "OPPOSES PAK": both sides of what is mutual in the source."""
    return f"{statement.type} {codes(statement.source)}" + (f" > {codes(statement.target)}" if statement.target else "")


def told(text: str, about: Sequence[str] = ()) -> list[str]:
    """The statements of the text, each shown in a line, sorted."""
    return sorted(show(statement) for statement in statements(text, about))


def one(text: str, type: str, about: Sequence[str] = ()) -> Statement:
    """The only statement of that type in the text."""
    found = [statement for statement in statements(text, about) if statement.type == type]
    assert len(found) == 1, [show(statement) for statement in statements(text, about)]
    return found[0]
