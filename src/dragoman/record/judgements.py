"""What persons have said of a record's statements: rows that are added and never changed, in a chain, and which of them hold.

A row's `id` is a hash of all that it says; `chain` is a hash over the row's id and the chain of the row before, so that no row can be
altered, left out or put in between without notice. The rows of two records can be put together: what holds depends on the rows alone.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import msgspec

from dragoman.errors import QueryError, RecordError
from dragoman.record import schema
from dragoman.record.store import Record
from dragoman.statement import Correction, Judgement, Reading, Verdict

Commands = list[tuple[str, Sequence[object]]]
"""SQL with its parameters, to be written in one transaction."""

LONGEST_NAME, LONGEST_WHY = 200, 4000
_FIELDS = tuple(schema.JUDGEMENT)
_AT_ONCE = 2000
_PAIRS = ("same", "never-same")


def make(
    record: Record,
    verdict: Verdict,
    by: str,
    why: str = "",
    readings: Sequence[Reading] = (),
    slots: Correction | None = None,
    undoes: str = "",
) -> Judgement:
    """A judgement of now, later than any in the record whatever the clock says. Raises QueryError for a name or a reason."""
    by, why = " ".join(by.split()), why.strip()
    if not by or len(by) > LONGEST_NAME or not by.isprintable():
        raise QueryError(f"{by[:40]!r} is no name.", "", f"Say who judges, in at most {LONGEST_NAME} letters.")
    if len(why) > LONGEST_WHY:
        raise QueryError(f"The reason has {len(why):,} letters.", "", f"It may have {LONGEST_WHY:,}.")
    said = Judgement("", verdict, by, _now(record), why, tuple(readings), slots or Correction(), undoes)
    return msgspec.structs.replace(said, id=identify(said))


def identify(judgement: Judgement) -> str:
    """The SHA-256, in hex, of all that it says. Raises RecordError for a text that UTF-8 cannot hold."""
    try:
        said = msgspec.json.encode(msgspec.structs.replace(judgement, id=""))
    except UnicodeEncodeError as error:
        raise RecordError(f"Characters that UTF-8 cannot hold ({error.reason}).", "the judgement", "Write them otherwise.") from error
    return hashlib.sha256(said).hexdigest()


def _now(record: Record) -> str:
    """The time, or, when the clock has gone back, just after the last judgement."""
    last = next(record.query('SELECT max("at") FROM judgements'))[0] if "judgements" in record.tables else None
    now = datetime.now(UTC)
    if last and (after := datetime.fromisoformat(last) + timedelta(microseconds=1)) > now:
        now = after
    return now.isoformat(timespec="microseconds")


def append(record: Record, added: Iterable[Judgement]) -> Commands:
    """What puts `added` after the rows that are there; those that are there already are left out."""
    seq, chain = next(record.query("SELECT seq, chain FROM judgements ORDER BY seq DESC LIMIT 1"), (0, ""))
    known = {row[0] for row in record.query("SELECT id FROM judgements")}
    rows: list[dict[str, Any]] = []
    for one in added:
        if one.id not in known:
            known.add(one.id)
            seq, chain = seq + 1, link(chain, one.id)
            said = msgspec.to_builtins(one)
            rows.append(said | {"seq": seq, "chain": chain, "slots": msgspec.json.encode(one.slots).decode()})
    parts = [rows[start : start + _AT_ONCE] for start in range(0, len(rows), _AT_ONCE)]
    return [(schema.INSERT_JUDGEMENTS, (msgspec.json.encode(part).decode(),)) for part in parts]


def link(before: str, id: str) -> str:
    """The chain's hash at a row, from the one before ("" for the first)."""
    return hashlib.sha256(f"{before}{id}".encode()).hexdigest()


def read(record: Record, where: str = "true", parameters: Sequence[object] = ()) -> Iterator[Judgement]:
    """The judgements, in the order they were added. where: a condition in SQL."""
    if "judgements" not in record.tables:
        return
    for _, _, one in _rows(record, where, parameters):
        yield one


def _rows(record: Record, where: str = "true", parameters: Sequence[object] = ()) -> Iterator[tuple[int, str, Judgement]]:
    for seq, chain, *row in record.query(
        f"SELECT seq, chain, {schema.columns(schema.JUDGEMENT)} FROM judgements WHERE {where} ORDER BY seq", parameters
    ):
        fields = dict(zip(_FIELDS, row, strict=True))
        fields["slots"] = msgspec.json.decode(fields["slots"])
        yield seq, chain, msgspec.convert(fields, Judgement)


def of_documents(record: Record, docs: Iterable[str]) -> list[Judgement]:
    """The judgements of statements of these documents, and all that undo any."""
    wanted = msgspec.json.encode(sorted(docs)).decode()
    every = f"(SELECT list(doc) FROM (SELECT unnest({schema.LISTED}) AS doc))"
    some = f"list_has_any(list_transform(readings, lambda r: r.statement.doc), {every})"
    return list(read(record, f"verdict = 'undo' OR {some}", [wanted]))


def documents(record: Record) -> set[str]:
    """The documents of which a statement has been judged."""
    if "judgements" not in record.tables:
        return set()
    return {row[0] for row in record.query("SELECT DISTINCT r.statement.doc FROM (SELECT unnest(readings) AS r FROM judgements)")}


def living(rows: Iterable[Judgement]) -> list[Judgement]:
    """Those that say something of statements and are not undone, from the first to the last; what undoes can be undone, too."""
    every = sorted(rows, key=order)
    undone = taken_back(every)
    return [one for one in every if one.id not in undone and one.verdict != "undo"]


def taken_back(rows: Iterable[Judgement]) -> set[str]:
    """The ids of those that are undone by one that is not undone itself."""
    undone: set[str] = set()
    for one in sorted(rows, key=order, reverse=True):
        if one.verdict == "undo" and one.id not in undone:
            undone.add(one.undoes)
    return undone


def order(judgement: Judgement) -> tuple[str, str]:
    """By time; of two of one moment the same one is always first."""
    return judgement.at, judgement.id


def verify(record: Record) -> Iterator[str]:
    """What is wrong with the rows or their chain, a sentence each; nothing when all is as it was written."""
    if "judgements" not in record.tables:
        return
    before, expected, known = "", 1, set[str]()
    for seq, chain, one in _rows(record):
        place = f"Judgement {seq} ({one.id[:12]})"
        if seq != expected:
            yield f"{place}: the row before is missing, or the rows were numbered anew."
        if identify(one) != one.id:
            yield f"{place}: it no longer says what it said."
        if link(before, one.id) != chain:
            yield f"{place}: the chain is broken before it."
        if one.undoes and one.undoes not in known:
            yield f"{place}: it undoes a judgement that is not there."
        known.add(one.id)
        before, expected = chain, seq + 1


def write_lines(rows: Iterable[Judgement]) -> Iterator[bytes]:
    """The rows as JSON lines."""
    encoder = msgspec.json.Encoder()
    for one in rows:
        yield encoder.encode(one) + b"\n"


def read_lines(record: Record, lines: Iterable[bytes], where: str) -> list[Judgement]:
    """The judgements of JSON lines that the record does not hold. where: the file's name, for messages.

    Raises QueryError with the line's number for what is no judgement, was changed since it was written, or undoes one that nobody made.
    """
    known = {row[0] for row in record.query("SELECT id FROM judgements")} if "judgements" in record.tables else set()
    decoder, new = msgspec.json.Decoder(Judgement), list[Judgement]()
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        place = f"{where}:{number}"
        try:
            one = decoder.decode(line)
        except (msgspec.MsgspecError, UnicodeDecodeError) as error:
            raise QueryError(f"This is no judgement: {error}.", place, "`dragoman judgements export` writes them.") from error
        if one.id not in known:
            new.append(one)
        _check(one, known, place)
        known.add(one.id)
    return new


def _check(one: Judgement, known: set[str], place: str) -> None:
    if identify(one) != one.id:
        raise QueryError("The judgement has been changed since it was written.", place, "Export it again.")
    needed = 0 if one.verdict == "undo" else 2 if one.verdict in _PAIRS else 1
    if len(one.readings) != needed:
        raise QueryError(f"{one.verdict} is said of {needed} statements, not of {len(one.readings)}.", place)
    if (one.verdict == "undo") != bool(one.undoes) or (one.undoes and one.undoes not in known):
        raise QueryError("It undoes a judgement that is neither in the record nor before it in the file.", place, "Import that one first.")
    try:
        moment = datetime.fromisoformat(one.at)
    except ValueError:
        moment = None
    if moment is None or moment.isoformat(timespec="microseconds") != one.at or moment.utcoffset() != timedelta(0):
        raise QueryError(f"{one.at!r} is no time.", place, "It is written as 2026-11-30T20:15:00.000000+00:00.")
