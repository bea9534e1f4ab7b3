"""How fast the pages are at a hundred thousand statements, at the server and over a socket, and how large the first one is.

    python bench/serving.py [--statements N] [--seconds S] [--record FILE]

The record is that of bench/answers.py, its documents given a text. The server runs in this process, the askers in another, over connections
that stay open; every statement page that is asked for is another one, so that nothing is answered from a memory of it.
"""

from __future__ import annotations

import argparse
import socket
import subprocess
import tempfile
import threading
import time
from pathlib import Path
from statistics import median

import duckdb
import uvicorn

from answers import PER_DOCUMENT, make
from dragoman.record import Record
from dragoman.web import make_app

CONNECTIONS = 8

# What wrk runs: every page that is asked for is another statement's, and all must come back whole.
SCRIPT = """
local ids = {%s}
local thread
asked, broken = 0, 0
function setup(one) thread = one end
function request() asked = asked + 1; return wrk.format("GET", "/statement?id=" .. ids[asked %% #ids + 1]) end
function response(status, headers, body) if status ~= 200 or not body:find("</html>", 1, true) then broken = broken + 1 end end
function done(summary)
  local e = summary.errors
  print(summary.requests, summary.duration, e.connect + e.read + e.write + e.timeout + thread:get("broken"))
end
"""


def fill(path: Path) -> None:
    """Give each document a title and a text in which its statements stand where they say they do."""
    with duckdb.connect(path) as connection:
        connection.execute(
            f"""CREATE TEMP TABLE texts AS SELECT document, string_agg(rpad(quote, 99, ' '), ' ' ORDER BY start) AS text
            FROM statements GROUP BY document;
            UPDATE statements SET "end" = start + length(quote);
            UPDATE documents SET title = id, source = '', licence = '', encoding = 'utf-8', published = '', pages = [], text = t.text
            FROM texts t WHERE key = t.document;
            INSERT INTO sentences BY NAME SELECT key AS document, n + 1 AS ordinal, n * 100 AS start, n * 100 + 99 AS "end", -1 AS section,
            'body' AS role, n // 5 AS paragraph, [] AS cites
            FROM documents, range({PER_DOCUMENT}) r(n) ORDER BY documents.rowid, n;
            INSERT INTO facts BY NAME SELECT row_number() OVER (ORDER BY min(rowid)) AS ordinal, 'f-' || min(id) AS id,
            list(id ORDER BY rowid) AS statements, kind, type, first(topic ORDER BY rowid) AS topic,
            first(source ORDER BY rowid) AS source, first(target ORDER BY rowid) AS target, issue, first(date ORDER BY rowid) AS date,
            'asserted' AS modality, '' AS by, [] AS differences FROM statements
            GROUP BY source[1].code, target[1].code, kind, type, issue, left(date, 3);
            INSERT INTO conflicts BY NAME SELECT row_number() OVER (ORDER BY ordinal) AS ordinal, 'c-' || id AS id, 'bench' AS kind,
            statements[:2] AS statements, 'Two dates.' AS problem FROM facts WHERE len(statements) > 1 AND hash(id) % 20 = 0;
            INSERT INTO linked SELECT key, coder, 'bench' FROM current"""
        )


def timed(port: int, path: str, times: int = 7) -> tuple[float, int]:
    """The median seconds that a page takes, and its bytes."""
    import httpx

    taken, size = [], 0
    with httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=60) as client:
        for _ in range(times):
            start = time.perf_counter()
            response = client.get(path)
            taken.append(time.perf_counter() - start)
            response.raise_for_status()
            size = len(response.content)
    return median(taken[1:]), size


def rate(record: Record, port: int, seconds: int, folder: Path) -> tuple[float, int]:
    """Statement pages a second over several connections, and how many failed."""
    ids = [row[0] for row in record.query("SELECT id FROM statements USING SAMPLE 4000 ROWS (reservoir, 1)")]
    script = folder / "ask.lua"
    script.write_text(SCRIPT % ",".join(f"'{id}'" for id in ids))
    command = ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{seconds}s", "--timeout", "10s", "-s", str(script), f"http://127.0.0.1:{port}"]
    said = subprocess.run(command, check=True, capture_output=True, text=True, timeout=seconds + 60).stdout
    requests, microseconds, failed = map(int, said.splitlines()[-1].split())
    return requests / (microseconds / 1e6), failed


def main() -> None:
    """Make the record, serve it, print the figures."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--statements", type=int, default=100_000)
    parser.add_argument("--seconds", type=int, default=10)
    parser.add_argument("--record", type=Path, help="Where to make it, or where it was made before.")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = given.record or Path(folder) / "bench.duckdb"
        if not path.exists():
            make(path, given.statements)
            fill(path)
        with Record.open(path, read_only=True) as record, socket.socket() as place:
            place.bind(("127.0.0.1", 0))
            port = place.getsockname()[1]
            server = uvicorn.Server(uvicorn.Config(make_app(record), log_level="warning", access_log=False))
            thread = threading.Thread(target=server.run, kwargs={"sockets": [place]}, daemon=True)
            thread.start()
            while not server.started:
                time.sleep(0.01)
            pairs = "SELECT p.actor, q.actor FROM participants p JOIN participants q ON p.row = q.row AND p.actor < q.actor"
            a, b = next(record.query(f"{pairs} GROUP BY ALL ORDER BY count(*) DESC, 1, 2 LIMIT 1"))
            print(f"{record.counts().statements} statements; {a} and {b} have most to do with each other")
            for name, path_ in (("home", "/"), ("dyad", f"/dyad?a={a}&b={b}"), ("state", f"/state?of={a}"), ("statements", "/statements")):
                taken, size = timed(port, path_)
                print(f"{name:12} {taken * 1000:8.1f} ms {size:10,} bytes")
            before = time.process_time()
            each, failed = rate(record, port, given.seconds, Path(folder))
            cost = (time.process_time() - before) / (each * given.seconds) * 1000
            print(f"statement    {each:8.1f} pages/s over {CONNECTIONS} connections, {failed} failed; {cost:.1f} ms of a core each")
            server.should_exit = True
            thread.join()


if __name__ == "__main__":
    main()
