"""Judging at the command line: what is said, what is shown of it, what goes from record to record."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from dragoman.cli.app import app
from dragoman.record import Record
from dragoman.web.accounts import check_password, read_accounts
from making import CODER, make_pair

RUN = CliRunner()


@pytest.fixture
def record(tmp_path: Path) -> Path:
    place = tmp_path / "r.duckdb"
    with Record.open(place, create=True) as opened:
        opened.add(*make_pair(), CODER)
    return place


def run(*arguments: object, status: int = 0) -> str:
    done = RUN.invoke(app, list(map(str, arguments)))
    assert done.exit_code == status, done.output
    return done.stdout if status == 0 else done.stderr


def ids(record: Path) -> list[str]:
    with Record.open(record, read_only=True) as opened:
        return [one.id for one in opened.statements(values="machine")]


def test_a_correction_is_shown_beside_what_the_machine_has(record: Path) -> None:
    first, second, third = ids(record)
    run("judge", first[:8], "correct", "--slot", "date=1975", "--slot", "type=agree", "--by", "ليلى", "--why", "الكتاب", "--record", record)
    shown = run("show", first, "--record", record)
    assert "Corrected by \u2068ليلى\u2069. The machine has:" in shown and "type        CONSULT" in shown and "date        1975" in shown
    assert "corrected by" in run("timeline", "PAK", "SYR", "--record", record)
    run("judge", second, "reject", "--by", "Ada", "--record", record)
    assert second[:12] not in run("timeline", "PAK", "SYR", "--record", record)
    assert "Rejected by Ada" in run("show", second, "--record", record)
    run("judge", first, "same", third, "--by", "Ada", "--record", record)
    listed = run("judgements", "list", "--record", record)
    assert "3 judgements" in listed and "«" not in listed.partition("correct")[0] and "الكتاب" in listed
    assert len(json.loads(run("judgements", "list", "--of", first, "--json", "--record", record))["judgements"]) == 2
    run("judge", second, "undo", "--by", "Ada", "--record", record)
    assert "undone" in run("judgements", "list", "--of", second, "--record", record)
    assert second[:12] in run("timeline", "PAK", "SYR", "--record", record)


def test_judgements_go_from_record_to_record(record: Path, tmp_path: Path) -> None:
    for id, verdict in zip(ids(record), ("accept", "reject", "accept"), strict=True):
        run("judge", id, verdict, "--by", "Ada", "--record", record)
    lines, other = tmp_path / "j.jsonl", tmp_path / "other.duckdb"
    run("judgements", "export", "--output", lines, "--record", record)
    assert run("judgements", "export", "--record", record) == lines.read_text("utf-8")
    with Record.open(other, create=True) as opened:
        opened.add(*make_pair(word="left"), CODER)
    assert json.loads(run("judgements", "import", lines, "--json", "--record", other)) == {"imported": 3, "asked_again": 3}
    assert json.loads(run("judgements", "import", lines, "--json", "--record", other)) == {"imported": 0, "asked_again": 3}
    again = run("judgements", "list", "--again", "--record", other)
    assert "asked again: the words are no longer there" in " ".join(again.split()), "on lines of any length"
    lines.write_text(lines.read_text("utf-8").replace("Ada", "Eve"), "utf-8")
    assert "j.jsonl:1" in "".join(run("judgements", "import", lines, "--record", other, status=2).split())
    assert "cannot be read" in run("judgements", "import", tmp_path / "none", "--record", other, status=2)


def test_the_machine_is_measured_by_what_was_judged(record: Path) -> None:
    assert "Nobody has judged" in run("evaluate", "--judgements", "--record", record, status=2)
    first, second, _ = ids(record)
    run("judge", first, "correct", "--slot", "type=AGREE", "--by", "Ada", "--record", record)
    run("judge", second, "reject", "--by", "Ada", "--record", record)
    report = json.loads(run("evaluate", "--judgements", "--errors", "--json", "--record", record))
    assert (report["all"]["gold"], report["all"]["system"]) == (1, 2), "what nobody has judged counts neither way"
    assert report["all"]["levels"]["found"] == {"P": 0.5, "R": 1.0, "F": 0.667}
    assert report["all"]["levels"]["typed"]["R"] == 0.0
    assert {miss["verdict"] for miss in report["misses"]} == {"wrong", "made up"}
    assert "GOLD.jsonl" in run("evaluate", "--record", record, status=2)


def test_exports_have_either_value(record: Path) -> None:
    first, *_ = ids(record)
    run("judge", first, "reject", "--by", "Ada", "--record", record)
    assert len(run("export", "--record", record).splitlines()) == 2
    assert len(run("export", "--values", "machine", "--record", record).splitlines()) == 3
    assert "no 'both' values" in run("export", "--values", "both", "--record", record, status=2)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["correct", "--slot", "date"], "NAME=VALUE"),
        (["correct", "--slot", "date=soon"], "soon"),
        (["praise"], "praise"),
        (["same"], "two statements"),
        (["undo"], "Nobody has judged"),
    ],
)
def test_what_cannot_be_said_ends_with_a_word(record: Path, arguments: list[str], said: str) -> None:
    assert said in run("judge", ids(record)[0], *arguments, "--by", "Ada", "--record", record, status=2)
    assert "judgements" not in run("judgements", "export", "--record", record)


def test_accounts_are_kept_without_passwords(tmp_path: Path) -> None:
    file = tmp_path / "accounts"
    for name, password in (("Ada Ward", "correct horse"), ("ليلى", "another one"), ("Ada Ward", "a new horse")):
        done = RUN.invoke(app, ["account", name, "--accounts", str(file)], input=password + "\n")
        assert done.exit_code == 0, done.output
    assert file.stat().st_mode & 0o77 == 0 and "horse" not in file.read_text("utf-8")
    kept = read_accounts(file)
    assert list(kept) == ["ليلى", "Ada Ward"]
    assert check_password("a new horse", kept["Ada Ward"]) and not check_password("correct horse", kept["Ada Ward"])
    short = RUN.invoke(app, ["account", "Bo", "--accounts", str(file)], input="x\n")
    assert short.exit_code == 2 and "too short" in short.stderr


@pytest.mark.parametrize("text", ["", "Ada:secret\n", "Ada:scrypt:3:8:1:00:00\n", "\n:scrypt"])
def test_a_file_that_holds_no_accounts_is_named(tmp_path: Path, record: Path, text: str) -> None:
    file = tmp_path / "accounts"
    file.write_text(text, "utf-8")
    assert "no account" in run("serve", "--accounts", file, "--record", record, status=2)
    assert "exclude each other" in run("serve", "--accounts", file, "--read-only", "--record", record, status=2)
