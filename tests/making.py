"""Small documents and statements made by hand, for the rooms that come after coding."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import msgspec

from dragoman.statement import Actor, Document, Evidence, Section, Sentence, Statement

ROOT = Path(__file__).resolve().parent.parent
CODER = "test-1"


def make_document(id: str, *sentences: str, language: str = "en", **fields: Any) -> Document:
    """A document of these sentences, a space between them, all in one section and paragraph."""
    spans, start = [], 0
    for sentence in sentences:
        spans.append(Sentence(start, start + len(sentence), 0, "body", 0))
        start += len(sentence) + 1
    text = " ".join(sentences)
    section = Section("All", 1, 0, 0)
    return Document(id, text, language, sections=(section,), sentences=tuple(spans), source=f"{id}.txt", notes=("made by hand",), **fields)


def make_statement(document: Document, sentence: int = 0, source: str = "PAK", target: str = "SYR", **fields: Any) -> Statement:
    """A statement that quotes the whole of one sentence; every field can be given."""
    span = document.sentences[sentence]
    quote = document.text[span.start : span.end]
    plain = Statement(
        id=hashlib.sha256(f"{document.id} {sentence} {sorted(fields)} {source} {target}".encode()).hexdigest()[:16],
        doc=document.id,
        language=document.language,
        start=span.start,
        end=span.end,
        quote=quote,
        kind="event",
        type="CONSULT",
        topic="diplomacy",
        source=(Actor(source, "", quote[:3], span.start, span.start + 3),) if source else (),
        target=(Actor(target, "GOV", quote[-3:], span.end - 3, span.end),) if target else (),
        evidence=(Evidence("type", span.start, span.end, "rule-1"), Evidence("date", -1, -1)),
        confidence=0.7 + 0.1,
    )
    return msgspec.structs.replace(plain, **fields)


def make_pair(id: str = "a.en", count: int = 3, word: str = "met") -> tuple[Document, list[Statement]]:
    """A document and one statement for each of its sentences."""
    document = make_document(id, *(f"Pakistan {word} Syria for the {number}th time." for number in range(count)))
    return document, [make_statement(document, number) for number in range(count)]


def run_python(code: str, *arguments: str, **options: Any) -> subprocess.CompletedProcess[str]:
    """Run a program in another process, the package on its path."""
    return subprocess.run(
        [sys.executable, "-c", code, *arguments],
        env=environment(),
        capture_output=True,
        encoding="utf-8",
        timeout=120,
        check=False,
        **options,
    )


def start_python(code: str, *arguments: str) -> subprocess.Popen[str]:
    """Start a program in another process; its output is a pipe."""
    return subprocess.Popen([sys.executable, "-c", code, *arguments], env=environment(), stdout=subprocess.PIPE, encoding="utf-8")


def environment(**more: str) -> dict[str, str]:
    """The environment with the package and this module on the path."""
    kept = {name: value for name, value in os.environ.items() if name != "COLUMNS"}
    return kept | {"PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT / 'tests'}", "PYTHONUTF8": "1"} | more


def run_dragoman(*arguments: str | Path, cwd: Path | None = None, **more: str) -> subprocess.CompletedProcess[str]:
    """Run the command line in another process."""
    command: Sequence[str] = [sys.executable, "-c", "from dragoman.cli import main; main()", *map(str, arguments)]
    return subprocess.run(command, cwd=cwd, env=environment(**more), capture_output=True, encoding="utf-8", timeout=300, check=False)
