"""CSV: a row each, with a header, UTF-8, quoted where needed (RFC 4180, lines end in \\n).

Of actors there are three columns, their codes, sectors and names, several with semicolons between; what else is nested is JSON.
"""

from __future__ import annotations

from typing import BinaryIO

from dragoman.exporting import PARTS as PARTS
from dragoman.exporting.parts import tables
from dragoman.record import Record


def write(record: Record, stream: BinaryIO, what: str = "statements") -> int:
    """Write what is current of `what` to `stream`; how many there were."""
    return tables.copy(record, *tables.select(record, what, flat=True), stream, "FORMAT csv, HEADER")
