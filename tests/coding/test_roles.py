"""From a trigger to who does it and to whom. Expectations are those of gold/GUIDELINES.md; the sentences are ours."""

from __future__ import annotations

import pytest
from coded import actors, clauses, language_of, one, statements, told

from dragoman.coding.draft import Draft
from dragoman.coding.lexicon import lexicon
from dragoman.coding.roles import Roles
from dragoman.statement import Actor


def drafts(text: str) -> list[Draft]:
    return list(Roles(clauses(text), lexicon(language_of(text))).drafts())


# A sentence and all that it says, both sides of what is mutual in the source.
ENGLISH = {
    # Active and passive.
    "Peru attacked Chile.": ["ASSAULT PER > CHL"],
    "Chile was attacked by Peru.": ["ASSAULT PER > CHL"],
    "Peru condemned Chile.": ["ACCUSE PER > CHL"],
    "Chile was condemned by Peru.": ["ACCUSE PER > CHL"],
    "In 1967 Jordan was invaded by Israel.": ["ASSAULT ISR > JOR"],
    # Lists on either side, mutual acts.
    "Peru, Ecuador and Bolivia condemned Chile.": ["ACCUSE BOL ECU PER > CHL"],
    "Peru condemned Chile, Brazil and Cuba.": ["ACCUSE PER > BRA CHL CUB"],
    "Peru and Chile signed a trade agreement.": ["AGREE CHL PER"],
    "A treaty was signed by Peru and Chile.": ["AGREE CHL PER"],
    # Second verbs, relatives, participles.
    "Peru attacked Chile and bombed Bolivia.": ["ASSAULT PER > BOL", "ASSAULT PER > CHL"],
    "Peru attacked Chile, and Bolivia condemned Brazil.": ["ACCUSE BOL > BRA", "ASSAULT PER > CHL"],
    # Light verbs: the noun is the act.
    "Peru launched an attack on Chile.": ["ASSAULT PER > CHL"],
    "The president of Peru paid a visit to Chile.": ["CONSULT PER > CHL"],
    "Peru imposed sanctions on Chile.": ["SANCTION PER > CHL"],
    # Verbs told by what they take.
    "Peru severed diplomatic relations with Chile.": ["SANCTION PER > CHL"],
    "Peru closed its embassy in Chile.": ["SANCTION PER > CHL"],
    "Peru opened an embassy in Chile.": ["SUPPORT PER > CHL"],
    "Peru established diplomatic relations with Chile in 1901.": ["SUPPORT CHL PER"],
    "Peru recognised the independence of Kosovo.": ["SUPPORT PER > XKX"],
    "Peru sent troops to Cuba.": ["AID PER > CUB"],
    "Peru expelled the Chilean ambassador.": ["SANCTION PER > CHL"],
    "Peru urged Chile to withdraw from the islands.": ["REQUEST PER > CHL"],
    "Peru accused Chile of spying.": ["ACCUSE PER > CHL"],
    # Nouns that name the act, with owners and "by".
    "The Peruvian invasion of Chile lasted a month.": ["ASSAULT PER > CHL"],
    "Peru's attack on Chile surprised everyone.": ["ASSAULT PER > CHL"],
    # Ties.
    "Peru has an embassy in Chile.": ["MISSION PER > CHL"],
    "Chile was ruled by Spain.": ["RULE ESP > CHL"],
    "Peru is an ally of Chile.": ["ALIGNMENT CHL PER"],
    "Relations between Peru and Chile are cordial.": ["RELATIONS CHL PER"],
    "Peru and Chile have close relations.": ["RELATIONS CHL PER"],
    # Positions.
    "Peru opposed military intervention in Cuba.": ["OPPOSES PER > CUB"],
    "Peru remained neutral in the civil war in Angola.": ["NEUTRAL PER > AGO"],
}

ARABIC = {
    "هاجمت بيرو تشيلي.": ["ASSAULT PER > CHL"],
    "بيرو هاجمت تشيلي.": ["ASSAULT PER > CHL"],
    "أدانت بيرو تشيلي.": ["ACCUSE PER > CHL"],
    "أدانت بيرو والإكوادور وبوليفيا الهجوم.": ["ACCUSE BOL ECU PER"],
    "وقعت بيرو وتشيلي اتفاقية تجارية.": ["AGREE CHL PER"],
    "وقعت بيرو معاهدة صداقة مع تشيلي.": ["AGREE CHL PER"],
    "هاجمت بيرو تشيلي وقصفت بوليفيا كوبا.": ["ASSAULT BOL > CUB", "ASSAULT PER > CHL"],
    "زار الرئيس البيروفي تشيلي.": ["CONSULT PER > CHL"],
    "قام الرئيس البيروفي بزيارة إلى تشيلي.": ["CONSULT PER > CHL"],
    "شنت بيرو هجوما على تشيلي.": ["ASSAULT PER > CHL"],
    "فرضت بيرو عقوبات على تشيلي.": ["SANCTION PER > CHL"],
    "قطعت بيرو علاقاتها الدبلوماسية مع تشيلي.": ["SANCTION PER > CHL"],
    "أغلقت بيرو سفارتها في تشيلي.": ["SANCTION PER > CHL"],
    "افتتحت بيرو سفارة في تشيلي.": ["SUPPORT PER > CHL"],
    "أرسلت بيرو قوات إلى كوبا.": ["AID PER > CUB"],
    "سحبت بيرو قواتها من تشيلي.": ["RETREAT PER > CHL"],
    "طردت بيرو السفير التشيلي.": ["SANCTION PER > CHL"],
    "دعت بيرو تشيلي إلى الانسحاب من الجزر.": ["REQUEST PER > CHL"],
    "هددت بيرو تشيلي.": ["THREATEN PER > CHL"],
    "اتهمت بيرو تشيلي بالتجسس.": ["ACCUSE PER > CHL"],
    "تملك بيرو سفارة في تشيلي.": ["MISSION PER > CHL"],
    "العلاقات بين بيرو وتشيلي ودية.": ["RELATIONS CHL PER"],
    "عارضت بيرو التدخل العسكري في كوبا.": ["OPPOSES PER > CUB"],
    # Verbal nouns: who stands behind one acts, or is acted upon when another is told to act.
    "نفت بيرو قصف تشيلي.": ["ASSAULT PER > CHL", "REJECT PER"],
    "أدانت بوليفيا قصف بيرو لتشيلي.": ["ACCUSE BOL > CHL", "ASSAULT PER > CHL"],
    "استمرت بيرو في تزويد تشيلي بالوقود.": ["AID PER > CHL"],
    "ردت القوات البيروفية بمهاجمة مواقع في شمال تشيلي.": ["ASSAULT PER > CHL"],
    "حرب المحيط هي صراع مسلح اندلع بين تشيلي وبيرو.": ["ASSAULT CHL PER"],
    # What stands between, what is written on to a number, what reaches over "that".
    "استقبل في ليما الرئيس البيروفي الرئيس التشيلي.": ["CONSULT CHL PER"],
    "منحت بيرو حق اللجوء لأربعة معارضين تشيليين.": ["CONCEDE PER > CHL"],
    "حذرت بيرو من أن الرد سيطال تشيلي.": ["THREATEN PER > CHL"],
    'بيرو تطلب من "قوات الاحتلال" التشيلية والبوليفية الانسحاب.': ["REQUEST PER > BOL CHL"],
    "تظاهر البيروفيون في ليما ضد تشيلي.": ["PROTEST PER > CHL"],
    "التقى الرئيس البيروفي نظيره التشيلي في بوليفيا.": ["CONSULT CHL PER"],
    # A post is told where the sentence says so, and one verb may bring two acts.
    "كان فلان سفير بيرو في تشيلي.": ["ENVOY PER > CHL"],
    "استدعت بوليفيا سفير بيرو في تشيلي.": ["ACCUSE BOL > PER"],
    "للبيرو سفارة في سانتياغو وثلاث قنصليات في بوليفيا.": ["MISSION PER > BOL", "MISSION PER > CHL"],
    "أغلقت بيرو سفارتها في سانتياغو وطردت الدبلوماسيين التشيليين.": ["SANCTION PER > CHL", "SANCTION PER > CHL"],
    # Acts of wider vocabulary.
    "حصلت بيرو على استقلالها من إسبانيا.": ["CONCEDE ESP > PER"],
    "تنازلت بوليفيا لتشيلي عن الجزيرة.": ["CONCEDE BOL > CHL"],
    "اعتذرت تشيلي لبيرو.": ["CONCEDE CHL > PER"],
    "سقطت ليما في أيدي القوات التشيلية.": ["ASSAULT CHL > PER"],
    "أطلقت القوات التشيلية قذائفها على ليما.": ["ASSAULT CHL > PER"],
    "دخلت القوات التشيلية بيرو.": ["ASSAULT CHL > PER"],
    "غزت القوات التشيلية بيرو وهزمت الجيش البيروفي.": ["ASSAULT CHL > PER", "ASSAULT CHL > PER"],
    "يعيش أكثر من مئتي ألف بيروفي في تشيلي.": ["PRESENCE PER > CHL"],
    "لا توجد بين بيرو وتشيلي معاهدة لتسليم المجرمين.": ["AGREEMENT CHL PER"],
    "مارست بيرو ضغوطا على تشيلي.": ["COERCE PER > CHL"],
}


# What the coder does not reach yet.
NESTED = {
    "Peru signed a treaty of friendship with Chile.": ["AGREE CHL PER"],
    "Peru, which had attacked Chile, condemned Bolivia.": ["ACCUSE PER > BOL", "ASSAULT PER > CHL"],
    "Peru withdrew its troops from Chile.": ["RETREAT PER > CHL"],
    "Peru threatened to attack Chile.": ["THREATEN PER > CHL"],
    "اعترفت بيرو باستقلال كوسوفو.": ["SUPPORT PER > XKX"],
}


@pytest.mark.parametrize("text", [*ENGLISH, *ARABIC])
def test_who_did_what_to_whom(text: str) -> None:
    assert told(text) == (ENGLISH | ARABIC)[text]


@pytest.mark.parametrize("text", NESTED)
def test_who_did_what_to_whom_in_nested_clauses(text: str) -> None:
    assert told(text) == NESTED[text]


SIDES = [
    ("The Syrian army attacked Turkish rebels.", "ASSAULT", "SYR:MIL", "TUR:REB"),
    ("Peruvian President Alan García met the Chilean foreign minister.", "CONSULT", "PER:GOV CHL:GOV", ""),
    ("The European Union imposed sanctions on Belarus.", "SANCTION", "european union:IGO", "BLR"),
    ("The Ottoman Empire ruled Syria.", "RULE", "ottoman empire:POLITY", "SYR"),
    ("هاجم الجيش السوري المتمردين الأتراك.", "ASSAULT", "SYR:MIL", "TUR:REB"),
    ("فرض الاتحاد الأوروبي عقوبات على بيلاروسيا.", "SANCTION", "الاتحاد الأوروبي:IGO", "BLR"),
]


@pytest.mark.parametrize(("text", "type", "source", "target"), SIDES)
def test_sectors_and_bodies(text: str, type: str, source: str, target: str) -> None:
    def plain(side: tuple[Actor, ...]) -> str:
        return actors(side).replace("the ", "")

    statement = one(text, type)
    assert (plain(statement.source), plain(statement.target)) == (source, target)


HELD_BACK_ONCE = {
    "A coalition of countries led by Chile and Peru invaded Bolivia.": ["ASSAULT CHL PER coalition of countries > BOL"],
    "Chile was expelled from Peru in 1901.": ["SANCTION PER > CHL"],
    "The Ambassador of Norway to Chile resigned.": ["ENVOY NOR > CHL"],
    "The Embassy of France in Lima was opened in 1950.": ["SUPPORT FRA > PER"],
    "Peru opposes measures aimed at Chile.": ["OPPOSES PER > CHL"],
    "President Zia-ul-Haq visited Damascus.": ["CONSULT PAK > SYR"],
    "Protesters attacked the Chilean embassy.": ["ASSAULT protesters > CHL"],
}
"""Sentences each of which lost a side, or the whole statement, before the rule for it came."""


@pytest.mark.parametrize("text", HELD_BACK_ONCE)
def test_a_side_is_found_where_it_was_lost(text: str) -> None:
    assert told(text) == HELD_BACK_ONCE[text]


def test_a_states_name_is_no_act() -> None:
    """ "كندا" reads as "ك" and "نداء" too, an appeal."""
    assert not [s for s in statements("لكندا سفارة في بودابست.") if s.type == "REQUEST"]


def test_who_condemns_an_attack_made_none() -> None:
    assert not [s for s in statements("Peru condemned the gas attack near Santiago.") if s.type == "ASSAULT"]


NOTHING = [
    "The weather in Peru was fine.",
    "The committee condemned the report.",
    "Peru grows potatoes, and Chile grows grapes.",
    "He attacked the problem with vigour.",
    "Peru and Chile played a football match.",
    "كان الطقس في بيرو جميلا.",
    "أدانت اللجنة التقرير.",
    "تزرع بيرو البطاطس وتزرع تشيلي العنب.",
    "قالت بيرو إنها هنا مع تشيلي.",  # "إنها" folds to "إنهاء", "هنا" to "هنأ"
]


@pytest.mark.parametrize("text", NOTHING)
def test_what_says_nothing_of_two_states(text: str) -> None:
    assert told(text) == []


def test_what_is_asked_for_is_no_statement_of_its_own() -> None:
    assert told("Peru called on Chile to end the trial and to withdraw its troops.") == ["REQUEST PER > CHL"]


@pytest.mark.parametrize("text", [*ENGLISH, *ARABIC])
def test_drafts_stand_in_the_sentence_in_order(text: str) -> None:
    found, tokens = drafts(text), clauses(text).tokens
    assert [draft.first for draft in found] == sorted(draft.first for draft in found)
    for draft in found:
        assert 0 <= draft.first < draft.last <= len(tokens)
        assert 0 <= draft.issue[0] <= draft.issue[1] <= len(tokens)
        assert not any(mention in draft.target for mention in draft.source)
