"""What a statement does to a tie: tells that it is there, begins it, or ends it; and what the tie is of (an embassy, a school, a person).

The words are those of each language's ties.yaml.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache

from dragoman.languages import available, base, load
from dragoman.languages.folding import fold
from dragoman.languages.schema import Turn
from dragoman.languages.states import names
from dragoman.statement import Actor, Statement


def find_thing(statement: Statement, type: str) -> str:
    """Of what a tie of that type is, such as "consulate"; "" when the quote does not say."""
    things = load(_base(statement.language)).ties.things.get(type, {})
    text = _normal(statement.quote)
    return next((thing for thing, words in things.items() if _pattern(tuple(words)).search(text)), "")


def begins(statement: Statement) -> Turn | None:
    """How the statement begins ties, if it does."""
    return _turn(statement, load(_base(statement.language)).ties.begins)


def ends(statement: Statement) -> Turn | None:
    """How the statement ends ties, if it does. So does a closing that did not happen ("negated"): look at the modality."""
    return _turn(statement, load(_base(statement.language)).ties.ends)


@cache
def turning_types() -> tuple[str, ...]:
    """The types of events that may begin or end a tie in some language."""
    ties = [load(language).ties for language in available()]
    return tuple(sorted({type for one in ties for turn in (*one.begins, *one.ends) for type in turn.types}))


def find_name(actors: Iterable[Actor], language: str) -> str:
    """The name of a person among the actors: what is left of an actor's words without post and state; "" when none is."""
    posts = _pattern(tuple(load(_base(language)).ties.posts))
    for actor in actors:
        words = re.findall(r"[\w.'’-]+", actor.name)
        left = [
            word for word in words if not _is_post(word, posts) and fold(word).split("'")[0] not in _called(actor.code, _base(language))
        ]
        # A single word is rarely a person's name, more often a post or an adjective that is not listed.
        if len(left) > 1 and all(word[0].isupper() or not word.isascii() for word in left):
            return " ".join(left)
    return ""


@cache
def _called(code: str, language: str) -> frozenset[str]:
    """The words of a state's names and demonyms."""
    state = load(language).actors.states.get(code)
    every = [names(code, language), *(state.names if state else ()), *(state.demonyms if state else ())] if code else []
    return frozenset(word for name in every for word in _normal(name).split())


def _is_post(word: str, posts: re.Pattern[str]) -> bool:
    return bool(posts.fullmatch(_normal(word)))


def _turn(statement: Statement, turns: Sequence[Turn]) -> Turn | None:
    text = _normal(statement.quote)
    for turn in turns:
        if statement.type not in turn.types or not _pattern(tuple(turn.words)).search(text):
            continue
        if not turn.things or _pattern(tuple(turn.things)).search(text):
            return turn
    return None


def _base(language: str) -> str:
    code = base(language)
    return code if code in available() else available()[0]


@lru_cache(maxsize=4096)
def _normal(text: str) -> str:
    """Folded words with one blank between them."""
    return " ".join(re.findall(r"\w+", fold(text)))


@cache
def _pattern(words: tuple[str, ...]) -> re.Pattern[str]:
    """Finds one of the patterns of ties.yaml in normal text."""
    each = (re.escape(fold(word)).replace(r"\*", r"\w*").replace(r"\ ", " ") for word in words)
    return re.compile(rf"(?<!\w)(?:{'|'.join(each)})(?!\w)")
