"""Engines run reading, coding and encoding over many documents and put what comes of it into a record."""

from dragoman.engines.local import Summary, build
from dragoman.engines.looking import Progress

__all__ = ["Progress", "Summary", "build"]
