"""Wikitext: the plain text of a page of MediaWiki, with its headings, lists, fields and the sources it cites.

One pass over the marks, with a stack of what is open, so that time grows with the length of the page whatever is left unclosed in it.
(mwparserfromhell, whose time grows with the square of that, is what tests and bench/reading.py compare with.)
"""

from __future__ import annotations

import re
from functools import cache
from html import unescape

import msgspec

from dragoman.errors import ReadingError
from dragoman.reading.draft import Draft, Limits, Writer
from dragoman.reading.templates import BREAK, FIELD, FLOAT, KEPT, LANDED, Habits, cite, expand, habits

_OURS = re.compile("[\ue000-\ue00f]")
_COMMENT = re.compile(r"<!--(?s:.*?)(?:-->|\Z)")
_NOWIKI = re.compile(r"<nowiki\s*>([^<]*(?:<(?!/?nowiki)[^<]*)*)</nowiki\s*>", re.IGNORECASE)
_MARK = re.compile(
    r"\{\{\{?|\}\}|\[\[|\]\]|\[(?=(?:https?:)?//)|(?:\n[ \t:*]*|(?<=[|=]))\{\|(?!\})"
    r"|\n[ \t]*\|(?:\}(?!\})|\}(?=\}\}(?!\}))|[-+](?!\})|(?!\}\}))|\n[ \t]*!|\n\n|\|\||!!|\|"
    r"|<(?=/?[a-zA-Z])"
)
_TAG = re.compile(r"</?([a-zA-Z][a-zA-Z0-9]*)(?=[\s/>])((?:[^<>\"']|\"[^\"<>]*\"|'[^'<>]*'|[\"'])*)>")
_PLAIN_LINK = re.compile(r"\[\[(?:[^\[\]{}|<>:\n]+\|)?([^\[\]{}|<>:\n]+)\]\]")
_EXTERNAL = re.compile(r"\[((?:https?:)?//[^\s\[\]<>|]*)[^\S\n]*([^\[\]\n]*)\]")
_REF_NAME = re.compile(r"name\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s/>\"']+))", re.IGNORECASE)
_RAW = frozenset({
    "ref", "math", "gallery", "timeline", "score", "syntaxhighlight", "source", "pre", "graph", "mapframe", "maplink", "style",
    "script", "templatestyles", "templatedata", "imagemap", "chem", "ce", "hiero", "inputbox", "indicator",
})  # fmt: skip
_ROWS = frozenset(
    {"p", "div", "tr", "li", "ul", "ol", "table", "blockquote", "center", "dl", "dd", "dt", "section", "h1", "h2", "h3", "h4", "poem"}
)
_HEADING = re.compile(r"(={1,6})\s*(.*?\S)\s*\1\s*\Z")
_QUOTES = re.compile(r"''+")
_SWITCH = re.compile(r"__[A-Z]{3,20}__")
_EMPTY = re.compile(r"[^\S\n]*\([\s,;،؛–-]*\)")
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,30});")
_KEPT = re.compile(rf"{KEPT}(\d+){KEPT}")
_FLOATS = re.compile(rf"{FLOAT}([^{FLOAT}{LANDED}]*){LANDED}")
_SPACES = re.compile(r"\s\s+|[\t\r\v\f\u2028\u2029\x85]")
_OPTION = re.compile(r"\s*(?:[a-zA-Z]+\s*=|(?:x?\d+)(?:x\d+)?\s*px\s*\Z|[^\s]*\s*\Z)")
_ATTRIBUTES = re.compile(r"\s*[\w-]+\s*=")
_INTERWIKI = re.compile(r"(?:[a-z]{2,3}(?:-[a-z]{2,8})*|simple)\Z")


class Page(msgspec.Struct, frozen=True):
    """A page that was read. categories: those it stands in, without the namespace. redirect: the title it leads to, "" for none."""

    draft: Draft
    categories: tuple[str, ...]
    redirect: str = ""


class _Frame:
    """Something open. kind: its mark, "" for the page. values: what is done of it; text: what is being read.

    cells: of a table, those of the row; rows: its rows.
    """

    __slots__ = ("cells", "kind", "rows", "text", "values")

    def __init__(self, kind: str) -> None:
        self.kind = kind
        self.text: list[str] = []
        self.values: list[str] = []
        if kind == "{|":
            self.cells: list[str] = []
            self.rows: list[str] = []

    def split(self) -> None:
        """Begin the next value."""
        self.values.append("".join(self.text))
        self.text = []


def find_categories(source: str, language: str) -> list[str]:
    """The categories that a page's wikitext names, quickly: by their look only."""
    known = habits(language).categories
    return [name.strip() for prefix, name in re.findall(r"\[\[\s*([^\[\]:|]{1,40}?)\s*:([^\[\]|]*)", source) if prefix.casefold() in known]


def find_redirect(source: str) -> str:
    """The title that a page leads to when it is a redirect, else "". The word is the wiki's own, the rest is the same in all."""
    found = re.match(r"\s*#[^\W\d_]+\s*:?\s*\[\[([^\[\]|#]+)", source)
    return found[1].strip() if found else ""


def read(source: str, language: str, where: str, limits: Limits = Limits()) -> Draft:  # noqa: B008 - immutable
    """The plain text of a page. language: of the wiki, for its names of templates and namespaces.

    Raises ReadingError for markup nested deeper than the limit.
    """
    return _Reader(habits(language), where, limits).read(source)


class _Reader:
    """One page being read."""

    def __init__(self, habits: Habits, where: str, limits: Limits) -> None:
        self.habits, self.where, self.limits = habits, where, limits
        self.kept: list[str] = []  # the sources cited, and stretches that are no wikitext, by their marks in the text
        self.named: dict[str, str] = {}
        self.awaited: dict[int, str] = {}  # sources that are cited by a name given later
        self.unclosed: set[str] = set()

    def read(self, source: str) -> Draft:
        source = _COMMENT.sub("", _OURS.sub("\ufffd", source))
        if "\r" in source:
            source = source.replace("\r\n", "\n").replace("\r", "\n")
        if "nowiki" in source:
            source = _NOWIKI.sub(lambda found: self._mark("\n" + found[1]), source)
        # Most links are plain, and their labels are put in their place at once.
        text = self._scan("\n" + _PLAIN_LINK.sub(r"\1", source))
        for number, name in self.awaited.items():
            self.kept[number] = self.named.get(name, "")
        writer = Writer()
        self._set(text, writer)
        return Draft(writer.text(), writer.blocks, writer.cites)

    def _scan(self, source: str) -> str:
        """The page with templates, links, tables and tags resolved; lines that are fields begin with a mark of ours."""
        stack, top = [], _Frame("")
        search, place = _MARK.search, 0
        opened = 0  # templates that are open
        while (mark := search(source, place)) is not None:
            start, end, sign = mark.start(), mark.end(), mark[0]
            if start > place:
                top.text.append(source[place:start])
            place = end
            if sign == "[[" or sign[:2] == "{{":
                stack.append(top)
                top = _Frame(sign)
                opened += sign != "[["
                if len(stack) > self.limits.deepest:
                    what = f"Templates, links or tables stand in one another more than {self.limits.deepest} deep."
                    line = source.count("\n", 0, start)
                    raise ReadingError(
                        what, f"{self.where}:{max(line, 1)}", "It is no usual page; a higher limit can be set with --deepest."
                    )
            elif sign == "]]":
                if top.kind == "[[":
                    top.split()
                    done, top = top, stack.pop()
                    self._link(done, top)
            elif sign == "}}":
                if opened:
                    while top.kind[:2] != "{{":
                        top = self._give_up(top, stack)
                    if top.kind == "{{{" and source.startswith("}", place):
                        place += 1
                    top.split()
                    done, top = top, stack.pop()
                    opened -= 1
                    self._template(done, top)
            elif sign == "|" or sign == "||" or sign == "!!":
                if top.kind == "{|":
                    self._cell(top, sign)
                elif sign == "!!":
                    top.text.append(sign)
                elif top.kind:
                    for _ in sign:
                        top.split()
                else:
                    top.text.append(sign)
            elif sign == "\n\n":
                while top.kind == "[[":
                    top = self._give_up(top, stack)
                top.text.append("\n")
                place -= 1  # the second may begin a mark itself
            elif sign[0] == "<":
                place = self._tag(source, start, top)
            elif sign[0] == "[":
                place = self._external(source, start, top)
            elif sign.endswith("{|"):
                stack.append(top)
                top = _Frame("{|")
                if len(stack) > self.limits.deepest:
                    raise ReadingError(
                        f"Tables stand in one another more than {self.limits.deepest} deep.", self.where, "It is no usual page."
                    )
            elif sign.endswith("!"):
                if top.kind == "{|":
                    self._cell(top, "\n")
                else:
                    top.text.append(sign)
            else:  # a bar at the beginning of a line
                if top.kind == "[[" and not opened:
                    while top.kind == "[[":
                        top = self._give_up(top, stack)
                if top.kind == "{|":
                    if sign.endswith("}"):
                        self._row(top)
                        done, top = top, stack.pop()
                        top.text.append("\n" + "".join(f"{FIELD}{row}\n" for row in done.rows))
                    elif sign.endswith(("-", "+")):
                        self._row(top)
                        top.values = [""] if sign.endswith("+") else []
                    else:
                        self._cell(top, "\n")
                elif top.kind:
                    top.text.append("\n")
                    top.split()
                    place = end if sign.endswith("|") else end - 1
                else:
                    top.text.append(sign)
        top.text.append(source[place:])
        while stack:
            top = self._give_up(top, stack)
        return "".join(top.text)

    def _give_up(self, top: _Frame, stack: list[_Frame]) -> _Frame:
        """What was never closed is text: the labels and values of it. The frame below is then the top."""
        below = stack.pop()
        if top.kind == "{|":
            self._row(top)
            below.text.append("\n" + "".join(f"{FIELD}{row}\n" for row in top.rows))
            return below
        top.split()
        # A template that swallowed the rest of the page: its name and named values are none of the text.
        values = top.values[1:] if top.kind != "[[" and len(top.values) > 1 else top.values
        below.text.append(" ".join(value.partition("=")[2] if top.kind != "[[" and _ATTRIBUTES.match(value) else value for value in values))
        return below

    def _cell(self, table: _Frame, sign: str) -> None:
        """A cell ends, or only its attributes do."""
        text = "".join(table.text)
        if sign == "|" and not _ATTRIBUTES.match(text):
            table.text.append(sign)
            return
        if sign != "|" and table.values:
            self._keep_cell(table, text)
        table.values = [""]  # the first cell has begun
        table.text = []

    def _keep_cell(self, table: _Frame, text: str) -> None:
        text = " ".join(text.replace(FIELD, " ").replace(BREAK, "; ").split())
        if text:
            table.cells.append(text)

    def _row(self, table: _Frame) -> None:
        if table.values:
            self._keep_cell(table, "".join(table.text))
        if table.cells:
            table.rows.append(" | ".join(table.cells))
        table.cells, table.values, table.text = [], [], []

    def _template(self, done: _Frame, top: _Frame) -> None:
        if done.kind == "{{{":
            top.text.append(done.values[1] if len(done.values) > 1 else "")
            return
        found = expand(done.values, self.habits)
        if found.cite:
            self._keep(found.cite, top)
        elif found.text:
            # A list of items by itself is a list, within a field or a sentence it is not.
            alone = not top.kind and (not top.text or top.text[-1].endswith("\n"))
            top.text.append(f"* {found.text}".replace(BREAK, "\n* ") + "\n" if alone and BREAK in found.text else found.text)

    def _keep(self, text: str, top: _Frame) -> None:
        top.text.append(self._mark(text))

    def _mark(self, text: str) -> str:
        """A mark that stands in the text for what is kept."""
        self.kept.append(text)
        return f"{KEPT}{len(self.kept) - 1}{KEPT}"

    def _link(self, done: _Frame, top: _Frame) -> None:
        target, label = done.values[0].strip(), done.values[-1]
        prefix, colon, name = target.partition(":")
        if colon:
            space = prefix.strip().casefold()
            if not space:
                target, label = name, (label if len(done.values) > 1 else name)
            elif space in self.habits.files:
                caption = next((v for v in reversed(done.values[1:]) if not _OPTION.match(v)), "")
                if caption:
                    top.text.append(f"{FLOAT}{_FLOATS.sub('', caption)}{LANDED}")
                return
            elif space in self.habits.categories or (_INTERWIKI.match(space) and len(done.values) == 1 and space != "w"):
                return
        if len(done.values) > 1 and not label.strip():
            label = re.sub(r"\s*\([^()]*\)\s*\Z", "", target.partition("#")[0])  # the pipe trick
        top.text.append(label if len(done.values) > 1 else target)

    def _external(self, source: str, start: int, top: _Frame) -> int:
        """A link to elsewhere: its label. Gives where reading goes on."""
        end = source.find("\n", start)
        found = _EXTERNAL.match(source, start, min(end if end >= 0 else len(source), start + 2_000))
        if found is None:
            return start + 1
        top.text.append(found[2])
        return found.end()

    def _tag(self, source: str, start: int, top: _Frame) -> int:
        """A tag, with all up to its end where that is no wikitext. Gives where reading goes on."""
        found = _TAG.match(source, start, start + 1_000)
        if found is None:
            top.text.append("<")
            return start + 1
        name, place = found[1].lower(), found.end()
        closing, empty = source[start + 1] == "/", found[2].endswith("/")
        if name in _RAW and not closing and not empty and name not in self.unclosed:
            if (end := _end(name).search(source, place)) is None:
                self.unclosed.add(name)
            else:
                self._raw(name, found[2], source[place : end.start()], top)
                return end.end()
        elif name == "ref" and empty:
            self._raw(name, found[2], "", top)
        elif name == "br":
            top.text.append(BREAK)
        elif name in _ROWS:
            top.text.append("\n" if top.kind not in ("[[", "{|") else " ")
        elif name in ("td", "th"):
            top.text.append(" ")
        return place

    def _raw(self, name: str, attributes: str, body: str, top: _Frame) -> None:
        if name == "ref":
            found = _REF_NAME.search(attributes)
            label = next(filter(None, found.groups()), "") if found else ""
            cited = cite(body, self.habits) if body else ""
            if label and cited:
                self.named.setdefault(label, cited)
            if label and not cited:
                self.awaited[len(self.kept)] = label
            if label or cited:
                self._keep(cited, top)

    def _set(self, text: str, writer: Writer) -> None:
        """Put the lines of the page together to blocks."""
        running: list[str] = []
        aside = 0  # the level of the heading of an appendix that the place stands under

        def close() -> None:
            if running:
                self._write("field" if aside else "body", " ".join(running), writer)
                running.clear()

        for line in text.split("\n"):
            stripped = line.strip()
            if not stripped:
                close()
                continue
            first = stripped[0]
            if first == "=" and (heading := _HEADING.match(_KEPT.sub("", stripped))) is not None:
                close()
                level, title = len(heading[1]), self._clean(heading[2])
                if not aside or level <= aside:
                    aside = level if title.casefold().strip(" :") in self.habits.appendices else 0
                self._write("heading", title, writer, level)
            elif first in "*#;":
                close()
                self._write("field" if aside or first == ";" else "list", stripped.lstrip("*#;: "), writer)
            elif first == FIELD:
                close()
                if len(stripped) == 1:  # where a box begins or ends
                    writer.part()
                self._write("field", stripped[1:], writer)
            elif first == ":":
                close()
                self._write("field" if aside else "body", stripped.lstrip(":*# "), writer)
            elif stripped.strip("-"):
                running.append(stripped)
        close()

    def _clean(self, text: str) -> str:
        if BREAK in text:
            text = text.replace(BREAK, " ")
        if "''" in text:
            text = _QUOTES.sub("", text)
        if "__" in text:
            text = _SWITCH.sub("", text)
        if "(" in text:
            text = _EMPTY.sub("", text)
        if "&" in text:
            text = _ENTITY.sub(_character, text)
        return _SPACES.sub(" ", text).strip()

    def _write(self, role: str, line: str, writer: Writer, level: int = 0) -> None:
        """A line as a block, what it cites noted, and after it what stood beside it (captions), as fields."""
        beside: list[str] = []
        if FLOAT in line:
            beside = [_KEPT.sub("", caption) for caption in _FLOATS.findall(line)]
            line = _FLOATS.sub("", line)
        cites: list[tuple[int, str]] = []
        line = self._clean(line)
        if KEPT in line:
            line, cites = self._take_out(line)
        writer.add(role, line, level, cites)  # type: ignore[arg-type]
        for caption in beside:
            writer.add("field", self._clean(caption))

    def _take_out(self, line: str) -> tuple[str, list[tuple[int, str]]]:
        """The line without the marks of what is kept apart, and the sources with their places in it."""
        parts, cites, place, length = list[str](), list[tuple[int, str]](), 0, 0
        for found in _KEPT.finditer(line):
            text = self.kept[int(found[1])]
            part = line[place : found.start()]
            if text[:1] == "\n":  # from <nowiki>
                part += " ".join(_OURS.sub("", text).split())
            elif part[-1:].isspace():  # a source may stand apart from what it is cited for
                part = part.rstrip()
                part += " " if line[found.end() : found.end() + 1] not in ("", KEPT, *" .,;:") else ""
            if not length:
                part = part.lstrip()
            parts.append(part)
            length += len(part)
            if text and text[0] != "\n":
                cites.append((length, text))
            place = found.end()
        parts.append(line[place:] if length else line[place:].lstrip())
        return "".join(parts).rstrip(), cites


@cache
def _end(name: str) -> re.Pattern[str]:
    """The end of an element."""
    return re.compile(rf"</{name}\s*>", re.IGNORECASE)


def _character(entity: re.Match[str]) -> str:
    """What a character reference stands for, never one of our marks or a line's end."""
    character = unescape(entity[0])
    return " " if _OURS.search(character) or character in "\n\r\0" else character
