"""Numbers and dates are the same in figures and words, in English and Arabic, and only what cannot both be conflicts."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.linking.numbers import agree_dates, compare_numbers, compare_texts, find_numbers


@pytest.mark.parametrize(
    ("language", "text", "value", "unit"),
    [
        ("en", "2,500 troops", 2500, ""),
        ("en", "two thousand five hundred and six men", 2506, ""),
        ("en", "twenty-five thousand", 25000, ""),
        ("en", "half a million", 500_000, ""),
        ("en", "two and a half million", 2_500_000, ""),
        ("en", "$3.5bn", 3.5e9, "USD"),
        ("en", "£30m", 30e6, "GBP"),
        ("en", "12 per cent", 12, "percent"),
        ("en", "three quarters", 75, "percent"),
        ("en", "6½ tons", 6.5, "ton"),
        ("en", "30 km/h", 30, "kmh"),
        ("en", "a dozen", 12, ""),
        ("ar", "٢٬٥٠٠ جندي", 2500, ""),
        ("ar", "۲۵۰۰ سرباز", 2500, ""),
        ("ar", "ألفان وخمسمائة وستة", 2506, ""),
        ("ar", "خمسة وعشرين ألفا", 25000, ""),
        ("ar", "نصف مليون", 500_000, ""),
        ("ar", "مليونين ونصف", 2_500_000, ""),
        ("ar", "٣٫٥ مليار دولار", 3.5e9, "USD"),
        ("ar", "12 بالمائة", 12, "percent"),
        ("ar", "يومين", 2, "day"),
        ("ar", "ثلاثة عشر كيلومترا مربعا", 13, "km2"),
        ("ar", "6 أطنان ونصف", 6.5, "ton"),
        ("de", "1.234,5", 1234.5, ""),
        ("zz", "1,234", 1234, ""),
    ],
)
def test_one_number(language: str, text: str, value: float, unit: str) -> None:
    (found,) = find_numbers(text, language)
    assert found.unit == unit
    assert [found.value, found.high] == pytest.approx([value, value])


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "between 10 and 15 people", [(10, 15)]),
        ("en", "10–15%", [(10, 15)]),
        ("en", "lost by 24–10", [(24, 24), (10, 10)]),
        ("en", "five, six and seven", [(5, 5), (6, 6), (7, 7)]),
        ("ar", "بين 10 و15 شخصا", [(10, 15)]),
        ("ar", "من 10 إلى 15 شخصا", [(10, 15)]),
        ("ar", "ألف ست أوبرات", [(1000, 1000), (6, 6)]),
        ("en", "hundreds of men on one of the F-16 and MiG-21 jets, in a G7 state", []),
        ("ar", "آلاف الجنود ومئات الطلاب", []),
        ("en", "on the 24th, the twenty-first and the twelfth", [(24, 24), (21, 21), (12, 12)]),
        ("ar", "القمة الحادية والعشرون", [(21, 21)]),
    ],
)
def test_several_or_none(language: str, text: str, expected: list[tuple[float, float]]) -> None:
    assert [(found.low, found.high) for found in find_numbers(text, language)] == expected


def test_dates_are_no_numbers() -> None:
    kinds = [
        (found.kind, found.edtf) for found in find_numbers("On 17 February 2014 and in June 40 men left; the Six-Day War; the 1990s", "en")
    ]
    assert kinds == [("date", "2014-02-17"), ("date", "XXXX-06"), ("number", ""), ("date", "199X")]


def severities(left: str, right: str, languages: tuple[str, str] = ("en", "ar")) -> list[tuple[str, str]]:
    return [(d.slot, d.severity) for d in compare_texts(left, languages[0], right, languages[1])]


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("In 1981 some 2,500 men left.", "غادر نحو ألفين وخمسمائة رجل عام 1981."),
        ("It lasted from 1914 to 1918.", "استمر من عام 1914 حتى عام 1918."),
        ("The two ministers met first in the 1990s.", "التقى الوزيران في التسعينيات."),
        ("Some 711,988 people", "711.988 نسمة"),
        ("5 percent of them", "٥٪ منهم"),
        ("It won 24–10.", "فاز 10-24."),
    ],
)
def test_what_agrees_shows_nothing(left: str, right: str) -> None:
    assert [d for d in compare_texts(left, "en", right, "ar") if d.severity != "coarser"] == []


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        ("It opened in 1981.", "افتتح عام 1982.", ("date", "conflict")),
        ("It opened on 3 May 1981.", "افتتح عام 1981.", ("date", "coarser")),
        ("It opened on 3 May 1981.", "افتتح في 4 مايو 1981.", ("date", "conflict")),
        ("It held from 1973 to 1977.", "استمر من 1973 إلى 1978.", ("date", "conflict")),
        ("It killed 40 men.", "قتل 50 رجلا.", ("number", "conflict")),
        ("It killed more than 40 men.", "قتل 50 رجلا.", ("number", "coarser")),
        ("It cost 3.5 million dollars.", "كلف 3,512,000 دولار.", ("number", "coarser")),
        ("A road of 100 miles.", "طريق طوله 161 كيلومترا.", None),
        ("A road of 100 miles.", "طريق طوله 100 كيلومتر.", ("number", "conflict")),
        ("It killed 40 men.", "قتل رجالا.", ("number", "only-here")),
    ],
)
def test_what_differs(left: str, right: str, expected: tuple[str, str] | None) -> None:
    found = severities(left, right)
    assert found == ([expected] if expected else [])
    assert severities(right, left, ("ar", "en")) == found


def test_differences_are_shown_as_written() -> None:
    (found,) = compare_numbers("In 1981 it killed forty men.", "en", "قتل ٥٠ رجلا عام 1985.", "ar")
    assert (found.left, found.right) == ("forty", "٥٠")


@pytest.mark.parametrize(
    ("one", "two", "expected"),
    [
        ("2014", "2014-02-17", "coarser"),
        ("XXXX-02-17", "2014-02-17", "coarser"),
        ("XXXX-02-17", "2014-03-17", "other"),
        ("197X", "1975", "coarser"),
        ("197X", "1985", "other"),
        ("1990/..", "1995", "coarser"),
        ("1973/1977", "1973/1978", "other"),
        ("-0999", "1000", "coarser"),
        ("2014~", "2014", "coarser"),
    ],
)
def test_dates(one: str, two: str, expected: str) -> None:
    assert agree_dates(one, two) == agree_dates(two, one) == expected


@given(st.integers(4, 10**12))
def test_figures_mean_the_same_however_written(number: int) -> None:
    eastern = str(number).translate(str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩"))
    grouped = f"{number:,}"
    assert compare_numbers(f"They had {grouped} of them.", "en", f"كان لديهم {eastern} منها.", "ar") == []
    (found,) = compare_numbers(f"It cost {grouped} dollars.", "en", f"كلف {number * 3 + 7} دولارا.", "ar")
    assert found.severity == "conflict"


@given(st.text(), st.sampled_from(["en", "ar", "de", ""]))
def test_any_text_is_read(text: str, language: str) -> None:
    last = 0
    for found in find_numbers(text, language):
        assert last <= found.start < found.end <= len(text)
        last = found.start
