"""bench/exporting.py makes its record by SQL: in the shape that records have, so that every format can be measured on it."""

from __future__ import annotations

import importlib.util
import io
from pathlib import Path

from dragoman.exporting import find_format, formats
from dragoman.record import Record
from making import ROOT


def test_the_synthetic_record_is_one(tmp_path: Path) -> None:
    spec = importlib.util.spec_from_file_location("bench_exporting", ROOT / "bench" / "exporting.py")
    assert spec is not None and spec.loader is not None
    bench = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(bench)
    bench.make(tmp_path / "r.duckdb", 400)
    with Record.open(tmp_path / "r.duckdb", read_only=True) as record:
        assert all(
            document.text[one.start : one.start + 19] == "Pakistan and Syria "
            for document in record.documents()
            for one in [*record.statements("doc = ?", [document.id])][:2]
        )
        counts = {name: find_format(name).write(record, io.BytesIO(), "statements") for name in formats() if name != "quickstatements"}
    assert counts == dict.fromkeys(counts, 400) | {"ical": 100}
