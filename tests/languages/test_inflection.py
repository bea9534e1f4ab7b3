"""Verbs are bent as the languages bend them. The tables are from grammar, not from what the rules give."""

from __future__ import annotations

import pytest

from dragoman.coding.lexicon import inflect, lexicon
from dragoman.languages import load

# base: third person, past, participle, -ing.
ENGLISH = {
    "sign": "signs signed signed signing",
    "visit": "visits visited visited visiting",
    "agree": "agrees agreed agreed agreeing",
    "condemn": "condemns condemned condemned condemning",
    "recognise": "recognises recognised recognised recognising",
    "deny": "denies denied denied denying",
    "carry out": "carries_out carried_out carried_out carrying_out",
    "deploy": "deploys deployed deployed deploying",
    "attack": "attacks attacked attacked attacking",
    "clash": "clashes clashed clashed clashing",
    "veto": "vetoes vetoed vetoed vetoing",
    "ban": "bans banned banned banning",
    "stop": "stops stopped stopped stopping",
    "refer": "refers referred referred referring",
    "submit": "submits submitted submitted submitting",
    "expel": "expels expelled expelled expelling",
    "limit": "limits limited limited limiting",
    "offer": "offers offered offered offering",
    "die": "dies died died dying",
    "give": "gives gave given giving",
    "take": "takes took taken taking",
    "withdraw": "withdraws withdrew withdrawn withdrawing",
    "hold talks": "holds_talks held_talks held_talks holding_talks",
    "send": "sends sent sent sending",
    "begin": "begins began begun beginning",
    "rebuild/rebuilt/rebuilt": "rebuilds rebuilt rebuilt rebuilding",
}

# A verb, and forms that a text may show of it: past and present by person, the jussive after "did not".
ARABIC = {
    "رفض/يرفض": "رفض رفضت رفضوا رفضتا يرفض ترفض نرفض يرفضون يرفضوا يرفضان ترفضان",
    "زار/يزور/يزر": "زار زارت زاروا زارتا يزور تزور يزورون يزوروا يزوران يزر تزر",
    "دعا/يدعو": "دعا دعت دعوا دعتا يدعو تدعو ندعو يدعون يدعوا يدعوان يدع تدع",
    "التقى/يلتقي": "التقى التقت التقوا التقيا التقتا يلتقي تلتقي يلتقون يلتقوا يلتقيان تلتقيان يلتق تلتق",
    "أدان/يدين/يدن": "أدان أدانت أدانوا أدانتا يدين تدين يدينون يدينوا يدينان يدن تدن",
    "وقع/يوقع": "وقع وقعت وقعوا وقعتا يوقع توقع يوقعون يوقعان توقعان",
    "أنشأ/ينشئ": "أنشأ أنشأت أنشؤوا أنشأتا ينشئ تنشئ ينشئون",
    "أعلن/يعلن": "أعلن أعلنت أعلنوا أعلنتا يعلن تعلن يعلنون يعلنوا يعلنان",
}


@pytest.mark.parametrize("verb", ENGLISH)
def test_english_verbs(verb: str) -> None:
    forms = {tag: form.replace(" ", "_") for form, tag in inflect(verb, load("en").grammar)}
    assert " ".join(forms[tag] for tag in ("present", "past", "participle", "ing")) == ENGLISH[verb]
    assert forms["base"] == verb.split("/")[0].replace(" ", "_")


@pytest.mark.parametrize("verb", ARABIC)
def test_arabic_verbs(verb: str) -> None:
    forms = {form for form, _ in inflect(verb, load("ar").grammar)}
    assert set(ARABIC[verb].split()) <= forms, set(ARABIC[verb].split()) - forms
    assert all(" " not in form and form for form in forms)


def test_arabic_tells_past_from_present() -> None:
    tags = dict(inflect("رفض/يرفض", load("ar").grammar))
    assert {tags[form] for form in ("رفض", "رفضت", "رفضوا")} == {"past"}
    assert {tags[form] for form in ("يرفض", "ترفض", "يرفضون")} == {"present"}


IRREGULAR = [
    "fought", "struck", "sent", "sold", "held talks with", "shot down", "broke off", "withdrew", "led", "told", "said", "gave", "sought",
]  # fmt: skip
IRREGULAR_TRIGGERS = ["threw out", "equipped", "regretted", "withheld", "swept into"]


@pytest.mark.parametrize("form", IRREGULAR)
def test_irregular_forms_are_known(form: str) -> None:
    assert is_verb(form)


@pytest.mark.parametrize("form", IRREGULAR_TRIGGERS)
def test_irregular_forms_of_triggers(form: str) -> None:
    assert is_verb(form)


def is_verb(form: str) -> bool:
    """Whether the lexicon knows the English form, as a whole, as a verb."""
    words = lexicon("en")
    tokens = words.tokenizer.cut(form)
    for trie in (words.triggers, words.joints):
        match = trie.match(tokens, 0)
        if match is not None and match.end == len(tokens):
            forms = {getattr(m, "form", "") for m in match.meanings} | {getattr(m, "value", "") for m in match.meanings}
            if forms & {"past", "participle"}:
                return True
    return False
