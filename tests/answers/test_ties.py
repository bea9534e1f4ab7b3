"""A tie stands as the texts say: stated, last known, ended, or unknown; an end is one that came after, and nothing is guessed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest

from dragoman.answers.parties import state
from dragoman.answers.ties import Tie, ties
from dragoman.errors import QueryError
from dragoman.record import Record
from dragoman.statement import Actor
from making import CODER, make_document, make_statement

PAK, SYR = state("PAK"), state("SYR")
Said = tuple[str, dict[str, Any]]

EMBASSY: dict[str, Any] = {"kind": "tie", "type": "MISSION"}
CLOSED = "Pakistan closed its embassy in Damascus."
SEVERED = "Pakistan broke off relations with Syria."


@pytest.fixture
def record(tmp_path: Path) -> Iterator[Record]:
    with Record.open(tmp_path / "r.duckdb", create=True) as opened:
        yield opened


def tell(record: Record, *said: Said, language: str = "en") -> None:
    """One statement for each sentence, by Pakistan toward Syria where nothing else is given."""
    document = make_document(f"a.{language}", *(sentence for sentence, _ in said), language=language)
    plain = [make_statement(document, number, id=f"s{number}") for number in range(len(said))]
    record.add(document, [msgspec.structs.replace(s, **fields) for s, (_, fields) in zip(plain, said, strict=True)], CODER)


def one(record: Record, type: str, on: str | None = None, **having: str) -> Tie:
    found = [tie for tie in ties(record, PAK, SYR, on) if tie.type == type and all(getattr(tie, k) == v for k, v in having.items())]
    assert len(found) == 1, found
    return found[0]


def test_an_embassy_that_was_closed_and_reopened(record: Record) -> None:
    tell(
        record,
        ("Pakistan has an embassy in Damascus.", {**EMBASSY, "date": "1960/1965"}),
        (CLOSED, {"type": "SANCTION", "date": "1970-03-05"}),
        ("Pakistan reopened its embassy in Damascus.", {"type": "SUPPORT", "date": "1980"}),
    )
    statuses = {
        on: one(record, "MISSION", on).status for on in ("1950", "1963", "1968", "1970-03-04", "1970-03-05", "1975", "1980", "1990")
    }
    assert statuses == {
        "1950": "unknown", "1963": "stated", "1968": "last known", "1970-03-04": "last known", "1970-03-05": "ended", "1975": "ended",
        "1980": "stated", "1990": "last known",
    }  # fmt: skip
    closed = one(record, "MISSION", "1975")
    assert closed.ended_by is not None and closed.ended_by.quote == CLOSED
    assert closed.support is not None and closed.support.date == "1960/1965"
    assert (closed.thing, closed.holder, closed.other, closed.since) == ("embassy", ("Pakistan",), ("Syria",), "1960/1965")
    assert one(record, "MISSION").status == "last known"
    assert one(record, "MISSION", "1950").note == "It is first told for 1960/1965."


def test_a_date_that_is_no_closer_than_the_day_asked_for(record: Record) -> None:
    tell(record, ("Pakistan has an embassy in Damascus.", {**EMBASSY, "date": "197X"}), (CLOSED, {"type": "SANCTION", "date": "1985"}))
    assert one(record, "MISSION", "1975").status == "unknown"
    assert one(record, "MISSION", "1982").status == "last known"
    assert one(record, "MISSION", "1985-06").status == "unknown"
    assert "the day is not told" in one(record, "MISSION", "1985-06").note
    assert one(record, "MISSION", "1985").status == "ended"


def test_what_has_no_date_says_nothing_about_a_date(record: Record) -> None:
    tell(record, ("Pakistan has an embassy in Damascus.", EMBASSY))
    assert one(record, "MISSION").status == "stated"
    told = one(record, "MISSION", "1975")
    assert (told.status, told.note) == ("unknown", "The text gives no date.")
    assert told.support is not None and told.support.quote == "Pakistan has an embassy in Damascus."


def test_an_end_and_a_tie_without_a_date_are_not_put_in_order(record: Record) -> None:
    tell(record, ("Pakistan has an embassy in Damascus.", EMBASSY), (CLOSED, {"type": "SANCTION", "date": "1970"}))
    assert one(record, "MISSION").status == "unknown"
    assert one(record, "MISSION", "1975").status == "unknown"


def test_breaking_relations_ends_what_was_there_and_no_more(record: Record) -> None:
    tell(
        record,
        ("Pakistan and Syria established diplomatic relations.", {"type": "SUPPORT", "date": "1948"}),
        ("Pakistan has a consulate in Aleppo.", {**EMBASSY, "date": "1955"}),
        (SEVERED, {"type": "SANCTION", "date": "1967-06-07"}),
        ("Pakistan has an embassy in Damascus.", {**EMBASSY, "date": "1990"}),
    )
    assert one(record, "RELATIONS", "1966").status == "last known"
    assert one(record, "RELATIONS", "1968").status == "ended"
    assert one(record, "MISSION", "1968", thing="consulate").status == "ended"
    assert one(record, "MISSION", "1968", thing="embassy").status == "unknown"
    assert one(record, "MISSION", "1991", thing="embassy").status == "last known"
    assert one(record, "MISSION", "1991", thing="consulate").status == "ended"


def test_what_did_not_end_was_there(record: Record) -> None:
    tell(record, ("Pakistan did not close its embassy in Damascus.", {"type": "SANCTION", "modality": "negated", "date": "2013"}))
    assert one(record, "MISSION", "2013").status == "stated"
    assert one(record, "MISSION", "2013").ended_by is None


@pytest.mark.parametrize("modality", ["claimed", "planned", "denied", "disputed"])
def test_what_is_not_asserted_neither_begins_nor_ends(record: Record, modality: str) -> None:
    tell(
        record,
        ("Pakistan has an embassy in Damascus.", {**EMBASSY, "date": "1960"}),
        (CLOSED, {"type": "SANCTION", "date": "1970", "modality": modality}),
        ("Pakistan and Syria established diplomatic relations.", {"type": "SUPPORT", "date": "1948", "modality": modality}),
    )
    assert [(tie.type, tie.status) for tie in ties(record, PAK, SYR, "1980")] == [("MISSION", "last known")]


def test_envoys_have_names_and_terms(record: Record) -> None:
    def envoy(name: str, date: str) -> dict[str, Any]:
        return {"kind": "tie", "type": "ENVOY", "date": date, "source": (Actor("PAK", "GOV", name),)}

    tell(
        record,
        ("Ambassador Karim Aslam served in Damascus.", envoy("Ambassador Karim Aslam", "1960/1963")),
        ("Pakistan's ambassador to Syria, Tariq Noor, spoke.", envoy("Pakistan's ambassador Tariq Noor", "1968")),
        ("Pakistan recalled its ambassador from Syria.", {"type": "SANCTION", "date": "1970"}),
    )
    first, second = one(record, "ENVOY", "1975", name="Karim Aslam"), one(record, "ENVOY", "1975", name="Tariq Noor")
    assert (first.status, first.since, first.note) == ("last known", "1960/1963", "Another is told for 1968.")
    assert (second.status, second.since) == ("ended", "1968")
    assert one(record, "ENVOY", "1962", name="Karim Aslam").status == "stated"


def test_whose_ambassador_is_expelled(record: Record) -> None:
    tell(
        record,
        (
            "Syria has an ambassador in Islamabad.",
            {"kind": "tie", "type": "ENVOY", "date": "1960", "source": (Actor("SYR"),), "target": (Actor("PAK"),)},
        ),
        ("Pakistan expelled the Syrian ambassador.", {"type": "SANCTION", "date": "1970"}),
    )
    tie = one(record, "ENVOY", "1975")
    assert (tie.holder, tie.status) == (("Syria",), "ended")


def test_arabic_words_tell_the_same(record: Record) -> None:
    tell(
        record,
        ("لباكستان سفارة في دمشق.", {**EMBASSY, "date": "1960"}),
        ("أغلقت باكستان سفارتها في دمشق.", {"type": "SANCTION", "date": "1970"}),
        ("استأنفت باكستان وسوريا العلاقات.", {"type": "SUPPORT", "date": "1980"}),
        ("قطعت باكستان علاقاتها بسوريا.", {"type": "SANCTION", "date": "1990"}),
        language="ar",
    )
    assert (one(record, "MISSION", "1965").status, one(record, "MISSION", "1975").status) == ("last known", "ended")
    assert (one(record, "RELATIONS", "1985").status, one(record, "RELATIONS", "1991").status) == ("last known", "ended")


def test_both_states_ties_with_a_third_are_none_between_them(record: Record) -> None:
    both = (Actor("PAK"), Actor("SYR"))
    tell(record, ("Pakistan and Syria have embassies in Rome.", {**EMBASSY, "source": both, "target": (Actor("ITA"),)}))
    assert ties(record, PAK, SYR) == []


def test_a_date_that_is_none(record: Record) -> None:
    with pytest.raises(QueryError, match="no date"):
        ties(record, PAK, SYR, "2014-02-30")
