"""Event data of others, in files of our own writing in their layouts: good rows are read, bad ones told with their line."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.errors import QueryError, ReadingError
from dragoman.reading.events import Foreign, Read, read_events
from dragoman.reading.events.crosswalk import from_cameo, from_plover
from dragoman.reading.events.layouts import GDELT, ICEWS, POLECAT


def line(columns: tuple[str, ...], **values: str) -> str:
    """A row with tabs; a column by its name, with _ for a space."""
    given = {name.replace("_", " ") if name.replace("_", " ") in columns else name: value for name, value in values.items()}
    assert set(given) <= set(columns)
    return "\t".join(given.get(name, "") for name in columns)


def icews(date: str = "2014-02-17", code: str = "040", source: str = "Pakistan", target: str = "Syria", id: str = "1") -> str:
    return line(ICEWS, Event_ID=id, Event_Date=date, CAMEO_Code=code, Source_Country=source, Target_Country=target, Event_Text="Consult")


def read(tmp_path: Path, *lines: str, layout: str = "", header: tuple[str, ...] | None = ICEWS) -> Read:
    path = tmp_path / "theirs.tab"
    path.write_text("\n".join([*(["\t".join(header)] if header else []), *lines]) + "\n", "utf-8")
    return read_events(path, layout)


def test_icews(tmp_path: Path) -> None:
    found = read(tmp_path, icews(), icews("1999-12-31", "1831", "United States", "", "2"))
    assert (found.layout, found.rows, found.first, found.last, found.troubles) == ("icews", 2, "1999-12-31", "2014-02-17", ())
    assert found.events == (
        Foreign(2, "1", "2014-02-17", "040", ("CONSULT",), ("PAK",), ("SYR",), "Consult"),
        Foreign(3, "2", "1999-12-31", "1831", ("ASSAULT",), ("USA",), (), "Consult"),
    )


def test_polecat(tmp_path: Path) -> None:
    row = line(
        POLECAT, Event_ID="P1", Event_Date="2020-01-02", Event_Type="REQUEST", Actor_Country="PAK; SYR", Recipient_Country="None",
        Event_Mode="assist",
    )  # fmt: skip
    (event,) = read(tmp_path, row, header=POLECAT).events
    assert event == Foreign(2, "P1", "2020-01-02", "REQUEST", ("REQUEST",), ("PAK", "SYR"), (), "assist")


def test_gdelt_has_no_header(tmp_path: Path) -> None:
    row = line(
        GDELT, GLOBALEVENTID="7", SQLDATE="20150218", Actor1CountryCode="ROM", Actor2CountryCode="SYR", EventCode="057", SOURCEURL="u"
    )
    region = line(GDELT, GLOBALEVENTID="8", SQLDATE="20150219", Actor1CountryCode="AFR", Actor2CountryCode="SYR", EventCode="010")
    found = read(tmp_path, row, region, header=None)
    assert (found.layout, found.rows, found.last) == ("gdelt", 2, "2015-02-19")
    assert found.events == (Foreign(1, "7", "2015-02-18", "057", ("AGREE", "SUPPORT"), ("ROU",), ("SYR",), "u"),)


@pytest.mark.parametrize("delimiter", [",", ";"])
def test_acled(tmp_path: Path, delimiter: str) -> None:
    rows = (
        ("event_id_cnty", "event_date", "time_precision", "event_type", "actor1", "actor2", "notes"),
        ("X1", "17 February 2014", "1", "Battles", "Military Forces of Syria (2000-2024)", "Military Forces of Israel (2022-)", '"a\nb"'),
        ("X2", "2014-02-17", "3", "Protests", "Protesters (Pakistan)", "", "n"),
        ("X3", "2014-02-17", "2", "Riots", "Unidentified Armed Group", "Civilians (Jordan)", "n"),
    )
    path = tmp_path / "acled.csv"
    path.write_text("\n".join(delimiter.join(row) for row in rows), "utf-8-sig")
    found = read_events(path)
    assert found.troubles == ()
    assert [(one.line, one.date, one.types, one.source, one.target) for one in found.events] == [
        (2, "2014-02-17", ("ASSAULT",), ("SYR",), ("ISR",)),
        (4, "2014-02", ("PROTEST",), ("PAK",), ()),
        (5, "2014-02-10/2014-02-24", ("PROTEST",), (), ("JOR",)),
    ]
    assert found.events[0].text == "a\nb"


def test_bad_rows_are_told_with_their_line_and_the_rest_is_read(tmp_path: Path) -> None:
    lines = [
        icews(id="a"), "cut short\t2014", icews("2014-13-01"), icews("", id="c"), icews(code="99x"),
        icews(source="Atlantis", id="d"), icews(source="Atlantis", id="e"), "", icews(id='f"'), icews(id="g"),
    ]  # fmt: skip
    found = read(tmp_path, *lines)
    assert [one.id for one in found.events] == ["a", "d", "e", 'f"', "g"]
    assert found.events[1].source == ()
    told = [(one.line, one.rows, one.what) for one in found.troubles]
    assert told == [
        (3, 1, "2 columns where there should be 20"),
        (4, 1, "no date '2014-13-01'"),
        (5, 1, "no date"),
        (6, 1, "no CAMEO code '99x'"),
        (7, 2, "no state is known as 'Atlantis'; the row is read without it"),
    ]


def test_a_quotation_mark_that_is_never_closed_spoils_one_row(tmp_path: Path) -> None:
    path = tmp_path / "acled.csv"
    rows = ["event_id_cnty,event_date,event_type,actor1,actor2", 'X0,2014-02-16,"Battles,x,y']
    rows += [f"X{number},2014-02-17,Battles,Protesters (Syria),z" for number in range(1, 250)]
    path.write_text("\n".join(rows), "utf-8")
    found = read_events(path)
    assert [one.id for one in found.events] == [f"X{number}" for number in range(1, 250)]
    assert [(one.line, one.rows) for one in found.troubles] == [(2, 1)]


@pytest.mark.parametrize(
    ("content", "message"),
    [(b"", "empty"), (b"a,b,c\n1,2,3\n", "columns are not those"), (b"PK\x03\x04rest", "ZIP archive"), (b"\x1f\x8bx", "gzip")],
)
def test_what_is_no_event_data(tmp_path: Path, content: bytes, message: str) -> None:
    path = tmp_path / "file"
    path.write_bytes(content)
    with pytest.raises(ReadingError, match=message):
        read_events(path)


def test_a_file_that_is_not_there_and_a_layout_that_is_unknown(tmp_path: Path) -> None:
    with pytest.raises(ReadingError, match="cannot be read"):
        read_events(tmp_path / "none")
    with pytest.raises(ReadingError, match="cannot be read"):
        read_events(tmp_path)
    with pytest.raises(QueryError, match="no layout 'cow'"):
        read_events(tmp_path / "none", "cow")
    path = tmp_path / "p.tab"
    path.write_text("\t".join(POLECAT) + "\n")
    assert read_events(path).rows == 0
    with pytest.raises(ReadingError, match="not those of icews"):
        read_events(path, "icews")


@pytest.mark.parametrize(
    ("code", "types"),
    [("010", ()), ("02", ("REQUEST",)), ("0871", ("RETREAT",)), ("192", ("COERCE",)), ("195", ("ASSAULT",)), ("21", None), ("x", None)],
)
def test_cameo(code: str, types: tuple[str, ...] | None) -> None:
    assert from_cameo(code) == types


def test_older_names_of_plover() -> None:
    assert (from_plover("demand"), from_plover("ASSAULT"), from_plover("CRIME")) == (("REQUEST",), ("ASSAULT",), None)


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"]), max_size=30), max_size=8))
def test_no_file_ends_in_a_traceback(tmp_path_factory: pytest.TempPathFactory, lines: list[str]) -> None:
    """Every line is either a row, or told, or blank; good rows around rubbish stay."""
    path = tmp_path_factory.mktemp("any") / "f.tab"
    path.write_text("\n".join(["\t".join(ICEWS), icews(id="first"), *lines, icews(id="last")]), "utf-8", newline="")
    found = read_events(path)
    assert found.events[0].id == "first"
    assert found.events[-1].id == "last" or any("quotation" in one.what or "columns" in one.what for one in found.troubles)
