"""The cache of vectors: rows beside the record, in no export, and made in older records when they are opened for writing."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

import duckdb

from dragoman.exporting import export, find_format, formats
from dragoman.record import Record
from making import CODER, make_pair


def make_older(path: Path) -> None:
    """A record of one document, as Dragoman made it before it kept vectors."""
    with Record.open(path, create=True) as record:
        record.add(*make_pair("a.en"), CODER)
    with duckdb.connect(path) as connection:
        connection.execute("DROP TABLE vectors")


def test_what_is_kept_comes_back(tmp_path: Path) -> None:
    with Record.open(tmp_path / "r.duckdb", create=True) as record:
        record.keep_vectors("one", {"aa": b"\0\xff\x80", "bb": b""})
        record.keep_vectors("two", {"aa": b"other"})
        record.keep_vectors("one", {"aa": b"later", "cc": b"c"})
        record.keep_vectors("one", {})
    with Record.open(tmp_path / "r.duckdb", read_only=True) as record:
        assert record.vectors("one", ["aa", "bb", "cc", "dd"]) == {"aa": b"\0\xff\x80", "bb": b"", "cc": b"c"}
        assert record.vectors("two", ["aa", "bb"]) == {"aa": b"other"}
        assert record.vectors("one", []) == {}
        assert next(record.query("SELECT count(*) FROM vectors")) == (4,)


def test_an_older_record_is_read_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "r.duckdb"
    make_older(path)
    before = sha256(path.read_bytes()).hexdigest()
    with Record.open(path, read_only=True) as record:
        assert "vectors" not in record.tables
        assert record.vectors("one", ["aa"]) == {}
        record.keep_vectors("one", {"aa": b"a"})
        assert record.counts().documents == 1
    assert sha256(path.read_bytes()).hexdigest() == before


def test_an_older_record_is_completed_when_written(tmp_path: Path) -> None:
    path = tmp_path / "r.duckdb"
    make_older(path)
    with Record.open(path) as record:
        assert "vectors" in record.tables
        record.keep_vectors("one", {"aa": b"a"})
        assert record.add(*make_pair("a.en"), CODER) == "unchanged"
    with Record.open(path, read_only=True) as record:
        assert record.vectors("one", ["aa"]) == {"aa": b"a"}
        assert len(list(record.statements())) == 3


def test_no_export_shows_them(tmp_path: Path) -> None:
    with Record.open(tmp_path / "r.duckdb", create=True) as record:
        record.add(*make_pair("a.en"), CODER)
        names = [name for name in formats() if "statements" in find_format(name).PARTS]
        for name in names:
            export(record, tmp_path / f"before.{name}", name)
        record.keep_vectors("one", {"aa": b"a"})
        for name in names:
            export(record, tmp_path / f"after.{name}", name)
            assert (tmp_path / f"after.{name}").read_bytes() == (tmp_path / f"before.{name}").read_bytes()
