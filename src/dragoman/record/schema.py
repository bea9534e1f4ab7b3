"""The tables of a record, and the shapes in which rows go in and come out.

documents: one row an edition of a document, keyed by what was read. sentences, statements: rows of an edition;
statements also of the coder's version. additions: in which order editions came; the last of a document is current.
participants: which actors a statement names, so that those of a state are found without looking into every list; drawn from `statements`.
linked: which editions linking has seen; sentence_links, links, facts, conflicts, issues: what it found, written anew as documents come.
failures: documents that were set aside, since the coder failed on them or the processes at work on them died.
judgements: what persons have said of statements, one row each, never changed, each with a hash over the row before. judged, judged_pairs,
asked_again: which statements of which editions these rows hold for now; drawn anew from them as judgements and editions come.
vectors: a cache of what an encoder made of a text, by the text's hash; no part of what the record says, and never exported.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import msgspec

from dragoman.languages.folding import fold
from dragoman.statement import Actor, Conflict, Document, Fact, Issue, Judgement, Link, Sentence, SentenceLink, Statement

PRODUCT = "dragoman"
FORMAT = 4
"""Raised by one when an older Dragoman could not read the tables any more, or would leave some of them behind."""

Shape = str | list[Any] | dict[str, Any]
"""A DuckDB type as JSON has it: a name, a list of one shape, or a struct."""

_ACTORS: Shape = [{"code": "VARCHAR", "sector": "VARCHAR", "name": "VARCHAR", "start": "INTEGER", "end": "INTEGER"}]
_EVIDENCE: Shape = [{"field": "VARCHAR", "start": "INTEGER", "end": "INTEGER", "rule": "VARCHAR"}]
_SECTIONS: Shape = [{"title": "VARCHAR", "level": "INTEGER", "start": "INTEGER", "end": "INTEGER", "parent": "INTEGER"}]

_SHAPES: dict[str, Shape] = {
    **dict.fromkeys(("start", "end", "section", "paragraph"), "INTEGER"),
    "confidence": "DOUBLE",
    "source": _ACTORS,
    "target": _ACTORS,
    "evidence": _EVIDENCE,
    "cites": ["VARCHAR"],
}
STATEMENT: dict[str, Shape] = {field: _SHAPES.get(field, "VARCHAR") for field in Statement.__struct_fields__}
SENTENCE: dict[str, Shape] = {field: _SHAPES.get(field, "VARCHAR") for field in Sentence.__struct_fields__}
DOCUMENT: dict[str, Shape] = {
    **{field: "VARCHAR" for field in Document.__struct_fields__ if field != "sentences"},
    "sections": _SECTIONS,
    "notes": ["VARCHAR"],
    "pages": ["INTEGER"],
}


def _sql(shape: Shape) -> str:
    """The shape as a DuckDB type."""
    if isinstance(shape, str):
        return shape
    if isinstance(shape, list):
        return f"{_sql(shape[0])}[]"
    return "STRUCT(" + ", ".join(f'"{field}" {_sql(inner)}' for field, inner in shape.items()) + ")"


def columns(shape: dict[str, Shape]) -> str:
    """The shape's fields as a list of column names, quoted: `end` and `by` are words of SQL."""
    return ", ".join(f'"{field}"' for field in shape)


def _table(name: str, keys: str, shape: dict[str, Shape]) -> str:
    return f"CREATE TABLE {name} ({keys}, " + ", ".join(f'"{field}" {_sql(inner)}' for field, inner in shape.items()) + ")"


_DIFFERENCES: Shape = [{"slot": "VARCHAR", "severity": "VARCHAR", "values": "MAP(VARCHAR, VARCHAR)"}]
_LINKED: dict[str, Shape] = _SHAPES | {
    "score": "DOUBLE",
    "differences": _DIFFERENCES,
    **{field: ["VARCHAR"] for field in ("rules", "statements", "wordings")},
}
LINK: dict[str, Shape] = {field: _LINKED.get(field, "VARCHAR") for field in Link.__struct_fields__}
SENTENCE_LINK: dict[str, Shape] = {field: _LINKED.get(field, "VARCHAR") for field in SentenceLink.__struct_fields__} | {
    "left": ["INTEGER"],
    "right": ["INTEGER"],
}
FACT: dict[str, Shape] = {field: _LINKED.get(field, "VARCHAR") for field in Fact.__struct_fields__}
CONFLICT: dict[str, Shape] = {field: _LINKED.get(field, "VARCHAR") for field in Conflict.__struct_fields__}
ISSUE: dict[str, Shape] = {field: _LINKED.get(field, "VARCHAR") for field in Issue.__struct_fields__}

_READINGS: Shape = [{"statement": STATEMENT, "sentence": "VARCHAR", "edition": "VARCHAR"}]
JUDGEMENT: dict[str, Shape] = {field: _READINGS if field == "readings" else "VARCHAR" for field in Judgement.__struct_fields__}
"""slots: the corrected ones as JSON, "{}" for none."""

_KEYS = "document VARCHAR, coder VARCHAR, ordinal INTEGER"
_PLACED = "document, coder, ordinal, " + columns(STATEMENT)

LATER = {
    "participants": "CREATE TABLE participants (actor VARCHAR, row BIGINT)",
    "vectors": "CREATE TABLE vectors (encoder VARCHAR, hash VARCHAR, vector BLOB)",
    "failures": "CREATE TABLE failures (id VARCHAR, key VARCHAR, place VARCHAR, coder VARCHAR, what VARCHAR, advice VARCHAR)",
    "linked": "CREATE TABLE linked (document VARCHAR, coder VARCHAR, linker VARCHAR)",
    "sentence_links": _table("sentence_links", "ordinal INTEGER", SENTENCE_LINK),
    "links": _table("links", "ordinal INTEGER", LINK),
    "facts": _table("facts", "ordinal INTEGER", FACT),
    "conflicts": _table("conflicts", "ordinal INTEGER", CONFLICT),
    "issues": _table("issues", "ordinal INTEGER", ISSUE),
    "differences": "CREATE VIEW differences AS SELECT id AS fact, unnest(differences, recursive := true) FROM facts ORDER BY ordinal",
    "judgements": _table("judgements", "seq BIGINT, chain VARCHAR", JUDGEMENT),
    "judged": _table("judged", f"judgement VARCHAR, verdict VARCHAR, actors VARCHAR[], {_KEYS}", STATEMENT),
    "judged_pairs": 'CREATE TABLE judged_pairs (judgement VARCHAR, verdict VARCHAR, "left" VARCHAR, "right" VARCHAR)',
    "asked_again": "CREATE TABLE asked_again (judgement VARCHAR, doc VARCHAR, reason VARCHAR)",
    "judged_statements": f"""CREATE VIEW judged_statements AS
        SELECT {_PLACED} FROM current_statements s ANTI JOIN judged j ON s.id = j.id AND s.document = j.document AND s.coder = j.coder
        UNION ALL SELECT {_PLACED} FROM (SELECT j.* FROM judged j JOIN current c ON j.document = c.key AND j.coder = c.coder)
        WHERE verdict <> 'reject'""",
}
"""Tables and views that records of format 1 did not have at first, by name: they are added when such a record is opened for writing.

A vector is a row of half-precision numbers, little end first: half the size of FLOAT[512], and read and written faster
from Python than a list of numbers.
"""

_VIEWS = {
    "current_documents": "SELECT d.*, c.seq, c.coder FROM documents d JOIN current c ON d.key = c.key",
    "current_sentences": "SELECT s.* FROM sentences s JOIN current c ON s.document = c.key",
}

ADDED = {
    "documents.published": "ALTER TABLE documents ADD COLUMN published VARCHAR DEFAULT ''",
    "documents.pages": "ALTER TABLE documents ADD COLUMN pages INTEGER[] DEFAULT []",
    "sentences.cites": "ALTER TABLE sentences ADD COLUMN cites VARCHAR[] DEFAULT []",
    "current_documents.pages": f"CREATE OR REPLACE VIEW current_documents AS {_VIEWS['current_documents']}",
    "current_sentences.cites": f"CREATE OR REPLACE VIEW current_sentences AS {_VIEWS['current_sentences']}",
}
"""Columns that records of format 1 did not have at first, added in the same way."""

CREATE = (
    "CREATE TABLE meta (name VARCHAR, value VARCHAR)",
    f"INSERT INTO meta VALUES ('product', '{PRODUCT}'), ('format', '{FORMAT}')",
    _table("documents", "key VARCHAR", DOCUMENT),
    _table("sentences", "document VARCHAR, ordinal INTEGER", SENTENCE),
    _table("statements", "document VARCHAR, coder VARCHAR, ordinal INTEGER", STATEMENT),
    "CREATE TABLE additions (seq BIGINT, id VARCHAR, key VARCHAR, coder VARCHAR)",
    "CREATE VIEW current AS SELECT * FROM additions QUALIFY row_number() OVER (PARTITION BY id ORDER BY seq DESC) = 1",
    *(f"CREATE VIEW {name} AS {view}" for name, view in _VIEWS.items()),
    "CREATE VIEW current_statements AS SELECT s.* FROM statements s JOIN current c ON s.document = c.key AND s.coder = c.coder",
    *LATER.values(),
)


JUDGED_HISTORY = f"""(SELECT {_PLACED} FROM statements s ANTI JOIN judged j ON s.id = j.id AND s.document = j.document AND s.coder = j.coder
    UNION ALL SELECT {_PLACED} FROM judged WHERE verdict <> 'reject')"""
"""Statements of all editions with the values that persons have given them."""

PLACED = _PLACED
"""The columns of `statements`."""


# Rows travel as one JSON text a document: a hundred times faster than binding them one by one.
def _rows(shape: dict[str, Shape]) -> str:
    return f"(SELECT unnest(from_json(?, '{msgspec.json.encode([shape]).decode()}')) AS row)"


INSERT_DOCUMENT = f"INSERT INTO documents SELECT ?, row.* FROM {_rows(DOCUMENT)}"
INSERT_SENTENCES = f"INSERT INTO sentences SELECT ?, row_number() OVER (), row.* FROM {_rows(SENTENCE)}"
INSERT_STATEMENTS = f"INSERT INTO statements SELECT ?, ?, row_number() OVER (), row.* FROM {_rows(STATEMENT)}"

INSERT_LINKED = {
    name: f"INSERT INTO {name} SELECT ? + row_number() OVER (), row.* FROM {_rows(shape)}"
    for name, shape in (("sentence_links", SENTENCE_LINK), ("links", LINK), ("facts", FACT), ("conflicts", CONFLICT), ("issues", ISSUE))
}

INSERT_JUDGEMENTS = f"INSERT INTO judgements SELECT row.* FROM {_rows({'seq': 'BIGINT', 'chain': 'VARCHAR'} | JUDGEMENT)}"
_JUDGED: dict[str, Shape] = {"judgement": "VARCHAR", "verdict": "VARCHAR", "actors": ["VARCHAR"], "document": "VARCHAR", "coder": "VARCHAR"}
INSERT_JUDGED = f"INSERT INTO judged SELECT row.* FROM {_rows(_JUDGED | {'ordinal': 'INTEGER'} | STATEMENT)}"

INSERT_VECTORS = """INSERT INTO vectors SELECT ?, row.hash, from_base64(row.vector) FROM
(SELECT unnest(from_json(?, '[{"hash":"VARCHAR","vector":"VARCHAR"}]')) AS row)
WHERE NOT EXISTS (SELECT 1 FROM vectors v WHERE v.encoder = ? AND v.hash = row.hash)"""

# Rows are only ever appended, so that the number of those before is the `rowid` of the first that is added.
INSERT_PARTICIPANTS = (
    "INSERT INTO participants SELECT DISTINCT row.actor, first + row.place FROM "
    """(SELECT unnest(from_json(?, '[{"actor": "VARCHAR", "place": "BIGINT"}]')) AS row), (SELECT ?::BIGINT AS first)"""
)

DRAWN_PARTICIPANTS = """(SELECT rowid AS row, unnest(list_transform(list_concat(source, target),
    lambda actor: if(actor.code <> '', actor.code, lower(actor.name)))) AS actor FROM statements)"""
"""In place of `participants` where a record of format 1 is only read: slower, and names of bodies are folded but for their case."""


LISTED = """from_json(?, '["VARCHAR"]')"""
"""A list of strings in SQL; `listed` makes its parameter. A list that is bound itself costs DuckDB a search for a module a string."""


def listed(values: Iterable[str]) -> str:
    """The parameter of LISTED."""
    return msgspec.json.encode(list(values)).decode()


def find_by(actor: Actor) -> str:
    """What an actor is found by in `participants`: the code of its state, or the folded name of a body without one."""
    return actor.code or fold(actor.name)
