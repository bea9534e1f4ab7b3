"""The words of a language, found in text: the longest phrase, with every meaning it has."""

from __future__ import annotations

import pytest
from coded import parsed

from dragoman.coding.lexicon import ActorWord, Lexicon, Trie, TriggerWord, inflect, lexicon
from dragoman.coding.tokens import Token
from dragoman.errors import LanguageError
from dragoman.languages import available
from dragoman.languages.states import registry

ENGLISH, ARABIC = lexicon("en"), lexicon("ar")


@pytest.fixture(params=available())
def words(request: pytest.FixtureRequest) -> Lexicon:
    return lexicon(request.param)


def cut(text: str, words: Lexicon = ENGLISH) -> list[Token]:
    return words.tokenizer.cut(text)


def states(text: str) -> list[str]:
    """The codes that the names in the text may have, in order."""
    matches = parsed(text).names
    return [code for at in sorted(matches) for code in dict.fromkeys(m.code for m in matches[at].meanings if m.code)]


def test_a_trie_finds_the_longest() -> None:
    trie = Trie()
    for phrase in ("united", "united states", "united arab emirates"):
        trie.add(ENGLISH.tokenizer.keys(phrase), phrase)
    tokens = cut("the United Arab Emirates, the United States and United Airlines and the United Arab")
    found = [match for i in range(len(tokens)) if (match := trie.match(tokens, i)) is not None]
    assert [m.meanings for m in found] == [("united arab emirates",), ("united states",), ("united",), ("united",)]
    assert [m.end - m.start for m in found] == [3, 2, 1, 1]


def test_a_trie_keeps_all_meanings_once() -> None:
    trie = Trie()
    for meaning in (1, 2, 1):
        trie.add(("a",), meaning)
    match = trie.match(cut("a"), 0)
    assert match is not None
    assert match.meanings == (1, 2)


def test_a_trie_says_how_words_were_read() -> None:
    trie = Trie()
    trie.add(("سوريا",), "state")
    match = trie.match(cut("وسوريا", ARABIC), 0)
    assert match is not None
    assert match.before == ("conjunction",)
    assert trie.match(cut("لبنان", ARABIC), 0) is None
    assert trie.match([], 0) is None


def test_a_lexicon_is_compiled_once() -> None:
    assert lexicon("en") is lexicon("en")


def test_a_language_without_a_folder() -> None:
    with pytest.raises(LanguageError, match="xq"):
        lexicon("xq")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Pakistan", "PAK"),
        ("the United States", "USA"),
        ("the U.S.", "USA"),
        ("US", "USA"),
        ("Britain", "GBR"),
        ("Soviet Union", "RUS"),
        ("USSR", "RUS"),
        ("United Arab Republic", "EGY"),
        ("Kosovo", "XKX"),
        ("Palestine", "PSE"),
        ("Taiwan", "TWN"),
        ("Türkiye", "TUR"),
        ("Ivory Coast", "CIV"),
        ("North Korea", "PRK"),
        ("South Korea", "KOR"),
        ("South Sudan", "SSD"),
        ("Guinea-Bissau", "GNB"),
        ("Islamabad", "PAK"),
        ("Kremlin", "RUS"),
        ("Pakistani", "PAK"),
        ("Pakistanis", "PAK"),
        ("French", "FRA"),
        ("Dutch", "NLD"),
        ("باكستان", "PAK"),
        ("الولايات المتحدة", "USA"),
        ("المملكة المتحدة", "GBR"),
        ("الاتحاد السوفيتي", "RUS"),
        ("سورية", "SYR"),
        ("سوريا", "SYR"),
        ("الجمهورية العربية المتحدة", "EGY"),
        ("كوسوفو", "XKX"),
        ("فلسطين", "PSE"),
        ("تايوان", "TWN"),
        ("كوريا الشمالية", "PRK"),
        ("إسلام آباد", "PAK"),
        ("الكرملين", "RUS"),
        ("باكستاني", "PAK"),
        ("الباكستانية", "PAK"),
        ("الفرنسيون", "FRA"),
        ("وفرنسا", "FRA"),
    ],
)
def test_names_tell_their_state(text: str, code: str) -> None:
    assert set(states(text)) == {code}


@pytest.mark.parametrize(
    "text",
    [
        "a plate of turkey and chad",
        "the fine china",
        "greece lightning",
        "the polish on the floor",
        "in march they may swiss",
        "guinea pigs",
    ],
)
def test_names_in_small_letters_are_not_states(text: str) -> None:
    assert states(text) == []


def test_a_longer_name_hides_the_shorter() -> None:
    assert states("South Sudan and the Dominican Republic") == ["SSD", "DOM"]
    assert states("غينيا بيساو وغينيا") == ["GNB", "GIN"]


def test_every_state_of_the_registry_is_found(words: Lexicon) -> None:
    missed = []
    for code, name in registry(words.language.code).items():
        match = words.actors.match(cut(name, words), 0)
        if match is None or not any(m.code == code for m in match.meanings):
            missed.append(name)
    assert not missed


def test_every_verb_of_every_trigger_is_found_in_every_form(words: Lexicon) -> None:
    grammar, missed = words.language.grammar, []
    for trigger in words.language.triggers.triggers:
        for verb in trigger.verbs:
            for form, tag in inflect(verb, grammar):
                tokens = cut(form, words)
                match = words.triggers.match(tokens, 0)
                known = match is not None and match.end == len(tokens)
                if not known or match is None or (TriggerWord(trigger, tag) not in match.meanings and None not in match.meanings):
                    missed.append((trigger.id, form))
    assert not missed


def test_a_word_may_mean_several_things() -> None:
    match = ENGLISH.triggers.match(cut("attack"), 0)
    assert match is not None
    assert {"noun", "base"} <= {meaning.form for meaning in match.meanings}


def test_titles_count_in_small_letters() -> None:
    for text in ("Prime Minister", "prime minister"):
        match = ENGLISH.actors.match(cut(text), 0)
        assert match is not None
        assert any(isinstance(m, ActorWord) and m.sector == "GOV" and m.role in ("title", "noun") for m in match.meanings)


def test_surnames_tell_a_state_only_when_all_who_bear_them_do(words: Lexicon) -> None:
    bearers: dict[str, set[str]] = {}
    for code, sectors in words.language.people.items():
        for persons in sectors.values():
            for person in persons:
                bearers.setdefault(words.tokenizer.keys(person)[-1], set()).add(code)
    for last, (code, _) in words.surnames.items():
        assert bearers[last] == {code} or (code == "" and len(bearers[last]) > 1), last


def test_closed_classes_are_joints(words: Lexicon) -> None:
    for phrase, role in (("but", "contrast"), ("which", "relative")) if words is ENGLISH else (("لكن", "contrast"), ("التي", "relative")):
        match = words.joints.match(cut(phrase, words), 0)
        assert match is not None
        assert role in match.roles
