"""What a build stands: kills, a full disk, a medium that cannot be written to, another build, a clock that jumps, and no network."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from test_local import BUILD, write_texts

import dragoman
from dragoman.engines import build
from dragoman.errors import RecordError
from dragoman.record import Record
from dragoman.record.check import check
from dragoman.record.upkeep import compact, upgrade
from making import ROOT, environment, run_dragoman, run_python, start_python

KILLS = int(os.environ.get("DRAGOMAN_KILLS", "4"))
"""How often each is killed here; bench/kills.py does it two hundred times."""


@pytest.mark.parametrize("what", ["build", "review"])
def test_killed_at_random_moments_nothing_is_lost(what: str) -> None:
    command = [sys.executable, str(ROOT / "bench" / "kills.py"), "--kills", str(KILLS), "--of", what, "--seed", "7"]
    done = subprocess.run(command, env=environment(), capture_output=True, text=True, timeout=3600, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "nothing was lost" in done.stdout


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of 4 MB."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = shutil.which("mount")
    if not mount or subprocess.run([mount, "-t", "tmpfs", "-o", "size=4m", "tmpfs", disk], capture_output=True, check=False).returncode:
        pytest.skip("no right to mount a small file system")
    yield disk
    subprocess.run(["umount", str(disk)], check=True)


def test_a_disk_that_fills_up_while_building(small_disk: Path, tmp_path: Path) -> None:
    texts = write_texts(tmp_path / "texts", 48, 60)
    full = run_dragoman("build", texts, "--record", small_disk / "r.duckdb", "--workers", "2")
    assert full.returncode == 2, full.stderr
    assert "The disk is full." in full.stderr or "No space left" in full.stderr
    assert "Traceback" not in full.stderr
    if (small_disk / "r.duckdb").exists():
        with Record.open(small_disk / "r.duckdb", read_only=True) as record:
            held = record.counts().documents
            assert check(record).findings == ()
        for file in small_disk.iterdir():
            (shutil.copytree if file.is_dir() else shutil.copy)(file, tmp_path / file.name)
        summary = build([texts], tmp_path / "r.duckdb")
        assert (summary.unchanged, summary.added) == (held, 48 - held)
    else:
        build([texts], tmp_path / "r.duckdb")
    assert dragoman.build([texts], tmp_path / "r.duckdb").unchanged == 48


def test_a_record_on_a_medium_that_only_reads(tmp_path: Path) -> None:
    disk, texts = tmp_path / "disk", write_texts(tmp_path / "texts")
    disk.mkdir()
    build([texts], disk / "r.duckdb")
    if subprocess.run(["mount", "--bind", disk, disk], capture_output=True, check=False).returncode:
        pytest.skip("no right to mount")
    try:
        subprocess.run(["mount", "-o", "remount,ro,bind", disk], check=True, capture_output=True)
        before = (disk / "r.duckdb").read_bytes()
        with dragoman.open(disk / "r.duckdb") as record:
            assert record.timeline("Pakistan") and record.export(tmp_path / "out.jsonl")
            assert record.ask("When did the Syrian minister visit Islamabad?").answers
        with Record.open(disk / "r.duckdb", read_only=True) as opened:
            assert check(opened).findings == ()
        works: tuple[Callable[[], object], ...] = (
            lambda: build([texts], disk / "r.duckdb"),
            lambda: compact(disk / "r.duckdb"),
            lambda: upgrade(disk / "r.duckdb"),
        )
        for work in works:
            with pytest.raises(RecordError, match="may not be read or written"):
                work()
        assert (disk / "r.duckdb").read_bytes() == before
    finally:
        subprocess.run(["umount", str(disk)], check=True)


def test_of_two_builds_the_second_says_who_is_at_work(tmp_path: Path) -> None:
    texts = write_texts(tmp_path / "texts", 120, 12)
    running = start_python(BUILD, str(tmp_path / "r.duckdb"), str(texts))
    assert running.stdout is not None
    for line in running.stdout:
        if line.startswith("coding"):
            break
    for work in (lambda: build([texts], tmp_path / "r.duckdb"), lambda: compact(tmp_path / "r.duckdb")):
        with pytest.raises(RecordError, match=f"process {running.pid}"):
            work()
    running.communicate()
    assert running.returncode == 0
    assert build([texts], tmp_path / "r.duckdb").unchanged == 120


JUMP = """
import sys, time, datetime
real, jumps = time.time, iter(range(10**9))
time.time = lambda: real() + (-1) ** next(jumps) * 10**8  # years back and forth with every look at it
time.time_ns = lambda: int(time.time() * 10**9)
from dragoman.engines import build
build([sys.argv[1]], sys.argv[2], workers=int(sys.argv[3])) if __name__ == "__main__" else None
"""


def test_a_clock_that_jumps_changes_nothing(tmp_path: Path) -> None:
    texts = write_texts(tmp_path / "texts", 20, 2)
    build([texts], tmp_path / "plain.duckdb")
    done = run_python(JUMP, str(texts), str(tmp_path / "jumped.duckdb"), "2")
    assert done.returncode == 0, done.stderr
    exports = []
    for name in ("plain", "jumped"):
        with dragoman.open(tmp_path / f"{name}.duckdb") as record:
            for what in ("statements", "facts"):
                record.export(tmp_path / what, what=what)
            exports.append([(tmp_path / what).read_bytes() for what in ("statements", "facts")])
    assert exports[0] == exports[1]


OFFLINE = """
import socket, sys
def refuse(*arguments, **named):
    raise RuntimeError("a socket was opened: " + repr(arguments[1:]))
class Refusing(socket.socket):
    def __init__(self, family=-1, *arguments, **named):
        if family not in (socket.AF_UNIX,):
            refuse(self, family)
        super().__init__(family, *arguments, **named)
socket.socket = Refusing
socket.create_connection = socket.getaddrinfo = socket.gethostbyname = refuse
import json
from dragoman.cli import main
if __name__ == "__main__":
    for command in json.loads(sys.argv[1]):
        sys.argv = ["dragoman", *command]
        try:
            main()
        except SystemExit as end:
            if end.code:
                sys.exit(f"{command}: {end.code}")
"""


def test_nothing_but_fetch_opens_a_socket(tmp_path: Path) -> None:
    """Every command with sockets forbidden; fetch, to show that they are."""
    texts, record, kept = write_texts(tmp_path / "texts"), str(tmp_path / "r.duckdb"), ["--record", str(tmp_path / "r.duckdb")]
    statements = str(tmp_path / "s.jsonl")
    commands: tuple[list[str], ...] = (
        ["build", str(texts), "--workers", "2", *kept],
        ["timeline", "Pakistan", "Syria", *kept],
        ["ask", "When did the Syrian minister visit Islamabad?", *kept],
        ["ties", "Pakistan", "Syria", *kept],
        ["positions", "Pakistan", *kept],
        ["balance", "Pakistan", "Syria", *kept],
        ["report", "Pakistan", "Syria", "--html", str(tmp_path / "r.html"), *kept],
        ["export", "--output", statements, *kept],
        ["export", "--format", "parquet", "--output", str(tmp_path / "s.parquet"), *kept],
        ["link", statements, "--texts", str(texts)],
        ["times", str(texts / "text000.en.txt")],
        ["check", record],
        ["upgrade", record],
        ["compact", record],
        ["demo"],
    )
    done = run_python(OFFLINE, json.dumps(commands))
    assert done.returncode == 0, done.stderr
    assert "socket" not in done.stderr
    done = run_python(OFFLINE, json.dumps([["fetch", "Iraq", "--to", str(tmp_path / "articles")]]))
    assert done.returncode != 0 and "a socket was opened" in done.stderr
