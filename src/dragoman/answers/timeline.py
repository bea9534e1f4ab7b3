"""The timeline of one state or body, or of two: what they did, kept and held, in the order of time."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from msgspec.structs import replace

from dragoman.answers.facts import Entry, gather, in_order, period
from dragoman.answers.frames import Rows
from dragoman.answers.issues import Wording, read_issue
from dragoman.answers.parties import Party
from dragoman.errors import QueryError
from dragoman.languages import base
from dragoman.record import Record
from dragoman.statement import TOPICS, TYPES


def timeline(
    record: Record,
    parties: Sequence[Party],
    start: str | None = None,
    end: str | None = None,
    types: Collection[str] | None = None,
    topics: Collection[str] | None = None,
    languages: Collection[str] | None = None,
    issue: str | None = None,
    told: str | None = None,
) -> Rows[Entry]:
    """What all of `parties` take part in, on either side, in the order of time; undated last.

    start, end: EDTF; kept is what may have happened in between, what has no date is not.
    types: of an event, tie or position, or these words themselves, in any case. languages: as documents have them ("ar" for "ar-EG" too).
    issue: words that the issue, or for want of one the quote, must hold, each at least by its beginning. told: as in `gather`.
    Raises QueryError for a date, type, topic or language that is not known.
    """
    conditions, parameters = ["true"], []
    for column, chosen in (
        ("type", check_types(types or ())),
        ("topic", _topics(topics or ())),
        ("split_part(language, '-', 1)", check_languages(record, languages or ())),
    ):
        if chosen:
            conditions.append(f"{column} IN ({', '.join('?' * len(chosen))})")
            parameters += chosen
    first, last = period(start, end)
    found = gather(record, parties, where=" AND ".join(conditions), parameters=parameters, told=told)
    if start or end:
        found = [entry for entry in found if entry.days and entry.days[0] <= last and entry.days[1] >= first]
    if languages:  # of a fact told in several, what these say
        bases = {base(language) for language in languages}
        found = [replace(e, statements=tuple(s for s in e.statements if base(s.language) in bases)) for e in found]
    if issue:
        asked = read_issue(issue)
        found = [entry for entry in found if _is_about(entry, asked)]
    return Rows(Entry, in_order(found))


def _is_about(entry: Entry, asked: Wording) -> bool:
    return any(asked.within(read_issue(s.issue or s.quote, s.language)) for s in entry.statements)


def check_types(asked: Collection[str]) -> list[str]:
    """The types asked for, each once; a kind stands for all of its types. Raises QueryError for one that there is not."""
    known = {name: [name] for names in TYPES.values() for name in names} | {kind.upper(): list(names) for kind, names in TYPES.items()}
    unknown = [name for name in asked if name.upper() not in known]
    if unknown:
        raise QueryError(f"There is no type {unknown[0]!r}.", "", "There is " + ", ".join(name.lower() for name in known) + ".")
    return list(dict.fromkeys(name for word in asked for name in known[word.upper()]))


def _topics(asked: Collection[str]) -> list[str]:
    unknown = [name for name in asked if name.lower() not in TOPICS]
    if unknown:
        raise QueryError(f"There is no topic {unknown[0]!r}.", "", "There is " + ", ".join(TOPICS) + ".")
    return [name.lower() for name in asked]


def check_languages(record: Record, asked: Collection[str]) -> list[str]:
    """The languages asked for, without region. Raises QueryError for one that the record holds nothing in."""
    bases = [base(language) for language in asked]
    held = [row[0] for row in record.query("SELECT DISTINCT split_part(language, '-', 1) FROM current_documents ORDER BY 1")]
    for code, language in zip(bases, asked, strict=True):
        if code not in held:
            raise QueryError(f"The record holds nothing in the language {language!r}.", "", f"It holds {', '.join(held) or 'nothing'}.")
    return bases
