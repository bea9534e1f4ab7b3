"""Reading: files to documents with sections, sentences and offsets. `find` the files, `unfold` those of many documents, `read` each.

`parse` reads a text in memory.
"""

from dragoman.reading.collection import Flaw, unfold
from dragoman.reading.document import parse, read
from dragoman.reading.draft import Limits
from dragoman.reading.manifest import Entry
from dragoman.reading.source import Member, Source, find

__all__ = ["Entry", "Flaw", "Limits", "Member", "Source", "find", "parse", "read", "unfold"]
