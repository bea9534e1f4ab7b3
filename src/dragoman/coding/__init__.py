"""Document -> statements: who did what to whom, where each stood, what ties they kept, when, and who says so.

`code(document)` is the whole room; `VERSION` names the coder in every statement's id; `fingerprint()` tells whether
anything that decides the statements, words or rules, is other than it was. `DocumentCoder` is whoever codes; `RULES` is the default.
"""

from dragoman.coding.coder import code
from dragoman.coding.coders import RULES, DocumentCoder
from dragoman.coding.fingerprint import fingerprint
from dragoman.coding.numbering import VERSION

__all__ = ["RULES", "VERSION", "DocumentCoder", "code", "fingerprint"]
