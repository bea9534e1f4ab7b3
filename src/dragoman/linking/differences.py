"""Where the statements of one fact do not say the same, slot by slot; each difference with what each text has, and how grave it is.

conflict: cannot both be true. coarser: one says less exactly what the other says. only-here: the others are silent. A slot that stands
alike on all sides gives nothing, and neither do two statements of one stretch of text.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from dragoman import edtf
from dragoman.languages.folding import fold
from dragoman.linking import cues, slots
from dragoman.linking.named import find_named
from dragoman.linking.numbers import compare_numbers
from dragoman.linking.slots import Slots
from dragoman.statement import Actor, Difference, Document, Severity, Slot

_EXACT: tuple[Severity, ...] = ("conflict", "coarser", "only-here")


def differ(members: Sequence[Slots], documents: Mapping[str, Document]) -> tuple[Difference, ...]:
    """The differences of the statements of one fact, the gravest first. documents: by id, those that the statements stand in."""
    apart = _distinct(members)
    if len(apart) < 2:
        return ()
    found = (rule(apart, documents) for rule in (_dates, _numbers, _actors, _roles, _modalities, _attributions, _wordings))
    return tuple(sorted((one for one in found if one), key=lambda one: _EXACT.index(one.severity)))


def _distinct(members: Sequence[Slots]) -> list[Slots]:
    """One of those that share a stretch of text."""
    kept: list[Slots] = []
    for one in members:
        a = one.statement
        if not any(b.doc == a.doc and b.start < a.end and a.start < b.end for b in (other.statement for other in kept)):
            kept.append(one)
    return kept


def _difference(slot: Slot, severity: Severity, values: Iterable[tuple[Slots, str]]) -> Difference:
    return Difference(slot, severity, {one.statement.id: value for one, value in values if value})


def _dates(members: Sequence[Slots], documents: Mapping[str, Document]) -> Difference | None:
    dated = [one for one in members if one.statement.date]
    values = [(one, _written(one, documents)) for one in dated]
    own = [one for one in dated if one.statement.date_from == "sentence"]
    if any(_no_day_in_common(a, b) for a in own for b in own):
        return _difference("date", "conflict", [(one, _written(one, documents)) for one in own])
    if len({one.statement.date for one in dated}) > 1:
        # The period of a heading, or a running date that does not fit, says nothing against a date of the sentence's own.
        near = [one for one in dated if one.firm or one.statement.date_from == "sentence"]
        if len({one.statement.date for one in near}) > 1 and all(slots.times(a, b) != "apart" for a in near for b in near):
            return _difference("date", "coarser", [(one, value) for one, value in values if one in near])
    if own and len(dated) < len(members):
        return _difference("date", "only-here", values)
    return None


def _no_day_in_common(a: Slots, b: Slots) -> bool:
    """Whether the dates cannot both be; what is only about a year may be off by one."""
    slack = 1 if any(mark in one.statement.date for one in (a, b) for mark in "~?%") else 0
    return _later(a.first, slack) > _later(b.last, 2 * slack) or _later(b.first, slack) > _later(a.last, 2 * slack)


def _later(day: edtf.Day, years: int) -> edtf.Day:
    return (day[0] + years, day[1], day[2])


def _written(one: Slots, documents: Mapping[str, Document]) -> str:
    """The date as the text has it, where the coder has kept from which words it was read; in EDTF where not."""
    document = documents.get(one.statement.doc)
    for evidence in one.statement.evidence:
        if evidence.field == "date" and evidence.start >= 0 and document is not None:
            return document.text[evidence.start : evidence.end]
    return one.statement.date


def _numbers(members: Sequence[Slots], documents: Mapping[str, Document]) -> Difference | None:
    """Another number of the same thing in two quotes."""
    for number, one in enumerate(members):
        for other in members[number + 1 :]:
            a, b = one.statement, other.statement
            for found in compare_numbers(a.quote, a.language, b.quote, b.language):
                if found.severity == "conflict":
                    return Difference("number", "conflict", {a.id: found.left, b.id: found.right})
    return None


def _actors(members: Sequence[Slots], documents: Mapping[str, Document]) -> Difference | None:
    """Somebody is named on one side only, or less exactly."""
    both = all(one.target for one in members) and all(one.source for one in members)
    verdicts: set[Severity] = set()
    for number, one in enumerate(members):
        for other in members[number + 1 :]:
            if slots.roles(one, other) == "swapped":
                continue
            if bool(one.source) != bool(other.source):
                verdicts.add("only-here")
                continue
            sides = ((one.source, other.source), (one.target, other.target)) if both else ((slots.everyone(one), slots.everyone(other)),)
            for a, b in sides:
                if verdict := _compare(a, b):
                    verdicts.add("conflict" if verdict == "coarser" and _closed(one, other) else verdict)
    for severity in _EXACT:
        if severity in verdicts:
            return _difference("actor", severity, [(one, _named((*one.statement.source, *one.statement.target))) for one in members])
    return None


def _compare(a: dict[str, frozenset[str]], b: dict[str, frozenset[str]]) -> Severity | None:
    if not a or not b:
        return "only-here" if a or b else None
    known, other = ({code for code in side if not code.startswith("?")} for side in (a, b))
    if known != other:
        return "coarser" if known and other else "only-here"
    for code in known:
        if a[code] != b[code]:
            # A state for its government or army is the same said less exactly; one more of its bodies is one more.
            if "" in a[code] ^ b[code] or a[code].isdisjoint(b[code]):
                return "coarser"
            return "only-here"
    return None


def _closed(one: Slots, other: Slots) -> bool:
    """Whether the side that names fewer says that there were no others: a name with "alone"."""
    fewer = min((one, other), key=lambda side: len(side.named))
    text = fold(fewer.statement.quote)
    return len(one.named) != len(other.named) and cues.cues(fewer.statement.language).alone.search(text) is not None


def _named(actors: Iterable[Actor]) -> str:
    return ", ".join(dict.fromkeys(actor.name or actor.code for actor in actors))


def _roles(members: Sequence[Slots], documents: Mapping[str, Document]) -> Difference | None:
    """Who acts on one side is acted upon on the other; or one side is host in the one text, the other in the other."""
    for number, one in enumerate(members):
        for other in members[number + 1 :]:
            if slots.roles(one, other) == "swapped":
                sides = [(side, f"{_named(side.statement.source)} → {_named(side.statement.target)}") for side in (one, other)]
                return _difference("role", "conflict", sides)
            hosts = [_host(side) for side in (one, other)]
            met = one.statement.type == other.statement.type == "CONSULT" and one.named == other.named and len(one.named) == 2
            if met and {code for code, _ in hosts} == one.named:
                return _difference("role", "conflict", [(one, hosts[0][1]), (other, hosts[1][1])])
    return None


def _host(one: Slots) -> tuple[str, str]:
    """The state in whose one city or country a visit takes place, and the words that say so; ("", "") when they do not tell."""
    places = [name for name in find_named(one.statement.quote, one.statement.language) if name.role in ("capital", "place")]
    if len({name.code for name in places}) != 1 or places[0].code not in one.named:
        return "", ""
    return places[0].code, one.statement.quote[places[0].start : places[0].end]


def _modalities(members: Sequence[Slots], documents: Mapping[str, Document]) -> Difference | None:
    """One text vouches for what another only reports, doubts or denies; or has as done what another expects (which may be later)."""
    said = {one.statement.modality for one in members}
    if len(said) < 2:
        return None
    severity: Severity = "coarser" if len(said - {"planned"}) < 2 else "conflict"
    return _difference("modality", severity, [(one, one.statement.modality) for one in members])


def _attributions(members: Sequence[Slots], documents: Mapping[str, Document]) -> Difference | None:
    """Only one side says who says so."""
    said = [(one, one.statement.by) for one in members if one.statement.by]
    return _difference("attribution", "only-here", said) if said and len(said) < len(members) else None


def _wordings(members: Sequence[Slots], documents: Mapping[str, Document]) -> Difference | None:
    """One act is told as another type of act."""
    if len({one.statement.type for one in members}) < 2:
        return None
    return _difference("wording", "coarser", [(one, one.statement.quote) for one in members])
