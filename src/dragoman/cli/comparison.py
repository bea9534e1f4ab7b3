"""How a comparison is set out: for a terminal, and as wikitext."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from rich.console import Console
from rich.table import Table
from rich.text import Text

from dragoman.answers.changes import Change
from dragoman.answers.compare import Both, Comparison, Only, Part, Sentences, Version
from dragoman.answers.conflicts import Told
from dragoman.cli.layout import indented, is_right_to_left, isolate, name_roles, plain, quoted
from dragoman.linking import Linked
from dragoman.statement import Difference, Statement

_STYLES = {"conflict": "bold red", "coarser": "yellow", "only-here": "cyan"}
TURNED = {"modality": "done or not", "role": "who acts", "type": "for or against"}
GRAVE = {"conflict": "cannot both be true", "coarser": "one side less exact", "only-here": "one side only"}


def print_comparison(console: Console, found: Comparison) -> None:
    """Conflicts first, then what changed from edition to edition, differences, what several say, what only one says, and coverage."""
    _print_title(console, found.subject)
    console.print(_versions(found.versions))
    _print_head(console, "Conflicts", len(found.conflicts))
    for told in found.conflicts:
        _print_conflict(console, told)
    for change in found.changes:
        _print_change(console, change)
    differing = found.differing
    _print_head(console, "Differences", len(differing) + len(found.sentences))
    for both in differing:
        _print_both(console, both)
    for sentences in found.sentences:
        _print_sentences(console, sentences)
    alike = [both for both in found.both if not both.fact.differences]
    _print_head(console, "Said alike", len(alike))
    for both in alike:
        _print_both(console, both)
    for version in found.versions if not found.followed else ():
        only = [one for one in found.only if one.statement.doc == version.id]
        _print_head(console, f"Only in {plain(version.id)}", len(only))
        _print_only(console, only)
    console.print(Text("\nCoverage: what of each section another version says too", "bold"))
    console.print(_coverage(found.coverage))


def print_conflicts(console: Console, found: Sequence[Told], subject: str) -> None:
    """Conflicts one below the other."""
    console.print(Text(f"{plain(subject)}: {len(found)} conflict{'s' if len(found) != 1 else ''}", "bold"))
    for told in found:
        _print_conflict(console, told)


def print_linked(console: Console, statements: Sequence[Statement], found: Linked) -> None:
    """Facts, their differences, conflicts and issues, by the statements' ids."""
    by_id = {one.id: one for one in statements}
    _print_head(console, "Facts", len(found.facts))
    for fact in found.facts:
        _print_both(console, Both(fact, tuple(by_id[id] for id in fact.statements)))
    _print_head(console, "Conflicts", len(found.conflicts))
    for conflict in found.conflicts:
        _print_conflict(console, Told(conflict, tuple(by_id[id] for id in conflict.statements)))
    _print_head(console, "Issues", len(found.issues))
    for issue in found.issues:
        console.print(Text(f"  {isolate(plain(issue.name))}  {', '.join(plain(id) for id in issue.statements)}"))


def _print_title(console: Console, subject: str) -> None:
    console.print(Text(plain(subject), "bold"))


def _print_head(console: Console, title: str, number: int) -> None:
    console.print(Text(f"\n{title}: {number}", "bold"))


def _versions(versions: Iterable[Version]) -> Table:
    table = Table.grid(padding=(0, 2))
    for one in versions:
        named = [plain(one.id), one.language, plain(one.edition), isolate(plain(one.title))]
        table.add_row(*named, f"{one.told} of {one.sentences} sentences and {one.shared} of {one.statements} statements said elsewhere")
    return table


def _print_conflict(console: Console, told: Told) -> None:
    console.print(Text.assemble("\n  ", (told.conflict.kind, "bold red"), f"  {isolate(plain(told.conflict.problem))}"))
    for statement in told.statements:
        _print_statement(console, statement)


def _print_change(console: Console, change: Change) -> None:
    console.print(Text(f"\nFrom {plain(change.older)} to {plain(change.newer)}", "bold"))
    _print_head(console, "Turned round", len(change.turned))
    for turned in change.turned:
        console.print(Text(f"\n  {turned.newer.type}: {TURNED[turned.how]}", "bold red"))
        for statement in (turned.older, turned.newer):
            _print_statement(console, statement)
    for title, statements in (("Added", change.added), ("Dropped", change.dropped)):
        _print_head(console, title, len(statements))
        for statement in statements:
            _print_statement(console, statement)


def _print_statement(console: Console, statement: Statement, by: int = 4) -> None:
    console.print(indented(console, quoted(statement.quote), by))
    date = f", {statement.date}" if statement.date else ""
    console.print(Text(" " * by + f"{plain(statement.doc)}{date}, {statement.id[:12]}", "dim"))


def _print_both(console: Console, both: Both) -> None:
    fact = both.fact
    console.print(
        Text.assemble("\n  ", ((fact.date or "undated"), "cyan"), "  ", (fact.type, "bold"), "  ", name_roles(both.statements[0]))
    )
    for difference in fact.differences:
        console.print(_difference(difference, {one.id: one.doc for one in both.statements}))
    for statement in both.statements:
        _print_statement(console, statement)


def _print_sentences(console: Console, sentences: Sentences) -> None:
    console.print()
    for difference in sentences.differences:
        console.print(_difference(difference, {id: id for id in sentences.texts}))
    for id, text in sentences.texts.items():
        console.print(indented(console, quoted(text), 4))
        console.print(Text(f"    {plain(id)}", "dim"))


def _difference(difference: Difference, names: Mapping[str, str]) -> Text:
    """One line: the slot, how grave, and what each side has."""
    values = "; ".join(f"{plain(names.get(id, id))}: {isolate(plain(value))}" for id, value in difference.values.items())
    style = _STYLES[difference.severity]
    return Text.assemble("  ", (f"{difference.slot} differs", style), f" ({GRAVE[difference.severity]})  {values}")


def _print_only(console: Console, only: Sequence[Only]) -> None:
    section = None
    for one in only:
        if one.section != section:
            section = one.section
            places = ", ".join(f"{plain(id)}: {isolate(plain(title)) or 'the beginning'}" for id, title in one.belongs.items())
            console.print(Text(f"\n  {isolate(plain(section)) or 'Before the first heading'}  (would belong in {places})", "italic"))
        _print_statement(console, one.statement)


def _coverage(coverage: Iterable[Part]) -> Table:
    table = Table(box=None, padding=(0, 2, 0, 0))
    for column in ("document", "section", "sentences", "statements"):
        table.add_column(column, justify="right" if column in ("sentences", "statements") else "left", overflow="fold")
    for part in coverage:
        title = isolate(plain(part.title)) or "-"
        table.add_row(plain(part.document), title, f"{part.told}/{part.sentences}", f"{part.shared}/{part.statements}")
    return table


def print_wikitext(console: Console, found: Comparison) -> None:
    """The comparison as wikitext: tables, quotes in their language and direction."""
    console.print(Text("\n".join(_wikitext(found))), soft_wrap=True)


def _wikitext(found: Comparison) -> Iterable[str]:
    language = {version.id: version.language for version in found.versions}
    yield f"== {_wiki(found.subject)} =="
    yield "=== Conflicts ==="
    for told in found.conflicts:
        yield f"* '''{told.conflict.kind}''': {_wiki(told.conflict.problem)}"
        yield from (f"** {_wiki_quote(one.quote, one.language)} ({_wiki(one.doc)})" for one in told.statements)
    for change in found.changes:
        yield from _wiki_change(change)
    yield "=== Differences ==="
    yield from _wiki_table(("what", "how grave", *(version.id for version in found.versions)))
    for both in found.differing:
        for difference in both.fact.differences:
            cells = [" / ".join(_wiki_quote(one.quote, one.language) for one in both.statements if one.doc == v.id) for v in found.versions]
            yield from _wiki_row(difference.slot, GRAVE[difference.severity], *cells)
    for sentences in found.sentences:
        for difference in sentences.differences:
            cells = [_wiki_quote(sentences.texts[v.id], v.language) if v.id in sentences.texts else "" for v in found.versions]
            yield from _wiki_row(difference.slot, GRAVE[difference.severity], *cells)
    yield "|}"
    for version in found.versions if not found.followed else ():
        yield f"=== Only in {_wiki(version.id)} ==="
        for one in found.only:
            if one.statement.doc == version.id:
                places = ", ".join(_wiki(title) or "the beginning" for title in one.belongs.values())
                yield f"* {_wiki_quote(one.sentence, language[version.id])} → {places}"
    yield "=== Coverage ==="
    yield from _wiki_table(("document", "section", "sentences said elsewhere", "statements said elsewhere"))
    for part in found.coverage:
        yield from _wiki_row(
            _wiki(part.document), _wiki(part.title), f"{part.told} of {part.sentences}", f"{part.shared} of {part.statements}"
        )
    yield "|}"


def _wiki_change(change: Change) -> Iterable[str]:
    yield f"=== From {_wiki(change.older)} to {_wiki(change.newer)} ==="
    yield "==== Turned round ===="
    yield from _wiki_table(("what", change.older, change.newer))
    for one in change.turned:
        yield from _wiki_row(TURNED[one.how], *(_wiki_quote(side.quote, side.language) for side in (one.older, one.newer)))
    yield "|}"
    for title, statements in (("Added", change.added), ("Dropped", change.dropped)):
        yield f"==== {title} ===="
        yield from (f"* {_wiki_quote(one.quote, one.language)}" for one in statements)


def _wiki_table(columns: Sequence[str]) -> Iterable[str]:
    yield '{| class="wikitable"'
    yield "! " + " !! ".join(map(_wiki, columns))


def _wiki_row(*cells: str) -> Iterable[str]:
    yield "|-"
    yield "| " + " || ".join(cells)


def _wiki(text: str) -> str:
    """The text as it reads, without what wikitext would take for markup."""
    clean = plain(text)
    return f"<nowiki>{clean.replace('<', '&lt;')}</nowiki>" if any(sign in clean for sign in "[]{}|'<>=*#&~_") else clean


def _wiki_quote(text: str, language: str) -> str:
    direction = "rtl" if is_right_to_left(text) else "ltr"
    return f'<span lang="{language}" dir="{direction}">{_wiki(quoted(text))}</span>'
