"""The Arabic actor lexicon is sound data: right shape, known codes and sectors, and no name claimed twice."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
import yaml
from babel import Locale
from babel.core import get_global

import dragoman
from dragoman.languages.folding import fold
from dragoman.languages.schema import Actors, People
from dragoman.statement import SECTORS

FOLDER = Path(dragoman.__file__).parent / "languages" / "ar"
TERRITORIES = {alias: targets[0] for alias, targets in get_global("territory_aliases").items() if len(alias) == 3 and alias.isalpha()}
ARTICLE = re.compile(r"\b(?:ال|لل)(?=\w{3})")


def key(name: str) -> str:
    """A name as the look-up sees it: folded, each word without its article."""
    return " ".join(re.findall(r"\w+", ARTICLE.sub("", fold(name))))


@pytest.fixture(scope="module")
def actors() -> Actors:
    return msgspec.convert(yaml.safe_load((FOLDER / "actors.yaml").read_text("utf-8")), Actors)


@pytest.fixture(scope="module")
def people() -> People:
    return msgspec.convert(yaml.safe_load((FOLDER / "people.yaml").read_text("utf-8")), People)


def known(code: str) -> bool:
    return code in {"", "XKX"} or code in TERRITORIES


def lists(actors: Actors, people: People) -> Iterator[tuple[str, list[str]]]:
    """Every list of names with the place it stands at."""
    for code, state in actors.states.items():
        for field in ("names", "demonyms", "capital", "places"):
            yield f"{code}.{field}", getattr(state, field)
        for sector, names in state.bodies.items():
            yield f"{code}.bodies.{sector}", names
    for number, group in enumerate(actors.groups):
        yield f"groups[{number}]", group.names
    for field in ("nouns", "titles", "generic", "references"):
        for sector, names in getattr(actors, field).items():
            yield f"{field}.{sector}", names
    for code, sectors in people.items():
        for sector, names in sectors.items():
            yield f"people.{code}.{sector}", names


def owners(actors: Actors, people: People) -> dict[str, set[str]]:
    """Who claims each name: state codes, or for what is no state's the place it is listed at."""
    claimed: dict[str, set[str]] = defaultdict(set)
    for code, state in actors.states.items():
        for name in (*state.names, *state.capital, *state.places, *(n for names in state.bodies.values() for n in names)):
            claimed[key(name)].add(code)
        for name in state.demonyms:
            for ending in ("", *actors.endings["demonym"]):
                claimed[key(name) + fold(ending)].add(code)
        region = TERRITORIES.get(code, "XK")
        claimed[key(Locale("ar").territories[region])].add(code)
    for number, group in enumerate(actors.groups):
        for name in group.names:
            claimed[key(name)].add(group.code or f"groups[{number}]")
    for code, sectors in people.items():
        for names in sectors.values():
            for name in names:
                claimed[key(name)].add(code or "people")
    return claimed


def test_codes_and_sectors_are_known(actors: Actors, people: People) -> None:
    codes = {*actors.states, *(group.code for group in actors.groups), *people}
    assert [code for code in codes if not known(code)] == []
    sectors = {group.sector for group in actors.groups}
    for by_sector in (*(state.bodies for state in actors.states.values()), actors.nouns, actors.titles, actors.generic, *people.values()):
        sectors |= by_sector.keys()
    assert sectors - set(SECTORS) == set()
    assert set(actors.references) == {"state", "both", "all", "other", "none"}
    assert set(actors.endings) == {"noun", "demonym"}


def test_every_name_has_letters_and_stands_once_in_its_list(actors: Actors, people: People) -> None:
    for place, names in lists(actors, people):
        keys = [key(name) for name in names]
        assert "" not in keys, place
        assert [name for name, k in zip(names, keys, strict=True) if keys.count(k) > 1] == [], place


def test_no_name_is_claimed_by_two(actors: Actors, people: People) -> None:
    assert {name: claims for name, claims in owners(actors, people).items() if len(claims) > 1} == {}


def test_a_name_is_no_common_noun_or_title(actors: Actors, people: People) -> None:
    lexicons = (actors.nouns, actors.titles, actors.references)
    common = {key(name) for lexicon in lexicons for names in lexicon.values() for name in names}
    own = ("nouns", "titles", "generic", "references")
    claimed = {key(name) for place, names in lists(actors, people) if not place.startswith(own) for name in names}
    assert common & claimed == set()


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("الاتحاد السوفييتي", "RUS"),
        ("الجمهورية العربية المتحدة", "EGY"),
        ("أميركا", "USA"),
        ("السورية", "SYR"),
        ("سوريين", "SYR"),
        ("الأتراك", "TUR"),
        ("كوسوفو", "XKX"),
        ("فلسطين", "PSE"),
        ("الكوريين الجنوبيين", "KOR"),
        ("سلطنة عمان", "OMN"),
    ],
)
def test_states_are_found_by_what_they_are_called(actors: Actors, people: People, name: str, code: str) -> None:
    assert owners(actors, people)[key(name)] == {code}
