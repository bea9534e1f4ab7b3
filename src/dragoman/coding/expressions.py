"""A time expression found, and what the words of its match say: relation, moment, time of day."""

from __future__ import annotations

import re

from msgspec.structs import replace

from dragoman.coding import calendar
from dragoman.coding.calendar import Moment
from dragoman.coding.timewords import Grammar, Token
from dragoman.statement import When


class Found(When, frozen=True):
    """A time expression with what is needed to place it.

    first, last: the moment it names, or the ends of a range. relation: since, until, by, after, before, around, maybe, "".
    plain: its EDTF without the relation ("1971" for "until 1971"). step, count, unit: how far it leans on the date
    that the narrative stands at (`same`, `next`, `previous`, `later`, `earlier`). kind: the shape's kind in times.yaml.
    bracketed: inside parentheses. attributive: part of a name or noun phrase ("the 2003 invasion", "war of 1973").
    parts: (start, end, TIMEX3 value) of the ends of a range. hour: the time of day, as TIMEX3 writes it (TMO, T03:00).
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
    hour: str = ""
    parts: tuple[tuple[int, int, str], ...] = ()


def join(plain: str, relation: str) -> str:
    """EDTF of a date seen through a relation: since 1990 is "1990/..", until 1971 "../1971", around 2014 "2014~", perhaps 1503 "1503?"."""
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
    if relation in ("around", "maybe") and ".." not in plain:
        mark = "~" if relation == "around" else "?"
        return "/".join(end if end[-1:] in "~?" else end + mark for end in plain.split("/"))
    return plain


class Match:
    """One match of a shape: tokens[start:end], and which of them play which role."""

    def __init__(self, grammar: Grammar, tokens: list[Token], start: int, end: int, roles: dict[str, range]) -> None:
        self.grammar, self.tokens, self.start, self.end, self.roles = grammar, tokens, start, end, roles
        self.from_first = tokens[start].kind == "from"
        self.named = next((i for i in range(start, end - 1) if tokens[i].kind == "event" and i not in roles.get("anchor", ())), -1)
        while self.start < end - 1 and tokens[self.start].kind in ("in", "from", "of", "and", "comma"):
            self.start += 1  # prepositions are no part of an expression
        self.relation = self._relation()
        if tokens[self.start].kind == "since":  # since 1882 until 1956
            self.start += 1
        if self.named >= 0:  # the Suez Crisis of 1956: the year is the expression
            dated = (i for i in range(self.named + 1, end) if tokens[i].kind not in ("in", "of", "from", "comma", "open", "the"))
            self.start = next(dated, end - 1)

    def _token(self, role: str) -> Token | None:
        places = self.roles.get(role)
        return self.tokens[places[-1]] if places else None

    def _value(self, role: str) -> str:
        token = self._token(role)
        return (token.value or token.word) if token else ""

    def _part(self, role: str = "part") -> str:
        part = self._value(role)
        return {"later": "late", "earlier": "early", "ago": ""}.get(part, part)

    def _after(self, n: int = 0) -> Token | None:
        """The n-th token behind the expression."""
        return self.tokens[self.end + n] if self.end + n < len(self.tokens) else None

    def _relation(self) -> str:
        prior = self._value("rel")
        if prior:
            return prior
        after, further = self._after(), self._after(1)
        if after is not None and after.kind == "onward":
            return "since"
        if after is not None and after.value == "on" and (further is None or further.kind == "comma") and (self.from_first or self._from()):
            return "since"  # from 1991 on, they met
        relation = "around" if self.tokens[self.start].kind == "around" else ""
        if after is not None and further is not None and further.kind == "close" and after.word in ("?", "؟"):
            relation = "maybe"  # (1610?)
        elif after is not None and further is not None and after.kind == "open" and further.word in ("?", "؟"):
            relation = "maybe"  # 1610 (?)
        for place in range(self.start - 1, max(0, self.start - 5) - 1, -1):
            token = self.tokens[place]
            if token.kind in ("around", "maybe"):
                relation = token.kind
            elif token.kind in ("since", "until", "after", "before", "by"):
                return token.kind
            elif token.kind == "step" and token.word in self.grammar.relations:
                return self.grammar.relations[token.word]  # following the war
            elif token.kind not in ("the", "unit", "in", "of", "weekday", "from"):
                break
        return relation

    def _from(self) -> bool:
        before = self.tokens[max(0, self.start - 3) : self.start]
        return any(t.kind == "from" for t in before)

    def _attributive(self) -> bool:
        """Whether the date names something: the 2018 attack, the war of 1973, معاهدة 1936."""
        if self.named >= 0:
            lead = next((t for t in reversed(self.tokens[max(0, self.named - 3) : self.named]) if t.kind != "the"), None)
            return lead is None or lead.kind not in ("in", "after", "before", "since", "until", "by", "step")
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
            spelt = self.roles.get(f"spelt{suffix}", range(0))
            return sum(int(t.value) for t in (self.tokens[i] for i in spelt) if t.kind in ("number", "thousands")) or None
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
        part = self._part(f"part{suffix}")
        feast = self._value("feast") if not suffix else ""
        if feast:
            return Moment("day", year, int(feast[:2]), int(feast[3:]))
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
        lower, upper = calendar.narrow(edtf, first, last) if edtf == plain else calendar.bounds(edtf)
        parts: tuple[tuple[int, int, str], ...] = ()
        if first and last:
            joints = (i for i in range(self.start + 1, self.end) if self.tokens[i].kind in ("dash", "slash", "to", "and", "until"))
            cut = next(joints, self.end - 1)
            parts = (
                (self.tokens[self.start].start, self.tokens[cut - 1].end, calendar.write_timex(first)),
                (self.tokens[min(cut + 1, self.end - 1)].start, self.tokens[self.end - 1].end, calendar.write_timex(last)),
            )
        hour = self._hour()
        value = str(rest.pop("value", "")) or (plain if last or not first else calendar.write_timex(first))
        value += hour if value and first and first.unit != "time" and not last else ""
        opened = sum((t.kind == "open") - (t.kind == "close") for t in self.tokens[max(0, self.start - 50) : self.start])
        found = Found(
            self.tokens[self.start].start, self.tokens[self.end - 1].end, edtf, lower, upper, value=value, first=first, last=last,
            relation=self.relation, plain=plain, bracketed=opened > 0, attributive=self._attributive(), parts=parts,
            hour=hour, timex="TIME" if hour and not last else "DATE",
        )  # fmt: skip
        return replace(found, **rest) if rest else found

    def _hour(self) -> str:
        """The time of day, as TIMEX3 writes it: TMO, T15:00."""
        clock = self._token("clock")
        if clock is None:
            return f"T{self._value('daytime')}" if "daytime" in self.roles else ""
        hour, _, minute = clock.word.partition(":") if ":" in clock.word else (clock.word[:-2] or clock.word, "", clock.word[-2:])
        if "half" in self.roles and ":" not in clock.word:
            hour, minute = clock.word, "00"
        number = int(hour) % 12 + 12 * (self._value("half") == "pm") if "half" in self.roles else int(hour)
        return f"T{number:02d}:{minute or '00'}" if number < 25 else ""
