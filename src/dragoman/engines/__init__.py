"""Engines run reading and coding over many documents and put what comes of it into a record."""

from dragoman.engines.local import Progress, Summary, build

__all__ = ["Progress", "Summary", "build"]
