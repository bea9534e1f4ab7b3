"""Where sentences end: cases of English and Arabic, and what must hold for any text."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from dragoman.reading.splitting import LONGEST, cut, rules, split

ENGLISH = [
    "Syria closed its embassy.|The envoy left.",
    "The U.S. Embassy in Baghdad reopened.|It had been shut for years.",
    "Relations with the U.S.|The two states broke them off later.",
    "They met at 9 a.m. on Monday.|Nobody spoke until 5 p.m.|After that, talks began.",
    "President Warren G. Harding wrote to J. Morton Howell.|The letter is lost.",
    "The jet was flown by Captain M. Lutz, who died.",
    "Lt. Gen. Ali Khan and Dr. H. A. Smith, Ph.D., met Mr. and Mrs. Bell on St. John's Road.",
    "The case of Iran v. United States was heard.|See No. 5 and Art. 7 of the treaty, pp. 3 and 4.",
    "He said no.|She agreed.",
    "It was about Gov. Lee vs. the U.S. A. J. Lee won.",
    "Aid rose by 3.5 per cent to $2.7 billion.|Trade fell.",
    "He hesitated... and signed.|She waited...|Then she signed.",
    "They paused. ...|The talks went on.",
    'It called this "an open aggression."|However, the two agreed.',
    'He said: "We will."|The crowd cheered.',
    '"Why now?" he asked.|"Stop!" she said.|"We go."',
    "“We stand with you.”|“For how long?” they asked.",
    "A treaty was signed. (AP) (Reuters)|Both sides welcomed it. (Bangkok Post)",
    "A treaty was signed. (AFP)|Nobody was pleased.",
    "The embassy closed.|(It had been open since 1948.)|It never reopened.",
    "The embassy closed.|(Reuters) - it was shut",
    "2025-05-28.|A soldier was killed.",
    "The terms were these: 1. The border opens; 2. Trade resumes.|All agreed.",
    "They fought in Damascus.|al-Assad fled.|iPhone sales fell.",
    "Gen. al-Hassan spoke to the U.N. Security Council and the Foreign Office (F.O.) The Hague was told.",
    "Relations improved.[3][4]|Trade grew.[note]",
    "He left the city.~|The army followed.",
    "See www.example.org and example.Com for e.g. the text, vol. 3, fig. 2.",
    "It was signed on Jan. 5.|The war ended in Mar.|Peace held.",
    "Was it war?!|It was.",
    "The company, Gulf Oil Co. Ltd., left.|Its heirs, Smith Inc. and Jones Jr. of Ohio, stayed.",
    "The 19th century began.|50 ships came.|€50 million were paid.",
    "Iraq · Iran.|• Syria",
    "He studied at the School of Art.|I met him there.",
    "Peace. – War. - Peace; war: peace, war",
    "中国同意。~|Syria agreed.",
    "After World War I.|The allies met.",
]
ARABIC = [
    "أغلقت سوريا سفارتها.|غادر السفير البلاد.",
    "دخل الإسلام المنطقة بعد 711 ب.م من سوريا.|ثم انتشر.",
    "بنيت المدينة سنة 300 ق.م. على يد الإغريق.|وازدهرت بعد ذلك.",
    "وقعت المعاهدة سنة 1936 م.|وألغيت عام 1951م.|ثم عادت العلاقات.",
    "حدث ذلك سنة 1400 هـ من الهجرة، أي عام 1980.",
    "التقى د. أحمد وأ.د. محمد في دمشق.|وقال م. علي إنه حضر.",
    "هل تعود العلاقات؟|لا أحد يعلم!|ربما.",
    "رفضت مصر الطلب؛ وقبلته ليبيا، والسودان، والجزائر.",
    "قال الوزير: «سنرد على العدوان.»|وأضاف أن الرد قريب.",
    'أكد أن بلاده "تدعم الحل السياسي".|ورحبت تركيا بذلك.',
    "انتهت الحرب.~|باكستان اعترفت بالحكومة.",
    "ذكرت وكالة أ.ف.ب أن أكثر من 360.000 شخص نزحوا.",
    "بلغت المساعدات ٣.٥ مليون في عام ٢٠١٢.|وزادت بعده.",
    "قال... إننا نرفض.",
    "وصل الوفد.\u200f|وغادر في اليوم التالي.",
    "شارك فيه وزراء وخبراء إلخ.|وانتهى المؤتمر.",
    "شارك الوفد (رويترز). (أ ب)|وغادر.",
]


@pytest.mark.parametrize(("marked", "code"), [(c, "en") for c in ENGLISH] + [(c, "ar") for c in ARABIC])
def test_sentences_end_where_they_should(marked: str, code: str) -> None:
    """| stands for the space between two sentences, ~| for none."""
    wanted = marked.split("|")
    text = marked.replace("|", " ").replace("~ ", "")
    wanted = [part.replace("~", "") for part in wanted]
    assert [text[start:end] for start, end in split(text, 0, len(text), rules(code))] == wanted


def test_a_part_of_a_text_is_split_as_if_it_were_alone() -> None:
    part = "One stood. Two fell. Three ran."
    text = f"Before. {part} After."
    start = text.index(part)
    assert [text[a:b] for a, b in split(text, start, start + len(part), rules("en"))] == ["One stood.", "Two fell.", "Three ran."]


SIGNS = st.sampled_from(
    [*".!?…؟。\"'”»)([«“ \t\n\u200f\u00a0،؛,;:-–0١9", "\r\n", "...", "U.S.", "ب.م", "م.", "[1]", " (AP)", "Gen.", "e\u0301", "👩‍🚀"]
)
TEXTS = st.lists(st.one_of(SIGNS, st.text(max_size=4), st.sampled_from(["Syria", "al-Assad", "سوريا", "و", "a", "B"]))).map("".join)


@settings(deadline=None)
@given(TEXTS, st.sampled_from(["en", "ar"]))
@example("A. (AP) (B) c. (AP).", "en")
@example(".", "ar")
def test_nothing_is_lost_and_nothing_said_twice(text: str, code: str) -> None:
    text = text.strip()
    if not text:
        return
    spans = list(split(text, 0, len(text), rules(code)))
    assert spans[0][0] == 0 and spans[-1][1] == len(text)
    for start, end in spans:
        assert text[start:end] and text[start:end] == text[start:end].strip()
    for (_, end), (start, _) in pairwise(spans):
        assert end <= start and not text[end:start].strip()


@pytest.mark.parametrize("unit", ["word ", "w", "و،", "e\u0301", "漢", "ab, "])
def test_what_is_too_long_is_cut_at_a_space_or_comma_and_nothing_is_lost(unit: str) -> None:
    text = (unit * (5 * LONGEST // len(unit))).strip()
    spans = list(cut(text, 0, len(text)))
    assert len(spans) > 4 and all(0 < end - start <= LONGEST for start, end in spans)
    assert "".join(text[start:end].replace(" ", "") for start, end in spans) == text.replace(" ", "")
    for (_, end), (start, _) in pairwise(spans):
        assert not text[end:start].strip()
        assert text[start] != "\u0301"
        if " " in unit:
            assert text[end] == " "
        elif "،" in unit:
            assert text[end - 1] == "،"
