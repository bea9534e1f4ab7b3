"""Bad input ends in a message that names the place, exit status 2, and a record as it was; never in a traceback."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from hashlib import sha256
from pathlib import Path

import duckdb
import pytest

from dragoman.engines import build
from dragoman.record.schema import FORMAT
from making import environment, run_dragoman

MAIN = "from dragoman.cli import main; main()"
TEXT = "Pakistan and Syria established diplomatic relations in 1948.\n"


@pytest.fixture
def record(tmp_path: Path) -> Path:
    """A record of one text, in a folder of its own."""
    (tmp_path / "first.en.txt").write_text(TEXT)
    (tmp_path / "kept").mkdir()
    build([tmp_path / "first.en.txt"], tmp_path / "kept" / "r.duckdb")
    return tmp_path / "kept" / "r.duckdb"


def contents(folder: Path) -> dict[str, str]:
    return {file.name: sha256(file.read_bytes()).hexdigest() for file in folder.iterdir() if file.is_file()}


def assert_refused(done: subprocess.CompletedProcess[str], *said: str) -> None:
    assert done.returncode == 2, done.stderr
    assert done.stdout == ""
    assert done.stderr.startswith("Error: "), done.stderr
    assert "Traceback" not in done.stderr
    for words in said:
        assert words in done.stderr


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("missing.en.txt", None), ("text.fr.txt", b"La Syrie."), ("empty.en.txt", b""), ("binary.en.txt", bytes(range(256)) * 9),
        ("nul.en.txt", TEXT.encode() + b"\0" + TEXT.encode()),
        ("surrogate.en.txt", TEXT.encode() + b"\xed\xa0\x80"), ("broken.ar.txt", "زارت سوريا باكستان. ".encode() * 9 + b"\xff"),
    ],
)  # fmt: skip
def test_a_text_that_cannot_be_read(record: Path, name: str, content: bytes | None) -> None:
    before, bad = contents(record.parent), record.parent.parent / name
    if content is not None:
        bad.write_bytes(content)
    assert_refused(run_dragoman("build", record.parent.parent / "first.en.txt", bad, "--record", record), str(bad))
    assert contents(record.parent) == before
    new = record.with_name("new.duckdb")
    assert_refused(run_dragoman("build", bad, "--record", new, "--json"), str(bad))
    assert not new.exists()


def test_a_manifest_with_an_unknown_key(record: Path) -> None:
    before, folder = contents(record.parent), record.parent.parent / "texts"
    folder.mkdir()
    (folder / "a.en.txt").write_text(TEXT)
    (folder / "dragoman.toml").write_text('[[document]]\nfile = "a.en.txt"\nlangauge = "en"\n')
    assert_refused(run_dragoman("build", folder, "--record", record), str(folder / "dragoman.toml"), "langauge")
    assert contents(record.parent) == before


COMMANDS = (
    ("build", "first.en.txt"), ("timeline", "PAK"), ("show", "abc"), ("ties", "PAK", "SYR"), ("positions", "PAK"),
    ("balance", "PAK", "SYR"), ("report", "PAK", "SYR", "--html", "page.html"), ("export",), ("evaluate", "gold.jsonl"), ("demo",),
    ("corroborate", "PAK", "SYR", "--with", "theirs.tab"),
)  # fmt: skip


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command[0])
def test_a_file_that_is_no_record(tmp_path: Path, command: tuple[str, ...]) -> None:
    (tmp_path / "first.en.txt").write_text(TEXT)
    line = '{"doc":"a","start":0,"end":1,"kind":"event","type":"AID"}\n'
    (tmp_path / "gold.jsonl").write_text(line)
    (tmp_path / "r.duckdb").write_text("my diary")
    assert_refused(run_dragoman(*command, "--record", "r.duckdb", cwd=tmp_path), "r.duckdb", "no Dragoman record")
    assert (tmp_path / "r.duckdb").read_text() == "my diary"
    (tmp_path / "r.duckdb").unlink()
    if command[0] not in ("build", "demo"):
        assert_refused(run_dragoman(*command, "--record", "r.duckdb", cwd=tmp_path), "There is no record here")
    assert sorted(file.name for file in tmp_path.iterdir()) == ["first.en.txt", "gold.jsonl"]


def test_other_records_that_cannot_be_used(record: Path, tmp_path: Path) -> None:
    with duckdb.connect(tmp_path / "other.duckdb") as connection:
        connection.execute("CREATE TABLE mine (a INTEGER)")
    text = tmp_path / "first.en.txt"
    assert_refused(run_dragoman("build", text, "--record", tmp_path / "other.duckdb"), "no Dragoman record")
    assert_refused(run_dragoman("build", text, "--record", tmp_path), "a folder")
    assert_refused(run_dragoman("build", text, "--record", tmp_path / "none" / "r.duckdb"), "folder does not exist", str(tmp_path / "none"))
    with duckdb.connect(record) as connection:
        connection.execute("UPDATE meta SET value = ? WHERE name = 'format'", [str(FORMAT + 1)])
    before = contents(record.parent)
    for command in (("build", text), ("timeline", "PAK")):
        assert_refused(run_dragoman(*command, "--record", record), "newer version", str(record))
    assert contents(record.parent) == before


HOLD = "import sys; from dragoman.record import Record; record = Record.open(sys.argv[1]); print(flush=True); sys.stdin.read()"


def test_a_record_in_use(record: Path) -> None:
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(record)],
        env=environment(), stdin=subprocess.PIPE, stdout=subprocess.PIPE,
    )  # fmt: skip
    try:
        assert holder.stdout is not None
        holder.stdout.readline()
        for command in (("build", record.parent.parent / "first.en.txt"), ("timeline", "PAK"), ("export",)):
            assert_refused(run_dragoman(*command, "--record", record), "in use", str(holder.pid), str(record))
    finally:
        holder.communicate()
    assert run_dragoman("timeline", "PAK", "--record", record).returncode == 0


def test_a_full_disk(record: Path) -> None:
    """A limit on the size of files fails where a full disk does."""
    before = contents(record.parent)
    (record.parent.parent / "more.en.txt").write_text(TEXT * 20_000)
    code = (
        "import resource; resource.setrlimit(resource.RLIMIT_FSIZE, (2_000_000, 2_000_000))\n"
        "import dragoman.coding.coders as coders; coders.code = lambda document: []\n"  # the size of the text is what matters here
        f"{MAIN}"
    )
    command = [sys.executable, "-c", code, "build", str(record.parent.parent / "more.en.txt"), "--record"]
    for place in (record, record.with_name("new.duckdb")):
        done = subprocess.run([*command, str(place)], env=environment(), capture_output=True, encoding="utf-8", check=False)
        assert_refused(done, "The disk is full", str(place))
    assert not record.with_name("new.duckdb").exists()
    assert set(contents(record.parent)) - {"r.duckdb.wal"} == set(before)
    assert run_dragoman("export", "--record", record).returncode == 0


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("timeline", "Atlantis"), "Atlantis"), (("timeline", "Pakstan"), "Pakistan (PAK)"),
        (("timeline", "PAK", "Kongo"), "Congo - Kinshasa (COD)"),
        (("timeline", "PAK", "--from", "yesterday"), "yesterday"), (("timeline", "PAK", "--to", "2014-13"), "2014-13"),
        (("timeline", "PAK", "--from", "2014", "--to", "2013"), "before it begins"), (("timeline", "PAK", "--type", "MEET"), "MEET"),
        (("timeline", "PAK", "--lang", "fr"), "'fr'"), (("show", "zzz"), "zzz"), (("export", "--format", "xlsx"), "jsonl"),
        (("export", "--output", "none/out"), "none/out"), (("evaluate", "none.jsonl"), "none.jsonl"),
    ],
)  # fmt: skip
def test_questions_that_cannot_be_answered(record: Path, arguments: tuple[str, ...], said: str) -> None:
    assert_refused(run_dragoman(*arguments, "--record", record, cwd=record.parent), said)


def test_gold_that_is_none(record: Path) -> None:
    gold = record.with_name("gold.jsonl")
    gold.write_text('{"doc": "a", "start": 0, "end": 3, "kind": "event", "type": "AID"}\n{"doc"\n')
    assert_refused(run_dragoman("evaluate", gold, "--record", record), f"{gold}:2")


@pytest.mark.parametrize(
    "arguments",
    [(), ("fly",), ("build",), ("build", "x", "--workers", "0"), ("build", "x", "--workers", "two"), ("timeline",), ("timeline", "--what")],
)
def test_bad_use(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    done = run_dragoman(*arguments, cwd=tmp_path)
    assert done.returncode == 2
    assert "Usage: dragoman" in done.stdout + done.stderr
    assert not list(tmp_path.iterdir())


def test_a_fault_of_ours_is_named_and_costs_one_document(tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / f"{name}.en.txt").write_text(TEXT)
    code = (
        "import dragoman.coding.coders as coders; honest = coders.code\n"
        "coders.code = lambda document: 1 / 0 if document.id == 'a.en' else honest(document)\n"
        f"{MAIN}"
    )
    command = [sys.executable, "-c", code, "build", ".", "--record", "r.duckdb"]
    done = subprocess.run(command, cwd=tmp_path, env=environment(), capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 1
    assert "a.en.txt" in done.stderr
    assert "ZeroDivisionError" in done.stderr
    assert "1 (1 new, 1 failed in this run)" in done.stdout


def test_a_reader_that_goes_away_is_no_error(record: Path) -> None:
    for command in ("export", "timeline PAK", "--help"):
        shell = f'set -o pipefail; "{sys.executable}" -c "{MAIN}" {command} $RECORD | true; echo $?'
        more = environment(RECORD="" if command == "--help" else f"--record {record}")
        done = subprocess.run(["bash", "-c", shell], env=more, capture_output=True, encoding="utf-8", check=False)
        assert done.stderr == ""
        assert done.stdout in ("141\n", "0\n", *(("1\n",) if command == "--help" else ()))  # its help is printed by typer


def test_output_that_cannot_be_written(record: Path) -> None:
    for command in (["export"], ["timeline", "PAK"], ["export", "--output", "/dev/full"]):
        with open("/dev/full", "w") as full:
            run = [sys.executable, "-c", MAIN, *command, "--record", str(record)]
            done = subprocess.run(run, env=environment(), stdout=full, stderr=subprocess.PIPE, encoding="utf-8", check=False)
        assert done.returncode == 2
        assert "No space left" in done.stderr
        assert "Traceback" not in done.stderr


def test_names_that_are_no_text(record: Path) -> None:
    """A file's name may be any bytes; it is named in a way that can be printed."""
    name = os.fsdecode(b"caf\xe9.en.txt")
    folder = record.parent.parent / "texts"
    folder.mkdir()
    (folder / name).write_text(TEXT)
    before = contents(record.parent)
    assert_refused(run_dragoman("build", folder, "--record", record), "caf")
    assert contents(record.parent) == before


def test_ctrl_c_keeps_what_was_done_and_says_how_to_go_on(tmp_path: Path) -> None:
    folder = tmp_path / "texts"
    folder.mkdir()
    for number in range(300):
        (folder / f"t{number:03}.en.txt").write_text(TEXT * 40)
    for workers in ("1", "2"):
        record = tmp_path / f"{workers}.duckdb"
        command = [sys.executable, "-c", MAIN, *map(str, ("build", "--no-link", folder, "--record", record, "--workers", workers))]
        running = subprocess.Popen(
            command, env=environment(), stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8", start_new_session=True
        )
        wal = record.with_name(record.name + ".wal")
        while running.poll() is None and not (wal.exists() and wal.stat().st_size > 50_000):
            time.sleep(0.01)
        os.killpg(running.pid, signal.SIGINT)  # a terminal's Ctrl-C reaches every process
        output, errors = running.communicate(timeout=60)
        assert running.returncode == 130, errors
        assert output == ""
        assert errors == "Stopped. The documents that were added are kept; run the same command again to go on.\n"
    again = run_dragoman("build", "--no-link", folder, "--record", tmp_path / "1.duckdb")
    assert again.returncode == 0
    assert " new, " in again.stdout
    assert " unchanged in this run" in again.stdout


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("and so it went on " * 60_000 + "Pakistan met Syria.", id="one line of a megabyte"),
        pytest.param("".join(f"== Heading {number} ==\n" for number in range(100_000)), id="a hundred thousand headings"),
        pytest.param("Pakistan \u202eمحمد met\u2066 سوريا\u2069 in 1948.\n" * 50, id="mixed directions"),
        pytest.param("🇵🇰 𝔓akistan\u0301 visited \U000f0000 Syria.\n" * 50, id="beyond the first plane"),
        pytest.param("(" * 5000 + "Pakistan met Syria" + ")" * 5000, id="brackets"),
        pytest.param("Pakistan, " * 5000 + "and Syria met in 1948.", id="a list of five thousand"),
    ],
)
def test_hard_texts_are_read_or_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / "hard.en.txt").write_text(text, "utf-8")
    done = run_dragoman("build", "hard.en.txt", "--record", "r.duckdb", cwd=tmp_path)
    assert "Traceback" not in done.stderr
    if done.returncode == 2:
        assert_refused(done, "hard.en.txt")
        assert not (tmp_path / "r.duckdb").exists()
    else:
        assert done.returncode == 0, done.stderr
        assert run_dragoman("export", "--record", "r.duckdb", cwd=tmp_path).returncode == 0
