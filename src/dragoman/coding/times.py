"""Time expressions, found in a text and read straight to EDTF. The words and shapes are the language's times.yaml.

A text is cut into tokens; each token has a class (month, unit, four: a number like a year ...), written as one
character, so that a sentence becomes a short string on which the shapes are ordinary regular expressions.
What leans on the narrative ("two years later", "in June") comes back without a date: `running.Clock` places it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec.structs import replace

from dragoman.coding import calendar
from dragoman.coding.calendar import Moment
from dragoman.coding.timewords import Table, Token, grammar
from dragoman.statement import When

_ISO = re.compile(r"(\d{4})[-/](\d{1,2})[-/](\d{1,2})|(\d{1,2})[./](\d{1,2})[./](\d{4})")


class Found(When, frozen=True):
    """A time expression with what is needed to place it.

    first, last: the moment it names, or the ends of a range. relation: since, until, by, after, before, around, "".
    plain: its EDTF without the relation ("1971" for "until 1971"). step, count, unit: how far it leans on the date
    that the narrative stands at (`same`, `next`, `previous`, `later`, `earlier`). kind: the shape's kind in times.yaml.
    bracketed: inside parentheses. attributive: part of a name or noun phrase ("the 2003 invasion", "war of 1973").
    parts: (start, end, TIMEX3 value) of the ends of a range.
    """

    kind: str = "date"
    first: Moment | None = None
    last: Moment | None = None
    relation: str = ""
    plain: str = ""
    step: str = ""
    count: int = 0
    unit: str = ""
    bracketed: bool = False
    attributive: bool = False
    language: str = ""
    parts: tuple[tuple[int, int, str], ...] = ()


def join(plain: str, relation: str) -> str:
    """EDTF of a date seen through a relation: since 1990 is "1990/..", until 1971 "../1971", around 2014 "2014~"."""
    if not plain or ".." in plain:
        return plain
    first, _, last = plain.partition("/")
    if relation == "since":
        return f"{first}/.."
    if relation == "after":
        return f"{last or first}/.."
    if relation == "until":
        return f"../{last or first}"
    if relation == "before":
        return f"../{first}"
    if relation == "around" and not last:
        return plain if plain.endswith("~") else f"{plain}~"
    return plain


class Tagger:
    """Finds time expressions. `tag` is pure: the same text gives the same expressions."""

    def __init__(self, language: str) -> None:
        self.language = language
        self._grammar = grammar(language)
        self._table = Table()

    def tag(self, text: str, start: int = 0, end: int | None = None) -> list[When]:
        """The expressions in text[start:end], in order, none overlapping; offsets are into the whole text.

        What cannot be placed without the narrative has edtf "": hand it to `Clock.resolve`.
        """
        piece = text[start:end] if start or end is not None else text
        folded = self._table.fold(piece)
        if not self._grammar.maybe(folded):
            return []
        places = self._table.places(piece, folded)
        tokens, codes = self._grammar.cut(folded, piece, places)
        found: list[When] = []
        for one in self._match(tokens, codes):
            parts = tuple((start + places[p], start + places[q], value) for p, q, value in one.parts)
            found.append(replace(one, start=start + places[one.start], end=start + places[one.end], parts=parts, language=self.language))
        return found

    def _match(self, tokens: list[Token], codes: str) -> Iterator[Found]:
        done = 0
        for stretch in self._grammar.stretches.finditer(codes):
            for at in range(stretch.start(), stretch.end()):
                for shape in self._grammar.starting.get(codes[at], ()) if at >= done else ():
                    match = shape.pattern.match(codes, at)
                    if match and match.end() > at:
                        roles = {role: range(*match.span(name)) for name, role in shape.roles if match.group(name)}
                        found = _Reading(tokens, at, match.end(), roles).read(shape.kind)
                        if found:
                            done = match.end()
                            yield found
                            break


class _Reading:
    """One match of a shape: tokens[start:end], and which of them play which role."""

    def __init__(self, tokens: list[Token], start: int, end: int, roles: dict[str, range]) -> None:
        self.tokens, self.start, self.end, self.roles = tokens, start, end, roles
        while self.start < end - 1 and tokens[self.start].kind in ("in", "from", "of", "and", "comma"):
            self.start += 1  # prepositions are no part of an expression
        self.relation = self._relation()

    def read(self, kind: str) -> Found | None:
        """The expression, None when what matched cannot be one (31 February, 1977 to 1973)."""
        return getattr(self, f"_read_{kind}")()  # type: ignore[no-any-return]

    # -- what the roles say

    def _token(self, role: str) -> Token | None:
        places = self.roles.get(role)
        return self.tokens[places[-1]] if places else None

    def _value(self, role: str) -> str:
        token = self._token(role)
        return (token.value or token.word) if token else ""

    def _part(self) -> str:
        part = self._value("part")
        return {"later": "late", "earlier": "early", "ago": ""}.get(part, part)

    def _relation(self) -> str:
        relation = ""
        for token in reversed(self.tokens[max(0, self.start - 5) : self.start]):
            if token.kind == "around":
                relation = "around"
            elif token.kind in ("since", "until", "after", "before", "by"):
                return token.kind
            elif token.kind == "from":
                return "since" if self.end < len(self.tokens) and self.tokens[self.end].kind == "onward" else relation
            elif token.kind not in ("the", "unit", "in", "of", "weekday"):
                break
        return relation

    def _attributive(self) -> bool:
        """Whether the date names something: the 2018 attack, the war of 1973, معاهدة 1936."""
        before, further = (self.tokens[self.start - n] if self.start >= n else None for n in (1, 2))
        after = self.tokens[self.end] if self.end < len(self.tokens) else None
        if before is None:
            return False
        if before.kind in ("the", "a", "his") and after is not None:
            return after.kind in ("x", "ord") and after.word[0].isalpha()
        if before.kind == "of":
            return further is None or further.kind not in ("part", "month", "weak", "unit")
        return before.kind == "x" and before.word[-1].isalpha() and self.tokens[self.start].kind == "four"

    def _year(self, suffix: str = "", like: int | None = None) -> int | None:
        token = self._token(f"year{suffix}")
        if not token:
            return None
        year = int(token.word)
        if self._value(f"era{suffix}") == "bc" or (not suffix and self._value("era2") == "bc" and "era" not in self.roles):
            return 1 - year
        if like is not None and len(token.word) < 4 and f"era{suffix}" not in self.roles and like > 0:
            size = 10 ** len(token.word)
            year += like // size * size
        return year

    def _moment(self, suffix: str = "", like: int | None = None) -> Moment | None:
        day, month, season = (self._value(role + suffix) for role in ("day", "month", "season"))
        year = self._year(suffix, like)
        part = self._part() if not suffix else ""
        if season and not suffix:
            return Moment("season", year, int(season), part=part)
        if day:
            return Moment("day", year, int(month or 0), int(re.sub(r"\D", "", day)))
        if month:
            return Moment("month", year, int(month), part=part)
        return Moment("year", year, part=part) if year is not None else None

    def _found(self, first: Moment | None, last: Moment | None = None, *, plain: str = "", **rest: str | int) -> Found:
        """The expression over first (to last). plain: its EDTF where the moments do not tell it."""
        if first and not plain:
            plain = calendar.write(first) + (f"/{calendar.write(last)}" if last else "")
            plain = "" if plain.startswith("/") or plain.endswith("/") else plain
        edtf = join(plain, self.relation)
        lower, upper = calendar.bounds(edtf, first.part if first and not last and first.unit != "day" and edtf == plain else "")
        parts: tuple[tuple[int, int, str], ...] = ()
        if first and last:
            joints = (i for i in range(self.start + 1, self.end) if self.tokens[i].kind in ("dash", "slash", "to", "and", "until"))
            cut = next(joints, self.end - 1)
            parts = (
                (self.tokens[self.start].start, self.tokens[cut - 1].end, calendar.write_timex(first)),
                (self.tokens[min(cut + 1, self.end - 1)].start, self.tokens[self.end - 1].end, calendar.write_timex(last)),
            )
        value = str(rest.pop("value", "")) or (plain if last or not first else calendar.write_timex(first))
        opened = sum((t.kind == "open") - (t.kind == "close") for t in self.tokens[max(0, self.start - 50) : self.start])
        found = Found(
            self.tokens[self.start].start, self.tokens[self.end - 1].end, edtf, lower, upper, value=value, first=first, last=last,
            relation=self.relation, plain=plain, bracketed=opened > 0, attributive=self._attributive(), parts=parts,
        )  # fmt: skip
        return replace(found, **rest) if rest else found

    # -- one reading a kind

    def _read_date(self) -> Found | None:
        iso = self._token("iso")
        if iso:
            match = _ISO.match(iso.word)
            if not match:
                return None
            y, m, d, d2, m2, y2 = (int(g) if g else 0 for g in match.groups())
            moment = Moment("day", y or y2, m or m2, d or d2)
            if not calendar.valid(moment) and d2:  # month first, as Americans write it
                moment = Moment("day", y2, d2, m2)
            return self._found(moment) if calendar.valid(moment) else None
        first = self._moment()
        if first is None or not calendar.valid(first):
            return None
        step = self._value("step")
        if not any(f"{role}2" in self.roles for role in ("day", "month", "year")):
            return self._found(first, step=step, unit="year" if step else "")
        last = self._moment("2", first.year)
        if last is None:
            return None
        if last.unit == "day" and not last.month:
            last = replace(last, month=first.month)
        year = first.year if last.year is None else last.year
        first = replace(first, year=year if first.year is None else first.year, month=first.month or last.month)
        if first.unit == "month" and last.unit == "year":
            return None
        last = replace(last, year=year)
        if first.year is not None and year is not None and (first.year, first.month, first.day) >= (year, last.month, last.day):
            return None
        if not (calendar.valid(first) and calendar.valid(last)):
            return None
        return self._found(first, last, step=step, unit="year" if step else "")

    def _read_joined(self) -> Found | None:
        """In 2019 and 2020: one stretch, when the years follow on each other."""
        year, other = self._year(), self._year("2")
        return self._read_date() if year is not None and other == year + 1 else None

    def _read_open(self) -> Found | None:
        first = self._decade("decade") if "decade" in self.roles else self._moment()
        return self._found(first, plain=f"{calendar.write(first)}/..") if first else None

    def _decade(self, role: str, era: str = "") -> Moment | None:
        digits = self._value(role)
        number = int(re.sub(r"\D", "", digits) or 0)
        token = self._token(role)
        if era == "bc":
            return Moment("decade", -(number + 8))
        if number < 100 and "century" in self.roles:
            number += (int(self._value("century")) - 1) * 100
        if number < 100:
            number += 1900
        if number % 100 == 0 and token and token.word[0].isdigit() and number != 2000:
            return Moment("century", number, part=self._part())
        return Moment("decade", number, part=self._part())

    def _read_decade(self) -> Found | None:
        first = self._decade("decade", self._value("era"))
        if first is None or "decade2" not in self.roles:
            return self._found(first) if first else None
        last = self._decade("decade2", self._value("era2"))
        if last is None or first.year is None or last.year is None:
            return None
        digits = re.sub(r"\D", "", self._value("decade2"))
        if len(digits) < 3 and "century" not in self.roles:
            last = Moment("decade", first.year // 100 * 100 + int(digits))
        if first.unit == "century" and last.unit == "decade":
            first = Moment("decade", first.year)
        return self._found(first, last) if (first.year or 0) < (last.year or 0) else None

    def _read_century(self) -> Found | None:
        moments = []
        for role in ("century", "century2"):
            if role in self.roles:
                number = int(re.sub(r"\D", "", self._value(role)))
                if not 1 <= number <= 30:
                    return None
                bc = self._value("era") == "bc"
                moments.append(Moment("century", -(number * 100 - 1) if bc else (number - 1) * 100, part=self._part()))
        return self._found(*moments)

    def _read_hijri(self) -> Found | None:
        year = int(self._value("year"))
        month = int(self._value("month") or 0)
        day = int(re.sub(r"\D", "", self._value("day")) or 0)
        if not 1 <= year <= 1500 or day > 30:
            return None
        plain = calendar.from_hijri(year, month, day)
        beside = self._year("2")
        if beside is not None and beside >= int(plain[:4]) - 1:
            plain = calendar.write_year(beside)  # the year of our era printed beside it decides
        return self._found(None, plain=plain)

    def _read_step(self) -> Found | None:
        unit, step = self._unit(), self._value("step") or "same"
        if unit == "time" and step not in ("same", "this"):
            return None
        after = self.tokens[self.end] if self.end < len(self.tokens) else None
        before = self.tokens[self.start - 1] if self.start else None
        if step == "last" and ((after and after.kind == "of") or (before and before.kind == "the")):
            return None  # the last week of October
        return self._found(Moment("time", part=self._part()), kind="step", step=step, unit=unit)

    def _unit(self) -> str:
        return self._value("unit") or self._value("dual")

    def _amount(self) -> int:
        """How many: 0 for "several"."""
        number = 2 if "dual" in self.roles else 0
        for role in ("count", "count3"):
            token = self._token(role)
            if token:
                number += 1 if token.kind == "a" else 0 if token.kind == "some" else int(token.value or token.word)
        return number

    def _read_offset(self) -> Found | None:
        direction = self._token("dir")
        if direction is None:
            return None
        step = {"after": "later", "before": "earlier"}.get(direction.kind, direction.value)
        unit, count = self._unit(), self._amount()
        if unit == "time":
            return None
        self.relation = ""
        begin = self.start
        if direction.kind in ("after", "before") and "count" in self.roles and self.roles["dir"][0] > self.roles["count"][0]:
            follows = self.tokens[self.end] if self.end < len(self.tokens) else None
            if follows is not None and follows.kind not in ("dot", "comma", "close", "break"):
                step += "-than"  # two days after a soldier was hurt: dates what follows, two days before the narrative
        elif direction.kind in ("after", "before"):
            if self.start and self.tokens[self.start - 1].kind not in ("comma", "and", "dot", "break", "open", "close"):
                return None  # reopened after thirteen years: how long it took
            begin = min(begin + 1, self.end - 1)  # the preposition is no part of the expression
        found = self._found(Moment("time"), kind="offset", step=step, count=count, unit=unit)
        return replace(found, start=self.tokens[begin].start)

    def _duration(self) -> str:
        unit, count = self._unit(), self._amount()
        letters = {"day": "D", "week": "W", "month": "M", "year": "Y", "decade": "DE", "century": "CE"}
        return f"P{count or 'X'}{letters[unit]}" if unit in letters else ""

    def _read_span(self) -> Found | None:
        value = self._duration()
        if not value:
            return None
        relation, self.relation = self.relation, ""
        found = self._found(Moment("time"), kind="span", step=self._value("step"), count=self._amount(), unit=self._unit(), value=value)
        return replace(found, timex="DURATION", relation=relation)

    def _read_clock(self) -> Found | None:
        count = self._amount()
        letter = "H" if any(t.value == "hour" for t in self.tokens[self.start : self.end]) else "M"
        return replace(self._found(None, kind="clock", value=f"PT{count or 'X'}{letter}"), timex="DURATION")

    def _read_event(self) -> Found | None:
        token = self.tokens[self.end - 1]
        return self._found(None, plain=token.value, kind="event")

    def _read_vague(self) -> Found | None:
        self.relation = ""
        return self._found(None, kind="vague", value=self._value("vague"))
