"""Decoding: the bytes of a file to text, nothing changed but the byte order mark, which is dropped."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator

import msgspec

from dragoman import languages
from dragoman.errors import ReadingError
from dragoman.reading import detection

# The mark of UTF-32 begins with that of UTF-16. Each encoding drops the mark.
_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_BINARIES = {
    b"\x89PNG": "a PNG image", b"\xff\xd8\xff": "a JPEG image", b"GIF8": "a GIF image", b"%PDF-": "a PDF", b"{\\rtf": "an RTF document",
    b"PK\x03\x04": "a ZIP archive or an office document", b"\xd0\xcf\x11\xe0": "an old office document", b"\x7fELF": "a program",
    b"\x1f\x8b": "a gzip archive", b"BZh": "a bzip2 archive", b"7z\xbc\xaf": "a 7-Zip archive", b"\xfd7zXZ": "an xz archive",
}  # fmt: skip
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_FOREIGN = re.compile(r"[^\x00-\x7f]+")
_USUAL = frozenset("’‘“”„–—…•«»€£¥°،؛؟·§©®™½¿¡\u200c\u200d\u200e\u200f")
_BEFORE, _SAMPLE = 1 << 15, 1 << 19
"""Bytes looked at before the first byte that is not UTF-8, and in all, to tell the encoding."""


class Decoded(msgspec.Struct, frozen=True):
    """A file's text, how it was encoded, and what the user should know about that. The bytes, so decoded, are the text."""

    text: str
    encoding: str
    notes: tuple[str, ...] = ()


def decode(data: bytes, where: str) -> Decoded:
    """Text of the bytes of a file: UTF-8, UTF-16 or UTF-32 with a byte order mark, else a detected encoding.

    Raises ReadingError for binary files and for bytes that fit no encoding, with the first one that does not.
    """
    for start, kind in _BINARIES.items():
        if data.startswith(start):
            raise ReadingError(f"The file is {kind}, not text.", where, "Save its text as a UTF-8 file.")
    marked = next((encoding for mark, encoding in _ORDER_MARKS if data.startswith(mark)), "")
    if marked[:6] not in ("utf-16", "utf-32") and (place := data.find(b"\0")) >= 0:
        advice = "If it is a text in UTF-16, save it as UTF-8; else leave it out."
        raise ReadingError(f"The file is binary: there is a NUL (U+0000) at byte {place}.", where, advice)
    try:
        return _decoded(data, marked or "utf-8")
    except UnicodeDecodeError as error:
        # Behind a byte order mark, Python counts from its end.
        wrong, first = error, error.start + len(data) - len(error.object)
    if not marked and not _is_damaged(data, first):
        for encoding in _candidates(data[max(0, first - _BEFORE) : max(0, first - _BEFORE) + _SAMPLE]):
            try:
                return _decoded(data, encoding)
            except UnicodeDecodeError:
                continue
    line = data.count(b"\n", 0, first) + 1
    what = f"Byte {first} (0x{data[first]:02x}) is not {wrong.encoding.upper()}, and no other encoding fits the file."
    raise ReadingError(what, f"{where}:{line}", "Save the file as UTF-8 text.")


def _decoded(data: bytes, encoding: str) -> Decoded:
    notes = () if encoding.startswith("utf-8") else (f"The file is not UTF-8; it was read as {encoding}.",)
    return Decoded(str(data, encoding), encoding, notes)


def _is_damaged(data: bytes, first: int) -> bool:
    """Whether the bytes are UTF-8 with some broken: around the first wrong one, most that is not ASCII is right."""
    window = data[max(0, first - _BEFORE) : first + _BEFORE].decode("utf-8", "replace")
    wrong = window.count("\ufffd")
    right = sum(len(found[0]) for found in _FOREIGN.finditer(window)) - wrong
    return right >= wrong


def _candidates(sample: bytes) -> Iterator[str]:
    """Encodings that fit, best first: those usual for the languages that can be read, then any that is certain."""
    if _CONTROL.search(sample):
        return
    # Imported here: it takes a while, and most files are UTF-8.
    from charset_normalizer import from_bytes

    usual = {codecs.lookup(name).name: (code, name) for code in languages.available() for name in languages.sentences(code).encodings}
    for match in from_bytes(sample, cp_isolation=list(usual)):
        code, name = usual[codecs.lookup(match.encoding).name]
        if _is_plausible(text := str(match)) and detection.guess(text).script == languages.sentences(code).script:
            yield name
    best = from_bytes(sample).best()
    if best is not None and best.coherence >= 0.3 and best.chaos <= 0.1 and _is_plausible(str(best)):
        yield best.encoding


def _is_plausible(text: str) -> bool:
    """Whether what is not ASCII looks as in words: Latin letters one at a time beside ASCII ones, others in runs, usual marks."""
    odd = total = 0
    for found in _FOREIGN.finditer(text):
        run, start, end = found[0], *found.span()
        total += len(run)
        latin = sum(c.isalpha() and c <= "\u024f" for c in run)
        beside = text[max(0, start - 1) : start].isalpha() or text[end : end + 1].isalpha() or run == "à"
        if latin > 1 or (latin and not beside) or "ÿ" in run:
            odd += latin
        odd += sum(not (c.isalpha() or c.isspace() or c.isdecimal() or c in _USUAL) for c in run)
    return odd <= 0.05 * total
