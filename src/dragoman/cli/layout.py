"""How answers are set out for reading in a terminal. Text from documents is shown as it is, without its control characters."""

from __future__ import annotations

import unicodedata
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Protocol

from rich.console import Console
from rich.table import Table
from rich.text import Text

from dragoman.answers.evaluation import LEVELS, Judged, Miss, Report, Row
from dragoman.answers.facts import Entry
from dragoman.answers.find import Found
from dragoman.answers.judged import mark
from dragoman.coding.times import Found as Timex
from dragoman.engines import Summary
from dragoman.languages.states import names
from dragoman.statement import Actor, Document, Sentence, Statement

if TYPE_CHECKING:
    from dragoman.reading.shelf import Fetched

_FSI, _PDI = "\u2068", "\u2069"
_LISTED = 6
_ID = 12
_AROUND = 600
_SLOTS = ("kind", "type", "topic", "source", "target", "issue", "date", "modality", "by")
_VOICES = {
    "asserted": "", "claimed": "claimed", "denied": "denied", "disputed": "disputed", "negated": "did not happen", "planned": "planned",
}  # fmt: skip


class Voiced(Protocol):
    """What has a voice: a statement, a fact, a stand."""

    @property
    def modality(self) -> str:
        """How surely it is said."""

    @property
    def by(self) -> str:
        """Who says so."""


def plain(text: str) -> str:
    """On one line, and without characters that could steer the terminal."""
    return "".join("\ufffd" if unicodedata.category(c) == "Cc" else c for c in " ".join(text.split()))


def is_right_to_left(text: str) -> bool:
    """Whether any of the text runs from right to left."""
    return any(unicodedata.bidirectional(c) in ("R", "AL") for c in text)


def isolate(text: str) -> str:
    """The text so that its direction does not disturb what stands around it."""
    return f"{_FSI}{text}{_PDI}" if is_right_to_left(text) else text


def quoted(text: str) -> str:
    """The text in the quotation marks of its direction."""
    clean = plain(text)
    return f"«{clean}»" if is_right_to_left(clean) else f"“{clean}”"


def name_actor(actor: Actor) -> str:
    """A state by its English name with its sector, anyone else by the name that the text gives."""
    if not actor.code:
        return isolate(plain(actor.name)) or "?"
    return names(actor.code, "en") + (f" {actor.sector}" if actor.sector else "")


def name_actors(actors: Sequence[Actor]) -> str:
    """Several actors, the first of a long list."""
    every = list(dict.fromkeys(map(name_actor, actors)))
    if len(every) > _LISTED + 1:
        return ", ".join(every[:_LISTED]) + f" and {len(every) - _LISTED} others"
    return ", ".join(every)


def voice(said_by: Voiced) -> str:
    """Who says so and how surely, in plain words; "" for what the text itself asserts."""
    by, said = isolate(plain(said_by.by)), _VOICES[said_by.modality]
    if said_by.modality in ("claimed", "denied", "disputed"):
        return f"{said} by {by}" if by else said
    return ", ".join(part for part in (said, f"says {by}" if by else "") if part)


def indented(console: Console, text: str, by: int, style: str = "") -> Text:
    """The text folded to the console's width; each of its lines is isolated by itself, for a terminal orders line by line."""
    lines = Text(text).wrap(console, max(20, console.width - by - 2))
    return Text("\n").join(Text(" " * by).append(isolate(line.plain.rstrip()), style) for line in lines)


def print_summary(console: Console, summary: Summary, record: str) -> None:
    """What a build did and what the record holds."""
    done = (
        (summary.added, "new"), (summary.editions, "in a new edition"), (summary.recoded, "coded anew"),
        (summary.unchanged, "unchanged"), (len(summary.failed), "failed"),
    )  # fmt: skip
    parts = [f"{number} {what}" for number, what in done if number]
    table = Table.grid(padding=(0, 2))
    table.add_row("record", plain(record))
    table.add_row("documents", f"{summary.documents:,} ({', '.join(parts)} in this run)")
    table.add_row("sentences", f"{summary.sentences:,}")
    kinds = ", ".join(f"{number:,} {kind}{'s' if number != 1 else ''}" for kind, number in summary.statements.items())
    total = sum(summary.statements.values())
    table.add_row("statements", f"{total:,}" + (f" ({kinds})" if total else ""))
    if summary.facts or summary.conflicts:
        table.add_row("said more than once", f"{summary.facts:,} fact{'s' if summary.facts != 1 else ''}")
        table.add_row("conflicts", f"{summary.conflicts:,}")
    table.add_row("time", f"{summary.seconds:.1f} s")
    console.print(table)


def print_fetched(console: Console, fetched: Fetched, folder: str) -> None:
    """What was put into a folder, a line each."""
    table = Table(box=None, padding=(0, 2, 0, 0))
    for column in ("article", "language", "edition", "revision", "file", ""):
        table.add_column(column, overflow="fold")
    for article in fetched.articles:
        cells = (isolate(plain(article.title)), article.language, article.edition, article.revision, isolate(plain(article.file)))
        table.add_row(*map(Text, cells), "" if article.new else "there already")
    if fetched.articles:
        console.print(table)
    new = sum(article.new for article in fetched.articles)
    console.print(Text(f"{new:,} new in {plain(folder)}"))


def print_timeline(console: Console, entries: Sequence[Entry], title: str, total: int) -> None:
    """Entries one below the other: when, what, who to whom, how surely; the quotes; where each stands.

    total: of how many these are some.
    """
    number = f"{len(entries):,} of {total:,}" if total > len(entries) else f"{total:,}"
    quotes = sum(len(entry.statements) for entry in entries)
    what = "statement" if quotes == len(entries) else "fact"
    said = f" in {quotes:,} statements" if quotes > len(entries) else ""
    console.print(Text(f"{title}: {number} {what}{'s' if total != 1 else ''}{said}", "bold"))
    margin = max([len("undated"), *(len(entry.when) for entry in entries)]) + 2
    kind = max([0, *(len(entry.type) for entry in entries)]) + 2
    for entry in entries:
        head = Text.assemble("\n", ((entry.when or "undated").ljust(margin), "cyan"), (entry.type.ljust(kind), "bold"))
        head.append(name_roles(entry) if entry.actors or not entry.differences else "(the texts differ on who)")
        if voiced := ", ".join(part for part in (voice(entry), "" if entry.sure else "unsure") if part):
            head.append(f"  [{voiced}]", "bold yellow")
        console.print(head)
        print_quotes(console, entry, margin)


def print_quotes(console: Console, entry: Entry, margin: int) -> None:
    """The quotes of an entry, each with its place, and where they differ."""
    for statement in entry.statements:
        console.print(indented(console, quoted(statement.quote), margin))
        place = [plain(statement.doc), statement.id[:_ID]] + (["date from context"] if statement.date_from == "context" else [])
        place += [judged] if (judged := say_judged(statement)) else []
        console.print(Text(" " * margin + "  ".join(place), "dim"))
    for difference in entry.differences:
        values = ", ".join(isolate(quoted(value)) for value in dict.fromkeys(difference.values.values()) if value)
        console.print(indented(console, f"{difference.slot} ({difference.severity}): {values}", margin, "yellow"))


def say_judged(statement: Statement) -> str:
    """Who has judged a statement, in words; "" when nobody has."""
    by = mark(statement)
    return f"{by.done} by {isolate(plain(by.by))}" if by else ""


def name_roles(said: Statement | Entry) -> str:
    """Who to whom, and of a position on what."""
    roles = name_actors(said.source)
    if said.target:
        roles += f" → {name_actors(said.target)}"
    if said.kind == "position" and said.issue:
        roles += f" on {isolate(plain(said.issue))}"
    return roles


def print_statement(console: Console, found: Found) -> None:
    """One statement in its paragraph, with every field and the words that each was read from."""
    statement, document = found.statement, found.document
    console.print(indented(console, quoted(statement.quote), 0, "bold"))
    console.print()
    console.print(indented(console, _in_place(document, statement), 2))
    console.print()
    for name, value in _fields(statement, document):
        console.print(_field(console, name, value))
    if judged := say_judged(found.statement):
        told = _fields(found.statement, document)
        other = [(name, value) for name, value in _fields(found.machine, document) if name in _SLOTS and (name, value) not in told]
        console.print(Text(f"\n{judged[0].upper()}{judged[1:]}." + (" The machine has:" if other else ""), "yellow"))
        for name, value in other:
            console.print(_field(console, name, value))
    if not found.current:
        console.print(Text("\nFrom an older edition: the newest one is coded otherwise.", "yellow"))


def _in_place(document: Document, statement: Statement) -> str:
    """The paragraphs that the quote stands in, the quote marked; only what is nearest of a very long one."""
    touched = {s.paragraph for s in document.sentences if s.start < statement.end and statement.start < s.end}
    around = [s for s in document.sentences if s.paragraph in touched]
    first, last = min([statement.start, *(s.start for s in around)]), max([statement.end, *(s.end for s in around)])
    near, far = max(first, statement.start - _AROUND), min(last, statement.end + _AROUND)
    before, after = document.text[near : statement.start], document.text[statement.end : far]
    marked = f"{before}⟦{statement.quote}⟧{after}"
    if any(s.role == "field" for s in around):  # the lines of a box
        marked = marked.replace("\n", " · ")
    return ("… " if near > first else "") + plain(marked) + (" …" if far < last else "")


def _fields(statement: Statement, document: Document) -> list[tuple[str, str]]:
    date = statement.date + (f" (from the {statement.date_from})" if statement.date_from else "")
    rows = [
        ("id", statement.id), ("kind", statement.kind), ("type", statement.type), ("topic", statement.topic),
        *(("source", _describe(actor)) for actor in statement.source),
        *(("target", _describe(actor)) for actor in statement.target),
        ("issue", isolate(plain(statement.issue))), ("date", date), ("modality", statement.modality), ("by", isolate(plain(statement.by))),
        ("confidence", f"{statement.confidence:g}"),
    ]  # fmt: skip
    for evidence in statement.evidence:
        words = isolate(quoted(document.text[evidence.start : evidence.end])) if evidence.start >= 0 else ""
        rule = f"({plain(evidence.rule)})" if evidence.rule else ""
        rows.append(("evidence", " ".join(part for part in (f"{plain(evidence.field)}:", words, rule) if part)))
    page = f", page {bisect_right(document.pages, statement.start)}" if document.pages else ""
    cited = dict.fromkeys(c for s in document.sentences if s.start < statement.end and statement.start < s.end for c in s.cites)
    heading = next((s.section for s in document.sentences if s.start <= statement.start < s.end), -1)
    section = document.sections[heading].title if 0 <= heading < len(document.sections) else ""
    rows += [
        ("document", plain(document.id)), ("title", isolate(plain(document.title))), ("section", isolate(plain(section))),
        ("place", f"{statement.start} to {statement.end}{page}"),
        *(("cites", isolate(plain(source))) for source in cited), ("language", document.language), ("edition", plain(document.edition)),
        ("from", isolate(plain(document.source))), ("licence", plain(document.licence)),
        *((("published", plain(document.published)),) if document.published else ()),
    ]  # fmt: skip
    return [(name, value or "-") for name, value in rows]


def _describe(actor: Actor) -> str:
    """A state's name, the words of the text, the code and the sector, as far as there are any."""
    code = " ".join(part for part in (actor.code, actor.sector) if part)
    called = ", ".join(
        part for part in (names(actor.code, "en") if actor.code else "", isolate(quoted(actor.name)) if actor.name else "") if part
    )
    return called + (f" ({code})" if code else "")


def _field(console: Console, name: str, value: str) -> Text:
    lines = Text(value).wrap(console, max(20, console.width - 14))
    return Text.assemble((name.ljust(12), "cyan"), Text("\n" + " " * 12).join(lines))


def print_times(console: Console, document: Document, found: Iterable[tuple[Sentence, Timex]]) -> None:
    """A document's time expressions one below the other: what each means, how that was read, and the sentence around it."""
    rows = list(found)
    console.print(Text(f"{plain(document.id)}: {len(rows):,} time expression{'s' if len(rows) != 1 else ''}", "bold"))
    margin = max([len("unknown"), *(len(when.edtf) for _, when in rows)]) + 2
    for sentence, when in rows:
        meaning = when.edtf or ("" if when.timex == "DATE" else when.value) or "unknown"
        console.print(
            Text.assemble(
                "\n",
                (meaning.ljust(margin), "cyan"),
                isolate(plain(document.text[when.start : when.end])),
                (f"  {when.basis}", "dim") if when.edtf else "",
            )
        )
        first, last = max(sentence.start, when.start - _AROUND), min(sentence.end, when.end + _AROUND)
        marked = f"{document.text[first : when.start]}⟦{document.text[when.start : when.end]}⟧{document.text[when.end : last]}"
        console.print(indented(console, quoted(marked), margin))
    console.print()


def print_report(console: Console, report: Report, errors: bool) -> None:
    """Precision, recall and F1 for all and by language, F1 by document, and the disagreements when asked for."""
    table = Table(box=None, padding=(0, 2, 0, 0))
    for column in ("", "gold", "coded", "level", "P", "R", "F1"):
        table.add_column(column, justify="left" if column in ("", "level") else "right")
    for name, row in ({"all": report.all} | report.languages).items():
        for level in LEVELS:
            figures = row.levels[level]
            group = (name, str(row.gold), str(row.system)) if level == LEVELS[0] else ("", "", "")
            table.add_row(*group, level, f"{figures.precision:.3f}", f"{figures.recall:.3f}", f"{figures.f1:.3f}")
    console.print(table)
    console.print()
    console.print(_by_document(report.documents))
    if errors:
        console.print()
        for miss in report.misses:
            console.print(_miss(miss))


def _by_document(documents: dict[str, Row]) -> Table:
    table = Table(box=None, padding=(0, 2, 0, 0))
    for column in ("F1 by document", "gold", "coded", *LEVELS):
        table.add_column(column, justify="left" if column.startswith("F1") else "right", overflow="fold")
    for name, row in documents.items():
        table.add_row(Text(plain(name)), str(row.gold), str(row.system), *(f"{row.levels[level].f1:.3f}" for level in LEVELS))
    return table


def _miss(miss: Miss) -> Text:
    judged = [(name, one) for name, one in (("gold", miss.gold), ("coded", miss.system)) if one]
    text = Text.assemble((f"{miss.verdict} {miss.level}".strip(), "bold"), f"  {plain(judged[0][1].doc)}")
    for name, one in judged:
        text.append(f"\n  {name:5} {_outline(one)}\n        {isolate(quoted(one.quote))}")
    return text


def _outline(one: Judged) -> str:
    sides = " → ".join(isolate(", ".join(map(plain, side))) for side in (one.source, one.target) if side)
    return "  ".join(part for part in (one.type, sides, one.date or "undated", one.modality) if part)
