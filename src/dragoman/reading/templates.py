"""Templates of wikitext: what a reader of the page would see of each, by the names that languages/*/wikitext.yaml gives."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

import msgspec
from babel import Locale, UnknownLocaleError
from babel.dates import get_month_names

from dragoman import languages
from dragoman.languages import states
from dragoman.languages.schema import Wikitext

FIELD, FLOAT, LANDED, KEPT, BREAK = "\ue000", "\ue001", "\ue002", "\ue003", "\ue004"
"""Marks within a page while it is read: a line of fields; what stands beside the text, begun and ended; a source; a soft break."""

_NAMED = re.compile(r"\|\s*([^|={}\[\]<>]{1,40}?)\s*=\s*((?:[^|{}\[\]]|\[\[[^\[\]{}|]*(?:\|[^\[\]{}|]*)?\]\]|\[[^\[\]]*\])*)")
_NAME = re.compile(r"\{\{\s*([^|{}]*?)\s*[|}]")
_LINK = re.compile(r"\[\[(?:[^\[\]|]*\|)?([^\[\]|]*)\]\]")
_ADDRESS = re.compile(r"\[((?:https?:)?//[^\s\[\]]+)[^\S\n]*([^\[\]]*)\]")
_MARKUP = re.compile(r"<[^<>]{0,500}>|'{2,}|\{\{[^{}]{0,500}\}\}|[{}]")
_DIGITS = re.compile(r"\d{1,4}\Z")
_STATE = re.compile(r"[A-Z]{3}\Z")
_ORDER = ("author", "title", "publisher", "date", "url")


class Habits(msgspec.Struct, frozen=True):
    """wikitext.yaml of a language and the English one, for quick look-up. forms: what a template's name makes of its values."""

    language: str
    files: frozenset[str]
    categories: frozenset[str]
    hidden: frozenset[str]
    appendices: frozenset[str]
    boxes: tuple[str, ...]
    forms: dict[str, str]
    signs: dict[str, str]
    named: dict[str, list[str]]
    ranges: frozenset[str]
    beginnings: tuple[tuple[str, str], ...]
    phrases: dict[str, str]
    cites: dict[str, str]
    months: tuple[str, ...]


@cache
def habits(language: str) -> Habits:
    """The habits of wikis in a language; of those in English only, where it has no folder."""
    base = language.split("-")[0].lower()
    codes = ["en"] + [code for code in (base,) if code in languages.available() and code != "en"]
    files: list[Wikitext] = [languages.wikitext(code) for code in codes]

    def every(field: str) -> list[str]:
        return [name.casefold() for file in files for name in getattr(file, field)]

    forms = {name: form for form in ("dates", "first", "second", "last", "pairs", "lists", "notes") for name in every(form)}
    phrases = {name.casefold(): words for file in files for name, words in file.phrases.items()}
    try:
        months: Any = get_month_names("wide", locale=Locale.parse(base))
    except (UnknownLocaleError, ValueError):
        months = get_month_names("wide", locale="en")
    return Habits(
        language=base,
        files=frozenset(every("files")),
        categories=frozenset(every("categories")),
        hidden=frozenset(every("namespaces")),
        appendices=frozenset(every("appendices")),
        boxes=tuple(every("boxes")),
        forms={name: form for name, form in forms.items() if not name.endswith("*")} | dict.fromkeys(phrases, "phrases"),
        signs={name.casefold(): sign for file in files for name, sign in file.signs.items()},
        named={name.casefold(): keys for file in files for name, keys in file.named.items()},
        ranges=frozenset(every("ranges")),
        beginnings=tuple((name[:-1], form) for name, form in forms.items() if name.endswith("*")),
        phrases=phrases,
        cites={key.casefold(): slot for file in reversed(files) for slot, keys in file.cites.items() for key in keys},
        months=tuple(months[number] for number in range(1, 13)),
    )


class Expanded(msgspec.Struct, frozen=True):
    """What a template comes to: text in its place, or a source that it cites."""

    text: str = ""
    cite: str = ""


_NOTHING = Expanded()


def expand(arguments: list[str], habits: Habits) -> Expanded:
    """What is seen of a template. arguments: its name and values, in which everything is expanded already."""
    raw = arguments[0].replace("_", " ").strip()
    name = raw.casefold()
    prefix, colon, rest = name.partition(":")
    if colon and prefix in habits.hidden:
        name = rest.strip()
    elif colon and prefix in habits.forms:  # {{formatnum:1234}}
        return Expanded(raw.partition(":")[2].strip())
    if name.startswith(habits.boxes):
        return Expanded(_fields(arguments[1:]))
    if name in habits.signs:
        return Expanded(habits.signs[name])
    if name in habits.named and (text := _named(arguments[1:], habits.named[name])):
        return Expanded(text)
    form = habits.forms.get(name) or next((form for start, form in habits.beginnings if name.startswith(start)), "")
    if not form:
        if len(arguments) == 1 and _STATE.match(raw):
            return Expanded(states.names(raw, habits.language) if raw in states.registry(habits.language) else "")
        return _NOTHING
    values = _positional(arguments[1:])
    if form == "notes":
        return Expanded(cite=" ".join(" ".join(values).split()))
    if form == "dates":
        return Expanded(_date(values, habits))
    if form == "phrases":
        return Expanded(habits.phrases[name].format(_date(values, habits)) if values else "")
    if form == "lists":
        return Expanded(_items(arguments[1:]))
    if not values:
        return _NOTHING
    if form == "pairs":  # {{convert|5|to|10|km}}
        return Expanded(" ".join(values[: 4 if len(values) > 3 and values[1].casefold() in habits.ranges else 2]))
    place = {"first": 0, "second": 1, "last": -1}[form]
    text = values[place] if place < len(values) else values[-1]
    return Expanded(f"\n{text}" if text.startswith("*") else text)  # a list begins on a line of its own


def _positional(arguments: list[str]) -> list[str]:
    """The values that have no name, or a number for one."""
    values = []
    for argument in arguments:
        name, equals, value = argument.partition("=")
        if not equals:
            values.append(argument.strip())
        elif name.strip().isdecimal():
            values.append(value.strip())
    return [value for value in values if value]


def _named(arguments: list[str], keys: list[str]) -> str:
    """The value of the first of these keys that is given."""
    told = {key.strip(): value.strip() for key, equals, value in (argument.partition("=") for argument in arguments) if equals}
    return next((told[key] for key in keys if told.get(key)), "")


def _items(arguments: list[str]) -> str:
    """The values as items of a list, each on a line of its own where it stands in the text by itself."""
    items = [item.strip().lstrip("*# ") for value in _positional(arguments) for item in value.split("\n")]
    return BREAK.join(item for item in items if item)


def _date(values: list[str], habits: Habits) -> str:
    """A date as running text has it: {{start date|1947|8|14}} is 14 August 1947."""
    numbers = [int(value) for value in values[:3] if _DIGITS.match(value)]
    if not numbers or not _DIGITS.match(values[0]):
        return " ".join(values[:1])
    year, *rest = numbers
    if not rest or not 1 <= rest[0] <= 12:
        return str(year)
    month = habits.months[rest[0] - 1]
    return f"{rest[1]} {month} {year}" if len(rest) > 1 and 1 <= rest[1] <= 31 else f"{month} {year}"


def _fields(arguments: list[str]) -> str:
    """An infobox: a line for each value that is given, and an empty one before and behind, so that it stays apart from the next."""
    lines = []
    for argument in arguments:
        name, equals, value = argument.partition("=")
        if not equals:
            name, value = "", argument
        value = " ".join(value.replace("\n", BREAK).replace(FIELD, BREAK).split())
        value = re.sub(rf"(?:{BREAK}[\s*#]*)+", "; ", value.strip(f" *#{BREAK}"))
        if value:
            lines.append(f"\n{FIELD}{name.strip().replace('_', ' ')}: {value}" if name.strip() else f"\n{FIELD}{value}")
    return f"\n{FIELD}{''.join(lines)}\n{FIELD}\n" if lines else ""


def cite(body: str, habits: Habits) -> str:
    """A source as it is cited, from the wikitext of a reference: who, what, where, when and the address."""
    told: dict[str, str] = {}
    if (found := _NAME.search(body)) is not None:
        for key, value in _NAMED.findall(body):
            slot = habits.cites.get(key.casefold(), "")
            if slot and slot not in told and (value := _plain(value)):
                told[slot] = value
        if not told:
            values = body[found.end() :].split("}}")[0].split("|")
            return ", ".join(text for value in values if "=" not in value and (text := _plain(value)))
        return ", ".join(told[slot] for slot in _ORDER if slot in told)
    return _plain(body)


def _plain(text: str) -> str:
    """The text of a short piece of wikitext."""
    if "[" in text:
        text = _LINK.sub(r"\1", text)
        text = _ADDRESS.sub(lambda found: f"{found[2]}, {found[1]}" if found[2] else found[1], text)
    if "<" in text or "'" in text or "{" in text or "}" in text:
        text = _MARKUP.sub("", text)
    return " ".join(text.split()).strip(" .,;")
