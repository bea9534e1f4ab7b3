"""The timeline of one state or of two: what they did, kept and held, in the order of time."""

from __future__ import annotations

from collections.abc import Collection

from dragoman import edtf
from dragoman.errors import QueryError
from dragoman.record import Record
from dragoman.statement import TYPES, Statement

_TAKES_PART = "list_contains(list_transform(list_concat(source, target), lambda actor: actor.code), ?)"


def timeline(
    record: Record,
    a: str,
    b: str | None = None,
    start: str | None = None,
    end: str | None = None,
    types: Collection[str] | None = None,
    languages: Collection[str] | None = None,
) -> list[Statement]:
    """Statements of the current editions in which state `a`, and `b` when given, takes part on either side.

    a, b: codes. start, end: EDTF; kept is what may have happened in between, undated statements are not.
    types: of an event, tie or position, or these words themselves, in any case. languages: as documents have them ("ar" for "ar-EG" too).
    In the order of time: by first day, then last day; what only ends is placed where it ends; undated last.
    Raises QueryError for a date, type or language that is not known.
    """
    conditions, parameters = [_TAKES_PART], [a]
    if b and b != a:
        conditions.append(_TAKES_PART)
        parameters.append(b)
    if types:
        chosen = _types(types)
        conditions.append(f"type IN ({', '.join('?' * len(chosen))})")
        parameters += chosen
    if languages:
        conditions.append(f"split_part(language, '-', 1) IN ({', '.join('?' * len(languages))})")
        parameters += _languages(record, languages)
    found = list(record.statements(" AND ".join(conditions), parameters))
    if start or end:
        first = edtf.days(start)[0] if start else edtf.FIRST
        last = edtf.days(end)[1] if end else edtf.LAST
        if first > last:
            raise QueryError(f"The period ends ({end}) before it begins ({start}).")
        found = [statement for statement in found if _within(statement.date, first, last)]
    return sorted(found, key=lambda statement: _when(statement.date))


def _types(asked: Collection[str]) -> list[str]:
    """The types asked for, each once; a kind stands for all of its types."""
    known = {name: [name] for names in TYPES.values() for name in names} | {kind.upper(): list(names) for kind, names in TYPES.items()}
    unknown = [name for name in asked if name.upper() not in known]
    if unknown:
        raise QueryError(f"There is no type {unknown[0]!r}.", "", "There is " + ", ".join(name.lower() for name in known) + ".")
    return list(dict.fromkeys(name for word in asked for name in known[word.upper()]))


def _languages(record: Record, asked: Collection[str]) -> list[str]:
    bases = [language.split("-")[0].lower() for language in asked]
    held = [row[0] for row in record.query("SELECT DISTINCT split_part(language, '-', 1) FROM current_documents ORDER BY 1")]
    for base, language in zip(bases, asked, strict=True):
        if base not in held:
            raise QueryError(f"The record holds nothing in the language {language!r}.", "", f"It holds {', '.join(held) or 'nothing'}.")
    return bases


def _days(date: str) -> tuple[edtf.Day, edtf.Day] | None:
    """The bounds of a statement's date; None when it has none, or none that can be read."""
    try:
        return edtf.days(date) if date else None
    except QueryError:
        return None


def _within(date: str, first: edtf.Day, last: edtf.Day) -> bool:
    days = _days(date)
    return days is not None and days[0] <= last and days[1] >= first


def _when(date: str) -> tuple[bool, edtf.Day, edtf.Day]:
    days = _days(date)
    if days is None or days == (edtf.FIRST, edtf.LAST):
        return True, edtf.LAST, edtf.LAST
    lower, upper = days
    return False, (upper if lower == edtf.FIRST else lower), upper
