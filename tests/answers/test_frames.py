"""Answers as tables: a column for each field; without the packages an error that says what to install."""

from __future__ import annotations

import pytest

from dragoman.answers.facts import Entry, alone
from dragoman.answers.frames import Rows
from dragoman.answers.positions import Stand
from dragoman.answers.ties import Tie
from dragoman.errors import DragomanError
from making import make_document, make_statement, run_python

DOCUMENT = make_document("a.en", "Pakistan met Syria.")
ROWS = Rows(Entry, [alone(make_statement(DOCUMENT, date="1948"))])


def test_without_the_packages() -> None:
    code = (
        "import sys; sys.modules['pyarrow'] = sys.modules['pandas'] = None\n"
        "from dragoman.answers.facts import Entry\nfrom dragoman.answers.frames import Rows\nfrom dragoman.errors import DragomanError\n"
        "for name in ('to_arrow', 'to_pandas'):\n"
        "    try:\n        getattr(Rows(Entry), name)()\n"
        "    except DragomanError as error:\n        print(error)\n"
    )
    lines = run_python(code).stdout.splitlines()
    assert lines == [
        "pyarrow is not installed. pip install 'dragoman[frames]' installs it.",
        "pandas is not installed. pip install 'dragoman[frames]' installs it.",
    ]


def test_nothing_is_imported_before_it_is_asked_for() -> None:
    code = "import sys, dragoman.answers.ties; print(sorted({'pyarrow', 'pandas', 'jinja2'} & set(sys.modules)))"
    assert run_python(code).stdout == "[]\n"


def test_rows_are_a_list() -> None:
    assert list(ROWS) == ROWS
    assert ROWS[0].date == "1948"
    assert issubclass(DragomanError, Exception)


def test_arrow() -> None:
    pytest.importorskip("pyarrow")
    table = ROWS.to_arrow()
    assert table.column_names == list(Entry.__struct_fields__)
    assert table.to_pylist()[0]["statements"][0]["quote"] == "Pakistan met Syria."
    for struct in (Entry, Tie, Stand):
        empty = Rows(struct).to_arrow()
        assert (empty.num_rows, empty.column_names) == (0, list(struct.__struct_fields__))


def test_pandas() -> None:
    pytest.importorskip("pandas")
    pytest.importorskip("pyarrow")
    assert list(ROWS.to_pandas()["date"]) == ["1948"]
