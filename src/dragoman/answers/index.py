"""The text index of a record: which words and marks each passage holds, in tables of the record that can be made again at any time.

A record that is open for reading only, and whose index is not whole, is indexed in memory.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from itertools import islice

import msgspec

from dragoman.answers.passages import Passage, read_passages, stem
from dragoman.record import Record, schema
from dragoman.statement import Statement

_BATCH, _BATCHES, _LARGEST = 50, 400, 1000
"""Documents that are indexed in one transaction: so many, and more where there would be too many batches, each of which costs a search."""
_COMMON = 20_000
"""A word that more passages hold finds none by itself, and one that five times as many hold is not looked at, where a question
names no state or year; unless it has no rarer one."""
READER = "1"
"""Changes when passages are read otherwise than before; which words and rules they were read by, the coder of their edition tells."""

LISTED = f"SELECT unnest({schema.LISTED})"
"""SQL for a list of texts that is handed over as JSON: to bind them one by one takes DuckDB long."""

CREATE = (
    "CREATE TABLE IF NOT EXISTS {at}.indexed (edition INTEGER, document VARCHAR, coder VARCHAR, reader VARCHAR, language VARCHAR)",
    'CREATE TABLE IF NOT EXISTS {at}.passages (passage INTEGER, edition INTEGER, "start" INTEGER, "end" INTEGER)',
    "CREATE TABLE IF NOT EXISTS {at}.words (word INTEGER, text VARCHAR, form VARCHAR, stem VARCHAR, held INTEGER)",
    "CREATE TABLE IF NOT EXISTS {at}.postings (word INTEGER, passage INTEGER)",
)
_SHAPE = '[{"edition":"INTEGER","start":"INTEGER","end":"INTEGER","words":["VARCHAR"],"forms":["VARCHAR"],"stems":["VARCHAR"]}]'
_READ = (
    "CREATE OR REPLACE TEMP TABLE batch AS SELECT row_number() OVER () + (SELECT coalesce(max(passage), 0) FROM {at}.passages) AS passage, "
    f"row.* FROM (SELECT unnest(from_json(?, '{_SHAPE}')) AS row)"
)
FILL = (
    'INSERT INTO {at}.passages SELECT passage, edition, "start", "end" FROM batch ORDER BY passage',
    "CREATE OR REPLACE TEMP TABLE told AS SELECT passage, unnest(words) AS text, unnest(forms) AS form, unnest(stems) AS stem FROM batch",
    "INSERT INTO {at}.words SELECT row_number() OVER (ORDER BY text) + (SELECT coalesce(max(word), 0) FROM {at}.words), "
    "text, max(form), min(stem), 0 FROM told WHERE text NOT IN (SELECT text FROM {at}.words) GROUP BY text",
    "UPDATE {at}.words w SET held = w.held + t.n FROM (SELECT text, count(*) AS n FROM told GROUP BY text) t WHERE w.text = t.text",
    "INSERT INTO {at}.postings SELECT word, passage FROM told JOIN {at}.words w USING (text) ORDER BY word, passage",
    "DROP TABLE batch",
    "DROP TABLE told",
)
"""From the passages in the table `batch` to the tables of the index."""


class Entry(msgspec.Struct, frozen=True):
    """A passage on its way into the index. forms, stems: of the words, in their order; a mark is its own."""

    edition: int
    start: int
    end: int
    words: tuple[str, ...]
    forms: tuple[str, ...]
    stems: tuple[str, ...]


def make_entry(edition: int, passage: Passage, language: str) -> Entry:
    """The row of a passage of that edition."""
    stems = tuple(stem(word, language) for word in passage.words)
    marks = passage.marks
    return Entry(edition, passage.start, passage.end, passage.words + marks, passage.forms + marks, stems + marks)


class Index:
    """The index of one open record. at: the database that its tables lie in."""

    def __init__(self, record: Record) -> None:
        self._record, self.at = record, "main"

    def update(self) -> int:
        """Index the current editions that are not in yet; how many there were. Only then can be asked."""
        self._at(self._home())
        due = self._due()
        if self._record.read_only and (due or not self._made()):
            self._record.write([("ATTACH IF NOT EXISTS ':memory:' AS scratch (READ_WRITE)", ())])
            self._at("scratch")
            due = self._due()
        if not self._made():
            self._record.write((self._sql(sql), ()) for sql in CREATE)
        rest, size = iter(due), min(max(_BATCH, len(due) // _BATCHES), _LARGEST)
        while batch := list(islice(rest, size)):
            self._add(batch)
        return len(due)

    def whole(self) -> bool:
        """Whether all current editions are in."""
        self._at(self._home())
        return self._made() and not self._due()

    def _sql(self, sql: str) -> str:
        return sql.replace("{at}", self.at)

    def _home(self) -> str:
        """Where the index lies: in memory once it had to be made there."""
        rows = self._record.query("SELECT 1 FROM duckdb_databases() WHERE database_name = 'scratch'")
        return "scratch" if list(rows) else "main"

    def _at(self, database: str) -> None:
        ((main,),) = self._record.query("SELECT current_database()")
        self.at = f'"{main if database == "main" else database}".main'

    def _made(self) -> bool:
        rows = self._record.query("SELECT database_name, table_name FROM duckdb_tables() WHERE table_name = 'postings'")
        return any(f'"{database}".main' == self.at for database, _ in rows)

    def _due(self) -> list[tuple[str, str, str]]:
        """Ids, keys and coders of the current editions that the index lacks, in the order of the documents."""
        sql, parameters = "SELECT c.id, c.key, c.coder FROM current c", []
        if self._made():
            known = f"SELECT document, coder FROM {self.at}.indexed WHERE reader = ?"
            sql, parameters = f"{sql} ANTI JOIN ({known}) i ON c.key = i.document AND c.coder = i.coder", [READER]
        return [(id, key, coder) for id, key, coder in self._record.query(f"{sql} ORDER BY c.id", parameters)]

    def _add(self, batch: Sequence[tuple[str, str, str]]) -> None:
        """Index some editions in one transaction."""
        ((held,),) = self._record.query(f"SELECT coalesce(max(edition), 0) FROM {self.at}.indexed")
        ids = [msgspec.json.encode([id for id, _, _ in batch]).decode()]
        told: dict[str, list[Statement]] = {}
        for statement in self._record.statements(f"doc IN ({LISTED})", ids):
            told.setdefault(statement.doc, []).append(statement)
        rows: list[tuple[int, str, str, str, str]] = []
        entries: list[Entry] = []
        documents = self._record.documents(f"id IN ({LISTED})", ids)
        for number, (document, (_, key, coder)) in enumerate(zip(documents, batch, strict=True), held + 1):
            passages = read_passages(document, told.get(document.id, []))
            entries += [make_entry(number, passage, document.language) for passage in passages]
            rows.append((number, key, coder, READER, document.language.split("-")[0]))
        changes: list[tuple[str, Sequence[object]]] = [(f"INSERT INTO {self.at}.indexed VALUES (?, ?, ?, ?, ?)", row) for row in rows]
        changes.append((self._sql(_READ), [msgspec.json.encode(entries).decode()]))
        changes += [(self._sql(sql), ()) for sql in FILL]
        self._record.write(changes)

    def vocabulary(self) -> Iterator[tuple[str, str, str]]:
        """Every word of the index, no mark and no number: folded, as first written, and its stem."""
        return self._record.query(
            f"SELECT text, form, stem FROM {self.at}.words WHERE NOT regexp_matches(text, '^[@~#&!%]|[0-9]') ORDER BY word"
        )

    def weigh(self, groups: Sequence[Group]) -> list[float]:
        """How telling each group is: the logarithm of how few passages hold it; infinite when none does."""
        rows = dict(self._record.query(self._sql(_SOUGHT + _WEIGH), [_encode(groups, [1.0] * len(groups))]))
        total = self.size()
        return [math.log(1 + total / min(rows[n], total)) if rows.get(n) else math.inf for n in range(len(groups))]

    def size(self) -> int:
        """How many passages the index holds."""
        ((total,),) = self._record.query(f"SELECT count(*) FROM {self.at}.passages")
        return int(total)

    def find(self, groups: Sequence[Group], limit: int, languages: Sequence[str] = ()) -> list[Hit]:
        """The passages that hold most of the groups, by their weights, best first. languages: only in these.

        A passage must hold a word of each group that is needed.
        """
        needed = sum(group.needed for group in groups)
        sql = (_SOUGHT + _FIND).replace("{may}", _NEEDED if needed else _RARE)
        sql = sql.replace("{common}", "" if needed else f"WHERE s.held <= greatest({5 * _COMMON}, (SELECT min(held) FROM sought))")
        sql = sql.replace("{spoken}", "AND i.language IN (SELECT unnest(?::VARCHAR[]))" if languages else "")
        parameters: list[object] = [_encode(groups, [group.weight for group in groups]), needed or _COMMON, READER]
        parameters += [*([list(languages)] if languages else []), limit]
        return [Hit(*row) for row in self._record.query(self._sql(sql), parameters)]


class Group(msgspec.Struct, frozen=True):
    """Words and marks any of which will do. words: each with how well it does, 0 to 1. needed: whether a passage without any is none.

    weight: how much holding it counts.
    """

    words: dict[str, float]
    needed: bool = False
    weight: float = 1.0


class Hit(msgspec.Struct, frozen=True):
    """A passage that was found: the edition and coding, the span in it, and the weight of what it holds."""

    document: str
    coder: str
    start: int
    end: int
    score: float


class _Asked(msgspec.Struct, frozen=True):
    """One word of one group, as it is handed to SQL."""

    g: int
    w: str
    s: float
    needed: bool


def _encode(groups: Sequence[Group], weights: Sequence[float]) -> str:
    asked = [_Asked(n, w, sure * weights[n], group.needed) for n, group in enumerate(groups) for w, sure in group.words.items()]
    return msgspec.json.encode(asked).decode()


_SOUGHT = """
WITH sought AS MATERIALIZED (
    SELECT w.word, w.held, a.g, a.s, a.needed FROM {at}.words w JOIN (
        SELECT unnest(from_json(?, '[{"g":"INTEGER","w":"VARCHAR","s":"FLOAT","needed":"BOOLEAN"}]'), recursive := true)
    ) a ON w.text = a.w
)
"""
_WEIGH = "SELECT g, sum(s * held) FROM sought GROUP BY g"
# Told first is which passages may be found at all: they are few, and only they are scored. They hold all that is needed; where
# nothing is, a word that not too many hold.
_NEEDED = "SELECT passage FROM told WHERE needed GROUP BY passage HAVING count(DISTINCT g) = ?"
_RARE = "SELECT DISTINCT passage FROM told WHERE held <= greatest(?, (SELECT min(held) FROM sought))"
_FIND = """,
told AS MATERIALIZED (SELECT p.passage, s.g, s.s, s.held, s.needed FROM {at}.postings p JOIN sought s ON p.word = s.word {common}),
may AS MATERIALIZED ({may}),
hits AS (SELECT t.passage, t.g, max(t.s) AS s FROM told t SEMI JOIN may m ON t.passage = m.passage GROUP BY ALL),
scored AS (SELECT passage, sum(s) AS score FROM hits GROUP BY passage)
SELECT i.document, i.coder, p."start", p."end", s.score
FROM scored s JOIN {at}.passages p USING (passage) JOIN {at}.indexed i USING (edition)
JOIN current c ON i.document = c.key AND i.coder = c.coder
WHERE i.reader = ? {spoken}
ORDER BY score DESC, passage LIMIT ?
"""

__all__ = ["CREATE", "FILL", "LISTED", "READER", "Entry", "Group", "Hit", "Index", "make_entry"]
