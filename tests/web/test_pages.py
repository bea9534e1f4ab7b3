"""Every page is whole in both languages, says what its twins say, and leads from its numbers to rows and from rows to quotes."""

from __future__ import annotations

import csv
import io
import json
import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import quote

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from served import Shown

from dragoman.answers.aligned import merge
from dragoman.answers.explanation import mark
from dragoman.answers.page import interface
from dragoman.languages import load
from dragoman.statement import SentenceLink
from dragoman.web.lists import _GAPS
from dragoman.web.site import MENU, PAGES
from dragoman.web.view import write_csv

HOSTILE = quote('<script>alert("x")</script><img src=x onerror=alert(1)>\u202egpj.exe\u202c')
csv.field_size_limit(2_000_000)
ADDRESSES = (
    "/",
    "/ask",
    "/ask?q=Did Pakistan sign a treaty with Syria%3F",
    "/state?of=PAK",
    "/state?of=سوريا",
    "/dyad?a=PAK&b=SYR",
    "/dyad?a=PAK&b=SYR&on=1980&from=1970&type=tie",
    "/ties?a=PAK&b=SYR&on=1974",
    "/issue?name=war in Syria",
    "/issues",
    "/statement?id=mission",
    "/statement?id=sly",
    "/statements",
    "/statements?kind=tie&actor=Syria&below=90",
    "/document?id=visit.en",
    "/document?id=visit.ar&at=embassy",
    f"/document?id={HOSTILE}",
    "/documents",
    "/documents?gap=single",
    "/compare?subject=visit",
    "/conflicts",
    "/conflicts?subject=visit",
    "/method",
    "/review",
    "/review?type=MISSION&actor=Syria",
    "/review?id=mission",
    "/review?id=sly",
    "/judgements",
)


class Elements(HTMLParser):
    """Every element with its attributes; whether each that opens is closed; the text."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.text: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))
        if tag not in ("meta", "link", "input"):
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text.append(data)


def with_ui(address: str, ui: str) -> str:
    return f"{address}{'&' if '?' in address else '?'}ui={ui}"


def test_every_page_is_asked_for() -> None:
    named = {re.match(r"/(\w*)", address)[1] or "home" for address in ADDRESSES}  # type: ignore[index]
    assert named == set(PAGES) | {"ask", "review", "judgements"}
    assert set(MENU) <= named


@pytest.mark.parametrize("ui", ["en", "ar"])
@pytest.mark.parametrize("address", ADDRESSES)
def test_a_page_is_whole(shown: Shown, address: str, ui: str) -> None:
    response = shown(with_ui(address, ui))
    assert response.status_code == 200, response.text[:2000]
    elements = Elements(response.text)
    assert elements.open == []
    html = next(attributes for tag, attributes in elements.found if tag == "html")
    assert (html["lang"], html["dir"]) == (ui, load(ui).sentences.direction)
    ids = [attributes["id"] for _, attributes in elements.found if "id" in attributes]
    assert len(ids) == len(set(ids))
    targets = {attributes["href"] or "" for tag, attributes in elements.found if tag == "a"}
    assert {target[1:] for target in targets if target.startswith("#")} <= set(ids)
    # Each mark of a chart leads to its line; each quote has its language and direction; what should be in a file is in none.
    assert all("lang" in attributes and "dir" in attributes for tag, attributes in elements.found if tag == "blockquote")
    assert not any("style" in attributes or any(name.startswith("on") for name in attributes) for _, attributes in elements.found)
    assert {attributes.get("src") for tag, attributes in elements.found if tag == "script"} == {"/static/site.js"}
    assert not {tag for tag, _ in elements.found} & {"style", "iframe", "object", "img"}
    fetched = {a.get("href") if tag == "link" else a.get("src") for tag, a in elements.found if tag in ("link", "script", "img")}
    assert all(place and place.startswith("/") and not place.startswith("//") for place in fetched)
    labels = [a for tag, a in elements.found if tag in ("input", "select") and a.get("type") != "hidden"]
    assert len(labels) == sum(1 for tag, a in elements.found if tag == "label" or (a.get("aria-label") and tag == "select"))


def test_every_link_of_ours_leads_somewhere(client: httpx.Client, shown: Shown) -> None:
    ours: set[str] = set()
    for address in ADDRESSES:
        page = shown(with_ui(address, "ar")).text
        links = {a["href"] or "" for tag, a in Elements(page).found if tag == "a"}
        own = {link.partition("#")[0] for link in links if link.startswith("/") and not link.startswith("/api/")}
        assert len([link for link in own if "ui=ar" not in link]) == 1, "only the link to the other language leaves that of the page"
        ours |= {link for link in own if "N" * 50 not in link and "ui=ar" in link}
    # One of each shape: of the links to statements the first, of those to a state the first.
    shapes = {re.sub(r"(?<==)[^&]*", "", link): link for link in sorted(ours)}
    assert len(shapes) > 15
    for link in shapes.values():
        response = client.get(link)
        assert response.status_code == 200 or "compare" in link, (link, response.text[:500])


@pytest.mark.parametrize("address", ADDRESSES)
def test_twins(client: httpx.Client, address: str) -> None:
    page, _, query = address.partition("?")
    name = page.strip("/") or "home"
    twin = client.get(f"/{name}.json?{query}")
    assert twin.headers["content-type"] == "application/json"
    assert twin.json() is not None
    table = client.get(f"/{name}.csv?{query}")
    assert table.headers["content-type"] == "text/csv; charset=utf-8"
    listed = list(csv.reader(io.StringIO(table.content.decode("utf-8-sig"))))
    assert all(len(row) == len(listed[0]) for row in listed)
    assert len(listed) > 1 or name in ("method", "documents", "conflicts", "issues", "ask", "judgements")


def test_numbers_are_those_of_the_rows_they_lead_to(client: httpx.Client) -> None:
    counted = client.get("/home.json").json()
    for kind, number in counted["counts"]["statements"].items():
        assert client.get(f"/statements.json?kind={kind}").json()["total"] == number
        assert len(list(csv.DictReader(io.StringIO(client.get(f"/statements.csv?kind={kind}").text)))) == number
    for gap in _GAPS:
        assert len(client.get(f"/documents.json?gap={gap}").json()) == counted["gaps"][f"documents_{gap}"]
    assert client.get("/statements.json?date=none").json()["total"] == counted["gaps"]["statements_undated"] == 1
    for code, number in counted["states"]:
        assert client.get(f"/statements.json?actor={code}").json()["total"] == number


@pytest.mark.parametrize(
    ("question", "quote"),
    [("When did Pakistan sign a treaty with Syria?", "treaty in 1986"), ("متى زار وزير الخارجية باكستان؟", "زار وزير")],
)
def test_an_answer_is_a_quote(client: httpx.Client, question: str, quote: str) -> None:
    page = client.get("/ask", params={"q": question}).text
    assert quote in page and question in page
    first = client.get("/api/v1/ask", params={"q": question}).json()["answers"][0]
    assert quote in first["quote"]
    assert first["id"] == "" or f"/statement?id={first['id']}" in page


def test_ties_as_they_stood(client: httpx.Client) -> None:
    def stood(on: str) -> list[str]:
        return [tie["status"] for tie in client.get(f"/ties.json?a=PAK&b=SYR&on={on}").json() if tie["type"] == "AGREEMENT"]

    assert stood("1980") == ["unknown"]
    assert stood("1990") == ["last known"]
    page = client.get("/dyad?a=PAK&b=SYR&on=1990").text
    assert re.search(r'<input type="range" name="on"[^>]* min="1975" max="1990" value="1990"', page)


def test_a_statement_in_its_place(client: httpx.Client) -> None:
    page = client.get("/statement?id=mission").text
    text = "".join(Elements(page).text)
    assert "Pakistan opened an embassy in Syria in 1975." in text and "signed a treaty" in text, "the whole paragraph"
    assert 'class="m-quote m-source' in page
    assert "افتتحت باكستان" in page, "who else says it, in another language"
    assert "Opened in 1975 and in 1976." in page and "visit.en.txt" in page
    assert client.get("/statement.json?id=miss").json()["statement"]["id"] == "mission", "the beginning of an id is enough"


def test_the_reader_shows_the_text_and_what_was_read_from_it(client: httpx.Client) -> None:
    page = Elements(client.get("/document?id=visit.en").text)
    assert "Syria has said that Pakistan opposes <b>war</b> in Syria." in "".join(page.text)
    assert {a["id"] for tag, a in page.found if tag == "p" and "id" in a} == {"s-mission", "s-stand", "s-treaty"}
    chosen = Elements(client.get("/document?id=visit.en&at=stand").text)
    assert [a["id"] for tag, a in chosen.found if a.get("class") == "chosen"] == ["s-stand"]


@pytest.mark.parametrize("ui", ["en", "ar"])
def test_compared_texts_stand_side_by_side_the_arabic_at_the_right(client: httpx.Client, ui: str) -> None:
    page = client.get(f"/compare?subject=visit&ui={ui}").text
    columns = [a["lang"] for tag, a in Elements(page).found if a.get("role") == "columnheader"]
    assert columns == (["en", "ar"] if ui == "en" else ["ar", "en"]), "the first column stands at the right in a page from right to left"
    rows = client.get("/compare.json?subject=visit").json()["rows"]
    assert {"left": [0], "right": [0], "grade": "same", "differences": []} in rows
    assert sorted(i for row in rows for i in row["left"]) == [0, 1, 2] and sorted(i for row in rows for i in row["right"]) == [0, 1]
    assert page.index("Opened in 1975 and in 1976.") < page.index('class="aligned"'), "conflicts first"


@pytest.mark.parametrize(
    ("address", "status", "said"),
    [
        ("/nothing", 404, "Not Found"),
        ("/dyad?a=PAK", 400, "?b="),
        ("/dyad?a=PAK&b=Atlantis", 400, "Atlantis"),
        ("/dyad?a=PAK&b=SYR&on=soon", 400, "soon"),
        ("/statement?id=zzz", 404, "zzz"),
        ("/document?id=zzz", 404, "zzz"),
        ("/ask?q=Pakistan&mode=loud", 400, "loud"),
        ("/statements?kind=dance", 400, "dance"),
        ("/statements?page=99", 400, "page"),
        ("/compare?subject=nothing", 400, "nothing"),
        ("/?ui=fr", 400, "fr"),
        ("/state?of=" + "x" * 5000, 414, "too long"),
    ],
)
def test_what_cannot_be_shown_is_said(client: httpx.Client, address: str, status: int, said: str) -> None:
    response = client.get(address)
    assert response.status_code == status
    assert said in response.text and "Traceback" not in response.text
    page, _, query = address.partition("?")
    twin = client.get(f"/{page.strip('/') or 'home'}.json?{query}")
    assert twin.headers["content-type"] == "application/problem+json"
    assert twin.json()["status"] == twin.status_code


def test_interfaces_have_the_same_words() -> None:
    def keys(value: Any) -> Any:
        return {key: keys(inner) for key, inner in value.items()} if isinstance(value, dict) else str(value).count("{}")

    assert keys(interface("ar", "dragoman.web")) == keys(interface("en", "dragoman.web"))


def test_only_logical_directions() -> None:
    """What is at the left in English is at the right in Arabic: no style sheet or template may know which."""
    root = Path(__file__).resolve().parents[2] / "src" / "dragoman"
    files = [file for room in ("web", "answers") for file in (root / room).rglob("*") if file.suffix in (".css", ".html")]
    assert len(files) > 10
    for file in files:
        text = file.read_text("utf-8")
        assert not re.search(
            r"(?:margin|padding|border|inset|float|clear|text-align)[\w-]*:\s*(?:left|right)|-(?:left|right)\b|[\s;{](?:left|right)\s*:",
            text,
        ), file
        assert not re.search(
            r"(?<!-)\b(?:width|height):|(?:margin|padding)-(?:top|bottom)", re.sub(r"\((?:max|min)-width:[^)]*\)", "", text)
        ), file


@given(st.text(min_size=1, max_size=60), st.data())
def test_marked_pieces_are_the_text(text: str, data: st.DataObject) -> None:
    place = st.integers(-5, len(text) + 5)
    spans = data.draw(st.lists(st.tuples(st.sampled_from(["source", "date"]), place, place), max_size=6))
    pieces = mark(text, 0, len(text), spans)
    assert "".join(piece.text for piece in pieces) == text
    end = 0
    for piece in pieces:
        for at in range(end, end + len(piece.text)):
            assert set(piece.marks) == {name for name, first, last in spans if first <= at < last}
        end += len(piece.text)


@given(st.integers(0, 8), st.integers(0, 8), st.data())
def test_every_sentence_is_in_a_row(left: int, right: int, data: st.DataObject) -> None:
    pairs = data.draw(st.lists(st.tuples(st.integers(0, left - 1), st.integers(0, right - 1)), max_size=5)) if left and right else []
    rows = merge(left, right, [SentenceLink("a", (one,), "b", (other,), "same", 1.0) for one, other in pairs])
    assert {i for row in rows for i in row.left} == set(range(left))
    assert {i for row in rows for i in row.right} == set(range(right))
    assert [row.left[0] for row in rows if row.left] == sorted(row.left[0] for row in rows if row.left)
    alone = [row for row in rows if row.grade == "none"]
    assert len({(row.left, row.right) for row in alone}) == len(alone)


@pytest.mark.parametrize(("value", "written"), [("=1+1", "'=1+1"), ("-x", "'-x"), ("-0044", "-0044"), ("@x", "'@x"), ("1948", "1948")])
def test_a_spreadsheet_takes_nothing_for_a_formula(value: str, written: str) -> None:
    (row,) = csv.DictReader(io.StringIO(write_csv([{"a": value}]).decode("utf-8-sig")))
    assert row["a"] == written


def test_pages_that_were_had_are_not_sent_again(client: httpx.Client) -> None:
    first = client.get("/")
    assert client.get("/", headers={"If-None-Match": first.headers["etag"]}).status_code == 304
    assert client.get("/?ui=ar", headers={"If-None-Match": first.headers["etag"]}).status_code == 200
    assert json.loads(client.get("/home.json").content)["counts"]["documents"] == 3


def test_no_word_is_hidden_by_a_method() -> None:
    """`words.keys` in a template would be the method of a dictionary."""
    assert not set(interface("en", "dragoman.web")) & set(dir(dict))
