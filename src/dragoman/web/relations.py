"""The pages about states: one, two, and where they stand on an issue."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import Any

from markupsafe import Markup

from dragoman import edtf
from dragoman.answers.chart import draw
from dragoman.answers.facts import Entry, gather, in_order
from dragoman.answers.page import name_holder, pieces
from dragoman.answers.parties import Party, find_pair, find_party
from dragoman.answers.positions import Stand, matrix, positions
from dragoman.answers.report import asserted_first, between, conflicts_of, summarize
from dragoman.answers.ties import Tie, ties
from dragoman.answers.timeline import timeline
from dragoman.errors import QueryError
from dragoman.languages.states import names
from dragoman.web.view import Asked, Part, View, tell, tell_entries

_FILTERS = {"from", "to", "type", "topic", "lang", "issue"}
_EARLIEST = 1600
"""The first year that the slider goes back to; older ones can be written."""


def state(asked: Asked) -> View:
    """One state or body: with whom it has most to do, where it stands, its timeline."""
    record, one = asked.record, find_party(asked.record, asked.need("of"))
    every = gather(record, [one], told=asked.get("told"))
    found = _timeline(asked, one) if asked.values.keys() & _FILTERS else in_order(every)
    part = asked.cut(found)
    partners = _partners(asked, one)
    stands = positions(record, one, asked.get("issue"), asked.get("on"), told=asked.get("told"), among=every)
    title = one.called(asked.ui)
    details = {
        "of": asked.need("of"),
        "part": part,
        "chart": _chart(asked, part, title),
        "partners": partners,
        "positions": matrix(stands),
        "statements": sum(len(entry.statements) for entry in found),
    }
    data = {"of": one, "partners": partners, "positions": stands, "timeline": found}
    return View("state.html", title, details, data, lambda: tell_entries(found))


def dyad(asked: Asked) -> View:
    """Two states: ties on a date, timeline, positions toward each other, conflicts."""
    record, on, told = asked.record, asked.get("on"), asked.get("told")
    one, other = find_pair(record, asked.need("a"), asked.need("b"))
    every = gather(record, [one, other], told=told)
    found = _timeline(asked, one, other) if asked.values.keys() & _FILTERS else in_order(every)
    held = ties(record, one, other, on, told, every)
    stands = between(record, one, other, told, every)
    problems = [] if told else conflicts_of(record, every)
    part = asked.cut(found)
    title = asked.words["title"].format(one.called(asked.ui), other.called(asked.ui))
    details = pieces(asked.ui, asked.words, (one, other), asked.address) | {
        "part": part,
        "both": [(asked.need(key), party.called(asked.ui)) for key, party in (("a", one), ("b", other))],
        "on": on,
        "told": told,
        "years": _years(held, on),
        "chart": _chart(asked, part, title),
        "summary": summarize(held),
        "ties": held,
        "positions": _by_issue(stands),
        "conflicts": problems,
        "differing": [entry for entry in every if entry.differences],
        "statements": sum(len(entry.statements) for entry in found),
    }
    data = {"a": one, "b": other, "on": on, "told": told, "ties": held, "timeline": found, "positions": stands, "conflicts": problems}
    return View("dyad.html", title, details, data, lambda: tell_entries(found))


def _years(held: Sequence[Tie], on: str | None) -> tuple[int, int, int] | None:
    """For the slider: the first year, the last and the one that is asked for; None when no tie has a date."""
    days = [day for tie in held for entry in tie.entries for day in entry.days or ()]
    asked = [edtf.days(on)[1]] if on else []
    years = sorted(year for year, _, _ in (*days, *asked) if _EARLIEST <= year < edtf.LAST[0])
    return (years[0], years[-1], asked[0][0] if asked and asked[0][0] in years else years[-1]) if years else None


def ties_of(asked: Asked) -> View:
    """The ties of two states as a list of their own, for its CSV."""
    view = dyad(asked)
    held: list[Tie] = view.data["ties"]
    return View("ties.html", view.title, view.names, held, lambda: [_tell_tie(tie) for tie in held])


def _tell_tie(tie: Tie) -> dict[str, Any]:
    row = {"type": tie.type, "thing": tie.thing, "holder": "; ".join(tie.holder), "other": "; ".join(tie.other), "name": tie.name}
    row |= {"status": tie.status, "since": tie.since, "note": tie.note}
    for side, entry in (("support", tie.support), ("ended_by", tie.ended_by)):
        first = entry.statements[0] if entry else None
        row |= {side: first.id if first else "", f"{side}_date": entry.when if entry else "", f"{side}_quote": first.quote if first else ""}
    return row


def issue(asked: Asked) -> View:
    """One issue: the stands of every actor over time."""
    name = asked.need("name")
    every = positions(asked.record, None, None, asked.get("on"), told=asked.get("told"))
    stands = [stand for stand in every if stand.issue == name] or positions(
        asked.record, None, name, asked.get("on"), told=asked.get("told")
    )
    if not stands:
        raise QueryError(f"Nobody takes a stand on {name[:80]!r}.", "", "The page of issues lists those that there are.")
    by_actor: dict[str, list[Stand]] = {}
    for stand in asserted_first(stands):
        by_actor.setdefault(stand.actor, []).append(stand)
    firsts: dict[str, Stand] = {}
    for stand in stands:
        firsts.setdefault(stand.entry.id, stand)
    entries = [stand.entry for stand in firsts.values()]
    part = Part(entries, 1, 1, len(entries))
    wordings = list(dict.fromkeys((s.issue, s.language) for entry in entries for s in entry.statements if s.issue))
    lanes: dict[str, list[Entry]] = {}
    for _, own in sorted(by_actor.items(), key=lambda item: (-len(item[1]), item[0])):
        lanes.setdefault(name_holder(own[0], asked.ui), []).extend(stand.entry for stand in own)
    chart = _chart(asked, part, name, lanes)
    details = {"stands": by_actor, "firsts": firsts, "wordings": wordings, "on": asked.get("on"), "chart": chart}
    return View("issue.html", name, details, stands, lambda: [row for stand in stands for row in _tell_stand(stand)])


def _tell_stand(stand: Stand) -> list[dict[str, Any]]:
    return [tell(one, actor=stand.actor, stand=stand.type, before=stand.before) for one in stand.entry.statements]


def _timeline(asked: Asked, *parties: Party) -> list[Entry]:
    get, some = asked.get, asked.some
    return timeline(asked.record, parties, get("from"), get("to"), some("type"), some("topic"), some("lang"), get("issue"), get("told"))


def _by_issue(stands: list[Stand]) -> list[tuple[str, list[Stand]]]:
    return [(issue, asserted_first(group)) for issue, group in groupby(stands, key=lambda stand: stand.issue)]


def _chart(asked: Asked, part: Part, title: str, actors: Mapping[str, Sequence[Entry]] | None = None) -> Markup:
    """The drawing of the entries on this page of the list, by type or by actor; its style sheet is the site's."""
    words = asked.words
    said = words["shown"].format(part.first, part.first + len(part.rows) - 1, part.total)
    return Markup(draw(part.rows, title, words["types"].__getitem__, said, words["direction"], asked.ui, False, actors))


def _partners(asked: Asked, one: Party) -> list[tuple[str, str, int]]:
    """The states that most statements name beside it: code, name, statements."""
    marks = ", ".join("?" * len(one.keys))
    rows = asked.record.query(
        f"SELECT p.actor, count(DISTINCT p.row) FROM {asked.record.participants} p "
        f"JOIN (SELECT DISTINCT row FROM {asked.record.participants} WHERE actor IN ({marks})) o ON p.row = o.row "
        "JOIN statements s ON s.rowid = p.row JOIN current c ON s.document = c.key AND s.coder = c.coder "
        f"WHERE p.actor NOT IN ({marks}) AND regexp_full_match(p.actor, '[A-Z]{{3}}') GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT 40",
        [*one.keys, *one.keys],
    )
    return [(code, names(code, asked.ui), number) for code, number in rows]
