"""HTML becomes the text that a reader of the page came for."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.errors import ReadingError
from dragoman.reading import Limits, find, html, read

PAGE = """<!doctype html><html lang="en"><head><title>Iraq and Jordan | Desk</title><meta charset="utf-8">
<meta property="og:title" content="Iraq and Jordan"><meta property="article:published_time" content="2014-05-06T10:00:00Z">
<link rel="canonical" href="https://desk.example/iraq-jordan"><style>p {color: red}</style></head>
<body><header><h1>The Desk</h1></header><nav><ul><li><a href="/">Home</a></li></ul></nav>
<main><h1>Iraq &amp; Jordan</h1><p>The <b>two</b> kings met<sup class="reference"><a href="#n1">[1]</a></sup> in
Amman.<br>They signed a treaty.</p><script>var x = "Iraq attacked Jordan.";</script>
<ul><li>Trade in <i>oil</i><li><p>Flights</p></li><li><a href="x">Iraq attacks Jordan, a headline</a></li></ul>
<table><caption>Visits</caption><tr><th>Year</th><th>Who</th></tr><tr><td>1958</td><td><p>Faisal</p></td></tr>
</table>after the table<p style="display: none">Unseen.</p><p hidden>Hidden.</p><!-- a comment -->
<figure><img src="x"><figcaption>In Amman.</figcaption></figure>
<h2>Today</h2><blockquote>They are friends, E=mc<sup>2</sup>.</blockquote></main>
<aside>Also read</aside><footer>All rights</footer></body></html>"""


def lines(source: str | bytes, role: str) -> list[str]:
    draft = html.read(source, "x.html")
    return [draft.text[slice(*line)] for block in draft.blocks or () if block.role == role for line in block.lines]


def test_what_is_read_and_what_is_left() -> None:
    assert lines(PAGE, "heading") == ["Iraq & Jordan", "Today"]
    assert lines(PAGE, "body") == [
        "The two kings met in Amman. They signed a treaty.",
        "after the table",
        "They are friends, E=mc2.",
    ]
    assert lines(PAGE, "list") == ["Trade in oil", "Flights"]
    assert lines(PAGE, "field") == ["Iraq attacks Jordan, a headline", "Visits", "Year | Who", "1958 | Faisal", "In Amman."]


def test_the_head_tells_of_the_document(tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text(PAGE)
    document = read(find([tmp_path])[0])
    assert (document.title, document.language, document.published) == ("Iraq and Jordan", "en", "2014-05-06")
    assert document.source == "https://desk.example/iraq-jordan"
    assert (document.id, document.edition) == ("page", "")
    assert [(section.title, section.level) for section in document.sections] == [("Iraq & Jordan", 1), ("Today", 2)]


def test_a_date_of_publication_is_the_date_of_nothing_else(tmp_path: Path) -> None:
    """The same page, published or not, tells the same and of the same days."""
    from dragoman.coding import code

    told = []
    for name, page in (("a", PAGE), ("b", PAGE.replace("2014-05-06", ""))):
        (tmp_path / name).mkdir()
        (tmp_path / name / "page.en.html").write_text(page)
        document = read(find([tmp_path / name])[0])
        told.append([(statement.quote, statement.type, statement.date) for statement in code(document)])
        assert document.published == ("2014-05-06" if name == "a" else "")
    assert told[0] == told[1] and told[0]
    assert not any("2014" in date for _, _, date in told[0])


def test_a_page_without_a_main_part_is_read_as_a_whole() -> None:
    assert html.read("<p>One.<p>Two.<div>Three <span>four</span></div>five", "x").text == "One.\n\nTwo.\n\nThree four\n\nfive"
    assert html.read("<li>One<li>Two", "x").text == "One\nTwo"
    assert html.read("", "x").text == html.read("<nav>Menu</nav>", "x").text == ""


def test_the_encoding_that_a_page_names_is_used() -> None:
    arabic = "<meta charset=windows-1256><p>زار الملك عمان.</p>".encode("windows-1256")
    draft = html.read(arabic, "x")
    assert draft.text == "زار الملك عمان."
    assert draft.encoding == "cp1256" and "cp1256" in draft.notes[0]
    assert html.read("<p>عمان</p>".encode(), "x").text == "عمان"
    assert html.read("<p>عمان</p>".encode("utf-16"), "x").text == "عمان"
    assert html.read(b"<meta charset=nonsense><p>Amman</p>", "x").text == "Amman"


def test_a_page_nested_out_of_all_measure_is_refused() -> None:
    assert html.read("<div>" * 1900 + "Amman", "x").text == "Amman"
    with pytest.raises(ReadingError, match="more than 2,000 deep"):
        html.read("<div>" * 2001 + "Amman", "x.html")
    assert html.read("<div>" * 2001 + "Amman", "x", Limits(deepest=200)).text == "Amman"
    assert html.read("<p>Amman" * 5000, "x").text.count("Amman") == 5000


def test_a_page_without_text_is_refused(tmp_path: Path) -> None:
    (tmp_path / "x.en.html").write_text("<nav>Menu</nav>")
    with pytest.raises(ReadingError, match="no text"):
        read(find([tmp_path])[0])


@given(st.text(alphabet="<>/abpdivultrh1 =\"'&;-!", max_size=200))
def test_nothing_fails_and_every_span_is_a_line(source: str) -> None:
    draft = html.read(source, "x")
    for block in draft.blocks or ():
        for start, end in block.lines:
            line = draft.text[start:end]
            assert line and line == line.strip() and "\n" not in line
