"""What is a date, what it means, and where it stands."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.coding.calendar import bounds, days_of
from dragoman.coding.times import Found, Tagger
from dragoman.errors import LanguageError
from dragoman.statement import When

ENGLISH = {
    "They met in 2012.": "2012",
    "On 17 February 2014 they met.": "2014-02-17",
    "on February 17, 2014": "2014-02-17",
    "2014-02-17": "2014-02-17",
    "17/2/2014": "2014-02-17",
    "2/17/2014": "2014-02-17",
    "17.2.2014": "2014-02-17",
    "effective from the 1st of August 1958": "1958-08-01",
    "On Monday, 5 June 1967, war broke out": "1967-06-05",
    "in October 2021": "2021-10",
    "in the summer of 1956": "1956-22",
    "the fall of 1956": "1956-23",
    "the 1970s": "197X",
    "in the seventies": "197X",
    "in the '90s": "199X",
    "in late 1990s": "199X",
    "in the late 1700s": "17XX",
    "the early 19th century": "18XX",
    "the nineteenth century": "18XX",
    "in the 18th and 19th centuries": "17XX/18XX",
    "the 1960s–70s": "196X/197X",
    "1980s–2000s: Commerce": "198X/200X",
    "1970s and 1980s": "197X/198X",
    "From 1973 to 1977, they trained": "1973/1977",
    "between 1948 and 1967": "1948/1967",
    "(2012–2016)": "2012/2016",
    "in 1941-45": "1941/1945",
    "1921/22": "1921/1922",
    "2010–present": "2010/..",
    "in 2019 and 2020": "2019/2020",
    "in 1948 and 1967": "1948 1967",
    "3–5 June 1967": "1967-06-03/1967-06-05",
    "June 28 – July 3, 1914": "1914-06-28/1914-07-03",
    "May–June 1967": "1967-05/1967-06",
    "between June and August 1982": "1982-06/1982-08",
    "since 1979": "1979/..",
    "since the 1990s": "199X/..",
    "from 1973 onwards": "1973/..",
    "until 1971": "../1971",
    "before 1958": "../1958",
    "after 711 AD": "0711/..",
    "c. 1850": "1850~",
    "around 2014": "2014~",
    "By 2018 it had become": "2018",
    "in 45 BC": "-0044",
    "in AD 45": "0045",
    "the 12th century BC": "-1199/-1100",
    "499 to 493 BC": "-0498/-0492",
    "in 656 AH": "1258/1259",
    "1420 AH (1999)": "1999",
    "the 1973 war": "1973",
    "the 2018 attack": "2018",
    "after the Six-Day War": "1967-06/..",
    "flight 1549 in 1999": "1999",
}
ARABIC = {
    "في العام ٢٠١٢ أرسلت": "2012",
    "بالعام ٢٠٢٠": "2020",
    "في سنة ۱۹۷۳": "1973",
    "في 17 شباط 2014": "2014-02-17",
    "في 17 شباط/فبراير 2014": "2014-02-17",
    "يوم ١٧ فيفري ٢٠١٤": "2014-02-17",
    "السابع عشر من فبراير 2014": "2014-02-17",
    "١٧/٢/٢٠١٤": "2014-02-17",
    "في كانون الثاني (يناير) 1991": "1991-01",
    "في جويلية 1962": "1962-07",
    "في آب 1990": "1990-08",
    "وفي يونيو 1977": "1977-06",
    "صيف عام 1956": "1956-22",
    "في السبعينيات": "197X",
    "في سبعينيات القرن العشرين": "197X",
    "خلال ستينات القرن الماضي": "196X",
    "ثمانينيات القرن التاسع عشر": "188X",
    "الخمسينيات والستينيات": "195X/196X",
    "القرن التاسع عشر": "18XX",
    "مطلع القرن العشرين": "19XX",
    "في القرنين الثامن عشر والتاسع عشر": "17XX/18XX",
    "بين عامي 1948 و1967": "1948/1967",
    "من 1973 إلى 1977": "1973/1977",
    "من عام 1970 حتى عام 1980": "1970/1980",
    "خلال الفترة 1990-1995": "1990/1995",
    "في عامي 2019 و2020": "2019/2020",
    "معركة حلب (2012–2016)": "2012/2016",
    "منذ عام 1979": "1979/..",
    "حتى عام 1990": "../1990",
    "بعد 711 ب.م": "0711/..",
    "في حوالي 1850م": "1850~",
    "سنة 45 ق.م": "-0044",
    "في سنة 656 هـ": "1258/1259",
    "عام 1420هـ/1999م": "1999",
    "9 ربيع الآخر 1420 هـ": "1999-07-23~",
    "بعد حرب الأيام الستة": "1967-06/..",
}
NOT_DATES = {
    "en": [
        "2,000 troops", "1973 soldiers", "2000 Pakistani troops", "Boeing 720", "a MiG 21", "Resolution 1973", "UN Resolution 1701",
        "25% of them", "$2000", "1,973 of them", "No. 1973", "the next", "Il-76 and Tu-2000", "he may go", "the march on Rome",
        "in his seventies", "on Monday they", "version 1.2.3",
    ],
    "ar": ["2000 جندي", "225000 مصري", "القرار 1973", "ميج 21", "140 مليون دولار", "360.000 شخص", "أب وابن", "مارس ضغوطا", "رقم 1701"],
}  # fmt: skip
LEANING = {
    "en": ["two years later", "that year", "on 22 July", "in June", "the same month", "in September of that year", "the next five years"],
    "ar": [
        "بعد عامين",
        "في العام التالي",
        "من نفس العام",
        "في 22 يوليو",
        "في العام نفسه",
        "السنوات الخمس المقبلة",
        "أبريل ومايو من نفس العام",
    ],
}
MONTHS = {
    "en": ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"],
    "ar": ["يناير", "فبراير", "مارس", "أبريل", "مايو", "يونيو", "يوليو", "أغسطس", "سبتمبر", "أكتوبر", "نوفمبر", "ديسمبر"],
}
EASTERN = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")
PERSIAN = str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")
DAYS = st.tuples(st.integers(1000, 2099), st.integers(1, 12), st.integers(1, 31)).filter(lambda d: d[2] <= days_of(d[0], d[1]))


@pytest.fixture(scope="module")
def taggers() -> dict[str, Tagger]:
    return {"en": Tagger("en"), "ar": Tagger("ar")}


def read(whens: list[When]) -> str:
    return " ".join(w.edtf for w in whens)


@pytest.mark.parametrize(("text", "edtf"), ENGLISH.items(), ids=str)
def test_english_expressions_mean_their_edtf(taggers: dict[str, Tagger], text: str, edtf: str) -> None:
    assert read(taggers["en"].tag(text)) == edtf


@pytest.mark.parametrize(("text", "edtf"), ARABIC.items(), ids=str)
def test_arabic_expressions_mean_their_edtf(taggers: dict[str, Tagger], text: str, edtf: str) -> None:
    assert read(taggers["ar"].tag(text)) == edtf


@pytest.mark.parametrize(("language", "text"), [(k, t) for k, texts in NOT_DATES.items() for t in texts])
def test_numbers_that_count_or_name_are_no_dates(taggers: dict[str, Tagger], language: str, text: str) -> None:
    assert taggers[language].tag(text) == []


@pytest.mark.parametrize(("language", "text"), [(k, t) for k, texts in LEANING.items() for t in texts])
def test_what_leans_on_the_narrative_is_found_undated(taggers: dict[str, Tagger], language: str, text: str) -> None:
    (found,) = taggers[language].tag(text)
    assert found.edtf == ""
    assert isinstance(found, Found)
    assert found.step or found.first


def test_a_duration_is_no_date(taggers: dict[str, Tagger]) -> None:
    (found,) = taggers["en"].tag("It lasted five years.")
    assert (found.edtf, found.timex, found.value) == ("", "DURATION", "P5Y")


def test_a_time_of_day_alone_is_no_date(taggers: dict[str, Tagger]) -> None:
    (found,) = taggers["en"].tag("They met at 14:30.")
    assert (found.edtf, found.timex, found.value) == ("", "TIME", "XXXX-XX-XXT14:30")


def test_parts_of_a_time_narrow_its_bounds(taggers: dict[str, Tagger]) -> None:
    late, whole, early = (taggers["en"].tag(text)[0] for text in ("late 1990s", "the 1990s", "early 1990s"))
    assert late.edtf == whole.edtf == early.edtf
    assert (whole.lower, whole.upper) == ("1990-01-01", "1999-12-31")
    assert whole.lower == early.lower < early.upper < late.lower < late.upper == whole.upper


BOUNDS = {
    "in the first half of 1941": ("1941-01-01", "1941-07-01"),
    "in the second half of the 19th century": ("1850-01-01", "1899-12-31"),
    "from late 1941 to early 1943": ("1941-09-01", "1943-05-01"),
    "perhaps in 1503": ("1503-01-01", "1503-12-31"),
    "c. 1390–1410": ("1390-01-01", "1410-12-31"),
}


@pytest.mark.parametrize(("text", "expected"), BOUNDS.items())
def test_halves_ends_and_doubt_have_their_bounds(taggers: dict[str, Tagger], text: str, expected: tuple[str, str]) -> None:
    (found,) = taggers["en"].tag(text)
    assert (found.lower, found.upper) == expected


VALUES = {
    "en": {
        "the night of 20 June 1791": ("TIME", "1791-06-20TNI"), "at 3:30 p.m.": ("TIME", "XXXX-XX-XXT15:30"),
        "for more than 40 days": ("DURATION", "P40D"), "the first ten months of 1915": ("DURATION", "P10M"),
        "in the following years": ("DURATION", "PXY"), "daily": ("SET", "XXXX-XX-XX"), "in the 4th century BC": ("DATE", "BC03"),
        "after two years of war": ("DURATION", "P2Y"),
        "for a week before leaving": ("DURATION", "P1W"), "Christmas 2007": ("DATE", "2007-12-25"),
        "in the latter half of 2008": ("DATE", "2008-H2"), "two years after the Six-Day War": ("DATE", "1969"),
    },
    "ar": {
        "صباح 14 تموز 1958": ("TIME", "1958-07-14TMO"), "لمدة خمس سنوات": ("DURATION", "P5Y"), "سنويا": ("SET", "XXXX"),
        "بعد عامين من حرب الأيام الستة": ("DATE", "1969"), "بعد ثلاث سنوات من القتال": ("DURATION", "P3Y"),
        "في القرن الرابع ق.م": ("DATE", "BC03"),
    },
}  # fmt: skip


@pytest.mark.parametrize(("language", "text"), [(language, text) for language, values in VALUES.items() for text in values])
def test_what_is_found_has_its_timex3_type_and_value(taggers: dict[str, Tagger], language: str, text: str) -> None:
    (found,) = taggers[language].tag(text)
    assert (found.timex, found.value) == VALUES[language][text]


def test_an_event_is_told_only_where_something_is_dated_by_it(taggers: dict[str, Tagger]) -> None:
    assert taggers["en"].tag("The Korean War divided them.") == []
    (found,) = taggers["en"].tag("They met during the Korean War.")
    assert (found.edtf, found.basis) == ("1950/1953", "relative")
    (found,) = taggers["en"].tag("During the Suez Crisis of 1956 they met.")
    assert (found.edtf, found.basis, found.start) == ("1956", "explicit", 26)


def test_open_ends_have_no_bound(taggers: dict[str, Tagger]) -> None:
    assert bounds("1990/..") == ("1990-01-01", "")
    assert bounds("../1971-02") == ("", "1971-02-28")
    assert bounds("-0044") == ("-0044-01-01", "-0044-12-31")


@given(date=DAYS, pattern=st.integers(0, 6))
def test_any_day_printed_in_english_is_read_back(taggers: dict[str, Tagger], date: tuple[int, int, int], pattern: int) -> None:
    y, m, d = date
    month = MONTHS["en"][m - 1]
    th = {1: "st", 2: "nd", 3: "rd"}.get(d % 10 if d not in (11, 12, 13) else 0, "th")
    text = [f"{d} {month} {y}", f"{month} {d}, {y}", f"the {d}{th} of {month}, {y}", f"{y}-{m:02d}-{d:02d}", f"{d} {month[:3]}. {y}",
            f"{month.upper() if month not in ('May', 'March') else month} {d}{th} {y}", f"{d:02d} {month} {y}"][pattern]  # fmt: skip
    if pattern == 4 and month in ("May", "March", "June", "July"):
        text = f"{d} {month} {y}"
    (found,) = taggers["en"].tag(f"It was signed on {text} in Paris.")
    assert found.edtf == f"{y:04d}-{m:02d}-{d:02d}"
    assert found.lower == found.upper == found.edtf


@given(date=DAYS, pattern=st.integers(0, 3), digits=st.sampled_from([{}, EASTERN, PERSIAN]))
def test_any_day_printed_in_arabic_is_read_back(
    taggers: dict[str, Tagger], date: tuple[int, int, int], pattern: int, digits: dict[int, int]
) -> None:
    y, m, d = date
    month = MONTHS["ar"][m - 1]
    text = [f"{d} {month} {y}", f"يوم {d} {month} عام {y}", f"{d} من {month} سنة {y}م", f"{y}-{m:02d}-{d:02d}"][pattern].translate(digits)
    (found,) = taggers["ar"].tag(f"وقعت في {text} اتفاقية.")
    assert found.edtf == f"{y:04d}-{m:02d}-{d:02d}"


@given(year=st.integers(1, 2199), language=st.sampled_from(["en", "ar"]))
def test_years_before_our_era_are_astronomical(taggers: dict[str, Tagger], year: int, language: str) -> None:
    (found,) = taggers[language].tag(f"{year} BC" if language == "en" else f"سنة {year} ق.م")
    assert found.edtf == (f"-{year - 1:04d}" if year > 1 else "0000")


@given(
    before=st.text(alphabet="abcé́ـًشس😀👩🏽‍🚀 ,\u200f\ufeffﬁß", max_size=30),
    after=st.text(alphabet="xyzًـ😀 .", max_size=20),
    start=st.integers(0, 5),
)
def test_offsets_are_exact_whatever_stands_around(taggers: dict[str, Tagger], before: str, after: str, start: int) -> None:
    text = f"{before} 17 February 2014 {after}"
    place = text.index("17 February")
    found = taggers["en"].tag(text, min(start, len(before)), len(text))
    assert [(f.start, f.end, f.edtf) for f in found] == [(place, place + len("17 February 2014"), "2014-02-17")]


def test_diacritics_inside_an_expression_belong_to_it(taggers: dict[str, Tagger]) -> None:
    text = "في ١٧ شُبَاط ٢٠١٤ وقعت"
    (found,) = taggers["ar"].tag(text)
    assert (text[found.start : found.end], found.edtf) == ("١٧ شُبَاط ٢٠١٤", "2014-02-17")


@given(st.text(max_size=200), st.sampled_from(["en", "ar"]))
def test_any_text_is_tagged_in_order_without_overlap(taggers: dict[str, Tagger], text: str, language: str) -> None:
    found = taggers[language].tag(text)
    places = [place for f in found for place in (f.start, f.end)]
    assert places == sorted(places)
    assert all(0 <= f.start < f.end <= len(text) for f in found)


WORDS = [
    "June",
    "5",
    "1967",
    "to",
    "-",
    "and",
    "the",
    "of",
    "year",
    "later",
    "two",
    "century",
    "19th",
    "BC",
    ",",
    "/",
    "AH",
    "early",
    "70s",
    "0",
]


@given(st.lists(st.sampled_from(WORDS), max_size=14))
def test_any_jumble_of_words_of_time_is_read_without_error(taggers: dict[str, Tagger], words: list[str]) -> None:
    for found in taggers["en"].tag(" ".join(words)):
        assert found.lower <= found.upper or not found.upper or found.lower.startswith("-")


def test_a_language_without_times_is_named() -> None:
    with pytest.raises(LanguageError, match="xx"):
        Tagger("xx")


@pytest.mark.parametrize(
    "text", ["1" * 50_000, "1-" * 5_000, "In 1973 the war, " * 500, "\ud800 1973", "1973\x00 and", "\n" * 1000, "(" * 5_000]
)
def test_hostile_text_is_tagged_like_any_other(taggers: dict[str, Tagger], text: str) -> None:
    assert all(f.edtf == "1973" for f in taggers["en"].tag(text))
    assert len(taggers["en"].tag(text)) == text.count("1973")


def test_a_century_without_a_number_is_no_error(taggers: dict[str, Tagger]) -> None:
    assert all(not f.edtf for f in taggers["ar"].tag("في القرن الماضي زار الوزير دمشق"))
    assert all(not f.edtf for f in taggers["en"].tag("In the last century the minister visited Damascus."))
