"""HTML: the plain text of a page, without its menus, with headings, lists, tables and what its head says of it."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from typing import Any

from selectolax.lexbor import LexborHTMLParser

from dragoman.errors import ReadingError
from dragoman.reading.decoding import decode
from dragoman.reading.draft import Draft, Limits, Writer

_CHARSET = re.compile(rb"<(?:meta|\?xml)[^>]{0,200}?(?:charset|encoding)\s*=\s*[\"']?\s*([\w-]{2,40})", re.IGNORECASE)
_HIDDEN = frozenset({
    "script", "style", "noscript", "template", "nav", "footer", "aside", "form", "button", "select", "textarea", "svg", "math", "iframe",
    "object", "audio", "video", "canvas", "dialog", "menu", "head", "title", "-comment", "!doctype",
})  # fmt: skip
_BLOCKS = frozenset({
    "p", "div", "section", "article", "main", "header", "blockquote", "ul", "ol", "dl", "dd", "pre", "address", "details", "summary",
    "center", "table", "tbody", "thead", "tfoot", "hr", "body", "fieldset",
})  # fmt: skip
_FIELDS = frozenset({"tr", "dt", "caption", "figcaption", "figure"})
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*+)(?![^<>]*/>)")
_SHORT = frozenset({
    "p", "li", "dt", "dd", "tr", "td", "th", "option", "br", "hr", "img", "input", "link", "meta", "col", "area", "base", "embed", "source",
    "track", "wbr", "thead", "tbody", "tfoot", "html", "body",
})  # fmt: skip
_DEPTHS = 20
"""Elements that count for one level of the limit: pages leave many unclosed."""
_NOTE = re.compile(r"\[?\s*(?:\w{1,3}|\d{1,4})\s*\]?\Z")
_UNSEEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden")
_TITLES = ('meta[property="og:title"]', 'meta[name="title"]', 'meta[name="dc.title"]')
_DATES = (
    'meta[property="article:published_time"]', 'meta[name="article:published_time"]', 'meta[itemprop="datePublished"]', 'meta[name="date"]',
    'meta[name="dc.date"]', 'meta[name="DC.date.issued"]', 'meta[name="pubdate"]',
)  # fmt: skip
_DATE = re.compile(r"\d{4}(?:-\d{2}(?:-\d{2})?)?")


def read(data: bytes | str, where: str, limits: Limits = Limits()) -> Draft:  # noqa: B008 - immutable
    """The text of a page: of its <main> or only <article> where it has one. Raises ReadingError for what cannot be decoded."""
    encoding, notes = "utf-8", tuple[str, ...]()
    if isinstance(data, bytes):
        encoding, text, notes = _decode(data, where)
    else:
        text = data
    _check_depth(text, where, limits)
    tree = LexborHTMLParser(text)
    writer = Writer()
    root = _root(tree)
    if root is not None:
        _Walk(writer).run(root)
    html = tree.css_first("html")
    canonical = tree.css_first('link[rel="canonical"]')
    source = (canonical.attributes.get("href") if canonical is not None else "") or _meta(tree, ('meta[property="og:url"]',))
    published = _DATE.match(_meta(tree, _DATES))
    return Draft(
        writer.text(),
        writer.blocks,
        notes=notes,
        title=_meta(tree, _TITLES) or _line(_text(tree.css_first("title"))),
        language=(html.attributes.get("lang") or "") if html is not None else "",
        published=published[0] if published else "",
        source=source if "://" in source else "",
        encoding=encoding,
    )


def _check_depth(text: str, where: str, limits: Limits) -> None:
    """Raise ReadingError for elements far deeper in one another than in any page: the parser's time grows with the square of that."""
    depth = 0
    for tag in _TAG.finditer(text):
        if tag[2].lower() not in _SHORT:
            depth = max(0, depth - 1) if tag[1] else depth + 1
            if depth > _DEPTHS * limits.deepest:
                what = f"Elements stand in one another more than {_DEPTHS * limits.deepest:,} deep."
                raise ReadingError(
                    what, f"{where}:{text.count(chr(10), 0, tag.start()) + 1}", "It is no usual page; --deepest sets a higher limit."
                )


def _decode(data: bytes, where: str) -> tuple[str, str, tuple[str, ...]]:
    """Encoding, text and notes: by what the page says of itself, else as any file."""
    found = _CHARSET.search(data, 0, 4096)
    if found is not None and not data.startswith((codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        try:
            encoding = codecs.lookup(found[1].decode()).name
            if encoding != "utf-8":
                return encoding, data.decode(encoding), (f"The page is not UTF-8; it says that it is {encoding}.",)
        except (LookupError, UnicodeDecodeError):
            pass
    decoded = decode(data, where)
    return decoded.encoding, decoded.text, decoded.notes


def _root(tree: LexborHTMLParser) -> Any:
    """The element whose text is the page's."""
    for name in ("main", "article"):
        found = tree.css(name)
        if len(found) == 1 and len(_text(found[0])) > 200:
            return found[0]
    return tree.body


def _text(node: Any) -> str:
    return str(node.text()) if node is not None else ""


def _line(text: str) -> str:
    return " ".join(text.split())


def _meta(tree: LexborHTMLParser, selectors: tuple[str, ...]) -> str:
    for selector in selectors:
        found = tree.css_first(selector)
        if found is not None and (content := found.attributes.get("content")):
            return _line(content)
    return ""


class _Walk:
    """The elements of a page in order. Without recursion: pages may nest as deep as they like."""

    def __init__(self, writer: Writer) -> None:
        self.writer = writer
        self.parts: list[str] = []
        self.linked = self.total = 0  # letters of the block, and those of them in links

    def run(self, root: Any) -> None:
        """Write all below `root`."""
        roles: list[tuple[str, int]] = [("body", 0)]
        links = rows = 0
        for node, name, entering in _steps(root):
            if name == "-text":
                text = node.text_content or ""
                self.parts.append(text)
                size = len(text) - text.count(" ")
                self.total, self.linked = self.total + size, self.linked + (size if links else 0)
            elif name == "a":
                links += 1 if entering else -1
            elif name == "br":
                self.parts.append(" " if rows or not entering else "\n")
            elif name in ("td", "th") and rows:
                self.parts.append(" | " if entering else "")
            elif name == "li" or name in _HEADINGS or name in _FIELDS or name in _BLOCKS:
                if name == "tr":
                    if not entering or not rows:
                        self._flush(*roles[-1])
                    rows += 1 if entering else -1
                elif rows:
                    self.parts.append(" ")
                    continue
                else:
                    self._flush(*roles[-1])
                role = "list" if name == "li" else "heading" if name in _HEADINGS else "field" if name in _FIELDS else "body"
                if entering:
                    # A paragraph in a list item is the item's.
                    roles.append(roles[-1] if role == "body" and roles[-1][0] in ("list", "field") else (role, _HEADINGS.get(name, 0)))
                else:
                    roles.pop()
        self._flush("body", 0)

    def _flush(self, role: str, level: int) -> None:
        """Write what has come as a block. What is a link as a whole leads elsewhere and is not told here."""
        text = _line("".join(self.parts)).strip("| ") if role == "field" else _line("".join(self.parts))
        if role in ("body", "list") and self.total and self.linked == self.total:
            role = "field"
        self.writer.add(role, text, level)  # type: ignore[arg-type]
        self.parts, self.linked, self.total = [], 0, 0


def _steps(root: Any) -> Iterator[tuple[Any, str, bool]]:
    """Every node below `root` when it begins, and elements also when they end; what is not to be seen is left out."""
    node, down = root.child, True
    if node is None:
        return
    while True:
        if down:
            name = node.tag
            seen = name == "-text" or not (name in _HIDDEN or _is_hidden(node, name))
            if seen:
                yield node, name, True
            child = node.child if seen and name != "-text" else None
            if child is not None:
                node = child
                continue
            if seen and name != "-text":
                yield node, name, False
        if (after := node.next) is not None:
            node, down = after, True
            continue
        node, down = node.parent, False
        if node is None or node.mem_id == root.mem_id:
            return
        yield node, node.tag, False


def _is_hidden(node: Any, name: str) -> bool:
    if name == "sup":  # the number of a note
        return _NOTE.match(_line(_text(node))) is not None and node.child is not None and node.css_first("a") is not None
    if name == "header":
        return node.parent is not None and node.parent.tag == "body"
    if name == "br":
        return False
    attributes = node.attributes
    return "hidden" in attributes or _UNSEEN.search(attributes.get("style") or "") is not None
