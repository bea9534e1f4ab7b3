"""Dragoman reads what is written about the relations between states and keeps one dated, sourced, comparable record of it.

    dragoman.build(["texts"], record="mine.duckdb")
    with dragoman.open("mine.duckdb") as record:
        for entry in record.timeline("PAK", "SYR"):
            print(entry.date, entry.type, entry.quote)

Nothing of weight is imported before it is used.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import os
    from collections.abc import Collection, Iterable, Iterator, Sequence
    from types import TracebackType
    from typing import Self

    from dragoman.answers.ask import Asker, Reply
    from dragoman.answers.balance import Length, Period
    from dragoman.answers.compare import Comparison
    from dragoman.answers.conflicts import Told
    from dragoman.answers.facts import Entry
    from dragoman.answers.find import Found
    from dragoman.answers.frames import Rows
    from dragoman.answers.positions import Cell, Stand
    from dragoman.answers.ties import Tie
    from dragoman.coding import DocumentCoder
    from dragoman.engines import Progress, Summary
    from dragoman.record import Record
    from dragoman.statement import Document, Fact, Statement

    __version__: str

__all__ = ["OpenRecord", "__version__", "build", "open"]


def build(
    paths: Iterable[str | os.PathLike[str]],
    record: str | os.PathLike[str],
    workers: int | None = None,
    progress: Progress | None = None,
    link: bool = True,
    coder: DocumentCoder | None = None,
    engine: str = "local",
    address: str = "",
    retry_failed: bool = False,
) -> Summary:
    """Read `paths` (files and folders) and put what they say into the record at `record`, made when it is missing.

    link: whether to link what is not linked yet (docs/linking.md).
    workers: processes, 1 by default; more than one needs a script with the guard `if __name__ == "__main__"`.
    coder: who makes the statements, default the rules (docs/model-reader.md).
    engine, address: "ray" for several machines (docs/engines.md). retry_failed: try again what was set aside.
    Raises DragomanError (dragoman.errors), the record untouched, when a source cannot be read or the record cannot be used.
    """
    from dragoman.coding import RULES
    from dragoman.engines import build as run

    return run(paths, record, workers, progress, link, coder=coder or RULES, engine=engine, address=address, retry_failed=retry_failed)


def open(record: str | os.PathLike[str]) -> OpenRecord:
    """The record at `record`, for asking. Raises RecordError when it is missing, none, newer, or being built by another process."""
    from dragoman.record import Record

    return OpenRecord(Record.open(record, read_only=True))


class OpenRecord:
    """A record, opened by `dragoman.open`. A context manager; `close` it otherwise."""

    def __init__(self, record: Record) -> None:
        self._record = record
        self._asker: Asker | None = None

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
        topics: Collection[str] | None = None,
        issue: str | None = None,
        told: str | None = None,
    ) -> Rows[Entry]:
        """What the state `a`, and `b` when given, takes part in, in the order of time; undated last. Each is a fact with its statements.

        a, b: names in any language, or codes. start, end: EDTF ("1948", "2014-02"). types: such as "CONSULT" or "position".
        issue: words that it must be about. told: EDTF; what the editions of that date said. Raises QueryError for what is not known.
        """
        from dragoman.answers.parties import find_parties
        from dragoman.answers.timeline import timeline

        return timeline(self._record, find_parties(self._record, a, b), start, end, types, topics, languages, issue, told)

    def ties(self, a: str, b: str, on: str | None = None, told: str | None = None) -> Rows[Tie]:
        """The ties of two states, as they stood on a date (EDTF), by default after all that is told. Raises QueryError."""
        from dragoman.answers.parties import find_pair
        from dragoman.answers.ties import ties

        return ties(self._record, *find_pair(self._record, a, b), on, told)

    def positions(
        self, state: str | None = None, issue: str | None = None, on: str | None = None, about: str | None = None, told: str | None = None
    ) -> Rows[Stand]:
        """Where a state, or everybody, stands: by issue, actor and time. `matrix` sets out states by issues. Raises QueryError."""
        from dragoman.answers.parties import find_party
        from dragoman.answers.positions import positions

        one, other = (find_party(self._record, name) if name is not None else None for name in (state, about))
        return positions(self._record, one, issue, on, other, told)

    def matrix(self, issue: str | None = None, on: str | None = None, told: str | None = None) -> Rows[Cell]:
        """States by issues: the last asserted stand of each. Raises QueryError."""
        from dragoman.answers.positions import matrix

        return matrix(self.positions(None, issue, on, None, told))

    def balance(
        self,
        state: str,
        among: Sequence[str],
        by: Length = "decade",
        weights: str | os.PathLike[str] | None = None,
        told: str | None = None,
    ) -> Rows[Period]:
        """The acts of a state toward others by period. weights: a file of weights by type, or "none". Raises QueryError."""
        from dragoman.answers.balance import balance, read_weights
        from dragoman.answers.parties import find_parties, find_party

        scale = read_weights(None if weights == "none" else weights)
        one, others = find_party(self._record, state), find_parties(self._record, *among)
        return balance(self._record, one, others, by, scale, weights != "none", told)

    def chart(self, entries: Sequence[Entry], title: str) -> str:
        """The entries of a timeline as a drawing, in SVG."""
        from dragoman.answers.chart import draw

        return draw(entries, title)

    def report(self, a: str, b: str, ui: str = "en", told: str | None = None) -> str:
        """A printable page about two states, in HTML. ui: "en" or "ar". Raises QueryError."""
        from dragoman.answers.parties import find_pair
        from dragoman.answers.report import report

        return report(self._record, *find_pair(self._record, a, b), ui, told)

    def ask(
        self,
        question: str,
        mode: str = "",
        languages: Collection[str] | None = None,
        start: str | None = None,
        end: str | None = None,
        types: Collection[str] | None = None,
        limit: int = 10,
    ) -> Reply:
        """The answers to a question in any language that has a folder, best first, with quotes; or the reason why there is none.

        mode: "exact" or "folded" match words by their letters, "semantic" by what they mean, "" all ways. The filters are those
        of `timeline`. The first question to a record takes longer: its words are learnt. Raises QueryError and LanguageError.
        """
        if self._asker is None:
            from dragoman.answers.ask import Asker

            self._asker = Asker(self._record)
        return self._asker.ask(question, mode, languages, start, end, types, limit)

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

    def export(self, path: str | os.PathLike[str], format: str = "jsonl", what: str = "statements", values: str = "judged") -> int:
        """Write the current statements, or what linking found, to the file `path`; how many there were. Raises QueryError.

        values: of statements, as persons have "judged" them or as the "machine" read them.
        """
        from dragoman.exporting import export

        return export(self._record, path, format, what, values)


def __getattr__(name: str) -> str:
    if name != "__version__":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version(__name__)
    except PackageNotFoundError:
        return "unknown (not installed)"
