"""A record held against event data: known, dated otherwise, lacking, beyond what can be told."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace

from dragoman.answers.corroboration import Corroboration, corroborate
from dragoman.errors import QueryError
from dragoman.reading.events.layouts import ICEWS
from dragoman.record import Record, linked
from dragoman.statement import Fact
from making import CODER, make_document, make_statement

DATES = ("2014-02-17", "2014-03", "2014-05-10", "2014-06-20", "1950", "", "2014")
"""Of the events that Pakistan consults Syria; the file has some days of 2014."""


@pytest.fixture
def record(tmp_path: Path) -> Iterator[Record]:
    document = make_document("a.en", *(f"Pakistan met Syria, {number}." for number in range(12)))
    made = [make_statement(document, number, date=date) for number, date in enumerate(DATES)]
    made += [
        make_statement(document, 7, date="2014-02-17", modality="planned"),
        make_statement(document, 8, date="2014-02-17", kind="tie", type="MISSION"),
        make_statement(document, 9, date="2014-02-17"),
        make_statement(document, 10, "SYR", "PAK", date="2014-02-17", type="ACCUSE"),
        replace(make_statement(document, 11, "PAK", date="2014-07-01", type="AGREE"), target=()),
    ]
    with Record.open(tmp_path / "r.duckdb", create=True) as opened:
        opened.add(document, made, CODER)
        same, again = made[0], made[9]
        fact = Fact("f" * 32, (same.id, again.id), "event", "CONSULT", "diplomacy", same.source, same.target, date="2014-02-17")
        linked.replace(opened, linked.Parts(facts=[fact]), "test")
        yield opened


def ask(record: Record, tmp_path: Path, *events: tuple[str, str, str, str], near: int = 7) -> Corroboration:
    rows = ["\t".join(ICEWS)]
    for number, (date, code, source, target) in enumerate(events):
        values = {"Event ID": str(number), "Event Date": date, "CAMEO Code": code, "Source Country": source, "Target Country": target}
        rows.append("\t".join(values.get(name, "") for name in ICEWS))
    path = tmp_path / "icews.tab"
    path.write_text("\n".join(rows), "utf-8")
    return corroborate(record, "PAK", "SYR", path, near=near)


SPAN = (("2014-01-01", "010", "India", "China"), ("2014-12-31", "010", "India", "China"))


def test_each_event_has_one_place(record: Record, tmp_path: Path) -> None:
    found = ask(
        record, tmp_path, *SPAN,
        ("2014-02-17", "042", "Pakistan", "Syria"),
        ("2014-03-09", "040", "Pakistan", "Syria"),
        ("2014-05-13", "040", "Pakistan", "Syria"),
    )  # fmt: skip
    assert [(match.told.date, match.dates) for match in found.known] == [
        ("2014", "within"), ("2014-02-17", "same"), ("2014-03", "within"),
    ]  # fmt: skip
    assert [(match.told.date, [event.date for event in match.theirs]) for match in found.otherwise] == [("2014-05-10", ["2014-05-13"])]
    assert [(one.type, one.date) for one in found.lacking] == [("ACCUSE", "2014-02-17"), ("CONSULT", "2014-06-20")]
    assert [one.date for one in found.outside] == ["1950"]
    assert [one.date for one in found.undated] == [""]
    assert found.theirs == ()
    fact = found.known[1].told
    assert (fact.id, len(fact.statements)) == ("f" * 32, 2)


def test_who_acts_on_whom_and_what_counts(record: Record, tmp_path: Path) -> None:
    found = ask(
        record, tmp_path, *SPAN,
        ("2014-02-17", "111", "Pakistan", "Syria"),
        ("2014-02-17", "043", "Syria", "Pakistan"),
        ("2014-02-17", "040", "Pakistan", "Iraq"),
    )  # fmt: skip
    assert found.known == ()
    assert [(event.line, event.source) for event in found.theirs] == [(4, ("PAK",)), (5, ("SYR",))]


def test_how_near_is_asked_for(record: Record, tmp_path: Path) -> None:
    event = ("2014-06-23", "040", "Pakistan", "Syria")
    assert [one.told.date for one in ask(record, tmp_path, *SPAN, event).otherwise] == ["2014-06-20"]
    assert ask(record, tmp_path, *SPAN, event, near=2).otherwise == ()


def test_an_empty_file_lacks_nothing(record: Record, tmp_path: Path) -> None:
    found = ask(record, tmp_path)
    assert (found.lacking, found.known, found.first) == ((), (), "")
    assert len(found.outside) == 7


def test_one_state_is_no_dyad(record: Record, tmp_path: Path) -> None:
    with pytest.raises(QueryError, match="one state"):
        corroborate(record, "PAK", "PAK", tmp_path / "none")
    with pytest.raises(QueryError, match="no number of days"):
        ask(record, tmp_path, near=-1)


def test_our_own_export_knows_all_of_it(record: Record, tmp_path: Path) -> None:
    """What is written in a layout is read from it: every event of one day comes back as the same."""
    from dragoman.exporting import export

    for format in ("polecat", "icews"):
        path = tmp_path / f"{format}.tab"
        export(record, path, format)
        found = corroborate(record, "PAK", "SYR", path)
        assert (found.layout, found.lacking) == (format, ())
        dates = {(one.told.type, one.told.date) for one in found.known if one.dates == "same"}
        expected = {("CONSULT", "2014-02-17"), ("CONSULT", "2014-05-10"), ("CONSULT", "2014-06-20")}
        assert dates == expected | {("ACCUSE", "2014-02-17")}
        assert {one.told.date for one in found.known if one.dates == "within"} == {"1950", "2014", "2014-03"}
        told = {trouble.what: trouble.rows for trouble in found.troubles}
        # AGREE can be either of two codes of CAMEO, so its column is empty.
        assert told == ({"no date": 1} if format == "polecat" else {"no date": 1, "no CAMEO code ''": 1})
