"""How the narrative's date runs on, and which date governs which clause."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.coding.calendar import Moment, from_hijri, from_ordinal, ordinal, shift
from dragoman.coding.running import Clock, govern
from dragoman.coding.times import Tagger
from dragoman.statement import When


def follow(language: str, *sentences: str, heading: str = "", apart: bool = False) -> tuple[list[list[str]], Clock]:
    """The EDTF of each sentence's expressions, and the clock after the last. apart: each is a paragraph of its own."""
    clock, tagger = Clock(language), Tagger(language)
    if heading:
        clock.enter_section(heading)
    text, dates = " ".join(sentences), []
    start = 0
    for number, sentence in enumerate(sentences):
        end = start + len(sentence)
        whens = clock.resolve(tagger.tag(text, start, end), text, start, end, number if apart else 0)
        dates.append([w.edtf for w in whens])
        start = end + 1
    return dates, clock


def context(clock: Clock) -> str:
    when = clock.context()
    return when.edtf if when else ""


COMPLETED = [
    ("en", ["In June 1967 war broke out.", "In September they met."], "1967-09"),
    ("en", ["In December 1941 they declared war.", "In January they met."], "1942-01"),
    ("en", ["On 12 May 2003 they met.", "On 14 May they left."], "2003-05-14"),
    ("en", ["They met in 1973.", "Two years later they parted."], "1975"),
    ("en", ["They met in 1973.", "The following year they parted."], "1974"),
    ("en", ["They met in 1973.", "In June of that year they parted."], "1973-06"),
    ("en", ["They met on 30 June 1973.", "The next day they parted."], "1973-07-01"),
    ("en", ["They met on 28 February 2000.", "Two days later they parted."], "2000-03-01"),
    ("en", ["They met in 1981.", "Tension lasted the next five years."], "1981/1986"),
    ("en", ["In 2014 they agreed.", "Around this time papers reported it."], "2014~"),
    ("en", ["In November 1973 they met.", "Nine months later they parted."], "1974-08"),
    ("en", ["Talks led to his fall on 10 May 1940, which ended in 1945.", "On that same day the war began."], "1940-05-10"),
    ("en", ["They met on 17 February 2014.", "They were to meet the next week."], "2014-02-24/2014-03-02"),
    ("en", ["They met on 17 February 2014.", "That evening they parted."], "2014-02-17"),
    ("en", ["The line was opened in 1865.", "In the early seventies it was sold."], "187X"),
    ("en", ["They met in June 1973.", "A decade later they parted."], "1983~"),
    ("ar", ["التقوا في عام 1973.", "بعد عامين افترقوا."], "1975"),
    ("ar", ["التقوا في 17 شباط 2014.", "وفي الأسبوع التالي افترقوا."], "2014-02-24/2014-03-02"),
    ("ar", ["التقوا في عام 1973.", "وبعد عامين افترقوا."], "1975"),
    ("ar", ["التقوا في يوليو 1977.", "تزايد التوتر في أبريل ومايو من نفس العام."], "1977-04/1977-05"),
    ("ar", ["التقوا في 21 يوليو 1977.", "في 24 يوليو توقف القتال."], "1977-07-24"),
    ("ar", ["التقوا في عام 1973.", "في العام التالي افترقوا."], "1974"),
]


@pytest.mark.parametrize(("language", "sentences", "edtf"), COMPLETED)
def test_what_leans_on_the_narrative_is_placed_in_it(language: str, sentences: list[str], edtf: str) -> None:
    dates, _ = follow(language, *sentences)
    assert dates[-1] == [edtf]


def test_without_a_date_before_it_nothing_is_invented() -> None:
    dates, clock = follow("en", "Two years later they met in June.", "That year they parted.")
    assert dates == [["", ""], [""]]
    assert context(clock) == ""


INHERITED = {
    "In 2015 Syria declared it.": "2015",
    "The contingent was sent in 1979.": "1979",
    "On May 28, 1958, it recognized the union that formed on May 19, 1956.": "1958-05-28",
    "In 1981 the relations, which had begun in 1948, worsened.": "1981",
    "In 1981 relations worsened (they began in 1948).": "1981",
    'In 1981 he said "we remember 1948 and 1967".': "1981",
    "In 1981 he read The Report of 1963 aloud.": "1981",
    "In 1981 they met, as they had since 1948.": "1981",
    "By 1972 they had met.": "1972",
    "Following the coup of 14 July 1958, Jordan left.": "1958-07-14",
    "They signed it in 1990, which led to a war in 1995.": "1990",
}


@pytest.mark.parametrize(("sentence", "edtf"), INHERITED.items())
def test_the_next_sentence_inherits_the_date_but_not_an_aside(sentence: str, edtf: str) -> None:
    _, clock = follow("en", sentence, "Then they met.")
    assert context(clock) == edtf


def test_a_heading_dates_what_has_no_date() -> None:
    clock = Clock("en")
    period = clock.enter_section("2010–present")
    assert period is not None
    assert (period.edtf, period.basis) == ("2010/..", "heading")
    assert context(clock) == "2010/.."
    clock.enter_section("Trade", level=2)
    assert context(clock) == "2010/.."  # the section above holds on
    clock.enter_section("Legation Raised to Embassy, 1946.", level=2)
    assert context(clock) == "1946"
    clock.enter_section("See also")
    assert context(clock) == ""


def test_a_jump_out_of_the_headings_period_is_an_aside() -> None:
    _, clock = follow("en", "Relations were established in 1912.", "They grew.", heading="1960s–70s: Political relations")
    assert context(clock) == "196X/197X"
    _, clock = follow("en", "In 1981 they met.", "They grew.", heading="1970s–80s: Cooling")
    assert context(clock) == "1981"


def test_a_dateline_holds_for_its_paragraph_only() -> None:
    first = ["2025-11-12.", "The minister accused Thailand of a raid of 2019.", "It had met in July."]
    dates, clock = follow("en", *first)
    assert dates[-1] == ["2025-07"]
    assert context(clock) == "2025-11-12"
    text = "2025-05-28. A soldier is killed.\n\nThey met."
    clock, tagger = Clock("en"), Tagger("en")
    clock.resolve(tagger.tag(text, 0, 32), text, 0, 32, 0)
    assert context(clock) == "2025-05-28"
    clock.resolve([], text, 34, 43, 1)
    assert clock.period is None


def test_the_day_of_writing_is_not_known() -> None:
    dates, clock = follow("en", "They met in June 2017.", "He said so last month.", "By mid-September they had agreed.")
    assert dates[1:] == [[""], [""]]
    assert context(clock) == ""


PASSING = [
    ("en", "On 5 May 2014 the base, built in 1998, was hit.", "They fled.", "2014-05-05"),
    ("en", "In 2014 they met.", "The embassy, opened in 2009, was attacked.", "2014"),
    ("ar", "في عام 2014 زار الوزير دمشق.", "وكان الرئيس قد زار موسكو في عام 2010.", "2014"),
    ("ar", "في عام 2014 زار الوزير دمشق.", "وكانت السفارة قد أغلقت عام 2012.", "2014"),
]


@pytest.mark.parametrize(("language", "first", "second", "edtf"), PASSING)
def test_a_year_mentioned_in_passing_dates_nothing_behind_it(language: str, first: str, second: str, edtf: str) -> None:
    _, clock = follow(language, first, second)
    assert context(clock) == edtf


def test_what_a_participle_dates_is_its_own() -> None:
    sentence = "The embassy, opened in 2009, was attacked."
    whens = Tagger("en").tag(sentence)
    opened, attacked = (govern(whens, 0, len(sentence), sentence.index(word), 0, sentence) for word in ("opened", "attacked"))
    assert opened and opened.edtf == "2009"
    assert attacked is None


def test_a_headings_year_tells_which_june_is_meant() -> None:
    before = "In November 2008 they had met."
    dates, _ = follow("en", before, "On 15 April they parted.", heading="2003: Invasion")
    assert dates[-1] == ["2003-04-15"]


def test_the_day_of_a_month_is_not_invented() -> None:
    dates, _ = follow("en", "They met in May 1973.", "The next day they parted.", "On the 8th they met again.")
    assert dates == [["1973-05"], [""], ["1973-05-08"]]


def test_what_stands_beside_a_date_is_that_date() -> None:
    dates, _ = follow("en", "On 27 June 1950, two days after the army crossed the line, he spoke.")
    assert dates == [["1950-06-27", "1950-06-27"]]
    dates, _ = follow("en", "On 27 June 1950 he spoke.", "Three weeks after the siege began, they left.")
    assert dates[-1] == [""]


def test_the_perfect_stands_outside_the_narrative() -> None:
    _, clock = follow("en", "In 2016 they won.", "Pakistan has cracked down on the militia.", heading="")
    assert context(clock) == ""


GOVERNED = [
    ("In 2012, Syria met Iran and in 2014 it declared war.", "met", "2012"),
    ("In 2012, Syria met Iran and in 2014 it declared war.", "declared", "2014"),
    ("They invaded Iraq on March 20, 2003, and seized Baghdad on April 9, 2003.", "invaded", "2003-03-20"),
    ("They invaded Iraq on March 20, 2003, and seized Baghdad on April 9, 2003.", "seized", "2003-04-09"),
    ("Pakistan recognized the government and in 2025 it demanded more.", "recognized", ""),
    ("Diplomats cultivated officials, and their refusal in 2015 reinforced it.", "cultivated", ""),
    ("Relations grew, which had begun in 1948.", "grew", ""),
    ("On May 28, 1958, it recognized the union that formed on May 19, 1957.", "recognized", "1958-05-28"),
    ("On May 28, 1958, it recognized the union that formed on May 19, 1957.", "formed", "1957-05-19"),
    ("They agreed, which led to a treaty in 1990.", "agreed", "../1990"),
    ("Aid continued after the Six-Day War.", "continued", ""),
    ("It happened under the 2018 Novichok attack rules.", "attack", "2018"),
    ("Britain spoke long after the 2018 Novichok attack.", "spoke", "2018/.."),
    ("Since Bhutto coming to power in 1993, the relations warmed.", "warmed", "1993/.."),
    ("It was known until 1971.", "known", "../1971"),
]


@pytest.mark.parametrize(("sentence", "anchor", "edtf"), GOVERNED)
def test_the_date_that_governs_a_clause(sentence: str, anchor: str, edtf: str) -> None:
    whens = Tagger("en").tag(sentence)
    when = govern(whens, 0, len(sentence), sentence.index(anchor), 0, sentence)
    assert (when.edtf if when else "") == edtf


def test_a_background_date_opens_an_interval_for_what_stood() -> None:
    sentence = "Relations improved in the period following the victory in the Battle of Aleppo (2012–2016)."
    whens = Tagger("en").tag(sentence)
    place = sentence.index("improved")
    standing = govern(whens, 0, len(sentence), place, 0, sentence, standing=True)
    event = govern(whens, 0, len(sentence), place, 0, sentence)
    victory = govern(whens, 0, len(sentence), sentence.index("Battle"), 0, sentence)
    assert [w.edtf if w else "" for w in (standing, event, victory)] == ["2016/..", "2012/2016", "2012/2016"]


def test_days_after_date_the_earlier_event() -> None:
    text = "2025-11-12. It accused Thailand, two days after a soldier was injured."
    clock, tagger = Clock("en"), Tagger("en")
    whens = clock.resolve(tagger.tag(text), text, 0, len(text), 0)
    injured = govern(whens, 33, len(text), text.index("injured"), 0, text)
    accused = govern(whens, 12, 31, text.index("accused"), 0, text)
    assert injured and injured.edtf == "2025-11-10"
    assert accused and accused.edtf == "2025-11-12"


def test_nothing_governs_where_nothing_is_dated() -> None:
    assert govern([], 0, 5, 0, 0, "They met.") is None


@given(st.integers(-5_000_000, 1_000_000))
def test_days_are_counted_both_ways(day: int) -> None:
    assert ordinal(*from_ordinal(day)) == day


@given(st.integers(-4000, 3000), st.integers(1, 12), st.integers(-500, 500))
def test_months_are_counted_both_ways(year: int, month: int, count: int) -> None:
    there = shift(Moment("month", year, month), count, "month")
    assert shift(there, -count, "month") == Moment("month", year, month)


# Known correspondences (Umm al-Qura and histories): tabular reckoning may be a day off.
@pytest.mark.parametrize(
    ("hijri", "low", "high"),
    [((1, 1, 1), "0622-07-18", "0622-07-20"), ((1400, 1, 1), "1979-11-19", "1979-11-22"), ((1445, 9, 1), "2024-03-10", "2024-03-13")],
)
def test_hijri_days_fall_where_they_are_known_to(hijri: tuple[int, int, int], low: str, high: str) -> None:
    assert low <= from_hijri(*hijri).rstrip("~") <= high


TALES = ["In 1973 they met.", "Later that year.", "(1948)", "2025-05-28.", "In May.", "which in 1960", "two days later", "until 1990"]


@given(st.lists(st.sampled_from(TALES), max_size=12))
def test_any_narrative_is_followed_without_error(sentences: list[str]) -> None:
    dates, _ = follow("en", *sentences, apart=True)
    assert len(dates) == len(sentences)


SHARED = Path(os.environ.get("DRAGOMAN_SHARED", Path(__file__).parents[3] / "shared"))


@pytest.mark.skipif(not (SHARED / "gold" / "seeds.jsonl").is_file(), reason="needs the shared gold, which is not in the repository")
def test_most_gold_dates_of_the_seeds_are_found() -> None:
    """A floor under the figures of bench/times.py: gold triggers dated by sentence or context, years compared."""
    text = (SHARED / "seeds" / "pakistan-syria.ar.txt").read_text("utf-8")
    rows = [json.loads(line) for line in (SHARED / "gold" / "seeds.jsonl").read_text("utf-8").splitlines()]
    rows = [r for r in rows if r["doc"] == "pakistan-syria.ar"]
    clock, tagger, right, start = Clock("ar"), Tagger("ar"), 0, 0
    for number, line in enumerate(text.split("\n")):
        for sentence in line.split(". "):
            end = start + len(sentence)
            whens: list[When] = clock.resolve(tagger.tag(text, start, end), text, start, end, number)
            for row in rows:
                if start <= row["start"] < end:
                    when = govern(whens, row["start"], row["end"], row["start"], start, text, standing=row["kind"] == "tie")
                    when = when or (None if row["kind"] == "tie" else clock.context())
                    right += (when.edtf if when else "")[:4] == row["date"][:4]
            start = end + 2
        start -= 1
    assert right / len(rows) > 0.8
