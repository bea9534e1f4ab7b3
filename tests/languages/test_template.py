"""A folder for a new language: it loads as it is made, CLDR's part is filled in, and what it lacks is said file by file."""

from __future__ import annotations

from pathlib import Path

import pytest

from dragoman.errors import LanguageError
from dragoman.languages import SHAPES, available, folder, load, load_folder
from dragoman.languages.completeness import Lack, check, survey
from dragoman.languages.template import write
from making import run_python

# Of each script and direction one, and one whose months are declined. Its date stands as its own readers write it.
MADE = {
    "fr": ("Latin", "ltr", "Le 17 février 2014, la France a signé un accord."),
    "ru": ("Cyrillic", "ltr", "Соглашение подписали 17 февраля 2014 года."),
    "fa": ("Arabic", "rtl", "این توافق در ۱۷ فوریهٔ ۲۰۱۴ امضا شد."),
    "pt": ("Latin", "ltr", "O acordo foi assinado a 17 de fevereiro de 2014."),
    "hu": ("Latin", "ltr", "Az egyezményt 2014. február 17. napján írták alá."),
}
WORDS = {
    "sentences": ("common: []", "common: [le, la]", "common"),
    "grammar": ("conjunctions: []", "conjunctions: [et]", "conjunctions"),
    "triggers": ("type: CONSULT", "type: PARLEY", "PARLEY"),
    "times": ('"{Y}"', '"{YEAR}"', "YEAR"),
    "actors": ("  GOV: []", "  GOVERNMENT: []", "GOVERNMENT"),
}


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("languages")
    for code in MADE:
        assert {file.name for file in write(code, place)} == {f"{name}.yaml" for name in SHAPES}
    return place


@pytest.mark.parametrize("code", MADE)
def test_it_loads_and_has_what_cldr_tells(code: str, root: Path) -> None:
    script, direction, _ = MADE[code]
    made = load_folder(root / code)
    assert (made.sentences.script, made.sentences.direction) == (script, direction)
    assert sorted(map(int, made.times.words["month"])) == list(range(1, 13))
    assert all(made.times.words["month"].values())
    assert len(made.times.words["weekday"]["any"]) >= 7
    assert len(made.actors.states) >= 193
    told = [word for words in (made.times.words["unit"], made.quantities.units) for forms in words.values() for word in forms]
    assert made.quantities.units["km"] and made.times.words["unit"]["day"]
    assert not [word for word in told if "-" in word and word.isascii()], "CLDR's own name of a unit, not a word of the language"


def test_its_dates_are_read_at_once(root: Path, tmp_path: Path) -> None:
    """Nothing but what CLDR tells is needed for a day in full. In a process of its own: languages are looked for once a process."""
    texts = tmp_path / "texts"
    texts.mkdir()
    for code, (_, _, text) in MADE.items():
        (texts / f"treaty.{code}.txt").write_text(text, "utf-8")
    done = run_python(
        "import os, sys; os.environ['DRAGOMAN_LANGUAGES'] = sys.argv[1]\n"
        "import dragoman\n"
        "from dragoman.coding.dated import rows\n"
        "from dragoman.languages import available\n"
        "summary = dragoman.build([sys.argv[2]], record=sys.argv[3])\n"
        "assert not summary.failed, summary.failed\n"
        "with dragoman.open(sys.argv[3]) as record:\n"
        "    for document in record.documents():\n"
        "        print(document.language, *(row.edtf for row in rows(document)))\n"
        "print(*available())\n",
        str(root),
        str(texts),
        str(tmp_path / "r.duckdb"),
    )
    assert done.returncode == 0, done.stderr
    *dates, known = done.stdout.splitlines()
    assert dates == [f"{code} 2014-02-17" for code in sorted(MADE)]
    assert known.split() == sorted({*MADE, *available()})


@pytest.mark.parametrize("code", available())
def test_a_language_of_the_package_lacks_nothing_that_is_needed(code: str) -> None:
    assert [lack for lack in check(folder(code)) if lack.weight != "may"] == []


def test_what_is_lacking_is_said_of_each_file(root: Path) -> None:
    lacks = check(root / "fr")
    assert {lack.file for lack in lacks} == set(SHAPES)
    assert "wrong" not in {lack.weight for lack in lacks}
    assert Lack("times", "words: number: none", "must") in lacks
    assert any(lack.file == "triggers" and "30 of 30 types" in lack.what for lack in lacks)
    found = survey(root / "fr")
    assert (found.code, found.native, found.states, found.types, found.triggers) == ("fr", "français", 0, 0, 0)


@pytest.mark.parametrize("name", WORDS)
def test_each_word_that_is_put_in_changes_what_is_said(name: str, tmp_path: Path) -> None:
    write("fr", tmp_path)
    before = check(tmp_path / "fr")
    old, new, told = WORDS[name]
    file = tmp_path / "fr" / f"{name}.yaml"
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), "utf-8")
    after = check(tmp_path / "fr")
    changed = set(before) ^ set(after)
    assert changed and all(lack.file == name and told in lack.what for lack in changed)
    assert {lack.weight for lack in changed} == ({"must"} if name in ("sentences", "grammar") else {"wrong"})


def test_a_file_that_is_missing_or_none_of_ours_is_wrong(tmp_path: Path) -> None:
    write("fr", tmp_path)
    (tmp_path / "fr" / "voices.yaml").unlink()
    (tmp_path / "fr" / "ties.yaml").write_bytes(b"things: \xff")
    (tmp_path / "fr" / "people.yaml").write_text("]: {", "utf-8")
    wrong = {lack.file: lack.what for lack in check(tmp_path / "fr") if lack.weight == "wrong"}
    assert set(wrong) == {"voices", "ties", "people"}
    assert "missing" in wrong["voices"] and "UTF-8" in wrong["ties"] and "YAML" in wrong["people"]
    assert survey(tmp_path / "fr").people == 0


def test_no_folder_is_written_over(root: Path) -> None:
    before = load_folder(root / "fr")
    with pytest.raises(LanguageError, match="there already"):
        write("fr", root)
    assert load_folder(root / "fr") == before


@pytest.mark.parametrize("code", ["", "zz", "../fr", "fr-FR", "english"])
def test_a_code_that_cldr_does_not_know_is_refused(code: str, tmp_path: Path) -> None:
    with pytest.raises(LanguageError, match="CLDR"):
        write(code, tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_structure_is_that_of_english(root: Path) -> None:
    """Ids, types and places are the program's own; words are not carried over."""
    made, english = load_folder(root / "fr"), load("en")
    assert [(t.id, t.type, t.source, t.needs) for t in made.triggers.triggers] == [
        (t.id, t.type, t.source, t.needs) for t in english.triggers.triggers
    ]
    assert not any(t.verbs or t.nouns or t.phrases or t.adjectives or t.light or t.things for t in made.triggers.triggers)
    assert [event.date for event in made.times.events] == [event.date for event in english.times.events]
    assert not made.people and not made.sentences.common
