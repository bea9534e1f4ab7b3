"""A printable page about two states: one HTML file that needs nothing else, in English or Arabic."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby

from dragoman.answers.chart import draw
from dragoman.answers.facts import Entry
from dragoman.answers.page import environment, interface, pieces, style, tell_conflicts
from dragoman.answers.parties import Party
from dragoman.answers.positions import Stand, positions
from dragoman.answers.ties import Tie, ties
from dragoman.answers.timeline import timeline
from dragoman.record import Record, linked


def report(record: Record, one: Party, other: Party, ui: str = "en", told: str | None = None) -> str:
    """The page about `one` and `other`, as HTML. ui: the language of its own words. told: as in `facts.gather`.

    What texts say stays in their language, set apart and marked with it. Raises QueryError for a language that has no interface.
    """
    from markupsafe import Markup

    words = interface(ui)
    found = timeline(record, [one, other], told=told)
    held = ties(record, one, other, told=told)
    stands = between(record, one, other, told)
    statements = sum(len(entry.statements) for entry in found)
    entries = {entry.id: entry for entry in (*found, *(stand.entry for stand in stands), *(e for tie in held for e in tie.entries))}
    documents = sorted({statement.doc for entry in entries.values() for statement in entry.statements})
    differing = [entry for entry in found if entry.differences]
    problems = [] if told else conflicts_of(record, entries.values())
    sections = ["summary", "timeline", "positions", "ties", "differences", "conflicts", "sources"]
    empty = {"differences": not differing, "conflicts": not problems}
    title = words["title"].format(one.called(ui), other.called(ui))
    chart = draw(found, title, words["types"].__getitem__, words["entries"].format(len(found), statements), words["direction"], ui)
    return (
        environment()
        .get_template("report.html")
        .render(
            pieces(ui, words, (one, other)),
            style=Markup(style()),
            title=title,
            told=told,
            sections=[section for section in sections if not empty.get(section)],
            statements=statements,
            summary=summarize(held),
            timeline=found,
            chart=Markup(chart),
            ties=held,
            differing=differing,
            conflicts=problems,
            positions=[(issue, asserted_first(group)) for issue, group in groupby(stands, key=lambda stand: stand.issue)],
            sources=list(record.documents("list_contains(?, id)", [documents])),
        )
    )


def asserted_first(stands: Iterable[Stand]) -> list[Stand]:
    """The stands, what is only said of their holders last."""
    return sorted(stands, key=lambda stand: stand.modality != "asserted")


def between(record: Record, one: Party, other: Party, told: str | None, among: Sequence[Entry] | None = None) -> list[Stand]:
    """The stands of each on what concerns the other, by issue. among: as in `positions`."""
    pairs = ((one, other), (other, one))
    every = [stand for holder, about in pairs for stand in positions(record, holder, about=about, told=told, among=among)]
    order = {issue: place for place, issue in reversed(list(enumerate(stand.issue for stand in every)))}
    return sorted(every, key=lambda stand: order[stand.issue])


def summarize(held: Sequence[Tie]) -> list[tuple[str, list[Tie]]]:
    """The missions, of envoys the last told from each side, and the relations."""
    last = {tie.holder: tie for tie in sorted(held, key=lambda tie: tie.since) if tie.type == "ENVOY"}
    return [
        ("missions", [tie for tie in held if tie.type == "MISSION"]),
        ("envoys", list(last.values())),
        ("relations", [tie for tie in held if tie.type == "RELATIONS"]),
    ]


def conflicts_of(record: Record, entries: Iterable[Entry]) -> list[tuple[str, list[Entry]]]:
    """What cannot all be true of these entries, where linking has found it: the problem, and what it rests on."""
    ids = sorted({statement.id for entry in entries for statement in entry.statements})
    return tell_conflicts(record, linked.conflicts_of(record, ids))
