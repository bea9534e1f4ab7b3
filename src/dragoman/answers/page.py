"""What pages are made of, a report and those of the server alike: their own words in each language, and the pieces that show an answer.

The pieces are macros (pages/pieces.html) over the names that `pieces` gives. What texts say stays in their language, set apart and marked.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any

import yaml

from dragoman.answers import conflicts
from dragoman.answers.facts import Entry, alone, precision
from dragoman.answers.judged import mark
from dragoman.answers.parties import Party
from dragoman.answers.positions import Stand
from dragoman.errors import QueryError
from dragoman.languages import available, load
from dragoman.languages.states import names
from dragoman.record import Record
from dragoman.statement import Actor, Conflict, Statement

if TYPE_CHECKING:
    from jinja2 import Environment
    from markupsafe import Markup

_LISTED, _LONGEST = 8, 200

Address = Callable[..., str]
"""Makes the address of a page from its name and what it is asked."""


def environment(*packages: str) -> Environment:
    """Templates of the `pages` folders of these packages, then of this room's own. Every value is escaped; a missing name is an error."""
    from jinja2 import ChoiceLoader, Environment, PackageLoader, StrictUndefined

    loaders = [PackageLoader(package, "pages") for package in (*packages, "dragoman.answers")]
    made = Environment(loader=ChoiceLoader(loaders), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    made.filters |= {"apart": apart, "clip": clip, "fill": fill}
    return made


def style() -> str:
    """The style sheet of the pieces."""
    return (resources.files("dragoman.answers") / "pages" / "page.css").read_text("utf-8")


@cache
def _interfaces(packages: tuple[str, ...]) -> dict[str, dict[str, Any]]:
    every: dict[str, dict[str, Any]] = {}
    for package in ("dragoman.answers", *packages):
        text = (resources.files(package) / "pages" / "interface.yaml").read_text("utf-8")
        for language, words in yaml.safe_load(text).items():
            every[language] = every.get(language, {}) | words
    return every


def languages() -> tuple[str, ...]:
    """Those in which there are pages."""
    return tuple(sorted(_interfaces(())))


def interface(language: str, *packages: str) -> dict[str, Any]:
    """The words of a page in `language`, those of `packages` besides. Raises QueryError when there are none."""
    if language not in languages():
        raise QueryError(f"There are no pages in the language {language!r}.", "", f"There are some in {', '.join(languages())}.")
    return _interfaces(packages)[language]


def pieces(ui: str, words: dict[str, Any], parties: Iterable[Party] = (), address: Address | None = None) -> dict[str, Any]:
    """The names that the macros of pieces.html use. parties: those that ties are of. address: makes links; without it there are none."""
    called = {party.name: party.called(ui) for party in parties}
    return {
        "ui": ui,
        "words": words,
        "address": address,
        "precision": precision,
        "mark_of": lambda said: mark(said) if isinstance(said, Statement) else None,
        "direction": direction,
        "actors": lambda some: name_actors(some, ui),
        "parties": lambda some: words["title"].format(*(called[name] for name in some)) if len(some) == 2 else called[some[0]],
        "actor": lambda stand: name_holder(stand, ui),
        "note": lambda text: _note(text, words["notes"]),
    }


def direction(language: str) -> str:
    """How a language runs, "auto" for one that is not known."""
    base = language.split("-")[0].lower()
    return load(base).sentences.direction if base in available() else "auto"


def clip(text: str, length: int = _LONGEST) -> str:
    """A name or title for a line of its own: what is longer than anybody reads is cut, and shows that it is."""
    return text if len(text) <= length else text[: length - 1] + "…"


def fill(text: str, *values: object) -> Markup:
    """The page's words with values in the places of {}, each set apart."""
    from markupsafe import Markup, escape

    return Markup(escape(text)).format(*map(apart, values))


def apart(value: object) -> Markup:
    """A name or date that does not disturb the line around it; one without letters ("0711/..") reads from left to right in Arabic, too."""
    from markupsafe import Markup

    plain = not any(character.isalpha() for character in str(value))
    return Markup('<bdi dir="ltr">{}</bdi>' if plain else "<bdi>{}</bdi>").format(value)


def name_actors(actors: Sequence[Actor], language: str) -> str:
    """Actors by the names of their states in `language`, the others as the text has them; the first of a long list."""
    every = list(dict.fromkeys(names(actor.code, language) if actor.code else clip(actor.name) or "?" for actor in actors))
    more = f" + {len(every) - _LISTED}" if len(every) > _LISTED else ""
    comma = "، " if direction(language) == "rtl" else ", "
    return comma.join(every[:_LISTED]) + more


def name_holder(stand: Stand, language: str) -> str:
    """Whose a stand is: the name of the state in `language`, of a body as the text has it."""
    return names(stand.actor, language) if re.fullmatch("[A-Z]{3}", stand.actor) else clip(stand.name)


def tell_conflicts(record: Record, found: Iterable[Conflict]) -> list[tuple[str, list[Entry]]]:
    """What cannot all be true: the problem, and what it rests on."""
    return [(told.conflict.problem, [alone(statement) for statement in told.statements]) for told in conflicts.tell(record, found)]


def _note(text: str, notes: dict[str, str]) -> str | Markup:
    """A tie's note in the words of the page."""
    for known, said in notes.items():
        match = re.fullmatch(re.escape(known).replace(r"\{\}", "(.+)"), text)
        if match:
            return fill(said, *match.groups())
    return text
