"""How fast each format leaves a record, and in how much memory: a synthetic record, each format in a process of its own.

Beside them, in the same run, what DuckDB's own COPY takes for the bare table, unsorted and without limits.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from dragoman.errors import QueryError
from dragoman.exporting import find_format, formats
from dragoman.record import Record

PER_DOCUMENT = 100
PEERS = {"COPY csv": "FORMAT csv, HEADER", "COPY parquet": "FORMAT parquet, COMPRESSION zstd"}

_ACTOR = "{{'code': {code}, 'sector': '', 'name': {name}, 'start': {start}, 'end': {start} + 8}}"
_SOURCE = _ACTOR.format(code="['PAK', 'IND', 'IRN', 'TUR'][i % 4 + 1]", name="'Pakistan'", start="i % 100 * 90")
_TARGET = _ACTOR.format(code="['SYR', 'EGY', 'JOR'][i % 3 + 1]", name="'Syria'", start="i % 100 * 90 + 30")
_DATE = "['2014-' || lpad((i % 12 + 1)::VARCHAR, 2, '0') || '-17', '1973/1977', '197X', ''][i % 4 + 1]"
_TYPE = "['CONSULT', 'AID', 'ACCUSE', 'AGREE', 'ASSAULT'][i % 5 + 1]"
_EVIDENCE = ", ".join(f"{{'field': '{field}', 'start': 0, 'end': 8, 'rule': 'rule-' || i % 50}}" for field in ("type", "date", "source"))

DOCUMENTS = f"""INSERT INTO documents SELECT sha256('d' || i), 'd' || lpad(i::VARCHAR, 7, '0') || '.en',
    repeat('Pakistan and Syria talked about trade, water and air routes for two days, it was said.    ', {PER_DOCUMENT}),
    'en', 'd' || i, '', 'Title ' || i, 'https://example.org/' || i, 'CC BY-SA 4.0', 'utf-8', [], [], '', [] FROM range(?) AS t(i)"""
ADDITIONS = "INSERT INTO additions SELECT i + 1, 'd' || lpad(i::VARCHAR, 7, '0') || '.en', sha256('d' || i), 'bench' FROM range(?) AS t(i)"
STATEMENTS = f"""INSERT INTO statements SELECT sha256('d' || i // {PER_DOCUMENT}), 'bench', i % {PER_DOCUMENT}, md5(i::VARCHAR)[:16],
    'd' || lpad((i // {PER_DOCUMENT})::VARCHAR, 7, '0') || '.en', 'en', i % 100 * 90, i % 100 * 90 + 85,
    'Pakistan and Syria talked about trade, water and air routes for two days, it was said ' || i, 'event', {_TYPE}, 'diplomacy',
    [{_SOURCE}], [{_TARGET}], '', {_DATE}, 'sentence', 'asserted', '', [{_EVIDENCE}], 0.9 FROM range(?) AS t(i)"""
FACTS = f"""INSERT INTO facts SELECT i, md5('f' || i), [md5((2 * i)::VARCHAR)[:16], md5((2 * i + 1)::VARCHAR)[:16]],
    'event', {_TYPE}, 'diplomacy', [{_SOURCE}], [{_TARGET}], '', {_DATE}, 'asserted', '', [] FROM range(?) AS t(i)"""


def make(place: Path, statements: int) -> None:
    """A record of so many statements, a hundred a document, and half as many facts of two."""
    with Record.open(place, create=True) as record:
        documents = statements // PER_DOCUMENT
        numbers = ((DOCUMENTS, documents), (ADDITIONS, documents), (STATEMENTS, statements), (FACTS, statements // 2))
        record.write((sql, (number,)) for sql, number in numbers)


def measure(place: Path, name: str, what: str) -> dict[str, float]:
    """Write one format and say what it took: seconds, bytes, peak memory of this process."""
    with tempfile.TemporaryDirectory(dir=place.parent) as folder, Record.open(place, read_only=True) as record:
        target = Path(folder) / "out"
        begin = time.perf_counter()
        if name in PEERS:
            table = "current_statements" if what == "statements" else what
            ((rows,),) = record.query(f"COPY (SELECT * FROM {table}) TO '{target}' ({PEERS[name]})")
        else:
            with target.open("wb") as stream:
                rows = find_format(name).write(record, stream, what)
        seconds = time.perf_counter() - begin
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        return {"rows": rows, "seconds": seconds, "written": target.stat().st_size / 1e6, "peak": peak}


def main() -> None:
    """Make the record, measure each format in a process of its own, print a line each."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--statements", type=int, default=1_000_000)
    parser.add_argument("--what", default="statements", choices=("statements", "facts"))
    parser.add_argument("--formats", default="", help="only these, with commas between")
    parser.add_argument("--make", metavar="RECORD", help=argparse.SUPPRESS)
    parser.add_argument("--measure", nargs=2, metavar=("RECORD", "FORMAT"), help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.make:
        make(Path(given.make), given.statements)
        return
    if given.measure:
        print(json.dumps(measure(Path(given.measure[0]), given.measure[1], given.what)))
        return
    names = given.formats.split(",") if given.formats else [name for name in formats() if name != "quickstatements"]
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder) / "synthetic.duckdb"
        begin = time.perf_counter()
        # In a process of its own, too: a child begins with the peak memory of its parent.
        subprocess.run([sys.executable, __file__, "--statements", str(given.statements), "--make", str(place)], check=True)
        print(f"{given.statements:,} statements, made in {time.perf_counter() - begin:.0f} s; record {place.stat().st_size / 1e6:.0f} MB")
        print(f"{'format':14} {'rows':>10} {'seconds':>8} {'rows/s':>9} {'MB written':>11} {'peak MB':>8}")
        for name in [*PEERS, *names]:
            if name not in PEERS and given.what not in find_format(name).PARTS:
                raise QueryError(f"{name} holds no {given.what}.")
            command = [sys.executable, __file__, "--what", given.what, "--measure", str(place), name]
            done = subprocess.run(command, env=os.environ, capture_output=True, text=True, check=True)
            took = json.loads(done.stdout)
            took["rate"] = took["rows"] / took["seconds"]
            form = "{rows:10,.0f} {seconds:8.1f} {rate:9,.0f} {written:11.0f} {peak:8.0f}"
            print(f"{name:14}", form.format(**took), flush=True)


if __name__ == "__main__":
    main()
