"""Files of one document a line or row: JSON lines and CSV, read as a stream. Which key or column is which, the manifest may say."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from typing import IO, Any

import msgspec

from dragoman.errors import ReadingError
from dragoman.reading import naming
from dragoman.reading.decoding import decode
from dragoman.reading.manifest import Entry
from dragoman.reading.source import Member, Source

USUAL: dict[str, tuple[str, ...]] = {
    "text": ("text", "body", "content", "maintext", "article"),
    "title": ("title", "headline"),
    "published": ("published", "date", "published_at", "date_publish", "publication_date", "pubdate"),
    "language": ("language", "lang"),
    "source": ("source", "url", "link", "address"),
    "id": ("id",),
    "subject": ("subject",),
    "edition": ("edition",),
    "licence": ("licence", "license"),
}
"""What is told of a document, and the keys or columns that tell it where the manifest names none: the first that is there."""
_SAMPLE = 1 << 19
_WRONG_FORM = 'Say which is which in dragoman.toml: [document.fields] and below it lines such as text = "body".'


def read_lines(source: Source) -> Iterator[Source | ReadingError]:
    """The documents of a file of JSON lines, and an error for each line that has none. Raises OSError."""
    fields, largest = _fields(source), source.limits.largest
    with source.path.open("rb") as file:
        number = 0
        while line := file.readline(largest + 2):
            number += 1
            where = f"{naming.show(source.path)}:{number}"
            if len(line) > largest:
                while line and not line.endswith(b"\n"):
                    line = file.readline(largest + 2)
                yield ReadingError(f"The line has more than {largest:,} bytes.", where, "A higher limit can be set with --largest.")
                continue
            line = line.removeprefix(codecs.BOM_UTF8) if number == 1 else line
            if not line.strip():
                continue
            try:
                value = msgspec.json.decode(line)
            except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
                yield ReadingError(f"The line is no JSON: {error}.", where, "Correct or remove it; the other lines are read.")
                continue
            if not isinstance(value, dict):
                yield ReadingError("The line is no JSON object.", where, "Write one object a line; the other lines are read.")
                continue
            yield _document(source, {name: _value(value, fields.get(name, ())) for name in USUAL}, number, where)


def read_rows(source: Source) -> Iterator[Source | ReadingError]:
    """The documents of a table with a line of headings, and an error for each row that has none. Raises OSError and ReadingError."""
    where = naming.show(source.path)
    with source.path.open("rb") as raw:
        encoding = source.entry.encoding if source.entry and source.entry.encoding else _encoding(raw, where)
        try:
            codecs.lookup(encoding)
        except LookupError as error:
            raise ReadingError(f"The encoding {encoding!r} is not known.", where, "Correct it in dragoman.toml.") from error
        raw.seek(0)
        file = io.TextIOWrapper(raw, encoding, "surrogateescape" if encoding.startswith("utf-8") else "replace", newline="")
        lines: Iterator[str] = (line.replace("\0", "\ufffd") for line in file)
        first = next(lines, "")
        delimiter = "\t" if source.path.suffix.lower() == ".tsv" else max(",;\t|", key=first.count)
        # The module's limit is one for the process; rows over ours are refused one by one.
        csv.field_size_limit(max(csv.field_size_limit(), source.limits.largest))
        reader = csv.DictReader(_chain(first, lines), delimiter=delimiter)
        fields = _fields(source)
        while True:
            try:
                row = next(reader, None)
            except (csv.Error, UnicodeDecodeError) as error:
                yield ReadingError(f"The row is no CSV: {error}.", f"{where}:{reader.line_num}", "Correct it; the rows before it are read.")
                return
            if row is None:
                return
            values = {name: next((str(row[key]) for key in fields.get(name, ()) if row.get(key)), "") for name in USUAL}
            place = f"{where}:{reader.line_num}"
            if any("\udc80" <= c <= "\udcff" for value in values.values() for c in value if c > "\ud7ff"):
                yield ReadingError(
                    "The row is not UTF-8 as the others are.", place, "Save the file in one encoding; the other rows are read."
                )
                continue
            yield _document(source, values, reader.line_num, place)


def _chain(first: str, lines: Iterable[str]) -> Iterator[str]:
    yield first
    yield from lines


def _encoding(file: IO[bytes], where: str) -> str:
    """The encoding of the file, from its beginning."""
    sample = file.read(_SAMPLE)
    if not sample.strip():
        raise ReadingError("There is no text in it.", where, "Leave it out, or see whether it was saved whole.")
    wide = sample.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    if len(sample) == _SAMPLE and wide:
        return "utf-16"
    if len(sample) == _SAMPLE:
        sample = sample[: sample.rfind(b"\n") + 1] or sample
    lines = [] if wide or _is_utf8(sample) else [line for line in sample.splitlines() if not line.isascii()]
    if lines and 2 * sum(map(_is_utf8, lines)) >= len(lines):
        return "utf-8"  # the rows that are in something else are named one by one
    return decode(sample, where).encoding


def _is_utf8(line: bytes) -> bool:
    try:
        line.decode()
    except UnicodeDecodeError:
        return False
    return True


def _fields(source: Source) -> dict[str, tuple[str, ...]]:
    given = source.entry.fields if source.entry else {}
    for name in given:
        if name not in USUAL:
            raise ReadingError(f"Unknown field {name!r}.", source.entry.where if source.entry else "", f"Allowed are {', '.join(USUAL)}.")
    return USUAL | {name: (key,) for name, key in given.items()}


def _value(row: Mapping[str, Any], keys: tuple[str, ...]) -> str:
    """The text under the first of the keys that has one; a.b is b within a."""
    for key in keys:
        value: Any = row.get(key)
        if value is None and "." in key:
            value = row
            for part in key.split("."):
                value = value.get(part) if isinstance(value, dict) else None
        if isinstance(value, str | int | float) and not isinstance(value, bool) and str(value).strip():
            return str(value)
        if isinstance(value, list) and value and all(isinstance(part, str) for part in value):
            return "\n\n".join(value)
    return ""


def _document(source: Source, values: dict[str, str], number: int, where: str) -> Source | ReadingError:
    if not values["text"].strip():
        return ReadingError("There is no text in it.", where, _WRONG_FORM)
    if len(values["text"]) > source.limits.largest:
        return ReadingError(
            f"The text has more than {source.limits.largest:,} characters.", where, "A higher limit can be set with --largest."
        )
    entry = source.entry or Entry(source.path.name, where=where)
    told = {name: " ".join(value.split()) for name, value in values.items() if name not in ("text", "id") and value.strip()}
    # The manifest speaks for the whole file, a row for itself.
    entry = msgspec.structs.replace(entry, **told)
    if "language" in told:
        entry = msgspec.structs.replace(entry, where=where)
    name = "_".join(values["id"].split()) or f"{naming.identify(source.path)}-{number}"
    return msgspec.structs.replace(source, entry=entry, member=Member(name.replace("/", "_"), values["text"], ".txt", where))
