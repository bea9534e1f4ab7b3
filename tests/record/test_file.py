"""What is no record, or cannot be used now, is said and left as it is; a crash costs the document in hand."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
from hashlib import sha256
from pathlib import Path

import duckdb
import pytest

from dragoman.errors import RecordError
from dragoman.record import Record
from dragoman.record.schema import FORMAT
from making import CODER, make_pair, run_python, start_python

FILL = """
import sys
from making import CODER, make_pair
from dragoman.record import Record
with Record.open(sys.argv[1], create=True) as record:
    for number in range(100_000):
        record.add(*make_pair(f"{number:05}.en", 40), CODER)
        print(number, flush=True)
"""


def contents(folder: Path) -> dict[str, str]:
    """The files below a folder by the hash of what is in them."""
    return {str(file): sha256(file.read_bytes()).hexdigest() for file in sorted(folder.rglob("*")) if file.is_file()}


@pytest.fixture
def filled(tmp_path: Path) -> Path:
    """A record of two documents."""
    path = tmp_path / "r.duckdb"
    with Record.open(path, create=True) as record:
        record.add(*make_pair("a.en"), CODER)
        record.add(*make_pair("b.en"), CODER)
    return path


@pytest.mark.parametrize("content", [b"", b"short", b"Pakistan met Syria. " * 1000, b"SQLite format 3\0" + bytes(4096), bytes(12288)])
@pytest.mark.parametrize("read_only", [True, False])
def test_a_file_that_is_no_database(tmp_path: Path, content: bytes, read_only: bool) -> None:
    path = tmp_path / "r.duckdb"
    path.write_bytes(content)
    with pytest.raises(RecordError, match="no Dragoman record") as caught:
        Record.open(path, create=True, read_only=read_only)
    assert caught.value.where == str(path)
    assert path.read_bytes() == content


def test_a_database_that_is_no_record(tmp_path: Path) -> None:
    path = tmp_path / "r.duckdb"
    with duckdb.connect(path) as connection:
        connection.execute("CREATE TABLE meta (a INTEGER)")
    before = contents(tmp_path)
    with pytest.raises(RecordError, match="no Dragoman record"):
        Record.open(path, create=True)
    assert contents(tmp_path) == before


def test_a_record_from_a_newer_version(filled: Path) -> None:
    with duckdb.connect(filled) as connection:
        connection.execute("UPDATE meta SET value = ? WHERE name = 'format'", [str(FORMAT + 1)])
    before = contents(filled.parent)
    with pytest.raises(RecordError, match="newer version of dragoman") as caught:
        Record.open(filled)
    assert "Update" in caught.value.advice
    assert contents(filled.parent) == before


def test_a_damaged_record(filled: Path) -> None:
    filled.write_bytes(filled.read_bytes()[:5000])
    with pytest.raises(RecordError) as caught:
        Record.open(filled)
    assert caught.value.where == str(filled)


def test_nothing_is_there(tmp_path: Path) -> None:
    with pytest.raises(RecordError, match="no record here"):
        Record.open(tmp_path / "r.duckdb")
    with pytest.raises(RecordError, match="folder does not exist"):
        Record.open(tmp_path / "none" / "r.duckdb", create=True)
    assert not list(tmp_path.iterdir())


def test_a_folder_or_a_device(tmp_path: Path) -> None:
    with pytest.raises(RecordError, match="a folder, not a record"):
        Record.open(tmp_path, create=True)
    with pytest.raises(RecordError, match="not a file"):
        Record.open("/dev/null", create=True)


def test_opening_and_looking_changes_no_byte(filled: Path) -> None:
    before = contents(filled.parent)
    for read_only in (True, False):
        with Record.open(filled, read_only=read_only) as record:
            assert len(list(record.statements())) == 6
    assert contents(filled.parent) == before


def test_a_place_where_nothing_may_be_written() -> None:
    """As another user when this one is root, who may do everything."""
    code = """
import os, sys
from dragoman.errors import RecordError
from dragoman.record import Record
if os.geteuid() == 0:
    os.seteuid(65534)
try:
    Record.open(sys.argv[1], create=True)
except RecordError as error:
    print(error)
"""
    folder = Path("/tmp") / f"dragoman-{os.getpid()}"  # pytest's own folder is closed to others
    folder.mkdir(mode=0o555)
    try:
        done = run_python(code, str(folder / "r.duckdb"))
    finally:
        folder.rmdir()
    assert "may not be read or written" in done.stdout, done.stderr


def test_a_record_in_use_names_the_process(tmp_path: Path) -> None:
    path = tmp_path / "r.duckdb"
    writer = start_python(FILL, str(path))
    try:
        assert writer.stdout is not None
        writer.stdout.readline()
        for read_only in (True, False):
            with pytest.raises(RecordError, match=rf"in use by another process \(.*process {writer.pid}\)"):
                Record.open(path, read_only=read_only)
    finally:
        writer.kill()
        writer.communicate()


def test_many_may_read_at_once(filled: Path) -> None:
    count = "import sys; from dragoman.record import Record; print(len(list(Record.open(sys.argv[1], read_only=True).statements())))"
    with Record.open(filled, read_only=True):
        assert run_python(count, str(filled)).stdout.strip() == "6"
        with pytest.raises(RecordError, match="already open in this process"):
            Record.open(filled)


def test_killed_in_the_middle_keeps_whole_documents(tmp_path: Path) -> None:
    path = tmp_path / "r.duckdb"
    writer = start_python(FILL, str(path))
    assert writer.stdout is not None
    done = [int(writer.stdout.readline()) for _ in range(7)][-1] + 1
    writer.send_signal(signal.SIGKILL)
    writer.communicate()
    with Record.open(path, read_only=True) as record:
        counts = record.counts()
        assert counts.documents >= done
        assert counts.sentences == counts.statements["event"] == 40 * counts.documents
    with Record.open(path) as record:
        assert record.counts() == counts
        assert record.add(*make_pair("later.en"), CODER) == "added"


def test_a_full_disk_keeps_what_was_added(tmp_path: Path) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = (
        shutil.which("mount") and subprocess.run(["mount", "-t", "tmpfs", "-o", "size=3m", "tmpfs", str(disk)], check=False).returncode == 0
    )
    try:
        # Without the right to mount, a limit on the size of files fails in the same place.
        limit = "" if mounted else "import resource; resource.setrlimit(resource.RLIMIT_FSIZE, (3_000_000, 3_000_000))\n"
        done = run_python(limit + FILL, str(disk / "r.duckdb"))
        assert done.returncode != 0
        assert "RecordError" in done.stderr
        assert "The disk is full." in done.stderr
        written = len(done.stdout.split())
        assert written > 0
        shutil.copytree(disk, tmp_path / "copy")
    finally:
        if mounted:
            subprocess.run(["umount", str(disk)], check=True)
    with Record.open(tmp_path / "copy" / "r.duckdb") as record:
        counts = record.counts()
        assert counts.documents >= written
        assert counts.sentences == 40 * counts.documents


def test_a_disk_that_is_full_from_the_start_leaves_nothing(tmp_path: Path) -> None:
    code = "import resource; resource.setrlimit(resource.RLIMIT_FSIZE, (5000, 5000))\n" + FILL
    done = run_python(code, str(tmp_path / "r.duckdb"))
    assert "The disk is full." in done.stderr
    assert not list(tmp_path.iterdir())
