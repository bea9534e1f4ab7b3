"""Layout: the blocks of a text (headings, list items, fields of an infobox, paragraphs), found line by line.

Lines are never copied or changed: a block is the spans of its lines, without white space around and without marks such as
`==`, `#`, `-` or `|`. Two passes, both linear: the first learns the habits of the text, the second finds headings by them.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import chain, pairwise
from typing import Literal

import msgspec

from dragoman.reading.splitting import CLOSERS, MARKS, STOPS, Rules, split

Span = tuple[int, int]
Role = Literal["body", "heading", "list", "field"]

_LINE_ENDS = r"[\n\r\v\f\x85\u2028\u2029]"
_BREAK = re.compile(rf"\r\n|{_LINE_ENDS}")
_INK = re.compile(rf"[^\s{MARKS}]")
_LINE_END = re.compile(_LINE_ENDS)
_TO_BREAK = re.compile(rf"(?s:.*){_LINE_ENDS}")
_VISIBLE = re.compile(r"\S")
_TO_VISIBLE = re.compile(r"(?s:.*)\S")
_VISIBLES = re.compile(r"\S+")
_RULE = re.compile(r"[-=_*~#─—|:+}\s]{3,}\Z|[=#]{1,2}\Z|\}\}\Z|\{\|\Z|\|[-}]\Z")
_HASHES = re.compile(r"#{1,6}(?=\s)\s*(?=[^\s#])")
_HASHES_BEHIND = re.compile(r"\s#+\Z")
_ITEM = re.compile(r"(?:[-*+–](?=\s)|[•◦▪‣]|\d{1,3}[.)](?=\s))\s*(?=\S)")
_PIPE = re.compile(r"(?:\{\||\|-|\|\+|\||\{\{)\s*(?=\S)")
_QUOTED = re.compile(r"(?:>\s?)+(?=\S)")
_FENCE = re.compile(r"(?:`{3,}|~{3,})\s*(?=[^`]*\Z)")
_FILE = re.compile(r"[^:]{1,40}:\s*\S.*\.(?:png|jpe?g|svg|gif|webp|tiff?|pdf)\Z", re.IGNORECASE)
_PAIR = re.compile(r"[^\W\d_][^:|.!?]{0,30}:\s+\S")
_WORDS = re.compile(r"[^\W_](?:[^\W_]|[-'’.](?=[^\W_])|[\u0300-\u036f\u064b-\u0652\u0670])*")
_YEAR = re.compile(r"\d{4}")
_UNFINISHED = STOPS + ",;:،؛"

_LONGEST_HEADING, _LONGEST_MARK = 300, 400
"""Most characters in a heading with marks; as many of a line are looked at for marks."""
_LONGEST_TITLE, _LONGEST_BOX, _PROSE = 120, 60, 80
"""Most characters in a heading without marks; in a line above a box; a line of at least so many is running text."""
_TITLE, _LONE, _ABOVE, _CAPTION = 14, 8, 5, 18
"""Most words in a title; in a heading alone between blank lines; right above its paragraph; there and with a full stop."""
_KEPT = 300_000
"""Lines kept from the first pass to the second; with more, they are found again, to keep memory bounded."""
_MOST_LINES = 10_000
"""Lines in a block; a longer one is cut, to keep memory bounded."""
_WRAPPED = range(40, 101)
"""Widths, in characters, at which running text is wrapped."""


class Block(msgspec.Struct):
    """Lines that belong together. level: of a heading, else 0. closed: a blank line, a rule or the end follows."""

    role: Role
    lines: list[Span]
    level: int = 0
    closed: bool = False


class Habits(msgspec.Struct, frozen=True):
    """How a text is set.

    marked: its headings have marks. lone: its short lines between blank lines are headings. width: lines are wrapped there, 0 for not.
    """

    marked: bool
    lone: bool
    width: int


class _Line(msgspec.Struct):
    """A line that is not blank.

    role: Block's, or rule, or fence (what stands behind its mark, if anything, is a field). apart: a blank line or the
    beginning of the text stands before.
    """

    role: str
    level: int
    start: int
    end: int
    indent: int
    apart: bool


def is_blank(text: str) -> bool:
    """Whether nothing in the text can be seen: white space and marks of direction only."""
    return _INK.search(text) is None


def lay_out(text: str, rules: Rules, markdown: bool) -> tuple[Habits, Iterator[Block]]:
    """How the text is set, and its blocks in order, headings without marks among them."""
    assembled = _assemble(text, rules, markdown)
    kept, lines = list[Block](), 0
    for block in assembled:
        kept.append(block)
        lines += len(block.lines)
        if lines > _KEPT:
            break
    habits = _survey(text, chain(kept, assembled))
    again = kept if lines <= _KEPT else _assemble(text, rules, markdown)
    return habits, _with_headings(text, again, rules, habits)


def _survey(text: str, assembled: Iterable[Block]) -> Habits:
    """What the text as a whole tells about its lines."""
    marked, lone, prose = False, 0, 0
    longest, inner = 0, Counter[int]()
    for block in assembled:
        if block.role == "heading":
            marked = marked or block.level > 1
        elif block.role == "body":
            if len(block.lines) == 1 and block.closed and _is_heading(text, block.lines[0], _LONE):
                lone += block.lines[0][1] - block.lines[0][0]
            else:
                prose += block.lines[-1][1] - block.lines[0][0]
            if len(block.lines) > 1 and longest <= _WRAPPED[-1]:
                longest = max(longest, *(end - start for start, end in block.lines))
                inner.update(_needed(text, line, after) for line, after in pairwise(block.lines))
    # Wrapped: nearly no line could have held the first word of the next one.
    full = sum(times for needed, times in inner.items() if needed > longest)
    wrapped = longest in _WRAPPED and full >= 3 and full >= 0.9 * inner.total()
    # A text that is mostly short lines apart is a list or a poem.
    return Habits(marked, lone <= prose, longest if wrapped else 0)


def _with_headings(text: str, assembled: Iterable[Block], rules: Rules, habits: Habits) -> Iterator[Block]:
    first = True
    for block, after in pairwise(chain(assembled, [None])):
        assert block is not None
        if level := _implied(text, block, first, after is not None, rules, habits):
            yield Block("heading", block.lines[:1], level)
            del block.lines[0]
        if block.lines:
            yield block
        first = False


def segments(text: str, block: Block, width: int) -> Iterator[Span]:
    """The lines of a block, joined where a sentence runs on from one to the next.

    In a paragraph it does when the one does not end in a stop and the other begins with a small letter, or when the text is
    wrapped at `width` and the one is full; in a list item always; in fields never.
    """
    if block.role == "list":
        yield block.lines[0][0], block.lines[-1][1]
        return
    start, end = block.lines[0]
    for line, after in pairwise(block.lines):
        full = width and _needed(text, line, after) > width
        if block.role != "body" or not (full or _runs_on(text, line, after)):
            yield start, end
            start = after[0]
        end = after[1]
    yield start, end


def _needed(text: str, line: Span, after: Span) -> int:
    """Characters that `line` would have with the first word of the line after it."""
    word = _VISIBLES.match(text, *after)
    return line[1] - line[0] + 1 + (word.end() - word.start() if word else 0)


def _runs_on(text: str, line: Span, after: Span) -> bool:
    last = text[max(line[0], line[1] - 16) : line[1]].rstrip(CLOSERS)[-1:]
    return last not in STOPS and text[after[0] : min(after[1], after[0] + 8)].lstrip("\"'“‘«([")[:1].islower()


def _lines(text: str, markdown: bool) -> Iterator[_Line]:
    place = 0
    while (ink := _INK.search(text, place)) is not None:
        start = begin = ink.start()
        apart = place == 0
        if apart or start - place > 1:  # more than the end of the line before
            found = _BREAK.search(text, place, start)
            apart = apart or (found is not None and _BREAK.search(text, found.end(), start) is not None)
            begin = _TO_BREAK.match(text, place, start).end() if found else place  # type: ignore[union-attr]
            start = _VISIBLE.search(text, begin).start()  # type: ignore[union-attr]
        found = _LINE_END.search(text, start)
        place = end = found.start() if found else len(text)
        if text[end - 1].isspace():
            end = _TO_VISIBLE.match(text, start, end).end()  # type: ignore[union-attr]
        role, level, first, last = ("body", 0, start, end) if text[start].isalpha() else _classify(text, start, end, markdown)
        yield _Line(role, level, first, last, start - begin, apart)


def _classify(text: str, start: int, end: int, markdown: bool) -> tuple[str, int, int, int]:
    """What a line is by its marks: role (or "rule", "fence"), level, and the span without the marks."""
    head = text[start : min(end, start + _LONGEST_MARK)].strip(MARKS)
    if not head:  # nothing but marks of direction, as far as a mark may reach
        return "body", 0, start, end
    whole, start = start, text.index(head[0], start)
    short = end - start <= _LONGEST_HEADING
    if markdown:
        if short and (fence := _FENCE.match(head)) is not None:
            return "fence", 0, start + fence.end(), max(start + fence.end(), end)
        if (quoted := _QUOTED.match(head)) is not None:
            return "body", 0, start + quoted.end(), end
    if short and _RULE.match(head):
        return "rule", 0, start, end
    if short and head[0] == "=" == head[-1]:
        title = head.strip("=").strip()
        level = min(len(head) - len(head.lstrip("=")), len(head) - len(head.rstrip("=")))
        first = start + head.index(title, level)
        return "heading", level, first, first + len(title)
    if short and (hashes := _HASHES.match(head)) is not None:
        title = _HASHES_BEHIND.sub("", head[hashes.end() :]).rstrip()
        return "heading", len(head) - len(head.lstrip("#")), start + hashes.end(), start + hashes.end() + len(title)
    if (pipe := _PIPE.match(head)) is not None:
        return "field", 0, start + pipe.end(), end
    if (item := _ITEM.match(head)) is not None:
        role = "field" if short and _FILE.match(head, item.end()) else "list"
        return role, 0, start + item.end(), end
    return "body", 0, whole, end


def _assemble(text: str, rules: Rules, markdown: bool) -> Iterator[Block]:
    """Lines put together by their marks and the blank lines between them."""
    block: Block | None = None
    box = fenced = False
    for line in _lines(text, markdown):
        span, role = (line.start, line.end), line.role
        if role == "fence":
            fenced, role = not fenced, "field" if line.start < line.end else "rule"
        if box and line.apart:
            box = False
        if role in ("body", "field") and not box:
            box = _opens_box(text, span, rules)
        if (box or fenced) and role in ("body", "list"):
            role = "field"
        if block is not None and (role == "rule" or line.apart or not _joins(text, block, line, role)):
            block.closed = line.apart or role == "rule"
            if role == "rule" and not line.apart and (level := _underlined(text, block, span, markdown)):
                block.role, block.level = "heading", level
            yield _settled(text, block)
            block = None
        if role == "heading":
            yield Block("heading", [span], line.level, True)
        elif block is not None:
            block.lines.append(span)
        elif role != "rule":
            block = Block(role, [span])  # type: ignore[arg-type]
    if block is not None:
        block.closed = True
        yield _settled(text, block)


def _joins(text: str, block: Block, line: _Line, role: str) -> bool:
    """Whether a line belongs to the block above it."""
    if role == "body" and block.role == "list":
        return line.indent >= 2 or _runs_on(text, block.lines[-1], (line.start, line.end))
    return role == block.role and role in ("body", "field") and len(block.lines) < _MOST_LINES


def _opens_box(text: str, span: Span, rules: Rules) -> bool:
    """A line such as "Infobox" or "Infobox country", above the lines of a box."""
    if not text[span[0] : span[0] + _LONGEST_BOX].casefold().startswith(rules.boxes) or span[1] - span[0] > _LONGEST_BOX:
        return False
    return text[span[1] - 1] not in _UNFINISHED and len(text[slice(*span)].split()) <= 4


def _underlined(text: str, block: Block, rule: Span, markdown: bool) -> int:
    """The level of a line by what is drawn under it: 1 for ===, in Markdown 2 for ---; 0 when it is no heading."""
    start, end = block.lines[0]
    if block.role != "body" or len(block.lines) > 1 or end - start > _LONGEST_HEADING:
        return 0
    drawn = set(text[slice(*rule)])
    return 1 if drawn == {"="} else 2 if markdown and drawn == {"-"} else 0


def _settled(text: str, block: Block) -> Block:
    """The block, of fields when every one of its lines is a short "key: value"."""
    if block.role == "body" and len(block.lines) > 1:
        heads = (text[start : min(end, start + _LONGEST_TITLE + 1)] for start, end in block.lines)
        if all(len(head) <= _LONGEST_TITLE and head[-1] not in STOPS and _PAIR.match(head) for head in heads):
            block.role = "field"
    return block


def _implied(text: str, block: Block, first: bool, followed: bool, rules: Rules, habits: Habits) -> int:
    """The level of the block's first line when it is a heading without marks, else 0."""
    if block.role != "body":
        return 0
    line = block.lines[0]
    if len(block.lines) == 1:
        if not (followed and block.closed):
            return 0
        if first:
            return (1 if any(map(str.isalpha, text[slice(*line)])) else 2) if _is_heading(text, line, _TITLE) else 0
        return 2 if habits.lone and not habits.marked and _is_heading(text, line, _LONE) else 0
    start, end = block.lines[1]
    if habits.marked or end - start < max(_PROSE, line[1] - line[0]) or text[start].islower():
        return 0
    if habits.lone and _is_heading(text, line, _ABOVE) and not _has_verb(text, line, rules):
        return 1 if first else 2
    return 3 if _is_caption(text, line, rules) else 0


def _is_heading(text: str, span: Span, most: int) -> bool:
    """Whether a line may be a heading of at most `most` words: no final stop, no small letter at the beginning."""
    start, end = span
    if end - start > _LONGEST_TITLE:
        return False
    line = text[start:end]
    if (line.rstrip(CLOSERS) or ".")[-1] in _UNFINISHED or "://" in line:
        return False
    words = _WORDS.findall(line)
    if not 0 < len(words) <= most or words[0][0].islower():
        return False
    return any(map(str.isalpha, line)) or _YEAR.search(line) is not None


def _is_caption(text: str, span: Span, rules: Rules) -> bool:
    """Whether a line that ends in a full stop is a title none the less: Every Great Word Has a Capital, 1922."""
    start, end = span
    if end - start > _LONGEST_TITLE or text[end - 1] != ".":
        return False
    words = _WORDS.findall(text, start, end)
    great = [word for word in words if len(word) > 3 and word[0].isalpha() and word not in rules.common]
    if not 1 < len(great) <= len(words) <= _CAPTION or not all(word[0].isupper() for word in great) or _has_verb(text, span, rules):
        return False
    return next(split(text, start, end, rules)) == span


def _has_verb(text: str, span: Span, rules: Rules) -> bool:
    """Whether a line has a finite verb that the language's file names."""
    return any(word.replace("’", "'").lower() in rules.verbs for word in _WORDS.findall(text, *span))
