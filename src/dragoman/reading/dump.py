"""Dumps of MediaWiki (XML, plain or .bz2), read as a stream: memory holds one page, however large the dump is."""

from __future__ import annotations

import bz2
import fnmatch
import re
from collections.abc import Iterator
from typing import IO, Any
from urllib.parse import quote
from xml.parsers import expat

import msgspec

from dragoman.errors import DragomanError, ReadingError
from dragoman.reading import detection, naming, wikitext
from dragoman.reading.manifest import Entry
from dragoman.reading.source import Member, Source

_CHUNK = 1 << 16
_SPARE = 1 << 20
_NOTHING = expat.errors.codes[expat.errors.XML_ERROR_NO_ELEMENTS]
_TAKEN = frozenset({"title", "ns", "id", "timestamp", "text", "base", "parentid"})


class Revision(msgspec.Struct):
    """One revision of a page, as the dump has it. large: its text was over the limit and let go."""

    title: str
    namespace: str
    id: str
    timestamp: str
    text: str
    large: bool = False


class _Parser:
    """The revisions in what is fed to it. language, base: of the wiki, "" until they have come."""

    def __init__(self, largest: int) -> None:
        self.found: list[Revision] = []
        self.language = self.base = ""
        self.bytes = 0  # since the last revision was whole
        self._largest, self._length, self._large = largest, 0, False
        self._path: list[str] = []
        self._said: dict[str, str] = {}
        self._text: list[str] = []
        self._expat = expat.ParserCreate()
        self._expat.buffer_text = True
        self._expat.StartElementHandler = self._start
        self._expat.EndElementHandler = self._end
        self._expat.CharacterDataHandler = self._add
        self._expat.StartDoctypeDeclHandler = self._refuse

    def feed(self, data: bytes, last: bool = False) -> None:
        """Parse on. Raises expat.ExpatError and ReadingError."""
        self.bytes += len(data)
        self._expat.Parse(data, last)

    def inside(self) -> bool:
        """Whether an element is open."""
        return bool(self._path)

    def _refuse(self, *_: Any) -> None:
        raise ReadingError(
            "The file declares a document type, which no dump does.", "", "It could be made to fill the memory; leave it out."
        )

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        if not self._path and name != "mediawiki":
            raise ReadingError(f"The file is no dump of MediaWiki: it begins with <{name}>.", "", "Only such XML is read.")
        if name == "mediawiki":
            self.language = attributes.get("xml:lang", "")
        elif name == "page":
            self._said = {}
        self._path.append(name)
        self._text, self._length, self._large = [], 0, False

    def _add(self, text: str) -> None:
        if self._path[-1] in _TAKEN and not self._large:
            self._length += len(text)
            self._large = self._length > self._largest
            self._text = [] if self._large else [*self._text, text] if len(self._text) < 8 else ["".join((*self._text, text))]

    def _end(self, name: str) -> None:
        self._path.pop()
        above = self._path[-1] if self._path else ""
        text = "".join(self._text)
        if (name in ("title", "ns") and above == "page") or (name in ("id", "timestamp") and above == "revision"):
            self._said[name] = text
        elif name == "text" and above == "revision":
            self._said["text"] = text
            self._said["large"] = "yes" if self._large else ""
        elif name == "base":
            self.base = text
        elif name == "revision":
            said = self._said.get
            large = bool(said("large"))
            self.found.append(Revision(said("title", ""), said("ns", "0"), said("id", ""), said("timestamp", ""), said("text", ""), large))
            self.bytes = 0
        self._text = []


def read(source: Source) -> Iterator[Source | DragomanError]:
    """The articles of a dump that are wanted, each revision by itself, and an error for what cannot be read. Raises OSError."""
    path, limits = source.path, source.limits
    where, count = naming.show(path), 0
    parser, choice = _Parser(limits.largest), _Choice(source)
    with path.open("rb") as raw:
        packed = raw.read(3) == b"BZh"
        if not packed and path.suffix.lower() == ".bz2":
            yield ReadingError("It is no bzip2 file, although it is called one.", where, "Get it again, or see how it is packed.")
            return
        file: IO[bytes] = bz2.BZ2File(raw) if packed else raw
        raw.seek(0)
        ended = False
        while not ended:
            problem: DragomanError | None = None
            try:
                data = file.read(_CHUNK)
                ended = not data
                parser.feed(data, ended)
                if parser.bytes > 4 * limits.largest + _SPARE:
                    raise ReadingError(
                        f"More than {parser.bytes:,} bytes come without an article's end.",
                        "",
                        "It is no usual dump; --largest sets a higher limit.",
                    )
                if parser.language and not choice.language:
                    choice.language = detection.normalise(parser.language, where)
            except EOFError:
                problem = ReadingError("The dump is cut short.", "", "Get it again.")
            except expat.ExpatError as error:
                cut = error.code == _NOTHING or (ended and parser.inside())
                what = "The dump is cut short." if cut else f"It is no XML: {expat.errors.messages[error.code]} in line {error.lineno:,}."
                problem = ReadingError(what, "", "Get it again.")
            except OSError as error:
                if file is raw:
                    raise
                problem = ReadingError(f"It is no whole bzip2 file: {error}.", "", "Get it again.")
            except DragomanError as error:
                problem = error
            for revision in parser.found:
                count += 1
                if (member := choice.take(revision, parser.base)) is not None:
                    yield member
            parser.found.clear()
            if problem is not None:
                read = f" The {count:,} articles before it are read." if count else ""
                yield type(problem)(problem.what + read, problem.where or where, problem.advice)
                return
        if not count:
            yield ReadingError("The dump has no article.", where, "Leave it out.")
        elif not choice.taken:
            yield ReadingError(
                f"Of {count:,} articles none has such a title or category.", where, "Patterns match whole titles: '*relations'."
            )


class _Choice:
    """Which revisions are wanted."""

    def __init__(self, source: Source) -> None:
        self.source, self.where, self.language, self.taken = source, naming.show(source.path), "", 0
        entry = source.entry or Entry(source.path.name, where=self.where)
        self.entry = entry
        if entry.language:
            self.language = detection.normalise(entry.language, entry.where)
        self.titles = _pattern(entry.titles) if entry.titles else None
        self.category = _pattern(entry.category) if entry.category else None

    def take(self, revision: Revision, base: str) -> Source | DragomanError | None:
        """The document of a revision, None when it is not wanted, an error when it cannot be had."""
        title = revision.title
        if revision.namespace != "0" or (self.titles and not self.titles.match(title.replace("_", " "))):
            return None
        where = f"{self.where}: {title}"
        if revision.large:
            self.taken += 1
            what = f"The article has more than {self.source.limits.largest:,} characters."
            return ReadingError(what, where, "A higher limit can be set with --largest.")
        if wikitext.find_redirect(revision.text):
            return None
        if self.category and not any(map(self.category.match, wikitext.find_categories(revision.text, self.language or "en"))):
            return None
        self.taken += 1
        subject = naming.slug(title)
        address = f"{base.rsplit('/', 1)[0]}/{quote(title.replace(' ', '_'), safe='/:(),')}?oldid={revision.id}" if base else ""
        told = {
            "subject": self.entry.subject or subject,
            "language": self.language,
            "edition": revision.timestamp[:10] or revision.id,
            "revision": revision.id,
            "title": title,
            "source": address,
        }
        entry = msgspec.structs.replace(self.entry, **{key: value for key, value in told.items() if value})
        id = ".".join(part for part in (subject, self.language, revision.id) if part)
        return msgspec.structs.replace(self.source, entry=entry, member=Member(id, revision.text, ".wiki", where))


def _pattern(glob: str) -> re.Pattern[str]:
    return re.compile(fnmatch.translate(glob.replace("_", " ")), re.IGNORECASE)
