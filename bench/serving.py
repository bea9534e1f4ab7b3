"""How fast the pages are at a hundred thousand statements, at the server and over a socket, and how large the first one is.

    python -m bench.serving [--statements N] [--seconds S] [--record FILE]

The record is that of bench/answers.py, its documents given a text. The server runs in this process, the askers in another, over connections
that stay open; every statement page that is asked for is another one, so that nothing is answered from a memory of it.
"""

from __future__ import annotations

import argparse
import socket
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from statistics import median

import duckdb
import uvicorn

from bench.answers import PER_DOCUMENT, make
from dragoman.record import Record
from dragoman.web import make_app

CONNECTIONS = 4

# One asker: a connection that stays open, a page after the other until the time is over. Prints how many came back whole.
ASKER = """
import socket, sys, time
port, seconds, ids = int(sys.argv[1]), float(sys.argv[2]), sys.argv[3].split(",")
done = failed = 0
link = socket.create_connection(("127.0.0.1", port))
stream = link.makefile("rb")
end = time.perf_counter() + seconds
while time.perf_counter() < end:
    link.sendall(b"GET /statement?id=%s HTTP/1.1\\r\\nHost: localhost\\r\\n\\r\\n" % ids[done % len(ids)].encode())
    status = stream.readline()
    length = 0
    while (line := stream.readline()) not in (b"\\r\\n", b""):
        name, _, value = line.partition(b":")
        length = int(value) if name.lower() == b"content-length" else length
    body = stream.read(length)
    failed += b" 200 " not in status or b"</html>" not in body
    done += 1
print(done, failed)
"""


def fill(path: Path) -> None:
    """Give each document a title and a text in which its statements stand where they say they do."""
    with duckdb.connect(path) as connection:
        connection.execute(
            f"""CREATE TEMP TABLE texts AS SELECT document, string_agg(rpad(quote, 99, ' '), ' ' ORDER BY start) AS text
            FROM statements GROUP BY document;
            UPDATE statements SET "end" = start + length(quote);
            UPDATE documents SET title = id, source = '', licence = '', encoding = 'utf-8', text = t.text FROM texts t
            WHERE key = t.document;
            INSERT INTO sentences SELECT key, n + 1, n * 100, n * 100 + 99, -1, 'body', n // 5
            FROM documents, range({PER_DOCUMENT}) r(n) ORDER BY documents.rowid, n"""
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


def rate(record: Record, port: int, seconds: float) -> tuple[float, int]:
    """Statement pages a second over several connections, and how many failed."""
    ids = [row[0] for row in record.query("SELECT id FROM statements USING SAMPLE 4000 ROWS (reservoir, 1)")]
    parts = [ids[start::CONNECTIONS] for start in range(CONNECTIONS)]
    command = [sys.executable, "-c", ASKER, str(port), str(seconds)]
    askers = [subprocess.Popen([*command, ",".join(part)], stdout=subprocess.PIPE, text=True) for part in parts]
    counts = [tuple(map(int, asker.communicate()[0].split())) for asker in askers]
    return sum(done for done, _ in counts) / seconds, sum(failed for _, failed in counts)


def main() -> None:
    """Make the record, serve it, print the figures."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--statements", type=int, default=100_000)
    parser.add_argument("--seconds", type=float, default=5)
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
            each, failed = rate(record, port, given.seconds)
            print(f"statement    {each:8.1f} pages/s over {CONNECTIONS} connections, {failed} failed")
            server.should_exit = True
            thread.join()


if __name__ == "__main__":
    main()
