"""The manifest of a folder, dragoman.toml: what is known of its documents that their names do not tell."""

from __future__ import annotations

import datetime
import os
import re
import tomllib
from pathlib import Path
from typing import Any

import msgspec

from dragoman.errors import ReadingError

FILE = "dragoman.toml"
_TABLE = re.compile(r"^[^\S\n]*\[\[[^\S\n]*document[^\S\n]*\]\]", re.MULTILINE)
_PLACE = re.compile(r"\s*\(at (?:line (\d+), column (\d+)|end of document)\)\Z")
_EXAMPLE = 'Write [[document]] and below it lines such as file = "x.txt".'


class Entry(msgspec.Struct, frozen=True):
    """One [[document]]: the file, in the manifest's folder or below, and what the manifest says of it ("" for nothing).

    For a file of many documents: titles and category say which of its pages are read, fields which of its columns or keys is which.
    """

    file: str
    subject: str = ""
    language: str = ""
    edition: str = ""
    title: str = ""
    source: str = ""
    licence: str = ""
    published: str = ""
    revision: str = ""
    titles: str = ""
    category: str = ""
    encoding: str = ""
    fields: dict[str, str] = {}
    where: str = ""


KEYS = tuple(field for field in Entry.__struct_fields__ if field != "where")


def load(folder: Path) -> dict[Path, Entry]:
    """The entries of the folder's manifest by the path of their file, in order; none when there is no manifest.

    Raises ReadingError for what is no TOML, an unknown key, a value that is no text, and a file that is missing or named twice.
    """
    path = folder / FILE
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except FileNotFoundError:
        return {}
    except UnicodeDecodeError as error:
        raise ReadingError(f"Byte {error.start} is not UTF-8.", str(path), "Save the manifest as UTF-8.") from error
    except OSError as error:
        raise ReadingError(f"The manifest cannot be read: {error.strerror}.", str(path)) from error
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise _broken(text, str(error), path) from error
    for key in data:
        if key != "document":
            raise ReadingError(f"Unknown key {key!r}.", _where(path, text, key, 0), f"Allowed is document. {_EXAMPLE}")
    tables = data.get("document", [])
    if not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
        raise ReadingError("document is not a list of tables.", _where(path, text, "document", 0), _EXAMPLE)
    entries: dict[Path, Entry] = {}
    for number, table in enumerate(tables):
        entry = _entry(table, path, text, number)
        file = folder / entry.file
        if file in entries:
            raise ReadingError(f"{entry.file!r} is described twice.", entry.where, f"It stands at {entries[file].where} too.")
        entries[file] = entry
    return entries


def _entry(table: dict[str, Any], path: Path, text: str, number: int) -> Entry:
    values: dict[str, Any] = {}
    for key, value in table.items():
        where = _where(path, text, key, number)
        if key not in KEYS:
            raise ReadingError(f"Unknown key {key!r}.", where, f"Allowed are {', '.join(KEYS)}.")
        if key == "fields":
            if not isinstance(value, dict) or not all(isinstance(name, str) for name in value.values()):
                raise ReadingError(
                    "fields is no table of names.", where, 'Write [document.fields] and below it lines such as text = "body".'
                )
            values[key] = value
            continue
        # edition = 2019 and edition = 2019-05-01 mean what they look like.
        if isinstance(value, bool) or not isinstance(value, str | int | datetime.date):
            raise ReadingError(f"The value of {key} is no text.", where, f'Write {key} = "...".')
        values[key] = str(value)
    where = _where(path, text, "file", number)
    name = values.get("file", "")
    if not name:
        raise ReadingError("A document names no file.", where, 'Add a line such as file = "x.txt".')
    if Path(name).is_absolute() or ".." in Path(name).parts:
        raise ReadingError(f"The file {name!r} lies outside the folder.", where, "Name a file in the manifest's folder or below it.")
    if not os.path.isfile(path.parent / name):
        raise ReadingError(f"The file {name!r} does not exist.", where, "Correct its name or take the document out.")
    return Entry(**values, where=where)


def _where(path: Path, text: str, key: str, number: int) -> str:
    """file:line of `key` in the [[document]] with this number, or of the table, or the file when neither is found."""
    start, end = 0, len(text)
    tables = [found.start() for found in _TABLE.finditer(text)]
    if number < len(tables):
        start, end = tables[number], (*tables, len(text))[number + 1]
    pattern = rf"^[^\S\n]*(?:\[+[^\S\n]*)?[\"']?{re.escape(key)}[\"']?[^\S\n]*[=.\]]"
    found = re.compile(pattern, re.MULTILINE).search(text, start, end) or re.compile(pattern, re.MULTILINE).search(text)
    return f"{path}:{text.count(chr(10), 0, found.start() if found else start) + 1}"


def _broken(text: str, message: str, path: Path) -> ReadingError:
    """The error for a file that is not TOML, with its place."""
    place = _PLACE.search(message)
    line, column = (place[1], place[2]) if place and place[1] else (text.count("\n") + 1, len(text) - text.rfind("\n"))
    return ReadingError(f"Not TOML: {_PLACE.sub('', message)}.", f"{path}:{line}:{column}", "See https://toml.io for how it is written.")
