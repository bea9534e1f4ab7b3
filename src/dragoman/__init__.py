"""Dragoman reads what is written about the relations between states and keeps one dated, sourced, comparable record of it.

    dragoman.build(["texts"], record="mine.duckdb")
    with dragoman.open("mine.duckdb") as record:
        for statement in record.timeline("PAK", "SYR"):
            print(statement.date, statement.type, statement.quote)

Nothing of weight is imported before it is used.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import os
    from collections.abc import Collection, Iterable, Iterator, Sequence
    from types import TracebackType
    from typing import Self

    from dragoman.answers.compare import Comparison
    from dragoman.answers.conflicts import Told
    from dragoman.answers.find import Found
    from dragoman.engines import Progress, Summary
    from dragoman.record import Record
    from dragoman.statement import Document, Fact, Statement

    __version__: str

__all__ = ["OpenRecord", "__version__", "build", "open"]


def build(
    paths: Iterable[str | os.PathLike[str]],
    record: str | os.PathLike[str],
    workers: int = 1,
    progress: Progress | None = None,
    link: bool = True,
) -> Summary:
    """Read `paths` (files and folders) and put what they say into the record at `record`, made when it is missing.

    link: whether to link what is not linked yet (docs/linking.md).
    workers: processes; more than one needs a script with the guard `if __name__ == "__main__"`.
    Raises DragomanError (dragoman.errors), the record untouched, when a source cannot be read or the record cannot be used.
    """
    from dragoman.engines import build as run

    return run(paths, record, workers, progress, link)


def open(record: str | os.PathLike[str]) -> OpenRecord:
    """The record at `record`, for asking. Raises RecordError when it is missing, none, newer, or being built by another process."""
    from dragoman.record import Record

    return OpenRecord(Record.open(record, read_only=True))


class OpenRecord:
    """A record, opened by `dragoman.open`. A context manager; `close` it otherwise."""

    def __init__(self, record: Record) -> None:
        self._record = record

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the file."""
        self._record.close()

    def timeline(
        self,
        a: str,
        b: str | None = None,
        start: str | None = None,
        end: str | None = None,
        types: Collection[str] | None = None,
        languages: Collection[str] | None = None,
    ) -> list[Statement]:
        """Statements in which the state `a`, and `b` when given, takes part, in the order of time; undated last.

        a, b: names in any language, or codes. start, end: EDTF ("1948", "2014-02"). types: such as "CONSULT" or "position".
        Raises QueryError for what is not known.
        """
        from dragoman.answers.timeline import timeline
        from dragoman.languages.states import resolve

        return timeline(self._record, resolve(a), resolve(b) if b else None, start, end, types, languages)

    def statements(self, where: str = "true", parameters: Sequence[object] = ()) -> Iterator[Statement]:
        """All statements of the current editions, by document and place. where: a condition in SQL on their fields."""
        return self._record.statements(where, parameters)

    def documents(self, where: str = "true", parameters: Sequence[object] = ()) -> Iterator[Document]:
        """The current editions of all documents, by id."""
        return self._record.documents(where, parameters)

    def show(self, id: str) -> Found:
        """The statement of that id, or of the only one that begins so, with its document. Raises QueryError."""
        from dragoman.answers.find import statement

        return statement(self._record, id)

    def facts(self, where: str = "true", parameters: Sequence[object] = ()) -> Iterator[Fact]:
        """What is said more than once: sets of statements, with their differences. where: a condition in SQL on the fields of a Fact."""
        from dragoman.record.linked import facts

        return facts(self._record, where, parameters)

    def compare(self, subject: str, editions: Sequence[str] = ()) -> Comparison:
        """The versions of one text beside each other. editions: languages, editions or ids of the chosen ones. Raises QueryError."""
        from dragoman.answers.compare import compare

        return compare(self._record, subject, editions)

    def conflicts(self, subject: str) -> list[Told]:
        """What cannot all be true in the documents of one subject, with the statements it rests on. Raises QueryError."""
        from dragoman.answers.conflicts import conflicts

        return conflicts(self._record, subject)

    def export(self, path: str | os.PathLike[str], format: str = "jsonl", what: str = "statements") -> int:
        """Write the current statements, or what linking found, to the file `path`; how many there were. Raises QueryError."""
        from dragoman.exporting import export

        return export(self._record, path, format, what)


def __getattr__(name: str) -> str:
    if name != "__version__":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version(__name__)
    except PackageNotFoundError:
        return "unknown (not installed)"
