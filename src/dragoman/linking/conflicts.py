"""What cannot all be true: typed rules over the statements of a text, and over facts. Nothing is dropped because of one.

Each rule names its kind: order, date, claim-denied, opposite, heading, count, body. A rule speaks only on words that the text has and
dates that it gives; where it might be otherwise (an open period, a name that many bear, "including") it is silent.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from dragoman.languages.folding import fold
from dragoman.languages.states import names
from dragoman.linking import cues
from dragoman.linking.numbers import find_numbers
from dragoman.linking.similarity import Similarity
from dragoman.linking.slots import Slots
from dragoman.linking.view import View
from dragoman.statement import Actor, Conflict, Fact, Statement

_NEARBY = 2  # sentences before a denial in which what it denies is looked for
_STANDS = frozenset(frozenset(pair) for pair in (("SUPPORTS", "OPPOSES"), ("SUPPORTS", "NEUTRAL"), ("OPPOSES", "NEUTRAL")))
_SAME_ISSUE = 0.8
_DOUBTED = frozenset({"disputed", "denied", "negated"})
_SHARED = frozenset({"claim-denied", "opposite"})
_SAID = frozenset({"claimed", "disputed"})
_HARMFUL = frozenset({"ASSAULT", "COERCE", "MOBILIZE", "COOPERATE", "AID", "RETREAT"})

Rule = Callable[[View, Similarity], Iterator[Conflict]]


def make(kind: str, statements: Iterable[Statement], problem: str) -> Conflict:
    """A conflict; its id is of its kind and statements."""
    return _make(kind, tuple(dict.fromkeys(one.id for one in statements)), problem)


def _make(kind: str, ids: tuple[str, ...], problem: str) -> Conflict:
    return Conflict(hashlib.sha256("\n".join((kind, *sorted(ids))).encode()).hexdigest()[:32], kind, ids, problem)


def find(
    views: Sequence[View], facts: Sequence[Fact], similar: Similarity, statements: Mapping[str, Slots] | None = None
) -> list[Conflict]:
    """All conflicts of the documents and of the facts of their statements, by kind and place; one for what several versions carry.

    statements: by id, those of the facts; the documents' own by default.
    """
    homes = {id: fact for fact in facts for id in fact.statements}
    statements = statements or {one.statement.id: one for view in views for one in view.statements}
    found = [conflict for view in views for rule in RULES for conflict in rule(view, similar)]
    found += _within_facts(facts, statements)
    place = {id: (one.statement.doc, one.statement.start, one.statement.end) for id, one in statements.items()}
    ordered = [_make(one.kind, tuple(sorted(one.statements, key=place.__getitem__)), one.problem) for one in _joined(found, homes)]
    return sorted(ordered, key=lambda one: (one.kind, [place[id] for id in one.statements]))


def _joined(found: Iterable[Conflict], homes: Mapping[str, Fact]) -> Iterable[Conflict]:
    """One conflict for what is claimed and denied, or for and against, in all versions of a text; other kinds are one text's own."""
    joined: dict[tuple[str, str], tuple[str, dict[str, None]]] = {}
    rest: dict[str, Conflict] = {}
    for conflict in found:
        if conflict.kind not in _SHARED:
            rest.setdefault(conflict.id, conflict)
            continue
        ids = {id: None for one in conflict.statements for id in (homes[one].statements if one in homes else (one,))}
        problem = conflict.problem
        for id in list(ids):
            if (conflict.kind, id) in joined:
                problem, others = joined[conflict.kind, id]
                ids = others | ids
        joined |= {(conflict.kind, id): (problem, ids) for id in ids}
    for (kind, _), (problem, ids) in joined.items():
        whole = _make(kind, tuple(sorted(ids)), problem)
        rest.setdefault(whole.id, whole)
    return rest.values()


def _within_facts(facts: Sequence[Fact], statements: Mapping[str, Slots]) -> Iterator[Conflict]:
    """Two dates for one act; a claim and its denial in one fact."""
    for fact in facts:
        members = [statements[id] for id in fact.statements if id in statements]
        if any(difference.slot == "date" and difference.severity == "conflict" for difference in fact.differences):
            apart = [one for one in members if one.statement.date_from == "sentence"]
            dates = ", ".join(sorted({one.statement.date for one in apart}))
            yield make("date", [one.statement for one in apart], f"One act, with dates that have no day in common: {dates}.")
        voices = {one.statement.modality for one in members}
        if voices & _DOUBTED and voices - _DOUBTED:
            said = ", ".join(sorted(voices))
            yield make("claim-denied", [one.statement for one in members], f"What is said on one side is doubted on the other ({said}).")


def _honours(view: View, similar: Similarity) -> Iterator[Conflict]:
    """An honour for a deed that, by its date, was still to come."""
    for one in view.statements:
        statement = one.statement
        if not one.firm or not view.cues.awards.search(fold(statement.quote)):
            continue
        honoured = [set(cues.words(actor.name)) for actor in statement.target if actor.name]
        for others in view.before(one, 6):
            told = [other for other in others if other.section == one.section and other.statement.modality not in _DOUBTED]
            deeds = [other for other in told if other.firm and other.first > one.last and _acts(other, honoured)]
            if deeds and (view.cues.after.search(view.sentence(one.ordinal)) or abs(one.ordinal - deeds[-1].ordinal) <= 2):
                problem = f"Honoured in {statement.date} for what is dated {deeds[-1].statement.date}."
                yield make("order", [deeds[-1].statement, statement], problem)
                break


def _acts(other: Slots, honoured: Sequence[set[str]]) -> bool:
    """Whether one of those honoured is who acts: the last word of a name is shared, and the state."""
    if other.statement.kind != "event":
        return False
    called = [cues.words(actor.name) for actor in other.statement.source if actor.name]
    return any(name[-1] in words for name in called if name for words in honoured)


def _dead(view: View, similar: Similarity) -> Iterator[Conflict]:
    """An act of somebody whom the text has called dead before, dated later than the sentence that tells the death."""
    persons: dict[str, list[tuple[Slots, Actor]]] = {}
    for one in view.statements:
        for actor in one.statement.source if one.statement.kind == "event" else ():
            if len(cues.words(actor.name)) > 1 and actor.sector not in ("", "IGO", "POLITY"):
                persons.setdefault(fold(actor.name), []).append((one, actor))
    if not persons:
        return
    told = [(ordinal, here) for ordinal, here in view.by_sentence.items() if any(one.firm for one in here)]
    for name, acts in persons.items():
        pattern = cues.died(view.document.language, name)
        for ordinal, here in told:
            if not pattern.search(view.sentence(ordinal)):
                continue
            dated = [one for one in here if one.firm and one.statement.date_from == "sentence"]
            for act, actor in acts:
                earlier = [one for one in dated if act.firm and act.first > one.last and act.ordinal != ordinal]
                if earlier and act.statement.date_from == "sentence" and act.statement.modality == "asserted":
                    problem = f"{actor.name} acts in {act.statement.date}, after the death that {earlier[0].statement.date} tells of."
                    yield make("order", [earlier[0].statement, act.statement], problem)


def _reached(view: View, similar: Similarity) -> Iterator[Conflict]:
    """What is reached once is still to be reached later, and nothing in between says that it was lost again."""
    for end in view.cues.ends:
        done = [
            one
            for one in view.statements
            if one.firm and one.statement.modality == "asserted" and end.done.search(fold(one.statement.quote))
        ]
        for later in view.statements if done else ():
            if not later.firm or not end.aim.search(fold(later.statement.quote)):
                continue
            before = [one for one in done if one.last < later.first and len(one.named & later.named) > 1]
            if not before:
                continue
            one = before[-1]
            between = range(min(one.ordinal, later.ordinal) + 1, max(one.ordinal, later.ordinal) + 1)
            lost = any(end.broken.search(view.sentence(ordinal)) for ordinal in between) or any(
                one.last <= other.first <= later.last and other.statement.type == "SANCTION" and other.named >= one.named & later.named
                for other in view.statements
            )
            if not lost:
                problem = f"Reached by {one.statement.date}, and in {later.statement.date} still to be reached."
                yield make("order", [one.statement, later.statement], problem)


def _during(view: View, similar: Similarity) -> Iterator[Conflict]:
    """What is said to be during a war that the text dates otherwise."""
    for ordinal, here in sorted(view.by_sentence.items()):
        cue = view.cues.during.search(view.sentence(ordinal))
        dated = [one for one in here if one.firm and one.statement.date_from == "sentence"]
        if not cue or not dated or ordinal < 0:
            continue
        later = dated[-1]
        wars = [
            one
            for others in view.before(dated[0], 6)
            for one in others
            if one.section == later.section
            and one.firm
            and one.statement.date_from == "sentence"
            and view.cues.wars.search(fold(one.statement.quote))
        ]
        if wars and (later.last[0] > wars[0].last[0] + 1 or later.first[0] < wars[0].first[0] - 1):
            problem = f"The war is dated {wars[0].statement.date}, what is said to be during it {later.statement.date}."
            yield make("date", [wars[0].statement, later.statement], problem)


def _denials(view: View, similar: Similarity) -> Iterator[Conflict]:
    """A claim, and whom it is about denies it in the same sentence or soon after."""
    for one in view.statements:
        statement, quote = one.statement, fold(one.statement.quote)
        if statement.type != "REJECT" or statement.modality != "asserted":
            continue
        if not (
            view.cues.denied.search(quote) or view.cues.denied.search(_lead(view, one)) or (view.cues.negated.search(quote) and _told(one))
        ):
            continue
        deniers = {code for code in one.source if not code.startswith("?")}
        claims: list[Slots] = []
        for others in view.before(one, _NEARBY):
            said = [other for other in others if other.named & deniers and _claimed(other)]
            claims = [other for other in said if deniers & other.source.keys()] or said
            if claims:
                break
        if claims:
            twins = [other for other in view.by_sentence.get(one.ordinal, ()) if other.statement.modality == "denied"]
            ids = [other.statement for other in (*claims, one, *twins)]
            yield make("claim-denied", ids, f"It is said of {_name(deniers)}, and denied there.")


def _name(codes: Iterable[str]) -> str:
    return ", ".join(sorted(names(code, "en") for code in codes))


def _lead(view: View, one: Slots) -> str:
    """The folded text of the sentence up to the end of the statement's quote: a denial may stand just before what is quoted of it."""
    span = view.document.sentences[one.ordinal] if one.ordinal >= 0 else None
    return fold(view.document.text[max(span.start, one.statement.start - 30) : one.statement.end]) if span else ""


def _told(one: Slots) -> bool:
    """Whether somebody is named who says so: "an official stated that there was no change"."""
    return bool(one.statement.by) or any(actor.sector == "GOV" for actor in one.statement.source)


def _claimed(other: Slots) -> bool:
    return (
        other.statement.modality in _SAID
        or other.statement.type == "ACCUSE"
        or (bool(other.statement.by) and other.statement.type in _HARMFUL)
    )


def _opposed(view: View, similar: Similarity) -> Iterator[Conflict]:
    """One actor for and against one issue: at one time and with nearly the same words; or in two sentences that "however" joins."""
    stands = [one for one in view.statements if one.statement.kind == "position" and one.statement.issue and one.source]
    for number, one in enumerate(stands):
        for other in stands[number + 1 :]:
            if frozenset((one.statement.type, other.statement.type)) not in _STANDS or one.source.keys() != other.source.keys():
                continue
            if one.first > other.last or other.first > one.last or not other.ordinal - one.ordinal >= 0:
                continue
            if other.ordinal - one.ordinal == 1 and view.cues.contrast.match(view.sentence(other.ordinal)):
                shared = _topic(view, one) & _topic(view, other)
                beside = [
                    third
                    for third in view.by_sentence[one.ordinal]
                    if third.source.keys() == one.source.keys() and _topic(view, third) & shared
                ]
                if shared:
                    ids = [third.statement for third in (*beside, other)]
                    yield make("opposite", ids, f"Opposite stands on {', '.join(sorted(shared))}.")
            elif _contrary(one, other, similar):
                yield make("opposite", [one.statement, other.statement], f"For and against: {one.statement.issue}.")


def _contrary(one: Slots, other: Slots, similar: Similarity) -> bool:
    """Whether one is for what the other is against, in nearly the same words, each at a date of its own."""
    if "NEUTRAL" in (one.statement.type, other.statement.type) or not (one.firm and other.firm) or one.target.keys() != other.target.keys():
        return False
    return similar(one.statement.issue, other.statement.issue) >= _SAME_ISSUE


def _topic(view: View, one: Slots) -> frozenset[str]:
    """The telling words of an issue: no common word, no state's name, longer than three letters."""
    language = "en" if one.statement.issue.isascii() else view.document.language
    return frozenset(word for word in cues.words(one.statement.issue) if len(word) > 3 and word not in cues.common(language))


def _headed(view: View, similar: Similarity) -> Iterator[Conflict]:
    """A date that the sentence gives lies outside the period, of some years, of the heading above it."""
    for one in view.statements:
        period = view.periods[one.section] if 0 <= one.section < len(view.periods) else None
        if period is None or not one.firm or one.statement.date_from != "sentence" or one.statement.modality == "planned":
            continue
        title, first, last = period
        if last[0] - first[0] < 2:  # the year of a treaty or war that the section is about bounds nothing
            continue
        if one.last < first or one.first > last:
            yield make("heading", [one.statement], f"Dated {one.statement.date}, under the heading “{title}”.")


def _counted(view: View, similar: Similarity) -> Iterator[Conflict]:
    """A list of states that is not as long as it is said to be."""
    for ordinal, here in sorted(view.by_sentence.items()):
        sentence = view.sentence(ordinal)
        if not view.cues.counted.search(sentence):
            continue
        span = view.document.sentences[ordinal]
        text = view.document.text[span.start : span.end]
        for number in find_numbers(text, view.document.language):
            value = int(number.low)
            if number.kind != "number" or number.unit or number.bound or number.low != number.high or not 2 <= value <= 60:
                continue
            behind = text[number.end :]
            noun = view.cues.counted.match(fold(behind).lstrip())
            if noun is None:
                continue
            opened = _opening(fold(behind).lstrip()[noun.end() :], view)
            if opened is None:
                continue
            for one in here:
                listed = _listed(one, text, number.end)
                if len(listed) > 1 and len(listed) != value:
                    yield make("count", [one.statement], f"{value} are announced, {len(listed)} are named: {_name(listed)}.")
                    break


def _opening(behind: str, view: View) -> int | None:
    """Where a whole list begins in what stands behind the counted noun; None when none does, or only part of it."""
    head = behind[:40]
    if view.cues.partial.search(head):
        return None
    for sign in (":", "(", "—"):
        if sign in head[:12]:
            return head.index(sign) + 1
    listing = view.cues.listing.search(head)
    return listing.end() if listing and listing.start() < 12 else None


def _listed(one: Slots, text: str, start: int) -> list[str]:
    """The states that a statement names behind a place in its sentence, in its order; each once."""
    statement = one.statement
    rest = text[start:]
    found = {actor.code: None for actor in (*statement.source, *statement.target) if actor.code and actor.name and actor.name in rest}
    return list(found)


def _placed(view: View, similar: Similarity) -> Iterator[Conflict]:
    """One act is placed in two bodies."""
    for one in view.statements:
        sentence = view.sentence(one.ordinal)
        if one.statement.type not in ("REJECT", "AGREE", "SUPPORT", "OPPOSES", "SUPPORTS") or not view.cues.votes.search(sentence):
            continue
        bodies = [body for body, pattern in view.cues.bodies.items() if pattern.search(sentence)]
        inside = [body for body in bodies if view.cues.bodies[body].search(fold(one.statement.quote))]
        if len(bodies) > 1 and inside:
            yield make("body", [one.statement], f"One vote, in two bodies: {' and '.join(bodies)}.")


RULES: tuple[Rule, ...] = (_honours, _dead, _reached, _during, _denials, _opposed, _headed, _counted, _placed)
"""Each looks at one document at a time."""
