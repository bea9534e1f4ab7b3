"""How what a language model did, or would do, is told."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import msgspec
from rich.console import Console
from rich.table import Table
from rich.text import Text

from dragoman.cli.layout import isolate, plain
from dragoman.coding.second import Told
from dragoman.engines import Summary
from dragoman.engines.outgoing import Estimate
from dragoman.prompting import Prompt, Usage
from dragoman.statement import Document


def tell(summary: Summary, name: str, usage: Usage, told: Told) -> dict[str, Any]:
    """A summary for JSON, with what the model used, and what became of what it said."""
    built: dict[str, Any] = msgspec.to_builtins(summary)
    return built | {"model": {"name": name, "used": usage, "told": told}}


def print_used(console: Console, name: str, usage: Usage, told: Told) -> None:
    """What asking the model has cost, and what became of what it said."""
    table = Table.grid(padding=(0, 2))
    kept = f", {usage.kept:,} answers were kept" if usage.kept else ""
    table.add_row("model", Text(isolate(plain(name))))
    table.add_row("requests", f"{usage.requests:,}{kept}")
    table.add_row("tokens", f"{usage.tokens_in:,} sent, {usage.tokens_out:,} received{_priced(usage.cost)}")
    table.add_row("borne out", f"{told.kept:,} statement{'s' if told.kept != 1 else ''}")
    for name_, reasons in (("refused", told.refused), ("left empty", told.dropped)):
        if total := sum(reasons.values()):
            table.add_row(name_, f"{total:,} ({'; '.join(f'{reason} {number:,}' for reason, number in reasons.items() if number)})")
    console.print(table)


def print_estimate(console: Console, found: Estimate) -> None:
    """About what a build would cost."""
    table = Table.grid(padding=(0, 2))
    table.add_row("documents", f"{found.documents:,}")
    table.add_row("requests", f"{found.requests - found.kept:,}" + (f", {found.kept:,} answers are kept" if found.kept else ""))
    table.add_row("tokens", f"about {found.tokens_in:,} sent, {found.tokens_out:,} received{_priced(found.cost)}")
    console.print(table)


def print_outgoing(console: Console, documents: Iterable[tuple[Document, list[Prompt]]], knows: Callable[[Prompt], bool]) -> None:
    """The text that would go out, all of it: the instructions once, then what is asked about each document."""
    instructions = ""
    for document, prompts in documents:
        for number, prompt in enumerate(prompts, 1):
            if knows(prompt):
                continue
            if prompt.instructions != instructions:
                instructions = prompt.instructions
                console.print(Text("instructions, with every request", "bold"))
                console.print(Text(_shown(instructions) + "\n"), soft_wrap=True)
            console.print(Text(f"{plain(document.id)}, request {number} of {len(prompts)}", "bold"))
            console.print(Text(isolate(_shown(prompt.text)) + "\n"), soft_wrap=True)


def _shown(text: str) -> str:
    """As it is, without characters that could steer the terminal."""
    return "\n".join(map(_line, text.splitlines()))


def _line(line: str) -> str:
    return "".join(c if c.isprintable() or c == " " else "\ufffd" for c in line)


def _priced(cost: float | None) -> str:
    return "" if cost is None else f", cost {cost:.4f}"
