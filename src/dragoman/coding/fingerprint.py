"""What a record was coded by: one hash over the coder's rules and the languages' words, so that a change recodes."""

from __future__ import annotations

import hashlib
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable

from dragoman.languages import further

_FOR_AUTHORS = ("template.py", "completeness.py")
"""Modules that help to write a language and decide nothing of a text."""


def _files(folder: Traversable) -> list[Traversable]:
    found: list[Traversable] = []
    for entry in sorted(folder.iterdir(), key=lambda e: e.name):
        if entry.is_dir():
            found += _files(entry)
        elif entry.name.endswith((".py", ".yaml", ".json", ".npz")):
            found.append(entry)
    return found


@cache
def fingerprint() -> str:
    """Sixteen hexadecimal digits over the files of the rooms `coding` and `languages`; computed once a process."""
    return hash_rooms("dragoman.languages", "dragoman.coding", without=("linking.yaml", "quantities.yaml"))


def hash_rooms(*rooms: str, without: tuple[str, ...] = ()) -> str:
    """Sixteen hexadecimal digits over the code and language files of `rooms`, but for those of a name in `without`."""
    digest = hashlib.sha256()
    for room in rooms:
        places = (resources.files(room), *(further().values() if room == "dragoman.languages" else ()))
        for file in (file for place in places for file in _files(place)):
            if file.name not in (*without, *_FOR_AUTHORS):
                digest.update(file.name.encode())
                digest.update(file.read_bytes())
    return digest.hexdigest()[:16]
