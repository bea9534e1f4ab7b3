"""A state is known by its codes and by its names in any language; what is not known is said with the nearest."""

from __future__ import annotations

from importlib import resources
from importlib.metadata import version

import pytest

from dragoman.errors import LanguageError, QueryError
from dragoman.languages import available, load
from dragoman.languages.states import FORMER, names, registry, resolve, variants, write_world


@pytest.mark.parametrize("language", ["en", "ar", "fr", "zh", "ar-EG", "en_GB"])
def test_the_registry_holds_every_state(language: str) -> None:
    known = registry(language)
    assert len(known) == 250  # the 249 of ISO 3166-1, and Kosovo
    assert all(len(code) == 3 and code.isupper() and name for code, name in known.items())
    assert set(known) == set(registry("en"))
    assert not set(known) & set(FORMER)
    assert set(FORMER.values()) <= set(known)


def test_a_language_that_nobody_knows() -> None:
    with pytest.raises(LanguageError, match="xq"):
        registry("xq")


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        ("PAK", "PAK"), ("pak", "PAK"), ("PK", "PAK"), ("UK", "GBR"), ("XK", "XKX"), ("SUN", "RUS"), ("DDR", "DEU"),
        ("Pakistan", "PAK"), (" pakistan ", "PAK"), ("باكستان", "PAK"), ("باكِستان", "PAK"), ("سوريا", "SYR"),
        ("Bosnia and Herzegovina", "BIH"), ("St. Lucia", "LCA"), ("saint lucia", "LCA"), ("Cote d'Ivoire", "CIV"), ("Turkiye", "TUR"),
        ("the Netherlands", "NLD"), ("Burma", "MMR"), ("Hong Kong", "HKG"), ("Congo-Kinshasa", "COD"), ("Guinea Bissau", "GNB"),
        ("Syrie", "SYR"), ("パキスタン", "PAK"), ("Сирия", "SYR"),
    ],
)  # fmt: skip
def test_names_and_codes(asked: str, code: str) -> None:
    assert resolve(asked) == code


@pytest.mark.parametrize("language", available())
def test_every_name_of_ours_leads_to_a_state(language: str) -> None:
    states = load(language).actors.states
    assert set(states) <= set(registry("en"))
    lost = []
    for code, state in states.items():
        for name in (*state.names, *state.demonyms):
            try:
                lost += [(name, code)] if resolve(name) != code else []
            except QueryError as error:  # "Congolese" is said of two
                lost += [(name, code)] if code not in str(error) else []
    assert not lost


@pytest.mark.parametrize("language", ["en", "ar"])
def test_every_name_of_cldr_leads_back(language: str) -> None:
    assert {code: resolve(name) for code, name in registry(language).items()} == {code: code for code in registry(language)}


@pytest.mark.parametrize("asked", ["", "  ", "Atlantis", "pk", "123", "\ud800"])
def test_what_is_no_state(asked: str) -> None:
    with pytest.raises(QueryError, match="No state"):
        resolve(asked)


def test_the_nearest_are_named() -> None:
    with pytest.raises(QueryError) as caught:
        resolve("Pakstan")
    assert "Pakistan (PAK)" in caught.value.advice


def test_one_name_of_two_states() -> None:
    with pytest.raises(QueryError, match=r"several states: .*\(COD\), .*\(COG\)") as caught:
        resolve("Kongo")  # in German, Polish ... of one or the other
    assert caught.value.advice == "Give the code."


def test_display_names() -> None:
    assert names("PAK", "en") == "Pakistan"
    assert names("SUN", "ar") == "روسيا"
    assert names("QQQ", "en") == "QQQ"
    assert variants("Myanmar (Burma)") == ("Myanmar", "Burma")
    assert variants("Pakistan") == ()


@pytest.mark.parametrize(
    ("asked", "codes"),
    [("Korea", "KOR PRK"), ("كوريا", "KOR PRK"), ("Congo", "COD COG"), ("الكونغو", "COD COG"), ("Virgin Islands", "VGB VIR")],
)
def test_a_name_that_several_states_share_is_not_taken_for_one(asked: str, codes: str) -> None:
    with pytest.raises(QueryError, match="several states") as caught:
        resolve(asked)
    assert all(f"({code})" in caught.value.what for code in codes.split())


@pytest.mark.parametrize(
    ("asked", "code"), [("Guinea", "GIN"), ("Ireland", "IRL"), ("Sudan", "SDN"), ("French", "FRA"), ("US", "USA"), ("U.S.", "USA")]
)
def test_the_whole_name_of_one_is_its_own(asked: str, code: str) -> None:
    assert resolve(asked) == code


def test_the_names_in_every_language_are_those_of_cldr() -> None:
    """world.txt is written by `write_world`; another version of Babel has other names."""
    file = resources.files("dragoman.languages") / "world.txt"
    if version("babel") != "2.18.0":
        pytest.skip("world.txt was written with Babel 2.18.0")
    assert file.read_text("utf-8") == write_world()
