"""PDF: the text layer, page by page. Pictures of text are not read, and that is said."""

from __future__ import annotations

import logging
import re
import unicodedata
from collections import Counter
from io import BytesIO
from itertools import accumulate

from pypdf import PdfReader
from pypdf.errors import PyPdfError

from dragoman.errors import ReadingError
from dragoman.reading.draft import Draft, Limits

_SHAPES = re.compile("[\ufb00-\ufb06\ufb50-\ufdff\ufe70-\ufefc]")
_DIGITS = re.compile(r"\d+")
_LETTER = re.compile(r"[^\W\d_]")
_HYPHEN = re.compile(r"(?<=[a-z])[\u00ad]\n(?=[a-z])")
_RECURS = 4
"""Pages from which on a first or last line that most of them share is taken for a running head."""


def read(data: bytes, where: str, limits: Limits = Limits()) -> Draft:  # noqa: B008 - immutable
    """The text of a PDF, a page after the other; `pages` of the draft tells where each begins.

    Raises ReadingError for what is no PDF, damaged or locked, and for one without a text layer.
    """
    # The library logs every oddity of a file; what matters is raised.
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    try:
        reader = PdfReader(BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            raise ReadingError("The PDF is locked with a password.", where, "Save it without one.")
        texts, length = [], 0
        for page in reader.pages:
            text = _clean(page.extract_text())
            length += len(text)
            if length > limits.largest:
                raise ReadingError(f"The PDF has more than {limits.largest:,} characters.", where, "Split it, or set --largest.")
            texts.append(text)
        told = reader.metadata
        title = (told.title or "").strip() if told else ""
    except ReadingError:
        raise
    except (
        PyPdfError,
        ValueError,
        TypeError,
        KeyError,
        IndexError,
        AttributeError,
        OSError,
        RecursionError,
        ArithmeticError,
        AssertionError,
    ) as error:
        said = str(error).split("\n")[0] or type(error).__name__
        raise ReadingError(f"The PDF is damaged: {said}.", where, "Open it in another program and save it anew.") from error
    except ImportError as error:
        raise ReadingError("The PDF is encrypted.", where, "Save it without a password.") from error
    empty = [number for number, text in enumerate(texts, 1) if not _LETTER.search(text)]
    if len(empty) == len(texts):
        raise ReadingError("The PDF has no text layer: its pages are pictures.", where, "Put it through text recognition (OCR) first.")
    texts, heads = _without_heads(texts)
    notes = []
    if empty:
        named = ", ".join(map(str, empty[:10])) + (f" and {len(empty) - 10} more" if len(empty) > 10 else "")
        notes.append(f"Pages without a text layer: {named} of {len(texts)}.")
    if heads:
        notes.append(f"Lines that recur on most pages were left out: {heads}.")
    starts = tuple(accumulate((len(text) + 1 for text in texts[:-1]), initial=0))
    return Draft("\f".join(texts), pages=starts, notes=tuple(notes), title=title)


def _clean(text: str) -> str:
    """The text with letters in place of their shapes at the beginning, middle and end of words, and words joined over soft hyphens."""
    text = _SHAPES.sub(lambda found: unicodedata.normalize("NFKC", found[0]), text.replace("\0", "").replace("\f", "\n"))
    return _HYPHEN.sub("", text).strip().encode("utf-8", "replace").decode()


def _without_heads(texts: list[str]) -> tuple[list[str], int]:
    """The pages without running heads and feet (numbers in them may differ), and how many lines were left out."""
    if len(texts) < _RECURS:
        return texts, 0
    pages = [text.split("\n") for text in texts]
    count = 0
    for end in (0, -1):
        keys = [_DIGITS.sub("0", page[end]).strip() for page in pages]
        common = {key for key, times in Counter(filter(None, keys)).items() if times > len(pages) / 2}
        for page, key in zip(pages, keys, strict=True):
            if key in common and len(page) > 1:
                del page[end]
                count += 1
    return ["\n".join(page) for page in pages], count
