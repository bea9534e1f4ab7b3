"""The running date of a narrative: it completes what leans on it, and dates what says no date of its own.

Two dates are kept apart. The *latest* is the last one mentioned: "in June" is the June nearest to it. The *focus* is
when the narrative stands: it ignores asides, and a sentence without a date of its own inherits it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec.structs import replace

from dragoman.coding import calendar
from dragoman.coding.calendar import Moment
from dragoman.coding.times import Found, Tagger, join
from dragoman.coding.timewords import grammar
from dragoman.statement import When

_ASIDES = ("relative", "background", "since", "leads", "planned")  # cues that open a stretch which is beside the narrative
_REACH = 1000  # characters that a clause may be long: what stands further off is not looked at
_SLACK = 5  # years that a narrative may leave its heading's period by and still be in it
_TURN = 20  # years that "the turn of the century" may lie from where the narrative stands
_YEARS = {"year": 1, "decade": 10, "century": 100}
_WINTER = 24
_MONTHS = {21: 4, 22: 7, 23: 10, 24: 12}  # where in the year a season is
_NEAR = 5  # words between a month or day and the date behind it whose year it shares
_CLOSE = 400  # characters that "that day" may stand from the day
_MODERN = 1900  # before it, "the sixties" are those of the century told of
_QUOTES = {"“": "”", "«": "»", "„": "“"}
_DATELINE = re.compile(r"\s*[.:—–)\-]")
_CLAUSE_MARKS = ",;:،؛—"
_CLAUSE = re.compile(f"[{_CLAUSE_MARKS}]")
_UNDATING = ("event", "span", "vague", "clock")  # kinds of expressions that date no act
_Rank = tuple[int, int, int]


class Clock:
    """The running date of one document; feed it the headings and sentences in order."""

    def __init__(self, language: str) -> None:
        self._tagger = Tagger(language)
        self._cues = grammar(language).cues
        self._periods: list[tuple[int, When | None]] = []
        self._focus: When | None = None
        self._latest: Moment | None = None
        self._dateline: Found | None = None
        self._paragraph: int | None = None
        self._near: Found | None = None  # the last dated expression, aside or not
        self._edge = -1  # where the last dated expression of the sentence ends

    @property
    def period(self) -> When | None:
        """The period of the heading that the narrative stands under, or of the nearest one above it."""
        return next((period for _, period in reversed(self._periods) if period), None)

    @property
    def dated(self) -> bool:
        """Whether a dateline stands over what is told now."""
        return self._dateline is not None

    def enter_section(self, title: str, level: int = 1) -> When | None:
        """Start a section: what is its period, if its title tells one? The running date starts anew."""
        while self._periods and self._periods[-1][0] >= level:
            self._periods.pop()
        dated = [w for w in self._tagger.tag(title) if w.edtf and isinstance(w, Found) and w.kind not in ("event", "span", "vague")]
        period = replace(dated[-1], basis="heading") if dated else None
        self._periods.append((level, period))
        self._focus, self._dateline, self._paragraph = None, None, None
        if dated:
            self._latest = _last_moment(dated[-1])
        return period

    def context(self) -> When | None:
        """The date of a statement that has none of its own, None when nothing tells."""
        return self._dateline or self._focus or self.period

    def resolve(self, found: Sequence[When], text: str, start: int, end: int, paragraph: int = 0) -> list[When]:
        """Complete the expressions found in the sentence text[start:end], then move the running date by them."""
        fresh = paragraph != self._paragraph
        if fresh:
            self._paragraph, self._dateline = paragraph, None
        if self._dateline:
            self._latest = _last_moment(self._dateline)
        resolved: list[When] = []
        self._edge = -1
        for when in _complete_ahead(found, text):
            if isinstance(when, Found) and when.step in ("this", "last") and when.unit in ("week", "month", "year") and not self._dateline:
                self._focus = self._latest = self._near = None  # told from the day of writing, which is not known
            one = self._complete(self._within_century(when), text) if isinstance(when, Found) else when
            resolved.append(one)
            if isinstance(one, Found) and one.edtf:
                if fresh and self._edge < 0 and _opens(one, text, start):
                    self._dateline = self._focus = one
                self._edge = one.end
                if one.kind not in ("event", "span"):
                    self._near = one
                self._mention(one, self._moves(one, text, start))
        dates = [w for w in resolved if isinstance(w, Found) and w.edtf]
        if not self._dateline:
            self._move(dates, text, start, end, fresh)
        return resolved

    def _mention(self, when: Found, moves: bool) -> None:
        """Take the expression for the latest: not an aside, unless it is close by."""
        moment, latest = _last_moment(when), self._latest
        if moment is None or moment.year is None or when.kind in ("event", "span"):
            return
        if latest is None or latest.year is None:
            self._latest = moment
        elif moment.unit == "year" and moment.year == latest.year and latest.unit in ("month", "day"):
            return  # the year again: the month stands
        elif moves or (when.attributive and moment.month and self._inside(when) and not when.bracketed):
            self._latest = moment

    def _move(self, dates: list[Found], text: str, start: int, end: int, fresh: bool) -> None:
        sentence = text[start:end].lstrip()
        if self._cues["detached"].search(sentence):
            self._focus = None
        own = [w for w in dates if w.kind not in ("event", "span")]
        main = [w for w in own if self._moves(w, text, start)]
        if main:
            self._focus = replace(main[-1], edtf=main[-1].plain) if main[-1].relation not in ("around", "") else main[-1]
            return
        behind = [w for w in own if self._inside(w) and not w.relation and self._headed(w, "background", text, start)]
        if behind:
            last = behind[-1]
            self._focus = _seen(last, join(last.plain, "after") if last.last else last.plain)
        elif fresh and (own or self._cues["background"].search(" ".join(sentence.split()[:3]))):
            self._focus = None

    def _headed(self, when: Found, role: str, text: str, start: int) -> bool:
        """Whether a cue of the role opens the stretch that the expression stands in."""
        begin = max(start, when.start - _REACH) if when.bracketed else _clause_start(text, start, when.start)
        stretch = text[begin : when.start]
        return self._cues[role].search(stretch) is not None

    def _inside(self, when: Found) -> bool:
        """Whether the date lies within the heading's period, give or take."""
        period = self.period
        if not period or not when.lower:
            return True
        year = int(when.lower[: 5 if when.lower[0] == "-" else 4])
        low = int(period.lower[: 5 if period.lower[0] == "-" else 4]) if period.lower else year
        high = int(period.upper[: 5 if period.upper[0] == "-" else 4]) if period.upper else year
        return low - _SLACK <= year <= high + _SLACK

    def _moves(self, when: Found, text: str, start: int) -> bool:
        """Whether the narrative goes to this date, or only mentions it."""
        if when.kind in ("event", "span") or when.bracketed or when.attributive or when.relation in ("since", "until", "before", "after"):
            return False
        if when.step in ("previous", "earlier") or when.step.endswith("-than"):
            return False
        before = text[max(start, when.start - _REACH) : when.start]
        if any(before.count(opening) > before.count(closing) for opening, closing in _QUOTES.items()) or before.count('"') % 2:
            return False
        return self._inside(when) and not any(self._headed(when, role, text, start) for role in _ASIDES)

    def _complete(self, when: Found, text: str = "") -> Found:
        """Place an expression that leans on the narrative; as it is when it does not, or nothing is known."""
        base = self._base(when)
        if when.unit == "time":
            base = _last_moment(self._focus) if isinstance(self._focus, Found) else None
        if when.edtf or base is None or base.year is None:
            return when
        if when.kind in ("date", "within") and when.first:
            return self._complete_date(when, when.first, base)
        if when.kind == "hour":
            return place(when, replace(base, part="")) if base.unit == "day" else when
        if when.step == "turn":
            turn = (base.year + 50) // 100 * 100
            return place(when, Moment("year", turn)) if abs(base.year - turn) <= _TURN else when
        if when.step.endswith("-than"):
            return self._behind(when, base, text)
        sign = {"later": 1, "next": 1, "earlier": -1, "previous": -1, "last": -1}.get(when.step, 0)
        unit = when.unit
        if when.kind == "span" and when.step in ("next", "previous") and when.count and unit in ("year", "decade", "century"):
            other = calendar.shift(base, sign * when.count * _YEARS[unit], "year")
            ends = sorted((replace(base, unit="year", month=0, day=0, part=""), replace(other, unit="year")), key=lambda m: m.year or 0)
            return place(when, ends[0], ends[1])
        if when.kind == "offset" and sign and when.count:
            if unit == "century" or unit == "decade":  # a decade later: ten years, or so
                return place(replace(when, relation="around"), calendar.shift(base, sign * when.count * _YEARS[unit], "year"))
            return place(when, calendar.shift(base, sign * when.count, unit))  # type: ignore[arg-type]
        if when.kind == "step" and when.step in ("same", "next", "previous", "this", "last"):
            if unit == "time":
                return replace(place(when, replace(base, part="")), value="")
            if unit == "week":
                return self._placed_week(when, base, sign) if base.unit == "day" else when
            if unit == "day" and base.unit != "day":
                return when  # the next day, of a month: which, is not known
            moment = calendar.shift(base, sign, unit)  # type: ignore[arg-type]
            return place(when, replace(moment, part=when.first.part if when.first and moment.unit != "day" else ""))
        return when

    def _within_century(self, when: Found) -> Found:
        """The sixties, told of an earlier century, are that century's."""
        base, first = self._latest, when.first
        if (
            when.unit != "century"
            or not first
            or first.unit != "decade"
            or base is None
            or base.year is None
            or not 0 < base.year < _MODERN
        ):
            return when
        return place(when, replace(first, year=base.year // 100 * 100 + (first.year or 0) % 100), basis="completed")

    def _base(self, when: Found) -> Moment | None:
        """What an expression leans on: the running date; "that day" and "the month" lean on the last day or month told, be it an aside."""
        near = _last_moment(self._near) if self._near and 0 <= when.start - self._near.end < _CLOSE else None
        if near and near.year is not None:
            if when.unit in ("day", "week") and when.kind in ("step", "offset") and near.unit == "day":
                return near
            if when.unit == "month" and when.kind == "step" and near.unit in ("day", "month"):
                return near
        return self._latest

    def _behind(self, when: Found, base: Moment, text: str) -> Found:
        """Two days after a soldier was hurt: the date that it stands beside; the soldier (`plain`) was hurt two days before."""
        beside = self._dateline is not None or (self._edge >= 0 and text[self._edge : when.start].strip(" (") in (",", "–", "—", "-", ""))
        if not beside or not when.count:
            return when
        shift = when.count * (-1 if when.step == "later-than" else 1)
        placed = place(when, replace(base, part=""))
        return replace(placed, plain=calendar.write(calendar.shift(base, shift, when.unit)))  # type: ignore[arg-type]

    def _placed_week(self, when: Found, base: Moment, count: int) -> Found:
        first, last, value = calendar.week_of(base, count)
        return replace(place(when, first, last), value=value)

    def _complete_date(self, when: Found, first: Moment, base: Moment) -> Found:
        assert base.year is not None
        year = base.year
        if first.unit == "day" and not first.month:
            if not base.month or base.month > 12:
                return when
            return place(when, replace(first, year=year, month=base.month), None, "completed")
        if when.step:
            year += {"next": 1, "previous": -1}.get(when.step, 0)
        elif base.month:  # the nearest such month, in the same year if it may be
            gap = _MONTHS.get(first.month, first.month) - _MONTHS.get(base.month, base.month)
            year += min((0, 1, -1), key=lambda n: abs(n * 12 + gap))
        period = self._periods[-1][1] if self._periods else None
        if not when.step and period and period.lower and period.upper:  # the section's own heading, of a year or two, tells which
            low, high = calendar.split(period.lower)[0], calendar.split(period.upper)[0]
            year = min(max(year, low), high) if high - low <= 1 else year
        last = replace(when.last, year=year + (when.last.month < first.month)) if when.last else None
        return place(when, replace(first, year=year), last, "relative" if when.step else "completed")


def place(when: Found, first: Moment, last: Moment | None = None, basis: str = "relative") -> Found:
    """The expression at a moment, or from one to another."""
    if not calendar.valid(first):
        return when
    plain = calendar.write(first) + (f"/{calendar.write(last)}" if last else "")
    edtf = join(plain, when.relation)
    lower, upper = calendar.narrow(edtf, first, last) if edtf == plain else calendar.bounds(edtf)
    value = when.value if when.timex == "DURATION" else plain if last else calendar.write_timex(first) + when.hour
    if first.month == _WINTER and not last and first.year is not None:  # TIMEX3 names a winter by the year that it ends in
        value = calendar.write_timex(replace(first, year=first.year + 1))
    return replace(when, first=first, last=last, plain=plain, edtf=edtf, lower=lower, upper=upper, value=value, basis=basis)


def _complete_ahead(found: Sequence[When], text: str) -> list[When]:
    """Give a month or day the year that is told right behind it: "on 5 May and again on 9 June 1970"."""
    whens = list(found)
    for i in range(len(whens) - 2, -1, -1):
        one, after = whens[i], whens[i + 1]
        if not isinstance(one, Found) or not isinstance(after, Found) or one.edtf or one.kind != "date" or one.step or not one.first:
            continue
        year, end = after.first.year if after.first else None, one.last or one.first
        between = text[one.end : after.start]
        if year is None or not after.first or after.kind != "date" or not one.first.month or len(between.split()) > _NEAR:
            continue
        if not after.first.month or (end.month, end.day) > (after.first.month, after.first.day or 31) or re.search(r"[.;:؛()]", between):
            continue
        first, last = replace(one.first, year=year), replace(one.last, year=year) if one.last else None
        if calendar.valid(first):
            whens[i] = place(one, first, last, "completed")
    return whens


def _opens(when: Found, text: str, start: int) -> bool:
    """Whether the expression is a dateline: a day that stands alone at the beginning of a paragraph."""
    alone = not text[start : when.start].strip() and _DATELINE.match(text, when.end) is not None
    return alone and when.first is not None and when.first.unit == "day" and not when.last


def _last_moment(when: Found) -> Moment | None:
    moment = when.last or when.first
    return moment if moment and moment.year is not None else None


def govern(whens: Sequence[When], start: int, end: int, anchor: int, sentence_start: int, text: str, standing: bool = False) -> When | None:
    """Which of a sentence's (resolved) expressions dates the act whose trigger stands at `anchor` in the clause text[start:end).

    One inside the clause, nearest at or after the trigger, then before it; else one that opens the sentence; else one
    later in the sentence that no clause boundary parts from it. A date that only names the background ("after the
    fighting of 1973") or what came of the act ("which led to a treaty in 1990") comes last, as an interval: "../1990";
    the background opens one ("1973/..") only for what stood (`standing`: a tie), an event is dated as about then.
    """
    dating = [w for w in whens if isinstance(w, Found) and w.edtf and w.kind not in _UNDATING and w.start - anchor <= _REACH]
    if len(dating) == 1:
        only = _rank(dating[0], start, end, anchor, sentence_start, text, standing)
        return only[1] if only else None
    bounds = [_best_rank(w, start <= w.start < end, anchor, sentence_start, text) for w in dating]
    best: tuple[_Rank, int, When] | None = None
    for place in sorted(range(len(dating)), key=bounds.__getitem__):
        if best is not None and bounds[place] > best[0]:
            break  # nor can those behind it fit better, so that few of a long sentence are looked at closely
        ranked = _rank(dating[place], start, end, anchor, sentence_start, text, standing)
        if ranked and (best is None or (ranked[0], place) < best[:2]):
            best = ranked[0], place, ranked[1]
    return best[2] if best else None


def _best_rank(when: Found, inside: bool, anchor: int, sentence_start: int, text: str) -> _Rank:
    """The best that `_rank` may give the expression, told without looking at the words between."""
    ahead = when.start >= anchor
    distance = when.start - anchor if ahead else anchor - when.end
    if when.attributive or when.step.endswith("-than"):
        return 0, 0, distance
    opening = not ahead and _opening(when, sentence_start, text)
    return 0 if inside else 1 if opening else 2, not ahead, distance


def _opening(when: Found, sentence_start: int, text: str) -> bool:
    """Whether the sentence opens with the expression, but for four words."""
    return len(text[sentence_start : min(when.start, sentence_start + _REACH)].split(None, 4)) <= 4


def _rank(when: Found, start: int, end: int, anchor: int, sentence_start: int, text: str, standing: bool) -> tuple[_Rank, When] | None:
    """How well the expression fits (less is better), and as what it would date; None for not at all."""
    cues = grammar(when.language).cues
    ahead = when.start >= anchor
    distance = when.start - anchor if ahead else anchor - when.end
    between = text[anchor : when.start] if ahead else text[max(when.end, anchor - _REACH) : anchor]
    inside = start <= when.start < end
    if when.step.endswith("-than"):
        return ((0, 0, distance), _seen(when, when.plain)) if inside and not ahead else None
    if when.attributive and (not ahead or when.relation in ("", "around") or len(between) < 3):
        words = [word for word in between.split() if len(word) > 3]  # the noun that it names, and little else
        near = len(words) <= (1 if ahead else 3) and not _CLAUSE.search(between)
        return ((0, 0, distance), _seen(when, when.plain)) if near else None
    clause = _clause_start(text, sentence_start, when.start)
    stretch = text[max(anchor, clause) if ahead else clause : when.start]
    if ahead and (";" in between or "؛" in between or cues["coordinate"].search(between)):
        return None
    if ahead and cues["leads"].search(between):
        return (4, 0, distance), _seen(when, f"../{when.plain}")
    relative = cues["relative"].search(stretch)
    if relative and ahead and anchor >= clause and relative.start() == 0:
        relative = None  # the trigger itself: it was opened in 2009
    if relative and (not ahead or _CLAUSE.search(between)):
        return None
    opening = not ahead and _opening(when, sentence_start, text)
    rank = 3 if relative else 0 if inside else 1 if opening else 2
    if when.relation not in ("", "around"):
        return (rank, not ahead, distance), when
    if cues["since"].search(stretch):
        return (max(rank, ahead), not ahead, distance), _seen(when, join(when.plain, "since"))
    if cues["background"].search(text[anchor : when.start] if ahead and when.bracketed else stretch):
        return (3 if ahead else rank, not ahead, distance), _seen(when, join(when.plain, "after") if standing else when.plain)
    return None if when.bracketed and not ahead else ((rank, not ahead, distance), when)


def bounded(when: When, relation: str) -> When:
    """The date as the beginning (since) or end (until) of what stood: "1928/..". A range, or a date bounded already, stays as it is."""
    plain = isinstance(when, Found) and when.edtf == when.plain and not when.last and when.relation in ("", "around")
    return _seen(when, join(when.plain, relation)) if isinstance(when, Found) and plain else when


def _seen(when: Found, edtf: str) -> Found:
    lower, upper = calendar.bounds(edtf)
    return replace(when, edtf=edtf, lower=lower, upper=upper)


def _clause_start(text: str, start: int, place: int) -> int:
    start = max(start, place - _REACH)
    return max(start, *(text.rfind(mark, start, place) + 1 for mark in _CLAUSE_MARKS))
