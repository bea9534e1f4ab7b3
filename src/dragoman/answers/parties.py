"""Whom a question is about: a state by its code, or a body that is no state's (the EU, NATO) by its names in every language."""

from __future__ import annotations

from functools import cache

import msgspec

from dragoman.errors import QueryError, UnknownNameError
from dragoman.languages import available, load
from dragoman.languages.folding import fold
from dragoman.languages.states import names, resolve
from dragoman.record import Record
from dragoman.record.schema import find_by
from dragoman.statement import Actor


class Party(msgspec.Struct, frozen=True):
    """A state or body asked for. code: of a state, else "". keys: what its actors are found by in a record."""

    name: str
    code: str
    keys: tuple[str, ...]

    def holds(self, actor: Actor) -> bool:
        """Whether the actor is this state, somebody of it, or this body."""
        return find_by(actor) in self.keys

    def among(self, actors: tuple[Actor, ...]) -> bool:
        """Whether any of the actors is."""
        return any(map(self.holds, actors))

    def called(self, language: str) -> str:
        """Its name in `language`."""
        return names(self.code, language) if self.code else self.name


def state(code: str) -> Party:
    """The state of that code."""
    return Party(names(code, "en"), code, (code,))


def find_party(record: Record, text: str) -> Party:
    """The state that a person calls `text`, or the body: one that a language's actors.yaml names, or that the record does.

    Raises QueryError: the name of several states, or of none and of no body that is known (with the nearest).
    """
    try:
        return state(resolve(text))
    except UnknownNameError as error:
        folded = fold(text.strip())
        called = _bodies().get(folded) or (frozenset((folded,)) if folded and _is_named(record, folded) else None)
        if called is None:
            raise QueryError(error.what.replace("No state", "No state or body"), "", error.advice) from None
        return Party(text.strip(), "", tuple(sorted(called)))


def find_parties(record: Record, *texts: str | None) -> list[Party]:
    """Those that are given, each once."""
    return list(dict.fromkeys(find_party(record, text) for text in texts if text is not None))


def find_pair(record: Record, a: str, b: str) -> tuple[Party, Party]:
    """Two different parties. Raises QueryError."""
    one, other = find_party(record, a), find_party(record, b)
    if one.keys == other.keys:
        raise QueryError(f"{a!r} and {b!r} are the same.", "", "Name two states or bodies.")
    return one, other


def _is_named(record: Record, folded: str) -> bool:
    return any(record.query(f"SELECT 1 FROM {record.participants} WHERE actor = ? LIMIT 1", [folded]))


@cache
def _bodies() -> dict[str, frozenset[str]]:
    """Each folded name of a body that is no state's, with all that it may be found by: its names in every language, clitics before them."""
    found: dict[str, set[str]] = {}
    for language in available():
        known = load(language)
        clitics = ["", *(fold(c) for role, several in known.grammar.clitics.items() if role not in ("suffix", "future") for c in several)]
        for number, group in enumerate(known.actors.groups):
            if not group.code:
                every = found.setdefault(group.id or f"{language} {number}", set())
                every.update(clitic + spelt for name in group.names for spelt in (fold(name),) for clitic in clitics)
                every.update(_contracted(fold(name), known.grammar.clitics) for name in group.names)
    bodies: dict[str, frozenset[str]] = {}
    for every in found.values():
        names = frozenset(every - {""})
        for name in names:
            bodies.setdefault(name, names)
    return bodies


def _contracted(name: str, clitics: dict[str, list[str]]) -> str:
    """The name with "to" written on to its article, whose first letter is then left out; "" when it has no article."""
    for to in clitics.get("to", []):
        for article in clitics.get("article", []):
            if name.startswith(fold(article)):
                return fold(to) + name[1:]
    return ""
