"""How many statements say something of whom, of when and of what: numbers for maps and charts, each of rows that can be listed.

`where` and `values` choose the statements: a condition in SQL on the fields of a statement, with its parameters.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from dragoman import edtf
from dragoman.answers.facts import period, read_days
from dragoman.record import Record
from dragoman.record.schema import LISTED, listed

_CODES = """list_sort(list_distinct(list_filter(list_transform(list_concat(source, target), lambda actor: actor.code),
    lambda code: code <> '')))"""


def states(record: Record, where: str = "true", values: Sequence[object] = ()) -> list[tuple[str, int]]:
    """Each state that takes part in any, by code, with the number of statements; most first."""
    some = f"SELECT unnest({_CODES}) AS code FROM {record.table()} WHERE {where}"
    rows = record.query(f"SELECT code, count(*) FROM ({some}) GROUP BY code ORDER BY 2 DESC, 1", values)
    return [(code, number) for code, number in rows]


def pairs(record: Record, where: str = "true", values: Sequence[object] = ()) -> list[tuple[str, str, int]]:
    """Each two states that take part in one, the codes in order, with the number of statements; most first."""
    some = f"SELECT unnest(codes) AS a, codes FROM (SELECT {_CODES} AS codes FROM {record.table()} WHERE {where})"
    both = f"SELECT a, unnest(codes) AS b FROM ({some})"
    rows = record.query(f"SELECT a, b, count(*) FROM ({both}) WHERE a < b GROUP BY ALL ORDER BY 3 DESC, 1, 2", values)
    return [(a, b, number) for a, b, number in rows]


def fields(record: Record, field: str, where: str = "true", values: Sequence[object] = ()) -> list[tuple[Any, str, int]]:
    """Each value of a field, by kind of statement, with the number of statements; in order."""
    rows = record.query(f"SELECT {field}, kind, count(*) FROM {record.table()} WHERE {where} GROUP BY ALL ORDER BY ALL", values)
    return [(value, kind, number) for value, kind, number in rows]


def years(record: Record, where: str = "true", values: Sequence[object] = ()) -> tuple[list[tuple[int, str, int]], int]:
    """Each year, by kind, with the number of statements that are dated to it or closer; and how many are dated less closely, or not."""
    counted: Counter[tuple[int, str]] = Counter()
    rest = 0
    for date, kind, number in fields(record, "date", where, values):
        days = _days(date)
        if days and days[0][0] == days[1][0]:
            counted[days[0][0], kind] += number
        else:
            rest += number
    return [(year, kind, number) for (year, kind), number in sorted(counted.items())], rest


def within(record: Record, start: str | None, end: str | None, exact: bool = False) -> tuple[str, list[object]]:
    """The condition, with its parameters, that what a statement says may have been between two EDTF dates. Raises QueryError.

    exact: that it surely was.
    """
    first, last = period(start, end)
    dates = (date for (date,) in record.query(f"SELECT DISTINCT date FROM {record.table()} WHERE date <> '' ORDER BY 1"))
    found = []
    for date in dates:
        days = _days(date)
        if days and (first <= days[0] and days[1] <= last if exact else days[0] <= last and days[1] >= first):
            found.append(date)
    return f"date IN (SELECT unnest({LISTED}))", [listed(found)]


@lru_cache(maxsize=65536)
def _days(date: str) -> tuple[edtf.Day, edtf.Day] | None:
    return read_days(date)
