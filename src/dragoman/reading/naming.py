"""Names of files: SUBJECT.LANG[.EDITION].txt says what a text is about, in which language and which edition."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path

import msgspec

from dragoman.errors import ReadingError
from dragoman.reading import detection

WIKI = (".wiki", ".wikitext", ".mediawiki")
PAGES = (".html", ".htm", ".xhtml")
ENDINGS = (".txt", ".md", ".markdown", *WIKI, *PAGES, ".pdf")
"""Files that are read when a folder is. Files of many documents (collection.py) are read when they are named or described only."""
_TAG = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*\Z")


_NO_LETTERS = re.compile(r"[^\w()-]+")
_DASHES = re.compile(r"(?<!\s)\s*[-‐‑‒–—―]+\s*")
_LONGEST_SLUG = 120


class Name(msgspec.Struct, frozen=True):
    """What a file's name tells. subject: the whole name when it names no language. language, edition: "" when not told."""

    subject: str
    language: str = ""
    edition: str = ""


def show(path: Path) -> str:
    """The path as it can be printed: a name that is not Unicode has ? in it."""
    return str(path).encode("utf-8", "replace").decode()


def identify(path: Path) -> str:
    """The document id: the file's name without its ending. Raises ReadingError when it is not Unicode."""
    name = path.name[: -len(path.suffix)] if path.suffix.lower() in ENDINGS else path.stem
    try:
        name.encode()
    except UnicodeEncodeError as error:
        raise ReadingError("The file's name is not valid UTF-8.", show(path), "Rename the file.") from error
    return unicodedata.normalize("NFC", name)


def parse(name: str) -> Name:
    """Subject, language and edition out of a document id.

    LANG is the last part or the last but one, and a language that CLDR knows; where both are, one that can be read.
    """
    parts = name.rsplit(".", 2)
    found = [place for place in range(len(parts) - 1, 0, -1) if _TAG.match(parts[place]) and detection.name(parts[place])]
    if not found:
        return Name(name)
    place = next((place for place in found if detection.has_folder(parts[place])), found[0])
    return Name(".".join(parts[:place]), parts[place], ".".join(parts[place + 1 :]))


def slug(title: str) -> str:
    """A title as part of a file's name: "Pakistan–Syria relations" is pakistan-syria_relations."""
    name = _NO_LETTERS.sub("_", _DASHES.sub("-", unicodedata.normalize("NFC", title)).casefold()).strip("_-")
    return name.encode()[:_LONGEST_SLUG].decode(errors="ignore") or "untitled"
