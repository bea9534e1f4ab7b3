"""Subjects: what several documents are versions of, and which of those versions are meant."""

from __future__ import annotations

import difflib
from collections.abc import Sequence

from dragoman.errors import QueryError
from dragoman.languages.folding import fold
from dragoman.record import Record
from dragoman.statement import Document

_NEAREST = 5


def documents(record: Record, subject: str, editions: Sequence[str] = ()) -> list[Document]:
    """The current documents of a subject, by language, edition and id; of these the chosen `editions`, in their order, when any are named.

    subject: as the documents have it, in any case; or a title. editions: ids, languages, or editions ("en", "2026-11-22", "en.2026").
    Raises QueryError with the nearest names for a subject that is not known, and with what there is for an unknown or ambiguous edition.
    """
    held: dict[str, int] = dict(
        record.query("SELECT subject, count(*) FROM current_documents WHERE subject <> '' GROUP BY subject ORDER BY subject")
    )
    name = _resolve(record, subject, list(held))
    found = sorted(record.documents("subject = ?", [name]), key=lambda one: (one.language, one.edition, one.id))
    if not editions:
        return found
    return list({one.id: one for one in (_choose(found, edition, record) for edition in editions)}.values())


def _resolve(record: Record, subject: str, held: Sequence[str]) -> str:
    if subject in held:
        return subject
    titles: dict[str, str] = dict(
        record.query("SELECT title, subject FROM current_documents WHERE title <> '' AND subject <> '' ORDER BY id")
    )
    known = {fold(name): name for name in held} | {
        fold(title): owner for title, owner in titles.items() if fold(title) not in map(fold, held)
    }
    asked = fold(subject.strip())
    if asked in known:
        return known[asked]
    near = list(dict.fromkeys(known[key] for key in difflib.get_close_matches(asked, list(known), _NEAREST, 0.5)))
    near += [name for name in held if asked and asked in fold(name) and name not in near]
    some = ", ".join(near[:_NEAREST] or held[:_NEAREST])
    advice = (
        f"Nearest: {some}."
        if near
        else f"It holds {some}{' ...' if len(held) > _NEAREST else ''}."
        if held
        else "It holds no document with a subject."
    )
    raise QueryError(f"The record holds no subject {subject!r}.", str(record.path), advice)


def _choose(found: Sequence[Document], edition: str, record: Record) -> Document:
    asked = edition.strip()
    for names in (
        lambda one: (one.id,),
        lambda one: (one.edition, f"{one.language}.{one.edition}"),
        lambda one: (one.language, one.language.split("-")[0]),
    ):
        meant = [one for one in found if asked in names(one)]
        if len(meant) == 1:
            return meant[0]
        if meant:
            raise QueryError(
                f"Several documents are meant by {edition!r}.", str(record.path), f"There is {', '.join(one.id for one in meant)}."
            )
    raise QueryError(f"There is no edition {edition!r}.", str(record.path), f"There is {', '.join(one.id for one in found)}.")


def check_linked(record: Record, documents: Sequence[Document]) -> None:
    """Raise QueryError when linking has not seen one of the documents in its present edition and coding."""
    sql = "SELECT c.id FROM current c JOIN linked l ON c.key = l.document AND c.coder = l.coder"
    seen = {id for (id,) in record.query(sql)} if "linked" in record.tables else set()
    missing = [document.id for document in documents if document.id not in seen]
    if missing:
        raise QueryError(
            f"Not linked yet: {', '.join(missing)}.", str(record.path), "Run `dragoman build` with the texts, without --no-link."
        )
