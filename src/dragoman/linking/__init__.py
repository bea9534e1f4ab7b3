"""What two texts say alike: numbers and dates, sentences, statements; facts, where they differ, what cannot all be true (docs/linking.md)."""

from dragoman.linking.linker import Kept, Linked, fingerprint, link
from dragoman.linking.pairs import Judgements

__all__ = ["Judgements", "Kept", "Linked", "fingerprint", "link"]
