"""The Python API: what a program needs, and nothing loaded before it is used."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import dragoman
from dragoman.errors import QueryError, RecordError
from making import run_python

TEXT = "Pakistan and Syria established diplomatic relations in 1948. The Syrian foreign minister visited Islamabad in 2014.\n"


@pytest.fixture
def record(tmp_path: Path) -> Path:
    (tmp_path / "a.en.txt").write_text(TEXT)
    assert dragoman.build([tmp_path / "a.en.txt"], record=tmp_path / "r.duckdb").added == 1
    return tmp_path / "r.duckdb"


def test_a_record_answers(record: Path, tmp_path: Path) -> None:
    with dragoman.open(record) as opened:
        (document,) = opened.documents()
        assert document.text == TEXT
        statements = list(opened.statements())
        timeline = opened.timeline("Pakistan", "سوريا")
        assert 0 < len(timeline) <= len(statements)
        assert [s.date for s in timeline] == sorted(s.date for s in timeline)
        assert opened.timeline("PAK", "SYR", start="2014", types=["event"]) == [s for s in timeline if s.date.startswith("2014")]
        assert opened.show(timeline[0].id).document == document
        assert opened.export(str(tmp_path / "out.jsonl")) == len(statements)
        with pytest.raises(QueryError):
            opened.timeline("Atlantis")
    assert [json.loads(line)["id"] for line in (tmp_path / "out.jsonl").read_text("utf-8").splitlines()] == [s.id for s in statements]


def test_reading_does_not_make_a_record(tmp_path: Path) -> None:
    with pytest.raises(RecordError, match="no record here"):
        dragoman.open(tmp_path / "r.duckdb")
    assert not list(tmp_path.iterdir())


def test_importing_loads_nothing_of_weight() -> None:
    loaded = run_python("import sys, dragoman; print(*sys.modules)").stdout.split()
    assert "dragoman" in loaded
    assert not {"duckdb", "typer", "rich", "babel", "yaml", "msgspec"} & set(loaded)
    helped = run_python(
        "import sys; sys.argv = ['dragoman', '--help']\nfrom dragoman.cli import main\ntry: main()\nfinally: print(*sys.modules)"
    ).stdout
    assert not {"duckdb", "rich", "babel", "yaml", "dragoman.coding"} & set(helped.split())


def test_the_version() -> None:
    assert dragoman.__version__
    with pytest.raises(AttributeError):
        dragoman.nothing  # noqa: B018
