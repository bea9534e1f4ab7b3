"""Document -> statements: who did what to whom, where each stood, what ties they kept, when, and who says so.

`code(document)` is the whole room; `VERSION` names the coder in every statement's id.
"""

from dragoman.coding.coder import VERSION, code

__all__ = ["VERSION", "code"]
