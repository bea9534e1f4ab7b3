"""What two texts say alike: numbers and dates, sentences, statements; facts, differences and conflicts (docs/linking.md)."""

from dragoman.linking.linker import Kept, Linked, fingerprint, link
from dragoman.linking.pairs import Judgements

__all__ = ["Judgements", "Kept", "Linked", "fingerprint", "link"]
