"""`dragoman fetch` against a server on this machine, and `dragoman build` on what it fetched."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner

from dragoman.cli.app import app
from making import ROOT

sys.path.insert(0, str(ROOT / "tests" / "reading"))
import wiki as local

RUN = CliRunner()
TITLE = "Iraq-Syria relations"


@pytest.fixture(scope="module")
def server() -> Iterator[local.Wiki]:
    with local.serve() as server:
        yield server


def test_articles_are_fetched_and_built(server: local.Wiki, tmp_path: Path) -> None:
    folder, record = str(tmp_path / "articles"), str(tmp_path / "r.duckdb")
    arguments = [
        "fetch",
        TITLE,
        "--languages",
        "en,ar,de",
        "--since",
        "90001",
        "--to",
        folder,
        "--api",
        server.api,
        "--contact",
        "me@example.org",
    ]
    done = RUN.invoke(app, arguments, env={"COLUMNS": "200"})
    assert done.exit_code == 0, done.output
    assert "90003" in done.stdout and "2019-05-01" in done.stdout and f"4 new in {folder}" in done.stdout
    assert "no article in German (de)" in done.stderr and "leads to" in done.stderr
    assert "me@example.org" in server.agents[-1]
    again = RUN.invoke(app, [*arguments, "--json"])
    assert [article["new"] for article in json.loads(again.stdout)["articles"]] == [False] * 4
    built = RUN.invoke(app, ["build", folder, "--record", record, "--no-link", "--json"])
    assert built.exit_code == 0, built.output
    assert json.loads(built.stdout)["added"] == 4


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["Syria Irak"], "Nearest: Syria–Iraq relations"),
        ([], "Nothing is asked for"),
        ([TITLE, "--since", "soon"], "neither a revision nor a date"),
        ([TITLE, "--languages", "zz"], "refuses (status 404)"),
        ([TITLE, "--api", "nowhere"], "is no address"),
        (["--category", "None"], "has no articles"),
    ],
)
def test_what_cannot_be_fetched_is_said(server: local.Wiki, tmp_path: Path, arguments: list[str], said: str) -> None:
    done = RUN.invoke(app, ["fetch", "--to", str(tmp_path / "x"), "--api", server.api, *arguments])
    assert done.exit_code == 2, done.output
    assert said in done.stderr and done.stdout == ""
    assert "Traceback" not in done.output


def test_one_of_several_that_is_missing_is_named(server: local.Wiki, tmp_path: Path) -> None:
    done = RUN.invoke(app, ["fetch", TITLE, "Nothing", "--languages", "en", "--to", str(tmp_path), "--api", server.api])
    assert done.exit_code == 1
    assert "no article 'Nothing'" in done.stderr and "1 new in" in done.stdout


def test_build_says_what_it_leaves_out_and_where(tmp_path: Path) -> None:
    (tmp_path / "news.jsonl").write_text('{"text": "Iraq and Jordan signed a treaty in 1947."}\n{\n')
    arguments = ["build", str(tmp_path / "news.jsonl"), "--record", str(tmp_path / "r.duckdb"), "--no-link"]
    done = RUN.invoke(app, [*arguments, "--strict"])
    assert done.exit_code == 2 and "news.jsonl:2" in done.stderr and not (tmp_path / "r.duckdb").exists()
    done = RUN.invoke(app, arguments)
    assert done.exit_code == 1 and "news.jsonl:2" in done.stderr and "1 new, 1 failed" in done.stdout
    (tmp_path / "x.en.txt").write_text("Iraq met Jordan. " * 200)
    done = RUN.invoke(app, ["build", str(tmp_path / "x.en.txt"), "--record", str(tmp_path / "r.duckdb"), "--largest", "0.001"])
    assert done.exit_code == 2 and "at most 1,048 are read" in done.stderr


def test_a_statement_is_shown_with_its_sources_and_when_it_was_published(tmp_path: Path) -> None:
    (tmp_path / "x.en.wiki").write_text("Iraq and Jordan signed a treaty in 1947.<ref>{{cite book|title=Two [[kings]]|date=1990}}</ref>")
    (tmp_path / "dragoman.toml").write_text('[[document]]\nfile = "x.en.wiki"\npublished = "2014-05-06"\n')
    record = str(tmp_path / "r.duckdb")
    assert RUN.invoke(app, ["build", str(tmp_path), "--record", record, "--no-link"]).exit_code == 0
    exported = RUN.invoke(app, ["export", "--record", record])
    statement = json.loads(exported.stdout.splitlines()[0])
    assert statement["date"] == "1947"
    shown = RUN.invoke(app, ["show", statement["id"], "--record", record]).stdout
    assert re.search(r"^cites +Two kings, 1990$", shown, re.M)
    assert re.search(r"^published +2014-05-06$", shown, re.M)


def test_a_line_of_an_infobox_is_shown_among_its_lines(tmp_path: Path) -> None:
    text = "{{Infobox bilateral relations||Kenya|Peru|mission1=Embassy of Kenya, Lima|envoy1=Jane Mwangi}}\nThey get on well.\n"
    (tmp_path / "kenya-peru.en.wiki").write_text(text, "utf-8")
    record = str(tmp_path / "r.duckdb")
    assert RUN.invoke(app, ["build", str(tmp_path), "--record", record, "--no-link"]).exit_code == 0
    statements = [json.loads(line) for line in RUN.invoke(app, ["export", "--record", record]).stdout.splitlines()]
    (envoy,) = (one for one in statements if one["type"] == "ENVOY")
    shown = RUN.invoke(app, ["show", envoy["id"], "--record", record], env={"COLUMNS": "200"}).stdout
    assert "mission1: Embassy of Kenya, Lima · ⟦envoy1: Jane Mwangi⟧" in shown and "(line of the box)" in shown
