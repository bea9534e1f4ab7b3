"""The versions of a text that a record holds: its documents as they are now, and the older editions of each that were read before.

An older edition of a document is called ID@EDITION, or ID@N, the N-th that came, where its edition does not tell it from the others.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence

import msgspec

from dragoman.answers import subjects
from dragoman.encoding import encode_cached, load
from dragoman.errors import QueryError
from dragoman.linking import Linked, link
from dragoman.record import Record
from dragoman.statement import Document, Statement

_DATE = re.compile(r"(?:[a-z]{2,3}(?:-\w+)*\.)?\d{4}(?:-\d\d(?:-\d\d)?)?\Z")


class Edition(msgspec.Struct, frozen=True):
    """One version. document: under a name of its own. key, coder: what the record finds it by. held: the document's id there.

    number: as how many-eth of its document it came. current: whether it is what was read last.
    """

    document: Document
    key: str
    coder: str
    held: str
    number: int
    current: bool

    @property
    def order(self) -> tuple[str, bool, int, str]:
        """By which editions of one language follow each other: by their date, then as they came."""
        return self.document.edition, self.current, self.number, self.document.id


def choose(record: Record, subject: str, names: Sequence[str] = ()) -> list[Edition]:
    """The versions of a subject that are meant; without names its documents as they are now, of a single one also the edition before.

    names: ids, languages, editions ("2019-05-01", "en.2019-05-01"), or the beginning of a date ("2019": the last edition of that year).
    When all are dates, each means that edition in every language. Raises QueryError as subjects.documents does.
    """
    every = list(_versions(record, subjects.documents(record, subject)))
    now = [one for one in every if one.current]
    if not names:
        older = [one for one in every if not one.current]
        return [*(_read(one, record) for one in older[-1:]), *now] if len(now) == 1 else now
    dates = all(_DATE.match(name.strip()) for name in names)
    chosen = [one for name in names for one in _named(every, name.strip(), dates, record)]
    return [_read(one, record) for one in {one.document.id: one for one in chosen}.values()]


def _versions(record: Record, documents: Sequence[Document]) -> Iterable[Edition]:
    """Every version of the documents, in their order, of each the oldest first; of older ones only what they are called by."""
    sql = """SELECT a.id, a.key, arg_max(a.coder, a.seq), any_value(d.language), any_value(d.edition)
        FROM additions a JOIN documents d ON d.key = a.key WHERE list_contains(?, a.id) GROUP BY a.id, a.key ORDER BY a.id, min(a.seq)"""
    rows: dict[str, list[tuple[str, str, str, str]]] = {}
    for id, *row in record.query(sql, [[one.id for one in documents]]):
        rows.setdefault(id, []).append((row[0], row[1], row[2], row[3]))
    for document in documents:
        newest = record.current(document.id)
        told = Counter(edition for *_, edition in rows[document.id])
        for number, (key, coder, language, edition) in enumerate(rows[document.id], 1):
            if newest is not None and key == newest[0]:
                yield Edition(document, key, coder, document.id, number, True)
            else:
                name = edition if edition and told[edition] == 1 else str(number)
                called = Document(f"{document.id}@{name}", "", language, edition=edition)
                yield Edition(called, key, coder, document.id, number, False)


def _read(one: Edition, record: Record) -> Edition:
    """The version with its text, under its name."""
    if one.current:
        return one
    old = next(record.documents("key = ?", [one.key], history=True))
    return msgspec.structs.replace(one, document=msgspec.structs.replace(old, id=one.document.id))


def _named(every: Sequence[Edition], name: str, dates: bool, record: Record) -> list[Edition]:
    """The versions that a name means; several only where `dates`, one in each language."""
    now = [one for one in every if one.current]
    within = [one for one in every if any(edition.startswith(f"{name}-") for edition in _called(one))] if _DATE.match(name) else []
    for meant in (
        [one for one in every if one.document.id == name],
        [one for one in now if name in _called(one)],
        [one for one in every if name in _called(one)],
        list({one.document.language: one for one in sorted(within, key=lambda one: one.order)}.values()),
        [one for one in now if name in (one.document.language, one.document.language.split("-")[0])],
    ):
        if len(meant) == 1 or (meant and dates and len({one.document.language for one in meant}) == len(meant)):
            return meant
        if meant:
            raise QueryError(f"Several documents are meant by {name!r}.", str(record.path), f"There is {_list(meant)}.")
    raise QueryError(f"There is no edition {name!r}.", str(record.path), f"There is {_list(every)}.")


def _called(one: Edition) -> tuple[str, str]:
    return one.document.edition, f"{one.document.language}.{one.document.edition}"


def _list(versions: Sequence[Edition]) -> str:
    return ", ".join(one.document.id for one in versions)


def statements(record: Record, chosen: Sequence[Edition]) -> list[Statement]:
    """The statements of the versions, under the names of these. What stands at one place in two of them has an id in each."""
    found: dict[str, Statement] = {}
    for edition in sorted(chosen, key=lambda one: not one.current):
        for one in record.about((), editions=[(edition.key, edition.coder)]):
            id = one.id if one.id not in found else f"{one.id}@{edition.number}"
            found[id] = msgspec.structs.replace(one, id=id, doc=edition.document.id)
    return list(found.values())


def link_versions(record: Record, chosen: Sequence[Edition], said: Iterable[Statement]) -> Linked:
    """What linking finds in the versions alone. A record keeps that of current documents only."""
    encoder = load()
    return link([one.document for one in chosen], said, lambda texts: encode_cached(encoder, list(texts), record))
