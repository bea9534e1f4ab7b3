"""What one time expression says: a match of a shape of times.yaml, read to a moment, a range or a step."""

from __future__ import annotations

import re

from msgspec.structs import replace

from dragoman.coding import calendar
from dragoman.coding.calendar import Moment
from dragoman.coding.timewords import Grammar, Token
from dragoman.statement import When

_ISO = re.compile(r"(\d{4})[-/](\d{1,2})[-/](\d{1,2})|(\d{1,2})[-./](\d{1,2})[-./](\d{4})")


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


class Reading:
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
        if first is None or not calendar.valid(first) or ("clock" in self.roles and not self._hour()):
            return None
        if first.unit == "day" and not first.month and "month2" not in self.roles and not self._is_day():
            return None
        if first.unit == "season" and first.year is None and "step" not in self.roles and self._indefinite():
            return None
        step = self._value("step")
        if not any(f"{role}2" in self.roles for role in ("day", "month", "year")):
            return self._found(first, step=step, unit="year" if step else "")
        last = self._moment("2", first.year)
        if last is None:
            return None
        if last.unit == "day" and first.unit == "month" and not last.month:
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

    def _indefinite(self) -> bool:
        """Whether a season without its article belongs to the word behind it, in a language that writes the article on to it."""
        token, after = self._token("season"), self._after()
        bare = token is not None and token.end - token.start == len(token.word)
        return bare and bool(self.grammar.articles) and after is not None and after.kind == "x"

    def _is_day(self) -> bool:
        """Whether an ordinal alone is a day: on the 8th, but not "the first"."""
        token = self._token("day")
        return "thereof" in self.roles or (token is not None and token.word[0].isdigit())

    def _read_joined(self) -> Found | None:
        """In 2019 and 2020: one stretch, when the years follow on each other."""
        year, other = self._year(), self._year("2")
        return self._read_date() if year is not None and other == year + 1 else None

    def _read_open(self) -> Found | None:
        first = self._decade("decade") if "decade" in self.roles else self._moment()
        return self._found(first, plain=f"{calendar.write(first)}/..") if first else None

    def _read_within(self) -> Found | None:
        """The first ten months of 1915, the last week of June: a length, and the date that it lies in."""
        moment, value = self._moment(), self._duration()
        if moment is None or not value or not calendar.valid(moment):
            return None
        found = self._found(moment, value=value, step=self._value("step"), unit="year" if "step" in self.roles else "")
        return replace(found, timex="DURATION", kind="within")

    def _read_turn(self) -> Found | None:
        """The turn of the 20th century: about 1900. Of "the century": which, the narrative tells."""
        self.relation = self.relation or "around"
        if "century" not in self.roles:
            return self._found(Moment("time"), kind="step", step="turn", unit="century")
        return self._found(Moment("year", (self._ordinal("century") - 1) * 100))

    def _ordinal(self, role: str) -> int:
        return int(re.sub(r"\D", "", self._value(role)) or 0)

    def _decade(self, role: str, era: str = "") -> Moment | None:
        digits = self._value(role)
        number = int(re.sub(r"\D", "", digits) or 0)
        token = self._token(role)
        if era == "bc":
            return Moment("decade", -(number + 8))
        if "nth" in self.roles:  # the first decade, or the last, of a century
            number = 90 if self._token("nth").kind in ("final", "deictic") else (self._ordinal("nth") - 1) * 10  # type: ignore[union-attr]
            if not 0 <= number <= 90:
                return None
        if number < 100 and "century" in self.roles:
            number += (self._ordinal("century") - 1) * 100
        if number < 100:
            number += 1900
        if number % 100 == 0 and token and token.word[0].isdigit() and number != 2000 and "nth" not in self.roles:
            return Moment("century", number, part=self._part())
        return Moment("decade", number, part=self._part())

    def _read_decade(self) -> Found | None:
        first = self._decade("nth" if "nth" in self.roles else "decade", self._value("era"))
        if first is None or "decade2" not in self.roles:
            leans = len(re.sub(r"\D", "", self._value("decade"))) < 3 and "century" not in self.roles
            return self._found(first, unit="century" if leans else "") if first else None
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
        moments, era = [], self._value("era")
        for role in ("century", "century2"):
            if role in self.roles:
                number = self._ordinal(role)
                if not 1 <= number <= 30:
                    return None
                if era == "ah":
                    return self._found(None, plain=calendar.join_hijri((number - 1) * 100 + 1, number * 100), kind="hijri")
                year = -(number * 100 - 1) if era == "bc" else (number - 1) * 100
                moments.append(Moment("century", year, part=self._part() if not moments else self._part("part2")))
        return self._found(*moments) if len(moments) < 2 or (moments[0].year or 0) < (moments[1].year or 0) else None

    def _read_hijri(self) -> Found | None:
        year, last = self._ordinal("year"), self._ordinal("year2")
        month, day = int(self._value("month") or 0), self._ordinal("day")
        if not 1 <= year <= 1500 or day > 30 or (last and not year < last <= 1500):
            return None
        plain = calendar.join_hijri(year, last) if last else calendar.from_hijri(year, month, day)
        return self._found(None, plain=plain, kind="hijri")

    def _read_step(self) -> Found | None:
        unit, step = self._unit(), self._value("step") or "same"
        word = self._token("unit")
        if "daytime" in self.roles:
            return self._found(Moment("time"), kind="step", step=step, unit="day")
        if unit == "time" and step not in ("same", "this"):
            return None
        after = self._after()
        before = self.tokens[self.start - 1] if self.start else None
        if step == "last" and ((after and after.kind == "of") or (before and before.kind == "the")):
            return None  # the last week of October
        if step == "past" or (word is not None and word.word in self.grammar.plural):
            value = self._duration() if step == "past" else f"PX{calendar.LETTERS.get(unit, '')}"
            return replace(self._found(Moment("time"), kind="span", unit=unit, value=value), timex="DURATION") if unit != "time" else None
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
        if not number and "count" not in self.roles:
            word = self._token("unit")
            return int(word is not None and word.word not in self.grammar.plural)  # the year before; years later
        return number

    def _read_offset(self) -> Found | None:
        direction = self._token("dir")
        if direction is None:
            return None
        step = {"after": "later", "before": "earlier", "in": "later"}.get(direction.kind, direction.value)
        unit, count = self._unit(), self._amount()
        if unit == "time":
            return None
        if "anchor" in self.roles:
            return self._anchored(step, count, unit)
        self.relation = ""
        begin, after = self.start, self._after()
        place = self.roles.get("count") or self.roles.get("unit") or self.roles["dual"]
        if direction.kind in ("after", "before") and self.roles["dir"][0] > place[0]:
            if after is not None and after.kind not in ("dot", "comma", "close", "break"):
                if self._lasts() or after.word.endswith(self.grammar.participles):
                    self.end = self.roles["dir"][0]  # for about a week before moving on
                    return self._read_span()
                step += "-than"  # two days after a soldier was hurt: dates what follows, two days before the narrative
        elif direction.kind in ("after", "before"):
            if self.start and self.tokens[self.start - 1].kind not in ("comma", "and", "dot", "break", "open", "close", "quote"):
                return None  # reopened after thirteen years: how long it took
            begin = min(begin + 1, self.end - 1)  # the preposition is no part of the expression
            if after is not None and after.kind in ("of", "from"):  # after two years of war
                self.start = begin
                return self._read_span()
        value = {"later": "FUTURE_REF", "earlier": "PAST_REF"}.get(step, "") if not count else ""
        found = self._found(Moment("time"), kind="offset", step=step, count=count, unit=unit, value=value)
        return replace(found, start=self.tokens[begin].start)

    def _lasts(self) -> bool:
        """Whether a preposition of length stands before: for two days, within a week."""
        return any(t.kind == "in" and t.value == "for" for t in self.tokens[max(0, self.start - 2) : self.start])

    def _anchored(self, step: str, count: int, unit: str) -> Found | None:
        """Two years after the Six-Day War, three after 1948."""
        anchor = self._token("anchor")
        if anchor is None or not count:
            return None
        later = step == "later"
        base = calendar.read(anchor.value or anchor.word, last=later)
        if base is None or unit in ("day", "week") and base.unit != "day" or unit == "month" and base.unit == "year":
            return self._found(Moment("time"), kind="offset", step=step + "-than", count=count, unit=unit)
        return self._found(calendar.shift(base, count if later else -count, unit), basis="relative")  # type: ignore[arg-type]

    def _duration(self) -> str:
        unit, count = self._unit(), self._amount()
        return f"P{count or 'X'}{calendar.LETTERS[unit]}" if unit in calendar.LETTERS else ""

    def _read_span(self) -> Found | None:
        value = self._duration()
        if not value or (len(self.roles) == 1 and "unit" in self.roles and value[1] != "X"):
            return None
        relation, self.relation = self.relation, ""
        found = self._found(Moment("time"), kind="span", step=self._value("step"), count=self._amount(), unit=self._unit(), value=value)
        return replace(found, timex="DURATION", relation=relation)

    def _read_clock(self) -> Found | None:
        count = self._amount()
        letter = "H" if any(t.value == "hour" for t in self.tokens[self.start : self.end]) else "M"
        return replace(self._found(None, kind="clock", value=f"PT{count or 'X'}{letter}"), timex="DURATION")

    def _read_hour(self) -> Found | None:
        """A time of day: of the day that the narrative stands at."""
        hour = self._hour()
        return replace(self._found(Moment("time"), value=f"XXXX-XX-XX{hour}", kind="hour"), timex="TIME") if hour else None

    def _read_event(self) -> Found | None:
        token, before = self.tokens[self.end - 1], self.tokens[self.start - 1] if self.start else None
        if token.kind == "event" and not self.relation and (before is None or before.kind not in ("in", "from", "to", "between", "and")):
            return None  # named, but nothing is dated by it
        first, _, last = token.value.partition("/")
        plain = {"since": last or first, "until": first}.get(self.relation, token.value)
        return self._found(None, plain=plain, kind="event", basis="relative")

    def _read_vague(self) -> Found | None:
        self.relation = ""
        return self._found(None, kind="vague", value=self._value("vague") or ("PAST_REF" if self.tokens[self.start].kind == "former" else "PRESENT_REF"))

    def _read_set(self) -> Found | None:
        """What comes again and again: daily, every year."""
        self.relation = ""
        return replace(self._found(None, kind="vague", value=self._value("set")), timex="SET")
