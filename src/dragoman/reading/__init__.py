"""Reading: text files to documents with sections, sentences and offsets. `find` the files, `read` each; `parse` a text in memory."""

from dragoman.reading.document import parse, read
from dragoman.reading.manifest import Entry
from dragoman.reading.source import Source, find

__all__ = ["Entry", "Source", "find", "parse", "read"]
