"""A language is data that is checked: the same files in each, words that the code knows, and errors that name the file."""

from __future__ import annotations

import shutil
from pathlib import Path

import msgspec
import pytest

import dragoman
from dragoman.errors import LanguageError
from dragoman.languages import Language, available, load
from dragoman.statement import MODALITIES, SECTORS, TOPICS, TYPES
from making import run_python

FOLDER = Path(dragoman.__file__).parent / "languages"

# What a trigger may name as the place of a side, beside the slots of the grammar (languages/schema.py, Trigger).
PLACES = {
    "subject", "subject2", "object", "owner", "modifier", "head", "dyad", "next", "any", "clause", "that", "antecedent", "under", "speaker",
    "none",
}  # fmt: skip


@pytest.fixture(params=available())
def language(request: pytest.FixtureRequest) -> Language:
    return load(request.param)


def test_english_and_arabic_are_there() -> None:
    assert {"en", "ar"} <= set(available())


def test_every_language_has_the_same_files() -> None:
    names = {code: sorted(file.name for file in (FOLDER / code).iterdir() if file.is_file()) for code in available()}
    assert len(set(map(tuple, names.values()))) == 1, names
    fields = {field.name for field in msgspec.structs.fields(Language)} - {"code"}
    assert {name.removesuffix(".yaml") for name in names["en"]} == fields


def test_a_region_falls_back_to_its_language() -> None:
    assert load("ar-EG").code == load("AR").code == "ar"


def test_a_language_without_a_folder_is_named_with_those_there_are() -> None:
    with pytest.raises(LanguageError, match=r"'xq'.*ar, en"):
        load("xq")


def test_triggers_speak_the_closed_lists(language: Language) -> None:
    for trigger in language.triggers.triggers:
        assert trigger.type in TYPES[trigger.kind], trigger.id
        assert trigger.topic in TOPICS, trigger.id
        assert trigger.modality in ("", *MODALITIES), trigger.id
        assert trigger.verbs or trigger.nouns or trigger.adjectives or trigger.phrases, f"{trigger.id} has no words"
    assert {topic.topic for topic in language.triggers.topics} <= set(TOPICS)


def test_triggers_have_ids_of_their_own(language: Language) -> None:
    ids = [trigger.id for trigger in language.triggers.triggers]
    assert len(set(ids)) == len(ids), sorted({i for i in ids if ids.count(i) > 1})


def test_triggers_name_places_that_there_are(language: Language) -> None:
    known = PLACES | set(language.grammar.slots)
    named = {
        (trigger.id, part)
        for trigger in language.triggers.triggers
        for place in (*trigger.source, *trigger.target)
        for part in place.split("+")
    }
    unknown = {(id, part) for id, part in named if part not in known}
    assert not unknown, f"nothing is ever found there: {sorted(unknown)}"


def test_every_type_can_be_said(language: Language) -> None:
    said = {(trigger.kind, trigger.type) for trigger in language.triggers.triggers}
    assert said == {(kind, type) for kind, types in TYPES.items() for type in types}


def test_actors_have_known_sectors_and_codes(language: Language) -> None:
    actors = language.actors
    for table in (actors.nouns, actors.titles, actors.generic):
        assert set(table) <= set(SECTORS)
    assert all(set(state.bodies) <= set(SECTORS) for state in actors.states.values())
    assert {group.sector for group in actors.groups} <= set(SECTORS)
    assert {sector for sectors in language.people.values() for sector in sectors} <= set(SECTORS)
    codes = [*actors.states, *language.people, *(group.code for group in actors.groups if group.code)]
    assert all(len(code) == 3 and code.isalpha() and code.isupper() for code in codes if code)


def test_the_world_is_named(language: Language) -> None:
    """More states than the United Nations has members (193) have a demonym or a capital by which a text may mean them."""
    told = [code for code, state in language.actors.states.items() if state.demonyms or state.capital]
    assert len(told) >= 193


# What a person who adds a language may get wrong, in a copy of the package: the change to languages/xx, and what the error says.
BROKEN = {
    "an unknown key": ("voices.yaml", "append", "whispers: [hiss]\n", ["languages/xx/voices.yaml", "whispers"]),
    "a misspelt field": ("actors.yaml", "replace", "demonyms:|demonims:", ["languages/xx/actors.yaml", "demonims"]),
    "a list that is a word": ("grammar.yaml", "append", "determiners: the\n", ["languages/xx/grammar.yaml", "determiners"]),
    "no YAML": ("triggers.yaml", "append", "\n]: {\n", ["languages/xx/triggers.yaml", "YAML"]),
    "a file that is missing": ("people.yaml", "remove", "", ["languages/xx/people.yaml", "missing"]),
}
ASK = """
import sys
from dragoman.errors import LanguageError
from dragoman.languages import available, load
assert available() == ("ar", "en", "xx"), available()
try:
    load("xx")
except LanguageError as error:
    print(error)
else:
    print("loaded")
"""


@pytest.mark.parametrize("wrong", [*BROKEN, "nothing"])
def test_a_new_folder_is_a_language_and_its_mistakes_are_named(wrong: str, tmp_path: Path) -> None:
    package = tmp_path / "dragoman"
    shutil.copytree(FOLDER.parent, package, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(FOLDER / "en", package / "languages" / "xx")
    expected = ["loaded"]
    if wrong in BROKEN:
        name, how, what, expected = BROKEN[wrong]
        file = package / "languages" / "xx" / name
        text = file.read_text("utf-8")
        if how == "remove":
            file.unlink()
        elif how == "replace":
            old, new = what.split("|")
            assert old in text
            file.write_text(text.replace(old, new, 1), "utf-8")
        else:
            file.write_text(text + what, "utf-8")
    done = run_python(f"import sys; sys.path.insert(0, {str(tmp_path)!r})\n{ASK}")
    assert done.returncode == 0, done.stderr
    for words in expected:
        assert words in done.stdout
