"""One record that holds what formats stumble over: two languages, quotation marks, line breaks, every kind of date, several actors."""

from __future__ import annotations

from msgspec.structs import replace

from dragoman.record import Record, linked
from dragoman.statement import Actor, Conflict, Difference, Fact, Issue, Link, Statement
from making import CODER, make_document, make_statement

AWKWARD = 'Syria said: "a\tb, c; d"\n\\ <e> & f 😀 to Pakistan.'


def actors(*codes: str) -> tuple[Actor, ...]:
    return tuple(Actor(code, sector, code.title(), 0, 3) for code, _, sector in (word.partition("/") for word in codes))


def fill(record: Record) -> dict[str, Statement]:
    """Put it in; the statements by what is special about each."""
    english = make_document(
        "trade.en",
        "Pakistan met Syria on 17 February 2014.",
        AWKWARD,
        "Pakistan and Syria signed a treaty.",
        "Pakistan will visit Syria in 2030.",
        "From 1973 to 1977 Pakistan had an embassy in Syria.",
        "Pakistan opposes intervention in Syria.",
        "The League praised Syria from 22 to 24 February 1974.",
        title="Trade & talks",
        subject="trade",
        edition="2026-01-01",
        licence="CC BY-SA 4.0",
        published="2015-03-04T05:06:07Z",
    )
    arabic = make_document("trade.ar", "التقت باكستان بسوريا في شباط 2014، قال «أ».", language="ar", subject="trade", title="تجارة")
    made = {
        "day": make_statement(english, 0, date="2014-02-17", date_from="sentence"),
        "awkward": make_statement(
            english, 1, "SYR", "PAK", type="ACCUSE", by="Reuters; AP", modality="claimed", date="2014-02-17/2014-02-19"
        ),
        "together": replace(make_statement(english, 2, type="AGREE", date="197X"), source=actors("PAK", "SYR/GOV"), target=()),
        "planned": make_statement(english, 3, date="2030", modality="planned"),
        "tie": make_statement(english, 4, kind="tie", type="MISSION", date="1973/1977"),
        "position": make_statement(english, 5, kind="position", type="OPPOSES", issue="intervention", topic="military"),
        "body": replace(
            make_statement(english, 6, type="SUPPORT", date="1974-02-22/1974-02-24", topic="culture"),
            source=(Actor("", "IGO", "The League", 0, 10),),
        ),
    }
    record.add(english, list(made.values()), CODER)
    made["month"] = make_statement(arabic, 0, date="2014-02")
    record.add(arabic, [made["month"]], CODER)
    day, month = made["day"], made["month"]
    difference = Difference("date", "coarser", {day.id: "17 February 2014", month.id: "شباط 2014"})
    fact = Fact(
        "f" * 32,
        (month.id, day.id),
        "event",
        "CONSULT",
        "diplomacy",
        day.source,
        day.target,
        "",
        "2014-02-17",
        "asserted",
        "",
        (difference,),
    )
    other = Fact("e" * 32, (made["tie"].id,), "tie", "MISSION", "diplomacy", day.source, day.target, date="1973/1977")
    parts = linked.Parts(
        (),
        [Link(min(day.id, month.id), max(day.id, month.id), "same", 0.75, ("type same",))],
        [fact, other],
        [Conflict("c" * 32, "date", (day.id, month.id), "One act, two days.")],
        [Issue("i" * 32, "intervention", (made["position"].id,), ("intervention",))],
    )
    linked.replace(record, parts, "test")
    return made
