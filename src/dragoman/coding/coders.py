"""Who makes statements of a document: a small protocol, and the first that speaks it, the rules.

The others are `dragoman.coding.second.ModelCoder`, a language model held to the text, and `BothCoder`, the rules first.
"""

from __future__ import annotations

from typing import Protocol

import msgspec

from dragoman.coding.coder import code
from dragoman.coding.fingerprint import fingerprint
from dragoman.statement import Document, Statement


class DocumentCoder(Protocol):
    """Turns a document into statements; the same document always into the same."""

    @property
    def version(self) -> str:
        """Under which a record keeps what it makes: another one for whoever decides otherwise."""
        ...

    @property
    def copies(self) -> bool:
        """Whether copies of it may work side by side in several processes."""
        ...

    def code(self, document: Document) -> list[Statement]:
        """The statements, in the order of the text. Raises ModelError where somebody who is asked gives no answer."""
        ...


class RulesCoder(msgspec.Struct, frozen=True):
    """The rules, and the small linear model for types where they are silent. Offline; the coder where no other is named."""

    @property
    def version(self) -> str:
        """The fingerprint of rules and words."""
        return fingerprint()

    @property
    def copies(self) -> bool:
        """Yes: it holds nothing."""
        return True

    def code(self, document: Document) -> list[Statement]:
        """As `dragoman.coding.code`."""
        return code(document)


RULES: DocumentCoder = RulesCoder()

__all__ = ["RULES", "DocumentCoder", "RulesCoder"]
