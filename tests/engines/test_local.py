"""A build gives the same record however it is run, interrupted or repeated, and nothing when a source is bad."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import dragoman
from dragoman.coding import code
from dragoman.coding.coders import RulesCoder
from dragoman.engines import Summary, build, local, looking
from dragoman.errors import DragomanError, LanguageError, QueryError, ReadingError, RecordError
from dragoman.reading import Source
from dragoman.record import Record
from dragoman.statement import Document, Statement
from making import run_python, start_python

ENGLISH = (
    "Pakistan and Syria established diplomatic relations in 1948.",
    "Pakistan condemned the attack on the Syrian embassy in 1981.",
    "The Syrian foreign minister visited Islamabad on 17 February 2014.",
    "Iran sent aid to Pakistan in 2005.",
)
ARABIC = ("أقامت باكستان وسوريا علاقات دبلوماسية عام 1948.", "أدانت باكستان الهجوم في دمشق عام 2013.")

BUILD = """
import sys
from dragoman.engines import build
if __name__ == "__main__":
    build(sys.argv[2:], sys.argv[1], progress=lambda stage, done, total: print(stage, done, flush=True))
"""


def write_texts(folder: Path, count: int = 6, length: int = 5) -> Path:
    """Texts that differ in length, order and language."""
    folder.mkdir(exist_ok=True)
    for number in range(count):
        sentences = ARABIC if number % 3 == 2 else ENGLISH
        lines = [sentences[(number + turn) % len(sentences)] for turn in range(length + number % 4)]
        (folder / f"text{number:03}.{'ar' if number % 3 == 2 else 'en'}.txt").write_text("\n\n".join(lines) + "\n", "utf-8")
    return folder


@pytest.fixture
def texts(tmp_path: Path) -> Path:
    return write_texts(tmp_path / "texts")


@pytest.fixture
def exported(tmp_path: Path) -> Callable[[Path], bytes]:
    """The bytes that a record gives out."""

    def export(record: Path) -> bytes:
        with dragoman.open(record) as opened:
            opened.export(tmp_path / "out.jsonl")
        return (tmp_path / "out.jsonl").read_bytes()

    return export


def test_the_summary_says_what_was_done(texts: Path, tmp_path: Path) -> None:
    summary = build([texts], tmp_path / "r.duckdb")
    assert (summary.added, summary.editions, summary.unchanged, summary.failed, summary.documents) == (6, 0, 0, (), 6)
    with dragoman.open(tmp_path / "r.duckdb") as record:
        documents, statements = list(record.documents()), list(record.statements())
    assert summary.sentences == sum(len(document.sentences) for document in documents) >= 36
    assert sum(summary.statements.values()) == len(statements) > 0
    assert {statement.language for statement in statements} == {"en", "ar"}


def test_every_quote_stands_where_it_says(texts: Path, tmp_path: Path) -> None:
    build([texts], tmp_path / "r.duckdb")
    with dragoman.open(tmp_path / "r.duckdb") as record:
        text = {document.id: document.text for document in record.documents()}
        for statement in record.statements():
            assert text[statement.doc][statement.start : statement.end] == statement.quote
    for file in texts.iterdir():
        assert text[file.stem] == file.read_text("utf-8")


def test_building_again_changes_nothing(texts: Path, tmp_path: Path) -> None:
    record = tmp_path / "r.duckdb"
    first = build([texts], record)
    before = sha256(record.read_bytes()).hexdigest()
    again = build([texts], record)
    assert (again.added, again.unchanged) == (0, 6)
    assert (again.documents, again.sentences, again.statements) == (first.documents, first.sentences, first.statements)
    assert sha256(record.read_bytes()).hexdigest() == before


def test_a_new_record_of_the_same_texts_exports_the_same_bytes(texts: Path, tmp_path: Path, exported: Callable[[Path], bytes]) -> None:
    build([texts], tmp_path / "one.duckdb")
    build([texts], tmp_path / "two.duckdb")
    build(sorted(texts.iterdir(), reverse=True), tmp_path / "three.duckdb")
    assert exported(tmp_path / "one.duckdb") == exported(tmp_path / "two.duckdb") == exported(tmp_path / "three.duckdb") != b""


def test_any_number_of_workers_makes_the_same_record(texts: Path, tmp_path: Path, exported: Callable[[Path], bytes]) -> None:
    build([texts], tmp_path / "one.duckdb")
    stages: list[tuple[str, int, int]] = []
    build([texts], tmp_path / "three.duckdb", workers=3, progress=lambda *stage: stages.append(stage))
    assert exported(tmp_path / "one.duckdb") == exported(tmp_path / "three.duckdb")
    assert [one for one in stages if one[0] != "linking"] == [(stage, done, 6) for stage in ("reading", "coding") for done in range(1, 7)]
    assert [done for stage, done, _ in stages if stage == "linking"] == list(range(1, stages[-1][2] + 1))
    orders = []
    for name in ("one", "three"):
        with Record.open(tmp_path / f"{name}.duckdb", read_only=True) as record:
            orders.append(list(record.query("SELECT * FROM additions ORDER BY seq")))
    assert orders[0] == orders[1]


def test_a_changed_file_is_a_new_edition_and_the_old_stays(texts: Path, tmp_path: Path) -> None:
    record, changed = tmp_path / "r.duckdb", texts / "text000.en.txt"
    build([texts], record)
    old = changed.read_text("utf-8")
    changed.write_text(old.replace("1948", "1949"), "utf-8")
    summary = build([texts], record)
    assert (summary.added, summary.editions, summary.unchanged, summary.documents) == (0, 1, 5, 6)
    with Record.open(record, read_only=True) as opened:
        assert [d.text for d in opened.documents("id = 'text000.en'")] == [changed.read_text("utf-8")]
        assert [d.text for d in opened.documents("id = 'text000.en'", history=True)] == [old, changed.read_text("utf-8")]
        dates = {s.date for s in opened.statements("doc = 'text000.en'")}
        all_dates = {s.date for s in opened.statements("doc = 'text000.en'", history=True)}
    assert "1949" in dates
    assert "1948" not in dates
    assert {"1948", "1949"} <= all_dates


def test_a_changed_file_exports_as_if_it_had_always_been_so(texts: Path, tmp_path: Path, exported: Callable[[Path], bytes]) -> None:
    build([texts], tmp_path / "r.duckdb")
    (texts / "text000.en.txt").write_text(ENGLISH[3], "utf-8")
    build([texts], tmp_path / "r.duckdb")
    build([texts], tmp_path / "new.duckdb")
    assert exported(tmp_path / "r.duckdb") == exported(tmp_path / "new.duckdb")


class Another(RulesCoder, frozen=True):
    """The rules in another version."""

    @property
    def version(self) -> str:
        return "another"


class Failing(RulesCoder, frozen=True):
    """The rules, tripping over texts of which the id begins like `on`."""

    on: str = ""

    def code(self, document: Document) -> list[Statement]:
        if document.id.startswith(self.on):
            raise ZeroDivisionError("for the test")
        return code(document)


def test_another_coder_codes_all_anew(texts: Path, tmp_path: Path) -> None:
    build([texts], tmp_path / "r.duckdb")
    summary = build([texts], tmp_path / "r.duckdb", coder=Another())
    assert (summary.recoded, summary.unchanged, summary.documents) == (6, 0, 6)


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGINT])
def test_stopped_in_the_middle_and_run_again_it_is_whole(tmp_path: Path, exported: Callable[[Path], bytes], how: signal.Signals) -> None:
    texts = write_texts(tmp_path / "texts", 40, 12)
    running = start_python(BUILD, str(tmp_path / "r.duckdb"), str(texts))
    assert running.stdout is not None
    for line in running.stdout:
        if line == "coding 7\n":
            break
    running.send_signal(how)
    running.communicate()
    assert running.returncode != 0
    with Record.open(tmp_path / "r.duckdb") as record:
        held = record.counts().documents
        assert 7 <= held < 40
        whole = {d.id: len(d.sentences) for d in record.documents()}
    summary = build([texts], tmp_path / "r.duckdb")
    assert (summary.unchanged, summary.added) == (held, 40 - held)
    build([texts], tmp_path / "clean.duckdb")
    assert exported(tmp_path / "r.duckdb") == exported(tmp_path / "clean.duckdb")
    with Record.open(tmp_path / "clean.duckdb", read_only=True) as record:
        assert whole.items() <= {d.id: len(d.sentences) for d in record.documents()}.items()


BAD: list[tuple[str, bytes, str]] = [
    ("empty.en.txt", b"", "empty.en.txt"),
    ("blank.en.txt", b" \n\t\n", "blank.en.txt"),
    ("binary.en.txt", bytes(range(256)) * 50, "binary.en.txt"),
    ("nul.en.txt", b"Pakistan met Syria.\0 In 1948.", "nul.en.txt"),
    ("surrogate.en.txt", b"Pakistan met \xed\xa0\x80 Syria.", "surrogate.en.txt"),
    ("text.fr.txt", "Le Pakistan a rencontré la Syrie.".encode(), "text.fr.txt"),
    ("dragoman.toml", b'[[document]]\nfile = "text000.en.txt"\ncolour = "red"\n', "dragoman.toml"),
    ("dragoman.toml", b"[[document]\n", "dragoman.toml"),
]


@pytest.mark.parametrize(("name", "content", "where"), BAD)
@pytest.mark.parametrize("there", [True, False])
def test_one_bad_source_and_nothing_is_written(texts: Path, tmp_path: Path, name: str, content: bytes, where: str, there: bool) -> None:
    record = tmp_path / "r.duckdb"
    if there:
        build([texts / "text000.en.txt"], record)
    before = record.read_bytes() if there else None
    (texts / name).write_bytes(content)
    with pytest.raises((ReadingError, LanguageError)) as caught:
        build([texts], record)
    assert where in caught.value.where
    assert (record.read_bytes() if record.exists() else None) == before
    assert sorted(file.name for file in tmp_path.iterdir()) == (["r.duckdb", "texts"] if there else ["texts"])


def test_all_bad_sources_are_named_at_once(texts: Path, tmp_path: Path) -> None:
    for number in range(30):
        (texts / f"bad{number:02}.en.txt").write_bytes(b"")
    with pytest.raises(ReadingError, match="30 of 36 sources cannot be read; nothing was added") as caught:
        build([texts], tmp_path / "r.duckdb", workers=2)
    assert "bad00.en.txt" in caught.value.what
    assert "and 10 more" in caught.value.what
    assert not (tmp_path / "r.duckdb").exists()


def test_a_record_that_cannot_be_used_is_said_before_anything_is_read(texts: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(local, "find", lambda paths: pytest.fail("read before the record was looked at"))
    (tmp_path / "junk.duckdb").write_bytes(b"junk")
    for place in ("junk.duckdb", "none/r.duckdb", "texts"):
        with pytest.raises(RecordError):
            build([texts], tmp_path / place)
    assert (tmp_path / "junk.duckdb").read_bytes() == b"junk"


def test_a_failure_of_ours_costs_one_document_and_is_said(texts: Path, tmp_path: Path) -> None:
    summary = build([texts], tmp_path / "r.duckdb", coder=Failing("text001"))
    assert (summary.added, summary.documents) == (5, 5)
    (failure,) = summary.failed
    assert "text001.en.txt" in failure
    assert "ZeroDivisionError: for the test in test_local.py" in failure
    again = build([texts], tmp_path / "r.duckdb")
    assert (again.added, again.documents) == (0, 5)
    assert "It was set aside; --retry-failed tries it again." in again.failed[0]
    once_more = build([texts], tmp_path / "r.duckdb", coder=Failing("text001"), retry_failed=True)
    assert (once_more.added, "set aside" in once_more.failed[0]) == (0, False)
    healed = build([texts], tmp_path / "r.duckdb", retry_failed=True)
    assert (healed.added, healed.failed) == (1, ())
    assert build([texts], tmp_path / "r.duckdb").failed == ()


def test_a_changed_text_is_tried_though_it_was_set_aside(texts: Path, tmp_path: Path) -> None:
    build([texts], tmp_path / "r.duckdb", coder=Failing("text001"))
    (texts / "text001.en.txt").write_text(ENGLISH[0], "utf-8")
    assert build([texts], tmp_path / "r.duckdb").added == 1


def test_when_all_fail_no_record_is_left(texts: Path, tmp_path: Path) -> None:
    with pytest.raises(DragomanError, match="ZeroDivisionError"):
        build([texts], tmp_path / "r.duckdb", coder=Failing())
    assert not (tmp_path / "r.duckdb").exists()


def test_two_builds_of_one_record_at_once(tmp_path: Path) -> None:
    """One works, the other says who does; what the first makes is not taken away."""
    texts = write_texts(tmp_path / "texts", 120, 12)
    running = start_python(BUILD, str(tmp_path / "r.duckdb"), str(texts))
    assert running.stdout is not None
    for line in running.stdout:
        if line.startswith("coding"):
            break
    second = run_python(BUILD, str(tmp_path / "r.duckdb"), str(texts))
    assert f"process {running.pid}" in second.stderr
    running.communicate()
    assert running.returncode == 0
    assert build([texts], tmp_path / "r.duckdb").unchanged == 120


def kill_worker(source: Source) -> None:
    """Ends the process that it runs in, as the system does when memory runs out."""
    os.kill(os.getpid(), signal.SIGKILL)


def test_a_worker_that_dies_is_said(texts: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(looking, "_look", kill_worker)
    with pytest.raises(DragomanError, match="worker process was ended") as caught:
        build([texts], tmp_path / "r.duckdb", workers=2)
    assert "fewer workers" in caught.value.advice
    assert not (tmp_path / "r.duckdb").exists()


def test_no_workers(texts: Path, tmp_path: Path) -> None:
    with pytest.raises(QueryError):
        build([texts], tmp_path / "r.duckdb", workers=0)


def test_notes_of_reading_are_passed_on(tmp_path: Path) -> None:
    (tmp_path / "old.en.txt").write_bytes("Syria’s minister visited Pakistan in 1948 – a café in Karachi.".encode("cp1252"))
    summary: Summary = build([tmp_path / "old.en.txt"], tmp_path / "r.duckdb")
    assert any("old.en.txt" in note for note in summary.notes)


WORDS = (
    "Pakistan", "Syria", "visited", "سوريا", "باكستان", "زار", "in 1948", "😀", "𝔖𝔶𝔯𝔦𝔞", "\u202e", "e\u0301", "巴基斯坦", ".", "\n\n", "، ",
)  # fmt: skip


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from(WORDS), min_size=3, max_size=40))
def test_offsets_hold_in_any_script(tmp_path: Path, words: list[str]) -> None:
    started = time.perf_counter_ns()
    file = tmp_path / f"t{started}.en.txt"
    file.write_text("Pakistan met Syria. " + " ".join(words), "utf-8")
    build([file], tmp_path / f"{started}.duckdb")
    with dragoman.open(tmp_path / f"{started}.duckdb") as record:
        text = file.read_bytes().decode("utf-8")
        for statement in record.statements():
            assert text[statement.start : statement.end] == statement.quote
