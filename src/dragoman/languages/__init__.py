"""Languages are data: one folder each, the same files in each, checked against a schema when loaded.

`available()` names them, `load(code)` gives one. `load` is cached, so a language is read once a process.
"""

from __future__ import annotations

from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable
from typing import Any, ClassVar

import msgspec
import yaml

from dragoman.errors import LanguageError
from dragoman.languages.schema import (
    Actors,
    Fields,
    Grammar,
    Linking,
    People,
    Quantities,
    Questions,
    Sentences,
    Ties,
    Times,
    Triggers,
    Voices,
    Wikitext,
)


class _Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    """YAML in which words stay words: `no`, `on` and `off` are English, not truth values; 1973 in a list is a word."""

    yaml_implicit_resolvers: ClassVar[dict[str, Any]] = {}


class Language(msgspec.Struct, frozen=True):
    """One language: its code and the contents of its files."""

    code: str
    sentences: Sentences
    grammar: Grammar
    actors: Actors
    people: People
    times: Times
    quantities: Quantities
    triggers: Triggers
    voices: Voices
    questions: Questions
    ties: Ties
    linking: Linking
    wikitext: Wikitext
    fields: Fields


_SHAPES: dict[str, Any] = {
    "sentences": Sentences,
    "grammar": Grammar,
    "actors": Actors,
    "people": People,
    "times": Times,
    "quantities": Quantities,
    "triggers": Triggers,
    "voices": Voices,
    "questions": Questions,
    "ties": Ties,
    "linking": Linking,
    "wikitext": Wikitext,
    "fields": Fields,
}


def _folder() -> Traversable:
    return resources.files("dragoman.languages")


@cache
def available() -> tuple[str, ...]:
    """Codes of the languages that have a folder, sorted."""
    return tuple(sorted(f.name for f in _folder().iterdir() if f.is_dir() and (f / "sentences.yaml").is_file()))


def _read(code: str, name: str, shape: Any) -> Any:
    file = _folder() / code / f"{name}.yaml"
    where = f"languages/{code}/{name}.yaml"
    try:
        return msgspec.convert(yaml.load(file.read_text("utf-8"), Loader=_Loader), shape, strict=False)
    except FileNotFoundError as error:
        raise LanguageError("The file is missing.", where, "Every language has the same files; see docs/languages.md.") from error
    except yaml.YAMLError as error:
        raise LanguageError(f"Not YAML: {error}", where) from error
    except msgspec.ValidationError as error:
        raise LanguageError(f"{error}.", where, "See languages/schema.py for the shape.") from error


@cache
def load(code: str) -> Language:
    """The language `code` ("en", "ar-EG" falls back to "ar"). Raises LanguageError when it has no folder."""
    base = code.split("-")[0].lower()
    if base not in available():
        raise LanguageError(f"No language {code!r}.", "", f"There is {', '.join(available())}; add a folder under languages/ for another.")
    return Language(base, **{name: _read(base, name, shape) for name, shape in _SHAPES.items()})


@cache
def times(code: str) -> Times:
    """Only the times of the language `code`, without its other files. Raises LanguageError when it has none."""
    times: Times = _read(code.split("-")[0].lower(), "times", Times)
    return times


@cache
def quantities(code: str) -> Quantities:
    """Only the numbers and units of the language `code`, without its other files. Raises LanguageError when it has none."""
    found: Quantities = _read(code.split("-")[0].lower(), "quantities", Quantities)
    return found


@cache
def sentences(code: str) -> Sentences:
    """Only sentences.yaml of the language `code`: all that reading needs. Raises LanguageError when it has no folder."""
    rules: Sentences = _read(code.split("-")[0].lower(), "sentences", Sentences)
    return rules


@cache
def wikitext(code: str) -> Wikitext:
    """Only wikitext.yaml of the language `code`. Raises LanguageError when it has no folder."""
    found: Wikitext = _read(code.split("-")[0].lower(), "wikitext", Wikitext)
    return found
