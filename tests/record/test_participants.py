"""Who takes part is found by an index that holds as much as the statements do, in records of an older format too."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from dragoman.record import Record
from dragoman.record.schema import FORMAT
from dragoman.statement import Actor
from making import CODER, make_document, make_statement

TEXT = ("Pakistan met Syria.", "Iran met Syria.", "The Élan Bloc met Iran.")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "r.duckdb"
    with Record.open(path, create=True) as record:
        for name in ("a.en", "b.en"):
            document = make_document(name, *TEXT)
            bloc = make_statement(document, 2, "", "IRN", id=f"{name}-bloc")
            statements = [make_statement(document, 0, id=f"{name}-0"), make_statement(document, 1, "IRN", "SYR", id=f"{name}-1"), bloc]
            statements[2] = type(bloc)(
                **{f: getattr(bloc, f) for f in bloc.__struct_fields__} | {"source": (Actor("", "IGO", "Élan Bloc"),)}
            )
            record.add(document, statements, CODER)
    return path


def make_old(path: Path) -> None:
    """Take away what format 1 did not have."""
    with duckdb.connect(path) as connection:
        connection.execute("DROP TABLE participants")
        connection.execute("UPDATE meta SET value = '1' WHERE name = 'format'")


def find(record: Record, *keys: str) -> list[str]:
    return [statement.id for statement in record.about([[key] for key in keys])]


@pytest.mark.parametrize("old", [False, True])
def test_by_one_and_by_two(path: Path, old: bool) -> None:
    if old:
        make_old(path)
    with Record.open(path, read_only=True) as record:
        assert find(record, "PAK") == ["a.en-0", "b.en-0"]
        assert find(record, "SYR", "IRN") == ["a.en-1", "b.en-1"]
        assert find(record, "PAK", "IRN") == find(record, "FRA") == []
        assert find(record) == [statement.id for statement in record.statements()]


def test_a_record_of_an_older_format_is_completed(path: Path) -> None:
    with duckdb.connect(path, read_only=True) as connection:
        before = connection.execute("SELECT * FROM participants ORDER BY ALL").fetchall()
    make_old(path)
    Record.open(path).close()
    with duckdb.connect(path, read_only=True) as connection:
        assert connection.execute("SELECT * FROM participants ORDER BY ALL").fetchall() == before
        assert connection.execute("SELECT value FROM meta WHERE name = 'format'").fetchall() == [(str(FORMAT),)]
    with Record.open(path) as record:
        document = make_document("c.en", *TEXT)
        record.add(document, [make_statement(document, 0, id="c.en-0")], CODER)
        assert find(record, "PAK") == ["a.en-0", "b.en-0", "c.en-0"]
        assert find(record, "elan bloc") == ["a.en-bloc", "b.en-bloc"]


def test_only_current_editions_or_those_asked_for(path: Path) -> None:
    with Record.open(path) as record:
        old = record.current("a.en")
        assert old is not None
        document = make_document("a.en", "Pakistan left Syria.", edition="2")
        record.add(document, [make_statement(document, id="new")], CODER)
        assert find(record, "PAK") == ["new", "b.en-0"]
        assert [s.id for s in record.about([["PAK"]], editions=[old])] == ["a.en-0"]


def test_a_failed_addition_leaves_the_index_as_it_was(path: Path) -> None:
    with Record.open(path) as record:
        document = make_document("c.en", *TEXT)
        with pytest.raises(Exception, match="surrogates"):
            record.add(document, [make_statement(document, by="\ud800")], CODER)
        record.add(document, [make_statement(document, id="c.en-0")], CODER)
        assert find(record, "PAK") == ["a.en-0", "b.en-0", "c.en-0"]
