"""A folder for a new language: the keys and structure of the English one, its words left out, and what CLDR knows filled in.

CLDR tells names, script and direction, months, weekdays, eras, units, currencies, and in which order a date is written. Where it has
nothing, an empty list stands, with some of the English words behind it as a comment.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import msgspec
from babel import Locale, UnknownLocaleError
from babel.units import format_unit, get_unit_name

from dragoman.errors import LanguageError
from dragoman.languages import SHAPES, available, load
from dragoman.languages.states import registry

PATTERN = "en"
"""The language whose structure is taken over."""
_STRUCTURE = frozenset({"source", "target", "needs", "object", "ties", "types"})
"""Lists that hold names of the program's, not words of the language."""
_WEAK = frozenset({"weak", "fall"})
"""Classes of words that are also other words, which only who knows the language can tell."""
_CALENDAR = {
    "day": "duration-day", "week": "duration-week", "month": "duration-month", "year": "duration-year",
    "decade": "duration-decade", "century": "duration-century",
}  # fmt: skip
_UNITS = {
    "km": "length-kilometer", "m": "length-meter", "cm": "length-centimeter", "mm": "length-millimeter", "mile": "length-mile",
    "ft": "length-foot", "km2": "area-square-kilometer", "ha": "area-hectare", "kg": "mass-kilogram", "tonne": "mass-tonne",
    "kmh": "speed-kilometer-per-hour", "second": "duration-second", "minute": "duration-minute", "hour": "duration-hour", **_CALENDAR,
}  # fmt: skip
_SAMPLE = 8
_PLAIN = re.compile(r"[^\W_](?:[\w .'’/-]*\w)?\.?")


class Template(msgspec.Struct, frozen=True):
    """What CLDR tells of one language. code: its own. Raises LanguageError (`know`) for one that CLDR does not know."""

    code: str
    name: str
    native: str
    direction: str
    script: str
    words: dict[str, dict[Any, list[str]]]
    units: dict[str, list[str]]
    macros: dict[str, str]
    forms: list[tuple[str, str]]
    states: dict[str, str]


def know(code: str) -> Template:
    """What CLDR knows of a language. Raises LanguageError."""
    try:
        if not re.fullmatch("[a-z]{2,3}", code):
            raise ValueError
        locale = Locale(code)
    except (UnknownLocaleError, ValueError) as error:
        advice = "Give an ISO 639 code that CLDR knows, such as fr; a region or script is no part of it."
        raise LanguageError(f"CLDR knows no language {code!r}.", "", advice) from error
    native = locale.get_display_name(code) or code
    january = locale.months["stand-alone"]["wide"][1]
    letter = next((c for c in january + native if c.isalpha()), "a")
    words, macros, forms = _calendar(locale)
    return Template(
        code,
        locale.get_display_name("en") or code,
        native,
        "rtl" if locale.character_order == "right-to-left" else "ltr",
        unicodedata.name(letter).partition(" ")[0].capitalize(),
        words,
        _units(locale),
        macros,
        forms,
        registry(code),
    )


def _calendar(locale: Locale) -> tuple[dict[str, dict[Any, list[str]]], dict[str, str], list[tuple[str, str]]]:
    """Words of the calendar by class and value, and the shapes of dates: macros and forms."""
    kinds = [locale.months[form].get(width, {}) for form in ("format", "stand-alone") for width in ("wide", "abbreviated")]
    days = [locale.days[form].get("wide", {}) for form in ("format", "stand-alone")]
    eras = [locale.eras.get(width, {}) for width in ("wide", "abbreviated")]
    words: dict[str, dict[Any, list[str]]] = {
        "month": {month: _words(names.get(month, "") for names in kinds) for month in range(1, 13)},
        "weekday": {"any": _words(names.get(day, "") for day in range(7) for names in days)},
        "unit": {unit: _unit(locale, key) for unit, key in _CALENDAR.items()},
        "era": {name: _words(names.get(number, "") for names in eras) for number, name in ((0, "bc"), (1, "ad"))},
    }
    pattern = locale.date_formats["long"].pattern
    if linking := _words(re.findall(r"'([^\W\d_]+)'", pattern)):
        words["of"] = {"any": linking}
    macros = {"D": "(day:(small|ord))", "M": "(month:month)", "Y": "(year:four)", "TO": "(dash|to|until)"}
    dates = [_shape(pattern, fields) for fields in ("yMd", "Md", "yM")]
    shapes = [*dates, "{Y} dash (year2:four)", "month:month", "{Y}"]
    forms = [("date", shape) for shape in ("iso:iso", *shapes)]
    return words, macros, [*forms, ("event", "event:event"), ("set", "set:set")]


def _shape(pattern: str, fields: str) -> str:
    """A date as CLDR writes it ("d 'de' MMMM y"), as a shape of times.yaml, with only the fields asked for: y, M, d."""
    parts: list[str] = []
    for word, field, mark in re.findall(r"'([^']*)'|([yMd])\2*|([.,])", pattern):
        if field in fields and field:
            parts.append({"d": "{D}", "M": "{M}", "y": "{Y}"}[field])
        elif parts and (word.isalpha() or mark):
            between = {",": "comma?", ".": "dot?"}.get(mark, "of?")
            parts += [between] if parts[-1] != between else []
    while parts[-1].endswith("?"):
        parts.pop()
    return " ".join(parts)


def _units(locale: Locale) -> dict[str, list[str]]:
    units = {unit: _unit(locale, key) for unit, key in _UNITS.items()}
    money = {code: _words([locale.currencies.get(code, "")]) for code in load(PATTERN).quantities.units if re.fullmatch("[A-Z]{3}", code)}
    return {unit: words for unit, words in (units | money).items() if words}


def _unit(locale: Locale, unit: str) -> list[str]:
    """The forms of a unit, as they stand behind different numbers; where CLDR has no long ones, the short."""
    for length in ("long", "short"):
        told = (format_unit(number, unit, length, locale=locale) for number in (1, 2, 3, 5, 100))
        forms = _words([*(re.sub(r"\d", "", form) for form in told), get_unit_name(unit, length, locale=locale) or ""])
        if known := [form for form in forms if form != unit]:
            return known
    return []


def _words(found: Any) -> list[str]:
    """Words without the blanks around them, each once."""
    clean = (re.sub(r"[\s\u200e\u200f]+", " ", word).strip() for word in found)
    return list(dict.fromkeys(word for word in clean if word and not word.isdigit()))


def write(code: str, folder: Path) -> list[Path]:
    """Write the folder `folder/code` with all language files; their paths. Raises LanguageError: unknown, there already, not writable."""
    known = know(code)
    place = folder / code
    if place.exists():
        raise LanguageError("The folder is there already.", str(place), f"dragoman languages check {code} says what it lacks.")
    try:
        place.mkdir(parents=True)
        for name, text in _files(known):
            (place / f"{name}.yaml").write_text(text, "utf-8")
    except OSError as error:
        advice = "Name a folder that you can write with --to; DRAGOMAN_LANGUAGES then names it to Dragoman."
        raise LanguageError(f"The folder cannot be written: {error.strerror or error}.", str(error.filename or place), advice) from error
    return sorted(place.iterdir())


def _files(known: Template) -> Iterator[tuple[str, str]]:
    pattern = load(PATTERN if known.code != PATTERN else next(code for code in available() if code != PATTERN))
    for name, shape in SHAPES.items():
        head = "\n".join(f"# {line}".rstrip() for line in (getattr(shape, "__doc__", None) or "").strip().splitlines())
        head = head.replace("#     ", "# ") or f"# {name}.yaml: docs/languages.md says what stands here."
        body = "\n".join(_body(name, msgspec.to_builtins(getattr(pattern, name), str_keys=False), known))
        yield name, f"# {known.name} ({known.native}).\n{head}\n\n{body}\n"


def _body(name: str, values: Mapping[Any, Any], known: Template) -> Iterator[str]:
    """The keys of one file, with what CLDR tells of the language."""
    for key, value in values.items():
        match (name, key):
            case ("sentences", "name" | "native" | "direction" | "script"):
                yield f"{key}: {_quote(getattr(known, key))}"
            case ("sentences", "encodings") | ("grammar", "order" | "modifiers" | "possessive" | "noun_endings" | "adverb_endings"):
                yield f"{key}: {_quote(value if isinstance(value, str) else [])}"
            case ("grammar", "forms"):
                yield "forms: [{tag: past}]"
            case ("grammar", "clitics") | ("wikitext", "phrases") | ("actors", "endings"):
                yield f"{key}: {{}}"
            case ("questions", "stems"):
                yield f"{key}: []"
            case ("actors", "states"):
                yield "states:"
                yield from (f"  {code}: {{demonyms: [], capital: []}}  # {called}" for code, called in sorted(known.states.items()))
            case ("times", "words"):
                words = {kind: {str(value): told for value, told in forms.items()} for kind, forms in known.words.items()}
                kept = {kind: forms | words.get(kind, {}) for kind, forms in value.items() if kind not in _WEAK}
                yield from _write(key, kept, words)
            case ("times", "macros"):
                yield from _write(key, known.macros, known.macros)
            case ("times", "forms"):
                yield "forms:"
                yield from (f"  - [{kind}, {json.dumps(shape)}]" for kind, shape in known.forms)
            case ("quantities", "units"):
                yield from _write(key, value | known.units, known.units)
            case _:
                if name != "people":
                    yield from _write(key, value, {})
    if name == "people":
        yield "{}"


def _write(key: Any, value: Any, told: Any, deep: int = 0) -> Iterator[str]:
    """A key and what stands under it: structure kept, words emptied unless `told` has them."""
    margin = "  " * deep
    head = f"{margin}{_quote(key)}:"
    if isinstance(value, Mapping) and value:
        yield head
        for inner, further in value.items():
            yield from _write(inner, further, told.get(inner) if isinstance(told, Mapping) else None, deep + 1)
    elif isinstance(value, Sequence) and value and isinstance(value[0], Mapping):
        yield head
        for entry in value:
            words = [word for inner, part in entry.items() for word in _words_in(inner, part)]
            yield f"{margin}  - {_quote(_empty(entry))}{_comment(words)}"
    elif told:
        yield f"{head} {_quote(told)}"
    elif isinstance(value, Sequence) and not isinstance(value, str):
        yield f"{head} []{_comment(value)}"
    else:
        yield f"{head} {_quote(value)}"


def _empty(entry: Mapping[Any, Any]) -> dict[Any, Any]:
    """One entry of a list without its words, and without what is empty beside them."""
    kept: dict[Any, Any] = {}
    for key, value in entry.items():
        if isinstance(value, list | tuple) and key not in _STRUCTURE:
            kept |= {key: []} if value else {}
        elif value:
            kept[key] = value
    return kept


def _words_in(key: Any, value: Any) -> Sequence[str]:
    return value if isinstance(value, list | tuple) and key not in _STRUCTURE else ()


def _comment(words: Sequence[Any]) -> str:
    """Some of the English words, for who fills the list."""
    some = [str(word) for word in words if isinstance(word, str)]
    return f"  # {PATTERN}: {', '.join(some[:_SAMPLE])}{', ...' if len(some) > _SAMPLE else ''}" if some else ""


def _quote(value: Any) -> str:
    """A value as YAML on one line. A word of plain letters stands as it is."""
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{_quote(key)}: {_quote(inner)}" for key, inner in value.items()) + "}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(map(_quote, value)) + "]"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return f"{value:g}" if value < 1e6 else f"{value:.0f}"
    text = str(value)
    return text if _PLAIN.fullmatch(text) else json.dumps(text, ensure_ascii=False)
