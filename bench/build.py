"""The whole path, from files to a linked record: `python bench/build.py [--sentences N] [--workers N] [--peers]`.

Made-up news in two languages (bench/synthetic.py) is built three ways in one run: without linking, with it, and with it by several workers.
Told are sentences a second by the clock and of processor time (all processes together), and the peak memory of the process that writes
and of the largest. Each way runs in a process of its own, so that it pays for loading the languages and the encoder's weights.
With `--peers` spaCy's small English parser and dateparser read the same English sentences where they are installed; neither does more
than a part of the work.
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
from importlib.util import find_spec
from pathlib import Path

from synthetic import ENGLISH, tell, write


def build(news: Path, record: Path, workers: int, link: bool, engine: str = "local", address: str = "") -> None:
    """In this process; prints a line of JSON."""
    import dragoman

    stages: dict[str, float] = {}
    before = time.perf_counter()

    def show(stage: str, done: int, total: int) -> None:
        nonlocal before
        now = time.perf_counter()
        stages[stage], before = stages.get(stage, 0.0) + now - before, now

    begin = time.perf_counter()
    summary = dragoman.build([news], record, workers or None, show, link, engine=engine, address=address)
    wall = time.perf_counter() - begin
    own, others = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = own.ru_utime + own.ru_stime + others.ru_utime + others.ru_stime
    peak = max(own.ru_maxrss, others.ru_maxrss) / 1024
    told = {
        "sentences": summary.sentences,
        "statements": sum(summary.statements.values()),
        "facts": summary.facts,
        "failed": len(summary.failed),
    }
    print(json.dumps(told | {"wall": wall, "cpu": cpu, "own": own.ru_maxrss / 1024, "peak": peak, "stages": stages}))


def run(news: Path, record: Path, workers: int, link: bool, engine: str = "local", address: str = "") -> dict[str, float]:
    """A build in a process of its own."""
    command = [sys.executable, __file__, "--one", str(news), str(record), str(workers), str(int(link)), engine, address]
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=os.environ | {"RAY_USAGE_STATS_ENABLED": "0"})
    if done.returncode:
        raise SystemExit(done.stderr)
    for file in record.parent.glob(record.name + "*"):
        file.unlink()
    found: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return found


def show(name: str, told: dict[str, float]) -> None:
    """A line of the table."""
    count = told["sentences"]
    print(
        f"{name:34} {count:9,} {told['statements']:10,} {told['facts']:7,} {told['wall']:7.1f} {count / told['wall']:9,.0f}"
        f" {count / told['cpu']:8,.0f} {told['own']:7,.0f} {told['peak']:7,.0f}",
        flush=True,
    )


HEAD = f"{'':34} {'sentences':>9} {'statements':>10} {'facts':>7} {'seconds':>7} {'a second':>9} {'of cpu':>8} {'MB own':>7} {'MB peak':>7}"


def measure_peers(sentences: int) -> None:
    """What others do with the English sentences, in this process."""
    texts = [text for n in range(sentences // 10) if (one := tell(n))["language"] == "en" for text in one["text"].split(". ")][:sentences]
    if find_spec("spacy") is not None and find_spec("en_core_web_sm") is not None:
        import importlib

        parser = importlib.import_module("spacy").load("en_core_web_sm")
        begin = time.process_time()
        for _ in parser.pipe(texts):
            pass
        print(f"spaCy en_core_web_sm {len(texts) / (time.process_time() - begin):,.0f} sentences a second of cpu (parses, codes nothing)")
    else:
        print("spaCy with en_core_web_sm is not installed: not measured.")
    if find_spec("dateparser") is not None:
        import importlib

        search = importlib.import_module("dateparser.search").search_dates
        begin = time.process_time()
        for text in texts[:300]:
            search(text, languages=["en"])
        print(f"dateparser {len(texts[:300]) / (time.process_time() - begin):,.0f} sentences a second of cpu (dates alone)")
    else:
        print("dateparser is not installed: not measured.")
    print(f"templates: {len(ENGLISH)} English")


def main() -> int:
    """Print the table."""
    if sys.argv[1:2] == ["--one"]:
        news, record, workers, link, engine, address = sys.argv[2:]
        build(Path(news), Path(record), int(workers), link == "1", engine, address)
        return 0
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sentences", type=int, default=10_000)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--peers", action="store_true")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write(folder / "news.jsonl", options.sentences)
        print(HEAD)
        plain = run(folder / "news.jsonl", folder / "r.duckdb", 1, False)
        show("read, code, write", plain)
        linked = run(folder / "news.jsonl", folder / "r.duckdb", 1, True)
        show("and encode, link", linked)
        several = run(folder / "news.jsonl", folder / "r.duckdb", options.workers, True)
        show(f"the same, {options.workers} workers", several)
        print(f"{options.workers} workers: {linked['wall'] / several['wall']:.2f} times one by the clock")
        print("seconds by stage, one worker: " + ", ".join(f"{stage} {spent:.1f}" for stage, spent in linked["stages"].items()))  # type: ignore[attr-defined]
        if options.peers:
            measure_peers(min(options.sentences, 3000))
    return 0


if __name__ == "__main__":
    sys.exit(main())
