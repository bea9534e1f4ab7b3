"""Asking: a question in any language that has a folder finds the statements, and the sentences, that answer it (answers/search.py)."""

from __future__ import annotations

from collections.abc import Collection
from contextlib import suppress
from pathlib import Path
from typing import get_args

from dragoman import edtf
from dragoman.answers.index import Index
from dragoman.answers.question import read_question
from dragoman.answers.search import Answer, Mode, Reply, Search, name_persons
from dragoman.answers.timeline import check_languages, check_types
from dragoman.answers.vocabulary import Vocabulary
from dragoman.encoding import Encoder, load
from dragoman.errors import QueryError, RecordError
from dragoman.record import Record


class Asker:
    """Answers questions from one open record. What it has learnt of the record is kept while it lives."""

    def __init__(self, record: Record, encoder: Encoder | None = None) -> None:
        self._record, self._encoder = record, encoder or load()
        self._index = Index(record)
        self._vocabulary: Vocabulary | None = None

    def knows(self) -> bool:
        """Whether the record holds all that asking has to learn of it."""
        return self._index.whole() and Vocabulary(self._index, self._encoder, self._record).whole()

    def learn(self) -> None:
        """Learn what asking needs: the index, and the vectors of the record's words. Kept in the record when it may be written."""
        self._learned().prepare()

    def _learned(self) -> Vocabulary:
        looked = self._vocabulary is not None and self._record.read_only  # nobody can add to it meanwhile
        if not looked and (self._index.update() or self._vocabulary is None):
            self._vocabulary = Vocabulary(self._index, self._encoder, self._record)
        assert self._vocabulary is not None
        return self._vocabulary

    def ask(
        self,
        text: str,
        mode: str = "",
        languages: Collection[str] | None = None,
        start: str | None = None,
        end: str | None = None,
        types: Collection[str] | None = None,
        limit: int = 10,
    ) -> Reply:
        """The answers to a question, best first, at most `limit`; or the reason why there is none.

        languages, start, end, types: as for a timeline; with a period or types, only statements answer.
        Raises QueryError and LanguageError for a question that cannot be read, and for filters that are not known.
        """
        if mode not in get_args(Mode):
            raise QueryError(f"There is no mode {mode!r}.", "", "There is exact, folded and semantic; without one, all of them.")
        spoken = check_languages(self._record, languages) if languages else []
        chosen = check_types(types) if types else []
        period = edtf.period(start, end)
        question = read_question(text)
        return Search(self._record, self._index, self._learned(), self._encoder, question, mode, spoken, chosen, period).run(limit)


def learn(path: Path) -> None:
    """Index a record and keep the vectors of its words in it, so that asking need not: as far as they are not there yet.

    A record that is in use, or may not be written, stays as it is; what asks it then learns it anew each time. Raises RecordError
    when there is none.
    """
    with Record.open(path, read_only=True) as record:
        if Asker(record).knows():
            return
    with suppress(RecordError), Record.open(path) as record:
        Asker(record).learn()


__all__ = ["Answer", "Asker", "Mode", "Reply", "learn", "name_persons"]
