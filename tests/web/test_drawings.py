"""Maps, networks and charts: each number is that of the rows that it leads to, and what is drawn is where it belongs."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from served import statements
from test_pages import Elements

from dragoman.languages.states import registry
from dragoman.web.atlas import HEIGHT, SHADES, WIDTH, bounds, outlines
from dragoman.web.network import arrange, strongest

CODES = st.sampled_from([f"{a}{b}{c}" for a in "AB" for b in "CD" for c in "EFG"])
PAIRS = st.lists(st.tuples(CODES, CODES, st.integers(1, 9)).filter(lambda pair: pair[0] < pair[1]), unique_by=lambda pair: pair[:2])


def numbered(page: str) -> dict[str, int]:
    """The links of the tables whose words are a number."""
    return {link.replace("&amp;", "&"): int(number) for link, number in re.findall(r'<td class="number"><a href="([^"]+)">(\d+)</a>', page)}


@pytest.mark.parametrize(
    "address",
    [
        "/map",
        "/map?actor=PAK",
        "/map?from=1975&to=1980",
        "/network",
        "/network?kind=tie&ui=ar",
        "/statistics",
        "/statistics?actor=SYR&from=1970",
    ],
)
def test_every_number_is_that_of_its_rows(client: httpx.Client, address: str) -> None:
    found = numbered(client.get(address).text)
    assert found
    for link, number in found.items():
        parts = urlsplit(link)
        rows = client.get(parts.path + ".json", params=dict(parse_qsl(parts.query))).json()
        assert rows["total"] == number, link


def test_the_map_counts_who_takes_part(client: httpx.Client) -> None:
    told = dict(client.get("/map.json").json()["states"])
    every = statements().values()
    for code in ("PAK", "SYR"):
        assert told[code] == sum(any(actor.code == code for actor in (*one.source, *one.target)) for one in every)
    beside = client.get("/map.json?actor=باكستان").json()
    assert beside["of"] == "PAK" and "PAK" not in dict(beside["states"])


def test_the_charts_count_each_statement_once(client: httpx.Client) -> None:
    told = client.get("/statistics.json").json()
    for name in ("type", "modality", "language", "confidence", "topic"):
        assert sum(bar["number"] for bar in told[name]) == len(statements())
    assert {(bar["value"], bar["kind"]): bar["number"] for bar in told["year"]}[1975, "tie"] == 1
    drawn = [a for tag, a in Elements(client.get("/statistics").text).found if tag == "svg"]
    assert len(drawn) == 6
    assert "vega.github.io" not in client.get("/statistics").text


def test_outlines_are_of_states_and_on_the_map() -> None:
    every = outlines()
    codes = [one.code for one in every if one.code]
    assert len(codes) == len(set(codes)) > 220 and set(codes) <= set(registry("en"))
    for one in every:
        places = [tuple(map(int, start)) for start in re.findall(r"M(-?\d+) (-?\d+)", one.path)]
        assert all(0 <= x <= WIDTH and 0 <= y <= HEIGHT for x, y in [(one.x, one.y), *places]), one.code
    place = {one.code: (one.x, one.y) for one in every}
    assert place["USA"][0] < place["FRA"][0] < place["PAK"][0] < place["JPN"][0]
    assert place["RUS"][1] < place["PAK"][1] < place["AUS"][1]


def test_no_outline_crosses_the_map() -> None:
    """A state on both sides of the edge, such as Russia, is drawn in parts."""
    for one in outlines():
        for part in re.findall(r"l([^z]+)z", one.path):
            steps = [int(step) for step in re.findall(r"-?\d+", part)][::2]
            assert max(map(abs, steps), default=0) < WIDTH / 4, one.code


@given(st.lists(st.integers(1, 1000), max_size=50))
def test_shades_go_up(counts: list[int]) -> None:
    steps = bounds(counts)
    assert steps == sorted(steps) and len(steps) <= SHADES
    assert not counts or steps[0] == min(counts)


@given(PAIRS, st.integers(1, 10))
def test_the_circle_holds_each_state_once(pairs: list[tuple[str, str, int]], most: int) -> None:
    order = arrange(pairs, most)
    named: set[Any] = {code for pair in pairs for code in pair[:2]}
    assert len(order) == len(set(order)) == min(most, len(named)) and set(order) <= named
    assert arrange(sorted(pairs), most) == arrange(sorted(pairs), most)


@given(PAIRS, st.integers(1, 10))
def test_lines_of_one_strength_are_all_drawn_or_none(pairs: list[tuple[str, str, int]], lines: int) -> None:
    drawn = strongest(pairs, lines)
    least = min((number for _, _, number in drawn), default=0)
    assert sorted(drawn) == sorted(pair for pair in pairs if pair[2] >= least)
    assert bool(drawn) == bool(pairs)
