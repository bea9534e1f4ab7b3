"""The pages that list what the record holds: home, statements, documents, issues, conflicts, method."""

from __future__ import annotations

from typing import Any

from dragoman.answers import subjects
from dragoman.answers.conflicts import Told
from dragoman.answers.conflicts import tell as tell_statements
from dragoman.answers.facts import common_actors
from dragoman.answers.page import tell_conflicts
from dragoman.answers.parties import find_party
from dragoman.answers.positions import Cell, matrix, positions
from dragoman.errors import QueryError
from dragoman.languages.states import names
from dragoman.record import Record, linked
from dragoman.statement import MODALITIES, TOPICS, TYPES
from dragoman.web.view import Asked, View, tell

_STATES = 60
_MADE = ("coders", "linkers", "licences")
_UNLINKED = "NOT EXISTS (SELECT 1 FROM linked l JOIN current c ON l.document = c.key AND l.coder = c.coder WHERE c.id = d.id)"
_GAPS = {
    "silent": "NOT EXISTS (SELECT 1 FROM current_statements s WHERE s.doc = d.id)",
    "undated": "edition = ''",
    "single": "subject = '' OR subject IN (SELECT subject FROM current_documents GROUP BY subject HAVING count(*) = 1)",
    "unlinked": _UNLINKED,
}
"""What documents may lack, as conditions in SQL on `current_documents d`."""


def home(asked: Asked) -> View:
    """What the record holds, where it is thin, and where to begin."""
    record, words = asked.record, asked.words
    counts = record.counts()
    languages = dict(record.query("SELECT language, count(*) FROM current_documents GROUP BY 1 ORDER BY 2 DESC, 1"))
    gaps = {f"documents_{gap}": count_documents(record, gap) for gap in _GAPS}
    gaps["statements_undated"] = next(record.query(f"SELECT count(*) FROM {record.table()} WHERE date = ''"))[0]
    states = common_actors(record, _STATES)
    compared = list(
        record.query(
            "SELECT subject, count(*), count(DISTINCT language) FROM current_documents WHERE subject <> '' GROUP BY 1 HAVING count(*) > 1 "
            "ORDER BY 1 LIMIT 100"
        )
    )
    found = {name: record.count(name) for name in ("facts", "conflicts", "issues")}
    data = {"counts": counts, "languages": languages, **found, "gaps": gaps, "states": states, "subjects": compared}
    shown = [(code, names(code, asked.ui), number) for code, number in states]
    details = {"counts": counts, "languages": languages, "found": found, "gaps": gaps, "states": shown, "subjects": compared}
    return View(
        "home.html", words["home"], details, data, lambda: [dict(zip(("state", "name", "statements"), row, strict=True)) for row in shown]
    )


def count_documents(record: Record, gap: str) -> int:
    """How many current documents lack something (a key of _GAPS)."""
    if gap == "unlinked" and "linked" not in record.tables:
        return record.counts().documents
    number: int = next(record.query(f"SELECT count(*) FROM current_documents d WHERE {_GAPS[gap]}"))[0]
    return number


def select(asked: Asked) -> tuple[str, list[object]]:
    """The statements that an address asks for, as a condition in SQL with its parameters. Raises QueryError."""
    conditions, values = ["true"], list[object]()
    known = {"kind": list(TYPES), "type": [type for types in TYPES.values() for type in types], "topic": TOPICS, "modality": MODALITIES}
    for column, choices in known.items():
        if value := asked.get(column):
            if value not in choices:
                raise QueryError(f"There is no {column} {value[:40]!r}.", "", f"There is {', '.join(choices)}.")
            conditions.append(f"{column} = ?")
            values.append(value)
    for column in ("doc", "language"):
        if value := asked.get(column):
            conditions.append(f"{column} = ?")
            values.append(value)
    if actor := asked.get("actor"):
        condition, keys = asked.record.of_actor(find_party(asked.record, actor).keys)
        conditions.append(condition)
        values += keys
    if asked.get("date") == "none":
        conditions.append("date = ''")
    if unsure := asked.number("below", 0, 0, 100):
        conditions.append("confidence < ?")
        values.append(unsure / 100)
    return " AND ".join(conditions), values


def statements(asked: Asked) -> View:
    """Statements by what they have; each with its quote."""
    where, values = select(asked)
    total = next(asked.record.query(f"SELECT count(*) FROM {asked.record.table()} WHERE {where}", values))[0]
    part = asked.part(total, lambda limit, skip: asked.record.statements(where, values, limit=limit, skip=skip))
    choices = {"kind": TYPES, "type": [type for types in TYPES.values() for type in types], "topic": TOPICS, "modality": MODALITIES}
    data = {"total": total, "page": part.number, "pages": part.pages, "statements": part.rows}
    return View(
        "statements.html",
        asked.words["statements"],
        {"part": part, "choices": choices},
        data,
        lambda: map(tell, asked.record.statements(where, values)),
    )


def documents(asked: Asked) -> View:
    """The current documents, or those that lack something."""
    gap, conditions, values = asked.get("gap"), ["true"], list[object]()
    if gap and gap not in _GAPS:
        raise QueryError(f"There is no gap {gap[:40]!r}.", "", f"There is {', '.join(_GAPS)}.")
    if gap and not (gap == "unlinked" and "linked" not in asked.record.tables):
        conditions.append(f"({_GAPS[gap]})")
    for column in ("language", "subject"):
        if value := asked.get(column):
            conditions.append(f"{column} = ?")
            values.append(value)
    fields = ("id", "title", "language", "subject", "edition", "source", "licence", "characters", "statements")
    listed = [
        dict(zip(fields, row, strict=True))
        for row in asked.record.query(
            "SELECT d.id, title, language, subject, edition, d.source, licence, length(text), coalesce(n, 0) FROM current_documents d "
            f"LEFT JOIN (SELECT doc, count(*) AS n FROM {asked.record.table()} GROUP BY doc) s ON s.doc = d.id "
            f"WHERE {' AND '.join(conditions)} ORDER BY d.id",
            values,
        )
    ]
    part = asked.cut(listed)
    return View("documents.html", asked.words["documents"], {"part": part, "gap": gap}, listed, lambda: listed)


def issues(asked: Asked) -> View:
    """Who stands where: each issue with the last stand of each actor."""
    found = positions(asked.record, None, asked.get("words"), asked.get("on"))
    cells = matrix(found)
    by_issue: dict[str, list[Any]] = {}
    for cell in cells:
        by_issue.setdefault(cell.issue, []).append(cell)
    part = asked.cut(sorted(by_issue.items(), key=lambda item: (-len(item[1]), item[0])))
    return View("issues.html", asked.words["issues"], {"part": part}, cells, lambda: map(_tell_cell, cells))


def _tell_cell(cell: Cell) -> dict[str, Any]:
    return {name: getattr(cell, name) for name in ("issue", "actor", "name", "type", "date", "count")}


def conflicts(asked: Asked) -> View:
    """What cannot all be true, of the whole record or of one subject."""
    record, subject = asked.record, asked.get("subject")
    found = list(linked.conflicts(record))
    if subject:
        ids = [document.id for document in subjects.documents(record, subject)]
        own = {row[0] for row in record.query("SELECT id FROM current_statements WHERE list_contains(?, doc)", [ids])}
        found = [conflict for conflict in found if own & set(conflict.statements)]
    part = asked.cut(found)
    told = list(tell_statements(record, found)) if asked.kind != "html" else []
    shown = zip(part.rows, tell_conflicts(record, part.rows), strict=True)
    details = {"part": part, "subject": subject, "shown": [(conflict.kind, *rest) for conflict, rest in shown]}
    return View("conflicts.html", asked.words["conflicts"], details, told, lambda: [row for one in told for row in _tell_conflict(one)])


def _tell_conflict(told: Told) -> list[dict[str, Any]]:
    conflict = told.conflict
    return [tell(one, conflict=conflict.id, rule=conflict.kind, problem=conflict.problem) for one in told.statements]


def method(asked: Asked) -> View:
    """By which versions the record was made, and how it is to be read."""
    record = asked.record
    coders = dict(record.query("SELECT coder, count(*) FROM current GROUP BY coder ORDER BY 2 DESC"))
    linkers = dict(record.query("SELECT linker, count(*) FROM linked GROUP BY linker ORDER BY 2 DESC")) if "linked" in record.tables else {}
    licences = dict(record.query("SELECT licence, count(*) FROM current_documents GROUP BY licence ORDER BY 2 DESC, 1"))
    meta = dict(record.query("SELECT name, value FROM meta ORDER BY name"))
    data = {"coders": coders, "linkers": linkers, "licences": licences, "record": meta, "types": TYPES}
    return View(
        "method.html",
        asked.words["method"],
        data | {"kinds": TYPES},
        data,
        lambda: [{"part": part, "name": name, "documents": number} for part in _MADE for name, number in data[part].items()],
    )
