"""Awkward wikitext, beside mwparserfromhell: our text keeps at least the words that its has, and no more marks of markup.

mwparserfromhell's plain text is that of `strip_code`, which drops every template; ours shows what a reader sees of those that it knows.
"""

from __future__ import annotations

import re

import mwparserfromhell
import pytest

from dragoman.reading import wikitext

_RESIDUE = re.compile(
    r"\{\{|\}\}|\[\[|\]\]|\{\||\|\}|''+|</?[a-z][^<>]*>|<!--|&(?:nbsp|mdash|#\d+);|__[A-Z]+__|\b(?:thumb|alt|upright|تصغير)\b|\bCategory:|تصنيف:"
)
"""Marks that no reader of a page sees."""

CASES = {
    # Nested templates.
    "templates in templates": (
        "en",
        "The {{nowrap|road of {{lang|ar|العراق}}, {{convert|5|to|10|km}}}} long, opened in {{start date|1958|2|14}}.",
        "The road of العراق, 5 to 10 km long, opened in 14 February 1958.",
    ),
    "a quotation": ("en", "{{quote|text=Iraq {{nowrap|met {{flag|Jordan}}}}.|author=A king}}", "Iraq met Jordan."),
    "signs": ("en", "Iraq{{snd}}and Jordan{{nbsp}}{{mdash}} met {{ill|a king|fr|Roi|lt=the king}}.", "Iraq – and Jordan — met the king."),
    "dates in words": (
        "en",
        "{{As of|2014|5}} Iraq and {{USA}} met; {{circa|1450}}.",
        "As of May 2014 Iraq and United States met; c. 1450.",
    ),
    "navigation": ("en", "{{Short description|x}}{{Use dmy dates|date=May 2014}}Iraq met.\n{{Navbox|list1=[[a]]}}", "Iraq met."),
    "an infobox": (
        "en",
        "{{Infobox country\n|name = Iraq\n|capital = {{ubl|Baghdad|{{small|old}}}}\n}}\nA state.",
        "name: Iraq\ncapital: Baghdad; old\n\nA state.",
    ),
    # Tables, and tables in templates.
    "a table": (
        "en",
        '{|\n! A !! B\n|-\n| {{flag|Iraq}} || [[x|y]]<br>z\n|- style="x"\n| rowspan=2 | 1958 || b\n|}\nAfter.',
        "A | B\nIraq | y; z\n1958 | b\n\nAfter.",
    ),
    "a table in a template": (
        "en",
        "{{hidden|Visits|\n{| class=wikitable\n! Year\n|-\n| 1958 || Amman\n|}}}\nIraq met.",
        "Year\n1958 | Amman\n\nIraq met.",
    ),
    # Tags that are never closed, and closed tags that were never opened.
    "unclosed tags": ("en", "Iraq <b>met <i>Jordan</b>. <div class=x>They agreed.<ref>open", "Iraq met Jordan. They agreed.open"),
    "tags closed twice": (
        "en",
        'Iraq <span style="color:red">met</span> Jordan<small>.</small> </p> They <u>agreed',
        "Iraq met Jordan. They agreed",
    ),
    "templates and links that are not closed": ("en", "Iraq [[met {{x|y Jordan.\n\nThey [[agreed]].", "Iraq met y Jordan.\n\nThey agreed."),
    "links closed twice": ("en", "[[Iraq|[[Jordan]]]] and [[a|b|c]] ]] }} met.", "Jordan and c met."),
    # What is no wikitext.
    "nowiki": (
        "en",
        "Use <nowiki>[[x]] and {{y|z}}</nowiki> here<nowiki />, <nowiki>''a''</nowiki>.",
        "Use [[x]] and {{y|z}} here, ''a''.",
    ),
    "comments": (
        "en",
        "Iraq<!-- {{x --> met [[Jordan<!-- y -->|the king]] in {{start date<!-- z -->|1958}}.<!-- open",
        "Iraq met the king in 1958.",
    ),
    "entities": (
        "en",
        "Iraq&nbsp;met&#32;Jordan&mdash;twice &lt;b&gt; &amp;amp; &eacute;&#x2019;s AT&T.",
        "Iraq\xa0met Jordan—twice <b> &amp; é’s AT&T.",
    ),
    "code and formulas": (
        "en",
        "<syntaxhighlight lang=py>a = [[1]]</syntaxhighlight>Iraq <code>x</code> <math>x^2</math>met.",
        "Iraq x met.",
    ),
    "magic words": ("en", "__TOC__ ''Iraq'' '''met''' '''''Jordan''''' {{PAGENAME}}{{DEFAULTSORT:Iraq}}here.", "Iraq met Jordan here."),
    # References.
    "references with groups": (
        "en",
        'Iraq met.<ref group="note" name="a">In {{cite web|title=X [[y]]|url=http://e.org}}</ref><ref group=note name="b" /> They agreed.'
        "{{refn|group=lower-alpha|Not all.}}{{efn|name=c|So.}}{{sfn|Smith|2014|p=3}}",
        "Iraq met. They agreed.",
    ),
    "marks of doubt": ("en", "Iraq met{{cn|date=May 2014}} Jordan{{fact}}.{{citation needed|reason=no}}", "Iraq met Jordan."),
    # Pictures, links.
    "a picture": (
        "en",
        "[[File:Map.png|thumb|upright=1.2|alt=A map|The [[king]] of {{flag|Iraq}} in 1958.]]Iraq met.",
        "Iraq met.\n\nThe king of Iraq in 1958.",
    ),
    "categories and other languages": ("en", "Iraq met.\n[[Category:X|*]] [[fr:Y]]", "Iraq met."),
    "addresses": ("en", "[http://e.org The desk] said so at [[Damascus (city)|]].", "The desk said so at Damascus."),
    # Arabic.
    "Arabic dates and flags": (
        "ar",
        "التقت {{علم|سوريا}} و{{علم|العراق}} في {{تاريخ البدء|1958|2|14}}.{{مرجع ويب|عنوان=س|مسار=http://e.org}}",
        "التقت سوريا والعراق في 14 فبراير 1958.",
    ),
    "an Arabic infobox": (
        "ar",
        "{{صندوق معلومات دولة\n| اسم = سوريا\n| عاصمة = [[دمشق]]\n}}\n'''سوريا''' دولة.<ref group=\"ملاحظة\">هامش</ref>",
        "اسم: سوريا\nعاصمة: دمشق\n\nسوريا دولة.",
    ),
    "Arabic measures and portals": ("ar", "{{تحويل|5|إلى|10|كم}} من {{لغة|en|Damascus}}.{{شريط بوابات|سوريا}}", "5 إلى 10 كم من Damascus."),
    "an Arabic picture": (
        "ar",
        "[[ملف:خريطة.png|تصغير|يسار|250بك|خريطة [[سوريا]].]]زار الرئيس [[العراق|بغداد]].[[تصنيف:سوريا]]",
        "زار الرئيس بغداد.\n\nخريطة سوريا.",
    ),
    "Arabic links to other wikis": (
        "ar",
        "قال {{نص عريض|الوزير}} {{اقتباس|نص=كلمة}} عن {{وصلة إنترويكي|تر=x|عر=العودة|لغ=en|نص=عودته}}.",
        "قال الوزير كلمة عن عودته.",
    ),
}


def words(text: str) -> list[str]:
    return re.findall(r"\w+", text)


@pytest.mark.parametrize("name", CASES)
def test_our_text_is_at_least_as_clean(name: str) -> None:
    language, source, expected = CASES[name]
    ours = wikitext.read(source, language, "x.wiki").text
    peer = str(mwparserfromhell.parse(source).strip_code(normalize=True, collapse=True))
    assert ours == expected
    if name != "nowiki":  # where a reader sees the marks
        assert not _RESIDUE.findall(ours.replace("<b>", "") if name == "entities" else ours)
    assert {*words(peer)} & {*words(expected)} <= {*words(ours)}
    assert len(_RESIDUE.findall(ours)) <= len(_RESIDUE.findall(peer))


def test_the_peer_is_less_clean_on_several() -> None:
    """The measure tells: on some of these the peer leaves marks, or loses what a reader sees."""
    marks = lost = 0
    for _, source, expected in CASES.values():
        peer = str(mwparserfromhell.parse(source).strip_code(normalize=True, collapse=True))
        marks += len(_RESIDUE.findall(peer)) > len(_RESIDUE.findall(expected))
        lost += not set(words(expected)) <= set(words(peer))
    assert marks >= 5 and lost >= 10
