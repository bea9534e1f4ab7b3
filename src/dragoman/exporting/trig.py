"""TriG: a nanopublication for each statement or fact, in RDF; docs/exporting.md has the graphs."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import groupby
from operator import itemgetter
from typing import BinaryIO

from dragoman.exporting.parts.entries import PARTS as PARTS
from dragoman.exporting.parts.entries import entries
from dragoman.exporting.parts.nanopublication import PREFIXES, TYPE, Literal, Triple, graphs
from dragoman.record import Record

_PREFIXED = re.compile(r"(\w+):(\w+)", re.ASCII)
_LANGUAGE = re.compile(r"[A-Za-z]{1,8}(?:-[A-Za-z0-9]{1,8})*", re.ASCII)
# What may not stand in a string as it is; what XML cannot hold, and noncharacters, are escaped too.
_UNSAFE = re.compile('["\\\\\\x00-\\x1f\\x7f-\\x9f\\ufffe\\uffff]')
_SHORT = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t"}


def write(record: Record, stream: BinaryIO, what: str = "statements") -> int:
    """Write `what` (statements or facts) to `stream`; how many there were."""
    stream.write("".join(f"@prefix {name}: <{iri}> .\n" for name, iri in PREFIXES.items()).encode())
    count = 0
    for entry in entries(record, what, around=True):
        for name, triples in graphs(entry, what):
            stream.write(_graph(name, triples).encode())
        count += 1
    return count


def _graph(name: str, triples: list[Triple]) -> str:
    nodes = []
    for subject, said in groupby(triples, key=itemgetter(0)):
        predicates = " ;\n    ".join(f"{_resource(predicate)} {_term(thing)}" for _, predicate, thing in said)
        nodes.append(f"  {_resource(subject)} {predicates} .\n")
    return f"\n<{name}> {{\n{''.join(nodes)}}}\n"


def _term(term: str | Literal) -> str:
    if isinstance(term, Literal):
        text = f'"{_UNSAFE.sub(_escape, term.value)}"'
        if term.datatype:
            return f"{text}^^{term.datatype}"
        return f"{text}@{term.language}" if _LANGUAGE.fullmatch(term.language) else text
    return _resource(term)


@lru_cache(maxsize=1024)
def _resource(term: str) -> str:
    if term == TYPE:
        return "a"
    match = _PREFIXED.fullmatch(term)
    return term if match and match[1] in PREFIXES else f"<{term}>"


def _escape(match: re.Match[str]) -> str:
    return _SHORT.get(match[0]) or f"\\u{ord(match[0]):04X}"
