"""Who is named in a sentence, what of which state, and which names belong together."""

from __future__ import annotations

from itertools import pairwise

import pytest
from coded import name_of, parsed

from dragoman.coding.sentence import Mention


def known(text: str) -> list[str]:
    """The mentions whose state is known where they stand: "SYR:GOV Hafez al-Assad"."""
    sentence = parsed(text)
    shown = []
    for mention in sentence.mentions:
        if mention.codes:
            shown.append(f"{'+'.join(mention.codes)}{':' + mention.sector if mention.sector else ''} {name_of(sentence, mention, text)}")
    return shown


def mention(text: str, role: str) -> Mention:
    """The only mention of that role."""
    found = [m for m in parsed(text).mentions if m.role == role]
    assert len(found) == 1, parsed(text).mentions
    return found[0]


NAMES = {
    # Demonyms and possessives before a head, titles before a name.
    "Syria's army crossed the border.": ["SYR:MIL Syria's army"],
    "The Syrian army crossed the border.": ["SYR:MIL Syrian army"],
    "Syrian President Hafez al-Assad arrived.": ["SYR:GOV Hafez al-Assad"],
    "The Chilean foreign minister, Gabriel Valdés, arrived.": ["CHL:GOV Gabriel Valdés"],
    "The Foreign Minister of Peru arrived.": ["PER:GOV Foreign Minister of Peru"],
    "Prime Minister Thaddeus Quorl of Fiji arrived.": ["FJI:GOV Thaddeus Quorl"],
    "The Kenyan rebels fled.": ["KEN:REB Kenyan rebels"],
    "Turkish and Syrian troops met.": ["TUR+SYR:MIL Turkish and Syrian troops"],
    # Peoples, cities, bodies, vanished states.
    "The Syrians crossed the border.": ["SYR:CVL Syrians"],
    "Islamabad protested.": ["PAK Islamabad"],
    "The Kremlin protested.": ["RUS:GOV Kremlin"],
    "The Soviet Union protested.": ["RUS Soviet Union"],
    "The Peruvian navy's ships left.": ["PER:MIL Peruvian navy"],
    # Lists.
    "India, Nepal, Iran and Turkey signed.": ["IND India", "NPL Nepal", "IRN Iran", "TUR Turkey"],
    # Arabic: the head stands first.
    "عبر الجيش السوري الحدود.": ["SYR:MIL الجيش السوري"],
    "وصل الرئيس السوري حافظ الأسد.": ["SYR:GOV حافظ الأسد"],
    "وصل وزير خارجية بيرو.": ["PER:GOV وزير خارجية بيرو"],
    "احتجت وزارة الخارجية الباكستانية.": ["PAK:GOV وزارة الخارجية الباكستانية"],
    "فر المتمردون الكينيون.": ["KEN:REB المتمردون الكينيون"],
    "عبر السوريون الحدود.": ["SYR:CVL السوريون"],
    "احتجت إسلام آباد.": ["PAK إسلام آباد"],
    "وقعت الهند ونيبال وإيران وتركيا.": ["IND الهند", "NPL نيبال", "IRN إيران", "TUR تركيا"],
}


@pytest.mark.parametrize("text", NAMES)
def test_who_is_named(text: str) -> None:
    # An article or a conjunction written on to the name is not told apart here.
    assert [shown.replace("The ", "").replace("the ", "").replace(" و", " ") for shown in known(text)] == [
        s.replace(" و", " ") for s in NAMES[text]
    ]


@pytest.mark.parametrize("text", ["India, Nepal, Iran and Turkey signed it.", "وقعت الهند ونيبال وإيران وتركيا عليها."])
def test_a_list_is_one_group(text: str) -> None:
    mentions = parsed(text).mentions
    assert [m.codes[0] for m in mentions if m.codes] == ["IND", "NPL", "IRN", "TUR"]
    assert len({m.group for m in mentions if m.codes}) == 1


@pytest.mark.parametrize("text", ["India attacked Nepal.", "هاجمت الهند في نيبال تركيا."])
def test_those_on_two_sides_are_two_groups(text: str) -> None:
    groups = [m.group for m in parsed(text).mentions if m.codes]
    assert len(set(groups)) == len(groups)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("The Ottoman Empire ruled the region.", "ottoman empire"),
        ("The European Union protested.", "european union"),
        ("احتج الاتحاد الأوروبي.", "الاتحاد الأوروبي"),
        ("حكمت الدولة العثمانية المنطقة.", "الدولة العثمانية"),
    ],
)
def test_bodies_of_no_state_have_no_code(text: str, name: str) -> None:
    sentence = parsed(text)
    found = [(name_of(sentence, m, text).casefold(), m.codes, m.sector) for m in sentence.mentions if m.role == "actor"]
    assert len(found) == 1
    shown, codes, sector = found[0]
    assert name in shown
    assert codes in ((), ("",))
    assert sector in ("POLITY", "IGO")


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Iran recalled its envoy from the country.", "state"),
        ("Both sides signed.", "both"),
        ("The two countries signed.", "both"),
        ("استدعت إيران سفيرها من هذا البلد.", "state"),
        ("وقع الطرفان.", "both"),
        ("وقع البلدان.", "both"),
    ],
)
def test_references_wait_for_the_text(text: str, value: str) -> None:
    assert mention(text, "reference").value == value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("He visited Cairo.", "person"),
        ("It attacked Cairo.", "thing"),
        ("They attacked Cairo.", "many"),
        ("هو زار القاهرة.", "person"),
        ("هم زاروا القاهرة.", "many"),
        ("وهو زار القاهرة.", "person"),
        ("وهم زاروا القاهرة.", "many"),
    ],
)
def test_pronouns_wait_for_the_text(text: str, value: str) -> None:
    assert mention(text, "pronoun").value == value


@pytest.mark.parametrize(
    ("text", "name", "code"),
    [
        ("التقى الوزير نظيره التشيلي.", "نظيره التشيلي", "CHL"),
        ("قال وزير الخارجية السعودي الأمير فيصل بن فرحان ذلك.", "الأمير فيصل بن فرحان", "SAU"),
        ("حذرت وزارة الدفاع في اليونان من ذلك.", "وزارة الدفاع", "GRC"),
        ("افتتحت القنصلية العامة لإيطاليا في بنغازي.", "القنصلية العامة", "ITA"),
        ('قالت "قوات الاحتلال" الفرنسية ذلك.', "قوات الاحتلال", "FRA"),
        ("هاجر ألف و300 يمني.", "يمني", "YEM"),
    ],
)
def test_what_tells_the_state_of_an_arabic_name(text: str, name: str, code: str) -> None:
    sentence = parsed(text)
    shown = [(text[sentence.tokens[m.first].start : sentence.tokens[m.last - 1].end], m.codes) for m in sentence.mentions if m.codes]
    assert any(name in words and codes == (code,) for words, codes in shown), shown


@pytest.mark.parametrize(
    ("text", "slot"),
    [
        ("They sent troops to Peru.", "to"),
        ("They signed it with Peru.", "with"),
        ("They were attacked by Peru.", "by"),
        ("They spoke against Peru.", "against"),
        ("أرسلوا قوات إلى بيرو.", "to"),
        ("وقعوا مع بيرو.", "with"),
        ("تحدثوا ضد بيرو.", "against"),
        ("أرسلوا قوات لبيرو.", "to"),
        ("أرسلوا قوات لأربعة من أبناء بيرو.", "from"),
        ("تحفظت عليه بيرو.", ""),  # the preposition has its pronoun
        ("يعيش هناك أكثر من مليون بيروفي.", ""),  # nor does "more than" govern
    ],
)
def test_prepositions_govern(text: str, slot: str) -> None:
    assert [m.slot for m in parsed(text).mentions if m.codes == ("PER",)] == [slot]


def test_an_owner_is_told_from_what_it_owns() -> None:
    assert mention("They seized Peru's ports.", "owner").codes == ("PER",)


@pytest.mark.parametrize("text", ["We ate turkey on fine china.", "Nobody came.", "", "لم يأت أحد."])
def test_nobody(text: str) -> None:
    assert known(text) == []


def test_mentions_stand_in_order_and_apart() -> None:
    text = "Syrian President Hafez al-Assad, Turkish and Iraqi troops, the Kremlin's envoys, Peru and the Syrians left with him."
    mentions = parsed(text).mentions
    assert all(a.last <= b.first for a, b in pairwise(mentions))
    assert all(m.first < m.last and m.first <= m.name[0] <= m.name[1] <= m.last for m in mentions)
