"""Shelves: folders in which fetched articles are put, each revision a file, with a manifest that says what each is."""

from __future__ import annotations

import datetime
import json
import os
import re
from collections.abc import Callable, Sequence
from pathlib import Path

import msgspec

from dragoman.errors import DragomanError, QueryError, ReadingError
from dragoman.reading import detection, manifest, naming
from dragoman.reading.wikipedia import Article, Wiki

_REVISION = re.compile(r"\d+\Z")
_DATE = re.compile(r"\d{4}(?:-\d{2}(?:-\d{2})?)?\Z")
_LANGUAGE = re.compile(r"[a-z]{2,}(?:-[a-z0-9]+)*\Z")
_SHORTEST = 5
"""Digits from which a number is a revision, not a year."""


class Put(msgspec.Struct, frozen=True):
    """An article on the shelf. new: whether it was put there now."""

    title: str
    language: str
    subject: str
    edition: str
    revision: str
    address: str
    file: str
    new: bool


class Fetched(msgspec.Struct, frozen=True):
    """What came of fetching. notes: what there was to say, in words. failed: what could not be had."""

    articles: tuple[Put, ...]
    notes: tuple[str, ...]
    failed: tuple[str, ...]


def fetch(
    wiki: Wiki,
    titles: Sequence[str],
    languages: Sequence[str],
    folder: Path,
    category: str = "",
    since: str = "",
    progress: Callable[[int, int], None] | None = None,
) -> Fetched:
    """Put the articles `titles`, and those of a category, into `folder` in each of `languages` in which there is one.

    languages: codes of wikis; the titles and the category are of the first. "all" stands for every language that can be read.
    since: a revision or a date: also the edition of then, and the last of each year since.
    Raises QueryError when there is no such article and only one was asked for, and ReadingError; what was put there before is kept.
    """
    for language in languages:
        if not _LANGUAGE.match(language):
            raise QueryError(f"{language!r} is no code of a language.", "--languages", "Write codes with commas between them: en,ar.")
    first = next((language for language in languages if language != "all"), "en")
    shelf = _Shelf(folder)
    notes: list[str] = []
    failed: list[DragomanError] = []
    try:
        wanted = [*titles, *(wiki.members(category, first) if category else ())]
        for number, title in enumerate(dict.fromkeys(wanted)):
            try:
                _fetch_one(wiki, title, first, languages, since, shelf, notes)
            except QueryError as error:
                failed.append(error)
                if len(wanted) == 1:
                    raise
            if progress:
                progress(number + 1, len(wanted))
    finally:
        shelf.close()
    return Fetched(tuple(shelf.put), tuple(notes), tuple(map(str, failed)))


def _fetch_one(wiki: Wiki, title: str, first: str, languages: Sequence[str], since: str, shelf: _Shelf, notes: list[str]) -> None:
    found = wiki.find(title, first)
    if found.by:
        notes.append(f"{found.by!r} leads to {found.title!r}.")
    there = {first: found.title} | found.languages
    wanted = [language for language in languages if language != "all"]
    if "all" in languages:
        wanted += [language for language in sorted(there) if detection.has_folder(language) and language not in wanted]
        unread = [detection.name(language) or language for language in sorted(there) if not detection.has_folder(language)]
        if unread:
            notes.append(f"{found.title!r} is also there in languages that cannot be read: {', '.join(unread)}.")
    date = (wiki.date_of(since, found.title, first) if _is_revision(since) else _end_of(since)) if since else ""
    for language in dict.fromkeys(wanted):
        if language not in there:
            named = detection.name(language) or language
            notes.append(f"{found.title!r} has no article in {named} ({language}).")
            continue
        if not detection.has_folder(language):
            notes.append(f"{detection.name(language) or language} ({language}) cannot be read yet; the article is put there all the same.")
        newest = wiki.newest(there[language], language)
        editions = {newest.revision: newest}
        for moment in _moments(date):
            older = wiki.before(there[language], language, moment)
            if older is None:
                notes.append(f"{there[language]!r} ({language}) was not there yet on {moment[:10]}.")
            else:
                editions.setdefault(older.revision, older)
        for article in sorted(editions.values(), key=lambda article: article.date):
            shelf.add(article, naming.slug(found.title))


def _is_revision(text: str) -> bool:
    return _REVISION.match(text) is not None and len(text) >= _SHORTEST


def _end_of(date: str) -> str:
    """The last moment of the first day of a date: 2019 is the 1st of January. Raises QueryError."""
    whole = date + "-01-01"[len(date) - 4 :] if _DATE.match(date) else ""
    try:
        return f"{datetime.date.fromisoformat(whole)}T23:59:59Z"
    except ValueError as error:
        raise QueryError(
            f"{date!r} is neither a revision nor a date.", "--since", "Write 2019, 2019-05, 2019-05-01 or a revision's number."
        ) from error


def _moments(start: str) -> list[str]:
    """The start, and the ends of the years from then on that are over."""
    if not start:
        return []
    return [start] + [end for year in range(int(start[:4]), datetime.date.today().year) if (end := f"{year}-12-31T23:59:59Z") > start]


class _Shelf:
    """A folder being filled. Files are whole or not there; what is there already is left."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.put = folder, list[Put]()
        self._new: list[str] = []
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise ReadingError(f"The folder cannot be made: {error.strerror}.", naming.show(folder), "Name another with --to.") from error
        self._described = {path.name for path in manifest.load(folder)}

    def add(self, article: Article, subject: str) -> None:
        """Put an article there, if it is not."""
        name = f"{subject}.{article.language}.{article.revision}.wiki"
        edition = article.date[:10]
        path = self.folder / name
        new = name not in self._described
        if new or not path.exists():
            _write(path, article.text)
        if new:
            values = {
                "file": name,
                "subject": subject,
                "language": article.language,
                "edition": edition,
                "revision": article.revision,
                "title": article.title,
                "source": article.address,
                "licence": article.licence,
            }
            self._new.append("[[document]]\n" + "".join(f"{key} = {_toml(value)}\n" for key, value in values.items() if value))
            self._described.add(name)
        self.put.append(Put(article.title, article.language, subject, edition, article.revision, article.address, name, new))

    def close(self) -> None:
        """Write the manifest: what it said, and what is new."""
        if not self._new:
            return
        path = self.folder / manifest.FILE
        before = path.read_text("utf-8-sig") if path.exists() else ""
        gap = "" if not before else "\n" if before.endswith("\n") else "\n\n"
        _write(path, before + gap + "\n".join(self._new))


def _toml(value: str) -> str:
    """A TOML string; those of JSON are, but for one character."""
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def _write(path: Path, text: str) -> None:
    trial = path.with_name(f".{path.name[:40]}.{os.getpid()}.new")
    try:
        trial.write_text(text, "utf-8", newline="")
        trial.replace(path)
    except OSError as error:
        trial.unlink(missing_ok=True)
        raise ReadingError(
            f"The file cannot be written: {error.strerror}.", naming.show(path), "Make room, or name another folder."
        ) from error
