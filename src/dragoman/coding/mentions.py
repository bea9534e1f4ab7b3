"""Who is named in a sentence: names read by the language's order, with what governs each and how they are joined.

Nothing is resolved here that needs the rest of the document.
"""

from __future__ import annotations

from collections.abc import Container
from itertools import pairwise

from dragoman.coding.lexicon import Lexicon
from dragoman.coding.postmodified import PostmodifiedReader
from dragoman.coding.premodified import PremodifiedReader
from dragoman.coding.sentence import Mention, Sentence
from dragoman.coding.tokens import Reading


def _govern(sentence: Sentence, mention: Mention) -> str:
    """The slot that governs a mention: a preposition written on to it, or before it with only plain words between."""
    before = sentence.taken_off(mention.first) if mention.first in sentence.names else ()
    slot = next((b for b in before if b not in ("article", "conjunction", "future")), "")
    if slot:
        return slot
    if mention.role == "reference" and (own := sentence.joint(mention.first, "slot")) is not None:
        return own  # "بينهما"
    at = mention.first - 1
    steps = 0
    reach = 1 if mention.role == "pronoun" and mention.value != "owner" else 5
    while at >= 0 and steps < reach:
        if at in sentence.dated:
            return ""  # "in 2025 Pakistan demanded": a date closes its own phrase
        for start in (at - 2, at - 1, at):
            match = sentence.joints.get(start)
            if match is not None and match.end == at + 1:
                if start < at and match.roles.keys() <= {"determiner", "qualifier"}:
                    at = start  # "أكثر من مليون": its preposition governs nothing
                    break
                value = sentence.joint(start, "slot")
                if value is not None and match.readings[-1].after:
                    return ""  # "عليه كندا": the preposition has its pronoun
                if value is not None:
                    counts = value in ("toward", "over", "about", "in") and sentence.tokens[at + 1].text[:1].isdigit()
                    counts |= value == "of" and sentence.is_joint(start - 1, "determiner")  # "thousands of people"
                    return "" if counts else value  # "over 2,000 troops", "نحو 225000 مصري"
        token = sentence.tokens[at]
        if (not token.word and token.text not in "-'\"“‘") or at in sentence.names or at in sentence.triggers:
            return ""
        match = sentence.joints.get(at)
        if match is not None and "determiner" in match.roles:
            written = next((b for b in match.before if b not in ("article", "conjunction", "future")), "")
            if written:
                return written  # "لأربعة معارضين"
        if match is not None and match.roles.keys().isdisjoint(("determiner", "adverb", "qualifier")):
            return ""
        if token.key in ("the", "a", "an"):
            reach = steps + 2  # a phrase begins here: only a preposition right before it governs
        at, steps = at - 1, steps + 1
    return ""


def _group(sentence: Sentence, mentions: list[Mention]) -> None:
    """Number the groups: mentions that commas, conjunctions and determiners part, the last joined by a conjunction."""
    number = 0
    run: list[Mention] = []

    def close(members: list[Mention], joined: bool) -> None:
        nonlocal number
        number += 1
        for member in members:
            if not joined and member is not members[0]:
                number += 1
            member.group = number
            if joined and member.slot in ("", "beside"):
                member.slot = members[0].slot

    conjoined = False
    for mention in mentions:
        link = _link(sentence, run[-1], mention) if run else ""
        if link == "and" and len(run) == 1 and _begins_clause(sentence, run[-1], mention):
            link = ""
        if run and link:
            run.append(mention)
            conjoined |= link == "and"
        else:
            if run:
                close(run, conjoined)
            run, conjoined = [mention], False
    if run:
        close(run, conjoined)


def _link(sentence: Sentence, previous: Mention, mention: Mention) -> str:
    """How a mention is joined to the one before: "and", a comma (","), or not at all ("")."""
    if mention.role in ("pronoun", "noun", "reference") or previous.role in ("pronoun", "noun"):
        return ""
    between = range(previous.last, mention.first)
    if mention.role == "owner" and previous.role not in ("owner", "modifier") and any(sentence.tokens[i].text in ",،" for i in between):
        return ""  # "with Syrian officials, and Islamabad's refusal": whose refusal begins something else
    conjoined = "conjunction" in sentence.taken_off(mention.first)
    if not conjoined and not between:
        return ""
    others = [
        i
        for i in between
        if not (sentence.tokens[i].text in ",،-–/" or sentence.is_joint(i, "conjunction", "determiner") or _joins(sentence, i))
    ]
    commas = sum(sentence.tokens[i].text in ",،" for i in between)
    if others and not (len(others) == 1 and commas >= 2 and sentence.tokens[others[0]].word and others[0] not in sentence.joints):
        return ""  # one word that no list knows may stand in an enumeration
    if conjoined or any(sentence.is_joint(i, "conjunction") or _joins(sentence, i) or sentence.tokens[i].text in "-–/" for i in between):
        return "and"
    return ","


def _begins_clause(sentence: Sentence, previous: Mention, mention: Mention) -> bool:
    """Whether ", and" opens a clause with its subject and verb, not the second of two ("..., and Rome proclaims")."""
    comma = any(sentence.tokens[i].text == "," for i in range(previous.last, mention.first))
    trigger = sentence.triggers.get(mention.last)
    verb = trigger is not None and any(m.form in ("past", "present", "base") for m in trigger.meanings)
    body = mention.role == "generic" and previous.role in ("actor", "place") and previous.slot not in ("", "between", "of", "from")
    comma |= body and not mention.person  # "a treaty with Mali and the president signed it"
    return comma and (verb or sentence.is_joint(mention.last, "verb", "auxiliary", "adverb"))


def _joins(sentence: Sentence, index: int) -> bool:
    """Whether the word is part of "along with", which joins as "and" does."""
    match = sentence.joints.get(index) or sentence.joints.get(index - 1)
    beside = sentence.joint(index, "slot") == "beside" or sentence.joint(index - 1, "slot") == "beside"
    return match is not None and beside and match.end > index


def add_known(sentence: Sentence, known: Container[str]) -> None:
    """Add mentions of persons named before, by the one word that names them again, where no capitals tell."""
    covered = {i for m in sentence.mentions for i in range(m.first, m.last)}
    added = False
    for index, token in enumerate(sentence.tokens):
        if index in covered or index in sentence.names or index in sentence.joints or not token.word:
            continue
        if any(name_key(r) in known for r in token.readings if not r.after):
            mention = Mention(index, index + 1, "name", name=(index, index + 1), person=True)
            mention.slot = next(
                (b for r in token.readings if name_key(r) in known for b in r.before if b not in ("article", "conjunction")), ""
            )
            mention.slot = mention.slot or _govern(sentence, mention)
            sentence.mentions.append(mention)
            added = True
    if added:
        sentence.mentions.sort(key=lambda m: m.first)
        _group(sentence, sentence.mentions)


def name_key(reading: Reading) -> str:
    """The key of a name: its stem, with the article when it is written with one (a name keeps it)."""
    return ("+" if "article" in reading.before else "") + reading.stem


def find_mentions(sentence: Sentence, lexicon: Lexicon) -> list[Mention]:
    """All mentions of a sentence, in order, with what governs each and how they are joined."""
    reader = PremodifiedReader if lexicon.language.grammar.modifiers == "before" else PostmodifiedReader
    mentions = reader(sentence, lexicon).read()
    for mention in mentions:
        mention.slot = mention.slot or _govern(sentence, mention)
    for before, mention in pairwise(mentions):
        if before.role == "modifier" and 0 < mention.first - before.last <= 3 and sentence.key(before.last) == "-" and not mention.slot:
            before.slot, mention.slot = "", before.slot  # "by Russian-backed forces": the forces are governed, not the Russians
    _group(sentence, mentions)
    return mentions
