"""JSON lines: one statement a line, UTF-8, nothing escaped that need not be, the fields in the order of `Statement`.

Sorted by document, place, kind, type and id, so that the same record gives the same bytes. docs/index.md names the fields.
"""

from __future__ import annotations

from typing import BinaryIO

import msgspec

from dragoman.record import Record


def write(record: Record, stream: BinaryIO) -> int:
    """Write the current statements of `record` to `stream`; how many there were."""
    encoder, count = msgspec.json.Encoder(), 0
    for statement in record.statements():
        stream.write(encoder.encode(statement) + b"\n")
        count += 1
    return count
