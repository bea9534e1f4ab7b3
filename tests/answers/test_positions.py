"""Stands are grouped by issue, in order of time; what changed is marked, and what is only said is kept apart."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest

from dragoman.answers.issues import read_issue
from dragoman.answers.parties import state
from dragoman.answers.positions import Stand, matrix, positions
from dragoman.record import Record
from dragoman.statement import Actor
from making import CODER, make_document, make_statement

PAK = state("PAK")


@pytest.fixture
def record(tmp_path: Path) -> Iterator[Record]:
    with Record.open(tmp_path / "r.duckdb", create=True) as opened:
        yield opened


def tell(record: Record, *said: tuple[str, str, str, dict[str, Any]], language: str = "en") -> None:
    """Type, issue, date and other fields of each; Pakistan's where no source is given."""
    document = make_document(f"a.{language}", *(f"Sentence {number}." for number in range(len(said))), language=language)
    statements = [
        msgspec.structs.replace(
            make_statement(document, number, id=f"s{number}", kind="position"), **{"type": type, "issue": issue, "date": date, **more}
        )
        for number, (type, issue, date, more) in enumerate(said)
    ]
    record.add(document, statements, CODER)


def lines(stands: list[Stand]) -> list[tuple[str, str, str]]:
    return [(stand.type, stand.date, stand.before) for stand in stands]


def test_a_change_is_marked_and_a_claim_changes_nothing(record: Record) -> None:
    tell(
        record,
        ("OPPOSES", "foreign intervention in Syria", "2012", {}),
        ("SUPPORTS", "intervention in Syria", "2013", {"modality": "claimed", "by": "Reuters"}),
        ("SUPPORTS", "any foreign intervention in Syria", "2014-05", {}),
        ("SUPPORTS", "sanctions on Iran", "2013", {}),
    )
    stands = positions(record, PAK, issue="intervention")
    assert lines(stands) == [("OPPOSES", "2012", ""), ("SUPPORTS", "2013", ""), ("SUPPORTS", "2014-05", "OPPOSES")]
    assert {stand.issue for stand in stands} == {"intervention in Syria"}
    assert {stand.issue for stand in positions(record, PAK)} == {"intervention in Syria", "sanctions on Iran"}


def test_on_a_date(record: Record) -> None:
    tell(
        record,
        ("OPPOSES", "foreign intervention in Syria", "2012", {}),
        ("SUPPORTS", "foreign intervention in Syria", "2014/2016", {}),
        ("NEUTRAL", "foreign intervention in Syria", "201X", {}),
    )
    on = {
        date: [(s.type, s.standing) for s in positions(record, PAK, on=date)] for date in ("2011", "2012", "2013", "2015", "2018", "2030")
    }
    assert on == {
        "2011": [],
        "2012": [("OPPOSES", "stated")],
        "2013": [("OPPOSES", "last known")],
        "2015": [("SUPPORTS", "stated")],
        "2018": [("SUPPORTS", "last known")],
        "2030": [("SUPPORTS", "last known")],
    }


def test_about_a_state(record: Record) -> None:
    tell(
        record,
        ("OPPOSES", "intervention in Syria", "2012", {"target": (Actor("SYR"), Actor("USA"))}),
        ("OPPOSES", "the blockade of Cuba", "2013", {"target": ()}),
        ("SUPPORTS", "the ceasefire", "2014", {"target": (Actor("SYR"),)}),
    )
    assert [stand.date for stand in positions(record, PAK, about=state("SYR"))] == ["2012", "2014"]


def test_who_supports_and_who_opposes(record: Record) -> None:
    tell(
        record,
        ("OPPOSES", "the border treaty", "2012", {"source": (Actor("PAK"), Actor("IRN"))}),
        ("SUPPORTS", "the border treaty", "2014", {"source": (Actor("IRN", "GOV"),)}),
        ("SUPPORTS", "the border treaty", "2015", {"source": (Actor("", "IGO", "NATO"),)}),
        ("SUPPORTS", "the border treaty", "2016", {"modality": "denied"}),
    )
    assert [(cell.name, cell.type, cell.date, cell.count) for cell in matrix(positions(record, issue="border treaty"))] == [
        ("Iran", "SUPPORTS", "2014", 2), ("Pakistan", "OPPOSES", "2012", 2), ("NATO", "SUPPORTS", "2015", 1),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("any foreign military intervention in Syria", "intervention in Syria in an international meeting", True),
        ("لأي تدخل أجنبي في سوريا", "التدخل الأجنبي في سوريا", True),
        ("Syria's sovereignty", "intervention in Syria", False),
        ("sanctions on Iran", "sanctions on Iraq", False),
        ("تدخل أجنبي", "foreign intervention", False),
    ],
)
def test_wordings_of_one_issue(one: str, other: str, alike: bool) -> None:
    assert (read_issue(one).alike(read_issue(other)) >= 0.5) is alike
