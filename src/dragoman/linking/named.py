"""The states that a stretch of text names, with where and how: by itself, by its people, by a city, by one of its persons."""

from __future__ import annotations

from functools import lru_cache

import msgspec

from dragoman import languages
from dragoman.coding.lexicon import lexicon

_ROLES = ("state", "demonym", "capital", "place", "person", "group", "body")


class Named(msgspec.Struct, frozen=True):
    """A state named at start:end. role: as lexicon.ActorWord has it. joined: a conjunction is written on to the name."""

    start: int
    end: int
    code: str
    role: str
    joined: bool


@lru_cache(maxsize=16384)
def find_named(text: str, language: str) -> tuple[Named, ...]:
    """The states that `text` names, in order; none for a language without a folder."""
    code = languages.base(language)
    if code not in languages.available():
        return ()
    known = lexicon(code)
    tokens = known.tokenizer.cut(text)
    found: list[Named] = []
    index = 0
    while index < len(tokens):
        match = known.actors.match(tokens, index)
        if match is None:
            index += 1
            continue
        meant = [m for m in match.meanings if m.role in _ROLES and m.code and not (m.cased and not tokens[index].capital)]
        if meant:
            last = max(match.end - 1, index)
            found.append(Named(tokens[index].start, tokens[last].end, meant[0].code, meant[0].role, "conjunction" in match.before))
        index = max(match.end, index + 1)
    return tuple(found)
