"""Whether the numbers and dates of two texts agree. What is said of one thing is found by value, not by place.

Equal values are paired first, then values of which one is less exact; only what is left on both sides can conflict.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from math import floor, isclose, log10
from typing import Literal

import msgspec

from dragoman.coding import calendar
from dragoman.linking.quantities import Quantity, find_numbers
from dragoman.statement import Severity

Agreement = Literal["same", "coarser", "other"]

# Units of one dimension, in its base; a converted value is nearly the same when it is so by three in a hundred.
_SIZES = {
    "km": ("m", 1000.0), "m": ("m", 1.0), "cm": ("m", 0.01), "mm": ("m", 0.001), "mile": ("m", 1609.344), "ft": ("m", 0.3048),
    "inch": ("m", 0.0254), "yard": ("m", 0.9144), "km2": ("m2", 1e6), "mile2": ("m2", 2.59e6), "ha": ("m2", 1e4), "acre": ("m2", 4046.86),
    "kg": ("kg", 1.0), "lb": ("kg", 0.45359), "tonne": ("kg", 1000.0), "ton": ("kg", 1000.0), "MW": ("W", 1e6), "GW": ("W", 1e9),
    "kmh": ("m/s", 1 / 3.6), "mph": ("m/s", 0.44704), "day": ("day", 1.0), "week": ("day", 7.0), "year": ("year", 1.0),
    "decade": ("year", 10.0), "century": ("year", 100.0), "hour": ("s", 3600.0), "minute": ("s", 60.0), "second": ("s", 1.0),
}  # fmt: skip
_SAME_UNIT, _CONVERTED, _AROUND = 1e-9, 0.03, 0.1


__all__ = ["Disagreement", "Quantity", "agree", "agree_dates", "compare", "compare_numbers", "compare_texts", "find_numbers"]


class Disagreement(msgspec.Struct, frozen=True):
    """Numbers or dates that two texts do not have alike; None, and "", where one is silent."""

    slot: Literal["date", "number"]
    severity: Severity
    one: Quantity | None
    other: Quantity | None
    left: str = ""
    right: str = ""


def compare_numbers(left: str, left_language: str, right: str, right_language: str) -> list[Disagreement]:
    """Where the numbers of two texts differ, dates left aside; left and right of each as written in the texts."""
    return [found for found in compare_texts(left, left_language, right, right_language) if found.slot == "number"]


def compare_texts(left: str, left_language: str, right: str, right_language: str) -> list[Disagreement]:
    """Where the numbers and dates of two texts differ; left and right of each as written in the texts."""

    def write(quantity: Quantity | None, text: str) -> str:
        return text[quantity.start : quantity.end] if quantity else ""

    found = compare(find_numbers(left, left_language), find_numbers(right, right_language))
    return [msgspec.structs.replace(d, left=write(d.one, left), right=write(d.other, right)) for d in found]


def compare(left: Sequence[Quantity], right: Sequence[Quantity]) -> list[Disagreement]:
    """Where the quantities of two texts that say the same differ: by slot, in the order of the left text.

    Weak quantities never differ. "only-here" says no more than that the other text lacks the number.
    """
    lefts, rights = list(left), list(right)
    _pair(lefts, rights, lambda one, two: agree(one, two) == "same")
    lefts, rights = _open(lefts, rights), _open(rights, lefts)
    _pair(lefts, rights, lambda one, two: agree(one, two) == "same")
    found = [_disagree("coarser", one, two) for one, two in _pair(lefts, rights, lambda one, two: agree(one, two) == "coarser")]
    lefts = [one for one in lefts if not one.weak and not _echoed(one, right)]
    rights = [one for one in rights if not one.weak and not _echoed(one, left)]
    found += [_disagree("conflict", one, two) for one, two in _pair(lefts, rights, _comparable)]
    found += [_disagree("only-here", one, None) for one in lefts] + [_disagree("only-here", None, one) for one in rights]
    return sorted(found, key=lambda d: (d.one.start if d.one else 1 << 60, d.other.start if d.other else -1))


def agree(one: Quantity, two: Quantity) -> Agreement:
    """Whether two quantities are the same; coarser: both may hold, one less exact (2014 beside 17 February 2014, "over 500" beside 520)."""
    if one.kind == "date" and two.kind == "date":
        return agree_dates(one.edtf, two.edtf)
    if "date" in (one.kind, two.kind):  # a year that one of the texts has as a mere number
        date, number = (one, two) if one.kind == "date" else (two, one)
        return "same" if date.edtf[:4] == f"{number.low:04.0f}" and len(date.edtf) == 4 else "other"
    return _agree_numbers(one, two)


def agree_dates(one: str, two: str) -> Agreement:
    """The same for two EDTF dates; XXXX stands for a year that is not said."""
    first, second = one.rstrip("~?%"), two.rstrip("~?%")
    if first == second:
        return "same" if one == two else "coarser"
    if "XXXX" in (first[:4], second[:4]):
        pairs = zip(first[4:].split("-")[1:], second[4:].split("-")[1:], strict=False)
        fit = "/" not in first + second and all(a == b for a, b in pairs) and len(first) > 4 < len(second)
        return "coarser" if fit else "other"
    bounds = [calendar.bounds(date) for date in (first, second)]
    ends = [date.split("/") for date in (first, second)]
    if len(ends[0]) == len(ends[1]) == 2 and ".." not in (*ends[0], *ends[1]):
        found = {agree_dates(*pair) for pair in zip(*ends, strict=True)}
        return "other" if "other" in found else "coarser" if "coarser" in found else "same"
    (low, high), (lower, upper) = ((_day(lower, -(10**9)), _day(upper, 10**9)) for lower, upper in bounds)
    if (low, high) == (lower, upper):
        return "same"
    within = (low >= lower and high <= upper) or (lower >= low and upper <= high)
    if within or (low <= upper and lower <= high):
        return "coarser"
    return "coarser" if _eraless(first, second) or _eraless(second, first) else "other"


def _eraless(one: str, two: str) -> bool:
    """Whether the years are the same but for the era, which is often left out: 1000 and 1000 BC."""
    return one[:1] == "-" and one[1:].isdigit() and two.isdigit() and int(two) == int(one[1:]) + 1


def _day(iso: str, otherwise: int) -> int:
    match = re.fullmatch(r"(-?\d+)-(\d\d)-(\d\d)", iso)
    return calendar.ordinal(*map(int, match.groups())) if match else otherwise


def _agree_numbers(one: Quantity, two: Quantity) -> Agreement:
    scale = _scale(one.unit, two.unit)
    if scale is None:
        return "other"
    low, high = two.low * scale, two.high * scale
    slack = _SAME_UNIT if scale == 1 else _CONVERTED
    if _also(one, two) or _also(two, one):
        return "same"
    if isclose(one.low, low, rel_tol=slack) and isclose(one.high, high, rel_tol=slack):
        return "same" if one.bound == two.bound else "coarser"
    if (one.low <= low and high <= one.high) or (low <= one.low and one.high <= high):
        return "coarser" if one.low != one.high or low != high else "other"
    if _bounded(one, low) or _bounded(two, one.low / scale) or _rounded(one.low, low) or _rounded(low, one.low):
        return "coarser"
    return "other"


def _also(one: Quantity, two: Quantity) -> bool:
    return bool(one.also) and one.also in (two.low, two.also)


def _scale(one: str, two: str) -> float | None:
    """By what a value in the unit `two` is multiplied to be in the unit `one`; None when they do not compare."""
    if one == two or not one or not two:
        return 1.0
    size, other = _SIZES.get(one), _SIZES.get(two)
    return other[1] / size[1] if size and other and size[0] == other[0] else None


def _bounded(bounded: Quantity, value: float) -> bool:
    if bounded.bound == "around":
        return abs(value - bounded.low) <= _AROUND * bounded.low
    if bounded.bound == "over":
        return bounded.low <= value <= 2 * bounded.low
    return bounded.bound == "under" and bounded.low / 2 <= value <= bounded.low


def _rounded(short: float, exact: float) -> bool:
    """Whether `short` is `exact` in fewer figures: 3.5 million for 3,512,000. A small number is not taken for a round one."""
    if short >= 2 and short == round(exact) and short != exact:  # 5 for 5.3
        return True
    if short < 1000 or exact <= 0 or short == exact:
        return False
    figures = len(f"{short:.0f}".rstrip("0"))
    if figures == 1 and short < 10_000:
        return False
    return round(exact, figures - 1 - floor(log10(exact))) == short


def _open(ranges: list[Quantity], others: list[Quantity]) -> list[Quantity]:
    """The quantities, a range of dates replaced by its ends where the other text names one of them on its own."""
    points = {other.edtf for other in others if other.kind == "date"}
    opened: list[Quantity] = []
    for one in ranges:
        ends = one.edtf.split("/")
        if len(ends) == 2 and not points.isdisjoint(ends) and ".." not in ends:
            opened += [
                msgspec.structs.replace(one, edtf=end, low=year, high=year) for end, year in zip(ends, (one.low, one.high), strict=True)
            ]
        else:
            opened.append(one)
    return opened


def _comparable(one: Quantity, two: Quantity) -> bool:
    """Whether two that do not agree can be about one thing."""
    if one.kind != two.kind:
        return _like_year(one) and _like_year(two)
    return one.kind == "date" or _scale(one.unit, two.unit) is not None


def _like_year(one: Quantity) -> bool:
    return one.kind == "date" or (one.kind == "number" and not one.unit and one.low == one.high and one.low in range(1000, 2200))


def _echoed(one: Quantity, others: Sequence[Quantity]) -> bool:
    """Whether the other text has the value in another form: again, as one end of a range, or as both of its ends."""
    if one.kind == "date":
        pieces = one.edtf.split("/")
        whole = [piece for other in others if other.kind == "date" for piece in (other.edtf, *other.edtf.split("/"))]
        return (
            one.edtf in whole
            or (len(pieces) == 2 and all(piece in whole for piece in pieces))
            or any(agree(one, o) == "same" for o in others)
        )
    values = {v for other in others if other.kind != "date" and other.unit in ("", one.unit) for v in (other.low, other.high)}
    return (one.low in values and one.high in values) or any(agree(one, other) == "same" for other in others)


def _pair(lefts: list[Quantity], rights: list[Quantity], fits: Callable[[Quantity, Quantity], bool]) -> list[tuple[Quantity, Quantity]]:
    """Pair off, one to one and nearest values first, what fits; takes the pairs out of the lists."""
    pairs = sorted(
        (abs(one.low - two.low), one.kind != two.kind, one.unit != two.unit, i, j)
        for i, one in enumerate(lefts)
        for j, two in enumerate(rights)
        if fits(one, two)
    )
    found: dict[int, int] = {}
    for *_, i, j in pairs:
        if i not in found and j not in found.values():
            found[i] = j
    result = [(lefts[i], rights[j]) for i, j in found.items()]
    lefts[:] = [one for i, one in enumerate(lefts) if i not in found]
    rights[:] = [one for j, one in enumerate(rights) if j not in found.values()]
    return result


def _disagree(severity: Severity, one: Quantity | None, other: Quantity | None) -> Disagreement:
    given = one or other
    assert given is not None
    return Disagreement("date" if "date" in (given.kind, other.kind if other else "") else "number", severity, one, other)
