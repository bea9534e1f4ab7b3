"""Reading: a source, or a text in memory, to a Document with its sections and sentences."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from dragoman.errors import ReadingError
from dragoman.reading import detection, layout, naming
from dragoman.reading.decoding import decode
from dragoman.reading.source import Source
from dragoman.reading.splitting import LONGEST, Rules, cut, rules, split
from dragoman.statement import Document, Section, Sentence

LARGEST = 16 * 1024 * 1024
"""Bytes in a file, and characters in a text, above which it is refused."""
MOST_SENTENCES = 2_500_000
"""Sentences and headings; more would not fit in the memory that a process may take."""

_SURROGATE = re.compile("[\ud800-\udfff]")
_MARKDOWN = (".md", ".markdown")
_SPLIT = "Split it into smaller files."


def read(source: Source) -> Document:
    """The document in a file. Raises ReadingError when it cannot be read, LanguageError when its language cannot."""
    path, entry = source.path, source.entry
    where = naming.show(path)
    decoded = decode(_bytes(path), where)
    known: dict[str, Any] = {"source": naming.show(path.relative_to(source.root) if source.root else Path(path.name))}
    if entry is not None:
        told = {"subject": entry.subject, "edition": entry.edition, "title": entry.title, "source": entry.source, "licence": entry.licence}
        known |= {key: value for key, value in told.items() if value}
    return parse(
        decoded.text,
        naming.identify(path),
        detection.normalise(entry.language, entry.where) if entry and entry.language else None,
        encoding=decoded.encoding,
        notes=decoded.notes,
        markdown=path.suffix.lower() in _MARKDOWN,
        where=where,
        **known,
    )


def _bytes(path: Path) -> bytes:
    where = naming.show(path)
    try:
        size = path.stat().st_size
        if size > LARGEST:
            raise ReadingError(f"The file has {size:,} bytes; at most {LARGEST:,} are read.", where, _SPLIT)
        return path.read_bytes()
    except FileNotFoundError as error:
        raise ReadingError("There is no such file.", where, "Check the path, or the link.") from error
    except OSError as error:
        raise ReadingError(f"The file cannot be read: {error.strerror}.", where, "Check its permissions.") from error


def parse(
    text: str,
    id: str,
    language: str | None = None,
    *,
    subject: str = "",
    edition: str = "",
    title: str = "",
    source: str = "",
    licence: str = "",
    encoding: str = "utf-8",
    notes: tuple[str, ...] = (),
    markdown: bool = False,
    where: str = "",
) -> Document:
    """The document of a text in memory; offsets are into `text` as it is given.

    language: BCP 47; when not given it is told by the id, named like a file (pakistan-syria.en), else by the text.
    subject, edition: when not given by the id too. title: when not given, the first heading of level 1.
    markdown: `---` under a line makes it a heading, ``` stands around code. where: how errors name the text (default: the id).
    Raises ReadingError for a text that is empty, too large, or holds what is no character; LanguageError for its language.
    """
    where = where or id
    _check(text, where)
    named = naming.parse(id)
    known = list(notes)
    if told := language or named.language:
        code = detection.normalise(told, where)
        seems = detection.guess(text)
        if seems.code and seems.code != code.split("-")[0] and seems.share > 0:
            known.append(f"The text is taken as {detection.name(code)}, as it was given; it looks like {detection.name(seems.code)}.")
    else:
        code, note = detection.detect(text, where)
        known.append(note)
    sections, sentences, assumed = _structure(text, rules(code.split("-")[0]), markdown, where)
    return Document(
        id=id,
        text=text,
        language=code,
        subject=subject or named.subject,
        edition=edition or named.edition,
        title=title or next((section.title for section in sections if section.level == 1), ""),
        source=source,
        licence=licence,
        encoding=encoding,
        sections=tuple(sections),
        sentences=tuple(sentences),
        notes=(*known, *assumed),
    )


def _check(text: str, where: str) -> None:
    if len(text) > LARGEST:
        raise ReadingError(f"The text has {len(text):,} characters; at most {LARGEST:,} are read.", where, _SPLIT)
    if layout.is_blank(text):
        raise ReadingError("There is no text in it.", where, "Leave it out, or see whether it was saved whole.")
    if (place := text.find("\0")) >= 0:
        raise ReadingError(f"It is binary: there is a NUL (U+0000) at character {place}.", where, "Give text only.")
    if not text.isascii() and (found := _SURROGATE.search(text)) is not None:
        what = f"Character {found.start()} is a lone surrogate (U+{ord(found[0]):04X}), which is no character."
        raise ReadingError(what, where, "Decode the text from its bytes again.")


def _structure(text: str, rules: Rules, markdown: bool, where: str) -> tuple[list[Section], list[Sentence], list[str]]:
    """Sections and sentences of a text, and what had to be assumed."""
    habits, blocks = layout.lay_out(text, rules, markdown)
    sections: list[Section] = []
    sentences: list[Sentence] = []
    above: list[int] = []  # the sections that the place in the text stands in, outermost first
    long = 0
    for paragraph, block in enumerate(blocks):
        if block.role == "heading":
            start, end = block.lines[0]
            while above and sections[above[-1]].level >= block.level:
                above.pop()
            sections.append(Section(text[start:end], block.level, start, end, above[-1] if above else -1))
            above.append(len(sections) - 1)
        section = len(sections) - 1
        for start, end in layout.segments(text, block, habits.width):
            whole = split(text, start, end, rules) if block.role in ("body", "list") else ((start, end),)
            for span in whole:
                long += span[1] - span[0] > LONGEST
                sentences.extend(Sentence(*piece, section, block.role, paragraph) for piece in cut(text, *span))
                if len(sentences) + len(sections) > MOST_SENTENCES:
                    raise ReadingError(f"The text has more than {MOST_SENTENCES:,} sentences and headings.", where, _SPLIT)
    assumed = [f"Lines are wrapped at {habits.width} characters; sentences run over their ends."] if habits.width else []
    if long:
        assumed.append(f"Sentences longer than {LONGEST:,} characters were cut: {long}.")
    return sections, sentences, assumed
