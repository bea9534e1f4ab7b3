"""What a language has and lacks, file by file: what the schema cannot say of it, because an empty list is a list."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from importlib.resources.abc import Traversable
from typing import Any, Literal

import msgspec

from dragoman.errors import LanguageError
from dragoman.languages import SHAPES, Language, available, folder, further, load, read, version
from dragoman.languages.schema import Actors, Grammar, Linking, Questions, Sentences, Ties, Times, Triggers
from dragoman.statement import MODALITIES, SECTORS, TOPICS, TYPES

_NAMED = 6
_CALENDAR = {"month": 12, "weekday": 7}
_UNITS = ("day", "week", "month", "year", "decade", "century")
_BARE = frozenset({"possessive", "noun_endings", "adverb_endings", "clitics", "endings", "continuers", "contrasts"})
"""Keys of which a language may rightly have nothing."""

Weight = Literal["wrong", "must", "may"]
"""wrong: the program cannot use it; must: without it the language is not coded well; may: another language has it."""


class Lack(msgspec.Struct, frozen=True):
    """Something that a file lacks or has wrong. file: its name without ending. what: in words. weight: how bad that is."""

    file: str
    what: str
    weight: Weight


class Survey(msgspec.Struct, frozen=True):
    """A language as it stands. version: a hash of its files. folder: "" for one of the package.

    states: of which a demonym or the capital is known; types: of how many kinds of statement there are words.
    """

    code: str
    name: str
    native: str
    direction: str
    script: str
    version: str
    folder: str
    states: int
    people: int
    triggers: int
    types: int
    lacks: tuple[Lack, ...]


def check(place: Traversable) -> list[Lack]:
    """What the language in the folder `place` lacks, in the order of its files."""
    return _check(*_read(place))


def survey(place: Traversable) -> Survey:
    """The language in the folder `place`. What cannot be read is told by its lacks and counts as nothing."""
    files, wrong = _read(place)
    about, actors, people, triggers = map(files.get, ("sentences", "actors", "people", "triggers"))
    telling = [trigger for trigger in triggers.triggers if _speaks(trigger)] if triggers else []
    return Survey(
        place.name,
        about.name if about else "",
        about.native if about else "",
        about.direction if about else "",
        about.script if about else "",
        version(place),
        str(place) if place in further().values() else "",
        sum(bool(state.demonyms or state.capital) for state in actors.states.values()) if actors else 0,
        sum(len(persons) for sectors in people.values() for persons in sectors.values()) if people else 0,
        len(telling),
        len({trigger.type for trigger in telling}),
        tuple(_check(files, wrong)),
    )


def _read(place: Traversable) -> tuple[dict[str, Any], dict[str, str]]:
    """The files of a language by name, and of those that cannot be read what is wrong."""
    if place in (folder(one.code) for one in _packaged()):
        return {name: getattr(load(place.name), name) for name in SHAPES}, {}
    files, wrong = {}, {}
    for name in SHAPES:
        try:
            files[name] = read(place, name)
        except LanguageError as error:
            wrong[name] = f"{error.what} {error.advice}".strip()
    return files, wrong


def _check(files: Mapping[str, Any], wrong: Mapping[str, str]) -> list[Lack]:
    found: list[Lack] = []
    for name in SHAPES:
        if name in wrong:
            found.append(Lack(name, wrong[name], "wrong"))
            continue
        told = [Lack(name, what, weight) for weight, what in _CHECKS.get(name, _nothing)(files[name])]
        keys = {lack.what.partition(":")[0] for lack in told}
        found += told + [Lack(name, what, weight) for key, weight, what in _empty(name, files[name]) if key not in keys]
    return found


Findings = Iterator[tuple[Weight, str]]


def _nothing(data: Any) -> Findings:
    yield from ()


def _sentences(data: Sentences) -> Findings:
    if data.direction not in ("ltr", "rtl"):
        yield "wrong", f"direction is {data.direction!r}, not ltr or rtl"
    if len(data.common) < 50:
        yield "must", f"common: {len(data.common)} words; with 50 or more the language is told from others of its script"
    if not data.abbreviations:
        yield "must", "abbreviations: none, so that each of their full stops ends a sentence"


def _grammar(data: Grammar) -> Findings:
    yield from _lists("slots", data.slots, missing=_like("grammar", "slots"))
    yield from _lists("auxiliaries", data.auxiliaries)
    yield from _lists("pronouns", data.pronouns)
    for key in ("conjunctions", "subordinators", "relatives", "determiners"):
        if not getattr(data, key):
            yield "must", f"{key}: none"
    if len(data.forms) < 2:
        yield "must", "forms: no paradigm, so that a verb is known in the forms that are spelt out only"
    yield from _patterns("forms", (pattern for form in data.forms for pattern, _ in (*form.rules, *form.given)))
    if not data.verbs:
        yield "must", "verbs: none, so that clauses are not seen"


def _actors(data: Actors) -> Findings:
    for key, table in (("nouns", data.nouns), ("titles", data.titles), ("generic", data.generic)):
        yield from _sectors(key, table)
        if not any(table.values()):
            yield "must", f"{key}: none"
    for code, state in data.states.items():
        if not (len(code) == 3 and code.isalpha() and code.isupper()):
            yield "wrong", f"states: {code!r} is no ISO 3166-1 alpha-3 code"
        yield from _sectors(f"states: {code}: bodies", state.bodies)
    for group in data.groups:
        yield from _sectors(f"groups: {group.id or group.names}", {group.sector: group.names} if group.sector else {})
    for key in ("demonyms", "capital"):
        bare = [code for code in _states() if code not in data.states or not getattr(data.states[code], key)]
        if bare:
            yield (
                "must" if len(bare) > len(_states()) / 4 else "may",
                f"{key}: none for {len(bare)} of {len(_states())} states ({_some(bare)})",
            )
    yield from _lists("references", data.references)


def _times(data: Times) -> Findings:
    words = {kind: {str(value): forms for value, forms in values.items() if forms} for kind, values in data.words.items()}
    months = {**words.get("month", {}), **words.get("weak", {})}
    if bare := [str(month) for month in range(1, 13) if str(month) not in months]:
        yield "must", f"words: month: none for {_some(bare)}"
    if sum(map(len, words.get("weekday", {}).values())) < 7:
        yield "must", "words: weekday: fewer than seven"
    if bare := [unit for unit in _UNITS if unit not in words.get("unit", {})]:
        yield "must", f"words: unit: none for {_some(bare)}"
    for kind in ("number", "ord", "in", "since", "until", "after", "before", "step", "dir"):
        if not words.get(kind):
            yield "must", f"words: {kind}: none"
    if not any(kind == "date" for kind, _ in data.forms):
        yield "must", "forms: no date can be read"
    if bare := sorted(_like("times", "words") - set(words) - {"weak"}):
        yield "may", f"words: none of {_some(bare)}"
    shapes = " ".join([*data.macros.values(), *(shape for _, shape in data.forms)])
    if unknown := sorted(set(re.findall(r"\{(\w+)\}", shapes)) - set(data.macros)):
        yield "wrong", f"forms: there is no macro {_some(unknown)}"
    yield from _patterns("cues", (cue for cues in data.cues.values() for cue in cues))


def _triggers(data: Triggers) -> Findings:
    ids = [trigger.id for trigger in data.triggers]
    if twice := sorted({id for id in ids if ids.count(id) > 1}):
        yield "wrong", f"triggers: of one id: {_some(twice)}"
    for trigger in data.triggers:
        if trigger.type not in TYPES.get(trigger.kind, ()):
            yield "wrong", f"triggers: {trigger.id}: there is no {trigger.kind} {trigger.type!r}"
        if trigger.topic not in TOPICS:
            yield "wrong", f"triggers: {trigger.id}: there is no topic {trigger.topic!r}"
        if trigger.modality not in ("", *MODALITIES):
            yield "wrong", f"triggers: {trigger.id}: there is no modality {trigger.modality!r}"
    said = {trigger.type for trigger in data.triggers if _speaks(trigger)}
    if bare := [type for types in TYPES.values() for type in types if type not in said]:
        yield "must", f"triggers: no words for {len(bare)} of {sum(map(len, TYPES.values()))} types ({_some(bare)})"
    if wordless := [trigger.id for trigger in data.triggers if not _speaks(trigger)]:
        yield "may", f"triggers: {len(wordless)} without words ({_some(wordless)})"


def _questions(data: Questions) -> Findings:
    yield from _lists("asks", data.asks, missing=_like("questions", "asks"))
    if not data.stems:
        yield "may", "stems: none, so that forms of a word do not meet"
    yield from _patterns("stems", (pattern for pattern, _ in data.stems))


def _ties(data: Ties) -> Findings:
    for key in ("begins", "ends"):
        if not any(turn.words for turn in getattr(data, key)):
            yield "must", f"{key}: no words"
    if bare := [thing for things in data.things.values() for thing, words in things.items() if not words]:
        yield "may", f"things: no words for {_some(bare)}"


def _linking(data: Linking) -> Findings:
    if not any(end.done for end in data.ends):
        yield "may", "ends: no words"
    yield from _lists("bodies", data.bodies, weight="may")


_CHECKS: Mapping[str, Callable[[Any], Findings]] = {
    "sentences": _sentences,
    "grammar": _grammar,
    "actors": _actors,
    "times": _times,
    "triggers": _triggers,
    "questions": _questions,
    "ties": _ties,
    "linking": _linking,
}


def _lists(key: str, table: Mapping[Any, Any], missing: Iterable[Any] = (), weight: Weight = "must") -> Findings:
    """Of lists by name, those that are empty or missing; when all are, that."""
    names = [*table, *(name for name in missing if name not in table)]
    bare = [str(name) for name in names if not table.get(name)]
    if bare and len(bare) == len(names):
        yield weight, f"{key}: none"
    elif bare:
        yield "may", f"{key}: none for {_some(bare)}"


def _patterns(key: str, patterns: Iterable[str]) -> Findings:
    for pattern in patterns:
        try:
            re.compile(pattern)
        except re.error as error:
            yield "wrong", f"{key}: {pattern!r} is no regular expression: {error}"


def _sectors(key: str, table: Mapping[str, Any]) -> Findings:
    for sector in table:
        if sector not in SECTORS:
            yield "wrong", f"{key}: there is no sector {sector!r}"


def _empty(name: str, data: Any) -> Iterator[tuple[str, Weight, str]]:
    """Keys that are empty here, and in no language of the package: the key, how bad that is, and in words."""
    if not isinstance(data, msgspec.Struct):
        if not data:
            yield "", "may", "no persons"
        return
    for field in msgspec.structs.fields(data):
        value = getattr(data, field.name)
        bare = isinstance(value, list | dict) and not _filled(value)
        if bare and field.name not in _BARE and all(_filled(getattr(getattr(one, name), field.name)) for one in _packaged()):
            yield field.name, "must" if field.required else "may", f"{field.name}: none"


def _filled(value: Any) -> bool:
    """Whether there is a word anywhere in it."""
    if isinstance(value, Mapping):
        return any(map(_filled, value.values()))
    if isinstance(value, list | tuple):
        return any(map(_filled, value))
    return value not in ("", None)


def _speaks(trigger: Any) -> bool:
    return bool(trigger.verbs or trigger.nouns or trigger.adjectives or trigger.phrases)


def _packaged() -> list[Language]:
    return [load(code) for code in available() if code not in further()]


def _like(name: str, key: str) -> set[str]:
    """The names that all languages of the package have under a key of dictionaries."""
    tables = [getattr(getattr(one, name), key) for one in _packaged()]
    return set.intersection(*(set(map(str, table)) for table in tables)) if tables else set()


def _states() -> list[str]:
    """The states of which every language of the package knows a demonym or the capital."""
    tables = [{code for code, state in one.actors.states.items() if state.demonyms or state.capital} for one in _packaged()]
    return sorted(set.intersection(*tables)) if tables else []


def _some(names: Iterable[str]) -> str:
    every = list(names)
    return ", ".join(every[:_NAMED]) + (f" and {len(every) - _NAMED} more" if len(every) > _NAMED else "")
