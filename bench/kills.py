"""Kills a build, or a review, at random moments and looks at what is left: `python bench/kills.py [--kills N] [--of build|review] [--seed N]`.

After each kill (SIGKILL) the record must open and be sound (`dragoman check`), and hold everything that was acknowledged before: documents
that the build had told as done, judgements that had been given back. The build goes on from there; when it is through, its export must be the
bytes of a build that nobody disturbed, and the next begins with a new record. Exits 1 at the first thing that is lost.

One process loads the languages once and forks those that are killed, so that two hundred kills take minutes.
"""

from __future__ import annotations

import argparse
import os
import random
import select
import signal
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from bench.synthetic import tell
from dragoman.coding import code
from dragoman.encoding import load
from dragoman.reading import find, read


def spawn(work: Callable[[int], None]) -> tuple[int, int]:
    """Fork a process that does `work` with a pipe to write to; its id, and the end to read from."""
    reading, writing = os.pipe()
    child = os.fork()
    if child:
        os.close(writing)
        return child, reading
    os.close(reading)
    try:
        work(writing)
    except BaseException as error:
        print(f"{type(error).__name__}: {error}", file=sys.stderr, flush=True)
        os._exit(1)
    os._exit(0)


def run(work: Callable[[int], None]) -> str:
    """What `work` writes, done to its end in a process of its own. Raises SystemExit when it fails."""
    child, pipe = spawn(work)
    with os.fdopen(pipe) as lines:
        said = lines.read()
    if os.waitpid(child, 0)[1]:
        raise SystemExit("A process that nobody killed has failed.")
    return said


def run_and_kill(work: Callable[[int], None], seconds: float) -> tuple[list[str], bool]:
    """The whole lines that `work` wrote within so many seconds, and whether it had to be killed then."""
    child, pipe = spawn(work)
    until, data = time.monotonic() + seconds, b""
    while (left := until - time.monotonic()) > 0:
        if select.select([pipe], [], [], left)[0]:
            more = os.read(pipe, 65536)
            if not more:
                break
            data += more
    os.kill(child, signal.SIGKILL)
    while more := os.read(pipe, 65536):  # what it had written before
        data += more
    os.close(pipe)
    killed = os.WIFSIGNALED(os.waitpid(child, 0)[1])
    return data.decode().rpartition("\n")[0].splitlines(), killed


def build(texts: Path, record: Path) -> Callable[[int], None]:
    """Builds, and tells how many documents are done."""

    def work(pipe: int) -> None:
        from dragoman.engines import build

        def show(stage: str, done: int, total: int) -> None:
            if stage == "coding":
                os.write(pipe, f"{done}\n".encode())

        build([texts], record, progress=show)
        os.write(pipe, b"end\n")

    return work


def review(record: Path, seed: int) -> Callable[[int], None]:
    """Judges one statement after the other, and tells each judgement's id once it is given back."""

    def work(pipe: int) -> None:
        from dragoman.engines.judging import judge
        from dragoman.record import Record

        chance = random.Random(seed)
        with Record.open(record) as opened:
            ids = [one.id for one in opened.statements()]
            for _ in range(100_000):
                verdict = chance.choice(("accept", "reject", "same", "never-same", "undo"))
                pair = chance.sample(ids, 2)
                try:
                    one = judge(opened, pair[0], verdict, "somebody", "for the test", None, pair[1] if "same" in verdict else "")
                except Exception as error:
                    if type(error).__name__ != "QueryError":
                        raise
                    continue
                os.write(pipe, f"{one.id}\n".encode())

    return work


def look(record: Path, export: Path | None = None) -> Callable[[int], None]:
    """Opens the record, checks it, and tells how many documents it has, then the ids of its judgements."""

    def work(pipe: int) -> None:
        from dragoman.exporting import export as write
        from dragoman.record import Record, judgements
        from dragoman.record.check import check

        with Record.open(record, read_only=True) as opened:
            findings = check(opened).findings
            if findings:
                raise RuntimeError(f"{len(findings)} findings, the first: {findings[0]}")
            lines = [str(opened.counts().documents), *(one.id for one in judgements.read(opened))]
            if export is not None:
                for what in ("statements", "facts", "links", "issues", "conflicts"):
                    write(opened, export.with_suffix(f".{what}"), "jsonl", what)
        os.write(pipe, "\n".join(lines).encode())

    return work


def read_exports(export: Path) -> list[bytes]:
    """What `look` has exported."""
    return [export.with_suffix(f".{what}").read_bytes() for what in ("statements", "facts", "links", "issues", "conflicts")]


def kill_builds(folder: Path, kills: int, chance: random.Random) -> None:
    """The builds."""
    texts = folder / "texts"
    texts.mkdir()
    for number in range(48):
        told = tell(number, 3)
        (texts / f"{told['id']}.{told['language']}.txt").write_text(told["text"], "utf-8")
    for source in find([texts]):
        code(read(source))
    load().encode(["to have its weights at hand"])
    plain, record = folder / "plain.duckdb", folder / "r.duckdb"
    begin = time.monotonic()
    run(build(texts, plain))
    whole = time.monotonic() - begin
    run(look(plain, folder / "plain"))
    expected = read_exports(folder / "plain")
    done = through = most = 0
    while done < kills:
        lines, killed = run_and_kill(build(texts, record), chance.uniform(0.02, whole * 0.6))
        acknowledged = max([0, *(int(line) for line in lines if line != "end")])
        done += killed
        if not record.exists():
            if acknowledged:
                raise SystemExit(f"Kill {done}: {acknowledged} documents were acknowledged, and there is no record.")
            continue
        held = int(run(look(record)).split()[0])
        if held < acknowledged:
            raise SystemExit(f"Kill {done}: {acknowledged} documents were acknowledged, {held} are there.")
        most = max(most, held)
        if not killed:
            run(look(record, folder / "r"))
            if read_exports(folder / "r") != expected:
                raise SystemExit(f"After {done} kills the record is not what an undisturbed build makes.")
            if (folder / "r.duckdb.parts").exists():
                raise SystemExit("Parts were left behind.")
            through += 1
            for file in folder.glob("r.*"):
                file.unlink()
        if done and done % 20 == 0:
            print(f"{done} kills, {through} builds went through", flush=True)
    print(f"builds: {done} kills, {through} builds went through between them, an undisturbed one takes {whole:.1f} s; nothing was lost")


def kill_reviews(folder: Path, kills: int, chance: random.Random) -> None:
    """The reviews."""
    texts, record = folder / "texts", folder / "r.duckdb"
    texts.mkdir()
    for number in range(12):
        told = tell(number, 6)
        (texts / f"{told['id']}.{told['language']}.txt").write_text(told["text"], "utf-8")
    run(build(texts, record))
    known: set[str] = set()
    done = 0
    while done < kills:
        lines, killed = run_and_kill(review(record, chance.randrange(10**9)), chance.uniform(0.3, 3.0))
        done += killed
        known |= set(lines)
        there = set(run(look(record)).split()[1:])
        if lost := known - there:
            raise SystemExit(f"Kill {done}: {len(lost)} of {len(known)} judgements are lost.")
        if done % 20 == 0:
            print(f"{done} kills, {len(known)} judgements", flush=True)
    print(f"reviews: {done} kills, {len(known)} judgements were acknowledged; nothing was lost, the chain is whole")


def main() -> int:
    """Kill as often as is asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--of", choices=("build", "review"), default="build")
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        (kill_builds if options.of == "build" else kill_reviews)(Path(folder), options.kills, random.Random(options.seed))
    return 0


if __name__ == "__main__":
    sys.exit(main())
