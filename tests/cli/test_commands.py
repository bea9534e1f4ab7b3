"""Each command shows what the record holds, to a person and to a program."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, cast

import msgspec
import pytest
from typer.core import TyperCommand, TyperGroup
from typer.main import get_command
from typer.testing import CliRunner

import dragoman
from dragoman.answers.facts import Entry
from dragoman.cli.app import app
from dragoman.coding import fingerprint
from dragoman.coding.confidence import LINE
from dragoman.languages import available
from dragoman.record import Record
from dragoman.statement import Actor, Evidence, Statement
from making import CODER, ROOT, make_document, make_statement, run_dragoman

RUN = CliRunner()
TYPERS = ("--install-completion", "--show-completion")
ENGLISH = make_document(
    "pakistan-syria.en",
    "Pakistan and Syria signed a treaty in 1948.",
    "Officials deny that Pakistan armed Syrian rebels [sic] in 2013.",
    "Pakistan never recognised it.",
    title="Two [bold]states[/bold]",
)
ARABIC = make_document("pakistan-syria.ar", "زار وزير الخارجية السوري باكستان عام 2014.", language="ar")


@pytest.fixture(scope="module")
def record(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("cli") / "r.duckdb"
    denied = make_statement(ENGLISH, 1, id="denied0", type="AID", date="2013", date_from="context", modality="denied", by="officials")
    crowd = tuple(Actor(code) for code in ("PAK", "IRN", "TUR", "EGY", "JOR", "IRQ", "LBN", "LBY", "SYR"))
    with Record.open(path, create=True) as opened:
        opened.add(
            ENGLISH,
            [
                make_statement(ENGLISH, 0, id="signed0", type="AGREE", date="1948", date_from="sentence"),
                msgspec.structs.replace(denied, evidence=(Evidence("trigger", 20, 25, "trigger:arm"), Evidence("by", -1, -1, "guess"))),
                make_statement(ENGLISH, 2, id="never00", kind="position", type="OPPOSES", modality="negated", issue="the [red]union[/red]"),
                msgspec.structs.replace(make_statement(ENGLISH, 2, id="crowd00", kind="tie", type="RELATIONS"), source=crowd, target=()),
            ],
            CODER,
        )
        opened.add(ARABIC, [make_statement(ARABIC, 0, "SYR", "PAK", id="visit00", date="2014")], CODER)
    return path


def run(*arguments: str | Path, columns: str | None = None) -> str:
    done = RUN.invoke(app, [*map(str, arguments)], env={"COLUMNS": columns})
    assert done.exit_code == 0, done.output + str(done.exception)
    assert done.stderr == ""
    return done.stdout


def run_json(*arguments: str | Path) -> Any:
    return json.loads(run(*arguments, "--json"))


def test_timeline_is_laid_out_for_reading(record: Path) -> None:
    lines = run("timeline", "Pakistan", "Syria", "--record", record).splitlines()
    assert lines[0] == "Pakistan and Syria: 5 statements"
    text = "\n".join(lines)
    assert re.search(
        r"^1948 +AGREE +Pakistan → Syria GOV\n +“Pakistan and Syria signed a treaty in 1948\.”\n +pakistan-syria\.en  signed0$", text, re.M
    )
    assert re.search(r"^2013 +AID +Pakistan → Syria GOV  \[denied by officials\]$", text, re.M)
    assert "denied0  date from context" in text
    assert re.search(r"^undated +OPPOSES +Pakistan → Syria GOV on the \[red\]union\[/red\]  \[did not happen\]$", text, re.M)
    assert "Pakistan, Iran, Türkiye, Egypt, Jordan, Iraq and 3 others" in text
    dates = [line.split()[0] for line in lines if re.match(r"\d|undated", line)]
    assert dates == ["1948", "2013", "2014", "undated", "undated"]


def test_what_is_unsure_is_marked_or_left_out(tmp_path: Path) -> None:
    document = make_document("a.en", "Pakistan met Syria.")
    with Record.open(tmp_path / "r.duckdb", create=True) as opened:
        rated = (("surely00", LINE), ("unsure00", LINE - 0.01))
        opened.add(document, [make_statement(document, id=id, confidence=confidence) for id, confidence in rated], CODER)
    heads = [line for line in run("timeline", "PAK", "--record", tmp_path / "r.duckdb").splitlines() if "→" in line]
    assert ["[unsure]" in line for line in heads] == [False, True]
    assert [row["id"] for row in run_json("timeline", "PAK", "--sure", "--record", tmp_path / "r.duckdb")] == ["surely00"]


def test_arabic_quotes_are_isolated_and_whole(record: Path) -> None:
    text = run("timeline", "PAK", "--lang", "ar", "--record", record)
    assert f"\u2068«{ARABIC.text}»\u2069" in text
    for columns in ("36", "44"):
        folded = run("timeline", "PAK", "--lang", "ar", "--record", record, columns=columns)
        pieces = re.findall("\u2068(.*?)\u2069", folded)
        assert len(pieces) > 1
        assert " ".join(pieces) == f"«{ARABIC.text}»"
        assert folded.count("\u2068") == folded.count("\u2069")


def test_nothing_is_cut_or_folded_in_a_pipe(tmp_path: Path) -> None:
    long = make_document("long.en", "Pakistan " + "and so on " * 300 + "met Syria.")
    with Record.open(tmp_path / "r.duckdb", create=True) as opened:
        opened.add(long, [make_statement(long)], CODER)
    assert f"“{long.text}”\n" in run("timeline", "PAK", "--record", tmp_path / "r.duckdb")
    narrow = run("timeline", "PAK", "--record", tmp_path / "r.duckdb", columns="80")
    assert max(map(len, narrow.splitlines())) <= 80
    assert " ".join(narrow.split()).count("and so on") == 300


def test_what_steers_a_terminal_is_not_passed_on(tmp_path: Path) -> None:
    sly = make_document("sly.en", "Pakistan \x1b[31mmet\x1b]0;title\x07 Syria\r\nthere.")
    with Record.open(tmp_path / "r.duckdb", create=True) as opened:
        opened.add(sly, [make_statement(sly, by="\x1b[2J")], CODER)
        id = next(opened.statements()).id
    for arguments in (("timeline", "PAK"), ("show", id)):
        text = run(*arguments, "--record", tmp_path / "r.duckdb")
        assert not set(text) & set("\x1b\x07\r")
        assert "Syria there." in text


@pytest.mark.parametrize("names", [("Pakistan", "Syria"), ("PAK", "SYR"), ("باكستان", "سوريا"), ("PK", "Syrie"), ("SYR", "pakistan")])
def test_states_in_any_language_or_code(record: Path, names: tuple[str, str]) -> None:
    assert len(run_json("timeline", *names, "--record", record)) == 5


def test_timeline_options(record: Path) -> None:
    def ids(*options: str) -> list[str]:
        return [row["id"] for row in run_json("timeline", "PAK", "--record", record, *options)]

    assert ids("--from", "2013") == ["denied0", "visit00"]
    assert ids("--to", "201X") == ["signed0", "denied0", "visit00"]
    assert ids("--from", "1948", "--to", "1948") == ["signed0"]
    assert ids("--type", "AID", "--type", "tie") == ["denied0", "crowd00"]
    assert ids("--lang", "ar") == ["visit00"]
    assert ids("--type", "MISSION") == []
    empty = run("timeline", "FRA", "--record", record).splitlines()
    assert empty[0] == "France: 0 statements"
    assert empty[1].startswith("The record has most about Pakistan (5), Syria (5), ")


def test_json_is_the_statements_themselves(record: Path) -> None:
    with dragoman.open(record) as opened:
        expected = opened.timeline("PAK", "SYR")
        one = opened.show("denied0").statement
    assert msgspec.convert(run_json("timeline", "PAK", "SYR", "--record", record), list[Entry]) == expected
    assert {statement.id for entry in expected for statement in entry.statements} == {"signed0", "denied0", "visit00", "never00", "crowd00"}
    assert msgspec.convert(run_json("show", "denied", "--record", record), Statement) == one


def test_show_gives_every_field_and_its_words(record: Path) -> None:
    text = run("show", "denied", "--record", record)
    assert text.startswith("“Officials deny that Pakistan armed Syrian rebels [sic] in 2013.”\n")
    assert "signed a treaty in 1948. ⟦Officials deny that Pakistan armed Syrian rebels [sic] in 2013.⟧ Pakistan never" in text
    fields = dict(re.findall(r"^(\w+) {2,}(.+)$", text, re.M))
    assert fields["id"] == "denied0"
    assert fields["date"] == "2013 (from the context)"
    assert (fields["modality"], fields["by"], fields["confidence"]) == ("denied", "officials", "0.8")
    assert fields["target"] == "Syria, “13.” (SYR GOV)"
    assert fields["title"] == "Two [bold]states[/bold]"
    assert f"trigger: “{ENGLISH.text[20:25]}” (trigger:arm)" in text
    assert "by: (guess)" in text
    named = set(fields)
    assert named >= {
        "id",
        "kind",
        "type",
        "topic",
        "source",
        "target",
        "issue",
        "date",
        "modality",
        "by",
        "evidence",
        "confidence",
        "document",
        "language",
    }


def test_show_says_when_the_edition_is_old(tmp_path: Path) -> None:
    old, new = (make_document("a.en", "Pakistan met Syria.", edition=edition) for edition in "12")
    with Record.open(tmp_path / "r.duckdb", create=True) as opened:
        opened.add(old, [make_statement(old, id="old")], CODER)
        opened.add(new, [make_statement(new, id="new")], CODER)
    assert "older edition" in run("show", "old", "--record", tmp_path / "r.duckdb")
    assert "older edition" not in run("show", "new", "--record", tmp_path / "r.duckdb")


def test_show_keeps_to_what_is_near_in_a_very_long_paragraph(tmp_path: Path) -> None:
    long = make_document("long.en", "Much. " * 5000, "Pakistan met Syria.", "More. " * 5000)
    with Record.open(tmp_path / "r.duckdb", create=True) as opened:
        opened.add(long, [make_statement(long, 1, id="x")], CODER)
    text = run("show", "x", "--record", tmp_path / "r.duckdb")
    assert "Much. ⟦Pakistan met Syria.⟧ More." in text.replace("  ", " ")
    assert len(text) < 3000


def test_export(record: Path, tmp_path: Path) -> None:
    lines = run("export", "--format", "jsonl", "--record", record).splitlines()
    assert [json.loads(line)["id"] for line in lines] == ["visit00", "signed0", "denied0", "never00", "crowd00"]
    assert run_json("export", "--record", record, "--output", tmp_path / "out") == {"statements": 5, "output": str(tmp_path / "out")}
    assert (tmp_path / "out").read_text("utf-8").splitlines() == lines
    done = RUN.invoke(app, ["export", "--record", str(record), "--output", str(tmp_path / "out")])
    assert (done.exit_code, done.stdout, done.stderr) == (0, "", f"5 statements written to {tmp_path / 'out'}.\n")


def test_evaluate(record: Path, tmp_path: Path) -> None:
    gold = tmp_path / "gold.jsonl"
    RUN.invoke(app, ["export", "--record", str(record), "--output", str(gold)])
    text = run("evaluate", gold, "--record", record)
    assert re.search(r"^all +5 +5 +found +1\.000 +1\.000 +1\.000", text, re.M)
    assert re.search(r"^ar +1 +1 +found +1\.000", text, re.M)
    assert re.search(r"^pakistan-syria\.en +4 +4 +1\.000", text, re.M)
    rows = [json.loads(line) for line in gold.read_text("utf-8").splitlines()]
    rows[1]["type"] = "AID"
    rows.append(rows[2] | {"start": 100, "end": 110})
    gold.write_text("\n".join(map(json.dumps, rows)), "utf-8")
    report = run_json("evaluate", gold, "--record", record)
    assert report["all"]["levels"]["found"] == {"P": 1.0, "R": 0.833, "F": 0.909}
    assert report["all"]["levels"]["voiced"]["P"] == 0.8
    assert set(report) == {"all", "languages", "documents", "absent"}
    assert [miss["verdict"] for miss in run_json("evaluate", gold, "--record", record, "--errors")["misses"]] == ["wrong", "missed"]
    text = run("evaluate", gold, "--record", record, "--errors")
    assert "wrong typed  pakistan-syria.en\n  gold  AID  PAK → SYR  1948  asserted\n" in text
    assert "\nmissed  pakistan-syria.en\n  gold  AID" in text


def test_version() -> None:
    """Of the package, of the coder, and of each language's files: with these and the texts anybody can make the same record."""
    first, coder, *languages = run("--version").splitlines()
    assert first == f"dragoman {dragoman.__version__}"
    assert coder == f"coder {fingerprint()}"
    assert [line.split()[:2] for line in languages] == [["language", code] for code in available()]
    assert all(re.fullmatch(r"[0-9a-f]{8}", line.split()[2]) for line in languages)


def find_commands(group: TyperGroup, names: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], TyperCommand | TyperGroup]]:
    for name, command in group.commands.items():
        assert isinstance(command, TyperCommand | TyperGroup)
        yield (*names, name), command
        if isinstance(command, TyperGroup):
            yield from find_commands(command, (*names, name))


ROOT_COMMAND = cast(TyperGroup, get_command(app))
COMMANDS = dict(find_commands(ROOT_COMMAND))


@pytest.mark.parametrize("names", COMMANDS, ids=" ".join)
def test_every_command_and_option_is_documented(names: tuple[str, ...]) -> None:
    """docs/commands.md has a section for each command, which shows how it is called and names each option that `--help` names."""
    text = (ROOT / "docs" / "commands.md").read_text("utf-8")
    headed = re.findall(r"^## (\w+(?:, \w+)*)\n(.*?)(?=^## |\Z)", text, re.M | re.S)
    sections = {name: section for heading, section in headed for name in heading.split(", ")}
    assert names[0] in sections, f"docs/commands.md has no section {names[0]}"
    section = sections[names[0]]
    command = COMMANDS[names]
    usage = re.findall(rf"^    dragoman {' '.join(names)}(?![a-z])(?! [a-z])(.*)$", section, re.M)
    runs = not isinstance(command, TyperGroup) or command.invoke_without_command
    assert usage or not runs, f"docs/commands.md does not show how `dragoman {' '.join(names)}` is called"
    help = run(*names, "--help")
    options = {option for option in re.findall(r"^  (?:-\w, )?(--[\w-]+)", help, re.M) if option not in ("--help", *TYPERS)}
    assert options == {option for option in find_options(command) if option not in ("--help", *TYPERS)}
    assert not [option for option in options if not re.search(rf"{option}(?![\w-])", section)]


def test_documented_options_are_there() -> None:
    """Nothing is documented that no command has."""
    text = (ROOT / "docs" / "commands.md").read_text("utf-8")
    known = {option for command in COMMANDS.values() for option in find_options(command)}
    known |= find_options(ROOT_COMMAND) | {"--help"}
    assert not set(re.findall(r"(?<![\w-])--[a-z][\w-]*", text)) - known


def find_options(command: TyperCommand | TyperGroup) -> set[str]:
    found = {name for option in command.params for name in (*option.opts, *option.secondary_opts)}
    return {name for name in found if name.startswith("--")}


def test_shell_completion_is_offered() -> None:
    script = run_dragoman(_DRAGOMAN_COMPLETE="source_bash").stdout
    assert "_DRAGOMAN_COMPLETE=complete_bash" in script and "complete -o default" in script
    asked = run_dragoman(_DRAGOMAN_COMPLETE="complete_bash", COMP_WORDS="dragoman ti", COMP_CWORD="1")
    assert asked.stdout.split() == ["timeline", "ties", "times"]


TIMES = {
    "two-states.en.txt": "They met on 17 February 2014. Two days later they parted.",
    "two-states.ar.txt": "التقوا في ١٧ شباط ٢٠١٤. وبعد يومين افترقوا.",
}


@pytest.fixture(params=sorted(TIMES))
def text(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    path = tmp_path / str(request.param)
    path.write_text(TIMES[path.name], "utf-8")
    return path


def test_times_prints_one_json_line_an_expression(text: Path) -> None:
    rows = [json.loads(line) for line in run("times", text, "--json").splitlines()]
    assert [row["edtf"] for row in rows] == ["2014-02-17", "2014-02-19"]
    assert [row["basis"] for row in rows] == ["explicit", "relative"]
    fields = ["doc", "start", "end", "text", "type", "value", "edtf", "lower", "upper", "basis"]
    assert all(list(row) == fields and TIMES[text.name][row["start"] : row["end"]] == row["text"] for row in rows)


def test_times_reads_the_documents_of_a_file_of_many(tmp_path: Path) -> None:
    """Lines of a JSON file are texts, not JSON to be read as one; a line that is none is named."""
    path = tmp_path / "news.jsonl"
    path.write_text(
        '{"id": "a", "language": "en", "text": "They met in May 1973."}\n[]\n{"id": "b", "text": "الدولتان وقعتا عام ١٩٧٤."}\n', "utf-8"
    )
    done = RUN.invoke(app, ["times", str(path), "--json"])
    assert done.exit_code == 2 and "line 2" in done.stderr.replace("news.jsonl:2", "line 2")
    assert [(row["doc"], row["edtf"]) for row in map(json.loads, done.stdout.splitlines())] == [("a", "1973-05"), ("b", "1974")]


def test_times_shows_each_expression_in_its_sentence(text: Path) -> None:
    shown = run("times", text)
    assert "2 time expressions" in shown
    assert "2014-02-19" in shown and "relative" in shown
    assert shown.count("⟦") == 2


def test_times_names_a_file_that_cannot_be_read_and_reads_the_others(tmp_path: Path) -> None:
    (tmp_path / "empty.en.txt").write_text("", "utf-8")
    (tmp_path / "good.en.txt").write_text("They met in 1973.", "utf-8")
    done = RUN.invoke(app, ["times", str(tmp_path), "--json"])
    assert done.exit_code == 2
    assert "empty.en.txt" in done.stderr
    assert json.loads(done.stdout)["edtf"] == "1973"
