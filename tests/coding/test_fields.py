"""The lines of infoboxes become ties and events, each with its words, its date and the line that names who takes part."""

from __future__ import annotations

from pathlib import Path

import pytest
from coded import actors
from hypothesis import given
from hypothesis import strategies as st

from dragoman.coding import code
from dragoman.coding.fields import CONFIDENCE
from dragoman.reading import Member, Source, find, read
from dragoman.reading.manifest import Entry
from dragoman.statement import Document, Statement


def page(text: str, language: str = "en", format: str = ".wiki") -> Document:
    return read(Source(Path("x.wiki"), None, Entry("x.wiki", language=language), Member(f"x.{language}", text, format, "x.wiki")))


def boxed(document: Document) -> list[Statement]:
    """The statements that were read from fields; each quote and each name stands where it says."""
    found = [one for one in code(document, model=False) if one.evidence[0].rule.startswith("field:")]
    for one in found:
        assert document.text[one.start : one.end] == one.quote
        assert one.confidence == CONFIDENCE
        for actor in (*one.source, *one.target):
            assert document.text[actor.start : actor.end] == actor.name
        for evidence in one.evidence:
            assert 0 <= evidence.start < evidence.end <= len(document.text)
    return found


def shown(text: str, language: str = "en", format: str = ".wiki") -> list[tuple[str, str, str, str, str]]:
    return [(one.type, actors(one.source), actors(one.target), one.date, one.quote) for one in boxed(page(text, language, format))]


BILATERAL = """{{Infobox bilateral relations|Kenya–Peru|Kenya|Peru
|mission1 = [[Embassy of Kenya, Lima]]<br />[[Consulate of Kenya|Consulate in Cusco]]
|mission2 = [[Embassy of Peru, Nairobi]]
|envoytitle1 = [[Ambassador]]
|envoy1 = [[Jane Mwangi]] (since {{start date|2019|5|1}})<ref>{{cite web|title=List}}</ref>
|envoytitle2 = [[Ambassador]]<br>since 2021
|envoy2 = {{ubl|[[Luis Quispe]]|his deputy}}
|map = Map.svg
}}
Nothing else is told here.
"""


def test_missions_and_envoys_are_ties_of_the_two_sides() -> None:
    assert shown(BILATERAL) == [
        ("MISSION", "KEN", "PER", "", "Embassy of Kenya, Lima"),
        ("MISSION", "KEN", "PER", "", "Consulate in Cusco"),
        ("MISSION", "PER", "KEN", "", "mission2: Embassy of Peru, Nairobi"),
        ("ENVOY", "KEN:GOV", "PER", "2019-05-01/..", "envoy1: Jane Mwangi (since 1 May 2019)"),
        ("ENVOY", "PER:GOV", "KEN", "2021/..", "envoy2: Luis Quispe; his deputy"),
    ]


def test_what_another_line_says_is_evidence_and_a_date_in_it_is_context() -> None:
    document = page(BILATERAL)
    envoy = boxed(document)[-1]
    told = {one.field: document.text[one.start : one.end] for one in envoy.evidence}
    assert told == {"type": "envoy2", "date": "2021", "target": "Kenya"}
    assert envoy.date_from == "context"
    assert [one.rule for one in envoy.evidence if one.field == "target"] == ["line of the box"]
    assert [actor.name for actor in envoy.source] == ["Luis Quispe"]


@pytest.mark.parametrize(
    "box",
    [
        "mission1=None|mission2=[[Cairo]]|envoy1=Vacant|envoy2=vacant",  # nobody; a mission for Peru that stands elsewhere
        "envoy1=The current holder was named by the president last year|envoy2=see list",  # no name
        "envoy3=Jane Mwangi",  # of nobody
        "mission1=Ministry of Foreign Affairs|mission2=Lima Airport",
    ],
)
def test_what_no_line_says_is_not_told(box: str) -> None:
    assert shown("{{Infobox bilateral relations|Kenya–Peru|Kenya|Peru|" + box + "}}\nText.") == []


def test_an_envoy_whose_side_nothing_names_is_not_told() -> None:
    assert shown("{{Infobox bilateral relations|envoy1=Jane Mwangi|envoy2=Luis Quispe}}\nText.") == []
    # A mission of the same number tells it.
    assert shown("{{Infobox bilateral relations|mission1=Embassy of Kenya, Lima|envoy1=Jane Mwangi}}\nText.")[1][:3] == (
        "ENVOY", "KEN:GOV", "PER",
    )  # fmt: skip


def test_a_capital_alone_is_where_the_mission_stands() -> None:
    assert shown("{{Infobox bilateral relations|country1=Kenya|country2=Peru|mission1=[[Lima]]}}\nText.") == [
        ("MISSION", "KEN", "PER", "", "mission1: Lima")
    ]


def test_the_arabic_box() -> None:
    text = """{{معلومات علاقات ثنائية
|الدولة1=مصر
|الدولة٢=إيطاليا
|البعثة١=[[سفارة مصر في روما]]
|البعثة2=سفارة إيطاليا في القاهرة؛ القنصلية العامة لإيطاليا في الإسكندرية
|السفير1=[[سامي منصور]] (منذ 2021)
|السفير2=شاغر
}}
هذا نص.
"""
    assert shown(text, "ar") == [
        ("MISSION", "EGY", "ITA", "", "البعثة١: سفارة مصر في روما"),
        ("MISSION", "ITA", "EGY", "", "سفارة إيطاليا في القاهرة"),
        ("MISSION", "ITA", "EGY", "", "القنصلية العامة لإيطاليا في الإسكندرية"),
        ("ENVOY", "EGY:GOV", "ITA", "2021/..", "السفير1: سامي منصور (منذ 2021)"),
    ]
    english = "{{صندوق معلومات علاقات ثنائية|country1=مصر|country2=إيطاليا|mission1=سفارة مصر في روما|envoy1=سامي منصور}}\nنص."
    assert [one[:3] for one in shown(english, "ar")] == [("MISSION", "EGY", "ITA"), ("ENVOY", "EGY:GOV", "ITA")]


def test_the_lines_of_a_box_in_plain_text() -> None:
    text = """Kenya–Peru relations

Infobox
- Mission1: Embassy of Kenya, Lima
- Mission2: Embassy of Peru, Nairobi
- Envoy1: Jane Mwangi
- Map: Kenya Peru Locator.png

The two get on well.
"""
    assert shown(text, format=".txt") == [
        ("MISSION", "KEN", "PER", "", "Mission1: Embassy of Kenya, Lima"),
        ("MISSION", "PER", "KEN", "", "Mission2: Embassy of Peru, Nairobi"),
        ("ENVOY", "KEN:GOV", "PER", "", "Envoy1: Jane Mwangi"),
    ]
    arabic = "العلاقات المصرية الإيطالية\n\nصندوق معلومات\nبعثة1: سفارة مصر في روما\nمبعوث1: سامي منصور\n\nنص قصير هنا.\n"
    assert [one[:3] for one in shown(arabic, "ar", ".txt")] == [("MISSION", "EGY", "ITA"), ("ENVOY", "EGY:GOV", "ITA")]


def test_a_page_as_it_is_seen_has_headings_over_two_cells() -> None:
    html = """<html lang=en><title>Kenya–Peru</title><body><table>
<tr><td>Kenya</td><td>Peru</td></tr><tr><th colspan=2>Diplomatic mission</th></tr>
<tr><td>Embassy of Kenya, Lima</td><td>Embassy of Peru, Nairobi</td></tr><tr><th colspan=2>Envoy</th></tr>
<tr><td>Ambassador Jane Mwangi</td><td>Ambassador Luis Quispe</td></tr></table><p>They get on well enough.</p></body></html>"""
    assert shown(html, format=".html") == [
        ("MISSION", "KEN", "PER", "", "Embassy of Kenya, Lima"),
        ("MISSION", "PER", "KEN", "", "Embassy of Peru, Nairobi"),
        ("ENVOY", "KEN:GOV", "PER", "", "Ambassador Jane Mwangi"),
        ("ENVOY", "PER:GOV", "KEN", "", "Ambassador Luis Quispe"),
    ]


def test_a_treaty_is_signed_and_in_force() -> None:
    text = """{{Infobox treaty|name=Treaty of Lima|date_signed={{start date|1936|8|26}}|location_signed=[[Lima]]
|date_effective=22 December 1936
|parties={{plainlist|
* {{flag|Peru}}
* [[Chile]]
}}}}
Text."""
    assert shown(text) == [
        ("AGREE", "PER CHL", "", "1936-08-26", "date signed: 26 August 1936"),
        ("AGREEMENT", "PER CHL", "", "1936-12-22/..", "date effective: 22 December 1936"),
    ]
    ended = "{{Infobox treaty|date_effective=1936|date_expiration=19 October 1956|parties=Peru<br>Chile}}\nText."
    assert [one[:4] for one in shown(ended)] == [("AGREEMENT", "PER CHL", "", "1936/1956-10-19")]
    assert shown("{{Infobox treaty|date_signed=1936|parties=[[Peru]]}}\nText.") == []
    assert shown("{{Infobox treaty|date_signed=never|parties=[[Peru]]<br>[[Chile]]}}\nText.") == []


def test_combatants_fight_each_other_and_supporters_do_not() -> None:
    two = "{{Infobox military conflict|date=21–24 July 1977|combatant1=[[Egypt]]|combatant2=Libya<br>'''Supported by:'''<br>Iraq}}\nT."
    assert shown(two) == [("ASSAULT", "EGY LBY", "", "1977-07-21/1977-07-24", "combatant1: Egypt\ncombatant2: Libya; Supported by:; Iraq")]
    many = (
        "{{Infobox military conflict|date=1912|combatant1=Ottoman Empire|combatant2='''All:'''{{plainlist|\n* [[Serbia]]\n* Greece}}}}\nT."
    )
    assert [one[:4] for one in shown(many)] == [
        ("ASSAULT", "ottoman empire:POLITY", "SRB GRC", "1912"),
        ("ASSAULT", "SRB GRC", "ottoman empire:POLITY", "1912"),
    ]


def test_a_diplomatic_mission_has_an_owner_a_host_and_an_envoy() -> None:
    text = "{{Infobox diplomatic mission|name=Embassy of Italy, Cairo|opened=1914|ambassador=[[Anna Bruni]] (since 2023)}}\nText."
    assert shown(text) == [
        ("MISSION", "ITA", "EGY", "1914/..", "name: Embassy of Italy, Cairo"),
        ("ENVOY", "ITA:GOV", "EGY", "2023/..", "ambassador: Anna Bruni (since 2023)"),
    ]


def test_an_official_post_names_whose_envoy_its_incumbent_is() -> None:
    text = "{{Infobox official post|post=Ambassador of Kenya to Peru|incumbent=Jane Mwangi|incumbentsince=2019}}\nText."
    assert shown(text) == [("ENVOY", "KEN:GOV", "PER", "2019/..", "incumbent: Jane Mwangi")]
    assert shown("{{Infobox official post|post=President of Kenya|incumbent=Jane Mwangi}}\nText.") == []
    arabic = "{{صندوق معلومات منصب|المنصب=سفير مصر لدى إيطاليا|السفير=سامي منصور}}\nنص."
    assert [one[:3] for one in shown(arabic, "ar")] == [("ENVOY", "EGY:GOV", "ITA")]


def test_a_mission_that_was_closed() -> None:
    text = "{{Infobox diplomatic mission|name=Embassy of Italy, Cairo|opened=1914|closed=1940}}\nText."
    assert shown(text) == [("MISSION", "ITA", "EGY", "1914/1940", "name: Embassy of Italy, Cairo")]
    document = page(text)
    assert [document.text[e.start : e.end] for e in boxed(document)[0].evidence if e.field == "date"] == ["1914", "1940"]


def test_parties_are_sides_and_their_order_in_the_title_is_not_asked() -> None:
    text = "{{Infobox bilateral relations|title=Peru–Kenya|party1=Kenya|party2=Peru|envoy1=Jane Mwangi|envoy2=Luis Quispe}}\nText."
    assert [one[:3] for one in shown(text)] == [("ENVOY", "KEN:GOV", "PER"), ("ENVOY", "PER:GOV", "KEN")]


def test_two_boxes_do_not_mix() -> None:
    treaty = "{{Infobox treaty|name=Treaty|parties=[[Peru]]<br>[[Chile]]|date=1929}}\n"
    war = "{{Infobox military conflict|combatant1=[[Kenya]]|combatant2=[[Italy]]}}\n"
    assert [one[:4] for one in shown(treaty + war + "Text.")] == [("ASSAULT", "KEN ITA", "", "")]


@pytest.mark.parametrize(
    "text",
    [
        "{{Infobox person|name=John Smith|party=Labour|country=France|embassy=no|date=1990}}\nText.",
        "{| class=wikitable\n! Ambassador !! Since\n|-\n| Jane Mwangi || 2019\n|}\nText.",
        "{{Infobox settlement|name=Lima|country=Peru|established=1535|mission=}}\nText.",
    ],
)
def test_other_boxes_and_tables_tell_nothing(text: str) -> None:
    assert shown(text) == []


def test_lines_of_two_languages_are_one_fact(tmp_path: Path) -> None:
    """The same key, the same states, words that stand near: the two editions' boxes say the same."""
    from dragoman.engines.local import build
    from dragoman.record import Record, linked

    (tmp_path / "egypt-italy.en.wiki").write_text(
        "{{Infobox bilateral relations||Egypt|Italy|mission1=Embassy of Egypt, Rome|mission2=Embassy of Italy, Cairo}}\nThey talk.",
        "utf-8",
    )
    (tmp_path / "egypt-italy.ar.wiki").write_text(
        "{{معلومات علاقات ثنائية|دولة1=مصر|دولة2=إيطاليا|بعثة1=سفارة مصر في روما|بعثة2=سفارة إيطاليا في القاهرة}}\nهذا نص قصير.", "utf-8"
    )
    build([tmp_path], tmp_path / "r.duckdb")
    with Record.open(tmp_path / "r.duckdb", read_only=True) as record:
        facts = [fact for fact in linked.facts(record) if fact.type == "MISSION"]
    assert sorted((actors(fact.source), actors(fact.target), len(fact.statements)) for fact in facts) == [
        ("EGY", "ITA", 2),
        ("ITA", "EGY", 2),
    ]


def test_boxes_are_found_in_files_too(tmp_path: Path) -> None:
    (tmp_path / "kenya-peru.en.wiki").write_text(BILATERAL, "utf-8")
    (source,) = find([tmp_path])
    assert len(boxed(read(source))) == 5


_KEYS = st.sampled_from(
    ["mission1", "mission2", "envoy1", "envoy2", "country1", "date signed", "parties", "combatant1", "combatant2", "name", "date", "x"]
)
_VALUES = st.lists(
    st.sampled_from(
        [
            "Embassy of Kenya",
            "Lima",
            "Peru",
            "Jane Mwangi",
            "since 2019",
            "(",
            ")",
            ";",
            " | ",
            ",",
            "1914",
            "none",
            "العراق",
            ":",
            "supported by",
        ]
    ),
    max_size=6,
).map(" ".join)


@given(st.lists(st.tuples(_KEYS, _VALUES), max_size=8))
def test_whatever_a_box_holds_its_quotes_and_names_stand_where_they_say(lines: list[tuple[str, str]]) -> None:
    text = "Infobox\n" + "".join(f"- {key}: {value}\n" for key, value in lines) + "\nThe two get on well.\n"
    boxed(page(text, format=".txt"))
