"""Editions of one text: documents of their own, and those that a file had before it changed; what was added, dropped and turned round."""

from __future__ import annotations

from pathlib import Path

import pytest

import dragoman
from dragoman.answers.compare import Comparison
from dragoman.errors import QueryError
from making import run_dragoman

OLD = (
    "Pakistan and Syria established diplomatic relations in 1948. Pakistan supported foreign intervention in Syria in 2013. "
    "Pakistan closed its embassy in Damascus in 2012. Iran sent doctors to Syria in 1999."
)
NEW = (
    "Pakistan and Syria established diplomatic relations in 1948. Pakistan opposed foreign intervention in Syria in 2013. "
    "Pakistan did not close its embassy in Damascus in 2012. The Syrian foreign minister visited Islamabad in 2014."
)


def manifest(folder: Path, **editions: str) -> None:
    """A manifest with the edition of each file, its name's dots written as __."""
    entries = (
        f'[[document]]\nfile = "{name.replace("__", ".")}.txt"\nsubject = "ties"\nedition = "{edition}"\n'
        for name, edition in editions.items()
    )
    (folder / "dragoman.toml").write_text("\n".join(entries), "utf-8")


@pytest.fixture(scope="module")
def record(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A record into which one file was read, then in another edition; its Arabic version stayed as it was."""
    folder = tmp_path_factory.mktemp("editions")
    (folder / "ties.ar.txt").write_text("أقامت باكستان وسوريا علاقات دبلوماسية عام 1948.\n", "utf-8")
    for edition, text in (("2019-05-01", OLD), ("2025-11-02", NEW)):
        (folder / "ties.en.txt").write_text(f"{text}\n", "utf-8")
        manifest(folder, ties__en=edition, ties__ar="2020-01-01")
        dragoman.build([folder], folder / "r.duckdb")
    return folder / "r.duckdb"


def compared(record: Path, *editions: str) -> Comparison:
    with dragoman.open(record) as opened:
        return opened.compare("ties", editions)


def check_changes(found: Comparison, older: str, newer: str) -> None:
    (change,) = found.changes
    assert (change.language, change.older, change.newer) == ("en", older, newer)
    assert [(one.how, one.older.date, one.newer.date) for one in change.turned] == [("type", "2013", "2013"), ("modality", "2012", "2012")]
    assert all(one.older.doc == older and one.newer.doc == newer for one in change.turned)
    assert [(one.doc, one.date) for one in change.added] == [(newer, "2014")]
    assert [(one.doc, one.date) for one in change.dropped] == [(older, "1999")]


def test_editions_that_are_documents_of_their_own(tmp_path: Path) -> None:
    for name, text in (("ties.en.2019", OLD), ("ties.en.2025", NEW)):
        (tmp_path / f"{name}.txt").write_text(f"{text}\n", "utf-8")
    dragoman.build([tmp_path], tmp_path / "r.duckdb")
    check_changes(compared(tmp_path / "r.duckdb", "2019", "2025"), "ties.en.2019", "ties.en.2025")
    check_changes(compared(tmp_path / "r.duckdb", "2025", "2019"), "ties.en.2019", "ties.en.2025")


@pytest.mark.parametrize(
    "editions",
    [("2019", "2025"), ("2019-05", "2025-11-02"), ("en.2019", "en.2025"), ("ties.en@2019-05-01", "en"), ("2019-05-01", "ties.en")],
)
def test_editions_that_one_file_had(record: Path, editions: tuple[str, str]) -> None:
    found = compared(record, *editions)
    check_changes(found, "ties.en@2019-05-01", "ties.en")
    assert [(one.id, one.edition, one.statements) for one in found.versions] == [
        ("ties.en@2019-05-01", "2019-05-01", 4),
        ("ties.en", "2025-11-02", 4),
    ]


def test_each_statement_stands_in_the_text_of_its_edition(record: Path) -> None:
    found = compared(record, "2019", "2025")
    texts = {"ties.en@2019-05-01": f"{OLD}\n", "ties.en": f"{NEW}\n"}
    every = [*(one for both in found.both for one in both.statements), *(one.statement for one in found.only)]
    assert len(every) == len({one.id for one in every}) == 8
    assert all(texts[one.doc][one.start : one.end] == one.quote for one in every)
    assert {one.conflict.kind for one in found.conflicts} == {"claim-denied"}
    assert {one.doc for told in found.conflicts for one in told.statements} == set(texts)


def test_an_older_edition_beside_another_language(record: Path) -> None:
    found = compared(record, "ar", "ties.en@2019-05-01")
    assert found.changes == ()
    assert [sorted(one.doc for one in both.statements) for both in found.both] == [["ties.ar", "ties.en@2019-05-01"]]


def test_what_is_compared_without_choice_is_what_was_read_last(record: Path) -> None:
    found = compared(record)
    assert [one.id for one in found.versions] == ["ties.ar", "ties.en"] and found.changes == ()


def test_unknown_and_ambiguous_editions_are_answered_with_those_there_are(record: Path) -> None:
    with pytest.raises(QueryError, match="no edition '2018'") as caught:
        compared(record, "2018", "2025")
    assert "ties.en@2019-05-01" in caught.value.advice and "ties.ar" in caught.value.advice
    with pytest.raises(QueryError, match="only one version"):
        compared(record, "2025")


def test_dates_mean_that_edition_in_every_language(tmp_path: Path) -> None:
    for year, text in (("2019", OLD), ("2025", NEW)):
        (tmp_path / f"ties.en.{year}.txt").write_text(f"{text}\n", "utf-8")
        (tmp_path / f"ties.ar.{year}.txt").write_text(f"أقامت باكستان وسوريا علاقات دبلوماسية عام {1900 + int(year) % 100}.\n", "utf-8")
    dragoman.build([tmp_path], tmp_path / "r.duckdb")
    found = compared(tmp_path / "r.duckdb", "2019", "2025")
    assert [(one.language, one.older[-4:], one.newer[-4:]) for one in found.changes] == [("ar", "2019", "2025"), ("en", "2019", "2025")]
    assert len(found.versions) == 4


def test_a_file_without_an_edition_and_its_third_text(tmp_path: Path) -> None:
    texts = (OLD, NEW, NEW.replace("2014", "2015"))
    for text in texts:
        (tmp_path / "ties.en.txt").write_text(f"{text}\n", "utf-8")
        dragoman.build([tmp_path / "ties.en.txt"], tmp_path / "r.duckdb")
    last = compared(tmp_path / "r.duckdb")  # a single document: with the edition before
    assert [one.id for one in last.versions] == ["ties.en@2", "ties.en"]
    assert [(d.slot, d.severity) for both in last.differing for d in both.fact.differences] == [("date", "conflict")]
    assert not (last.changes[0].added or last.changes[0].dropped or last.changes[0].turned)
    every = compared(tmp_path / "r.duckdb", "ties.en@1", "ties.en@2", "ties.en")
    assert [(one.older, one.newer) for one in every.changes] == [("ties.en@1", "ties.en@2"), ("ties.en@2", "ties.en")]
    (tmp_path / "ties.en.txt").write_text(f"{OLD}\n", "utf-8")  # what was there before comes back
    dragoman.build([tmp_path / "ties.en.txt"], tmp_path / "r.duckdb")
    back = compared(tmp_path / "r.duckdb")
    assert [one.id for one in back.versions] == ["ties.en@3", "ties.en"]
    assert [(one.older, one.newer) for one in back.changes] == [("ties.en@3", "ties.en")]


def test_as_a_person_sees_it(record: Path, tmp_path: Path) -> None:
    done = run_dragoman("compare", "ties", "--editions", "2019,2025", "--record", record)
    assert done.returncode == 0, done.stderr
    heads = [
        "From ties.en@2019-05-01 to ties.en",
        "Turned round: 2",
        "for or against",
        "done or not",
        "Added: 1",
        "Dropped: 1",
        "Differences:",
    ]
    places = [done.stdout.index(head) for head in heads]
    assert places == sorted(places) and "Only in" not in done.stdout
    wiki = run_dragoman("compare", "ties", "--editions", "2019,2025", "--record", record, "--wikitext").stdout
    assert (
        "==== Turned round ====" in wiki
        and wiki.count("{|") == wiki.count("|}")
        and "Iran sent doctors" in wiki.split("==== Dropped ====")[1]
    )
    done = run_dragoman("compare", "ties", "--editions", "2019,2025", "--record", record, "--html", tmp_path / "page.html")
    page = (tmp_path / "page.html").read_text("utf-8")
    assert "<h3>Turned round (2)</h3>" in page and "<h3>Added (1)</h3>" in page and "<h3>Dropped (1)</h3>" in page
