"""Wikitext becomes plain text with its structure and its sources, in a time that grows with its length only."""

from __future__ import annotations

import re
from pathlib import Path

import mwparserfromhell
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.errors import ReadingError
from dragoman.reading import Limits, find, read, wikitext

PAGE = """{{Short description|Bilateral relations}}
{{Infobox bilateral relations|Iraq–Jordan|Iraq|Jordan
| map = x.svg
| mission1 = [[Embassy of Iraq, Amman|Embassy of Iraq]], [[Amman]]
|mission2=
| envoytitle1 = [[Ambassador]]<br>since {{start date|2019|5}}
| envoy1={{ubl|Haidar [[Athari]]|his deputy}}<ref>{{cite web|title=Envoys|url=http://x.example/?a=b}}</ref>}}
[[File:Map.png|thumb|right|220px|King [[Hussein]] and King Faisal in 1958.]]'''Iraq–Jordan relations''' are
[[Foreign relations|ties]] between [[Iraq]] and [[Jordan]].<ref name="a">{{cite news|title=Two [[kings]]|url=http://x.example/a
|date=12 May 2014|newspaper=[[The Times|Times]]
|access-date=1 January 2020}}</ref><ref name=b />
Both ({{IPA|x}}) states united on {{start date|1958|2|14}}&nbsp;in
{{IRQ}}.<ref>[http://z.example A report], p. 3</ref>
The union <!-- hidden -->ended within {{convert|5|months}}{{sfn|Smith|2014|p=3}}.

== History ''and'' trade ==
* They [[trade]] in oil.
** {{lang|ar|العراق}} is the larger.
{| class="wikitable" style="x"
|+ Visits
! Year !! Visitor
|-
| 1958 || style="a" | [[Faisal II|Faisal]]
|-
| 1975
| {{flag|Iraq}}
|}
See [http://foo.example a label], [[:Category:X|cats]] and <nowiki>[[this]]</nowiki>.
== References ==
<references>
<ref name=b>A book, 1990.</ref>
</references>
{{reflist}}
* Iraq attacks Jordan, a headline
[[Category:Relations|*]] [[fr:Relations]]
"""


def lines(source: str, role: str, language: str = "en") -> list[str]:
    draft = wikitext.read(source, language, "x.wiki")
    return [draft.text[slice(*line)] for block in draft.blocks or () if block.role == role for line in block.lines]


def cited(source: str) -> list[tuple[str, str]]:
    draft = wikitext.read(source, "en", "x.wiki")
    return [(draft.text[:place], source) for place, source in draft.cites]


def plain(source: str, language: str = "en") -> str:
    return wikitext.read(source, language, "x.wiki").text


def test_prose_is_what_a_reader_sees() -> None:
    assert lines(PAGE, "body") == [
        "Iraq–Jordan relations are ties between Iraq and Jordan. Both states united on 14 February 1958\xa0in Iraq. "
        "The union ended within 5 months.",
        "See a label, cats and [[this]].",
    ]
    assert lines(PAGE, "heading") == ["History and trade", "References"]
    assert lines(PAGE, "list") == ["They trade in oil.", "العراق is the larger."]


def test_boxes_tables_captions_and_appendices_are_fields_and_no_prose() -> None:
    assert lines(PAGE, "field") == [
        "Iraq–Jordan",
        "Iraq",
        "Jordan",
        "map: x.svg",
        "mission1: Embassy of Iraq, Amman",
        "envoytitle1: Ambassador; since May 2019",
        "envoy1: Haidar Athari; his deputy",
        "King Hussein and King Faisal in 1958.",
        "Visits | Year | Visitor",
        "1958 | Faisal",
        "1975 | Iraq",
        "Iraq attacks Jordan, a headline",
    ]


def test_sources_stand_with_the_sentence_before_them(tmp_path: Path) -> None:
    (tmp_path / "x.en.wiki").write_text(PAGE)
    document = read(find([tmp_path])[0])
    assert {document.text[s.start : s.end][:20]: s.cites for s in document.sentences if s.cites} == {
        "envoy1: Haidar Athar": ("Envoys, http://x.example/?a=b",),
        "Iraq–Jordan relation": ("Two kings, Times, 12 May 2014, http://x.example/a", "A book, 1990"),
        "Both states united o": ("A report, http://z.example, p. 3",),
        "The union ended with": ("Smith 2014",),
    }
    assert all(document.text[s.start : s.end].strip() == document.text[s.start : s.end] for s in document.sentences)
    assert [section.title for section in document.sections] == ["History and trade", "References"]


def test_arabic_names_of_templates_and_namespaces() -> None:
    page = (
        "{{صندوق معلومات علاقات|الدولة=[[العراق]]}}\n[[ملف:خ.png|تصغير|الملك فيصل في عمان.]]زار الملك [[عمان (مدينة)|عمّان]] في "
        "{{تاريخ البدء|1958|2|14}}.<ref>{{استشهاد بخبر|عنوان=زيارة|صحيفة=الرأي|تاريخ=1958}}</ref>\n"
        "== المراجع ==\n* خبر عن هجوم\n[[تصنيف:علاقات]]"
    )
    assert lines(page, "body", "ar") == ["زار الملك عمّان في 14 فبراير 1958."]
    assert lines(page, "field", "ar") == ["الدولة: العراق", "الملك فيصل في عمان.", "خبر عن هجوم"]
    assert wikitext.read(page, "ar", "x").cites[0][1] == "زيارة, الرأي, 1958"
    assert wikitext.find_categories(page, "ar") == ["علاقات"]


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("a [[b (c)|]] d", "a b d"),
        ("[[b#c|d]]s", "ds"),
        ("[[a: b]]", "a: b"),
        ("[[w:x|y]]", "y"),
        ("[[de:x]]z", "z"),
        ("[[:de:x]]", "de:x"),
        ("''a'' '''b''' '''''c'''''", "a b c"),
        ("a<br />b<hr>c", "a bc"),
        ("x<sup>2</sup>", "x2"),
        ("a __NOTOC__ b", "a b"),
        ("1 &lt; 2 &amp; 3", "1 < 2 & 3"),
        ("{{nowrap|a {{small|b}}}}", "a b"),
        ("{{nowrap|1=a=b}}", "a=b"),
        ("{{unknown|x}}", ""),
        ("{{Template:Lang|ar|س}}", "س"),
        ("{{lang-fr|x}}", "x"),
        ("{{as of|2014|5}}, a", "As of May 2014, a"),
        ("{{circa|1450}}", "c. 1450"),
        ("{{start date|14 May 2001}}", "14 May 2001"),
        ("{{date|1958|13|1}}", "1958"),
        ("{{ubl|a|b}}", "a\nb"),
        ("x {{hlist|a|b}}", "x a b"),
        ("{{{x|y}}}", "y"),
        ("{{{x}}}", ""),
        ("{{formatnum:1234}}", "1234"),
        ("{{QQQ}}", ""),
        ("<math>x|y}}</math>z", "z"),
        ("<gallery>\nFile:a.png|Iraq attacks\n</gallery>", ""),
        ("a <math>b", "a b"),
        ("a < b > c", "a < b > c"),
        ("[http://a.example]", ""),
        ("[http://a.example b c]", "b c"),
        ("http://a.example/b", "http://a.example/b"),
        ("[not a link]", "[not a link]"),
        ("#REDIRECT [[x]]", "REDIRECT x"),
        ("\ue003a\ue001", "\ufffda\ufffd"),
        ("&#xE003;1&#xE003;", "1"),
        ("a&#10;b", "a b"),
        ("a|b||c!!d", "a|b||c!!d"),
        ("\r\na\r\nb\r\n\r\nc", "a b\n\nc"),
        ("", ""),
        ("----\n: quoted", "quoted"),
        ("=a=", "a"),
        ("==a", "==a"),
        ("{|\n|a\n|b||c\n|}", "a | b | c"),
        ("{|\n! a\n|-\n|\n{|\n| inner\n|}\n|}", "a\ninner"),
        ("{| class=x", ""),
        ("<ref>a</ref>", ""),
    ],
)
def test_marks(source: str, text: str) -> None:
    assert plain(source) == text


def test_what_is_never_closed_is_text() -> None:
    assert plain("Iraq met [[Jordan in 1958.\n\nThey {{agreed on it.") == "Iraq met Jordan in 1958.\n\nThey agreed on it."
    assert plain("a}} b]] c|} d") == "a b c|} d"
    assert plain("{{Infobox x|a=b\n\nIraq met Jordan.") == "b\n\nIraq met Jordan."


def test_categories_and_redirects_are_found_by_their_look() -> None:
    assert wikitext.find_categories(PAGE, "en") == ["Relations"]
    assert wikitext.find_redirect("#REDIRECT [[Iraq–Jordan relations#x]]") == "Iraq–Jordan relations"
    assert wikitext.find_redirect(" #تحويل [[س]]") == "س"
    assert wikitext.find_redirect("# an item [[x]]") == wikitext.find_redirect(PAGE) == ""


def test_a_bomb_of_templates_is_refused_at_a_limit_that_can_be_set() -> None:
    bomb = "a\n" + "{{nowrap|" * 200 + "x" + "}}" * 200
    with pytest.raises(ReadingError, match=r"more than 100 deep.*--deepest") as caught:
        wikitext.read(bomb, "en", "x.wiki")
    assert caught.value.where == "x.wiki:2"
    assert wikitext.read(bomb, "en", "x.wiki", Limits(deepest=200)).text == "a x"
    with pytest.raises(ReadingError, match="more than 100 deep"):
        wikitext.read("\n{|\n|-\n|a" * 200, "en", "x.wiki")


@pytest.mark.parametrize(
    "unit",
    [
        "{{",
        "{{a|",
        "[[",
        "<div>",
        "{{{",
        "\n{|\n|-\n|a",
        "[http://a ",
        "[[a|{{b|",
        "&#",
        "<",
        "''",
        "<ref>",
        "<ref name=a ",
        "<a ''",
        "<!--",
        "(",
        "[[Category:",
        "}}",
        "<math>",
        "{{a|x}}",
        "\n==",
        "|",
        "\n*",
    ],
)
def test_what_is_left_open_hundreds_of_times_is_read(unit: str) -> None:
    """In which time, bench/reading.py measures."""
    text = plain("Iraq met Jordan.\n" + unit * 40 + "\n\nThey agreed.")
    assert text.startswith("Iraq met Jordan.")
    assert "They agreed." in text or unit in ("<!--",)


@given(st.text(alphabet="ab \n|={}[]<>!'*#:&;-/refbr0\ue000\ue003", max_size=200))
def test_nothing_fails_and_every_span_is_a_line(source: str) -> None:
    draft = wikitext.read(source, "en", "x", Limits(deepest=1000))
    assert draft.blocks is not None
    for block in draft.blocks:
        for start, end in block.lines:
            line = draft.text[start:end]
            assert line and line == line.strip() and "\n" not in line
    assert not re.search("[\ue000-\ue00f]", draft.text)
    assert all(0 <= place <= len(draft.text) for place, _ in draft.cites)


@given(st.lists(st.sampled_from(["Iraq ", "[[Jordan]] ", "[[a|ties]] ", "''with'' ", "{{x|y}}", "<b>it</b> ", "&amp; "]), max_size=30))
def test_well_formed_prose_is_as_mwparserfromhell_has_it(parts: list[str]) -> None:
    source = "".join(parts)
    peer = " ".join(str(mwparserfromhell.parse(source).strip_code(normalize=True)).split())
    assert " ".join(plain(source).split()) == peer
