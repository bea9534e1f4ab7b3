"""The command: what it prints, what it says of bad rows, and how it ends."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from dragoman.reading.events.layouts import ICEWS
from dragoman.record import Record
from making import CODER, make_document, make_statement, run_dragoman


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("corroborate")
    document = make_document("a.en", "Pakistan met Syria.")
    with Record.open(place / "r.duckdb", create=True) as record:
        record.add(document, [make_statement(document, date="2014-02-17")], CODER)
    values = {"Event Date": "2014-02-17", "CAMEO Code": "042", "Source Country": "Pakistan", "Target Country": "Syria"}
    good = "\t".join(values.get(name, "") for name in ICEWS)
    (place / "icews.tab").write_text("\n".join(["\t".join(ICEWS), "bad", good]), "utf-8")
    return place


def test_it_tells_what_they_know_and_where_the_file_is_bad(folder: Path) -> None:
    done = run_dragoman("corroborate", "Pakistan", "سوريا", "--with", "icews.tab", "--record", "r.duckdb", cwd=folder)
    assert done.returncode == 0, done.stderr
    assert "They know it too: 1" in done.stdout and "They lack it: 0" in done.stdout
    assert "icews.tab:2: 1 columns where there should be 20" in done.stderr


def test_json_and_errors(folder: Path) -> None:
    done = run_dragoman("corroborate", "PAK", "SYR", "--with", "icews.tab", "--as", "ICEWS", "--record", "r.duckdb", "--json", cwd=folder)
    assert [match["dates"] for match in json.loads(done.stdout)["known"]] == ["same"]
    for arguments in (("PAK", "SYR", "--with", "none.tab"), ("PAK", "PAK", "--with", "icews.tab"), ("PAK", "Xyz", "--with", "icews.tab")):
        done = run_dragoman("corroborate", *arguments, "--record", "r.duckdb", cwd=folder)
        assert done.returncode == 2 and "Traceback" not in done.stderr
