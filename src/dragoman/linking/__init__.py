"""What is said twice, where the accounts differ, and what cannot all be true (docs/linking.md)."""

from dragoman.linking.linker import Kept, Linked, fingerprint, link
from dragoman.linking.pairs import Judgements

__all__ = ["Judgements", "Kept", "Linked", "fingerprint", "link"]
