"""Acts are counted once, by period, toward whom they go; what cannot be placed is told apart."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest

from dragoman.answers.balance import balance, read_weights
from dragoman.answers.parties import state
from dragoman.errors import QueryError
from dragoman.record import Record
from dragoman.statement import EVENTS, Actor
from making import CODER, make_document, make_statement

PAK, SYR, IND = state("PAK"), state("SYR"), state("IND")


@pytest.fixture
def record(tmp_path: Path) -> Iterator[Record]:
    document = make_document("a.en", *(f"Sentence {number}." for number in range(8)))
    together: dict[str, Any] = {"source": (Actor("PAK"), Actor("SYR")), "target": ()}
    said: list[dict[str, Any]] = [
        {"type": "AID", "date": "1973"}, {"type": "ASSAULT", "date": "1979-05"}, {"type": "CONSULT", "date": "1974/1976", **together},
        {"type": "ACCUSE", "date": "1981"}, {"type": "AID", "date": ""}, {"type": "AID", "date": "1978/1983"},
        {"type": "AID", "date": "1973", "modality": "claimed"},
        {"type": "AID", "date": "1973", "source": (Actor("SYR"),), "target": (Actor("PAK"),)},
    ]  # fmt: skip
    with Record.open(tmp_path / "r.duckdb", create=True) as opened:
        plain = [make_statement(document, number, id=f"s{number}") for number in range(8)]
        opened.add(document, [msgspec.structs.replace(s, **fields) for s, fields in zip(plain, said, strict=True)], CODER)
        yield opened


def test_by_decade(record: Record) -> None:
    periods = balance(record, PAK, [SYR, IND])
    assert [(p.toward, p.period, p.supportive, p.opposed, p.neutral) for p in periods] == [
        ("Syria", "197X", 1, 1, 1), ("Syria", "198X", 0, 1, 0), ("Syria", "", 2, 0, 0),
    ]  # fmt: skip
    assert (periods[0].total, periods[0].mean) == (7.0 - 9.5 + 1.0, -0.5)
    assert [act.id for act in periods[0].acts] == ["s0", "s1", "s2"]


def test_by_year_and_without_weights(record: Record) -> None:
    periods = balance(record, PAK, [SYR], by="year", weighted=False)
    assert [p.period for p in periods] == ["1973", "1979", "1981", ""]
    assert {(p.mean, p.total) for p in periods} == {(None, None)}


def test_weights_of_a_file(tmp_path: Path) -> None:
    file = tmp_path / "w.yaml"
    file.write_text("".join(f"{type}: {{weight: 1, leaning: neutral}}\n" for type in EVENTS))
    assert read_weights(file)["AID"].weight == 1
    for content, said in (("AID: {weight: 1, leaning: neutral}", "no weight for"), ("AID: high", "no weights"), ("[", "no weights")):
        file.write_text(content)
        with pytest.raises(QueryError, match=said) as caught:
            read_weights(file)
        assert caught.value.where == str(file)
    with pytest.raises(QueryError, match="cannot be read"):
        read_weights(tmp_path / "none.yaml")
