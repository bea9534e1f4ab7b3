"""States: the codes, what CLDR calls them in each language, and which one a person means.

Codes are ISO 3166-1 alpha-3, and XKX for Kosovo. Former states lead to the one that continues them (SUN to RUS).
Further names and demonyms come from each language's actors.yaml.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache
from importlib import resources

from babel import Locale, UnknownLocaleError
from babel.core import get_global
from babel.localedata import locale_identifiers

from dragoman.errors import LanguageError, QueryError, UnknownNameError
from dragoman.languages import available, base, load
from dragoman.languages.folding import fold

FORMER = {
    "BUR": "MMR", "CSK": "CZE", "DDR": "DEU", "FXX": "FRA", "SCG": "SRB", "SUN": "RUS",
    "TMP": "TLS", "YMD": "YEM", "YUG": "SRB", "ZAR": "COD",
}  # fmt: skip
# CLDR knows these, ISO 3166-1 does not assign them: parts of states, bodies, test data.
_NOT_STATES = frozenset({"ASC", "CPT", "DGA", "QUU", "TAA", "XAA", "XBB", "ZZZ"})
_SHARED = 4
"""A word in the names of more states than this ("islands", "republic") is no name that a person would mean one of them by.

Nor are three letters ("U.S.").
"""

_Tier = dict[str, set[str]]


@lru_cache(maxsize=1)
def _alpha2() -> dict[str, str]:
    """Alpha-2 to alpha-3, the deprecated alpha-2 codes with one heir ("UK") included."""
    aliases = get_global("territory_aliases")
    codes = {"XK": "XKX"}
    for code, heirs in aliases.items():
        if len(code) == 3 and code.isalpha() and len(heirs) == 1 and code not in FORMER and code not in _NOT_STATES and heirs[0] != "XK":
            codes[heirs[0]] = code
    for code, heirs in aliases.items():
        if len(code) == 2 and len(heirs) == 1 and heirs[0] in codes:
            codes.setdefault(code, codes[heirs[0]])
    return codes


@cache
def registry(language: str) -> dict[str, str]:
    """Code to CLDR name in `language` (its base, for "ar-EG"), for every state; not to be changed by the caller.

    Raises LanguageError when CLDR does not know the language.
    """
    try:
        territories = Locale(base(language)).territories
    except (UnknownLocaleError, ValueError) as error:
        raise LanguageError(f"CLDR knows no language {language!r}.") from error
    obsolete = get_global("territory_aliases")
    return {code: territories[two] for two, code in sorted(_alpha2().items()) if two in territories and two not in obsolete}


def names(code: str, language: str) -> str:
    """What the state `code` is called in `language`; the code itself when it has no name there."""
    return registry(language).get(FORMER.get(code, code), code)


def variants(name: str) -> tuple[str, ...]:
    """Other spellings that a CLDR name holds: "Myanmar (Burma)" gives both, "Hong Kong SAR China" the city."""
    both = re.fullmatch(r"(.+?)\s*[(（](.+)[)）]", name)
    if both:
        return both.group(1), both.group(2)
    city = re.fullmatch(r"(.+) SAR China", name)
    return (city.group(1),) if city else ()


def _key(text: str) -> str:
    """What two spellings of one name share."""
    key = re.sub(r"[.,]", "", fold(text).replace("&", " and "))
    key = re.sub(r"[\s\-_']+", " ", key).strip()
    key = re.sub(r"\bst\b", "saint", key)
    return key.removeprefix("the ")


def _tier(pairs: Iterable[tuple[str, str]]) -> _Tier:
    tier: _Tier = {}
    for name, code in pairs:
        if key := _key(name):
            tier.setdefault(key, set()).add(code)
    return tier


@cache
def _named(languages: tuple[str, ...]) -> _Tier:
    return _tier((name, code) for language in languages for code, name in registry(language).items())


@cache
def _further(languages: tuple[str, ...]) -> tuple[_Tier, _Tier, _Tier]:
    """Our own names, parts of CLDR's names, our own demonyms: the surest first."""
    states = [(code, state) for language in languages for code, state in load(language).actors.states.items()]
    cldr = [(name, code) for language in languages for code, name in registry(language).items()]
    return (
        _tier((name, code) for code, state in states for name in state.names),
        _tier((part, code) for name, code in cldr for part in variants(name)),
        _tier((name, code) for code, state in states for name in state.demonyms),
    )


@cache
def _parts(languages: tuple[str, ...]) -> _Tier:
    """What several states' names share: "Korea", "Congo"; by every run of words of CLDR's names that is not the whole of one."""
    pairs = []
    for language in languages:
        for code, name in registry(language).items():
            words = _key(name).split()
            runs = {" ".join(words[i:j]) for i in range(len(words)) for j in range(i + 1, len(words) + 1)}
            pairs += [(run, code) for run in runs]
    return {key: codes for key, codes in _tier(pairs).items() if 1 < len(codes) <= _SHARED and len(key) > 3}


def gather_world() -> _Tier:
    """The names in every language that CLDR knows; seconds to gather, so kept in world.txt (`write_world`)."""
    languages = [identifier for identifier in locale_identifiers() if "_" not in identifier]
    return _tier((name, code) for language in sorted(languages) for code, name in registry(language).items())


def write_world() -> str:
    """What belongs into world.txt: a line for each name, as it is compared, and the codes that it is the name of."""
    return "".join(f"{key}\t{' '.join(sorted(codes))}\n" for key, codes in sorted(gather_world().items()))


def _world(key: str) -> set[str]:
    """The states called so in any language. The file is searched, not loaded: it is asked once or twice in a run."""
    text = (resources.files("dragoman.languages") / "world.txt").read_text("utf-8")
    found = re.search(rf"^{re.escape(key)}\t(.+)$", text, re.M) if key else None
    return set(found[1].split()) if found else set()


def resolve(text: str, languages: Sequence[str] | None = None) -> str:
    """The code of the state that a person calls `text`: a code, or a name or demonym in any language.

    languages: whose names count first (default: those that have a folder). Two-letter codes only in upper case.
    Raises UnknownNameError (with the nearest known), and QueryError when it is the name of several states.
    """
    asked, upper = text.strip(), text.strip().upper()
    alpha2, known = _alpha2(), set(_alpha2().values())
    if asked in known or asked in FORMER:
        return FORMER.get(asked, asked)
    if asked in alpha2:
        return alpha2[asked]
    own = tuple(available() if languages is None else languages)
    key = _key(asked)
    if key:
        if codes := _named(own).get(key):
            return _only(codes, asked)
        ours, parts, demonyms = _further(own)
        if key not in demonyms and (codes := _parts(own).get(key)):
            return _only(codes, asked)
        for tier in (ours, parts, demonyms):
            if codes := tier.get(key):
                return _only(codes, asked)
    if upper in known or upper in FORMER:
        return FORMER.get(upper, upper)
    if codes := _world(key):
        return _only(codes, asked)
    raise UnknownNameError(f"No state is known as {asked!r}.", "", _advice(key, own))


def _only(codes: set[str], asked: str) -> str:
    if len(codes) > 1:
        possible = ", ".join(f"{names(code, 'en')} ({code})" for code in sorted(codes))
        raise QueryError(f"{asked!r} is the name of several states: {possible}.", "", "Give the code.")
    return next(iter(codes))


def _advice(key: str, languages: tuple[str, ...]) -> str:
    """The nearest names that are known, each with its code."""
    near: dict[str, str] = {}
    for tier in (_named(languages), *_further(languages)):
        for match in difflib.get_close_matches(key, tier, n=3, cutoff=0.7):
            for code in sorted(tier[match]):
                near.setdefault(code, names(code, "en"))
    if not near:
        return "Give its name in any language, or its ISO 3166-1 code such as PAK."
    return "Did you mean " + " or ".join(f"{name} ({code})" for code, name in list(near.items())[:3]) + "?"
