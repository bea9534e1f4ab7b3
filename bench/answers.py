"""How long a dyad's timeline, ties and positions take in a record of a million statements, beside the same in plain SQL.

    python bench/answers.py [--statements N] [--record FILE]

The record is made by SQL, not by coding: documents of fifty statements, each about two states, two thirds of the statements between these
two and the rest of one of them and anybody; few states fill most documents, as in the news.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import duckdb

from dragoman.answers.parties import state
from dragoman.answers.positions import positions
from dragoman.answers.ties import ties
from dragoman.answers.timeline import timeline
from dragoman.languages.states import registry
from dragoman.record import Record
from dragoman.record.file import fill_participants
from dragoman.statement import EVENTS, POSITIONS, TIES, TOPICS

PER_DOCUMENT = 50
ISSUES = (
    "sanctions",
    "the ceasefire",
    "foreign intervention",
    "the border treaty",
    "enlargement",
    "arms sales",
    "the pipeline",
    "recognition",
)


def make(path: Path, count: int) -> None:
    """A record of `count` statements at `path`. The same count gives the same record."""
    Record.open(path, create=True).close()
    documents = max(1, count // PER_DOCUMENT)
    codes = sorted(registry("en"))
    with duckdb.connect(path) as connection:
        execute = connection.execute
        # hash() of two numbers is uniform; its square makes a few states frequent.
        execute("CREATE TEMP MACRO part(a, b) AS (hash(a * 31 + b) % 1000000) / 1000000.0")
        execute("CREATE TEMP MACRO few(a, b, of) AS of[1 + (part(a, b) ** 2 * len(of))::INTEGER % len(of)]")
        execute("CREATE TEMP MACRO any_of(a, b, of) AS of[1 + (part(a, b) * len(of))::INTEGER % len(of)]")
        execute("CREATE TEMP TABLE lists AS SELECT ? AS codes, ? AS events, ? AS ties, ? AS positions, ? AS topics, ? AS issues",
                [codes, list(EVENTS), list(TIES), list(POSITIONS), list(TOPICS), list(ISSUES)])  # fmt: skip
        execute(
            f"""INSERT INTO documents BY NAME SELECT sha256(d::VARCHAR) AS key, 'document-' || d AS id, '' AS text,
            if(d % 2 = 0, 'en', 'ar') AS language, 'subject' AS subject, '2024' AS edition,
            [] AS sections, [] AS notes FROM range({documents}) t(d)"""
        )
        execute(f"INSERT INTO additions SELECT d + 1, 'document-' || d, sha256(d::VARCHAR), 'bench' FROM range({documents}) t(d)")
        execute(
            f"""INSERT INTO statements BY NAME
            WITH drawn AS (
                SELECT n, n // {PER_DOCUMENT} AS d, n % {PER_DOCUMENT} AS ordinal, lists.*,
                    any_of(n, 1, ['event', 'event', 'tie', 'position']) AS kind,
                    few(d, 2, codes) AS one, few(d, 3, codes) AS two, if(part(n, 4) < 0.67, two, any_of(n, 5, codes)) AS other,
                    part(n, 6) < 0.5 AS turned, 1945 + (part(d, 7) * 70)::INTEGER + (part(n, 8) * 10)::INTEGER AS year, part(n, 9) AS exact
                FROM range({count}) t(n), lists),
            written AS (
                SELECT *, if(turned, one, other) AS a, if(turned, other, one) AS b,
                    CASE kind WHEN 'event' THEN any_of(n, 10, events) WHEN 'tie' THEN any_of(n, 10, ties)
                    ELSE any_of(n, 10, positions) END AS type
                FROM drawn)
            SELECT sha256(d::VARCHAR) AS document, 'bench' AS coder, ordinal, md5(n::VARCHAR)[:16] AS id, 'document-' || d AS doc,
                if(d % 2 = 0, 'en', 'ar') AS language, ordinal * 100 AS start, ordinal * 100 + 90 AS end,
                'What the text says of number ' || n || ': that ' || a || ' and ' || b || ' held ' || lower(type) || '.' AS quote,
                kind, type, any_of(n, 11, topics) AS topic,
                [{{code: a, sector: if(exact < 0.5, 'GOV', ''), name: a, 'start': ordinal * 100, 'end': ordinal * 100 + 3}}] AS source,
                [{{code: b, sector: '', name: b, 'start': ordinal * 100 + 10, 'end': ordinal * 100 + 13}}] AS target,
                if(kind = 'position', any_of(n, 12, issues) || ' in ' || b, '') AS issue,
                CASE WHEN exact < 0.2 THEN '' WHEN exact < 0.7 THEN year::VARCHAR
                    ELSE strftime(make_date(year, 1 + (exact * 11)::INTEGER, 1 + (exact * 27)::INTEGER), '%Y-%m-%d') END AS date,
                if(exact < 0.2, '', 'sentence') AS date_from, '' AS by,
                any_of(n, 13, ['asserted', 'asserted', 'asserted', 'claimed']) AS modality,
                [{{field: 'type', 'start': ordinal * 100, 'end': ordinal * 100 + 5, rule: 'bench'}}] AS evidence, 0.9 AS confidence
            FROM written ORDER BY n"""
        )
        fill_participants(connection)


def measure(work: Callable[[], int]) -> tuple[float, float, int]:
    """Milliseconds by the clock and of processor, the least of five; and what came out."""
    best = (float("inf"), float("inf"))
    for _ in range(5):
        wall, cpu = time.perf_counter(), time.process_time()
        count = work()
        best = min(best, ((time.perf_counter() - wall) * 1000, (time.process_time() - cpu) * 1000))
    return *best, count


_BOTH = " AND ".join(["list_contains(list_transform(list_concat(source, target), lambda actor: actor.code), ?)"] * 2)
_PLAIN = f"SELECT date, type, source, target, issue, quote FROM current_statements WHERE {_BOTH}"


def main() -> None:
    """Print a line for each question and dyad."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--statements", type=int, default=1_000_000)
    parser.add_argument("--record", type=Path, help="keep the record here, or use the one that is there")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = arguments.record or Path(folder) / "bench.duckdb"
        if not path.exists():
            begin = time.perf_counter()
            make(path, arguments.statements)
            print(f"made {arguments.statements:,} statements in {time.perf_counter() - begin:.0f} s, {path.stat().st_size / 1e6:.0f} MB")
        with Record.open(path, read_only=True) as record:
            for dyad in _dyads(record):
                _compare(record, *dyad)


def _dyads(record: Record) -> list[tuple[str, str]]:
    """The pair of states with most statements, and one with a tenth of its number."""
    rows = list(record.query(
        "SELECT least(source[1].code, target[1].code) a, greatest(source[1].code, target[1].code) b, count(*) n "
        "FROM statements WHERE a <> b GROUP BY a, b ORDER BY n DESC, a, b"))  # fmt: skip
    return [rows[0][:2], min(rows, key=lambda row: abs(row[2] - rows[0][2] / 10))[:2]]


def _compare(record: Record, a: str, b: str) -> None:
    one, other = state(a), state(b)
    asked: dict[str, tuple[Callable[[], int], str]] = {
        "timeline": (lambda: len(timeline(record, [one, other])), " ORDER BY date"),
        "ties": (lambda: len(ties(record, one, other)), " AND kind = 'tie' ORDER BY type, date"),
        "positions": (lambda: len(positions(record, one, about=other)), " AND kind = 'position' ORDER BY issue, date"),
    }
    for name, (ours, further) in asked.items():
        wall, cpu, count = measure(ours)
        plain, plain_cpu, rows = measure(partial(_rows, record, _PLAIN + further, (a, b)))
        print(f"{a} {b} {name:9} {wall:5.0f} ms ({cpu:.0f} cpu), {count:5} entries", end="")
        print(f"   plain SQL {plain:5.0f} ms ({plain_cpu:.0f} cpu), {rows:5} rows   ratio {wall / plain:.2f}")


def _rows(record: Record, sql: str, parameters: tuple[str, str]) -> int:
    return sum(1 for _ in record.query(sql, parameters))


if __name__ == "__main__":
    main()
