"""The layouts of event data: what they can hold is there, what they cannot is not, and no interval becomes a day."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
from filled import fill

from dragoman.errors import QueryError
from dragoman.exporting import check_part, find_format
from dragoman.reading.events import crosswalk
from dragoman.reading.events.layouts import GDELT, ICEWS, POLECAT
from dragoman.record import Record, linked
from dragoman.statement import EVENTS, Fact, Statement


@pytest.fixture
def record(tmp_path: Path) -> Iterator[Record]:
    with Record.open(tmp_path / "r.duckdb", create=True) as opened:
        yield opened


@pytest.fixture
def made(record: Record) -> dict[str, Statement]:
    return fill(record)


def table(record: Record, format: str, what: str = "statements") -> list[dict[str, str]]:
    stream = io.BytesIO()
    count = find_format(format).write(record, stream, what)
    found = list(csv.DictReader(io.StringIO(stream.getvalue().decode(), newline=""), delimiter="\t"))
    assert len(found) == count
    return found


def test_polecat_has_its_columns_in_order_and_then_ours(record: Record, made: dict[str, Statement]) -> None:
    row = table(record, "polecat")[0]
    assert tuple(row)[: len(POLECAT)] == POLECAT
    assert "EDTF Date" in tuple(row)[len(POLECAT) :]


def test_polecat_tells_an_event(record: Record, made: dict[str, Statement]) -> None:
    row = next(row for row in table(record, "polecat") if row["Event ID"] == made["day"].id)
    expected = {
        "Event Date": "2014-02-17", "Event Type": "CONSULT", "Quad Code": "V-COOP", "Contexts": "diplomatic", "Actor Country": "PAK",
        "Recipient Country": "SYR", "Primary Recipient Sector": "GOV", "Language": "en", "Intensity": "", "Publication Date": "2015-03-04",
        "Latitude": "", "Quote": made["day"].quote, "EDTF Date": "2014-02-17",
    }  # fmt: skip
    assert {name: row[name] for name in expected} == expected


@pytest.mark.parametrize("format", ["polecat", "icews"])
def test_only_what_is_said_to_have_happened(record: Record, made: dict[str, Statement], format: str) -> None:
    ids = {row["Event ID"].split(".")[0] for row in table(record, format)}
    assert ids == {made[name].id for name in ("day", "awkward", "together", "body", "month")}


@pytest.mark.parametrize("format", ["polecat", "icews"])
def test_an_interval_is_no_day(record: Record, made: dict[str, Statement], format: str) -> None:
    rows = {row["Event ID"].split(".")[0]: row for row in table(record, format)}
    for name in ("awkward", "together", "body", "month"):
        assert (rows[made[name].id]["Event Date"], rows[made[name].id]["EDTF Date"]) == ("", made[name].date)


def test_a_date_of_publication_is_only_what_the_source_says(record: Record, made: dict[str, Statement]) -> None:
    rows = {row["Event ID"]: row for row in table(record, "polecat")}
    assert (rows[made["month"].id]["Publication Date"], rows[made["month"].id]["Event Date"]) == ("", "")
    (fact,) = table(record, "polecat", "facts")  # quotes its Arabic statement first, whose source says nothing
    assert fact["Publication Date"] == ""


def test_who_acts_together(record: Record, made: dict[str, Statement]) -> None:
    together = made["together"].id
    (row,) = (row for row in table(record, "polecat") if row["Event ID"] == together)
    assert (row["Actor Country"], row["Recipient Country"]) == ("PAK; SYR", "")
    pairs = [(row["Source Country"], row["Target Country"]) for row in table(record, "icews") if row["Event ID"].startswith(together)]
    assert pairs == [("Pakistan", "Syria"), ("Syria", "Pakistan")]
    assert len({row["Event ID"] for row in table(record, "icews")}) == len(table(record, "icews"))


def test_icews_tells_an_event(record: Record, made: dict[str, Statement]) -> None:
    rows = table(record, "icews")
    assert tuple(rows[0])[: len(ICEWS)] == ICEWS
    row = next(row for row in rows if row["Event ID"] == made["day"].id)
    expected = {
        "Event Date": "2014-02-17", "Source Country": "Pakistan", "Target Country": "Syria", "Target Sectors": "Government",
        "CAMEO Code": "04", "Story ID": "trade.en", "Sentence Number": "1", "Intensity": "",
    }  # fmt: skip
    assert {name: row[name] for name in expected} == expected
    numbers = {row["Event ID"].split(".")[0]: row["Sentence Number"] for row in rows}
    assert [numbers[made[name].id] for name in ("awkward", "together", "body", "month")] == ["2", "3", "7", "1"]


def test_a_type_of_several_cameo_codes_has_none(record: Record, made: dict[str, Statement]) -> None:
    row = next(row for row in table(record, "icews") if row["Event ID"].startswith(made["together"].id))
    assert (row["Event Text"], row["CAMEO Code"], row["CAMEO Roots"]) == ("AGREE", "", "03;057")


@pytest.mark.parametrize("format", ["polecat", "icews"])
def test_a_fact_is_one_event(record: Record, made: dict[str, Statement], format: str) -> None:
    (row,) = table(record, format, "facts")
    assert (row["Event ID"], row["Event Date"], row["Statements"]) == ("f" * 32, "2014-02-17", "2")
    assert row["Quote"] == made["month"].quote


class PloverActor(msgspec.Struct, forbid_unknown_fields=True):
    code: str
    sector: str
    actor_text: str


class PloverEvent(msgspec.Struct, forbid_unknown_fields=True):
    """The fields of the PLOVER manual that are written, and the three beyond it."""

    id: str
    date: str
    source: list[PloverActor]
    recipient: list[PloverActor]
    event: list[str]
    quad_code: int
    context: list[str]
    event_text: list[str]
    text_info: list[dict[str, int | str]]
    cite_info: list[dict[str, str]]
    coder: str
    edtf: str
    modality: str
    attribution: str
    enddate: str = ""


def test_plover_keeps_to_its_schema(record: Record, made: dict[str, Statement]) -> None:
    stream = io.BytesIO()
    assert find_format("plover").write(record, stream, "statements") == 5
    found = {one.id: one for one in (msgspec.json.decode(line, type=PloverEvent) for line in stream.getvalue().splitlines())}
    day, body, month = (found[made[name].id] for name in ("day", "body", "month"))
    assert (day.date, day.enddate, day.event, day.quad_code, day.context) == ("2014-02-17", "", ["CONSULT"], 1, ["diplomatic"])
    assert (body.date, body.enddate, body.source[0].code, body.context) == ("1974-02-22", "1974-02-24", "IGO", [])
    assert (month.date, month.edtf) == ("", "2014-02")
    assert [actor.code for actor in found[made["together"].id].source] == ["PAK", "SYR"]
    awkward = found[made["awkward"].id]
    assert (awkward.event_text, awkward.attribution) == ([made["awkward"].quote], "Reuters; AP")


def test_plover_of_facts_has_all_quotes(record: Record, made: dict[str, Statement]) -> None:
    stream = io.BytesIO()
    assert find_format("plover").write(record, stream, "facts") == 1
    fact = json.loads(stream.getvalue())
    assert fact["event_text"] == [made["month"].quote, made["day"].quote]
    assert [info["statement"] for info in fact["cite_info"]] == [made["month"].id, made["day"].id]


def test_event_layouts_hold_no_links(record: Record) -> None:
    for format in ("polecat", "icews", "plover", "trig", "jsonld", "graphml", "ical"):
        with pytest.raises(QueryError, match="holds no links") as caught:
            check_part(format, "links")
        assert "statements or facts" in caught.value.advice
    with pytest.raises(QueryError, match="no 'words'"):
        check_part("csv", "words")


@pytest.mark.parametrize("format", ["csv", "polecat", "icews", "plover", "trig", "jsonld", "graphml", "ical"])
def test_a_fact_whose_statements_conflict_has_empty_slots(record: Record, made: dict[str, Statement], format: str) -> None:
    """No format stumbles over them, and no table of events has an event of no type."""
    day, month = made["day"], made["month"]
    told = Fact("d" * 32, (month.id, day.id), "event", "", "", (), (), "", "", "asserted")
    linked.replace(record, linked.Parts(facts=[told]), "again")
    stream = io.BytesIO()
    count = find_format(format).write(record, stream, "facts")
    assert count == (1 if format in ("csv", "trig", "jsonld") else 0)


def test_every_type_of_event_has_its_place_in_the_crosswalks() -> None:
    assert set(crosswalk.QUAD) == set(crosswalk.CAMEO) == set(EVENTS)
    for name, codes in crosswalk.CAMEO.items():
        assert all(name in (crosswalk.from_cameo(code) or ()) for code in codes), name
    assert len(POLECAT) == 40 and len(ICEWS) == 20 and len(GDELT) == 61
