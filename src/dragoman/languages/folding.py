"""Folding for look-up that never loses its place: each folded character knows where it stood.

Arabic: alef and hamza carriers, ya and alef maqsura, ta marbuta, Persian kaf and ya, diacritics, tatweel and
invisible marks; Arabic-Indic and Persian digits. Latin: case and accents. The rules are ours (see docs/languages.md).
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache

import msgspec

_LETTERS = {
    "أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ئ": "ي", "ی": "ي", "ې": "ي", "ؤ": "و", "ة": "ه",
    "ک": "ك", "ګ": "ك", "گ": "ك", "ھ": "ه", "ہ": "ه", "ە": "ه", "ۃ": "ه", "ڤ": "ف", "چ": "ج", "پ": "ب",
    "ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i",
    "’": "'", "‘": "'", "ʼ": "'", "`": "'", "´": "'", "–": "-", "—": "-", "‑": "-", "‐": "-", "−": "-",
    "“": '"', "”": '"', "«": '"', "»": '"', "„": '"', "٪": "%",
}  # fmt: skip
_DROPPED = {"ـ", "\u200c", "\u200d", "\u00ad", "\ufeff", "ء"}


@lru_cache(maxsize=4096)
def fold_character(character: str) -> str:
    """The folded form of one character; "" for what is dropped (diacritics, tatweel, invisible marks, bare hamza)."""
    if "a" <= character <= "z":
        return character
    folded = _LETTERS.get(character)
    if folded is not None:
        return folded
    if character in _DROPPED or unicodedata.category(character) in ("Mn", "Cf", "Me"):
        return ""
    digit = unicodedata.decimal(character, None)
    if digit is not None:
        return str(int(digit))
    lowered = character.lower()
    parts = unicodedata.normalize("NFKD", lowered)
    kept = "".join(p for p in parts if unicodedata.category(p) not in ("Mn", "Cf", "Me"))
    if len(kept) == 1 and kept != character and kept != lowered:
        return fold_character(kept)
    return "".join(_LETTERS.get(p, p) for p in kept) if kept else ""


def fold(text: str) -> str:
    """Fold without keeping places: for keys and comparisons."""
    return "".join(map(fold_character, text))


class Folded(msgspec.Struct, frozen=True):
    """Folded text with the place of each of its characters in the original.

    places has one entry more than text: the end of the original.
    """

    text: str
    places: tuple[int, ...]

    def original(self, start: int, end: int) -> tuple[int, int]:
        """The original span of folded[start:end]; trailing dropped marks belong to the character before them."""
        if start >= end:
            return self.places[start], self.places[start]
        return self.places[start], self.places[end]


def fold_with_places(text: str) -> Folded:
    """Fold `text`, keeping for each folded character the offset it came from."""
    characters: list[str] = []
    places: list[int] = []
    for place, character in enumerate(text):
        for folded in fold_character(character):
            characters.append(folded)
            places.append(place)
    places.append(len(text))
    return Folded("".join(characters), tuple(places))
