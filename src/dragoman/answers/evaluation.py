"""How well statements agree with gold statements, at five levels, each of which asks for all of the level above it.

found: quotes overlap by half of the shorter one, same kind and (where the gold names actors) an actor in common.
typed: same type. roles: same source codes and same target codes (a tie's or a symmetric event's in any order).
dated: same first and last year. voiced: same modality. A gold statement that is optional counts neither way.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Sequence
from pathlib import Path
from typing import Literal

import msgspec

from dragoman.errors import QueryError
from dragoman.record import Record
from dragoman.statement import Statement

LEVELS = ("found", "typed", "roles", "dated", "voiced")


class Judged(msgspec.Struct, frozen=True):
    """What is compared of a statement, gold or coded. source, target: codes, or folded names of actors without one; each once, sorted."""

    doc: str
    start: int
    end: int
    kind: str
    type: str
    source: tuple[str, ...]
    target: tuple[str, ...]
    date: str
    modality: str
    quote: str = ""
    optional: bool = False

    @property
    def everyone(self) -> set[str]:
        """All who take part."""
        return {*self.source, *self.target}


class Figures(msgspec.Struct, frozen=True, rename={"precision": "P", "recall": "R", "f1": "F"}):
    """Precision, recall and F1, 0 to 1, to three decimals."""

    precision: float
    recall: float
    f1: float


class Row(msgspec.Struct, frozen=True):
    """The figures of some documents. gold, system: how many statements were judged. levels: by name of the level."""

    gold: int
    system: int
    levels: dict[str, Figures]


class Miss(msgspec.Struct, frozen=True):
    """A disagreement. level: the first level that failed, when both are there ("wrong")."""

    verdict: Literal["missed", "wrong", "made up"]
    level: str = ""
    gold: Judged | None = None
    system: Judged | None = None


class Report(msgspec.Struct, frozen=True):
    """The figures for all, by language and by document; every disagreement; gold documents that the record lacks."""

    all: Row
    languages: dict[str, Row]
    documents: dict[str, Row]
    misses: tuple[Miss, ...]
    absent: tuple[str, ...] = ()


class _Actor(msgspec.Struct, frozen=True):
    code: str | None = ""
    name: str = ""


class _Line(msgspec.Struct, frozen=True):
    """A line of a gold file; what it holds beside these is ignored."""

    start: int
    end: int
    kind: str
    type: str
    doc: str = ""
    document: str = ""
    source: tuple[_Actor, ...] | None = ()
    target: tuple[_Actor, ...] | None = ()
    date: str | None = ""
    modality: str = "asserted"
    quote: str = ""
    optional: bool = False


def _codes(actors: Iterable[_Actor]) -> tuple[str, ...]:
    return tuple(sorted({actor.code or actor.name.casefold() for actor in actors}))


def read_gold(path: str | Path) -> list[Judged]:
    """The gold statements of a JSONL file. Raises QueryError, naming file and line, when it cannot be read."""
    try:
        lines = Path(path).read_bytes().splitlines()
    except OSError as error:
        raise QueryError(f"The gold file cannot be read: {error.strerror}.", str(path)) from error
    decoder, gold = msgspec.json.Decoder(_Line), []
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            row = decoder.decode(line)
        except (msgspec.MsgspecError, UnicodeDecodeError) as error:
            raise QueryError(f"This is no gold statement: {error}.", f"{path}:{number}", "docs/statements.md names the fields.") from error
        source, target = _codes(row.source or ()), _codes(row.target or ())
        gold.append(
            Judged(
                row.doc or row.document, row.start, row.end, row.kind, row.type, source, target,
                row.date or "", row.modality, row.quote, row.optional,
            )
        )  # fmt: skip
    if not gold:
        raise QueryError("The gold file holds no statements.", str(path))
    return gold


def judged(statement: Statement) -> Judged:
    """What is compared of a coded statement."""
    source, target = (_codes(_Actor(actor.code, actor.name) for actor in side) for side in (statement.source, statement.target))
    return Judged(
        statement.doc, statement.start, statement.end, statement.kind, statement.type, source, target,
        statement.date, statement.modality, statement.quote,
    )  # fmt: skip


class Coded(msgspec.Struct, frozen=True):
    """A report on what one coder made of the gold's documents. record: the file. coder: its version."""

    record: str
    coder: str
    report: Report


def evaluate(record: Record, gold: Sequence[Judged]) -> Report:
    """The current statements of `record` against `gold`; documents that the gold does not name are not judged."""
    names = sorted({statement.doc for statement in gold})
    languages = dict(record.query("SELECT id, language FROM current_documents WHERE list_contains(?, id)", [names]))
    system = [judged(statement) for statement in record.statements("list_contains(?, doc)", [names], values="machine")]
    return compare(gold, system, languages)


def evaluate_coders(record: Record, gold: Sequence[Judged]) -> list[Coded]:
    """Each coder that has coded any of the gold's documents in its current edition, the first one first, against `gold`.

    What a coder has not coded counts as absent for it.
    """
    names = sorted({statement.doc for statement in gold})
    sql = """SELECT a.coder, a.key, c.id, d.language FROM additions a JOIN current c ON a.key = c.key JOIN documents d ON d.key = a.key
        WHERE list_contains(?, c.id) ORDER BY a.seq"""
    done: dict[str, dict[str, tuple[str, str]]] = {}
    for coder, key, id, language in record.query(sql, [names]):
        done.setdefault(coder, {})[key] = (id, language)
    found = []
    for coder, documents in done.items():
        statements = record.statements("coder = ? AND list_contains(?, document)", [coder, list(documents)], history=True, values="machine")
        report = compare(gold, [judged(statement) for statement in statements], dict(documents.values()))
        found.append(Coded(str(record.path), coder, report))
    return found


def compare(gold: Sequence[Judged], system: Sequence[Judged], languages: dict[str, str]) -> Report:
    """`system` against `gold`. languages: of the documents that are judged; one that it does not name counts as absent, in "und"."""
    names = sorted({statement.doc for statement in gold} | languages.keys())
    system = [statement for statement in system if statement.doc in set(names)]
    pairs = pair_up(gold, system)
    excused = {j for i, (j, _) in pairs.items() if gold[i].optional}

    def row(documents: Collection[str]) -> Row:
        asked = [i for i, g in enumerate(gold) if g.doc in documents and not g.optional]
        given = sum(1 for j, s in enumerate(system) if s.doc in documents and j not in excused)
        passed = [sum(1 for i in asked if i in pairs and pairs[i][1] > k) for k in range(len(LEVELS))]
        return Row(len(asked), given, {level: _figures(len(asked), given, n) for level, n in zip(LEVELS, passed, strict=True)})

    spoken: dict[str, list[str]] = defaultdict(list)
    for name in names:
        spoken[languages.get(name, "und")].append(name)
    return Report(
        row(names),
        {language: row(spoken[language]) for language in sorted(spoken)},
        {name: row([name]) for name in names},
        tuple(_misses(gold, system, pairs)),
        tuple(name for name in names if name not in languages),
    )


def _misses(gold: Sequence[Judged], system: Sequence[Judged], pairs: dict[int, tuple[int, int]]) -> Iterable[Miss]:
    for i, g in enumerate(gold):
        if g.optional:
            continue
        if i not in pairs:
            yield Miss("missed", gold=g)
        elif pairs[i][1] < len(LEVELS):
            yield Miss("wrong", LEVELS[pairs[i][1]], g, system[pairs[i][0]])
    used = {j for j, _ in pairs.values()}
    yield from (Miss("made up", system=s) for j, s in enumerate(system) if j not in used)


def pair_up(gold: Sequence[Judged], system: Sequence[Judged]) -> dict[int, tuple[int, int]]:
    """For each gold statement that has a partner, its index and how many levels they pass; best pairs first, each once."""
    by_document: dict[str, list[int]] = defaultdict(list)
    for j, s in enumerate(system):
        by_document[s.doc].append(j)
    candidates = [
        (-passed, -_overlap(g, system[j]), i, j)
        for i, g in enumerate(gold)
        for j in by_document[g.doc]
        if (passed := _levels(g, system[j]))
    ]
    pairs: dict[int, tuple[int, int]] = {}
    taken: set[int] = set()
    for passed, _, i, j in sorted(candidates):
        if i not in pairs and j not in taken:
            pairs[i] = (j, -passed)
            taken.add(j)
    return pairs


def _levels(gold: Judged, system: Judged) -> int:
    """How many levels in a row the pair passes, 0 to 5."""
    passed = 0
    for test in _TESTS:
        if not test(gold, system):
            break
        passed += 1
    return passed


def _found(gold: Judged, system: Judged) -> bool:
    met = gold.everyone & system.everyone if gold.everyone else True
    return _overlap(gold, system) >= 0.5 and gold.kind == system.kind and bool(met)


def _roles(gold: Judged, system: Judged) -> bool:
    if (gold.source, gold.target) == (system.source, system.target):
        return True
    symmetric = gold.kind == "tie" or not gold.target or not system.target
    return symmetric and gold.everyone == system.everyone


_TESTS: tuple[Callable[[Judged, Judged], bool], ...] = (
    _found,
    lambda gold, system: gold.type == system.type,
    _roles,
    lambda gold, system: _years(gold.date) == _years(system.date),
    lambda gold, system: gold.modality == system.modality,
)


def _overlap(a: Judged, b: Judged) -> float:
    """What the two share of the shorter one; below 0 when they stand apart."""
    return (min(a.end, b.end) - max(a.start, b.start)) / max(1, min(a.end - a.start, b.end - b.start))


def _years(date: str) -> tuple[int | None, ...]:
    """First and last year of an EDTF date as far as the text of it tells, () for none."""
    if not date:
        return ()
    parts = date.split("/")
    return _year(parts[0], "0"), _year(parts[-1], "9")


def _year(part: str, unspecified: str) -> int | None:
    match = re.match(r"-?\d{2,4}X{0,2}|-?\d{1,4}", part.strip("~?%"))
    return int(match.group().replace("X", unspecified)) if match else None


def _figures(gold: int, system: int, passed: int) -> Figures:
    precision, recall = passed / system if system else 0.0, passed / gold if gold else 0.0
    f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
    return Figures(round(precision, 3), round(recall, 3), round(f1, 3))
