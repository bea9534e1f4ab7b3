"""Whether a record still holds what it was given: editions against their keys, quotes against their texts, ends against what they name.

Reads the whole file once, so that blocks which the disk has lost are found too. Changes nothing; holds a few thousand rows at a time.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping
from itertools import islice
from typing import Any, get_args

import msgspec

from dragoman.errors import RecordError
from dragoman.languages.folding import fold
from dragoman.record import judgements, schema
from dragoman.record.store import Record, edition_key
from dragoman.statement import MODALITIES, SECTORS, TYPES, DateFrom, Document

Progress = Callable[[str, int, int], None]
"""Called with what is being checked, how much of it is done, and how much there is."""

_AT_ONCE = 5000
_SHOWN = 60

_BEFORE = {"published", "pages"}
"""Fields of a document that the first Dragomans did not have: their keys are hashes without them, and without `cites`."""

_ENDS = {
    "links": 'SELECT ordinal, unnest(["left", "right"]) AS id FROM links',
    "facts": "SELECT ordinal, unnest(statements) AS id FROM facts",
    "conflicts": "SELECT ordinal, unnest(statements) AS id FROM conflicts",
    "issues": "SELECT ordinal, unnest(statements) AS id FROM issues",
}
_NAMES = {"links": "link", "facts": "fact", "conflicts": "conflict", "issues": "issue"}


class Finding(msgspec.Struct, frozen=True):
    """Something that is not as it should be. where: the document, statement, link or fact. what: one sentence."""

    where: str
    what: str


class Report(msgspec.Struct, frozen=True):
    """What was checked, by kind, and everything that is wrong."""

    checked: dict[str, int]
    findings: tuple[Finding, ...]


def check(record: Record, progress: Progress | None = None, most: int = 1000) -> Report:
    """Check the whole of `record`. most: findings of one kind after which no more are listed; that they are more is said.

    Raises RecordError only where the file is so damaged that nothing can be looked up in it.
    """
    checked: dict[str, int] = {}
    findings: list[Finding] = []
    for name, part in _PARTS.items():
        counter = _Counter(name, _size(record, name), checked, progress)
        try:
            found = list(islice(part(record, counter), most + 1))
        except RecordError as error:
            found = [Finding(name, f"The file is damaged here: {error.what}")]
        findings += found[:most]
        if len(found) > most:
            findings.append(Finding(name, f"And more of this kind; the first {most:,} are listed."))
    return Report(checked, tuple(findings))


class _Counter:
    """How much of a part is done."""

    def __init__(self, name: str, total: int, checked: dict[str, int], progress: Progress | None) -> None:
        self._name, self._total, self._checked, self._progress = name, total, checked, progress
        checked[name] = 0

    def add(self, count: int = 1) -> None:
        """So many more are done."""
        self._checked[self._name] += count
        if self._progress:
            self._progress(self._name, self._checked[self._name], max(self._total, self._checked[self._name]))


def _size(record: Record, table: str) -> int:
    try:
        return record.count(table)
    except RecordError:
        return 0


def _documents(record: Record, counter: _Counter) -> Iterator[Finding]:
    """Each edition as it was read: its key is the hash of all of it. And each addition has its edition."""
    for key, document in _editions(record):
        counter.add()
        if key not in _keys(document):
            yield Finding(document.id, f"The edition {key[:12]} is not what was read: its key is the hash of something else.")
        end = 0
        for sentence in document.sentences:
            if not end <= sentence.start <= sentence.end <= len(document.text):
                yield Finding(
                    document.id, f"A sentence from {sentence.start} to {sentence.end} does not lie in the text, or in another sentence."
                )
                break
            end = sentence.end
    sql = "SELECT a.id, a.key, d.id FROM additions a LEFT JOIN documents d ON a.key = d.key WHERE d.key IS NULL OR d.id <> a.id"
    for id, key, other in record.query(sql):
        said = "is not in the record" if other is None else f"is of the document {other!r}"
        yield Finding(id, f"It was added as the edition {key[:12]}, which {said}.")
    sql = "SELECT id, key FROM documents WHERE key NOT IN (SELECT key FROM additions)"
    for id, key in record.query(sql):
        yield Finding(id, f"The edition {key[:12]} was never added.")
    for (seq,) in record.query("SELECT seq FROM additions GROUP BY seq HAVING count(*) > 1"):
        yield Finding("additions", f"Two have the number {seq}: which of them is current cannot be told.")


def _editions(record: Record) -> Iterator[tuple[str, Document]]:
    """All editions with their keys, a few at a time."""
    told = {name: shape for name, shape in schema.DOCUMENT.items() if f"documents.{name}" in record.tables}
    said = {name: shape for name, shape in schema.SENTENCE.items() if f"sentences.{name}" in record.tables}
    rows = record.query(f"SELECT key, {schema.columns(told)} FROM documents")
    while batch := list(islice(rows, 100)):
        chosen = f"document IN (SELECT unnest({schema.LISTED}))"
        sql = f"SELECT document, {schema.columns(said)} FROM sentences WHERE {chosen} ORDER BY document, ordinal"
        sentences: dict[str, list[dict[str, Any]]] = {}
        for document, *row in record.query(sql, [schema.listed(key for key, *_ in batch)]):
            sentences.setdefault(document, []).append(dict(zip(said, row, strict=True)))
        for key, *row in batch:
            yield key, msgspec.convert(dict(zip(told, row, strict=True)) | {"sentences": sentences.get(key, [])}, Document)


def _keys(document: Document) -> Iterator[str]:
    """The keys that this Dragoman, and the first ones, give to an edition."""
    yield edition_key(document)
    if not document.published and not document.pages and not any(sentence.cites for sentence in document.sentences):
        fields = {name: getattr(document, name) for name in Document.__struct_fields__ if name not in _BEFORE}
        fields["sentences"] = [
            {name: getattr(one, name) for name in one.__struct_fields__ if name != "cites"} for one in document.sentences
        ]
        yield hashlib.sha256(msgspec.json.encode(fields)).hexdigest()


def _statements(record: Record, counter: _Counter) -> Iterator[Finding]:
    """Each quote against its text, each actor and each stretch of evidence; and the closed lists."""
    fields = ("id", "doc", "language", "start", "end", "quote", "kind", "type", "date_from", "modality", "source", "target", "evidence")
    rows = record.query(f"SELECT document, coder, {schema.columns(dict.fromkeys(fields, ''))} FROM statements")
    coders = set(record.query("SELECT key, coder FROM additions"))
    while batch := list(islice(rows, _AT_ONCE)):
        keys = schema.listed({key for key, *_ in batch})
        sql = f"SELECT key, id, language, text FROM documents WHERE key IN (SELECT unnest({schema.LISTED}))"
        texts = {key: (id, language, text) for key, id, language, text in record.query(sql, [keys])}
        for key, coder, *row in batch:
            one = dict(zip(fields, row, strict=True))
            told = texts.get(key)
            if told is None or (key, coder) not in coders:
                yield Finding(one["id"], f"It belongs to the edition {key[:12]}, coded by {coder}, which is not in the record.")
            else:
                yield from (Finding(one["id"], what) for what in _examine(one, *told))
        counter.add(len(batch))
    if "participants" in record.tables:
        yield from _participants(record)


def _examine(one: Mapping[str, Any], id: str, language: str, text: str) -> Iterator[str]:
    """What is wrong with a statement of a document."""
    if one["doc"] != id or one["language"] != language:
        yield f"It names the document {one['doc']!r} ({one['language']}), but stands in {id!r} ({language})."
    if not 0 <= one["start"] < one["end"] <= len(text) or text[one["start"] : one["end"]] != one["quote"]:
        stands = text[max(0, one["start"]) : max(0, one["end"])][:_SHOWN]
        yield f"Its quote is not what {id!r} says from {one['start']} to {one['end']}: {one['quote'][:_SHOWN]!r}, there stands {stands!r}."
    if one["type"] not in TYPES.get(one["kind"], ()):
        yield f"No {one['kind']} has the type {one['type']!r}."
    if one["modality"] not in MODALITIES or one["date_from"] not in get_args(DateFrom):
        yield f"There is no modality {one['modality']!r}, or no date from {one['date_from']!r}."
    for actor in (*one["source"], *one["target"]):
        if actor["sector"] not in SECTORS:
            yield f"No sector is called {actor['sector']!r}."
        if actor["start"] >= 0 and text[actor["start"] : actor["end"]] != actor["name"]:
            yield f"The actor {actor['name']!r} is not what stands from {actor['start']} to {actor['end']}."
    for stretch in one["evidence"]:
        if stretch["start"] >= 0 and not stretch["start"] <= stretch["end"] <= len(text):
            yield f"The evidence for {stretch['field']} from {stretch['start']} to {stretch['end']} is not in the text."


def _participants(record: Record) -> Iterator[Finding]:
    """What finds statements by their actors must hold as much as the statements do."""
    every = "SELECT rowid AS row, unnest(list_concat(source, target)) AS actor FROM statements"
    sql = f"""SELECT s.id, d.actor FROM (SELECT DISTINCT actor.code AS actor, row FROM ({every}) WHERE actor.code <> '') d
        ANTI JOIN participants p ON d.actor = p.actor AND d.row = p.row JOIN statements s ON s.rowid = d.row"""
    for id, actor in record.query(sql):
        yield Finding(id, f"It would not be found by its actor {actor}.")
    sql = "SELECT p.actor, p.row FROM participants p LEFT JOIN statements s ON s.rowid = p.row WHERE s.id IS NULL"
    for actor, row in record.query(sql):
        yield Finding("participants", f"{actor} is said to take part in the statement of row {row}, which is none.")
    sql = """SELECT s.id, s.source, s.target, p.actor FROM participants p JOIN statements s ON s.rowid = p.row
        WHERE NOT list_contains(list_transform(list_concat(s.source, s.target), lambda actor: actor.code), p.actor)"""
    for id, source, target, actor in record.query(sql):
        if actor not in {fold(one["name"]) for one in (*source, *target) if not one["code"]}:
            yield Finding(id, f"It would be found by {actor}, who takes no part in it.")


def _linked(table: str) -> Callable[[Record, _Counter], Iterator[Finding]]:
    """A check of a table that names statements: each is in the record, and where all is linked it is a current one."""

    def part(record: Record, counter: _Counter) -> Iterator[Finding]:
        if table not in record.tables:
            return
        whole = (
            "linked" in record.tables
            and not next(record.query("SELECT count(*) FROM current c ANTI JOIN linked l ON c.key = l.document AND c.coder = l.coder"))[0]
        )
        home, said = (record.table(), "no current statement") if whole else ("statements", "no statement of the record")
        sql = f"SELECT ordinal, e.id FROM ({_ENDS[table]}) e ANTI JOIN {home} s ON e.id = s.id ORDER BY ALL"
        for ordinal, id in record.query(sql):
            yield Finding(f"{_NAMES[table]} {ordinal}", f"It names {id!r}, which is {said}.")
        yield from _OWN[table](record) if table in _OWN else ()
        counter.add(record.count(table))

    return part


def _facts(record: Record) -> Iterator[Finding]:
    """A fact's id is the hash of its statements; no statement is in two; a difference names only statements of its fact."""
    for ordinal, id, statements, differences in record.query("SELECT ordinal, id, statements, differences FROM facts"):
        if id != hashlib.sha256("\n".join(sorted(statements)).encode()).hexdigest()[:32]:
            yield Finding(f"fact {ordinal}", f"Its id {id} is not that of its statements.")
        strange = {one for difference in differences for one in difference["values"]} - set(statements)
        if strange:
            yield Finding(f"fact {ordinal}", f"It tells a difference of {sorted(strange)[0]!r}, which is no statement of it.")
    for (id,) in record.query("SELECT id FROM (SELECT unnest(statements) AS id FROM facts) GROUP BY id HAVING count(*) > 1 ORDER BY id"):
        yield Finding(id, "It is in two facts.")


_OWN: dict[str, Callable[[Record], Iterator[Finding]]] = {"facts": _facts}


def _sentence_links(record: Record, counter: _Counter) -> Iterator[Finding]:
    """Links of sentences name documents of the record, and sentences that these have."""
    if "sentence_links" not in record.tables:
        return
    sql = """SELECT d.id, max(n) FROM (SELECT document, count(*) AS n FROM sentences GROUP BY document)
        JOIN documents d ON d.key = document GROUP BY d.id"""
    counts = dict(record.query(sql))
    for ordinal, *sides in record.query('SELECT ordinal, left_doc, "left", right_doc, "right" FROM sentence_links'):
        counter.add()
        for doc, places in (sides[:2], sides[2:]):
            if doc not in counts:
                yield Finding(f"sentence link {ordinal}", f"It names the document {doc!r}, which is not in the record.")
            elif not all(0 <= place < counts[doc] for place in places):
                yield Finding(f"sentence link {ordinal}", f"It names a sentence that {doc!r} does not have.")


def _vectors(record: Record, counter: _Counter) -> Iterator[Finding]:
    """Vectors of one encoder are of one length, and each text has one."""
    if "vectors" not in record.tables:
        return
    counts = "count(DISTINCT octet_length(vector)), count(*), count(DISTINCT hash)"
    sql = f"SELECT encoder, {counts} FROM vectors GROUP BY encoder ORDER BY encoder"
    for encoder, lengths, count, hashes in record.query(sql):
        if lengths > 1:
            yield Finding(
                f"vectors of {encoder}", "They are not of one length. `dragoman compact --without-cache` drops them; they are made again."
            )
        if count != hashes:
            yield Finding(f"vectors of {encoder}", f"{count - hashes:,} texts have two.")
        counter.add(count)


def _judgements(record: Record, counter: _Counter) -> Iterator[Finding]:
    """What persons have said is as they said it, and nothing of it is missing."""
    yield from (Finding("judgements", what) for what in judgements.verify(record))
    counter.add(record.count("judgements"))


_PARTS: dict[str, Callable[[Record, _Counter], Iterator[Finding]]] = {
    "documents": _documents,
    "statements": _statements,
    "sentence_links": _sentence_links,
    **{table: _linked(table) for table in _ENDS},
    "vectors": _vectors,
    "judgements": _judgements,
}
"""What is checked, by table, in the order of the data."""
