"""Headings, lists, fields and paragraphs, found by their marks or their look."""

from __future__ import annotations

import pytest

from dragoman.reading import parse
from dragoman.statement import Document

PROSE = "The two governments agreed on a treaty of friendship, which both parliaments approved within the year. It is still in force."


def shape(document: Document) -> list[tuple[str, str]]:
    return [(sentence.role, document.text[sentence.start : sentence.end]) for sentence in document.sentences]


def outline(document: Document) -> list[tuple[int, str, int]]:
    for section in document.sections:
        assert document.text[section.start : section.end] == section.title
    return [(section.level, section.title, section.parent) for section in document.sections]


@pytest.mark.parametrize(
    ("line", "level", "title"),
    [
        ("= Title =", 1, "Title"),
        ("==Two==", 2, "Two"),
        ("=== Three words here ===", 3, "Three words here"),
        ("  ==Indented==  ", 2, "Indented"),
        ("=======Deep=======", 7, "Deep"),
        ("== A = B ==", 2, "A = B"),
        ("=== Uneven ==", 2, "Uneven"),
        ("== علاقات ==", 2, "علاقات"),
        ("\u200f== علاقات ==\u200f", 2, "علاقات"),
        ("# One", 1, "One"),
        ("## Two ##", 2, "Two"),
        ("### C#", 3, "C#"),
        ("#\tTab", 1, "Tab"),
    ],
)
def test_headings_with_marks(line: str, level: int, title: str) -> None:
    document = parse(f"{line}\n{PROSE}", "x.en")
    assert outline(document) == [(level, title, -1)]
    assert shape(document)[0] == ("heading", title)
    assert [sentence.section for sentence in document.sentences] == [0, 0, 0]
    assert document.title == (title if level == 1 else "")


@pytest.mark.parametrize(
    "line", ["#hashtag is no heading, says the ministry.", "==", "= =", "x == y, they said.", "== not closed, they said."]
)
def test_what_is_no_heading(line: str) -> None:
    assert not parse(f"{line}\n{PROSE}", "x.en").sections


def test_sections_are_nested() -> None:
    text = "Before.\n= A =\n== B ==\n==== C ====\n=== D ===\nText here.\n== E ==\n= F =\n"
    document = parse(text, "x.en")
    assert outline(document) == [(1, "A", -1), (2, "B", 0), (4, "C", 1), (3, "D", 1), (2, "E", 0), (1, "F", -1)]
    assert [sentence.section for sentence in document.sentences] == [-1, 0, 1, 2, 3, 3, 4, 5]


def test_lines_drawn_under_a_heading() -> None:
    text = f"Big\n===\n\nSmall\n---\n\n{PROSE}\n\n---\n\n{PROSE}"
    assert outline(parse(text, "x.en", markdown=True)) == [(1, "Big", -1), (2, "Small", 0)]
    # In plain text a dashed line only divides.
    assert outline(parse(text, "x.en"))[0] == (1, "Big", -1)
    assert ("heading", "---") not in shape(parse(text, "x.en"))


def test_lists() -> None:
    text = (
        "The parties are:\n- Syria. It signed.\n* Iraq\n• Iran\n•Oman\n1. Egypt\n2) Libya,\n   which came late\n\n"
        "-5 degrees were measured.\n3.5 per cent."
    )
    document = parse(text, "x.en")
    assert shape(document) == [
        ("body", "The parties are:"),
        ("list", "Syria."),
        ("list", "It signed."),
        ("list", "Iraq"),
        ("list", "Iran"),
        ("list", "Oman"),
        ("list", "Egypt"),
        ("list", "Libya,\n   which came late"),
        ("body", "-5 degrees were measured."),
        ("body", "3.5 per cent."),
    ]
    assert [sentence.paragraph for sentence in document.sentences] == [0, 1, 1, 2, 3, 4, 5, 6, 7, 7]


def test_fields_of_boxes_and_tables() -> None:
    text = (
        f"Infobox country\n- Map: Locator.png\nCapital Damascus\n\n{{{{Infobox\n| leader = Assad\n}}}}\n{{| class\n|-\n| a || b\n|}}\n\n"
        f"- Flag: Flag of Syria.svg\n\nCapital: Damascus\nPopulation: 20 million\n\n{PROSE}"
    )
    assert [piece for role, piece in shape(parse(text, "x.en")) if role == "field"] == [
        "Infobox country", "Map: Locator.png", "Capital Damascus", "Infobox", "leader = Assad", "class", "a || b",
        "Flag: Flag of Syria.svg", "Capital: Damascus", "Population: 20 million",
    ]  # fmt: skip


def test_speech_is_not_taken_for_fields() -> None:
    assert {role for role, _ in shape(parse("Assad: We will sign.\nKhan: So will we.", "x.en"))} == {"body"}


def test_markdown_quotes_and_code() -> None:
    text = f"# A\n\n> Syria has signed.\n\n```python\nx = 1. y = 2.\n- z\n```\n\n```inline``` is prose.\n\n{PROSE}"
    assert shape(parse(text, "x.en", markdown=True))[:6] == [
        ("heading", "A"), ("body", "Syria has signed."), ("field", "python"), ("field", "x = 1. y = 2."), ("field", "z"),
        ("body", "```inline``` is prose."),
    ]  # fmt: skip


def test_headings_without_marks() -> None:
    text = (
        f"Ruritania\n\nSummary\n{PROSE}\n\nDiplomatic Relations\n\nRecognition of Independence by the Duchy of Strelsau, 1922.\n{PROSE}\n\n"
        f"Relations Severed by the Duchy, 1967.\nThe Duchy severed relations in June of that year, {PROSE}\n\nTrade\n\n{PROSE}"
    )
    document = parse(text, "x.en")
    assert outline(document) == [
        (1, "Ruritania", -1),
        (2, "Summary", 0),
        (2, "Diplomatic Relations", 0),
        (3, "Recognition of Independence by the Duchy of Strelsau, 1922.", 2),
        (3, "Relations Severed by the Duchy, 1967.", 2),
        (2, "Trade", 0),
    ]
    assert document.title == "Ruritania"


@pytest.mark.parametrize(
    "text",
    [
        f"President Assad was in Moscow.\n{PROSE}",  # a sentence with a verb
        f"The king visited the old city.\n{PROSE}",  # small letters
        f"Ruritania Expels Envoy After Long Dispute Over Fishing Rights In Strelsau\n{PROSE}",  # a headline right above is news
        f"{PROSE}\n\nGeneva, Switzerland,\n\n{PROSE}",
        f"{PROSE}\n\nand so on\n\n{PROSE}",
        f"{PROSE}\n\nhttps://example.org/page\n\n{PROSE}",
        f"{PROSE}\n\nReuters",  # nothing comes after
        f"{PROSE}\n\nThis line alone has so many words that nobody would take it for one\n\n{PROSE}",
        "Ruritania and Strelsau",  # all there is
    ],
)
def test_what_is_no_heading_without_marks(text: str) -> None:
    assert not parse(text, "x.en").sections


def test_short_lines_are_no_headings_where_there_are_marks_or_where_there_is_hardly_more() -> None:
    marked = parse(f"== History ==\n{PROSE}\n\nA caption\n\n{PROSE}", "x.en")
    assert outline(marked) == [(2, "History", -1)]
    poem = parse("Ruritania\n\nStrelsau my home\n\nLand of the elms\n\nNever forgotten\n\nHe sleeps.", "x.en")
    assert outline(poem) == [(1, "Ruritania", -1)]


def test_a_year_alone_is_a_heading_but_no_title() -> None:
    document = parse(f"1973\n\n{PROSE}\n\n1974\n\n{PROSE}", "x.en")
    assert outline(document) == [(2, "1973", -1), (2, "1974", -1)]
    assert document.title == ""


def test_arabic_titles() -> None:
    prose = "وقعت الحكومتان معاهدة صداقة وافق عليها البرلمانان في العام نفسه، وما زالت سارية حتى اليوم في البلدين كليهما."
    document = parse(f"العلاقات السورية المصرية\n\n{prose}\n\nالتاريخ\n\n{prose}", "x.ar")
    assert outline(document) == [(1, "العلاقات السورية المصرية", -1), (2, "التاريخ", 0)]


def test_a_line_ends_a_sentence_unless_the_next_begins_small() -> None:
    text = "They stood by Kashmir and\nrefer to it often. They spoke\nof peace\nNobody heard.\nthey left"
    document = parse(text, "x.en")
    assert [piece for _, piece in shape(document)] == [
        "They stood by Kashmir and\nrefer to it often.", "They spoke\nof peace", "Nobody heard.", "they left",
    ]  # fmt: skip
    assert {sentence.paragraph for sentence in document.sentences} == {0}


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r", "\u2028"])
def test_wrapped_text_runs_over_its_lines(newline: str) -> None:
    lines = [
        "In the spring of that year the Foreign Secretary travelled to",
        "Strelsau and met the Regent of Ruritania. The two men spoke for",
        "Five hours, and signed a treaty which the Parliament of Ruritania",
        "Approved in May.",
        "",
        "A second treaty followed in the autumn, when the Ambassador of the",
        "Kingdom came back from a journey to the capital of the Duchy of",
        "Hentzau.",
    ]
    document = parse(newline.join(lines), "x.en")
    assert len(document.sentences) == 3
    assert any("wrapped at 66 characters" in note for note in document.notes)
    assert document.text == newline.join(lines)


def test_lines_of_verse_are_not_taken_for_wrapped_text() -> None:
    document = parse(
        "One line that is rather long for what it has to say\nAnother\nA third that is as long\nA fourth\nThe end of it", "x.en"
    )
    assert len(document.sentences) == 5


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r", "\u2029", "\f", "\v", "\x85"])
def test_every_way_to_end_a_line_is_known_and_kept(ending: str) -> None:
    text = ending.join(["= A =", "", "One stood.", "Two fell", "", "- Three"])
    document = parse(text, "x.en")
    assert document.text == text
    assert shape(document) == [("heading", "A"), ("body", "One stood."), ("body", "Two fell"), ("list", "Three")]
    assert [sentence.paragraph for sentence in document.sentences] == [0, 1, 1, 2]
