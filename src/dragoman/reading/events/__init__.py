"""Event data of others: how their files are laid out, what their types mean here, and their rows as events."""

from dragoman.reading.events.reader import Foreign, Read, Trouble, read_events

__all__ = ["Foreign", "Read", "Trouble", "read_events"]
