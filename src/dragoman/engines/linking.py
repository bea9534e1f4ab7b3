"""The last stage of a build: what is not linked yet is linked with all that is there, and written in one transaction."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from dragoman.encoding import Vectors, encode_cached, load
from dragoman.engines.interrupts import undisturbed
from dragoman.linking import Kept, fingerprint, link
from dragoman.record import Record, linked


def link_record(record: Record, progress: Callable[..., Any] | None = None) -> bool:
    """Link what the record holds, as far as it is not linked; whether anything was to be done.

    progress: called with "linking", the documents done, and how many there are. A record whose linking was stopped is as before, but for
    vectors that it keeps, and is linked by the next build.
    """
    linker = fingerprint()
    changed = linked.unlinked(record, linker)
    if not changed:
        return False
    encoder = load()

    def encode(texts: Any) -> Vectors:
        return encode_cached(encoder, list(texts), record)

    def show(done: int, total: int) -> None:
        if progress:
            progress("linking", done, total)

    documents = list(record.documents())
    show(0, len(documents))
    found = link(documents, record.statements(), encode, kept=_kept(record, changed, {d.id for d in documents}), progress=show)
    parts = linked.Parts(found.sentences, found.links, found.facts, found.conflicts, found.issues)
    with undisturbed():
        linked.replace(record, parts, linker)
    show(len(documents), len(documents))
    return True


def _kept(record: Record, changed: set[str], current: set[str]) -> Kept | None:
    """What can stay: the links among documents that have not changed; None when all have."""
    if changed == current:
        return None
    same = current - changed
    home = dict(record.query("SELECT id, doc FROM current_statements"))
    links = (one for one in linked.links(record) if home.get(one.left) in same and home.get(one.right) in same)
    sentences = (one for one in linked.sentences(record) if one.left_doc in same and one.right_doc in same)
    return Kept(frozenset(changed), tuple(links), tuple(sentences))
