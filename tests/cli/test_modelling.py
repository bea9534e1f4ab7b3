"""The command line with a language model: shown, estimated, told once, limited; and never by default."""

from __future__ import annotations

import json
import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

import chat as server
from chat import Chat, actor, by_words, told
from dragoman.cli.app import app
from making import ROOT, run_python

TEXT = "Pakistan and Syria signed a treaty in 1973. Iran thanked Iraq in 2009. The mood in Ankara was sour when Iran called.\n"
SAID = {
    "signed": [
        told(1, "Pakistan and Syria signed a treaty", "AGREE", source=[actor("Pakistan", "PAK"), actor("Syria", "SYR")], date="1999"),
        told(1, "Oman signed it, too", "AGREE", source=[actor("Oman", "OMN")]),
    ],
    "sour": [told(1, "Iran called", source=[actor("Iran", "IRN")], target=[actor("Ankara", "TUR")])],
}
GOLD = {
    "doc": "a.en", "start": 0, "end": 34, "kind": "event", "type": "AGREE", "source": [{"code": "PAK"}, {"code": "SYR"}], "target": [],
    "date": "1973", "modality": "asserted",
}  # fmt: skip
RUN = CliRunner()
SECRET = "sk-very-secret-4711"


@pytest.fixture(scope="module")
def chat() -> Iterator[Chat]:
    with server.serve() as running:
        running.mind = by_words(SAID)
        yield running


@pytest.fixture
def folder(tmp_path: Path, chat: Chat, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.en.txt").write_text(TEXT, "utf-8")
    (tmp_path / "gold.jsonl").write_text(json.dumps(GOLD) + "\n", "utf-8")
    chat.asked.clear()
    chat.headers.clear()
    return tmp_path


def run(*arguments: str, **env: str) -> Result:
    """In this process; without linking, which is of no interest here and takes its time."""
    more = ["--no-link"] if arguments[0] == "build" else []
    return RUN.invoke(app, [*arguments, *more], env=env)


def test_before_anything_is_sent_it_can_be_shown_and_estimated(chat: Chat, folder: Path) -> None:
    asks = ("build", "a.en.txt", "--coder", "model", "--model", "small", "--endpoint", chat.address)
    shown = run(*asks, "--dry-run")
    assert shown.exit_code == 0, shown.stderr
    assert TEXT.split(". ")[0] in shown.stdout
    assert "You read texts about the relations between states" in shown.stdout
    estimated = run(*asks, "--estimate", "--price", "1000,1000", "--json")
    found = json.loads(estimated.stdout)
    assert (found["documents"], found["requests"], found["kept"]) == (1, 1, 0)
    assert found["cost"] == pytest.approx((found["tokens_in"] + found["tokens_out"]) / 1000)
    assert chat.asked == []
    assert sorted(p.name for p in folder.iterdir()) == ["a.en.txt", "gold.jsonl"]


def test_a_build_tells_what_it_cost_and_what_it_refused_and_coders_are_compared(chat: Chat, folder: Path) -> None:
    by = ("--model", "small", "--endpoint", chat.address.replace("127.0.0.1", "0.0.0.0"))
    rules = run("build", "a.en.txt")
    assert rules.exit_code == 0
    assert chat.asked == []  # never by default
    built = run("build", "a.en.txt", "--coder", "model", *by, "--price", "1,2", DRAGOMAN_MODEL_KEY=SECRET)
    assert built.exit_code == 0, built.stderr
    assert chat.headers[0]["Authorization"] == f"Bearer {SECRET}"
    assert built.stderr.count("Text leaves this machine") == 1
    for line in ("1,000 sent, 100 received, cost 0.0012", "2 statements", "quote not in the sentence 1", "date not told by the text 1"):
        assert line in built.stdout
    told_ = json.loads(run("build", "a.en.txt", "--coder", "both", *by, "--json").stdout)
    assert told_["recoded"] == 1
    assert told_["model"]["used"]["requests"] == 1
    assert told_["model"]["told"]["kept"] == 1
    compared = run("evaluate", "gold.jsonl", "--coders")
    assert compared.exit_code == 0, compared.stderr
    assert [line.split()[0] for line in compared.stdout.splitlines()[1:] if "P " in line][:1] == ["all"]
    for coder in ("rules ", "model:small ", "both:small "):
        assert coder in compared.stdout
    rows = json.loads(run("evaluate", "gold.jsonl", "--coders", "--json").stdout)
    dated = [row["all"]["levels"]["dated"]["R"] for row in rows]
    assert [row["coder"].partition(":")[0] for row in rows][1:] == ["model", "both"]
    assert dated == [1.0, 0.0, 1.0]  # the model told a date that the text does not have
    everything = "".join(p.read_bytes().decode("latin-1") for p in folder.iterdir()) + built.stdout + built.stderr
    assert SECRET not in everything


def test_the_commands_of_the_documentation_run(chat: Chat, folder: Path) -> None:
    """Each that docs/model-reader.md shows, in order, with the model of this test at the address."""
    (folder / "texts").mkdir()
    (folder / "a.en.txt").rename(folder / "texts" / "a.en.txt")
    page = (ROOT / "docs" / "model-reader.md").read_text("utf-8").replace("http://127.0.0.1:8080/v1", chat.address)
    commands = re.findall(r"^\$ dragoman (.+)$", page, re.M)
    assert len(commands) >= 5
    for command in commands:
        done = run(*shlex.split(command))
        assert done.exit_code == 0, f"{command}\n{done.output}"
    (example,) = re.findall(r"```python\n(.*?)```", page, re.S)
    shown = run_python(example, cwd=folder)
    assert shown.returncode == 0, shown.stderr
    assert "Usage(requests=" in shown.stdout


def test_several_records_are_compared_in_one_table(chat: Chat, folder: Path) -> None:
    by = ("--coder", "model", "--model", "small", "--endpoint", chat.address)
    assert run("build", "a.en.txt", "--record", "rules.duckdb").exit_code == 0
    assert run("build", "a.en.txt", "--record", "model.duckdb", *by).exit_code == 0
    compared = run("evaluate", "gold.jsonl", "--record", "rules.duckdb", "--record", "model.duckdb")
    assert compared.exit_code == 0, compared.stderr
    assert "rules.duckdb" in compared.stdout
    assert "model.duckdb" in compared.stdout
    assert compared.stdout.count("F1") == 4  # all and English, of each


def test_at_a_limit_the_rest_is_named(chat: Chat, folder: Path) -> None:
    (folder / "b.en.txt").write_text("Iran called Ankara.\n", "utf-8")
    by = ("--coder", "model", "--model", "small", "--endpoint", chat.address, "--max-requests", "1")
    built = run("build", "a.en.txt", "b.en.txt", *by)
    assert built.exit_code == 1
    assert "1 document is not coded yet: The limit of 1 requests is reached." in built.stderr
    assert "run the same command again to go on" in built.stderr
    again = run("build", "a.en.txt", "b.en.txt", *by)
    assert again.exit_code == 0, again.stderr


def test_an_answer_may_be_worded(chat: Chat, folder: Path) -> None:
    assert run("build", "a.en.txt").exit_code == 0
    rows = [
        {"text": "Pakistan and Syria signed a treaty in 1973.", "rests_on": [1]},
        {"text": "It was a great success.", "rests_on": []},
    ]
    before, chat.mind = chat.mind, lambda material: json.dumps({"sentences": rows})
    ask = ("ask", "What treaty did Pakistan and Syria sign?", "--model", "small", "--endpoint", chat.address)
    try:
        worded = run(*ask)
        found = json.loads(run(*ask, "--json").stdout)
    finally:
        chat.mind = before
    assert worded.exit_code == 0, worded.stderr
    assert worded.stdout.startswith("Pakistan and Syria signed a treaty in 1973.\n  rests on ")
    assert "Left out: rests on no statement 1." in worded.stdout
    assert "great success" not in worded.stdout
    assert found["wording"]["sentences"][0]["statements"] == [found["answers"][0]["id"]]
    assert len(chat.asked) == 1  # the second time it was kept


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--coder", "magic"), "There is no coder 'magic'"),
        (("--model", "small"), "The rules ask no model"),
        (("--estimate",), "The rules ask no model"),
        (("--coder", "model", "--endpoint", "http://127.0.0.1:9"), "--model"),
        (("--coder", "model", "--model", "small"), "--endpoint"),
        (("--coder", "model", "--model", "small", "--endpoint", "nonsense"), "This is no address"),
        (("--coder", "both", "--model", "small", "--endpoint", "http://127.0.0.1:9", "--price", "dear"), "is no pair of prices"),
        (("--coder", "both", "--model", "small", "--endpoint", "http://127.0.0.1:9", "--max-cost", "1"), "Give --price"),
        (("--coder", "both", "--model", "small", "--endpoint", "http://127.0.0.1:9", "--trust", "2"), "The trust 2"),
    ],
)
def test_bad_use_is_said(folder: Path, options: tuple[str, ...], said: str) -> None:
    done = run("build", "a.en.txt", *options)
    assert done.exit_code == 2
    assert said in done.stderr
    assert "Traceback" not in done.stderr
    assert not (folder / "dragoman.duckdb").exists()
