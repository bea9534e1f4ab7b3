"""`dragoman ask` shows answers, and why there are none, to a person and to a program; bad questions end with exit status 2."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from dragoman.cli.app import app
from dragoman.record import Record
from making import CODER, make_document, make_statement

RUN = CliRunner()


@pytest.fixture(scope="module")
def record(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("ask") / "r.duckdb"
    english = make_document(
        "a.en", "Pakistan signed a treaty with Syria in 1973.", "President Hafez al-Assad visited Lahore [sic] in 1974."
    )
    arabic = make_document("a.ar", "أغلقت باكستان سفارتها في دمشق عام 2012.", language="ar")
    with Record.open(path, create=True) as opened:
        opened.add(english, [make_statement(english, 0, id="signed00", type="AGREE", date="1973")], CODER)
        opened.add(arabic, [make_statement(arabic, 0, id="closed00", type="SANCTION", modality="denied", by="باكستان")], CODER)
    return path


def test_answers(record: Path) -> None:
    shown = RUN.invoke(app, ["ask", "Did", "Pakistan", "sign", "a", "treaty?", "--record", str(record)])
    assert shown.exit_code == 0
    assert "1.  1973  AGREE  Pakistan → Syria GOV" in shown.output
    assert "“Pakistan signed a treaty with Syria in 1973.”" in shown.output and "a.en  signed00" in shown.output


def test_a_sentence_is_marked_and_persons_come_first(record: Path) -> None:
    shown = RUN.invoke(app, ["ask", "Who visited Lahore?", "--record", str(record)]).output
    assert "Hafez al-Assad  1974  sentence, in no statement" in shown
    assert "[sic]" in shown


def test_arabic_is_isolated(record: Path) -> None:
    shown = RUN.invoke(app, ["ask", "Did Pakistan close its embassy in Damascus?", "--record", str(record)]).output
    assert "\u2068«أغلقت باكستان سفارتها في دمشق عام 2012.»\u2069" in shown
    assert "[denied by \u2068باكستان\u2069]" in shown


def test_nothing_known(record: Path) -> None:
    shown = RUN.invoke(app, ["ask", "Did Peru recognise Syria?", "--record", str(record)])
    assert (shown.exit_code, shown.output) == (0, "Nothing in the record names Peru.\n")


def test_json(record: Path) -> None:
    reply = json.loads(RUN.invoke(app, ["ask", "من زار لاهور؟", "--json", "--limit", "1", "--record", str(record)]).output)
    assert reply["question"]["asks"] == "person" and reply["reason"] == ""
    (answer,) = reply["answers"]
    assert answer["doc"] == "a.en" and answer["statement"] is None


def test_it_is_learnt_once(record: Path) -> None:
    RUN.invoke(app, ["ask", "Who visited Lahore?", "--record", str(record)])
    before = record.read_bytes()
    RUN.invoke(app, ["ask", "Who visited Lahore?", "--record", str(record)])
    assert record.read_bytes() == before


@pytest.mark.parametrize(
    ("question", "options", "said"),
    [
        ("", [], "no word"),
        ("x" * 1_000_001, [], "too long"),
        ("Le Pakistan a-t-il fermé son ambassade pendant la guerre ?", [], "French"),
        ("Who met?", ["--mode", "loud"], "no mode"),
        ("Who met?", ["--from", "1950", "--to", "1949"], "ends"),
        ("Who met?", ["--type", "meet"], "no type"),
        ("Who met?", ["--lang", "fr"], "nothing in the language"),
        ("Who met?", ["--record", "/nowhere.duckdb"], "no record"),
    ],
)
def test_bad_input(question: str, options: list[str], said: str, record: Path) -> None:
    shown = RUN.invoke(app, ["ask", question, "--record", str(record), *options])
    assert shown.exit_code == 2
    assert said in shown.output and "Traceback" not in shown.output
