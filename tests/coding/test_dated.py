"""Every expression of a document, in the order of its text, placed by its headings and sentences."""

from __future__ import annotations

from dragoman.coding.dated import expressions, rows
from dragoman.reading import parse

TEXT = """Two states

1973: War

Talks failed in March. From 1974 to 1977 they armed.

Later

Two years later they met; the army had 1,973 men during the Cold War.
"""


def test_each_expression_stands_where_it_is_and_means_what_the_narrative_makes_of_it() -> None:
    document = parse(TEXT, "two-states.en")
    found = [(row.text, row.type, row.edtf, row.basis) for row in rows(document, joined=True)]
    assert found == [
        ("1973", "DATE", "1973", "explicit"),
        ("March", "DATE", "1973-03", "completed"),
        ("1974 to 1977", "DATE", "1974/1977", "explicit"),
        ("Two years later", "DATE", "1979", "relative"),
        ("the Cold War", "DATE", "1947/1991", "relative"),
    ]
    assert all(document.text[row.start : row.end] == row.text for row in rows(document))
    assert all(sentence.start <= when.start and when.end <= sentence.end for sentence, when in expressions(document))


def test_a_range_may_be_shown_as_its_two_ends_and_no_event_then() -> None:
    found = [(row.text, row.value) for row in rows(parse(TEXT, "two-states.en"))]
    assert found == [("1973", "1973"), ("March", "1973-03"), ("1974", "1974"), ("1977", "1977"), ("Two years later", "1979")]
