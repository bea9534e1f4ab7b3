"""Ties, positions, balances and pages on the command line: for reading, as JSON, and refused where what is asked cannot be."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import msgspec
import pytest
from typer.testing import CliRunner

import dragoman
from dragoman.cli.app import app
from dragoman.record import Record
from dragoman.statement import Actor
from making import CODER, make_document, make_statement

RUN = CliRunner()
ENGLISH = make_document(
    "a.en", "Pakistan has an embassy in Damascus.", "Pakistan closed its embassy in Damascus.", "Pakistan opposes intervention in Syria.",
    "Pakistan is said to support intervention in Syria.", "Pakistan supports intervention in Syria.", edition="2020",
)  # fmt: skip
ARABIC = make_document("a.ar", "أرسلت باكستان مساعدات إلى سوريا.", language="ar", edition="2024")


@pytest.fixture(scope="module")
def record(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("views") / "r.duckdb"
    stand: dict[str, Any] = {"kind": "position", "issue": "intervention in Syria"}
    with Record.open(path, create=True) as opened:
        said = make_statement(ENGLISH, 3, id="said", type="SUPPORTS", date="2013", modality="claimed", by="Reuters", **stand)
        opened.add(
            ENGLISH,
            [
                make_statement(ENGLISH, 0, id="embassy", kind="tie", type="MISSION", date="1960"),
                make_statement(ENGLISH, 1, id="closed", type="SANCTION", date="2012-03"),
                make_statement(ENGLISH, 2, id="against", type="OPPOSES", date="2012", **stand),
                said,
                msgspec.structs.replace(
                    make_statement(ENGLISH, 4, id="for", type="SUPPORTS", date="2014", **stand), source=(Actor("PAK", "GOV"),)
                ),
            ],
            CODER,
        )
        opened.add(ARABIC, [make_statement(ARABIC, 0, id="aid", type="AID", date="2021")], CODER)
    return path


def run(*arguments: str | Path) -> str:
    done = RUN.invoke(app, [*map(str, arguments)], env={"COLUMNS": None})
    assert done.exit_code == 0, done.output + str(done.exception)
    return done.stdout


def test_ties(record: Path) -> None:
    text = run("ties", "Pakistan", "سوريا", "--on", "2013", "--record", record)
    assert text.startswith("Pakistan and Syria on 2013: 1 tie\n\nMISSION      ended       Pakistan → Syria: embassy, from 1960\n")
    assert "last told 1960:\n    “Pakistan has an embassy in Damascus.”" in text
    assert "ended by 2012-03:\n    “Pakistan closed its embassy in Damascus.”" in text
    (tie,) = json.loads(run("ties", "PAK", "SYR", "--on", "2012-02", "--record", record, "--json"))
    assert (tie["status"], tie["ended_by"]) == ("last known", None)


def test_positions(record: Path) -> None:
    lines = run("positions", "PAK", "--issue", "intervention", "--record", record).splitlines()
    heads = [line for line in lines if line[:4].isdigit()]
    assert heads == [
        "2012        OPPOSES   Pakistan", "2014        SUPPORTS  Pakistan  changed from OPPOSES",
        "2013        SUPPORTS  Pakistan  [claimed by Reuters]",
    ]  # fmt: skip
    assert "2012        OPPOSES   Pakistan  last known" in run("positions", "PAK", "--on", "2013", "--record", record)
    (cell,) = json.loads(run("positions", "--matrix", "--record", record, "--json"))
    assert (cell["name"], cell["type"], cell["date"], cell["count"]) == ("Pakistan", "SUPPORTS", "2014", 3)
    assert "+ 2014" in run("positions", "--matrix", "--record", record)
    assert json.loads(run("positions", "PAK", "--about", "IRN", "--record", record, "--json")) == []


def test_balance(record: Path) -> None:
    text = run("balance", "PAK", "SYR", "--by", "year", "--record", record)
    assert [line.split() for line in text.splitlines()[2:]] == [
        ["Syria", "2012", "0", "1", "0", "-4.00", "-4.00"], ["2021", "1", "0", "0", "7.00", "7.00"],
    ]  # fmt: skip
    assert "-4.00" not in run("balance", "PAK", "SYR", "--weights", "none", "--record", record)
    two = ("--json", "--record", record)
    assert run("balance", "PAK", "--among", "SYR", "IND", *two) == run("balance", "PAK", "SYR", "IND", *two)


def test_a_page_and_a_chart_are_written(record: Path, tmp_path: Path) -> None:
    run("report", "PAK", "SYR", "--html", tmp_path / "page.html", "--ui", "ar", "--record", record)
    with dragoman.open(record) as opened:
        assert (tmp_path / "page.html").read_text("utf-8") == opened.report("PAK", "SYR", ui="ar")
        run("timeline", "PAK", "--chart", tmp_path / "chart.svg", "--record", record)
        assert (tmp_path / "chart.svg").read_text("utf-8").count("<a href=") == len(opened.timeline("PAK"))


def test_as_told(record: Path) -> None:
    assert len(json.loads(run("timeline", "PAK", "--as-told", "2021", "--record", record, "--json"))) == 5
    assert len(json.loads(run("timeline", "PAK", "--record", record, "--json"))) == 6


def test_python_gives_the_same(record: Path) -> None:
    with dragoman.open(record) as opened:
        for asked, arguments in (
            (opened.ties("PAK", "Syria", on="2013"), ("ties", "PAK", "SYR", "--on", "2013")),
            (opened.positions("PAK"), ("positions", "PAK")),
            (opened.matrix(), ("positions", "--matrix")),
            (opened.balance("PAK", ["SYR"]), ("balance", "PAK", "SYR")),
        ):
            assert json.loads(msgspec.json.encode(asked)) == json.loads(run(*arguments, "--record", record, "--json"))


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("ties", "Pakstan", "SYR"), "Pakistan (PAK)"), (("ties", "Korea", "SYR"), "North Korea (PRK)"),
        (("ties", "PAK", "Pakistan"), "the same"),
        (("ties", "PAK", "SYR", "--on", "2014-02-30"), "no date"), (("ties", "PAK", "SYR", "--on", "2014/2012"), "ends before it begins"),
        (("timeline", "PAK", "--from", "2015", "--to", "2014"), "before it begins"), (("timeline", "Congo"), "Congo - Kinshasa (COD)"),
        (("positions", "Atlantis"), "No state or body"), (("positions", "PAK", "--on", "yesterday"), "no date"),
        (("balance", "PAK", "SYR", "--by", "month"), "no period 'month'"),
        (("balance", "PAK", "SYR", "--weights", "none.yaml"), "cannot be read"),
        (("report", "PAK", "SYR", "--html", "x.html", "--ui", "fr"), "'fr'"), (("timeline", "PAK", "--as-told", "1900"), "no edition"),
        (("report", "PAK", "SYR", "--html", "/nowhere/x.html"), "cannot be written"),
    ],
)  # fmt: skip
def test_what_cannot_be_asked(record: Path, arguments: tuple[str, ...], said: str) -> None:
    done = RUN.invoke(app, [*arguments, "--record", str(record)])
    assert done.exit_code == 2, done.output
    assert done.stdout == ""
    assert said in done.stderr
