"""The words of time of one language, compiled: how a text is cut into classed tokens, and the shapes of expressions.

Each token's class (month, unit, four: a number like a year ...) is written as one character, so that a sentence
becomes a short string on which the shapes of times.yaml are ordinary regular expressions.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from itertools import product

import msgspec

from dragoman import languages
from dragoman.errors import LanguageError
from dragoman.languages.folding import fold, fold_character
from dragoman.languages.schema import Times

_PLAIN = (
    "iso", "four", "three", "two", "small", "figure", "large", "clock", "equal",
    "comma", "dash", "slash", "open", "close", "quote", "dot", "break", "x",
)  # fmt: skip
_MARKS = {",": "comma", "،": "comma", "-": "dash", "/": "slash", "(": "open", ")": "close", ".": "dot", "\n": "break", "=": "equal"}
_MARKS |= {'"': "quote", "'": "quote"}
_CORE = (  # no expression without one of these, or a digit
    "month", "weak", "hijri", "season", "unit", "decade", "event", "vague", "daytime", "dual", "span", "clock", "set", "feast",
    "former", "present", "today", "thousands", "era_name", "thereof",
)  # fmt: skip


class Table(dict[int, str]):
    """Folding a whole text at a time, filled as characters are met. Places are needed only where lengths change."""

    def __missing__(self, key: int) -> str:
        self[key] = folded = fold_character(chr(key))
        return folded

    def fold(self, text: str) -> str:
        """As `folding.fold`."""
        return text.translate(self)

    def places(self, text: str, folded: str) -> Sequence[int]:
        """As `Folded.places`: for each character of the folded text, and for its end, where it stood in `text`."""
        if text.isascii() or (len(text) == len(folded) and all(len(self[ord(c)]) == 1 for c in set(text))):
            return range(len(text) + 1)
        places = [place for place, character in enumerate(text) for _ in self[ord(character)]]
        places.append(len(text))
        return places


class Token(msgspec.Struct, frozen=True):
    """A word, number or mark of the folded text, its class and what it stands for."""

    start: int
    end: int
    word: str
    kind: str
    value: str = ""


class Shape(msgspec.Struct, frozen=True):
    """A shape of expressions: its kind, its pattern over classes, and the role of each named group."""

    kind: str
    pattern: re.Pattern[str]
    roles: list[tuple[str, str]]


class Grammar:
    """One language's times.yaml, compiled: word look-up, token classes, and the shapes as regular expressions."""

    def __init__(self, times: Times) -> None:
        self.times = times
        pairs = {(kind, str(value)) for kind, values in times.words.items() for value in values}
        pairs |= {(kind, "") for kind in _PLAIN} | {("ord", ""), ("decade", ""), ("event", "")}
        self.codes = {pair: chr(0x4E00 + i) for i, pair in enumerate(sorted(pairs))}
        self.plain = {kind: code for (kind, value), code in self.codes.items() if not value}
        self.classes: dict[str, str] = {}
        for (kind, value), code in self.codes.items():
            self.classes[kind] = self.classes.get(kind, "") + code
            self.classes.setdefault(f"{kind}={value}", code)
        suffixes = "|".join(re.escape(fold(s)) for values in times.suffixes.values() for s in values)
        self._suffixes = {fold(s): kind for kind, values in times.suffixes.items() for s in values}
        self._tokens = re.compile(
            r"(?P<iso>(?<![\d/.-])(?:\d{4}-\d{1,2}-\d{1,2}|\d{4}/\d{1,2}/\d{1,2}|\d{1,2}/\d{1,2}/\d{4}|\d{1,2}\.\d{1,2}\.\d{4}|\d{1,2}-\d{1,2}-\d{4})(?![\d/]))"
            r"|(?P<clock>\d{1,2}:\d{2}(?!\d))|(?P<figure>\d+(?:[.,٬٫]\d+)+(?!\d)(?<![.,]\d{4}))"
            rf"|(?P<number>\d+)(?P<suffix>(?:{suffixes or '(?!)'})(?![^\W\d_]))?|[^\W\d_]+|\n|[^\w\s]|_"
        )
        self.exact = {fold(form): {f for f in times.exact if fold(f) == fold(form)} for form in times.exact}
        self.words: dict[str, list[tuple[tuple[str, ...], str, str]]] = {}
        for kind, values in times.words.items():
            for key, forms in values.items():
                for form in forms:
                    self._add(form, kind, str(key))
        for event in times.events:
            for name in event.names:
                self._add(name, "event", event.date)
        for entries in self.words.values():
            entries.sort(key=lambda entry: -len(entry[0]))
        self._prefixes = _spell_prefixes(times.prefixes)
        self.prefixed = {p + w: (p, w) for p in self._prefixes for w in self.words}
        self.core = {w for w, entries in self.words.items() if any(kind in _CORE for _, kind, _ in entries)}
        self.core |= {p for p, (_, w) in self.prefixed.items() if w in self.core}
        self.shapes = [Shape(kind, *self._compile(pattern, i)) for i, (kind, pattern) in enumerate(times.forms)]
        self.starting: dict[str, list[Shape]] = {}
        for (_, pattern), shape in zip(times.forms, self.shapes, strict=True):
            for code in self._starts(pattern):
                self.starting.setdefault(code, []).append(shape)
        plain = "".join(code for (kind, _), code in self.codes.items() if kind in ("x", "clause", "figure", "counted", "label", "break"))
        core = "".join(code for (kind, _), code in self.codes.items() if kind in (*_CORE, "ord", "number", *_PLAIN[:5]))
        self.stretches = re.compile(f"[^{plain}]*[{core}][^{plain}]*")
        self.cues = {role: _cue(cues) for role, cues in times.cues.items()}
        self.letters = re.compile(r"[^\W\d_]+")
        self.plural = frozenset(fold(form) for form in times.plural)
        self.participles = tuple(fold(ending) for ending in times.participles) or ("\0",)
        # words that open a step and, before a date, tell where it lies: the following year, following the war
        tails = {kind: {fold(f) for forms in times.words.get(kind, {}).values() for f in forms} for kind in ("step", "before", "after")}
        self.relations = {word: kind for kind in ("before", "after") for word in tails[kind] & tails["step"]}
        self._labels = {fold(f) for forms in times.words.get("label", {}).values() for f in forms}
        self.articles = tuple(fold(p) for p, role in times.prefixes.items() if not role and len(p) > 1)

    def _add(self, form: str, kind: str, value: str) -> None:
        head, *tail = (m.group() for m in self._tokens.finditer(fold(form)))
        self.words.setdefault(head, []).append((tuple(tail), kind, value))

    def _compile(self, pattern: str, number: int) -> tuple[re.Pattern[str], list[tuple[str, str]]]:
        pattern = self._expand(pattern)
        roles: list[tuple[str, str]] = []

        def write(match: re.Match[str]) -> str:
            role, paren, atom = match.groups()
            name = ""
            if role:
                roles.append((name := f"g{number}_{len(roles)}", role))
            if paren:
                return f"(?P<{name}>" if name else "(?:"
            codes = self.classes.get(atom)
            if codes is None:
                raise LanguageError(
                    f"No class of words is called {atom!r}.", f"times.yaml: {pattern}", "See docs/times.md for the classes."
                )
            return f"(?P<{name}>[{codes}])" if name else f"[{codes}]"

        text = re.sub(r"(?:(\w+):)?(?:(\((?!\?))|(\w+(?:=\w+)?))", write, pattern)
        return re.compile(re.sub(r"\s+", "", text)), roles

    def _expand(self, pattern: str) -> str:
        for _ in range(3):  # macros may use macros
            pattern = re.sub(r"\{(\w+)\}", lambda m: f"({self.times.macros[m.group(1)].strip()})", pattern)
        return pattern

    def _starts(self, pattern: str) -> set[str]:
        """The codes that a match of the pattern can start with."""
        pieces = re.findall(r"\(\?<?[=!]|[()|?]|\w+:|\w+(?:=\w+)?", self._expand(pattern))
        place = 0

        def alternatives() -> tuple[set[str], bool]:
            nonlocal place
            first: set[str] = set()
            nullable, passed = False, True  # passed: all items of this alternative so far may be absent
            while place < len(pieces) and pieces[place] != ")":
                piece = pieces[place]
                place += 1
                if piece == "|":
                    nullable, passed = nullable or passed, True
                elif not piece.endswith(":"):
                    opened = piece.startswith("(")
                    codes, absent = alternatives() if opened else (set(self.classes[piece]), False)
                    if opened:
                        place += 1
                    if opened and piece != "(":
                        continue  # looks around: takes nothing
                    if place < len(pieces) and pieces[place] == "?":
                        place, absent = place + 1, True
                    if passed:
                        first |= codes
                    passed = passed and absent
            return first, nullable or passed

        return alternatives()[0]

    def maybe(self, folded: str) -> bool:
        """Whether the folded text can hold an expression at all: a digit, or a word of time."""
        return any(d in folded for d in "0123456789") or not self.core.isdisjoint(self.letters.findall(folded))

    def cut(self, folded: str, raw: str, places: Sequence[int]) -> tuple[list[Token], str]:
        """The tokens of a folded text and, a character each, their classes."""
        matches = list(self._tokens.finditer(folded))
        words, prefixed = self.words, self.prefixed
        tokens: list[Token] = []
        skip = 0
        for i, match in enumerate(matches):
            if i < skip:
                continue
            group = match.lastgroup
            if group is None:
                word = match.group()
                if word in words or word in prefixed:
                    used = self._word(matches, i, tokens, raw, places)
                    if used:
                        skip = i + used
                        continue
                start, end = match.span()
                tokens.append(Token(start, end, word, _MARKS.get(word, "x") if end - start == 1 else "x"))
            elif group in ("number", "suffix"):
                tokens.append(self._number(matches, i, tokens))
            else:
                tokens.append(Token(match.start(), match.end(), match.group(), group))
        self._settle(tokens)
        codes, otherwise = self.codes, self.plain
        return tokens, "".join([codes.get((t.kind, t.value)) or otherwise[t.kind] for t in tokens])

    def _word(self, matches: list[re.Match[str]], i: int, tokens: list[Token], raw: str, places: Sequence[int]) -> int:
        """Look one word (or phrase from it on) up and add its tokens; the number of matches it takes, 0 when unknown."""
        match = matches[i]
        start, whole = match.start(), match.group()
        behind = matches[i + 1].group() if i + 1 < len(matches) else ""
        ways = [("", whole)] if whole in self.words else []
        if whole in self.prefixed:
            ways.append(self.prefixed[whole])
        for prefix, word, (tail, kind, value) in ((p, w, entry) for p, w in ways for entry in self.words[w]):
            n = len(tail)
            if n and (behind != tail[0] or tuple(m.group() for m in matches[i + 1 : i + 1 + n]) != tail):
                continue
            last = matches[i + n]
            begin = start + len(prefix)
            exact = self.exact.get(word)
            if exact and not n and raw[places[begin] : places[last.end()]] not in exact:
                continue
            at = start
            for piece in self._prefixes.get(prefix, ()):
                role = self.times.prefixes[piece]
                if role:
                    tokens.append(Token(at, at + len(piece), piece, role, "any"))
                elif len(piece) > 1:
                    begin = at  # the article is part of the word
                at += len(piece)
            tokens.append(Token(begin, last.end(), word, kind, value))
            return n + 1
        return 0

    def _number(self, matches: list[re.Match[str]], i: int, tokens: list[Token]) -> Token:
        match = matches[i]
        start, end, digits = match.start(), match.end(), match.group("number")
        size = len(digits)
        value = int(digits) if size <= 4 else 0
        kind = "figure"
        suffix = self._suffixes.get(match.group("suffix") or "")
        before = tokens[-1] if tokens else None
        if before is not None and before.end == start and before.word in self.articles:
            tokens.pop()  # the article written on to a number: الـ16
            before = tokens[-1] if tokens else None
        glued = before is not None and before.end == start and before.kind in ("x", "counted", "label") and before.word[-1:].isalpha()
        hyphened = len(tokens) > 1 and before is not None and before.kind == "dash" and before.end == start and _glued(tokens[-2], before)
        after = matches[i + 1] if i + 1 < len(matches) else None
        tied = after is not None and after.start() == end and after.group()[0].isalpha() and not self._era(after.group())
        if glued or hyphened or tied or size > 4:
            pass
        elif suffix == "decade":
            if size in (2, 3, 4) and value % 10 == 0:
                return Token(start, end, match.group(), "decade", digits)
        elif suffix == "ord":
            return Token(start, end, match.group(), "ord", digits)
        elif size == 4 and 1000 <= value <= 2199:
            kind = "four"
        elif size == 4 and value > 2199:
            kind = "large"  # a year only before our era
        elif size == 3:
            kind = "three"
        elif size <= 2:
            kind = "small" if 1 <= value <= 31 else "two"
        return Token(start, end, digits, kind, "")

    def _era(self, word: str) -> bool:
        return any(kind == "era" for _, kind, _ in self.words.get(word, ()))

    def _settle(self, tokens: list[Token]) -> None:
        """Turn the numbers that count or name things into figures: 1973 soldiers, Resolution 242, 60%, $2000."""
        for i, token in enumerate(tokens):
            if token.kind not in ("four", "three", "two", "small", "large"):
                continue
            before = tokens[i - 1] if i else None
            after = tokens[i + 1] if i + 1 < len(tokens) else None
            further = tokens[i + 2] if i + 2 < len(tokens) else None
            counts = after is not None and (after.kind == "counted" or after.word == "%")
            if not counts and after is not None and further is not None and further.kind == "counted" and after.kind == "x":
                counts = after.word.isalpha() and not (
                    before is not None and before.kind in ("in", "since", "until", "by", "month", "weak")
                )
            if counts or (before is not None and (before.kind == "label" or self._names(before))):
                tokens[i] = Token(token.start, token.end, token.word, "figure")

    def _names(self, token: Token) -> bool:
        """Whether the word may count things and also stand before their number: 20 صفحة, الصفحة 20."""
        return token.kind == "counted" and token.word in self._labels


def _spell_prefixes(prefixes: dict[str, str]) -> dict[str, list[str]]:
    """All that may stand before a word, and its pieces: conjunction, then preposition, then article."""
    groups: list[list[str]] = [[""], [""], [""]]
    for letters, role in prefixes.items():
        groups[0 if role == "and" else 1 if role else 2 if len(letters) > 1 else 0].append(letters)
    chosen = ([piece for piece in pieces if piece] for pieces in product(*groups))
    return {"".join(pieces): pieces for pieces in chosen if pieces}


def _glued(token: Token, dash: Token) -> bool:
    return token.end == dash.start and token.kind in ("x", "label") and token.word[-1:].isalpha()


def _cue(cues: Sequence[str]) -> re.Pattern[str]:
    pattern = "|".join(c if c.startswith(("^", "(?<")) else rf"\b{c}" for c in cues)
    return re.compile(rf"(?:{pattern})\b" if pattern else "(?!)", re.IGNORECASE)


@cache
def grammar(language: str) -> Grammar:
    """The compiled grammar of a language. Raises LanguageError when it has no times.yaml."""
    return Grammar(languages.times(language))
