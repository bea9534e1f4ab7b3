"""Reading: a source, or a text in memory, to a Document with its sections and sentences."""

from __future__ import annotations

import re
from bisect import bisect_left
from pathlib import Path

import msgspec

from dragoman.errors import ReadingError
from dragoman.reading import detection, layout, naming, wikitext
from dragoman.reading.decoding import Decoded, decode
from dragoman.reading.draft import LARGEST, Draft, Limits
from dragoman.reading.source import Source
from dragoman.reading.splitting import LONGEST, Rules, cut, rules, split
from dragoman.statement import Document, Section, Sentence

__all__ = ["LARGEST", "MOST_SENTENCES", "parse", "read"]

MOST_SENTENCES = 2_500_000
"""Sentences and headings; more would not fit in the memory that a process may take."""

_SURROGATE = re.compile("[\ud800-\udfff]")
_MARKDOWN = (".md", ".markdown")
_SPLIT = "Split it into smaller files."


def read(source: Source) -> Document:
    """The document in a file, or the one in a file of many that `source` names.

    Raises ReadingError when it cannot be read, LanguageError when its language cannot.
    """
    path, entry, member = source.path, source.entry, source.member
    where = member.where if member else naming.show(path)
    known: dict[str, str] = {"file": naming.show(path.relative_to(source.root) if source.root else Path(path.name))}
    if entry is not None:
        told = {"subject": entry.subject, "edition": entry.edition, "title": entry.title, "source": entry.source, "licence": entry.licence}
        told["published"] = entry.published
        known |= {key: value for key, value in told.items() if value}
    id = member.id if member else naming.identify(path)
    language = detection.normalise(entry.language, entry.where) if entry and entry.language else None
    draft = _draft(source, where, language or naming.parse(id).language or "en")
    return _finish(draft, id, language, where, source.limits, known)


def _draft(source: Source, where: str, language: str) -> Draft:
    """What the reader of the source's format makes of it."""
    member, limits = source.member, source.limits
    ending = member.format if member else source.path.suffix.lower()
    data: bytes | str = member.text if member else _bytes(source.path, limits.largest)
    # Imported where they are needed: most texts are neither.
    if ending == ".pdf" and isinstance(data, bytes):
        from dragoman.reading.pdf import read as read_pdf

        return read_pdf(data, where, limits)
    if ending in naming.PAGES:
        from dragoman.reading.html import read as read_html

        return read_html(data, where, limits)
    decoded = decode(data, where) if isinstance(data, bytes) else Decoded(data, "utf-8")
    wiki = ending in naming.WIKI
    draft = wikitext.read(decoded.text, language, where, limits) if wiki else Draft(decoded.text, markdown=ending in _MARKDOWN)
    draft.encoding, draft.notes = decoded.encoding, decoded.notes
    return draft


def _bytes(path: Path, largest: int) -> bytes:
    where = naming.show(path)
    try:
        size = path.stat().st_size
        if size > largest:
            raise ReadingError(f"The file has {size:,} bytes; at most {largest:,} are read.", where, _SPLIT)
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
    published: str = "",
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
    draft = Draft(text, encoding=encoding, notes=notes, markdown=markdown)
    known = {"subject": subject, "edition": edition, "title": title, "source": source, "licence": licence, "published": published}
    return _finish(draft, id, language and detection.normalise(language, where), where, Limits(), known)


def _finish(draft: Draft, id: str, language: str | None, where: str, limits: Limits, known: dict[str, str]) -> Document:
    """The document of a draft. language: as it was given, in its usual form. known: what was given beside; it outdoes the draft."""
    text = draft.text
    _check(text, where, limits.largest)
    named = naming.parse(id)
    notes = list(draft.notes)
    if language or named.language:
        code = language or detection.normalise(named.language, where)
        seems = detection.guess(text)
        if seems.code and seems.code != code.split("-")[0] and seems.share > 0:
            notes.append(f"The text is taken as {detection.name(code)}, as it was given; it looks like {detection.name(seems.code)}.")
    elif draft.language and detection.guess(text).code == draft.language.split("-")[0]:
        code = detection.normalise(draft.language, where)
    else:
        code, note = detection.detect(text, where)
        notes.append(note)
    sections, sentences, assumed = _structure(draft, rules(code.split("-")[0]), where)
    return Document(
        id=id,
        text=text,
        language=code,
        subject=known.get("subject") or named.subject,
        edition=known.get("edition") or named.edition,
        title=known.get("title") or draft.title or next((section.title for section in sections if section.level == 1), ""),
        source=known.get("source") or draft.source or known.get("file", ""),
        licence=known.get("licence", ""),
        encoding=draft.encoding,
        sections=tuple(sections),
        sentences=tuple(_with_cites(sentences, draft.cites)),
        notes=(*notes, *assumed),
        published=known.get("published") or draft.published,
        pages=draft.pages,
    )


def _with_cites(sentences: list[Sentence], cites: list[tuple[int, str]]) -> list[Sentence]:
    """The sentences with the sources that are cited in them or right behind them."""
    if not cites:
        return sentences
    starts = [sentence.start for sentence in sentences]
    found: dict[int, dict[str, None]] = {}
    for place, source in cites:
        # What is cited at the beginning of a sentence stands behind the one before, if that is of the same paragraph.
        at = bisect_left(starts, place) - 1
        if at >= 0 and place <= sentences[at].end + 1:
            found.setdefault(at, {})[source] = None
    for at, sources in found.items():
        sentences[at] = msgspec.structs.replace(sentences[at], cites=tuple(sources))
    return sentences


def _check(text: str, where: str, largest: int) -> None:
    if len(text) > largest:
        raise ReadingError(f"The text has {len(text):,} characters; at most {largest:,} are read.", where, _SPLIT)
    if layout.is_blank(text):
        raise ReadingError("There is no text in it.", where, "Leave it out, or see whether it was saved whole.")
    if (place := text.find("\0")) >= 0:
        raise ReadingError(f"It is binary: there is a NUL (U+0000) at character {place}.", where, "Give text only.")
    if not text.isascii() and (found := _SURROGATE.search(text)) is not None:
        what = f"Character {found.start()} is a lone surrogate (U+{ord(found[0]):04X}), which is no character."
        raise ReadingError(what, where, "Decode the text from its bytes again.")


def _structure(draft: Draft, rules: Rules, where: str) -> tuple[list[Section], list[Sentence], list[str]]:
    """Sections and sentences of a text, and what had to be assumed."""
    text, blocks, width = draft.text, iter(draft.blocks or ()), 0
    if draft.blocks is None:
        habits, blocks = layout.lay_out(text, rules, draft.markdown)
        width = habits.width
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
        for start, end in layout.segments(text, block, width):
            whole = split(text, start, end, rules) if block.role in ("body", "list") else ((start, end),)
            for span in whole:
                long += span[1] - span[0] > LONGEST
                sentences.extend(Sentence(*piece, section, block.role, paragraph) for piece in cut(text, *span))
                if len(sentences) + len(sections) > MOST_SENTENCES:
                    raise ReadingError(f"The text has more than {MOST_SENTENCES:,} sentences and headings.", where, _SPLIT)
    assumed = [f"Lines are wrapped at {width} characters; sentences run over their ends."] if width else []
    if long:
        assumed.append(f"Sentences longer than {LONGEST:,} characters were cut: {long}.")
    return sections, sentences, assumed
