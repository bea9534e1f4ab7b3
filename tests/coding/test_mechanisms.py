"""One sentence or two for each mechanism of the English side: what it finds, and what it must not."""

from __future__ import annotations

import pytest
from coded import one, statements, told

SIDES = {
    # who is to act
    "Peru welcomed the decision of Bolivia to free two Chilean fishermen.": ["CONCEDE BOL > CHL", "SUPPORT PER > BOL"],
    "The ruling prompted Chile to expel the Peruvian consul.": ["SANCTION CHL > PER"],
    "Peru is to withdraw its troops from Bolivia.": ["RETREAT PER > BOL"],
    "Peru trained rebels, whose fighters attacked Chilean villages.": ["ASSAULT rebels > CHL", "COOPERATE PER"],
    # what it hangs on, and what follows a comma
    "The parliament of Peru praised the treaty that Bolivia signed with Chile in 1904.": ["AGREE BOL CHL"],
    "Peru and Chile have a fisheries treaty, signed in 1952.": ["AGREEMENT CHL PER"],
    "Bolivia rejected a proposal put forward by Chile.": ["REJECT BOL > CHL"],
    # a noun as the subject of a verb that tells little
    "Talks were held in Quito between Peru and Chile.": ["CONSULT CHL PER"],
    # those hurt in somebody's attack
    "Four Peruvian soldiers were killed in an ambush by Chilean troops.": ["ASSAULT CHL > PER"],
    "Two Bolivian guards were wounded in clashes with Peruvian troops.": ["ASSAULT PER > BOL"],
    # of two who met no third is needed, and where they met is nobody
    "Peruvian and Chilean ministers met in Quito.": ["CONSULT CHL PER"],
    # the nearest of what a noun takes
    "After Peru's invasion of Bolivia, the use of force against Chile was debated.": ["ASSAULT PER > BOL"],
    # its own is no other
    "Peru threatened to close its border with Bolivia.": ["THREATEN PER > BOL"],
    "Peru warned that Lima would respond to any Chilean attack.": ["THREATEN PER > CHL"],
    # where
    "Lima, where Norway maintained a legation, was calm.": ["MISSION NOR > PER"],
    "Norway has an honorary consulate in Lima.": ["MISSION NOR > PER"],
    "He was ambassador of Norway to Chile.": ["ENVOY NOR > CHL"],
    # taken away from where they were
    "Norway recalled its envoys from Peru and Chile.": ["SANCTION NOR > CHL PER"],
    "Two Norwegian diplomats were expelled from Chile.": ["SANCTION CHL > NOR"],
    # a whole new clause
    "Bolivia signed a treaty with Peru and the president praised Chile.": ["AGREE BOL PER", "SUPPORT BOL > CHL"],
    # what stands, ends, connects
    "A railway connects Chile with Bolivia.": ["TRANSPORT BOL CHL"],
    "The customs agreement between Peru and Chile is in force.": ["AGREEMENT CHL PER"],
    "Bolivia gained independence from Spain in 1825.": ["RULE ESP > BOL"],
    # wordings of several words
    "Peruvian troops laid siege to La Paz for three months.": ["COERCE PER > BOL"],
    "Peru and Bolivia failed to reach agreement on the border.": ["REJECT BOL PER"],
    "Peru opened an investigation into the Chilean bank.": ["ACCUSE PER > CHL"],
    "Two Norwegian ministers set foot in Lima.": ["CONSULT NOR > PER"],
    "Peru suspended payments to Chile.": ["SANCTION PER > CHL"],
    # people and bodies of no state
    "Thousands of Peruvians marched against Chile.": ["PROTEST PER > CHL"],
    "A UN envoy visited Peru.": ["CONSULT un envoy > PER"],
}


@pytest.mark.parametrize("text", SIDES)
def test_sides(text: str) -> None:
    assert told(text) == SIDES[text]


NOTHING = [
    "Peru sent a rescue team after the earthquake hit Chile.",  # an earthquake attacks nobody, and nor does Peru
    "Peru joined talks on the ASEAN Summit.",
    "Peru found a peaceful Chilean-led solution.",
    "Ministers of Peru came to discuss relations with Chile.",
    "Peruvian planes bore the name of Operation Gibraltar.",
]


@pytest.mark.parametrize("text", NOTHING)
def test_nothing_is_made_of_it(text: str) -> None:
    assert not [s for s in statements(text) if s.type in ("ASSAULT", "RELATIONS", "ALIGNMENT") or "GIB" in {a.code for a in s.source}]


def test_what_is_refused_is_not_done() -> None:
    assert told("Peru ruled out sending troops to Bolivia.") == ["REJECT PER"]


def test_a_verb_acts_on_somebody_of_no_told_state() -> None:
    assert told("Peruvian police arrested a teacher.") == ["COERCE PER"]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Peru has 900 troops in Chile. Bolivia has 200 soldiers in the war-torn country.", "PRESENCE BOL > CHL"),
        ("Norway recalled its ambassador from Peru. Sanctions were imposed on Chile.", "SANCTION NOR > CHL"),
        ("Peru attacked Chile. Chile called on its neighbour to stop.", "REQUEST CHL > PER"),
        ("US, French and Turkish troops entered Peru. Chile condemned the foreign troops.", "ACCUSE CHL > FRA TUR USA"),
    ],
)
def test_what_points_back(text: str, shown: str) -> None:
    assert shown in told(text)


def test_rebels_of_nobody_are_nobodys() -> None:
    assert not [
        s
        for s in statements("The rebels, armed by Peru, captured a town.")
        if {a.code for a in s.source} == {"PER"} == {a.code for a in s.target}
    ]


@pytest.mark.parametrize(
    ("text", "type", "date"),
    [
        ("Under the treaty of 1928 between Peru and Chile, Tacna was Peruvian.", "AGREEMENT", "1928/.."),
        ("Norway has an embassy in Lima, opened in 1961.", "MISSION", "1961/.."),
        ("Bolivia gained independence from Spain in 1825.", "RULE", "../1825"),
    ],
)
def test_ties_begin_and_end(text: str, type: str, date: str) -> None:
    assert one(text, type).date == date


def test_no_habit_is_dated_by_the_narrative() -> None:
    found = statements("In 1950 Peru recognised Norway. Peru awards scholarships to Norwegian students.")
    assert [s.date for s in found if s.type == "AID"] == [""]


def test_no_running_date_where_the_clause_tells_its_own() -> None:
    found = statements("Peru attacked Chile in 1879. On Tuesday Norway condemned Peru.")
    assert [s.date for s in found if s.type == "ACCUSE"] == [""]


@pytest.mark.parametrize(
    ("text", "type", "modality"),
    [
        ("Peru has begun pulling its troops out of Chile, an army spokesman in Lima said.", "RETREAT", "claimed"),
        ("Peru opened an embassy in Oslo, two diplomats said.", "SUPPORT", "claimed"),
        ("Norway recognised Peru when Chile attacked Bolivia.", "ASSAULT", "asserted"),
        ("Peru accused Chile of shelling a Peruvian village.", "ASSAULT", "claimed"),
        ("Peru is to withdraw its troops from Bolivia.", "RETREAT", "planned"),
        ("Peru authorises the navy to seize Chilean ships.", "COERCE", "planned"),
        ("Norway recalled its envoy from Lima. Penalties were considered against Peru.", "SANCTION", "planned"),
    ],
)
def test_voices(text: str, type: str, modality: str) -> None:
    assert [s.modality for s in statements(text) if s.type == type][-1] == modality


def test_an_issue_begins_with_no_weekday() -> None:
    assert one("Peru asked Chile on Monday to withdraw its troops.", "REQUEST").issue == "withdraw its troops"


def test_the_second_of_two_verbs_opens_its_own_quote() -> None:
    quotes = [s.quote for s in statements("Norway resumed diplomatic relations with Peru and elevated its legation in Lima to an embassy.")]
    assert quotes[0].startswith("Norway resumed")
    assert any(quote.startswith("elevated its legation") for quote in quotes)


def test_a_verb_acts_again_on_what_the_one_before_acted_on() -> None:
    found = statements("Peru closed its embassy in Oslo in 1991 but reopened it in 2006.", ("PER", "NOR"))
    assert [(s.type, s.date) for s in found] == [("SANCTION", "1991"), ("SUPPORT", "2006")]


def test_an_act_named_again_is_his_who_acted() -> None:
    found = statements("Norway broke off relations with Peru. The severing of ties surprised many.", ("NOR", "PER"))
    assert [([a.code for a in s.source], [a.code for a in s.target]) for s in found if s.type == "SANCTION"] == [(["NOR"], ["PER"])] * 2


def test_both_sides_are_those_of_the_title_whoever_meets_them() -> None:
    assert "CONSULT CHL NOR PER" in told("The Norwegian minister held talks with both sides.", ("CHL", "PER"))


def test_blame_beside_a_denial_is_not_denied() -> None:
    assert one("Peru denied the allegation and blamed Chile for the fire.", "ACCUSE").modality == "asserted"


def test_relations_that_date_back_stand_since() -> None:
    assert one("Relations between Norway and Peru date back to 1923.", "RELATIONS").date == "1923/.."


def test_the_government_mediated_with_is_the_other_ones() -> None:
    assert told("Norway mediated between the government and the rebels.", ("NOR", "PER")) == ["CONSULT NOR > PER"]


def test_a_passive_keeps_what_was_restored_in_its_quote() -> None:
    assert one("Diplomatic ties were restored in 1990.", "SUPPORT", ("NOR", "PER")).quote.startswith("ties were restored")


@pytest.mark.parametrize(
    "text",
    [
        "The embassy of Chile is in Lima.",
        "Chile's embassy is located in Lima.",
        "The Chilean embassy stands in the San Isidro district of Lima.",
        "In Lima there is a Chilean embassy.",
    ],
)
def test_a_mission_may_be_parted_from_its_place(text: str) -> None:
    assert told(text) == ["MISSION CHL > PER"]


def test_a_place_of_another_clause_is_no_missions() -> None:
    assert "MISSION CHL > PER" not in told("The Chilean embassy said nothing; in Lima the price of fish rose.")
