"""A large record: `python bench/large.py [--statements N] [--record FILE]`: how long it takes to open, and to tell the timeline of a dyad.

The record is that of bench/answers.py, made by SQL in a process of its own; opened and asked in another, of which the peak memory is
told. The same question as a plain SELECT stands beside it. Times are the least of five, by the clock and of processor time.
"""

from __future__ import annotations

import argparse
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import answers
from dragoman.answers.parties import state
from dragoman.answers.timeline import timeline
from dragoman.record import Record


def ask(path: Path) -> None:
    """Open and ask, in this process."""
    wall, cpu = time.perf_counter(), time.process_time()
    with Record.open(path, read_only=True) as record:
        opened = time.perf_counter() - wall, time.process_time() - cpu
        print(f"opened in {opened[0]:.3f} s ({opened[1]:.3f} cpu)")
        for a, b in answers._dyads(record):
            spent, busy, count = answers.measure(lambda a=a, b=b: len(timeline(record, [state(a), state(b)])))  # type: ignore[misc]
            plain, plain_busy, _ = answers.measure(
                lambda a=a, b=b: answers._rows(record, answers._PLAIN + " ORDER BY date", (a, b))  # type: ignore[misc]
            )
            print(
                f"{a} {b}: timeline of {count:,} entries {spent:,.0f} ms ({busy:,.0f} cpu), "
                f"plain SQL {plain:,.0f} ms ({plain_busy:,.0f} cpu)",
                flush=True,
            )
    print(f"peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:,.0f} MB")


def main() -> None:
    """Make, open, ask."""
    if sys.argv[1:2] == ["--ask"]:
        ask(Path(sys.argv[2]))
        return
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--statements", type=int, default=10_000_000)
    parser.add_argument("--record", type=Path)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = options.record or Path(folder) / "large.duckdb"
        if not path.exists():
            begin = time.perf_counter()
            code = "import sys, answers, pathlib; answers.make(pathlib.Path(sys.argv[1]), int(sys.argv[2]))"
            subprocess.run([sys.executable, "-c", code, str(path), str(options.statements)], check=True, cwd=Path(__file__).parent)
            print(
                f"{options.statements:,} statements made in {time.perf_counter() - begin:.0f} s, {path.stat().st_size / 1e6:,.0f} MB",
                flush=True,
            )
        subprocess.run([sys.executable, __file__, "--ask", str(path)], check=True)


if __name__ == "__main__":
    main()
