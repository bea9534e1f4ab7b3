"""The page stands alone, reads from right to left in Arabic, and lets nothing of a text become markup; the chart is whole XML."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import msgspec
import pytest

from dragoman.answers.chart import draw
from dragoman.answers.facts import Entry, alone
from dragoman.answers.page import interface
from dragoman.answers.parties import state
from dragoman.answers.report import report
from dragoman.errors import QueryError
from dragoman.languages import available, load
from dragoman.record import Record, linked
from dragoman.statement import TYPES, Conflict
from making import CODER, make_document, make_statement

PAK, SYR = state("PAK"), state("SYR")
SLY = 'Pakistan has an embassy in <b onload="x">Damascus</b> & met \x07Syria.'
ENGLISH = make_document("a.en", SLY, "Pakistan opposes <i>war</i> in Syria.", title="<script>alert(1)</script>", edition="2024")
ARABIC = make_document("a.ar", "زار وزير الخارجية السوري باكستان.", language="ar")


@pytest.fixture
def record(tmp_path: Path) -> Iterator[Record]:
    with Record.open(tmp_path / "r.duckdb", create=True) as opened:
        mission = make_statement(ENGLISH, 0, id="mission", kind="tie", type="MISSION", date="197X")
        stand = make_statement(
            ENGLISH, 1, id="stand", kind="position", type="OPPOSES", issue="<i>war</i> in Syria", date="2014", by="<u>he</u>"
        )
        opened.add(ENGLISH, [mission, stand], CODER)
        opened.add(ARABIC, [make_statement(ARABIC, 0, "SYR", "PAK", id="visit", date="2015-03-02")], CODER)
        linked.replace(opened, linked.Parts(conflicts=[Conflict("c", "order", ("mission", "visit"), "The <order> cannot be.")]), "linker")
        yield opened


class Elements(HTMLParser):
    """Every element with its attributes, and whether each that opens is closed."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))
        if tag != "meta":
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


@pytest.mark.parametrize("ui", ["en", "ar"])
def test_a_page_is_whole_and_needs_nothing_else(record: Record, ui: str) -> None:
    page = report(record, PAK, SYR, ui)
    elements = Elements(page)
    assert elements.open == []
    html = next(attributes for tag, attributes in elements.found if tag == "html")
    assert (html["lang"], html["dir"]) == (ui, load(ui).sentences.direction)
    assert not re.search(r"""(?:src|href)=["'](?!#)|url\(|@import""", page), "nothing is fetched"
    assert not re.search(r"(?:margin|padding|border)-(?:left|right)|[\s;{](?:left|right):|text-align:\s*(?:left|right)", page)
    ids = [attributes["id"] for _, attributes in elements.found if "id" in attributes]
    assert len(ids) == len(set(ids))
    targets = {attributes["href"] for tag, attributes in elements.found if tag == "a"}
    assert targets and targets <= {f"#{id}" for id in ids}
    quotes = [attributes for tag, attributes in elements.found if tag == "blockquote"]
    assert {(quote["lang"], quote["dir"]) for quote in quotes} == {("en", "ltr"), ("ar", "rtl")}


@pytest.mark.parametrize("ui", ["en", "ar"])
def test_nothing_of_a_text_becomes_markup(record: Record, ui: str) -> None:
    page = report(record, PAK, SYR, ui)
    assert not {tag for tag, _ in Elements(page).found} & {"script", "b", "i", "u", "order"}
    assert "&lt;script&gt;" in page and "&lt;order&gt;" in page


def test_arabic_words_of_its_own(record: Record) -> None:
    page = report(record, PAK, SYR, "ar")
    assert "باكستان وسوريا" in page
    for word in ("Summary", "stated", "last known", "Pakistan and"):
        assert f">{word}" not in page


def test_interfaces_have_the_same_words() -> None:
    def keys(value: Any) -> Any:
        return {key: keys(inner) for key, inner in value.items()} if isinstance(value, dict) else str(value).count("{}")

    english = keys(interface("en"))
    assert keys(interface("ar")) == english
    types = {name for names in TYPES.values() for name in names}
    things = {thing for language in available() for some in load(language).ties.things.values() for thing in some}
    for language in ("en", "ar"):
        assert set(interface(language)["types"]) == types
        assert set(interface(language)["things"]) == things
    with pytest.raises(QueryError, match="'fr'"):
        interface("fr")


def draw_dates(*dates: str, direction: str = "ltr") -> ElementTree.Element:
    document = make_document("a.en", SLY)
    statement = make_statement(document)
    entries: list[Entry] = [alone(msgspec.structs.replace(statement, id=f"s{n}", date=date)) for n, date in enumerate(dates)]
    return ElementTree.fromstring(draw(entries, "A & B", direction=direction))


def test_marks_show_how_exact_a_date_is() -> None:
    space = {"s": "http://www.w3.org/2000/svg"}
    shapes = {}
    for date in ("1975-03-02", "197X", "1973/1977", "1973/.."):
        (mark,) = draw_dates(date).findall(".//s:a", space)
        shapes[date] = [element.tag.split("}")[1] for element in mark if not element.tag.endswith("title")]
    assert shapes["1975-03-02"] == ["circle"]
    assert shapes["197X"] == ["line", "line", "line", "circle"], "a bar, two whiskers, and an empty dot"
    assert shapes["1973/1977"] == ["line"]
    assert shapes["1973/.."] == ["line", "path"]


def test_a_chart_is_named_and_undated_entries_are_left_out() -> None:
    space = {"s": "http://www.w3.org/2000/svg"}
    root = draw_dates("1975", "", "2014-02-17", "1975", direction="rtl")
    assert root.findtext("s:title", None, space) == "A & B"
    assert root.find("s:desc", space) is not None
    marks = root.findall(".//s:a", space)
    assert sorted(mark.get("href", "") for mark in marks) == ["#e-s0", "#e-s2", "#e-s3"]
    titles = [mark.findtext("s:title", "", space) for mark in marks]
    assert all("Damascus</b>" in title and "\x07" not in title for title in titles)
    assert len(draw_dates().findall(".//s:a", space)) == 0


def test_what_lies_far_before_all_else_does_not_press_it_together() -> None:
    stands = [make_statement(ENGLISH, 1, id=f"s{year}", kind="position", type="OPPOSES", date=str(year)) for year in range(1990, 2010)]
    old = make_statement(ENGLISH, 0, id="old", kind="tie", type="MISSION", date="0711/..")
    chart = draw([alone(one) for one in (*stands, old)], "t")
    years = [int(year) for year in re.findall(r'text-anchor="middle">(\d+)<', chart)]
    assert min(years) >= 1990
    mark = re.search(r'<a href="#e-old">.*?</a>', chart)
    assert mark and mark[0].count('<path class="tie"') == 2, "an arrow at either end"
    alike = draw([alone(one) for one in (stands[0], stands[1], old)], "t")
    assert min(int(year) for year in re.findall(r'text-anchor="middle">(\d+)<', alike)) < 1000, "of three none is left out"


def test_lanes_of_actors_show_how_each_stands() -> None:
    one = alone(make_statement(ENGLISH, 1, id="one", kind="position", type="OPPOSES", date="2014-02-03"))
    other = alone(make_statement(ENGLISH, 1, id="other", kind="position", type="SUPPORTS", date="2015"))
    none = alone(make_statement(ENGLISH, 1, id="none", kind="position", type="NEUTRAL", date="2016-01-01"))
    chart = draw([one, other, none], "t", actors={"Pakistan": [one], "Syria & co": [other, none], "Iran": []})
    lanes = re.findall(r'<g role="group" aria-label="([^"]+)">(.*?)</g>', chart)
    assert [name for name, _ in lanes] == ["Pakistan", "Syria &amp; co"]
    assert [drawn.count('class="sign') for _, drawn in lanes] == [1, 1]
    ElementTree.fromstring(chart)
