"""Comparing the bundled example: every planted difference is found; then editions, and more than two versions."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import dragoman
from dragoman import OpenRecord
from dragoman.answers.compare import Comparison
from dragoman.errors import QueryError
from making import ROOT

EXAMPLE = ROOT / "src" / "dragoman" / "example"


@pytest.fixture(scope="module")
def record(tmp_path_factory: pytest.TempPathFactory) -> Iterator[OpenRecord]:
    place = tmp_path_factory.mktemp("compare") / "r.duckdb"
    dragoman.build(sorted(EXAMPLE.glob("*.txt")), place)
    with dragoman.open(place) as opened:
        yield opened


@pytest.fixture(scope="module")
def found(record: OpenRecord) -> Comparison:
    return record.compare("pakistan-syria")


def planted() -> list[tuple[str, str, str, str]]:
    """The rows of differences.md: what, kind, English, Arabic."""
    rows = re.findall(
        r"^\| (?!what|---)(.+?) \| (.+?) \| (.*?) ?\| (.*?) ?\|$", (EXAMPLE / "differences.md").read_text("utf-8"), re.MULTILINE
    )
    assert len(rows) == 10
    return rows


def shares(a: str, b: str) -> bool:
    """Whether one of two stretches of text is in the other, or they share a good part of their words."""
    words, others = set(a.split()), set(b.split())
    return a in b or b in a or len(words & others) >= 0.6 * min(len(words), len(others))


@pytest.mark.parametrize("row", [row for row in planted() if row[1] != "only-here"], ids=lambda row: row[0])
def test_what_was_planted_to_differ_is_found(found: Comparison, row: tuple[str, str, str, str]) -> None:
    what, severity, english, arabic = row
    slot = what.split(":")[0]
    for both in found.differing:
        if any(one.slot == slot and one.severity == severity for one in both.fact.differences):
            quotes = {one.language: one.quote for one in both.statements}
            if shares(quotes.get("en", ""), english) and shares(quotes.get("ar", ""), arabic):
                return
    for pair in found.sentences:
        texts = list(pair.texts.values())
        told = any(one.slot == slot and one.severity == severity for one in pair.differences)
        if told and any(shares(text, english) for text in texts) and any(shares(text, arabic) for text in texts):
            return
    pytest.fail(f"not found: {what}")


@pytest.mark.parametrize("row", [row for row in planted() if row[1] == "only-here"], ids=lambda row: row[0])
def test_what_was_planted_on_one_side_is_told_of_it(found: Comparison, row: tuple[str, str, str, str]) -> None:
    wanted = row[2] or row[3]
    (language,) = ("en",) if row[2] else ("ar",)
    only = [one for one in found.only if one.statement.language == language]
    assert any(shares(one.statement.quote, wanted) for one in only)


def test_what_only_one_says_is_shown_where_it_would_belong(found: Comparison) -> None:
    visit = next(one for one in found.only if "1957" in one.statement.date)
    assert visit.section == "البدايات"
    assert visit.belongs == {"pakistan-syria.en": "First contacts, 1947–1966"}


def test_every_statement_is_either_shared_or_only_here(found: Comparison) -> None:
    shared = {one.id for both in found.both for one in both.statements}
    only = {one.statement.id for one in found.only}
    assert not shared & only
    for version in found.versions:
        own = [one for one in found.only if one.statement.doc == version.id]
        assert version.statements == version.shared + len(own)
        parts = [part for part in found.coverage if part.document == version.id]
        assert (sum(part.sentences for part in parts), sum(part.told for part in parts)) == (version.sentences, version.told)
        assert sum(part.statements for part in parts) == version.statements


def test_conflicts_come_with_their_quotes(record: OpenRecord, found: Comparison) -> None:
    told = record.conflicts("Pakistan-Syria")
    assert list(found.conflicts) == told != []
    assert any(one.conflict.kind == "date" and {"1986", "1987"} <= {s.date for s in one.statements} for one in told)
    assert all(one.statements and len(one.statements) == len(one.conflict.statements) for one in told)


def test_an_unknown_subject_is_answered_with_the_nearest(record: OpenRecord) -> None:
    with pytest.raises(QueryError, match="no subject 'pakistan-siria'") as caught:
        record.compare("pakistan-siria")
    assert "pakistan-syria" in caught.value.advice
    with pytest.raises(QueryError, match="no subject"):
        record.conflicts("wheat")


def test_a_subject_may_be_called_by_a_title(record: OpenRecord, found: Comparison) -> None:
    assert record.compare("relations of pakistan and syria") == found


def test_editions_are_chosen_by_language_edition_or_id(record: OpenRecord, found: Comparison) -> None:
    assert record.compare("pakistan-syria", ["ar", "en"]) == found
    assert [one.id for one in record.compare("pakistan-syria", ["pakistan-syria.en", "ar"]).versions] == [
        "pakistan-syria.en",
        "pakistan-syria.ar",
    ]
    for editions, message in ((["en"], "only one version"), (["fr", "en"], "no edition 'fr'"), (["2026-11-22", "en"], "Several documents")):
        with pytest.raises(QueryError, match=message):
            record.compare("pakistan-syria", editions)


def test_two_editions_of_one_language_and_a_third_version(tmp_path: Path) -> None:
    old = "Pakistan and Syria established diplomatic relations in 1948. Iran sent doctors to Syria in 1999."
    for name, text in (
        ("ties.en.2019", old),
        ("ties.en.2024", old.replace("1999", "1998") + " The Syrian foreign minister visited Islamabad in 2014."),
        ("ties.ar", "أقامت باكستان وسوريا علاقات دبلوماسية عام 1948."),
    ):
        (tmp_path / f"{name}.txt").write_text(text + "\n", "utf-8")
    dragoman.build(sorted(tmp_path.glob("*.txt")), tmp_path / "r.duckdb")
    with dragoman.open(tmp_path / "r.duckdb") as record:
        three, two = record.compare("ties"), record.compare("ties", ["2019", "2024"])
    assert len(three.versions) == 3
    assert any(len({one.doc for one in both.statements}) == 3 for both in three.both)
    assert {one.id for one in two.versions} == {"ties.en.2019", "ties.en.2024"}
    assert [one.statement.doc for one in two.only] == ["ties.en.2024"]
    assert any(d.slot == "date" and d.severity == "conflict" for both in two.both for d in both.fact.differences)
