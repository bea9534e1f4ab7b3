"""Languages are data: one folder each, the same files in each, checked against a schema when loaded.

`available()` names them, `load(code)` gives one. `load` is cached, so a language is read once a process. Folders of languages beside the
package's are named by the environment variable `DRAGOMAN_LANGUAGES`; one there takes the place of the package's of the same code.
"""

from __future__ import annotations

import hashlib
import os
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path
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


FURTHER = "DRAGOMAN_LANGUAGES"
"""The environment variable that names folders with further languages, parted as PATH is."""

SHAPES: dict[str, Any] = {
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


def base(tag: str) -> str:
    """The language of a tag, without region and script: "ar-EG" and "ar_EG" are "ar"."""
    return tag.replace("_", "-").partition("-")[0].lower()


def _own() -> Traversable:
    return resources.files("dragoman.languages")


def _in(root: Traversable) -> dict[str, Traversable]:
    """The languages' folders in a folder, by code."""
    return {folder.name: folder for folder in root.iterdir() if folder.is_dir() and (folder / "sentences.yaml").is_file()}


@cache
def further() -> dict[str, Traversable]:
    """The folders of languages outside the package, by code; the first of two with one code. Raises LanguageError for one that is none."""
    found: dict[str, Traversable] = {}
    for name in filter(None, reversed(os.environ.get(FURTHER, "").split(os.pathsep))):
        if not Path(name).is_dir():
            raise LanguageError("There is no such folder.", name, f"Check the environment variable {FURTHER}.")
        found |= _in(Path(name))
    return found


@cache
def _folders() -> dict[str, Traversable]:
    return _in(_own()) | further()


@cache
def available() -> tuple[str, ...]:
    """Codes of the languages that have a folder, sorted."""
    return tuple(sorted(_folders()))


def folder(code: str) -> Traversable:
    """The folder of the language `code` ("en", "ar-EG" falls back to "ar"). Raises LanguageError when there is none."""
    if base(code) not in available():
        advice = f"There is {', '.join(available())}; `dragoman languages new` makes a folder for another."
        raise LanguageError(f"No language {code!r}.", f"languages/{base(code)}/sentences.yaml", advice)
    return _folders()[base(code)]


def version(place: Traversable) -> str:
    """Eight hexadecimal digits over the files in a language's folder: another word, another version."""
    digest = hashlib.sha256()
    for file in sorted(place.iterdir(), key=lambda file: file.name):
        if file.name.endswith(".yaml"):
            digest.update(file.name.encode() + file.read_bytes())
    return digest.hexdigest()[:8]


def read(place: Traversable, name: str) -> Any:
    """One file in a language's folder, as the schema has it. Raises LanguageError: missing, not YAML, of another shape."""
    file = place / f"{name}.yaml"
    where = f"languages/{place.name}/{name}.yaml" if place == _own() / place.name else str(file)
    try:
        return msgspec.convert(yaml.load(file.read_text("utf-8"), Loader=_Loader), SHAPES[name], strict=False)
    except (FileNotFoundError, NotADirectoryError) as error:
        raise LanguageError("The file is missing.", where, "Every language has the same files; see docs/languages.md.") from error
    except UnicodeDecodeError as error:
        raise LanguageError(f"Not UTF-8: byte {error.start}.", where) from error
    except yaml.YAMLError as error:
        raise LanguageError(f"Not YAML: {error}", where) from error
    except msgspec.ValidationError as error:
        raise LanguageError(f"{error}.", where, "See languages/schema.py for the shape.") from error


def load_folder(place: Traversable) -> Language:
    """The language in a folder, which need not be one that `available` knows. Raises LanguageError."""
    return Language(place.name, **{name: read(place, name) for name in SHAPES})


@cache
def load(code: str) -> Language:
    """The language `code` ("en", "ar-EG" falls back to "ar"). Raises LanguageError when it has no folder."""
    return load_folder(folder(code))


@cache
def times(code: str) -> Times:
    """Only the times of the language `code`, without its other files. Raises LanguageError when it has none."""
    times: Times = read(folder(code), "times")
    return times


@cache
def quantities(code: str) -> Quantities:
    """Only the numbers and units of the language `code`, without its other files. Raises LanguageError when it has none."""
    found: Quantities = read(folder(code), "quantities")
    return found


@cache
def sentences(code: str) -> Sentences:
    """Only sentences.yaml of the language `code`: all that reading needs. Raises LanguageError when it has no folder."""
    rules: Sentences = read(folder(code), "sentences")
    return rules


@cache
def wikitext(code: str) -> Wikitext:
    """Only wikitext.yaml of the language `code`. Raises LanguageError when it has no folder."""
    found: Wikitext = read(folder(code), "wikitext")
    return found
