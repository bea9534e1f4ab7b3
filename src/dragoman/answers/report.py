"""A printable page about two states: one HTML file that needs nothing else, in English or Arabic."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache
from importlib import resources
from itertools import groupby
from typing import Any

import yaml

from dragoman.answers import conflicts
from dragoman.answers.chart import draw
from dragoman.answers.facts import Entry, alone, precision
from dragoman.answers.parties import Party
from dragoman.answers.positions import Stand, positions
from dragoman.answers.ties import Tie, ties
from dragoman.answers.timeline import timeline
from dragoman.errors import QueryError
from dragoman.languages import available, load
from dragoman.languages.states import names
from dragoman.record import Record, linked
from dragoman.statement import Actor

_LISTED = 8


def report(record: Record, one: Party, other: Party, ui: str = "en", told: str | None = None) -> str:
    """The page about `one` and `other`, as HTML. ui: the language of its own words. told: as in `facts.gather`.

    What texts say stays in their language, set apart and marked with it. Raises QueryError for a language that has no interface.
    """
    from jinja2 import Environment, PackageLoader, StrictUndefined
    from markupsafe import Markup

    words = interface(ui)
    found = timeline(record, [one, other], told=told)
    held = ties(record, one, other, told=told)
    stands = _between(record, one, other, told)
    statements = sum(len(entry.statements) for entry in found)
    entries = {entry.id: entry for entry in (*found, *(stand.entry for stand in stands), *(e for tie in held for e in tie.entries))}
    documents = sorted({statement.doc for entry in entries.values() for statement in entry.statements})
    differing = [entry for entry in found if entry.differences]
    problems = [] if told else _conflicts(record, entries.values())
    sections = ["summary", "timeline", "positions", "ties", "differences", "conflicts", "sources"]
    empty = {"differences": not differing, "conflicts": not problems}
    title = words["title"].format(one.called(ui), other.called(ui))
    called = {party.name: party.called(ui) for party in (one, other)}
    chart = draw(found, title, words["types"].__getitem__, words["entries"].format(len(found), statements), words["direction"], ui)
    environment = Environment(
        loader=PackageLoader("dragoman.answers", "pages"), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    return environment.get_template("report.html").render(
        ui=ui,
        words=words,
        title=title,
        told=told,
        sections=[section for section in sections if not empty.get(section)],
        statements=statements,
        summary=_summary(held),
        timeline=found,
        chart=Markup(chart),
        ties=held,
        differing=differing,
        conflicts=problems,
        positions=[(issue, _asserted_first(group)) for issue, group in groupby(stands, key=lambda stand: stand.issue)],
        sources=list(record.documents("list_contains(?, id)", [documents])),
        precision=precision,
        direction=direction,
        actors=lambda some: name_actors(some, ui),
        parties=lambda some: words["title"].format(*(called[name] for name in some)) if len(some) == 2 else called[some[0]],
        actor=lambda stand: names(stand.actor, ui) if re.fullmatch("[A-Z]{3}", stand.actor) else stand.name,
        note=lambda text: _note(text, words["notes"]),
    )


def _asserted_first(stands: Iterable[Stand]) -> list[Stand]:
    return sorted(stands, key=lambda stand: stand.modality != "asserted")


@cache
def _interfaces() -> dict[str, dict[str, Any]]:
    text = (resources.files("dragoman.answers") / "pages" / "interface.yaml").read_text("utf-8")
    return yaml.safe_load(text)  # type: ignore[no-any-return]


def interface(language: str) -> dict[str, Any]:
    """The words of a page in `language`. Raises QueryError when there are none."""
    if language not in _interfaces():
        raise QueryError(f"There are no pages in the language {language!r}.", "", f"There are some in {', '.join(sorted(_interfaces()))}.")
    return _interfaces()[language]


def direction(language: str) -> str:
    """How a language runs, "auto" for one that is not known."""
    base = language.split("-")[0].lower()
    return load(base).sentences.direction if base in available() else "auto"


def name_actors(actors: Sequence[Actor], language: str) -> str:
    """Actors by the names of their states in `language`, the others as the text has them; the first of a long list."""
    every = list(dict.fromkeys(names(actor.code, language) if actor.code else actor.name or "?" for actor in actors))
    more = f" + {len(every) - _LISTED}" if len(every) > _LISTED else ""
    comma = "، " if direction(language) == "rtl" else ", "
    return comma.join(every[:_LISTED]) + more


def _between(record: Record, one: Party, other: Party, told: str | None) -> list[Stand]:
    """The stands of each on what concerns the other, by issue."""
    every = [*positions(record, one, about=other, told=told), *positions(record, other, about=one, told=told)]
    order = {issue: place for place, issue in reversed(list(enumerate(stand.issue for stand in every)))}
    return sorted(every, key=lambda stand: order[stand.issue])


def _summary(held: Sequence[Tie]) -> list[tuple[str, list[Tie]]]:
    """The missions, of envoys the last told from each side, and the relations."""
    last = {tie.holder: tie for tie in sorted(held, key=lambda tie: tie.since) if tie.type == "ENVOY"}
    return [
        ("missions", [tie for tie in held if tie.type == "MISSION"]),
        ("envoys", list(last.values())),
        ("relations", [tie for tie in held if tie.type == "RELATIONS"]),
    ]


def _conflicts(record: Record, entries: Iterable[Entry]) -> list[tuple[str, list[Entry]]]:
    """What cannot all be true of these entries, where linking has found it: the problem, and what it rests on."""
    ids = sorted({statement.id for entry in entries for statement in entry.statements})
    found = conflicts.tell(record, linked.conflicts(record, "list_has_any(statements, ?)", [ids])) if ids else ()
    return [(told.conflict.problem, [alone(statement) for statement in told.statements]) for told in found]


def _note(text: str, notes: dict[str, str]) -> str:
    """A tie's note in the words of the page."""
    for known, said in notes.items():
        match = re.fullmatch(re.escape(known).replace(r"\{\}", "(.+)"), text)
        if match:
            return said.format(*match.groups())
    return text
