"""Where the rows of a record stand, for a server that is asked for one statement after the other: a search in sorted numbers in
place of a look through a table. It takes some 40 bytes a statement, and holds as long as no document comes and nothing is linked."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from typing import Any

import numpy as np
from numpy.typing import NDArray

Columns = Callable[[str], dict[str, NDArray[Any]]]
"""Gives the columns of a SELECT by name."""

_KEY = "md5_number_lower"
_STATEMENTS = f"""SELECT {_KEY}(s.id) AS key, s.rowid AS row, c.key IS NOT NULL AS current
FROM statements s JOIN (SELECT key, coder, max(seq) AS seq FROM additions GROUP BY ALL) a ON s.document = a.key AND s.coder = a.coder
LEFT JOIN current c ON s.document = c.key AND s.coder = c.coder ORDER BY 1, current DESC, a.seq DESC, row"""
_DOCUMENTS = "SELECT s.rowid AS row, d.rowid AS document FROM statements s JOIN documents d ON s.document = d.key"
_SENTENCES = """SELECT d.rowid AS document, min(s.rowid) AS first, max(s.rowid) AS last, count(*) AS number
FROM sentences s JOIN documents d ON s.document = d.key GROUP BY 1"""

_LINKED = f"""SELECT {_KEY}(id) AS key, row FROM (SELECT unnest(statements) AS id, rowid AS row FROM {{}} WHERE len(statements) >= {{}})
ORDER BY ALL"""


class _Index:
    """Rows by the hash of a text, several of one in the order of the columns."""

    def __init__(self, columns: dict[str, NDArray[Any]]) -> None:
        self._keys, self._rows = columns["key"], columns["row"]

    def find(self, text: str) -> list[int]:
        """The rows that may be those of a text."""
        number = np.uint64(int.from_bytes(hashlib.md5(text.encode("utf-8", "replace"), usedforsecurity=False).digest()[8:], "little"))
        first = int(np.searchsorted(self._keys, number))
        last = int(np.searchsorted(self._keys, number, "right"))
        found: list[int] = self._rows[first:last].tolist()
        return found


class Places:
    """Rows of statements by id, and of what rests on them. Two ids may have one hash: who reads a row looks whether it is the one."""

    def __init__(self, columns: Columns, tables: frozenset[str]) -> None:
        """columns: asks the record. tables: those that it has."""
        statements = columns(_STATEMENTS)
        self._statements = _Index(statements)
        size = int(statements["row"].max(initial=-1)) + 1
        self._current = np.zeros(size, dtype=bool)
        self._current[statements["row"]] = statements["current"]
        documents = columns(_DOCUMENTS)
        self._documents = np.full(size, -1, dtype=np.int64)
        self._documents[documents["row"]] = documents["document"]
        sentences = columns(_SENTENCES)
        whole = (sentences["last"] - sentences["first"] + 1 == sentences["number"]).tolist()
        bounds = zip(sentences["document"].tolist(), sentences["first"].tolist(), sentences["last"].tolist(), whole, strict=True)
        self._sentences = {document: (first, last) for document, first, last, together in bounds if together}
        self._several = frozenset(columns("SELECT id FROM additions GROUP BY id HAVING count(*) > 1")["id"].tolist())
        self._linked: dict[tuple[str, bool], _Index] = {}
        self.link(columns, tables)

    def link(self, columns: Columns, tables: frozenset[str]) -> None:
        """Learn anew what rests on statements: after facts have been stated otherwise, while no statement has come."""
        self._linked = {
            (table, shared): _Index(columns(_LINKED.format(table, 1 + shared)))
            for table in ("facts", "conflicts")
            for shared in (False, True)
            if table in tables
        }

    def statement(self, id: str) -> list[int]:
        """The rows of `statements` with that id, the current and the newest first."""
        return self._statements.find(id)

    def is_current(self, row: int) -> bool:
        """Whether a statement is of the newest edition and coding of its document."""
        return bool(self._current[row])

    def has_history(self, id: str) -> bool:
        """Whether there are several editions or codings of the document with that id."""
        return id in self._several

    def document(self, row: int) -> int:
        """The row of `documents` of a statement, by the row of the statement."""
        return int(self._documents[row])

    def sentences(self, document: int) -> tuple[int, int] | None:
        """The first and the last row of a document's sentences, by the row of the document; None when they do not stand together."""
        return self._sentences.get(document)

    def linked(self, table: str, ids: Iterable[str], shared: bool) -> list[int]:
        """The rows of `facts` or `conflicts` that rest on any of these statements. shared: only those that rest on several."""
        index = self._linked.get((table, shared))
        return sorted({row for id in ids for row in index.find(id)}) if index else []
