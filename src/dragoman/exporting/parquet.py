"""Parquet: a row each, nested fields as they are, so that nothing is lost; compressed with zstd."""

from __future__ import annotations

from typing import BinaryIO

from dragoman.exporting import PARTS as PARTS
from dragoman.exporting.parts import tables
from dragoman.record import Record


def write(record: Record, stream: BinaryIO, what: str = "statements") -> int:
    """Write what is current of `what` to `stream`; how many there were."""
    return tables.copy(record, *tables.select(record, what, flat=False), stream, "FORMAT parquet, COMPRESSION zstd")
