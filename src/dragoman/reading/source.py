"""Sources: which files are to be read, found in folders, with what their manifests say of them."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator, Sequence
from pathlib import Path

import msgspec

from dragoman.errors import ReadingError
from dragoman.reading import manifest, naming
from dragoman.reading.draft import Limits


class Member(msgspec.Struct, frozen=True):
    """One document of a file that holds many. text: in its format, which is told by a file's ending. where: its place in the file."""

    id: str
    text: str
    format: str
    where: str


class Source(msgspec.Struct, frozen=True):
    """A file to be read. root: the folder it was found under, None when it was named itself. entry: what a manifest says of it.

    member: the document of it that is meant, None for a file that is one. limits: what is refused.
    """

    path: Path
    root: Path | None = None
    entry: manifest.Entry | None = None
    member: Member | None = None
    limits: Limits = Limits()


def find(paths: Sequence[Path], limits: Limits = Limits(), titles: str = "", category: str = "") -> list[Source]:  # noqa: B008
    """The files that `paths` name: folders with all below them (sorted; hidden files and other endings left out), files as they are.

    A file is described by the dragoman.toml in its folder, or in one above it in which the search began. A file found twice
    counts once. titles, category: which articles of a dump are wanted (a pattern with * and ?), beside what its manifest says.
    Raises ReadingError for a missing path, a folder without a readable file, a bad manifest, and two files with one id.
    """
    sources: dict[str, Source] = {}
    for path in map(Path, paths):
        for source in _find_one(path):
            source = _limit(source, limits, titles, category)
            id, where = naming.identify(source.path), naming.show(source.path)
            other = sources.setdefault(id, source)
            if other is not source and not _is_same(other.path, source.path):
                what = f"Two files would have the document id {id!r}, this one and {naming.show(other.path)}."
                raise ReadingError(what, where, "Rename one of them: a file's name without its ending is its id.")
    return list(sources.values())


def _limit(source: Source, limits: Limits, titles: str, category: str) -> Source:
    entry = source.entry
    if (titles or category) and source.path.suffix.lower() in (".xml", ".bz2"):
        entry = entry or manifest.Entry(source.path.name, where=naming.show(source.path))
        entry = msgspec.structs.replace(entry, titles=titles or entry.titles, category=category or entry.category)
    return source if limits == source.limits and entry is source.entry else msgspec.structs.replace(source, limits=limits, entry=entry)


def _find_one(path: Path) -> Iterator[Source]:
    where = naming.show(path)
    try:
        mode = os.stat(path).st_mode
    except (FileNotFoundError, NotADirectoryError) as error:
        raise ReadingError("There is no such file or folder.", where, "Check the path.") from error
    except (OSError, ValueError) as error:
        raise ReadingError(
            f"It cannot be read: {getattr(error, 'strerror', error)}.", where, "Check the path and its permissions."
        ) from error
    if stat.S_ISDIR(mode):
        yield from _find_below(path)
    elif not stat.S_ISREG(mode):
        raise ReadingError("This is neither a file nor a folder.", where, "Name a text file or a folder of them.")
    elif path.name == manifest.FILE:
        raise ReadingError("This is a manifest, not a text.", where, "Name its folder instead.")
    else:
        yield Source(path, None, manifest.load(path.parent).get(path))


def _find_below(root: Path) -> Iterator[Source]:
    described: dict[Path, manifest.Entry] = {}
    found: dict[Path, None] = {}
    seen: set[tuple[int, int]] = set()
    for folder, folders, files in os.walk(root, onerror=_raise, followlinks=True):
        status = os.stat(folder)
        if (status.st_dev, status.st_ino) in seen:  # a link back to a folder above
            folders.clear()
            continue
        seen.add((status.st_dev, status.st_ino))
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        here = Path(folder)
        for path, entry in manifest.load(here).items():
            if path in described:
                raise ReadingError(f"{entry.file!r} is described twice.", entry.where, f"It stands at {described[path].where} too.")
            described[path] = entry
            found[path] = None
        found |= {here / name: None for name in files if not name.startswith(".") and name.lower().endswith(naming.ENDINGS)}
    if not found:
        endings = ", ".join(naming.ENDINGS)
        raise ReadingError(
            "The folder has no file that can be read.", naming.show(root), f"Files ending in {endings} are; name others one by one."
        )
    for path in sorted(found):
        yield Source(path, root, described.get(path))


def _raise(error: OSError) -> None:
    raise ReadingError(
        f"The folder cannot be read: {error.strerror}.", naming.show(Path(error.filename)), "Check its permissions."
    ) from error


def _is_same(one: Path, other: Path) -> bool:
    try:
        return one.samefile(other)
    except OSError:
        return one == other
