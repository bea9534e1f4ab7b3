"""What one time expression means: a match of a shape of times.yaml, read by the shape's kind to a moment, a range or a step."""

from __future__ import annotations

import re

from msgspec.structs import replace

from dragoman.coding import calendar
from dragoman.coding.calendar import Moment
from dragoman.coding.expressions import Found, Match

_ISO = re.compile(r"(\d{4})[-/](\d{1,2})[-/](\d{1,2})|(\d{1,2})[-./](\d{1,2})[-./](\d{4})")


class Reading(Match):
    """One match of a shape, and how each kind of shape is read."""

    def read(self, kind: str) -> Found | None:
        """The expression, None when what matched cannot be one (31 February, 1977 to 1973)."""
        return getattr(self, f"_read_{kind}")()  # type: ignore[no-any-return]

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
        moments: list[Moment] = []
        era = self._value("era")
        for role in ("century", "century2"):
            if role in self.roles:
                number = self._ordinal(role)
                if not 1 <= number <= 30:
                    return None
                if era == "ah":
                    return self._found(None, plain=calendar.join_hijri((number - 1) * 100 + 1, number * 100), kind="hijri")
                year = -(number * 100 - 1) if era == "bc" else (number - 1) * 100
                moments.append(Moment("century", year, part=self._part() if not moments else self._part("part2")))
        if not moments:
            return None  # "القرن الماضي": which one, only the day of writing tells
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
        if base is None or (unit in ("day", "week") and base.unit != "day") or (unit == "month" and base.unit == "year"):
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
        return self._found(
            None, kind="vague", value=self._value("vague") or ("PAST_REF" if self.tokens[self.start].kind == "former" else "PRESENT_REF")
        )

    def _read_set(self) -> Found | None:
        """What comes again and again: daily, every year."""
        self.relation = ""
        return replace(self._found(None, kind="vague", value=self._value("set")), timex="SET")
