"""GraphML: states, and how often one did something to another, by type, period and modality. A directed graph with parallel edges.

The period of an edge is the smallest of year, decade and century that holds the whole date (2014, 201X, 20XX); "" when none does. Two who
act together, with nobody acted upon, have one edge, from the first to the second by code, with `together` true. Bodies that are no
state's, and what a state does to itself, have no edge.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import combinations, product
from typing import BinaryIO, NamedTuple
from xml.sax.saxutils import escape, quoteattr

from dragoman import edtf
from dragoman.errors import QueryError
from dragoman.exporting.parts.entries import PARTS as PARTS
from dragoman.exporting.parts.tables import frugal
from dragoman.languages.states import names
from dragoman.record import Record

_KEYS = (
    ("node", "name", "string"), ("edge", "kind", "string"), ("edge", "type", "string"), ("edge", "period", "string"),
    ("edge", "modality", "string"), ("edge", "together", "boolean"), ("edge", "weight", "int"),
)  # fmt: skip
_SQL = """SELECT list_sort(list_distinct(list_filter(list_transform(source, lambda a: a.code), lambda c: c <> ''))) AS sources,
    list_sort(list_distinct(list_filter(list_transform(target, lambda a: a.code), lambda c: c <> ''))) AS targets,
    len(target) = 0 AS together, kind, type, date, modality, count(*) FROM {table} GROUP BY ALL"""


class Edge(NamedTuple):
    """What statements are counted by."""

    source: str
    target: str
    kind: str
    type: str
    period: str
    modality: str
    together: bool


def write(record: Record, stream: BinaryIO, what: str = "statements") -> int:
    """Write the network of `what` (statements or facts) to `stream`; how many of them have an edge."""
    edges, count = _count(record, what)
    head = "".join(f'<key id="{name}" for="{on}" attr.name="{name}" attr.type="{kind}"/>\n' for on, name, kind in _KEYS)
    stream.write(f'<?xml version="1.0" encoding="UTF-8"?>\n<graphml xmlns="http://graphml.graphdrawing.org/xmlns">\n{head}'.encode())
    stream.write(b'<graph id="states" edgedefault="directed">\n')
    for code in sorted({code for edge in edges for code in (edge.source, edge.target)}):
        stream.write(f"<node id={quoteattr(code)}>{_data('name', names(code, 'en'))}</node>\n".encode())
    for number, (edge, weight) in enumerate(sorted(edges.items())):
        values = {"kind": edge.kind, "type": edge.type, "period": edge.period, "modality": edge.modality}
        data = "".join(_data(name, value) for name, value in values.items())
        data += _data("together", str(edge.together).lower()) + _data("weight", str(weight))
        ends = f"source={quoteattr(edge.source)} target={quoteattr(edge.target)}"
        stream.write(f'<edge id="e{number}" {ends}>{data}</edge>\n'.encode())
    stream.write(b"</graph>\n</graphml>\n")
    return count


def _count(record: Record, what: str) -> tuple[Counter[Edge], int]:
    edges, count = Counter[Edge](), 0
    table = record.table() if what == "statements" else what
    if what == "facts" and what not in record.tables:
        return edges, 0
    with frugal(record):
        for sources, targets, together, kind, type, date, modality, times in record.query(_SQL.format(table=table)):
            pairs = list(_pairs(sources, targets, together))
            for source, target in pairs:
                edges[Edge(source, target, kind, type, period(date), modality, together)] += times
            count += times if pairs else 0
    return edges, count


def _pairs(sources: list[str], targets: list[str], together: bool) -> Iterator[tuple[str, str]]:
    pairs = combinations(sources, 2) if together else product(sources, targets)
    return (pair for pair in pairs if pair[0] != pair[1])


def period(date: str) -> str:
    """The smallest of year, decade and century that holds all that a date can mean, in EDTF; "" when none does."""
    try:
        lower, upper = edtf.days(date)
    except QueryError:
        return ""
    first, last = lower[0], upper[0]
    if first < 0 or (lower, upper) == (edtf.FIRST, edtf.LAST):
        return ""
    for length, mark in ((1, ""), (10, "X"), (100, "XX")):
        if first // length == last // length:
            return f"{first // length:0{4 - len(mark)}}{mark}"
    return ""


def _data(key: str, value: str) -> str:
    return f'<data key="{key}">{escape(value)}</data>' if value else ""
